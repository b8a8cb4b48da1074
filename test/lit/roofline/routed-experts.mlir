// Rows that choose their matrix of 16 as the graph runs (A37). Two rows read two
// of them at most: 2 * 512 * 256 * 2 = 524,288 bytes, beside 2 * 512 * 2 of rows
// and 16 * 4 of group sizes.

// RUN: roofline report %s --entry=few --target=h200,b200 --format=json --view=kernels | FileCheck %s --check-prefix=FEW
// FEW: "name": "grouped_gemm"
// FEW: "matrix_bf16": 524288
// FEW: "read_bytes": 526400
// FEW: "name": "h200"
// FEW: "calibration": "experts"
// FEW: "name": "b200"
// FEW: "calibration": "gemm_bf16"

// The graph must read no more, whatever the fusion; all weights are in memory.
// RUN: roofline report %s --entry=few --target=h200 --fusion=none | FileCheck %s --check-prefix=NONE
// NONE: memory      arguments 4.196 MB
// NONE: 527.4 kB must cross off-chip memory
// NONE: A37 loads of experts are balanced

// 64 rows read all: 16 * 512 * 256 * 2 + 64 * 512 * 2 + 16 * 4.
// RUN: roofline report %s --entry=many --target=h200 --format=json --view=kernels | FileCheck %s --check-prefix=MANY
// MANY: "read_bytes": 4259904
// MANY: "calibration": "experts"

// A buffer for every expert is a batch of products, empty or not: nothing is
// chosen, and nothing left out.
// RUN: roofline report %s --entry=buffers --target=h200 --format=json | FileCheck %s --check-prefix=BUFFERS --implicit-check-not=A37
// BUFFERS: "name": "grouped_gemm"
// BUFFERS: "read_bytes": 4210688
// BUFFERS: "calibration": "gemm_bf16"

// Grouped products are kernels of both vendors' libraries.
// RUN: roofline port %s --entry=few --from=h200 --to=ascend-910b3 | FileCheck %s --check-prefix=PORT
// PORT: RF1002 library {{.*}} grouped_gemm bf16

func.func @few(%x: tensor<2x512xbf16>, %w: tensor<16x512x256xbf16>, %n: tensor<16xi32>) -> tensor<2x256xbf16> {
  %0 = "chlo.ragged_dot"(%x, %w, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<
      lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1],
      lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}>
      : (tensor<2x512xbf16>, tensor<16x512x256xbf16>, tensor<16xi32>) -> tensor<2x256xbf16>
  return %0 : tensor<2x256xbf16>
}

func.func @many(%x: tensor<64x512xbf16>, %w: tensor<16x512x256xbf16>, %n: tensor<16xi32>) -> tensor<64x256xbf16> {
  %0 = "chlo.ragged_dot"(%x, %w, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<
      lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1],
      lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}>
      : (tensor<64x512xbf16>, tensor<16x512x256xbf16>, tensor<16xi32>) -> tensor<64x256xbf16>
  return %0 : tensor<64x256xbf16>
}

func.func @buffers(%x: tensor<16x1x512xbf16>, %w: tensor<16x512x256xbf16>) -> tensor<16x1x256xbf16> {
  %0 = stablehlo.dot_general %x, %w, batching_dims = [0] x [0], contracting_dims = [2] x [1]
      : (tensor<16x1x512xbf16>, tensor<16x512x256xbf16>) -> tensor<16x1x256xbf16>
  return %0 : tensor<16x1x256xbf16>
}
