module @jit_moe_layer attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<4096x8xf32> loc("w['router']"), %arg1: tensor<8x14336x4096xbf16> loc("w['w_down']"), %arg2: tensor<8x4096x14336xbf16> loc("w['w_gate']"), %arg3: tensor<8x4096x14336xbf16> loc("w['w_up']"), %arg4: tensor<4096x4096xbf16> loc("x")) -> (tensor<4096x4096xbf16> {jax.result_info = "result"}) {
    %0 = stablehlo.convert %arg4 : (tensor<4096x4096xbf16>) -> tensor<4096x4096xf32> loc("router/convert_element_type")
    %1 = stablehlo.dot_general %0, %arg0, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<4096x4096xf32>, tensor<4096x8xf32>) -> tensor<4096x8xf32> loc("router/dot_general")
    %values, %indices = chlo.top_k(%1, k = 2) : tensor<4096x8xf32> -> (tensor<4096x2xf32>, tensor<4096x2xi32>) loc("router/top_k")
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32> loc("router/reduce_max")
    %2 = stablehlo.reduce(%values init: %cst) applies stablehlo.maximum across dimensions = [1] : (tensor<4096x2xf32>, tensor<f32>) -> tensor<4096xf32> loc("router/reduce_max")
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<4096xf32> loc("router/max")
    %4 = stablehlo.maximum %3, %2 : tensor<4096xf32> loc("router/max")
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<4096xf32>) -> tensor<4096x1xf32> loc("router/broadcast_in_dim")
    %6 = stablehlo.broadcast_in_dim %5, dims = [0, 1] : (tensor<4096x1xf32>) -> tensor<4096x2xf32> loc("router/sub")
    %7 = stablehlo.subtract %values, %6 : tensor<4096x2xf32> loc("router/sub")
    %8 = stablehlo.exponential %7 : tensor<4096x2xf32> loc("router/exp")
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("router/reduce_sum")
    %9 = stablehlo.reduce(%8 init: %cst_1) applies stablehlo.add across dimensions = [1] : (tensor<4096x2xf32>, tensor<f32>) -> tensor<4096xf32> loc("router/reduce_sum")
    %10 = stablehlo.broadcast_in_dim %9, dims = [0] : (tensor<4096xf32>) -> tensor<4096x1xf32> loc("router/broadcast_in_dim")
    %11 = stablehlo.broadcast_in_dim %10, dims = [0, 1] : (tensor<4096x1xf32>) -> tensor<4096x2xf32> loc("router/div")
    %12 = stablehlo.divide %8, %11 : tensor<4096x2xf32> loc("router/div")
    %13 = stablehlo.reshape %indices : (tensor<4096x2xi32>) -> tensor<8192xi32> loc("dispatch/reshape")
    %14 = call @argsort(%13) : (tensor<8192xi32>) -> tensor<8192xi32> loc("dispatch/jit(argsort)")
    %c = stablehlo.constant dense<0> : tensor<i32>
    %15 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<8xi32> loc("dispatch/broadcast_in_dim")
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %16 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("dispatch/lt")
    %17 = stablehlo.compare LT, %13, %16, SIGNED : (tensor<8192xi32>, tensor<8192xi32>) -> tensor<8192xi1> loc("dispatch/lt")
    %c_3 = stablehlo.constant dense<8> : tensor<i32>
    %18 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("dispatch/add")
    %19 = stablehlo.add %13, %18 : tensor<8192xi32> loc("dispatch/add")
    %20 = stablehlo.select %17, %19, %13 : tensor<8192xi1>, tensor<8192xi32> loc("dispatch/select_n")
    %21 = stablehlo.broadcast_in_dim %20, dims = [0] : (tensor<8192xi32>) -> tensor<8192x1xi32> loc("dispatch/broadcast_in_dim")
    %c_4 = stablehlo.constant dense<1> : tensor<i32>
    %22 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("dispatch/broadcast_in_dim")
    %23 = "stablehlo.scatter"(%15, %21, %22) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%arg5: tensor<i32> loc("scatter-add:"), %arg6: tensor<i32> loc("scatter-add:")):
      %106 = stablehlo.add %arg5, %arg6 : tensor<i32> loc("dispatch/add")
      stablehlo.return %106 : tensor<i32> loc("dispatch/scatter-add")
    }) : (tensor<8xi32>, tensor<8192x1xi32>, tensor<8192xi32>) -> tensor<8xi32> loc("dispatch/scatter-add")
    %24 = call @cumsum(%23) : (tensor<8xi32>) -> tensor<8xi32> loc("dispatch/jit(cumsum)")
    %25 = stablehlo.subtract %24, %23 : tensor<8xi32> loc("dispatch/sub")
    %26 = stablehlo.broadcast_in_dim %25, dims = [0] : (tensor<8xi32>) -> tensor<8x1xi32> loc("dispatch/broadcast_in_dim")
    %27 = stablehlo.iota dim = 0 : tensor<1280xi32> loc("dispatch/iota")
    %28 = stablehlo.broadcast_in_dim %27, dims = [1] : (tensor<1280xi32>) -> tensor<1x1280xi32> loc("dispatch/broadcast_in_dim")
    %29 = stablehlo.broadcast_in_dim %26, dims = [0, 1] : (tensor<8x1xi32>) -> tensor<8x1280xi32> loc("dispatch/add")
    %30 = stablehlo.broadcast_in_dim %28, dims = [0, 1] : (tensor<1x1280xi32>) -> tensor<8x1280xi32> loc("dispatch/add")
    %31 = stablehlo.add %29, %30 : tensor<8x1280xi32> loc("dispatch/add")
    %32 = stablehlo.iota dim = 0 : tensor<1280xi32> loc("dispatch/iota")
    %33 = stablehlo.broadcast_in_dim %32, dims = [1] : (tensor<1280xi32>) -> tensor<1x1280xi32> loc("dispatch/broadcast_in_dim")
    %34 = stablehlo.broadcast_in_dim %23, dims = [0] : (tensor<8xi32>) -> tensor<8x1xi32> loc("dispatch/broadcast_in_dim")
    %35 = stablehlo.broadcast_in_dim %33, dims = [0, 1] : (tensor<1x1280xi32>) -> tensor<8x1280xi32> loc("dispatch/lt")
    %36 = stablehlo.broadcast_in_dim %34, dims = [0, 1] : (tensor<8x1xi32>) -> tensor<8x1280xi32> loc("dispatch/lt")
    %37 = stablehlo.compare LT, %35, %36, SIGNED : (tensor<8x1280xi32>, tensor<8x1280xi32>) -> tensor<8x1280xi1> loc("dispatch/lt")
    %c_5 = stablehlo.constant dense<0> : tensor<i32>
    %38 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("dispatch/lt")
    %39 = stablehlo.compare LT, %31, %38, SIGNED : (tensor<8x1280xi32>, tensor<8x1280xi32>) -> tensor<8x1280xi1> loc("dispatch/lt")
    %c_6 = stablehlo.constant dense<8192> : tensor<i32>
    %40 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("dispatch/add")
    %41 = stablehlo.add %31, %40 : tensor<8x1280xi32> loc("dispatch/add")
    %42 = stablehlo.select %39, %41, %31 : tensor<8x1280xi1>, tensor<8x1280xi32> loc("dispatch/select_n")
    %43 = stablehlo.broadcast_in_dim %42, dims = [0, 1] : (tensor<8x1280xi32>) -> tensor<8x1280x1xi32> loc("dispatch/broadcast_in_dim")
    %44 = "stablehlo.gather"(%14, %43) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<8192xi32>, tensor<8x1280x1xi32>) -> tensor<8x1280xi32> loc("dispatch/gather")
    %c_7 = stablehlo.constant dense<8192> : tensor<i32>
    %45 = call @_where(%37, %44, %c_7) : (tensor<8x1280xi1>, tensor<8x1280xi32>, tensor<i32>) -> tensor<8x1280xi32> loc("dispatch/jit(_where)")
    %c_8 = stablehlo.constant dense<2> : tensor<i32>
    %46 = call @floor_divide(%45, %c_8) : (tensor<8x1280xi32>, tensor<i32>) -> tensor<8x1280xi32> loc("dispatch/jit(floor_divide)")
    %c_9 = stablehlo.constant dense<0> : tensor<i32>
    %47 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("dispatch/lt")
    %48 = stablehlo.compare LT, %46, %47, SIGNED : (tensor<8x1280xi32>, tensor<8x1280xi32>) -> tensor<8x1280xi1> loc("dispatch/lt")
    %c_10 = stablehlo.constant dense<4096> : tensor<i32>
    %49 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("dispatch/add")
    %50 = stablehlo.add %46, %49 : tensor<8x1280xi32> loc("dispatch/add")
    %51 = stablehlo.select %48, %50, %46 : tensor<8x1280xi1>, tensor<8x1280xi32> loc("dispatch/select_n")
    %52 = stablehlo.broadcast_in_dim %51, dims = [0, 1] : (tensor<8x1280xi32>) -> tensor<8x1280x1xi32> loc("dispatch/broadcast_in_dim")
    %c_11 = stablehlo.constant dense<4095> : tensor<1xi32> loc("dispatch/gather")
    %c_12 = stablehlo.constant dense<0> : tensor<i32> loc("dispatch/gather")
    %53 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<i32>) -> tensor<8x1280x1xi32> loc("dispatch/ge")
    %54 = stablehlo.compare GE, %52, %53, SIGNED : (tensor<8x1280x1xi32>, tensor<8x1280x1xi32>) -> tensor<8x1280x1xi1> loc("dispatch/ge")
    %55 = stablehlo.broadcast_in_dim %c_11, dims = [2] : (tensor<1xi32>) -> tensor<1x1x1xi32> loc("dispatch/broadcast_in_dim")
    %56 = stablehlo.broadcast_in_dim %55, dims = [0, 1, 2] : (tensor<1x1x1xi32>) -> tensor<8x1280x1xi32> loc("dispatch/le")
    %57 = stablehlo.compare LE, %52, %56, SIGNED : (tensor<8x1280x1xi32>, tensor<8x1280x1xi32>) -> tensor<8x1280x1xi1> loc("dispatch/le")
    %58 = stablehlo.and %54, %57 : tensor<8x1280x1xi1> loc("dispatch/and")
    %c_13 = stablehlo.constant dense<true> : tensor<i1> loc("dispatch/reduce_and")
    %59 = stablehlo.reduce(%58 init: %c_13) applies stablehlo.and across dimensions = [2] : (tensor<8x1280x1xi1>, tensor<i1>) -> tensor<8x1280xi1> loc("dispatch/reduce_and")
    %60 = "stablehlo.gather"(%arg4, %52) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 4096>}> : (tensor<4096x4096xbf16>, tensor<8x1280x1xi32>) -> tensor<8x1280x4096xbf16> loc("dispatch/gather")
    %61 = stablehlo.broadcast_in_dim %59, dims = [0, 1] : (tensor<8x1280xi1>) -> tensor<8x1280x4096xi1> loc("dispatch/broadcast_in_dim")
    %cst_14 = stablehlo.constant dense<0.000000e+00> : tensor<bf16> loc("dispatch/gather")
    %62 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<bf16>) -> tensor<8x1280x4096xbf16> loc("dispatch/broadcast_in_dim")
    %63 = stablehlo.select %61, %60, %62 : tensor<8x1280x4096xi1>, tensor<8x1280x4096xbf16> loc("dispatch/select_n")
    %64 = stablehlo.dot_general %63, %arg2, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x1280x4096xbf16>, tensor<8x4096x14336xbf16>) -> tensor<8x1280x14336xbf16> loc("experts/gate/dot_general")
    %65 = stablehlo.dot_general %63, %arg3, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x1280x4096xbf16>, tensor<8x4096x14336xbf16>) -> tensor<8x1280x14336xbf16> loc("experts/up/dot_general")
    %66 = stablehlo.negate %64 : tensor<8x1280x14336xbf16> loc("experts/down/neg")
    %67 = stablehlo.exponential %66 : tensor<8x1280x14336xbf16> loc("experts/down/exp")
    %cst_15 = stablehlo.constant dense<1.000000e+00> : tensor<bf16> loc("experts/down/logistic")
    %68 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<bf16>) -> tensor<8x1280x14336xbf16> loc("experts/down/add")
    %69 = stablehlo.add %68, %67 : tensor<8x1280x14336xbf16> loc("experts/down/add")
    %cst_16 = stablehlo.constant dense<1.000000e+00> : tensor<bf16> loc("experts/down/logistic")
    %70 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<bf16>) -> tensor<8x1280x14336xbf16> loc("experts/down/div")
    %71 = stablehlo.divide %70, %69 : tensor<8x1280x14336xbf16> loc("experts/down/div")
    %72 = stablehlo.multiply %64, %71 : tensor<8x1280x14336xbf16> loc("experts/down/mul")
    %73 = stablehlo.multiply %72, %65 : tensor<8x1280x14336xbf16> loc("experts/down/mul")
    %74 = stablehlo.dot_general %73, %arg1, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x1280x14336xbf16>, tensor<8x14336x4096xbf16>) -> tensor<8x1280x4096xbf16> loc("experts/down/dot_general")
    %75 = stablehlo.reshape %12 : (tensor<4096x2xf32>) -> tensor<8192xf32> loc("combine/reshape")
    %c_17 = stablehlo.constant dense<0> : tensor<i32>
    %76 = stablehlo.broadcast_in_dim %c_17, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("combine/lt")
    %77 = stablehlo.compare LT, %45, %76, SIGNED : (tensor<8x1280xi32>, tensor<8x1280xi32>) -> tensor<8x1280xi1> loc("combine/lt")
    %c_18 = stablehlo.constant dense<8192> : tensor<i32>
    %78 = stablehlo.broadcast_in_dim %c_18, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("combine/add")
    %79 = stablehlo.add %45, %78 : tensor<8x1280xi32> loc("combine/add")
    %80 = stablehlo.select %77, %79, %45 : tensor<8x1280xi1>, tensor<8x1280xi32> loc("combine/select_n")
    %81 = stablehlo.broadcast_in_dim %80, dims = [0, 1] : (tensor<8x1280xi32>) -> tensor<8x1280x1xi32> loc("combine/broadcast_in_dim")
    %c_19 = stablehlo.constant dense<8191> : tensor<1xi32> loc("combine/gather")
    %c_20 = stablehlo.constant dense<0> : tensor<i32> loc("combine/gather")
    %82 = stablehlo.broadcast_in_dim %c_20, dims = [] : (tensor<i32>) -> tensor<8x1280x1xi32> loc("combine/ge")
    %83 = stablehlo.compare GE, %81, %82, SIGNED : (tensor<8x1280x1xi32>, tensor<8x1280x1xi32>) -> tensor<8x1280x1xi1> loc("combine/ge")
    %84 = stablehlo.broadcast_in_dim %c_19, dims = [2] : (tensor<1xi32>) -> tensor<1x1x1xi32> loc("combine/broadcast_in_dim")
    %85 = stablehlo.broadcast_in_dim %84, dims = [0, 1, 2] : (tensor<1x1x1xi32>) -> tensor<8x1280x1xi32> loc("combine/le")
    %86 = stablehlo.compare LE, %81, %85, SIGNED : (tensor<8x1280x1xi32>, tensor<8x1280x1xi32>) -> tensor<8x1280x1xi1> loc("combine/le")
    %87 = stablehlo.and %83, %86 : tensor<8x1280x1xi1> loc("combine/and")
    %c_21 = stablehlo.constant dense<true> : tensor<i1> loc("combine/reduce_and")
    %88 = stablehlo.reduce(%87 init: %c_21) applies stablehlo.and across dimensions = [2] : (tensor<8x1280x1xi1>, tensor<i1>) -> tensor<8x1280xi1> loc("combine/reduce_and")
    %89 = "stablehlo.gather"(%75, %81) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<8192xf32>, tensor<8x1280x1xi32>) -> tensor<8x1280xf32> loc("combine/gather")
    %cst_22 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("combine/gather")
    %90 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<8x1280xf32> loc("combine/broadcast_in_dim")
    %91 = stablehlo.select %88, %89, %90 : tensor<8x1280xi1>, tensor<8x1280xf32> loc("combine/select_n")
    %92 = stablehlo.convert %74 : (tensor<8x1280x4096xbf16>) -> tensor<8x1280x4096xf32> loc("combine/convert_element_type")
    %93 = stablehlo.broadcast_in_dim %91, dims = [0, 1] : (tensor<8x1280xf32>) -> tensor<8x1280x1xf32> loc("combine/broadcast_in_dim")
    %94 = stablehlo.broadcast_in_dim %93, dims = [0, 1, 2] : (tensor<8x1280x1xf32>) -> tensor<8x1280x4096xf32> loc("combine/mul")
    %95 = stablehlo.multiply %92, %94 : tensor<8x1280x4096xf32> loc("combine/mul")
    %cst_23 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %96 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<4096x4096xf32> loc("combine/broadcast_in_dim")
    %c_24 = stablehlo.constant dense<0> : tensor<i32>
    %97 = stablehlo.broadcast_in_dim %c_24, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("combine/lt")
    %98 = stablehlo.compare LT, %46, %97, SIGNED : (tensor<8x1280xi32>, tensor<8x1280xi32>) -> tensor<8x1280xi1> loc("combine/lt")
    %c_25 = stablehlo.constant dense<4096> : tensor<i32>
    %99 = stablehlo.broadcast_in_dim %c_25, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("combine/add")
    %100 = stablehlo.add %46, %99 : tensor<8x1280xi32> loc("combine/add")
    %101 = stablehlo.select %98, %100, %46 : tensor<8x1280xi1>, tensor<8x1280xi32> loc("combine/select_n")
    %102 = stablehlo.broadcast_in_dim %101, dims = [0, 1] : (tensor<8x1280xi32>) -> tensor<8x1280x1xi32> loc("combine/broadcast_in_dim")
    %103 = "stablehlo.scatter"(%96, %102, %95) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 2>, unique_indices = false}> ({
    ^bb0(%arg5: tensor<f32> loc("scatter-add:"), %arg6: tensor<f32> loc("scatter-add:")):
      %106 = stablehlo.add %arg5, %arg6 : tensor<f32> loc("combine/add")
      stablehlo.return %106 : tensor<f32> loc("combine/scatter-add")
    }) : (tensor<4096x4096xf32>, tensor<8x1280x1xi32>, tensor<8x1280x4096xf32>) -> tensor<4096x4096xf32> loc("combine/scatter-add")
    %104 = stablehlo.convert %103 : (tensor<4096x4096xf32>) -> tensor<4096x4096xbf16> loc("combine/convert_element_type")
    %105 = stablehlo.add %arg4, %104 : tensor<4096x4096xbf16> loc("combine/add")
    return %105 : tensor<4096x4096xbf16>
  }
  func.func private @argsort(%arg0: tensor<8192xi32>) -> tensor<8192xi32> {
    %0 = stablehlo.iota dim = 0 : tensor<8192xi32> loc("iota")
    %1:2 = "stablehlo.sort"(%arg0, %0) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%arg1: tensor<i32> loc("sort:"), %arg2: tensor<i32> loc("sort:"), %arg3: tensor<i32> loc("sort:"), %arg4: tensor<i32> loc("sort:")):
      %2 = stablehlo.compare LT, %arg1, %arg2, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc("lt_to")
      stablehlo.return %2 : tensor<i1> loc("sort")
    }) : (tensor<8192xi32>, tensor<8192xi32>) -> (tensor<8192xi32>, tensor<8192xi32>) loc("sort")
    return %1#1 : tensor<8192xi32>
  }
  func.func private @cumsum(%arg0: tensor<8xi32>) -> tensor<8xi32> {
    %0 = call @cumsum_0(%arg0) : (tensor<8xi32>) -> tensor<8xi32>
    return %0 : tensor<8xi32>
  }
  func.func private @cumsum_0(%arg0: tensor<8xi32>) -> tensor<8xi32> {
    %c = stablehlo.constant dense<0> : tensor<i32> loc("reduce_window_sum")
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<i32> loc("reduce_window_sum")
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{base_dilations = array<i64: 1>, padding = dense<[[7, 0]]> : tensor<1x2xi64>, window_dilations = array<i64: 1>, window_dimensions = array<i64: 8>, window_strides = array<i64: 1>}> ({
    ^bb0(%arg1: tensor<i32> loc("reduce_window_sum:"), %arg2: tensor<i32> loc("reduce_window_sum:")):
      %2 = stablehlo.add %arg1, %arg2 : tensor<i32> loc("reduce_window_sum")
      stablehlo.return %2 : tensor<i32> loc("reduce_window_sum")
    }) : (tensor<8xi32>, tensor<i32>) -> tensor<8xi32> loc("reduce_window_sum")
    return %1 : tensor<8xi32>
  }
  func.func private @_where(%arg0: tensor<8x1280xi1>, %arg1: tensor<8x1280xi32>, %arg2: tensor<i32>) -> tensor<8x1280xi32> {
    %0 = stablehlo.convert %arg2 : tensor<i32> loc("convert_element_type")
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("broadcast_in_dim")
    %2 = stablehlo.select %arg0, %arg1, %1 : tensor<8x1280xi1>, tensor<8x1280xi32> loc("select_n")
    return %2 : tensor<8x1280xi32>
  }
  func.func private @floor_divide(%arg0: tensor<8x1280xi32>, %arg1: tensor<i32>) -> tensor<8x1280xi32> {
    %0 = stablehlo.convert %arg1 : tensor<i32> loc("convert_element_type")
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("div")
    %2 = stablehlo.divide %arg0, %1 : tensor<8x1280xi32> loc("div")
    %3 = stablehlo.sign %arg0 : tensor<8x1280xi32> loc("sign")
    %4 = stablehlo.sign %0 : tensor<i32> loc("sign")
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("ne")
    %6 = stablehlo.compare NE, %3, %5, SIGNED : (tensor<8x1280xi32>, tensor<8x1280xi32>) -> tensor<8x1280xi1> loc("ne")
    %7 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("rem")
    %8 = stablehlo.remainder %arg0, %7 : tensor<8x1280xi32> loc("rem")
    %c = stablehlo.constant dense<0> : tensor<i32>
    %9 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("ne")
    %10 = stablehlo.compare NE, %8, %9, SIGNED : (tensor<8x1280xi32>, tensor<8x1280xi32>) -> tensor<8x1280xi1> loc("ne")
    %11 = stablehlo.and %6, %10 : tensor<8x1280xi1> loc("and")
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %12 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<8x1280xi32> loc("sub")
    %13 = stablehlo.subtract %2, %12 : tensor<8x1280xi32> loc("sub")
    %14 = call @_where_1(%11, %13, %2) : (tensor<8x1280xi1>, tensor<8x1280xi32>, tensor<8x1280xi32>) -> tensor<8x1280xi32>
    return %14 : tensor<8x1280xi32>
  }
  func.func private @_where_1(%arg0: tensor<8x1280xi1>, %arg1: tensor<8x1280xi32>, %arg2: tensor<8x1280xi32>) -> tensor<8x1280xi32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<8x1280xi1>, tensor<8x1280xi32> loc("select_n")
    return %0 : tensor<8x1280xi32>
  }
}
