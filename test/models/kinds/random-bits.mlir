module @jit_random_bits attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<4xui32> loc("state")) -> (tensor<4xui32> {jax.result_info = "result[0]"}, tensor<64x1024xui32> {jax.result_info = "result[1]"}) {
    %0 = stablehlo.reshape %arg0 : (tensor<4xui32>) -> tensor<2x2xui32> loc("rng_bit_generator")
    %1 = stablehlo.bitcast_convert %0 : (tensor<2x2xui32>) -> tensor<2xui64> loc("rng_bit_generator")
    %output_state, %output = stablehlo.rng_bit_generator %1, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<64x1024xui32>) loc("rng_bit_generator")
    %2 = stablehlo.bitcast_convert %output_state : (tensor<2xui64>) -> tensor<2x2xui32> loc("rng_bit_generator")
    %3 = stablehlo.reshape %2 : (tensor<2x2xui32>) -> tensor<4xui32> loc("rng_bit_generator")
    return %3, %output : tensor<4xui32>, tensor<64x1024xui32>
  }
}
