// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// Buffers: what moves elements moves their bytes; what only names memory is free.

// A buffer of 128 bytes, or one element of it. Growing one copies what it holds; an
// atomic update reads and writes an element and is one operation; a copy between memory
// spaces is a copy.

// CHECK-LABEL: func.func @memory
// CHECK: memref.load
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 4, written_bytes = 0>
// CHECK: memref.store
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 4>
// CHECK: memref.copy
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
// CHECK: memref.realloc
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 32, written_bytes = 32>
// CHECK: memref.atomic_rmw
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 1>], read_bytes = 4, written_bytes = 4>
// CHECK: memref.generic_atomic_rmw
// CHECK: } {roofline.demand = #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 1>], read_bytes = 4, written_bytes = 4>
// CHECK: memref.dma_start
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
func.func @memory(%m: memref<4x8xf32>, %n: memref<4x8xf32>, %l: memref<8xf32>, %i: index, %x: f32, %s: memref<4x8xf32, 2>, %t: memref<1xi32>) {
  %0 = memref.load %m[%i, %i] : memref<4x8xf32>
  memref.store %x, %m[%i, %i] : memref<4x8xf32>
  memref.copy %m, %n : memref<4x8xf32> to memref<4x8xf32>
  %1 = memref.realloc %l : memref<8xf32> to memref<16xf32>
  %2 = memref.atomic_rmw addf %x, %m[%i, %i] : (f32, memref<4x8xf32>) -> f32
  %3 = memref.generic_atomic_rmw %m[%i, %i] : memref<4x8xf32> {
  ^bb0(%c: f32):
    %d = arith.mulf %c, %c : f32
    memref.atomic_yield %d : f32
  }
  %c32 = arith.constant 32 : index
  memref.dma_start %m[%i, %i], %s[%i, %i], %c32, %t[%i] : memref<4x8xf32>, memref<4x8xf32, 2>, memref<1xi32>
  return
}

memref.global @table : memref<4x8xf32>

// CHECK-LABEL: func.func @names
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @names(%m: memref<4x8xf32>, %l: memref<32xf32>, %i: index, %b: memref<128xi8>, %t: memref<1xi32>, %h: memref<2xindex>) {
  %0 = memref.alloc() : memref<4x8xf32>
  %1 = memref.alloca() : memref<4x8xf32>
  %2 = memref.assume_alignment %m, 64 : memref<4x8xf32>
  %3 = memref.cast %m : memref<4x8xf32> to memref<?x8xf32>
  %4 = memref.collapse_shape %m [[0, 1]] : memref<4x8xf32> into memref<32xf32>
  %5 = memref.dim %m, %i : memref<4x8xf32>
  %6:2 = memref.distinct_objects %m, %0 : memref<4x8xf32>, memref<4x8xf32>
  %c = arith.constant 32 : index
  memref.dma_wait %t[%i], %c : memref<1xi32>
  %7 = memref.expand_shape %l [[0, 1]] output_shape [4, 8] : memref<32xf32> into memref<4x8xf32>
  %8 = memref.extract_aligned_pointer_as_index %m : memref<4x8xf32> -> index
  %9, %10, %11:2, %12:2 = memref.extract_strided_metadata %m : memref<4x8xf32> -> memref<f32>, index, index, index, index, index
  %13 = memref.get_global @table : memref<4x8xf32>
  %14 = memref.memory_space_cast %m : memref<4x8xf32> to memref<4x8xf32, 1>
  memref.prefetch %m[%i, %i], read, locality<3>, data : memref<4x8xf32>
  %15 = memref.rank %m : memref<4x8xf32>
  %16 = memref.reinterpret_cast %m to offset: [0], sizes: [32], strides: [1] : memref<4x8xf32> to memref<32xf32>
  %17 = memref.reshape %m(%h) : (memref<4x8xf32>, memref<2xindex>) -> memref<8x4xf32>
  %18 = memref.subview %m[0, 0] [2, 8] [1, 1] : memref<4x8xf32> to memref<2x8xf32, strided<[8, 1]>>
  %19 = memref.transpose %m (i, j) -> (j, i) : memref<4x8xf32> to memref<8x4xf32, strided<[1, 8]>>
  %20 = memref.view %b[%i][] : memref<128xi8> to memref<4x8xf32>
  memref.alloca_scope {
    memref.alloca_scope.return
  }
  memref.dealloc %0 : memref<4x8xf32>
  return
}

// A row of two elements is written into what it lies in; elements that are in registers
// are written.

// CHECK-LABEL: func.func @tensors
// CHECK: tensor.from_elements
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 8>
// CHECK: tensor.insert 
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 4>
func.func @tensors(%x: f32, %t: tensor<4x8xf32>, %i: index, %r: tensor<1x8xf32>, %f: f32) {
  %0 = tensor.from_elements %x, %x : tensor<2xf32>
  %e = math.exp %t : tensor<4x8xf32>
  %1 = tensor.insert %x into %e[%i, %i] : tensor<4x8xf32>
  return
}

// Threads write their rows into one tensor.

// CHECK-LABEL: func.func @parallel
// CHECK: tensor.parallel_insert_slice
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 32, written_bytes = 32>
func.func @parallel(%r: tensor<1x8xf32>, %t: tensor<4x8xf32>) {
  %0 = scf.forall (%i) in (4) shared_outs(%o = %t) -> tensor<4x8xf32> {
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %r into %o[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<4x8xf32>
    }
  }
  return
}

// CHECK-LABEL: func.func @tensor_views
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @tensor_views(%t: tensor<4x8xf32>, %s: tensor<2xindex>, %m: memref<4x8xf32>, %q: tensor<4x8x!quant.uniform<i8:f32, 0.5>>) {
  %0 = tensor.bitcast %t : tensor<4x8xf32> to tensor<4x8xi32>
  %1 = tensor.rank %t : tensor<4x8xf32>
  %2 = tensor.reshape %t(%s) : (tensor<4x8xf32>, tensor<2xindex>) -> tensor<8x4xf32>
  %3 = bufferization.to_tensor %m : memref<4x8xf32> to tensor<4x8xf32>
  %4 = bufferization.to_buffer %t : tensor<4x8xf32> to memref<4x8xf32>
  bufferization.dealloc_tensor %t : tensor<4x8xf32>
  %5 = "quant.scast"(%q) : (tensor<4x8x!quant.uniform<i8:f32, 0.5>>) -> tensor<4x8xi8>
  %6 = builtin.unrealized_conversion_cast %t : tensor<4x8xf32> to tensor<32xf32>
  return
}

// CHECK-LABEL: func.func @clones
// CHECK: bufferization.clone
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
func.func @clones(%m: memref<4x8xf32>) {
  %0 = bufferization.clone %m : memref<4x8xf32> to memref<4x8xf32>
  return
}

// CHECK-LABEL: func.func @ownership
// CHECK: bufferization.dealloc
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @ownership(%m: memref<4x8xf32>, %p: i1) {
  bufferization.dealloc (%m : memref<4x8xf32>) if (%p)
  return
}

// Vectors of 16 elements; the transfer prints no attributes.

// CHECK-LABEL: func.func @affine
// CHECK: affine.vector_load
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 64, written_bytes = 0>
// CHECK: affine.vector_store
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 0, written_bytes = 64>
// CHECK: affine.dma_start
func.func @affine(%m: memref<64xf32>, %i: index, %s: memref<64xf32, 2>, %t: memref<1xi32>) {
  %0 = affine.vector_load %m[%i] : memref<64xf32>, vector<16xf32>
  affine.vector_store %0, %m[%i] : memref<64xf32>, vector<16xf32>
  %c = arith.constant 32 : index
  %z = arith.constant 0 : index
  affine.dma_start %m[%z], %s[%z], %t[%z], %c : memref<64xf32>, memref<64xf32, 2>, memref<1xi32>
  return
}

// Indices are free (A41).

// CHECK-LABEL: func.func @affine_indices
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @affine_indices(%i: index, %m: memref<64xf32>, %t: memref<1xi32>) {
  %0 = affine.apply affine_map<(d0) -> (d0 + 1)>(%i)
  %1:2 = affine.delinearize_index %i into (4, 8) : index, index
  %2 = affine.linearize_index [%i, %i] by (4, 8) : index
  %3 = affine.max affine_map<(d0) -> (d0, 4)>(%i)
  %4 = affine.min affine_map<(d0) -> (d0, 4)>(%i)
  %z = arith.constant 0 : index
  %c = arith.constant 32 : index
  affine.dma_wait %t[%z], %c : memref<1xi32>
  affine.prefetch %m[%z], read, locality<3>, data : memref<64xf32>
  return
}

// Of two branches what they run is annotated.

// CHECK-LABEL: func.func @branches
// CHECK: affine.if
// CHECK: affine.load
// CHECK-SAME: roofline.demand
func.func @branches(%m: memref<64xf32>) {
  affine.for %i = 0 to 64 {
    affine.if affine_set<(d0) : (d0 - 8 >= 0)>(%i) {
      %0 = affine.load %m[%i] : memref<64xf32>
    }
  }
  return
}
