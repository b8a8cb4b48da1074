// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// 4 x 8 elements: one operation of the vector unit for each (A42).

// CHECK-LABEL: func.func @floats
// CHECK-COUNT-9: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK-NEXT: return
func.func @floats(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>) {
  %0 = arith.addf %x, %y : tensor<4x8xf32>
  %1 = arith.divf %x, %y : tensor<4x8xf32>
  %2 = arith.maximumf %x, %y : tensor<4x8xf32>
  %3 = arith.maxnumf %x, %y : tensor<4x8xf32>
  %4 = arith.minimumf %x, %y : tensor<4x8xf32>
  %5 = arith.minnumf %x, %y : tensor<4x8xf32>
  %6 = arith.mulf %x, %y : tensor<4x8xf32>
  %7 = arith.remf %x, %y : tensor<4x8xf32>
  %8 = arith.subf %x, %y : tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @integers
// CHECK-COUNT-20: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK-NEXT: return
func.func @integers(%x: tensor<4x8xi32>, %y: tensor<4x8xi32>) {
  %0 = arith.addi %x, %y : tensor<4x8xi32>
  %1 = arith.andi %x, %y : tensor<4x8xi32>
  %2 = arith.ceildivsi %x, %y : tensor<4x8xi32>
  %3 = arith.ceildivui %x, %y : tensor<4x8xi32>
  %4 = arith.divsi %x, %y : tensor<4x8xi32>
  %5 = arith.divui %x, %y : tensor<4x8xi32>
  %6 = arith.floordivsi %x, %y : tensor<4x8xi32>
  %7 = arith.maxsi %x, %y : tensor<4x8xi32>
  %8 = arith.maxui %x, %y : tensor<4x8xi32>
  %9 = arith.minsi %x, %y : tensor<4x8xi32>
  %10 = arith.minui %x, %y : tensor<4x8xi32>
  %11 = arith.muli %x, %y : tensor<4x8xi32>
  %12 = arith.ori %x, %y : tensor<4x8xi32>
  %13 = arith.remsi %x, %y : tensor<4x8xi32>
  %14 = arith.remui %x, %y : tensor<4x8xi32>
  %15 = arith.shli %x, %y : tensor<4x8xi32>
  %16 = arith.shrsi %x, %y : tensor<4x8xi32>
  %17 = arith.shrui %x, %y : tensor<4x8xi32>
  %18 = arith.subi %x, %y : tensor<4x8xi32>
  %19 = arith.xori %x, %y : tensor<4x8xi32>
  return
}

// The low and the high half, or the sum and the carry, which is a byte: two
// operations.

// CHECK-LABEL: func.func @extended
// CHECK: arith.addui_extended
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 64>], read_bytes = 256, written_bytes = 160>
// CHECK: arith.mulsi_extended
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 64>], read_bytes = 256, written_bytes = 256>
// CHECK: arith.mului_extended
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 64>], read_bytes = 256, written_bytes = 256>
func.func @extended(%x: tensor<4x8xi32>, %y: tensor<4x8xi32>) {
  %0, %1 = arith.addui_extended %x, %y : tensor<4x8xi32>, tensor<4x8xi1>
  %2, %3 = arith.mulsi_extended %x, %y : tensor<4x8xi32>
  %4, %5 = arith.mului_extended %x, %y : tensor<4x8xi32>
  return
}

// A conversion is one operation in the wider type; with a scale it is two.

// CHECK-LABEL: func.func @conversions
// CHECK: arith.extf
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 64, written_bytes = 128>
// CHECK: arith.truncf
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 64>
// CHECK: arith.extsi
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 64, written_bytes = 128>
// CHECK: arith.extui
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 64, written_bytes = 128>
// CHECK: arith.trunci
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 128, written_bytes = 64>
// CHECK: arith.fptosi
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 64>
// CHECK: arith.fptoui
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 64>
// CHECK: arith.sitofp
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 64, written_bytes = 128>
// CHECK: arith.uitofp
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 64, written_bytes = 128>
// CHECK: arith.index_cast
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i64, ops = 32>], read_bytes = 128, written_bytes = 256>
// CHECK: arith.index_castui
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i64, ops = 32>], read_bytes = 128, written_bytes = 256>
// CHECK: arith.scaling_extf
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 64>], read_bytes = 48, written_bytes = 128>
// CHECK: arith.scaling_truncf
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 64>], read_bytes = 160, written_bytes = 16>
func.func @conversions(%x: tensor<4x8xf32>, %h: tensor<4x8xf16>, %i: tensor<4x8xi32>, %s: tensor<4x8xi16>, %n: tensor<4x8xindex>, %e: tensor<4x8xf8E8M0FNU>, %f: tensor<4x8xf4E2M1FN>) {
  %0 = arith.extf %h : tensor<4x8xf16> to tensor<4x8xf32>
  %1 = arith.truncf %x : tensor<4x8xf32> to tensor<4x8xf16>
  %2 = arith.extsi %s : tensor<4x8xi16> to tensor<4x8xi32>
  %3 = arith.extui %s : tensor<4x8xi16> to tensor<4x8xi32>
  %4 = arith.trunci %i : tensor<4x8xi32> to tensor<4x8xi16>
  %5 = arith.fptosi %x : tensor<4x8xf32> to tensor<4x8xi16>
  %6 = arith.fptoui %x : tensor<4x8xf32> to tensor<4x8xi16>
  %7 = arith.sitofp %s : tensor<4x8xi16> to tensor<4x8xf32>
  %8 = arith.uitofp %s : tensor<4x8xi16> to tensor<4x8xf32>
  %9 = arith.index_cast %i : tensor<4x8xi32> to tensor<4x8xindex>
  %10 = arith.index_castui %i : tensor<4x8xi32> to tensor<4x8xindex>
  %11 = arith.scaling_extf %f, %e : tensor<4x8xf4E2M1FN>, tensor<4x8xf8E8M0FNU> to tensor<4x8xf32>
  %12 = arith.scaling_truncf %x, %e : tensor<4x8xf32>, tensor<4x8xf8E8M0FNU> to tensor<4x8xf4E2M1FN>
  return
}

// Comparisons work in the type of their operands; a selection is one operation.

// CHECK-LABEL: func.func @others
// CHECK: arith.negf
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK: arith.cmpf
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 256, written_bytes = 32>
// CHECK: arith.cmpi
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 128, written_bytes = 32>
// CHECK: arith.select
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 288, written_bytes = 128>
func.func @others(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %i: tensor<4x8xi32>, %p: tensor<4x8xi1>) {
  %0 = arith.negf %x : tensor<4x8xf32>
  %1 = arith.cmpf olt, %x, %y : tensor<4x8xf32>
  %2 = arith.cmpi slt, %i, %i : tensor<4x8xi32>
  %3 = arith.select %p, %x, %y : tensor<4x8xi1>, tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @views
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @views(%x: tensor<4x8xf32>) {
  %0 = arith.bitcast %x : tensor<4x8xf32> to tensor<4x8xi32>
  %1 = arith.constant dense<1.0> : tensor<4x8xf32>
  return
}
