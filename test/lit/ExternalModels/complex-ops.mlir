// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// Operations on complex numbers in real ones (A7); scalars make no traffic (A40).

// Sums 2, products 6, quotients 11; an absolute value 3 and a root; a sign 5 and a
// root; an angle is one function.

// CHECK-LABEL: func.func @arithmetic
// CHECK: complex.add
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = c64, ops = 2>], read_bytes = 0, written_bytes = 0>
// CHECK: complex.sub
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = c64, ops = 2>], read_bytes = 0, written_bytes = 0>
// CHECK: complex.neg
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = c64, ops = 2>], read_bytes = 0, written_bytes = 0>
// CHECK: complex.conj
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = c64, ops = 2>], read_bytes = 0, written_bytes = 0>
// CHECK: complex.eq
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = c64, ops = 2>], read_bytes = 0, written_bytes = 0>
// CHECK: complex.neq
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = c64, ops = 2>], read_bytes = 0, written_bytes = 0>
// CHECK: complex.mul
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = c64, ops = 6>], read_bytes = 0, written_bytes = 0>
// CHECK: complex.div
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = c64, ops = 11>], read_bytes = 0, written_bytes = 0>
// CHECK: complex.abs
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = c64, ops = 3>, #roofline.work<unit = special, type = c64, ops = 1>], read_bytes = 0, written_bytes = 0>
// CHECK: complex.sign
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = c64, ops = 5>, #roofline.work<unit = special, type = c64, ops = 1>], read_bytes = 0, written_bytes = 0>
// CHECK: complex.angle
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = c64, ops = 1>], read_bytes = 0, written_bytes = 0>
func.func @arithmetic(%x: complex<f32>, %y: complex<f32>) {
  %0 = complex.add %x, %y : complex<f32>
  %1 = complex.sub %x, %y : complex<f32>
  %2 = complex.neg %x : complex<f32>
  %3 = complex.conj %x : complex<f32>
  %4 = complex.eq %x, %y : complex<f32>
  %5 = complex.neq %x, %y : complex<f32>
  %6 = complex.mul %x, %y : complex<f32>
  %7 = complex.div %x, %y : complex<f32>
  %8 = complex.abs %x : complex<f32>
  %9 = complex.sign %x : complex<f32>
  %10 = complex.angle %x : complex<f32>
  return
}

// Two real functions each.

// CHECK-LABEL: func.func @functions
// CHECK-COUNT-13: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = c64, ops = 2>], read_bytes = 0, written_bytes = 0>
// CHECK-NEXT: return
func.func @functions(%x: complex<f32>, %y: complex<f32>, %i: i32) {
  %0 = complex.cos %x : complex<f32>
  %1 = complex.exp %x : complex<f32>
  %2 = complex.expm1 %x : complex<f32>
  %3 = complex.log %x : complex<f32>
  %4 = complex.log1p %x : complex<f32>
  %5 = complex.rsqrt %x : complex<f32>
  %6 = complex.sin %x : complex<f32>
  %7 = complex.sqrt %x : complex<f32>
  %8 = complex.tan %x : complex<f32>
  %9 = complex.tanh %x : complex<f32>
  %10 = complex.atan2 %x, %y : complex<f32>
  %11 = complex.pow %x, %y : complex<f32>
  %12 = complex.powi %x, %i : complex<f32>, i32
  return
}

// CHECK-LABEL: func.func @views
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @views(%x: complex<f32>, %r: f32) {
  %0 = complex.bitcast %x : complex<f32> to i64
  %1 = complex.constant [1.0 : f32, 2.0 : f32] : complex<f32>
  %2 = complex.create %r, %r : complex<f32>
  %3 = complex.im %x : complex<f32>
  %4 = complex.re %x : complex<f32>
  return
}
