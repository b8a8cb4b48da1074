//===- QuantizationTest.cpp - To and from few bits ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

constexpr uint64_t m = 1024 * 1024; // elements of a matrix

std::string matrix(const std::string &signature, const std::string &body) {
  return R"(
    !h = tensor<1024x1024xbf16>
    !x = tensor<1024x1024xf32>
    !q = tensor<1024x1024xi8>
    !e = tensor<1024x1024xf8E4M3FN>
    !r = tensor<1024xf32>
    !f = tensor<f32>
    func.func @main)" +
         signature + " {" + body + "}";
}

} // namespace

TEST(Quantisation, WithAGivenScale) {
  std::string text = matrix("(%x: !h, %s: !r) -> !q", R"(
      %lo = stablehlo.constant dense<-128.0> : !f
      %hi = stablehlo.constant dense<127.0> : !f
      %0 = stablehlo.convert %x : (!h) -> !x
      %1 = stablehlo.broadcast_in_dim %s, dims = [1] : (!r) -> !x
      %2 = stablehlo.divide %0, %1 : !x
      %3 = stablehlo.round_nearest_even %2 : !x
      %4 = stablehlo.clamp %lo, %3, %hi : (!f, !x, !f) -> !x
      %5 = stablehlo.convert %4 : (!x) -> !q
      return %5 : !q
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Quantization, 2 * m + 4096, m}}));
}

// The scale of every token is taken of its row first, and kept.
TEST(Quantisation, WithTheScaleOfRows) {
  std::string text = matrix("(%x: !h) -> (!e, !r)", R"(
      %zero = stablehlo.constant dense<0.0> : !f
      %max = stablehlo.constant dense<448.0> : !f
      %0 = stablehlo.convert %x : (!h) -> !x
      %1 = stablehlo.abs %0 : !x
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.maximum across dimensions = [1] : (!x, !f) -> !r
      %3 = stablehlo.broadcast_in_dim %max, dims = [] : (!f) -> !r
      %4 = stablehlo.divide %2, %3 : !r
      %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (!r) -> !x
      %6 = stablehlo.divide %0, %5 : !x
      %7 = stablehlo.convert %6 : (!x) -> !e
      return %7, %4 : !e, !r
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Quantization, 2 * m, m + 4096}}));
}

TEST(Quantisation, Dequantise) {
  std::string text = matrix("(%q: !q, %s: !r) -> !h", R"(
      %0 = stablehlo.convert %q : (!q) -> !x
      %1 = stablehlo.broadcast_in_dim %s, dims = [1] : (!r) -> !x
      %2 = stablehlo.multiply %0, %1 : !x
      %3 = stablehlo.convert %2 : (!x) -> !h
      return %3 : !h
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Quantization, m + 4096, 2 * m}}));
}

// A product of integers that is scaled in its epilogue.
TEST(Quantisation, ScaledProduct) {
  std::string text = matrix("(%x: !q, %w: !q, %sx: !r, %sw: !r) -> !h", R"(
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!q, !q) -> tensor<1024x1024xi32>
      %1 = stablehlo.convert %0 : (tensor<1024x1024xi32>) -> !x
      %2 = stablehlo.broadcast_in_dim %sx, dims = [0] : (!r) -> !x
      %3 = stablehlo.multiply %1, %2 : !x
      %4 = stablehlo.broadcast_in_dim %sw, dims = [1] : (!r) -> !x
      %5 = stablehlo.multiply %3, %4 : !x
      %6 = stablehlo.convert %5 : (!x) -> !h
      return %6 : !h
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Gemm, 2 * m + 8192, 2 * m}}));
}

// Images of bytes are not quantised.
TEST(Quantisation, PixelsAreNot) {
  std::string text = matrix("(%x: tensor<1024x1024xui8>) -> !x", R"(
      %0 = stablehlo.convert %x : (tensor<1024x1024xui8>) -> !x
      %c = stablehlo.constant dense<0.00392> : !f
      %1 = stablehlo.broadcast_in_dim %c, dims = [] : (!f) -> !x
      %2 = stablehlo.multiply %0, %1 : !x
      return %2 : !x
  )");
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Elementwise, m, 4 * m}}));
}
