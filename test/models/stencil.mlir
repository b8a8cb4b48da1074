module @jit_heat attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<512x512x512xf32> {tf.aliasing_output = 0 : i32} loc("field"), %arg1: tensor<f32> loc("rate")) -> (tensor<512x512x512xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<0> : tensor<i32> loc("scan")
    %0:3 = stablehlo.while(%iterArg = %arg1, %iterArg_0 = %c, %iterArg_1 = %arg0) : tensor<f32>, tensor<i32>, tensor<512x512x512xf32>
    cond {
      %c_2 = stablehlo.constant dense<100> : tensor<i32> loc("while")
      %1 = stablehlo.compare LT, %iterArg_0, %c_2, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("while/cond/lt")
      stablehlo.return %1 : tensor<i1> loc("while")
    } do {
      %1 = func.call @closed_call(%iterArg, %iterArg_1) : (tensor<f32>, tensor<512x512x512xf32>) -> tensor<512x512x512xf32> loc("while/body/closed_call")
      %c_2 = stablehlo.constant dense<1> : tensor<i32> loc("while")
      %2 = stablehlo.add %iterArg_0, %c_2 : tensor<i32> loc("while/body/add")
      stablehlo.return %iterArg, %2, %1 : tensor<f32>, tensor<i32>, tensor<512x512x512xf32> loc("while")
    } loc("while")
    return %0#2 : tensor<512x512x512xf32>
  }
  func.func private @closed_call(%arg0: tensor<f32>, %arg1: tensor<512x512x512xf32>) -> tensor<512x512x512xf32> {
    %0 = stablehlo.slice %arg1 [1:511, 1:511, 1:511] : (tensor<512x512x512xf32>) -> tensor<510x510x510xf32> loc("slice")
    %1 = stablehlo.slice %arg1 [0:510, 1:511, 1:511] : (tensor<512x512x512xf32>) -> tensor<510x510x510xf32> loc("slice")
    %2 = stablehlo.slice %arg1 [2:512, 1:511, 1:511] : (tensor<512x512x512xf32>) -> tensor<510x510x510xf32> loc("slice")
    %3 = stablehlo.add %1, %2 : tensor<510x510x510xf32> loc("add")
    %4 = stablehlo.slice %arg1 [1:511, 0:510, 1:511] : (tensor<512x512x512xf32>) -> tensor<510x510x510xf32> loc("slice")
    %5 = stablehlo.add %3, %4 : tensor<510x510x510xf32> loc("add")
    %6 = stablehlo.slice %arg1 [1:511, 2:512, 1:511] : (tensor<512x512x512xf32>) -> tensor<510x510x510xf32> loc("slice")
    %7 = stablehlo.add %5, %6 : tensor<510x510x510xf32> loc("add")
    %8 = stablehlo.slice %arg1 [1:511, 1:511, 0:510] : (tensor<512x512x512xf32>) -> tensor<510x510x510xf32> loc("slice")
    %9 = stablehlo.add %7, %8 : tensor<510x510x510xf32> loc("add")
    %10 = stablehlo.slice %arg1 [1:511, 1:511, 2:512] : (tensor<512x512x512xf32>) -> tensor<510x510x510xf32> loc("slice")
    %11 = stablehlo.add %9, %10 : tensor<510x510x510xf32> loc("add")
    %cst = stablehlo.constant dense<6.000000e+00> : tensor<f32>
    %12 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<510x510x510xf32> loc("mul")
    %13 = stablehlo.multiply %12, %0 : tensor<510x510x510xf32> loc("mul")
    %14 = stablehlo.subtract %11, %13 : tensor<510x510x510xf32> loc("sub")
    %15 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<f32>) -> tensor<510x510x510xf32> loc("mul")
    %16 = stablehlo.multiply %15, %14 : tensor<510x510x510xf32> loc("mul")
    %17 = stablehlo.add %0, %16 : tensor<510x510x510xf32> loc("add")
    %c = stablehlo.constant dense<1> : tensor<i32>
    %18 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<1xi32> loc("broadcast_in_dim")
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %19 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<1xi32> loc("broadcast_in_dim")
    %c_1 = stablehlo.constant dense<1> : tensor<i32>
    %20 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i32>) -> tensor<1xi32> loc("broadcast_in_dim")
    %21 = stablehlo.concatenate %18, %19, %20, dim = 0 : (tensor<1xi32>, tensor<1xi32>, tensor<1xi32>) -> tensor<3xi32> loc("concatenate")
    %22 = "stablehlo.scatter"(%arg1, %21, %17) <{indices_are_sorted = true, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [0, 1, 2], scatter_dims_to_operand_dims = [0, 1, 2]>, unique_indices = true}> ({
    ^bb0(%arg2: tensor<f32> loc("scatter:"), %arg3: tensor<f32> loc("scatter:")):
      stablehlo.return %arg3 : tensor<f32> loc("scatter")
    }) : (tensor<512x512x512xf32>, tensor<3xi32>, tensor<510x510x510xf32>) -> tensor<512x512x512xf32> loc("scatter")
    return %22 : tensor<512x512x512xf32>
  } loc("closed_call")
}
