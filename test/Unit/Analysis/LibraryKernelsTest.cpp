//===- LibraryKernelsTest.cpp - Kernels that libraries have ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

//===----------------------------------------------------------------------===//
// Projections of one value
//===----------------------------------------------------------------------===//

namespace {

// Tokens of width 1024 in bf16; `%x` is what a product yields.
constexpr uint64_t x = 512 * 1024 * 2;  // 1048576
constexpr uint64_t w = 1024 * 1024 * 2; // 2097152

std::string projections(const std::string &arguments, const std::string &result,
                        const std::string &body) {
  return R"(
    !x = tensor<512x1024xbf16>
    !w = tensor<1024x1024xbf16>
    !k = tensor<512x256xbf16>
    !v = tensor<1024x256xbf16>
    !b = tensor<1024xbf16>
    func.func @main(%x0: !x, %w0: !w, )" +
         arguments + ") -> " + result + R"( {
      %x = stablehlo.dot_general %x0, %w0, contracting_dims = [1] x [0] : (!x, !w) -> !x
  )" + body +
         "}";
}

const KernelRow first = {Family::Gemm, x + w, x};

} // namespace

TEST(MergedProducts, QueriesKeysAndValues) {
  std::string text = projections("%wq: !w, %wk: !v, %wv: !v", "(!x, !k, !k)",
                                 R"(
      %q = stablehlo.dot_general %x, %wq, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %k = stablehlo.dot_general %x, %wk, contracting_dims = [1] x [0] : (!x, !v) -> !k
      %v = stablehlo.dot_general %x, %wv, contracting_dims = [1] x [0] : (!x, !v) -> !k
      return %q, %k, %v : !x, !k, !k
  )");
  // 1024 + 256 + 256 columns.
  constexpr uint64_t wk = w / 4, k = x / 4;
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{first, {Family::Gemm, x + w + 2 * wk, x + 2 * k}}));
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{first,
                        {Family::Gemm, x + w, x},
                        {Family::Gemm, x + wk, k},
                        {Family::Gemm, x + wk, k}}));
}

// Linear layers of PyTorch: weights transposed, rows flattened for each.
TEST(MergedProducts, TransposedWeights) {
  std::string text = projections("%wg: !w, %wu: !w", "(!x, !x)", R"(
      %x1 = stablehlo.reshape %x : (!x) -> tensor<1x512x1024xbf16>
      %0 = stablehlo.transpose %wg, dims = [1, 0] : (!w) -> !w
      %x2 = stablehlo.reshape %x1 : (tensor<1x512x1024xbf16>) -> !x
      %g = stablehlo.dot_general %x2, %0, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.transpose %wu, dims = [1, 0] : (!w) -> !w
      %x3 = stablehlo.reshape %x1 : (tensor<1x512x1024xbf16>) -> !x
      %u = stablehlo.dot_general %x3, %1, contracting_dims = [1] x [0] : (!x, !w) -> !x
      return %g, %u : !x, !x
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{first, {Family::Gemm, x + 2 * w, 2 * x}}));
}

// Weights as slices of a stack of layers.
TEST(MergedProducts, SlicedWeights) {
  std::string text =
      projections("%ws: tensor<8x1024x1024xbf16>", "(!x, !x)", R"(
      %0 = stablehlo.slice %ws [0:1, 0:1024, 0:1024] : (tensor<8x1024x1024xbf16>) -> tensor<1x1024x1024xbf16>
      %1 = stablehlo.reshape %0 : (tensor<1x1024x1024xbf16>) -> !w
      %2 = stablehlo.slice %ws [1:2, 0:1024, 0:1024] : (tensor<8x1024x1024xbf16>) -> tensor<1x1024x1024xbf16>
      %3 = stablehlo.reshape %2 : (tensor<1x1024x1024xbf16>) -> !w
      %g = stablehlo.dot_general %x, %1, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %u = stablehlo.dot_general %x, %3, contracting_dims = [1] x [0] : (!x, !w) -> !x
      return %g, %u : !x, !x
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{first, {Family::Gemm, x + 2 * w, 2 * x}}));
}

// Biases of all three are the epilogue of the one product.
TEST(MergedProducts, WithBiases) {
  std::string text =
      projections("%wg: !w, %wu: !w, %bg: !b, %bu: !b", "(!x, !x)", R"(
      %g = stablehlo.dot_general %x, %wg, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %0 = stablehlo.broadcast_in_dim %bg, dims = [1] : (!b) -> !x
      %g1 = stablehlo.add %g, %0 : !x
      %u = stablehlo.dot_general %x, %wu, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.broadcast_in_dim %bu, dims = [1] : (!b) -> !x
      %u1 = stablehlo.add %u, %1 : !x
      return %g1, %u1 : !x, !x
  )");
  constexpr uint64_t b = 1024 * 2;
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{first, {Family::Gemm, x + 2 * w + 2 * b, 2 * x}}));
}

// A product that depends on another is not beside it.
TEST(MergedProducts, DependentProductsStayApart) {
  std::string text = projections("%w1: !w, %w2: !w", "!x", R"(
      %0 = stablehlo.dot_general %x, %w1, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.tanh %0 : !x
      %2 = stablehlo.add %1, %x : !x
      %3 = stablehlo.dot_general %2, %w2, contracting_dims = [1] x [0] : (!x, !w) -> !x
      return %3 : !x
  )");
  EXPECT_EQ(
      launchesOf(text, Fusion::Library),
      (KernelRows{first, {Family::Gemm, x + w, x}, {Family::Gemm, x + w, x}}));
}

// The gradient contracts one value with a weight and with an activation: those
// are two products.
TEST(MergedProducts, GradientsStayApart) {
  std::string text = projections("%w1: !w", "(!x, !w)", R"(
      %0 = stablehlo.dot_general %x, %w1, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %dx = stablehlo.dot_general %0, %w1, contracting_dims = [1] x [1] : (!x, !w) -> !x
      %dw = stablehlo.dot_general %x, %0, contracting_dims = [0] x [0] : (!x, !x) -> !w
      return %dx, %dw : !x, !w
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{first,
                        {Family::Gemm, x + w, x},
                        {Family::Gemm, x + w, x},
                        {Family::Gemm, 2 * x, w}}));
}

// What six layers make of one value: no experts.
TEST(MergedProducts, ManyLayersOfOneValueAreNoExperts) {
  std::string body;
  for (int layer = 0; layer < 6; ++layer)
    body += substitute(R"(
      %v$n = stablehlo.dot_general %x, %w_$n, contracting_dims = [1] x [0] : (!x, !w) -> !x
    )",
                       {{"$n", std::to_string(layer)}});
  KernelRows rows = launchesOf(
      projections("%w_0: !w, %w_1: !w, %w_2: !w, %w_3: !w, %w_4: !w, %w_5: !w",
                  "(!x, !x, !x, !x, !x, !x)",
                  body + "return %v0, %v1, %v2, %v3, %v4, %v5 : !x, !x, !x, "
                         "!x, !x, !x"),
      Fusion::Library);
  EXPECT_EQ(countFamily(rows, Family::Gemm), rows.size());
  EXPECT_LE(totalBytes(rows), 2 * x + w + 6 * (x + w + x));
}

// gpt-oss: gate and up in one product, even and odd columns.
TEST(GatedActivation, InterleavedColumns) {
  std::string text = R"(
    !x = tensor<512x1024xbf16>
    !h = tensor<512x4096xbf16>
    !g = tensor<512x2048xbf16>
    func.func @main(%x: !x, %w: tensor<1024x4096xbf16>) -> !g {
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, tensor<1024x4096xbf16>) -> !h
      %1 = stablehlo.slice %0 [0:512, 0:4096:2] : (!h) -> !g
      %2 = stablehlo.slice %0 [0:512, 1:4096:2] : (!h) -> !g
      %3 = stablehlo.logistic %1 : !g
      %4 = stablehlo.multiply %1, %3 : !g
      %5 = stablehlo.multiply %4, %2 : !g
      return %5 : !g
    })";
  constexpr uint64_t h = 512 * 4096 * 2;
  // Neighbours are in one tile of the product, so the activation may be its
  // epilogue.
  KernelRows apart = {{Family::Gemm, x + 1024 * 4096 * 2, h},
                      {Family::GatedActivation, h, h / 2}};
  KernelRows together = {{Family::Gemm, x + 1024 * 4096 * 2, h / 2}};
  for (Fusion fusion : {Fusion::Compiler, Fusion::Library}) {
    KernelRows rows = launchesOf(text, fusion);
    EXPECT_TRUE(rows == apart || rows == together)
        << testing::PrintToString(rows);
  }
}

// GeGLU with the tanh approximation, halves of one product.
TEST(GatedActivation, Gelu) {
  std::string text = R"(
    !x = tensor<512x1024xbf16>
    !h = tensor<512x4096xbf16>
    !g = tensor<512x2048xbf16>
    func.func @main(%x: !x, %w: tensor<1024x4096xbf16>) -> !g {
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, tensor<1024x4096xbf16>) -> !h
      %1 = stablehlo.slice %0 [0:512, 0:2048] : (!h) -> !g
      %2 = stablehlo.slice %0 [0:512, 2048:4096] : (!h) -> !g
      %3 = stablehlo.multiply %1, %1 : !g
      %4 = stablehlo.multiply %3, %1 : !g
      %5 = stablehlo.add %1, %4 : !g
      %6 = stablehlo.tanh %5 : !g
      %7 = stablehlo.multiply %1, %6 : !g
      %8 = stablehlo.multiply %7, %2 : !g
      return %8 : !g
    })";
  constexpr uint64_t h = 512 * 4096 * 2;
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Gemm, x + 1024 * 4096 * 2, h},
                        {Family::GatedActivation, h, h / 2}}));
}

// A sigmoid of which only a part is asked for multiplies nothing.
TEST(GatedActivation, APartOfAnActivationIsNone) {
  std::string text = R"(
    !x = tensor<512x1024xbf16>
    !h = tensor<512x4096xbf16>
    !g = tensor<512x1024xbf16>
    func.func @main(%x: !x, %w: tensor<1024x4096xbf16>) -> !g {
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, tensor<1024x4096xbf16>) -> !h
      %1 = stablehlo.logistic %0 : !h
      %2 = stablehlo.slice %1 [0:512, 3072:4096] : (!h) -> !g
      return %2 : !g
    })";
  EXPECT_EQ(
      countFamily(launchesOf(text, Fusion::Library), Family::GatedActivation),
      0u);
}

//===----------------------------------------------------------------------===//
// Experts
//===----------------------------------------------------------------------===//

// 8 experts, 1024 rows in all; numbers of rows beside.
TEST(GroupedProducts, Ragged) {
  std::string text = R"(
    !x = tensor<1024x512xbf16>
    !w = tensor<8x512x2048xbf16>
    !d = tensor<8x2048x512xbf16>
    !h = tensor<1024x2048xbf16>
    func.func @main(%x0: !x, %w0: tensor<512x512xbf16>, %g: !w, %u: !w, %d: !d, %n: tensor<8xi32>) -> !x {
      %x = stablehlo.dot_general %x0, %w0, contracting_dims = [1] x [0] : (!x, tensor<512x512xbf16>) -> !x
      %0 = "chlo.ragged_dot"(%x, %g, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (!x, !w, tensor<8xi32>) -> !h
      %1 = "chlo.ragged_dot"(%x, %u, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (!x, !w, tensor<8xi32>) -> !h
      %2 = stablehlo.logistic %0 : !h
      %3 = stablehlo.multiply %0, %2 : !h
      %4 = stablehlo.multiply %3, %1 : !h
      %5 = "chlo.ragged_dot"(%4, %d, %n) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (!h, !d, tensor<8xi32>) -> !x
      return %5 : !x
    })";
  constexpr uint64_t x = 1024 * 512 * 2, h = 4 * x;     // 1048576, 4194304
  constexpr uint64_t w = 8 * 512 * 2048 * 2, n = 8 * 4; // 16777216
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Gemm, x + 512 * 512 * 2, x},
                        {Family::GroupedGemm, x + 2 * w + n, 2 * h},
                        {Family::GatedActivation, 2 * h, h},
                        {Family::GroupedGemm, h + w + n, x}}));
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Gemm, x + 512 * 512 * 2, x},
                        {Family::GroupedGemm, x + w + n, h},
                        {Family::GroupedGemm, x + w + n, h},
                        {Family::GatedActivation, 2 * h, h},
                        {Family::GroupedGemm, h + w + n, x}}));
}

// Rows in a buffer per expert.
TEST(GroupedProducts, Batched) {
  std::string text = R"(
    !x = tensor<8x128x512xbf16>
    !w = tensor<8x512x2048xbf16>
    !h = tensor<8x128x2048xbf16>
    func.func @main(%x0: tensor<1024x512xbf16>, %w0: tensor<512x512xbf16>, %g: !w, %u: !w) -> !h {
      %x1 = stablehlo.dot_general %x0, %w0, contracting_dims = [1] x [0] : (tensor<1024x512xbf16>, tensor<512x512xbf16>) -> tensor<1024x512xbf16>
      %x = stablehlo.reshape %x1 : (tensor<1024x512xbf16>) -> !x
      %0 = stablehlo.dot_general %x, %g, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!x, !w) -> !h
      %1 = stablehlo.dot_general %x, %u, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!x, !w) -> !h
      %2 = stablehlo.logistic %0 : !h
      %3 = stablehlo.multiply %0, %2 : !h
      %4 = stablehlo.multiply %3, %1 : !h
      return %4 : !h
    })";
  constexpr uint64_t x = 1024 * 512 * 2, h = 4 * x;
  constexpr uint64_t w = 8 * 512 * 2048 * 2;
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Gemm, x + 512 * 512 * 2, x},
                        {Family::GroupedGemm, x + 2 * w, 2 * h},
                        {Family::GatedActivation, 2 * h, h}}));
}
