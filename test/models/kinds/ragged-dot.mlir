module @jit_ragged_dot attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xbf16> loc("x"), %arg1: tensor<4x1024x256xbf16> loc("w"), %arg2: tensor<4xi32> loc("sizes")) -> (tensor<64x256xbf16> {jax.result_info = "result"}) {
    %0 = "chlo.ragged_dot"(%arg0, %arg1, %arg2) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<64x1024xbf16>, tensor<4x1024x256xbf16>, tensor<4xi32>) -> tensor<64x256xbf16> loc("ragged_dot_general")
    return %0 : tensor<64x256xbf16>
  }
}
