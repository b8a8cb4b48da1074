func.func @main(%n: tensor<i32>, %x: tensor<4x4xf32>) -> tensor<4xf32> {
  %c = stablehlo.constant dense<0> : tensor<i32>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %r:2 = stablehlo.while(%i = %c, %v = %x) : tensor<i32>, tensor<4x4xf32>
   cond {
    %p = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %e = stablehlo.exponential %v : tensor<4x4xf32>
    stablehlo.return %i, %e : tensor<i32>, tensor<4x4xf32>
  }
  %0 = stablehlo.reduce(%r#1 init: %z) applies stablehlo.add across dimensions = [1] : (tensor<4x4xf32>, tensor<f32>) -> tensor<4xf32>
  %1 = "stablehlo.case"(%n) ({
    stablehlo.return %0 : tensor<4xf32>
  }, {
    %2 = stablehlo.negate %0 : tensor<4xf32>
    stablehlo.return %2 : tensor<4xf32>
  }) : (tensor<i32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
