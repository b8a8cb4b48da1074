module @jit_max_pool_gradient attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<4x32x32x16xf32> loc("x")) -> (tensor<4x32x32x16xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<4x16x16x16xf32> loc("transpose(jvp())/broadcast_in_dim")
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32> loc("transpose(jvp())/select_and_scatter_add")
    %1 = stablehlo.pad %arg0, %cst_0, low = [0, 1, 1, 0], high = [0, 1, 1, 0], interior = [0, 0, 0, 0] : (tensor<4x32x32x16xf32>, tensor<f32>) -> tensor<4x34x34x16xf32> loc("transpose(jvp())/pad")
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("transpose(jvp())/select_and_scatter_add")
    %2 = "stablehlo.select_and_scatter"(%1, %0, %cst_1) <{padding = dense<0> : tensor<4x2xi64>, window_dimensions = array<i64: 1, 3, 3, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
    ^bb0(%arg1: tensor<f32> loc("select_and_scatter:"), %arg2: tensor<f32> loc("select_and_scatter:")):
      %4 = stablehlo.compare GE, %arg1, %arg2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc("transpose(jvp())/ge")
      stablehlo.return %4 : tensor<i1> loc("transpose(jvp())/select_and_scatter")
    }, {
    ^bb0(%arg1: tensor<f32> loc("select_and_scatter:"), %arg2: tensor<f32> loc("select_and_scatter:")):
      %4 = stablehlo.add %arg1, %arg2 : tensor<f32> loc("transpose(jvp())/add")
      stablehlo.return %4 : tensor<f32> loc("transpose(jvp())/select_and_scatter")
    }) : (tensor<4x34x34x16xf32>, tensor<4x16x16x16xf32>, tensor<f32>) -> tensor<4x34x34x16xf32> loc("transpose(jvp())/select_and_scatter")
    %3 = stablehlo.slice %2 [0:4, 1:33, 1:33, 0:16] : (tensor<4x34x34x16xf32>) -> tensor<4x32x32x16xf32> loc("transpose(jvp())/slice")
    return %3 : tensor<4x32x32x16xf32>
  }
}
