module @jit_loss attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<256x256xbf16> loc("x"), %arg1: tensor<10x256x256xbf16> loc("stacked")) -> (tensor<256x256xbf16> {jax.result_info = "result[0]"}, tensor<10x256x256xbf16> {jax.result_info = "result[1]"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<bf16> loc("jvp()/empty2")
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<bf16>) -> tensor<10x256x256xbf16> loc("jvp()/broadcast_in_dim")
    %c = stablehlo.constant dense<0> : tensor<i32> loc("jvp()/scan")
    %1:4 = stablehlo.while(%iterArg = %arg1, %iterArg_3 = %c, %iterArg_4 = %arg0, %iterArg_5 = %0) : tensor<10x256x256xbf16>, tensor<i32>, tensor<256x256xbf16>, tensor<10x256x256xbf16>
    cond {
      %c_6 = stablehlo.constant dense<10> : tensor<i32> loc("jvp()/while")
      %6 = stablehlo.compare LT, %iterArg_3, %c_6, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("jvp()/while/cond/lt")
      stablehlo.return %6 : tensor<i1> loc("jvp()/while")
    } do {
      %c_6 = stablehlo.constant dense<10> : tensor<i32> loc("jvp()/while")
      %6 = stablehlo.subtract %c_6, %iterArg_3 : tensor<i32> loc("jvp()/while/body/sub")
      %c_7 = stablehlo.constant dense<1> : tensor<i32> loc("jvp()/while")
      %7 = stablehlo.subtract %6, %c_7 : tensor<i32> loc("jvp()/while/body/sub")
      %8 = func.call @dynamic_index_in_dim(%iterArg, %7) : (tensor<10x256x256xbf16>, tensor<i32>) -> tensor<256x256xbf16> loc("jvp()/while/body/jit(dynamic_index_in_dim)")
      %9:2 = func.call @closed_call(%iterArg_4, %8) : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> (tensor<256x256xbf16>, tensor<256x256xbf16>) loc("jvp()/while/body/closed_call")
      %10 = func.call @dynamic_update_index_in_dim(%iterArg_5, %9#1, %7) : (tensor<10x256x256xbf16>, tensor<256x256xbf16>, tensor<i32>) -> tensor<10x256x256xbf16> loc("jvp()/while/body/jit(dynamic_update_index_in_dim)")
      %c_8 = stablehlo.constant dense<1> : tensor<i32> loc("jvp()/while")
      %11 = stablehlo.add %iterArg_3, %c_8 : tensor<i32> loc("jvp()/while/body/add")
      stablehlo.return %iterArg, %11, %9#0, %10 : tensor<10x256x256xbf16>, tensor<i32>, tensor<256x256xbf16>, tensor<10x256x256xbf16> loc("jvp()/while")
    } loc("jvp()/while")
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<256x256xf32> loc("transpose(jvp())/broadcast_in_dim")
    %3 = stablehlo.convert %2 : (tensor<256x256xf32>) -> tensor<256x256xbf16> loc("transpose(jvp())/convert_element_type")
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<bf16> loc("transpose(jvp())/empty2")
    %4 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<bf16>) -> tensor<10x256x256xbf16> loc("transpose(jvp())/broadcast_in_dim")
    %c_2 = stablehlo.constant dense<0> : tensor<i32> loc("transpose(jvp())/scan")
    %5:5 = stablehlo.while(%iterArg = %arg1, %iterArg_3 = %1#3, %iterArg_4 = %c_2, %iterArg_5 = %3, %iterArg_6 = %4) : tensor<10x256x256xbf16>, tensor<10x256x256xbf16>, tensor<i32>, tensor<256x256xbf16>, tensor<10x256x256xbf16>
    cond {
      %c_7 = stablehlo.constant dense<10> : tensor<i32> loc("transpose(jvp())/while")
      %6 = stablehlo.compare LT, %iterArg_4, %c_7, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("transpose(jvp())/while/cond/lt")
      stablehlo.return %6 : tensor<i1> loc("transpose(jvp())/while")
    } do {
      %6 = func.call @dynamic_index_in_dim(%iterArg, %iterArg_4) : (tensor<10x256x256xbf16>, tensor<i32>) -> tensor<256x256xbf16> loc("transpose(jvp())/while/body/jit(dynamic_index_in_dim)")
      %7 = func.call @dynamic_index_in_dim(%iterArg_3, %iterArg_4) : (tensor<10x256x256xbf16>, tensor<i32>) -> tensor<256x256xbf16> loc("transpose(jvp())/while/body/jit(dynamic_index_in_dim)")
      %8:2 = func.call @closed_call_0(%iterArg_5, %6, %7) : (tensor<256x256xbf16>, tensor<256x256xbf16>, tensor<256x256xbf16>) -> (tensor<256x256xbf16>, tensor<256x256xbf16>) loc("transpose(jvp())/while/body/closed_call")
      %9 = func.call @dynamic_update_index_in_dim(%iterArg_6, %8#1, %iterArg_4) : (tensor<10x256x256xbf16>, tensor<256x256xbf16>, tensor<i32>) -> tensor<10x256x256xbf16> loc("transpose(jvp())/while/body/jit(dynamic_update_index_in_dim)")
      %c_7 = stablehlo.constant dense<1> : tensor<i32> loc("transpose(jvp())/while")
      %10 = stablehlo.add %iterArg_4, %c_7 : tensor<i32> loc("transpose(jvp())/while/body/add")
      stablehlo.return %iterArg, %iterArg_3, %10, %8#0, %9 : tensor<10x256x256xbf16>, tensor<10x256x256xbf16>, tensor<i32>, tensor<256x256xbf16>, tensor<10x256x256xbf16> loc("transpose(jvp())/while")
    } loc("transpose(jvp())/while")
    return %5#3, %5#4 : tensor<256x256xbf16>, tensor<10x256x256xbf16>
  }
  func.func private @dynamic_index_in_dim(%arg0: tensor<10x256x256xbf16>, %arg1: tensor<i32>) -> tensor<256x256xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 256, 256] : (tensor<10x256x256xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x256x256xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x256x256xbf16>) -> tensor<256x256xbf16> loc("squeeze")
    return %1 : tensor<256x256xbf16>
  }
  func.func private @closed_call(%arg0: tensor<256x256xbf16>, %arg1: tensor<256x256xbf16>) -> (tensor<256x256xbf16>, tensor<256x256xbf16>) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("dot_general")
    return %0, %arg0 : tensor<256x256xbf16>, tensor<256x256xbf16>
  } loc("closed_call")
  func.func private @dynamic_update_index_in_dim(%arg0: tensor<10x256x256xbf16>, %arg1: tensor<256x256xbf16>, %arg2: tensor<i32>) -> tensor<10x256x256xbf16> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2] : (tensor<256x256xbf16>) -> tensor<1x256x256xbf16> loc("broadcast_in_dim")
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0 : (tensor<10x256x256xbf16>, tensor<1x256x256xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<10x256x256xbf16> loc("dynamic_update_slice")
    return %1 : tensor<10x256x256xbf16>
  }
  func.func private @closed_call_0(%arg0: tensor<256x256xbf16>, %arg1: tensor<256x256xbf16>, %arg2: tensor<256x256xbf16>) -> (tensor<256x256xbf16>, tensor<256x256xbf16>) {
    %0 = stablehlo.dot_general %arg0, %arg2, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("dot_general")
    %1 = stablehlo.transpose %0, dims = [1, 0] : (tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("transpose")
    %2 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("dot_general")
    return %2, %1 : tensor<256x256xbf16>, tensor<256x256xbf16>
  } loc("closed_call")
}
