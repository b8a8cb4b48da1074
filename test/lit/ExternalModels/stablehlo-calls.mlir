// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// Loops, branches and composites cost what they run; what they run is annotated
// where it stands.

// CHECK-LABEL: func.func @loop
func.func @loop(%x: tensor<16xf32>, %p: tensor<i1>) -> tensor<16xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  // CHECK: "stablehlo.while"
  // CHECK: "stablehlo.compare"
  // CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = i32, ops = 1>], read_bytes = 8, written_bytes = 1>
  // CHECK: "stablehlo.tanh"
  // CHECK-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 16>], read_bytes = 64, written_bytes = 64>
  // CHECK: }) : (tensor<i32>, tensor<16xf32>) -> (tensor<i32>, tensor<16xf32>)
  %0:2 = stablehlo.while(%i = %zero, %y = %x) : tensor<i32>, tensor<16xf32>
    cond {
      %n = stablehlo.constant dense<80> : tensor<i32>
      %3 = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %3 : tensor<i1>
    } do {
      %one = stablehlo.constant dense<1> : tensor<i32>
      %3 = stablehlo.tanh %y : tensor<16xf32>
      %4 = stablehlo.add %i, %one : tensor<i32>
      stablehlo.return %4, %3 : tensor<i32>, tensor<16xf32>
    }
  return %0#1 : tensor<16xf32>
}

// Markers are free; a softmax over 32 elements is 4 vector operations and an
// exponential each; nobody knows 'foo'.

// CHECK-LABEL: func.func @targets
func.func @targets(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // CHECK: "stablehlo.custom_call"(%{{.*}}) <{call_target_name = "Sharding"}> : (
  %0 = stablehlo.custom_call @Sharding(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  // CHECK: byteir.softmax
  // CHECK-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 128>, #roofline.work<unit = special, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
  %1 = stablehlo.custom_call @byteir.softmax(%0) {byteir_attrs = {axis = 1 : i64}} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  // CHECK: "foo"
  // CHECK-SAME: roofline.demand = #roofline.unknown<opaque, "custom call 'foo' has no rule">
  %2 = stablehlo.custom_call @foo(%1) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
}

// Each device reads and writes its own memory, and adds up what comes in; its
// group is one of four.

// CHECK-LABEL: func.func @exchange
func.func @exchange(%x: tensor<32xf32>) -> tensor<128xf32> {
  // CHECK: "stablehlo.all_reduce"
  // CHECK: #roofline.demand<collective, exchange = all_reduce, ranks = 4, work = [#roofline.work<unit = vector, type = f32, ops = 32>], read_bytes = 128, written_bytes = 128>
  %0 = "stablehlo.all_reduce"(%x) <{replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %2 = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %2 : tensor<f32>
  }) : (tensor<32xf32>) -> tensor<32xf32>
  // CHECK: "stablehlo.all_gather"
  // CHECK-SAME: #roofline.demand<collective, exchange = all_gather, ranks = 4, read_bytes = 128, written_bytes = 512>
  %1 = "stablehlo.all_gather"(%0) <{all_gather_dim = 0 : i64, replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}> : (tensor<32xf32>) -> tensor<128xf32>
  return %1 : tensor<128xf32>
}
