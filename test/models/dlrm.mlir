module @jit_dlrm attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<512xf32> loc("w['bottom'][0]['bias']"), %arg1: tensor<13x512xf32> loc("w['bottom'][0]['kernel']"), %arg2: tensor<256xf32> loc("w['bottom'][1]['bias']"), %arg3: tensor<512x256xf32> loc("w['bottom'][1]['kernel']"), %arg4: tensor<128xf32> loc("w['bottom'][2]['bias']"), %arg5: tensor<256x128xf32> loc("w['bottom'][2]['kernel']"), %arg6: tensor<40000000x128xf32> loc("w['tables'][0]"), %arg7: tensor<40000000x128xf32> loc("w['tables'][1]"), %arg8: tensor<40000000x128xf32> loc("w['tables'][2]"), %arg9: tensor<40000000x128xf32> loc("w['tables'][3]"), %arg10: tensor<3000000x128xf32> loc("w['tables'][4]"), %arg11: tensor<3000000x128xf32> loc("w['tables'][5]"), %arg12: tensor<3000000x128xf32> loc("w['tables'][6]"), %arg13: tensor<3000000x128xf32> loc("w['tables'][7]"), %arg14: tensor<300000x128xf32> loc("w['tables'][8]"), %arg15: tensor<300000x128xf32> loc("w['tables'][9]"), %arg16: tensor<300000x128xf32> loc("w['tables'][10]"), %arg17: tensor<300000x128xf32> loc("w['tables'][11]"), %arg18: tensor<10000x128xf32> loc("w['tables'][12]"), %arg19: tensor<10000x128xf32> loc("w['tables'][13]"), %arg20: tensor<10000x128xf32> loc("w['tables'][14]"), %arg21: tensor<10000x128xf32> loc("w['tables'][15]"), %arg22: tensor<10000x128xf32> loc("w['tables'][16]"), %arg23: tensor<10000x128xf32> loc("w['tables'][17]"), %arg24: tensor<100x128xf32> loc("w['tables'][18]"), %arg25: tensor<100x128xf32> loc("w['tables'][19]"), %arg26: tensor<100x128xf32> loc("w['tables'][20]"), %arg27: tensor<100x128xf32> loc("w['tables'][21]"), %arg28: tensor<100x128xf32> loc("w['tables'][22]"), %arg29: tensor<100x128xf32> loc("w['tables'][23]"), %arg30: tensor<100x128xf32> loc("w['tables'][24]"), %arg31: tensor<100x128xf32> loc("w['tables'][25]"), %arg32: tensor<1024xf32> loc("w['top'][0]['bias']"), %arg33: tensor<479x1024xf32> loc("w['top'][0]['kernel']"), %arg34: tensor<1024xf32> loc("w['top'][1]['bias']"), %arg35: tensor<1024x1024xf32> loc("w['top'][1]['kernel']"), %arg36: tensor<512xf32> loc("w['top'][2]['bias']"), %arg37: tensor<1024x512xf32> loc("w['top'][2]['kernel']"), %arg38: tensor<256xf32> loc("w['top'][3]['bias']"), %arg39: tensor<512x256xf32> loc("w['top'][3]['kernel']"), %arg40: tensor<1xf32> loc("w['top'][4]['bias']"), %arg41: tensor<256x1xf32> loc("w['top'][4]['kernel']"), %arg42: tensor<2048x13xf32> loc("dense"), %arg43: tensor<2048x8xi32> loc("bags[0]"), %arg44: tensor<2048x8xi32> loc("bags[1]"), %arg45: tensor<2048x8xi32> loc("bags[2]"), %arg46: tensor<2048x8xi32> loc("bags[3]"), %arg47: tensor<2048x1xi32> loc("bags[4]"), %arg48: tensor<2048x1xi32> loc("bags[5]"), %arg49: tensor<2048x1xi32> loc("bags[6]"), %arg50: tensor<2048x1xi32> loc("bags[7]"), %arg51: tensor<2048x1xi32> loc("bags[8]"), %arg52: tensor<2048x1xi32> loc("bags[9]"), %arg53: tensor<2048x1xi32> loc("bags[10]"), %arg54: tensor<2048x1xi32> loc("bags[11]"), %arg55: tensor<2048x1xi32> loc("bags[12]"), %arg56: tensor<2048x1xi32> loc("bags[13]"), %arg57: tensor<2048x1xi32> loc("bags[14]"), %arg58: tensor<2048x1xi32> loc("bags[15]"), %arg59: tensor<2048x1xi32> loc("bags[16]"), %arg60: tensor<2048x1xi32> loc("bags[17]"), %arg61: tensor<2048x1xi32> loc("bags[18]"), %arg62: tensor<2048x1xi32> loc("bags[19]"), %arg63: tensor<2048x1xi32> loc("bags[20]"), %arg64: tensor<2048x1xi32> loc("bags[21]"), %arg65: tensor<2048x1xi32> loc("bags[22]"), %arg66: tensor<2048x1xi32> loc("bags[23]"), %arg67: tensor<2048x1xi32> loc("bags[24]"), %arg68: tensor<2048x1xi32> loc("bags[25]")) -> (tensor<2048x1xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.dot_general %arg42, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2048x13xf32>, tensor<13x512xf32>) -> tensor<2048x512xf32> loc("bottom/layer0/dot_general")
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<512xf32>) -> tensor<1x512xf32> loc("bottom/layer0/broadcast_in_dim")
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x512xf32>) -> tensor<2048x512xf32> loc("bottom/layer0/add")
    %3 = stablehlo.add %0, %2 : tensor<2048x512xf32> loc("bottom/layer0/add")
    %4 = call @relu(%3) : (tensor<2048x512xf32>) -> tensor<2048x512xf32> loc("bottom/layer0/jit(relu)")
    %5 = stablehlo.dot_general %4, %arg3, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2048x512xf32>, tensor<512x256xf32>) -> tensor<2048x256xf32> loc("bottom/layer1/dot_general")
    %6 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<256xf32>) -> tensor<1x256xf32> loc("bottom/layer1/broadcast_in_dim")
    %7 = stablehlo.broadcast_in_dim %6, dims = [0, 1] : (tensor<1x256xf32>) -> tensor<2048x256xf32> loc("bottom/layer1/add")
    %8 = stablehlo.add %5, %7 : tensor<2048x256xf32> loc("bottom/layer1/add")
    %9 = call @relu_0(%8) : (tensor<2048x256xf32>) -> tensor<2048x256xf32> loc("bottom/layer1/jit(relu)")
    %10 = stablehlo.dot_general %9, %arg5, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2048x256xf32>, tensor<256x128xf32>) -> tensor<2048x128xf32> loc("bottom/layer2/dot_general")
    %11 = stablehlo.broadcast_in_dim %arg4, dims = [1] : (tensor<128xf32>) -> tensor<1x128xf32> loc("bottom/layer2/broadcast_in_dim")
    %12 = stablehlo.broadcast_in_dim %11, dims = [0, 1] : (tensor<1x128xf32>) -> tensor<2048x128xf32> loc("bottom/layer2/add")
    %13 = stablehlo.add %10, %12 : tensor<2048x128xf32> loc("bottom/layer2/add")
    %14 = call @relu_1(%13) : (tensor<2048x128xf32>) -> tensor<2048x128xf32> loc("bottom/jit(relu)")
    %c = stablehlo.constant dense<0> : tensor<i32>
    %15 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<2048x8xi32> loc("embeddings/lt")
    %16 = stablehlo.compare LT, %arg43, %15, SIGNED : (tensor<2048x8xi32>, tensor<2048x8xi32>) -> tensor<2048x8xi1> loc("embeddings/lt")
    %c_0 = stablehlo.constant dense<40000000> : tensor<i32>
    %17 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<2048x8xi32> loc("embeddings/add")
    %18 = stablehlo.add %arg43, %17 : tensor<2048x8xi32> loc("embeddings/add")
    %19 = stablehlo.select %16, %18, %arg43 : tensor<2048x8xi1>, tensor<2048x8xi32> loc("embeddings/select_n")
    %20 = stablehlo.broadcast_in_dim %19, dims = [0, 1] : (tensor<2048x8xi32>) -> tensor<2048x8x1xi32> loc("embeddings/broadcast_in_dim")
    %21 = "stablehlo.gather"(%arg6, %20) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<40000000x128xf32>, tensor<2048x8x1xi32>) -> tensor<2048x8x128xf32> loc("embeddings/gather")
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %22 = stablehlo.reduce(%21 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<2048x8x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %23 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i32>) -> tensor<2048x8xi32> loc("embeddings/lt")
    %24 = stablehlo.compare LT, %arg44, %23, SIGNED : (tensor<2048x8xi32>, tensor<2048x8xi32>) -> tensor<2048x8xi1> loc("embeddings/lt")
    %c_2 = stablehlo.constant dense<40000000> : tensor<i32>
    %25 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<i32>) -> tensor<2048x8xi32> loc("embeddings/add")
    %26 = stablehlo.add %arg44, %25 : tensor<2048x8xi32> loc("embeddings/add")
    %27 = stablehlo.select %24, %26, %arg44 : tensor<2048x8xi1>, tensor<2048x8xi32> loc("embeddings/select_n")
    %28 = stablehlo.broadcast_in_dim %27, dims = [0, 1] : (tensor<2048x8xi32>) -> tensor<2048x8x1xi32> loc("embeddings/broadcast_in_dim")
    %29 = "stablehlo.gather"(%arg7, %28) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<40000000x128xf32>, tensor<2048x8x1xi32>) -> tensor<2048x8x128xf32> loc("embeddings/gather")
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %30 = stablehlo.reduce(%29 init: %cst_3) applies stablehlo.add across dimensions = [1] : (tensor<2048x8x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_4 = stablehlo.constant dense<0> : tensor<i32>
    %31 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<i32>) -> tensor<2048x8xi32> loc("embeddings/lt")
    %32 = stablehlo.compare LT, %arg45, %31, SIGNED : (tensor<2048x8xi32>, tensor<2048x8xi32>) -> tensor<2048x8xi1> loc("embeddings/lt")
    %c_5 = stablehlo.constant dense<40000000> : tensor<i32>
    %33 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<i32>) -> tensor<2048x8xi32> loc("embeddings/add")
    %34 = stablehlo.add %arg45, %33 : tensor<2048x8xi32> loc("embeddings/add")
    %35 = stablehlo.select %32, %34, %arg45 : tensor<2048x8xi1>, tensor<2048x8xi32> loc("embeddings/select_n")
    %36 = stablehlo.broadcast_in_dim %35, dims = [0, 1] : (tensor<2048x8xi32>) -> tensor<2048x8x1xi32> loc("embeddings/broadcast_in_dim")
    %37 = "stablehlo.gather"(%arg8, %36) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<40000000x128xf32>, tensor<2048x8x1xi32>) -> tensor<2048x8x128xf32> loc("embeddings/gather")
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %38 = stablehlo.reduce(%37 init: %cst_6) applies stablehlo.add across dimensions = [1] : (tensor<2048x8x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_7 = stablehlo.constant dense<0> : tensor<i32>
    %39 = stablehlo.broadcast_in_dim %c_7, dims = [] : (tensor<i32>) -> tensor<2048x8xi32> loc("embeddings/lt")
    %40 = stablehlo.compare LT, %arg46, %39, SIGNED : (tensor<2048x8xi32>, tensor<2048x8xi32>) -> tensor<2048x8xi1> loc("embeddings/lt")
    %c_8 = stablehlo.constant dense<40000000> : tensor<i32>
    %41 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<i32>) -> tensor<2048x8xi32> loc("embeddings/add")
    %42 = stablehlo.add %arg46, %41 : tensor<2048x8xi32> loc("embeddings/add")
    %43 = stablehlo.select %40, %42, %arg46 : tensor<2048x8xi1>, tensor<2048x8xi32> loc("embeddings/select_n")
    %44 = stablehlo.broadcast_in_dim %43, dims = [0, 1] : (tensor<2048x8xi32>) -> tensor<2048x8x1xi32> loc("embeddings/broadcast_in_dim")
    %45 = "stablehlo.gather"(%arg9, %44) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<40000000x128xf32>, tensor<2048x8x1xi32>) -> tensor<2048x8x128xf32> loc("embeddings/gather")
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %46 = stablehlo.reduce(%45 init: %cst_9) applies stablehlo.add across dimensions = [1] : (tensor<2048x8x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_10 = stablehlo.constant dense<0> : tensor<i32>
    %47 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %48 = stablehlo.compare LT, %arg47, %47, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_11 = stablehlo.constant dense<3000000> : tensor<i32>
    %49 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %50 = stablehlo.add %arg47, %49 : tensor<2048x1xi32> loc("embeddings/add")
    %51 = stablehlo.select %48, %50, %arg47 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %52 = stablehlo.broadcast_in_dim %51, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %53 = "stablehlo.gather"(%arg10, %52) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<3000000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %54 = stablehlo.reduce(%53 init: %cst_12) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_13 = stablehlo.constant dense<0> : tensor<i32>
    %55 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %56 = stablehlo.compare LT, %arg48, %55, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_14 = stablehlo.constant dense<3000000> : tensor<i32>
    %57 = stablehlo.broadcast_in_dim %c_14, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %58 = stablehlo.add %arg48, %57 : tensor<2048x1xi32> loc("embeddings/add")
    %59 = stablehlo.select %56, %58, %arg48 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %60 = stablehlo.broadcast_in_dim %59, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %61 = "stablehlo.gather"(%arg11, %60) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<3000000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_15 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %62 = stablehlo.reduce(%61 init: %cst_15) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_16 = stablehlo.constant dense<0> : tensor<i32>
    %63 = stablehlo.broadcast_in_dim %c_16, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %64 = stablehlo.compare LT, %arg49, %63, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_17 = stablehlo.constant dense<3000000> : tensor<i32>
    %65 = stablehlo.broadcast_in_dim %c_17, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %66 = stablehlo.add %arg49, %65 : tensor<2048x1xi32> loc("embeddings/add")
    %67 = stablehlo.select %64, %66, %arg49 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %68 = stablehlo.broadcast_in_dim %67, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %69 = "stablehlo.gather"(%arg12, %68) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<3000000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %70 = stablehlo.reduce(%69 init: %cst_18) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_19 = stablehlo.constant dense<0> : tensor<i32>
    %71 = stablehlo.broadcast_in_dim %c_19, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %72 = stablehlo.compare LT, %arg50, %71, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_20 = stablehlo.constant dense<3000000> : tensor<i32>
    %73 = stablehlo.broadcast_in_dim %c_20, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %74 = stablehlo.add %arg50, %73 : tensor<2048x1xi32> loc("embeddings/add")
    %75 = stablehlo.select %72, %74, %arg50 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %76 = stablehlo.broadcast_in_dim %75, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %77 = "stablehlo.gather"(%arg13, %76) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<3000000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_21 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %78 = stablehlo.reduce(%77 init: %cst_21) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_22 = stablehlo.constant dense<0> : tensor<i32>
    %79 = stablehlo.broadcast_in_dim %c_22, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %80 = stablehlo.compare LT, %arg51, %79, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_23 = stablehlo.constant dense<300000> : tensor<i32>
    %81 = stablehlo.broadcast_in_dim %c_23, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %82 = stablehlo.add %arg51, %81 : tensor<2048x1xi32> loc("embeddings/add")
    %83 = stablehlo.select %80, %82, %arg51 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %84 = stablehlo.broadcast_in_dim %83, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %85 = "stablehlo.gather"(%arg14, %84) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<300000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_24 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %86 = stablehlo.reduce(%85 init: %cst_24) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_25 = stablehlo.constant dense<0> : tensor<i32>
    %87 = stablehlo.broadcast_in_dim %c_25, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %88 = stablehlo.compare LT, %arg52, %87, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_26 = stablehlo.constant dense<300000> : tensor<i32>
    %89 = stablehlo.broadcast_in_dim %c_26, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %90 = stablehlo.add %arg52, %89 : tensor<2048x1xi32> loc("embeddings/add")
    %91 = stablehlo.select %88, %90, %arg52 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %92 = stablehlo.broadcast_in_dim %91, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %93 = "stablehlo.gather"(%arg15, %92) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<300000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_27 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %94 = stablehlo.reduce(%93 init: %cst_27) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_28 = stablehlo.constant dense<0> : tensor<i32>
    %95 = stablehlo.broadcast_in_dim %c_28, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %96 = stablehlo.compare LT, %arg53, %95, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_29 = stablehlo.constant dense<300000> : tensor<i32>
    %97 = stablehlo.broadcast_in_dim %c_29, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %98 = stablehlo.add %arg53, %97 : tensor<2048x1xi32> loc("embeddings/add")
    %99 = stablehlo.select %96, %98, %arg53 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %100 = stablehlo.broadcast_in_dim %99, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %101 = "stablehlo.gather"(%arg16, %100) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<300000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_30 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %102 = stablehlo.reduce(%101 init: %cst_30) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_31 = stablehlo.constant dense<0> : tensor<i32>
    %103 = stablehlo.broadcast_in_dim %c_31, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %104 = stablehlo.compare LT, %arg54, %103, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_32 = stablehlo.constant dense<300000> : tensor<i32>
    %105 = stablehlo.broadcast_in_dim %c_32, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %106 = stablehlo.add %arg54, %105 : tensor<2048x1xi32> loc("embeddings/add")
    %107 = stablehlo.select %104, %106, %arg54 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %108 = stablehlo.broadcast_in_dim %107, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %109 = "stablehlo.gather"(%arg17, %108) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<300000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_33 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %110 = stablehlo.reduce(%109 init: %cst_33) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_34 = stablehlo.constant dense<0> : tensor<i32>
    %111 = stablehlo.broadcast_in_dim %c_34, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %112 = stablehlo.compare LT, %arg55, %111, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_35 = stablehlo.constant dense<10000> : tensor<i32>
    %113 = stablehlo.broadcast_in_dim %c_35, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %114 = stablehlo.add %arg55, %113 : tensor<2048x1xi32> loc("embeddings/add")
    %115 = stablehlo.select %112, %114, %arg55 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %116 = stablehlo.broadcast_in_dim %115, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %117 = "stablehlo.gather"(%arg18, %116) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<10000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_36 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %118 = stablehlo.reduce(%117 init: %cst_36) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_37 = stablehlo.constant dense<0> : tensor<i32>
    %119 = stablehlo.broadcast_in_dim %c_37, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %120 = stablehlo.compare LT, %arg56, %119, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_38 = stablehlo.constant dense<10000> : tensor<i32>
    %121 = stablehlo.broadcast_in_dim %c_38, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %122 = stablehlo.add %arg56, %121 : tensor<2048x1xi32> loc("embeddings/add")
    %123 = stablehlo.select %120, %122, %arg56 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %124 = stablehlo.broadcast_in_dim %123, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %125 = "stablehlo.gather"(%arg19, %124) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<10000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_39 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %126 = stablehlo.reduce(%125 init: %cst_39) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_40 = stablehlo.constant dense<0> : tensor<i32>
    %127 = stablehlo.broadcast_in_dim %c_40, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %128 = stablehlo.compare LT, %arg57, %127, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_41 = stablehlo.constant dense<10000> : tensor<i32>
    %129 = stablehlo.broadcast_in_dim %c_41, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %130 = stablehlo.add %arg57, %129 : tensor<2048x1xi32> loc("embeddings/add")
    %131 = stablehlo.select %128, %130, %arg57 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %132 = stablehlo.broadcast_in_dim %131, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %133 = "stablehlo.gather"(%arg20, %132) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<10000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_42 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %134 = stablehlo.reduce(%133 init: %cst_42) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_43 = stablehlo.constant dense<0> : tensor<i32>
    %135 = stablehlo.broadcast_in_dim %c_43, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %136 = stablehlo.compare LT, %arg58, %135, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_44 = stablehlo.constant dense<10000> : tensor<i32>
    %137 = stablehlo.broadcast_in_dim %c_44, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %138 = stablehlo.add %arg58, %137 : tensor<2048x1xi32> loc("embeddings/add")
    %139 = stablehlo.select %136, %138, %arg58 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %140 = stablehlo.broadcast_in_dim %139, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %141 = "stablehlo.gather"(%arg21, %140) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<10000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_45 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %142 = stablehlo.reduce(%141 init: %cst_45) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_46 = stablehlo.constant dense<0> : tensor<i32>
    %143 = stablehlo.broadcast_in_dim %c_46, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %144 = stablehlo.compare LT, %arg59, %143, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_47 = stablehlo.constant dense<10000> : tensor<i32>
    %145 = stablehlo.broadcast_in_dim %c_47, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %146 = stablehlo.add %arg59, %145 : tensor<2048x1xi32> loc("embeddings/add")
    %147 = stablehlo.select %144, %146, %arg59 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %148 = stablehlo.broadcast_in_dim %147, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %149 = "stablehlo.gather"(%arg22, %148) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<10000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_48 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %150 = stablehlo.reduce(%149 init: %cst_48) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_49 = stablehlo.constant dense<0> : tensor<i32>
    %151 = stablehlo.broadcast_in_dim %c_49, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %152 = stablehlo.compare LT, %arg60, %151, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_50 = stablehlo.constant dense<10000> : tensor<i32>
    %153 = stablehlo.broadcast_in_dim %c_50, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %154 = stablehlo.add %arg60, %153 : tensor<2048x1xi32> loc("embeddings/add")
    %155 = stablehlo.select %152, %154, %arg60 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %156 = stablehlo.broadcast_in_dim %155, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %157 = "stablehlo.gather"(%arg23, %156) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<10000x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_51 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %158 = stablehlo.reduce(%157 init: %cst_51) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_52 = stablehlo.constant dense<0> : tensor<i32>
    %159 = stablehlo.broadcast_in_dim %c_52, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %160 = stablehlo.compare LT, %arg61, %159, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_53 = stablehlo.constant dense<100> : tensor<i32>
    %161 = stablehlo.broadcast_in_dim %c_53, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %162 = stablehlo.add %arg61, %161 : tensor<2048x1xi32> loc("embeddings/add")
    %163 = stablehlo.select %160, %162, %arg61 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %164 = stablehlo.broadcast_in_dim %163, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %165 = "stablehlo.gather"(%arg24, %164) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<100x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_54 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %166 = stablehlo.reduce(%165 init: %cst_54) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_55 = stablehlo.constant dense<0> : tensor<i32>
    %167 = stablehlo.broadcast_in_dim %c_55, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %168 = stablehlo.compare LT, %arg62, %167, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_56 = stablehlo.constant dense<100> : tensor<i32>
    %169 = stablehlo.broadcast_in_dim %c_56, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %170 = stablehlo.add %arg62, %169 : tensor<2048x1xi32> loc("embeddings/add")
    %171 = stablehlo.select %168, %170, %arg62 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %172 = stablehlo.broadcast_in_dim %171, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %173 = "stablehlo.gather"(%arg25, %172) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<100x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_57 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %174 = stablehlo.reduce(%173 init: %cst_57) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_58 = stablehlo.constant dense<0> : tensor<i32>
    %175 = stablehlo.broadcast_in_dim %c_58, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %176 = stablehlo.compare LT, %arg63, %175, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_59 = stablehlo.constant dense<100> : tensor<i32>
    %177 = stablehlo.broadcast_in_dim %c_59, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %178 = stablehlo.add %arg63, %177 : tensor<2048x1xi32> loc("embeddings/add")
    %179 = stablehlo.select %176, %178, %arg63 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %180 = stablehlo.broadcast_in_dim %179, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %181 = "stablehlo.gather"(%arg26, %180) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<100x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_60 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %182 = stablehlo.reduce(%181 init: %cst_60) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_61 = stablehlo.constant dense<0> : tensor<i32>
    %183 = stablehlo.broadcast_in_dim %c_61, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %184 = stablehlo.compare LT, %arg64, %183, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_62 = stablehlo.constant dense<100> : tensor<i32>
    %185 = stablehlo.broadcast_in_dim %c_62, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %186 = stablehlo.add %arg64, %185 : tensor<2048x1xi32> loc("embeddings/add")
    %187 = stablehlo.select %184, %186, %arg64 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %188 = stablehlo.broadcast_in_dim %187, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %189 = "stablehlo.gather"(%arg27, %188) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<100x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_63 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %190 = stablehlo.reduce(%189 init: %cst_63) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_64 = stablehlo.constant dense<0> : tensor<i32>
    %191 = stablehlo.broadcast_in_dim %c_64, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %192 = stablehlo.compare LT, %arg65, %191, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_65 = stablehlo.constant dense<100> : tensor<i32>
    %193 = stablehlo.broadcast_in_dim %c_65, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %194 = stablehlo.add %arg65, %193 : tensor<2048x1xi32> loc("embeddings/add")
    %195 = stablehlo.select %192, %194, %arg65 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %196 = stablehlo.broadcast_in_dim %195, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %197 = "stablehlo.gather"(%arg28, %196) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<100x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_66 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %198 = stablehlo.reduce(%197 init: %cst_66) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_67 = stablehlo.constant dense<0> : tensor<i32>
    %199 = stablehlo.broadcast_in_dim %c_67, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %200 = stablehlo.compare LT, %arg66, %199, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_68 = stablehlo.constant dense<100> : tensor<i32>
    %201 = stablehlo.broadcast_in_dim %c_68, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %202 = stablehlo.add %arg66, %201 : tensor<2048x1xi32> loc("embeddings/add")
    %203 = stablehlo.select %200, %202, %arg66 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %204 = stablehlo.broadcast_in_dim %203, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %205 = "stablehlo.gather"(%arg29, %204) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<100x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_69 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %206 = stablehlo.reduce(%205 init: %cst_69) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_70 = stablehlo.constant dense<0> : tensor<i32>
    %207 = stablehlo.broadcast_in_dim %c_70, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %208 = stablehlo.compare LT, %arg67, %207, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_71 = stablehlo.constant dense<100> : tensor<i32>
    %209 = stablehlo.broadcast_in_dim %c_71, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %210 = stablehlo.add %arg67, %209 : tensor<2048x1xi32> loc("embeddings/add")
    %211 = stablehlo.select %208, %210, %arg67 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %212 = stablehlo.broadcast_in_dim %211, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %213 = "stablehlo.gather"(%arg30, %212) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<100x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_72 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %214 = stablehlo.reduce(%213 init: %cst_72) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %c_73 = stablehlo.constant dense<0> : tensor<i32>
    %215 = stablehlo.broadcast_in_dim %c_73, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/lt")
    %216 = stablehlo.compare LT, %arg68, %215, SIGNED : (tensor<2048x1xi32>, tensor<2048x1xi32>) -> tensor<2048x1xi1> loc("embeddings/lt")
    %c_74 = stablehlo.constant dense<100> : tensor<i32>
    %217 = stablehlo.broadcast_in_dim %c_74, dims = [] : (tensor<i32>) -> tensor<2048x1xi32> loc("embeddings/add")
    %218 = stablehlo.add %arg68, %217 : tensor<2048x1xi32> loc("embeddings/add")
    %219 = stablehlo.select %216, %218, %arg68 : tensor<2048x1xi1>, tensor<2048x1xi32> loc("embeddings/select_n")
    %220 = stablehlo.broadcast_in_dim %219, dims = [0, 1] : (tensor<2048x1xi32>) -> tensor<2048x1x1xi32> loc("embeddings/broadcast_in_dim")
    %221 = "stablehlo.gather"(%arg31, %220) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<100x128xf32>, tensor<2048x1x1xi32>) -> tensor<2048x1x128xf32> loc("embeddings/gather")
    %cst_75 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("embeddings/reduce_sum")
    %222 = stablehlo.reduce(%221 init: %cst_75) applies stablehlo.add across dimensions = [1] : (tensor<2048x1x128xf32>, tensor<f32>) -> tensor<2048x128xf32> loc("embeddings/reduce_sum")
    %223 = stablehlo.broadcast_in_dim %14, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %224 = stablehlo.broadcast_in_dim %22, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %225 = stablehlo.broadcast_in_dim %30, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %226 = stablehlo.broadcast_in_dim %38, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %227 = stablehlo.broadcast_in_dim %46, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %228 = stablehlo.broadcast_in_dim %54, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %229 = stablehlo.broadcast_in_dim %62, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %230 = stablehlo.broadcast_in_dim %70, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %231 = stablehlo.broadcast_in_dim %78, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %232 = stablehlo.broadcast_in_dim %86, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %233 = stablehlo.broadcast_in_dim %94, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %234 = stablehlo.broadcast_in_dim %102, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %235 = stablehlo.broadcast_in_dim %110, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %236 = stablehlo.broadcast_in_dim %118, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %237 = stablehlo.broadcast_in_dim %126, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %238 = stablehlo.broadcast_in_dim %134, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %239 = stablehlo.broadcast_in_dim %142, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %240 = stablehlo.broadcast_in_dim %150, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %241 = stablehlo.broadcast_in_dim %158, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %242 = stablehlo.broadcast_in_dim %166, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %243 = stablehlo.broadcast_in_dim %174, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %244 = stablehlo.broadcast_in_dim %182, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %245 = stablehlo.broadcast_in_dim %190, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %246 = stablehlo.broadcast_in_dim %198, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %247 = stablehlo.broadcast_in_dim %206, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %248 = stablehlo.broadcast_in_dim %214, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %249 = stablehlo.broadcast_in_dim %222, dims = [0, 2] : (tensor<2048x128xf32>) -> tensor<2048x1x128xf32> loc("interaction/stack")
    %250 = stablehlo.concatenate %223, %224, %225, %226, %227, %228, %229, %230, %231, %232, %233, %234, %235, %236, %237, %238, dim = 1 : (tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>) -> tensor<2048x16x128xf32> loc("interaction/stack")
    %251 = stablehlo.concatenate %239, %240, %241, %242, %243, %244, %245, %246, %247, %248, %249, dim = 1 : (tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>, tensor<2048x1x128xf32>) -> tensor<2048x11x128xf32> loc("interaction/stack")
    %252 = stablehlo.concatenate %250, %251, dim = 1 : (tensor<2048x16x128xf32>, tensor<2048x11x128xf32>) -> tensor<2048x27x128xf32> loc("interaction/stack")
    %253 = stablehlo.dot_general %252, %252, batching_dims = [0] x [0], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2048x27x128xf32>, tensor<2048x27x128xf32>) -> tensor<2048x27x27xf32> loc("interaction/dot_general")
    %cst_76 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %254 = stablehlo.broadcast_in_dim %cst_76, dims = [] : (tensor<f32>) -> tensor<27x27xf32> loc("interaction/broadcast_in_dim")
    %255 = call @tril(%254) : (tensor<27x27xf32>) -> tensor<27x27xf32> loc("interaction/jit(tril)")
    %cst_77 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %256 = stablehlo.broadcast_in_dim %cst_77, dims = [] : (tensor<f32>) -> tensor<27x27xf32> loc("interaction/ne")
    %257 = stablehlo.compare NE, %255, %256, FLOAT : (tensor<27x27xf32>, tensor<27x27xf32>) -> tensor<27x27xi1> loc("interaction/ne")
    %258 = call @cumsum(%257) : (tensor<27x27xi1>) -> tensor<729xi32> loc("interaction/jit(cumsum)")
    %c_78 = stablehlo.constant dense<0> : tensor<i32>
    %259 = stablehlo.broadcast_in_dim %c_78, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("interaction/broadcast_in_dim")
    %c_79 = stablehlo.constant dense<0> : tensor<i32>
    %260 = call @clip(%258, %c_79) : (tensor<729xi32>, tensor<i32>) -> tensor<729xi32> loc("interaction/jit(clip)")
    %c_80 = stablehlo.constant dense<0> : tensor<i32>
    %261 = stablehlo.broadcast_in_dim %c_80, dims = [] : (tensor<i32>) -> tensor<729xi32> loc("interaction/lt")
    %262 = stablehlo.compare LT, %260, %261, SIGNED : (tensor<729xi32>, tensor<729xi32>) -> tensor<729xi1> loc("interaction/lt")
    %c_81 = stablehlo.constant dense<351> : tensor<i32>
    %263 = stablehlo.broadcast_in_dim %c_81, dims = [] : (tensor<i32>) -> tensor<729xi32> loc("interaction/add")
    %264 = stablehlo.add %260, %263 : tensor<729xi32> loc("interaction/add")
    %265 = stablehlo.select %262, %264, %260 : tensor<729xi1>, tensor<729xi32> loc("interaction/select_n")
    %266 = stablehlo.broadcast_in_dim %265, dims = [0] : (tensor<729xi32>) -> tensor<729x1xi32> loc("interaction/broadcast_in_dim")
    %c_82 = stablehlo.constant dense<1> : tensor<i32>
    %267 = stablehlo.broadcast_in_dim %c_82, dims = [] : (tensor<i32>) -> tensor<729xi32> loc("interaction/broadcast_in_dim")
    %268 = "stablehlo.scatter"(%259, %266, %267) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%arg69: tensor<i32> loc("scatter-add:"), %arg70: tensor<i32> loc("scatter-add:")):
      %319 = stablehlo.add %arg69, %arg70 : tensor<i32> loc("interaction/add")
      stablehlo.return %319 : tensor<i32> loc("interaction/scatter-add")
    }) : (tensor<351xi32>, tensor<729x1xi32>, tensor<729xi32>) -> tensor<351xi32> loc("interaction/scatter-add")
    %269 = call @cumsum_3(%268) : (tensor<351xi32>) -> tensor<351xi32> loc("interaction/jit(cumsum)")
    %c_83 = stablehlo.constant dense<27> : tensor<i32>
    %270 = call @floor_divide(%269, %c_83) : (tensor<351xi32>, tensor<i32>) -> tensor<351xi32> loc("interaction/jit(floor_divide)")
    %c_84 = stablehlo.constant dense<27> : tensor<i32>
    %271 = call @remainder(%270, %c_84) : (tensor<351xi32>, tensor<i32>) -> tensor<351xi32> loc("interaction/jit(remainder)")
    %c_85 = stablehlo.constant dense<1> : tensor<i32>
    %272 = call @floor_divide(%269, %c_85) : (tensor<351xi32>, tensor<i32>) -> tensor<351xi32> loc("interaction/jit(floor_divide)")
    %c_86 = stablehlo.constant dense<27> : tensor<i32>
    %273 = call @remainder(%272, %c_86) : (tensor<351xi32>, tensor<i32>) -> tensor<351xi32> loc("interaction/jit(remainder)")
    %c_87 = stablehlo.constant dense<0> : tensor<i32>
    %274 = stablehlo.broadcast_in_dim %c_87, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("interaction/lt")
    %275 = stablehlo.compare LT, %271, %274, SIGNED : (tensor<351xi32>, tensor<351xi32>) -> tensor<351xi1> loc("interaction/lt")
    %c_88 = stablehlo.constant dense<27> : tensor<i32>
    %276 = stablehlo.broadcast_in_dim %c_88, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("interaction/add")
    %277 = stablehlo.add %271, %276 : tensor<351xi32> loc("interaction/add")
    %278 = stablehlo.select %275, %277, %271 : tensor<351xi1>, tensor<351xi32> loc("interaction/select_n")
    %c_89 = stablehlo.constant dense<0> : tensor<i32>
    %279 = stablehlo.broadcast_in_dim %c_89, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("interaction/lt")
    %280 = stablehlo.compare LT, %273, %279, SIGNED : (tensor<351xi32>, tensor<351xi32>) -> tensor<351xi1> loc("interaction/lt")
    %c_90 = stablehlo.constant dense<27> : tensor<i32>
    %281 = stablehlo.broadcast_in_dim %c_90, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("interaction/add")
    %282 = stablehlo.add %273, %281 : tensor<351xi32> loc("interaction/add")
    %283 = stablehlo.select %280, %282, %273 : tensor<351xi1>, tensor<351xi32> loc("interaction/select_n")
    %284 = stablehlo.broadcast_in_dim %278, dims = [0] : (tensor<351xi32>) -> tensor<351x1xi32> loc("interaction/broadcast_in_dim")
    %285 = stablehlo.broadcast_in_dim %283, dims = [0] : (tensor<351xi32>) -> tensor<351x1xi32> loc("interaction/broadcast_in_dim")
    %286 = stablehlo.concatenate %284, %285, dim = 1 : (tensor<351x1xi32>, tensor<351x1xi32>) -> tensor<351x2xi32> loc("interaction/concatenate")
    %287 = "stablehlo.gather"(%253, %286) <{dimension_numbers = #stablehlo.gather<offset_dims = [0], collapsed_slice_dims = [1, 2], start_index_map = [1, 2], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 2048, 1, 1>}> : (tensor<2048x27x27xf32>, tensor<351x2xi32>) -> tensor<2048x351xf32> loc("interaction/gather")
    %288 = stablehlo.concatenate %14, %287, dim = 1 : (tensor<2048x128xf32>, tensor<2048x351xf32>) -> tensor<2048x479xf32> loc("interaction/concatenate")
    %289 = stablehlo.dot_general %288, %arg33, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2048x479xf32>, tensor<479x1024xf32>) -> tensor<2048x1024xf32> loc("top/layer0/dot_general")
    %290 = stablehlo.broadcast_in_dim %arg32, dims = [1] : (tensor<1024xf32>) -> tensor<1x1024xf32> loc("top/layer0/broadcast_in_dim")
    %291 = stablehlo.broadcast_in_dim %290, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<2048x1024xf32> loc("top/layer0/add")
    %292 = stablehlo.add %289, %291 : tensor<2048x1024xf32> loc("top/layer0/add")
    %293 = call @relu_6(%292) : (tensor<2048x1024xf32>) -> tensor<2048x1024xf32> loc("top/layer0/jit(relu)")
    %294 = stablehlo.dot_general %293, %arg35, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2048x1024xf32>, tensor<1024x1024xf32>) -> tensor<2048x1024xf32> loc("top/layer1/dot_general")
    %295 = stablehlo.broadcast_in_dim %arg34, dims = [1] : (tensor<1024xf32>) -> tensor<1x1024xf32> loc("top/layer1/broadcast_in_dim")
    %296 = stablehlo.broadcast_in_dim %295, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<2048x1024xf32> loc("top/layer1/add")
    %297 = stablehlo.add %294, %296 : tensor<2048x1024xf32> loc("top/layer1/add")
    %298 = call @relu_6(%297) : (tensor<2048x1024xf32>) -> tensor<2048x1024xf32> loc("top/layer1/jit(relu)")
    %299 = stablehlo.dot_general %298, %arg37, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2048x1024xf32>, tensor<1024x512xf32>) -> tensor<2048x512xf32> loc("top/layer2/dot_general")
    %300 = stablehlo.broadcast_in_dim %arg36, dims = [1] : (tensor<512xf32>) -> tensor<1x512xf32> loc("top/layer2/broadcast_in_dim")
    %301 = stablehlo.broadcast_in_dim %300, dims = [0, 1] : (tensor<1x512xf32>) -> tensor<2048x512xf32> loc("top/layer2/add")
    %302 = stablehlo.add %299, %301 : tensor<2048x512xf32> loc("top/layer2/add")
    %303 = call @relu(%302) : (tensor<2048x512xf32>) -> tensor<2048x512xf32> loc("top/layer2/jit(relu)")
    %304 = stablehlo.dot_general %303, %arg39, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2048x512xf32>, tensor<512x256xf32>) -> tensor<2048x256xf32> loc("top/layer3/dot_general")
    %305 = stablehlo.broadcast_in_dim %arg38, dims = [1] : (tensor<256xf32>) -> tensor<1x256xf32> loc("top/layer3/broadcast_in_dim")
    %306 = stablehlo.broadcast_in_dim %305, dims = [0, 1] : (tensor<1x256xf32>) -> tensor<2048x256xf32> loc("top/layer3/add")
    %307 = stablehlo.add %304, %306 : tensor<2048x256xf32> loc("top/layer3/add")
    %308 = call @relu_0(%307) : (tensor<2048x256xf32>) -> tensor<2048x256xf32> loc("top/layer3/jit(relu)")
    %309 = stablehlo.dot_general %308, %arg41, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2048x256xf32>, tensor<256x1xf32>) -> tensor<2048x1xf32> loc("top/layer4/dot_general")
    %310 = stablehlo.broadcast_in_dim %arg40, dims = [1] : (tensor<1xf32>) -> tensor<1x1xf32> loc("top/layer4/broadcast_in_dim")
    %311 = stablehlo.broadcast_in_dim %310, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<2048x1xf32> loc("top/layer4/add")
    %312 = stablehlo.add %309, %311 : tensor<2048x1xf32> loc("top/layer4/add")
    %313 = stablehlo.negate %312 : tensor<2048x1xf32> loc("top/neg")
    %314 = stablehlo.exponential %313 : tensor<2048x1xf32> loc("top/exp")
    %cst_91 = stablehlo.constant dense<1.000000e+00> : tensor<f32> loc("top/logistic")
    %315 = stablehlo.broadcast_in_dim %cst_91, dims = [] : (tensor<f32>) -> tensor<2048x1xf32> loc("top/add")
    %316 = stablehlo.add %315, %314 : tensor<2048x1xf32> loc("top/add")
    %cst_92 = stablehlo.constant dense<1.000000e+00> : tensor<f32> loc("top/logistic")
    %317 = stablehlo.broadcast_in_dim %cst_92, dims = [] : (tensor<f32>) -> tensor<2048x1xf32> loc("top/div")
    %318 = stablehlo.divide %317, %316 : tensor<2048x1xf32> loc("top/div")
    return %318 : tensor<2048x1xf32>
  }
  func.func private @relu(%arg0: tensor<2048x512xf32>) -> tensor<2048x512xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2048x512xf32> loc("max")
    %1 = stablehlo.maximum %arg0, %0 : tensor<2048x512xf32> loc("max")
    return %1 : tensor<2048x512xf32>
  }
  func.func private @relu_0(%arg0: tensor<2048x256xf32>) -> tensor<2048x256xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2048x256xf32> loc("max")
    %1 = stablehlo.maximum %arg0, %0 : tensor<2048x256xf32> loc("max")
    return %1 : tensor<2048x256xf32>
  }
  func.func private @relu_1(%arg0: tensor<2048x128xf32>) -> tensor<2048x128xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2048x128xf32> loc("max")
    %1 = stablehlo.maximum %arg0, %0 : tensor<2048x128xf32> loc("max")
    return %1 : tensor<2048x128xf32>
  }
  func.func private @tril(%arg0: tensor<27x27xf32>) -> tensor<27x27xf32> {
    %0 = stablehlo.iota dim = 0 : tensor<27x27xi32> loc("iota")
    %c = stablehlo.constant dense<-1> : tensor<i32>
    %1 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<27x27xi32> loc("add")
    %2 = stablehlo.add %0, %1 : tensor<27x27xi32> loc("add")
    %3 = stablehlo.iota dim = 1 : tensor<27x27xi32> loc("iota")
    %4 = stablehlo.compare GE, %2, %3, SIGNED : (tensor<27x27xi32>, tensor<27x27xi32>) -> tensor<27x27xi1> loc("ge")
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<27x27xf32> loc("broadcast_in_dim")
    %6 = stablehlo.select %4, %arg0, %5 : tensor<27x27xi1>, tensor<27x27xf32> loc("select_n")
    return %6 : tensor<27x27xf32>
  }
  func.func private @cumsum(%arg0: tensor<27x27xi1>) -> tensor<729xi32> {
    %0 = stablehlo.reshape %arg0 : (tensor<27x27xi1>) -> tensor<729xi1> loc("reshape")
    %1 = stablehlo.convert %0 : (tensor<729xi1>) -> tensor<729xi32> loc("convert_element_type")
    %2 = call @cumsum_2(%1) : (tensor<729xi32>) -> tensor<729xi32>
    return %2 : tensor<729xi32>
  }
  func.func private @cumsum_2(%arg0: tensor<729xi32>) -> tensor<729xi32> {
    %c = stablehlo.constant dense<0> : tensor<i32> loc("reduce_window_sum")
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<i32> loc("reduce_window_sum")
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{base_dilations = array<i64: 1>, padding = dense<[[728, 0]]> : tensor<1x2xi64>, window_dilations = array<i64: 1>, window_dimensions = array<i64: 729>, window_strides = array<i64: 1>}> ({
    ^bb0(%arg1: tensor<i32> loc("reduce_window_sum:"), %arg2: tensor<i32> loc("reduce_window_sum:")):
      %2 = stablehlo.add %arg1, %arg2 : tensor<i32> loc("reduce_window_sum")
      stablehlo.return %2 : tensor<i32> loc("reduce_window_sum")
    }) : (tensor<729xi32>, tensor<i32>) -> tensor<729xi32> loc("reduce_window_sum")
    return %1 : tensor<729xi32>
  }
  func.func private @clip(%arg0: tensor<729xi32>, %arg1: tensor<i32>) -> tensor<729xi32> {
    %0 = stablehlo.convert %arg1 : tensor<i32> loc("convert_element_type")
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<i32>) -> tensor<729xi32> loc("max")
    %2 = stablehlo.maximum %1, %arg0 : tensor<729xi32> loc("max")
    return %2 : tensor<729xi32>
  }
  func.func private @cumsum_3(%arg0: tensor<351xi32>) -> tensor<351xi32> {
    %0 = call @cumsum_4(%arg0) : (tensor<351xi32>) -> tensor<351xi32>
    return %0 : tensor<351xi32>
  }
  func.func private @cumsum_4(%arg0: tensor<351xi32>) -> tensor<351xi32> {
    %c = stablehlo.constant dense<0> : tensor<i32> loc("reduce_window_sum")
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<i32> loc("reduce_window_sum")
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{base_dilations = array<i64: 1>, padding = dense<[[350, 0]]> : tensor<1x2xi64>, window_dilations = array<i64: 1>, window_dimensions = array<i64: 351>, window_strides = array<i64: 1>}> ({
    ^bb0(%arg1: tensor<i32> loc("reduce_window_sum:"), %arg2: tensor<i32> loc("reduce_window_sum:")):
      %2 = stablehlo.add %arg1, %arg2 : tensor<i32> loc("reduce_window_sum")
      stablehlo.return %2 : tensor<i32> loc("reduce_window_sum")
    }) : (tensor<351xi32>, tensor<i32>) -> tensor<351xi32> loc("reduce_window_sum")
    return %1 : tensor<351xi32>
  }
  func.func private @floor_divide(%arg0: tensor<351xi32>, %arg1: tensor<i32>) -> tensor<351xi32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("div")
    %1 = stablehlo.divide %arg0, %0 : tensor<351xi32> loc("div")
    %2 = stablehlo.sign %arg0 : tensor<351xi32> loc("sign")
    %3 = stablehlo.sign %arg1 : tensor<i32> loc("sign")
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("ne")
    %5 = stablehlo.compare NE, %2, %4, SIGNED : (tensor<351xi32>, tensor<351xi32>) -> tensor<351xi1> loc("ne")
    %6 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("rem")
    %7 = stablehlo.remainder %arg0, %6 : tensor<351xi32> loc("rem")
    %c = stablehlo.constant dense<0> : tensor<i32>
    %8 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("ne")
    %9 = stablehlo.compare NE, %7, %8, SIGNED : (tensor<351xi32>, tensor<351xi32>) -> tensor<351xi1> loc("ne")
    %10 = stablehlo.and %5, %9 : tensor<351xi1> loc("and")
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %11 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("sub")
    %12 = stablehlo.subtract %1, %11 : tensor<351xi32> loc("sub")
    %13 = call @_where(%10, %12, %1) : (tensor<351xi1>, tensor<351xi32>, tensor<351xi32>) -> tensor<351xi32>
    return %13 : tensor<351xi32>
  }
  func.func private @_where(%arg0: tensor<351xi1>, %arg1: tensor<351xi32>, %arg2: tensor<351xi32>) -> tensor<351xi32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<351xi1>, tensor<351xi32> loc("select_n")
    return %0 : tensor<351xi32>
  }
  func.func private @remainder(%arg0: tensor<351xi32>, %arg1: tensor<i32>) -> tensor<351xi32> {
    %0 = stablehlo.convert %arg1 : tensor<i32> loc("convert_element_type")
    %c = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.compare EQ, %0, %c, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("eq")
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %2 = call @_where_5(%1, %c_0, %0) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("rem")
    %4 = stablehlo.remainder %arg0, %3 : tensor<351xi32> loc("rem")
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %5 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("ne")
    %6 = stablehlo.compare NE, %4, %5, SIGNED : (tensor<351xi32>, tensor<351xi32>) -> tensor<351xi1> loc("ne")
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %7 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("lt")
    %8 = stablehlo.compare LT, %4, %7, SIGNED : (tensor<351xi32>, tensor<351xi32>) -> tensor<351xi1> loc("lt")
    %c_3 = stablehlo.constant dense<0> : tensor<i32>
    %9 = stablehlo.compare LT, %2, %c_3, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("lt")
    %10 = stablehlo.broadcast_in_dim %9, dims = [] : (tensor<i1>) -> tensor<351xi1> loc("ne")
    %11 = stablehlo.compare NE, %8, %10, UNSIGNED : (tensor<351xi1>, tensor<351xi1>) -> tensor<351xi1> loc("ne")
    %12 = stablehlo.and %11, %6 : tensor<351xi1> loc("and")
    %13 = stablehlo.broadcast_in_dim %2, dims = [] : (tensor<i32>) -> tensor<351xi32> loc("add")
    %14 = stablehlo.add %4, %13 : tensor<351xi32> loc("add")
    %15 = stablehlo.select %12, %14, %4 : tensor<351xi1>, tensor<351xi32> loc("select_n")
    return %15 : tensor<351xi32>
  }
  func.func private @_where_5(%arg0: tensor<i1>, %arg1: tensor<i32>, %arg2: tensor<i32>) -> tensor<i32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<i1>, tensor<i32> loc("select_n")
    return %0 : tensor<i32>
  }
  func.func private @relu_6(%arg0: tensor<2048x1024xf32>) -> tensor<2048x1024xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2048x1024xf32> loc("max")
    %1 = stablehlo.maximum %arg0, %0 : tensor<2048x1024xf32> loc("max")
    return %1 : tensor<2048x1024xf32>
  }
}
