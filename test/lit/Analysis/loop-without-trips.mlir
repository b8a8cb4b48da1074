// RUN: roofline report %s --target=h200 | FileCheck %s

// A function that is called in a loop of no trips alone never runs: the loop's
// counter, 8 + 1 bytes once, is all that is left.

// CHECK: launches    0, of 2 kernels
// CHECK: @main/while#0 {{.*}}: 0 trips
func.func @main(%a: tensor<64xf32>) -> tensor<64xf32> {
  %start = stablehlo.constant dense<5> : tensor<i32>
  %0:2 = stablehlo.while(%i = %start, %x = %a) : tensor<i32>, tensor<64xf32>
  cond {
    %end = stablehlo.constant dense<5> : tensor<i32>
    %1 = stablehlo.compare LT, %i, %end, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %1 = func.call @body(%x) : (tensor<64xf32>) -> tensor<64xf32>
    %one = stablehlo.constant dense<1> : tensor<i32>
    %2 = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %2, %1 : tensor<i32>, tensor<64xf32>
  }
  return %0#1 : tensor<64xf32>
}

func.func private @body(%x: tensor<64xf32>) -> tensor<64xf32> {
  %w = stablehlo.constant dense<1.0> : tensor<64x64xf32>
  %0 = stablehlo.dot %x, %w : (tensor<64xf32>, tensor<64x64xf32>) -> tensor<64xf32>
  return %0 : tensor<64xf32>
}
