//===- MaskedScoresTest.cpp - What kernels leave out of attention ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// One attention of 16 heads, 128 rows and keys, and 64 elements, in one
/// function; `$j` and `$i` are compared by `$c`.
const char *text = R"(
func.func @main(%q: tensor<16x128x64xbf16>, %k: tensor<16x128x64xbf16>, %v: tensor<16x128x64xbf16>, %given: tensor<128x128xi1>) -> tensor<16x128x64xbf16> {
    %s0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2]
        : (tensor<16x128x64xbf16>, tensor<16x128x64xbf16>) -> tensor<16x128x128xf32>
    %i = stablehlo.iota dim = 0 : tensor<128x128xi32>
    %j = stablehlo.iota dim = 1 : tensor<128x128xi32>
    %causal = stablehlo.compare GE, %i, %j : (tensor<128x128xi32>, tensor<128x128xi32>) -> tensor<128x128xi1>
    %kept = stablehlo.broadcast_in_dim $mask, dims = [1, 2] : (tensor<128x128xi1>) -> tensor<16x128x128xi1>
    %ninf = stablehlo.constant dense<0xFF800000> : tensor<16x128x128xf32>
    %s = stablehlo.select %kept, %s0, %ninf : tensor<16x128x128xi1>, tensor<16x128x128xf32>
    %zero = stablehlo.constant dense<0.0> : tensor<f32>
    %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %max = stablehlo.reduce(%s init: %low) applies stablehlo.maximum across dimensions = [2]
        : (tensor<16x128x128xf32>, tensor<f32>) -> tensor<16x128xf32>
    %maxes = stablehlo.broadcast_in_dim %max, dims = [0, 1] : (tensor<16x128xf32>) -> tensor<16x128x128xf32>
    %shifted = stablehlo.subtract %s, %maxes : tensor<16x128x128xf32>
    %exp = stablehlo.exponential %shifted : tensor<16x128x128xf32>
    %sum = stablehlo.reduce(%exp init: %zero) applies stablehlo.add across dimensions = [2]
        : (tensor<16x128x128xf32>, tensor<f32>) -> tensor<16x128xf32>
    %sums = stablehlo.broadcast_in_dim %sum, dims = [0, 1] : (tensor<16x128xf32>) -> tensor<16x128x128xf32>
    %p32 = stablehlo.divide %exp, %sums : tensor<16x128x128xf32>
    %p = stablehlo.convert %p32 : (tensor<16x128x128xf32>) -> tensor<16x128x128xbf16>
    %o = stablehlo.dot_general %p, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1]
        : (tensor<16x128x128xbf16>, tensor<16x128x64xbf16>) -> tensor<16x128x64xbf16>
    return %o : tensor<16x128x64xbf16>
})";

/// The only attention of `main` where `mask` is the mask.
std::optional<KernelRow> rowOf(const std::string &mask, Fusion fusion) {
  for (const KernelRow &row :
       kernelsOf(substitute(text, {{"$mask", mask}}), fusion))
    if (row.family == KernelFamily::Attention)
      return row;
  return std::nullopt;
}

} // namespace

// A73: of 16 * 128 * 128 scores 16 * 128 * 129 / 2 are left, 16 * 8128 not:
// 4 * 64 operations of products for each, an exponential, a maximum, a sum, a
// subtraction, a division, a conversion and a selection.
TEST(MaskedScores, A73CausalMask) {
  std::optional<KernelRow> causal = rowOf("%causal", Fusion::Library);
  ASSERT_TRUE(causal);
  EXPECT_EQ(causal->operations - causal->launchedOperations,
            16u * 8128 * (4 * 64 + 7));
  EXPECT_EQ(causal->readBytes, causal->launchedReadBytes);
}

// A mask that is given proves nothing.
TEST(MaskedScores, A73GivenMask) {
  std::optional<KernelRow> given = rowOf("%given", Fusion::Library);
  ASSERT_TRUE(given);
  EXPECT_EQ(given->operations, given->launchedOperations);
}
