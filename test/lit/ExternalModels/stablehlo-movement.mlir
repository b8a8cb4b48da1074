// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// What keeps every element in its place is a view.

// CHECK-LABEL: func.func @views
func.func @views(%a: tensor<1x4x8xf32>) -> tensor<4x1x8x1xf32> {
  // CHECK-NOT: roofline.demand
  // CHECK: return
  %c = stablehlo.constant dense<0.0> : tensor<4x8xf32>
  %0 = stablehlo.transpose %a, dims = [1, 0, 2] : (tensor<1x4x8xf32>) -> tensor<4x1x8xf32>
  %1 = stablehlo.reshape %0 : (tensor<4x1x8xf32>) -> tensor<4x8xf32>
  %2 = stablehlo.broadcast_in_dim %1, dims = [0, 2] : (tensor<4x8xf32>) -> tensor<4x1x8x1xf32>
  return %2 : tensor<4x1x8x1xf32>
}

// CHECK-LABEL: func.func @moves
func.func @moves(%a: tensor<4x8xf32>) {
  // CHECK: "stablehlo.transpose"
  // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
  %0 = stablehlo.transpose %a, dims = [1, 0] : (tensor<4x8xf32>) -> tensor<8x4xf32>
  // CHECK: "stablehlo.broadcast_in_dim"
  // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 1280>
  %1 = stablehlo.broadcast_in_dim %a, dims = [1, 2] : (tensor<4x8xf32>) -> tensor<10x4x8xf32>
  // CHECK: "stablehlo.slice"
  // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 64, written_bytes = 64>
  %2 = stablehlo.slice %a [0:2, 0:8] : (tensor<4x8xf32>) -> tensor<2x8xf32>
  return
}

// One row of 64 f16 of a cache of 1024: 128 bytes, and two 4-byte indices. The
// second update must keep its operand, so that 131072 bytes are copied.

// CHECK-LABEL: func.func @cache
func.func @cache(%cache: tensor<1024x64xf16>, %row: tensor<1x64xf16>, %i: tensor<i32>) -> (tensor<1024x64xf16>, tensor<1024x64xf16>) {
  // CHECK: "stablehlo.dynamic_update_slice"
  // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 132, written_bytes = 128>
  %0 = stablehlo.dynamic_update_slice %cache, %row, %i, %i : (tensor<1024x64xf16>, tensor<1x64xf16>, tensor<i32>, tensor<i32>) -> tensor<1024x64xf16>
  // CHECK: "stablehlo.dynamic_update_slice"
  // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 131204, written_bytes = 131072>
  %1 = stablehlo.dynamic_update_slice %0, %row, %i, %i : (tensor<1024x64xf16>, tensor<1x64xf16>, tensor<i32>, tensor<i32>) -> tensor<1024x64xf16>
  return %0, %1 : tensor<1024x64xf16>, tensor<1024x64xf16>
}

// Eight rows of 512 bf16 (8192 bytes) and eight 8-byte indices.

// CHECK-LABEL: func.func @embedding
func.func @embedding(%table: tensor<32000x512xbf16>, %ids: tensor<8x1xi64>, %gradient: tensor<8x512xbf16>) -> (tensor<8x512xbf16>, tensor<32000x512xbf16>) {
  // CHECK: "stablehlo.gather"
  // CHECK-SAME: #roofline.demand<gather_scatter, read_bytes = 8256, written_bytes = 8192>
  %0 = "stablehlo.gather"(%table, %ids) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 512>}> : (tensor<32000x512xbf16>, tensor<8x1xi64>) -> tensor<8x512xbf16>
  // CHECK: "stablehlo.scatter"
  // CHECK: #roofline.demand<gather_scatter, work = [#roofline.work<unit = vector, type = bf16, ops = 4096>], read_bytes = 16448, written_bytes = 8192>
  %1 = "stablehlo.scatter"(%table, %ids, %gradient) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%old: tensor<bf16>, %new: tensor<bf16>):
    %2 = stablehlo.add %old, %new : tensor<bf16>
    stablehlo.return %2 : tensor<bf16>
  }) : (tensor<32000x512xbf16>, tensor<8x1xi64>, tensor<8x512xbf16>) -> tensor<32000x512xbf16>
  return %0, %1 : tensor<8x512xbf16>, tensor<32000x512xbf16>
}
