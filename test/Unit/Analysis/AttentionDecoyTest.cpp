//===- AttentionDecoyTest.cpp - What looks like attention -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

void expectNoAttention(const std::string &text) {
  for (Fusion fusion : {Fusion::None, Fusion::Compiler, Fusion::Library}) {
    KernelRows rows = kernelsOf(text, fusion);
    EXPECT_FALSE(rows.empty());
    EXPECT_EQ(countFamily(rows, Family::Attention), 0u)
        << stringify(fusion).str();
  }
}

/// `%p` of `%s`: rows of `tensor<64x16xf32>`.
const std::string softmax16 = R"(
  %lowest = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %zero = stablehlo.constant dense<0.000000e+00> : tensor<f32>
  %m0 = stablehlo.reduce(%s init: %lowest) applies stablehlo.maximum across dimensions = [1] : (tensor<64x16xf32>, tensor<f32>) -> tensor<64xf32>
  %m1 = stablehlo.broadcast_in_dim %m0, dims = [0] : (tensor<64xf32>) -> tensor<64x16xf32>
  %m2 = stablehlo.subtract %s, %m1 : tensor<64x16xf32>
  %m3 = stablehlo.exponential %m2 : tensor<64x16xf32>
  %m4 = stablehlo.reduce(%m3 init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<64x16xf32>, tensor<f32>) -> tensor<64xf32>
  %m5 = stablehlo.broadcast_in_dim %m4, dims = [0] : (tensor<64xf32>) -> tensor<64x16xf32>
  %p = stablehlo.divide %m3, %m5 : tensor<64x16xf32>
)";

} // namespace

// A router's softmax weighs the results of all experts.
TEST(AttentionDecoy, RouterTimesExperts) {
  expectNoAttention(R"(
    func.func @main(%x0: tensor<64x256xf32>, %wi: tensor<256x256xf32>, %router: tensor<256x16xf32>, %w1: tensor<16x256x128xf32>, %w2: tensor<16x128x256xf32>) -> tensor<64x256xf32> {
      %x = stablehlo.dot_general %x0, %wi, contracting_dims = [1] x [0] : (tensor<64x256xf32>, tensor<256x256xf32>) -> tensor<64x256xf32>
      %s = stablehlo.dot_general %x, %router, contracting_dims = [1] x [0] : (tensor<64x256xf32>, tensor<256x16xf32>) -> tensor<64x16xf32>
  )" + softmax16 +
                    R"(
      %0 = stablehlo.broadcast_in_dim %x, dims = [1, 2] : (tensor<64x256xf32>) -> tensor<16x64x256xf32>
      %1 = stablehlo.dot_general %0, %w1, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x64x256xf32>, tensor<16x256x128xf32>) -> tensor<16x64x128xf32>
      %2 = stablehlo.tanh %1 : tensor<16x64x128xf32>
      %3 = stablehlo.dot_general %2, %w2, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x64x128xf32>, tensor<16x128x256xf32>) -> tensor<16x64x256xf32>
      %4 = stablehlo.dot_general %p, %3, batching_dims = [0] x [1], contracting_dims = [1] x [0] : (tensor<64x16xf32>, tensor<16x64x256xf32>) -> tensor<64x256xf32>
      return %4 : tensor<64x256xf32>
    })");
}

// The same by multiplying and adding, then the next projection.
TEST(AttentionDecoy, RouterThenNextProjection) {
  expectNoAttention(R"(
    func.func @main(%x: tensor<64x256xf32>, %router: tensor<256x16xf32>, %e: tensor<16x64x256xf32>, %w: tensor<256x256xf32>) -> tensor<64x256xf32> {
      %s = stablehlo.dot_general %x, %router, contracting_dims = [1] x [0] : (tensor<64x256xf32>, tensor<256x16xf32>) -> tensor<64x16xf32>
  )" + softmax16 +
                    R"(
      %0 = stablehlo.transpose %p, dims = [1, 0] : (tensor<64x16xf32>) -> tensor<16x64xf32>
      %1 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<16x64xf32>) -> tensor<16x64x256xf32>
      %2 = stablehlo.multiply %e, %1 : tensor<16x64x256xf32>
      %3 = stablehlo.reduce(%2 init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<16x64x256xf32>, tensor<f32>) -> tensor<64x256xf32>
      %4 = stablehlo.dot_general %3, %w, contracting_dims = [1] x [0] : (tensor<64x256xf32>, tensor<256x256xf32>) -> tensor<64x256xf32>
      return %4 : tensor<64x256xf32>
    })");
}

// Logits, softmax minus labels, then products with the weight and with the
// activations.
TEST(AttentionDecoy, GradientOfCrossEntropy) {
  expectNoAttention(R"(
    func.func @main(%x: tensor<64x256xf32>, %w0: tensor<256x256xf32>, %w: tensor<256x16xf32>, %labels: tensor<64xi32>) -> (tensor<64x256xf32>, tensor<256x16xf32>) {
      %h = stablehlo.dot_general %x, %w0, contracting_dims = [1] x [0] : (tensor<64x256xf32>, tensor<256x256xf32>) -> tensor<64x256xf32>
      %s = stablehlo.dot_general %h, %w, contracting_dims = [1] x [0] : (tensor<64x256xf32>, tensor<256x16xf32>) -> tensor<64x16xf32>
  )" + softmax16 +
                    R"(
      %i = stablehlo.iota dim = 1 : tensor<64x16xi32>
      %l = stablehlo.broadcast_in_dim %labels, dims = [0] : (tensor<64xi32>) -> tensor<64x16xi32>
      %0 = stablehlo.compare EQ, %i, %l, SIGNED : (tensor<64x16xi32>, tensor<64x16xi32>) -> tensor<64x16xi1>
      %1 = stablehlo.convert %0 : (tensor<64x16xi1>) -> tensor<64x16xf32>
      %2 = stablehlo.subtract %p, %1 : tensor<64x16xf32>
      %3 = stablehlo.dot_general %2, %w, contracting_dims = [1] x [1] : (tensor<64x16xf32>, tensor<256x16xf32>) -> tensor<64x256xf32>
      %4 = stablehlo.dot_general %h, %2, contracting_dims = [0] x [0] : (tensor<64x256xf32>, tensor<64x16xf32>) -> tensor<256x16xf32>
      return %3, %4 : tensor<64x256xf32>, tensor<256x16xf32>
    })");
}

// Scores that are only given out.
TEST(AttentionDecoy, ClassifierHead) {
  std::string text = R"(
    func.func @main(%x: tensor<64x256xf32>, %w: tensor<256x16xf32>) -> tensor<64x16xf32> {
      %s = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<64x256xf32>, tensor<256x16xf32>) -> tensor<64x16xf32>
  )" + softmax16 + R"(
      return %p : tensor<64x16xf32>
    })";
  expectNoAttention(text);
  // 64 * 256 * 4 + 256 * 16 * 4 = 81920; 64 * 16 * 4 = 4096.
  EXPECT_EQ(
      launchesOf(text, Fusion::Library),
      (KernelRows{{Family::Gemm, 81920, 4096}, {Family::Softmax, 4096, 4096}}));
}

// Soft choice from a code book: both products with the same parameter.
TEST(AttentionDecoy, SoftCodeBook) {
  expectNoAttention(R"(
    func.func @main(%x: tensor<64x256xf32>, %book: tensor<16x256xf32>) -> tensor<64x256xf32> {
      %s = stablehlo.dot_general %x, %book, contracting_dims = [1] x [1] : (tensor<64x256xf32>, tensor<16x256xf32>) -> tensor<64x16xf32>
  )" + softmax16 + R"(
      %0 = stablehlo.dot_general %p, %book, contracting_dims = [1] x [0] : (tensor<64x16xf32>, tensor<16x256xf32>) -> tensor<64x256xf32>
      return %0 : tensor<64x256xf32>
    })");
}

// Exponentials between products without a row that is reduced: SiLU.
TEST(AttentionDecoy, ExponentialBetweenProducts) {
  expectNoAttention(R"(
    !h = tensor<64x512xf32>
    func.func @main(%x: tensor<64x256xf32>, %w1: tensor<256x512xf32>, %w2: tensor<512x256xf32>) -> tensor<64x256xf32> {
      %one = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %0 = stablehlo.dot_general %x, %w1, contracting_dims = [1] x [0] : (tensor<64x256xf32>, tensor<256x512xf32>) -> !h
      %1 = stablehlo.negate %0 : !h
      %2 = stablehlo.exponential %1 : !h
      %3 = stablehlo.broadcast_in_dim %one, dims = [] : (tensor<f32>) -> !h
      %4 = stablehlo.add %2, %3 : !h
      %5 = stablehlo.divide %0, %4 : !h
      %6 = stablehlo.dot_general %5, %w2, contracting_dims = [1] x [0] : (!h, tensor<512x256xf32>) -> tensor<64x256xf32>
      return %6 : tensor<64x256xf32>
    })");
}

// Batched products with an exponential and no sum of rows: a kernel matrix.
TEST(AttentionDecoy, ExponentialOfBatchedProduct) {
  expectNoAttention(R"(
    !x = tensor<8x128x64xf32>
    !s = tensor<8x128x128xf32>
    func.func @main(%x: !x, %y: !x, %z: !x) -> !x {
      %0 = stablehlo.dot_general %x, %y, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!x, !x) -> !s
      %1 = stablehlo.exponential %0 : !s
      %2 = stablehlo.dot_general %1, %z, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!s, !x) -> !x
      return %2 : !x
    })");
}

// Means over positions, two small products, a gate.
TEST(AttentionDecoy, SqueezeAndExcite) {
  expectNoAttention(R"(
    !x = tensor<8x28x28x64xf32>
    func.func @main(%x: !x, %w1: tensor<64x16xf32>, %w2: tensor<16x64xf32>, %w3: tensor<1x1x64x64xf32>) -> !x {
      %zero = stablehlo.constant dense<0.000000e+00> : tensor<f32>
      %n = stablehlo.constant dense<7.840000e+02> : tensor<8x64xf32>
      %0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [1, 2] : (!x, tensor<f32>) -> tensor<8x64xf32>
      %1 = stablehlo.divide %0, %n : tensor<8x64xf32>
      %2 = stablehlo.dot_general %1, %w1, contracting_dims = [1] x [0] : (tensor<8x64xf32>, tensor<64x16xf32>) -> tensor<8x16xf32>
      %3 = stablehlo.logistic %2 : tensor<8x16xf32>
      %4 = stablehlo.multiply %2, %3 : tensor<8x16xf32>
      %5 = stablehlo.dot_general %4, %w2, contracting_dims = [1] x [0] : (tensor<8x16xf32>, tensor<16x64xf32>) -> tensor<8x64xf32>
      %6 = stablehlo.logistic %5 : tensor<8x64xf32>
      %7 = stablehlo.broadcast_in_dim %6, dims = [0, 3] : (tensor<8x64xf32>) -> !x
      %8 = stablehlo.multiply %x, %7 : !x
      %9 = stablehlo.convolution(%8, %w3) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (!x, tensor<1x1x64x64xf32>) -> !x
      return %9 : !x
    })");
}

// Products of all features with each other, then a sigmoid.
TEST(AttentionDecoy, FeatureInteraction) {
  expectNoAttention(R"(
    !x = tensor<512x27x64xf32>
    !s = tensor<512x27x27xf32>
    func.func @main(%x: !x, %w: tensor<729x1xf32>) -> tensor<512x1xf32> {
      %0 = stablehlo.dot_general %x, %x, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!x, !x) -> !s
      %1 = stablehlo.reshape %0 : (!s) -> tensor<512x729xf32>
      %2 = stablehlo.dot_general %1, %w, contracting_dims = [1] x [0] : (tensor<512x729xf32>, tensor<729x1xf32>) -> tensor<512x1xf32>
      %3 = stablehlo.logistic %2 : tensor<512x1xf32>
      return %3 : tensor<512x1xf32>
    })");
}

// A norm between products has reductions and a special function, but of rows.
TEST(AttentionDecoy, NormBetweenBatchedProducts) {
  expectNoAttention(R"(
    !x = tensor<8x128x64xf32>
    !s = tensor<8x128x128xf32>
    func.func @main(%x: !x, %y: !x, %z: !x) -> !x {
      %zero = stablehlo.constant dense<0.000000e+00> : tensor<f32>
      %0 = stablehlo.dot_general %x, %y, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!x, !x) -> !s
      %1 = stablehlo.multiply %0, %0 : !s
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [2] : (!s, tensor<f32>) -> tensor<8x128xf32>
      %3 = stablehlo.rsqrt %2 : tensor<8x128xf32>
      %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<8x128xf32>) -> !s
      %5 = stablehlo.multiply %0, %4 : !s
      %6 = stablehlo.dot_general %5, %z, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!s, !x) -> !x
      return %6 : !x
    })");
}

// Pictures and texts of a batch compared with each other: what comes after the
// softmax is the gradient of a loss, although nothing here is a parameter.
TEST(AttentionDecoy, GradientOfContrastiveLoss) {
  expectNoAttention(R"(
    !x = tensor<256x512xf32>
    !w = tensor<512x512xf32>
    !s = tensor<256x256xf32>
    !r = tensor<256xf32>
    !f = tensor<f32>
    func.func @main(%i0: !x, %t0: !x, %wi: !w, %wt: !w) -> (!x, !x) {
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %zero = stablehlo.constant dense<0.0> : !f
      %i = stablehlo.dot_general %i0, %wi, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %t = stablehlo.dot_general %t0, %wt, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %s = stablehlo.dot_general %i, %t, contracting_dims = [1] x [1] : (!x, !x) -> !s
      %0 = stablehlo.reduce(%s init: %lowest) applies stablehlo.maximum across dimensions = [1] : (!s, !f) -> !r
      %1 = stablehlo.broadcast_in_dim %0, dims = [0] : (!r) -> !s
      %2 = stablehlo.subtract %s, %1 : !s
      %3 = stablehlo.exponential %2 : !s
      %4 = stablehlo.reduce(%3 init: %zero) applies stablehlo.add across dimensions = [1] : (!s, !f) -> !r
      %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (!r) -> !s
      %6 = stablehlo.divide %3, %5 : !s
      %7 = stablehlo.iota dim = 0 : tensor<256x256xi32>
      %8 = stablehlo.iota dim = 1 : tensor<256x256xi32>
      %9 = stablehlo.compare EQ, %7, %8, SIGNED : (tensor<256x256xi32>, tensor<256x256xi32>) -> tensor<256x256xi1>
      %10 = stablehlo.convert %9 : (tensor<256x256xi1>) -> !s
      %11 = stablehlo.subtract %6, %10 : !s
      %di = stablehlo.dot_general %11, %t, contracting_dims = [1] x [0] : (!s, !x) -> !x
      %dt = stablehlo.dot_general %11, %i, contracting_dims = [0] x [0] : (!s, !x) -> !x
      return %di, %dt : !x, !x
    })");
}

// Retention: weights decay with distance, which exponentials say; none are
// taken of the scores.
TEST(AttentionDecoy, Retention) {
  expectNoAttention(R"(
    !x = tensor<8x128x64xf32>
    !s = tensor<8x128x128xf32>
    !r = tensor<8x128xf32>
    !f = tensor<f32>
    func.func @main(%q: !x, %k: !x, %v: !x, %decay: tensor<8xf32>) -> !x {
      %zero = stablehlo.constant dense<0.0> : !f
      %0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!x, !x) -> !s
      %i = stablehlo.iota dim = 1 : !s
      %j = stablehlo.iota dim = 2 : !s
      %1 = stablehlo.subtract %j, %i : !s
      %2 = stablehlo.broadcast_in_dim %decay, dims = [0] : (tensor<8xf32>) -> !s
      %3 = stablehlo.multiply %1, %2 : !s
      %4 = stablehlo.exponential %3 : !s
      %5 = stablehlo.multiply %0, %4 : !s
      %6 = stablehlo.abs %5 : !s
      %7 = stablehlo.reduce(%6 init: %zero) applies stablehlo.add across dimensions = [2] : (!s, !f) -> !r
      %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1] : (!r) -> !s
      %9 = stablehlo.divide %5, %8 : !s
      %10 = stablehlo.dot_general %9, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!s, !x) -> !x
      return %10 : !x
    })");
}

// A softmax along other dimensions than the next product contracts: heads of
// scores compete, not tokens.
TEST(AttentionDecoy, SoftmaxAcrossHeads) {
  expectNoAttention(R"(
    !x = tensor<8x128x64xf32>
    !s = tensor<8x128x128xf32>
    !r = tensor<128x128xf32>
    !f = tensor<f32>
    func.func @main(%q: !x, %k: !x, %v: !x) -> !x {
      %zero = stablehlo.constant dense<0.0> : !f
      %0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!x, !x) -> !s
      %1 = stablehlo.exponential %0 : !s
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [0] : (!s, !f) -> !r
      %3 = stablehlo.broadcast_in_dim %2, dims = [1, 2] : (!r) -> !s
      %4 = stablehlo.divide %1, %3 : !s
      %5 = stablehlo.dot_general %4, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!s, !x) -> !x
      return %5 : !x
    })");
}

// Erf by an exponential and a polynomial, as PyTorch exports GELU, between the
// products of a block.
TEST(AttentionDecoy, NormAndExponentialBetweenProducts) {
  expectNoAttention(R"(
    !x = tensor<64x512xf32>
    !w = tensor<512x512xf32>
    !r = tensor<64xf32>
    !f = tensor<f32>
    func.func @main(%x: !x, %w1: !w, %w2: !w) -> !x {
      %zero = stablehlo.constant dense<0.0> : !f
      %0 = stablehlo.dot_general %x, %w1, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.multiply %0, %0 : !x
      %2 = stablehlo.negate %1 : !x
      %3 = stablehlo.exponential %2 : !x
      %4 = stablehlo.multiply %0, %3 : !x
      %5 = stablehlo.add %4, %x : !x
      %6 = stablehlo.multiply %5, %5 : !x
      %7 = stablehlo.reduce(%6 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %8 = stablehlo.rsqrt %7 : !r
      %9 = stablehlo.broadcast_in_dim %8, dims = [0] : (!r) -> !x
      %10 = stablehlo.multiply %5, %9 : !x
      %11 = stablehlo.dot_general %10, %w2, contracting_dims = [1] x [0] : (!x, !w) -> !x
      return %11 : !x
    })");
}

// Experts in 8 bits: an activation, the largest of its row as scale, and the
// next products.
TEST(AttentionDecoy, QuantizedExperts) {
  expectNoAttention(R"(
    !x = tensor<4x64x256xi8>
    !h = tensor<4x64x128xf32>
    func.func @main(%x0: tensor<4x64x256xf32>, %w1: tensor<4x256x128xi8>, %w2: tensor<4x128x256xi8>) -> tensor<4x64x256xi32> {
      %lowest = stablehlo.constant dense<0xFF800000> : tensor<f32>
      %x = stablehlo.convert %x0 : (tensor<4x64x256xf32>) -> !x
      %0 = stablehlo.dot_general %x, %w1, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!x, tensor<4x256x128xi8>) -> tensor<4x64x128xi32>
      %1 = stablehlo.convert %0 : (tensor<4x64x128xi32>) -> !h
      %2 = stablehlo.logistic %1 : !h
      %3 = stablehlo.multiply %1, %2 : !h
      %4 = stablehlo.abs %3 : !h
      %5 = stablehlo.reduce(%4 init: %lowest) applies stablehlo.maximum across dimensions = [2] : (!h, tensor<f32>) -> tensor<4x64xf32>
      %6 = stablehlo.broadcast_in_dim %5, dims = [0, 1] : (tensor<4x64xf32>) -> !h
      %7 = stablehlo.divide %3, %6 : !h
      %8 = stablehlo.convert %7 : (!h) -> tensor<4x64x128xi8>
      %9 = stablehlo.dot_general %8, %w2, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x64x128xi8>, tensor<4x128x256xi8>) -> tensor<4x64x256xi32>
      return %9 : tensor<4x64x256xi32>
    })");
}
