// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// Ops that other tests of demand leave out, each once.

// 2048 elements in 16 features (A27): 4 vector operations per element forwards, 7 in
// training, 9 for the gradient; per feature an addition and a root, and two
// divisions outside of inference.

// CHECK-LABEL: func.func @batch_norm
// CHECK: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 8208>, #roofline.work<unit = special, type = f32, ops = 16>], read_bytes = 8448, written_bytes = 8192>
// CHECK: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 14384>, #roofline.work<unit = special, type = f32, ops = 16>], read_bytes = 8320, written_bytes = 8320>
// CHECK: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 18480>, #roofline.work<unit = special, type = f32, ops = 16>], read_bytes = 16576, written_bytes = 8320>
func.func @batch_norm(%x: tensor<2x8x8x16xf32>, %g: tensor<2x8x8x16xf32>, %a: tensor<16xf32>, %b: tensor<16xf32>, %c: tensor<16xf32>, %d: tensor<16xf32>) {
  %0 = "stablehlo.batch_norm_inference"(%x, %a, %b, %c, %d) <{epsilon = 1.0e-5 : f32, feature_index = 3 : i64}> : (tensor<2x8x8x16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>) -> tensor<2x8x8x16xf32>
  %1:3 = "stablehlo.batch_norm_training"(%x, %a, %b) <{epsilon = 1.0e-5 : f32, feature_index = 3 : i64}> : (tensor<2x8x8x16xf32>, tensor<16xf32>, tensor<16xf32>) -> (tensor<2x8x8x16xf32>, tensor<16xf32>, tensor<16xf32>)
  %2:3 = "stablehlo.batch_norm_grad"(%x, %a, %b, %c, %g) <{epsilon = 1.0e-5 : f32, feature_index = 3 : i64}> : (tensor<2x8x8x16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<2x8x8x16xf32>) -> (tensor<2x8x8x16xf32>, tensor<16xf32>, tensor<16xf32>)
  return
}

// Five right sides of 12: 12 * 12 * 5 operations in strict precision (A29).

// CHECK-LABEL: func.func @solve
// CHECK: #roofline.demand<contraction, m = 12, n = 5, k = 6, work = [#roofline.work<unit = matrix, type = f32, ops = 720>], read_bytes = 816, written_bytes = 240>
func.func @solve(%a: tensor<12x12xf32>, %b: tensor<12x5xf32>) {
  %0 = "stablehlo.triangular_solve"(%a, %b) <{left_side = true, lower = true, unit_diagonal = false, transpose_a = #stablehlo<transpose NO_TRANSPOSE>}> : (tensor<12x12xf32>, tensor<12x5xf32>) -> tensor<12x5xf32>
  return
}

// 2 * 4 * 16 * 8 operations; a convolution whose padding is an operand counts like
// one whose padding is an attribute: 4 x 4 positions, 3 features, 2 x 2 taps.

// CHECK-LABEL: func.func @products
// CHECK: #roofline.demand<contraction, m = 4, n = 8, k = 16, work = [#roofline.work<unit = matrix, type = bf16, ops = 1024>], read_bytes = 384, written_bytes = 64>
// CHECK: #roofline.demand<convolution, m = 16, n = 3, k = 4, work = [#roofline.work<unit = matrix, type = tf32, ops = 384>], read_bytes = 164, written_bytes = 192>
func.func @products(%a: tensor<4x16xbf16>, %b: tensor<16x8xbf16>, %x: tensor<1x5x5x1xf32>, %w: tensor<2x2x1x3xf32>, %p: tensor<2x2xi32>) {
  %0 = "stablehlo.dot"(%a, %b) : (tensor<4x16xbf16>, tensor<16x8xbf16>) -> tensor<4x8xbf16>
  %1 = "stablehlo.dynamic_conv"(%x, %w, %p) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64}> : (tensor<1x5x5x1xf32>, tensor<2x2x1x3xf32>, tensor<2x2xi32>) -> tensor<1x4x4x3xf32>
  return
}

// map runs its region for each of 32 elements. 16 sources select among 4 elements of
// their window and are added: 16 * 4 comparisons and 16 additions.

// CHECK-LABEL: func.func @regions
// CHECK: "stablehlo.map"
// CHECK: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK: "stablehlo.select_and_scatter"
// CHECK: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 80>], read_bytes = 324, written_bytes = 256>
func.func @regions(%x: tensor<32xf32>, %y: tensor<32xf32>, %a: tensor<8x8xf32>, %b: tensor<4x4xf32>, %c: tensor<f32>) {
  %0 = "stablehlo.map"(%x, %y) <{dimensions = array<i64: 0>}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %2 = "stablehlo.power"(%l, %r) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "stablehlo.return"(%2) : (tensor<f32>) -> ()
  }) : (tensor<32xf32>, tensor<32xf32>) -> tensor<32xf32>
  %1 = "stablehlo.select_and_scatter"(%a, %b, %c) <{window_dimensions = array<i64: 2, 2>, window_strides = array<i64: 2, 2>}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %2 = "stablehlo.compare"(%l, %r) <{comparison_direction = #stablehlo<comparison_direction GE>}> : (tensor<f32>, tensor<f32>) -> tensor<i1>
    "stablehlo.return"(%2) : (tensor<i1>) -> ()
  }, {
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %2 = "stablehlo.add"(%l, %r) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "stablehlo.return"(%2) : (tensor<f32>) -> ()
  }) : (tensor<8x8xf32>, tensor<4x4xf32>, tensor<f32>) -> tensor<8x8xf32>
  return
}

// Extents as operands: what moves is what the static types say. A part of a tensor
// is read and written, a gather reads as much as it gives.

// CHECK-LABEL: func.func @dynamic_movement
// CHECK: "stablehlo.dynamic_broadcast_in_dim"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 48, written_bytes = 128>
// CHECK: "stablehlo.dynamic_iota"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 16, written_bytes = 128>
// CHECK: "stablehlo.dynamic_pad"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 60, written_bytes = 64>
// CHECK: "stablehlo.real_dynamic_slice"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 40, written_bytes = 16>
// CHECK: "stablehlo.dynamic_gather"
// CHECK-SAME: #roofline.demand<gather_scatter, read_bytes = 88, written_bytes = 64>
// CHECK: "stablehlo.torch_index_select"
// CHECK-SAME: #roofline.demand<gather_scatter, read_bytes = 72, written_bytes = 64>
func.func @dynamic_movement(%x: tensor<8xf32>, %s: tensor<2xi64>, %v: tensor<f32>, %i: tensor<1xi64>, %k: tensor<1xi64>, %l: tensor<1xi64>, %t: tensor<16x8xf32>, %j: tensor<2xi32>) {
  %0 = "stablehlo.dynamic_broadcast_in_dim"(%x, %s) <{broadcast_dimensions = array<i64: 1>}> : (tensor<8xf32>, tensor<2xi64>) -> tensor<4x8xf32>
  %1 = "stablehlo.dynamic_iota"(%s) <{iota_dimension = 0 : i64}> : (tensor<2xi64>) -> tensor<4x8xf32>
  %2 = "stablehlo.dynamic_pad"(%x, %v, %i, %k, %l) : (tensor<8xf32>, tensor<f32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<16xf32>
  %3 = "stablehlo.real_dynamic_slice"(%x, %i, %k, %l) : (tensor<8xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<4xf32>
  %4 = "stablehlo.dynamic_gather"(%t, %j, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>}> : (tensor<16x8xf32>, tensor<2xi32>, tensor<2xi64>) -> tensor<2x8xf32>
  %5 = "stablehlo.torch_index_select"(%t, %j) <{dim = 0 : i64, batch_dims = 0 : i64}> : (tensor<16x8xf32>, tensor<2xi32>) -> tensor<2x8xf32>
  return
}

// Local bytes in and out; a reduction adds what comes in to each of 32 elements (A31).
// Waiting for what was started is free.

// CHECK-LABEL: func.func @collectives
// CHECK: "stablehlo.all_to_all"
// CHECK-SAME: #roofline.demand<collective, exchange = all_to_all, ranks = 2, read_bytes = 128, written_bytes = 128>
// CHECK: "stablehlo.collective_broadcast"
// CHECK-SAME: #roofline.demand<collective, read_bytes = 128, written_bytes = 128>
// CHECK: "stablehlo.collective_permute"
// CHECK-SAME: #roofline.demand<collective, read_bytes = 128, written_bytes = 128>
// CHECK: "stablehlo.cross-replica-sum"
// CHECK-SAME: #roofline.demand<collective, exchange = all_reduce, ranks = 2, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK: "stablehlo.reduce_scatter"
// CHECK: #roofline.demand<collective, exchange = reduce_scatter, ranks = 2, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 64>
// CHECK: "stablehlo.async_start"
// CHECK: "stablehlo.all_gather"
// CHECK-SAME: #roofline.demand<collective, exchange = all_gather, ranks = 2, read_bytes = 128, written_bytes = 256>
// CHECK: "stablehlo.collective_reduce"
// CHECK: #roofline.demand<collective, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
func.func @collectives(%x: tensor<32xf32>) {
  %0 = "stablehlo.all_to_all"(%x) <{split_dimension = 0 : i64, concat_dimension = 0 : i64, split_count = 2 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<32xf32>) -> tensor<32xf32>
  %1 = "stablehlo.collective_broadcast"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<32xf32>) -> tensor<32xf32>
  %2 = "stablehlo.collective_permute"(%x) <{source_target_pairs = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<32xf32>) -> tensor<32xf32>
  %3 = "stablehlo.cross-replica-sum"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<32xf32>) -> tensor<32xf32>
  %4 = "stablehlo.reduce_scatter"(%x) <{scatter_dimension = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %8 = "stablehlo.add"(%l, %r) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "stablehlo.return"(%8) : (tensor<f32>) -> ()
  }) : (tensor<32xf32>) -> tensor<16xf32>
  %5 = "stablehlo.async_start"(%x) ({
  ^bb0(%a: tensor<32xf32>):
    %8 = "stablehlo.all_gather"(%a) <{all_gather_dim = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<32xf32>) -> tensor<64xf32>
    "stablehlo.return"(%8) : (tensor<64xf32>) -> ()
  }) : (tensor<32xf32>) -> !stablehlo.future<tensor<32xf32>>
  %6 = "stablehlo.async_done"(%5) : (!stablehlo.future<tensor<32xf32>>) -> tensor<64xf32>
  %7 = "stablehlo.collective_reduce"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %8 = "stablehlo.add"(%l, %r) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "stablehlo.return"(%8) : (tensor<f32>) -> ()
  }) : (tensor<32xf32>) -> tensor<32xf32>
  return
}

// To and from other devices and the host: the bytes that move; tokens have none.

// CHECK-LABEL: func.func @host
// CHECK: "stablehlo.send"
// CHECK-SAME: #roofline.demand<collective, read_bytes = 128, written_bytes = 0>
// CHECK: "stablehlo.recv"
// CHECK-SAME: #roofline.demand<collective, read_bytes = 0, written_bytes = 128>
// CHECK: "stablehlo.infeed"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 128>
// CHECK: "stablehlo.outfeed"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 0>
func.func @host(%x: tensor<32xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.send"(%x, %t) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 2>, is_host_transfer = true}> : (tensor<32xf32>, !stablehlo.token) -> !stablehlo.token
  %1:2 = "stablehlo.recv"(%t) <{channel_handle = #stablehlo.channel_handle<handle = 2, type = 3>, is_host_transfer = true}> : (!stablehlo.token) -> (tensor<32xf32>, !stablehlo.token)
  %2:2 = "stablehlo.infeed"(%t) <{infeed_config = ""}> : (!stablehlo.token) -> (tensor<32xf32>, !stablehlo.token)
  %3 = "stablehlo.outfeed"(%x, %t) <{outfeed_config = ""}> : (tensor<32xf32>, !stablehlo.token) -> !stablehlo.token
  return
}

// Constraints on shapes, and traces, are free.

// CHECK-LABEL: func.func @checks
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @checks(%x: tensor<32xf32>, %n: index, %s: tensor<2xi64>) {
  %0 = "stablehlo.compute_reshape_shape"(%n, %s) : (index, tensor<2xi64>) -> tensor<2xi64>
  %1 = "stablehlo.cstr_reshapable"(%n, %s) : (index, tensor<2xi64>) -> !shape.witness
  "stablehlo.trace"(%x) <{tag = "here"}> : (tensor<32xf32>) -> ()
  return
}

// What a test expects of a graph is no part of it (A36).

// CHECK-LABEL: func.func @expectations
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @expectations(%x: tensor<2xf32>, %y: tensor<2xf32>, %p: tensor<i1>) {
  check.expect_eq %x, %y : tensor<2xf32>
  check.expect_eq_const %x, dense<1.0> : tensor<2xf32>
  check.expect_almost_eq %x, %y : tensor<2xf32>
  check.expect_almost_eq_const %x, dense<1.0> : tensor<2xf32>
  "check.expect_close"(%x, %y) : (tensor<2xf32>, tensor<2xf32>) -> ()
  "check.expect_true"(%p) : (tensor<i1>) -> ()
  "check.expect_false"(%p) : (tensor<i1>) -> ()
  return
}

// Shardy's edges are free, too, and so is what only tells that a value is a part of
// a sum (A35).

// CHECK-LABEL: func.func @edges
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @edges(%x: tensor<8xf32>) {
  %0 = "sdy.func_data_flow_edge"(%x) : (tensor<8xf32>) -> tensor<8xf32>
  %1 = "sdy.sharded_to_unreduced"(%x) : (tensor<8xf32>) -> tensor<8xf32>
  %2 = "sdy.replicated_to_unreduced"(%x) : (tensor<8xf32>) -> tensor<8xf32>
  return
}

// Globals of IREE are read where they are used; a store writes what it stores.

// CHECK-LABEL: "util.initializer"
// CHECK: "util.initializer.return"() : () -> ()
"util.initializer"() ({
  "util.initializer.return"() : () -> ()
}) : () -> ()
"util.initializer"() ({
  "util.return"() : () -> ()
}) : () -> ()

// CHECK-LABEL: func.func @globals
// CHECK: "util.global.store.indirect"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 32, written_bytes = 0>
func.func @globals(%x: tensor<8xf32>, %p: !util.ptr<tensor<8xf32>>, %i: index) {
  %0 = "util.assume.int"(%i) <{assumptions = [[#util.int.assumption<umin = 4>]]}> : (index) -> index
  "util.global.store.indirect"(%x, %p) : (tensor<8xf32>, !util.ptr<tensor<8xf32>>) -> ()
  return
}
