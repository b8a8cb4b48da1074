// RUN: roofline-opt %s -o %t.read
// RUN: FileCheck %s --input-file=%t.read
// RUN: roofline-opt %t.read -o %t.again && diff %t.read %t.again
// RUN: %mlir-opt --allow-unregistered-dialect %t.read -o %t.stock && diff %t.read %t.stock

// MHLO shares StableHLO's syntax but encodes lists as elements.

// CHECK: module @old attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32}
module @old attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
// CHECK-LABEL: func.func @ops
func.func @ops(%x: tensor<2x3xf32>, %f: tensor<f32>, %k: tensor<3x2xf32>) {
  // CHECK-NEXT: "mhlo.constant"() <{value = dense<0.000000e+00> : tensor<f32>}> : () -> tensor<f32>
  %0 = mhlo.constant dense<0.0> : tensor<f32>
  // CHECK-NEXT: "mhlo.add"(%arg0, %arg0) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %1 = mhlo.add %x, %x : tensor<2x3xf32>
  // CHECK-NEXT: "mhlo.erf"(%arg0) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %2 = mhlo.erf %x : tensor<2x3xf32>
  // CHECK-NEXT: "mhlo.compare"(%arg0, %arg0) <{compare_type = #mhlo<comparison_type FLOAT>, comparison_direction = #mhlo<comparison_direction GT>}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
  %3 = mhlo.compare  GT, %x, %x,  FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
  // CHECK-NEXT: "mhlo.reduce"(%arg0, %arg1) <{dimensions = dense<1> : tensor<1xi64>}> ({
  // CHECK: "mhlo.add"
  // CHECK: "mhlo.return"
  %4 = mhlo.reduce(%x init: %f) applies mhlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  // CHECK: "mhlo.reshape"(%arg0) : (tensor<2x3xf32>) -> tensor<6xf32>
  %5 = mhlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
  // CHECK-NEXT: "mhlo.dot"(%arg0, %arg2) {precision_config = [#mhlo<precision DEFAULT>, #mhlo<precision DEFAULT>]} : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  %6 = "mhlo.dot"(%x, %k) {precision_config = [#mhlo<precision DEFAULT>, #mhlo<precision DEFAULT>]} : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  // CHECK-NEXT: "mhlo.broadcast_in_dim"(%arg1) {broadcast_dimensions = dense<> : tensor<0xi64>} : (tensor<f32>) -> tensor<2x3xf32>
  %7 = "mhlo.broadcast_in_dim"(%f) {broadcast_dimensions = dense<> : tensor<0xi64>} : (tensor<f32>) -> tensor<2x3xf32>
  // CHECK-NEXT: "mhlo.slice"(%arg0) <{limit_indices = dense<2> : tensor<2xi64>, start_indices = dense<[0, 1]> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}> : (tensor<2x3xf32>) -> tensor<2x1xf32>
  %8 = mhlo.slice %x [0:2, 1:2] : (tensor<2x3xf32>) -> tensor<2x1xf32>
  // CHECK-NEXT: "mhlo.copy"(%arg0) {xla_shape = "f32[2,3]{0,1}"} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %9 = mhlo.copy %x {xla_shape = "f32[2,3]{0,1}"} : tensor<2x3xf32>
  // CHECK-NEXT: :2 = "mhlo.topk"(%arg0) <{k = 2 : i64, largest = true}> : (tensor<2x3xf32>) -> (tensor<2x2xf32>, tensor<2x2xi32>)
  %10:2 = mhlo.topk(%x, k = 2, largest = true) : tensor<2x3xf32> -> (tensor<2x2xf32>, tensor<2x2xi32>)
  return
}

// CHECK-LABEL: func.func @convolution
func.func @convolution(%x: tensor<1x8x8x2xf32>, %k: tensor<3x3x2x4xf32>) {
  // CHECK-NEXT: "mhlo.convolution"(%arg0, %arg1) <{batch_group_count = 1 : i64, dimension_numbers = #mhlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64, padding = dense<1> : tensor<2x2xi64>, window_reversal = dense<false> : tensor<2xi1>, window_strides = dense<2> : tensor<2xi64>}> :
  %0 = mhlo.convolution(%x, %k) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[1, 1], [1, 1]], reverse = [0, 0]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>) -> tensor<1x4x4x4xf32>
  return
}
}
