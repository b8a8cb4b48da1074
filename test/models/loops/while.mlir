module @jit_run attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<256x256xbf16> loc("x"), %arg1: tensor<256x256xbf16> loc("w")) -> (tensor<256x256xbf16> {jax.result_info = "result[0]"}, tensor<f32> {jax.result_info = "result[1]"}) {
    %cst = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %0:3 = stablehlo.while(%iterArg = %arg1, %iterArg_0 = %arg0, %iterArg_1 = %cst) : tensor<256x256xbf16>, tensor<256x256xbf16>, tensor<f32>
    cond {
      %cst_2 = stablehlo.constant dense<1.000000e-03> : tensor<f32> loc("while")
      %1 = stablehlo.compare GT, %iterArg_1, %cst_2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc("while/cond/gt")
      stablehlo.return %1 : tensor<i1> loc("while")
    } do {
      %1 = stablehlo.dot_general %iterArg_0, %iterArg, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x256xbf16>, tensor<256x256xbf16>) -> tensor<256x256xbf16> loc("while/body/dot_general")
      %2 = stablehlo.tanh %1 : tensor<256x256xbf16> loc("while/body/tanh")
      %3 = stablehlo.subtract %2, %iterArg_0 : tensor<256x256xbf16> loc("while/body/sub")
      %4 = stablehlo.convert %3 : (tensor<256x256xbf16>) -> tensor<256x256xf32> loc("while/body/convert_element_type")
      %5 = stablehlo.abs %4 : tensor<256x256xf32> loc("while/body/abs")
      %cst_2 = stablehlo.constant dense<0xFF800000> : tensor<f32> loc("while/body/reduce_max")
      %6 = stablehlo.reduce(%5 init: %cst_2) applies stablehlo.maximum across dimensions = [0, 1] : (tensor<256x256xf32>, tensor<f32>) -> tensor<f32> loc("while/body/reduce_max")
      stablehlo.return %iterArg, %2, %6 : tensor<256x256xbf16>, tensor<256x256xbf16>, tensor<f32> loc("while")
    } loc("while")
    return %0#1, %0#2 : tensor<256x256xbf16>, tensor<f32>
  }
}
