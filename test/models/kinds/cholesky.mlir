module @jit_cholesky attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<256x256xf32> loc("x")) -> (tensor<256x256xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.cholesky %arg0, lower = true : tensor<256x256xf32> loc("cholesky")
    %1 = stablehlo.iota dim = 0 : tensor<256x256xi32> loc("iota")
    %c = stablehlo.constant dense<0> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<256x256xi32> loc("add")
    %3 = stablehlo.add %1, %2 : tensor<256x256xi32> loc("add")
    %4 = stablehlo.iota dim = 1 : tensor<256x256xi32> loc("iota")
    %5 = stablehlo.compare GE, %3, %4, SIGNED : (tensor<256x256xi32>, tensor<256x256xi32>) -> tensor<256x256xi1> loc("ge")
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<256x256xf32> loc("broadcast_in_dim")
    %7 = stablehlo.select %5, %0, %6 : tensor<256x256xi1>, tensor<256x256xf32> loc("select_n")
    return %7 : tensor<256x256xf32>
  }
}
