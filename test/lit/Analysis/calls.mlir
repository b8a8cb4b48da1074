// A callee counts as often as it is called (A8): 5 trips of a loop that calls
// @middle, which calls @leaf twice; 2 * 4 * 8 * 8 = 512 operations each.

// RUN: roofline report %s --format=json | FileCheck %s
// RUN: roofline report %s --format=json --entry=unused | FileCheck %s --check-prefix=UNUSED
// RUN: roofline report %s --format=json --entry=@middle | FileCheck %s --check-prefix=MIDDLE

// CHECK:      "entry": "@main"
// CHECK:      "matrix_bf16": 5120
// CHECK:      "name": "@main/for#0"
// CHECK:      "trip_count": 5,
// CHECK-NEXT: "bound_by_user": false
// CHECK:      "name": "stablehlo.dot_general"
// CHECK-NEXT: "location": "calls.mlir:[[# @LINE + 11]]:8"
// CHECK-NEXT: "count": 10,

// UNUSED:     "entry": "@unused"
// UNUSED:     "special_bf16": 32
// UNUSED-NOT: dot_general

// MIDDLE:     "entry": "@middle"
// MIDDLE:     "matrix_bf16": 1024

func.func private @leaf(%x: tensor<4x8xbf16>, %w: tensor<8x8xbf16>) -> tensor<4x8xbf16> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
      : (tensor<4x8xbf16>, tensor<8x8xbf16>) -> tensor<4x8xbf16>
  return %0 : tensor<4x8xbf16>
}
func.func private @middle(%x: tensor<4x8xbf16>, %w: tensor<8x8xbf16>) -> tensor<4x8xbf16> {
  %0 = call @leaf(%x, %w) : (tensor<4x8xbf16>, tensor<8x8xbf16>) -> tensor<4x8xbf16>
  %1 = call @leaf(%0, %w) : (tensor<4x8xbf16>, tensor<8x8xbf16>) -> tensor<4x8xbf16>
  return %1 : tensor<4x8xbf16>
}
func.func @main(%x: tensor<4x8xbf16>, %w: tensor<8x8xbf16>) -> tensor<4x8xbf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%v = %x) -> tensor<4x8xbf16> {
    %0 = func.call @middle(%v, %w) : (tensor<4x8xbf16>, tensor<8x8xbf16>) -> tensor<4x8xbf16>
    scf.yield %0 : tensor<4x8xbf16>
  }
  return %r : tensor<4x8xbf16>
}
func.func @unused(%x: tensor<4x8xbf16>) -> tensor<4x8xbf16> {
  %0 = stablehlo.exponential %x : tensor<4x8xbf16>
  return %0 : tensor<4x8xbf16>
}
