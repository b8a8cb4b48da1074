// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// m = 32 * 32, n = 8, k = 3 * 3 * 16: 2 * 1024 * 8 * 144 operations and one
// addition of the bias for each of 8192 results. It reads 34 * 34 * 16 + 8 * 144
// elements, 8 biases and one zero point, of 4 bytes.

// CHECK-LABEL: func.func @conv
func.func @conv(%i: tensor<1x34x34x16xf32>, %w: tensor<8x3x3x16xf32>, %b: tensor<8xf32>, %z: tensor<1xf32>) -> tensor<1x32x32x8xf32> {
  // CHECK: tosa.conv2d
  // CHECK-SAME: #roofline.demand<convolution, m = 1024, n = 8, k = 144, work = [#roofline.work<unit = matrix, type = tf32, ops = 2359296>, #roofline.work<unit = vector, type = f32, ops = 8192>], read_bytes = 78628, written_bytes = 32768>
  %0 = tosa.conv2d %i, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x34x34x16xf32>, tensor<8x3x3x16xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x32x32x8xf32>
  return %0 : tensor<1x32x32x8xf32>
}

// CHECK-LABEL: func.func @others
func.func @others(%a: tensor<1x100x16xf32>, %ids: tensor<1x8xi32>) -> tensor<4xf32> {
  // CHECK: tosa.reduce_sum
  // CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 1600>], read_bytes = 6400, written_bytes = 64>
  %0 = tosa.reduce_sum %a {axis = 1 : i32} : (tensor<1x100x16xf32>) -> tensor<1x1x16xf32>
  // CHECK: tosa.sigmoid
  // CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 16>], read_bytes = 64, written_bytes = 64>
  %1 = tosa.sigmoid %0 : (tensor<1x1x16xf32>) -> tensor<1x1x16xf32>
  // CHECK: tosa.gather
  // CHECK-SAME: #roofline.demand<gather_scatter, read_bytes = 544, written_bytes = 512>
  %2 = tosa.gather %a, %ids : (tensor<1x100x16xf32>, tensor<1x8xi32>) -> tensor<1x8x16xf32>
  // CHECK: tosa.transpose
  // CHECK-NOT: roofline.demand
  %3 = tosa.transpose %a {perms = array<i32: 1, 0, 2>} : (tensor<1x100x16xf32>) -> tensor<100x1x16xf32>
  // CHECK: tosa.custom
  // CHECK-SAME: roofline.demand = #roofline.unknown<opaque, "custom op 'vendor.attention' has no rule">
  %4 = tosa.custom %1 {domain_name = "vendor", operator_name = "attention", implementation_attrs = ""} : (tensor<1x1x16xf32>) -> tensor<4xf32>
  return %4 : tensor<4xf32>
}
