// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// One addition for each of 4 * 1024 elements, in either form; the combiner is
// not annotated.

// CHECK-LABEL: func.func @reduce
func.func @reduce(%a: tensor<4x1024xf32>, %zero: tensor<f32>) -> tensor<4xf32> {
  // CHECK: "stablehlo.reduce"
  // CHECK-NOT: roofline.demand
  // CHECK: }) {roofline.demand = #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 4096>], read_bytes = 16388, written_bytes = 16>}
  %0 = stablehlo.reduce(%a init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<4x1024xf32>, tensor<f32>) -> tensor<4xf32>
  // CHECK: ops = 8192>], read_bytes = 16388, written_bytes = 16>}
  %1 = stablehlo.reduce(%a init: %zero) across dimensions = [1] : (tensor<4x1024xf32>, tensor<f32>) -> tensor<4xf32>
    reducer(%x: tensor<f32>, %y: tensor<f32>) {
      %2 = stablehlo.multiply %y, %y : tensor<f32>
      %3 = stablehlo.add %x, %2 : tensor<f32>
      stablehlo.return %3 : tensor<f32>
    }
  return %1 : tensor<4xf32>
}

// 56 * 56 * 64 windows of 9; 8 lines of 1000 sorted with 10 comparisons per
// element; 2 comparisons per element to keep 4.

// CHECK-LABEL: func.func @others
func.func @others(%image: tensor<1x112x112x64xf32>, %low: tensor<f32>, %scores: tensor<8x1000xf32>) {
  // CHECK: "stablehlo.reduce_window"
  // CHECK: #roofline.work<unit = vector, type = f32, ops = 1806336>
  %0 = "stablehlo.reduce_window"(%image, %low) <{window_dimensions = array<i64: 1, 3, 3, 1>, window_strides = array<i64: 1, 2, 2, 1>, padding = dense<[[0, 0], [1, 1], [1, 1], [0, 0]]> : tensor<4x2xi64>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %3 = stablehlo.maximum %x, %y : tensor<f32>
    stablehlo.return %3 : tensor<f32>
  }) : (tensor<1x112x112x64xf32>, tensor<f32>) -> tensor<1x56x56x64xf32>
  // CHECK: "stablehlo.sort"
  // CHECK: #roofline.demand<sort, work = [#roofline.work<unit = vector, type = f32, ops = 80000>], read_bytes = 32000, written_bytes = 32000>
  %1 = "stablehlo.sort"(%scores) <{dimension = 1 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %3 = stablehlo.compare GT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %3 : tensor<i1>
  }) : (tensor<8x1000xf32>) -> tensor<8x1000xf32>
  // CHECK: "chlo.top_k"
  // CHECK-SAME: #roofline.demand<sort, work = [#roofline.work<unit = vector, type = f32, ops = 16000>], read_bytes = 32000, written_bytes = 256>
  %2:2 = chlo.top_k(%scores, k = 4) : tensor<8x1000xf32> -> (tensor<8x4xf32>, tensor<8x4xi32>)
  return
}
