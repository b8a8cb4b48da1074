// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// Every op of CHLO that other tests leave out: on 4 x 8 elements, one operation
// for each, of the special function unit where a function is transcendental
// (A20).

// CHECK-LABEL: func.func @transcendental
// CHECK-COUNT-14: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
// CHECK-NEXT: return
func.func @transcendental(%x: tensor<4x8xf32>) {
  %0 = chlo._asin_acos_kernel %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %1 = chlo.acos %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %2 = chlo.acosh %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %3 = chlo.asin %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %4 = chlo.asinh %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %5 = chlo.atan %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %6 = chlo.atanh %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %7 = chlo.bessel_i1e %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %8 = chlo.cosh %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %9 = chlo.digamma %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %10 = chlo.erfc %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %11 = chlo.lgamma %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %12 = chlo.sinh %x : tensor<4x8xf32> -> tensor<4x8xf32>
  %13 = chlo.tan %x : tensor<4x8xf32> -> tensor<4x8xf32>
  return
}

// Predicates work in the type of their operand and write a byte per element.

// CHECK-LABEL: func.func @predicates
// CHECK-COUNT-3: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 32>
// CHECK-NEXT: return
func.func @predicates(%x: tensor<4x8xf32>) {
  %0 = chlo.is_inf %x : tensor<4x8xf32> -> tensor<4x8xi1>
  %1 = chlo.is_neg_inf %x : tensor<4x8xf32> -> tensor<4x8xi1>
  %2 = chlo.is_pos_inf %x : tensor<4x8xf32> -> tensor<4x8xi1>
  return
}

// CHECK-LABEL: func.func @two_operands
// CHECK-COUNT-2: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 256, written_bytes = 128>
// CHECK: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 256, written_bytes = 128>
func.func @two_operands(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %i: tensor<4x8xi32>, %j: tensor<4x8xi32>) {
  %0 = chlo.polygamma %x, %y : tensor<4x8xf32>, tensor<4x8xf32> -> tensor<4x8xf32>
  %1 = chlo.zeta %x, %y : tensor<4x8xf32>, tensor<4x8xf32> -> tensor<4x8xf32>
  %2 = chlo.mulhi %i, %j : tensor<4x8xi32>, tensor<4x8xi32> -> tensor<4x8xi32>
  return
}

// With implicit broadcasting: one operation per element of the result; the
// smaller operand is read once, 32 bytes.

// CHECK-LABEL: func.func @broadcasting
// CHECK-COUNT-7: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 160, written_bytes = 128>
// CHECK-NEXT: return
func.func @broadcasting(%x: tensor<4x8xf32>, %y: tensor<8xf32>) {
  %0 = chlo.broadcast_divide %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %1 = chlo.broadcast_maximum %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %2 = chlo.broadcast_minimum %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %3 = chlo.broadcast_multiply %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %4 = chlo.broadcast_next_after %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %5 = chlo.broadcast_remainder %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %6 = chlo.broadcast_subtract %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @broadcasting_transcendental
// CHECK-COUNT-4: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 160, written_bytes = 128>
// CHECK-NEXT: return
func.func @broadcasting_transcendental(%x: tensor<4x8xf32>, %y: tensor<8xf32>) {
  %0 = chlo.broadcast_atan2 %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %1 = chlo.broadcast_polygamma %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %2 = chlo.broadcast_power %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %3 = chlo.broadcast_zeta %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @broadcasting_integers
// CHECK-COUNT-6: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 32>], read_bytes = 160, written_bytes = 128>
// CHECK-NEXT: return
func.func @broadcasting_integers(%x: tensor<4x8xi32>, %y: tensor<8xi32>) {
  %0 = chlo.broadcast_and %x, %y : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  %1 = chlo.broadcast_or %x, %y : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  %2 = chlo.broadcast_shift_left %x, %y : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  %3 = chlo.broadcast_shift_right_arithmetic %x, %y : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  %4 = chlo.broadcast_shift_right_logical %x, %y : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  %5 = chlo.broadcast_xor %x, %y : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  return
}

// Two halves of a complex number are put side by side.

// CHECK-LABEL: func.func @complex
// CHECK: #roofline.demand<data_movement, read_bytes = 160, written_bytes = 256>
func.func @complex(%x: tensor<4x8xf32>, %y: tensor<8xf32>) {
  %0 = chlo.broadcast_complex %x, %y : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xcomplex<f32>>
  return
}

// Views and wrappers cost what is in them.

// CHECK-LABEL: func.func @views
// CHECK-NEXT: "chlo.dynamic_reshape"(%{{.*}}) :
// CHECK-NEXT: "chlo.rank_specialization_cluster"(%{{.*}}) ({
// CHECK: "chlo.broadcast_add"(%{{.*}}) {roofline.demand = #roofline.demand<elementwise,
// CHECK-NEXT: "chlo.rank_specialization_cluster_yield"(%{{.*}}) :
// CHECK-NEXT: }) :
func.func @views(%x: tensor<4x8xf32>, %s: tensor<2xindex>) {
  %0 = chlo.dynamic_reshape %x, %s : (tensor<4x8xf32>, tensor<2xindex>) -> tensor<8x4xf32>
  %1 = "chlo.rank_specialization_cluster"(%x) ({
  ^bb0(%a: tensor<4x8xf32>):
    %2 = "chlo.broadcast_add"(%a, %a) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
    "chlo.rank_specialization_cluster_yield"(%2) : (tensor<4x8xf32>) -> ()
  }) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// Eight slices of four elements. An associative scan is one pass: an addition for
// each element, operands and results once. Any other is a loop over the slices
// (A36).

// CHECK-LABEL: func.func @scans
// CHECK: "chlo.scan"
// CHECK: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 144, written_bytes = 144>
// CHECK: "chlo.scan"
// CHECK: "stablehlo.add"
// CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 4>], read_bytes = 32, written_bytes = 16>
func.func @scans(%x: tensor<4x8xf32>, %i: tensor<4xf32>) {
  %0:2 = chlo.scan(%x) inits(%i) dimension=1 attributes {is_associative = true} {
  ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>):
    %2 = stablehlo.add %a, %b : tensor<4xf32>
    stablehlo.return %2, %2 : tensor<4xf32>, tensor<4xf32>
  } : (tensor<4x8xf32>, tensor<4xf32>) -> (tensor<4x8xf32>, tensor<4xf32>)
  %1:2 = chlo.scan(%x) inits(%i) dimension=1 {
  ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>):
    %2 = stablehlo.add %a, %b : tensor<4xf32>
    stablehlo.return %2, %2 : tensor<4xf32>, tensor<4xf32>
  } : (tensor<4x8xf32>, tensor<4xf32>) -> (tensor<4x8xf32>, tensor<4xf32>)
  return
}
