// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// 4 x 8 elements: one operation for each, of the special function unit where the
// function is transcendental (A43).

// CHECK-LABEL: func.func @special
// CHECK-COUNT-24: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @special(%x: tensor<4x8xf32>) {
  %0 = math.acos %x : tensor<4x8xf32>
  %1 = math.acosh %x : tensor<4x8xf32>
  %2 = math.asin %x : tensor<4x8xf32>
  %3 = math.asinh %x : tensor<4x8xf32>
  %4 = math.atan %x : tensor<4x8xf32>
  %5 = math.atanh %x : tensor<4x8xf32>
  %6 = math.cbrt %x : tensor<4x8xf32>
  %7 = math.cos %x : tensor<4x8xf32>
  %8 = math.cosh %x : tensor<4x8xf32>
  %9 = math.erf %x : tensor<4x8xf32>
  %10 = math.erfc %x : tensor<4x8xf32>
  %11 = math.exp %x : tensor<4x8xf32>
  %12 = math.exp2 %x : tensor<4x8xf32>
  %13 = math.expm1 %x : tensor<4x8xf32>
  %14 = math.log %x : tensor<4x8xf32>
  %15 = math.log10 %x : tensor<4x8xf32>
  %16 = math.log1p %x : tensor<4x8xf32>
  %17 = math.log2 %x : tensor<4x8xf32>
  %18 = math.rsqrt %x : tensor<4x8xf32>
  %19 = math.sin %x : tensor<4x8xf32>
  %20 = math.sinh %x : tensor<4x8xf32>
  %21 = math.sqrt %x : tensor<4x8xf32>
  %22 = math.tan %x : tensor<4x8xf32>
  %23 = math.tanh %x : tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @special_two
// CHECK-COUNT-2: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK-NEXT: return
func.func @special_two(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>) {
  %0 = math.atan2 %x, %y : tensor<4x8xf32>
  %1 = math.powf %x, %y : tensor<4x8xf32>
  return
}

// An integer power is a vector operation; a sine with a cosine is two functions.

// CHECK-LABEL: func.func @special_other
// CHECK: math.fpowi
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK: math.ipowi
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK: math.sincos
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 64>], read_bytes = 128, written_bytes = 256>
func.func @special_other(%x: tensor<4x8xf32>, %i: tensor<4x8xi32>) {
  %0 = math.fpowi %x, %i : tensor<4x8xf32>, tensor<4x8xi32>
  %1 = math.ipowi %i, %i : tensor<4x8xi32>
  %2, %3 = math.sincos %x : tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @vector
// CHECK-COUNT-6: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @vector(%x: tensor<4x8xf32>) {
  %0 = math.absf %x : tensor<4x8xf32>
  %1 = math.ceil %x : tensor<4x8xf32>
  %2 = math.floor %x : tensor<4x8xf32>
  %3 = math.round %x : tensor<4x8xf32>
  %4 = math.roundeven %x : tensor<4x8xf32>
  %5 = math.trunc %x : tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @vector_integers
// CHECK-COUNT-4: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @vector_integers(%x: tensor<4x8xi32>) {
  %0 = math.absi %x : tensor<4x8xi32>
  %1 = math.ctlz %x : tensor<4x8xi32>
  %2 = math.ctpop %x : tensor<4x8xi32>
  %3 = math.cttz %x : tensor<4x8xi32>
  return
}

// Predicates work in the type of their operand.

// CHECK-LABEL: func.func @predicates
// CHECK-COUNT-4: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 32>
// CHECK-NEXT: return
func.func @predicates(%x: tensor<4x8xf32>) {
  %0 = math.isfinite %x : tensor<4x8xf32>
  %1 = math.isinf %x : tensor<4x8xf32>
  %2 = math.isnan %x : tensor<4x8xf32>
  %3 = math.isnormal %x : tensor<4x8xf32>
  return
}

// A clamp and a multiply-add are two operations each.

// CHECK-LABEL: func.func @vector_other
// CHECK: math.copysign
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK: math.clampf
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 64>], read_bytes = 384, written_bytes = 128>
// CHECK: math.fma
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 64>], read_bytes = 384, written_bytes = 128>
func.func @vector_other(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %z: tensor<4x8xf32>) {
  %0 = math.copysign %x, %y : tensor<4x8xf32>
  %1 = math.clampf %x to [%y, %z] : tensor<4x8xf32>
  %2 = math.fma %x, %y, %z : tensor<4x8xf32>
  return
}
