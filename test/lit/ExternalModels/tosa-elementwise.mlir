// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// TOSA ops that other tests leave out. 4 x 8 elements: one operation for each, of
// the special function unit where the function is transcendental (A42, A43).

// CHECK-LABEL: func.func @special
// CHECK-COUNT-8: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @special(%x: tensor<4x8xf32>) {
  %0 = tosa.cos %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = tosa.erf %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = tosa.exp %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = tosa.log %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = tosa.rsqrt %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = tosa.sigmoid %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %6 = tosa.sin %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %7 = tosa.tanh %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @vector
// CHECK-COUNT-4: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @vector(%x: tensor<4x8xf32>) {
  %0 = tosa.abs %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = tosa.ceil %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = tosa.floor %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = tosa.reciprocal %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @vector_integers
// CHECK-COUNT-2: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @vector_integers(%x: tensor<4x8xi32>) {
  %0 = tosa.bitwise_not %x : (tensor<4x8xi32>) -> tensor<4x8xi32>
  %1 = tosa.clz %x : (tensor<4x8xi32>) -> tensor<4x8xi32>
  return
}

// CHECK-LABEL: func.func @two
// CHECK-COUNT-4: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK-NEXT: return
func.func @two(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>) {
  %0 = tosa.add %x, %y : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = tosa.maximum %x, %y : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = tosa.minimum %x, %y : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = tosa.sub %x, %y : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @two_integers
// CHECK-COUNT-7: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK-NEXT: return
func.func @two_integers(%x: tensor<4x8xi32>, %y: tensor<4x8xi32>) {
  %0 = tosa.bitwise_and %x, %y : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %1 = tosa.bitwise_or %x, %y : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %2 = tosa.bitwise_xor %x, %y : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %3 = tosa.intdiv %x, %y : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %4 = tosa.logical_left_shift %x, %y : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %5 = tosa.logical_right_shift %x, %y : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  %6 = tosa.arithmetic_right_shift %x, %y {round = false} : (tensor<4x8xi32>, tensor<4x8xi32>) -> tensor<4x8xi32>
  return
}

// CHECK-LABEL: func.func @two_booleans
// CHECK-COUNT-3: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i1, ops = 32>], read_bytes = 64, written_bytes = 32>
// CHECK-NEXT: return
func.func @two_booleans(%x: tensor<4x8xi1>, %y: tensor<4x8xi1>) {
  %0 = tosa.logical_and %x, %y : (tensor<4x8xi1>, tensor<4x8xi1>) -> tensor<4x8xi1>
  %1 = tosa.logical_or %x, %y : (tensor<4x8xi1>, tensor<4x8xi1>) -> tensor<4x8xi1>
  %2 = tosa.logical_xor %x, %y : (tensor<4x8xi1>, tensor<4x8xi1>) -> tensor<4x8xi1>
  return
}

// CHECK-LABEL: func.func @comparisons
// CHECK-COUNT-3: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 32>
// CHECK-NEXT: return
func.func @comparisons(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>) {
  %0 = tosa.equal %x, %y : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xi1>
  %1 = tosa.greater %x, %y : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xi1>
  %2 = tosa.greater_equal %x, %y : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xi1>
  return
}

// Scaling an integer is a product, a rounding and a shift; rescaling the same between
// two zero points; a table is one look-up per element.

// CHECK-LABEL: func.func @others
// CHECK: tosa.pow
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK: tosa.mul
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 257, written_bytes = 128>
// CHECK: tosa.negate
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 132, written_bytes = 128>
// CHECK: tosa.logical_not
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i1, ops = 32>], read_bytes = 32, written_bytes = 32>
// CHECK: tosa.select
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 288, written_bytes = 128>
// CHECK: tosa.table
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i8, ops = 32>], read_bytes = 288, written_bytes = 32>
// CHECK: tosa.apply_scale
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 96>], read_bytes = 160, written_bytes = 128>
// CHECK: tosa.rescale
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 160>], read_bytes = 137, written_bytes = 32>
func.func @others(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %i: tensor<4x8xi32>, %b: tensor<4x8xi1>, %q: tensor<4x8xi8>, %s: tensor<1xi8>, %z: tensor<1xf32>, %t: tensor<256xi8>, %m: tensor<1xi32>, %zi: tensor<1xi32>) {
  %0 = tosa.pow %x, %y : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = tosa.mul %x, %y, %s : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<1xi8>) -> tensor<4x8xf32>
  %2 = tosa.negate %x, %z, %z : (tensor<4x8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<4x8xf32>
  %3 = tosa.logical_not %b : (tensor<4x8xi1>) -> tensor<4x8xi1>
  %4 = tosa.select %b, %x, %y : (tensor<4x8xi1>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = tosa.table %q, %t : (tensor<4x8xi8>, tensor<256xi8>) -> tensor<4x8xi8>
  %6 = tosa.apply_scale %i, %i, %q {rounding_mode = SINGLE_ROUND} : (tensor<4x8xi32>, tensor<4x8xi32>, tensor<4x8xi8>) -> tensor<4x8xi32>
  %7 = tosa.rescale %i, %m, %s, %zi, %s {rounding_mode = SINGLE_ROUND, scale32 = true, per_channel = false, input_unsigned = false, output_unsigned = false} : (tensor<4x8xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<4x8xi8>
  return
}

// 32 combinations, the first of each line with the initial value (A51).

// CHECK-LABEL: func.func @reductions
// CHECK: tosa.reduce_max
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 16>
// CHECK: tosa.reduce_min
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 16>
// CHECK: tosa.reduce_product
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 16>
// CHECK: tosa.reduce_all
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = i1, ops = 32>], read_bytes = 32, written_bytes = 4>
// CHECK: tosa.reduce_any
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = i1, ops = 32>], read_bytes = 32, written_bytes = 4>
func.func @reductions(%x: tensor<4x8xf32>, %b: tensor<4x8xi1>) {
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  %1 = tosa.reduce_min %x {axis = 1 : i32} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  %2 = tosa.reduce_product %x {axis = 1 : i32} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  %3 = tosa.reduce_all %b {axis = 1 : i32} : (tensor<4x8xi1>) -> tensor<4x1xi1>
  %4 = tosa.reduce_any %b {axis = 1 : i32} : (tensor<4x8xi1>) -> tensor<4x1xi1>
  return
}

// CHECK-LABEL: func.func @movement
// CHECK: tosa.concat
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 256, written_bytes = 256>
// CHECK: tosa.pad
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 132, written_bytes = 256>
// CHECK: tosa.reverse
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
// CHECK: tosa.tile
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 256>
// CHECK: tosa.slice
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 32, written_bytes = 32>
func.func @movement(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %v: tensor<1xf32>) {
  %0 = tosa.concat %x, %y {axis = 0 : i32} : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<8x8xf32>
  %p = tosa.const_shape {values = dense<[0, 4, 0, 0]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %1 = tosa.pad %x, %p, %v : (tensor<4x8xf32>, !tosa.shape<4>, tensor<1xf32>) -> tensor<8x8xf32>
  %2 = tosa.reverse %x {axis = 0 : i32} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %m = tosa.const_shape {values = dense<[2, 1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %3 = tosa.tile %x, %m : (tensor<4x8xf32>, !tosa.shape<2>) -> tensor<8x8xf32>
  %b = tosa.const_shape {values = dense<[1, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %e = tosa.const_shape {values = dense<[2, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %4 = tosa.slice %x, %b, %e : (tensor<4x8xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<2x4xf32>
  return
}

// Eight positions of two features, a kernel of eight taps: 2 * 8 * 2 * 8 operations and
// a bias for 16 elements. A product of blocks that share a scale: 2 * 4 * 8 * 32.

// CHECK-LABEL: func.func @products
// CHECK: tosa.conv3d
// CHECK-SAME: #roofline.demand<convolution, m = 8, n = 2, k = 8, work = [#roofline.work<unit = matrix, type = tf32, ops = 256>, #roofline.work<unit = vector, type = f32, ops = 16>]
// CHECK: tosa.matmul_t_block_scaled
// CHECK-SAME: #roofline.demand<contraction, m = 4, n = 8, k = 32, work = [#roofline.work<unit = matrix, type = f4, ops = 2048>]
func.func @products(%x: tensor<1x3x3x3x1xf32>, %w: tensor<2x2x2x2x1xf32>, %b: tensor<2xf32>, %z: tensor<1xf32>, %m: tensor<1x4x32xf4E2M1FN>, %n: tensor<1x8x32xf4E2M1FN>, %s: tensor<1x4x1xf8E8M0FNU>, %t: tensor<1x8x1xf8E8M0FNU>) {
  %0 = tosa.conv3d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1, 1>, pad = array<i64: 0, 0, 0, 0, 0, 0>, stride = array<i64: 1, 1, 1>} : (tensor<1x3x3x3x1xf32>, tensor<2x2x2x2x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2x2xf32>
  %1 = tosa.matmul_t_block_scaled %m, %s, %n, %t {block_size = BLOCK_SIZE_32} : (tensor<1x4x32xf4E2M1FN>, tensor<1x4x1xf8E8M0FNU>, tensor<1x8x32xf4E2M1FN>, tensor<1x8x1xf8E8M0FNU>) -> tensor<1x4x8xf32>
  return
}

// A conversion and a scale for each of 64 elements; for the inverse also the largest
// magnitude.

// CHECK-LABEL: func.func @scaled
// CHECK: tosa.cast_from_block_scaled
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 128>], read_bytes = 34, written_bytes = 256>
// CHECK: tosa.cast_to_block_scaled
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 256>], read_bytes = 256, written_bytes = 34>
// CHECK: tosa.resize
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 63>]
func.func @scaled(%x: tensor<2x32xf32>, %q: tensor<2x32xf4E2M1FN>, %s: tensor<2x1xf8E8M0FNU>, %c: tensor<1x2x2x1xf32>) {
  %0 = tosa.cast_from_block_scaled %q, %s {block_size = BLOCK_SIZE_32} : (tensor<2x32xf4E2M1FN>, tensor<2x1xf8E8M0FNU>) -> tensor<2x32xf32>
  %1:2 = tosa.cast_to_block_scaled %x {block_size = BLOCK_SIZE_32} : (tensor<2x32xf32>) -> (tensor<2x32xf4E2M1FN>, tensor<2x1xf8E8M0FNU>)
  %2 = tosa.const_shape {values = dense<[4, 2, 4, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %3 = tosa.const_shape {values = dense<0> : tensor<2xindex>} : () -> !tosa.shape<2>
  %4 = tosa.resize %c, %2, %3, %3 {mode = BILINEAR} : (tensor<1x2x2x1xf32>, !tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x3x3x1xf32>
  return
}

// Arithmetic on shapes is address arithmetic (A41); constants are read where they lie.

// CHECK-LABEL: func.func @shapes
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @shapes(%x: tensor<4x8xf32>, %s: tensor<1xi32>) {
  %a = tosa.const_shape {values = dense<[4, 8]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.add_shape %a, %a : (!tosa.shape<2>, !tosa.shape<2>) -> !tosa.shape<2>
  %1 = tosa.div_ceil_shape %a, %a : (!tosa.shape<2>, !tosa.shape<2>) -> !tosa.shape<2>
  %2 = tosa.div_floor_shape %a, %a : (!tosa.shape<2>, !tosa.shape<2>) -> !tosa.shape<2>
  %3 = tosa.max_shape %a, %a : (!tosa.shape<2>, !tosa.shape<2>) -> !tosa.shape<2>
  %4 = tosa.min_shape %a, %a : (!tosa.shape<2>, !tosa.shape<2>) -> !tosa.shape<2>
  %5 = tosa.mod_shape %a, %a : (!tosa.shape<2>, !tosa.shape<2>) -> !tosa.shape<2>
  %6 = tosa.mul_shape %a, %a : (!tosa.shape<2>, !tosa.shape<2>) -> !tosa.shape<2>
  %7 = tosa.sub_shape %a, %a : (!tosa.shape<2>, !tosa.shape<2>) -> !tosa.shape<2>
  %10 = tosa.exp2_shape %a : (!tosa.shape<2>) -> !tosa.shape<2>
  %11 = tosa.log2_ceil_shape %a : (!tosa.shape<2>) -> !tosa.shape<2>
  %12 = tosa.log2_floor_shape %a : (!tosa.shape<2>) -> !tosa.shape<2>
  %20 = tosa.concat_shape %a, %a : (!tosa.shape<2>, !tosa.shape<2>) -> !tosa.shape<4>
  %23 = tosa.slice_shape %a, %s, %s : (!tosa.shape<2>, tensor<1xi32>, tensor<1xi32>) -> !tosa.shape<1>
  %24 = tosa.dim %x {axis = 0 : i32} : (tensor<4x8xf32>) -> !tosa.shape<1>
  %25 = tosa.identity %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %26 = "tosa.const"() {values = dense<1.0> : tensor<4x8xf32>} : () -> tensor<4x8xf32>
  return
}

// A variable is a tensor in memory; a custom op is not known; of two branches and
// of a loop, what they run is annotated.

tosa.variable @state = dense<0.0> : tensor<4x8xf32>

// CHECK-LABEL: func.func @control
// CHECK: tosa.variable_read @state : tensor<4x8xf32>
// CHECK: tosa.variable_write @state
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
// CHECK: tosa.custom
// CHECK-SAME: #roofline.unknown<opaque,
// CHECK: tosa.cond_if
// CHECK: tosa.tanh
// CHECK-SAME: roofline.demand
// CHECK: tosa.while_loop
func.func @control(%x: tensor<4x8xf32>, %p: tensor<i1>, %i: tensor<i32>) {
  %0 = tosa.variable_read @state : tensor<4x8xf32>
  tosa.variable_write @state, %x : tensor<4x8xf32>
  %1 = tosa.custom %x {operator_name = "f", domain_name = "d", implementation_attrs = ""} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = tosa.cond_if %p (%a = %x) : tensor<i1> (tensor<4x8xf32>) -> tensor<4x8xf32> {
  ^bb0(%a: tensor<4x8xf32>):
    %4 = tosa.tanh %a : (tensor<4x8xf32>) -> tensor<4x8xf32>
    tosa.yield %4 : tensor<4x8xf32>
  } else {
  ^bb0(%a: tensor<4x8xf32>):
    tosa.yield %a : tensor<4x8xf32>
  }
  %3 = tosa.while_loop (%a = %i) : (tensor<i32>) -> tensor<i32> {
    %4 = tosa.greater %i, %a : (tensor<i32>, tensor<i32>) -> tensor<i1>
    tosa.yield %4 : tensor<i1>
  } do {
  ^bb0(%a: tensor<i32>):
    tosa.yield %a : tensor<i32>
  }
  return
}
