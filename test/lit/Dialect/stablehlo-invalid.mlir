// RUN: roofline-opt %s -split-input-file -verify-diagnostics

func.func @misspelt(%x: tensor<f32>) {
  // expected-error@+1 {{custom op 'stablehlo.addd' is unknown in pretty form; did you mean 'stablehlo.add'?}}
  %0 = stablehlo.addd %x, %x : tensor<f32>
}

// -----

func.func @nothing_near(%x: tensor<f32>) {
  // expected-error@+1 {{custom op 'stablehlo.frobnicate' is unknown in pretty form; write it in generic form}}
  %0 = stablehlo.frobnicate %x, %x : tensor<f32>
}

// -----

func.func @generic_only(%x: tensor<f32>) {
  // expected-error@+1 {{custom op 'stablehlo.gather' has no pretty form; write it in generic form}}
  %0 = stablehlo.gather %x, %x : tensor<f32>
}

// -----

func.func @no_syntax(%x: tensor<f32>) {
  // expected-error@+1 {{custom op 'vhlo.add_v1' has no known pretty form, like every op of 'vhlo'; write it in generic form}}
  %0 = vhlo.add_v1 %x, %x : tensor<f32>
}

// -----

func.func @too_few(%x: tensor<f32>) {
  // expected-error@+1 {{custom op 'stablehlo.add' takes 2 operands, got 1}}
  %0 = stablehlo.add %x : tensor<f32>
}

// -----

func.func @too_many(%x: tensor<f32>) {
  // expected-error@+1 {{custom op 'stablehlo.abs' takes 1 operand, got 2}}
  %0 = stablehlo.abs %x, %x : tensor<f32>
}

// -----

func.func @types_missing(%x: tensor<f32>) {
  %0 = stablehlo.abs %x
  // expected-error@+1 {{custom op 'stablehlo.abs' expected ':' and its types}}
  return
}

// -----

func.func @types_differ(%x: tensor<f32>) {
  // expected-error@+1 {{custom op 'stablehlo.add' has 2 operands but 1 operand type}}
  %0 = stablehlo.add %x, %x : (tensor<f32>) -> tensor<f32>
}

// -----

func.func @not_a_function_type(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.reshape' expected a function type '(operand types) -> result types'}}
  %0 = stablehlo.reshape %x : tensor<2x2xf32>
}

// -----

func.func @operand_type(%x: tensor<4xf32>) {
  // expected-note@-1 {{prior use here}}
  // expected-error@+1 {{use of value '%x' expects different type than prior uses: 'tensor<2xf32>' vs 'tensor<4xf32>'}}
  %0 = stablehlo.abs %x : tensor<2xf32>
}

// -----

func.func @item_misspelt(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.broadcast_in_dim' has no item 'dim'; expected 'dims'; did you mean 'dims'?}}
  %0 = stablehlo.broadcast_in_dim %x, dim = [0] : (tensor<4xf32>) -> tensor<4x2xf32>
}

// -----

func.func @item_missing(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.broadcast_in_dim' expected 'dims = ...'}}
  %0 = stablehlo.broadcast_in_dim %x : (tensor<4xf32>) -> tensor<4x2xf32>
}

// -----

func.func @item_twice(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.transpose' has item 'dims' twice}}
  %0 = stablehlo.transpose %x, dims = [0], dims = [0] : (tensor<4xf32>) -> tensor<4xf32>
}

// -----

func.func @item_in_dictionary_too(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.transpose' has attribute 'permutation' twice: in its syntax and in its dictionary}}
  %0 = stablehlo.transpose %x, dims = [0] {permutation = array<i64: 0>} : (tensor<4xf32>) -> tensor<4xf32>
}

// -----

func.func @trailing_comma(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.abs' expected an operand or 'keyword = value' after ','}}
  %0 = stablehlo.abs %x, : tensor<4xf32>
}

// -----

func.func @trailing_token(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.abs' expected ':' and its types}}
  %0 = stablehlo.abs %x dims = [0] : tensor<4xf32>
}

// -----

func.func @number_expected(%x: tensor<4xf32>) {
  // expected-error@+1 {{expected integer value}}
  %0 = stablehlo.transpose %x, dims = [a] : (tensor<4xf32>) -> tensor<4xf32>
}

// -----

func.func @direction(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.compare' has no comparison_direction 'LTE'; expected one of 'EQ', 'NE', 'GE', 'GT', 'LE', 'LT'; did you mean 'LE'?}}
  %0 = stablehlo.compare LTE, %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
}

// -----

func.func @precision(%x: tensor<4x4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.dot_general' has no precision 'HIGHER'; expected one of 'DEFAULT', 'HIGH', 'HIGHEST', 'PACKED_NIBBLE'; did you mean 'HIGH'?}}
  %0 = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0], precision = [HIGHER] : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
}

// -----

func.func @contracting_missing(%x: tensor<4x4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.dot_general' expected 'contracting_dims = [..] x [..]'}}
  %0 = stablehlo.dot_general %x, %x, batching_dims = [0] x [0] : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
}

// -----

func.func @dot_keyword(%x: tensor<4x4xf32>) {
  // expected-error@+1 {{got 'contracting_dim'; did you mean 'contracting_dims'?}}
  %0 = stablehlo.dot_general %x, %x, contracting_dim = [1] x [0] : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
}

// -----

func.func @dimension_name(%x: tensor<1x4x1xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.convolution' expected 'b', 'f' or the number of a spatial dimension}}
  %0 = stablehlo.convolution(%x, %x) dim_numbers = [n, 0, f]x[0, i, o]->[b, 0, f], window = {} : (tensor<1x4x1xf32>, tensor<1x4x1xf32>) -> tensor<1x4x1xf32>
}

// -----

func.func @dimension_missing(%x: tensor<1x4x1xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.convolution' expected 'i' and 'o' once each among its dimensions}}
  %0 = stablehlo.convolution(%x, %x) dim_numbers = [b, 0, f]x[0, i, 1]->[b, 0, f], window = {} : (tensor<1x4x1xf32>, tensor<1x4x1xf32>) -> tensor<1x4x1xf32>
}

// -----

func.func @window_keyword(%x: tensor<1x4x1xf32>) {
  // expected-error@+1 {{got 'strides'; did you mean 'stride'?}}
  %0 = stablehlo.convolution(%x, %x) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {strides = [1]} : (tensor<1x4x1xf32>, tensor<1x4x1xf32>) -> tensor<1x4x1xf32>
}

// -----

func.func @padding(%x: tensor<1x4x1xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.convolution' expected '[low, high]', got 1 numbers}}
  %0 = stablehlo.convolution(%x, %x) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {pad = [[1]]} : (tensor<1x4x1xf32>, tensor<1x4x1xf32>) -> tensor<1x4x1xf32>
}

// -----

func.func @untyped_constant() {
  // expected-error@+1 {{custom op 'stablehlo.constant' expected a value with a type}}
  %0 = stablehlo.constant "text"
}

// -----

func.func @format(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.reduce_precision' expected exponent and mantissa bits as 'e8m7'}}
  %0 = stablehlo.reduce_precision %x, format = bf16 : tensor<4xf32>
}

// -----

func.func @complex(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'stablehlo.complex' expected a tensor type with complex elements}}
  %0 = stablehlo.complex %x, %x : tensor<4xf32>
}

// -----

func.func @select(%x: tensor<4xi1>) {
  // expected-error@+1 {{custom op 'stablehlo.select' expected the types of predicate and result, or a function type}}
  %0 = stablehlo.select %x, %x, %x : tensor<4xi1>
}

// -----

func.func @applies(%x: tensor<4xf32>, %i: tensor<f32>) {
  // expected-error@+1 {{custom op 'stablehlo.reduce' cannot apply 'stablehlo.negate'; expected an op of 'stablehlo' with two operands of one type}}
  %0 = stablehlo.reduce(%x init: %i) applies stablehlo.negate across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
}

// -----

func.func @applies_two(%x: tensor<4xf32>, %i: tensor<f32>) {
  // expected-error@+1 {{custom op 'stablehlo.reduce' applies one op, which takes one input; got 2 inputs, write a 'reducer' region instead}}
  %0:2 = stablehlo.reduce(%x init: %i), (%x init: %i) applies stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<4xf32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
}

// -----

func.func @while_types(%x: tensor<i32>) {
  // expected-error@+1 {{custom op 'stablehlo.while' has 2 operands but 1 operand type}}
  %0:2 = stablehlo.while(%a = %x, %b = %x) : tensor<i32> cond { } do { }
}

// -----

func.func @results(%x: tensor<i32>) {
  // expected-error@+1 {{operation defines 1 results but was provided 2 to bind}}
  %0:2 = stablehlo.abs %x : tensor<i32>
}

// -----

// expected-error@+1 {{custom op 'sdy.mesh' unexpected token, expected ']'}}
sdy.mesh @mesh = <["x"=2}>

// -----

func.func @sharding(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'sdy.sharding_constraint' expected '<', '[', '{' or '('}}
  %0 = sdy.sharding_constraint %x @mesh : tensor<4xf32>
}

// -----

func.func @direction(%x: tensor<4xf32>) {
  // expected-error@+1 {{custom op 'sdy.propagation_barrier' expected 'NONE', 'FORWARD', 'BACKWARD' or 'BOTH'}}
  %0 = sdy.propagation_barrier %x allowed_direction=UP : tensor<4xf32>
}
