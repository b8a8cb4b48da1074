//===- TensorflowAttentionTest.cpp - Attention as TensorFlow exports it ---===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

// BERT: generic form, `dot` for projections with biases, heads split by
// reshapes and transpositions, the mask made of `(1 - m) * -10000`.
TEST(TensorflowAttention, Bert) {
  std::string text = R"(
    !x = tensor<256x256xf32>
    !w = tensor<256x256xf32>
    !b = tensor<256xf32>
    !h = tensor<2x128x4x64xf32>
    !t = tensor<2x4x128x64xf32>
    !s = tensor<2x4x128x128xf32>
    !r = tensor<2x4x128xf32>
    !m = tensor<2x128xi32>
    !f = tensor<f32>
    func.func @main(%x0: !x, %w0: !w, %wq: !w, %wk: !w, %wv: !w, %bq: !b, %bk: !b, %bv: !b, %wo: !w, %mask: !m) -> !x {
      %lowest = "stablehlo.constant"() <{value = dense<0xFF800000> : !f}> : () -> !f
      %zero = "stablehlo.constant"() <{value = dense<0.0> : !f}> : () -> !f
      %one = "stablehlo.constant"() <{value = dense<1.0> : !f}> : () -> !f
      %big = "stablehlo.constant"() <{value = dense<-1.0e+4> : !f}> : () -> !f
      %scale = "stablehlo.constant"() <{value = dense<0.125> : !f}> : () -> !f
      %x = "stablehlo.dot"(%x0, %w0) : (!x, !w) -> !x
      %0 = "stablehlo.dot"(%x, %wq) : (!x, !w) -> !x
      %1 = "stablehlo.broadcast_in_dim"(%bq) <{broadcast_dimensions = array<i64: 1>}> : (!b) -> !x
      %2 = "stablehlo.add"(%0, %1) : (!x, !x) -> !x
      %3 = "stablehlo.reshape"(%2) : (!x) -> !h
      %q = "stablehlo.transpose"(%3) <{permutation = array<i64: 0, 2, 1, 3>}> : (!h) -> !t
      %4 = "stablehlo.dot"(%x, %wk) : (!x, !w) -> !x
      %5 = "stablehlo.broadcast_in_dim"(%bk) <{broadcast_dimensions = array<i64: 1>}> : (!b) -> !x
      %6 = "stablehlo.add"(%4, %5) : (!x, !x) -> !x
      %7 = "stablehlo.reshape"(%6) : (!x) -> !h
      %k = "stablehlo.transpose"(%7) <{permutation = array<i64: 0, 2, 1, 3>}> : (!h) -> !t
      %8 = "stablehlo.dot"(%x, %wv) : (!x, !w) -> !x
      %9 = "stablehlo.broadcast_in_dim"(%bv) <{broadcast_dimensions = array<i64: 1>}> : (!b) -> !x
      %10 = "stablehlo.add"(%8, %9) : (!x, !x) -> !x
      %11 = "stablehlo.reshape"(%10) : (!x) -> !h
      %v = "stablehlo.transpose"(%11) <{permutation = array<i64: 0, 2, 1, 3>}> : (!h) -> !t
      %12 = "stablehlo.dot_general"(%q, %k) <{dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [0, 1], rhs_batching_dimensions = [0, 1], lhs_contracting_dimensions = [3], rhs_contracting_dimensions = [3]>}> : (!t, !t) -> !s
      %13 = "stablehlo.broadcast_in_dim"(%scale) <{broadcast_dimensions = array<i64>}> : (!f) -> !s
      %14 = "stablehlo.multiply"(%12, %13) : (!s, !s) -> !s
      %15 = "stablehlo.convert"(%mask) : (!m) -> tensor<2x128xf32>
      %16 = "stablehlo.broadcast_in_dim"(%one) <{broadcast_dimensions = array<i64>}> : (!f) -> tensor<2x128xf32>
      %17 = "stablehlo.subtract"(%16, %15) : (tensor<2x128xf32>, tensor<2x128xf32>) -> tensor<2x128xf32>
      %18 = "stablehlo.broadcast_in_dim"(%big) <{broadcast_dimensions = array<i64>}> : (!f) -> tensor<2x128xf32>
      %19 = "stablehlo.multiply"(%17, %18) : (tensor<2x128xf32>, tensor<2x128xf32>) -> tensor<2x128xf32>
      %20 = "stablehlo.broadcast_in_dim"(%19) <{broadcast_dimensions = array<i64: 0, 3>}> : (tensor<2x128xf32>) -> !s
      %21 = "stablehlo.add"(%14, %20) : (!s, !s) -> !s
      %22 = "stablehlo.reduce"(%21, %lowest) <{dimensions = array<i64: 3>}> ({
      ^bb0(%a: !f, %b: !f):
        %c = "stablehlo.maximum"(%a, %b) : (!f, !f) -> !f
        "stablehlo.return"(%c) : (!f) -> ()
      }) : (!s, !f) -> !r
      %23 = "stablehlo.broadcast_in_dim"(%22) <{broadcast_dimensions = array<i64: 0, 1, 2>}> : (!r) -> !s
      %24 = "stablehlo.subtract"(%21, %23) : (!s, !s) -> !s
      %25 = "stablehlo.exponential"(%24) : (!s) -> !s
      %26 = "stablehlo.reduce"(%25, %zero) <{dimensions = array<i64: 3>}> ({
      ^bb0(%a: !f, %b: !f):
        %c = "stablehlo.add"(%a, %b) : (!f, !f) -> !f
        "stablehlo.return"(%c) : (!f) -> ()
      }) : (!s, !f) -> !r
      %27 = "stablehlo.broadcast_in_dim"(%26) <{broadcast_dimensions = array<i64: 0, 1, 2>}> : (!r) -> !s
      %28 = "stablehlo.divide"(%25, %27) : (!s, !s) -> !s
      %29 = "stablehlo.dot_general"(%28, %v) <{dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [0, 1], rhs_batching_dimensions = [0, 1], lhs_contracting_dimensions = [3], rhs_contracting_dimensions = [2]>}> : (!s, !t) -> !t
      %30 = "stablehlo.transpose"(%29) <{permutation = array<i64: 0, 2, 1, 3>}> : (!t) -> !h
      %31 = "stablehlo.reshape"(%30) : (!h) -> !x
      %32 = "stablehlo.dot"(%31, %wo) : (!x, !w) -> !x
      return %32 : !x
    })";
  constexpr uint64_t x = 256 * 256 * 4, w = x; // 262144
  constexpr uint64_t b = 256 * 4, mask = 2 * 128 * 4;
  KernelRows rows = launchesOf(text, Fusion::Library);
  EXPECT_EQ(rows.size(), 4u);
  EXPECT_EQ(countFamily(rows, Family::Gemm), 3u);
  EXPECT_EQ(countFamily(rows, Family::Attention), 1u);
  // x0, w0 -> x; x, three weights -> q, k, v; those and the mask -> mixed
  // values; those and a weight -> result. Biases are read once, by one of the
  // two kernels in the middle. Scalars come on top.
  constexpr uint64_t minimum = (x + w + x) + (x + 3 * w + 3 * x) +
                               (3 * x + mask + x) + (x + w + x) + 3 * b;
  EXPECT_GE(totalBytes(rows), minimum);
  EXPECT_LE(totalBytes(rows), minimum + 64);
}
