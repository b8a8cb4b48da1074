module @jit_ragged_dot_masked attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xbf16> loc("x"), %arg1: tensor<4x1024x256xbf16> loc("w"), %arg2: tensor<4xi32> loc("sizes")) -> (tensor<64x256xbf16> {jax.result_info = "result"}) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [1, 2] : (tensor<64x1024xbf16>) -> tensor<4x64x1024xbf16> loc("broadcast_in_dim")
    %1 = stablehlo.iota dim = 1 : tensor<4x64x1024xi32> loc("iota")
    %2 = call @cumsum(%arg2) : (tensor<4xi32>) -> tensor<4xi32>
    %c = stablehlo.constant dense<0> : tensor<i32> loc("ragged_dot_general")
    %3 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<4xi32> loc("broadcast_in_dim")
    %4 = stablehlo.slice %3 [0:1] : (tensor<4xi32>) -> tensor<1xi32> loc("slice")
    %5 = stablehlo.slice %2 [0:3] : (tensor<4xi32>) -> tensor<3xi32> loc("slice")
    %6 = stablehlo.concatenate %4, %5, dim = 0 : (tensor<1xi32>, tensor<3xi32>) -> tensor<4xi32> loc("concatenate")
    %7 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<4xi32>) -> tensor<4x64x1024xi32> loc("broadcast_in_dim")
    %8 = stablehlo.broadcast_in_dim %6, dims = [0] : (tensor<4xi32>) -> tensor<4x64x1024xi32> loc("broadcast_in_dim")
    %9 = stablehlo.compare LE, %8, %1, SIGNED : (tensor<4x64x1024xi32>, tensor<4x64x1024xi32>) -> tensor<4x64x1024xi1> loc("le")
    %10 = stablehlo.compare LT, %1, %7, SIGNED : (tensor<4x64x1024xi32>, tensor<4x64x1024xi32>) -> tensor<4x64x1024xi1> loc("lt")
    %11 = stablehlo.and %9, %10 : tensor<4x64x1024xi1> loc("and")
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<bf16> loc("ragged_dot_general")
    %12 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<bf16>) -> tensor<4x64x1024xbf16> loc("broadcast_in_dim")
    %13 = stablehlo.select %11, %0, %12 : tensor<4x64x1024xi1>, tensor<4x64x1024xbf16> loc("select_n")
    %14 = stablehlo.dot_general %13, %arg1, contracting_dims = [2, 0] x [1, 0], precision = [DEFAULT, DEFAULT] : (tensor<4x64x1024xbf16>, tensor<4x1024x256xbf16>) -> tensor<64x256xbf16> loc("dot_general")
    return %14 : tensor<64x256xbf16>
  }
  func.func private @cumsum(%arg0: tensor<4xi32> loc("ragged_dot_masked")) -> tensor<4xi32> {
    %c = stablehlo.constant dense<0> : tensor<i32> loc("reduce_window_sum")
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<i32> loc("reduce_window_sum")
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{base_dilations = array<i64: 1>, padding = dense<[[3, 0]]> : tensor<1x2xi64>, window_dilations = array<i64: 1>, window_dimensions = array<i64: 4>, window_strides = array<i64: 1>}> ({
    ^bb0(%arg1: tensor<i32> loc("reduce_window_sum:"), %arg2: tensor<i32> loc("reduce_window_sum:")):
      %2 = stablehlo.add %arg1, %arg2 : tensor<i32> loc("reduce_window_sum")
      stablehlo.return %2 : tensor<i32> loc("reduce_window_sum")
    }) : (tensor<4xi32>, tensor<i32>) -> tensor<4xi32> loc("reduce_window_sum")
    return %1 : tensor<4xi32> loc("ragged_dot_masked")
  } loc("ragged_dot_masked")
}
