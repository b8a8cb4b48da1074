// RUN: split-file %s %t
// RUN: roofline-opt %t/stablehlo.mlir --allow-unregistered-dialect --roofline-annotate-demand | FileCheck %s --check-prefix=STABLEHLO
// RUN: roofline-opt %t/stablehlo.mlir --allow-unregistered-dialect --roofline-annotate-demand=f32=strict | FileCheck %s --check-prefix=STRICT
// RUN: roofline-opt %t/linalg.mlir --roofline-annotate-demand | FileCheck %s --check-prefix=LINALG
// RUN: not roofline-opt %t/linalg.mlir --roofline-annotate-demand=f32=bf16 2>&1 | FileCheck %s --check-prefix=OPTION

// Annotating twice is annotating once.
// RUN: roofline-opt %t/linalg.mlir --roofline-annotate-demand > %t/once
// RUN: roofline-opt %t/once --roofline-annotate-demand > %t/twice
// RUN: cmp %t/once %t/twice

// STABLEHLO:      func.func @main
// STABLEHLO-NOT:  roofline
// STABLEHLO:      "stablehlo.dot_general"
// STABLEHLO-SAME:   roofline.demand = #roofline.demand<contraction, m = 4, n = 16, k = 8, work = [#roofline.work<unit = matrix, type = tf32, ops = 1024>], read_bytes = 640, written_bytes = 256>
// A view and a constant are free, the combiner is a part of its op.
// STABLEHLO:      "stablehlo.reshape"
// STABLEHLO-NOT:  roofline
// STABLEHLO:      "stablehlo.constant"
// STABLEHLO-NOT:  roofline
// STABLEHLO:      "stablehlo.reduce"
// STABLEHLO-NOT:  roofline
// STABLEHLO:      "stablehlo.add"
// STABLEHLO-NOT:  roofline
// STABLEHLO:      roofline.demand = #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = {{[0-9]+}}>]
// The body of a loop runs op by op.
// STABLEHLO:      "stablehlo.while"
// STABLEHLO:      "stablehlo.exponential"
// STABLEHLO-SAME:   roofline.demand = #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 4>], read_bytes = 16, written_bytes = 16>
// STABLEHLO:      "mine.op"
// STABLEHLO-SAME:   roofline.demand = #roofline.unknown<unmodelled, "no rule for 'mine.op'">
// STABLEHLO:      return
// STABLEHLO-NOT:  roofline

// STRICT: #roofline.work<unit = matrix, type = f32, ops = 1024>

// LINALG:      linalg.matmul
// LINALG-SAME:   roofline.demand = #roofline.demand<contraction, m = 16, n = 32, k = 64, work = [#roofline.work<unit = matrix, type = bf16, ops = 65536>], read_bytes = 8192, written_bytes = 2048>
// LINALG:      linalg.generic
// LINALG-SAME:   roofline.demand = #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 512>], read_bytes = 2048, written_bytes = 2048>
// The body of a structured op is its payload.
// LINALG:      math.exp
// LINALG-NOT:  roofline

// OPTION: bf16

//--- stablehlo.mlir
func.func @main(%x: tensor<4x8xf32>, %w: tensor<8x16xf32>, %i: tensor<i32>) -> tensor<4xf32> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  %1 = stablehlo.reshape %0 : (tensor<4x16xf32>) -> tensor<64xf32>
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %2 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<4x16xf32>, tensor<f32>) -> tensor<4xf32>
  %r:2 = stablehlo.while(%j = %i, %v = %2) : tensor<i32>, tensor<4xf32>
   cond {
    %p = stablehlo.compare LT, %j, %i, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %e = stablehlo.exponential %v : tensor<4xf32>
    stablehlo.return %j, %e : tensor<i32>, tensor<4xf32>
  }
  %3 = "mine.op"(%r#1) : (tensor<4xf32>) -> tensor<4xf32>
  return %3 : tensor<4xf32>
}
//--- linalg.mlir
func.func @main(%a: tensor<16x64xbf16>, %b: tensor<64x32xbf16>, %c: tensor<16x32xf32>) -> tensor<16x32xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<16x64xbf16>, tensor<64x32xbf16>) outs(%c : tensor<16x32xf32>) -> tensor<16x32xf32>
  %1 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
       ins(%0 : tensor<16x32xf32>) outs(%c : tensor<16x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %2 = math.exp %in : f32
    linalg.yield %2 : f32
  } -> tensor<16x32xf32>
  return %1 : tensor<16x32xf32>
}
