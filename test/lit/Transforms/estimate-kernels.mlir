// RUN: roofline-opt %s --roofline=targets=h200,ascend-910b3 --allow-unregistered-dialect > %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: roofline-opt %s --roofline-annotate-demand --roofline-form-kernels --roofline-estimate=targets=h200,ascend-910b3 \
// RUN:   --allow-unregistered-dialect | cmp - %t.mlir

// Running the pipeline again changes nothing, and estimates are replaced by those on other targets.
// RUN: roofline-opt %t.mlir --roofline=targets=h200,ascend-910b3 --allow-unregistered-dialect | cmp - %t.mlir
// RUN: roofline-opt %s --roofline=targets=h20 --allow-unregistered-dialect \
// RUN:   | roofline-opt --roofline-estimate=targets=h200,ascend-910b3 --allow-unregistered-dialect | cmp - %t.mlir

// RUN: roofline-opt %s --roofline='targets=h200,ascend-910b3 fusion=none' --allow-unregistered-dialect | FileCheck %s --check-prefix=NONE

// 2 * 4096^3 operations take 138.9 us at 989.4 TFLOP/s; what kernels reach of it takes longer.
// CHECK:      "stablehlo.dot_general"
// CHECK-SAME:   roofline.estimates = [#roofline.estimate<target = "h200", roof_seconds = 1.389e-04, bound = matrix_bf16>, #roofline.estimate<target = "ascend-910b3", roof_seconds = {{[^,]+}}, bound = matrix_bf16>]
// CHECK-SAME:   roofline.kernel = 0 : i64
// CHECK-SAME:   roofline.kernel_demand = #roofline.kernel<gemm,
// CHECK-SAME:   roofline.kernel_estimates = [#roofline.estimate<target = "h200", seconds = {{[12]\.[0-9]+}}e-04, low = {{[12]\.[0-9]+}}e-04, high = {{[12]\.[0-9]+}}e-04, roof_seconds = 1.389e-04, bound = matrix_bf16>, #roofline.estimate<target = "ascend-910b3", seconds = {{[^,]+}}, low = {{[^,]+}}, high = {{[^,]+}}, roof_seconds = {{[^,]+}}, bound = matrix_bf16>]
// An op that is in the kernel of another has an estimate of its own only.
// CHECK:      "stablehlo.tanh"
// CHECK-SAME:   roofline.estimates = [
// CHECK-NOT:    roofline.kernel_
// CHECK-SAME:   roofline.kernel = 0 : i64}
// What has an unknown demand has no times.
// CHECK:      "mine.op"
// CHECK-SAME:   roofline.kernel = 1 : i64, roofline.kernel_demand = #roofline.kernel<opaque,
// CHECK-NOT:  estimates
// No rate is a reason, not a time.
// CHECK:      "stablehlo.dot_general"
// CHECK-SAME:   roofline.kernel_estimates = [#roofline.estimate<target = "h200", seconds = {{[^,]+}}, low = {{[^,]+}}, high = {{[^,]+}}, roof_seconds = {{[^,]+}}, bound = {{[a-z0-9_]+}}>, #roofline.estimate<target = "ascend-910b3", unknown = #roofline.unknown<unmodelled, "no rate and no substitute for matrix_f64{{[^"]*}}">>]

// NONE:       "stablehlo.tanh"
// NONE-SAME:    roofline.kernel_estimates = [#roofline.estimate<target = "h200", seconds =
func.func @main(%x: tensor<4096x4096xbf16>, %y: tensor<64x64xf64>) -> (tensor<4096x4096xbf16>, tensor<64x64xf64>) {
  %0 = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0] : (tensor<4096x4096xbf16>, tensor<4096x4096xbf16>) -> tensor<4096x4096xbf16>
  %1 = stablehlo.tanh %0 : tensor<4096x4096xbf16>
  %2 = "mine.op"(%1) : (tensor<4096x4096xbf16>) -> tensor<4096x4096xbf16>
  %3 = stablehlo.dot_general %y, %y, contracting_dims = [1] x [0] : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  return %2, %3 : tensor<4096x4096xbf16>, tensor<64x64xf64>
}
