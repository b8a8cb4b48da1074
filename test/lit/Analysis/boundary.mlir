// What crosses off-chip memory at least (A10), and which arguments are weights
// (A11).
//
// RUN: split-file %s %t
// RUN: roofline report %t/gather.mlir --format=json | FileCheck %s --check-prefix=GATHER
// RUN: roofline report %t/cache.mlir --format=json | FileCheck %s --check-prefix=CACHE
// RUN: roofline report %t/stacked.mlir --format=json | FileCheck %s --check-prefix=STACKED
// RUN: roofline report %t/weights.mlir --format=json | FileCheck %s --check-prefix=WEIGHTS
// RUN: roofline report %t/weights.mlir --weights='^arg0$' --format=json | FileCheck %s --check-prefix=NAMED
// RUN: roofline report %t/shards.mlir --format=json | FileCheck %s --check-prefix=SHARDS

// RUN: roofline report %t/annotated.mlir | FileCheck %s --check-prefix=ANNOTATED

//--- gather.mlir
// A table of 1000 x 64 f32 of which 8 rows are read, and an argument that nothing
// uses: 8*64*4 = 2048 bytes of rows, 8*4 = 32 of indices, 2048 of results.
// GATHER: "argument_bytes": 260032,
// GATHER: "weight_bytes": 256000,
// GATHER: "compulsory_bytes": 4128
func.func @main(%table: tensor<1000x64xf32>, %rows: tensor<8x1xi32>,
                %unused: tensor<1000xf32>) -> tensor<8x64xf32> {
  %0 = "stablehlo.gather"(%table, %rows) <{
    dimension_numbers = #stablehlo.gather<offset_dims = [1],
      collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>,
    slice_sizes = array<i64: 1, 64>}>
    : (tensor<1000x64xf32>, tensor<8x1xi32>) -> tensor<8x64xf32>
  return %0 : tensor<8x64xf32>
}

//--- cache.mlir
// A cache of 4096 x 128 f32 gets one row and is read up to row 1024 only. Read:
// 1024*128*4 = 524288 of the cache, 512 of the row, 8 of the indices. Written: the
// row of 512 bytes, and the slice as the other result, 524288.
// CACHE: "result_bytes": 2621440,
// CACHE: "compulsory_bytes": 1049608
func.func @main(%cache: tensor<4096x128xf32>, %row: tensor<1x128xf32>,
                %i: tensor<i32>, %j: tensor<i32>)
    -> (tensor<4096x128xf32>, tensor<1024x128xf32>) {
  %0 = stablehlo.dynamic_update_slice %cache, %row, %i, %j
    : (tensor<4096x128xf32>, tensor<1x128xf32>, tensor<i32>, tensor<i32>) -> tensor<4096x128xf32>
  %1 = stablehlo.slice %0 [0:1024, 0:128] : (tensor<4096x128xf32>) -> tensor<1024x128xf32>
  return %0, %1 : tensor<4096x128xf32>, tensor<1024x128xf32>
}

//--- stacked.mlir
// The weights of 4 layers, stacked, go through a loop that takes one layer a trip
// and hands them on: 4*16*16*4 = 4096 bytes, read once, and three constants of 4.
// The activations are 16*16*4 = 1024 bytes in and out: 4108 + 2048 = 6156.
// STACKED: "weight_bytes": 4108,
// STACKED: "compulsory_bytes": 6156
// STACKED: "matrix_tf32": 32768
func.func @main(%stacked: tensor<4x16x16xf32>, %x: tensor<16x16xf32>) -> tensor<16x16xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %r:3 = stablehlo.while(%w = %stacked, %h = %x, %i = %zero)
      : tensor<4x16x16xf32>, tensor<16x16xf32>, tensor<i32>
    cond {
      %n = stablehlo.constant dense<4> : tensor<i32>
      %c = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %c : tensor<i1>
    } do {
      %one = stablehlo.constant dense<1> : tensor<i32>
      %layer = stablehlo.dynamic_slice %w, %i, %zero, %zero, sizes = [1, 16, 16]
        : (tensor<4x16x16xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x16x16xf32>
      %m = stablehlo.reshape %layer : (tensor<1x16x16xf32>) -> tensor<16x16xf32>
      %y = stablehlo.dot_general %h, %m, contracting_dims = [1] x [0]
        : (tensor<16x16xf32>, tensor<16x16xf32>) -> tensor<16x16xf32>
      %next = stablehlo.add %i, %one : tensor<i32>
      stablehlo.return %w, %y, %next : tensor<4x16x16xf32>, tensor<16x16xf32>, tensor<i32>
    }
  return %r#1 : tensor<16x16xf32>
}

//--- weights.mlir
// The right operand of a product, and a bias that is broadcast: 32*64*4 + 64*4 =
// 8448 bytes. The left operand is not a weight unless it is named: 16*32*4 = 2048.
// WEIGHTS: "weight_bytes": 8448,
// NAMED: "weight_bytes": 2048,
func.func @main(%x: tensor<16x32xf32>, %w: tensor<32x64xf32>,
                %bias: tensor<64xf32>) -> tensor<16x64xf32> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
    : (tensor<16x32xf32>, tensor<32x64xf32>) -> tensor<16x64xf32>
  %1 = stablehlo.broadcast_in_dim %bias, dims = [1] : (tensor<64xf32>) -> tensor<16x64xf32>
  %2 = stablehlo.add %0, %1 : tensor<16x64xf32>
  return %2 : tensor<16x64xf32>
}

//--- shards.mlir
// Two devices with half of the argument each (A12): 8*16*4 = 512 bytes are read by
// one device, once although they are both operands (A13); the result of the graph
// is 1024.
// SHARDS: "argument_bytes": 1024,
// SHARDS: "input_bytes": 512,
// SHARDS: "result_bytes": 512,
// SHARDS: "of_one_device": true,
// SHARDS: "vector_f32": 128
// SHARDS: "read_bytes": 512,
// SHARDS: "sharded: operations, traffic, times and what is kept in memory are of
sdy.mesh @mesh = <["x"=2]>
func.func @main(%a: tensor<16x16xf32>) -> tensor<16x16xf32> {
  %0 = sdy.manual_computation(%a) in_shardings=[<@mesh, [{"x"}, {}]>]
      out_shardings=[<@mesh, [{"x"}, {}]>] manual_axes={"x"} (%b: tensor<8x16xf32>) {
    %1 = stablehlo.add %b, %b : tensor<8x16xf32>
    sdy.return %1 : tensor<8x16xf32>
  } : (tensor<16x16xf32>) -> tensor<16x16xf32>
  return %0 : tensor<16x16xf32>
}

//--- annotated.mlir
// ANNOTATED: annotated with shardings, but not partitioned
sdy.mesh @mesh = <["x"=2]>
func.func @main(%a: tensor<16x16xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}, {}]>})
    -> tensor<16x16xf32> {
  %0 = stablehlo.add %a, %a : tensor<16x16xf32>
  return %0 : tensor<16x16xf32>
}
