module @jit_run attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<256x256xbf16> loc("x"), %arg1: tensor<256x256xbf16> loc("w"), %arg2: tensor<i1> loc("twice")) -> (tensor<256x256xbf16> {jax.result_info = "result"}) {
    %0 = stablehlo.convert %arg2 : (tensor<i1>) -> tensor<i32> loc("convert_element_type")
    %1 = "stablehlo.case"(%0) ({
      %2 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("cond/branch_0_fun/dot_general")
      stablehlo.return %2 : tensor<256x256xbf16> loc("cond")
    }, {
      %2 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("cond/branch_1_fun/dot_general")
      %3 = stablehlo.dot_general %2, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("cond/branch_1_fun/dot_general")
      stablehlo.return %3 : tensor<256x256xbf16> loc("cond")
    }) : (tensor<i32>) -> tensor<256x256xbf16> loc("cond")
    return %1 : tensor<256x256xbf16>
  }
}
