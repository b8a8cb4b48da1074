// RUN: roofline-opt %s -o %t.read
// RUN: FileCheck %s --input-file=%t.read
// RUN: roofline-opt %t.read -o %t.again && diff %t.read %t.again
// RUN: %mlir-opt --allow-unregistered-dialect %t.read -o %t.stock && diff %t.read %t.stock

// Ops whose syntax is their own.

// CHECK-LABEL: func.func @constant
func.func @constant() {
  // CHECK-NEXT: "stablehlo.constant"() <{value = dense<1.000000e+00> : tensor<2x3xf32>}> : () -> tensor<2x3xf32>
  %0 = stablehlo.constant dense<1.0> : tensor<2x3xf32>
  // CHECK-NEXT: "stablehlo.constant"() <{value = dense<true> : tensor<i1>}> {note} : () -> tensor<i1>
  %1 = stablehlo.constant {note} dense<true> : tensor<i1>
  // CHECK-NEXT: "stablehlo.constant"() <{value = dense_resource<__elided__> : tensor<1024xbf16>}> : () -> tensor<1024xbf16>
  %2 = stablehlo.constant dense_resource<__elided__> : tensor<1024xbf16>
  // CHECK-NEXT: "stablehlo.constant"() <{value = dense<[1, 2]> : tensor<2xi8>}> : () -> tensor<2x!quant.uniform<i8:f32, 2.000000e+00>>
  %3 = stablehlo.constant() <{value = dense<[1, 2]> : tensor<2xi8>}> : () -> tensor<2x!quant.uniform<i8:f32, 2.0>>
  // CHECK-NEXT: "stablehlo.constant"() <{value = dense<(1.000000e+00,2.000000e+00)> : tensor<complex<f32>>}> : () -> tensor<complex<f32>>
  %4 = stablehlo.constant dense<(1.0, 2.0)> : tensor<complex<f32>>
  return
}

// CHECK-LABEL: func.func @compare
func.func @compare(%arg0: tensor<3xi32>) {
  // CHECK-NEXT: "stablehlo.compare"(%arg0, %arg0) <{comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %0 = stablehlo.compare LT, %arg0, %arg0 : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  // CHECK-NEXT: "stablehlo.compare"(%arg0, %arg0) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction GE>}> : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %1 = stablehlo.compare  GE, %arg0, %arg0,  SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  return
}

// CHECK-LABEL: func.func @odd_types
func.func @odd_types(%p: tensor<2xi1>, %x: tensor<2xf32>, %d: tensor<?xf32>) {
  // CHECK-NEXT: "stablehlo.select"(%arg0, %arg1, %arg1) : (tensor<2xi1>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %0 = stablehlo.select %p, %x, %x : tensor<2xi1>, tensor<2xf32>
  // CHECK-NEXT: "stablehlo.select"(%arg0, %arg1, %arg2) : (tensor<2xi1>, tensor<2xf32>, tensor<?xf32>) -> tensor<2xf32>
  %1 = stablehlo.select %p, %x, %d : (tensor<2xi1>, tensor<2xf32>, tensor<?xf32>) -> tensor<2xf32>
  // CHECK-NEXT: "stablehlo.complex"(%arg1, %arg1) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xcomplex<f32>>
  %2 = stablehlo.complex %x, %x : tensor<2xcomplex<f32>>
  // CHECK-NEXT: "stablehlo.complex"(%arg1, %arg2) : (tensor<2xf32>, tensor<?xf32>) -> tensor<2xcomplex<f32>>
  %3 = stablehlo.complex %x, %d : (tensor<2xf32>, tensor<?xf32>) -> tensor<2xcomplex<f32>>
  // CHECK-NEXT: "stablehlo.tuple"(%arg0, %arg1) : (tensor<2xi1>, tensor<2xf32>) -> tuple<tensor<2xi1>, tensor<2xf32>>
  %4 = stablehlo.tuple %p, %x : tuple<tensor<2xi1>, tensor<2xf32>>
  // CHECK-NEXT: "stablehlo.tuple"() : () -> tuple<>
  %5 = stablehlo.tuple : tuple<>
  // CHECK-NEXT: "stablehlo.get_tuple_element"(%{{.*}}) <{index = 1 : i32}> : (tuple<tensor<2xi1>, tensor<2xf32>>) -> tensor<2xf32>
  %6 = stablehlo.get_tuple_element %4[1] : (tuple<tensor<2xi1>, tensor<2xf32>>) -> tensor<2xf32>
  // CHECK-NEXT: "stablehlo.optimization_barrier"() : () -> ()
  stablehlo.optimization_barrier()
  // CHECK-NEXT: :2 = "stablehlo.optimization_barrier"(%arg0, %arg1) : (tensor<2xi1>, tensor<2xf32>) -> (tensor<2xi1>, tensor<2xf32>)
  %7:2 = stablehlo.optimization_barrier %p, %x : tensor<2xi1>, tensor<2xf32>
  return
}

// CHECK-LABEL: func.func @dot_general
func.func @dot_general(%a: tensor<2x3x4xf32>, %b: tensor<2x4x5xf32>, %m: tensor<3x4xf32>, %n: tensor<4x5xf32>) {
  // CHECK-NEXT: "stablehlo.dot_general"(%arg0, %arg1) <{dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1]>}> : (tensor<2x3x4xf32>, tensor<2x4x5xf32>) -> tensor<2x3x5xf32>
  %0 = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<2x3x4xf32>, tensor<2x4x5xf32>) -> tensor<2x3x5xf32>
  // CHECK-NEXT: "stablehlo.dot_general"(%arg2, %arg3) <{dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>, precision_config = [#stablehlo<precision HIGH>, #stablehlo<precision DEFAULT>]}> {note} : (tensor<3x4xf32>, tensor<4x5xf32>) -> tensor<3x5xf32>
  %1 = stablehlo.dot_general %m, %n, contracting_dims = [1] x [0], precision = [HIGH, DEFAULT] {note} : (tensor<3x4xf32>, tensor<4x5xf32>) -> tensor<3x5xf32>
  // CHECK-NEXT: "stablehlo.dot_general"(%arg2, %arg3) <{algorithm = #stablehlo.dot_algorithm<lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 3, allow_imprecise_accumulation = false>, dot_dimension_numbers = #stablehlo.dot<>}> : (tensor<3x4xf32>, tensor<4x5xf32>) -> tensor<3x4x4x5xf32>
  %2 = stablehlo.dot_general %m, %n, contracting_dims = [] x [],
      algorithm = <lhs_precision_type = tf32, rhs_precision_type = tf32, // as in the specification
                   accumulation_type = f32, lhs_component_count = 1,
                   rhs_component_count = 1, num_primitive_operations = 3,
                   allow_imprecise_accumulation = false>
      : (tensor<3x4xf32>, tensor<4x5xf32>) -> tensor<3x4x4x5xf32>
  // The pretty and the generic spelling are one attribute.
  // CHECK-NEXT: "stablehlo.dot_general"(%arg2, %arg3) <{dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>}> : (tensor<3x4xf32>, tensor<4x5xf32>) -> tensor<3x5xf32>
  %3 = "stablehlo.dot_general"(%m, %n) <{dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>}> : (tensor<3x4xf32>, tensor<4x5xf32>) -> tensor<3x5xf32>
  return
}

// CHECK-LABEL: func.func @convolution
func.func @convolution(%x: tensor<1x8x8x2xf32>, %k: tensor<3x3x2x4xf32>) {
  // CHECK-NEXT: "stablehlo.convolution"(%arg0, %arg1) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64}> : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>) -> tensor<1x6x6x4xf32>
  %0 = stablehlo.convolution(%x, %k) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>) -> tensor<1x6x6x4xf32>
  // CHECK-NEXT: "stablehlo.convolution"(%arg0, %arg1) <{batch_group_count = 1 : i64,
  // CHECK-SAME:   dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64,
  // CHECK-SAME:   lhs_dilation = array<i64: 1, 2>,
  // CHECK-SAME:   padding = dense<{{\[\[}}0, 1], [2, 3]]> : tensor<2x2xi64>,
  // CHECK-SAME:   precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>],
  // CHECK-SAME:   rhs_dilation = array<i64: 1, 1>,
  // CHECK-SAME:   window_reversal = array<i1: false, true>,
  // CHECK-SAME:   window_strides = array<i64: 2, 1>}> :
  %1 = stablehlo.convolution(%x, %k)
         dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
         window = {stride = [2, 1], pad = [[0, 1], [2, 3]], lhs_dilate = [1, 2], rhs_dilate = [1, 1], reverse = [false, true]}
         {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}
       : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>) -> tensor<1x4x18x4xf32>
  return
}

// CHECK-LABEL: func.func @slice
func.func @slice(%x: tensor<8x8xf32>, %s: tensor<f32>) {
  // CHECK-NEXT: "stablehlo.slice"(%arg0) <{limit_indices = array<i64: 4, 8>, start_indices = array<i64: 1, 0>, strides = array<i64: 1, 2>}> : (tensor<8x8xf32>) -> tensor<3x4xf32>
  %0 = stablehlo.slice %x [1:4, 0:8:2] : (tensor<8x8xf32>) -> tensor<3x4xf32>
  // CHECK-NEXT: "stablehlo.slice"(%arg1) <{limit_indices = array<i64>, start_indices = array<i64>, strides = array<i64>}> : (tensor<f32>) -> tensor<f32>
  %1 = stablehlo.slice %s [] : (tensor<f32>) -> tensor<f32>
  return
}

// CHECK-LABEL: func.func @calls
func.func @calls(%x: tensor<2xf32>) {
  // CHECK-NEXT: "stablehlo.custom_call"(%arg0) <{api_version = 2 : i32, backend_config = "", call_target_name = "Sharding", has_side_effect = false}> {mhlo.sharding = "{replicated}"} : (tensor<2xf32>) -> tensor<2xf32>
  %0 = stablehlo.custom_call @Sharding(%x) {api_version = 2 : i32, backend_config = "", has_side_effect = false, mhlo.sharding = "{replicated}"} : (tensor<2xf32>) -> tensor<2xf32>
  // CHECK-NEXT: :2 = "stablehlo.custom_call"() <{call_target_name = "not an id", operand_layouts = [], result_layouts = [dense<0> : tensor<1xindex>, dense<0> : tensor<1xindex>]}> : () -> (tensor<2xf32>, tensor<2xi32>)
  %1:2 = stablehlo.custom_call @"not an id"() {operand_layouts = [], result_layouts = [dense<0> : tensor<1xindex>, dense<0> : tensor<1xindex>]} : () -> (tensor<2xf32>, tensor<2xi32>)
  // CHECK-NEXT: "stablehlo.composite"(%arg0, %arg0) <{composite_attributes = {epsilon = 9.99999997E-7 : f32}, decomposition = @impl, name = "my.norm", version = 1 : i32}> : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %2 = stablehlo.composite "my.norm" %x, %x {composite_attributes = {epsilon = 9.99999997E-7 : f32}, decomposition = @impl, version = 1 : i32} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  // CHECK-NEXT: "stablehlo.composite"() <{decomposition = @impl, name = "my.none"}> : () -> ()
  stablehlo.composite "my.none" {decomposition = @impl} : () -> ()
  return
}

// Locations are kept.

// CHECK-LABEL: func.func @locations
func.func @locations(%x: tensor<2xf32> loc("arg")) {
  %0 = stablehlo.add %x, %x : tensor<2xf32> loc("my_add")
  return
}
