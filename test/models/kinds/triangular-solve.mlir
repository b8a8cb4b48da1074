module @jit_triangular_solve attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<256x256xf32> loc("a"), %arg1: tensor<256x64xf32> loc("b")) -> (tensor<256x64xf32> {jax.result_info = "result"}) {
    %0 = "stablehlo.triangular_solve"(%arg0, %arg1) <{left_side = true, lower = true, transpose_a = #stablehlo<transpose NO_TRANSPOSE>, unit_diagonal = false}> : (tensor<256x256xf32>, tensor<256x64xf32>) -> tensor<256x64xf32> loc("triangular_solve")
    return %0 : tensor<256x64xf32>
  }
}
