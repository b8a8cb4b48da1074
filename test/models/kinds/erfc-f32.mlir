module @jit_erfc_f32 attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x")) -> (tensor<64x1024xf32> {jax.result_info = "result"}) {
    %0 = chlo.erfc %arg0 : tensor<64x1024xf32> -> tensor<64x1024xf32> loc("erfc")
    return %0 : tensor<64x1024xf32>
  }
}
