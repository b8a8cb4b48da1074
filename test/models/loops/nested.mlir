module @jit_run attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<256x256xbf16> loc("x"), %arg1: tensor<256x256xbf16> loc("w")) -> (tensor<256x256xbf16> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<0> : tensor<i32> loc("scan")
    %0:3 = stablehlo.while(%iterArg = %arg1, %iterArg_0 = %c, %iterArg_1 = %arg0) : tensor<256x256xbf16>, tensor<i32>, tensor<256x256xbf16>
    cond {
      %c_2 = stablehlo.constant dense<6> : tensor<i32> loc("while")
      %1 = stablehlo.compare LT, %iterArg_0, %c_2, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("while/cond/lt")
      stablehlo.return %1 : tensor<i1> loc("while")
    } do {
      %1 = func.call @closed_call(%iterArg, %iterArg_1) : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("while/body/closed_call")
      %c_2 = stablehlo.constant dense<1> : tensor<i32> loc("while")
      %2 = stablehlo.add %iterArg_0, %c_2 : tensor<i32> loc("while/body/add")
      stablehlo.return %iterArg, %2, %1 : tensor<256x256xbf16>, tensor<i32>, tensor<256x256xbf16> loc("while")
    } loc("while")
    return %0#2 : tensor<256x256xbf16>
  }
  func.func private @closed_call(%arg0: tensor<256x256xbf16>, %arg1: tensor<256x256xbf16>) -> tensor<256x256xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32> loc("scan")
    %0:3 = stablehlo.while(%iterArg = %arg0, %iterArg_0 = %c, %iterArg_1 = %arg1) : tensor<256x256xbf16>, tensor<i32>, tensor<256x256xbf16>
    cond {
      %c_2 = stablehlo.constant dense<4> : tensor<i32> loc("while")
      %2 = stablehlo.compare LT, %iterArg_0, %c_2, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("while/cond/lt")
      stablehlo.return %2 : tensor<i1> loc("while")
    } do {
      %2 = func.call @closed_call_0(%iterArg, %iterArg_1) : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("while/body/closed_call")
      %c_2 = stablehlo.constant dense<1> : tensor<i32> loc("while")
      %3 = stablehlo.add %iterArg_0, %c_2 : tensor<i32> loc("while/body/add")
      stablehlo.return %iterArg, %3, %2 : tensor<256x256xbf16>, tensor<i32>, tensor<256x256xbf16> loc("while")
    } loc("while")
    %1 = stablehlo.dot_general %0#2, %arg0, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("dot_general")
    return %1 : tensor<256x256xbf16>
  } loc("closed_call")
  func.func private @closed_call_0(%arg0: tensor<256x256xbf16>, %arg1: tensor<256x256xbf16>) -> tensor<256x256xbf16> {
    %0 = stablehlo.dot_general %arg1, %arg0, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("dot_general")
    return %0 : tensor<256x256xbf16>
  } loc("closed_call")
}
