module @jit_integer_remainder attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xi32> loc("x")) -> (tensor<64x1024xi32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<7> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<64x1024xi32> loc("broadcast_in_dim")
    %1 = stablehlo.remainder %arg0, %0 : tensor<64x1024xi32> loc("rem")
    return %1 : tensor<64x1024xi32>
  }
}
