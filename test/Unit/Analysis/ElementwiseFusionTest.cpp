//===- ElementwiseFusionTest.cpp - Fusion of elementwise ops --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

constexpr uint64_t x = 256 * 1024 * 4; // 1048576

std::string mainOf(const std::string &signature, const std::string &body) {
  return R"(
    !x = tensor<256x1024xf32>
    !h = tensor<256x1024xbf16>
    !f = tensor<f32>
    !r = tensor<256xf32>
    func.func @main)" +
         signature + " {" + body + "}";
}

/// The same with both settings that fuse.
void expectFused(const std::string &text, const KernelRows &rows) {
  EXPECT_EQ(launchesOf(text, Fusion::Compiler), rows);
  EXPECT_EQ(launchesOf(text, Fusion::Library), rows);
}

} // namespace

TEST(ElementwiseFusion, AChainIsOneKernel) {
  std::string text = mainOf("(%x: !x, %y: !x) -> !x", R"(
      %0 = stablehlo.add %x, %y : !x
      %1 = stablehlo.tanh %0 : !x
      %2 = stablehlo.multiply %1, %1 : !x
      return %2 : !x
    )");
  expectFused(text, {{Family::Elementwise, 2 * x, x}});
  EXPECT_EQ(launchesOf(text, Fusion::None),
            (KernelRows{{Family::Elementwise, 2 * x, x},
                        {Family::Elementwise, x, x},
                        {Family::Elementwise, x, x}}));
}

// A value that several ops read is computed and kept once.
TEST(ElementwiseFusion, ADiamondIsOneKernel) {
  expectFused(mainOf("(%x: !x) -> !x", R"(
      %0 = stablehlo.negate %x : !x
      %1 = stablehlo.exponential %0 : !x
      %2 = stablehlo.tanh %0 : !x
      %3 = stablehlo.add %1, %2 : !x
      return %3 : !x
    )"),
              {{Family::Elementwise, x, x}});
}

TEST(ElementwiseFusion, AnInputReadTwiceCountsOnce) {
  expectFused(mainOf("(%x: !x) -> !x", R"(
      %0 = stablehlo.sine %x : !x
      %1 = stablehlo.multiply %0, %x : !x
      %2 = stablehlo.add %1, %x : !x
      return %2 : !x
    )"),
              {{Family::Elementwise, x, x}});
}

TEST(ElementwiseFusion, SeveralResults) {
  expectFused(mainOf("(%x: !x, %y: !x) -> (!x, !x)", R"(
      %0 = stablehlo.add %x, %y : !x
      %1 = stablehlo.tanh %0 : !x
      return %0, %1 : !x, !x
    )"),
              {{Family::Elementwise, 2 * x, 2 * x}});
}

// Two chains that read one value are one kernel with two results.
TEST(ElementwiseFusion, ReadersOfOneValue) {
  expectFused(mainOf("(%x: !x, %y: !x) -> (!x, !x)", R"(
      %0 = stablehlo.tanh %x : !x
      %1 = stablehlo.multiply %x, %y : !x
      return %0, %1 : !x, !x
    )"),
              {{Family::Elementwise, 2 * x, 2 * x}});
}

TEST(ElementwiseFusion, ChainsWithoutACommonValueStayApart) {
  expectFused(mainOf("(%x: !x, %y: !x) -> (!x, !x)", R"(
      %0 = stablehlo.tanh %x : !x
      %1 = stablehlo.sine %y : !x
      return %0, %1 : !x, !x
    )"),
              {{Family::Elementwise, x, x}, {Family::Elementwise, x, x}});
}

// The bias is read as it is stored, not as it is broadcast.
TEST(ElementwiseFusion, BroadcastsAreLookedThrough) {
  expectFused(mainOf("(%x: !x, %b: tensor<1024xf32>) -> !x", R"(
      %0 = stablehlo.reshape %b : (tensor<1024xf32>) -> tensor<1x1024xf32>
      %1 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024xf32>
      %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x1024xf32>) -> !x
      %3 = stablehlo.add %x, %2 : !x
      return %3 : !x
    )"),
              {{Family::Elementwise, x + 1024 * 4, x}});
}

// What is read of a slice is the slice.
TEST(ElementwiseFusion, SlicesAreLookedThrough) {
  expectFused(mainOf("(%x: tensor<256x4096xf32>) -> !x", R"(
      %0 = stablehlo.slice %x [0:256, 0:1024] : (tensor<256x4096xf32>) -> !x
      %1 = stablehlo.slice %x [0:256, 1024:2048] : (tensor<256x4096xf32>) -> !x
      %2 = stablehlo.add %0, %1 : !x
      return %2 : !x
    )"),
              {{Family::Elementwise, 2 * x, x}});
}

TEST(ElementwiseFusion, TranspositionsAreLookedThrough) {
  expectFused(mainOf("(%x: !x, %y: tensor<1024x256xf32>) -> !x", R"(
      %0 = stablehlo.transpose %y, dims = [1, 0] : (tensor<1024x256xf32>) -> !x
      %1 = stablehlo.add %x, %0 : !x
      return %1 : !x
    )"),
              {{Family::Elementwise, 2 * x, x}});
}

// A result that is only another order of an argument has to be written.
TEST(ElementwiseFusion, AReturnedTranspositionIsAKernel) {
  expectFused(mainOf("(%x: !x) -> tensor<1024x256xf32>", R"(
      %0 = stablehlo.transpose %x, dims = [1, 0] : (!x) -> tensor<1024x256xf32>
      return %0 : tensor<1024x256xf32>
    )"),
              {{Family::DataMovement, x, x}});
}

TEST(ElementwiseFusion, AReturnedBroadcastIsAKernel) {
  expectFused(mainOf("(%b: tensor<1024xf32>) -> !x", R"(
      %0 = stablehlo.broadcast_in_dim %b, dims = [1] : (tensor<1024xf32>) -> !x
      return %0 : !x
    )"),
              {{Family::DataMovement, 1024 * 4, x}});
}

// Reshapes cost nothing wherever they are.
TEST(ElementwiseFusion, ReshapesAreFree) {
  expectFused(mainOf("(%x: !x) -> tensor<262144xf32>", R"(
      %0 = stablehlo.reshape %x : (!x) -> tensor<64x4096xf32>
      %1 = stablehlo.tanh %0 : tensor<64x4096xf32>
      %2 = stablehlo.reshape %1 : (tensor<64x4096xf32>) -> tensor<512x512xf32>
      %3 = stablehlo.negate %2 : tensor<512x512xf32>
      %4 = stablehlo.reshape %3 : (tensor<512x512xf32>) -> tensor<262144xf32>
      return %4 : tensor<262144xf32>
    )"),
              {{Family::Elementwise, x, x}});
}

// A graph of views has no kernel.
TEST(ElementwiseFusion, ViewsAloneAreNoKernel) {
  std::string text = mainOf("(%x: !x) -> tensor<262144xf32>", R"(
      %0 = stablehlo.reshape %x : (!x) -> tensor<262144xf32>
      return %0 : tensor<262144xf32>
    )");
  expectFused(text, {});
  EXPECT_TRUE(kernelsOf(text, Fusion::None).empty());
}

// Conversions at both ends: bytes are those of the narrow type.
TEST(ElementwiseFusion, ConversionsAreElementwise) {
  expectFused(mainOf("(%x: !h) -> !h", R"(
      %0 = stablehlo.convert %x : (!h) -> !x
      %1 = stablehlo.logistic %0 : !x
      %2 = stablehlo.multiply %0, %1 : !x
      %3 = stablehlo.convert %2 : (!x) -> !h
      return %3 : !h
    )"),
              {{Family::Elementwise, x / 2, x / 2}});
}

// A mask of positions is made where it is used.
TEST(ElementwiseFusion, PositionsTakeNoBytes) {
  expectFused(mainOf("(%x: !x) -> !x", R"(
      %0 = stablehlo.iota dim = 0 : tensor<256x1024xi32>
      %1 = stablehlo.iota dim = 1 : tensor<256x1024xi32>
      %2 = stablehlo.compare GE, %0, %1, SIGNED : (tensor<256x1024xi32>, tensor<256x1024xi32>) -> tensor<256x1024xi1>
      %c = stablehlo.constant dense<0.0> : !f
      %3 = stablehlo.broadcast_in_dim %c, dims = [] : (!f) -> !x
      %4 = stablehlo.select %2, %x, %3 : tensor<256x1024xi1>, !x
      return %4 : !x
    )"),
              {{Family::Elementwise, x, x}});
}

// What is made of few values is made again by each kernel that reads it, and
// stored by none.
TEST(ElementwiseFusion, GrowingValuesAreMadeWhereTheyAreRead) {
  std::string text = R"(
    !x = tensor<256x1024xf32>
    !w = tensor<1024x1024xf32>
    func.func @main(%x: !x, %w: !w, %a: tensor<256xf32>, %b: tensor<1024xf32>) -> !x {
      %0 = stablehlo.broadcast_in_dim %a, dims = [0] : (tensor<256xf32>) -> !x
      %1 = stablehlo.broadcast_in_dim %b, dims = [1] : (tensor<1024xf32>) -> !x
      %2 = stablehlo.multiply %0, %1 : !x
      %3 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %4 = stablehlo.add %3, %2 : !x
      %5 = stablehlo.dot_general %4, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %6 = stablehlo.add %5, %2 : !x
      return %6 : !x
    })";
  constexpr uint64_t w = 1024 * 1024 * 4;
  constexpr uint64_t vectors = (256 + 1024) * 4; // 5120
  expectFused(text, {{Family::Gemm, x + w + vectors, x},
                     {Family::Gemm, x + w + vectors, x}});
}

// Constants with data are read.
TEST(ElementwiseFusion, ConstantsAreRead) {
  expectFused(mainOf("(%x: !x) -> !x", R"(
      %0 = stablehlo.constant dense_resource<table> : tensor<1024xf32>
      %1 = stablehlo.broadcast_in_dim %0, dims = [1] : (tensor<1024xf32>) -> !x
      %2 = stablehlo.add %x, %1 : !x
      return %2 : !x
    )"),
              {{Family::Elementwise, x + 1024 * 4, x}});
}

// Halves put together are written once.
TEST(ElementwiseFusion, Concatenation) {
  expectFused(mainOf("(%x: !x, %y: !x) -> tensor<256x2048xf32>", R"(
      %0 = stablehlo.negate %x : !x
      %1 = stablehlo.tanh %y : !x
      %2 = stablehlo.concatenate %0, %1, dim = 1 : (!x, !x) -> tensor<256x2048xf32>
      return %2 : tensor<256x2048xf32>
    )"),
              {{Family::Elementwise, 2 * x, 2 * x}});
}

// What nothing reads is not launched together with anything, and is not lost.
TEST(ElementwiseFusion, UnreadResultsStay) {
  KernelRows rows = launchesOf(mainOf("(%x: !x) -> !x", R"(
      %0 = stablehlo.tanh %x : !x
      %1 = stablehlo.sine %x : !x
      return %0 : !x
    )"),
                               Fusion::Compiler);
  size_t ops = 0;
  for (const KernelRow &row : rows)
    ops += row.ops.size();
  EXPECT_EQ(ops, 2u);
}

// Few values are control: they are launched by nobody.
TEST(ElementwiseFusion, ScalarsAreNoLaunch) {
  std::string text =
      mainOf("(%x: !x, %i: tensor<i32>) -> (!x, tensor<i32>)", R"(
      %c = stablehlo.constant dense<1> : tensor<i32>
      %0 = stablehlo.add %i, %c : tensor<i32>
      %1 = stablehlo.multiply %0, %0 : tensor<i32>
      %2 = stablehlo.tanh %x : !x
      return %2, %1 : !x, tensor<i32>
    )");
  expectFused(text, {{Family::Elementwise, x, x}});
  EXPECT_EQ(countFamily(kernelsOf(text, Fusion::Compiler), Family::Scalar), 1u);
  EXPECT_EQ(countFamily(kernelsOf(text, Fusion::None), Family::Scalar), 2u);
}

// A scalar that a kernel reads is a few bytes of it.
TEST(ElementwiseFusion, ScalarsThatAreRead) {
  expectFused(mainOf("(%x: !x, %s: !f) -> !x", R"(
      %0 = stablehlo.rsqrt %s : !f
      %1 = stablehlo.broadcast_in_dim %0, dims = [] : (!f) -> !x
      %2 = stablehlo.multiply %x, %1 : !x
      return %2 : !x
    )"),
              {{Family::Elementwise, x, x}});
}

TEST(ElementwiseFusion, LinalgGenericOps) {
  std::string text = R"(
    !x = tensor<256x1024xf32>
    #id = affine_map<(i, j) -> (i, j)>
    #column = affine_map<(i, j) -> (j)>
    func.func @main(%x: !x, %b: tensor<1024xf32>) -> !x {
      %e = tensor.empty() : !x
      %0 = linalg.generic {indexing_maps = [#id, #column, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %b : !x, tensor<1024xf32>) outs(%e : !x) {
      ^bb0(%a: f32, %c: f32, %o: f32):
        %s = arith.addf %a, %c : f32
        linalg.yield %s : f32
      } -> !x
      %1 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%0 : !x) outs(%e : !x) {
      ^bb0(%a: f32, %o: f32):
        %s = math.tanh %a : f32
        linalg.yield %s : f32
      } -> !x
      %2 = linalg.exp ins(%1 : !x) outs(%e : !x) -> !x
      return %2 : !x
    })";
  expectFused(text, {{Family::Elementwise, x + 1024 * 4, x}});
}

TEST(ElementwiseFusion, TosaBroadcastsByItself) {
  std::string text = R"(
    !x = tensor<256x1024xf32>
    func.func @main(%x: !x, %b: tensor<1x1024xf32>) -> !x {
      %0 = tosa.add %x, %b : (!x, tensor<1x1024xf32>) -> !x
      %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (!x) -> !x
      return %1 : !x
    })";
  expectFused(text, {{Family::Elementwise, x + 1024 * 4, x}});
}
