module @jit_llama3_8b_decode_scan attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<128256x4096xbf16> loc("params['embedding']"), %arg1: tensor<4096x128256xbf16> loc("params['head']"), %arg2: tensor<32x4096xbf16> loc("params['layers']['attention_norm']"), %arg3: tensor<32x4096xbf16> loc("params['layers']['ffn_norm']"), %arg4: tensor<32x14336x4096xbf16> loc("params['layers']['w_down']"), %arg5: tensor<32x4096x14336xbf16> loc("params['layers']['w_gate']"), %arg6: tensor<32x4096x14336xbf16> loc("params['layers']['w_up']"), %arg7: tensor<32x4096x1024xbf16> loc("params['layers']['wk']"), %arg8: tensor<32x4096x4096xbf16> loc("params['layers']['wo']"), %arg9: tensor<32x4096x4096xbf16> loc("params['layers']['wq']"), %arg10: tensor<32x4096x1024xbf16> loc("params['layers']['wv']"), %arg11: tensor<4096xbf16> loc("params['norm']"), %arg12: tensor<32x32x8x4096x128xbf16> {tf.aliasing_output = 1 : i32} loc("cache['keys']"), %arg13: tensor<32x32x8x4096x128xbf16> {tf.aliasing_output = 2 : i32} loc("cache['values']"), %arg14: tensor<32xi32> loc("tokens"), %arg15: tensor<i32> loc("position")) -> (tensor<32x128256xbf16> {jax.result_info = "result[0]"}, tensor<32x32x8x4096x128xbf16> {jax.result_info = "result[1]['keys']"}, tensor<32x32x8x4096x128xbf16> {jax.result_info = "result[1]['values']"}) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<32xi32> loc("embed/lt")
    %1 = stablehlo.compare LT, %arg14, %0, SIGNED : (tensor<32xi32>, tensor<32xi32>) -> tensor<32xi1> loc("embed/lt")
    %c_0 = stablehlo.constant dense<128256> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<32xi32> loc("embed/add")
    %3 = stablehlo.add %arg14, %2 : tensor<32xi32> loc("embed/add")
    %4 = stablehlo.select %1, %3, %arg14 : tensor<32xi1>, tensor<32xi32> loc("embed/select_n")
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<32xi32>) -> tensor<32x1xi32> loc("embed/broadcast_in_dim")
    %6 = "stablehlo.gather"(%arg0, %5) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 4096>}> : (tensor<128256x4096xbf16>, tensor<32x1xi32>) -> tensor<32x4096xbf16> loc("embed/gather")
    %7 = stablehlo.iota dim = 0 : tensor<64xf32> loc("rope/iota")
    %cst = stablehlo.constant dense<6.400000e+01> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<64xf32> loc("rope/div")
    %9 = stablehlo.divide %7, %8 : tensor<64xf32> loc("rope/div")
    %10 = stablehlo.broadcast_in_dim %arg15, dims = [] : (tensor<i32>) -> tensor<1xi32> loc("rope/broadcast_in_dim")
    %11 = stablehlo.convert %10 : (tensor<1xi32>) -> tensor<1xf32> loc("rope/convert_element_type")
    %12 = stablehlo.negate %9 : tensor<64xf32> loc("rope/neg")
    %cst_1 = stablehlo.constant dense<5.000000e+05> : tensor<f32>
    %13 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<64xf32> loc("rope/pow")
    %14 = stablehlo.power %13, %12 : tensor<64xf32> loc("rope/pow")
    %15 = stablehlo.broadcast_in_dim %11, dims = [0] : (tensor<1xf32>) -> tensor<64xf32> loc("rope/mul")
    %16 = stablehlo.multiply %15, %14 : tensor<64xf32> loc("rope/mul")
    %17 = stablehlo.cosine %16 : tensor<64xf32> loc("rope/cos")
    %18 = stablehlo.sine %16 : tensor<64xf32> loc("rope/sin")
    %19 = stablehlo.iota dim = 0 : tensor<4096xi32> loc("mask/iota")
    %20 = stablehlo.broadcast_in_dim %arg15, dims = [] : (tensor<i32>) -> tensor<4096xi32> loc("mask/le")
    %21 = stablehlo.compare LE, %19, %20, SIGNED : (tensor<4096xi32>, tensor<4096xi32>) -> tensor<4096xi1> loc("mask/le")
    %22 = stablehlo.iota dim = 0 : tensor<32xi32> loc("layers/iota")
    %c_2 = stablehlo.constant dense<0> : tensor<i32> loc("layers/scan")
    %23:18 = stablehlo.while(%iterArg = %22, %iterArg_6 = %arg2, %iterArg_7 = %arg3, %iterArg_8 = %arg4, %iterArg_9 = %arg5, %iterArg_10 = %arg6, %iterArg_11 = %arg7, %iterArg_12 = %arg8, %iterArg_13 = %arg9, %iterArg_14 = %arg10, %iterArg_15 = %17, %iterArg_16 = %18, %iterArg_17 = %arg15, %iterArg_18 = %21, %iterArg_19 = %c_2, %iterArg_20 = %6, %iterArg_21 = %arg12, %iterArg_22 = %arg13) : tensor<32xi32>, tensor<32x4096xbf16>, tensor<32x4096xbf16>, tensor<32x14336x4096xbf16>, tensor<32x4096x14336xbf16>, tensor<32x4096x14336xbf16>, tensor<32x4096x1024xbf16>, tensor<32x4096x4096xbf16>, tensor<32x4096x4096xbf16>, tensor<32x4096x1024xbf16>, tensor<64xf32>, tensor<64xf32>, tensor<i32>, tensor<4096xi1>, tensor<i32>, tensor<32x4096xbf16>, tensor<32x32x8x4096x128xbf16>, tensor<32x32x8x4096x128xbf16>
    cond {
      %c_23 = stablehlo.constant dense<32> : tensor<i32> loc("layers/while")
      %40 = stablehlo.compare LT, %iterArg_19, %c_23, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("layers/while/cond/lt")
      stablehlo.return %40 : tensor<i1> loc("layers/while")
    } do {
      %40 = func.call @dynamic_index_in_dim(%iterArg, %iterArg_19) : (tensor<32xi32>, tensor<i32>) -> tensor<i32> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %41 = func.call @dynamic_index_in_dim_0(%iterArg_6, %iterArg_19) : (tensor<32x4096xbf16>, tensor<i32>) -> tensor<4096xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %42 = func.call @dynamic_index_in_dim_0(%iterArg_7, %iterArg_19) : (tensor<32x4096xbf16>, tensor<i32>) -> tensor<4096xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %43 = func.call @dynamic_index_in_dim_1(%iterArg_8, %iterArg_19) : (tensor<32x14336x4096xbf16>, tensor<i32>) -> tensor<14336x4096xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %44 = func.call @dynamic_index_in_dim_2(%iterArg_9, %iterArg_19) : (tensor<32x4096x14336xbf16>, tensor<i32>) -> tensor<4096x14336xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %45 = func.call @dynamic_index_in_dim_2(%iterArg_10, %iterArg_19) : (tensor<32x4096x14336xbf16>, tensor<i32>) -> tensor<4096x14336xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %46 = func.call @dynamic_index_in_dim_3(%iterArg_11, %iterArg_19) : (tensor<32x4096x1024xbf16>, tensor<i32>) -> tensor<4096x1024xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %47 = func.call @dynamic_index_in_dim_4(%iterArg_12, %iterArg_19) : (tensor<32x4096x4096xbf16>, tensor<i32>) -> tensor<4096x4096xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %48 = func.call @dynamic_index_in_dim_4(%iterArg_13, %iterArg_19) : (tensor<32x4096x4096xbf16>, tensor<i32>) -> tensor<4096x4096xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %49 = func.call @dynamic_index_in_dim_3(%iterArg_14, %iterArg_19) : (tensor<32x4096x1024xbf16>, tensor<i32>) -> tensor<4096x1024xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %50:3 = func.call @closed_call(%iterArg_15, %iterArg_16, %iterArg_17, %iterArg_18, %iterArg_20, %iterArg_21, %iterArg_22, %40, %41, %42, %43, %44, %45, %46, %47, %48, %49) : (tensor<64xf32>, tensor<64xf32>, tensor<i32>, tensor<4096xi1>, tensor<32x4096xbf16>, tensor<32x32x8x4096x128xbf16>, tensor<32x32x8x4096x128xbf16>, tensor<i32>, tensor<4096xbf16>, tensor<4096xbf16>, tensor<14336x4096xbf16>, tensor<4096x14336xbf16>, tensor<4096x14336xbf16>, tensor<4096x1024xbf16>, tensor<4096x4096xbf16>, tensor<4096x4096xbf16>, tensor<4096x1024xbf16>) -> (tensor<32x4096xbf16>, tensor<32x32x8x4096x128xbf16>, tensor<32x32x8x4096x128xbf16>) loc("layers/while/body/closed_call")
      %c_23 = stablehlo.constant dense<1> : tensor<i32> loc("layers/while")
      %51 = stablehlo.add %iterArg_19, %c_23 : tensor<i32> loc("layers/while/body/add")
      stablehlo.return %iterArg, %iterArg_6, %iterArg_7, %iterArg_8, %iterArg_9, %iterArg_10, %iterArg_11, %iterArg_12, %iterArg_13, %iterArg_14, %iterArg_15, %iterArg_16, %iterArg_17, %iterArg_18, %51, %50#0, %50#1, %50#2 : tensor<32xi32>, tensor<32x4096xbf16>, tensor<32x4096xbf16>, tensor<32x14336x4096xbf16>, tensor<32x4096x14336xbf16>, tensor<32x4096x14336xbf16>, tensor<32x4096x1024xbf16>, tensor<32x4096x4096xbf16>, tensor<32x4096x4096xbf16>, tensor<32x4096x1024xbf16>, tensor<64xf32>, tensor<64xf32>, tensor<i32>, tensor<4096xi1>, tensor<i32>, tensor<32x4096xbf16>, tensor<32x32x8x4096x128xbf16>, tensor<32x32x8x4096x128xbf16> loc("layers/while")
    } loc("layers/while")
    %24 = stablehlo.convert %23#15 : (tensor<32x4096xbf16>) -> tensor<32x4096xf32> loc("head/convert_element_type")
    %25 = stablehlo.multiply %24, %24 : tensor<32x4096xf32> loc("head/mul")
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("head/reduce_sum")
    %26 = stablehlo.reduce(%25 init: %cst_3) applies stablehlo.add across dimensions = [1] : (tensor<32x4096xf32>, tensor<f32>) -> tensor<32xf32> loc("head/reduce_sum")
    %27 = stablehlo.broadcast_in_dim %26, dims = [0] : (tensor<32xf32>) -> tensor<32x1xf32> loc("head/broadcast_in_dim")
    %cst_4 = stablehlo.constant dense<4.096000e+03> : tensor<f32>
    %28 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<32x1xf32> loc("head/div")
    %29 = stablehlo.divide %27, %28 : tensor<32x1xf32> loc("head/div")
    %cst_5 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %30 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<32x1xf32> loc("head/add")
    %31 = stablehlo.add %29, %30 : tensor<32x1xf32> loc("head/add")
    %32 = stablehlo.rsqrt %31 : tensor<32x1xf32> loc("head/rsqrt")
    %33 = stablehlo.broadcast_in_dim %32, dims = [0, 1] : (tensor<32x1xf32>) -> tensor<32x4096xf32> loc("head/mul")
    %34 = stablehlo.multiply %24, %33 : tensor<32x4096xf32> loc("head/mul")
    %35 = stablehlo.convert %34 : (tensor<32x4096xf32>) -> tensor<32x4096xbf16> loc("head/convert_element_type")
    %36 = stablehlo.broadcast_in_dim %arg11, dims = [1] : (tensor<4096xbf16>) -> tensor<1x4096xbf16> loc("head/broadcast_in_dim")
    %37 = stablehlo.broadcast_in_dim %36, dims = [0, 1] : (tensor<1x4096xbf16>) -> tensor<32x4096xbf16> loc("head/mul")
    %38 = stablehlo.multiply %35, %37 : tensor<32x4096xbf16> loc("head/mul")
    %39 = stablehlo.dot_general %38, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<32x4096xbf16>, tensor<4096x128256xbf16>) -> tensor<32x128256xbf16> loc("head/dot_general")
    return %39, %23#16, %23#17 : tensor<32x128256xbf16>, tensor<32x32x8x4096x128xbf16>, tensor<32x32x8x4096x128xbf16>
  }
  func.func private @dynamic_index_in_dim(%arg0: tensor<32xi32>, %arg1: tensor<i32>) -> tensor<i32> {
    %0 = stablehlo.dynamic_slice %arg0, %arg1, sizes = [1] : (tensor<32xi32>, tensor<i32>) -> tensor<1xi32> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1xi32>) -> tensor<i32> loc("squeeze")
    return %1 : tensor<i32>
  }
  func.func private @dynamic_index_in_dim_0(%arg0: tensor<32x4096xbf16>, %arg1: tensor<i32>) -> tensor<4096xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, sizes = [1, 4096] : (tensor<32x4096xbf16>, tensor<i32>, tensor<i32>) -> tensor<1x4096xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x4096xbf16>) -> tensor<4096xbf16> loc("squeeze")
    return %1 : tensor<4096xbf16>
  }
  func.func private @dynamic_index_in_dim_1(%arg0: tensor<32x14336x4096xbf16>, %arg1: tensor<i32>) -> tensor<14336x4096xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 14336, 4096] : (tensor<32x14336x4096xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x14336x4096xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x14336x4096xbf16>) -> tensor<14336x4096xbf16> loc("squeeze")
    return %1 : tensor<14336x4096xbf16>
  }
  func.func private @dynamic_index_in_dim_2(%arg0: tensor<32x4096x14336xbf16>, %arg1: tensor<i32>) -> tensor<4096x14336xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 4096, 14336] : (tensor<32x4096x14336xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x4096x14336xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x4096x14336xbf16>) -> tensor<4096x14336xbf16> loc("squeeze")
    return %1 : tensor<4096x14336xbf16>
  }
  func.func private @dynamic_index_in_dim_3(%arg0: tensor<32x4096x1024xbf16>, %arg1: tensor<i32>) -> tensor<4096x1024xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 4096, 1024] : (tensor<32x4096x1024xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x4096x1024xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x4096x1024xbf16>) -> tensor<4096x1024xbf16> loc("squeeze")
    return %1 : tensor<4096x1024xbf16>
  }
  func.func private @dynamic_index_in_dim_4(%arg0: tensor<32x4096x4096xbf16>, %arg1: tensor<i32>) -> tensor<4096x4096xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 4096, 4096] : (tensor<32x4096x4096xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x4096x4096xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x4096x4096xbf16>) -> tensor<4096x4096xbf16> loc("squeeze")
    return %1 : tensor<4096x4096xbf16>
  }
  func.func private @closed_call(%arg0: tensor<64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<i32>, %arg3: tensor<4096xi1>, %arg4: tensor<32x4096xbf16>, %arg5: tensor<32x32x8x4096x128xbf16>, %arg6: tensor<32x32x8x4096x128xbf16>, %arg7: tensor<i32>, %arg8: tensor<4096xbf16>, %arg9: tensor<4096xbf16>, %arg10: tensor<14336x4096xbf16>, %arg11: tensor<4096x14336xbf16>, %arg12: tensor<4096x14336xbf16>, %arg13: tensor<4096x1024xbf16>, %arg14: tensor<4096x4096xbf16>, %arg15: tensor<4096x4096xbf16>, %arg16: tensor<4096x1024xbf16>) -> (tensor<32x4096xbf16>, tensor<32x32x8x4096x128xbf16>, tensor<32x32x8x4096x128xbf16>) {
    %0 = stablehlo.convert %arg4 : (tensor<32x4096xbf16>) -> tensor<32x4096xf32> loc("attention/convert_element_type")
    %1 = stablehlo.multiply %0, %0 : tensor<32x4096xf32> loc("attention/mul")
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("attention/reduce_sum")
    %2 = stablehlo.reduce(%1 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<32x4096xf32>, tensor<f32>) -> tensor<32xf32> loc("attention/reduce_sum")
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<32xf32>) -> tensor<32x1xf32> loc("attention/broadcast_in_dim")
    %cst_0 = stablehlo.constant dense<4.096000e+03> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<32x1xf32> loc("attention/div")
    %5 = stablehlo.divide %3, %4 : tensor<32x1xf32> loc("attention/div")
    %cst_1 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<32x1xf32> loc("attention/add")
    %7 = stablehlo.add %5, %6 : tensor<32x1xf32> loc("attention/add")
    %8 = stablehlo.rsqrt %7 : tensor<32x1xf32> loc("attention/rsqrt")
    %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1] : (tensor<32x1xf32>) -> tensor<32x4096xf32> loc("attention/mul")
    %10 = stablehlo.multiply %0, %9 : tensor<32x4096xf32> loc("attention/mul")
    %11 = stablehlo.convert %10 : (tensor<32x4096xf32>) -> tensor<32x4096xbf16> loc("attention/convert_element_type")
    %12 = stablehlo.broadcast_in_dim %arg8, dims = [1] : (tensor<4096xbf16>) -> tensor<1x4096xbf16> loc("attention/broadcast_in_dim")
    %13 = stablehlo.broadcast_in_dim %12, dims = [0, 1] : (tensor<1x4096xbf16>) -> tensor<32x4096xbf16> loc("attention/mul")
    %14 = stablehlo.multiply %11, %13 : tensor<32x4096xbf16> loc("attention/mul")
    %15 = stablehlo.dot_general %14, %arg15, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<32x4096xbf16>, tensor<4096x4096xbf16>) -> tensor<32x4096xbf16> loc("attention/q/dot_general")
    %16 = stablehlo.reshape %15 : (tensor<32x4096xbf16>) -> tensor<32x32x128xbf16> loc("attention/q/reshape")
    %17 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<64xf32>) -> tensor<1x64xf32> loc("attention/q/broadcast_in_dim")
    %18 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<64xf32>) -> tensor<1x64xf32> loc("attention/q/broadcast_in_dim")
    %19 = stablehlo.convert %16 : (tensor<32x32x128xbf16>) -> tensor<32x32x128xf32> loc("attention/q/convert_element_type")
    %20 = stablehlo.slice %19 [0:32, 0:32, 0:64] : (tensor<32x32x128xf32>) -> tensor<32x32x64xf32> loc("attention/q/split")
    %21 = stablehlo.slice %19 [0:32, 0:32, 64:128] : (tensor<32x32x128xf32>) -> tensor<32x32x64xf32> loc("attention/q/split")
    %22 = stablehlo.broadcast_in_dim %17, dims = [1, 2] : (tensor<1x64xf32>) -> tensor<1x1x64xf32> loc("attention/q/broadcast_in_dim")
    %23 = stablehlo.broadcast_in_dim %22, dims = [0, 1, 2] : (tensor<1x1x64xf32>) -> tensor<32x32x64xf32> loc("attention/q/mul")
    %24 = stablehlo.multiply %20, %23 : tensor<32x32x64xf32> loc("attention/q/mul")
    %25 = stablehlo.broadcast_in_dim %18, dims = [1, 2] : (tensor<1x64xf32>) -> tensor<1x1x64xf32> loc("attention/q/broadcast_in_dim")
    %26 = stablehlo.broadcast_in_dim %25, dims = [0, 1, 2] : (tensor<1x1x64xf32>) -> tensor<32x32x64xf32> loc("attention/q/mul")
    %27 = stablehlo.multiply %21, %26 : tensor<32x32x64xf32> loc("attention/q/mul")
    %28 = stablehlo.subtract %24, %27 : tensor<32x32x64xf32> loc("attention/q/sub")
    %29 = stablehlo.broadcast_in_dim %17, dims = [1, 2] : (tensor<1x64xf32>) -> tensor<1x1x64xf32> loc("attention/q/broadcast_in_dim")
    %30 = stablehlo.broadcast_in_dim %29, dims = [0, 1, 2] : (tensor<1x1x64xf32>) -> tensor<32x32x64xf32> loc("attention/q/mul")
    %31 = stablehlo.multiply %21, %30 : tensor<32x32x64xf32> loc("attention/q/mul")
    %32 = stablehlo.broadcast_in_dim %18, dims = [1, 2] : (tensor<1x64xf32>) -> tensor<1x1x64xf32> loc("attention/q/broadcast_in_dim")
    %33 = stablehlo.broadcast_in_dim %32, dims = [0, 1, 2] : (tensor<1x1x64xf32>) -> tensor<32x32x64xf32> loc("attention/q/mul")
    %34 = stablehlo.multiply %20, %33 : tensor<32x32x64xf32> loc("attention/q/mul")
    %35 = stablehlo.add %31, %34 : tensor<32x32x64xf32> loc("attention/q/add")
    %36 = stablehlo.concatenate %28, %35, dim = 2 : (tensor<32x32x64xf32>, tensor<32x32x64xf32>) -> tensor<32x32x128xf32> loc("attention/q/concatenate")
    %37 = stablehlo.convert %36 : (tensor<32x32x128xf32>) -> tensor<32x32x128xbf16> loc("attention/q/convert_element_type")
    %38 = stablehlo.dot_general %14, %arg13, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<32x4096xbf16>, tensor<4096x1024xbf16>) -> tensor<32x1024xbf16> loc("attention/k/dot_general")
    %39 = stablehlo.reshape %38 : (tensor<32x1024xbf16>) -> tensor<32x8x128xbf16> loc("attention/k/reshape")
    %40 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<64xf32>) -> tensor<1x64xf32> loc("attention/k/broadcast_in_dim")
    %41 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<64xf32>) -> tensor<1x64xf32> loc("attention/k/broadcast_in_dim")
    %42 = stablehlo.convert %39 : (tensor<32x8x128xbf16>) -> tensor<32x8x128xf32> loc("attention/k/convert_element_type")
    %43 = stablehlo.slice %42 [0:32, 0:8, 0:64] : (tensor<32x8x128xf32>) -> tensor<32x8x64xf32> loc("attention/k/split")
    %44 = stablehlo.slice %42 [0:32, 0:8, 64:128] : (tensor<32x8x128xf32>) -> tensor<32x8x64xf32> loc("attention/k/split")
    %45 = stablehlo.broadcast_in_dim %40, dims = [1, 2] : (tensor<1x64xf32>) -> tensor<1x1x64xf32> loc("attention/k/broadcast_in_dim")
    %46 = stablehlo.broadcast_in_dim %45, dims = [0, 1, 2] : (tensor<1x1x64xf32>) -> tensor<32x8x64xf32> loc("attention/k/mul")
    %47 = stablehlo.multiply %43, %46 : tensor<32x8x64xf32> loc("attention/k/mul")
    %48 = stablehlo.broadcast_in_dim %41, dims = [1, 2] : (tensor<1x64xf32>) -> tensor<1x1x64xf32> loc("attention/k/broadcast_in_dim")
    %49 = stablehlo.broadcast_in_dim %48, dims = [0, 1, 2] : (tensor<1x1x64xf32>) -> tensor<32x8x64xf32> loc("attention/k/mul")
    %50 = stablehlo.multiply %44, %49 : tensor<32x8x64xf32> loc("attention/k/mul")
    %51 = stablehlo.subtract %47, %50 : tensor<32x8x64xf32> loc("attention/k/sub")
    %52 = stablehlo.broadcast_in_dim %40, dims = [1, 2] : (tensor<1x64xf32>) -> tensor<1x1x64xf32> loc("attention/k/broadcast_in_dim")
    %53 = stablehlo.broadcast_in_dim %52, dims = [0, 1, 2] : (tensor<1x1x64xf32>) -> tensor<32x8x64xf32> loc("attention/k/mul")
    %54 = stablehlo.multiply %44, %53 : tensor<32x8x64xf32> loc("attention/k/mul")
    %55 = stablehlo.broadcast_in_dim %41, dims = [1, 2] : (tensor<1x64xf32>) -> tensor<1x1x64xf32> loc("attention/k/broadcast_in_dim")
    %56 = stablehlo.broadcast_in_dim %55, dims = [0, 1, 2] : (tensor<1x1x64xf32>) -> tensor<32x8x64xf32> loc("attention/k/mul")
    %57 = stablehlo.multiply %43, %56 : tensor<32x8x64xf32> loc("attention/k/mul")
    %58 = stablehlo.add %54, %57 : tensor<32x8x64xf32> loc("attention/k/add")
    %59 = stablehlo.concatenate %51, %58, dim = 2 : (tensor<32x8x64xf32>, tensor<32x8x64xf32>) -> tensor<32x8x128xf32> loc("attention/k/concatenate")
    %60 = stablehlo.convert %59 : (tensor<32x8x128xf32>) -> tensor<32x8x128xbf16> loc("attention/k/convert_element_type")
    %61 = stablehlo.dot_general %14, %arg16, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<32x4096xbf16>, tensor<4096x1024xbf16>) -> tensor<32x1024xbf16> loc("attention/v/dot_general")
    %62 = stablehlo.reshape %61 : (tensor<32x1024xbf16>) -> tensor<32x8x128xbf16> loc("attention/v/reshape")
    %63 = stablehlo.broadcast_in_dim %60, dims = [1, 2, 4] : (tensor<32x8x128xbf16>) -> tensor<1x32x8x1x128xbf16> loc("attention/cache/broadcast_in_dim")
    %c = stablehlo.constant dense<0> : tensor<i32>
    %64 = stablehlo.compare LT, %arg7, %c, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("attention/cache/lt")
    %c_2 = stablehlo.constant dense<32> : tensor<i32>
    %65 = stablehlo.add %arg7, %c_2 : tensor<i32> loc("attention/cache/add")
    %66 = stablehlo.select %64, %65, %arg7 : tensor<i1>, tensor<i32> loc("attention/cache/select_n")
    %c_3 = stablehlo.constant dense<0> : tensor<i32>
    %67 = stablehlo.compare LT, %arg2, %c_3, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("attention/cache/lt")
    %c_4 = stablehlo.constant dense<4096> : tensor<i32>
    %68 = stablehlo.add %arg2, %c_4 : tensor<i32> loc("attention/cache/add")
    %69 = stablehlo.select %67, %68, %arg2 : tensor<i1>, tensor<i32> loc("attention/cache/select_n")
    %c_5 = stablehlo.constant dense<0> : tensor<i32>
    %c_6 = stablehlo.constant dense<0> : tensor<i32>
    %c_7 = stablehlo.constant dense<0> : tensor<i32>
    %70 = stablehlo.dynamic_update_slice %arg5, %63, %66, %c_5, %c_6, %69, %c_7 : (tensor<32x32x8x4096x128xbf16>, tensor<1x32x8x1x128xbf16>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<32x32x8x4096x128xbf16> loc("attention/cache/dynamic_update_slice")
    %71 = stablehlo.broadcast_in_dim %62, dims = [1, 2, 4] : (tensor<32x8x128xbf16>) -> tensor<1x32x8x1x128xbf16> loc("attention/cache/broadcast_in_dim")
    %c_8 = stablehlo.constant dense<0> : tensor<i32>
    %72 = stablehlo.compare LT, %arg7, %c_8, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("attention/cache/lt")
    %c_9 = stablehlo.constant dense<32> : tensor<i32>
    %73 = stablehlo.add %arg7, %c_9 : tensor<i32> loc("attention/cache/add")
    %74 = stablehlo.select %72, %73, %arg7 : tensor<i1>, tensor<i32> loc("attention/cache/select_n")
    %c_10 = stablehlo.constant dense<0> : tensor<i32>
    %75 = stablehlo.compare LT, %arg2, %c_10, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("attention/cache/lt")
    %c_11 = stablehlo.constant dense<4096> : tensor<i32>
    %76 = stablehlo.add %arg2, %c_11 : tensor<i32> loc("attention/cache/add")
    %77 = stablehlo.select %75, %76, %arg2 : tensor<i1>, tensor<i32> loc("attention/cache/select_n")
    %c_12 = stablehlo.constant dense<0> : tensor<i32>
    %c_13 = stablehlo.constant dense<0> : tensor<i32>
    %c_14 = stablehlo.constant dense<0> : tensor<i32>
    %78 = stablehlo.dynamic_update_slice %arg6, %71, %74, %c_12, %c_13, %77, %c_14 : (tensor<32x32x8x4096x128xbf16>, tensor<1x32x8x1x128xbf16>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<32x32x8x4096x128xbf16> loc("attention/cache/dynamic_update_slice")
    %79 = call @dynamic_index_in_dim_5(%70, %arg7) : (tensor<32x32x8x4096x128xbf16>, tensor<i32>) -> tensor<32x8x4096x128xbf16> loc("attention/cache/jit(dynamic_index_in_dim)")
    %80 = call @dynamic_index_in_dim_5(%78, %arg7) : (tensor<32x32x8x4096x128xbf16>, tensor<i32>) -> tensor<32x8x4096x128xbf16> loc("attention/cache/jit(dynamic_index_in_dim)")
    %81 = stablehlo.reshape %37 : (tensor<32x32x128xbf16>) -> tensor<32x8x4x128xbf16> loc("attention/reshape")
    %82 = stablehlo.dot_general %81, %79, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<32x8x4x128xbf16>, tensor<32x8x4096x128xbf16>) -> tensor<32x8x4x4096xf32> loc("attention/scores/dot_general")
    %cst_15 = stablehlo.constant dense<0.0883883461> : tensor<f32>
    %83 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<32x8x4x4096xf32> loc("attention/scores/mul")
    %84 = stablehlo.multiply %82, %83 : tensor<32x8x4x4096xf32> loc("attention/scores/mul")
    %cst_16 = stablehlo.constant dense<-1.000000e+30> : tensor<f32>
    %85 = call @_where(%arg3, %84, %cst_16) : (tensor<4096xi1>, tensor<32x8x4x4096xf32>, tensor<f32>) -> tensor<32x8x4x4096xf32> loc("attention/softmax/jit(_where)")
    %cst_17 = stablehlo.constant dense<0xFF800000> : tensor<f32> loc("attention/softmax/reduce_max")
    %86 = stablehlo.reduce(%85 init: %cst_17) applies stablehlo.maximum across dimensions = [3] : (tensor<32x8x4x4096xf32>, tensor<f32>) -> tensor<32x8x4xf32> loc("attention/softmax/reduce_max")
    %87 = stablehlo.broadcast_in_dim %86, dims = [0, 1, 2] : (tensor<32x8x4xf32>) -> tensor<32x8x4x1xf32> loc("attention/softmax/broadcast_in_dim")
    %88 = stablehlo.broadcast_in_dim %87, dims = [0, 1, 2, 3] : (tensor<32x8x4x1xf32>) -> tensor<32x8x4x4096xf32> loc("attention/softmax/sub")
    %89 = stablehlo.subtract %85, %88 : tensor<32x8x4x4096xf32> loc("attention/softmax/sub")
    %90 = stablehlo.exponential %89 : tensor<32x8x4x4096xf32> loc("attention/softmax/exp")
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("attention/softmax/reduce_sum")
    %91 = stablehlo.reduce(%90 init: %cst_18) applies stablehlo.add across dimensions = [3] : (tensor<32x8x4x4096xf32>, tensor<f32>) -> tensor<32x8x4xf32> loc("attention/softmax/reduce_sum")
    %92 = stablehlo.broadcast_in_dim %91, dims = [0, 1, 2] : (tensor<32x8x4xf32>) -> tensor<32x8x4x1xf32> loc("attention/softmax/broadcast_in_dim")
    %93 = stablehlo.broadcast_in_dim %92, dims = [0, 1, 2, 3] : (tensor<32x8x4x1xf32>) -> tensor<32x8x4x4096xf32> loc("attention/softmax/div")
    %94 = stablehlo.divide %90, %93 : tensor<32x8x4x4096xf32> loc("attention/softmax/div")
    %95 = stablehlo.convert %94 : (tensor<32x8x4x4096xf32>) -> tensor<32x8x4x4096xbf16> loc("attention/softmax/convert_element_type")
    %96 = stablehlo.dot_general %95, %80, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<32x8x4x4096xbf16>, tensor<32x8x4096x128xbf16>) -> tensor<32x8x4x128xbf16> loc("attention/values/dot_general")
    %97 = stablehlo.reshape %96 : (tensor<32x8x4x128xbf16>) -> tensor<32x4096xbf16> loc("attention/o/reshape")
    %98 = stablehlo.dot_general %97, %arg14, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<32x4096xbf16>, tensor<4096x4096xbf16>) -> tensor<32x4096xbf16> loc("attention/o/dot_general")
    %99 = stablehlo.add %arg4, %98 : tensor<32x4096xbf16> loc("attention/o/add")
    %100 = stablehlo.convert %99 : (tensor<32x4096xbf16>) -> tensor<32x4096xf32> loc("ffn/convert_element_type")
    %101 = stablehlo.multiply %100, %100 : tensor<32x4096xf32> loc("ffn/mul")
    %cst_19 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("ffn/reduce_sum")
    %102 = stablehlo.reduce(%101 init: %cst_19) applies stablehlo.add across dimensions = [1] : (tensor<32x4096xf32>, tensor<f32>) -> tensor<32xf32> loc("ffn/reduce_sum")
    %103 = stablehlo.broadcast_in_dim %102, dims = [0] : (tensor<32xf32>) -> tensor<32x1xf32> loc("ffn/broadcast_in_dim")
    %cst_20 = stablehlo.constant dense<4.096000e+03> : tensor<f32>
    %104 = stablehlo.broadcast_in_dim %cst_20, dims = [] : (tensor<f32>) -> tensor<32x1xf32> loc("ffn/div")
    %105 = stablehlo.divide %103, %104 : tensor<32x1xf32> loc("ffn/div")
    %cst_21 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %106 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f32>) -> tensor<32x1xf32> loc("ffn/add")
    %107 = stablehlo.add %105, %106 : tensor<32x1xf32> loc("ffn/add")
    %108 = stablehlo.rsqrt %107 : tensor<32x1xf32> loc("ffn/rsqrt")
    %109 = stablehlo.broadcast_in_dim %108, dims = [0, 1] : (tensor<32x1xf32>) -> tensor<32x4096xf32> loc("ffn/mul")
    %110 = stablehlo.multiply %100, %109 : tensor<32x4096xf32> loc("ffn/mul")
    %111 = stablehlo.convert %110 : (tensor<32x4096xf32>) -> tensor<32x4096xbf16> loc("ffn/convert_element_type")
    %112 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<4096xbf16>) -> tensor<1x4096xbf16> loc("ffn/broadcast_in_dim")
    %113 = stablehlo.broadcast_in_dim %112, dims = [0, 1] : (tensor<1x4096xbf16>) -> tensor<32x4096xbf16> loc("ffn/mul")
    %114 = stablehlo.multiply %111, %113 : tensor<32x4096xbf16> loc("ffn/mul")
    %115 = stablehlo.dot_general %114, %arg11, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<32x4096xbf16>, tensor<4096x14336xbf16>) -> tensor<32x14336xbf16> loc("ffn/gate/dot_general")
    %116 = stablehlo.dot_general %114, %arg12, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<32x4096xbf16>, tensor<4096x14336xbf16>) -> tensor<32x14336xbf16> loc("ffn/up/dot_general")
    %117 = stablehlo.negate %115 : tensor<32x14336xbf16> loc("ffn/neg")
    %118 = stablehlo.exponential %117 : tensor<32x14336xbf16> loc("ffn/exp")
    %cst_22 = stablehlo.constant dense<1.000000e+00> : tensor<bf16> loc("ffn/logistic")
    %119 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<bf16>) -> tensor<32x14336xbf16> loc("ffn/add")
    %120 = stablehlo.add %119, %118 : tensor<32x14336xbf16> loc("ffn/add")
    %cst_23 = stablehlo.constant dense<1.000000e+00> : tensor<bf16> loc("ffn/logistic")
    %121 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<bf16>) -> tensor<32x14336xbf16> loc("ffn/div")
    %122 = stablehlo.divide %121, %120 : tensor<32x14336xbf16> loc("ffn/div")
    %123 = stablehlo.multiply %115, %122 : tensor<32x14336xbf16> loc("ffn/mul")
    %124 = stablehlo.multiply %123, %116 : tensor<32x14336xbf16> loc("ffn/mul")
    %125 = stablehlo.dot_general %124, %arg10, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<32x14336xbf16>, tensor<14336x4096xbf16>) -> tensor<32x4096xbf16> loc("ffn/down/dot_general")
    %126 = stablehlo.add %99, %125 : tensor<32x4096xbf16> loc("ffn/down/add")
    return %126, %70, %78 : tensor<32x4096xbf16>, tensor<32x32x8x4096x128xbf16>, tensor<32x32x8x4096x128xbf16>
  } loc("closed_call")
  func.func private @dynamic_index_in_dim_5(%arg0: tensor<32x32x8x4096x128xbf16>, %arg1: tensor<i32>) -> tensor<32x8x4096x128xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.compare LT, %arg1, %c, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("lt")
    %c_0 = stablehlo.constant dense<32> : tensor<i32>
    %1 = stablehlo.add %arg1, %c_0 : tensor<i32> loc("add")
    %2 = stablehlo.select %0, %1, %arg1 : tensor<i1>, tensor<i32> loc("select_n")
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %c_3 = stablehlo.constant dense<0> : tensor<i32>
    %c_4 = stablehlo.constant dense<0> : tensor<i32>
    %3 = stablehlo.dynamic_slice %arg0, %2, %c_1, %c_2, %c_3, %c_4, sizes = [1, 32, 8, 4096, 128] : (tensor<32x32x8x4096x128xbf16>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x32x8x4096x128xbf16> loc("dynamic_slice")
    %4 = stablehlo.reshape %3 : (tensor<1x32x8x4096x128xbf16>) -> tensor<32x8x4096x128xbf16> loc("squeeze")
    return %4 : tensor<32x8x4096x128xbf16>
  }
  func.func private @_where(%arg0: tensor<4096xi1>, %arg1: tensor<32x8x4x4096xf32>, %arg2: tensor<f32>) -> tensor<32x8x4x4096xf32> {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [3] : (tensor<4096xi1>) -> tensor<32x8x4x4096xi1> loc("broadcast_in_dim")
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f32>) -> tensor<32x8x4x4096xf32> loc("broadcast_in_dim")
    %2 = stablehlo.select %0, %arg1, %1 : tensor<32x8x4x4096xi1>, tensor<32x8x4x4096xf32> loc("select_n")
    return %2 : tensor<32x8x4x4096xf32>
  }
}
