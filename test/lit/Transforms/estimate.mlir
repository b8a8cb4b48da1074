// RUN: roofline-opt %s --roofline-annotate-demand --roofline-estimate=targets=h200,ascend-910b3 | FileCheck %s
// RUN: roofline-opt %s --roofline=targets=h200,ascend-910b3 | FileCheck %s
// RUN: roofline-opt %s --pass-pipeline='builtin.module(roofline{targets=h200,ascend-910b3})' | FileCheck %s

// Estimating again replaces what was there.
// RUN: roofline-opt %s --roofline=targets=h20 | roofline-opt --roofline-estimate=targets=h200,ascend-910b3 | FileCheck %s

// 2 * 1024^3 operations take 2.171 us at 989.4 TFLOP/s, 7.282 us at 294.9 TFLOP/s.
// CHECK:      "stablehlo.dot_general"
// CHECK-SAME:   roofline.estimates = [
// CHECK-SAME:     #roofline.estimate<target = "h200", roof_seconds = 2.17{{[0-9]}}e-06, bound = matrix_bf16>,
// CHECK-SAME:     #roofline.estimate<target = "ascend-910b3", roof_seconds = 7.28{{[0-9]}}e-06, bound = matrix_bf16>]
// No rate and no substitute is a reason, not a time.
// CHECK:      "stablehlo.dot_general"
// CHECK-SAME:   #roofline.estimate<target = "h200", roof_seconds = {{[^,]+}}, bound =
// CHECK-SAME:   #roofline.estimate<target = "ascend-910b3", unknown = #roofline.unknown<unmodelled, "no rate and no substitute for matrix_f64{{[^"]*}}">>
// What has no demand has no time, and what has an unknown one neither.
// CHECK:      "stablehlo.reshape"
// CHECK-NOT:  roofline
// CHECK:      return
func.func @main(%x: tensor<1024x1024xbf16>, %y: tensor<64x64xf64>) -> tensor<4096xf64> {
  %0 = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0] : (tensor<1024x1024xbf16>, tensor<1024x1024xbf16>) -> tensor<1024x1024xbf16>
  %1 = stablehlo.dot_general %y, %y, contracting_dims = [1] x [0] : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %2 = stablehlo.reshape %1 : (tensor<64x64xf64>) -> tensor<4096xf64>
  return %2 : tensor<4096xf64>
}
