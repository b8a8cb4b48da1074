//===- ExpertRoutingTest.cpp - Choice of experts --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

// 256 tokens of width 512, 32 experts with 1024 wide hidden layers, 4 chosen;
// every expert is computed for every token.
const std::string dense = R"(
    !x = tensor<256x512xbf16>
    !l = tensor<256x32xbf16>
    !i = tensor<256x32xi32>
    !c = tensor<256x4xbf16>
    !ci = tensor<256x4xi32>
    !r = tensor<256xbf16>
    !b = tensor<bf16>
    !xe = tensor<32x256x512xbf16>
    !he = tensor<32x256x1024xbf16>
    func.func @main(%x0: !x, %w0: tensor<512x512xbf16>, %wr: tensor<512x32xbf16>, %w1: tensor<32x512x1024xbf16>, %w2: tensor<32x1024x512xbf16>) -> !x {
      %zero = stablehlo.constant dense<0.0> : !b
      %lowest = stablehlo.constant dense<0xFF80> : !b
      %x = stablehlo.dot_general %x0, %w0, contracting_dims = [1] x [0] : (!x, tensor<512x512xbf16>) -> !x
      %0 = stablehlo.dot_general %x, %wr, contracting_dims = [1] x [0] : (!x, tensor<512x32xbf16>) -> !l
      %1 = stablehlo.iota dim = 1 : !i
      %2:2 = "stablehlo.sort"(%0, %1) <{dimension = 1 : i64, is_stable = true}> ({
      ^bb0(%a: !b, %b: !b, %c: tensor<i32>, %d: tensor<i32>):
        %g = stablehlo.compare GT, %a, %b, TOTALORDER : (!b, !b) -> tensor<i1>
        stablehlo.return %g : tensor<i1>
      }) : (!l, !i) -> (!l, !i)
      %3 = stablehlo.slice %2#0 [0:256, 0:4] : (!l) -> !c
      %4 = stablehlo.slice %2#1 [0:256, 0:4] : (!i) -> !ci
      %5 = stablehlo.reduce(%3 init: %lowest) applies stablehlo.maximum across dimensions = [1] : (!c, !b) -> !r
      %6 = stablehlo.broadcast_in_dim %5, dims = [0] : (!r) -> !c
      %7 = stablehlo.subtract %3, %6 : !c
      %8 = stablehlo.exponential %7 : !c
      %9 = stablehlo.reduce(%8 init: %zero) applies stablehlo.add across dimensions = [1] : (!c, !b) -> !r
      %10 = stablehlo.broadcast_in_dim %9, dims = [0] : (!r) -> !c
      %11 = stablehlo.divide %8, %10 : !c
      %12 = stablehlo.broadcast_in_dim %4, dims = [0, 1] : (!ci) -> tensor<256x4x32xi32>
      %13 = stablehlo.iota dim = 2 : tensor<256x4x32xi32>
      %14 = stablehlo.compare EQ, %12, %13, SIGNED : (tensor<256x4x32xi32>, tensor<256x4x32xi32>) -> tensor<256x4x32xi1>
      %15 = stablehlo.convert %14 : (tensor<256x4x32xi1>) -> tensor<256x4x32xbf16>
      %16 = stablehlo.broadcast_in_dim %11, dims = [0, 1] : (!c) -> tensor<256x4x32xbf16>
      %17 = stablehlo.multiply %15, %16 : tensor<256x4x32xbf16>
      %18 = stablehlo.reduce(%17 init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<256x4x32xbf16>, !b) -> !l
      %19 = stablehlo.broadcast_in_dim %x, dims = [1, 2] : (!x) -> !xe
      %20 = stablehlo.dot_general %19, %w1, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!xe, tensor<32x512x1024xbf16>) -> !he
      %21 = stablehlo.tanh %20 : !he
      %22 = stablehlo.dot_general %21, %w2, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!he, tensor<32x1024x512xbf16>) -> !xe
      %23 = stablehlo.transpose %18, dims = [1, 0] : (!l) -> tensor<32x256xbf16>
      %24 = stablehlo.broadcast_in_dim %23, dims = [0, 1] : (tensor<32x256xbf16>) -> !xe
      %25 = stablehlo.multiply %22, %24 : !xe
      %26 = stablehlo.reduce(%25 init: %zero) applies stablehlo.add across dimensions = [0] : (!xe, !b) -> !x
      return %26 : !x
    })";

constexpr uint64_t x = 256 * 512 * 2;        // 262144
constexpr uint64_t l = 256 * 32 * 2;         // 16384
constexpr uint64_t he = 32 * 256 * 1024 * 2; // 16777216
constexpr uint64_t xe = 32 * x;              // 8388608
constexpr uint64_t w1 = 32 * 512 * 1024 * 2; // 33554432

} // namespace

// The choice is one launch from logits to the weights and numbers of the
// chosen: 256 * 4 * (2 + 4) bytes. Tokens are read once, not once per expert.
TEST(ExpertRouting, DenseExperts) {
  KernelRows rows = launchesOf(dense, Fusion::Library);
  EXPECT_EQ(countFamily(rows, Family::MoeRouting), 1u);
  EXPECT_EQ(countFamily(rows, Family::GroupedGemm), 2u);
  EXPECT_EQ(countFamily(rows, Family::Attention), 0u);
  uint64_t experts = 0;
  for (const KernelRow &row : rows) {
    if (row.family == Family::MoeRouting) {
      EXPECT_EQ(row, (KernelRow{Family::MoeRouting, l, 256 * 4 * (2 + 4)}));
    }
    if (row.family == Family::GroupedGemm)
      experts += row.readBytes + row.writtenBytes;
  }
  // Up: tokens and weights in, hidden out; down: hidden and weights in, tokens
  // per expert out.
  EXPECT_EQ(experts, x + w1 + he + he + w1 + xe);
}

// The figure beside it: 4 of 32 experts are chosen.
TEST(ExpertRouting, DenseExpertsAreNoted) {
  for (const KernelRow &row : launchesOf(dense, Fusion::Library)) {
    bool isGrouped = row.family == Family::GroupedGemm;
    EXPECT_EQ(row.experts, isGrouped ? 32u : 0u);
    EXPECT_EQ(row.chosenExperts, isGrouped ? 4u : 0u);
  }
}

// A compiler has no kernel for the choice: product, sort, softmax and weights.
TEST(ExpertRouting, ByACompiler) {
  KernelRows rows = launchesOf(dense, Fusion::Compiler);
  EXPECT_EQ(countFamily(rows, Family::MoeRouting), 0u);
  EXPECT_EQ(countFamily(rows, Family::Sort), 1u);
}

// Boxes or beams that are sorted by score are no experts.
TEST(ExpertRouting, SortedScoresWithoutExperts) {
  std::string text = R"(
    !x = tensor<256x512xf32>
    !s = tensor<256x32000xf32>
    !f = tensor<f32>
    func.func @main(%x: !x, %w: tensor<512x32000xf32>) -> tensor<256x8xf32> {
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, tensor<512x32000xf32>) -> !s
      %1 = "stablehlo.sort"(%0) <{dimension = 1 : i64, is_stable = true}> ({
      ^bb0(%a: !f, %b: !f):
        %g = stablehlo.compare GT, %a, %b, TOTALORDER : (!f, !f) -> tensor<i1>
        stablehlo.return %g : tensor<i1>
      }) : (!s) -> !s
      %2 = stablehlo.slice %1 [0:256, 0:8] : (!s) -> tensor<256x8xf32>
      return %2 : tensor<256x8xf32>
    })";
  EXPECT_EQ(countFamily(launchesOf(text, Fusion::Library), Family::MoeRouting),
            0u);
}
