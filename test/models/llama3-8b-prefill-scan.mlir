module @jit_llama3_8b_prefill_scan attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<128256x4096xbf16> loc("params['embedding']"), %arg1: tensor<4096x128256xbf16> loc("params['head']"), %arg2: tensor<32x4096xbf16> loc("params['layers']['attention_norm']"), %arg3: tensor<32x4096xbf16> loc("params['layers']['ffn_norm']"), %arg4: tensor<32x14336x4096xbf16> loc("params['layers']['w_down']"), %arg5: tensor<32x4096x14336xbf16> loc("params['layers']['w_gate']"), %arg6: tensor<32x4096x14336xbf16> loc("params['layers']['w_up']"), %arg7: tensor<32x4096x1024xbf16> loc("params['layers']['wk']"), %arg8: tensor<32x4096x4096xbf16> loc("params['layers']['wo']"), %arg9: tensor<32x4096x4096xbf16> loc("params['layers']['wq']"), %arg10: tensor<32x4096x1024xbf16> loc("params['layers']['wv']"), %arg11: tensor<4096xbf16> loc("params['norm']"), %arg12: tensor<1x2048xi32> loc("tokens")) -> (tensor<1x128256xbf16> {jax.result_info = "result[0]"}, tensor<32x1x8x2048x128xbf16> {jax.result_info = "result[1][0]"}, tensor<32x1x8x2048x128xbf16> {jax.result_info = "result[1][1]"}) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<1x2048xi32> loc("embed/lt")
    %1 = stablehlo.compare LT, %arg12, %0, SIGNED : (tensor<1x2048xi32>, tensor<1x2048xi32>) -> tensor<1x2048xi1> loc("embed/lt")
    %c_0 = stablehlo.constant dense<128256> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<1x2048xi32> loc("embed/add")
    %3 = stablehlo.add %arg12, %2 : tensor<1x2048xi32> loc("embed/add")
    %4 = stablehlo.select %1, %3, %arg12 : tensor<1x2048xi1>, tensor<1x2048xi32> loc("embed/select_n")
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1] : (tensor<1x2048xi32>) -> tensor<1x2048x1xi32> loc("embed/broadcast_in_dim")
    %6 = "stablehlo.gather"(%arg0, %5) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 4096>}> : (tensor<128256x4096xbf16>, tensor<1x2048x1xi32>) -> tensor<1x2048x4096xbf16> loc("embed/gather")
    %7 = stablehlo.iota dim = 0 : tensor<2048xi32> loc("iota")
    %8 = stablehlo.iota dim = 0 : tensor<64xf32> loc("rope/iota")
    %cst = stablehlo.constant dense<6.400000e+01> : tensor<f32>
    %9 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<64xf32> loc("rope/div")
    %10 = stablehlo.divide %8, %9 : tensor<64xf32> loc("rope/div")
    %11 = stablehlo.broadcast_in_dim %7, dims = [0] : (tensor<2048xi32>) -> tensor<2048x1xi32> loc("rope/broadcast_in_dim")
    %12 = stablehlo.convert %11 : (tensor<2048x1xi32>) -> tensor<2048x1xf32> loc("rope/convert_element_type")
    %13 = stablehlo.negate %10 : tensor<64xf32> loc("rope/neg")
    %cst_1 = stablehlo.constant dense<5.000000e+05> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<64xf32> loc("rope/pow")
    %15 = stablehlo.power %14, %13 : tensor<64xf32> loc("rope/pow")
    %16 = stablehlo.broadcast_in_dim %15, dims = [1] : (tensor<64xf32>) -> tensor<1x64xf32> loc("rope/broadcast_in_dim")
    %17 = stablehlo.broadcast_in_dim %12, dims = [0, 1] : (tensor<2048x1xf32>) -> tensor<2048x64xf32> loc("rope/mul")
    %18 = stablehlo.broadcast_in_dim %16, dims = [0, 1] : (tensor<1x64xf32>) -> tensor<2048x64xf32> loc("rope/mul")
    %19 = stablehlo.multiply %17, %18 : tensor<2048x64xf32> loc("rope/mul")
    %20 = stablehlo.cosine %19 : tensor<2048x64xf32> loc("rope/cos")
    %21 = stablehlo.sine %19 : tensor<2048x64xf32> loc("rope/sin")
    %22 = stablehlo.broadcast_in_dim %7, dims = [0] : (tensor<2048xi32>) -> tensor<2048x1xi32> loc("mask/broadcast_in_dim")
    %23 = stablehlo.broadcast_in_dim %7, dims = [1] : (tensor<2048xi32>) -> tensor<1x2048xi32> loc("mask/broadcast_in_dim")
    %24 = stablehlo.broadcast_in_dim %22, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x2048xi32> loc("mask/ge")
    %25 = stablehlo.broadcast_in_dim %23, dims = [0, 1] : (tensor<1x2048xi32>) -> tensor<2048x2048xi32> loc("mask/ge")
    %26 = stablehlo.compare GE, %24, %25, SIGNED : (tensor<2048x2048xi32>, tensor<2048x2048xi32>) -> tensor<2048x2048xi1> loc("mask/ge")
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<bf16> loc("layers/empty2")
    %27 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<bf16>) -> tensor<32x1x8x2048x128xbf16> loc("layers/broadcast_in_dim")
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<bf16> loc("layers/empty2")
    %28 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<bf16>) -> tensor<32x1x8x2048x128xbf16> loc("layers/broadcast_in_dim")
    %c_4 = stablehlo.constant dense<0> : tensor<i32> loc("layers/scan")
    %29:16 = stablehlo.while(%iterArg = %arg2, %iterArg_8 = %arg3, %iterArg_9 = %arg4, %iterArg_10 = %arg5, %iterArg_11 = %arg6, %iterArg_12 = %arg7, %iterArg_13 = %arg8, %iterArg_14 = %arg9, %iterArg_15 = %arg10, %iterArg_16 = %20, %iterArg_17 = %21, %iterArg_18 = %26, %iterArg_19 = %c_4, %iterArg_20 = %6, %iterArg_21 = %27, %iterArg_22 = %28) : tensor<32x4096xbf16>, tensor<32x4096xbf16>, tensor<32x14336x4096xbf16>, tensor<32x4096x14336xbf16>, tensor<32x4096x14336xbf16>, tensor<32x4096x1024xbf16>, tensor<32x4096x4096xbf16>, tensor<32x4096x4096xbf16>, tensor<32x4096x1024xbf16>, tensor<2048x64xf32>, tensor<2048x64xf32>, tensor<2048x2048xi1>, tensor<i32>, tensor<1x2048x4096xbf16>, tensor<32x1x8x2048x128xbf16>, tensor<32x1x8x2048x128xbf16>
    cond {
      %c_23 = stablehlo.constant dense<32> : tensor<i32> loc("layers/while")
      %47 = stablehlo.compare LT, %iterArg_19, %c_23, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("layers/while/cond/lt")
      stablehlo.return %47 : tensor<i1> loc("layers/while")
    } do {
      %47 = func.call @dynamic_index_in_dim(%iterArg, %iterArg_19) : (tensor<32x4096xbf16>, tensor<i32>) -> tensor<4096xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %48 = func.call @dynamic_index_in_dim(%iterArg_8, %iterArg_19) : (tensor<32x4096xbf16>, tensor<i32>) -> tensor<4096xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %49 = func.call @dynamic_index_in_dim_0(%iterArg_9, %iterArg_19) : (tensor<32x14336x4096xbf16>, tensor<i32>) -> tensor<14336x4096xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %50 = func.call @dynamic_index_in_dim_1(%iterArg_10, %iterArg_19) : (tensor<32x4096x14336xbf16>, tensor<i32>) -> tensor<4096x14336xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %51 = func.call @dynamic_index_in_dim_1(%iterArg_11, %iterArg_19) : (tensor<32x4096x14336xbf16>, tensor<i32>) -> tensor<4096x14336xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %52 = func.call @dynamic_index_in_dim_2(%iterArg_12, %iterArg_19) : (tensor<32x4096x1024xbf16>, tensor<i32>) -> tensor<4096x1024xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %53 = func.call @dynamic_index_in_dim_3(%iterArg_13, %iterArg_19) : (tensor<32x4096x4096xbf16>, tensor<i32>) -> tensor<4096x4096xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %54 = func.call @dynamic_index_in_dim_3(%iterArg_14, %iterArg_19) : (tensor<32x4096x4096xbf16>, tensor<i32>) -> tensor<4096x4096xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %55 = func.call @dynamic_index_in_dim_2(%iterArg_15, %iterArg_19) : (tensor<32x4096x1024xbf16>, tensor<i32>) -> tensor<4096x1024xbf16> loc("layers/while/body/jit(dynamic_index_in_dim)")
      %56:3 = func.call @closed_call(%iterArg_16, %iterArg_17, %iterArg_18, %iterArg_20, %47, %48, %49, %50, %51, %52, %53, %54, %55) : (tensor<2048x64xf32>, tensor<2048x64xf32>, tensor<2048x2048xi1>, tensor<1x2048x4096xbf16>, tensor<4096xbf16>, tensor<4096xbf16>, tensor<14336x4096xbf16>, tensor<4096x14336xbf16>, tensor<4096x14336xbf16>, tensor<4096x1024xbf16>, tensor<4096x4096xbf16>, tensor<4096x4096xbf16>, tensor<4096x1024xbf16>) -> (tensor<1x2048x4096xbf16>, tensor<1x8x2048x128xbf16>, tensor<1x8x2048x128xbf16>) loc("layers/while/body/closed_call")
      %57 = func.call @dynamic_update_index_in_dim(%iterArg_21, %56#1, %iterArg_19) : (tensor<32x1x8x2048x128xbf16>, tensor<1x8x2048x128xbf16>, tensor<i32>) -> tensor<32x1x8x2048x128xbf16> loc("layers/while/body/jit(dynamic_update_index_in_dim)")
      %58 = func.call @dynamic_update_index_in_dim(%iterArg_22, %56#2, %iterArg_19) : (tensor<32x1x8x2048x128xbf16>, tensor<1x8x2048x128xbf16>, tensor<i32>) -> tensor<32x1x8x2048x128xbf16> loc("layers/while/body/jit(dynamic_update_index_in_dim)")
      %c_23 = stablehlo.constant dense<1> : tensor<i32> loc("layers/while")
      %59 = stablehlo.add %iterArg_19, %c_23 : tensor<i32> loc("layers/while/body/add")
      stablehlo.return %iterArg, %iterArg_8, %iterArg_9, %iterArg_10, %iterArg_11, %iterArg_12, %iterArg_13, %iterArg_14, %iterArg_15, %iterArg_16, %iterArg_17, %iterArg_18, %59, %56#0, %57, %58 : tensor<32x4096xbf16>, tensor<32x4096xbf16>, tensor<32x14336x4096xbf16>, tensor<32x4096x14336xbf16>, tensor<32x4096x14336xbf16>, tensor<32x4096x1024xbf16>, tensor<32x4096x4096xbf16>, tensor<32x4096x4096xbf16>, tensor<32x4096x1024xbf16>, tensor<2048x64xf32>, tensor<2048x64xf32>, tensor<2048x2048xi1>, tensor<i32>, tensor<1x2048x4096xbf16>, tensor<32x1x8x2048x128xbf16>, tensor<32x1x8x2048x128xbf16> loc("layers/while")
    } loc("layers/while")
    %30 = stablehlo.slice %29#13 [0:1, 2047:2048, 0:4096] : (tensor<1x2048x4096xbf16>) -> tensor<1x1x4096xbf16> loc("slice")
    %31 = stablehlo.reshape %30 : (tensor<1x1x4096xbf16>) -> tensor<1x4096xbf16> loc("squeeze")
    %32 = stablehlo.convert %31 : (tensor<1x4096xbf16>) -> tensor<1x4096xf32> loc("head/convert_element_type")
    %33 = stablehlo.multiply %32, %32 : tensor<1x4096xf32> loc("head/mul")
    %cst_5 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("head/reduce_sum")
    %34 = stablehlo.reduce(%33 init: %cst_5) applies stablehlo.add across dimensions = [1] : (tensor<1x4096xf32>, tensor<f32>) -> tensor<1xf32> loc("head/reduce_sum")
    %35 = stablehlo.broadcast_in_dim %34, dims = [0] : (tensor<1xf32>) -> tensor<1x1xf32> loc("head/broadcast_in_dim")
    %cst_6 = stablehlo.constant dense<4.096000e+03> : tensor<f32>
    %36 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<1x1xf32> loc("head/div")
    %37 = stablehlo.divide %35, %36 : tensor<1x1xf32> loc("head/div")
    %cst_7 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %38 = stablehlo.broadcast_in_dim %cst_7, dims = [] : (tensor<f32>) -> tensor<1x1xf32> loc("head/add")
    %39 = stablehlo.add %37, %38 : tensor<1x1xf32> loc("head/add")
    %40 = stablehlo.rsqrt %39 : tensor<1x1xf32> loc("head/rsqrt")
    %41 = stablehlo.broadcast_in_dim %40, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<1x4096xf32> loc("head/mul")
    %42 = stablehlo.multiply %32, %41 : tensor<1x4096xf32> loc("head/mul")
    %43 = stablehlo.convert %42 : (tensor<1x4096xf32>) -> tensor<1x4096xbf16> loc("head/convert_element_type")
    %44 = stablehlo.broadcast_in_dim %arg11, dims = [1] : (tensor<4096xbf16>) -> tensor<1x4096xbf16> loc("head/broadcast_in_dim")
    %45 = stablehlo.multiply %43, %44 : tensor<1x4096xbf16> loc("head/mul")
    %46 = stablehlo.dot_general %45, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x4096xbf16>, tensor<4096x128256xbf16>) -> tensor<1x128256xbf16> loc("head/dot_general")
    return %46, %29#14, %29#15 : tensor<1x128256xbf16>, tensor<32x1x8x2048x128xbf16>, tensor<32x1x8x2048x128xbf16>
  }
  func.func private @dynamic_index_in_dim(%arg0: tensor<32x4096xbf16>, %arg1: tensor<i32>) -> tensor<4096xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, sizes = [1, 4096] : (tensor<32x4096xbf16>, tensor<i32>, tensor<i32>) -> tensor<1x4096xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x4096xbf16>) -> tensor<4096xbf16> loc("squeeze")
    return %1 : tensor<4096xbf16>
  }
  func.func private @dynamic_index_in_dim_0(%arg0: tensor<32x14336x4096xbf16>, %arg1: tensor<i32>) -> tensor<14336x4096xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 14336, 4096] : (tensor<32x14336x4096xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x14336x4096xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x14336x4096xbf16>) -> tensor<14336x4096xbf16> loc("squeeze")
    return %1 : tensor<14336x4096xbf16>
  }
  func.func private @dynamic_index_in_dim_1(%arg0: tensor<32x4096x14336xbf16>, %arg1: tensor<i32>) -> tensor<4096x14336xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 4096, 14336] : (tensor<32x4096x14336xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x4096x14336xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x4096x14336xbf16>) -> tensor<4096x14336xbf16> loc("squeeze")
    return %1 : tensor<4096x14336xbf16>
  }
  func.func private @dynamic_index_in_dim_2(%arg0: tensor<32x4096x1024xbf16>, %arg1: tensor<i32>) -> tensor<4096x1024xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 4096, 1024] : (tensor<32x4096x1024xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x4096x1024xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x4096x1024xbf16>) -> tensor<4096x1024xbf16> loc("squeeze")
    return %1 : tensor<4096x1024xbf16>
  }
  func.func private @dynamic_index_in_dim_3(%arg0: tensor<32x4096x4096xbf16>, %arg1: tensor<i32>) -> tensor<4096x4096xbf16> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 4096, 4096] : (tensor<32x4096x4096xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x4096x4096xbf16> loc("dynamic_slice")
    %1 = stablehlo.reshape %0 : (tensor<1x4096x4096xbf16>) -> tensor<4096x4096xbf16> loc("squeeze")
    return %1 : tensor<4096x4096xbf16>
  }
  func.func private @closed_call(%arg0: tensor<2048x64xf32>, %arg1: tensor<2048x64xf32>, %arg2: tensor<2048x2048xi1>, %arg3: tensor<1x2048x4096xbf16>, %arg4: tensor<4096xbf16>, %arg5: tensor<4096xbf16>, %arg6: tensor<14336x4096xbf16>, %arg7: tensor<4096x14336xbf16>, %arg8: tensor<4096x14336xbf16>, %arg9: tensor<4096x1024xbf16>, %arg10: tensor<4096x4096xbf16>, %arg11: tensor<4096x4096xbf16>, %arg12: tensor<4096x1024xbf16>) -> (tensor<1x2048x4096xbf16>, tensor<1x8x2048x128xbf16>, tensor<1x8x2048x128xbf16>) {
    %0 = stablehlo.convert %arg3 : (tensor<1x2048x4096xbf16>) -> tensor<1x2048x4096xf32> loc("attention/convert_element_type")
    %1 = stablehlo.multiply %0, %0 : tensor<1x2048x4096xf32> loc("attention/mul")
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("attention/reduce_sum")
    %2 = stablehlo.reduce(%1 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<1x2048x4096xf32>, tensor<f32>) -> tensor<1x2048xf32> loc("attention/reduce_sum")
    %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1] : (tensor<1x2048xf32>) -> tensor<1x2048x1xf32> loc("attention/broadcast_in_dim")
    %cst_0 = stablehlo.constant dense<4.096000e+03> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x2048x1xf32> loc("attention/div")
    %5 = stablehlo.divide %3, %4 : tensor<1x2048x1xf32> loc("attention/div")
    %cst_1 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<1x2048x1xf32> loc("attention/add")
    %7 = stablehlo.add %5, %6 : tensor<1x2048x1xf32> loc("attention/add")
    %8 = stablehlo.rsqrt %7 : tensor<1x2048x1xf32> loc("attention/rsqrt")
    %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1, 2] : (tensor<1x2048x1xf32>) -> tensor<1x2048x4096xf32> loc("attention/mul")
    %10 = stablehlo.multiply %0, %9 : tensor<1x2048x4096xf32> loc("attention/mul")
    %11 = stablehlo.convert %10 : (tensor<1x2048x4096xf32>) -> tensor<1x2048x4096xbf16> loc("attention/convert_element_type")
    %12 = stablehlo.broadcast_in_dim %arg4, dims = [2] : (tensor<4096xbf16>) -> tensor<1x1x4096xbf16> loc("attention/broadcast_in_dim")
    %13 = stablehlo.broadcast_in_dim %12, dims = [0, 1, 2] : (tensor<1x1x4096xbf16>) -> tensor<1x2048x4096xbf16> loc("attention/mul")
    %14 = stablehlo.multiply %11, %13 : tensor<1x2048x4096xbf16> loc("attention/mul")
    %15 = stablehlo.dot_general %14, %arg11, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xbf16>, tensor<4096x4096xbf16>) -> tensor<1x2048x4096xbf16> loc("attention/q/dot_general")
    %16 = stablehlo.reshape %15 : (tensor<1x2048x4096xbf16>) -> tensor<1x2048x32x128xbf16> loc("attention/q/reshape")
    %17 = stablehlo.broadcast_in_dim %arg0, dims = [0, 2] : (tensor<2048x64xf32>) -> tensor<2048x1x64xf32> loc("attention/q/broadcast_in_dim")
    %18 = stablehlo.broadcast_in_dim %arg1, dims = [0, 2] : (tensor<2048x64xf32>) -> tensor<2048x1x64xf32> loc("attention/q/broadcast_in_dim")
    %19 = stablehlo.convert %16 : (tensor<1x2048x32x128xbf16>) -> tensor<1x2048x32x128xf32> loc("attention/q/convert_element_type")
    %20 = stablehlo.slice %19 [0:1, 0:2048, 0:32, 0:64] : (tensor<1x2048x32x128xf32>) -> tensor<1x2048x32x64xf32> loc("attention/q/split")
    %21 = stablehlo.slice %19 [0:1, 0:2048, 0:32, 64:128] : (tensor<1x2048x32x128xf32>) -> tensor<1x2048x32x64xf32> loc("attention/q/split")
    %22 = stablehlo.broadcast_in_dim %17, dims = [1, 2, 3] : (tensor<2048x1x64xf32>) -> tensor<1x2048x1x64xf32> loc("attention/q/broadcast_in_dim")
    %23 = stablehlo.broadcast_in_dim %22, dims = [0, 1, 2, 3] : (tensor<1x2048x1x64xf32>) -> tensor<1x2048x32x64xf32> loc("attention/q/mul")
    %24 = stablehlo.multiply %20, %23 : tensor<1x2048x32x64xf32> loc("attention/q/mul")
    %25 = stablehlo.broadcast_in_dim %18, dims = [1, 2, 3] : (tensor<2048x1x64xf32>) -> tensor<1x2048x1x64xf32> loc("attention/q/broadcast_in_dim")
    %26 = stablehlo.broadcast_in_dim %25, dims = [0, 1, 2, 3] : (tensor<1x2048x1x64xf32>) -> tensor<1x2048x32x64xf32> loc("attention/q/mul")
    %27 = stablehlo.multiply %21, %26 : tensor<1x2048x32x64xf32> loc("attention/q/mul")
    %28 = stablehlo.subtract %24, %27 : tensor<1x2048x32x64xf32> loc("attention/q/sub")
    %29 = stablehlo.broadcast_in_dim %17, dims = [1, 2, 3] : (tensor<2048x1x64xf32>) -> tensor<1x2048x1x64xf32> loc("attention/q/broadcast_in_dim")
    %30 = stablehlo.broadcast_in_dim %29, dims = [0, 1, 2, 3] : (tensor<1x2048x1x64xf32>) -> tensor<1x2048x32x64xf32> loc("attention/q/mul")
    %31 = stablehlo.multiply %21, %30 : tensor<1x2048x32x64xf32> loc("attention/q/mul")
    %32 = stablehlo.broadcast_in_dim %18, dims = [1, 2, 3] : (tensor<2048x1x64xf32>) -> tensor<1x2048x1x64xf32> loc("attention/q/broadcast_in_dim")
    %33 = stablehlo.broadcast_in_dim %32, dims = [0, 1, 2, 3] : (tensor<1x2048x1x64xf32>) -> tensor<1x2048x32x64xf32> loc("attention/q/mul")
    %34 = stablehlo.multiply %20, %33 : tensor<1x2048x32x64xf32> loc("attention/q/mul")
    %35 = stablehlo.add %31, %34 : tensor<1x2048x32x64xf32> loc("attention/q/add")
    %36 = stablehlo.concatenate %28, %35, dim = 3 : (tensor<1x2048x32x64xf32>, tensor<1x2048x32x64xf32>) -> tensor<1x2048x32x128xf32> loc("attention/q/concatenate")
    %37 = stablehlo.convert %36 : (tensor<1x2048x32x128xf32>) -> tensor<1x2048x32x128xbf16> loc("attention/q/convert_element_type")
    %38 = stablehlo.dot_general %14, %arg9, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xbf16>, tensor<4096x1024xbf16>) -> tensor<1x2048x1024xbf16> loc("attention/k/dot_general")
    %39 = stablehlo.reshape %38 : (tensor<1x2048x1024xbf16>) -> tensor<1x2048x8x128xbf16> loc("attention/k/reshape")
    %40 = stablehlo.broadcast_in_dim %arg0, dims = [0, 2] : (tensor<2048x64xf32>) -> tensor<2048x1x64xf32> loc("attention/k/broadcast_in_dim")
    %41 = stablehlo.broadcast_in_dim %arg1, dims = [0, 2] : (tensor<2048x64xf32>) -> tensor<2048x1x64xf32> loc("attention/k/broadcast_in_dim")
    %42 = stablehlo.convert %39 : (tensor<1x2048x8x128xbf16>) -> tensor<1x2048x8x128xf32> loc("attention/k/convert_element_type")
    %43 = stablehlo.slice %42 [0:1, 0:2048, 0:8, 0:64] : (tensor<1x2048x8x128xf32>) -> tensor<1x2048x8x64xf32> loc("attention/k/split")
    %44 = stablehlo.slice %42 [0:1, 0:2048, 0:8, 64:128] : (tensor<1x2048x8x128xf32>) -> tensor<1x2048x8x64xf32> loc("attention/k/split")
    %45 = stablehlo.broadcast_in_dim %40, dims = [1, 2, 3] : (tensor<2048x1x64xf32>) -> tensor<1x2048x1x64xf32> loc("attention/k/broadcast_in_dim")
    %46 = stablehlo.broadcast_in_dim %45, dims = [0, 1, 2, 3] : (tensor<1x2048x1x64xf32>) -> tensor<1x2048x8x64xf32> loc("attention/k/mul")
    %47 = stablehlo.multiply %43, %46 : tensor<1x2048x8x64xf32> loc("attention/k/mul")
    %48 = stablehlo.broadcast_in_dim %41, dims = [1, 2, 3] : (tensor<2048x1x64xf32>) -> tensor<1x2048x1x64xf32> loc("attention/k/broadcast_in_dim")
    %49 = stablehlo.broadcast_in_dim %48, dims = [0, 1, 2, 3] : (tensor<1x2048x1x64xf32>) -> tensor<1x2048x8x64xf32> loc("attention/k/mul")
    %50 = stablehlo.multiply %44, %49 : tensor<1x2048x8x64xf32> loc("attention/k/mul")
    %51 = stablehlo.subtract %47, %50 : tensor<1x2048x8x64xf32> loc("attention/k/sub")
    %52 = stablehlo.broadcast_in_dim %40, dims = [1, 2, 3] : (tensor<2048x1x64xf32>) -> tensor<1x2048x1x64xf32> loc("attention/k/broadcast_in_dim")
    %53 = stablehlo.broadcast_in_dim %52, dims = [0, 1, 2, 3] : (tensor<1x2048x1x64xf32>) -> tensor<1x2048x8x64xf32> loc("attention/k/mul")
    %54 = stablehlo.multiply %44, %53 : tensor<1x2048x8x64xf32> loc("attention/k/mul")
    %55 = stablehlo.broadcast_in_dim %41, dims = [1, 2, 3] : (tensor<2048x1x64xf32>) -> tensor<1x2048x1x64xf32> loc("attention/k/broadcast_in_dim")
    %56 = stablehlo.broadcast_in_dim %55, dims = [0, 1, 2, 3] : (tensor<1x2048x1x64xf32>) -> tensor<1x2048x8x64xf32> loc("attention/k/mul")
    %57 = stablehlo.multiply %43, %56 : tensor<1x2048x8x64xf32> loc("attention/k/mul")
    %58 = stablehlo.add %54, %57 : tensor<1x2048x8x64xf32> loc("attention/k/add")
    %59 = stablehlo.concatenate %51, %58, dim = 3 : (tensor<1x2048x8x64xf32>, tensor<1x2048x8x64xf32>) -> tensor<1x2048x8x128xf32> loc("attention/k/concatenate")
    %60 = stablehlo.convert %59 : (tensor<1x2048x8x128xf32>) -> tensor<1x2048x8x128xbf16> loc("attention/k/convert_element_type")
    %61 = stablehlo.dot_general %14, %arg12, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xbf16>, tensor<4096x1024xbf16>) -> tensor<1x2048x1024xbf16> loc("attention/v/dot_general")
    %62 = stablehlo.reshape %61 : (tensor<1x2048x1024xbf16>) -> tensor<1x2048x8x128xbf16> loc("attention/v/reshape")
    %63 = stablehlo.transpose %37, dims = [0, 2, 1, 3] : (tensor<1x2048x32x128xbf16>) -> tensor<1x32x2048x128xbf16> loc("attention/transpose")
    %64 = stablehlo.transpose %60, dims = [0, 2, 1, 3] : (tensor<1x2048x8x128xbf16>) -> tensor<1x8x2048x128xbf16> loc("attention/transpose")
    %65 = stablehlo.transpose %62, dims = [0, 2, 1, 3] : (tensor<1x2048x8x128xbf16>) -> tensor<1x8x2048x128xbf16> loc("attention/transpose")
    %66 = stablehlo.reshape %63 : (tensor<1x32x2048x128xbf16>) -> tensor<1x8x4x2048x128xbf16> loc("attention/reshape")
    %67 = stablehlo.dot_general %66, %64, batching_dims = [0, 1] x [0, 1], contracting_dims = [4] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x8x4x2048x128xbf16>, tensor<1x8x2048x128xbf16>) -> tensor<1x8x4x2048x2048xf32> loc("attention/scores/dot_general")
    %cst_2 = stablehlo.constant dense<0.0883883461> : tensor<f32>
    %68 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<1x8x4x2048x2048xf32> loc("attention/scores/mul")
    %69 = stablehlo.multiply %67, %68 : tensor<1x8x4x2048x2048xf32> loc("attention/scores/mul")
    %cst_3 = stablehlo.constant dense<-1.000000e+30> : tensor<f32>
    %70 = call @_where(%arg2, %69, %cst_3) : (tensor<2048x2048xi1>, tensor<1x8x4x2048x2048xf32>, tensor<f32>) -> tensor<1x8x4x2048x2048xf32> loc("attention/softmax/jit(_where)")
    %cst_4 = stablehlo.constant dense<0xFF800000> : tensor<f32> loc("attention/softmax/reduce_max")
    %71 = stablehlo.reduce(%70 init: %cst_4) applies stablehlo.maximum across dimensions = [4] : (tensor<1x8x4x2048x2048xf32>, tensor<f32>) -> tensor<1x8x4x2048xf32> loc("attention/softmax/reduce_max")
    %72 = stablehlo.broadcast_in_dim %71, dims = [0, 1, 2, 3] : (tensor<1x8x4x2048xf32>) -> tensor<1x8x4x2048x1xf32> loc("attention/softmax/broadcast_in_dim")
    %73 = stablehlo.broadcast_in_dim %72, dims = [0, 1, 2, 3, 4] : (tensor<1x8x4x2048x1xf32>) -> tensor<1x8x4x2048x2048xf32> loc("attention/softmax/sub")
    %74 = stablehlo.subtract %70, %73 : tensor<1x8x4x2048x2048xf32> loc("attention/softmax/sub")
    %75 = stablehlo.exponential %74 : tensor<1x8x4x2048x2048xf32> loc("attention/softmax/exp")
    %cst_5 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("attention/softmax/reduce_sum")
    %76 = stablehlo.reduce(%75 init: %cst_5) applies stablehlo.add across dimensions = [4] : (tensor<1x8x4x2048x2048xf32>, tensor<f32>) -> tensor<1x8x4x2048xf32> loc("attention/softmax/reduce_sum")
    %77 = stablehlo.broadcast_in_dim %76, dims = [0, 1, 2, 3] : (tensor<1x8x4x2048xf32>) -> tensor<1x8x4x2048x1xf32> loc("attention/softmax/broadcast_in_dim")
    %78 = stablehlo.broadcast_in_dim %77, dims = [0, 1, 2, 3, 4] : (tensor<1x8x4x2048x1xf32>) -> tensor<1x8x4x2048x2048xf32> loc("attention/softmax/div")
    %79 = stablehlo.divide %75, %78 : tensor<1x8x4x2048x2048xf32> loc("attention/softmax/div")
    %80 = stablehlo.convert %79 : (tensor<1x8x4x2048x2048xf32>) -> tensor<1x8x4x2048x2048xbf16> loc("attention/softmax/convert_element_type")
    %81 = stablehlo.dot_general %80, %65, batching_dims = [0, 1] x [0, 1], contracting_dims = [4] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x8x4x2048x2048xbf16>, tensor<1x8x2048x128xbf16>) -> tensor<1x8x4x2048x128xbf16> loc("attention/values/dot_general")
    %82 = stablehlo.reshape %81 : (tensor<1x8x4x2048x128xbf16>) -> tensor<1x32x2048x128xbf16> loc("attention/reshape")
    %83 = stablehlo.transpose %82, dims = [0, 2, 1, 3] : (tensor<1x32x2048x128xbf16>) -> tensor<1x2048x32x128xbf16> loc("attention/o/transpose")
    %84 = stablehlo.reshape %83 : (tensor<1x2048x32x128xbf16>) -> tensor<1x2048x4096xbf16> loc("attention/o/reshape")
    %85 = stablehlo.dot_general %84, %arg10, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xbf16>, tensor<4096x4096xbf16>) -> tensor<1x2048x4096xbf16> loc("attention/o/dot_general")
    %86 = stablehlo.add %arg3, %85 : tensor<1x2048x4096xbf16> loc("attention/o/add")
    %87 = stablehlo.convert %86 : (tensor<1x2048x4096xbf16>) -> tensor<1x2048x4096xf32> loc("ffn/convert_element_type")
    %88 = stablehlo.multiply %87, %87 : tensor<1x2048x4096xf32> loc("ffn/mul")
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("ffn/reduce_sum")
    %89 = stablehlo.reduce(%88 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x2048x4096xf32>, tensor<f32>) -> tensor<1x2048xf32> loc("ffn/reduce_sum")
    %90 = stablehlo.broadcast_in_dim %89, dims = [0, 1] : (tensor<1x2048xf32>) -> tensor<1x2048x1xf32> loc("ffn/broadcast_in_dim")
    %cst_7 = stablehlo.constant dense<4.096000e+03> : tensor<f32>
    %91 = stablehlo.broadcast_in_dim %cst_7, dims = [] : (tensor<f32>) -> tensor<1x2048x1xf32> loc("ffn/div")
    %92 = stablehlo.divide %90, %91 : tensor<1x2048x1xf32> loc("ffn/div")
    %cst_8 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %93 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<1x2048x1xf32> loc("ffn/add")
    %94 = stablehlo.add %92, %93 : tensor<1x2048x1xf32> loc("ffn/add")
    %95 = stablehlo.rsqrt %94 : tensor<1x2048x1xf32> loc("ffn/rsqrt")
    %96 = stablehlo.broadcast_in_dim %95, dims = [0, 1, 2] : (tensor<1x2048x1xf32>) -> tensor<1x2048x4096xf32> loc("ffn/mul")
    %97 = stablehlo.multiply %87, %96 : tensor<1x2048x4096xf32> loc("ffn/mul")
    %98 = stablehlo.convert %97 : (tensor<1x2048x4096xf32>) -> tensor<1x2048x4096xbf16> loc("ffn/convert_element_type")
    %99 = stablehlo.broadcast_in_dim %arg5, dims = [2] : (tensor<4096xbf16>) -> tensor<1x1x4096xbf16> loc("ffn/broadcast_in_dim")
    %100 = stablehlo.broadcast_in_dim %99, dims = [0, 1, 2] : (tensor<1x1x4096xbf16>) -> tensor<1x2048x4096xbf16> loc("ffn/mul")
    %101 = stablehlo.multiply %98, %100 : tensor<1x2048x4096xbf16> loc("ffn/mul")
    %102 = stablehlo.dot_general %101, %arg7, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xbf16>, tensor<4096x14336xbf16>) -> tensor<1x2048x14336xbf16> loc("ffn/gate/dot_general")
    %103 = stablehlo.dot_general %101, %arg8, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xbf16>, tensor<4096x14336xbf16>) -> tensor<1x2048x14336xbf16> loc("ffn/up/dot_general")
    %104 = stablehlo.negate %102 : tensor<1x2048x14336xbf16> loc("ffn/neg")
    %105 = stablehlo.exponential %104 : tensor<1x2048x14336xbf16> loc("ffn/exp")
    %cst_9 = stablehlo.constant dense<1.000000e+00> : tensor<bf16> loc("ffn/logistic")
    %106 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<bf16>) -> tensor<1x2048x14336xbf16> loc("ffn/add")
    %107 = stablehlo.add %106, %105 : tensor<1x2048x14336xbf16> loc("ffn/add")
    %cst_10 = stablehlo.constant dense<1.000000e+00> : tensor<bf16> loc("ffn/logistic")
    %108 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<bf16>) -> tensor<1x2048x14336xbf16> loc("ffn/div")
    %109 = stablehlo.divide %108, %107 : tensor<1x2048x14336xbf16> loc("ffn/div")
    %110 = stablehlo.multiply %102, %109 : tensor<1x2048x14336xbf16> loc("ffn/mul")
    %111 = stablehlo.multiply %110, %103 : tensor<1x2048x14336xbf16> loc("ffn/mul")
    %112 = stablehlo.dot_general %111, %arg6, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x14336xbf16>, tensor<14336x4096xbf16>) -> tensor<1x2048x4096xbf16> loc("ffn/down/dot_general")
    %113 = stablehlo.add %86, %112 : tensor<1x2048x4096xbf16> loc("ffn/down/add")
    return %113, %64, %65 : tensor<1x2048x4096xbf16>, tensor<1x8x2048x128xbf16>, tensor<1x8x2048x128xbf16>
  } loc("closed_call")
  func.func private @_where(%arg0: tensor<2048x2048xi1>, %arg1: tensor<1x8x4x2048x2048xf32>, %arg2: tensor<f32>) -> tensor<1x8x4x2048x2048xf32> {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [3, 4] : (tensor<2048x2048xi1>) -> tensor<1x8x4x2048x2048xi1> loc("broadcast_in_dim")
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f32>) -> tensor<1x8x4x2048x2048xf32> loc("broadcast_in_dim")
    %2 = stablehlo.select %0, %arg1, %1 : tensor<1x8x4x2048x2048xi1>, tensor<1x8x4x2048x2048xf32> loc("select_n")
    return %2 : tensor<1x8x4x2048x2048xf32>
  }
  func.func private @dynamic_update_index_in_dim(%arg0: tensor<32x1x8x2048x128xbf16>, %arg1: tensor<1x8x2048x128xbf16>, %arg2: tensor<i32>) -> tensor<32x1x8x2048x128xbf16> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2, 3, 4] : (tensor<1x8x2048x128xbf16>) -> tensor<1x1x8x2048x128xbf16> loc("broadcast_in_dim")
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0, %c_1, %c_2 : (tensor<32x1x8x2048x128xbf16>, tensor<1x1x8x2048x128xbf16>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<32x1x8x2048x128xbf16> loc("dynamic_update_slice")
    return %1 : tensor<32x1x8x2048x128xbf16>
  }
}
