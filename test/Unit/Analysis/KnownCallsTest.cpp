//===- KnownCallsTest.cpp - Kernels that a graph calls --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

void expectFused(const std::string &text, const KernelRows &rows) {
  EXPECT_EQ(launchesOf(text, Fusion::Compiler), rows);
  EXPECT_EQ(launchesOf(text, Fusion::Library), rows);
}

} // namespace

// A call of attention is attention whatever fuses, with what runs in its
// epilogue.
TEST(KnownCalls, Attention) {
  std::string text = R"(
    !q = tensor<1x8x128x64xbf16>
    !k = tensor<1x2x256x64xbf16>
    func.func @main(%q: !q, %k: !k, %v: !k, %y: !q) -> !q {
      %0 = stablehlo.custom_call @tt.scaled_dot_product_attention(%q, %k, %v) : (!q, !k, !k) -> !q
      %1 = stablehlo.multiply %0, %y : !q
      return %1 : !q
    })";
  constexpr uint64_t q = 8 * 128 * 64 * 2; // 131072
  constexpr uint64_t k = 2 * 256 * 64 * 2; // 65536
  expectFused(text, {{Family::Attention, 2 * q + 2 * k, q}});
  EXPECT_EQ(launchesOf(text, Fusion::None),
            (KernelRows{{Family::Attention, q + 2 * k, q},
                        {Family::Elementwise, 2 * q, q}}));
}

// Calls that update caches are joined as ops are.
TEST(KnownCalls, CacheUpdates) {
  std::string text = R"(
    !c = tensor<4x8x1024x64xbf16>
    !u = tensor<4x8x1x64xbf16>
    func.func @main(%kc: !c, %vc: !c, %k: !u, %v: !u, %at: tensor<4xi32>) -> (!c, !c) {
      %0 = stablehlo.custom_call @tt.update_cache(%kc, %k, %at) : (!c, !u, tensor<4xi32>) -> !c
      %1 = stablehlo.custom_call @tt.update_cache(%vc, %v, %at) : (!c, !u, tensor<4xi32>) -> !c
      return %0, %1 : !c, !c
    })";
  constexpr uint64_t u = 4 * 8 * 64 * 2; // 4096
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::CacheUpdate, 2 * u, 2 * u}}));
}

// A call of a softmax has the family of a softmax, and what is elementwise
// around it is a part of it.
TEST(KnownCalls, Softmax) {
  std::string text = R"(
    !x = tensor<256x1024xf32>
    func.func @main(%x: !x) -> !x {
      %0 = stablehlo.negate %x : !x
      %1 = stablehlo.custom_call @byteir.softmax(%0) {byteir_attrs = {axis = 1 : i64}} : (!x) -> !x
      return %1 : !x
    })";
  constexpr uint64_t x = 256 * 1024 * 4;
  expectFused(text, {{Family::Softmax, x, x}});
}

TEST(KnownCalls, Gelu) {
  std::string text = R"(
    !x = tensor<256x1024xf32>
    !w = tensor<1024x1024xf32>
    func.func @main(%x: !x, %w: !w) -> !x {
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %1 = stablehlo.custom_call @byteir.gelu(%0) {byteir_attrs = {approximate = "erf"}} : (!x) -> !x
      return %1 : !x
    })";
  constexpr uint64_t x = 256 * 1024 * 4, w = 1024 * 1024 * 4;
  expectFused(text, {{Family::Gemm, x + w, x}});
}

TEST(KnownCalls, LayerNorm) {
  std::string text = R"(
    !x = tensor<256x1024xf32>
    !c = tensor<1024xf32>
    func.func @main(%x: !x, %y: !x, %w: !c, %b: !c) -> !x {
      %0 = stablehlo.add %x, %y : !x
      %1 = stablehlo.custom_call @byteir.layer_norm(%0, %w, %b) {byteir_attrs = {axis = [1], epsilon = 1.0e-05 : f64}} : (!x, !c, !c) -> !x
      return %1 : !x
    })";
  constexpr uint64_t x = 256 * 1024 * 4, c = 1024 * 4;
  expectFused(text, {{Family::Normalization, 2 * x + 2 * c, x}});
}

// Top-k is a launch of its own.
TEST(KnownCalls, TopK) {
  std::string text = R"(
    func.func @main(%x: tensor<256x1024xf32>) -> (tensor<256x8xf32>, tensor<256x8xi32>) {
      %0 = stablehlo.negate %x : tensor<256x1024xf32>
      %v, %i = chlo.top_k(%0, k = 8) : tensor<256x1024xf32> -> (tensor<256x8xf32>, tensor<256x8xi32>)
      return %v, %i : tensor<256x8xf32>, tensor<256x8xi32>
    })";
  constexpr uint64_t x = 256 * 1024 * 4, top = 256 * 8 * 4;
  expectFused(text, {{Family::Elementwise, x, x}, {Family::Sort, x, 2 * top}});
}
