// What a mask is proven to hide is left out of roofs and times of the fused
// kernel, and of the graph's roof, but not of what the graph demands (A72, A73).
//
//   32 heads, 8192 rows and keys, 128 elements: 2 * 2 * 128 * 32 * 8192 * 8192
//   = 1.0995e12 operations of both products, 1.1113 ms at 989.4e12 a second.
//   8193 / 16384 of the pairs are left: 549,822,922,752 operations, 0.5557 ms.

// RUN: roofline report %s --target=h200 --format=json | FileCheck %s --check-prefix=CAUSAL
// CAUSAL:     "operations": {
// CAUSAL-NEXT:  "matrix_bf16": 1099511627776
// CAUSAL:     "times": {
// CAUSAL-NEXT:  "roof_seconds": 5.557{{[0-9]+}}e-04,
// CAUSAL-NEXT:  "kernel_roof_seconds": 5.557{{[0-9]+}}e-04,
// CAUSAL-NEXT:  "kernels_seconds": {{[6-9]\.[0-9]+}}e-04,
// CAUSAL:     "kernels": [
// CAUSAL:       "name": "attention",
// CAUSAL:         "matrix_bf16": 549822922752

// A mask that is given proves nothing.
// RUN: sed 's/%causal, dims/%given, dims/' %s | roofline report - --target=h200 --format=json | FileCheck %s --check-prefix=FULL
// Nor is anything left out by ops that run apart.
// RUN: roofline report %s --target=h200 --fusion=compiler --format=json | FileCheck %s --check-prefix=FULL
// FULL:       "times": {
// FULL-NEXT:    "roof_seconds": 1.111{{[0-9]+}}e-03,

// RUN: roofline report %s --target=h200 | FileCheck %s --check-prefix=TEXT
// TEXT: attention leaves out scores that its masks hide: 557.2 Gop less than the graph has
// TEXT: A72 masks of attention
// TEXT: A73 roofs and times

!q = tensor<32x8192x128xbf16>
!s = tensor<32x8192x8192xf32>
!r = tensor<32x8192xf32>
!m = tensor<8192x8192xi1>
!i = tensor<8192x8192xi32>

func.func @main(%q: !q, %k: !q, %v: !q, %given: !m) -> !q {
  %s0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!q, !q) -> !s
  %i = stablehlo.iota dim = 0 : !i
  %j = stablehlo.iota dim = 1 : !i
  %causal = stablehlo.compare GE, %i, %j : (!i, !i) -> !m
  %kept = stablehlo.broadcast_in_dim %causal, dims = [1, 2] : (!m) -> tensor<32x8192x8192xi1>
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %lows = stablehlo.broadcast_in_dim %low, dims = [] : (tensor<f32>) -> !s
  %s = stablehlo.select %kept, %s0, %lows : tensor<32x8192x8192xi1>, !s
  %max = stablehlo.reduce(%s init: %low) applies stablehlo.maximum across dimensions = [2] : (!s, tensor<f32>) -> !r
  %maxes = stablehlo.broadcast_in_dim %max, dims = [0, 1] : (!r) -> !s
  %shifted = stablehlo.subtract %s, %maxes : !s
  %exp = stablehlo.exponential %shifted : !s
  %sum = stablehlo.reduce(%exp init: %zero) applies stablehlo.add across dimensions = [2] : (!s, tensor<f32>) -> !r
  %sums = stablehlo.broadcast_in_dim %sum, dims = [0, 1] : (!r) -> !s
  %p32 = stablehlo.divide %exp, %sums : !s
  %p = stablehlo.convert %p32 : (!s) -> tensor<32x8192x8192xbf16>
  %o = stablehlo.dot_general %p, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x8192x8192xbf16>, !q) -> !q
  return %o : !q
}
