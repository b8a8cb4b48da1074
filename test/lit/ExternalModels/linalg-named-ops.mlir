// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// Named ops that other tests leave out. Every output is a destination that nothing
// filled, so it is read where the op adds to it. 4 x 8 elements: one operation for
// each.

// CHECK-LABEL: func.func @special
// CHECK-COUNT-6: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @special(%x: tensor<4x8xf32>, %o: tensor<4x8xf32>) {
  %0 = linalg.erf ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = linalg.exp ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.log ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = linalg.rsqrt ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = linalg.sqrt ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = linalg.tanh ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @vector
// CHECK-COUNT-7: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @vector(%x: tensor<4x8xf32>, %o: tensor<4x8xf32>) {
  %0 = linalg.abs ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = linalg.ceil ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.floor ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = linalg.negf ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = linalg.reciprocal ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = linalg.round ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %6 = linalg.square ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @two
// CHECK-COUNT-6: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK-NEXT: return
func.func @two(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %o: tensor<4x8xf32>) {
  %0 = linalg.add ins(%x, %y : tensor<4x8xf32>, tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = linalg.div ins(%x, %y : tensor<4x8xf32>, tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.max ins(%x, %y : tensor<4x8xf32>, tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = linalg.min ins(%x, %y : tensor<4x8xf32>, tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = linalg.mul ins(%x, %y : tensor<4x8xf32>, tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = linalg.sub ins(%x, %y : tensor<4x8xf32>, tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @others
// CHECK: linalg.powf
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK: linalg.div_unsigned
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK: linalg.select
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 288, written_bytes = 128>
// CHECK: linalg.copy
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
// CHECK: linalg.fill_rng_2d
// CHECK-SAME: #roofline.demand<elementwise, work = [{{.*}}], read_bytes = 0, written_bytes = 128>
func.func @others(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %o: tensor<4x8xf32>, %i: tensor<4x8xi32>, %j: tensor<4x8xi32>, %q: tensor<4x8xi32>, %p: tensor<4x8xi1>, %s: f64, %t: i32) {
  %0 = linalg.powf ins(%x, %y : tensor<4x8xf32>, tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = linalg.div_unsigned ins(%i, %j : tensor<4x8xi32>, tensor<4x8xi32>) outs(%q : tensor<4x8xi32>) -> tensor<4x8xi32>
  %2 = linalg.select ins(%p, %x, %y : tensor<4x8xi1>, tensor<4x8xf32>, tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = linalg.copy ins(%x : tensor<4x8xf32>) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = linalg.fill_rng_2d ins(%s, %s, %t : f64, f64, i32) outs(%o : tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// Contractions: 2 * batch * m * n * k operations of the matrix unit (A2). The blocks of
// batch_mmt4d are 2 x 4 rows, 6 x 7 columns, 3 x 5 deep; batch_reduce_matmul adds its
// batches: k = 2 * 8. Zero points are not part of the products (A48).

// CHECK-LABEL: func.func @contractions(
// CHECK: linalg.vecmat{{ }}
// CHECK-SAME: #roofline.demand<contraction, m = 1, n = 8, k = 4, work = [#roofline.work<unit = matrix, type = tf32, ops = 64>
// CHECK: linalg.batch_matvec{{ }}
// CHECK-SAME: #roofline.demand<contraction, batch = 2, m = 4, n = 1, k = 8, work = [#roofline.work<unit = matrix, type = tf32, ops = 128>
// CHECK: linalg.batch_vecmat{{ }}
// CHECK-SAME: #roofline.demand<contraction, batch = 2, m = 1, n = 8, k = 4, work = [#roofline.work<unit = matrix, type = tf32, ops = 128>
// CHECK: linalg.batch_reduce_matmul{{ }}
// CHECK-SAME: #roofline.demand<contraction, m = 4, n = 16, k = 16, work = [#roofline.work<unit = matrix, type = tf32, ops = 2048>
// CHECK: linalg.batch_mmt4d{{ }}
// CHECK-SAME: #roofline.demand<contraction, batch = 2, m = 8, n = 42, k = 15, work = [#roofline.work<unit = matrix, type = tf32, ops = 20160>
// CHECK: linalg.quantized_matmul{{ }}
// CHECK-SAME: #roofline.demand<contraction, m = 4, n = 16, k = 8, work = [#roofline.work<unit = matrix, type = i8, ops = 1024>
// CHECK: linalg.quantized_batch_matmul{{ }}
// CHECK-SAME: #roofline.demand<contraction, batch = 2, m = 4, n = 16, k = 8, work = [#roofline.work<unit = matrix, type = i8, ops = 2048>
func.func @contractions(%a0: tensor<4xf32>, %a1: tensor<4x8xf32>, %a2: tensor<8xf32>, %a3: tensor<2x4x8xf32>, %a4:
    tensor<2x8xf32>, %a5: tensor<2x4xf32>, %a6: tensor<2x4xf32>, %a7: tensor<2x4x8xf32>, %a8:
    tensor<2x8xf32>, %a9: tensor<2x4x8xf32>, %a10: tensor<2x8x16xf32>, %a11: tensor<4x16xf32>,
    %a12: tensor<2x2x3x4x5xf32>, %a13: tensor<2x6x3x7x5xf32>, %a14: tensor<2x2x6x4x7xf32>, %a15:
    tensor<4x8xi8>, %a16: tensor<8x16xi8>, %a17: i32, %a18: i32, %a19: tensor<4x16xi32>, %a20:
    tensor<2x4x8xi8>, %a21: tensor<2x8x16xi8>, %a22: i32, %a23: i32, %a24: tensor<2x4x16xi32>) {
  %0 = linalg.vecmat ins(%a0, %a1 : tensor<4xf32>, tensor<4x8xf32>) outs(%a2 : tensor<8xf32>) -> tensor<8xf32>
  %1 = linalg.batch_matvec ins(%a3, %a4 : tensor<2x4x8xf32>, tensor<2x8xf32>) outs(%a5 : tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = linalg.batch_vecmat ins(%a6, %a7 : tensor<2x4xf32>, tensor<2x4x8xf32>) outs(%a8 : tensor<2x8xf32>) -> tensor<2x8xf32>
  %3 = linalg.batch_reduce_matmul ins(%a9, %a10 : tensor<2x4x8xf32>, tensor<2x8x16xf32>) outs(%a11 : tensor<4x16xf32>) -> tensor<4x16xf32>
  %4 = linalg.batch_mmt4d ins(%a12, %a13 : tensor<2x2x3x4x5xf32>, tensor<2x6x3x7x5xf32>) outs(%a14 : tensor<2x2x6x4x7xf32>) -> tensor<2x2x6x4x7xf32>
  %5 = linalg.quantized_matmul ins(%a15, %a16, %a17, %a18 : tensor<4x8xi8>, tensor<8x16xi8>, i32, i32) outs(%a19 : tensor<4x16xi32>) -> tensor<4x16xi32>
  %6 = linalg.quantized_batch_matmul ins(%a20, %a21, %a22, %a23 : tensor<2x4x8xi8>, tensor<2x8x16xi8>, i32, i32) outs(%a24 : tensor<2x4x16xi32>) -> tensor<2x4x16xi32>
  return
}

// Convolutions: outputs x features x taps times channels; groups and channels of
// depthwise ones are batches (A49). Windows of 3, outputs of 8, 8 x 8 or 4 x 4 x 4.

// CHECK-LABEL: func.func @convolutions(
// CHECK: linalg.conv_1d{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 8, n = 1, k = 3, work = [#roofline.work<unit = matrix, type = tf32, ops = 48>
// CHECK: linalg.conv_2d{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 64, n = 1, k = 9, work = [#roofline.work<unit = matrix, type = tf32, ops = 1152>
// CHECK: linalg.conv_3d{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 64, n = 1, k = 27, work = [#roofline.work<unit = matrix, type = tf32, ops = 3456>
// CHECK: linalg.conv_1d_nwc_wcf{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 8, n = 5, k = 6, work = [#roofline.work<unit = matrix, type = tf32, ops = 480>
// CHECK: linalg.conv_1d_ncw_fcw{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 8, n = 5, k = 6, work = [#roofline.work<unit = matrix, type = tf32, ops = 480>
// CHECK: linalg.conv_2d_nhwc_fhwc{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 64, n = 5, k = 18, work = [#roofline.work<unit = matrix, type = tf32, ops = 11520>
// CHECK: linalg.conv_2d_nhwc_fhwc_q{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 64, n = 5, k = 18, work = [#roofline.work<unit = matrix, type = i8, ops = 11520>
// CHECK: linalg.conv_2d_nchw_fchw_q{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 64, n = 5, k = 18, work = [#roofline.work<unit = matrix, type = i8, ops = 11520>
// CHECK: linalg.conv_2d_ngchw_fgchw{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 4, m = 64, n = 5, k = 18, work = [#roofline.work<unit = matrix, type = tf32, ops = 46080>
// CHECK: linalg.conv_2d_ngchw_gfchw_q{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 4, m = 64, n = 5, k = 18, work = [#roofline.work<unit = matrix, type = i8, ops = 46080>
// CHECK: linalg.conv_2d_nhwgc_gfhwc{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 4, m = 64, n = 5, k = 18, work = [#roofline.work<unit = matrix, type = tf32, ops = 46080>
// CHECK: linalg.conv_2d_nhwgc_gfhwc_q{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 4, m = 64, n = 5, k = 18, work = [#roofline.work<unit = matrix, type = i8, ops = 46080>
// CHECK: linalg.conv_3d_ndhwc_dhwcf{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 64, n = 5, k = 54, work = [#roofline.work<unit = matrix, type = tf32, ops = 34560>
// CHECK: linalg.conv_3d_ndhwc_dhwcf_q{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 64, n = 5, k = 54, work = [#roofline.work<unit = matrix, type = i8, ops = 34560>
// CHECK: linalg.conv_3d_ncdhw_fcdhw{{ }}
// CHECK-SAME: #roofline.demand<convolution, m = 64, n = 5, k = 54, work = [#roofline.work<unit = matrix, type = tf32, ops = 34560>
// CHECK: linalg.depthwise_conv_1d_nwc_wc{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 2, m = 8, n = 1, k = 3, work = [#roofline.work<unit = matrix, type = tf32, ops = 96>
// CHECK: linalg.depthwise_conv_1d_ncw_cw{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 2, m = 8, n = 1, k = 3, work = [#roofline.work<unit = matrix, type = tf32, ops = 96>
// CHECK: linalg.depthwise_conv_1d_nwc_wcm{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 2, m = 8, n = 4, k = 3, work = [#roofline.work<unit = matrix, type = tf32, ops = 384>
// CHECK: linalg.depthwise_conv_2d_nchw_chw{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 2, m = 64, n = 1, k = 9, work = [#roofline.work<unit = matrix, type = tf32, ops = 2304>
// CHECK: linalg.depthwise_conv_2d_nhwc_hwc_q{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 2, m = 64, n = 1, k = 9, work = [#roofline.work<unit = matrix, type = i8, ops = 2304>
// CHECK: linalg.depthwise_conv_2d_nhwc_hwcm{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 2, m = 64, n = 4, k = 9, work = [#roofline.work<unit = matrix, type = tf32, ops = 9216>
// CHECK: linalg.depthwise_conv_2d_nhwc_hwcm_q{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 2, m = 64, n = 4, k = 9, work = [#roofline.work<unit = matrix, type = i8, ops = 9216>
// CHECK: linalg.depthwise_conv_3d_ndhwc_dhwc{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 2, m = 64, n = 1, k = 27, work = [#roofline.work<unit = matrix, type = tf32, ops = 6912>
// CHECK: linalg.depthwise_conv_3d_ncdhw_cdhw{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 2, m = 64, n = 1, k = 27, work = [#roofline.work<unit = matrix, type = tf32, ops = 6912>
// CHECK: linalg.depthwise_conv_3d_ndhwc_dhwcm{{ }}
// CHECK-SAME: #roofline.demand<convolution, batch = 2, m = 64, n = 4, k = 27, work = [#roofline.work<unit = matrix, type = tf32, ops = 27648>
func.func @convolutions(%a0: tensor<10xf32>, %a1: tensor<3xf32>, %a2: tensor<8xf32>, %a3: tensor<10x10xf32>, %a4:
    tensor<3x3xf32>, %a5: tensor<8x8xf32>, %a6: tensor<6x6x6xf32>, %a7: tensor<3x3x3xf32>, %a8:
    tensor<4x4x4xf32>, %a9: tensor<1x10x2xf32>, %a10: tensor<3x2x5xf32>, %a11:
    tensor<1x8x5xf32>, %a12: tensor<1x2x10xf32>, %a13: tensor<5x2x3xf32>, %a14:
    tensor<1x5x8xf32>, %a15: tensor<1x10x10x2xf32>, %a16: tensor<5x3x3x2xf32>, %a17:
    tensor<1x8x8x5xf32>, %a18: tensor<1x10x10x2xi8>, %a19: tensor<5x3x3x2xi8>, %a20: i32, %a21:
    i32, %a22: tensor<1x8x8x5xi32>, %a23: tensor<1x2x10x10xi8>, %a24: tensor<5x2x3x3xi8>, %a25:
    i32, %a26: i32, %a27: tensor<1x5x8x8xi32>, %a28: tensor<1x4x2x10x10xf32>, %a29:
    tensor<5x4x2x3x3xf32>, %a30: tensor<1x4x5x8x8xf32>, %a31: tensor<1x4x2x10x10xi8>, %a32:
    tensor<4x5x2x3x3xi8>, %a33: i32, %a34: i32, %a35: tensor<1x4x5x8x8xi32>, %a36:
    tensor<1x10x10x4x2xf32>, %a37: tensor<4x5x3x3x2xf32>, %a38: tensor<1x8x8x4x5xf32>, %a39:
    tensor<1x10x10x4x2xi8>, %a40: tensor<4x5x3x3x2xi8>, %a41: i32, %a42: i32, %a43:
    tensor<1x8x8x4x5xi32>, %a44: tensor<1x6x6x6x2xf32>, %a45: tensor<3x3x3x2x5xf32>, %a46:
    tensor<1x4x4x4x5xf32>, %a47: tensor<1x6x6x6x2xi8>, %a48: tensor<3x3x3x2x5xi8>, %a49: i32,
    %a50: i32, %a51: tensor<1x4x4x4x5xi32>, %a52: tensor<1x2x6x6x6xf32>, %a53:
    tensor<5x2x3x3x3xf32>, %a54: tensor<1x5x4x4x4xf32>, %a55: tensor<1x10x2xf32>, %a56:
    tensor<3x2xf32>, %a57: tensor<1x8x2xf32>, %a58: tensor<1x2x10xf32>, %a59: tensor<2x3xf32>,
    %a60: tensor<1x2x8xf32>, %a61: tensor<1x10x2xf32>, %a62: tensor<3x2x4xf32>, %a63:
    tensor<1x8x2x4xf32>, %a64: tensor<1x2x10x10xf32>, %a65: tensor<2x3x3xf32>, %a66:
    tensor<1x2x8x8xf32>, %a67: tensor<1x10x10x2xi8>, %a68: tensor<3x3x2xi8>, %a69: i32, %a70:
    i32, %a71: tensor<1x8x8x2xi32>, %a72: tensor<1x10x10x2xf32>, %a73: tensor<3x3x2x4xf32>,
    %a74: tensor<1x8x8x2x4xf32>, %a75: tensor<1x10x10x2xi8>, %a76: tensor<3x3x2x4xi8>, %a77:
    i32, %a78: i32, %a79: tensor<1x8x8x2x4xi32>, %a80: tensor<1x6x6x6x2xf32>, %a81:
    tensor<3x3x3x2xf32>, %a82: tensor<1x4x4x4x2xf32>, %a83: tensor<1x2x6x6x6xf32>, %a84:
    tensor<2x3x3x3xf32>, %a85: tensor<1x2x4x4x4xf32>, %a86: tensor<1x6x6x6x2xf32>, %a87:
    tensor<3x3x3x2x4xf32>, %a88: tensor<1x4x4x4x2x4xf32>) {
  %0 = linalg.conv_1d ins(%a0, %a1 : tensor<10xf32>, tensor<3xf32>) outs(%a2 : tensor<8xf32>) -> tensor<8xf32>
  %1 = linalg.conv_2d ins(%a3, %a4 : tensor<10x10xf32>, tensor<3x3xf32>) outs(%a5 : tensor<8x8xf32>) -> tensor<8x8xf32>
  %2 = linalg.conv_3d ins(%a6, %a7 : tensor<6x6x6xf32>, tensor<3x3x3xf32>) outs(%a8 : tensor<4x4x4xf32>) -> tensor<4x4x4xf32>
  %3 = linalg.conv_1d_nwc_wcf ins(%a9, %a10 : tensor<1x10x2xf32>, tensor<3x2x5xf32>) outs(%a11 : tensor<1x8x5xf32>) -> tensor<1x8x5xf32>
  %4 = linalg.conv_1d_ncw_fcw ins(%a12, %a13 : tensor<1x2x10xf32>, tensor<5x2x3xf32>) outs(%a14 : tensor<1x5x8xf32>) -> tensor<1x5x8xf32>
  %5 = linalg.conv_2d_nhwc_fhwc ins(%a15, %a16 : tensor<1x10x10x2xf32>, tensor<5x3x3x2xf32>) outs(%a17 : tensor<1x8x8x5xf32>) -> tensor<1x8x8x5xf32>
  %6 = linalg.conv_2d_nhwc_fhwc_q ins(%a18, %a19, %a20, %a21 : tensor<1x10x10x2xi8>, tensor<5x3x3x2xi8>, i32, i32) outs(%a22 : tensor<1x8x8x5xi32>) -> tensor<1x8x8x5xi32>
  %7 = linalg.conv_2d_nchw_fchw_q ins(%a23, %a24, %a25, %a26 : tensor<1x2x10x10xi8>, tensor<5x2x3x3xi8>, i32, i32) outs(%a27 : tensor<1x5x8x8xi32>) -> tensor<1x5x8x8xi32>
  %8 = linalg.conv_2d_ngchw_fgchw ins(%a28, %a29 : tensor<1x4x2x10x10xf32>, tensor<5x4x2x3x3xf32>) outs(%a30 : tensor<1x4x5x8x8xf32>) -> tensor<1x4x5x8x8xf32>
  %9 = linalg.conv_2d_ngchw_gfchw_q ins(%a31, %a32, %a33, %a34 : tensor<1x4x2x10x10xi8>, tensor<4x5x2x3x3xi8>, i32, i32) outs(%a35 : tensor<1x4x5x8x8xi32>) -> tensor<1x4x5x8x8xi32>
  %10 = linalg.conv_2d_nhwgc_gfhwc ins(%a36, %a37 : tensor<1x10x10x4x2xf32>, tensor<4x5x3x3x2xf32>) outs(%a38 : tensor<1x8x8x4x5xf32>) -> tensor<1x8x8x4x5xf32>
  %11 = linalg.conv_2d_nhwgc_gfhwc_q ins(%a39, %a40, %a41, %a42 : tensor<1x10x10x4x2xi8>, tensor<4x5x3x3x2xi8>, i32, i32) outs(%a43 : tensor<1x8x8x4x5xi32>) -> tensor<1x8x8x4x5xi32>
  %12 = linalg.conv_3d_ndhwc_dhwcf ins(%a44, %a45 : tensor<1x6x6x6x2xf32>, tensor<3x3x3x2x5xf32>) outs(%a46 : tensor<1x4x4x4x5xf32>) -> tensor<1x4x4x4x5xf32>
  %13 = linalg.conv_3d_ndhwc_dhwcf_q ins(%a47, %a48, %a49, %a50 : tensor<1x6x6x6x2xi8>, tensor<3x3x3x2x5xi8>, i32, i32) outs(%a51 : tensor<1x4x4x4x5xi32>) -> tensor<1x4x4x4x5xi32>
  %14 = linalg.conv_3d_ncdhw_fcdhw ins(%a52, %a53 : tensor<1x2x6x6x6xf32>, tensor<5x2x3x3x3xf32>) outs(%a54 : tensor<1x5x4x4x4xf32>) -> tensor<1x5x4x4x4xf32>
  %15 = linalg.depthwise_conv_1d_nwc_wc ins(%a55, %a56 : tensor<1x10x2xf32>, tensor<3x2xf32>) outs(%a57 : tensor<1x8x2xf32>) -> tensor<1x8x2xf32>
  %16 = linalg.depthwise_conv_1d_ncw_cw ins(%a58, %a59 : tensor<1x2x10xf32>, tensor<2x3xf32>) outs(%a60 : tensor<1x2x8xf32>) -> tensor<1x2x8xf32>
  %17 = linalg.depthwise_conv_1d_nwc_wcm ins(%a61, %a62 : tensor<1x10x2xf32>, tensor<3x2x4xf32>) outs(%a63 : tensor<1x8x2x4xf32>) -> tensor<1x8x2x4xf32>
  %18 = linalg.depthwise_conv_2d_nchw_chw ins(%a64, %a65 : tensor<1x2x10x10xf32>, tensor<2x3x3xf32>) outs(%a66 : tensor<1x2x8x8xf32>) -> tensor<1x2x8x8xf32>
  %19 = linalg.depthwise_conv_2d_nhwc_hwc_q ins(%a67, %a68, %a69, %a70 : tensor<1x10x10x2xi8>, tensor<3x3x2xi8>, i32, i32) outs(%a71 : tensor<1x8x8x2xi32>) -> tensor<1x8x8x2xi32>
  %20 = linalg.depthwise_conv_2d_nhwc_hwcm ins(%a72, %a73 : tensor<1x10x10x2xf32>, tensor<3x3x2x4xf32>) outs(%a74 : tensor<1x8x8x2x4xf32>) -> tensor<1x8x8x2x4xf32>
  %21 = linalg.depthwise_conv_2d_nhwc_hwcm_q ins(%a75, %a76, %a77, %a78 : tensor<1x10x10x2xi8>, tensor<3x3x2x4xi8>, i32, i32) outs(%a79 : tensor<1x8x8x2x4xi32>) -> tensor<1x8x8x2x4xi32>
  %22 = linalg.depthwise_conv_3d_ndhwc_dhwc ins(%a80, %a81 : tensor<1x6x6x6x2xf32>, tensor<3x3x3x2xf32>) outs(%a82 : tensor<1x4x4x4x2xf32>) -> tensor<1x4x4x4x2xf32>
  %23 = linalg.depthwise_conv_3d_ncdhw_cdhw ins(%a83, %a84 : tensor<1x2x6x6x6xf32>, tensor<2x3x3x3xf32>) outs(%a85 : tensor<1x2x4x4x4xf32>) -> tensor<1x2x4x4x4xf32>
  %24 = linalg.depthwise_conv_3d_ndhwc_dhwcm ins(%a86, %a87 : tensor<1x6x6x6x2xf32>, tensor<3x3x3x2x4xf32>) outs(%a88 : tensor<1x4x4x4x2x4xf32>) -> tensor<1x4x4x4x2x4xf32>
  return
}

// Pooling: one operation per output and element of its window (A51).

// CHECK-LABEL: func.func @pooling(
// CHECK: linalg.pooling_nchw_max{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 1152>]
// CHECK: linalg.pooling_ncw_max{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 48>]
// CHECK: linalg.pooling_nchw_sum{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 1152>]
// CHECK: linalg.pooling_ncw_sum{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 48>]
// CHECK: linalg.pooling_ndhwc_max{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 3456>]
// CHECK: linalg.pooling_nwc_max{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 48>]
// CHECK: linalg.pooling_ndhwc_min{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 3456>]
// CHECK: linalg.pooling_nwc_min{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 48>]
// CHECK: linalg.pooling_ndhwc_sum{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 3456>]
// CHECK: linalg.pooling_nwc_sum{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 48>]
// CHECK: linalg.pooling_nhwc_min{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 1152>]
// CHECK: linalg.pooling_nhwc_sum{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 1152>]
// CHECK: linalg.pooling_nhwc_max_unsigned{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = i32, ops = 1152>]
// CHECK: linalg.pooling_nwc_max_unsigned{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = i32, ops = 48>]
// CHECK: linalg.pooling_nhwc_min_unsigned{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = i32, ops = 1152>]
// CHECK: linalg.pooling_nwc_min_unsigned{{ }}
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = i32, ops = 48>]
func.func @pooling(%a0: tensor<1x2x10x10xf32>, %a1: tensor<3x3xf32>, %a2: tensor<1x2x8x8xf32>, %a3:
    tensor<1x2x10xf32>, %a4: tensor<3xf32>, %a5: tensor<1x2x8xf32>, %a6: tensor<1x2x10x10xf32>,
    %a7: tensor<3x3xf32>, %a8: tensor<1x2x8x8xf32>, %a9: tensor<1x2x10xf32>, %a10:
    tensor<3xf32>, %a11: tensor<1x2x8xf32>, %a12: tensor<1x6x6x6x2xf32>, %a13:
    tensor<3x3x3xf32>, %a14: tensor<1x4x4x4x2xf32>, %a15: tensor<1x10x2xf32>, %a16:
    tensor<3xf32>, %a17: tensor<1x8x2xf32>, %a18: tensor<1x6x6x6x2xf32>, %a19:
    tensor<3x3x3xf32>, %a20: tensor<1x4x4x4x2xf32>, %a21: tensor<1x10x2xf32>, %a22:
    tensor<3xf32>, %a23: tensor<1x8x2xf32>, %a24: tensor<1x6x6x6x2xf32>, %a25:
    tensor<3x3x3xf32>, %a26: tensor<1x4x4x4x2xf32>, %a27: tensor<1x10x2xf32>, %a28:
    tensor<3xf32>, %a29: tensor<1x8x2xf32>, %a30: tensor<1x10x10x2xf32>, %a31: tensor<3x3xf32>,
    %a32: tensor<1x8x8x2xf32>, %a33: tensor<1x10x10x2xf32>, %a34: tensor<3x3xf32>, %a35:
    tensor<1x8x8x2xf32>, %a36: tensor<1x10x10x2xi32>, %a37: tensor<3x3xi32>, %a38:
    tensor<1x8x8x2xi32>, %a39: tensor<1x10x2xi32>, %a40: tensor<3xi32>, %a41: tensor<1x8x2xi32>,
    %a42: tensor<1x10x10x2xi32>, %a43: tensor<3x3xi32>, %a44: tensor<1x8x8x2xi32>, %a45:
    tensor<1x10x2xi32>, %a46: tensor<3xi32>, %a47: tensor<1x8x2xi32>) {
  %0 = linalg.pooling_nchw_max ins(%a0, %a1 : tensor<1x2x10x10xf32>, tensor<3x3xf32>) outs(%a2 : tensor<1x2x8x8xf32>) -> tensor<1x2x8x8xf32>
  %1 = linalg.pooling_ncw_max ins(%a3, %a4 : tensor<1x2x10xf32>, tensor<3xf32>) outs(%a5 : tensor<1x2x8xf32>) -> tensor<1x2x8xf32>
  %2 = linalg.pooling_nchw_sum ins(%a6, %a7 : tensor<1x2x10x10xf32>, tensor<3x3xf32>) outs(%a8 : tensor<1x2x8x8xf32>) -> tensor<1x2x8x8xf32>
  %3 = linalg.pooling_ncw_sum ins(%a9, %a10 : tensor<1x2x10xf32>, tensor<3xf32>) outs(%a11 : tensor<1x2x8xf32>) -> tensor<1x2x8xf32>
  %4 = linalg.pooling_ndhwc_max ins(%a12, %a13 : tensor<1x6x6x6x2xf32>, tensor<3x3x3xf32>) outs(%a14 : tensor<1x4x4x4x2xf32>) -> tensor<1x4x4x4x2xf32>
  %5 = linalg.pooling_nwc_max ins(%a15, %a16 : tensor<1x10x2xf32>, tensor<3xf32>) outs(%a17 : tensor<1x8x2xf32>) -> tensor<1x8x2xf32>
  %6 = linalg.pooling_ndhwc_min ins(%a18, %a19 : tensor<1x6x6x6x2xf32>, tensor<3x3x3xf32>) outs(%a20 : tensor<1x4x4x4x2xf32>) -> tensor<1x4x4x4x2xf32>
  %7 = linalg.pooling_nwc_min ins(%a21, %a22 : tensor<1x10x2xf32>, tensor<3xf32>) outs(%a23 : tensor<1x8x2xf32>) -> tensor<1x8x2xf32>
  %8 = linalg.pooling_ndhwc_sum ins(%a24, %a25 : tensor<1x6x6x6x2xf32>, tensor<3x3x3xf32>) outs(%a26 : tensor<1x4x4x4x2xf32>) -> tensor<1x4x4x4x2xf32>
  %9 = linalg.pooling_nwc_sum ins(%a27, %a28 : tensor<1x10x2xf32>, tensor<3xf32>) outs(%a29 : tensor<1x8x2xf32>) -> tensor<1x8x2xf32>
  %10 = linalg.pooling_nhwc_min ins(%a30, %a31 : tensor<1x10x10x2xf32>, tensor<3x3xf32>) outs(%a32 : tensor<1x8x8x2xf32>) -> tensor<1x8x8x2xf32>
  %11 = linalg.pooling_nhwc_sum ins(%a33, %a34 : tensor<1x10x10x2xf32>, tensor<3x3xf32>) outs(%a35 : tensor<1x8x8x2xf32>) -> tensor<1x8x8x2xf32>
  %12 = linalg.pooling_nhwc_max_unsigned ins(%a36, %a37 : tensor<1x10x10x2xi32>, tensor<3x3xi32>) outs(%a38 : tensor<1x8x8x2xi32>) -> tensor<1x8x8x2xi32>
  %13 = linalg.pooling_nwc_max_unsigned ins(%a39, %a40 : tensor<1x10x2xi32>, tensor<3xi32>) outs(%a41 : tensor<1x8x2xi32>) -> tensor<1x8x2xi32>
  %14 = linalg.pooling_nhwc_min_unsigned ins(%a42, %a43 : tensor<1x10x10x2xi32>, tensor<3x3xi32>) outs(%a44 : tensor<1x8x8x2xi32>) -> tensor<1x8x8x2xi32>
  %15 = linalg.pooling_nwc_min_unsigned ins(%a45, %a46 : tensor<1x10x2xi32>, tensor<3xi32>) outs(%a47 : tensor<1x8x2xi32>) -> tensor<1x8x2xi32>
  return
}

// The maps say what is contracted.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (n, k)>
#out = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: func.func @maps
// CHECK: linalg.contract
// CHECK-SAME: #roofline.demand<contraction, m = 4, n = 16, k = 8, work = [#roofline.work<unit = matrix, type = tf32, ops = 1024>], read_bytes = 896, written_bytes = 256>
func.func @maps(%x: tensor<4x8xf32>, %y: tensor<16x8xf32>, %o: tensor<4x16xf32>) {
  %0 = linalg.contract indexing_maps = [#lhs, #rhs, #out] ins(%x, %y : tensor<4x8xf32>, tensor<16x8xf32>) outs(%o : tensor<4x16xf32>) -> tensor<4x16xf32>
  return
}
