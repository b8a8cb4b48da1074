module @jit_elementwise attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x"), %arg1: tensor<64x1024xf32> loc("y")) -> (tensor<64x1024xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.multiply %arg0, %arg1 : tensor<64x1024xf32> loc("mul")
    %1 = stablehlo.subtract %arg0, %arg1 : tensor<64x1024xf32> loc("sub")
    %2 = stablehlo.maximum %0, %1 : tensor<64x1024xf32> loc("max")
    %3 = stablehlo.divide %2, %arg0 : tensor<64x1024xf32> loc("div")
    return %3 : tensor<64x1024xf32>
  }
}
