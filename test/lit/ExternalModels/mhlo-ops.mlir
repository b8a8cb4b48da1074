// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// MHLO is StableHLO's ancestor and has its rules; here its ops in generic form, as
// graphs of 2022 and 2023 have them.

// One vector operation for each of 32 elements (A20).

// CHECK-LABEL: func.func @vector
// CHECK-COUNT-7: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @vector(%x: tensor<4x8xf32>) {
  %0 = "mhlo.abs"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = "mhlo.ceil"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = "mhlo.floor"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = "mhlo.negate"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = "mhlo.round_nearest_afz"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = "mhlo.round_nearest_even"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %6 = "mhlo.sign"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @vector_integers
// CHECK-COUNT-3: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @vector_integers(%x: tensor<4x8xi32>) {
  %0 = "mhlo.count_leading_zeros"(%x) : (tensor<4x8xi32>) -> tensor<4x8xi32>
  %1 = "mhlo.not"(%x) : (tensor<4x8xi32>) -> tensor<4x8xi32>
  %2 = "mhlo.popcnt"(%x) : (tensor<4x8xi32>) -> tensor<4x8xi32>
  return
}

// Transcendental functions are one special operation each.

// CHECK-LABEL: func.func @special
// CHECK-COUNT-21: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @special(%x: tensor<4x8xf32>) {
  %0 = "mhlo.acos"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = "mhlo.acosh"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = "mhlo.asin"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = "mhlo.asinh"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = "mhlo.atanh"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = "mhlo.cbrt"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %6 = "mhlo.cosh"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %7 = "mhlo.cosine"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %8 = "mhlo.erf"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %9 = "mhlo.erfc"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %10 = "mhlo.exponential"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %11 = "mhlo.exponential_minus_one"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %12 = "mhlo.log"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %13 = "mhlo.log_plus_one"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %14 = "mhlo.logistic"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %15 = "mhlo.rsqrt"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %16 = "mhlo.sine"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %17 = "mhlo.sinh"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %18 = "mhlo.sqrt"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %19 = "mhlo.tan"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %20 = "mhlo.tanh"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @two_operands
// CHECK-COUNT-7: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK-NEXT: return
func.func @two_operands(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>) {
  %0 = "mhlo.add"(%x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = "mhlo.divide"(%x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = "mhlo.maximum"(%x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = "mhlo.minimum"(%x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = "mhlo.multiply"(%x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = "mhlo.remainder"(%x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %6 = "mhlo.subtract"(%x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @two_operands_special
// CHECK-COUNT-2: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK-NEXT: return
func.func @two_operands_special(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>) {
  %0 = "mhlo.atan2"(%x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = "mhlo.power"(%x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @two_integers
// CHECK-COUNT-6: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK-NEXT: return
func.func @two_integers(%x: tensor<4x8xi32>, %y: tensor<4x8xi32>) {
  %0 = "mhlo.and"(%x, %y) : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %1 = "mhlo.or"(%x, %y) : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %2 = "mhlo.shift_left"(%x, %y) : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %3 = "mhlo.shift_right_arithmetic"(%x, %y) : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %4 = "mhlo.shift_right_logical"(%x, %y) : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %5 = "mhlo.xor"(%x, %y) : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  return
}

// A clamp is two operations; comparisons work in the type of their operands,
// conversions in the wider type; quantising is five operations, its inverse two
// (A20, A21).

// CHECK-LABEL: func.func @others
// CHECK: "mhlo.clamp"
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 64>], read_bytes = 256, written_bytes = 128>
// CHECK: "mhlo.select"
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 288, written_bytes = 128>
// CHECK: "mhlo.compare"
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 32>
// CHECK: "mhlo.is_finite"
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 32>
// CHECK: "mhlo.reduce_precision"
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK: "mhlo.convert"
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 64>
// CHECK: "mhlo.stochastic_convert"
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 64>
// CHECK: "mhlo.uniform_quantize"
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 160>], read_bytes = 128, written_bytes = 32>
// CHECK: "mhlo.uniform_dequantize"
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 64>], read_bytes = 32, written_bytes = 128>
// CHECK: "mhlo.complex"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 256, written_bytes = 256>
// CHECK: "mhlo.real"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 256, written_bytes = 128>
// CHECK: "mhlo.imag"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 256, written_bytes = 128>
func.func @others(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %p: tensor<4x8xi1>, %r: tensor<4x8xui32>, %c: tensor<4x8xcomplex<f32>>, %q: tensor<4x8x!quant.uniform<i8:f32, 0.5:3>>) {
  %0 = "mhlo.clamp"(%x, %x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = "mhlo.select"(%p, %x, %y) : (tensor<4x8xi1>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = "mhlo.compare"(%x, %y) <{comparison_direction = #mhlo<comparison_direction LT>}> : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xi1>
  %3 = "mhlo.is_finite"(%x) : (tensor<4x8xf32>) -> tensor<4x8xi1>
  %4 = "mhlo.reduce_precision"(%x) <{exponent_bits = 8 : i32, mantissa_bits = 7 : i32}> : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = "mhlo.convert"(%x) : (tensor<4x8xf32>) -> tensor<4x8xbf16>
  %6 = "mhlo.stochastic_convert"(%x, %r) : (tensor<4x8xf32>, tensor<4x8xui32>) -> tensor<4x8xbf16>
  %7 = "mhlo.uniform_quantize"(%x) : (tensor<4x8xf32>) -> tensor<4x8x!quant.uniform<i8:f32, 0.5:3>>
  %8 = "mhlo.uniform_dequantize"(%q) : (tensor<4x8x!quant.uniform<i8:f32, 0.5:3>>) -> tensor<4x8xf32>
  %9 = "mhlo.complex"(%x, %y) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xcomplex<f32>>
  %10 = "mhlo.real"(%c) : (tensor<4x8xcomplex<f32>>) -> tensor<4x8xf32>
  %11 = "mhlo.imag"(%c) : (tensor<4x8xcomplex<f32>>) -> tensor<4x8xf32>
  return
}

// Data movement, with attributes as they were: dense instead of array.

// CHECK-LABEL: func.func @movement
// CHECK: "mhlo.broadcast"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 256>
// CHECK: "mhlo.concatenate"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 256, written_bytes = 256>
// CHECK: "mhlo.pad"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 132, written_bytes = 256>
// CHECK: "mhlo.reverse"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
// CHECK: "mhlo.transpose"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
// CHECK: "mhlo.iota"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 128>
// CHECK: "mhlo.copy"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
// CHECK: "mhlo.dynamic_slice"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 36, written_bytes = 32>
// CHECK: "mhlo.gather"
// CHECK-SAME: #roofline.demand<gather_scatter, read_bytes = 72, written_bytes = 64>
func.func @movement(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %v: tensor<f32>, %i: tensor<i32>, %j: tensor<2xi32>) {
  %0 = "mhlo.broadcast"(%x) <{broadcast_sizes = dense<2> : tensor<1xi64>}> : (tensor<4x8xf32>) -> tensor<2x4x8xf32>
  %1 = "mhlo.concatenate"(%x, %y) <{dimension = 0 : i64}> : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<8x8xf32>
  %2 = "mhlo.pad"(%x, %v) <{edge_padding_low = dense<0> : tensor<2xi64>, edge_padding_high = dense<[4, 0]> : tensor<2xi64>, interior_padding = dense<0> : tensor<2xi64>}> : (tensor<4x8xf32>, tensor<f32>) -> tensor<8x8xf32>
  %3 = "mhlo.reverse"(%x) <{dimensions = dense<0> : tensor<1xi64>}> : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = "mhlo.transpose"(%x) <{permutation = dense<[1, 0]> : tensor<2xi64>}> : (tensor<4x8xf32>) -> tensor<8x4xf32>
  %5 = "mhlo.iota"() <{iota_dimension = 0 : i64}> : () -> tensor<4x8xf32>
  %6 = "mhlo.copy"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %7 = "mhlo.dynamic_slice"(%x, %i, %i) <{slice_sizes = dense<[1, 8]> : tensor<2xi64>}> : (tensor<4x8xf32>, tensor<i32>, tensor<i32>) -> tensor<1x8xf32>
  %8 = "mhlo.gather"(%x, %j) <{dimension_numbers = #mhlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = dense<[1, 8]> : tensor<2xi64>}> : (tensor<4x8xf32>, tensor<2xi32>) -> tensor<2x8xf32>
  return
}

// Views, bookkeeping and markers are free.

// CHECK-LABEL: func.func @views
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @views(%x: tensor<4x8xf32>, %s: tensor<2xindex>) {
  %0 = "mhlo.after_all"() : () -> !mhlo.token
  %1 = "mhlo.create_token"() : () -> !mhlo.token
  %2 = "mhlo.add_dependency"(%x, %1) : (tensor<4x8xf32>, !mhlo.token) -> tensor<4x8xf32>
  %3 = "mhlo.bitcast"(%x) : (tensor<4x8xf32>) -> tensor<32xf32>
  %4 = "mhlo.bitcast_convert"(%x) : (tensor<4x8xf32>) -> tensor<4x8xi32>
  %5 = "mhlo.domain"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %6 = "mhlo.dynamic_reshape"(%x, %s) : (tensor<4x8xf32>, tensor<2xindex>) -> tensor<8x4xf32>
  %7 = "mhlo.get_dimension_size"(%x) <{dimension = 0 : i64}> : (tensor<4x8xf32>) -> tensor<i32>
  %8 = "mhlo.set_dimension_size"(%x, %7) <{dimension = 0 : i64}> : (tensor<4x8xf32>, tensor<i32>) -> tensor<4x8xf32>
  %9 = "mhlo.tuple"(%x, %7) : (tensor<4x8xf32>, tensor<i32>) -> tuple<tensor<4x8xf32>, tensor<i32>>
  %10 = "mhlo.get_tuple_element"(%9) <{index = 0 : i32}> : (tuple<tensor<4x8xf32>, tensor<i32>>) -> tensor<4x8xf32>
  %11:2 = "mhlo.minimum_broadcast_shapes"(%s, %s) : (tensor<2xindex>, tensor<2xindex>) -> (tensor<2xindex>, tensor<2xindex>)
  %12 = "mhlo.optimization_barrier"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %13 = "mhlo.partition_id"() : () -> tensor<ui32>
  %14 = "mhlo.replica_id"() : () -> tensor<ui32>
  %15 = "mhlo.reshape"(%x) : (tensor<4x8xf32>) -> tensor<32xf32>
  %16 = "mhlo.constant"() <{value = dense<1.0> : tensor<4x8xf32>}> : () -> tensor<4x8xf32>
  %17 = "mhlo.xla.rng_get_and_update_state"() <{delta = 1 : i64}> : () -> tensor<2xui64>
  %18 = "mhlo.custom_call"(%x) <{call_target_name = "Sharding"}> : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// Regions that combine: a scatter of 16 updates adds 16 times, in place of the 512
// bytes that nothing else uses; windows of 4 in 8 outputs; 8 log2 8 comparisons in
// 4 lines.

// CHECK-LABEL: func.func @combiners
// CHECK: "mhlo.scatter"
// CHECK: #roofline.demand<gather_scatter, work = [#roofline.work<unit = vector, type = f32, ops = 16>], read_bytes = 136, written_bytes = 64>
// CHECK: "mhlo.reduce_window"
// CHECK: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 132, written_bytes = 32>
// CHECK: "mhlo.sort"
// CHECK: #roofline.demand<sort, work = [#roofline.work<unit = vector, type = f32, ops = 96>], read_bytes = 128, written_bytes = 128>
// CHECK: "mhlo.all_reduce"
// CHECK: #roofline.demand<collective, exchange = all_reduce, ranks = 2, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK: "mhlo.all_gather"
// CHECK-SAME: #roofline.demand<collective, exchange = all_gather, ranks = 2, read_bytes = 128, written_bytes = 256>
func.func @combiners(%t: tensor<16x8xf32>, %j: tensor<2xi32>, %u: tensor<2x8xf32>, %x: tensor<4x8xf32>, %z: tensor<f32>) {
  %g = "mhlo.negate"(%t) : (tensor<16x8xf32>) -> tensor<16x8xf32>
  %0 = "mhlo.scatter"(%g, %j, %u) <{scatter_dimension_numbers = #mhlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %l = "mhlo.add"(%a, %b) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "mhlo.return"(%l) : (tensor<f32>) -> ()
  }) : (tensor<16x8xf32>, tensor<2xi32>, tensor<2x8xf32>) -> tensor<16x8xf32>
  %1 = "mhlo.reduce_window"(%x, %z) <{window_dimensions = dense<[1, 4]> : tensor<2xi64>, window_strides = dense<[1, 4]> : tensor<2xi64>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %l = "mhlo.add"(%a, %b) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "mhlo.return"(%l) : (tensor<f32>) -> ()
  }) : (tensor<4x8xf32>, tensor<f32>) -> tensor<4x2xf32>
  %2 = "mhlo.sort"(%x) <{dimension = 1 : i64, is_stable = true}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %l = "mhlo.compare"(%a, %b) <{comparison_direction = #mhlo<comparison_direction LT>}> : (tensor<f32>, tensor<f32>) -> tensor<i1>
    "mhlo.return"(%l) : (tensor<i1>) -> ()
  }) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = "mhlo.all_reduce"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %l = "mhlo.add"(%a, %b) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "mhlo.return"(%l) : (tensor<f32>) -> ()
  }) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = "mhlo.all_gather"(%x) <{all_gather_dim = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<4x8xf32>) -> tensor<8x8xf32>
  return
}

// Products, solvers and random bits: 2 * 4 * 8 * 16 operations; an einsum of the
// same; a sum of 32; groups of rows, each with a matrix of its own; 4 lines of a
// transform of 8, 5 * 8 * 3 each; 8^3 / 3 operations and 8 roots; Philox for 32
// words, 25 operations each (A29, A30).

// CHECK-LABEL: func.func @numerics
// CHECK: "mhlo.dot_general"
// CHECK-SAME: #roofline.demand<contraction, m = 4, n = 16, k = 8, work = [#roofline.work<unit = matrix, type = tf32, ops = 1024>], read_bytes = 640, written_bytes = 256>
// CHECK: "mhlo.einsum"
// CHECK-SAME: #roofline.demand<contraction, m = 4, n = 16, k = 8, work = [#roofline.work<unit = matrix, type = tf32, ops = 1024>], read_bytes = 640, written_bytes = 256>
// CHECK: "mhlo.unary_einsum"
// CHECK-SAME: roofline.demand = #roofline.demand<
// CHECK: "mhlo.ragged_dot"
// CHECK-SAME: ops = 1024>]
// CHECK: "mhlo.fft"
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = c64, ops = 480>], read_bytes = 256, written_bytes = 256>
// CHECK: "mhlo.cholesky"
// CHECK-SAME: work = [#roofline.work<unit = matrix, type = f32, ops = 171>, #roofline.work<unit = special, type = f32, ops = 8>]
// CHECK: "mhlo.rng"
// CHECK-SAME: roofline.demand = #roofline.demand<elementwise
// CHECK: "mhlo.rng_bit_generator"
// CHECK-SAME: #roofline.work<unit = vector, type = i32, ops = 800>
func.func @numerics(%x: tensor<4x8xf32>, %w: tensor<8x16xf32>, %g: tensor<2x8x16xf32>, %n: tensor<2xi32>, %c: tensor<4x8xcomplex<f32>>, %s: tensor<8x8xf32>, %l: tensor<f32>, %d: tensor<2xi64>, %k: tensor<2xui64>) {
  %0 = "mhlo.dot_general"(%x, %w) <{dot_dimension_numbers = #mhlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>}> : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  %1 = "mhlo.einsum"(%x, %w) <{einsum_config = "mk,kn->mn"}> : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  %2 = "mhlo.unary_einsum"(%x) <{einsum_config = "ab->a"}> : (tensor<4x8xf32>) -> tensor<4xf32>
  %3 = "mhlo.ragged_dot"(%x, %g, %n) <{ragged_dot_dimension_numbers = #mhlo.ragged_dot<dot_dimension_numbers = <lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1]>, lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<4x8xf32>, tensor<2x8x16xf32>, tensor<2xi32>) -> tensor<4x16xf32>
  %4 = "mhlo.fft"(%c) <{fft_type = #mhlo<fft_type FFT>, fft_length = dense<8> : tensor<1xi64>}> : (tensor<4x8xcomplex<f32>>) -> tensor<4x8xcomplex<f32>>
  %5 = "mhlo.cholesky"(%s) <{lower = true}> : (tensor<8x8xf32>) -> tensor<8x8xf32>
  %6 = "mhlo.rng"(%l, %l, %d) <{rng_distribution = #mhlo.rng_distribution<UNIFORM>}> : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<4x8xf32>
  %7:2 = "mhlo.rng_bit_generator"(%k) <{rng_algorithm = #mhlo.rng_algorithm<PHILOX>}> : (tensor<2xui64>) -> (tensor<2xui64>, tensor<32xui32>)
  return
}

// What runs regions and functions costs what they cost; the slice of a cache that
// nothing else uses is written in place.

// CHECK-LABEL: func.func @control
// CHECK: "mhlo.dynamic_update_slice"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 36, written_bytes = 32>
// CHECK: "mhlo.if"
// CHECK: "mhlo.tanh"
// CHECK-SAME: roofline.demand
// CHECK: "mhlo.case"
// CHECK: "mhlo.while"
// CHECK: "mhlo.fusion"
// CHECK: "mhlo.tanh"
// CHECK-SAME: roofline.demand
// CHECK: "mhlo.composite"
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @control(%x: tensor<4x8xf32>, %u: tensor<1x8xf32>, %i: tensor<i32>, %p: tensor<i1>) {
  %n = "mhlo.negate"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %0 = "mhlo.dynamic_update_slice"(%n, %u, %i, %i) : (tensor<4x8xf32>, tensor<1x8xf32>, tensor<i32>, tensor<i32>) -> tensor<4x8xf32>
  %1 = "mhlo.if"(%p) ({
    %a = "mhlo.tanh"(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    "mhlo.return"(%a) : (tensor<4x8xf32>) -> ()
  }, {
    "mhlo.return"(%x) : (tensor<4x8xf32>) -> ()
  }) : (tensor<i1>) -> tensor<4x8xf32>
  %2 = "mhlo.case"(%i) ({
    "mhlo.return"(%x) : (tensor<4x8xf32>) -> ()
  }) : (tensor<i32>) -> tensor<4x8xf32>
  %3 = "mhlo.while"(%i) ({
  ^bb0(%a: tensor<i32>):
    "mhlo.return"(%p) : (tensor<i1>) -> ()
  }, {
  ^bb0(%a: tensor<i32>):
    "mhlo.return"(%a) : (tensor<i32>) -> ()
  }) : (tensor<i32>) -> tensor<i32>
  %4 = "mhlo.fusion"(%x) ({
  ^bb0(%a: tensor<4x8xf32>):
    %b = "mhlo.tanh"(%a) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    "mhlo.return"(%b) : (tensor<4x8xf32>) -> ()
  }) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = "mhlo.composite"(%x) <{name = "x.gelu", decomposition = @gelu}> : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %6 = "mhlo.async_start"(%x) <{called_computation = @gelu}> : (tensor<4x8xf32>) -> !mhlo.async_bundle<tensor<4x8xf32>>
  %7 = "mhlo.async_update"(%6) <{called_computation = @gelu}> : (!mhlo.async_bundle<tensor<4x8xf32>>) -> !mhlo.async_bundle<tensor<4x8xf32>>
  return
}
func.func private @gelu(%x: tensor<4x8xf32>) -> tensor<4x8xf32>

// 2048 elements in 16 features (A27): 4 vector operations per element forwards, 7 in
// training, 9 for the gradient; per feature an addition and a root, and two
// divisions outside of inference.

// CHECK-LABEL: func.func @batch_norm
// CHECK: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 8208>, #roofline.work<unit = special, type = f32, ops = 16>], read_bytes = 8448, written_bytes = 8192>
// CHECK: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 14384>, #roofline.work<unit = special, type = f32, ops = 16>], read_bytes = 8320, written_bytes = 8320>
// CHECK: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 18480>, #roofline.work<unit = special, type = f32, ops = 16>], read_bytes = 16576, written_bytes = 8320>
func.func @batch_norm(%x: tensor<2x8x8x16xf32>, %g: tensor<2x8x8x16xf32>, %a: tensor<16xf32>, %b: tensor<16xf32>, %c: tensor<16xf32>, %d: tensor<16xf32>) {
  %0 = "mhlo.batch_norm_inference"(%x, %a, %b, %c, %d) <{epsilon = 1.0e-5 : f32, feature_index = 3 : i64}> : (tensor<2x8x8x16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>) -> tensor<2x8x8x16xf32>
  %1:3 = "mhlo.batch_norm_training"(%x, %a, %b) <{epsilon = 1.0e-5 : f32, feature_index = 3 : i64}> : (tensor<2x8x8x16xf32>, tensor<16xf32>, tensor<16xf32>) -> (tensor<2x8x8x16xf32>, tensor<16xf32>, tensor<16xf32>)
  %2:3 = "mhlo.batch_norm_grad"(%x, %a, %b, %c, %g) <{epsilon = 1.0e-5 : f32, feature_index = 3 : i64}> : (tensor<2x8x8x16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<2x8x8x16xf32>) -> (tensor<2x8x8x16xf32>, tensor<16xf32>, tensor<16xf32>)
  return
}

// Five right sides of 12: 12 * 12 * 5 operations in strict precision (A29).

// CHECK-LABEL: func.func @solve
// CHECK: #roofline.demand<contraction, m = 12, n = 5, k = 6, work = [#roofline.work<unit = matrix, type = f32, ops = 720>], read_bytes = 816, written_bytes = 240>
func.func @solve(%a: tensor<12x12xf32>, %b: tensor<12x5xf32>) {
  %0 = "mhlo.triangular_solve"(%a, %b) <{left_side = true, lower = true, unit_diagonal = false, transpose_a = #mhlo<transpose NO_TRANSPOSE>}> : (tensor<12x12xf32>, tensor<12x5xf32>) -> tensor<12x5xf32>
  return
}

// 2 * 4 * 16 * 8 operations; a convolution whose padding is an operand counts like
// one whose padding is an attribute: 4 x 4 positions, 3 features, 2 x 2 taps.

// CHECK-LABEL: func.func @products
// CHECK: #roofline.demand<contraction, m = 4, n = 8, k = 16, work = [#roofline.work<unit = matrix, type = bf16, ops = 1024>], read_bytes = 384, written_bytes = 64>
// CHECK: #roofline.demand<convolution, m = 16, n = 3, k = 4, work = [#roofline.work<unit = matrix, type = tf32, ops = 384>], read_bytes = 164, written_bytes = 192>
func.func @products(%a: tensor<4x16xbf16>, %b: tensor<16x8xbf16>, %x: tensor<1x5x5x1xf32>, %w: tensor<2x2x1x3xf32>, %p: tensor<2x2xi32>) {
  %0 = "mhlo.dot"(%a, %b) : (tensor<4x16xbf16>, tensor<16x8xbf16>) -> tensor<4x8xbf16>
  %1 = "mhlo.dynamic_conv"(%x, %w, %p) <{batch_group_count = 1 : i64, dimension_numbers = #mhlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64}> : (tensor<1x5x5x1xf32>, tensor<2x2x1x3xf32>, tensor<2x2xi32>) -> tensor<1x4x4x3xf32>
  return
}

// map runs its region for each of 32 elements. 16 sources select among 4 elements of
// their window and are added: 16 * 4 comparisons and 16 additions.

// CHECK-LABEL: func.func @regions
// CHECK: "mhlo.map"
// CHECK: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK: "mhlo.select_and_scatter"
// CHECK: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 80>], read_bytes = 324, written_bytes = 256>
func.func @regions(%x: tensor<32xf32>, %y: tensor<32xf32>, %a: tensor<8x8xf32>, %b: tensor<4x4xf32>, %c: tensor<f32>) {
  %0 = "mhlo.map"(%x, %y) <{dimensions = array<i64: 0>}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %2 = "mhlo.power"(%l, %r) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "mhlo.return"(%2) : (tensor<f32>) -> ()
  }) : (tensor<32xf32>, tensor<32xf32>) -> tensor<32xf32>
  %1 = "mhlo.select_and_scatter"(%a, %b, %c) <{window_dimensions = array<i64: 2, 2>, window_strides = array<i64: 2, 2>}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %2 = "mhlo.compare"(%l, %r) <{comparison_direction = #mhlo<comparison_direction GE>}> : (tensor<f32>, tensor<f32>) -> tensor<i1>
    "mhlo.return"(%2) : (tensor<i1>) -> ()
  }, {
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %2 = "mhlo.add"(%l, %r) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "mhlo.return"(%2) : (tensor<f32>) -> ()
  }) : (tensor<8x8xf32>, tensor<4x4xf32>, tensor<f32>) -> tensor<8x8xf32>
  return
}

// Extents as operands: what moves is what the static types say. A part of a tensor
// is read and written, a gather reads as much as it gives.

// CHECK-LABEL: func.func @dynamic_movement
// CHECK: "mhlo.dynamic_broadcast_in_dim"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 48, written_bytes = 128>
// CHECK: "mhlo.dynamic_iota"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 16, written_bytes = 128>
// CHECK: "mhlo.dynamic_pad"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 60, written_bytes = 64>
// CHECK: "mhlo.real_dynamic_slice"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 40, written_bytes = 16>
// CHECK: "mhlo.dynamic_gather"
// CHECK-SAME: #roofline.demand<gather_scatter, read_bytes = 88, written_bytes = 64>
// CHECK: "mhlo.torch_index_select"
// CHECK-SAME: #roofline.demand<gather_scatter, read_bytes = 72, written_bytes = 64>
func.func @dynamic_movement(%x: tensor<8xf32>, %s: tensor<2xi64>, %v: tensor<f32>, %i: tensor<1xi64>, %k: tensor<1xi64>, %l: tensor<1xi64>, %t: tensor<16x8xf32>, %j: tensor<2xi32>) {
  %0 = "mhlo.dynamic_broadcast_in_dim"(%x, %s) <{broadcast_dimensions = array<i64: 1>}> : (tensor<8xf32>, tensor<2xi64>) -> tensor<4x8xf32>
  %1 = "mhlo.dynamic_iota"(%s) <{iota_dimension = 0 : i64}> : (tensor<2xi64>) -> tensor<4x8xf32>
  %2 = "mhlo.dynamic_pad"(%x, %v, %i, %k, %l) : (tensor<8xf32>, tensor<f32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<16xf32>
  %3 = "mhlo.real_dynamic_slice"(%x, %i, %k, %l) : (tensor<8xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<4xf32>
  %4 = "mhlo.dynamic_gather"(%t, %j, %s) <{dimension_numbers = #mhlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>}> : (tensor<16x8xf32>, tensor<2xi32>, tensor<2xi64>) -> tensor<2x8xf32>
  %5 = "mhlo.torch_index_select"(%t, %j) <{dim = 0 : i64, batch_dims = 0 : i64}> : (tensor<16x8xf32>, tensor<2xi32>) -> tensor<2x8xf32>
  return
}

// Local bytes in and out; a reduction adds what comes in to each of 32 elements (A31).
// Waiting for what was started is free.

// CHECK-LABEL: func.func @collectives
// CHECK: "mhlo.all_to_all"
// CHECK-SAME: #roofline.demand<collective, exchange = all_to_all, ranks = 2, read_bytes = 128, written_bytes = 128>
// CHECK: "mhlo.collective_broadcast"
// CHECK-SAME: #roofline.demand<collective, read_bytes = 128, written_bytes = 128>
// CHECK: "mhlo.collective_permute"
// CHECK-SAME: #roofline.demand<collective, read_bytes = 128, written_bytes = 128>
// CHECK: "mhlo.cross-replica-sum"
// CHECK-SAME: #roofline.demand<collective, exchange = all_reduce, ranks = 2, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK: "mhlo.reduce_scatter"
// CHECK: #roofline.demand<collective, exchange = reduce_scatter, ranks = 2, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 64>
// CHECK: "mhlo.async_start"
// CHECK: "mhlo.all_gather"
// CHECK-SAME: #roofline.demand<collective, exchange = all_gather, ranks = 2, read_bytes = 128, written_bytes = 256>
// CHECK: "mhlo.collective_reduce"
// CHECK: #roofline.demand<collective, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
func.func @collectives(%x: tensor<32xf32>) {
  %0 = "mhlo.all_to_all"(%x) <{split_dimension = 0 : i64, concat_dimension = 0 : i64, split_count = 2 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<32xf32>) -> tensor<32xf32>
  %1 = "mhlo.collective_broadcast"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<32xf32>) -> tensor<32xf32>
  %2 = "mhlo.collective_permute"(%x) <{source_target_pairs = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<32xf32>) -> tensor<32xf32>
  %3 = "mhlo.cross-replica-sum"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<32xf32>) -> tensor<32xf32>
  %4 = "mhlo.reduce_scatter"(%x) <{scatter_dimension = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %8 = "mhlo.add"(%l, %r) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "mhlo.return"(%8) : (tensor<f32>) -> ()
  }) : (tensor<32xf32>) -> tensor<16xf32>
  %5 = "mhlo.async_start"(%x) ({
  ^bb0(%a: tensor<32xf32>):
    %8 = "mhlo.all_gather"(%a) <{all_gather_dim = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<32xf32>) -> tensor<64xf32>
    "mhlo.return"(%8) : (tensor<64xf32>) -> ()
  }) : (tensor<32xf32>) -> !mhlo.async_bundle<tensor<32xf32>, tensor<32xf32>>
  %6 = "mhlo.async_done"(%5) : (!mhlo.async_bundle<tensor<32xf32>, tensor<32xf32>>) -> tensor<64xf32>
  %7 = "mhlo.collective_reduce"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %8 = "mhlo.add"(%l, %r) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "mhlo.return"(%8) : (tensor<f32>) -> ()
  }) : (tensor<32xf32>) -> tensor<32xf32>
  return
}

// To and from other devices and the host: the bytes that move; tokens have none.

// CHECK-LABEL: func.func @host
// CHECK: "mhlo.send"
// CHECK-SAME: #roofline.demand<collective, read_bytes = 128, written_bytes = 0>
// CHECK: "mhlo.recv"
// CHECK-SAME: #roofline.demand<collective, read_bytes = 0, written_bytes = 128>
// CHECK: "mhlo.infeed"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 128>
// CHECK: "mhlo.outfeed"
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 0>
func.func @host(%x: tensor<32xf32>, %t: !mhlo.token) {
  %0 = "mhlo.send"(%x, %t) <{channel_handle = #mhlo.channel_handle<handle = 1, type = 2>, is_host_transfer = true}> : (tensor<32xf32>, !mhlo.token) -> !mhlo.token
  %1:2 = "mhlo.recv"(%t) <{channel_handle = #mhlo.channel_handle<handle = 2, type = 3>, is_host_transfer = true}> : (!mhlo.token) -> (tensor<32xf32>, !mhlo.token)
  %2:2 = "mhlo.infeed"(%t) <{infeed_config = ""}> : (!mhlo.token) -> (tensor<32xf32>, !mhlo.token)
  %3 = "mhlo.outfeed"(%x, %t) <{outfeed_config = ""}> : (tensor<32xf32>, !mhlo.token) -> !mhlo.token
  return
}

// Constraints on shapes, and traces, are free.

// CHECK-LABEL: func.func @checks
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @checks(%x: tensor<32xf32>, %n: index, %s: tensor<2xi64>) {
  %0 = "mhlo.compute_reshape_shape"(%n, %s) : (index, tensor<2xi64>) -> tensor<2xi64>
  %1 = "mhlo.cstr_reshapable"(%n, %s) : (index, tensor<2xi64>) -> !shape.witness
  "mhlo.trace"(%x) <{tag = "here"}> : (tensor<32xf32>) -> ()
  return
}
