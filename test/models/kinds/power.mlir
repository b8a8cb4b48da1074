module @jit_power attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x"), %arg1: tensor<64x1024xf32> loc("y")) -> (tensor<64x1024xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.power %arg0, %arg1 : tensor<64x1024xf32> loc("pow")
    return %0 : tensor<64x1024xf32>
  }
}
