// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s
// RUN: roofline-opt %s --roofline-annotate-demand=f32=strict | FileCheck %s --check-prefix=STRICT

// 2 * 4096^3 operations on the matrix unit; two matrices of 32 MiB in, one out.

// CHECK-LABEL: func.func @reference
func.func @reference(%a: tensor<4096x4096xbf16>, %b: tensor<4096x4096xbf16>) -> tensor<4096x4096xbf16> {
  // CHECK: "stablehlo.dot_general"
  // CHECK-SAME: #roofline.demand<contraction, m = 4096, n = 4096, k = 4096, work = [#roofline.work<unit = matrix, type = bf16, ops = 137438953472>], read_bytes = 67108864, written_bytes = 33554432>
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<4096x4096xbf16>, tensor<4096x4096xbf16>) -> tensor<4096x4096xbf16>
  return %0 : tensor<4096x4096xbf16>
}

// f32 is tf32 unless the graph or the user says otherwise: 2 * 8 * 4 * 6 * 2.

// CHECK-LABEL: func.func @precision
// STRICT-LABEL: func.func @precision
func.func @precision(%a: tensor<8x4x2xf32>, %b: tensor<8x2x6xf32>) -> tensor<8x4x6xf32> {
  // CHECK: "stablehlo.dot_general"
  // CHECK-SAME: batch = 8, m = 4, n = 6, k = 2, work = [#roofline.work<unit = matrix, type = tf32, ops = 768>]
  // STRICT: #roofline.work<unit = matrix, type = f32, ops = 768>
  %0 = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<8x4x2xf32>, tensor<8x2x6xf32>) -> tensor<8x4x6xf32>
  // CHECK: "stablehlo.dot_general"
  // CHECK-SAME: #roofline.work<unit = matrix, type = f32, ops = 768>
  // STRICT: #roofline.work<unit = matrix, type = f32, ops = 768>
  %1 = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [HIGHEST, HIGHEST] : (tensor<8x4x2xf32>, tensor<8x2x6xf32>) -> tensor<8x4x6xf32>
  return %1 : tensor<8x4x6xf32>
}

// ResNet's first layer: 112 * 112 positions, 64 features, 7 * 7 * 3 taps each,
// padding included: 2 * 12544 * 64 * 147. Then depthwise: 2 * 32 * 64 * 9.

// CHECK-LABEL: func.func @convolutions
func.func @convolutions(%image: tensor<1x224x224x3xf16>, %kernel: tensor<7x7x3x64xf16>,
                        %features: tensor<1x10x10x32xf16>, %depthwise: tensor<3x3x1x32xf16>) {
  // CHECK: "stablehlo.convolution"
  // CHECK-SAME: #roofline.demand<convolution, m = 12544, n = 64, k = 147, work = [#roofline.work<unit = matrix, type = f16, ops = 236027904>]
  %0 = stablehlo.convolution(%image, %kernel) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[3, 3], [3, 3]]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<1x224x224x3xf16>, tensor<7x7x3x64xf16>) -> tensor<1x112x112x64xf16>
  // CHECK: "stablehlo.convolution"
  // CHECK-SAME: #roofline.demand<convolution, batch = 32, m = 64, n = 1, k = 9, work = [#roofline.work<unit = matrix, type = f16, ops = 36864>]
  %1 = stablehlo.convolution(%features, %depthwise) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 32 : i64} : (tensor<1x10x10x32xf16>, tensor<3x3x1x32xf16>) -> tensor<1x8x8x32xf16>
  return
}

// Four elements with holes between them and padding of one: 7 outputs meet 1, 2,
// 1, 2, 1, 2, 1 elements, 10 in all, in each direction: 2 * 100 * 3 * 5.

// CHECK-LABEL: func.func @transposed
func.func @transposed(%image: tensor<1x4x4x3xf16>, %kernel: tensor<3x3x3x5xf16>) -> tensor<1x7x7x5xf16> {
  // CHECK: "stablehlo.convolution"
  // CHECK-SAME: #roofline.work<unit = matrix, type = f16, ops = 3000>
  %0 = stablehlo.convolution(%image, %kernel) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {pad = [[1, 1], [1, 1]], lhs_dilate = [2, 2]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<1x4x4x3xf16>, tensor<3x3x3x5xf16>) -> tensor<1x7x7x5xf16>
  return %0 : tensor<1x7x7x5xf16>
}
