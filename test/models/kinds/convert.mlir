module @jit_convert attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x")) -> (tensor<64x1024xbf16> {jax.result_info = "result"}) {
    %0 = stablehlo.convert %arg0 : (tensor<64x1024xf32>) -> tensor<64x1024xbf16> loc("convert_element_type")
    return %0 : tensor<64x1024xbf16>
  }
}
