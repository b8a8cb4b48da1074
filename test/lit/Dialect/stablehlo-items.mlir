// RUN: roofline-opt %s -o %t.read
// RUN: FileCheck %s --input-file=%t.read
// RUN: roofline-opt %t.read -o %t.again && diff %t.read %t.again
// RUN: %mlir-opt --allow-unregistered-dialect %t.read -o %t.stock && diff %t.read %t.stock

// Keyword items become attributes with upstream's names and encodings.

// CHECK-LABEL: func.func @same_type
func.func @same_type(%arg0: tensor<4x4xf32>) {
  // CHECK-NEXT: %{{.*}} = "stablehlo.clamp"(%arg0, %arg0, %arg0) : (tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  %0 = stablehlo.clamp %arg0, %arg0, %arg0 : tensor<4x4xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.cholesky"(%arg0) : (tensor<4x4xf32>) -> tensor<4x4xf32>
  %1 = stablehlo.cholesky %arg0 : tensor<4x4xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.cholesky"(%arg0) <{lower = true}> : (tensor<4x4xf32>) -> tensor<4x4xf32>
  %2 = stablehlo.cholesky %arg0, lower = true : tensor<4x4xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.reverse"(%arg0) <{dimensions = array<i64: 0, 1>}> : (tensor<4x4xf32>) -> tensor<4x4xf32>
  %3 = stablehlo.reverse %arg0, dims = [0, 1] : tensor<4x4xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.reduce_precision"(%arg0) <{exponent_bits = 8 : i32, mantissa_bits = 7 : i32}> : (tensor<4x4xf32>) -> tensor<4x4xf32>
  %4 = stablehlo.reduce_precision %arg0, format = e8m7 : tensor<4x4xf32>
  return
}

// CHECK-LABEL: func.func @function_type
func.func @function_type(%x: tensor<2x3xf32>, %c: tensor<f32>, %i: tensor<i32>, %s: tensor<2xi64>) {
  // CHECK-NEXT: %{{.*}} = "stablehlo.bitcast_convert"(%arg0) : (tensor<2x3xf32>) -> tensor<2x3xi32>
  %bitcast_convert1485 = stablehlo.bitcast_convert %x : (tensor<2x3xf32>) -> tensor<2x3xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.reshape"(%arg0) : (tensor<2x3xf32>) -> tensor<6xf32>
  %reshape1679 = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.is_finite"(%arg0) : (tensor<2x3xf32>) -> tensor<2x3xi1>
  %is_finite1845 = stablehlo.is_finite %x : (tensor<2x3xf32>) -> tensor<2x3xi1>
  // CHECK-NEXT: %{{.*}} = "stablehlo.dynamic_reshape"(%arg0, %arg3) : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  %dynamic_reshape2019 = stablehlo.dynamic_reshape %x, %s : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.dynamic_pad"(%arg0, %arg1, %arg3, %arg3, %arg3) : (tensor<2x3xf32>, tensor<f32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<?x?xf32>
  %dynamic_pad2254 = stablehlo.dynamic_pad %x, %c, %s, %s, %s : (tensor<2x3xf32>, tensor<f32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<?x?xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.dynamic_update_slice"(%arg0, %arg0, %arg2, %arg2) : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
  %dynamic_update_slice2596 = stablehlo.dynamic_update_slice %x, %x, %i, %i : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.real_dynamic_slice"(%arg0, %arg3, %arg3, %arg3) : (tensor<2x3xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<?x?xf32>
  %real_dynamic_slice2924 = stablehlo.real_dynamic_slice %x, %s, %s, %s : (tensor<2x3xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<?x?xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.compute_reshape_shape"(%arg2, %arg3) : (tensor<i32>, tensor<2xi64>) -> tensor<2xi64>
  %compute_reshape_shape3250 = stablehlo.compute_reshape_shape %i, %s : (tensor<i32>, tensor<2xi64>) -> tensor<2xi64>
  // CHECK-NEXT: %{{.*}} = "stablehlo.broadcast"(%arg0) <{broadcast_sizes = array<i64: 5>}> : (tensor<2x3xf32>) -> tensor<5x2x3xf32>
  %broadcast3491 = stablehlo.broadcast %x, sizes = [5] : (tensor<2x3xf32>) -> tensor<5x2x3xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.broadcast_in_dim"(%arg0) <{broadcast_dimensions = array<i64: 0, 2>}> : (tensor<2x3xf32>) -> tensor<2x7x3xf32>
  %broadcast_in_dim3720 = stablehlo.broadcast_in_dim %x, dims = [0, 2] : (tensor<2x3xf32>) -> tensor<2x7x3xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.broadcast_in_dim"(%arg1) <{broadcast_dimensions = array<i64>}> : (tensor<f32>) -> tensor<2x3xf32>
  %broadcast_in_dim3980 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.transpose"(%arg0) <{permutation = array<i64: 1, 0>}> : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %transpose4218 = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.dynamic_broadcast_in_dim"(%arg0, %arg3) <{broadcast_dimensions = array<i64: 0, 1>}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  %dynamic_broadcast_in_dim4444 = stablehlo.dynamic_broadcast_in_dim %x, %s, dims = [0, 1] : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.dynamic_iota"(%arg3) <{iota_dimension = 1 : i64}> : (tensor<2xi64>) -> tensor<?x?xf32>
  %dynamic_iota4765 = stablehlo.dynamic_iota %s, dim = 1 : (tensor<2xi64>) -> tensor<?x?xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.get_dimension_size"(%arg0) <{dimension = 1 : i64}> : (tensor<2x3xf32>) -> tensor<i32>
  %get_dimension_size4984 = stablehlo.get_dimension_size %x, dim = 1 : (tensor<2x3xf32>) -> tensor<i32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.set_dimension_size"(%arg0, %arg2) <{dimension = 1 : i64}> : (tensor<2x3xf32>, tensor<i32>) -> tensor<2x?xf32, #stablehlo.bounds<?, 3>>
  %set_dimension_size5212 = stablehlo.set_dimension_size %x, %i, dim = 1 : (tensor<2x3xf32>, tensor<i32>) -> tensor<2x?xf32, #stablehlo.bounds<?, 3>>
  // CHECK-NEXT: %{{.*}} = "stablehlo.pad"(%arg0, %arg1) <{edge_padding_high = array<i64: 2, 1>, edge_padding_low = array<i64: 0, 1>, interior_padding = array<i64: 0, 0>}> : (tensor<2x3xf32>, tensor<f32>) -> tensor<4x5xf32>
  %pad5535 = stablehlo.pad %x, %c, low = [0, 1], high = [2, 1], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<4x5xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.fft"(%arg0) <{fft_length = array<i64: 3>, fft_type = #stablehlo<fft_type RFFT>}> : (tensor<2x3xf32>) -> tensor<2x2xcomplex<f32>>
  %fft5893 = stablehlo.fft %x, type = RFFT, length = [3] : (tensor<2x3xf32>) -> tensor<2x2xcomplex<f32>>
  // CHECK-NEXT: %{{.*}} = "stablehlo.rng"(%arg1, %arg1, %arg3) <{rng_distribution = #stablehlo<rng_distribution NORMAL>}> : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<2x3xf32>
  %rng6165 = stablehlo.rng %c, %c, %s, distribution = NORMAL : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<2x3xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.einsum"(%arg0, %arg0) <{einsum_config = "ab,cb->ac"}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  %einsum6475 = stablehlo.einsum %x, %x, config = "ab,cb->ac" : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.unary_einsum"(%arg0) <{einsum_config = "ab->a"}> : (tensor<2x3xf32>) -> tensor<2xf32>
  %unary_einsum6741 = stablehlo.unary_einsum %x, config = "ab->a" : (tensor<2x3xf32>) -> tensor<2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.concatenate"(%arg0, %arg0, %arg0) <{dimension = 0 : i64}> : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<6x3xf32>
  %concatenate6968 = stablehlo.concatenate %x, %x, %x, dim = 0 : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<6x3xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.concatenate"(%arg0) <{dimension = 1 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %concatenate7273 = stablehlo.concatenate %x, dim = 1 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.dynamic_slice"(%arg0, %arg2, %arg2) <{slice_sizes = array<i64: 1, 3>}> : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
  %dynamic_slice7488 = stablehlo.dynamic_slice %x, %i, %i, sizes = [1, 3] : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.dot"(%arg0, %arg0) <{precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision HIGHEST>]}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  %dot7801 = stablehlo.dot %x, %x, precision = [DEFAULT, HIGHEST] : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.dot"(%arg0, %arg0) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  %dot8122 = stablehlo.dot %x, %x : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  // CHECK-NEXT: %{{.*}}:2 = "stablehlo.rng_bit_generator"(%arg3) <{rng_algorithm = #stablehlo<rng_algorithm THREE_FRY>}> : (tensor<2xi64>) -> (tensor<2xi64>, tensor<2x3xui32>)
  %state, %bits = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xi64>) -> (tensor<2xi64>, tensor<2x3xui32>)
  // Attributes that no item spells.
  // CHECK-NEXT: %{{.*}} = "stablehlo.dynamic_broadcast_in_dim"(%arg0, %arg3) <{broadcast_dimensions = array<i64: 0, 1>, known_expanding_dimensions = array<i64: 0>, known_nonexpanding_dimensions = array<i64: 1>}> {note = 1 : i64} : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  %known = stablehlo.dynamic_broadcast_in_dim %x, %s, dims = [0, 1] {known_expanding_dimensions = array<i64: 0>, known_nonexpanding_dimensions = array<i64: 1>, note = 1 : i64} : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// CHECK-LABEL: func.func @results
func.func @results() {
  // CHECK-NEXT: %{{.*}} = "stablehlo.iota"() <{iota_dimension = 1 : i64}> : () -> tensor<4x5xi32>
  %0 = stablehlo.iota dim = 1 : tensor<4x5xi32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.create_token"() : () -> !stablehlo.token
  %1 = stablehlo.create_token : !stablehlo.token
  // CHECK-NEXT: %{{.*}} = "stablehlo.partition_id"() : () -> tensor<ui32>
  %2 = stablehlo.partition_id : tensor<ui32>
  // CHECK-NEXT: %{{.*}} = "stablehlo.replica_id"() : () -> tensor<ui32>
  %3 = stablehlo.replica_id : tensor<ui32>
  return
}
