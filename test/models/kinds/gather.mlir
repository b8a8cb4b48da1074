module @jit_gather attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<64x1024xf32> loc("x"), %arg1: tensor<16xi32> loc("rows")) -> (tensor<16x1024xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<16xi32> loc("lt")
    %1 = stablehlo.compare LT, %arg1, %0, SIGNED : (tensor<16xi32>, tensor<16xi32>) -> tensor<16xi1> loc("lt")
    %c_0 = stablehlo.constant dense<64> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<16xi32> loc("add")
    %3 = stablehlo.add %arg1, %2 : tensor<16xi32> loc("add")
    %4 = stablehlo.select %1, %3, %arg1 : tensor<16xi1>, tensor<16xi32> loc("select_n")
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<16xi32>) -> tensor<16x1xi32> loc("broadcast_in_dim")
    %6 = "stablehlo.gather"(%arg0, %5) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 1024>}> : (tensor<64x1024xf32>, tensor<16x1xi32>) -> tensor<16x1024xf32> loc("gather")
    return %6 : tensor<16x1024xf32>
  }
}
