//===- RotaryEmbeddingTest.cpp - Rotations of queries and keys ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

// 512 tokens, eight heads of queries and two of keys, of 128.
constexpr uint64_t q = 512 * 8 * 128 * 2;    // 1048576
constexpr uint64_t k = 512 * 2 * 128 * 2;    // 262144
constexpr uint64_t table = 512 * 128 * 2;    // 131072, per function
constexpr uint64_t halfTable = 512 * 64 * 4; // 131072, in f32

/// A rotation of `%name` with `heads` heads to `%name_r` as
/// `x * cos + rotate_half(x) * sin`, heads before tokens.
std::string rotateHalf(const std::string &name, int heads) {
  return substitute(R"(
    %$n0 = stablehlo.broadcast_in_dim %cos, dims = [2, 3] : (tensor<512x128xbf16>) -> $whole
    %$n1 = stablehlo.multiply %$n, %$n0 : $whole
    %$n2 = stablehlo.slice %$n [0:1, 0:$heads, 0:512, 64:128] : ($whole) -> $half
    %$n3 = stablehlo.negate %$n2 : $half
    %$n4 = stablehlo.slice %$n [0:1, 0:$heads, 0:512, 0:64] : ($whole) -> $half
    %$n5 = stablehlo.concatenate %$n3, %$n4, dim = 3 : ($half, $half) -> $whole
    %$n6 = stablehlo.broadcast_in_dim %sin, dims = [2, 3] : (tensor<512x128xbf16>) -> $whole
    %$n7 = stablehlo.multiply %$n5, %$n6 : $whole
    %$n_r = stablehlo.add %$n1, %$n7 : $whole
  )",
                    {{"$n", name},
                     {"$whole", "tensor<1x$headsx512x128xbf16>"},
                     {"$half", "tensor<1x$headsx512x64xbf16>"},
                     {"$heads", std::to_string(heads)}});
}

/// The same as `x1 * cos - x2 * sin, x2 * cos + x1 * sin` in f32, tokens before
/// heads.
std::string rotateParts(const std::string &name, int heads) {
  return substitute(R"(
    %$n0 = stablehlo.convert %$n : ($narrow) -> $whole
    %$n1 = stablehlo.slice %$n0 [0:512, 0:$heads, 0:64] : ($whole) -> $part
    %$n2 = stablehlo.slice %$n0 [0:512, 0:$heads, 64:128] : ($whole) -> $part
    %$n3 = stablehlo.broadcast_in_dim %cos, dims = [0, 2] : (tensor<512x64xf32>) -> $part
    %$n4 = stablehlo.broadcast_in_dim %sin, dims = [0, 2] : (tensor<512x64xf32>) -> $part
    %$n5 = stablehlo.multiply %$n1, %$n3 : $part
    %$n6 = stablehlo.multiply %$n2, %$n4 : $part
    %$n7 = stablehlo.subtract %$n5, %$n6 : $part
    %$n8 = stablehlo.multiply %$n2, %$n3 : $part
    %$n9 = stablehlo.multiply %$n1, %$n4 : $part
    %$n10 = stablehlo.add %$n8, %$n9 : $part
    %$n11 = stablehlo.concatenate %$n7, %$n10, dim = 2 : ($part, $part) -> $whole
    %$n_r = stablehlo.convert %$n11 : ($whole) -> $narrow
  )",
                    {{"$narrow", "tensor<512x$headsx128xbf16>"},
                     {"$whole", "tensor<512x$headsx128xf32>"},
                     {"$part", "tensor<512x$headsx64xf32>"},
                     {"$n", name},
                     {"$heads", std::to_string(heads)}});
}

} // namespace

TEST(RotaryEmbedding, RotateHalf) {
  std::string text =
      "func.func @main(%q: tensor<1x8x512x128xbf16>, %k: "
      "tensor<1x2x512x128xbf16>, %cos: tensor<512x128xbf16>, %sin: "
      "tensor<512x128xbf16>) -> (tensor<1x8x512x128xbf16>, "
      "tensor<1x2x512x128xbf16>) {" +
      rotateHalf("q", 8) + rotateHalf("k", 2) +
      "return %q_r, %k_r : tensor<1x8x512x128xbf16>, "
      "tensor<1x2x512x128xbf16> }";
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Rope, q + 2 * table, q},
                        {Family::Rope, k + 2 * table, k}}));
  // Queries and keys in one launch, which reads the table once.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Rope, q + k + 2 * table, q + k}}));
}

TEST(RotaryEmbedding, PartsOfHeads) {
  std::string text =
      "func.func @main(%q: tensor<512x8x128xbf16>, %k: "
      "tensor<512x2x128xbf16>, %cos: tensor<512x64xf32>, %sin: "
      "tensor<512x64xf32>) -> (tensor<512x8x128xbf16>, "
      "tensor<512x2x128xbf16>) {" +
      rotateParts("q", 8) + rotateParts("k", 2) +
      "return %q_r, %k_r : tensor<512x8x128xbf16>, tensor<512x2x128xbf16> }";
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Rope, q + 2 * halfTable, q},
                        {Family::Rope, k + 2 * halfTable, k}}));
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Rope, q + k + 2 * halfTable, q + k}}));
}

// Pairs of neighbours as complex numbers.
TEST(RotaryEmbedding, Complex) {
  std::string text = R"(
    !q = tensor<512x8x64x2xf32>
    !p = tensor<512x8x64x1xf32>
    !r = tensor<512x8x64xf32>
    !c = tensor<512x8x64xcomplex<f32>>
    func.func @main(%q: !q, %table: tensor<512x64xcomplex<f32>>) -> !q {
      %0 = stablehlo.slice %q [0:512, 0:8, 0:64, 0:1] : (!q) -> !p
      %1 = stablehlo.reshape %0 : (!p) -> !r
      %2 = stablehlo.slice %q [0:512, 0:8, 0:64, 1:2] : (!q) -> !p
      %3 = stablehlo.reshape %2 : (!p) -> !r
      %4 = stablehlo.complex %1, %3 : !c
      %5 = stablehlo.broadcast_in_dim %table, dims = [0, 2] : (tensor<512x64xcomplex<f32>>) -> !c
      %6 = stablehlo.multiply %4, %5 : !c
      %7 = stablehlo.real %6 : (!c) -> !r
      %8 = stablehlo.reshape %7 : (!r) -> !p
      %9 = stablehlo.imag %6 : (!c) -> !r
      %10 = stablehlo.reshape %9 : (!r) -> !p
      %11 = stablehlo.concatenate %8, %10, dim = 3 : (!p, !p) -> !q
      return %11 : !q
    })";
  // In f32: 512 * 8 * 128 * 4; 64 complex numbers of 8 bytes a token.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Rope, 2 * q + 512 * 64 * 8, 2 * q}}));
}

// Neighbours by slices of pairs, put side by side again.
TEST(RotaryEmbedding, InterleavedPairs) {
  std::string text = R"(
    !q = tensor<512x8x128xbf16>
    !s = tensor<512x8x64x2xbf16>
    !p = tensor<512x8x64x1xbf16>
    !r = tensor<512x8x64xbf16>
    func.func @main(%q: !q, %cos: tensor<512x64xbf16>, %sin: tensor<512x64xbf16>) -> !q {
      %0 = stablehlo.reshape %q : (!q) -> !s
      %1 = stablehlo.slice %0 [0:512, 0:8, 0:64, 0:1] : (!s) -> !p
      %a = stablehlo.reshape %1 : (!p) -> !r
      %2 = stablehlo.slice %0 [0:512, 0:8, 0:64, 1:2] : (!s) -> !p
      %b = stablehlo.reshape %2 : (!p) -> !r
      %c = stablehlo.broadcast_in_dim %cos, dims = [0, 2] : (tensor<512x64xbf16>) -> !r
      %s = stablehlo.broadcast_in_dim %sin, dims = [0, 2] : (tensor<512x64xbf16>) -> !r
      %3 = stablehlo.multiply %a, %c : !r
      %4 = stablehlo.multiply %b, %s : !r
      %5 = stablehlo.subtract %3, %4 : !r
      %6 = stablehlo.multiply %a, %s : !r
      %7 = stablehlo.multiply %b, %c : !r
      %8 = stablehlo.add %6, %7 : !r
      %9 = stablehlo.reshape %5 : (!r) -> !p
      %10 = stablehlo.reshape %8 : (!r) -> !p
      %11 = stablehlo.concatenate %9, %10, dim = 3 : (!p, !p) -> !s
      %12 = stablehlo.reshape %11 : (!s) -> !q
      return %12 : !q
    })";
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Rope, q + 2 * 512 * 64 * 2, q}}));
}
