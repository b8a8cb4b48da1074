//===- AttentionMaskTest.cpp - Which keys the queries of an attention see -===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Masks in every spelling that graphs use, and what is nearly one. Of n queries
// and n keys, n (n + 1) / 2 pairs are seen where a query sees no later key.
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// The only attention of `main`; absent, and a failed expectation, where there
/// is none or another one, too.
std::optional<AttentionShape> only(const std::string &text) {
  std::optional<AttentionShape> found;
  for (const ShapedKernel &kernel : shapesOf(text, Fusion::Library)) {
    const auto *shape =
        kernel.shape ? std::get_if<AttentionShape>(&*kernel.shape) : nullptr;
    if (!shape)
      continue;
    EXPECT_FALSE(found) << kernel.name << " is another one";
    found = *shape;
  }
  EXPECT_TRUE(found) << text;
  return found;
}

/// Attention of two sequences with eight heads each of `queries` new rows and
/// `context` keys. `mask` comes between the scores `%s0` and the softmax of
/// `%s`, both of type `$s`; `$m` is one matrix of scores, without its type.
std::string attention(unsigned queries, unsigned context,
                      const std::string &mask,
                      const std::string &arguments = "") {
  std::string rows = "2x8x" + std::to_string(queries);
  std::string matrix = std::to_string(queries) + "x" + std::to_string(context);
  return substitute("func.func @main(%q: tensor<$rx64xbf16>, %k: "
                    "tensor<2x8x$cx64xbf16>, %v: tensor<2x8x$cx64xbf16>" +
                        arguments + ") -> tensor<$rx64xbf16> {" + R"(
    %s0 = stablehlo.dot_general %q, %k, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3]
        : (tensor<$rx64xbf16>, tensor<2x8x$cx64xbf16>) -> $s
)" + mask + R"(
    %zero = stablehlo.constant dense<0.0> : tensor<f32>
    %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %max = stablehlo.reduce(%s init: %low) applies stablehlo.maximum across dimensions = [3]
        : ($s, tensor<f32>) -> tensor<$rxf32>
    %maxes = stablehlo.broadcast_in_dim %max, dims = [0, 1, 2] : (tensor<$rxf32>) -> $s
    %shifted = stablehlo.subtract %s, %maxes : $s
    %exp = stablehlo.exponential %shifted : $s
    %sum = stablehlo.reduce(%exp init: %zero) applies stablehlo.add across dimensions = [3]
        : ($s, tensor<f32>) -> tensor<$rxf32>
    %sums = stablehlo.broadcast_in_dim %sum, dims = [0, 1, 2] : (tensor<$rxf32>) -> $s
    %p32 = stablehlo.divide %exp, %sums : $s
    %p = stablehlo.convert %p32 : ($s) -> tensor<2x8x$mxbf16>
    %o = stablehlo.dot_general %p, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2]
        : (tensor<2x8x$mxbf16>, tensor<2x8x$cx64xbf16>) -> tensor<$rx64xbf16>
    return %o : tensor<$rx64xbf16>
})",
                    {{"$s", "tensor<2x8x$mxf32>"},
                     {"$r", rows},
                     {"$m", matrix},
                     {"$c", std::to_string(context)}});
}

/// Positions of queries `%i` and keys `%j`, and `%keep` from them by `rule`.
std::string byPositions(const std::string &rule) {
  return R"(
    %i = stablehlo.iota dim = 0 : tensor<$mxi32>
    %j = stablehlo.iota dim = 1 : tensor<$mxi32>
)" + rule;
}

/// Scores where `%keep`, a truth for each pair, holds; minus infinity
/// elsewhere.
const char *keepOnly = R"(
    %kept = stablehlo.broadcast_in_dim %keep, dims = [2, 3] : (tensor<$mxi1>) -> tensor<2x8x$mxi1>
    %ninf = stablehlo.constant dense<0xFF800000> : $s
    %s = stablehlo.select %kept, %s0, %ninf : tensor<2x8x$mxi1>, $s
)";

const char *causalRule = R"(
    %keep = stablehlo.compare GE, %i, %j : (tensor<$mxi32>, tensor<$mxi32>) -> tensor<$mxi1>
)";

/// `%keep` where `%j` is `direction` `%i` plus a number.
std::string compared(const std::string &direction, int offset,
                     const std::string &result = "%keep") {
  return substitute(
      R"(
    $r_c = stablehlo.constant dense<$o> : tensor<$mxi32>
    $r_i = stablehlo.add %i, $r_c : tensor<$mxi32>
    $r = stablehlo.compare $d, %j, $r_i : (tensor<$mxi32>, tensor<$mxi32>) -> tensor<$mxi1>
)",
      {{"$r", result}, {"$d", direction}, {"$o", std::to_string(offset)}});
}

constexpr double half(double rows) { return rows * (rows + 1) / 2; }

void expectCausal(const std::string &text, double queries, double pairs) {
  std::optional<AttentionShape> shape = only(text);
  ASSERT_TRUE(shape);
  EXPECT_TRUE(shape->isCausal);
  EXPECT_TRUE(shape->isMaskKnown);
  EXPECT_EQ(shape->queries, queries);
  EXPECT_EQ(shape->window, 0);
  EXPECT_EQ(shape->seenPairs, pairs);
}

/// Nothing is told that kernels could leave out.
void expectFull(const std::string &text) {
  std::optional<AttentionShape> shape = only(text);
  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->isCausal) << text;
  EXPECT_EQ(shape->window, 0);
  EXPECT_EQ(shape->seenPairs, 0);
}

} // namespace

//===----------------------------------------------------------------------===//
// Causal masks
//===----------------------------------------------------------------------===//

TEST(AttentionMask, CausalByComparison) {
  expectCausal(attention(128, 128, byPositions(causalRule) + keepOnly), 128,
               half(128));
  expectCausal(attention(128, 128, byPositions(compared("LE", 0)) + keepOnly),
               128, half(128));
  expectCausal(attention(128, 128, byPositions(compared("LT", 1)) + keepOnly),
               128, half(128));
  // A query that does not see its own key: one pair less for each.
  expectCausal(attention(128, 128, byPositions(compared("LT", 0)) + keepOnly),
               128, half(128) - 128);
}

// What is hidden where the truth holds, and the other way round.
TEST(AttentionMask, CausalByNegation) {
  expectCausal(attention(128, 128, byPositions(R"(
    %hide = stablehlo.compare GT, %j, %i : (tensor<$mxi32>, tensor<$mxi32>) -> tensor<$mxi1>
    %hidden = stablehlo.broadcast_in_dim %hide, dims = [2, 3] : (tensor<$mxi1>) -> tensor<2x8x$mxi1>
    %ninf = stablehlo.constant dense<-1.0e+9> : $s
    %s = stablehlo.select %hidden, %ninf, %s0 : tensor<2x8x$mxi1>, $s
)")),
               128, half(128));
  expectCausal(attention(128, 128, byPositions(R"(
    %hide = stablehlo.compare GT, %j, %i : (tensor<$mxi32>, tensor<$mxi32>) -> tensor<$mxi1>
    %keep = stablehlo.not %hide : tensor<$mxi1>
)") + keepOnly),
               128, half(128));
}

// Added: 0 where a key is seen. Numbers of graphs in half precision are small.
TEST(AttentionMask, CausalByAddition) {
  for (const char *low :
       {"0xFF800000", "-3.40282347E+38", "-1.0e+9", "-9984.0"})
    expectCausal(
        attention(128, 128,
                  byPositions(causalRule) + substitute(R"(
    %none = stablehlo.constant dense<0.0> : tensor<$mxf32>
    %lows = stablehlo.constant dense<$low> : tensor<$mxf32>
    %bias = stablehlo.select %keep, %none, %lows : tensor<$mxi1>, tensor<$mxf32>
    %biases = stablehlo.broadcast_in_dim %bias, dims = [2, 3] : (tensor<$mxf32>) -> $s
    %s = stablehlo.add %s0, %biases : $s
)",
                                                       {{"$low", low}})),
        128, half(128));
  // (1 - mask) times a large number.
  expectCausal(attention(128, 128, byPositions(causalRule) + R"(
    %number = stablehlo.convert %keep : (tensor<$mxi1>) -> tensor<$mxf32>
    %one = stablehlo.constant dense<1.0> : tensor<$mxf32>
    %rest = stablehlo.subtract %one, %number : tensor<$mxf32>
    %large = stablehlo.constant dense<-1.0e+4> : tensor<$mxf32>
    %bias = stablehlo.multiply %rest, %large : tensor<$mxf32>
    %biases = stablehlo.broadcast_in_dim %bias, dims = [2, 3] : (tensor<$mxf32>) -> $s
    %s = stablehlo.add %s0, %biases : $s
)"),
               128, half(128));
}

// A number that hides nothing: the softmax of what is 4 less is a fiftieth.
TEST(AttentionMask, SmallNumbersHideNothing) {
  expectFull(attention(128, 128, byPositions(causalRule) + R"(
    %none = stablehlo.constant dense<0.0> : tensor<$mxf32>
    %lows = stablehlo.constant dense<-4.0> : tensor<$mxf32>
    %bias = stablehlo.select %keep, %none, %lows : tensor<$mxi1>, tensor<$mxf32>
    %biases = stablehlo.broadcast_in_dim %bias, dims = [2, 3] : (tensor<$mxf32>) -> $s
    %s = stablehlo.add %s0, %biases : $s
)"));
}

// A part of a larger mask, put into the graph once for all lengths.
TEST(AttentionMask, CausalBySlices) {
  const char *whole = R"(
    %at = stablehlo.iota dim = 0 : tensor<1024xi32>
    %r = stablehlo.broadcast_in_dim %at, dims = [0] : (tensor<1024xi32>) -> tensor<1024x1024xi32>
    %c = stablehlo.broadcast_in_dim %at, dims = [1] : (tensor<1024xi32>) -> tensor<1024x1024xi32>
    %all = stablehlo.compare GE, %r, %c : (tensor<1024x1024xi32>, tensor<1024x1024xi32>) -> tensor<1024x1024xi1>
)";
  expectCausal(attention(128, 128, std::string(whole) + R"(
    %keep = stablehlo.slice %all [0:128, 0:128] : (tensor<1024x1024xi1>) -> tensor<128x128xi1>
)" + keepOnly),
               128, half(128));
  expectCausal(attention(128, 128, std::string(whole) + R"(
    %first = stablehlo.constant dense<0> : tensor<i32>
    %keep = stablehlo.dynamic_slice %all, %first, %first, sizes = [128, 128]
        : (tensor<1024x1024xi1>, tensor<i32>, tensor<i32>) -> tensor<128x128xi1>
)" + keepOnly),
               128, half(128));
  // Rows 128 to 255 of 256: 128 x 128 pairs before them.
  expectCausal(attention(128, 256, std::string(whole) + R"(
    %keep = stablehlo.slice %all [128:256, 0:256] : (tensor<1024x1024xi1>) -> tensor<128x256xi1>
)" + keepOnly),
               128, 128 * 128 + half(128));
}

TEST(AttentionMask, CausalByConstants) {
  // Four rows are queries because the mask tells them apart.
  expectCausal(attention(4, 4, R"(
    %keep = stablehlo.constant dense<[[true, false, false, false], [true, true, false, false],
      [true, true, true, false], [true, true, true, true]]> : tensor<4x4xi1>
)" + std::string(keepOnly)),
               4, half(4));
  expectCausal(attention(4, 4, R"(
    %bias = stablehlo.constant dense<[[0.0, -1.0e9, -1.0e9, -1.0e9], [0.0, 0.0, -1.0e9, -1.0e9],
      [0.0, 0.0, 0.0, -1.0e9], [0.0, 0.0, 0.0, 0.0]]> : tensor<4x4xf32>
    %biases = stablehlo.broadcast_in_dim %bias, dims = [2, 3] : (tensor<4x4xf32>) -> $s
    %s = stablehlo.add %s0, %biases : $s
)"),
               4, half(4));
  // Positions that are written out.
  expectCausal(attention(4, 4, R"(
    %n = stablehlo.constant dense<[0, 1, 2, 3]> : tensor<4xi64>
    %i = stablehlo.broadcast_in_dim %n, dims = [0] : (tensor<4xi64>) -> tensor<4x4xi64>
    %j = stablehlo.broadcast_in_dim %n, dims = [1] : (tensor<4xi64>) -> tensor<4x4xi64>
    %keep = stablehlo.compare LE, %j, %i : (tensor<4x4xi64>, tensor<4x4xi64>) -> tensor<4x4xi1>
)" + std::string(keepOnly)),
               4, half(4));
  // One that is no triangle, by a single pair: it is as good as data.
  std::optional<AttentionShape> shape = only(attention(4, 4, R"(
    %keep = stablehlo.constant dense<[[true, false, true, false], [true, true, false, false],
      [true, true, true, false], [true, true, true, true]]> : tensor<4x4xi1>
)" + std::string(keepOnly)));
  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->isMaskKnown);
  EXPECT_EQ(shape->seenPairs, 0);
}

// Rows of heads of one group, joined with those of the sequence.
TEST(AttentionMask, CausalOfGroups) {
  std::optional<AttentionShape> shape = only(R"(
func.func @main(%q: tensor<2x512x64xbf16>, %k: tensor<2x128x64xbf16>, %v: tensor<2x128x64xbf16>) -> tensor<2x512x64xbf16> {
    %s0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2]
        : (tensor<2x512x64xbf16>, tensor<2x128x64xbf16>) -> tensor<2x512x128xf32>
    %i = stablehlo.iota dim = 0 : tensor<128x128xi32>
    %j = stablehlo.iota dim = 1 : tensor<128x128xi32>
    %keep = stablehlo.compare GE, %i, %j : (tensor<128x128xi32>, tensor<128x128xi32>) -> tensor<128x128xi1>
    %g = stablehlo.broadcast_in_dim %keep, dims = [2, 3] : (tensor<128x128xi1>) -> tensor<2x4x128x128xi1>
    %kept = stablehlo.reshape %g : (tensor<2x4x128x128xi1>) -> tensor<2x512x128xi1>
    %ninf = stablehlo.constant dense<0xFF800000> : tensor<2x512x128xf32>
    %s = stablehlo.select %kept, %s0, %ninf : tensor<2x512x128xi1>, tensor<2x512x128xf32>
    %zero = stablehlo.constant dense<0.0> : tensor<f32>
    %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %max = stablehlo.reduce(%s init: %low) applies stablehlo.maximum across dimensions = [2]
        : (tensor<2x512x128xf32>, tensor<f32>) -> tensor<2x512xf32>
    %maxes = stablehlo.broadcast_in_dim %max, dims = [0, 1] : (tensor<2x512xf32>) -> tensor<2x512x128xf32>
    %shifted = stablehlo.subtract %s, %maxes : tensor<2x512x128xf32>
    %exp = stablehlo.exponential %shifted : tensor<2x512x128xf32>
    %sum = stablehlo.reduce(%exp init: %zero) applies stablehlo.add across dimensions = [2]
        : (tensor<2x512x128xf32>, tensor<f32>) -> tensor<2x512xf32>
    %sums = stablehlo.broadcast_in_dim %sum, dims = [0, 1] : (tensor<2x512xf32>) -> tensor<2x512x128xf32>
    %p32 = stablehlo.divide %exp, %sums : tensor<2x512x128xf32>
    %p = stablehlo.convert %p32 : (tensor<2x512x128xf32>) -> tensor<2x512x128xbf16>
    %o = stablehlo.dot_general %p, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1]
        : (tensor<2x512x128xbf16>, tensor<2x128x64xbf16>) -> tensor<2x512x64xbf16>
    return %o : tensor<2x512x64xbf16>
})");
  ASSERT_TRUE(shape);
  EXPECT_TRUE(shape->isCausal);
  EXPECT_EQ(shape->queries, 128);
  EXPECT_EQ(shape->queryHeads / shape->kvHeads, 4);
  EXPECT_EQ(shape->seenPairs, half(128));
}

//===----------------------------------------------------------------------===//
// Nearly causal masks
//===----------------------------------------------------------------------===//

// The mask of the other half: kernels have none for it, though its pairs count.
TEST(AttentionMask, ReversedComparison) {
  std::optional<AttentionShape> shape =
      only(attention(128, 128, byPositions(compared("GE", 0)) + keepOnly));
  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->isCausal);
  EXPECT_EQ(shape->seenPairs, half(128));
}

// One key ahead: all but the last of 128 rows see one key more.
TEST(AttentionMask, LooksAhead) {
  std::optional<AttentionShape> shape =
      only(attention(128, 128, byPositions(compared("LE", 1)) + keepOnly));
  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->isCausal);
  EXPECT_EQ(shape->seenPairs, half(128) + 127);
}

// Positions of heads or of sequences are none of queries.
TEST(AttentionMask, OfOtherDimensions) {
  for (const char *dim : {"0", "1"}) {
    std::optional<AttentionShape> shape =
        only(attention(128, 128,
                       substitute(R"(
    %i = stablehlo.iota dim = $dim : tensor<2x8x$mxi32>
    %j = stablehlo.iota dim = 3 : tensor<2x8x$mxi32>
    %keep = stablehlo.compare GE, %i, %j : (tensor<2x8x$mxi32>, tensor<2x8x$mxi32>) -> tensor<2x8x$mxi1>
    %ninf = stablehlo.constant dense<0xFF800000> : $s
    %s = stablehlo.select %keep, %s0, %ninf : tensor<2x8x$mxi1>, $s
)",
                                  {{"$dim", dim}})));
    ASSERT_TRUE(shape);
    EXPECT_FALSE(shape->isCausal);
    EXPECT_EQ(shape->seenPairs, 0);
  }
}

// One of two conditions: what is not told apart is data.
TEST(AttentionMask, CausalOrData) {
  std::optional<AttentionShape> shape =
      only(attention(128, 128, byPositions(compared("LE", 0, "%before")) + R"(
    %keep = stablehlo.or %before, %more : tensor<$mxi1>
)" + keepOnly,
                     ", %more: tensor<$mxi1>"));
  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->isMaskKnown);
  EXPECT_EQ(shape->seenPairs, 0);
}

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

// The last 16 keys: 15 first rows see fewer, 1 + 2 + ... + 15.
TEST(AttentionMask, Window) {
  std::optional<AttentionShape> shape =
      only(attention(128, 128,
                     byPositions(compared("LE", 0, "%before") +
                                 compared("GT", -16, "%near") + R"(
    %keep = stablehlo.and %before, %near : tensor<$mxi1>
)") + keepOnly));
  ASSERT_TRUE(shape);
  EXPECT_TRUE(shape->isCausal);
  EXPECT_TRUE(shape->isMaskKnown);
  EXPECT_EQ(shape->window, 16);
  EXPECT_EQ(shape->seenPairs, half(15) + 113 * 16);
}

// Off by one, as kernels count that do not count the query's own key.
TEST(AttentionMask, WindowOffByOne) {
  std::optional<AttentionShape> shape =
      only(attention(128, 128,
                     byPositions(compared("LE", 0, "%before") +
                                 compared("GE", -16, "%near") + R"(
    %keep = stablehlo.and %before, %near : tensor<$mxi1>
)") + keepOnly));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->window, 17);
}

// On both sides; no kernel for causal attention does it.
TEST(AttentionMask, WindowOnBothSides) {
  std::optional<AttentionShape> shape =
      only(attention(128, 128,
                     byPositions(compared("LT", 16, "%before") +
                                 compared("GT", -16, "%near") + R"(
    %keep = stablehlo.and %before, %near : tensor<$mxi1>
)") + keepOnly));
  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->isCausal);
  EXPECT_EQ(shape->window, 31);
  // 31 each, less what both ends of the sequence cut off.
  EXPECT_EQ(shape->seenPairs, 128 * 31 - 2 * half(15));
}

// A step at a position that the graph is given: the last 128 keys before it,
// of a cache of 1024.
TEST(AttentionMask, WindowOfAStep) {
  std::optional<AttentionShape> shape = only(attention(1, 1024, R"(
    %j = stablehlo.iota dim = 0 : tensor<1024xi32>
    %at = stablehlo.broadcast_in_dim %pos, dims = [] : (tensor<i32>) -> tensor<1024xi32>
    %w = stablehlo.constant dense<128> : tensor<1024xi32>
    %from = stablehlo.subtract %at, %w : tensor<1024xi32>
    %before = stablehlo.compare LE, %j, %at : (tensor<1024xi32>, tensor<1024xi32>) -> tensor<1024xi1>
    %near = stablehlo.compare GT, %j, %from : (tensor<1024xi32>, tensor<1024xi32>) -> tensor<1024xi1>
    %keep = stablehlo.and %before, %near : tensor<1024xi1>
    %kept = stablehlo.broadcast_in_dim %keep, dims = [3] : (tensor<1024xi1>) -> tensor<2x8x$mxi1>
    %ninf = stablehlo.constant dense<0xFF800000> : $s
    %s = stablehlo.select %kept, %s0, %ninf : tensor<2x8x$mxi1>, $s
)",
                                                       ", %pos: tensor<i32>"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->queries, 1);
  EXPECT_EQ(shape->window, 128);
  EXPECT_EQ(shape->seenPairs, 128);
  EXPECT_TRUE(shape->isMaskKnown);
}

//===----------------------------------------------------------------------===//
// Data
//===----------------------------------------------------------------------===//

// Padding hides keys of a whole sequence.
TEST(AttentionMask, Padding) {
  const char *padding = R"(
    %real = stablehlo.broadcast_in_dim %pad, dims = [0, 3] : (tensor<2x$cxi1>) -> tensor<2x8x$mxi1>
)";
  expectFull(attention(128, 128, std::string(padding) + R"(
    %ninf = stablehlo.constant dense<0xFF800000> : $s
    %s = stablehlo.select %real, %s0, %ninf : tensor<2x8x$mxi1>, $s
)",
                       ", %pad: tensor<2x$cxi1>"));
  // Beside a causal mask it takes nothing away from it.
  expectCausal(attention(128, 128, byPositions(causalRule) + padding + R"(
    %kept = stablehlo.broadcast_in_dim %keep, dims = [2, 3] : (tensor<$mxi1>) -> tensor<2x8x$mxi1>
    %both = stablehlo.and %kept, %real : tensor<2x8x$mxi1>
    %ninf = stablehlo.constant dense<0xFF800000> : $s
    %s = stablehlo.select %both, %s0, %ninf : tensor<2x8x$mxi1>, $s
)",
                         ", %pad: tensor<2x$cxi1>"),
               128, half(128));
}

// A72: a mask that the graph is given is taken for causal, and proves nothing.
TEST(AttentionMask, A72GivenMasks) {
  for (const char *mask : {R"(
    %keep = stablehlo.reshape %given : (tensor<1x$mxi1>) -> tensor<$mxi1>
    %kept = stablehlo.broadcast_in_dim %keep, dims = [2, 3] : (tensor<$mxi1>) -> tensor<2x8x$mxi1>
    %ninf = stablehlo.constant dense<0xFF800000> : $s
    %s = stablehlo.select %kept, %s0, %ninf : tensor<2x8x$mxi1>, $s
)",
                           R"(
    %bias = stablehlo.convert %given : (tensor<1x$mxi1>) -> tensor<1x$mxf32>
    %large = stablehlo.constant dense<-1.0e+9> : tensor<1x$mxf32>
    %lows = stablehlo.multiply %bias, %large : tensor<1x$mxf32>
    %row = stablehlo.reshape %lows : (tensor<1x$mxf32>) -> tensor<$mxf32>
    %biases = stablehlo.broadcast_in_dim %row, dims = [2, 3] : (tensor<$mxf32>) -> $s
    %s = stablehlo.add %s0, %biases : $s
)"}) {
    std::optional<AttentionShape> shape =
        only(attention(128, 128, mask, ", %given: tensor<1x$mxi1>"));
    ASSERT_TRUE(shape);
    EXPECT_TRUE(shape->isCausal);
    EXPECT_FALSE(shape->isMaskKnown);
    EXPECT_EQ(shape->seenPairs, 0);
  }
  std::optional<AttentionShape> shape =
      only(attention(128, 128, R"(
    %biases = stablehlo.broadcast_in_dim %given, dims = [2, 3] : (tensor<$mxf32>) -> $s
    %s = stablehlo.add %s0, %biases : $s
)",
                     ", %given: tensor<$mxf32>"));
  ASSERT_TRUE(shape);
  EXPECT_TRUE(shape->isCausal);
  EXPECT_FALSE(shape->isMaskKnown);
  // Constants that were left out of the text are as good as given.
  shape = only(attention(128, 128, R"(
    %keep = stablehlo.constant dense_resource<__elided__> : tensor<$mxi1>
)" + std::string(keepOnly)));
  ASSERT_TRUE(shape);
  EXPECT_TRUE(shape->isCausal);
  EXPECT_FALSE(shape->isMaskKnown);
}

// A72: so are positions. That they differ by row tells rows from heads: these
// are 16 new rows, not 16 heads of a group.
TEST(AttentionMask, A72GivenPositions) {
  std::optional<AttentionShape> shape =
      only(attention(16, 1024, R"(
    %i = stablehlo.broadcast_in_dim %pos, dims = [0] : (tensor<16xi32>) -> tensor<$mxi32>
    %j = stablehlo.iota dim = 1 : tensor<$mxi32>
    %keep = stablehlo.compare LE, %j, %i : (tensor<$mxi32>, tensor<$mxi32>) -> tensor<$mxi1>
)" + std::string(keepOnly),
                     ", %pos: tensor<16xi32>"));
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->queries, 16);
  EXPECT_EQ(shape->queryHeads, 8);
  EXPECT_TRUE(shape->isCausal);
  EXPECT_FALSE(shape->isMaskKnown);
  EXPECT_EQ(shape->seenPairs, 0);
}

// A bias differs by head; no mask does.
TEST(AttentionMask, BiasesAreNoMasks) {
  expectFull(attention(128, 128, R"(
    %biases = stablehlo.broadcast_in_dim %bias, dims = [1, 2, 3] : (tensor<8x$mxf32>) -> $s
    %s = stablehlo.add %s0, %biases : $s
)",
                       ", %bias: tensor<8x$mxf32>"));
}

//===----------------------------------------------------------------------===//
// The ways of masks
//===----------------------------------------------------------------------===//

// JAX prints `where` as a function.
TEST(AttentionMask, ThroughCalls) {
  std::string text = attention(128, 128, byPositions(causalRule) + R"(
    %ninf = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %s = call @_where(%keep, %s0, %ninf) : (tensor<128x128xi1>, tensor<2x8x128x128xf32>, tensor<f32>) -> tensor<2x8x128x128xf32>
)") + R"(
  func.func private @_where(%m: tensor<128x128xi1>, %x: tensor<2x8x128x128xf32>, %y: tensor<f32>) -> tensor<2x8x128x128xf32> {
    %0 = stablehlo.broadcast_in_dim %m, dims = [2, 3] : (tensor<128x128xi1>) -> tensor<2x8x128x128xi1>
    %1 = stablehlo.broadcast_in_dim %y, dims = [] : (tensor<f32>) -> tensor<2x8x128x128xf32>
    %2 = stablehlo.select %0, %x, %1 : tensor<2x8x128x128xi1>, tensor<2x8x128x128xf32>
    return %2 : tensor<2x8x128x128xf32>
  })";
  expectCausal(text, 128, half(128));
}

namespace {

/// Attention of a layer that `main` calls with a mask, `calls` of them.
std::string layers(const std::string &calls) {
  std::string layer = attention(128, 128, keepOnly, ", %keep: tensor<$mxi1>");
  std::string name = "@main";
  layer.replace(layer.find(name), name.size(), "@layer");
  return layer + substitute(R"(
func.func @main(%x: $t, %k: $t, %v: $t, %given: tensor<128x128xi1>) -> $t {
    %i = stablehlo.iota dim = 0 : tensor<128x128xi32>
    %j = stablehlo.iota dim = 1 : tensor<128x128xi32>
    %causal = stablehlo.compare GE, %i, %j : (tensor<128x128xi32>, tensor<128x128xi32>) -> tensor<128x128xi1>
)" + calls + "}",
                            {{"$f", "($t, $t, $t, tensor<128x128xi1>) -> $t"},
                             {"$t", "tensor<2x8x128x64xbf16>"}});
}

} // namespace

TEST(AttentionMask, FromCallers) {
  expectCausal(layers(R"(
    %0 = call @layer(%x, %k, %v, %causal) : $f
    return %0 : $t
)"),
               128, half(128));
  // All pass the same one.
  expectCausal(layers(R"(
    %0 = call @layer(%x, %k, %v, %causal) : $f
    %1 = call @layer(%0, %k, %v, %causal) : $f
    return %1 : $t
)"),
               128, half(128));
  // One of them passes another one.
  std::optional<AttentionShape> shape = only(layers(R"(
    %0 = call @layer(%x, %k, %v, %causal) : $f
    %1 = call @layer(%0, %k, %v, %given) : $f
    return %1 : $t
)"));
  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->isMaskKnown);
  EXPECT_EQ(shape->seenPairs, 0);
}

// A loop over layers hands the mask on.
TEST(AttentionMask, ThroughLoops) {
  const char *loop = R"(
    %n = stablehlo.constant dense<0> : tensor<i32>
    %0:3 = stablehlo.while(%it = %n, %h = %x, %m = %causal) : tensor<i32>, $t, tensor<128x128xi1>
    cond {
      %end = stablehlo.constant dense<4> : tensor<i32>
      %c = stablehlo.compare LT, %it, %end : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %c : tensor<i1>
    } do {
      %y = func.call @layer(%h, %k, %v, %m) : $f
      %step = stablehlo.constant dense<1> : tensor<i32>
      %next = stablehlo.add %it, %step : tensor<i32>
      $other
      stablehlo.return %next, %y, $m : tensor<i32>, $t, tensor<128x128xi1>
    }
    return %0#1 : $t
)";
  expectCausal(layers(substitute(loop, {{"$other", ""}, {"$m", "%m"}})), 128,
               half(128));
  // Another one from the second round on.
  std::optional<AttentionShape> shape = only(layers(substitute(
      loop, {{"$other", "%another = stablehlo.not %m : tensor<128x128xi1>"},
             {"$m", "%another"}})));
  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->isMaskKnown);
}

// Probabilities of a sink, which no value belongs to, are cut off.
TEST(AttentionMask, WithSinks) {
  std::string text = attention(128, 128, byPositions(causalRule) + R"(
    %kept = stablehlo.broadcast_in_dim %keep, dims = [2, 3] : (tensor<$mxi1>) -> tensor<2x8x$mxi1>
    %ninf = stablehlo.constant dense<0xFF800000> : $s
    %s1 = stablehlo.select %kept, %s0, %ninf : tensor<2x8x$mxi1>, $s
    %column = stablehlo.broadcast_in_dim %sink, dims = [1] : (tensor<8xf32>) -> tensor<2x8x128x1xf32>
    %s = stablehlo.concatenate %s1, %column, dim = 3
        : ($s, tensor<2x8x128x1xf32>) -> tensor<2x8x128x129xf32>
)",
                               ", %sink: tensor<8xf32>");
  // From here on scores have a column more.
  size_t softmax = text.find("%zero =");
  std::string before = text.substr(0, softmax), after = text.substr(softmax);
  size_t end = after.find("%p = ");
  std::string inner =
      substitute(after.substr(0, end), {{"2x8x128x128x", "2x8x128x129x"}});
  text = before + inner + R"(
    %cut = stablehlo.slice %p32 [0:2, 0:8, 0:128, 0:128] : (tensor<2x8x128x129xf32>) -> tensor<2x8x128x128xf32>
)" + substitute(after.substr(end), {{"%p32", "%cut"}});
  expectCausal(text, 128, half(128));
}

//===----------------------------------------------------------------------===//
// Other dialects
//===----------------------------------------------------------------------===//

TEST(AttentionMask, Tosa) {
  std::string numbers = "0";
  for (unsigned number = 1; number < 128; ++number)
    numbers += ", " + std::to_string(number);
  expectCausal(substitute(R"(
func.func @main(%q: tensor<16x128x64xf32>, %k: tensor<16x64x128xf32>, %v: tensor<16x128x64xf32>) -> tensor<16x128x64xf32> {
    %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
    %s0 = tosa.matmul %q, %k, %z, %z : (tensor<16x128x64xf32>, tensor<16x64x128xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<16x128x128xf32>
    %i = "tosa.const"() <{values = dense<[$n]> : tensor<128xi32>}> : () -> tensor<128xi32>
    %rs = tosa.const_shape {values = dense<[1, 128, 1]> : tensor<3xindex>} : () -> !tosa.shape<3>
    %cs = tosa.const_shape {values = dense<[1, 1, 128]> : tensor<3xindex>} : () -> !tosa.shape<3>
    %rows = tosa.reshape %i, %rs : (tensor<128xi32>, !tosa.shape<3>) -> tensor<1x128x1xi32>
    %cols = tosa.reshape %i, %cs : (tensor<128xi32>, !tosa.shape<3>) -> tensor<1x1x128xi32>
    %keep = tosa.greater_equal %rows, %cols : (tensor<1x128x1xi32>, tensor<1x1x128xi32>) -> tensor<1x128x128xi1>
    %low = "tosa.const"() <{values = dense<-1.0e+9> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
    %s = tosa.select %keep, %s0, %low : (tensor<1x128x128xi1>, tensor<16x128x128xf32>, tensor<1x1x1xf32>) -> tensor<16x128x128xf32>
    %max = tosa.reduce_max %s {axis = 2 : i32} : (tensor<16x128x128xf32>) -> tensor<16x128x1xf32>
    %shifted = tosa.sub %s, %max : (tensor<16x128x128xf32>, tensor<16x128x1xf32>) -> tensor<16x128x128xf32>
    %exp = tosa.exp %shifted : (tensor<16x128x128xf32>) -> tensor<16x128x128xf32>
    %sum = tosa.reduce_sum %exp {axis = 2 : i32} : (tensor<16x128x128xf32>) -> tensor<16x128x1xf32>
    %inverse = tosa.reciprocal %sum : (tensor<16x128x1xf32>) -> tensor<16x128x1xf32>
    %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
    %p = tosa.mul %exp, %inverse, %shift : (tensor<16x128x128xf32>, tensor<16x128x1xf32>, tensor<1xi8>) -> tensor<16x128x128xf32>
    %o = tosa.matmul %p, %v, %z, %z : (tensor<16x128x128xf32>, tensor<16x128x64xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<16x128x64xf32>
    return %o : tensor<16x128x64xf32>
})",
                          {{"$n", numbers}}),
               128, half(128));
}

TEST(AttentionMask, Linalg) {
  const char *text = R"(
#q = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#r = affine_map<(d0, d1, d2) -> (d0, d1)>
func.func @main(%q: tensor<16x128x64xf32>, %k: tensor<16x64x128xf32>, %v: tensor<16x128x64xf32>) -> tensor<16x128x64xf32> {
    %zero = arith.constant 0.0 : f32
    %low = arith.constant 0xFF800000 : f32
    %e = tensor.empty() : tensor<16x128x128xf32>
    %er = tensor.empty() : tensor<16x128xf32>
    %eo = tensor.empty() : tensor<16x128x64xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<16x128x128xf32>) -> tensor<16x128x128xf32>
    %s0 = linalg.batch_matmul ins(%q, %k : tensor<16x128x64xf32>, tensor<16x64x128xf32>) outs(%z : tensor<16x128x128xf32>) -> tensor<16x128x128xf32>
    %s = linalg.generic {indexing_maps = [#q, #q], iterator_types = ["parallel", "parallel", "parallel"]}
        ins(%s0 : tensor<16x128x128xf32>) outs(%e : tensor<16x128x128xf32>) {
    ^bb0(%x: f32, %unused: f32):
      %i = linalg.index 1 : index
      %j = linalg.index 2 : index
      %keep = arith.cmpi $p, %i, %j : index
      %y = arith.select %keep, %x, %low : f32
      linalg.yield %y : f32
    } -> tensor<16x128x128xf32>
    %lows = linalg.fill ins(%low : f32) outs(%er : tensor<16x128xf32>) -> tensor<16x128xf32>
    %max = linalg.generic {indexing_maps = [#q, #r], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%s : tensor<16x128x128xf32>) outs(%lows : tensor<16x128xf32>) {
    ^bb0(%x: f32, %acc: f32):
      %y = arith.maximumf %x, %acc : f32
      linalg.yield %y : f32
    } -> tensor<16x128xf32>
    %exp = linalg.generic {indexing_maps = [#q, #r, #q], iterator_types = ["parallel", "parallel", "parallel"]}
        ins(%s, %max : tensor<16x128x128xf32>, tensor<16x128xf32>) outs(%e : tensor<16x128x128xf32>) {
    ^bb0(%x: f32, %m: f32, %unused: f32):
      %y = arith.subf %x, %m : f32
      %w = math.exp %y : f32
      linalg.yield %w : f32
    } -> tensor<16x128x128xf32>
    %zeros = linalg.fill ins(%zero : f32) outs(%er : tensor<16x128xf32>) -> tensor<16x128xf32>
    %sum = linalg.generic {indexing_maps = [#q, #r], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%exp : tensor<16x128x128xf32>) outs(%zeros : tensor<16x128xf32>) {
    ^bb0(%x: f32, %acc: f32):
      %y = arith.addf %x, %acc : f32
      linalg.yield %y : f32
    } -> tensor<16x128xf32>
    %p = linalg.generic {indexing_maps = [#q, #r, #q], iterator_types = ["parallel", "parallel", "parallel"]}
        ins(%exp, %sum : tensor<16x128x128xf32>, tensor<16x128xf32>) outs(%e : tensor<16x128x128xf32>) {
    ^bb0(%x: f32, %m: f32, %unused: f32):
      %y = arith.divf %x, %m : f32
      linalg.yield %y : f32
    } -> tensor<16x128x128xf32>
    %zo = linalg.fill ins(%zero : f32) outs(%eo : tensor<16x128x64xf32>) -> tensor<16x128x64xf32>
    %o = linalg.batch_matmul ins(%p, %v : tensor<16x128x128xf32>, tensor<16x128x64xf32>) outs(%zo : tensor<16x128x64xf32>) -> tensor<16x128x64xf32>
    return %o : tensor<16x128x64xf32>
})";
  expectCausal(substitute(text, {{"$p", "sge"}}), 128, half(128));
  std::optional<AttentionShape> shape = only(substitute(text, {{"$p", "sle"}}));
  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->isCausal);
}
