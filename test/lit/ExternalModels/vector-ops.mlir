// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// Vectors are in registers (A40): what reads and writes memory moves its bytes, the
// rest moves none.

// 16 elements of 4 bytes; a store that is masked counts them all.

// CHECK-LABEL: func.func @memory
// CHECK: vector.load
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 64, written_bytes = 0>
// CHECK: vector.maskedload
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 64, written_bytes = 0>
// CHECK: vector.expandload
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 64, written_bytes = 0>
// CHECK: vector.gather
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 64, written_bytes = 0>
// CHECK: vector.transfer_read
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 64, written_bytes = 0>
// CHECK: vector.store
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 64>
// CHECK: vector.maskedstore
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 64>
// CHECK: vector.compressstore
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 64>
// CHECK: vector.scatter
// CHECK-SAME: #roofline.demand<gather_scatter, read_bytes = 0, written_bytes = 64>
// CHECK: vector.transfer_write
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 64>
func.func @memory(%m: memref<64xf32>, %i: index, %v: vector<16xf32>, %p: vector<16xi1>, %n: vector<16xi32>, %z: f32) {
  %0 = vector.load %m[%i] : memref<64xf32>, vector<16xf32>
  %1 = vector.maskedload %m[%i], %p, %v : memref<64xf32>, vector<16xi1>, vector<16xf32> into vector<16xf32>
  %2 = vector.expandload %m[%i], %p, %v : memref<64xf32>, vector<16xi1>, vector<16xf32> into vector<16xf32>
  %3 = vector.gather %m[%i] [%n], %p, %v : memref<64xf32>, vector<16xi32>, vector<16xi1>, vector<16xf32> into vector<16xf32>
  %4 = vector.transfer_read %m[%i], %z : memref<64xf32>, vector<16xf32>
  vector.store %v, %m[%i] : memref<64xf32>, vector<16xf32>
  vector.maskedstore %m[%i], %p, %v : memref<64xf32>, vector<16xi1>, vector<16xf32>
  vector.compressstore %m[%i], %p, %v : memref<64xf32>, vector<16xi1>, vector<16xf32>
  vector.scatter %m[%i] [%n], %p, %v : memref<64xf32>, vector<16xi32>, vector<16xi1>, vector<16xf32>
  vector.transfer_write %v, %m[%i] : vector<16xf32>, memref<64xf32>
  return
}

// A multiply-add is two operations; a reduction and a scan one per element; an outer
// product with an accumulator two per element of the result.

// CHECK-LABEL: func.func @arithmetic
// CHECK: vector.fma
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 0, written_bytes = 0>
// CHECK: vector.reduction
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 16>], read_bytes = 0, written_bytes = 0>
// CHECK: vector.multi_reduction
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 64>], read_bytes = 0, written_bytes = 0>
// CHECK: vector.scan
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 64>], read_bytes = 0, written_bytes = 0>
// CHECK: vector.outerproduct
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 128>], read_bytes = 0, written_bytes = 0>
func.func @arithmetic(%v: vector<16xf32>, %w: vector<16xf32>, %m: vector<4x16xf32>, %a: vector<4xf32>, %r: vector<16xf32>, %q: vector<4x16xf32>) {
  %0 = vector.fma %v, %w, %v : vector<16xf32>
  %1 = vector.reduction <add>, %v : vector<16xf32> into f32
  %2 = vector.multi_reduction <add>, %m, %r [0] : vector<4x16xf32> to vector<16xf32>
  %3:2 = vector.scan <add>, %m, %r {inclusive = true, reduction_dim = 0 : i64} : vector<4x16xf32>, vector<16xf32>
  %5 = vector.outerproduct %a, %r, %q : vector<4xf32>, vector<16xf32>
  return
}

// Moves between registers are free.

// CHECK-LABEL: func.func @registers
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @registers(%v: vector<16xf32>, %s: vector<[4]xf32>, %x: f32, %n: index, %m: vector<4x16xf32>, %b: vector<4xf32>, %t: memref<4x16xf32>) {
  %0 = vector.bitcast %v : vector<16xf32> to vector<16xi32>
  %1 = vector.broadcast %x : f32 to vector<16xf32>
  %2 = vector.constant_mask [4] : vector<16xi1>
  %3 = vector.create_mask %n : vector<16xi1>
  %4, %5 = vector.deinterleave %v : vector<16xf32> -> vector<8xf32>
  %6 = vector.extract %v[3] : f32 from vector<16xf32>
  %7 = vector.extract_strided_slice %v {offsets = [0], sizes = [8], strides = [1]} : vector<16xf32> to vector<8xf32>
  %8 = vector.from_elements %x, %x : vector<2xf32>
  %9 = vector.insert %x, %v[3] : f32 into vector<16xf32>
  %10 = vector.insert_strided_slice %b, %v {offsets = [0], strides = [1]} : vector<4xf32> into vector<16xf32>
  %11 = vector.interleave %v, %v : vector<16xf32> -> vector<32xf32>
  vector.print %x : f32
  %12 = vector.scalable.extract %s[0] : vector<4xf32> from vector<[4]xf32>
  %13 = vector.scalable.insert %b, %s[0] : vector<4xf32> into vector<[4]xf32>
  %14 = vector.shape_cast %v : vector<16xf32> to vector<4x4xf32>
  %15 = vector.shuffle %v, %v [0, 17] : vector<16xf32>, vector<16xf32>
  %16 = vector.step : vector<16xindex>
  %17:2 = vector.to_elements %8 : vector<2xf32>
  %18 = vector.transpose %m, [1, 0] : vector<4x16xf32> to vector<16x4xf32>
  %19 = vector.type_cast %t : memref<4x16xf32> to memref<vector<4x16xf32>>
  %20 = vector.vscale
  return
}

// A masked op costs what the op costs.

// CHECK-LABEL: func.func @masked
// CHECK: vector.mask %{{.*}} { vector.reduction
// CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 16>], read_bytes = 0, written_bytes = 0>
func.func @masked(%v: vector<16xf32>, %p: vector<16xi1>) {
  %0 = vector.mask %p { vector.reduction <add>, %v : vector<16xf32> into f32 } : vector<16xi1> -> f32
  return
}
