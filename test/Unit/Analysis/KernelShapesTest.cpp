//===- KernelShapesTest.cpp - Kernels as time models read them ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// The shape of the only kernel of `main` that has one of this form; absent,
/// and a failed expectation, where there is none or another one, too.
template <typename Shape>
std::optional<Shape> only(const std::string &text,
                          Fusion fusion = Fusion::Library) {
  std::optional<Shape> found;
  for (const ShapedKernel &kernel : shapesOf(text, fusion)) {
    const Shape *shape =
        kernel.shape ? std::get_if<Shape>(&*kernel.shape) : nullptr;
    if (!shape)
      continue;
    EXPECT_FALSE(found) << kernel.name << " is another one";
    found = *shape;
  }
  EXPECT_TRUE(found) << text;
  return found;
}

/// Whether any kernel of `main` has a shape of this form.
template <typename Shape>
bool hasAny(const std::string &text, Fusion fusion = Fusion::Library) {
  for (const ShapedKernel &kernel : shapesOf(text, fusion))
    if (kernel.shape && std::holds_alternative<Shape>(*kernel.shape))
      return true;
  return false;
}

std::string function(const std::string &signature, const std::string &body) {
  return "func.func @main" + signature + " {\n" + body + "}\n";
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

// 64 rows of 4096 elements by weights of 4096 x 1024.
const char *plainProduct = R"(
    %w = stablehlo.add %a, %a : tensor<64x4096xbf16>
    %0 = stablehlo.dot_general %w, %b, contracting_dims = [1] x [0]
        : (tensor<64x4096xbf16>, tensor<4096x1024xbf16>) -> tensor<64x1024xbf16>
    return %0 : tensor<64x1024xbf16>
)";

} // namespace

TEST(GemmShapes, OneProduct) {
  auto shape = only<GemmShape>(
      function("(%a: tensor<64x4096xbf16>, %b: tensor<4096x1024xbf16>) -> "
               "tensor<64x1024xbf16>",
               plainProduct));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->batch, 1);
  EXPECT_EQ(shape->m, 64);
  EXPECT_EQ(shape->n, 1024);
  EXPECT_EQ(shape->k, 4096);
  EXPECT_EQ(shape->type, ElementType::BF16);
  EXPECT_EQ(shape->lhsBytes, 2);
  EXPECT_EQ(shape->rhsBytes, 2);
  EXPECT_EQ(shape->resultBytes, 2);
  EXPECT_EQ(shape->extraBytes, 0);
}

// Products of one value run as one with the columns of all: 1024 + 256 + 256.
TEST(GemmShapes, SeveralProductsOfOneOperand) {
  std::string text =
      function("(%x: tensor<64x4096xbf16>, %q: tensor<4096x1024xbf16>, "
               "%k: tensor<4096x256xbf16>, %v: tensor<4096x256xbf16>) -> "
               "(tensor<64x1024xbf16>, tensor<64x256xbf16>, "
               "tensor<64x256xbf16>)",
               R"(
    %0 = stablehlo.dot_general %x, %q, contracting_dims = [1] x [0]
        : (tensor<64x4096xbf16>, tensor<4096x1024xbf16>) -> tensor<64x1024xbf16>
    %1 = stablehlo.dot_general %x, %k, contracting_dims = [1] x [0]
        : (tensor<64x4096xbf16>, tensor<4096x256xbf16>) -> tensor<64x256xbf16>
    %2 = stablehlo.dot_general %x, %v, contracting_dims = [1] x [0]
        : (tensor<64x4096xbf16>, tensor<4096x256xbf16>) -> tensor<64x256xbf16>
    return %0, %1, %2 : tensor<64x1024xbf16>, tensor<64x256xbf16>, tensor<64x256xbf16>
  )");
  auto shape = only<GemmShape>(text);
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->m, 64);
  EXPECT_EQ(shape->n, 1536);
  EXPECT_EQ(shape->k, 4096);
  EXPECT_EQ(shape->extraBytes, 0);
  // Compilers launch each.
  EXPECT_EQ(shapesOf(text, Fusion::Compiler).size(), 3u);
}

TEST(GemmShapes, Batched) {
  auto shape = only<GemmShape>(
      function("(%a: tensor<12x64x128xbf16>, %b: tensor<12x128x32xbf16>) -> "
               "tensor<12x64x32xbf16>",
               R"(
    %0 = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [1]
        : (tensor<12x64x128xbf16>, tensor<12x128x32xbf16>) -> tensor<12x64x32xbf16>
    return %0 : tensor<12x64x32xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->batch, 12);
  EXPECT_TRUE(shape->isBatch);
  EXPECT_FALSE(shape->convertsWeights);
  EXPECT_EQ(shape->m, 64);
  EXPECT_EQ(shape->n, 32);
  EXPECT_EQ(shape->k, 128);
}

// Weights may be the left operand, and either may be stored transposed: weights
// are B of the shape all the same.
TEST(GemmShapes, WeightsFirst) {
  auto shape = only<GemmShape>(
      function("(%w: tensor<1024x4096xbf16>, %x: tensor<64x4096xbf16>) -> "
               "tensor<1024x64xbf16>",
               R"(
    %y = stablehlo.exponential %x : tensor<64x4096xbf16>
    %z = stablehlo.add %y, %y : tensor<64x4096xbf16>
    %0 = stablehlo.dot_general %w, %z, contracting_dims = [1] x [1]
        : (tensor<1024x4096xbf16>, tensor<64x4096xbf16>) -> tensor<1024x64xbf16>
    return %0 : tensor<1024x64xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->m, 64);
  EXPECT_EQ(shape->n, 1024);
  EXPECT_EQ(shape->k, 4096);
}

TEST(GemmShapes, WeightsTransposedBefore) {
  auto shape = only<GemmShape>(
      function("(%x: tensor<64x4096xbf16>, %w: tensor<1024x4096xbf16>) -> "
               "tensor<64x1024xbf16>",
               R"(
    %t = stablehlo.transpose %w, dims = [1, 0] : (tensor<1024x4096xbf16>) -> tensor<4096x1024xbf16>
    %0 = stablehlo.dot_general %x, %t, contracting_dims = [1] x [0]
        : (tensor<64x4096xbf16>, tensor<4096x1024xbf16>) -> tensor<64x1024xbf16>
    return %0 : tensor<64x1024xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->n, 1024);
  EXPECT_EQ(shape->k, 4096);
  EXPECT_EQ(shape->extraBytes, 0);
}

// Both are 8 bits; the sums are i32, and written as bf16 with one scale a row.
TEST(GemmShapes, QuantisedOperands) {
  auto shape = only<GemmShape>(
      function("(%a: tensor<64x4096xi8>, %b: tensor<4096x1024xi8>, "
               "%s: tensor<64xf32>) -> tensor<64x1024xbf16>",
               R"(
    %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
        : (tensor<64x4096xi8>, tensor<4096x1024xi8>) -> tensor<64x1024xi32>
    %1 = stablehlo.convert %0 : (tensor<64x1024xi32>) -> tensor<64x1024xf32>
    %2 = stablehlo.broadcast_in_dim %s, dims = [0] : (tensor<64xf32>) -> tensor<64x1024xf32>
    %3 = stablehlo.multiply %1, %2 : tensor<64x1024xf32>
    %4 = stablehlo.convert %3 : (tensor<64x1024xf32>) -> tensor<64x1024xbf16>
    return %4 : tensor<64x1024xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->type, ElementType::I8);
  EXPECT_EQ(shape->lhsBytes, 1);
  EXPECT_EQ(shape->rhsBytes, 1);
  // 2 of the 4 bytes that the product itself has: what is left to say is 64
  // scales.
  EXPECT_EQ(shape->resultBytes, 2);
  EXPECT_EQ(shape->extraBytes, 64 * 4);
}

// Weights of 8 bits that the prologue converts are read in 8 bits.
TEST(GemmShapes, WeightOnlyQuantisation) {
  auto shape = only<GemmShape>(
      function("(%a: tensor<64x4096xbf16>, %b: tensor<4096x1024xi8>) -> "
               "tensor<64x1024xbf16>",
               R"(
    %w = stablehlo.convert %b : (tensor<4096x1024xi8>) -> tensor<4096x1024xbf16>
    %0 = stablehlo.dot_general %a, %w, contracting_dims = [1] x [0]
        : (tensor<64x4096xbf16>, tensor<4096x1024xbf16>) -> tensor<64x1024xbf16>
    return %0 : tensor<64x1024xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->type, ElementType::BF16);
  EXPECT_EQ(shape->lhsBytes, 2);
  EXPECT_EQ(shape->rhsBytes, 1);
  EXPECT_TRUE(shape->convertsWeights);
  EXPECT_EQ(shape->extraBytes, 0);
}

// The same with a scale for each column: what the prologue reads is 1 byte of
// each weight and 4 of each scale.
TEST(GemmShapes, ScaledWeights) {
  auto shape = only<GemmShape>(
      function("(%a: tensor<64x4096xbf16>, %b: tensor<4096x1024xi8>, "
               "%s: tensor<1024xf32>) -> tensor<64x1024xbf16>",
               R"(
    %0 = stablehlo.convert %b : (tensor<4096x1024xi8>) -> tensor<4096x1024xf32>
    %1 = stablehlo.broadcast_in_dim %s, dims = [1] : (tensor<1024xf32>) -> tensor<4096x1024xf32>
    %2 = stablehlo.multiply %0, %1 : tensor<4096x1024xf32>
    %w = stablehlo.convert %2 : (tensor<4096x1024xf32>) -> tensor<4096x1024xbf16>
    %3 = stablehlo.dot_general %a, %w, contracting_dims = [1] x [0]
        : (tensor<64x4096xbf16>, tensor<4096x1024xbf16>) -> tensor<64x1024xbf16>
    return %3 : tensor<64x1024xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->lhsBytes, 2);
  EXPECT_DOUBLE_EQ(shape->rhsBytes, 1 + 4.0 / 4096);
  EXPECT_EQ(shape->extraBytes, 0);
}

// A value times itself: both operands are the same bytes, one of them weights.
TEST(GemmShapes, SharedOperands) {
  auto shape = only<GemmShape>(
      function("(%a: tensor<64x4096xbf16>) -> tensor<64x64xbf16>", R"(
    %0 = stablehlo.dot_general %a, %a, contracting_dims = [1] x [1]
        : (tensor<64x4096xbf16>, tensor<64x4096xbf16>) -> tensor<64x64xbf16>
    return %0 : tensor<64x64xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->lhsBytes, 2);
  EXPECT_EQ(shape->rhsBytes, 2);
  EXPECT_EQ(shape->extraBytes, 0);
}

// Sums in f32 that are written in bf16 do not make weights any smaller.
TEST(GemmShapes, NarrowedResults) {
  auto shape = only<GemmShape>(
      function("(%a: tensor<4096x1024xbf16>, %b: tensor<1024x1024xbf16>) -> "
               "tensor<4096x1024xbf16>",
               R"(
    %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
        : (tensor<4096x1024xbf16>, tensor<1024x1024xbf16>) -> tensor<4096x1024xf32>
    %1 = stablehlo.convert %0 : (tensor<4096x1024xf32>) -> tensor<4096x1024xbf16>
    return %1 : tensor<4096x1024xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->resultBytes, 2);
  EXPECT_EQ(shape->rhsBytes, 2);
  EXPECT_EQ(shape->extraBytes, 0);
}

// A residual in the epilogue is more bytes to read: 64 x 1024 of 2 bytes.
TEST(GemmShapes, Residual) {
  auto shape = only<GemmShape>(
      function("(%a: tensor<64x4096xbf16>, %b: tensor<4096x1024xbf16>, "
               "%r: tensor<64x1024xbf16>) -> tensor<64x1024xbf16>",
               R"(
    %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
        : (tensor<64x4096xbf16>, tensor<4096x1024xbf16>) -> tensor<64x1024xbf16>
    %1 = stablehlo.add %0, %r : tensor<64x1024xbf16>
    return %1 : tensor<64x1024xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->extraBytes, 64 * 1024 * 2);
}

// A37: 512 rows sorted by expert are a product of 64 rows for each of eight.
TEST(GemmShapes, RowsSortedByGroup) {
  const char *body = R"(
    %0 = "chlo.ragged_dot"(%a, %b, %g) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<
        lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1],
        lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}>
        : (tensor<$mx4096xbf16>, tensor<8x4096x1024xbf16>, tensor<8xi32>) -> tensor<$mx1024xbf16>
    return %0 : tensor<$mx1024xbf16>
  )";
  auto grouped = [&](const std::string &rows) {
    return only<GemmShape>(substitute(
        function("(%a: tensor<$mx4096xbf16>, %b: tensor<8x4096x1024xbf16>, "
                 "%g: tensor<8xi32>) -> tensor<$mx1024xbf16>",
                 body),
        {{"$m", rows}}));
  };
  auto shape = grouped("512");
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->batch, 8);
  EXPECT_EQ(shape->m, 64);
  EXPECT_EQ(shape->n, 1024);
  EXPECT_EQ(shape->k, 4096);
  EXPECT_EQ(shape->rhsBytes, 2);
  // The sizes of the groups.
  EXPECT_EQ(shape->extraBytes, 8 * 4);
  EXPECT_TRUE(shape->isRouted);
  // Four rows choose four of the eight at most (A37).
  shape = grouped("4");
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->batch, 4);
  EXPECT_EQ(shape->m, 1);
  EXPECT_EQ(shape->rhsBytes, 2);
  EXPECT_EQ(shape->extraBytes, 8 * 4);
}

// Every expert for every token, or for a buffer of its own: a batch is a batch.
TEST(GemmShapes, ExpertsOfABatch) {
  auto shape = only<GemmShape>(
      function("(%a: tensor<8x64x4096xbf16>, %b: tensor<8x4096x1024xbf16>) -> "
               "tensor<8x64x1024xbf16>",
               R"(
    %0 = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [1]
        : (tensor<8x64x4096xbf16>, tensor<8x4096x1024xbf16>) -> tensor<8x64x1024xbf16>
    return %0 : tensor<8x64x1024xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->batch, 8);
  EXPECT_EQ(shape->m, 64);
  EXPECT_FALSE(shape->isRouted);
}

// A convolution has no model of its own, and is no product for that of others.
TEST(GemmShapes, NotOfConvolutions) {
  EXPECT_FALSE(hasAny<GemmShape>(
      function("(%a: tensor<1x16x16x64xbf16>, %b: tensor<3x3x64x64xbf16>) -> "
               "tensor<1x14x14x64xbf16>",
               R"(
    %0 = stablehlo.convolution(%a, %b) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {}
        {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
        : (tensor<1x16x16x64xbf16>, tensor<3x3x64x64xbf16>) -> tensor<1x14x14x64xbf16>
    return %0 : tensor<1x14x14x64xbf16>
  )")));
}

// Dynamic extents: the demand is not known, and neither is the shape.
TEST(GemmShapes, NotOfUnknownExtents) {
  EXPECT_FALSE(hasAny<GemmShape>(function(
      "(%a: tensor<?x64xbf16>, %b: tensor<64x64xbf16>) -> tensor<?x64xbf16>",
      R"(
    %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
        : (tensor<?x64xbf16>, tensor<64x64xbf16>) -> tensor<?x64xbf16>
    return %0 : tensor<?x64xbf16>
  )")));
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

namespace {

/// Softmax over the last dimension of scores `%s` of type `$s`, whose other
/// dimensions are `$r` and have the numbers `$d`, to `%p` in `$p`.
const char *softmax = R"(
    %zero = stablehlo.constant dense<0.0> : tensor<f32>
    %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %max = stablehlo.reduce(%s init: %low) applies stablehlo.maximum across dimensions = [$l]
        : ($s, tensor<f32>) -> $r
    %maxes = stablehlo.broadcast_in_dim %max, dims = [$d] : ($r) -> $s
    %shifted = stablehlo.subtract %s, %maxes : $s
    %exp = stablehlo.exponential %shifted : $s
    %sum = stablehlo.reduce(%exp init: %zero) applies stablehlo.add across dimensions = [$l]
        : ($s, tensor<f32>) -> $r
    %sums = stablehlo.broadcast_in_dim %sum, dims = [$d] : ($r) -> $s
    %p32 = stablehlo.divide %exp, %sums : $s
    %p = stablehlo.convert %p32 : ($s) -> $p
)";

/// Attention with one batch dimension per entry of `batch` and `rows` before
/// the keys; `before` comes between scores `%s0` and the softmax of `%s`.
std::string attention(const std::string &arguments, const std::string &keys,
                      const std::string &batch, const std::string &rows,
                      unsigned dims, const std::string &context,
                      const std::string &headDim, const std::string &before) {
  std::string head = batch + "x" + rows;
  std::string scores = "tensor<" + head + "x" + context + "xf32>";
  std::string batching, all;
  for (unsigned dim = 0; dim < dims; ++dim) {
    if (dim < 2)
      batching += (dim ? ", " : "") + std::to_string(dim);
    all += (dim ? ", " : "") + std::to_string(dim);
  }
  return substitute("func.func @main(" + arguments +
                        ") -> tensor<$hx$exbf16> {\n" + keys +
                        R"(
    %s0 = stablehlo.dot_general %q, %k, batching_dims = [$b] x [$b], contracting_dims = [$l] x [3]
        : (tensor<$hx$exbf16>, tensor<$gx$cx$exbf16>) -> $s
)" + before + softmax +
                        R"(
    %o = stablehlo.dot_general %p, %v, batching_dims = [$b] x [$b], contracting_dims = [$l] x [2]
        : ($p, tensor<$gx$cx$exbf16>) -> tensor<$hx$exbf16>
    return %o : tensor<$hx$exbf16>
})",
                    {{"$s", scores},
                     {"$p", "tensor<" + head + "x" + context + "xbf16>"},
                     {"$r", "tensor<" + head + "xf32>"},
                     {"$b", batching},
                     {"$d", all},
                     {"$l", std::to_string(dims)},
                     {"$h", head},
                     {"$g", batch},
                     {"$c", context},
                     {"$e", headDim}});
}

const char *unmasked = R"(
    %s = stablehlo.add %s0, %s0 : $s
)";

/// Positions of queries and keys, compared.
std::string causal(const std::string &queries, unsigned queryDim) {
  return substitute(R"(
    %i = stablehlo.iota dim = 0 : tensor<$n>
    %j = stablehlo.iota dim = 1 : tensor<$n>
    %before = stablehlo.compare GE, %i, %j : (tensor<$n>, tensor<$n>) -> tensor<$m>
    %keep = stablehlo.broadcast_in_dim %before, dims = [$i, $l] : (tensor<$m>) -> $k
    %ninf = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %ninfs = stablehlo.broadcast_in_dim %ninf, dims = [] : (tensor<f32>) -> $s
    %s = stablehlo.select %keep, %s0, %ninfs : $k, $s
)",
                    {{"$n", queries + "x$cxi32"},
                     {"$m", queries + "x$cxi1"},
                     {"$i", std::to_string(queryDim)},
                     {"$k", "tensor<$hx$cxi1>"}});
}

} // namespace

// One new row per sequence: four query heads to each of eight of keys.
TEST(AttentionShapes, DecodeOfGroups) {
  auto shape = only<AttentionShape>(
      attention("%q: tensor<32x8x4x128xbf16>, %k: tensor<32x8x2048x128xbf16>, "
                "%v: tensor<32x8x2048x128xbf16>",
                "", "32x8", "4", 3, "2048", "128", unmasked));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->batch, 32);
  EXPECT_EQ(shape->queries, 1);
  EXPECT_EQ(shape->context, 2048);
  EXPECT_EQ(shape->queryHeads, 32);
  EXPECT_EQ(shape->kvHeads, 8);
  EXPECT_EQ(shape->headDim, 128);
  EXPECT_FALSE(shape->isCausal);
  EXPECT_EQ(shape->type, ElementType::BF16);
  EXPECT_EQ(shape->kvBytes, 2);
}

// The same where the graph repeats keys and values for the heads that share
// them: 8 heads of keys are in memory, 32 are multiplied.
TEST(AttentionShapes, DecodeOfRepeatedHeads) {
  auto shape = only<AttentionShape>(
      attention("%q: tensor<4x32x1x128xbf16>, %k0: tensor<4x8x2048x128xbf16>, "
                "%v0: tensor<4x8x2048x128xbf16>",
                R"(
    %k1 = stablehlo.broadcast_in_dim %k0, dims = [0, 1, 3, 4]
        : (tensor<4x8x2048x128xbf16>) -> tensor<4x8x4x2048x128xbf16>
    %k = stablehlo.reshape %k1 : (tensor<4x8x4x2048x128xbf16>) -> tensor<4x32x2048x128xbf16>
    %v1 = stablehlo.broadcast_in_dim %v0, dims = [0, 1, 3, 4]
        : (tensor<4x8x2048x128xbf16>) -> tensor<4x8x4x2048x128xbf16>
    %v = stablehlo.reshape %v1 : (tensor<4x8x4x2048x128xbf16>) -> tensor<4x32x2048x128xbf16>
  )",
                "4x32", "1", 3, "2048", "128", unmasked));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->batch, 4);
  EXPECT_EQ(shape->queries, 1);
  EXPECT_EQ(shape->queryHeads, 32);
  EXPECT_EQ(shape->kvHeads, 8);
}

// Keys and values of 8 bits that are converted where they are used.
TEST(AttentionShapes, NarrowCache) {
  auto shape = only<AttentionShape>(attention(
      "%q: tensor<4x8x1x128xbf16>, %k0: tensor<4x8x2048x128xf8E4M3FN>, "
      "%v0: tensor<4x8x2048x128xf8E4M3FN>",
      R"(
    %k = stablehlo.convert %k0 : (tensor<4x8x2048x128xf8E4M3FN>) -> tensor<4x8x2048x128xbf16>
    %v = stablehlo.convert %v0 : (tensor<4x8x2048x128xf8E4M3FN>) -> tensor<4x8x2048x128xbf16>
  )",
      "4x8", "1", 3, "2048", "128", unmasked));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->kvBytes, 1);
  EXPECT_EQ(shape->type, ElementType::BF16);
}

TEST(AttentionShapes, CausalPrompt) {
  auto shape = only<AttentionShape>(
      attention("%q: tensor<2x8x4x512x64xbf16>, %k: tensor<2x8x512x64xbf16>, "
                "%v: tensor<2x8x512x64xbf16>",
                "", "2x8", "4x512", 4, "512", "64", causal("512", 3)));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->batch, 2);
  EXPECT_EQ(shape->queries, 512);
  EXPECT_EQ(shape->context, 512);
  EXPECT_EQ(shape->queryHeads, 32);
  EXPECT_EQ(shape->kvHeads, 8);
  EXPECT_EQ(shape->headDim, 64);
  EXPECT_TRUE(shape->isCausal);
}

// An image has no order, and queries of another sequence have another number.
TEST(AttentionShapes, PromptsWithoutAMask) {
  auto shape = only<AttentionShape>(
      attention("%q: tensor<2x12x197x64xbf16>, %k: tensor<2x12x197x64xbf16>, "
                "%v: tensor<2x12x197x64xbf16>",
                "", "2x12", "197", 3, "197", "64", unmasked));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->queries, 197);
  EXPECT_EQ(shape->queryHeads, 12);
  EXPECT_EQ(shape->kvHeads, 12);
  EXPECT_FALSE(shape->isCausal);

  shape = only<AttentionShape>(
      attention("%q: tensor<2x12x100x64xbf16>, %k: tensor<2x12x920x64xbf16>, "
                "%v: tensor<2x12x920x64xbf16>",
                "", "2x12", "100", 3, "920", "64", unmasked));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->queries, 100);
  EXPECT_EQ(shape->context, 920);
  EXPECT_FALSE(shape->isCausal);
}

// As a compiler has it, scores and values are two products.
TEST(AttentionShapes, NotWithoutFusion) {
  std::string text =
      attention("%q: tensor<32x8x4x128xbf16>, %k: tensor<32x8x2048x128xbf16>, "
                "%v: tensor<32x8x2048x128xbf16>",
                "", "32x8", "4", 3, "2048", "128", unmasked);
  EXPECT_FALSE(hasAny<AttentionShape>(text, Fusion::Compiler));
  EXPECT_TRUE(hasAny<GemmShape>(text, Fusion::Compiler));
}

//===----------------------------------------------------------------------===//
// Latent attention
//===----------------------------------------------------------------------===//

namespace {

/// Two products make the scores of 128 heads, of the latent part and of the
/// rotated part of a row of the cache; the latent part is the values, too.
std::string latentAttention(const std::string &arguments,
                            const std::string &before,
                            const std::string &rope) {
  return substitute("func.func @main(" + arguments +
                        ") -> tensor<4x128x512xbf16> {\n" + before + R"(
    %s1 = stablehlo.dot_general %q, %c, batching_dims = [0] x [0], contracting_dims = [2] x [2]
        : (tensor<4x128x512xbf16>, tensor<4x4096x512xbf16>) -> $s
)" + rope + softmax +
                        R"(
    %o = stablehlo.dot_general %p, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1]
        : ($p, tensor<4x4096x512xbf16>) -> tensor<4x128x512xbf16>
    return %o : tensor<4x128x512xbf16>
})",
                    {{"$s", "tensor<4x128x4096xf32>"},
                     {"$p", "tensor<4x128x4096xbf16>"},
                     {"$r", "tensor<4x128xf32>"},
                     {"$d", "0, 1"},
                     {"$l", "2"}});
}

const char *rotatedPart = R"(
    %s2 = stablehlo.dot_general %qr, %kr, batching_dims = [0] x [0], contracting_dims = [2] x [2]
        : (tensor<4x128x64xbf16>, tensor<4x4096x64xbf16>) -> tensor<4x128x4096xf32>
    %s = stablehlo.add %s1, %s2 : tensor<4x128x4096xf32>
)";

void expectLatent(const std::optional<LatentAttentionShape> &shape) {
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->batch, 4);
  EXPECT_EQ(shape->context, 4096);
  EXPECT_EQ(shape->heads, 128);
  EXPECT_EQ(shape->latent, 512);
  EXPECT_EQ(shape->rope, 64);
  EXPECT_EQ(shape->kvBytes, 2);
}

} // namespace

TEST(LatentAttentionShapes, TwoProductsMakeTheScores) {
  expectLatent(only<LatentAttentionShape>(latentAttention(
      "%q: tensor<4x128x512xbf16>, %qr: tensor<4x128x64xbf16>, "
      "%c0: tensor<4x4096x512xbf16>, %kr: tensor<4x4096x64xbf16>",
      R"(
    %c = stablehlo.reshape %c0 : (tensor<4x4096x512xbf16>) -> tensor<4x4096x512xbf16>
    %v = stablehlo.reshape %c0 : (tensor<4x4096x512xbf16>) -> tensor<4x4096x512xbf16>
  )",
      rotatedPart)));
}

// A cache of whole rows, of which the first 512 elements are the values.
TEST(LatentAttentionShapes, ValuesAreAPartOfTheRows) {
  expectLatent(only<LatentAttentionShape>(substitute(
      R"(func.func @main(%q: tensor<4x128x576xbf16>, %c: tensor<4x4096x576xbf16>) -> tensor<4x128x512xbf16> {
    %v = stablehlo.slice %c [0:4, 0:4096, 0:512] : (tensor<4x4096x576xbf16>) -> tensor<4x4096x512xbf16>
    %s0 = stablehlo.dot_general %q, %c, batching_dims = [0] x [0], contracting_dims = [2] x [2]
        : (tensor<4x128x576xbf16>, tensor<4x4096x576xbf16>) -> $s
    %s = stablehlo.add %s0, %s0 : $s
)" + std::string(softmax) +
          R"(
    %o = stablehlo.dot_general %p, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1]
        : ($p, tensor<4x4096x512xbf16>) -> tensor<4x128x512xbf16>
    return %o : tensor<4x128x512xbf16>
})",
      {{"$s", "tensor<4x128x4096xf32>"},
       {"$p", "tensor<4x128x4096xbf16>"},
       {"$r", "tensor<4x128xf32>"},
       {"$d", "0, 1"},
       {"$l", "2"}})));
}

namespace {

/// `$n` rows of 16 heads of a sequence against its rows of the cache.
std::string latentPrompt(const std::string &rows, const std::string &arguments,
                         const std::string &mask) {
  return substitute(
      R"(func.func @main(%q: tensor<4x$nx16x576xbf16>, %c: tensor<4x4096x576xbf16>)" +
          arguments + R"() -> tensor<4x$nx16x512xbf16> {
    %v = stablehlo.slice %c [0:4, 0:4096, 0:512] : (tensor<4x4096x576xbf16>) -> tensor<4x4096x512xbf16>
    %s0 = stablehlo.dot_general %q, %c, batching_dims = [0] x [0], contracting_dims = [3] x [2]
        : (tensor<4x$nx16x576xbf16>, tensor<4x4096x576xbf16>) -> $s
)" + mask +
          std::string(softmax) +
          R"(
    %o = stablehlo.dot_general %p, %v, batching_dims = [0] x [0], contracting_dims = [3] x [1]
        : ($p, tensor<4x4096x512xbf16>) -> tensor<4x$nx16x512xbf16>
    return %o : tensor<4x$nx16x512xbf16>
})",
      {{"$s", "tensor<4x$nx16x4096xf32>"},
       {"$p", "tensor<4x$nx16x4096xbf16>"},
       {"$r", "tensor<4x$nx16xf32>"},
       {"$d", "0, 1, 2"},
       {"$l", "3"},
       {"$n", rows}});
}

} // namespace

// Several rows of a sequence: without a mask those that are no heads, be they
// few or many.
TEST(LatentAttentionShapes, SeveralRows) {
  const char *unmasked = "    %s = stablehlo.add %s0, %s0 : $s\n";
  for (const char *rows : {"3", "1024"}) {
    auto shape = only<LatentAttentionShape>(latentPrompt(rows, "", unmasked));
    ASSERT_TRUE(shape);
    EXPECT_EQ(shape->batch, 4);
    EXPECT_EQ(shape->queries, std::stod(rows));
    EXPECT_EQ(shape->heads, 16);
    EXPECT_EQ(shape->context, 4096);
    EXPECT_FALSE(shape->isCausal);
    EXPECT_TRUE(shape->isAbsorbed);
  }
  // A mask says which ones they are.
  auto shape = only<LatentAttentionShape>(
      latentPrompt("64", ", %m: tensor<64x4096xf32>", R"(
    %b = stablehlo.broadcast_in_dim %m, dims = [1, 3] : (tensor<64x4096xf32>) -> $s
    %s = stablehlo.add %s0, %b : $s
)"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->queries, 64);
  EXPECT_EQ(shape->heads, 16);
  EXPECT_TRUE(shape->isCausal);
}

// Values of their own beside two products for the scores: no kernel is measured
// that does this.
TEST(LatentAttentionShapes, NotWithValuesOfTheirOwn) {
  std::string text = latentAttention(
      "%q: tensor<4x128x512xbf16>, %qr: tensor<4x128x64xbf16>, "
      "%c: tensor<4x4096x512xbf16>, %kr: tensor<4x4096x64xbf16>, "
      "%v: tensor<4x4096x512xbf16>",
      "", rotatedPart);
  EXPECT_FALSE(hasAny<LatentAttentionShape>(text));
  EXPECT_FALSE(hasAny<AttentionShape>(text));
}

// Keys of 192 and values of 128 elements from one value, expanded for each
// head: these are no latent rows, but heads as any.
TEST(LatentAttentionShapes, NotOfExpandedHeads) {
  std::string text = substitute(
      R"(func.func @main(%q: tensor<16x32x192xbf16>, %kv: tensor<16x32x256xbf16>, %r: tensor<16x32x64xbf16>) -> tensor<16x32x128xbf16> {
    %kn = stablehlo.slice %kv [0:16, 0:32, 0:128] : (tensor<16x32x256xbf16>) -> tensor<16x32x128xbf16>
    %v = stablehlo.slice %kv [0:16, 0:32, 128:256] : (tensor<16x32x256xbf16>) -> tensor<16x32x128xbf16>
    %k = stablehlo.concatenate %kn, %r, dim = 2
        : (tensor<16x32x128xbf16>, tensor<16x32x64xbf16>) -> tensor<16x32x192xbf16>
    %s0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2]
        : (tensor<16x32x192xbf16>, tensor<16x32x192xbf16>) -> $s
    %s = stablehlo.add %s0, %s0 : $s
)" + std::string(softmax) +
          R"(
    %o = stablehlo.dot_general %p, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1]
        : ($p, tensor<16x32x128xbf16>) -> tensor<16x32x128xbf16>
    return %o : tensor<16x32x128xbf16>
})",
      {{"$s", "tensor<16x32x32xf32>"},
       {"$p", "tensor<16x32x32xbf16>"},
       {"$r", "tensor<16x32xf32>"},
       {"$d", "0, 1"},
       {"$l", "2"}});
  EXPECT_FALSE(hasAny<LatentAttentionShape>(text));
  auto shape = only<AttentionShape>(text);
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->queries, 32);
  EXPECT_EQ(shape->headDim, 192);
}

//===----------------------------------------------------------------------===//
// Collectives
//===----------------------------------------------------------------------===//

namespace {

std::string gather(const std::string &groups) {
  return function("(%a: tensor<8x4xbf16>) -> tensor<8x16xbf16>", R"(
    %0 = "stablehlo.all_gather"(%a) <{all_gather_dim = 1 : i64, replica_groups = )" +
                                                                     groups +
                                                                     R"(}>
        : (tensor<8x4xbf16>) -> tensor<8x16xbf16>
    return %0 : tensor<8x16xbf16>
  )");
}

} // namespace

// A31: what an all-gather ends with, and what the others start from.
TEST(CollectiveShapes, BufferOfARank) {
  auto shape =
      only<CollectiveShape>(gather("dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->kind, CollectiveKind::AllGather);
  EXPECT_EQ(shape->ranks, 4);
  EXPECT_EQ(shape->bytes, 8 * 16 * 2);

  shape = only<CollectiveShape>(
      function("(%a: tensor<8x16xbf16>) -> tensor<2x16xbf16>", R"(
    %0 = "stablehlo.reduce_scatter"(%a) <{scatter_dimension = 0 : i64,
        replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}> ({
      ^bb0(%x: tensor<bf16>, %y: tensor<bf16>):
        %c = stablehlo.add %x, %y : tensor<bf16>
        stablehlo.return %c : tensor<bf16>
    }) : (tensor<8x16xbf16>) -> tensor<2x16xbf16>
    return %0 : tensor<2x16xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->kind, CollectiveKind::ReduceScatter);
  EXPECT_EQ(shape->bytes, 8 * 16 * 2);
}

// No ranks where groups are not known, which are unknown times; none alone.
TEST(CollectiveShapes, OfUnknownGroupsAndAlone) {
  for (const char *groups : {"dense<> : tensor<0x0xi64>",
                             "dense<[[0, 1], [2, -1]]> : tensor<2x2xi64>"}) {
    auto shape = only<CollectiveShape>(gather(groups));
    ASSERT_TRUE(shape);
    EXPECT_EQ(shape->ranks, 0);
  }
  EXPECT_FALSE(
      hasAny<CollectiveShape>(gather("dense<[[0], [1]]> : tensor<2x1xi64>")));
}

//===----------------------------------------------------------------------===//
// Streaming kernels
//===----------------------------------------------------------------------===//

TEST(StreamingShapes, Elementwise) {
  auto shape = only<StreamingShape>(
      function("(%a: tensor<64x4096xbf16>) -> tensor<64x4096xbf16>", R"(
    %0 = stablehlo.add %a, %a : tensor<64x4096xbf16>
    return %0 : tensor<64x4096xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->kind, StreamingKind::Elementwise);
  EXPECT_EQ(shape->bytes, 2 * 64 * 4096 * 2);
  // Any thread may take any element.
  EXPECT_EQ(shape->rows, 1);
  EXPECT_EQ(shape->columns, 64 * 4096);
}

TEST(StreamingShapes, Activation) {
  auto shape = only<StreamingShape>(
      function("(%a: tensor<64x4096xbf16>) -> tensor<64x4096xbf16>", R"(
    %0 = stablehlo.logistic %a : tensor<64x4096xbf16>
    %1 = stablehlo.multiply %a, %0 : tensor<64x4096xbf16>
    return %1 : tensor<64x4096xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->kind, StreamingKind::Activation);
  EXPECT_EQ(shape->bytes, 2 * 64 * 4096 * 2);
}

TEST(StreamingShapes, Softmax) {
  auto shape = only<StreamingShape>(
      substitute("func.func @main(%s: $s) -> $p {\n" + std::string(softmax) +
                     "    return %p : $p\n}",
                 {{"$s", "tensor<16x32x1000xf32>"},
                  {"$p", "tensor<16x32x1000xbf16>"},
                  {"$r", "tensor<16x32xf32>"},
                  {"$d", "0, 1"},
                  {"$l", "2"}}));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->kind, StreamingKind::Softmax);
  EXPECT_EQ(shape->rows, 16 * 32);
  EXPECT_EQ(shape->columns, 1000);
}

// Of a table as many rows are read as are gathered: it is not what is walked
// over.
TEST(StreamingShapes, Gather) {
  auto shape = only<StreamingShape>(
      function("(%t: tensor<50000x1024xbf16>, %i: tensor<64x1xi32>) -> "
               "tensor<64x1024xbf16>",
               R"(
    %0 = "stablehlo.gather"(%t, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1],
        collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>,
        slice_sizes = array<i64: 1, 1024>}> : (tensor<50000x1024xbf16>, tensor<64x1xi32>) -> tensor<64x1024xbf16>
    return %0 : tensor<64x1024xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->kind, StreamingKind::Gather);
  EXPECT_EQ(shape->bytes, 2 * 64 * 1024 * 2 + 64 * 4);
  EXPECT_EQ(shape->streamedBytes, 0);
  EXPECT_EQ(shape->rows * shape->columns, 64 * 1024);
}

// What is done with the rows that a kernel gathers is streamed: here 16 copies
// of 64 x 1024 elements are written, where the gather alone reads and writes
// one (and 64 numbers of rows).
TEST(StreamingShapes, GatherAndMore) {
  auto shape = only<StreamingShape>(
      function("(%t: tensor<50000x1024xbf16>, %i: tensor<64x1xi32>) -> "
               "tensor<16x64x1024xbf16>",
               R"(
    %0 = "stablehlo.gather"(%t, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1],
        collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>,
        slice_sizes = array<i64: 1, 1024>}> : (tensor<50000x1024xbf16>, tensor<64x1xi32>) -> tensor<64x1024xbf16>
    %1 = stablehlo.broadcast_in_dim %0, dims = [1, 2] : (tensor<64x1024xbf16>) -> tensor<16x64x1024xbf16>
    return %1 : tensor<16x64x1024xbf16>
  )"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->kind, StreamingKind::Gather);
  EXPECT_EQ(shape->bytes, 17 * 64 * 1024 * 2 + 64 * 4);
  EXPECT_EQ(shape->streamedBytes, 15 * 64 * 1024 * 2);
}

// A scatter to one address is an update of a slice.
TEST(StreamingShapes, OneAddress) {
  for (const ShapedKernel &kernel :
       shapesOf(function("(%b: tensor<512x1024xf32>, %i: tensor<2xi32>, "
                         "%u: tensor<510x1024xf32>) -> tensor<512x1024xf32>",
                         R"(
    %0 = "stablehlo.scatter"(%b, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<
        update_window_dims = [0, 1], scatter_dims_to_operand_dims = [0, 1]>}> ({
      ^bb0(%x: tensor<f32>, %y: tensor<f32>):
        stablehlo.return %y : tensor<f32>
    }) : (tensor<512x1024xf32>, tensor<2xi32>, tensor<510x1024xf32>) -> tensor<512x1024xf32>
    return %0 : tensor<512x1024xf32>
  )"),
                Fusion::Library)) {
    ASSERT_TRUE(kernel.shape) << kernel.name;
    const auto &shape = std::get<StreamingShape>(*kernel.shape);
    if (shape.kind == StreamingKind::Gather) {
      EXPECT_EQ(shape.streamedBytes, shape.bytes);
    }
  }
}

TEST(StreamingShapes, NotOfSortsAndUnknownCalls) {
  for (const ShapedKernel &kernel :
       shapesOf(function("(%a: tensor<4096xf32>) -> tensor<4096xf32>", R"(
    %0 = "stablehlo.sort"(%a) <{dimension = 0 : i64, is_stable = false}> ({
      ^bb0(%x: tensor<f32>, %y: tensor<f32>):
        %c = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
        stablehlo.return %c : tensor<i1>
    }) : (tensor<4096xf32>) -> tensor<4096xf32>
    %1 = stablehlo.custom_call @nobody_knows(%0) : (tensor<4096xf32>) -> tensor<4096xf32>
    return %1 : tensor<4096xf32>
  )"),
                Fusion::Library))
    EXPECT_FALSE(kernel.shape) << kernel.name;
}
