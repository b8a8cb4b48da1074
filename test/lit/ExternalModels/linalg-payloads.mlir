// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// A GELU body: three products, one sum and one erf for each of 8 * 128 elements.
// The body itself is not annotated.

// CHECK-LABEL: func.func @gelu
func.func @gelu(%a: tensor<8x128xf32>) -> tensor<8x128xf32> {
  %e = tensor.empty() : tensor<8x128xf32>
  // CHECK: linalg.generic
  // CHECK-SAME: roofline.demand = #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 4096>, #roofline.work<unit = special, type = f32, ops = 1024>], read_bytes = 4096, written_bytes = 4096>
  // CHECK-NOT: roofline
  // CHECK: return
  %0 = linalg.generic {
      indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>],
      iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<8x128xf32>) outs(%e : tensor<8x128xf32>) {
  ^bb0(%x: f32, %out: f32):
    %half = arith.constant 0.5 : f32
    %one = arith.constant 1.0 : f32
    %scale = arith.constant 0.70710678 : f32
    %1 = arith.mulf %x, %scale : f32
    %2 = math.erf %1 : f32
    %3 = arith.addf %2, %one : f32
    %4 = arith.mulf %x, %3 : f32
    %5 = arith.mulf %4, %half : f32
    linalg.yield %5 : f32
  } -> tensor<8x128xf32>
  return %0 : tensor<8x128xf32>
}

// CHECK-LABEL: func.func @reduce
func.func @reduce(%a: tensor<16x64xf16>) -> tensor<16xf16> {
  %lowest = arith.constant 0xFC00 : f16
  %e = tensor.empty() : tensor<16xf16>
  // CHECK: linalg.fill {roofline.demand = #roofline.demand<data_movement, read_bytes = 0, written_bytes = 32>}
  %init = linalg.fill ins(%lowest : f16) outs(%e : tensor<16xf16>) -> tensor<16xf16>
  // One maximum per element; the filled accumulator is not read.
  // CHECK: linalg.reduce
  // CHECK-SAME: roofline.demand = #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f16, ops = 1024>], read_bytes = 2048, written_bytes = 32>
  %0 = linalg.reduce { arith.maximumf } ins(%a : tensor<16x64xf16>) outs(%init : tensor<16xf16>) dimensions = [1]
  return %0 : tensor<16xf16>
}

// CHECK-LABEL: func.func @movement
func.func @movement(%a: tensor<8x16xf32>, %t: tensor<16x8xf32>, %v: tensor<16xf32>, %e: tensor<8x16xf32>) {
  // CHECK: linalg.transpose
  // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 512, written_bytes = 512>
  %0 = linalg.transpose ins(%a : tensor<8x16xf32>) outs(%t : tensor<16x8xf32>) permutation = [1, 0]
  // CHECK: linalg.broadcast
  // CHECK-SAME: #roofline.demand<data_movement, read_bytes = 64, written_bytes = 512>
  %1 = linalg.broadcast ins(%v : tensor<16xf32>) outs(%e : tensor<8x16xf32>) dimensions = [0]
  return
}

// An embedding look-up: 8 ids of 8 bytes and 8 rows of 64 * 4 bytes, not the table.

// CHECK-LABEL: func.func @lookup
func.func @lookup(%table: tensor<1000x64xf32>, %ids: tensor<8xi64>) -> tensor<8x64xf32> {
  %e = tensor.empty() : tensor<8x64xf32>
  // CHECK: linalg.generic
  // CHECK-SAME: #roofline.demand<gather_scatter, read_bytes = 2112, written_bytes = 2048>
  %0 = linalg.generic {
      indexing_maps = [affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>],
      iterator_types = ["parallel", "parallel"]}
      ins(%ids : tensor<8xi64>) outs(%e : tensor<8x64xf32>) {
  ^bb0(%id: i64, %out: f32):
    %row = arith.index_cast %id : i64 to index
    %column = linalg.index 1 : index
    %1 = tensor.extract %table[%row, %column] : tensor<1000x64xf32>
    linalg.yield %1 : f32
  } -> tensor<8x64xf32>
  return %0 : tensor<8x64xf32>
}

// On buffers, what the op names as output is written.

// CHECK-LABEL: func.func @buffers
func.func @buffers(%a: memref<64xf32>, %b: memref<64xf32>, %c: memref<64xf32>) {
  // CHECK: linalg.add {roofline.demand = #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 64>], read_bytes = 512, written_bytes = 256>}
  linalg.add ins(%a, %b : memref<64xf32>, memref<64xf32>) outs(%c : memref<64xf32>)
  return
}
