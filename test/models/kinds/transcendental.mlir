module @jit_transcendental attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x")) -> (tensor<64x1024xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.exponential %arg0 : tensor<64x1024xf32> loc("exp")
    %1 = stablehlo.rsqrt %0 : tensor<64x1024xf32> loc("rsqrt")
    %2 = stablehlo.tanh %1 : tensor<64x1024xf32> loc("tanh")
    return %2 : tensor<64x1024xf32>
  }
}
