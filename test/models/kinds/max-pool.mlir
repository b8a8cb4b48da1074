module @jit_max_pool attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<4x32x32x16xf32> loc("x")) -> (tensor<4x16x16x16xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32> loc("reduce_window_max")
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<f32> loc("reduce_window_max")
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{base_dilations = array<i64: 1, 1, 1, 1>, padding = dense<[[0, 0], [1, 1], [1, 1], [0, 0]]> : tensor<4x2xi64>, window_dilations = array<i64: 1, 1, 1, 1>, window_dimensions = array<i64: 1, 3, 3, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
    ^bb0(%arg1: tensor<f32> loc("reduce_window_max:"), %arg2: tensor<f32> loc("reduce_window_max:")):
      %2 = stablehlo.maximum %arg1, %arg2 : tensor<f32> loc("reduce_window_max")
      stablehlo.return %2 : tensor<f32> loc("reduce_window_max")
    }) : (tensor<4x32x32x16xf32>, tensor<f32>) -> tensor<4x16x16x16xf32> loc("reduce_window_max")
    return %1 : tensor<4x16x16x16xf32>
  }
}
