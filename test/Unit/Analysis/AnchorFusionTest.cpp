//===- AnchorFusionTest.cpp - Prologues and epilogues ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

constexpr uint64_t x = 512 * 1024 * 2;  // 1048576
constexpr uint64_t w = 1024 * 1024 * 2; // 2097152
constexpr uint64_t b = 1024 * 2;

std::string mainOf(const std::string &signature, const std::string &body) {
  return R"(
    !x = tensor<512x1024xbf16>
    !xf = tensor<512x1024xf32>
    !w = tensor<1024x1024xbf16>
    !wf = tensor<1024x1024xf32>
    !b = tensor<1024xbf16>
    !h = tensor<bf16>
    !f = tensor<f32>
    func.func @main)" +
         signature + " {" + body + "}";
}

void expectFused(const std::string &text, const KernelRows &rows) {
  EXPECT_EQ(launchesOf(text, Fusion::Compiler), rows);
  EXPECT_EQ(launchesOf(text, Fusion::Library), rows);
}

} // namespace

TEST(AnchorFusion, BiasAndActivation) {
  expectFused(mainOf("(%x: !x, %w: !w, %b: !b) -> !x", R"(
      %c = stablehlo.constant dense<0.0> : !h
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.broadcast_in_dim %b, dims = [1] : (!b) -> !x
      %2 = stablehlo.add %0, %1 : !x
      %3 = stablehlo.broadcast_in_dim %c, dims = [] : (!h) -> !x
      %4 = stablehlo.maximum %2, %3 : !x
      return %4 : !x
  )"),
              {{Family::Gemm, x + w + b, x}});
}

// The tanh approximation of GELU reads its input several times.
TEST(AnchorFusion, Gelu) {
  expectFused(mainOf("(%x: !x, %w: !w) -> !x", R"(
      %c0 = stablehlo.constant dense<4.470000e-02> : !h
      %c1 = stablehlo.constant dense<7.980000e-01> : !h
      %c2 = stablehlo.constant dense<5.000000e-01> : !h
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.multiply %0, %0 : !x
      %2 = stablehlo.multiply %1, %0 : !x
      %3 = stablehlo.broadcast_in_dim %c0, dims = [] : (!h) -> !x
      %4 = stablehlo.multiply %2, %3 : !x
      %5 = stablehlo.add %0, %4 : !x
      %6 = stablehlo.broadcast_in_dim %c1, dims = [] : (!h) -> !x
      %7 = stablehlo.multiply %5, %6 : !x
      %8 = stablehlo.tanh %7 : !x
      %9 = stablehlo.add %8, %6 : !x
      %10 = stablehlo.broadcast_in_dim %c2, dims = [] : (!h) -> !x
      %11 = stablehlo.multiply %9, %10 : !x
      %12 = stablehlo.multiply %0, %11 : !x
      return %12 : !x
  )"),
              {{Family::Gemm, x + w, x}});
}

// Results are in the type that leaves the kernel.
TEST(AnchorFusion, ConversionOfTheResult) {
  expectFused(mainOf("(%x: !x, %w: !w) -> !x", R"(
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !xf
      %1 = stablehlo.convert %0 : (!xf) -> !x
      return %1 : !x
  )"),
              {{Family::Gemm, x + w, x}});
}

TEST(AnchorFusion, Residual) {
  expectFused(mainOf("(%x: !x, %y: !x, %w: !w) -> !x", R"(
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.add %y, %0 : !x
      return %1 : !x
  )"),
              {{Family::Gemm, 2 * x + w, x}});
}

// The residual of the input itself: it is read once.
TEST(AnchorFusion, ResidualOfTheOperand) {
  expectFused(mainOf("(%x: !x, %w: !w) -> !x", R"(
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.add %x, %0 : !x
      return %1 : !x
  )"),
              {{Family::Gemm, x + w, x}});
}

TEST(AnchorFusion, TwoLayers) {
  expectFused(mainOf("(%x: !x, %w1: !w, %w2: !w) -> !x", R"(
      %0 = stablehlo.dot_general %x, %w1, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.tanh %0 : !x
      %2 = stablehlo.dot_general %1, %w2, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %3 = stablehlo.tanh %2 : !x
      return %3 : !x
  )"),
              {{Family::Gemm, x + w, x}, {Family::Gemm, x + w, x}});
}

// What enters the activation is kept for the gradient: two results.
TEST(AnchorFusion, EpilogueWithTwoResults) {
  expectFused(mainOf("(%x: !x, %w: !w, %b: !b) -> (!x, !x)", R"(
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.broadcast_in_dim %b, dims = [1] : (!b) -> !x
      %2 = stablehlo.add %0, %1 : !x
      %3 = stablehlo.tanh %2 : !x
      return %2, %3 : !x, !x
  )"),
              {{Family::Gemm, x + w + b, 2 * x}});
}

// Rows of a result are complete after the kernel only.
TEST(AnchorFusion, ReductionsAreNoEpilogue) {
  expectFused(mainOf("(%x: !x, %w: !w) -> tensor<512xbf16>", R"(
      %c = stablehlo.constant dense<0.0> : !h
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.tanh %0 : !x
      %2 = stablehlo.reduce(%1 init: %c) applies stablehlo.add across dimensions = [1] : (!x, !h) -> tensor<512xbf16>
      return %2 : tensor<512xbf16>
  )"),
              {{Family::Gemm, x + w, x}, {Family::Reduction, x, 512 * 2}});
}

// A residual that a normalisation follows belongs to it.
TEST(AnchorFusion, ResidualBeforeNormalisation) {
  std::string text = mainOf("(%x: !x, %y: !x, %w: !w) -> (!x, !x)", R"(
      %c = stablehlo.constant dense<0.0> : !f
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.add %y, %0 : !x
      %2 = stablehlo.convert %1 : (!x) -> !xf
      %3 = stablehlo.multiply %2, %2 : !xf
      %4 = stablehlo.reduce(%3 init: %c) applies stablehlo.add across dimensions = [1] : (!xf, !f) -> tensor<512xf32>
      %5 = stablehlo.rsqrt %4 : tensor<512xf32>
      %6 = stablehlo.broadcast_in_dim %5, dims = [0] : (tensor<512xf32>) -> !xf
      %7 = stablehlo.multiply %2, %6 : !xf
      %8 = stablehlo.convert %7 : (!xf) -> !x
      return %1, %8 : !x, !x
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Gemm, x + w, x},
                        {Family::Normalization, 2 * x, 2 * x}}));
  // A compiler may add in the epilogue instead: the same launches and, with
  // the sum written once more, at most the same bytes.
  KernelRows rows = launchesOf(text, Fusion::Compiler);
  EXPECT_EQ(rows.size(), 2u);
  EXPECT_LE(totalBytes(rows), x + w + x + 4 * x + 64);
}

// A result that grows after the product is not its epilogue.
TEST(AnchorFusion, GrowingResultsAreNoEpilogue) {
  expectFused(mainOf("(%x: !x, %w: !w, %y: tensor<8x512x1024xbf16>) -> "
                     "tensor<8x512x1024xbf16>",
                     R"(
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.broadcast_in_dim %0, dims = [1, 2] : (!x) -> tensor<8x512x1024xbf16>
      %2 = stablehlo.add %1, %y : tensor<8x512x1024xbf16>
      return %2 : tensor<8x512x1024xbf16>
  )"),
              {{Family::Gemm, x + w, x}, {Family::Elementwise, 9 * x, 8 * x}});
}

// Products of two results are a kernel of their own: SwiGLU.
TEST(AnchorFusion, TwoProductsHaveNoCommonEpilogue) {
  std::string text = mainOf("(%x0: !x, %w0: !w, %w1: !w, %w2: !w) -> !x", R"(
      %x = stablehlo.dot_general %x0, %w0, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %0 = stablehlo.dot_general %x, %w1, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.dot_general %x, %w2, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %2 = stablehlo.logistic %0 : !x
      %3 = stablehlo.multiply %0, %2 : !x
      %4 = stablehlo.multiply %3, %1 : !x
      return %4 : !x
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Gemm, x + w, x},
                        {Family::Gemm, x + w, x},
                        {Family::Gemm, x + w, x},
                        {Family::GatedActivation, 2 * x, x}}));
  // A library computes both products at once.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Gemm, x + w, x},
                        {Family::Gemm, x + 2 * w, 2 * x},
                        {Family::GatedActivation, 2 * x, x}}));
}

TEST(AnchorFusion, ConversionOfAnOperandIsThePrologue) {
  expectFused(mainOf("(%x: !x, %w: !wf) -> !xf", R"(
      %0 = stablehlo.convert %x : (!x) -> !xf
      %1 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [0] : (!xf, !wf) -> !xf
      return %1 : !xf
  )"),
              {{Family::Gemm, x + 2 * w, 2 * x}});
}

// Weights of 8 bits with a scale per column are widened while they are loaded.
TEST(AnchorFusion, DequantisationIsThePrologue) {
  expectFused(mainOf("(%x: !x, %w: tensor<1024x1024xi8>, %s: !b) -> !x", R"(
      %0 = stablehlo.convert %w : (tensor<1024x1024xi8>) -> !w
      %1 = stablehlo.broadcast_in_dim %s, dims = [1] : (!b) -> !w
      %2 = stablehlo.multiply %0, %1 : !w
      %3 = stablehlo.dot_general %x, %2, contracting_dims = [1] x [0] : (!x, !w) -> !x
      return %3 : !x
  )"),
              {{Family::Gemm, x + w / 2 + b, x}});
}

TEST(AnchorFusion, TransposedOperandsAreAddresses) {
  expectFused(mainOf("(%x: !x, %w: !w) -> !x", R"(
      %0 = stablehlo.transpose %w, dims = [1, 0] : (!w) -> !w
      %1 = stablehlo.dot_general %x, %0, contracting_dims = [1] x [0] : (!x, !w) -> !x
      return %1 : !x
  )"),
              {{Family::Gemm, x + w, x}});
}

// Special functions would be taken again for every tile.
TEST(AnchorFusion, SpecialFunctionsAreNoPrologue) {
  expectFused(mainOf("(%x: !x, %w: !w) -> !x", R"(
      %0 = stablehlo.exponential %x : !x
      %1 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      return %1 : !x
  )"),
              {{Family::Elementwise, x, x}, {Family::Gemm, x + w, x}});
}

// Values side by side are put together before.
TEST(AnchorFusion, ConcatenationsAreNoPrologue) {
  expectFused(
      mainOf(
          "(%x: tensor<512x512xbf16>, %y: tensor<512x512xbf16>, %w: !w) -> !x",
          R"(
      %0 = stablehlo.concatenate %x, %y, dim = 1 : (tensor<512x512xbf16>, tensor<512x512xbf16>) -> !x
      %1 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      return %1 : !x
  )"),
      {{Family::DataMovement, x, x}, {Family::Gemm, x + w, x}});
}

// A value that two products read is stored once; with both weights side by side
// only one reads it.
TEST(AnchorFusion, SharedPrologue) {
  std::string text = mainOf(
      "(%x: !x, %y: !x, %z: !x, %w1: !w, %w2: !w, %w3: !w) -> (!x, !x)", R"(
      %a = stablehlo.dot_general %x, %w1, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %0 = stablehlo.multiply %a, %y : !x
      %1 = stablehlo.dot_general %0, %w2, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %2 = stablehlo.dot_general %0, %w3, contracting_dims = [1] x [0] : (!x, !w) -> !x
      return %1, %2 : !x, !x
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Gemm, 2 * x + w, x},
                        {Family::Gemm, x + w, x},
                        {Family::Gemm, x + w, x}}));
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Gemm, 2 * x + w, x},
                        {Family::Gemm, x + 2 * w, 2 * x}}));
}

namespace {

constexpr uint64_t image = 8 * 28 * 28 * 128 * 4;  // 3211264
constexpr uint64_t kernel = 3 * 3 * 128 * 128 * 4; // 589824
constexpr uint64_t channels = 128 * 4;

/// Convolution, scale and offset of channels, rectified.
const std::string convolution = R"(
    !x = tensor<8x28x28x128xf32>
    !w = tensor<3x3x128x128xf32>
    !c = tensor<128xf32>
    !f = tensor<f32>
    func.func @main(%x: !x, %w: !w, %s: !c, %b: !c) -> !x {
      %zero = stablehlo.constant dense<0.0> : !f
      %0 = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (!x, !w) -> !x
      %1 = stablehlo.broadcast_in_dim %s, dims = [3] : (!c) -> !x
      %2 = stablehlo.multiply %0, %1 : !x
      %3 = stablehlo.broadcast_in_dim %b, dims = [3] : (!c) -> !x
      %4 = stablehlo.add %2, %3 : !x
      %5 = stablehlo.broadcast_in_dim %zero, dims = [] : (!f) -> !x
      %6 = stablehlo.maximum %4, %5 : !x
      return %6 : !x
    })";

} // namespace

// Compilers call a library for convolutions and fuse what follows.
TEST(AnchorFusion, ConvolutionsOfCompilersStandAlone) {
  EXPECT_EQ(launchesOf(convolution, Fusion::Compiler),
            (KernelRows{{Family::Convolution, image + kernel, image},
                        {Family::Elementwise, image + 2 * channels, image}}));
}

TEST(AnchorFusion, ConvolutionsOfLibrariesHaveEpilogues) {
  EXPECT_EQ(launchesOf(convolution, Fusion::Library),
            (KernelRows{
                {Family::Convolution, image + kernel + 2 * channels, image}}));
}

// Padding with zeros is an address that is not loaded.
TEST(AnchorFusion, PaddingOfAnImage) {
  std::string text = R"(
    !x = tensor<8x28x28x128xf32>
    !p = tensor<8x30x30x128xf32>
    !w = tensor<3x3x128x128xf32>
    func.func @main(%x: !x, %w: !w) -> !x {
      %zero = stablehlo.constant dense<0.0> : tensor<f32>
      %p = stablehlo.pad %x, %zero, low = [0, 1, 1, 0], high = [0, 1, 1, 0], interior = [0, 0, 0, 0] : (!x, tensor<f32>) -> !p
      %0 = stablehlo.convolution(%p, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (!p, !w) -> !x
      return %0 : !x
    })";
  expectFused(text, {{Family::Convolution, image + kernel, image}});
}

TEST(AnchorFusion, LinalgMatmul) {
  std::string text = R"(
    !x = tensor<512x1024xf32>
    !w = tensor<1024x1024xf32>
    #id = affine_map<(i, j) -> (i, j)>
    #column = affine_map<(i, j) -> (j)>
    func.func @main(%x: !x, %w: !w, %b: tensor<1024xf32>) -> !x {
      %zero = arith.constant 0.0 : f32
      %e = tensor.empty() : !x
      %i = linalg.fill ins(%zero : f32) outs(%e : !x) -> !x
      %0 = linalg.matmul ins(%x, %w : !x, !w) outs(%i : !x) -> !x
      %1 = linalg.generic {indexing_maps = [#id, #column, #id], iterator_types = ["parallel", "parallel"]} ins(%0, %b : !x, tensor<1024xf32>) outs(%e : !x) {
      ^bb0(%a: f32, %c: f32, %o: f32):
        %s = arith.addf %a, %c : f32
        %m = arith.maximumf %s, %zero : f32
        linalg.yield %m : f32
      } -> !x
      return %1 : !x
    })";
  // In f32: twice the bytes. Zeros to add to are not in memory.
  expectFused(text, {{Family::Gemm, 2 * x + 2 * w + 2 * b, 2 * x}});
}

// The bias as what is added to.
TEST(AnchorFusion, LinalgMatmulInto) {
  std::string text = R"(
    !x = tensor<512x1024xf32>
    !w = tensor<1024x1024xf32>
    func.func @main(%x: !x, %w: !w, %b: tensor<1024xf32>) -> !x {
      %e = tensor.empty() : !x
      %i = linalg.broadcast ins(%b : tensor<1024xf32>) outs(%e : !x) dimensions = [0]
      %0 = linalg.matmul ins(%x, %w : !x, !w) outs(%i : !x) -> !x
      return %0 : !x
    })";
  expectFused(text, {{Family::Gemm, 2 * x + 2 * w + 2 * b, 2 * x}});
}

TEST(AnchorFusion, TosaConvolution) {
  std::string text = R"(
    !x = tensor<8x28x28x128xf32>
    func.func @main(%x: !x, %w: tensor<128x3x3x128xf32>, %b: tensor<128xf32>) -> !x {
      %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
      %0 = tosa.conv2d %x, %w, %b, %zero, %zero {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>} : (!x, tensor<128x3x3x128xf32>, tensor<128xf32>, tensor<1xf32>, tensor<1xf32>) -> !x
      %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (!x) -> !x
      return %1 : !x
    })";
  EXPECT_EQ(
      launchesOf(text, Fusion::Library),
      (KernelRows{{Family::Convolution, image + kernel + channels, image}}));
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Convolution, image + kernel + channels, image},
                        {Family::Elementwise, image, image}}));
}
