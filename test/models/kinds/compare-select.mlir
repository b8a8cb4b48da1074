module @jit_compare_select attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x"), %arg1: tensor<64x1024xf32> loc("y")) -> (tensor<64x1024xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.compare LT, %arg0, %arg1, FLOAT : (tensor<64x1024xf32>, tensor<64x1024xf32>) -> tensor<64x1024xi1> loc("lt")
    %1 = stablehlo.select %0, %arg0, %arg1 : tensor<64x1024xi1>, tensor<64x1024xf32> loc("select_n")
    return %1 : tensor<64x1024xf32>
  }
}
