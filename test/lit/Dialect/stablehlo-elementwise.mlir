// RUN: roofline-opt %s -o %t.read
// RUN: FileCheck %s --input-file=%t.read
// RUN: roofline-opt %t.read -o %t.again && diff %t.read %t.again
// RUN: %mlir-opt --allow-unregistered-dialect %t.read -o %t.stock && diff %t.read %t.stock

// One type stands for all operands and results.

// CHECK-LABEL: func.func @unary
func.func @unary(%arg0: tensor<2xf32>) {
  // CHECK-NEXT: %{{.*}} = "stablehlo.abs"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %abs = stablehlo.abs %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.cbrt"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %cbrt = stablehlo.cbrt %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.ceil"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %ceil = stablehlo.ceil %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.convert"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %convert = stablehlo.convert %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.cosine"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %cosine = stablehlo.cosine %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.count_leading_zeros"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %count_leading_zeros = stablehlo.count_leading_zeros %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.exponential"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %exponential = stablehlo.exponential %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.exponential_minus_one"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %exponential_minus_one = stablehlo.exponential_minus_one %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.floor"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %floor = stablehlo.floor %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.imag"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %imag = stablehlo.imag %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.log"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %log = stablehlo.log %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.log_plus_one"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %log_plus_one = stablehlo.log_plus_one %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.logistic"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %logistic = stablehlo.logistic %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.negate"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %negate = stablehlo.negate %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.not"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %not = stablehlo.not %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.popcnt"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %popcnt = stablehlo.popcnt %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.real"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %real = stablehlo.real %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.round_nearest_afz"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %round_nearest_afz = stablehlo.round_nearest_afz %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.round_nearest_even"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %round_nearest_even = stablehlo.round_nearest_even %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.rsqrt"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %rsqrt = stablehlo.rsqrt %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.sign"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %sign = stablehlo.sign %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.sine"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %sine = stablehlo.sine %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.sqrt"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %sqrt = stablehlo.sqrt %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.tan"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %tan = stablehlo.tan %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.tanh"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %tanh = stablehlo.tanh %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.uniform_dequantize"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %uniform_dequantize = stablehlo.uniform_dequantize %arg0 : tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.uniform_quantize"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  %uniform_quantize = stablehlo.uniform_quantize %arg0 : tensor<2xf32>
  return
}

// CHECK-LABEL: func.func @binary
func.func @binary(%arg0: tensor<2xi32>, %arg1: tensor<2xi32>) {
  // CHECK-NEXT: %{{.*}} = "stablehlo.add"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %add = stablehlo.add %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.and"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %and = stablehlo.and %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.atan2"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %atan2 = stablehlo.atan2 %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.divide"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %divide = stablehlo.divide %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.maximum"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %maximum = stablehlo.maximum %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.minimum"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %minimum = stablehlo.minimum %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.multiply"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %multiply = stablehlo.multiply %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.or"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %or = stablehlo.or %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.power"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %power = stablehlo.power %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.remainder"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %remainder = stablehlo.remainder %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.shift_left"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %shift_left = stablehlo.shift_left %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.shift_right_arithmetic"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %shift_right_arithmetic = stablehlo.shift_right_arithmetic %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.shift_right_logical"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %shift_right_logical = stablehlo.shift_right_logical %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.subtract"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %subtract = stablehlo.subtract %arg0, %arg1 : tensor<2xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.xor"(%arg0, %arg1) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %xor = stablehlo.xor %arg0, %arg1 : tensor<2xi32>
  return
}

// Types that differ are written as a function type.

// CHECK-LABEL: func.func @function_type
func.func @function_type(%arg0: tensor<2xf32>, %arg1: tensor<?xf32>) {
  // CHECK-NEXT: "stablehlo.convert"(%arg0) : (tensor<2xf32>) -> tensor<2xi32>
  %0 = stablehlo.convert %arg0 : (tensor<2xf32>) -> tensor<2xi32>
  // CHECK-NEXT: "stablehlo.add"(%arg0, %arg1) : (tensor<2xf32>, tensor<?xf32>) -> tensor<2xf32>
  %1 = stablehlo.add %arg0, %arg1 : (tensor<2xf32>, tensor<?xf32>) -> tensor<2xf32>
  // CHECK-NEXT: "stablehlo.uniform_quantize"(%arg0) : (tensor<2xf32>) -> tensor<2x!quant.uniform<u8:f32, 3.400000e+01:16>>
  %2 = stablehlo.uniform_quantize %arg0 : (tensor<2xf32>) -> tensor<2x!quant.uniform<u8:f32, 34.0:16>>
  return
}

// The op's own attributes are properties, all others stay in the dictionary.

// CHECK-LABEL: func.func @attributes
func.func @attributes(%arg0: tensor<2xf32>) {
  // CHECK-NEXT: "stablehlo.exponential"(%arg0) <{result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>}> {mhlo.frontend_attributes = {a = "b"}} : (tensor<2xf32>) -> tensor<2xf32>
  %0 = stablehlo.exponential %arg0 {mhlo.frontend_attributes = {a = "b"}, result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<2xf32>
  // CHECK-NEXT: "stablehlo.add"(%0, %0) {sdy.sharding = #sdy.sharding_per_value<[<@mesh, [{"x"}]>]>} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %1 = stablehlo.add %0, %0 {sdy.sharding = #sdy.sharding_per_value<[<@mesh, [{"x"}]>]>} : tensor<2xf32>
  return
}

// Encodings and types of the dialect itself are kept as text.

// CHECK-LABEL: func.func @opaque
// CHECK-SAME: tensor<?xf32, #stablehlo.bounds<4>>
// CHECK-SAME: !stablehlo.token
func.func @opaque(%arg0: tensor<?xf32, #stablehlo.bounds<4>>, %arg1: !stablehlo.token) -> !stablehlo.token {
  // CHECK-NEXT: "stablehlo.abs"(%arg0) : (tensor<?xf32, #stablehlo.bounds<4>>) -> tensor<?xf32, #stablehlo.bounds<4>>
  %0 = stablehlo.abs %arg0 : tensor<?xf32, #stablehlo.bounds<4>>
  // CHECK-NEXT: "stablehlo.after_all"(%arg1, %arg1) : (!stablehlo.token, !stablehlo.token) -> !stablehlo.token
  %1 = stablehlo.after_all %arg1, %arg1 : !stablehlo.token
  // CHECK-NEXT: "stablehlo.after_all"() : () -> !stablehlo.token
  %2 = stablehlo.after_all : !stablehlo.token
  return %1 : !stablehlo.token
}

// Generic text is kept as it is, dictionaries of old files included.

// CHECK-LABEL: func.func @generic
func.func @generic(%arg0: tensor<2x3xf32>) {
  // CHECK-NEXT: "stablehlo.transpose"(%arg0) <{permutation = array<i64: 1, 0>}> : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %0 = "stablehlo.transpose"(%arg0) <{permutation = array<i64: 1, 0>}> : (tensor<2x3xf32>) -> tensor<3x2xf32>
  // CHECK-NEXT: "stablehlo.transpose"(%arg0) {permutation = dense<[1, 0]> : tensor<2xi64>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %1 = "stablehlo.transpose"(%arg0) {permutation = dense<[1, 0]> : tensor<2xi64>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  // CHECK-NEXT: "stablehlo.not_yet_known"(%arg0) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %2 = "stablehlo.not_yet_known"(%arg0) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
