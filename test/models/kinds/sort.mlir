module @jit_sort attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x")) -> (tensor<64x1024xf32> {jax.result_info = "result"}) {
    %0 = "stablehlo.sort"(%arg0) <{dimension = 1 : i64, is_stable = true}> ({
    ^bb0(%arg1: tensor<f32> loc("sort:"), %arg2: tensor<f32> loc("sort:")):
      %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("sort")
      %1 = stablehlo.compare EQ, %arg1, %cst, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc("eq")
      %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("sort")
      %2 = stablehlo.select %1, %cst_0, %arg1 : tensor<i1>, tensor<f32> loc("select_n")
      %3 = stablehlo.compare NE, %arg1, %arg1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc("ne")
      %cst_1 = stablehlo.constant dense<0x7FC00000> : tensor<f32> loc("sort")
      %4 = stablehlo.select %3, %cst_1, %2 : tensor<i1>, tensor<f32> loc("select_n")
      %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("sort")
      %5 = stablehlo.compare EQ, %arg2, %cst_2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc("eq")
      %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("sort")
      %6 = stablehlo.select %5, %cst_3, %arg2 : tensor<i1>, tensor<f32> loc("select_n")
      %7 = stablehlo.compare NE, %arg2, %arg2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc("ne")
      %cst_4 = stablehlo.constant dense<0x7FC00000> : tensor<f32> loc("sort")
      %8 = stablehlo.select %7, %cst_4, %6 : tensor<i1>, tensor<f32> loc("select_n")
      %9 = stablehlo.compare LT, %4, %8, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1> loc("lt_to")
      stablehlo.return %9 : tensor<i1> loc("sort")
    }) : (tensor<64x1024xf32>) -> tensor<64x1024xf32> loc("sort")
    return %0 : tensor<64x1024xf32>
  }
}
