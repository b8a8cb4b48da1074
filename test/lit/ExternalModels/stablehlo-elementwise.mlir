// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// 4 * 8 = 32 elements of 4 bytes.

// CHECK-LABEL: func.func @units
func.func @units(%a: tensor<4x8xf32>, %b: tensor<4x8xf32>) -> tensor<4x8xbf16> {
  // CHECK: "stablehlo.add"
  // CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
  %0 = stablehlo.add %a, %b : tensor<4x8xf32>
  // CHECK: "stablehlo.exponential"
  // CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
  %1 = stablehlo.exponential %0 : tensor<4x8xf32>
  // CHECK: "chlo.erf"
  // CHECK-SAME: #roofline.work<unit = special, type = f32, ops = 32>
  %2 = chlo.erf %1 : tensor<4x8xf32> -> tensor<4x8xf32>
  // CHECK: "stablehlo.compare"
  // CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 32>
  %3 = stablehlo.compare LT, %1, %2, FLOAT : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xi1>
  // CHECK: "stablehlo.select"
  // CHECK-SAME: read_bytes = 288, written_bytes = 128>
  %4 = stablehlo.select %3, %1, %2 : tensor<4x8xi1>, tensor<4x8xf32>
  // CHECK: "stablehlo.convert"
  // CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 64>
  %5 = stablehlo.convert %4 : (tensor<4x8xf32>) -> tensor<4x8xbf16>
  return %5 : tensor<4x8xbf16>
}

// A conversion to the same type is a view.

// CHECK-LABEL: func.func @same
func.func @same(%a: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // CHECK: "stablehlo.convert"
  // CHECK-NOT: roofline.demand
  // CHECK: return
  %0 = stablehlo.convert %a : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
