//===- KernelLawGraphsTest.cpp - Laws of kernels on small graphs ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The laws of KernelLawsTest.cpp on graphs that are easy to get wrong.
//
//===----------------------------------------------------------------------===//

#include "GraphText.h"
#include "KernelLaws.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// All laws on `text`; with `reorders` also with its ops in other orders.
void expectLaws(const std::string &text, bool reorders = true) {
  std::unique_ptr<FormedGraph> graph = FormedGraph::read(text);
  ASSERT_TRUE(graph);
  EXPECT_EQ(checkMembership(*graph), "");
  EXPECT_EQ(checkBytes(*graph), "");
  EXPECT_EQ(checkWork(*graph), "");
  EXPECT_EQ(checkCircles(*graph), "");
  constexpr uint64_t orders = 30;
  for (uint64_t seed = 0; reorders && seed < orders; ++seed) {
    Random random(seed);
    std::string other = reorderLines(text, random);
    std::unique_ptr<FormedGraph> reordered = FormedGraph::read(other);
    ASSERT_TRUE(reordered) << other;
    ASSERT_EQ(checkSameKernels(*graph, *reordered), "") << other;
  }
}

} // namespace

// Two kernels of one size read a value that is computed in both.
TEST(KernelLawGraphs, ReadersOfOnePad) {
  expectLaws(R"(
    func.func @main(%v0: tensor<1x64xbf16>, %v1: tensor<bf16>) -> (tensor<5x64xbf16>, tensor<5x64xbf16>) {
      %v2 = stablehlo.pad %v0, %v1, low = [1, 0], high = [3, 0], interior = [0, 0] : (tensor<1x64xbf16>, tensor<bf16>) -> tensor<5x64xbf16>
      %v3 = stablehlo.tanh %v2 : tensor<5x64xbf16>
      %v4 = stablehlo.add %v2, %v2 : tensor<5x64xbf16>
      return %v3, %v4 : tensor<5x64xbf16>, tensor<5x64xbf16>
    }
  )");
}

// One value is the right operand of one product and the left one of another.
TEST(KernelLawGraphs, SharedOnEitherSide) {
  expectLaws(R"(
    func.func @main(%v0: tensor<2x32x256xf32>, %v1: tensor<256x256xf32>, %v2: tensor<256x256xf32>) -> (tensor<2x32x256xf32>) {
      %v3 = stablehlo.dot_general %v0, %v1, contracting_dims = [2] x [0] : (tensor<2x32x256xf32>, tensor<256x256xf32>) -> tensor<2x32x256xf32>
      %v4 = stablehlo.dot_general %v1, %v2, contracting_dims = [1] x [0] : (tensor<256x256xf32>, tensor<256x256xf32>) -> tensor<256x256xf32>
      %v5 = stablehlo.add %v4, %v1 : tensor<256x256xf32>
      return %v3 : tensor<2x32x256xf32>
    }
  )");
}

// A small function returns one value twice.
TEST(KernelLawGraphs, ReturnedTwice) {
  expectLaws(R"(
    func.func private @f0(%v0: tensor<8x16xf32>) -> (tensor<8x16xf32>, tensor<8x16xf32>) {
      %v1 = stablehlo.negate %v0 : tensor<8x16xf32>
      return %v1, %v1 : tensor<8x16xf32>, tensor<8x16xf32>
    }
    func.func @main(%v2: tensor<8x16xf32>) -> (tensor<8x16xf32>, tensor<8x16xf32>) {
      %v3:2 = func.call @f0(%v2) : (tensor<8x16xf32>) -> (tensor<8x16xf32>, tensor<8x16xf32>)
      return %v3#0, %v3#1 : tensor<8x16xf32>, tensor<8x16xf32>
    }
  )");
}

// A sum of rows goes into sums of columns and of everything.
TEST(KernelLawGraphs, RowsThenEverything) {
  expectLaws(R"(
    func.func @main(%v0: tensor<128x16xbf16>, %v1: tensor<bf16>) -> (tensor<bf16>) {
      %v2 = stablehlo.exponential %v0 : tensor<128x16xbf16>
      %v3 = stablehlo.reduce(%v2 init: %v1) applies stablehlo.add across dimensions = [1] : (tensor<128x16xbf16>, tensor<bf16>) -> tensor<128xbf16>
      %v4 = stablehlo.log %v3 : tensor<128xbf16>
      %v5 = stablehlo.reduce(%v4 init: %v1) applies stablehlo.add across dimensions = [0] : (tensor<128xbf16>, tensor<bf16>) -> tensor<bf16>
      %v6 = stablehlo.broadcast_in_dim %v3, dims = [0] : (tensor<128xbf16>) -> tensor<128x16xbf16>
      %v7 = stablehlo.divide %v2, %v6 : tensor<128x16xbf16>
      %v8 = stablehlo.reduce(%v7 init: %v1) applies stablehlo.add across dimensions = [0, 1] : (tensor<128x16xbf16>, tensor<bf16>) -> tensor<bf16>
      return %v5 : tensor<bf16>
    }
  )");
}

// Of two products of one value, one has an epilogue.
TEST(KernelLawGraphs, EpilogueOfOneProduct) {
  expectLaws(R"(
    func.func @main(%v0: tensor<8x64xbf16>, %v1: tensor<64x256xbf16>, %v2: tensor<64x256xbf16>) -> (tensor<8x256xbf16>, tensor<8x256xbf16>) {
      %v3 = stablehlo.dot_general %v0, %v1, contracting_dims = [1] x [0] : (tensor<8x64xbf16>, tensor<64x256xbf16>) -> tensor<8x256xbf16>
      %v4 = stablehlo.dot_general %v0, %v2, contracting_dims = [1] x [0] : (tensor<8x64xbf16>, tensor<64x256xbf16>) -> tensor<8x256xbf16>
      %v5 = stablehlo.tanh %v4 : tensor<8x256xbf16>
      return %v3, %v5 : tensor<8x256xbf16>, tensor<8x256xbf16>
    }
  )");
}

// What the second routing reads depends on the first; a last op reads both.
TEST(KernelLawGraphs, RoutingAroundRouting) {
  expectLaws(R"(
    func.func @main(%v0: tensor<32x256xf32>, %v1: tensor<256x8xf32>, %v2: tensor<2x8xf32>, %v3: tensor<32x2xf32>, %v4: tensor<32x8xf32>, %v5: tensor<2x16x16x8xf32>) -> (tensor<2x16x16x8xf32>) {
      %v6 = stablehlo.dot_general %v0, %v1, contracting_dims = [1] x [0] : (tensor<32x256xf32>, tensor<256x8xf32>) -> tensor<32x8xf32>
      %v7 = stablehlo.subtract %v6, %v4 : tensor<32x8xf32>
      %v8 = stablehlo.exponential %v7 : tensor<32x8xf32>
      %v9 = stablehlo.divide %v8, %v4 : tensor<32x8xf32>
      %v10:2 = chlo.top_k(%v9, k = 2) : tensor<32x8xf32> -> (tensor<32x2xf32>, tensor<32x2xi32>)
      %v11 = stablehlo.divide %v10#0, %v3 : tensor<32x2xf32>
      %v12 = stablehlo.dot_general %v11, %v2, contracting_dims = [1] x [0] : (tensor<32x2xf32>, tensor<2x8xf32>) -> tensor<32x8xf32>
      %v13 = stablehlo.exponential %v12 : tensor<32x8xf32>
      %v14 = stablehlo.divide %v13, %v4 : tensor<32x8xf32>
      %v15:2 = chlo.top_k(%v14, k = 2) : tensor<32x8xf32> -> (tensor<32x2xf32>, tensor<32x2xi32>)
      %v16 = stablehlo.divide %v15#0, %v3 : tensor<32x2xf32>
      %v17 = stablehlo.concatenate %v16, %v11, %v16, dim = 1 : (tensor<32x2xf32>, tensor<32x2xf32>, tensor<32x2xf32>) -> tensor<32x6xf32>
      return %v5 : tensor<2x16x16x8xf32>
    }
  )");
}

// Branches read what is routed without having it as an operand.
TEST(KernelLawGraphs, RoutingAroundBranches) {
  expectLaws(R"(
    func.func @main(%v0: tensor<32x64xf32>, %v1: tensor<64x8xf32>, %v2: tensor<32x2xf32>, %v3: tensor<i1>, %v4: tensor<32x8xf32>) -> (tensor<32x2xi32>) {
      %v5 = stablehlo.dot_general %v0, %v1, contracting_dims = [1] x [0] : (tensor<32x64xf32>, tensor<64x8xf32>) -> tensor<32x8xf32>
      %v6 = stablehlo.subtract %v5, %v4 : tensor<32x8xf32>
      %v7 = stablehlo.exponential %v6 : tensor<32x8xf32>
      %v8 = stablehlo.divide %v7, %v4 : tensor<32x8xf32>
      %v9:2 = chlo.top_k(%v8, k = 2) : tensor<32x8xf32> -> (tensor<32x2xf32>, tensor<32x2xi32>)
      %v10 = stablehlo.divide %v9#0, %v2 : tensor<32x2xf32>
      %v11 = stablehlo.concatenate %v10, %v2, dim = 1 : (tensor<32x2xf32>, tensor<32x2xf32>) -> tensor<32x4xf32>
      %v12 = "stablehlo.if"(%v3) ({
        %v13 = stablehlo.tanh %v11 : tensor<32x4xf32>
        stablehlo.return %v13 : tensor<32x4xf32>
      }, {
        %v14 = stablehlo.tanh %v11 : tensor<32x4xf32>
        stablehlo.return %v14 : tensor<32x4xf32>
      }) : (tensor<i1>) -> tensor<32x4xf32>
      %v15 = stablehlo.multiply %v12, %v11 : tensor<32x4xf32>
      return %v9#1 : tensor<32x2xi32>
    }
  )",
             /*reorders=*/false);
}

// An op that nothing is known about is between two that belong together.
TEST(KernelLawGraphs, RoutingAroundOpaqueOp) {
  expectLaws(R"(
    func.func @main(%v0: tensor<2x8xbf16>, %v1: tensor<128x2xi1>, %v2: tensor<128x2xbf16>, %v3: tensor<128x8xf32>) -> (tensor<128x2xbf16>) {
      %v4 = stablehlo.dot_general %v2, %v0, contracting_dims = [1] x [0] : (tensor<128x2xbf16>, tensor<2x8xbf16>) -> tensor<128x8xbf16>
      %v5 = stablehlo.convert %v4 : (tensor<128x8xbf16>) -> tensor<128x8xf32>
      %v6 = stablehlo.exponential %v5 : tensor<128x8xf32>
      %v7 = stablehlo.divide %v6, %v3 : tensor<128x8xf32>
      %v8 = stablehlo.convert %v7 : (tensor<128x8xf32>) -> tensor<128x8xbf16>
      %v9:2 = chlo.top_k(%v8, k = 2) : tensor<128x8xbf16> -> (tensor<128x2xbf16>, tensor<128x2xi32>)
      %v10 = stablehlo.divide %v9#0, %v2 : tensor<128x2xbf16>
      %v11 = stablehlo.custom_call @mystery(%v10) : (tensor<128x2xbf16>) -> tensor<128x2xbf16>
      %v12 = stablehlo.select %v1, %v10, %v11 : tensor<128x2xi1>, tensor<128x2xbf16>
      return %v12 : tensor<128x2xbf16>
    }
  )");
}

// Two readers of a slice, one of which computes positions as well.
TEST(KernelLawGraphs, ReadersOfOneSlice) {
  expectLaws(R"(
    func.func @main(%v0: tensor<128x64xbf16>, %v1: tensor<i32>) -> (tensor<1x64xbf16>, tensor<1x64xbf16>) {
      %v2 = stablehlo.dynamic_slice %v0, %v1, %v1, sizes = [1, 64] : (tensor<128x64xbf16>, tensor<i32>, tensor<i32>) -> tensor<1x64xbf16>
      %v3 = stablehlo.maximum %v2, %v2 : tensor<1x64xbf16>
      %v4 = stablehlo.iota dim = 1 : tensor<1x64xi32>
      %v5 = stablehlo.convert %v4 : (tensor<1x64xi32>) -> tensor<1x64xbf16>
      %v6 = stablehlo.add %v2, %v5 : tensor<1x64xbf16>
      return %v3, %v6 : tensor<1x64xbf16>, tensor<1x64xbf16>
    }
  )");
}

// Two rotations, one with two tables.
TEST(KernelLawGraphs, TablesOfOneSize) {
  expectLaws(R"(
    func.func @main(%v0: tensor<8x64xf32>, %v1: tensor<32xf32>, %v2: tensor<32xf32>, %v3: tensor<8x32xf32>, %v4: tensor<f32>) -> (tensor<f32>) {
      %v5 = stablehlo.slice %v0 [0:8:1, 0:32:1] : (tensor<8x64xf32>) -> tensor<8x32xf32>
      %v6 = stablehlo.broadcast_in_dim %v1, dims = [1] : (tensor<32xf32>) -> tensor<8x32xf32>
      %v7 = stablehlo.multiply %v5, %v6 : tensor<8x32xf32>
      %v8 = stablehlo.subtract %v7, %v3 : tensor<8x32xf32>
      %v9 = stablehlo.broadcast_in_dim %v2, dims = [1] : (tensor<32xf32>) -> tensor<8x32xf32>
      %v10 = stablehlo.multiply %v5, %v9 : tensor<8x32xf32>
      %v11 = stablehlo.add %v3, %v10 : tensor<8x32xf32>
      %v12 = stablehlo.concatenate %v8, %v11, dim = 1 : (tensor<8x32xf32>, tensor<8x32xf32>) -> tensor<8x64xf32>
      %v13 = stablehlo.slice %v0 [0:8:1, 0:32:1] : (tensor<8x64xf32>) -> tensor<8x32xf32>
      %v14 = stablehlo.slice %v0 [0:8:1, 32:64:1] : (tensor<8x64xf32>) -> tensor<8x32xf32>
      %v15 = stablehlo.broadcast_in_dim %v2, dims = [1] : (tensor<32xf32>) -> tensor<8x32xf32>
      %v16 = stablehlo.multiply %v13, %v15 : tensor<8x32xf32>
      %v17 = stablehlo.multiply %v14, %v3 : tensor<8x32xf32>
      %v18 = stablehlo.subtract %v16, %v17 : tensor<8x32xf32>
      %v19 = stablehlo.concatenate %v18, %v3, dim = 1 : (tensor<8x32xf32>, tensor<8x32xf32>) -> tensor<8x64xf32>
      return %v4 : tensor<f32>
    }
  )");
}

// A dynamic slice that is a view reads no index.
TEST(KernelLawGraphs, SliceOfEverything) {
  expectLaws(R"(
    func.func @main(%v0: tensor<1x16xbf16>, %v1: tensor<i32>) -> (tensor<1x16xf32>) {
      %v2 = stablehlo.dynamic_slice %v0, %v1, %v1, sizes = [1, 16] : (tensor<1x16xbf16>, tensor<i32>, tensor<i32>) -> tensor<1x16xbf16>
      %v3 = stablehlo.convert %v2 : (tensor<1x16xbf16>) -> tensor<1x16xf32>
      return %v3 : tensor<1x16xf32>
    }
  )");
}

// A constant of a small function is read.
TEST(KernelLawGraphs, ConstantInsideFunction) {
  expectLaws(R"(
    func.func private @f0(%v0: tensor<128x16xf32>) -> (tensor<20x128xf32>) {
      %v1 = stablehlo.transpose %v0, dims = [1, 0] : (tensor<128x16xf32>) -> tensor<16x128xf32>
      %v2 = stablehlo.constant dense<1.5> : tensor<f32>
      %v3 = stablehlo.pad %v1, %v2, low = [1, 0], high = [3, 0], interior = [0, 0] : (tensor<16x128xf32>, tensor<f32>) -> tensor<20x128xf32>
      return %v3 : tensor<20x128xf32>
    }
    func.func @main(%v4: tensor<128x16xf32>, %v5: tensor<128x16xf32>) -> (tensor<20x128xf32>, tensor<128x16xf32>) {
      %v6 = stablehlo.add %v4, %v5 : tensor<128x16xf32>
      %v7 = func.call @f0(%v6) : (tensor<128x16xf32>) -> tensor<20x128xf32>
      %v8 = stablehlo.add %v6, %v5 : tensor<128x16xf32>
      return %v7, %v8 : tensor<20x128xf32>, tensor<128x16xf32>
    }
  )");
}
