// A65: loops over scalars are the code of one kernel, whatever is fused. Of a
// buffer all crosses memory at most: 64 x 32 values of 4 bytes are loaded once in
// each of 10 rounds, and so are the 32 of %b, 64 x 10 times; 8192 + 128 bytes are
// read, and 8192 written.

// RUN: roofline report %s --target=h200 --view=kernels --format=json --fusion=none | FileCheck %s
// RUN: roofline report %s --target=h200 --view=kernels --format=json | FileCheck %s

// CHECK:      "kernels": [
// CHECK:        "name": "loop_nest",
// CHECK-NEXT:   "family": "elementwise",
// CHECK:        "launches": 1,
// CHECK:          "vector_f32": 20480
// CHECK:        "read_bytes": 8320,
// CHECK-NEXT:   "written_bytes": 8192,
// CHECK-NOT:    "name": "{{loop_nest|load|store}}"
func.func @main(%a: memref<64x32xf32>, %b: memref<32xf32>, %c: memref<64x32xf32>) {
  affine.for %round = 0 to 10 {
    affine.for %i = 0 to 64 {
      affine.for %j = 0 to 32 {
        %0 = affine.load %a[%i, %j] : memref<64x32xf32>
        %1 = affine.load %b[%j] : memref<32xf32>
        %2 = arith.addf %0, %1 : f32
        affine.store %2, %c[%i, %j] : memref<64x32xf32>
      }
    }
  }
  return
}
