module @jit_run attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<256x256xbf16> loc("x"), %arg1: tensor<256x256xbf16> loc("w")) -> (tensor<i32> {jax.result_info = "result[0]"}, tensor<256x256xbf16> {jax.result_info = "result[1]"}, tensor<256xi1> {jax.result_info = "result[2]"}) {
    %c = stablehlo.constant dense<false> : tensor<i1>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i1>) -> tensor<256xi1> loc("broadcast_in_dim")
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %1:4 = stablehlo.while(%iterArg = %arg1, %iterArg_1 = %c_0, %iterArg_2 = %arg0, %iterArg_3 = %0) : tensor<256x256xbf16>, tensor<i32>, tensor<256x256xbf16>, tensor<256xi1>
    cond {
      %c_4 = stablehlo.constant dense<64> : tensor<i32> loc("while")
      %2 = stablehlo.compare LT, %iterArg_1, %c_4, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("while/cond/lt")
      %c_5 = stablehlo.constant dense<true> : tensor<i1> loc("while/cond/reduce_and")
      %3 = stablehlo.reduce(%iterArg_3 init: %c_5) applies stablehlo.and across dimensions = [0] : (tensor<256xi1>, tensor<i1>) -> tensor<i1> loc("while/cond/reduce_and")
      %4 = stablehlo.not %3 : tensor<i1> loc("while/cond/not")
      %c_6 = stablehlo.constant dense<false> : tensor<i1> loc("while/cond/convert_element_type")
      %5 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<i1>) -> tensor<i1> loc("while/cond/convert_element_type")
      %6 = stablehlo.compare NE, %2, %5, UNSIGNED : (tensor<i1>, tensor<i1>) -> tensor<i1> loc("while/cond/convert_element_type")
      %7 = stablehlo.convert %6 : tensor<i1> loc("while/cond/convert_element_type")
      %8 = stablehlo.and %7, %4 : tensor<i1> loc("while/cond/and")
      stablehlo.return %8 : tensor<i1> loc("while")
    } do {
      %2 = stablehlo.dot_general %iterArg_2, %iterArg, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("while/body/dot_general")
      %c_4 = stablehlo.constant dense<1> : tensor<i32> loc("while")
      %3 = stablehlo.add %iterArg_1, %c_4 : tensor<i32> loc("while/body/add")
      %4 = stablehlo.slice %2 [0:256, 0:1] : (tensor<256x256xbf16>) -> tensor<256x1xbf16> loc("while/body/slice")
      %5 = stablehlo.reshape %4 : (tensor<256x1xbf16>) -> tensor<256xbf16> loc("while/body/squeeze")
      %cst = stablehlo.constant dense<0.000000e+00> : tensor<bf16> loc("while")
      %6 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<bf16>) -> tensor<256xbf16> loc("while/body/gt")
      %7 = stablehlo.compare GT, %5, %6, FLOAT : (tensor<256xbf16>, tensor<256xbf16>) -> tensor<256xi1> loc("while/body/gt")
      %8 = stablehlo.or %iterArg_3, %7 : tensor<256xi1> loc("while/body/or")
      stablehlo.return %iterArg, %3, %2, %8 : tensor<256x256xbf16>, tensor<i32>, tensor<256x256xbf16>, tensor<256xi1> loc("while")
    } loc("while")
    return %1#1, %1#2, %1#3 : tensor<i32>, tensor<256x256xbf16>, tensor<256xi1>
  }
}
