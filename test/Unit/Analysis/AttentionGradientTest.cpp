//===- AttentionGradientTest.cpp - Attention in training ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

// Two sequences of 128 tokens, four heads of 64, in f32.
constexpr uint64_t x = 2 * 4 * 128 * 64 * 4;  // 262144
constexpr uint64_t s = 2 * 4 * 128 * 128 * 4; // 524288
constexpr uint64_t r = 2 * 4 * 128 * 4;       // 4096
constexpr uint64_t w = 64 * 64 * 4;           // 16384

/// Forward with exponentials, sums and weights that the gradient reads, as
/// `jax.grad` of a softmax of scores leaves them.
const std::string forward = R"(
  !f = tensor<f32>
  !x = tensor<2x4x128x64xf32>
  !s = tensor<2x4x128x128xf32>
  !r = tensor<2x4x128xf32>
  func.func @main(%q: !x, %k: !x, %v: !x, %w: tensor<64x64xf32>) -> (!x, !x, !x, !x) {
    %scale = stablehlo.constant dense<1.250000e-01> : !f
    %lowest = stablehlo.constant dense<0xFF800000> : !f
    %zero = stablehlo.constant dense<0.000000e+00> : !f
    %one = stablehlo.constant dense<1.000000e+00> : !f
    %0 = stablehlo.dot_general %q, %k, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3] : (!x, !x) -> !s
    %c = stablehlo.broadcast_in_dim %scale, dims = [] : (!f) -> !s
    %1 = stablehlo.multiply %0, %c : !s
    %2 = stablehlo.reduce(%1 init: %lowest) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
    %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1, 2] : (!r) -> !s
    %4 = stablehlo.subtract %1, %3 : !s
    %e = stablehlo.exponential %4 : !s
    %sum = stablehlo.reduce(%e init: %zero) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
    %5 = stablehlo.broadcast_in_dim %sum, dims = [0, 1, 2] : (!r) -> !s
    %p = stablehlo.divide %e, %5 : !s
    %o = stablehlo.dot_general %p, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!s, !x) -> !x
)";

/// The gradient of the result depends on it; here by one product.
const std::string backward = R"(
    %do = stablehlo.dot_general %o, %w, contracting_dims = [3] x [0] : (!x, tensor<64x64xf32>) -> !x
    %dv = stablehlo.dot_general %p, %do, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2] : (!s, !x) -> !x
    %dp = stablehlo.dot_general %do, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3] : (!x, !x) -> !s
    %10 = stablehlo.multiply %sum, %sum : !r
    %11 = stablehlo.broadcast_in_dim %one, dims = [] : (!f) -> !r
    %12 = stablehlo.divide %11, %10 : !r
    %13 = stablehlo.broadcast_in_dim %12, dims = [0, 1, 2] : (!r) -> !s
    %14 = stablehlo.multiply %dp, %13 : !s
    %15 = stablehlo.multiply %14, %e : !s
    %16 = stablehlo.reduce(%15 init: %zero) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
    %17 = stablehlo.negate %16 : !r
    %18 = stablehlo.broadcast_in_dim %17, dims = [0, 1, 2] : (!r) -> !s
    %19 = stablehlo.broadcast_in_dim %sum, dims = [0, 1, 2] : (!r) -> !s
    %20 = stablehlo.divide %dp, %19 : !s
    %21 = stablehlo.add %18, %20 : !s
    %22 = stablehlo.multiply %21, %e : !s
    %23 = stablehlo.multiply %22, %c : !s
    %dk = stablehlo.dot_general %23, %q, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2] : (!s, !x) -> !x
    %dq = stablehlo.dot_general %23, %k, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!s, !x) -> !x
    return %o, %dq, %dk, %dv : !x, !x, !x, !x
  })";

} // namespace

// Forward and gradient are a kernel each. What the gradient needs of the
// weights it makes again from maximum and sum of the rows; no scores are in
// memory.
TEST(AttentionGradient, OneKernelEachWay) {
  KernelRows rows = launchesOf(forward + backward, Fusion::Library);
  ASSERT_EQ(rows.size(), 3u);
  ASSERT_TRUE(rows[0].family == Family::Attention);
  EXPECT_EQ(rows[1], (KernelRow{Family::Gemm, x + w, x}));
  ASSERT_TRUE(rows[2].family == Family::Attention);
  // Queries, keys, values in; the result and at most two numbers per row out.
  EXPECT_GE(rows[0].readBytes, 3 * x);
  EXPECT_LE(rows[0].readBytes, 3 * x + 64);
  EXPECT_GE(rows[0].writtenBytes, x);
  EXPECT_LE(rows[0].writtenBytes, x + 2 * r);
  // Queries, keys, values, the gradient and the rows in, and the result where
  // the row sums of its gradient are taken of it; three gradients out.
  EXPECT_GE(rows[2].readBytes, 4 * x);
  EXPECT_LE(rows[2].readBytes, 5 * x + 2 * r + 64);
  EXPECT_EQ(rows[2].writtenBytes, 3 * x);
}

// A compiler stores scores, weights and their gradients.
TEST(AttentionGradient, ByACompiler) {
  KernelRows rows = launchesOf(forward + backward, Fusion::Compiler);
  EXPECT_EQ(countFamily(rows, Family::Gemm), 7u);
  // Softmax and its gradient.
  EXPECT_EQ(rows.size(), 9u);
  // Scores written; softmax 2 S; values S; values' gradient S; weights'
  // gradient S; softmax gradient reads the weights' gradient and the scores and
  // writes the scores' gradient, 3 S; keys S; queries S: 11 S. Matrices: 2 + 2
  // for the forward products, 2 for the values' gradient, 2 for the weights',
  // 2 each for keys' and queries': 12 X; 2 X and W for the product between.
  // Rows come on top.
  constexpr uint64_t minimum = 11 * s + 12 * x + 2 * x + w;
  EXPECT_GE(totalBytes(rows), minimum);
  EXPECT_LE(totalBytes(rows), minimum + minimum / 10);
}

// Weights that leave the graph have to be written.
TEST(AttentionGradient, WeightsThatAreReturned) {
  std::string text = forward + R"(
    return %o, %q, %k, %v : !x, !x, !x, !x
  })";
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x}}));
  text = substitute(text,
                    {{"-> (!x, !x, !x, !x)", "-> (!x, !s, !x, !x)"},
                     {"%o, %q, %k, %v : !x, !x", "%o, %p, %k, %v : !x, !s"}});
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x + s}}));
}
