module @jit_erf_inverse attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x")) -> (tensor<64x1024xf32> {jax.result_info = "result"}) {
    %0 = chlo.erf_inv %arg0 : tensor<64x1024xf32> -> tensor<64x1024xf32> loc("erf_inv")
    return %0 : tensor<64x1024xf32>
  }
}
