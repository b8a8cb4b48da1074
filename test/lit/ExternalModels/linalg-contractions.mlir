// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s
// RUN: roofline-opt %s --roofline-annotate-demand=f32=strict | FileCheck %s --check-prefix=STRICT

// A named product and the generic that says the same are the same demand:
// 2 * 16 * 32 * 64 = 65536 operations; (16 * 64 + 64 * 32 + 16 * 32) * 4 = 14336
// bytes read.

// CHECK-LABEL: func.func @named
// STRICT-LABEL: func.func @named
func.func @named(%a: tensor<16x64xf32>, %b: tensor<64x32xf32>, %c: tensor<16x32xf32>) -> tensor<16x32xf32> {
  // CHECK: linalg.matmul {roofline.demand = #roofline.demand<contraction, m = 16, n = 32, k = 64, work = [#roofline.work<unit = matrix, type = tf32, ops = 65536>], read_bytes = 14336, written_bytes = 2048>}
  // STRICT: linalg.matmul {{.*}}type = f32, ops = 65536
  %0 = linalg.matmul ins(%a, %b : tensor<16x64xf32>, tensor<64x32xf32>) outs(%c : tensor<16x32xf32>) -> tensor<16x32xf32>
  return %0 : tensor<16x32xf32>
}

// CHECK-LABEL: func.func @generic
func.func @generic(%a: tensor<16x64xf32>, %b: tensor<64x32xf32>, %c: tensor<16x32xf32>) -> tensor<16x32xf32> {
  // CHECK: linalg.generic
  // CHECK-SAME: roofline.demand = #roofline.demand<contraction, m = 16, n = 32, k = 64, work = [#roofline.work<unit = matrix, type = tf32, ops = 65536>], read_bytes = 14336, written_bytes = 2048>
  %0 = linalg.generic {
      indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>,
                       affine_map<(d0, d1, d2) -> (d2, d1)>,
                       affine_map<(d0, d1, d2) -> (d0, d1)>],
      iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<16x64xf32>, tensor<64x32xf32>)
      outs(%c : tensor<16x32xf32>) {
  ^bb0(%x: f32, %y: f32, %acc: f32):
    %1 = arith.mulf %x, %y : f32
    %2 = arith.addf %acc, %1 : f32
    linalg.yield %2 : f32
  } -> tensor<16x32xf32>
  return %0 : tensor<16x32xf32>
}

// A depthwise convolution is a product per channel: 2 * 32 * 3136 * 9 operations.
// It reads 58 * 58 * 32 * 2 + 9 * 32 * 2 bytes and no accumulator.

// CHECK-LABEL: func.func @depthwise
func.func @depthwise(%i: tensor<1x58x58x32xf16>, %w: tensor<3x3x32xf16>) -> tensor<1x56x56x32xf16> {
  %o = tensor.empty() : tensor<1x56x56x32xf16>
  // CHECK: linalg.depthwise_conv_2d_nhwc_hwc
  // CHECK-SAME: roofline.demand = #roofline.demand<convolution, batch = 32, m = 3136, n = 1, k = 9, work = [#roofline.work<unit = matrix, type = f16, ops = 1806336>], read_bytes = 215872, written_bytes = 200704>
  %0 = linalg.depthwise_conv_2d_nhwc_hwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
      ins(%i, %w : tensor<1x58x58x32xf16>, tensor<3x3x32xf16>) outs(%o : tensor<1x56x56x32xf16>) -> tensor<1x56x56x32xf16>
  return %0 : tensor<1x56x56x32xf16>
}

// CHECK-LABEL: func.func @dynamic
func.func @dynamic(%a: tensor<?x64xf32>, %b: tensor<64x32xf32>, %c: tensor<?x32xf32>) -> tensor<?x32xf32> {
  // CHECK: linalg.matmul {roofline.demand = #roofline.unknown<dynamic, "extent 0 of 'tensor<?x64xf32>' is not static">}
  %0 = linalg.matmul ins(%a, %b : tensor<?x64xf32>, tensor<64x32xf32>) outs(%c : tensor<?x32xf32>) -> tensor<?x32xf32>
  return %0 : tensor<?x32xf32>
}
