// Kernels are timed by the model of what they are: here products of one left
// operand, attention of one new row per sequence with four query heads to a head
// of keys, and a softmax of rows.

// RUN: roofline report %s --target=h200,ascend-910b2 --format=json --view=kernels | FileCheck %s
// CHECK-DAG: "calibration": "gemm_bf16"
// CHECK-DAG: "calibration": "attention_decode"
// CHECK-DAG: "calibration": "cube_attention_decode"
// CHECK-DAG: "calibration": "streaming"

// The text says how much of the time that is, and whose figures they are.
// RUN: roofline report %s --target=h200 --view=summary | FileCheck %s --check-prefix=TEXT
// TEXT: h200 kernels: 80 % interval {{.*}} to {{.*}}; 100.0 % of the time by calibrated
// TEXT-NEXT: models; borrowed from h100: streaming

// Launched one by one, the sum takes the 5 us of its submission (A58), and
// the longer kernels what they take anyway.
// RUN: roofline report %s --target=h200 --format=json --view=kernels --launch=eager | FileCheck %s --check-prefix=EAGER
// EAGER: "name": "add"
// EAGER: "seconds": 5.000000e-06

func.func @main(%q: tensor<32x8x4x128xbf16>, %k: tensor<32x8x2048x128xbf16>,
                %v: tensor<32x8x2048x128xbf16>, %w: tensor<4096x4096xbf16>,
                %x: tensor<8x128xf32>, %i: tensor<8x128xi32>)
    -> (tensor<32x4096xbf16>, tensor<8x128xf32>, tensor<8x128xi32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %scores = stablehlo.dot_general %q, %k, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3]
      : (tensor<32x8x4x128xbf16>, tensor<32x8x2048x128xbf16>) -> tensor<32x8x4x2048xf32>
  %max = stablehlo.reduce(%scores init: %low) applies stablehlo.maximum across dimensions = [3]
      : (tensor<32x8x4x2048xf32>, tensor<f32>) -> tensor<32x8x4xf32>
  %maxes = stablehlo.broadcast_in_dim %max, dims = [0, 1, 2] : (tensor<32x8x4xf32>) -> tensor<32x8x4x2048xf32>
  %shifted = stablehlo.subtract %scores, %maxes : tensor<32x8x4x2048xf32>
  %exp = stablehlo.exponential %shifted : tensor<32x8x4x2048xf32>
  %sum = stablehlo.reduce(%exp init: %zero) applies stablehlo.add across dimensions = [3]
      : (tensor<32x8x4x2048xf32>, tensor<f32>) -> tensor<32x8x4xf32>
  %sums = stablehlo.broadcast_in_dim %sum, dims = [0, 1, 2] : (tensor<32x8x4xf32>) -> tensor<32x8x4x2048xf32>
  %p32 = stablehlo.divide %exp, %sums : tensor<32x8x4x2048xf32>
  %p = stablehlo.convert %p32 : (tensor<32x8x4x2048xf32>) -> tensor<32x8x4x2048xbf16>
  %o = stablehlo.dot_general %p, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2]
      : (tensor<32x8x4x2048xbf16>, tensor<32x8x2048x128xbf16>) -> tensor<32x8x4x128xbf16>
  %flat = stablehlo.reshape %o : (tensor<32x8x4x128xbf16>) -> tensor<32x4096xbf16>
  %y = stablehlo.dot_general %flat, %w, contracting_dims = [1] x [0]
      : (tensor<32x4096xbf16>, tensor<4096x4096xbf16>) -> tensor<32x4096xbf16>
  %e = stablehlo.exponential %x : tensor<8x128xf32>
  %s = stablehlo.reduce(%e init: %zero) applies stablehlo.add across dimensions = [1]
      : (tensor<8x128xf32>, tensor<f32>) -> tensor<8xf32>
  %b = stablehlo.broadcast_in_dim %s, dims = [0] : (tensor<8xf32>) -> tensor<8x128xf32>
  %d = stablehlo.divide %e, %b : tensor<8x128xf32>
  %j = stablehlo.add %i, %i : tensor<8x128xi32>
  return %y, %d, %j : tensor<32x4096xbf16>, tensor<8x128xf32>, tensor<8x128xi32>
}
