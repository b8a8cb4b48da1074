module @jit_run attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<256x256xbf16> loc("x"), %arg1: tensor<256x256xbf16> loc("w"), %arg2: tensor<i32> loc("steps")) -> (tensor<256x256xbf16> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0:4 = stablehlo.while(%iterArg = %arg1, %iterArg_0 = %c, %iterArg_1 = %arg2, %iterArg_2 = %arg0) : tensor<256x256xbf16>, tensor<i32>, tensor<i32>, tensor<256x256xbf16>
    cond {
      %1 = stablehlo.compare LT, %iterArg_0, %iterArg_1, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("while/cond/lt")
      stablehlo.return %1 : tensor<i1> loc("while")
    } do {
      %c_3 = stablehlo.constant dense<1> : tensor<i32> loc("while")
      %1 = stablehlo.add %iterArg_0, %c_3 : tensor<i32> loc("while/body/add")
      %c_4 = stablehlo.constant dense<0> : tensor<i32> loc("while/body/scan")
      %2:3 = stablehlo.while(%iterArg_5 = %iterArg, %iterArg_6 = %c_4, %iterArg_7 = %iterArg_2) : tensor<256x256xbf16>, tensor<i32>, tensor<256x256xbf16>
      cond {
        %c_8 = stablehlo.constant dense<5> : tensor<i32> loc("while/body/while")
        %3 = stablehlo.compare LT, %iterArg_6, %c_8, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("while/body/while/cond/lt")
        stablehlo.return %3 : tensor<i1> loc("while/body/while")
      } do {
        %3 = func.call @closed_call(%iterArg_5, %iterArg_7) : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("while/body/while/body/closed_call")
        %c_8 = stablehlo.constant dense<1> : tensor<i32> loc("while/body/while")
        %4 = stablehlo.add %iterArg_6, %c_8 : tensor<i32> loc("while/body/while/body/add")
        stablehlo.return %iterArg_5, %4, %3 : tensor<256x256xbf16>, tensor<i32>, tensor<256x256xbf16> loc("while/body/while")
      } loc("while/body/while")
      stablehlo.return %iterArg, %1, %iterArg_1, %2#2 : tensor<256x256xbf16>, tensor<i32>, tensor<i32>, tensor<256x256xbf16> loc("while")
    } loc("while")
    return %0#3 : tensor<256x256xbf16>
  }
  func.func private @closed_call(%arg0: tensor<256x256xbf16>, %arg1: tensor<256x256xbf16>) -> tensor<256x256xbf16> {
    %0 = stablehlo.dot_general %arg1, %arg0, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("dot_general")
    return %0 : tensor<256x256xbf16>
  } loc("closed_call")
}
