//===- KernelAssumptionTest.cpp - The numbers that kernels rest on --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One small graph for each assumption about kernels in docs/Model.md, by its
// number. The tests of each rule are beside this one.
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

std::string mainOf(const std::string &signature, const std::string &body) {
  return R"(
    !x = tensor<256x128xf32>
    !h = tensor<256x128xbf16>
    !w = tensor<128x128xf32>
    !c = tensor<128xf32>
    !r = tensor<256xf32>
    !f = tensor<f32>
    func.func @main)" +
         signature + R"( {
      %zero = stablehlo.constant dense<0.0> : !f
  )" + body +
         "}";
}

constexpr uint64_t x = 256 * 128 * 4;
constexpr uint64_t w = 128 * 128 * 4;
constexpr uint64_t c = 128 * 4;

} // namespace

// A59: an op that moves at most 64 bytes is control, not a launch: 2 x 8 + 1
// values of 4 bytes are 4 bytes more.
TEST(KernelAssumption, A59FewValuesAreControl) {
  auto text = [](const std::string &type) {
    return "func.func @main(%a: " + type + ") -> " + type +
           " { %0 = stablehlo.negate %a : " + type + " return %0 : " + type +
           " }";
  };
  EXPECT_EQ(launchesOf(text("tensor<8xf32>"), Fusion::Compiler), KernelRows());
  EXPECT_EQ(launchesOf(text("tensor<9xf32>"), Fusion::Compiler),
            (KernelRows{{Family::Elementwise, 36, 36}}));
}

// A60: a row of 65,536 elements stays on a core between its maximum and the
// difference to it; with one more the row is read again by a second launch.
TEST(KernelAssumption, A60RowsThatStay) {
  auto text = [](uint64_t length) {
    std::string row = "tensor<16x" + std::to_string(length) + "xf32>";
    return "func.func @main(%x: " + row + ") -> " + row + R"( {
      %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
      %0 = stablehlo.reduce(%x init: %low) applies stablehlo.maximum across dimensions = [1] : ()" +
           row + R"(, tensor<f32>) -> tensor<16xf32>
      %1 = stablehlo.broadcast_in_dim %0, dims = [0] : (tensor<16xf32>) -> )" +
           row + R"(
      %2 = stablehlo.subtract %x, %1 : )" +
           row + " return %2 : " + row + " }";
  };
  constexpr uint64_t kept = 65536;
  constexpr uint64_t rows = 16 * 4;
  EXPECT_EQ(launchesOf(text(kept), Fusion::Compiler),
            (KernelRows{{Family::Reduction, rows * kept, rows * kept}}));
  constexpr uint64_t longer = kept + 1;
  EXPECT_EQ(
      launchesOf(text(longer), Fusion::Compiler),
      (KernelRows{{Family::Reduction, rows * longer, rows},
                  {Family::Elementwise, rows * longer + rows, rows * longer}}));
}

// A61: bias and activation are the epilogue of a product; with sums of rows, of
// which the product ends before the last one, they are the next launch.
TEST(KernelAssumption, A61CompilersFuse) {
  auto text = [](const std::string &result, const std::string &rest) {
    return mainOf("(%x: !x, %w: !w, %b: !c) -> " + result, R"(
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.broadcast_in_dim %b, dims = [1] : (!c) -> !x
      %2 = stablehlo.add %0, %1 : !x
      %3 = stablehlo.tanh %2 : !x
  )" + rest);
  };
  std::string epilogue = text("!x", "return %3 : !x");
  EXPECT_EQ(launchesOf(epilogue, Fusion::Compiler),
            (KernelRows{{Family::Gemm, x + w + c, x}}));
  EXPECT_EQ(launchesOf(epilogue, Fusion::None).size(), 4u);

  std::string sums = text("!r", R"(
      %4 = stablehlo.reduce(%3 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %5 = stablehlo.abs %4 : !r
      return %5 : !r
  )");
  EXPECT_EQ(
      launchesOf(sums, Fusion::Compiler),
      (KernelRows{{Family::Gemm, x + w, x}, {Family::Reduction, x + c, 1024}}));
}

// A62: scores, softmax and values are one launch of a library, and none of the
// scores is in memory; a compiler launches three.
TEST(KernelAssumption, A62AttentionIsOneKernel) {
  std::string text = R"(
    !q = tensor<8x256x64xf32>
    !s = tensor<8x256x256xf32>
    !m = tensor<8x256xf32>
    func.func @main(%q: !q, %k: !q, %v: !q) -> !q {
      %zero = stablehlo.constant dense<0.0> : tensor<f32>
      %0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!q, !q) -> !s
      %1 = stablehlo.exponential %0 : !s
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [2] : (!s, tensor<f32>) -> !m
      %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1] : (!m) -> !s
      %4 = stablehlo.divide %1, %3 : !s
      %5 = stablehlo.dot_general %4, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!s, !q) -> !q
      return %5 : !q
    })";
  constexpr uint64_t q = 8 * 256 * 64 * 4, s = 8 * 256 * 256 * 4;
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * q, q}}));
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Gemm, 2 * q, s},
                        {Family::Softmax, s, s},
                        {Family::Gemm, s + q, q}}));
}

// A63: products of one value with two weights are one launch of a library, and
// so are the updates of all parameters.
TEST(KernelAssumption, A63LibrariesJoin) {
  std::string products = mainOf("(%x: !x, %v: !w, %w: !w) -> (!x, !x)", R"(
      %0 = stablehlo.tanh %x : !x
      %1 = stablehlo.dot_general %0, %v, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %2 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      return %1, %2 : !x, !x
  )");
  EXPECT_EQ(launchesOf(products, Fusion::Library),
            (KernelRows{{Family::Elementwise, x, x},
                        {Family::Gemm, x + 2 * w, 2 * x}}));
  EXPECT_EQ(countFamily(launchesOf(products, Fusion::Compiler), Family::Gemm),
            2u);

  // Momentum: m + g, and p less that.
  std::string updates = mainOf(
      "(%p: !x, %m: !x, %g: !x, %q: !w, %n: !w, %h: !w) -> (!x, !x, !w, !w)",
      R"(
      %0 = stablehlo.add %m, %g : !x
      %1 = stablehlo.subtract %p, %0 : !x
      %2 = stablehlo.add %n, %h : !w
      %3 = stablehlo.subtract %q, %2 : !w
      return %0, %1, %2, %3 : !x, !x, !w, !w
  )");
  EXPECT_EQ(launchesOf(updates, Fusion::Library),
            (KernelRows{{Family::Optimizer, 3 * (x + w), 2 * (x + w)}}));
  EXPECT_EQ(launchesOf(updates, Fusion::Compiler),
            (KernelRows{{Family::Optimizer, 3 * x, 2 * x},
                        {Family::Optimizer, 3 * w, 2 * w}}));
}

// A64: the wide form of a value is computed by both launches that read it: each
// reads two bytes an element, and nobody stores four.
TEST(KernelAssumption, A64ComputedAgain) {
  std::string text = mainOf("(%h: !h) -> !x", R"(
      %0 = stablehlo.convert %h : (!h) -> !x
      %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [0] : (!x, !f) -> !c
      %2 = stablehlo.broadcast_in_dim %1, dims = [1] : (!c) -> !x
      %3 = stablehlo.multiply %0, %2 : !x
      return %3 : !x
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Reduction, x / 2, c},
                        {Family::Elementwise, x / 2 + c, x}}));
}
