// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// Nothing verifies these ops; what a rule cannot read is unknown with the reason,
// never zero.

// CHECK-LABEL: func.func @malformed
func.func @malformed(%a: tensor<4x5xf32>, %b: tensor<4x4xf32>) {
  // CHECK: "stablehlo.dot_general"
  // CHECK-SAME: #roofline.unknown<malformed, "dimension 1 of operand 0 is 5, dimension 0 of operand 1 is 4">
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<4x5xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  // CHECK: "stablehlo.dot_general"
  // CHECK-SAME: #roofline.unknown<malformed, "attribute 'dot_dimension_numbers' is missing">
  %1 = "stablehlo.dot_general"(%a, %b) : (tensor<4x5xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  // CHECK: "stablehlo.dot_general"
  // CHECK-SAME: #roofline.unknown<malformed, "dimension 7 is out of range for 'tensor<4x4xf32>'">
  %2 = stablehlo.dot_general %b, %b, contracting_dims = [1] x [7] : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  // CHECK: "chlo.top_k"
  // CHECK-SAME: #roofline.unknown<malformed, "attribute 'k' is missing">
  %3:2 = "chlo.top_k"(%a) : (tensor<4x5xf32>) -> (tensor<4x2xf32>, tensor<4x2xi32>)
  return
}

// CHECK-LABEL: func.func @dynamic
func.func @dynamic(%a: tensor<?x8xf32>) -> tensor<?x8xf32> {
  // CHECK: "stablehlo.tanh"
  // CHECK-SAME: #roofline.unknown<dynamic, "extent 0 of 'tensor<?x8xf32>' is not static">
  %0 = stablehlo.tanh %a : tensor<?x8xf32>
  return %0 : tensor<?x8xf32>
}

// CHECK-LABEL: func.func @overflow
func.func @overflow(%a: tensor<4294967296x4294967296xf32>) -> tensor<4294967296x4294967296xf32> {
  // CHECK: "stablehlo.negate"
  // CHECK-SAME: #roofline.unknown<overflow, "'tensor<4294967296x4294967296xf32>' has more than 2^63 - 1 elements or bytes">
  %0 = stablehlo.negate %a : tensor<4294967296x4294967296xf32>
  return %0 : tensor<4294967296x4294967296xf32>
}
