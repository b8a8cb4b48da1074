// RUN: roofline-opt %s -o %t.read
// RUN: FileCheck %s --input-file=%t.read
// RUN: roofline-opt %t.read -o %t.again && diff %t.read %t.again
// RUN: %mlir-opt --allow-unregistered-dialect %t.read -o %t.stock && diff %t.read %t.stock

// CHECK-LABEL: func.func @unary
func.func @unary(%x: tensor<4xf32>, %c: tensor<4xcomplex<f32>>) {
  // CHECK-NEXT: "chlo.erf"(%arg0) : (tensor<4xf32>) -> tensor<4xf32>
  %0 = chlo.erf %x : tensor<4xf32> -> tensor<4xf32>
  // CHECK-NEXT: "chlo.erf_inv"(%arg0) {note} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = chlo.erf_inv %x {note} : tensor<4xf32> -> tensor<4xf32>
  // CHECK-NEXT: "chlo.is_inf"(%arg0) : (tensor<4xf32>) -> tensor<4xi1>
  %2 = chlo.is_inf %x : tensor<4xf32> -> tensor<4xi1>
  // CHECK-NEXT: "chlo.conj"(%arg1) : (tensor<4xcomplex<f32>>) -> tensor<4xcomplex<f32>>
  %3 = chlo.conj %c : tensor<4xcomplex<f32>> -> tensor<4xcomplex<f32>>
  // CHECK-NEXT: "chlo.square"(%arg0) : (tensor<4xf32>) -> tensor<4xf32>
  %4 = chlo.square %x : tensor<4xf32> -> tensor<4xf32>
  return
}

// CHECK-LABEL: func.func @binary
func.func @binary(%x: tensor<4xf32>, %y: tensor<f32>, %p: tensor<4xi1>) {
  // CHECK-NEXT: "chlo.broadcast_add"(%arg0, %arg1) : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %0 = chlo.broadcast_add %x, %y : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  // CHECK-NEXT: "chlo.broadcast_add"(%arg0, %arg1) <{broadcast_dimensions = array<i64>}> : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %1 = chlo.broadcast_add %x, %y {broadcast_dimensions = array<i64>} : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  // CHECK-NEXT: "chlo.broadcast_compare"(%arg0, %arg1) <{comparison_direction = #chlo<comparison_direction EQ>}> : (tensor<4xf32>, tensor<f32>) -> tensor<4xi1>
  %2 = chlo.broadcast_compare %x, %y {comparison_direction = #chlo<comparison_direction EQ>} : (tensor<4xf32>, tensor<f32>) -> tensor<4xi1>
  // CHECK-NEXT: "chlo.next_after"(%arg0, %arg0) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %3 = chlo.next_after %x, %x : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  // CHECK-NEXT: "chlo.broadcast_select"(%arg2, %arg0, %arg1) : (tensor<4xi1>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %4 = chlo.broadcast_select %p, %x, %y : (tensor<4xi1>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return
}

// CHECK-LABEL: func.func @others
func.func @others(%x: tensor<2x8xf32>, %s: tensor<2xindex>, %i: tensor<2xf32>) {
  // CHECK-NEXT: "chlo.constant"() <{value = dense<1> : tensor<i32>}> : () -> tensor<i32>
  %0 = chlo.constant dense<1> : tensor<i32>
  // CHECK-NEXT: "chlo.constant_like"(%arg0) <{value = 1.000000e+00 : f32}> : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %1 = "chlo.constant_like"(%x) <{value = 1.0 : f32}> : (tensor<2x8xf32>) -> tensor<2x8xf32>
  // CHECK-NEXT: :2 = "chlo.top_k"(%arg0) <{k = 5 : i64}> : (tensor<2x8xf32>) -> (tensor<2x5xf32>, tensor<2x5xi32>)
  %2:2 = chlo.top_k(%x, k = 5) : tensor<2x8xf32> -> (tensor<2x5xf32>, tensor<2x5xi32>)
  // CHECK-NEXT: :2 = "chlo.minimum_broadcast_shapes"(%arg1, %arg1) : (tensor<2xindex>, tensor<2xindex>) -> (tensor<2xindex>, tensor<2xindex>)
  %3:2 = chlo.minimum_broadcast_shapes %s, %s : tensor<2xindex>, tensor<2xindex> -> tensor<2xindex>, tensor<2xindex>
  // CHECK-NEXT: :2 = "chlo.scan"(%arg0, %arg2) <{dimension = 1 : i64, is_reverse = true, operandSegmentSizes = array<i32: 1, 1>, resultSegmentSizes = array<i32: 1, 1>}> ({
  // CHECK-NEXT: ^bb0(%{{.*}}: tensor<2xf32>, %{{.*}}: tensor<2xf32>):
  // CHECK: }) : (tensor<2x8xf32>, tensor<2xf32>) -> (tensor<2x8xf32>, tensor<2xf32>)
  %4:2 = chlo.scan(%x) inits(%i) dimension=1 attributes {is_reverse = true} {
  ^bb0(%a: tensor<2xf32>, %b: tensor<2xf32>):
    %5 = stablehlo.add %a, %b : tensor<2xf32>
    stablehlo.return %5, %5 : tensor<2xf32>, tensor<2xf32>
  } : (tensor<2x8xf32>, tensor<2xf32>) -> (tensor<2x8xf32>, tensor<2xf32>)
  // CHECK: "chlo.ragged_dot"(%arg0, %arg0) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0]>}>
  %6 = "chlo.ragged_dot"(%x, %x) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0]>}> : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x2xf32>
  return
}
