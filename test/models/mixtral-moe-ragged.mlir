module @jit_grouped_moe_layer attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
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
      %65 = stablehlo.add %arg5, %arg6 : tensor<i32> loc("dispatch/add")
      stablehlo.return %65 : tensor<i32> loc("dispatch/scatter-add")
    }) : (tensor<8xi32>, tensor<8192x1xi32>, tensor<8192xi32>) -> tensor<8xi32> loc("dispatch/scatter-add")
    %c_5 = stablehlo.constant dense<2> : tensor<i32>
    %24 = call @floor_divide(%14, %c_5) : (tensor<8192xi32>, tensor<i32>) -> tensor<8192xi32> loc("dispatch/jit(floor_divide)")
    %c_6 = stablehlo.constant dense<0> : tensor<i32>
    %25 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("dispatch/lt")
    %26 = stablehlo.compare LT, %24, %25, SIGNED : (tensor<8192xi32>, tensor<8192xi32>) -> tensor<8192xi1> loc("dispatch/lt")
    %c_7 = stablehlo.constant dense<4096> : tensor<i32>
    %27 = stablehlo.broadcast_in_dim %c_7, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("dispatch/add")
    %28 = stablehlo.add %24, %27 : tensor<8192xi32> loc("dispatch/add")
    %29 = stablehlo.select %26, %28, %24 : tensor<8192xi1>, tensor<8192xi32> loc("dispatch/select_n")
    %30 = stablehlo.broadcast_in_dim %29, dims = [0] : (tensor<8192xi32>) -> tensor<8192x1xi32> loc("dispatch/broadcast_in_dim")
    %31 = "stablehlo.gather"(%arg4, %30) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 4096>}> : (tensor<4096x4096xbf16>, tensor<8192x1xi32>) -> tensor<8192x4096xbf16> loc("dispatch/gather")
    %32 = "chlo.ragged_dot"(%31, %arg2, %23) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<8192x4096xbf16>, tensor<8x4096x14336xbf16>, tensor<8xi32>) -> tensor<8192x14336xbf16> loc("experts/gate/ragged_dot_general")
    %33 = "chlo.ragged_dot"(%31, %arg3, %23) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<8192x4096xbf16>, tensor<8x4096x14336xbf16>, tensor<8xi32>) -> tensor<8192x14336xbf16> loc("experts/up/ragged_dot_general")
    %34 = stablehlo.negate %32 : tensor<8192x14336xbf16> loc("experts/down/neg")
    %35 = stablehlo.exponential %34 : tensor<8192x14336xbf16> loc("experts/down/exp")
    %cst_8 = stablehlo.constant dense<1.000000e+00> : tensor<bf16> loc("experts/down/logistic")
    %36 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<bf16>) -> tensor<8192x14336xbf16> loc("experts/down/add")
    %37 = stablehlo.add %36, %35 : tensor<8192x14336xbf16> loc("experts/down/add")
    %cst_9 = stablehlo.constant dense<1.000000e+00> : tensor<bf16> loc("experts/down/logistic")
    %38 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<bf16>) -> tensor<8192x14336xbf16> loc("experts/down/div")
    %39 = stablehlo.divide %38, %37 : tensor<8192x14336xbf16> loc("experts/down/div")
    %40 = stablehlo.multiply %32, %39 : tensor<8192x14336xbf16> loc("experts/down/mul")
    %41 = stablehlo.multiply %40, %33 : tensor<8192x14336xbf16> loc("experts/down/mul")
    %42 = "chlo.ragged_dot"(%41, %arg1, %23) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<8192x14336xbf16>, tensor<8x14336x4096xbf16>, tensor<8xi32>) -> tensor<8192x4096xbf16> loc("experts/down/ragged_dot_general")
    %43 = stablehlo.reshape %12 : (tensor<4096x2xf32>) -> tensor<8192xf32> loc("combine/reshape")
    %c_10 = stablehlo.constant dense<0> : tensor<i32>
    %44 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("combine/lt")
    %45 = stablehlo.compare LT, %14, %44, SIGNED : (tensor<8192xi32>, tensor<8192xi32>) -> tensor<8192xi1> loc("combine/lt")
    %c_11 = stablehlo.constant dense<8192> : tensor<i32>
    %46 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("combine/add")
    %47 = stablehlo.add %14, %46 : tensor<8192xi32> loc("combine/add")
    %48 = stablehlo.select %45, %47, %14 : tensor<8192xi1>, tensor<8192xi32> loc("combine/select_n")
    %49 = stablehlo.broadcast_in_dim %48, dims = [0] : (tensor<8192xi32>) -> tensor<8192x1xi32> loc("combine/broadcast_in_dim")
    %50 = "stablehlo.gather"(%43, %49) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<8192xf32>, tensor<8192x1xi32>) -> tensor<8192xf32> loc("combine/gather")
    %51 = stablehlo.convert %42 : (tensor<8192x4096xbf16>) -> tensor<8192x4096xf32> loc("combine/convert_element_type")
    %52 = stablehlo.broadcast_in_dim %50, dims = [0] : (tensor<8192xf32>) -> tensor<8192x1xf32> loc("combine/broadcast_in_dim")
    %53 = stablehlo.broadcast_in_dim %52, dims = [0, 1] : (tensor<8192x1xf32>) -> tensor<8192x4096xf32> loc("combine/mul")
    %54 = stablehlo.multiply %51, %53 : tensor<8192x4096xf32> loc("combine/mul")
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %55 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<4096x4096xf32> loc("combine/broadcast_in_dim")
    %c_13 = stablehlo.constant dense<0> : tensor<i32>
    %56 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("combine/lt")
    %57 = stablehlo.compare LT, %24, %56, SIGNED : (tensor<8192xi32>, tensor<8192xi32>) -> tensor<8192xi1> loc("combine/lt")
    %c_14 = stablehlo.constant dense<4096> : tensor<i32>
    %58 = stablehlo.broadcast_in_dim %c_14, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("combine/add")
    %59 = stablehlo.add %24, %58 : tensor<8192xi32> loc("combine/add")
    %60 = stablehlo.select %57, %59, %24 : tensor<8192xi1>, tensor<8192xi32> loc("combine/select_n")
    %61 = stablehlo.broadcast_in_dim %60, dims = [0] : (tensor<8192xi32>) -> tensor<8192x1xi32> loc("combine/broadcast_in_dim")
    %62 = "stablehlo.scatter"(%55, %61, %54) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%arg5: tensor<f32> loc("scatter-add:"), %arg6: tensor<f32> loc("scatter-add:")):
      %65 = stablehlo.add %arg5, %arg6 : tensor<f32> loc("combine/add")
      stablehlo.return %65 : tensor<f32> loc("combine/scatter-add")
    }) : (tensor<4096x4096xf32>, tensor<8192x1xi32>, tensor<8192x4096xf32>) -> tensor<4096x4096xf32> loc("combine/scatter-add")
    %63 = stablehlo.convert %62 : (tensor<4096x4096xf32>) -> tensor<4096x4096xbf16> loc("combine/convert_element_type")
    %64 = stablehlo.add %arg4, %63 : tensor<4096x4096xbf16> loc("combine/add")
    return %64 : tensor<4096x4096xbf16>
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
  func.func private @floor_divide(%arg0: tensor<8192xi32>, %arg1: tensor<i32>) -> tensor<8192xi32> {
    %0 = stablehlo.convert %arg1 : tensor<i32> loc("convert_element_type")
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("div")
    %2 = stablehlo.divide %arg0, %1 : tensor<8192xi32> loc("div")
    %3 = stablehlo.sign %arg0 : tensor<8192xi32> loc("sign")
    %4 = stablehlo.sign %0 : tensor<i32> loc("sign")
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("ne")
    %6 = stablehlo.compare NE, %3, %5, SIGNED : (tensor<8192xi32>, tensor<8192xi32>) -> tensor<8192xi1> loc("ne")
    %7 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("rem")
    %8 = stablehlo.remainder %arg0, %7 : tensor<8192xi32> loc("rem")
    %c = stablehlo.constant dense<0> : tensor<i32>
    %9 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("ne")
    %10 = stablehlo.compare NE, %8, %9, SIGNED : (tensor<8192xi32>, tensor<8192xi32>) -> tensor<8192xi1> loc("ne")
    %11 = stablehlo.and %6, %10 : tensor<8192xi1> loc("and")
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %12 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<8192xi32> loc("sub")
    %13 = stablehlo.subtract %2, %12 : tensor<8192xi32> loc("sub")
    %14 = call @_where(%11, %13, %2) : (tensor<8192xi1>, tensor<8192xi32>, tensor<8192xi32>) -> tensor<8192xi32>
    return %14 : tensor<8192xi32>
  }
  func.func private @_where(%arg0: tensor<8192xi1>, %arg1: tensor<8192xi32>, %arg2: tensor<8192xi32>) -> tensor<8192xi32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<8192xi1>, tensor<8192xi32> loc("select_n")
    return %0 : tensor<8192xi32>
  }
}
