//===- JaxAttentionTest.cpp - Attention as JAX and Flax write it ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

// Two sequences of 128 tokens, four heads of 64.
const std::string types = R"(
  !f = tensor<f32>
  !x = tensor<2x4x128x64xbf16>
  !s = tensor<2x4x128x128xf32>
  !r = tensor<2x4x128xf32>
  !p = tensor<2x4x128x128xbf16>
  !m = tensor<128x128xi1>
)";
constexpr uint64_t x = 2 * 4 * 128 * 64 * 2;  // 131072
constexpr uint64_t s = 2 * 4 * 128 * 128 * 4; // 524288
constexpr uint64_t p = s / 2;
constexpr uint64_t m = 128 * 128;

/// `%scores` of `%q` and `%k`, scaled.
const std::string scores = R"(
  %0 = stablehlo.dot_general %q, %k, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3] : (!x, !x) -> !s
  %c = stablehlo.constant dense<1.250000e-01> : !f
  %1 = stablehlo.broadcast_in_dim %c, dims = [] : (!f) -> !s
  %scores = stablehlo.multiply %0, %1 : !s
)";

/// `%weights` of `%masked`.
const std::string softmax = R"(
  %lowest = stablehlo.constant dense<0xFF800000> : !f
  %10 = stablehlo.reduce(%masked init: %lowest) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
  %11 = stablehlo.broadcast_in_dim %10, dims = [0, 1, 2] : (!r) -> tensor<2x4x128x1xf32>
  %12 = stablehlo.broadcast_in_dim %11, dims = [0, 1, 2, 3] : (tensor<2x4x128x1xf32>) -> !s
  %13 = stablehlo.subtract %masked, %12 : !s
  %14 = stablehlo.exponential %13 : !s
  %zero = stablehlo.constant dense<0.000000e+00> : !f
  %15 = stablehlo.reduce(%14 init: %zero) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
  %16 = stablehlo.broadcast_in_dim %15, dims = [0, 1, 2] : (!r) -> tensor<2x4x128x1xf32>
  %17 = stablehlo.broadcast_in_dim %16, dims = [0, 1, 2, 3] : (tensor<2x4x128x1xf32>) -> !s
  %18 = stablehlo.divide %14, %17 : !s
  %weights = stablehlo.convert %18 : (!s) -> !p
)";

const std::string values = R"(
  %o = stablehlo.dot_general %weights, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!p, !x) -> !x
  return %o : !x
)";

std::string mainOf(const std::string &arguments, const std::string &body) {
  return types + "func.func @main(" + arguments + ") -> !x {" + body + "}";
}

/// A softmax of `%scores` without a mask.
std::string unmasked(const std::string &body) {
  return substitute(body, {{"%masked", "%scores"}});
}

const std::string qkv = "%q: !x, %k: !x, %v: !x";

} // namespace

TEST(JaxAttention, WithoutMask) {
  std::string text = mainOf(qkv, scores + unmasked(softmax) + values);
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x}}));
  // A compiler stores scores in f32 and weights in bf16.
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Gemm, 2 * x, s},
                        {Family::Softmax, s, p},
                        {Family::Gemm, p + x, x}}));
}

TEST(JaxAttention, OperationsAreThoseOfAllItsOps) {
  std::string text = mainOf(qkv, scores + unmasked(softmax) + values);
  uint64_t operations = 0;
  for (const KernelRow &row : kernelsOf(text, Fusion::None))
    operations += row.operations;
  KernelRows rows = launchesOf(text, Fusion::Library);
  ASSERT_EQ(rows.size(), 1u);
  // Both products are 2 * 2 * 4 * 128 * 128 * 64 operations; the rest comes on
  // top.
  EXPECT_GT(rows[0].operations, 2ull * 2 * 2 * 4 * 128 * 128 * 64);
  EXPECT_EQ(rows[0].operations, operations);
}

TEST(JaxAttention, MaskBySelect) {
  std::string text = mainOf(qkv + ", %mask: !m", scores + R"(
    %2 = stablehlo.broadcast_in_dim %mask, dims = [2, 3] : (!m) -> tensor<2x4x128x128xi1>
    %c1 = stablehlo.constant dense<-1.000000e+30> : !f
    %3 = stablehlo.broadcast_in_dim %c1, dims = [] : (!f) -> !s
    %masked = stablehlo.select %2, %scores, %3 : tensor<2x4x128x128xi1>, !s
  )" + softmax + values);
  // The mask is read as it is stored, 16384 bytes, not as broadcast.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x + m, x}}));
}

TEST(JaxAttention, CausalMaskFromPositionsTakesNoBytes) {
  std::string text = mainOf(qkv, scores + R"(
    %2 = stablehlo.iota dim = 0 : tensor<128xi32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<128xi32>) -> tensor<128x1xi32>
    %4 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<128xi32>) -> tensor<1x128xi32>
    %5 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<128x1xi32>) -> tensor<128x128xi32>
    %6 = stablehlo.broadcast_in_dim %4, dims = [0, 1] : (tensor<1x128xi32>) -> tensor<128x128xi32>
    %7 = stablehlo.compare GE, %5, %6, SIGNED : (tensor<128x128xi32>, tensor<128x128xi32>) -> !m
    %8 = stablehlo.broadcast_in_dim %7, dims = [2, 3] : (!m) -> tensor<2x4x128x128xi1>
    %c1 = stablehlo.constant dense<-1.000000e+30> : !f
    %9 = stablehlo.broadcast_in_dim %c1, dims = [] : (!f) -> !s
    %masked = stablehlo.select %8, %scores, %9 : tensor<2x4x128x128xi1>, !s
  )" + softmax + values);
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x}}));
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Gemm, 2 * x, s},
                        {Family::Softmax, s, p},
                        {Family::Gemm, p + x, x}}));
}

// Sliding window: positions are compared twice.
TEST(JaxAttention, SlidingWindow) {
  std::string text = mainOf(qkv, scores + R"(
    %i = stablehlo.iota dim = 0 : tensor<128x128xi32>
    %j = stablehlo.iota dim = 1 : tensor<128x128xi32>
    %2 = stablehlo.compare GE, %i, %j, SIGNED : (tensor<128x128xi32>, tensor<128x128xi32>) -> !m
    %w0 = stablehlo.constant dense<32> : tensor<i32>
    %w = stablehlo.broadcast_in_dim %w0, dims = [] : (tensor<i32>) -> tensor<128x128xi32>
    %3 = stablehlo.add %j, %w : tensor<128x128xi32>
    %4 = stablehlo.compare LT, %i, %3, SIGNED : (tensor<128x128xi32>, tensor<128x128xi32>) -> !m
    %5 = stablehlo.and %2, %4 : !m
    %6 = stablehlo.broadcast_in_dim %5, dims = [2, 3] : (!m) -> tensor<2x4x128x128xi1>
    %c1 = stablehlo.constant dense<-1.000000e+30> : !f
    %7 = stablehlo.broadcast_in_dim %c1, dims = [] : (!f) -> !s
    %masked = stablehlo.select %6, %scores, %7 : tensor<2x4x128x128xi1>, !s
  )" + softmax + values);
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x}}));
}

// Two layers that call one function for their masks.
TEST(JaxAttention, MaskByCallOfWhere) {
  std::string layer = scores + R"(
    %masked = func.call @_where(%mask, %scores, %c1) : (!m, !s, !f) -> !s
  )" + softmax;
  std::string first = layer + R"(
    %o = stablehlo.dot_general %weights, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!p, !x) -> !x
    return %o : !x
  )";
  std::string text = types + R"(
    func.func @main(%q: !x, %k: !x, %v: !x, %mask: !m) -> !x {
      %n = stablehlo.constant dense<-1.000000e+30> : !f
      %l0 = call @layer0(%q, %k, %v, %mask, %n) : (!x, !x, !x, !m, !f) -> !x
      %l1 = call @layer1(%l0, %k, %v, %mask, %n) : (!x, !x, !x, !m, !f) -> !x
      return %l1 : !x
    }
    func.func private @layer0(%q: !x, %k: !x, %v: !x, %mask: !m, %c1: !f) -> !x {)" +
                     first + R"(}
    func.func private @layer1(%q: !x, %k: !x, %v: !x, %mask: !m, %c1: !f) -> !x {)" +
                     first + R"(}
    func.func private @_where(%c: !m, %a: !s, %b: !f) -> !s {
      %0 = stablehlo.broadcast_in_dim %c, dims = [2, 3] : (!m) -> tensor<2x4x128x128xi1>
      %1 = stablehlo.broadcast_in_dim %b, dims = [] : (!f) -> !s
      %2 = stablehlo.select %0, %a, %1 : tensor<2x4x128x128xi1>, !s
      return %2 : !s
    })";
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x + m, x},
                        {Family::Attention, 3 * x + m, x}}));
}

// Flax: tokens before heads, scaled queries, a bias that is added, weights as
// the second operand, so that the result comes transposed.
TEST(JaxAttention, WeightsAsSecondOperand) {
  std::string text = R"(
    !f = tensor<f32>
    !x = tensor<2x128x4x64xf32>
    !s = tensor<2x4x128x128xf32>
    !r = tensor<2x4x128xf32>
    !m = tensor<2x1x128x128xi1>
    !b = tensor<2x1x128x128xf32>
    func.func @main(%q: !x, %k: !x, %v: !x, %mask: !m, %w: tensor<256x256xf32>) -> tensor<256x256xf32> {
      %c = stablehlo.constant dense<8.000000e+00> : !f
      %0 = stablehlo.broadcast_in_dim %c, dims = [] : (!f) -> !x
      %1 = stablehlo.divide %q, %0 : !x
      %2 = stablehlo.dot_general %1, %k, batching_dims = [0, 2] x [0, 2], contracting_dims = [3] x [3] : (!x, !x) -> !s
      %c0 = stablehlo.constant dense<0.000000e+00> : !f
      %3 = stablehlo.broadcast_in_dim %c0, dims = [] : (!f) -> !b
      %c1 = stablehlo.constant dense<-3.40282347E+38> : !f
      %4 = stablehlo.broadcast_in_dim %c1, dims = [] : (!f) -> !b
      %5 = stablehlo.select %mask, %3, %4 : !m, !b
      %6 = stablehlo.broadcast_in_dim %5, dims = [0, 1, 2, 3] : (!b) -> !s
      %7 = stablehlo.add %2, %6 : !s
      %c2 = stablehlo.constant dense<0xFF800000> : !f
      %8 = stablehlo.reduce(%7 init: %c2) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
      %9 = stablehlo.broadcast_in_dim %c2, dims = [] : (!f) -> !r
      %10 = stablehlo.maximum %9, %8 : !r
      %11 = stablehlo.broadcast_in_dim %10, dims = [0, 1, 2] : (!r) -> !s
      %12 = stablehlo.subtract %7, %11 : !s
      %13 = stablehlo.exponential %12 : !s
      %14 = stablehlo.reduce(%13 init: %c0) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
      %15 = stablehlo.broadcast_in_dim %14, dims = [0, 1, 2] : (!r) -> !s
      %16 = stablehlo.divide %13, %15 : !s
      %17 = stablehlo.dot_general %v, %16, batching_dims = [0, 2] x [0, 1], contracting_dims = [1] x [3] : (!x, !s) -> tensor<2x4x64x128xf32>
      %18 = stablehlo.transpose %17, dims = [0, 3, 1, 2] : (tensor<2x4x64x128xf32>) -> !x
      %19 = stablehlo.reshape %18 : (!x) -> tensor<256x256xf32>
      %20 = stablehlo.dot_general %19, %w, contracting_dims = [1] x [0] : (tensor<256x256xf32>, tensor<256x256xf32>) -> tensor<256x256xf32>
      return %20 : tensor<256x256xf32>
    })";
  constexpr uint64_t xf = 2 * 128 * 4 * 64 * 4; // 262144
  constexpr uint64_t mask = 2 * 128 * 128;      // i1, 32768
  constexpr uint64_t w = 256 * 256 * 4;         // 262144
  // Scaling the queries is the prologue; the transposition is the address of
  // what the next product loads.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * xf + mask, xf},
                        {Family::Gemm, xf + w, xf}}));
}

// Keys times queries: rows of scores are columns.
TEST(JaxAttention, TransposedScores) {
  std::string text = types + R"(
    func.func @main(%q: !x, %k: !x, %v: !x) -> !x {
      %0 = stablehlo.dot_general %k, %q, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3] : (!x, !x) -> !s
      %c = stablehlo.constant dense<0xFF800000> : !f
      %1 = stablehlo.reduce(%0 init: %c) applies stablehlo.maximum across dimensions = [2] : (!s, !f) -> !r
      %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1, 3] : (!r) -> !s
      %3 = stablehlo.subtract %0, %2 : !s
      %4 = stablehlo.exponential %3 : !s
      %c0 = stablehlo.constant dense<0.000000e+00> : !f
      %5 = stablehlo.reduce(%4 init: %c0) applies stablehlo.add across dimensions = [2] : (!s, !f) -> !r
      %6 = stablehlo.broadcast_in_dim %5, dims = [0, 1, 3] : (!r) -> !s
      %7 = stablehlo.divide %4, %6 : !s
      %8 = stablehlo.convert %7 : (!s) -> !p
      %9 = stablehlo.dot_general %8, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2] : (!p, !x) -> !x
      return %9 : !x
    })";
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x}}));
}

// Tokens before heads in the scores: transposed between product and softmax.
TEST(JaxAttention, TransposedBetweenScoresAndSoftmax) {
  std::string text = R"(
    !f = tensor<f32>
    !x = tensor<2x128x4x64xbf16>
    !s = tensor<2x128x4x128xf32>
    !r = tensor<2x128x4xf32>
    func.func @main(%q: !x, %k: !x, %v: !x) -> tensor<2x4x128x64xbf16> {
      %0 = stablehlo.dot_general %q, %k, batching_dims = [0, 2] x [0, 2], contracting_dims = [3] x [3] : (!x, !x) -> tensor<2x4x128x128xbf16>
      %1 = stablehlo.transpose %0, dims = [0, 2, 1, 3] : (tensor<2x4x128x128xbf16>) -> tensor<2x128x4x128xbf16>
      %2 = stablehlo.convert %1 : (tensor<2x128x4x128xbf16>) -> !s
      %c = stablehlo.constant dense<0xFF800000> : !f
      %3 = stablehlo.reduce(%2 init: %c) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
      %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (!r) -> !s
      %5 = stablehlo.subtract %2, %4 : !s
      %6 = stablehlo.exponential %5 : !s
      %c0 = stablehlo.constant dense<0.000000e+00> : !f
      %7 = stablehlo.reduce(%6 init: %c0) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
      %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1, 2] : (!r) -> !s
      %9 = stablehlo.divide %6, %8 : !s
      %10 = stablehlo.convert %9 : (!s) -> tensor<2x128x4x128xbf16>
      %11 = stablehlo.dot_general %10, %v, batching_dims = [0, 2] x [0, 2], contracting_dims = [3] x [1] : (tensor<2x128x4x128xbf16>, !x) -> tensor<2x4x128x64xbf16>
      return %11 : tensor<2x4x128x64xbf16>
    })";
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x}}));
}

// Heads of a group are rows of one product.
TEST(JaxAttention, GroupedHeads) {
  std::string text = R"(
    !f = tensor<f32>
    !q = tensor<2x2x4x128x64xbf16>
    !k = tensor<2x2x128x64xbf16>
    !s = tensor<2x2x4x128x128xf32>
    !r = tensor<2x2x4x128xf32>
    !p = tensor<2x2x4x128x128xbf16>
    func.func @main(%q: tensor<2x8x128x64xbf16>, %k: !k, %v: !k) -> tensor<2x8x128x64xbf16> {
      %0 = stablehlo.reshape %q : (tensor<2x8x128x64xbf16>) -> !q
      %1 = stablehlo.dot_general %0, %k, batching_dims = [0, 1] x [0, 1], contracting_dims = [4] x [3] : (!q, !k) -> !s
      %c = stablehlo.constant dense<0xFF800000> : !f
      %2 = stablehlo.reduce(%1 init: %c) applies stablehlo.maximum across dimensions = [4] : (!s, !f) -> !r
      %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1, 2, 3] : (!r) -> !s
      %4 = stablehlo.subtract %1, %3 : !s
      %5 = stablehlo.exponential %4 : !s
      %c0 = stablehlo.constant dense<0.000000e+00> : !f
      %6 = stablehlo.reduce(%5 init: %c0) applies stablehlo.add across dimensions = [4] : (!s, !f) -> !r
      %7 = stablehlo.broadcast_in_dim %6, dims = [0, 1, 2, 3] : (!r) -> !s
      %8 = stablehlo.divide %5, %7 : !s
      %9 = stablehlo.convert %8 : (!s) -> !p
      %10 = stablehlo.dot_general %9, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [4] x [2] : (!p, !k) -> !q
      %11 = stablehlo.reshape %10 : (!q) -> tensor<2x8x128x64xbf16>
      return %11 : tensor<2x8x128x64xbf16>
    })";
  // Eight heads of queries, two of keys and of values.
  constexpr uint64_t q = 2 * 8 * 128 * 64 * 2; // 262144
  constexpr uint64_t k = 2 * 2 * 128 * 64 * 2; // 65536
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, q + 2 * k, q}}));
}

// The sum divides the result, not the weights.
TEST(JaxAttention, NormalisedAfterTheValues) {
  std::string text = types + R"(
    func.func @main(%q: !x, %k: !x, %v: !x) -> tensor<2x4x128x64xf32> {)" +
                     scores + R"(
      %c1 = stablehlo.constant dense<0xFF800000> : !f
      %2 = stablehlo.reduce(%scores init: %c1) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
      %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1, 2] : (!r) -> !s
      %4 = stablehlo.subtract %scores, %3 : !s
      %5 = stablehlo.exponential %4 : !s
      %c0 = stablehlo.constant dense<0.000000e+00> : !f
      %6 = stablehlo.reduce(%5 init: %c0) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
      %7 = stablehlo.convert %5 : (!s) -> !p
      %8 = stablehlo.dot_general %7, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!p, !x) -> tensor<2x4x128x64xf32>
      %9 = stablehlo.broadcast_in_dim %6, dims = [0, 1, 2] : (!r) -> tensor<2x4x128x64xf32>
      %10 = stablehlo.divide %8, %9 : tensor<2x4x128x64xf32>
      return %10 : tensor<2x4x128x64xf32>
    })";
  // The result is in f32: twice the bytes of `x`.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, 2 * x}}));
}

// Every head is a product of its own with nothing subtracted from the scores.
TEST(JaxAttention, HeadsApartWithoutMaximum) {
  std::string text = R"(
    !f = tensor<f32>
    !x = tensor<128x64xf32>
    !s = tensor<128x128xf32>
    func.func @main(%x: tensor<128x192xf32>, %w: tensor<192x576xf32>, %u: tensor<192x192xf32>) -> tensor<128x192xf32> {
      %qkv = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<128x192xf32>, tensor<192x576xf32>) -> tensor<128x576xf32>
      %c0 = stablehlo.constant dense<0.000000e+00> : !f
      %scale = stablehlo.constant dense<1.250000e-01> : !s
  )";
  for (int head = 0; head < 3; ++head) {
    auto slice = [&](int first) {
      return std::to_string(first + 64 * head) + ":" +
             std::to_string(first + 64 * head + 64);
    };
    text += substitute(R"(
      %q$h = stablehlo.slice %qkv [0:128, $q] : (tensor<128x576xf32>) -> !x
      %k$h = stablehlo.slice %qkv [0:128, $k] : (tensor<128x576xf32>) -> !x
      %v$h = stablehlo.slice %qkv [0:128, $v] : (tensor<128x576xf32>) -> !x
      %t$h = stablehlo.transpose %k$h, dims = [1, 0] : (!x) -> tensor<64x128xf32>
      %a$h = stablehlo.dot_general %q$h, %t$h, contracting_dims = [1] x [0] : (!x, tensor<64x128xf32>) -> !s
      %b$h = stablehlo.multiply %a$h, %scale : !s
      %e$h = stablehlo.exponential %b$h : !s
      %n$h = stablehlo.reduce(%e$h init: %c0) applies stablehlo.add across dimensions = [1] : (!s, !f) -> tensor<128xf32>
      %m$h = stablehlo.broadcast_in_dim %n$h, dims = [0] : (tensor<128xf32>) -> !s
      %p$h = stablehlo.divide %e$h, %m$h : !s
      %o$h = stablehlo.dot_general %p$h, %v$h, contracting_dims = [1] x [0] : (!s, !x) -> !x
    )",
                       {{"$h", std::to_string(head)},
                        {"$q", slice(0)},
                        {"$k", slice(192)},
                        {"$v", slice(384)}});
  }
  text += R"(
      %o = stablehlo.concatenate %o0, %o1, %o2, dim = 1 : (!x, !x, !x) -> tensor<128x192xf32>
      %r = stablehlo.dot_general %o, %u, contracting_dims = [1] x [0] : (tensor<128x192xf32>, tensor<192x192xf32>) -> tensor<128x192xf32>
      return %r : tensor<128x192xf32>
    })";
  // Three slices of 128 * 64 * 4 = 32768 bytes each, and the scale as the graph
  // has it: a constant of the size of the scores.
  constexpr uint64_t head = 128 * 64 * 4, scale = 128 * 128 * 4;
  KernelRows rows = launchesOf(text, Fusion::Library);
  EXPECT_EQ(countFamily(rows, Family::Attention), 3u);
  for (const KernelRow &row : rows)
    if (row.family == Family::Attention) {
      EXPECT_EQ(row, (KernelRow{Family::Attention, 3 * head + scale, head}));
    }
}

TEST(JaxAttention, OneHeadWithoutBatch) {
  std::string text = R"(
    !f = tensor<f32>
    !x = tensor<256x512xf32>
    !w = tensor<512x512xf32>
    !s = tensor<256x256xf32>
    !r = tensor<256xf32>
    func.func @main(%x: !x, %wq: !w, %wk: !w, %wv: !w) -> !x {
      %q = stablehlo.dot_general %x, %wq, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %k = stablehlo.dot_general %x, %wk, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %v = stablehlo.dot_general %x, %wv, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %0 = stablehlo.dot_general %q, %k, contracting_dims = [1] x [1] : (!x, !x) -> !s
      %c = stablehlo.constant dense<0xFF800000> : !f
      %1 = stablehlo.reduce(%0 init: %c) applies stablehlo.maximum across dimensions = [1] : (!s, !f) -> !r
      %2 = stablehlo.broadcast_in_dim %1, dims = [0] : (!r) -> !s
      %3 = stablehlo.subtract %0, %2 : !s
      %4 = stablehlo.exponential %3 : !s
      %c0 = stablehlo.constant dense<0.000000e+00> : !f
      %5 = stablehlo.reduce(%4 init: %c0) applies stablehlo.add across dimensions = [1] : (!s, !f) -> !r
      %6 = stablehlo.broadcast_in_dim %5, dims = [0] : (!r) -> !s
      %7 = stablehlo.divide %4, %6 : !s
      %8 = stablehlo.dot_general %7, %v, contracting_dims = [1] x [0] : (!s, !x) -> !x
      return %8 : !x
    })";
  constexpr uint64_t x = 256 * 512 * 4, w = 512 * 512 * 4; // 524288, 1048576
  // Queries, keys and values are one product.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Gemm, x + 3 * w, 3 * x},
                        {Family::Attention, 3 * x, x}}));
}

// Weights that are dropped out by a mask from outside.
TEST(JaxAttention, Dropout) {
  std::string text = mainOf(qkv + ", %keep: tensor<2x4x128x128xi1>",
                            scores + unmasked(softmax) + R"(
    %20 = stablehlo.constant dense<1.1> : tensor<bf16>
    %21 = stablehlo.broadcast_in_dim %20, dims = [] : (tensor<bf16>) -> !p
    %22 = stablehlo.multiply %weights, %21 : !p
    %23 = stablehlo.constant dense<0.0> : tensor<bf16>
    %24 = stablehlo.broadcast_in_dim %23, dims = [] : (tensor<bf16>) -> !p
    %25 = stablehlo.select %keep, %22, %24 : tensor<2x4x128x128xi1>, !p
    %o = stablehlo.dot_general %25, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!p, !x) -> !x
    return %o : !x
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x + 2 * 4 * 128 * 128, x}}));
}

// One layer of many in a loop: keys and values are slices of a stack.
TEST(JaxAttention, InALoopOverLayers) {
  std::string text = types + R"(
    !k = tensor<12x2x4x128x64xbf16>
    func.func @main(%q: !x, %k: !k, %v: !k) -> !x {
      %zero_i = stablehlo.constant dense<0> : tensor<i32>
      %r:4 = stablehlo.while(%i = %zero_i, %h = %q, %ks = %k, %vs = %v) : tensor<i32>, !x, !k, !k
      cond {
        %n = stablehlo.constant dense<12> : tensor<i32>
        %lt = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %lt : tensor<i1>
      } do {
        %one = stablehlo.constant dense<1> : tensor<i32>
        %none = stablehlo.constant dense<0> : tensor<i32>
        %k0 = stablehlo.dynamic_slice %ks, %i, %none, %none, %none, %none, sizes = [1, 2, 4, 128, 64] : (!k, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x2x4x128x64xbf16>
        %k1 = stablehlo.reshape %k0 : (tensor<1x2x4x128x64xbf16>) -> !x
        %v0 = stablehlo.dynamic_slice %vs, %i, %none, %none, %none, %none, sizes = [1, 2, 4, 128, 64] : (!k, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x2x4x128x64xbf16>
        %v1 = stablehlo.reshape %v0 : (tensor<1x2x4x128x64xbf16>) -> !x
        %o = func.call @attention(%h, %k1, %v1) : (!x, !x, !x) -> !x
        %next = stablehlo.add %i, %one : tensor<i32>
        stablehlo.return %next, %o, %ks, %vs : tensor<i32>, !x, !k, !k
      }
      return %r#1 : !x
    }
    func.func private @attention(%q: !x, %k: !x, %v: !x) -> !x {)" +
                     scores + unmasked(softmax) + values + "}";
  KernelRows rows = launchesOf(text, Fusion::Library);
  // Slices are read where they lie; the index is 4 bytes.
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0], (KernelRow{Family::Attention, 3 * x + 4, x}));
  EXPECT_EQ(rows[0].launches, 12u);
}

// A function of attention that two layers call has its kernel once, launched
// twice.
TEST(JaxAttention, InAFunctionThatIsCalledTwice) {
  std::string text = types + R"(
    func.func @main(%q: !x, %k: !x, %v: !x) -> !x {
      %0 = call @attention(%q, %k, %v) : (!x, !x, !x) -> !x
      %1 = call @attention(%0, %k, %v) : (!x, !x, !x) -> !x
      return %1 : !x
    }
    func.func private @attention(%q: !x, %k: !x, %v: !x) -> !x {)" +
                     scores + unmasked(softmax) + values + "}";
  KernelRows rows = launchesOf(text, Fusion::Library);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0], (KernelRow{Family::Attention, 3 * x, x}));
  EXPECT_EQ(rows[0].launches, 2u);
}

// One token after 511 in the cache, written in place before it is read.
TEST(JaxAttention, CacheUpdatedInPlace) {
  std::string text = R"(
    !f = tensor<f32>
    !i = tensor<i32>
    !q = tensor<2x4x1x64xbf16>
    !k = tensor<2x4x512x64xbf16>
    !s = tensor<2x4x1x512xf32>
    !r = tensor<2x4x1xf32>
    !p = tensor<2x4x1x512xbf16>
    func.func @main(%q: !q, %k: !q, %v: !q, %kc: !k, %vc: !k, %at: !i) -> (!q, !k, !k) {
      %z = stablehlo.constant dense<0> : !i
      %k1 = stablehlo.dynamic_update_slice %kc, %k, %z, %z, %at, %z : (!k, !q, !i, !i, !i, !i) -> !k
      %v1 = stablehlo.dynamic_update_slice %vc, %v, %z, %z, %at, %z : (!k, !q, !i, !i, !i, !i) -> !k
      %0 = stablehlo.dot_general %q, %k1, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3] : (!q, !k) -> !s
      %i = stablehlo.iota dim = 0 : tensor<512xi32>
      %b = stablehlo.broadcast_in_dim %at, dims = [] : (!i) -> tensor<512xi32>
      %le = stablehlo.compare LE, %i, %b, SIGNED : (tensor<512xi32>, tensor<512xi32>) -> tensor<512xi1>
      %m = stablehlo.broadcast_in_dim %le, dims = [3] : (tensor<512xi1>) -> tensor<2x4x1x512xi1>
      %c = stablehlo.constant dense<0xFF800000> : !f
      %n = stablehlo.broadcast_in_dim %c, dims = [] : (!f) -> !s
      %1 = stablehlo.select %m, %0, %n : tensor<2x4x1x512xi1>, !s
      %2 = stablehlo.reduce(%1 init: %c) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
      %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1, 2] : (!r) -> !s
      %4 = stablehlo.subtract %1, %3 : !s
      %5 = stablehlo.exponential %4 : !s
      %c0 = stablehlo.constant dense<0.000000e+00> : !f
      %6 = stablehlo.reduce(%5 init: %c0) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
      %7 = stablehlo.broadcast_in_dim %6, dims = [0, 1, 2] : (!r) -> !s
      %8 = stablehlo.divide %5, %7 : !s
      %9 = stablehlo.convert %8 : (!s) -> !p
      %10 = stablehlo.dot_general %9, %v1, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!p, !k) -> !q
      return %10, %k1, %v1 : !q, !k, !k
    })";
  // One token: 2 * 4 * 64 * 2 = 1024 bytes of queries, keys, values each. The
  // cache is read as the graph reads it: all 512 positions, 524288 bytes.
  constexpr uint64_t q = 2 * 4 * 64 * 2, cache = 512 * q;
  // Both updates in one launch: keys, values and the position in, keys and
  // values out. Attention compares positions with the 4 bytes of `at`.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::CacheUpdate, 2 * q + 4, 2 * q},
                        {Family::Attention, q + 2 * cache + 4, q}}));
}
