// RUN: roofline-opt %s -o %t.read
// RUN: FileCheck %s --input-file=%t.read
// RUN: roofline-opt %t.read -o %t.again && diff %t.read %t.again
// RUN: %mlir-opt --allow-unregistered-dialect %t.read -o %t.stock && diff %t.read %t.stock

// CHECK: "util.global"() <{initial_value = dense<1.000000e+00> : tensor<4xf32>, sym_name = "w", sym_visibility = "private", type = tensor<4xf32>}> {noinline} : () -> ()
util.global private @w {noinline} = dense<1.0> : tensor<4xf32>
// CHECK-NEXT: "util.global"() <{is_mutable, sym_name = "a/b", type = tensor<4xf32>}> : () -> ()
util.global mutable @"a/b" : tensor<4xf32>

// CHECK-LABEL: func.func @util
func.func @util() -> tensor<4xf32> {
  // CHECK-NEXT: "util.global.address"() <{global = @w}> : () -> !util.ptr<tensor<4xf32>>
  %p = util.global.address @w : !util.ptr<tensor<4xf32>>
  // CHECK-NEXT: "util.global.load.indirect"(%0) : (!util.ptr<tensor<4xf32>>) -> tensor<4xf32>
  %0 = util.global.load.indirect %p : !util.ptr<tensor<4xf32>> -> tensor<4xf32>
  // CHECK-NEXT: "util.global.load"() <{global = @w, is_immutable}> : () -> tensor<4xf32>
  %1 = util.global.load immutable @w : tensor<4xf32>
  // CHECK-NEXT: "util.global.store"(%{{.*}}) <{global = @"a/b"}> : (tensor<4xf32>) -> ()
  util.global.store %1, @"a/b" : tensor<4xf32>
  // CHECK-NEXT: "util.unfoldable_constant"() <{value = dense<3> : tensor<i32>}> : () -> tensor<i32>
  %2 = util.unfoldable_constant dense<3> : tensor<i32>
  // CHECK-NEXT: "util.optimization_barrier"(%{{.*}}) : (tensor<i32>) -> tensor<i32>
  %3 = util.optimization_barrier %2 : tensor<i32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @check
func.func @check(%x: tensor<2xf32>, %i: tensor<i32>) {
  // CHECK-NEXT: "check.expect_almost_eq_const"(%arg0) <{value = dense<1.000000e+00> : tensor<2xf32>}> : (tensor<2xf32>) -> ()
  check.expect_almost_eq_const(%x, dense<1.0> : tensor<2xf32>) : tensor<2xf32>
  // CHECK-NEXT: "check.expect_eq_const"(%arg1) <{value = dense<1> : tensor<i32>}> : (tensor<i32>) -> ()
  check.expect_eq_const %i, dense<1> : tensor<i32>
  // CHECK-NEXT: "check.expect_eq"(%arg0, %arg0) : (tensor<2xf32>, tensor<2xf32>) -> ()
  check.expect_eq(%x, %x) : tensor<2xf32>
  return
}

// Namespaces that appear in attributes, types and generic ops only.

// CHECK-LABEL: func.func @others
// CHECK-SAME: {ttcore.argument_type = #ttcore.argument_type<parameter>}
func.func @others(%x: tensor<2xf32> {ttcore.argument_type = #ttcore.argument_type<parameter>}) {
  // CHECK-NEXT: "vhlo.add_v1"(%arg0, %arg0) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %0 = "vhlo.add_v1"(%x, %x) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  // CHECK-NEXT: "tf.Identity"(%arg0) {_shape = #tf_type.shape<2>} : (tensor<2xf32>) -> tensor<*x!tf_type.string>
  %1 = "tf.Identity"(%x) {_shape = #tf_type.shape<2>} : (tensor<2xf32>) -> tensor<*x!tf_type.string>
  return
}
