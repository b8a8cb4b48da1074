//===- TorchAttentionTest.cpp - Attention as PyTorch exports it -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

// torch-xla's scaled_dot_product_attention: the root of the scale on queries
// and keys, keys and values repeated for the heads of a group, mask that is
// added, rows without any key found by a comparison in f64.
TEST(TorchAttention, RepeatedHeadsWithGuard) {
  std::string text = R"(
    !f = tensor<f32>
    !q = tensor<2x8x128x64xbf16>
    !k = tensor<2x2x128x64xbf16>
    !qf = tensor<2x8x128x64xf32>
    !s = tensor<2x8x128x128xf32>
    !sd = tensor<2x8x128x128xf64>
    !si = tensor<2x8x128x128xi1>
    !r = tensor<2x8x128xf32>
    !ri = tensor<2x8x128xi1>
    func.func @main(%q: !q, %k: !k, %v: !k, %mask: tensor<2x1x128x128xbf16>, %w: tensor<512x512xbf16>) -> tensor<256x512xbf16> {
      %cst = stablehlo.constant dense<0.353553385> : !f
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %lowest_d = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
      %zero = stablehlo.constant dense<0.000000e+00> : !f
      %false = stablehlo.constant dense<false> : tensor<i1>
      %true = stablehlo.constant dense<true> : tensor<i1>
      %0 = stablehlo.convert %q : (!q) -> !qf
      %1 = stablehlo.broadcast_in_dim %cst, dims = [] : (!f) -> !qf
      %2 = stablehlo.multiply %0, %1 : !qf
      %3 = stablehlo.broadcast_in_dim %k, dims = [0, 1, 3, 4] : (!k) -> tensor<2x2x4x128x64xbf16>
      %4 = stablehlo.reshape %3 : (tensor<2x2x4x128x64xbf16>) -> !q
      %5 = stablehlo.convert %4 : (!q) -> !qf
      %6 = stablehlo.transpose %5, dims = [0, 1, 3, 2] : (!qf) -> tensor<2x8x64x128xf32>
      %7 = stablehlo.broadcast_in_dim %cst, dims = [] : (!f) -> tensor<2x8x64x128xf32>
      %8 = stablehlo.multiply %6, %7 : tensor<2x8x64x128xf32>
      %9 = stablehlo.dot_general %2, %8, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!qf, tensor<2x8x64x128xf32>) -> !s
      %10 = stablehlo.convert %mask : (tensor<2x1x128x128xbf16>) -> tensor<2x1x128x128xf32>
      %11 = stablehlo.reshape %10 : (tensor<2x1x128x128xf32>) -> tensor<2x128x128xf32>
      %12 = stablehlo.broadcast_in_dim %11, dims = [0, 2, 3] : (tensor<2x128x128xf32>) -> !s
      %13 = stablehlo.add %9, %12 : !s
      %14 = stablehlo.convert %13 : (!s) -> !sd
      %15 = stablehlo.broadcast_in_dim %lowest_d, dims = [] : (tensor<f64>) -> !sd
      %16 = stablehlo.compare EQ, %14, %15 : (!sd, !sd) -> !si
      %17 = stablehlo.not %16 : !si
      %18 = stablehlo.reduce(%17 init: %false) across dimensions = [3] : (!si, tensor<i1>) -> !ri
        reducer(%a: tensor<i1>, %b: tensor<i1>) {
          %or = stablehlo.or %a, %b : tensor<i1>
          %sel = stablehlo.select %or, %true, %false : tensor<i1>, tensor<i1>
          stablehlo.return %sel : tensor<i1>
        }
      %19 = stablehlo.reshape %18 : (!ri) -> tensor<2x8x128x1xi1>
      %20 = stablehlo.not %19 : tensor<2x8x128x1xi1>
      %21 = stablehlo.reshape %20 : (tensor<2x8x128x1xi1>) -> !ri
      %22 = stablehlo.broadcast_in_dim %21, dims = [0, 1, 2] : (!ri) -> !si
      %23 = stablehlo.reduce(%13 init: %lowest) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
      %24 = stablehlo.broadcast_in_dim %23, dims = [0, 1, 2] : (!r) -> !s
      %25 = stablehlo.subtract %13, %24 : !s
      %26 = stablehlo.exponential %25 : !s
      %27 = stablehlo.reduce(%26 init: %zero) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
      %28 = stablehlo.broadcast_in_dim %27, dims = [0, 1, 2] : (!r) -> !s
      %29 = stablehlo.divide %26, %28 : !s
      %30 = stablehlo.broadcast_in_dim %zero, dims = [] : (!f) -> !s
      %31 = stablehlo.select %22, %30, %29 : !si, !s
      %32 = stablehlo.broadcast_in_dim %v, dims = [0, 1, 3, 4] : (!k) -> tensor<2x2x4x128x64xbf16>
      %33 = stablehlo.reshape %32 : (tensor<2x2x4x128x64xbf16>) -> !q
      %34 = stablehlo.convert %33 : (!q) -> !qf
      %35 = stablehlo.dot_general %31, %34, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!s, !qf) -> !qf
      %36 = stablehlo.convert %35 : (!qf) -> !q
      %37 = stablehlo.transpose %36, dims = [0, 2, 1, 3] : (!q) -> tensor<2x128x8x64xbf16>
      %38 = stablehlo.reshape %37 : (tensor<2x128x8x64xbf16>) -> tensor<256x512xbf16>
      %39 = stablehlo.dot_general %38, %w, contracting_dims = [1] x [0] : (tensor<256x512xbf16>, tensor<512x512xbf16>) -> tensor<256x512xbf16>
      return %39 : tensor<256x512xbf16>
    })";
  constexpr uint64_t q = 2 * 8 * 128 * 64 * 2; // 262144
  constexpr uint64_t k = 2 * 2 * 128 * 64 * 2; // 65536
  constexpr uint64_t mask = 2 * 128 * 128 * 2; // 65536
  constexpr uint64_t w = 512 * 512 * 2;        // 524288
  // Keys and values are read once, not once per head of their group. The
  // conversion is the epilogue, so the result is in bf16.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, q + 2 * k + mask, q},
                        {Family::Gemm, q + w, q}}));
}

// A column of sinks beside the scores that no value belongs to.
TEST(TorchAttention, Sinks) {
  std::string text = R"(
    !b = tensor<bf16>
    !x = tensor<1x8x128x64xbf16>
    !s = tensor<1x8x128x128xbf16>
    !t = tensor<1x8x128x129xbf16>
    !r = tensor<1x8x128xbf16>
    func.func @main(%q: !x, %k: !x, %v: !x, %sinks: tensor<8xbf16>) -> !x {
      %c = stablehlo.constant dense<1.250000e-01> : !b
      %lowest = stablehlo.constant dense<0xFF80> : !b
      %zero = stablehlo.constant dense<0.000000e+00> : !b
      %0 = stablehlo.transpose %k, dims = [0, 1, 3, 2] : (!x) -> tensor<1x8x64x128xbf16>
      %1 = stablehlo.dot_general %q, %0, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!x, tensor<1x8x64x128xbf16>) -> !s
      %2 = stablehlo.broadcast_in_dim %c, dims = [] : (!b) -> !s
      %3 = stablehlo.multiply %1, %2 : !s
      %4 = stablehlo.reshape %sinks : (tensor<8xbf16>) -> tensor<1x8x1xbf16>
      %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1, 3] : (tensor<1x8x1xbf16>) -> tensor<1x8x128x1xbf16>
      %6 = stablehlo.concatenate %3, %5, dim = 3 : (!s, tensor<1x8x128x1xbf16>) -> !t
      %7 = stablehlo.reduce(%6 init: %lowest) applies stablehlo.maximum across dimensions = [3] : (!t, !b) -> !r
      %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1, 2] : (!r) -> !t
      %9 = stablehlo.subtract %6, %8 : !t
      %10 = stablehlo.reduce(%9 init: %lowest) applies stablehlo.maximum across dimensions = [3] : (!t, !b) -> !r
      %11 = stablehlo.broadcast_in_dim %10, dims = [0, 1, 2] : (!r) -> !t
      %12 = stablehlo.subtract %9, %11 : !t
      %13 = stablehlo.exponential %12 : !t
      %14 = stablehlo.reduce(%13 init: %zero) applies stablehlo.add across dimensions = [3] : (!t, !b) -> !r
      %15 = stablehlo.broadcast_in_dim %14, dims = [0, 1, 2] : (!r) -> !t
      %16 = stablehlo.divide %13, %15 : !t
      %17 = stablehlo.slice %16 [0:1, 0:8, 0:128, 0:128] : (!t) -> !s
      %18 = stablehlo.dot_general %17, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!s, !x) -> !x
      return %18 : !x
    })";
  constexpr uint64_t x = 8 * 128 * 64 * 2; // 131072
  // A sink per head: 8 * 2 bytes.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x + 16, x}}));
}

// torch-mlir: rank 3, every operand broadcast to the type that it has.
TEST(TorchAttention, BroadcastsToTheSameType) {
  std::string text = R"(
    !f = tensor<f32>
    !x = tensor<8x128x64xbf16>
    !s = tensor<8x128x128xbf16>
    !sf = tensor<8x128x128xf32>
    !r = tensor<8x128xf32>
    func.func @main(%q: !x, %k: !x, %v: !x, %bias: !s) -> !x {
      %d = stablehlo.constant dense<8.000000e+00> : tensor<1xf64>
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %zero = stablehlo.constant dense<0.000000e+00> : !f
      %0 = stablehlo.transpose %k, dims = [0, 2, 1] : (!x) -> tensor<8x64x128xbf16>
      %1 = stablehlo.broadcast_in_dim %q, dims = [0, 1, 2] : (!x) -> !x
      %2 = stablehlo.dot_general %1, %0, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!x, tensor<8x64x128xbf16>) -> !s
      %3 = stablehlo.convert %d : (tensor<1xf64>) -> tensor<1xbf16>
      %4 = stablehlo.reshape %3 : (tensor<1xbf16>) -> tensor<bf16>
      %5 = stablehlo.broadcast_in_dim %2, dims = [0, 1, 2] : (!s) -> !s
      %6 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<bf16>) -> !s
      %7 = stablehlo.divide %5, %6 : !s
      %8 = stablehlo.broadcast_in_dim %bias, dims = [0, 1, 2] : (!s) -> !s
      %9 = stablehlo.add %7, %8 : !s
      %10 = stablehlo.convert %9 : (!s) -> !sf
      %11 = stablehlo.reduce(%10 init: %lowest) applies stablehlo.maximum across dimensions = [2] : (!sf, !f) -> !r
      %12 = stablehlo.reshape %11 : (!r) -> tensor<8x128x1xf32>
      %13 = stablehlo.broadcast_in_dim %10, dims = [0, 1, 2] : (!sf) -> !sf
      %14 = stablehlo.broadcast_in_dim %12, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> !sf
      %15 = stablehlo.subtract %13, %14 : !sf
      %16 = stablehlo.exponential %15 : !sf
      %17 = stablehlo.reduce(%16 init: %zero) applies stablehlo.add across dimensions = [2] : (!sf, !f) -> !r
      %18 = stablehlo.reshape %17 : (!r) -> tensor<8x128x1xf32>
      %19 = stablehlo.broadcast_in_dim %16, dims = [0, 1, 2] : (!sf) -> !sf
      %20 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> !sf
      %21 = stablehlo.divide %19, %20 : !sf
      %22 = stablehlo.convert %21 : (!sf) -> !s
      %23 = stablehlo.broadcast_in_dim %v, dims = [0, 1, 2] : (!x) -> !x
      %24 = stablehlo.dot_general %22, %23, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!s, !x) -> !x
      return %24 : !x
    })";
  constexpr uint64_t x = 8 * 128 * 64 * 2;     // 131072
  constexpr uint64_t bias = 8 * 128 * 128 * 2; // 262144
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x + bias, x}}));
}

// Keys and values scattered into a static cache, then read as a whole.
TEST(TorchAttention, CacheByScatter) {
  std::string text = R"(
    !f = tensor<f32>
    !q = tensor<4x4x8x64xbf16>
    !k = tensor<4x4x256x64xbf16>
    !s = tensor<4x4x8x256xf32>
    !r = tensor<4x4x8xf32>
    !p = tensor<4x4x8x256xbf16>
    !i = tensor<8x1xi64>
    func.func @main(%q: !q, %k: !q, %v: !q, %kc: !k, %vc: !k, %at: !i) -> (!q, !k, !k) {
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %zero = stablehlo.constant dense<0.000000e+00> : !f
      %k1 = "stablehlo.scatter"(%kc, %at, %k) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [0, 1, 3], inserted_window_dims = [2], scatter_dims_to_operand_dims = [2], index_vector_dim = 1>}> ({
      ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
        stablehlo.return %b : tensor<bf16>
      }) : (!k, !i, !q) -> !k
      %v1 = "stablehlo.scatter"(%vc, %at, %v) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [0, 1, 3], inserted_window_dims = [2], scatter_dims_to_operand_dims = [2], index_vector_dim = 1>}> ({
      ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
        stablehlo.return %b : tensor<bf16>
      }) : (!k, !i, !q) -> !k
      %0 = stablehlo.dot_general %q, %k1, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3] : (!q, !k) -> !s
      %1 = stablehlo.reduce(%0 init: %lowest) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
      %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1, 2] : (!r) -> !s
      %3 = stablehlo.subtract %0, %2 : !s
      %4 = stablehlo.exponential %3 : !s
      %5 = stablehlo.reduce(%4 init: %zero) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
      %6 = stablehlo.broadcast_in_dim %5, dims = [0, 1, 2] : (!r) -> !s
      %7 = stablehlo.divide %4, %6 : !s
      %8 = stablehlo.convert %7 : (!s) -> !p
      %9 = stablehlo.dot_general %8, %v1, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!p, !k) -> !q
      return %9, %k1, %v1 : !q, !k, !k
    })";
  constexpr uint64_t q = 4 * 4 * 8 * 64 * 2; // 16384
  constexpr uint64_t cache = 32 * q;         // 524288
  constexpr uint64_t at = 8 * 8;             // i64 positions
  // A scatter that replaces reads no buffer.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::CacheUpdate, 2 * q + at, 2 * q},
                        {Family::Attention, q + 2 * cache, q}}));
}

// Multi-head latent attention: heads of 128 with 64 rotated elements beside
// them that all heads of the keys share, values of 128.
TEST(TorchAttention, LatentWithConcatenatedHeads) {
  std::string text = R"(
    !b = tensor<bf16>
    !f = tensor<f32>
    !q = tensor<1x16x128x192xbf16>
    !n = tensor<1x16x128x128xbf16>
    !t = tensor<1x16x128x64xbf16>
    !s = tensor<1x16x128x128xbf16>
    !sf = tensor<1x16x128x128xf32>
    !r = tensor<1x16x128xf32>
    func.func @main(%qn: !n, %qr: !t, %kv: tensor<1x16x128x256xbf16>, %kr: tensor<1x1x128x64xbf16>) -> !n {
      %c = stablehlo.constant dense<7.200000e-02> : !b
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %zero = stablehlo.constant dense<0.000000e+00> : !f
      %q = stablehlo.concatenate %qn, %qr, dim = 3 : (!n, !t) -> !q
      %kn = stablehlo.slice %kv [0:1, 0:16, 0:128, 0:128] : (tensor<1x16x128x256xbf16>) -> !n
      %v = stablehlo.slice %kv [0:1, 0:16, 0:128, 128:256] : (tensor<1x16x128x256xbf16>) -> !n
      %krb = stablehlo.broadcast_in_dim %kr, dims = [0, 1, 2, 3] : (tensor<1x1x128x64xbf16>) -> !t
      %k = stablehlo.concatenate %kn, %krb, dim = 3 : (!n, !t) -> !q
      %0 = stablehlo.dot_general %q, %k, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3] : (!q, !q) -> !s
      %1 = stablehlo.broadcast_in_dim %c, dims = [] : (!b) -> !s
      %2 = stablehlo.multiply %0, %1 : !s
      %3 = stablehlo.convert %2 : (!s) -> !sf
      %4 = stablehlo.reduce(%3 init: %lowest) applies stablehlo.maximum across dimensions = [3] : (!sf, !f) -> !r
      %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1, 2] : (!r) -> !sf
      %6 = stablehlo.subtract %3, %5 : !sf
      %7 = stablehlo.exponential %6 : !sf
      %8 = stablehlo.reduce(%7 init: %zero) applies stablehlo.add across dimensions = [3] : (!sf, !f) -> !r
      %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1, 2] : (!r) -> !sf
      %10 = stablehlo.divide %7, %9 : !sf
      %11 = stablehlo.convert %10 : (!sf) -> !s
      %12 = stablehlo.dot_general %11, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!s, !n) -> !n
      return %12 : !n
    })";
  KernelRows rows = launchesOf(text, Fusion::Library);
  ASSERT_EQ(countFamily(rows, Family::Attention), 1u);
  // The values are 16 * 128 * 128 * 2 bytes of the 256 wide result; queries
  // and keys are put together before or while they are loaded.
  constexpr uint64_t n = 16 * 128 * 128 * 2;            // 524288
  constexpr uint64_t concatenated = 16 * 128 * 192 * 2; // 786432
  EXPECT_EQ(rows.back().family, Family::Attention);
  // Some bytes more for scalars.
  EXPECT_LE(rows.back().readBytes, 2 * concatenated + n + 64);
  EXPECT_EQ(rows.back().writtenBytes, n);
}

// The same with both parts of the scores added.
TEST(TorchAttention, LatentWithAddedScores) {
  std::string text = R"(
    !f = tensor<f32>
    !n = tensor<1x16x128x128xbf16>
    !t = tensor<1x16x128x64xbf16>
    !s = tensor<1x16x128x128xf32>
    !p = tensor<1x16x128x128xbf16>
    !r = tensor<1x16x128xf32>
    func.func @main(%qn: !n, %qr: !t, %kn: !n, %x: tensor<1x128x512xbf16>, %w: tensor<512x64xbf16>, %u: tensor<64x64xbf16>, %v: !n) -> !n {
      %kr = stablehlo.dot_general %x, %w, contracting_dims = [2] x [0] : (tensor<1x128x512xbf16>, tensor<512x64xbf16>) -> tensor<1x128x64xbf16>
      %qr1 = stablehlo.dot_general %qr, %u, contracting_dims = [3] x [0] : (!t, tensor<64x64xbf16>) -> !t
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %zero = stablehlo.constant dense<0.000000e+00> : !f
      %0 = stablehlo.dot_general %qn, %kn, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3] : (!n, !n) -> !s
      %1 = stablehlo.dot_general %qr1, %kr, batching_dims = [0] x [0], contracting_dims = [3] x [2] : (!t, tensor<1x128x64xbf16>) -> !s
      %2 = stablehlo.add %0, %1 : !s
      %3 = stablehlo.reduce(%2 init: %lowest) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
      %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (!r) -> !s
      %5 = stablehlo.subtract %2, %4 : !s
      %6 = stablehlo.exponential %5 : !s
      %7 = stablehlo.reduce(%6 init: %zero) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
      %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1, 2] : (!r) -> !s
      %9 = stablehlo.divide %6, %8 : !s
      %10 = stablehlo.convert %9 : (!s) -> !p
      %11 = stablehlo.dot_general %10, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!p, !n) -> !n
      return %11 : !n
    })";
  constexpr uint64_t n = 16 * 128 * 128 * 2; // 524288
  constexpr uint64_t qr = n / 2, kr = 128 * 64 * 2;
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Gemm, 128 * 512 * 2 + 512 * 64 * 2, kr},
                        {Family::Gemm, qr + 64 * 64 * 2, qr},
                        {Family::Attention, 3 * n + qr + kr, n}}));
}

// Absorbed latent attention: keys and values are the same 512 wide latents.
TEST(TorchAttention, LatentAbsorbed) {
  std::string text = R"(
    !f = tensor<f32>
    !q = tensor<4x16x512xbf16>
    !t = tensor<4x16x64xbf16>
    !c = tensor<4x256x512xbf16>
    !s = tensor<4x16x256xf32>
    !p = tensor<4x16x256xbf16>
    !r = tensor<4x16xf32>
    func.func @main(%q: !q, %qr: !t, %c: !c, %kr: tensor<4x256x64xbf16>) -> !q {
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %zero = stablehlo.constant dense<0.000000e+00> : !f
      %0 = stablehlo.dot_general %q, %c, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!q, !c) -> !s
      %1 = stablehlo.dot_general %qr, %kr, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!t, tensor<4x256x64xbf16>) -> !s
      %2 = stablehlo.add %0, %1 : !s
      %3 = stablehlo.reduce(%2 init: %lowest) applies stablehlo.maximum across dimensions = [2] : (!s, !f) -> !r
      %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (!r) -> !s
      %5 = stablehlo.subtract %2, %4 : !s
      %6 = stablehlo.exponential %5 : !s
      %7 = stablehlo.reduce(%6 init: %zero) applies stablehlo.add across dimensions = [2] : (!s, !f) -> !r
      %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1] : (!r) -> !s
      %9 = stablehlo.divide %6, %8 : !s
      %10 = stablehlo.convert %9 : (!s) -> !p
      %11 = stablehlo.dot_general %10, %c, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!p, !c) -> !q
      return %11 : !q
    })";
  constexpr uint64_t q = 4 * 16 * 512 * 2;  // 65536
  constexpr uint64_t qr = 4 * 16 * 64 * 2;  // 8192
  constexpr uint64_t c = 4 * 256 * 512 * 2; // 1048576, read once
  constexpr uint64_t kr = 4 * 256 * 64 * 2; // 131072
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, q + qr + c + kr, q}}));
}

// A softmax that is one op.
TEST(TorchAttention, SoftmaxByCustomCall) {
  std::string text = R"(
    !x = tensor<8x128x64xf32>
    !s = tensor<8x128x128xf32>
    func.func @main(%q: !x, %k: !x, %v: !x) -> !x {
      %0 = stablehlo.transpose %k, dims = [0, 2, 1] : (!x) -> tensor<8x64x128xf32>
      %1 = stablehlo.dot_general %q, %0, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!x, tensor<8x64x128xf32>) -> !s
      %2 = stablehlo.custom_call @byteir.softmax(%1) {byteir_attrs = {axis = 2 : i64}} : (!s) -> !s
      %3 = stablehlo.dot_general %2, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!s, !x) -> !x
      return %3 : !x
    })";
  constexpr uint64_t x = 8 * 128 * 64 * 4; // 262144
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x}}));
}

// Windows of 49 tokens with a bias gathered from a table; the mask differs by
// window.
TEST(TorchAttention, WindowsWithGatheredBias) {
  std::string text = R"(
    !f = tensor<f32>
    !x = tensor<64x4x49x32xf32>
    !s = tensor<64x4x49x49xf32>
    !r = tensor<64x4x49xf32>
    func.func @main(%q: !x, %k: !x, %v: !x, %table: tensor<169x4xf32>, %index: tensor<2401x1xi32>, %mask: tensor<64x49x49xf32>) -> !x {
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %zero = stablehlo.constant dense<0.000000e+00> : !f
      %0 = stablehlo.transpose %k, dims = [0, 1, 3, 2] : (!x) -> tensor<64x4x32x49xf32>
      %1 = stablehlo.dot_general %q, %0, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!x, tensor<64x4x32x49xf32>) -> !s
      %g = "stablehlo.gather"(%table, %index) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 4>}> : (tensor<169x4xf32>, tensor<2401x1xi32>) -> tensor<2401x4xf32>
      %g1 = stablehlo.reshape %g : (tensor<2401x4xf32>) -> tensor<49x49x4xf32>
      %g2 = stablehlo.transpose %g1, dims = [2, 0, 1] : (tensor<49x49x4xf32>) -> tensor<4x49x49xf32>
      %g3 = stablehlo.broadcast_in_dim %g2, dims = [1, 2, 3] : (tensor<4x49x49xf32>) -> !s
      %2 = stablehlo.add %1, %g3 : !s
      %m = stablehlo.broadcast_in_dim %mask, dims = [0, 2, 3] : (tensor<64x49x49xf32>) -> !s
      %3 = stablehlo.add %2, %m : !s
      %4 = stablehlo.reduce(%3 init: %lowest) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
      %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1, 2] : (!r) -> !s
      %6 = stablehlo.subtract %3, %5 : !s
      %7 = stablehlo.exponential %6 : !s
      %8 = stablehlo.reduce(%7 init: %zero) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
      %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1, 2] : (!r) -> !s
      %10 = stablehlo.divide %7, %9 : !s
      %11 = stablehlo.dot_general %10, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (!s, !x) -> !x
      return %11 : !x
    })";
  constexpr uint64_t x = 64 * 4 * 49 * 32 * 4; // 1605632
  constexpr uint64_t bias = 2401 * 4 * 4;      // 38416
  constexpr uint64_t mask = 64 * 49 * 49 * 4;  // 614656
  constexpr uint64_t index = 2401 * 4, table = 169 * 4 * 4;
  // 2401 rows of the table are touched, more than it has: all of it is read.
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::GatherScatter, table + index, bias},
                        {Family::Attention, 3 * x + bias + mask, x}}));
}

// One window: batches of queries and keys differ in rank, a dimension of one in
// between.
TEST(TorchAttention, DimensionOfOneInside) {
  std::string text = R"(
    !f = tensor<f32>
    !q = tensor<32x49x32xf32>
    !k = tensor<1x32x32x49xf32>
    !s = tensor<1x32x49x49xf32>
    !r = tensor<1x32x49xf32>
    func.func @main(%q: !q, %k: !k, %v: tensor<1x32x49x32xf32>, %w: tensor<1024x1024xf32>) -> tensor<49x1024xf32> {
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %zero = stablehlo.constant dense<0.000000e+00> : !f
      %0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [1], contracting_dims = [2] x [2] : (!q, !k) -> tensor<32x49x1x49xf32>
      %1 = stablehlo.transpose %0, dims = [2, 0, 1, 3] : (tensor<32x49x1x49xf32>) -> !s
      %2 = stablehlo.reduce(%1 init: %lowest) applies stablehlo.maximum across dimensions = [3] : (!s, !f) -> !r
      %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1, 2] : (!r) -> !s
      %4 = stablehlo.subtract %1, %3 : !s
      %5 = stablehlo.exponential %4 : !s
      %6 = stablehlo.reduce(%5 init: %zero) applies stablehlo.add across dimensions = [3] : (!s, !f) -> !r
      %7 = stablehlo.broadcast_in_dim %6, dims = [0, 1, 2] : (!r) -> !s
      %8 = stablehlo.divide %5, %7 : !s
      %9 = stablehlo.reshape %8 : (!s) -> tensor<32x49x49xf32>
      %10 = stablehlo.dot_general %9, %v, batching_dims = [0] x [1], contracting_dims = [2] x [2] : (tensor<32x49x49xf32>, tensor<1x32x49x32xf32>) -> tensor<32x49x1x32xf32>
      %11 = stablehlo.transpose %10, dims = [2, 0, 1, 3] : (tensor<32x49x1x32xf32>) -> tensor<1x32x49x32xf32>
      %12 = stablehlo.transpose %11, dims = [0, 2, 1, 3] : (tensor<1x32x49x32xf32>) -> tensor<1x49x32x32xf32>
      %13 = stablehlo.reshape %12 : (tensor<1x49x32x32xf32>) -> tensor<49x1024xf32>
      %14 = stablehlo.dot_general %13, %w, contracting_dims = [1] x [0] : (tensor<49x1024xf32>, tensor<1024x1024xf32>) -> tensor<49x1024xf32>
      return %14 : tensor<49x1024xf32>
    })";
  constexpr uint64_t x = 32 * 49 * 32 * 4; // 200704
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x},
                        {Family::Gemm, x + 1024 * 1024 * 4, x}}));
}

// A composite is what it is made of.
TEST(TorchAttention, Composite) {
  std::string text = R"(
    !f = tensor<f32>
    !x = tensor<8x128x64xf32>
    !s = tensor<8x128x128xf32>
    !r = tensor<8x128xf32>
    func.func @main(%q: !x, %k: !x, %v: !x) -> !x {
      %0 = stablehlo.composite "vendor.attention" %q, %k, %v {decomposition = @attention} : (!x, !x, !x) -> !x
      return %0 : !x
    }
    func.func private @attention(%q: !x, %k: !x, %v: !x) -> !x {
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %zero = stablehlo.constant dense<0.000000e+00> : !f
      %0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!x, !x) -> !s
      %1 = stablehlo.reduce(%0 init: %lowest) applies stablehlo.maximum across dimensions = [2] : (!s, !f) -> !r
      %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (!r) -> !s
      %3 = stablehlo.subtract %0, %2 : !s
      %4 = stablehlo.exponential %3 : !s
      %5 = stablehlo.reduce(%4 init: %zero) applies stablehlo.add across dimensions = [2] : (!s, !f) -> !r
      %6 = stablehlo.broadcast_in_dim %5, dims = [0, 1] : (!r) -> !s
      %7 = stablehlo.divide %4, %6 : !s
      %8 = stablehlo.dot_general %7, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!s, !x) -> !x
      return %8 : !x
    })";
  constexpr uint64_t x = 8 * 128 * 64 * 4; // 262144
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x}}));
}
