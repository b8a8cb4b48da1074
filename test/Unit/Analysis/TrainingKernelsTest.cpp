//===- TrainingKernelsTest.cpp - Losses and optimisers --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

constexpr uint64_t logits = 512 * 32000 * 4; // 65536000

/// `%l` of logits `%x` and labels `%y`: the loss of every token.
const std::string loss = R"(
    !x = tensor<512x32000xf32>
    !r = tensor<512xf32>
    !i = tensor<512x1xi32>
    !f = tensor<f32>
    func.func @main(%x: !x, %y: !i) -> $result {
      %zero = stablehlo.constant dense<0.0> : !f
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %0 = stablehlo.reduce(%x init: %lowest) applies stablehlo.maximum across dimensions = [1] : (!x, !f) -> !r
      %1 = stablehlo.broadcast_in_dim %0, dims = [0] : (!r) -> !x
      %2 = stablehlo.subtract %x, %1 : !x
      %3 = stablehlo.exponential %2 : !x
      %4 = stablehlo.reduce(%3 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
)";

std::string lossOf(const std::string &result, const std::string &rest) {
  return substitute(loss, {{"$result", result}}) + rest + "}";
}

} // namespace

// The label's entry is picked by comparing positions.
TEST(CrossEntropy, LabelByComparison) {
  std::string text = lossOf("!r", R"(
      %5 = stablehlo.log %4 : !r
      %6 = stablehlo.broadcast_in_dim %5, dims = [0] : (!r) -> !x
      %7 = stablehlo.subtract %2, %6 : !x
      %8 = stablehlo.iota dim = 1 : tensor<512x32000xi32>
      %9 = stablehlo.broadcast_in_dim %y, dims = [0, 1] : (!i) -> tensor<512x32000xi32>
      %10 = stablehlo.compare EQ, %8, %9, SIGNED : (tensor<512x32000xi32>, tensor<512x32000xi32>) -> tensor<512x32000xi1>
      %11 = stablehlo.broadcast_in_dim %zero, dims = [] : (!f) -> !x
      %12 = stablehlo.select %10, %7, %11 : tensor<512x32000xi1>, !x
      %13 = stablehlo.reduce(%12 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %14 = stablehlo.negate %13 : !r
      return %14 : !r
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::CrossEntropy, logits + 2048, 2048}}));
}

// Gradient of the logits: softmax less one at the label.
TEST(CrossEntropy, Gradient) {
  std::string text = lossOf("!x", R"(
      %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (!r) -> !x
      %6 = stablehlo.divide %3, %5 : !x
      %8 = stablehlo.iota dim = 1 : tensor<512x32000xi32>
      %9 = stablehlo.broadcast_in_dim %y, dims = [0, 1] : (!i) -> tensor<512x32000xi32>
      %10 = stablehlo.compare EQ, %8, %9, SIGNED : (tensor<512x32000xi32>, tensor<512x32000xi32>) -> tensor<512x32000xi1>
      %11 = stablehlo.convert %10 : (tensor<512x32000xi1>) -> !x
      %12 = stablehlo.subtract %6, %11 : !x
      return %12 : !x
  )");
  KernelRows rows = launchesOf(text, Fusion::Library);
  ASSERT_EQ(rows.size(), 1u);
  // One pass over the logits and one result of their size, whatever it is
  // called.
  EXPECT_LE(rows[0].readBytes, logits + 2048 + 64);
  EXPECT_EQ(rows[0].writtenBytes, logits);
}

namespace {

/// One step of Adam for the parameter `%p` with `n` after its name: parameter,
/// gradient and both moments in, parameter and moments out.
std::string adam(const std::string &n, const std::string &type) {
  return substitute(R"(
      %c1$n = stablehlo.broadcast_in_dim %c1, dims = [] : (!f) -> $t
      %c2$n = stablehlo.broadcast_in_dim %c2, dims = [] : (!f) -> $t
      %m0$n = stablehlo.multiply %m$n, %c1$n : $t
      %m1$n = stablehlo.multiply %g$n, %c2$n : $t
      %m2$n = stablehlo.add %m0$n, %m1$n : $t
      %g2$n = stablehlo.multiply %g$n, %g$n : $t
      %v0$n = stablehlo.multiply %v$n, %c1$n : $t
      %v1$n = stablehlo.multiply %g2$n, %c2$n : $t
      %v2$n = stablehlo.add %v0$n, %v1$n : $t
      %s$n = stablehlo.sqrt %v2$n : $t
      %s1$n = stablehlo.add %s$n, %c2$n : $t
      %u$n = stablehlo.divide %m2$n, %s1$n : $t
      %p1$n = stablehlo.subtract %p$n, %u$n : $t
  )",
                    {{"$n", n}, {"$t", type}});
}

const std::string twoParameters =
    "!f = tensor<f32>\n"
    "!a = tensor<1024x1024xf32>\n"
    "!b = tensor<4096xf32>\n"
    "func.func @main(%p0: !a, %m0: !a, %v0: !a, %g0: !a, %p1: !b, %m1: !b, "
    "%v1: !b, %g1: !b) -> (!a, !a, !a, !b, !b, !b) {\n"
    "%c1 = stablehlo.constant dense<0.9> : !f\n"
    "%c2 = stablehlo.constant dense<0.1> : !f\n";

} // namespace

// A library updates all parameters in one launch, a compiler each in its own.
TEST(OptimizerStep, Adam) {
  std::string text = twoParameters + adam("0", "!a") + adam("1", "!b") +
                     "return %p10, %m20, %v20, %p11, %m21, %v21 : !a, !a, !a, "
                     "!b, !b, !b }";
  constexpr uint64_t a = 1024 * 1024 * 4, b = 4096 * 4;
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Optimizer, 4 * a, 3 * a},
                        {Family::Optimizer, 4 * b, 3 * b}}));
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Optimizer, 4 * (a + b), 3 * (a + b)}}));
}

// The gradient is stored: the update is not the epilogue of its product.
TEST(OptimizerStep, AdamAfterAProduct) {
  std::string text =
      "!f = tensor<f32>\n"
      "!a = tensor<1024x1024xf32>\n"
      "func.func @main(%p0: !a, %m0: !a, %v0: !a, %x: !a, %y: !a) -> (!a, !a, "
      "!a) {\n"
      "%c1 = stablehlo.constant dense<0.9> : !f\n"
      "%c2 = stablehlo.constant dense<0.1> : !f\n"
      "%g0 = stablehlo.dot_general %x, %y, contracting_dims = [0] x [0] : (!a, "
      "!a) -> !a\n" +
      adam("0", "!a") + "return %p10, %m20, %v20 : !a, !a, !a }";
  constexpr uint64_t a = 1024 * 1024 * 4;
  for (Fusion fusion : {Fusion::Compiler, Fusion::Library})
    EXPECT_EQ(launchesOf(text, fusion),
              (KernelRows{{Family::Gemm, 2 * a, a},
                          {Family::Optimizer, 4 * a, 3 * a}}));
}

TEST(OptimizerStep, Momentum) {
  std::string text = R"(
    !f = tensor<f32>
    !a = tensor<1024x1024xf32>
    func.func @main(%p: !a, %m: !a, %g: !a) -> (!a, !a) {
      %c = stablehlo.constant dense<0.9> : !f
      %0 = stablehlo.broadcast_in_dim %c, dims = [] : (!f) -> !a
      %1 = stablehlo.multiply %m, %0 : !a
      %2 = stablehlo.add %1, %g : !a
      %3 = stablehlo.multiply %2, %0 : !a
      %4 = stablehlo.subtract %p, %3 : !a
      return %4, %2 : !a, !a
    })";
  constexpr uint64_t a = 1024 * 1024 * 4;
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Optimizer, 3 * a, 2 * a}}));
}
