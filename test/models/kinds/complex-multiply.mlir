module @jit_complex_multiply attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xcomplex<f32>> loc("x"), %arg1: tensor<64x1024xcomplex<f32>> loc("y")) -> (tensor<64x1024xcomplex<f32>> {jax.result_info = "result"}) {
    %0 = stablehlo.multiply %arg0, %arg1 : tensor<64x1024xcomplex<f32>> loc("mul")
    return %0 : tensor<64x1024xcomplex<f32>>
  }
}
