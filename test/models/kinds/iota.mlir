module @jit_iota attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<f32> loc("x")) -> (tensor<64x1024xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.iota dim = 1 : tensor<64x1024xf32> loc("iota")
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<f32>) -> tensor<64x1024xf32> loc("add")
    %2 = stablehlo.add %0, %1 : tensor<64x1024xf32> loc("add")
    return %2 : tensor<64x1024xf32>
  }
}
