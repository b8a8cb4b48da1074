module @jit_argmax attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x")) -> (tensor<64xi32> {jax.result_info = "result"}) {
    %0 = call @argmax(%arg0) : (tensor<64x1024xf32>) -> tensor<64xi32>
    return %0 : tensor<64xi32>
  }
  func.func private @argmax(%arg0: tensor<64x1024xf32> loc("jit(argmax)")) -> tensor<64xi32> {
    %0 = stablehlo.iota dim = 1 : tensor<64x1024xi32> loc("iota")
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32> loc("argmax")
    %c = stablehlo.constant dense<0> : tensor<i32> loc("argmax")
    %1:2 = stablehlo.reduce(%arg0 init: %cst), (%0 init: %c) across dimensions = [1] : (tensor<64x1024xf32>, tensor<64x1024xi32>, tensor<f32>, tensor<i32>) -> (tensor<64xf32>, tensor<64xi32>)
     reducer(%arg1: tensor<f32> loc("reduce:"), %arg3: tensor<f32> loc("reduce:")) (%arg2: tensor<i32> loc("reduce:"), %arg4: tensor<i32> loc("reduce:"))  {
      %2 = stablehlo.compare GT, %arg1, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc("gt")
      %3 = stablehlo.compare NE, %arg1, %arg1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc("ne")
      %4 = stablehlo.or %2, %3 : tensor<i1> loc("or")
      %5 = stablehlo.compare EQ, %arg1, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc("eq")
      %6 = stablehlo.compare LT, %arg2, %arg4, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("lt")
      %7 = stablehlo.and %5, %6 : tensor<i1> loc("and")
      %8 = stablehlo.or %4, %7 : tensor<i1> loc("or")
      %9 = stablehlo.select %4, %arg1, %arg3 : tensor<i1>, tensor<f32> loc("select_n")
      %10 = stablehlo.select %8, %arg2, %arg4 : tensor<i1>, tensor<i32> loc("select_n")
      stablehlo.return %9, %10 : tensor<f32>, tensor<i32> loc("reduce")
    } loc("reduce")
    return %1#1 : tensor<64xi32>
  }
}
