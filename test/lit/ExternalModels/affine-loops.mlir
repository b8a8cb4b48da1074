// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// A product as loops: what is annotated is one execution. Scalars are in
// registers, so that only loads and stores move bytes; integers are addresses.

// CHECK-LABEL: func.func @loops
func.func @loops(%a: memref<16x64xf32>, %b: memref<64x32xf32>, %c: memref<16x32xf32>) {
  affine.for %i = 0 to 16 {
    affine.for %j = 0 to 32 {
      affine.for %k = 0 to 64 {
        // CHECK: affine.load
        // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 4, written_bytes = 0>
        %0 = affine.load %a[%i, %k] : memref<16x64xf32>
        %1 = affine.load %b[%k, %j] : memref<64x32xf32>
        %2 = affine.load %c[%i, %j] : memref<16x32xf32>
        // CHECK: arith.mulf
        // CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 1>], read_bytes = 0, written_bytes = 0>
        %3 = arith.mulf %0, %1 : f32
        %4 = arith.addf %2, %3 : f32
        // CHECK: affine.store
        // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 4>
        affine.store %4, %c[%i, %j] : memref<16x32xf32>
      }
    }
  }
  return
}
