// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// Views are left alone; slices cost the slice; a cache row is put in place, since
// nothing reads the cache afterwards.

// CHECK-LABEL: func.func @cache
func.func @cache(%cache: tensor<1024x64xf16>, %row: tensor<64xf16>) -> tensor<1024x64xf16> {
  // CHECK: tensor.expand_shape %{{.*}} output_shape [1, 64] : tensor<64xf16>
  %0 = tensor.expand_shape %row [[0, 1]] output_shape [1, 64] : tensor<64xf16> into tensor<1x64xf16>
  // CHECK: tensor.extract_slice
  // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
  %1 = tensor.extract_slice %cache[6, 0] [1, 64] [1, 1] : tensor<1024x64xf16> to tensor<1x64xf16>
  // CHECK: arith.addf
  // CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f16, ops = 64>], read_bytes = 256, written_bytes = 128>
  %2 = arith.addf %0, %1 : tensor<1x64xf16>
  // CHECK: tensor.insert_slice
  // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
  %3 = tensor.insert_slice %2 into %cache[7, 0] [1, 64] [1, 1] : tensor<1x64xf16> into tensor<1024x64xf16>
  return %3 : tensor<1024x64xf16>
}

// The old tensor is returned too, so that it is copied: 1024 * 64 * 2 bytes.

// CHECK-LABEL: func.func @live
func.func @live(%a: tensor<1024x64xf16>, %row: tensor<1x64xf16>) -> (tensor<1024x64xf16>, tensor<1024x64xf16>) {
  // CHECK: tensor.insert_slice
  // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 131200, written_bytes = 131072>
  %0 = tensor.insert_slice %row into %a[7, 0] [1, 64] [1, 1] : tensor<1x64xf16> into tensor<1024x64xf16>
  return %0, %a : tensor<1024x64xf16>, tensor<1024x64xf16>
}
