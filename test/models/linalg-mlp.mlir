// A classifier of three layers over 1024 rows, 2048 -> 8192 -> 2048 -> 1000, as a
// compiler holds it on tensors: bf16 operands that accumulate in f32, a contraction
// by name, one that only its maps tell, and a softmax of generic ops.

#rows = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#column = affine_map<(d0, d1) -> (d1)>
#lhs = affine_map<(d0, d1, d2) -> (d0, d2)>
#transposed = affine_map<(d0, d1, d2) -> (d1, d2)>
#product = affine_map<(d0, d1, d2) -> (d0, d1)>

func.func @main(%input: tensor<1024x2048xbf16>,
                %w0: tensor<2048x8192xbf16>, %b0: tensor<8192xf32>,
                %w1: tensor<2048x8192xbf16>, %b1: tensor<2048xf32>,
                %w2: tensor<2048x1000xbf16>, %b2: tensor<1000xf32>) -> tensor<1024x1000xf32> {
  %zero = arith.constant 0.000000e+00 : f32
  %lowest = arith.constant 0xFF800000 : f32

  // Layer 0: a named matmul; bias, ReLU and rounding in one generic op.
  %e0 = tensor.empty() : tensor<1024x8192xf32>
  %f0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<1024x8192xf32>) -> tensor<1024x8192xf32>
  %p0 = linalg.matmul ins(%input, %w0 : tensor<1024x2048xbf16>, tensor<2048x8192xbf16>)
      outs(%f0 : tensor<1024x8192xf32>) -> tensor<1024x8192xf32>
  %r0 = tensor.empty() : tensor<1024x8192xbf16>
  %h0 = linalg.generic {indexing_maps = [#rows, #column, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%p0, %b0 : tensor<1024x8192xf32>, tensor<8192xf32>) outs(%r0 : tensor<1024x8192xbf16>) {
    ^bb0(%value: f32, %bias: f32, %out: bf16):
      %sum = arith.addf %value, %bias : f32
      %positive = arith.maximumf %sum, %zero : f32
      %rounded = arith.truncf %positive : f32 to bf16
      linalg.yield %rounded : bf16
  } -> tensor<1024x8192xbf16>

  // Layer 1: the weights are stored transposed, the product is a generic op.
  %e1 = tensor.empty() : tensor<1024x2048xf32>
  %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1024x2048xf32>) -> tensor<1024x2048xf32>
  %p1 = linalg.generic {indexing_maps = [#lhs, #transposed, #product], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%h0, %w1 : tensor<1024x8192xbf16>, tensor<2048x8192xbf16>) outs(%f1 : tensor<1024x2048xf32>) {
    ^bb0(%a: bf16, %b: bf16, %accumulated: f32):
      %wide_a = arith.extf %a : bf16 to f32
      %wide_b = arith.extf %b : bf16 to f32
      %term = arith.mulf %wide_a, %wide_b : f32
      %next = arith.addf %accumulated, %term : f32
      linalg.yield %next : f32
  } -> tensor<1024x2048xf32>
  %r1 = tensor.empty() : tensor<1024x2048xbf16>
  %h1 = linalg.generic {indexing_maps = [#rows, #column, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%p1, %b1 : tensor<1024x2048xf32>, tensor<2048xf32>) outs(%r1 : tensor<1024x2048xbf16>) {
    ^bb0(%value: f32, %bias: f32, %out: bf16):
      %sum = arith.addf %value, %bias : f32
      %positive = arith.maximumf %sum, %zero : f32
      %rounded = arith.truncf %positive : f32 to bf16
      linalg.yield %rounded : bf16
  } -> tensor<1024x2048xbf16>

  // Layer 2: logits.
  %e2 = tensor.empty() : tensor<1024x1000xf32>
  %f2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<1024x1000xf32>) -> tensor<1024x1000xf32>
  %p2 = linalg.matmul ins(%h1, %w2 : tensor<1024x2048xbf16>, tensor<2048x1000xbf16>)
      outs(%f2 : tensor<1024x1000xf32>) -> tensor<1024x1000xf32>
  %logits = linalg.generic {indexing_maps = [#rows, #column, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%p2, %b2 : tensor<1024x1000xf32>, tensor<1000xf32>) outs(%e2 : tensor<1024x1000xf32>) {
    ^bb0(%value: f32, %bias: f32, %out: f32):
      %sum = arith.addf %value, %bias : f32
      linalg.yield %sum : f32
  } -> tensor<1024x1000xf32>

  // Softmax over the classes.
  %e3 = tensor.empty() : tensor<1024xf32>
  %least = linalg.fill ins(%lowest : f32) outs(%e3 : tensor<1024xf32>) -> tensor<1024xf32>
  %maximum = linalg.generic {indexing_maps = [#rows, #row], iterator_types = ["parallel", "reduction"]}
      ins(%logits : tensor<1024x1000xf32>) outs(%least : tensor<1024xf32>) {
    ^bb0(%value: f32, %best: f32):
      %larger = arith.maximumf %value, %best : f32
      linalg.yield %larger : f32
  } -> tensor<1024xf32>
  %exponentials = linalg.generic {indexing_maps = [#rows, #row, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%logits, %maximum : tensor<1024x1000xf32>, tensor<1024xf32>) outs(%e2 : tensor<1024x1000xf32>) {
    ^bb0(%value: f32, %best: f32, %out: f32):
      %shifted = arith.subf %value, %best : f32
      %exponential = math.exp %shifted : f32
      linalg.yield %exponential : f32
  } -> tensor<1024x1000xf32>
  %none = linalg.fill ins(%zero : f32) outs(%e3 : tensor<1024xf32>) -> tensor<1024xf32>
  %total = linalg.generic {indexing_maps = [#rows, #row], iterator_types = ["parallel", "reduction"]}
      ins(%exponentials : tensor<1024x1000xf32>) outs(%none : tensor<1024xf32>) {
    ^bb0(%value: f32, %accumulated: f32):
      %sum = arith.addf %value, %accumulated : f32
      linalg.yield %sum : f32
  } -> tensor<1024xf32>
  %result = linalg.generic {indexing_maps = [#rows, #row, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%exponentials, %total : tensor<1024x1000xf32>, tensor<1024xf32>) outs(%e2 : tensor<1024x1000xf32>) {
    ^bb0(%value: f32, %sum: f32, %out: f32):
      %share = arith.divf %value, %sum : f32
      linalg.yield %share : f32
  } -> tensor<1024x1000xf32>
  return %result : tensor<1024x1000xf32>
}
