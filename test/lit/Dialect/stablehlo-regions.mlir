// RUN: roofline-opt %s -o %t.read
// RUN: FileCheck %s --input-file=%t.read
// RUN: roofline-opt %t.read -o %t.again && diff %t.read %t.again
// RUN: roofline-opt %s --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s --check-prefix=LOC

// CHECK-LABEL: func.func @reduce
func.func @reduce(%x: tensor<4x8xf32>, %y: tensor<4x8xi32>, %f: tensor<f32>, %i: tensor<i32>) {
  // CHECK-NEXT: "stablehlo.reduce"(%arg0, %arg2) <{dimensions = array<i64: 1>}> ({
  // CHECK-NEXT: ^bb0(%[[L:.*]]: tensor<f32>, %[[R:.*]]: tensor<f32>):
  // CHECK-NEXT:   %[[S:.*]] = "stablehlo.add"(%[[L]], %[[R]]) : (tensor<f32>, tensor<f32>) -> tensor<f32>
  // CHECK-NEXT:   "stablehlo.return"(%[[S]]) : (tensor<f32>) -> ()
  // CHECK-NEXT: }) {note} : (tensor<4x8xf32>, tensor<f32>) -> tensor<4xf32>
  // LOC: "stablehlo.reduce"
  // LOC-NEXT: ^bb0(%{{.*}}: tensor<f32> loc("sum"), %{{.*}}: tensor<f32> loc("sum")):
  // LOC-NEXT: "stablehlo.add"{{.*}} loc("sum")
  // LOC-NEXT: "stablehlo.return"{{.*}} loc("sum")
  // LOC-NEXT: }) {{.*}} loc("sum")
  %0 = stablehlo.reduce(%x init: %f) applies stablehlo.add across dimensions = [1] {note} : (tensor<4x8xf32>, tensor<f32>) -> tensor<4xf32> loc("sum")
  // CHECK-NEXT: :2 = "stablehlo.reduce"(%arg0, %arg1, %arg2, %arg3) <{dimensions = array<i64: 0, 1>}> ({
  // CHECK-NEXT: ^bb0(%[[A:.*]]: tensor<f32>, %[[B:.*]]: tensor<i32>, %[[C:.*]]: tensor<f32>, %[[D:.*]]: tensor<i32>):
  // CHECK-NEXT:   "stablehlo.maximum"(%[[A]], %[[C]])
  // CHECK-NEXT:   "stablehlo.maximum"(%[[B]], %[[D]])
  // CHECK-NEXT:   "stablehlo.return"
  // CHECK-NEXT: }) : (tensor<4x8xf32>, tensor<4x8xi32>, tensor<f32>, tensor<i32>) -> (tensor<f32>, tensor<i32>)
  %1:2 = stablehlo.reduce(%x init: %f), (%y init: %i) across dimensions = [0, 1] : (tensor<4x8xf32>, tensor<4x8xi32>, tensor<f32>, tensor<i32>) -> (tensor<f32>, tensor<i32>)
   reducer(%a: tensor<f32>, %b: tensor<f32>) (%c: tensor<i32>, %d: tensor<i32>)  {
    %2 = stablehlo.maximum %a, %b : tensor<f32>
    %3 = stablehlo.maximum %c, %d : tensor<i32>
    stablehlo.return %2, %3 : tensor<f32>, tensor<i32>
  }
  return
}

// CHECK-LABEL: func.func @while
func.func @while(%n: tensor<i32>, %x: tensor<8xf32>) -> tensor<8xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  // CHECK: :2 = "stablehlo.while"(%{{.*}}, %arg1) ({
  // CHECK-NEXT: ^bb0(%[[I:.*]]: tensor<i32>, %{{.*}}: tensor<8xf32>):
  // CHECK-NEXT:   %[[P:.*]] = "stablehlo.compare"(%[[I]], %arg0)
  // CHECK-NEXT:   "stablehlo.return"(%[[P]]) : (tensor<i1>) -> ()
  // CHECK-NEXT: }, {
  // CHECK-NEXT: ^bb0(%{{.*}}: tensor<i32>, %[[X:.*]]: tensor<8xf32>):
  // CHECK:        func.call @step(%[[X]])
  // CHECK:        "stablehlo.return"
  // CHECK-NEXT: }) {note} : (tensor<i32>, tensor<8xf32>) -> (tensor<i32>, tensor<8xf32>)
  %0:2 = stablehlo.while(%i = %zero, %y = %x) : tensor<i32>, tensor<8xf32> attributes {note}
    cond {
    %1 = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %1 = stablehlo.add %i, %one : tensor<i32>
    %2 = func.call @step(%y) : (tensor<8xf32>) -> tensor<8xf32>
    stablehlo.return %1, %2 : tensor<i32>, tensor<8xf32>
  }
  // CHECK: "stablehlo.while"() ({
  stablehlo.while()
    cond {
    %p = stablehlo.constant dense<false> : tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    stablehlo.return
  }
  return %0#1 : tensor<8xf32>
}

func.func private @step(tensor<8xf32>) -> tensor<8xf32>
func.func private @add(tensor<f32>, tensor<f32>) -> tensor<f32>

// Symbols are found from inside ops with one region.

// CHECK-LABEL: func.func @symbol_users
func.func @symbol_users(%x: tensor<8xf32>, %f: tensor<f32>) {
  // CHECK: func.call @add
  %0 = "stablehlo.reduce"(%x, %f) <{dimensions = array<i64: 0>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %1 = func.call @add(%a, %b) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<8xf32>, tensor<f32>) -> tensor<f32>
  return
}

// Ops that print in generic form even in pretty files.

// CHECK-LABEL: func.func @generic
func.func @generic(%x: tensor<8xf32>, %k: tensor<8xi32>, %p: tensor<i1>) {
  // CHECK-NEXT: "stablehlo.all_reduce"(%arg0) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, replica_groups = dense<{{\[\[}}0, 1], [2, 3]]> : tensor<2x2xi64>, use_global_device_ids}> ({
  %0 = "stablehlo.all_reduce"(%x) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, replica_groups = dense<[[0, 1], [2, 3]]> : tensor<2x2xi64>, use_global_device_ids}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %s = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<8xf32>) -> tensor<8xf32>
  // CHECK: :2 = "stablehlo.sort"(%arg0, %arg1) <{dimension = 0 : i64, is_stable = true}> ({
  %1:2 = "stablehlo.sort"(%x, %k) <{dimension = 0 : i64, is_stable = true}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<i32>, %d: tensor<i32>):
    %lt = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %lt : tensor<i1>
  }) : (tensor<8xf32>, tensor<8xi32>) -> (tensor<8xf32>, tensor<8xi32>)
  // CHECK: "stablehlo.if"(%arg2) ({
  // CHECK-NEXT: "stablehlo.return"(%arg0) : (tensor<8xf32>) -> ()
  // CHECK-NEXT: }, {
  %2 = "stablehlo.if"(%p) ({
    stablehlo.return %x : tensor<8xf32>
  }, {
    %n = stablehlo.negate %x : tensor<8xf32>
    stablehlo.return %n : tensor<8xf32>
  }) : (tensor<i1>) -> tensor<8xf32>
  return
}

// CHECK-LABEL: func.func @composite_regions
func.func @composite_regions(%x: tensor<8xf32>) {
  // CHECK-NEXT: "stablehlo.composite"(%arg0) <{decomposition = @step, name = "my.op"}> ({
  %0 = stablehlo.composite "my.op" %x ({
    stablehlo.return %x : tensor<8xf32>
  }) {decomposition = @step} : (tensor<8xf32>) -> tensor<8xf32>
  return
}
