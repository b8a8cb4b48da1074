module @jit_dynamic_update_slice attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x"), %arg1: tensor<1x1024xf32> loc("row"), %arg2: tensor<i32> loc("index")) -> (tensor<64x1024xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.compare LT, %arg2, %c, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("lt")
    %c_0 = stablehlo.constant dense<64> : tensor<i32>
    %1 = stablehlo.add %arg2, %c_0 : tensor<i32> loc("add")
    %2 = stablehlo.select %0, %1, %arg2 : tensor<i1>, tensor<i32> loc("select_n")
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %3 = stablehlo.dynamic_update_slice %arg0, %arg1, %2, %c_1 : (tensor<64x1024xf32>, tensor<1x1024xf32>, tensor<i32>, tensor<i32>) -> tensor<64x1024xf32> loc("dynamic_update_slice")
    return %3 : tensor<64x1024xf32>
  }
}
