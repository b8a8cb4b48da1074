// A small image classifier in TOSA 1.0, f32, batch 8: a strided convolution, a
// depthwise-separable block with a residual connection, pooling, a dense layer and
// a softmax.

func.func @main(%image: tensor<8x64x64x3xf32>,
                %stem: tensor<32x3x3x3xf32>, %stem_bias: tensor<32xf32>,
                %depthwise: tensor<3x3x32x1xf32>, %depthwise_bias: tensor<32xf32>,
                %pointwise: tensor<32x1x1x32xf32>, %pointwise_bias: tensor<32xf32>,
                %dense: tensor<1x8192x100xf32>, %dense_bias: tensor<1x1x100xf32>) -> tensor<8x100xf32> {
  %zero = "tosa.const"() <{values = dense<0.000000e+00> : tensor<1xf32>}> : () -> tensor<1xf32>

  // 64 x 64 x 3 -> 32 x 32 x 32.
  %0 = tosa.conv2d %image, %stem, %stem_bias, %zero, %zero {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 1, 0, 1>, stride = array<i64: 2, 2>}
      : (tensor<8x64x64x3xf32>, tensor<32x3x3x3xf32>, tensor<32xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<8x32x32x32xf32>
  %1 = tosa.clamp %0 {min_val = 0.000000e+00 : f32, max_val = 6.000000e+00 : f32} : (tensor<8x32x32x32xf32>) -> tensor<8x32x32x32xf32>

  // Depthwise 3 x 3, pointwise, and the block's input added.
  %2 = tosa.depthwise_conv2d %1, %depthwise, %depthwise_bias, %zero, %zero {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>}
      : (tensor<8x32x32x32xf32>, tensor<3x3x32x1xf32>, tensor<32xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<8x32x32x32xf32>
  %3 = tosa.clamp %2 {min_val = 0.000000e+00 : f32, max_val = 6.000000e+00 : f32} : (tensor<8x32x32x32xf32>) -> tensor<8x32x32x32xf32>
  %4 = tosa.conv2d %3, %pointwise, %pointwise_bias, %zero, %zero {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<8x32x32x32xf32>, tensor<32x1x1x32xf32>, tensor<32xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<8x32x32x32xf32>
  %5 = tosa.add %4, %1 : (tensor<8x32x32x32xf32>, tensor<8x32x32x32xf32>) -> tensor<8x32x32x32xf32>

  // 16 x 16 x 32, flattened, 100 classes.
  %6 = tosa.max_pool2d %5 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<8x32x32x32xf32>) -> tensor<8x16x16x32xf32>
  %flat = tosa.const_shape {values = dense<[1, 8, 8192]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %7 = tosa.reshape %6, %flat : (tensor<8x16x16x32xf32>, !tosa.shape<3>) -> tensor<1x8x8192xf32>
  %8 = tosa.matmul %7, %dense, %zero, %zero : (tensor<1x8x8192xf32>, tensor<1x8192x100xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x100xf32>
  %9 = tosa.add %8, %dense_bias : (tensor<1x8x100xf32>, tensor<1x1x100xf32>) -> tensor<1x8x100xf32>

  // Softmax.
  %10 = tosa.reduce_max %9 {axis = 2 : i32} : (tensor<1x8x100xf32>) -> tensor<1x8x1xf32>
  %11 = tosa.sub %9, %10 : (tensor<1x8x100xf32>, tensor<1x8x1xf32>) -> tensor<1x8x100xf32>
  %12 = tosa.exp %11 : (tensor<1x8x100xf32>) -> tensor<1x8x100xf32>
  %13 = tosa.reduce_sum %12 {axis = 2 : i32} : (tensor<1x8x100xf32>) -> tensor<1x8x1xf32>
  %14 = tosa.reciprocal %13 : (tensor<1x8x1xf32>) -> tensor<1x8x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %15 = tosa.mul %12, %14, %shift : (tensor<1x8x100xf32>, tensor<1x8x1xf32>, tensor<1xi8>) -> tensor<1x8x100xf32>
  %shape = tosa.const_shape {values = dense<[8, 100]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %16 = tosa.reshape %15, %shape : (tensor<1x8x100xf32>, !tosa.shape<2>) -> tensor<8x100xf32>
  return %16 : tensor<8x100xf32>
}
