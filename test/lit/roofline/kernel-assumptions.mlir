// What is assumed of kernels is said where it applies: attention (A62) only where
// the graph has some and it is fused, control (A59) only where there is some.

// RUN: roofline report %s --target=h200 | FileCheck %s --check-prefix=LIBRARY
// LIBRARY:      A59 arithmetic on at most 64 bytes is control
// LIBRARY-NEXT: A61
// LIBRARY:      A62 attention is one launch
// LIBRARY-NEXT: A63
// LIBRARY:      A64
// LIBRARY:      A72 masks of attention
// LIBRARY:      A73
// RUN: roofline report %s --target=h200 --fusion=compiler | FileCheck %s --check-prefix=COMPILER --implicit-check-not=A62 --implicit-check-not=A63 --implicit-check-not=A7
// COMPILER:      A59
// COMPILER-NEXT: A61
// COMPILER:      A64
// RUN: roofline report %s --target=h200 --fusion=none | FileCheck %s --check-prefix=NONE --implicit-check-not=A6{{[0-9]}}
// NONE: A58
// NONE: A59

func.func @main(%q: tensor<8x256x64xf32>, %k: tensor<8x256x64xf32>, %v: tensor<8x256x64xf32>, %step: tensor<i32>)
    -> (tensor<8x256x64xf32>, tensor<i32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %next = stablehlo.add %step, %step : tensor<i32>
  %0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2]
      : (tensor<8x256x64xf32>, tensor<8x256x64xf32>) -> tensor<8x256x256xf32>
  %1 = stablehlo.exponential %0 : tensor<8x256x256xf32>
  %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [2]
      : (tensor<8x256x256xf32>, tensor<f32>) -> tensor<8x256xf32>
  %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1] : (tensor<8x256xf32>) -> tensor<8x256x256xf32>
  %4 = stablehlo.divide %1, %3 : tensor<8x256x256xf32>
  %5 = stablehlo.dot_general %4, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1]
      : (tensor<8x256x256xf32>, tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  return %5, %next : tensor<8x256x64xf32>, tensor<i32>
}
