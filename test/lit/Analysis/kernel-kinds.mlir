// What ops are in kernel formation where they are large enough to be data: all
// that is elementwise runs as one launch with what it reads, and a reduction of
// rows with it. Launches read and write what enters and leaves only.

// RUN: rm -rf %t && split-file %s %t
// RUN: roofline report %t/stablehlo.mlir --format=json | FileCheck %s --check-prefix=STABLEHLO
// RUN: roofline report %t/chlo.mlir --format=json | FileCheck %s --check-prefix=CHLO
// RUN: roofline report %t/mhlo.mlir --format=json | FileCheck %s --check-prefix=MHLO
// RUN: roofline report %t/tosa.mlir --format=json | FileCheck %s --check-prefix=TOSA

// A matrix is 32 * 32 * 4 = 4096 bytes. The first chain reads %x and %y once each
// and writes the sums of 32 rows; that of integers reads two matrices, too.
// Random numbers read both limits and two extents, 4 + 4 + 2 * 8 bytes; half of
// %x is read with two indices of 8 bytes.
// STABLEHLO:      "name": "fused_count_leading_zeros_popcnt_shift_right_arithmetic"
// STABLEHLO-NEXT: "family": "elementwise"
// STABLEHLO:      "ops": 3,
// STABLEHLO:      "read_bytes": 8192,
// STABLEHLO-NEXT: "written_bytes": 4096,
// STABLEHLO:      "name": "fused_atan2_cbrt_ceil_exponential_minus_one"
// STABLEHLO-NEXT: "family": "reduction"
// STABLEHLO:      "ops": 13,
// STABLEHLO:      "read_bytes": 8192,
// STABLEHLO-NEXT: "written_bytes": 128,
// STABLEHLO:      "name": "rng"
// STABLEHLO:      "read_bytes": 24,
// STABLEHLO-NEXT: "written_bytes": 4096,
// STABLEHLO:      "name": "real_dynamic_slice"
// STABLEHLO:      "read_bytes": 2064,
// STABLEHLO-NEXT: "written_bytes": 2048,

// A matrix and a row of 32, both read twice.
// CHLO:      "name": "fused_broadcast_compare_broadcast_select_next_after_square"
// CHLO-NEXT: "family": "elementwise"
// CHLO:      "ops": 5,
// CHLO:      "read_bytes": 4224,
// CHLO-NEXT: "written_bytes": 4096,

// The slice is half of %x, the broadcast a row of 32, the initial value 4 bytes;
// the other slice reads two indices of 8 bytes.
// MHLO:      "name": "real_dynamic_slice"
// MHLO:      "ops": 1,
// MHLO:      "read_bytes": 4112,
// MHLO-NEXT: "written_bytes": 4096,
// MHLO:      "name": "fused_add_reduce"
// MHLO-NEXT: "family": "reduction"
// MHLO:      "ops": 4,
// MHLO:      "read_bytes": 4228,
// MHLO-NEXT: "written_bytes": 128,

// An image of 16 * 16 * 4 f32 is enlarged to 31 * 31 and 30 * 30 of it are
// written; 1024 truth values become 2 * 32.
// TOSA:      "name": "fused_exp_resize"
// TOSA-NEXT: "family": "elementwise"
// TOSA:      "ops": 3,
// TOSA:      "read_bytes": 4096,
// TOSA-NEXT: "written_bytes": 14400,
// TOSA:      "name": "fused_logical_not_reduce_all_reduce_any"
// TOSA-NEXT: "family": "reduction"
// TOSA:      "ops": 3,
// TOSA:      "read_bytes": 1024,
// TOSA-NEXT: "written_bytes": 64,

//--- stablehlo.mlir
func.func @main(%x: tensor<32x32xf32>, %y: tensor<32x32xf32>, %i: tensor<32x32xi32>, %j: tensor<32x32xi32>,
                %low: tensor<f32>, %high: tensor<f32>, %extents: tensor<2xi64>)
    -> (tensor<32xf32>, tensor<32x32xi32>, tensor<32x32xf32>, tensor<16x32xf32>) {
  %0 = stablehlo.atan2 %x, %y : tensor<32x32xf32>
  %1 = stablehlo.cbrt %0 : tensor<32x32xf32>
  %2 = stablehlo.ceil %1 : tensor<32x32xf32>
  %3 = stablehlo.exponential_minus_one %2 : tensor<32x32xf32>
  %4 = stablehlo.floor %3 : tensor<32x32xf32>
  %5 = stablehlo.log_plus_one %4 : tensor<32x32xf32>
  %6 = stablehlo.minimum %5, %y : tensor<32x32xf32>
  %7 = stablehlo.round_nearest_afz %6 : tensor<32x32xf32>
  %8 = stablehlo.round_nearest_even %7 : tensor<32x32xf32>
  %9 = stablehlo.tan %8 : tensor<32x32xf32>
  %10 = stablehlo.uniform_quantize %9 : (tensor<32x32xf32>) -> tensor<32x32x!quant.uniform<i8:f32, 0.5:3>>
  %11 = stablehlo.uniform_dequantize %10 : (tensor<32x32x!quant.uniform<i8:f32, 0.5:3>>) -> tensor<32x32xf32>
  %12 = "stablehlo.unary_einsum"(%11) <{einsum_config = "ab->a"}> : (tensor<32x32xf32>) -> tensor<32xf32>
  %13 = stablehlo.popcnt %i : tensor<32x32xi32>
  %14 = stablehlo.count_leading_zeros %13 : tensor<32x32xi32>
  %15 = stablehlo.shift_right_arithmetic %14, %j : tensor<32x32xi32>
  %16 = stablehlo.rng %low, %high, %extents, distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<32x32xf32>
  %17 = "stablehlo.real_dynamic_slice"(%x, %extents, %extents, %extents) : (tensor<32x32xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<16x32xf32>
  return %12, %15, %16, %17 : tensor<32xf32>, tensor<32x32xi32>, tensor<32x32xf32>, tensor<16x32xf32>
}
//--- chlo.mlir
func.func @main(%x: tensor<32x32xf32>, %y: tensor<32xf32>, %p: tensor<32x32xi1>, %c: tensor<32x32xcomplex<f32>>)
    -> (tensor<32x32xf32>, tensor<32x32xcomplex<f32>>) {
  %0 = "chlo.constant_like"(%x) <{value = 3.0 : f32}> : (tensor<32x32xf32>) -> tensor<32x32xf32>
  %1 = chlo.next_after %x, %0 : tensor<32x32xf32>, tensor<32x32xf32> -> tensor<32x32xf32>
  %2 = chlo.square %1 : tensor<32x32xf32> -> tensor<32x32xf32>
  %3 = chlo.broadcast_compare %2, %y {comparison_direction = #chlo<comparison_direction GT>} : (tensor<32x32xf32>, tensor<32xf32>) -> tensor<32x32xi1>
  %4 = chlo.broadcast_select %3, %2, %y : (tensor<32x32xi1>, tensor<32x32xf32>, tensor<32xf32>) -> tensor<32x32xf32>
  %5 = chlo.conj %c : tensor<32x32xcomplex<f32>> -> tensor<32x32xcomplex<f32>>
  return %4, %5 : tensor<32x32xf32>, tensor<32x32xcomplex<f32>>
}
//--- mhlo.mlir
func.func @main(%x: tensor<64x32xf32>, %y: tensor<32xf32>, %zero: tensor<f32>, %s: tensor<2xi64>) -> (tensor<32xf32>, tensor<32x32xf32>) {
  %0 = mhlo.slice %x [0:32, 0:32] : (tensor<64x32xf32>) -> tensor<32x32xf32>
  %1 = "mhlo.broadcast_in_dim"(%y) {broadcast_dimensions = dense<[1]> : tensor<1xi64>} : (tensor<32xf32>) -> tensor<32x32xf32>
  %2 = mhlo.add %0, %1 : tensor<32x32xf32>
  %3 = mhlo.reduce(%2 init: %zero) applies mhlo.add across dimensions = [1] : (tensor<32x32xf32>, tensor<f32>) -> tensor<32xf32>
  %4 = "mhlo.real_dynamic_slice"(%x, %s, %s, %s) : (tensor<64x32xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<32x32xf32>
  return %3, %4 : tensor<32xf32>, tensor<32x32xf32>
}
//--- tosa.mlir
func.func @main(%p: tensor<32x32xi1>, %x: tensor<1x16x16x4xf32>) -> (tensor<32x1xi1>, tensor<32x1xi1>, tensor<1x30x30x4xf32>) {
  %0 = tosa.logical_not %p : (tensor<32x32xi1>) -> tensor<32x32xi1>
  %1 = tosa.reduce_all %0 {axis = 1 : i32} : (tensor<32x32xi1>) -> tensor<32x1xi1>
  %2 = tosa.reduce_any %0 {axis = 1 : i32} : (tensor<32x32xi1>) -> tensor<32x1xi1>
  %scale = tosa.const_shape {values = dense<[4, 2, 4, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %none = tosa.const_shape {values = dense<0> : tensor<2xindex>} : () -> !tosa.shape<2>
  %3 = tosa.resize %x, %scale, %none, %none {mode = BILINEAR} : (tensor<1x16x16x4xf32>, !tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x31x31x4xf32>
  %start = tosa.const_shape {values = dense<0> : tensor<4xindex>} : () -> !tosa.shape<4>
  %size = tosa.const_shape {values = dense<[1, 30, 30, 4]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %4 = tosa.slice %3, %start, %size : (tensor<1x31x31x4xf32>, !tosa.shape<4>, !tosa.shape<4>) -> tensor<1x30x30x4xf32>
  %5 = tosa.exp %4 : (tensor<1x30x30x4xf32>) -> tensor<1x30x30x4xf32>
  return %1, %2, %5 : tensor<32x1xi1>, tensor<32x1xi1>, tensor<1x30x30x4xf32>
}
