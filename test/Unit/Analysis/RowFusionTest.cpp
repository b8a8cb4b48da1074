//===- RowFusionTest.cpp - Fusion of reductions ---------------------------===//
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
constexpr uint64_t r = 256 * 4;        // a number for every row
constexpr uint64_t c = 1024 * 4;       // a number for every column

/// A function of a matrix of 256 rows with constants at hand.
std::string mainOf(const std::string &signature, const std::string &body) {
  return R"(
    !x = tensor<256x1024xf32>
    !h = tensor<256x1024xbf16>
    !f = tensor<f32>
    !r = tensor<256xf32>
    !k = tensor<256x1xf32>
    !c = tensor<1024xf32>
    func.func @main)" +
         signature + R"( {
      %zero = stablehlo.constant dense<0.0> : !f
      %lowest = stablehlo.constant dense<0xFF800000> : !f
      %n = stablehlo.constant dense<1024.0> : !f
      %eps = stablehlo.constant dense<1.0e-5> : !f
  )" + body +
         "}";
}

void expectFused(const std::string &text, const KernelRows &rows) {
  EXPECT_EQ(launchesOf(text, Fusion::Compiler), rows);
  EXPECT_EQ(launchesOf(text, Fusion::Library), rows);
}

/// RMS normalisation of `%a` to `%out` with the weight `%w`.
const std::string rmsNorm = R"(
      %s0 = stablehlo.multiply %a, %a : !x
      %s1 = stablehlo.reduce(%s0 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %s2 = stablehlo.broadcast_in_dim %s1, dims = [0] : (!r) -> !k
      %s3 = stablehlo.broadcast_in_dim %n, dims = [] : (!f) -> !k
      %s4 = stablehlo.divide %s2, %s3 : !k
      %s5 = stablehlo.broadcast_in_dim %eps, dims = [] : (!f) -> !k
      %s6 = stablehlo.add %s4, %s5 : !k
      %s7 = stablehlo.rsqrt %s6 : !k
      %s8 = stablehlo.broadcast_in_dim %s7, dims = [0, 1] : (!k) -> !x
      %s9 = stablehlo.multiply %a, %s8 : !x
      %t0 = stablehlo.broadcast_in_dim %w, dims = [1] : (!c) -> !x
      %out = stablehlo.multiply %s9, %t0 : !x
)";

/// Softmax of the rows of `%a` to `%p`.
const std::string softmax = R"(
      %m0 = stablehlo.reduce(%a init: %lowest) applies stablehlo.maximum across dimensions = [1] : (!x, !f) -> !r
      %m1 = stablehlo.broadcast_in_dim %m0, dims = [0] : (!r) -> !x
      %m2 = stablehlo.subtract %a, %m1 : !x
      %m3 = stablehlo.exponential %m2 : !x
      %m4 = stablehlo.reduce(%m3 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %m5 = stablehlo.broadcast_in_dim %m4, dims = [0] : (!r) -> !x
      %p = stablehlo.divide %m3, %m5 : !x
)";

} // namespace

TEST(RowFusion, SoftmaxIsOneKernel) {
  expectFused(mainOf("(%a: !x) -> !x", softmax + "return %p : !x"),
              {{Family::Softmax, x, x}});
}

TEST(RowFusion, SoftmaxWithScaleAndMask) {
  expectFused(mainOf("(%q: !x, %mask: tensor<256x1024xi1>) -> !h", R"(
      %q0 = stablehlo.broadcast_in_dim %eps, dims = [] : (!f) -> !x
      %q1 = stablehlo.multiply %q, %q0 : !x
      %q2 = stablehlo.broadcast_in_dim %lowest, dims = [] : (!f) -> !x
      %a = stablehlo.select %mask, %q1, %q2 : tensor<256x1024xi1>, !x
  )" + softmax + R"(
      %h = stablehlo.convert %p : (!x) -> !h
      return %h : !h
  )"),
              {{Family::Softmax, x + 256 * 1024, x / 2}});
}

// Maximum and sum that are kept are two numbers a row.
TEST(RowFusion, SoftmaxThatKeepsItsRows) {
  expectFused(mainOf("(%a: !x) -> (!x, !r, !r)",
                     softmax + "return %p, %m0, %m4 : !x, !r, !r"),
              {{Family::Softmax, x, x + 2 * r}});
}

TEST(RowFusion, LogSoftmax) {
  expectFused(mainOf("(%a: !x) -> !x", R"(
      %m0 = stablehlo.reduce(%a init: %lowest) applies stablehlo.maximum across dimensions = [1] : (!x, !f) -> !r
      %m1 = stablehlo.broadcast_in_dim %m0, dims = [0] : (!r) -> !x
      %m2 = stablehlo.subtract %a, %m1 : !x
      %m3 = stablehlo.exponential %m2 : !x
      %m4 = stablehlo.reduce(%m3 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %m5 = stablehlo.log %m4 : !r
      %m6 = stablehlo.broadcast_in_dim %m5, dims = [0] : (!r) -> !x
      %m7 = stablehlo.subtract %m2, %m6 : !x
      return %m7 : !x
  )"),
              {{Family::Softmax, x, x}});
}

TEST(RowFusion, RmsNormIsOneKernel) {
  expectFused(mainOf("(%a: !x, %w: !c) -> !x", rmsNorm + "return %out : !x"),
              {{Family::Normalization, x + c, x}});
}

// In bf16 with the arithmetic in f32, as models have it.
TEST(RowFusion, RmsNormWithConversions) {
  expectFused(mainOf("(%h: !h, %wh: tensor<1024xbf16>) -> !h", R"(
      %a = stablehlo.convert %h : (!h) -> !x
      %w = stablehlo.convert %wh : (tensor<1024xbf16>) -> !c
  )" + rmsNorm + R"(
      %b = stablehlo.convert %out : (!x) -> !h
      return %b : !h
  )"),
              {{Family::Normalization, (x + c) / 2, x / 2}});
}

// The sum goes on as the residual stream.
TEST(RowFusion, RmsNormWithResidual) {
  expectFused(mainOf("(%x: !x, %y: !x, %w: !c) -> (!x, !x)",
                     "%a = stablehlo.add %x, %y : !x\n" + rmsNorm +
                         "return %out, %a : !x, !x"),
              {{Family::Normalization, 2 * x + c, 2 * x}});
}

// Mean, then mean of squares about it.
TEST(RowFusion, LayerNormIsOneKernel) {
  expectFused(mainOf("(%x: !x, %w: !c, %b: !c) -> !x", R"(
      %n0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %n1 = stablehlo.broadcast_in_dim %n, dims = [] : (!f) -> !r
      %n2 = stablehlo.divide %n0, %n1 : !r
      %n3 = stablehlo.broadcast_in_dim %n2, dims = [0] : (!r) -> !x
      %a = stablehlo.subtract %x, %n3 : !x
  )" + rmsNorm + R"(
      %n4 = stablehlo.broadcast_in_dim %b, dims = [1] : (!c) -> !x
      %n5 = stablehlo.add %out, %n4 : !x
      return %n5 : !x
  )"),
              {{Family::Normalization, x + 2 * c, x}});
}

// Flax: mean of squares minus square of mean, both of one pass.
TEST(RowFusion, LayerNormOfTwoMoments) {
  expectFused(mainOf("(%x: !x, %w: !c) -> !x", R"(
      %n1 = stablehlo.broadcast_in_dim %n, dims = [] : (!f) -> !r
      %n0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %n2 = stablehlo.divide %n0, %n1 : !r
      %n3 = stablehlo.multiply %x, %x : !x
      %n4 = stablehlo.reduce(%n3 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %n5 = stablehlo.divide %n4, %n1 : !r
      %n6 = stablehlo.multiply %n2, %n2 : !r
      %n7 = stablehlo.subtract %n5, %n6 : !r
      %n8 = stablehlo.broadcast_in_dim %zero, dims = [] : (!f) -> !r
      %n9 = stablehlo.maximum %n8, %n7 : !r
      %o0 = stablehlo.broadcast_in_dim %eps, dims = [] : (!f) -> !r
      %o1 = stablehlo.add %n9, %o0 : !r
      %o2 = stablehlo.rsqrt %o1 : !r
      %o3 = stablehlo.broadcast_in_dim %n2, dims = [0] : (!r) -> !x
      %o4 = stablehlo.subtract %x, %o3 : !x
      %o5 = stablehlo.broadcast_in_dim %o2, dims = [0] : (!r) -> !x
      %o6 = stablehlo.broadcast_in_dim %w, dims = [1] : (!c) -> !x
      %o7 = stablehlo.multiply %o5, %o6 : !x
      %o8 = stablehlo.multiply %o4, %o7 : !x
      return %o8 : !x
  )"),
              {{Family::Normalization, x + c, x}});
}

TEST(RowFusion, ReductionsOfOneValueAreOneKernel) {
  expectFused(mainOf("(%x: !x) -> (!r, !r)", R"(
      %0 = stablehlo.reduce(%x init: %lowest) applies stablehlo.maximum across dimensions = [1] : (!x, !f) -> !r
      %1 = stablehlo.multiply %x, %x : !x
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      return %0, %2 : !r, !r
  )"),
              {{Family::Reduction, x, 2 * r}});
}

// Elementwise ops before a reduction and after it are part of it.
TEST(RowFusion, AroundAReduction) {
  expectFused(mainOf("(%x: !x, %y: !x) -> !r", R"(
      %0 = stablehlo.subtract %x, %y : !x
      %1 = stablehlo.abs %0 : !x
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %3 = stablehlo.negate %2 : !r
      return %3 : !r
  )"),
              {{Family::Reduction, 2 * x, r}});
}

// Largest element and its place: two results of one op, places from counting.
TEST(RowFusion, ArgMax) {
  expectFused(mainOf("(%x: !x) -> tensor<256xi32>", R"(
      %i = stablehlo.iota dim = 1 : tensor<256x1024xi32>
      %none = stablehlo.constant dense<0> : tensor<i32>
      %0:2 = stablehlo.reduce(%x init: %lowest), (%i init: %none) across dimensions = [1] : (!x, tensor<256x1024xi32>, !f, tensor<i32>) -> (!r, tensor<256xi32>)
       reducer(%a: !f, %b: !f) (%j: tensor<i32>, %k: tensor<i32>) {
        %1 = stablehlo.compare GT, %a, %b, FLOAT : (!f, !f) -> tensor<i1>
        %2 = stablehlo.select %1, %a, %b : tensor<i1>, !f
        %3 = stablehlo.select %1, %j, %k : tensor<i1>, tensor<i32>
        stablehlo.return %2, %3 : !f, tensor<i32>
      }
      return %0#1 : tensor<256xi32>
  )"),
              {{Family::Reduction, x, r}});
}

// Several cores share a column: only the next launch has its sum.
TEST(RowFusion, ColumnSumsEndAKernel) {
  expectFused(mainOf("(%x: !x, %y: !x) -> !c", R"(
      %0 = stablehlo.multiply %x, %y : !x
      %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [0] : (!x, !f) -> !c
      %2 = stablehlo.tanh %1 : !c
      return %2 : !c
  )"),
              {{Family::Reduction, 2 * x, c}, {Family::Elementwise, c, c}});
}

// Two column sums of one value are one pass over it: scale and offset of a
// normalisation.
TEST(RowFusion, ColumnSumsOfOneValue) {
  expectFused(mainOf("(%x: !x, %y: !x) -> (!c, !c)", R"(
      %0 = stablehlo.multiply %x, %y : !x
      %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [0] : (!x, !f) -> !c
      %2 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (!x, !f) -> !c
      return %1, %2 : !c, !c
  )"),
              {{Family::Reduction, 2 * x, 2 * c}});
}

// Rows and columns of one value are two passes.
TEST(RowFusion, RowsAndColumnsAreTwoKernels) {
  expectFused(mainOf("(%x: !x) -> (!c, !r)", R"(
      %0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (!x, !f) -> !c
      %1 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      return %0, %1 : !c, !r
  )"),
              {{Family::Reduction, x, c}, {Family::Reduction, x, r}});
}

// Sums of rows, then the sum of those: another launch has to wait for all rows.
TEST(RowFusion, TwoStages) {
  expectFused(mainOf("(%x: !x) -> !f", R"(
      %0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [0] : (!r, !f) -> !f
      return %1 : !f
  )"),
              {{Family::Reduction, x, r}, {Family::Reduction, r, 4}});
}

// All of a value divided by its sum: read by two launches.
TEST(RowFusion, SumOfEverything) {
  expectFused(mainOf("(%x: !x) -> !x", R"(
      %0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0, 1] : (!x, !f) -> !f
      %1 = stablehlo.broadcast_in_dim %0, dims = [] : (!f) -> !x
      %2 = stablehlo.divide %x, %1 : !x
      return %2 : !x
  )"),
              {{Family::Reduction, x, 4}, {Family::Elementwise, x, x}});
}

// 128 Ki elements do not stay on one core: every pass reads the row again, and
// exponentials are computed again rather than stored.
TEST(RowFusion, RowsTooLongToKeep) {
  std::string text = R"(
    !x = tensor<64x131072xf32>
    !f = tensor<f32>
    !r = tensor<64xf32>
    func.func @main(%a: !x) -> !x {
      %zero = stablehlo.constant dense<0.0> : !f
      %lowest = stablehlo.constant dense<0xFF800000> : !f
  )" + softmax + "return %p : !x }";
  constexpr uint64_t x = 64 * 131072 * 4; // 33554432
  constexpr uint64_t r = 64 * 4;
  for (Fusion fusion : {Fusion::Compiler, Fusion::Library}) {
    KernelRows rows = launchesOf(text, fusion);
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0], (KernelRow{Family::Reduction, x, r}));
    EXPECT_EQ(rows[1], (KernelRow{Family::Reduction, x + r, r}));
    EXPECT_EQ(rows[2].readBytes, x + 2 * r);
    EXPECT_EQ(rows[2].writtenBytes, x);
  }
}

// 64 Ki elements do.
TEST(RowFusion, RowsJustShortEnough) {
  std::string text = R"(
    !x = tensor<64x65536xf32>
    !f = tensor<f32>
    !r = tensor<64xf32>
    func.func @main(%a: !x) -> !x {
      %zero = stablehlo.constant dense<0.0> : !f
      %lowest = stablehlo.constant dense<0xFF800000> : !f
  )" + softmax + "return %p : !x }";
  constexpr uint64_t x = 64 * 65536 * 4;
  expectFused(text, {{Family::Softmax, x, x}});
}

// Statistics of channels over everything else: images are read by the launch
// that adds up and by the one that normalises.
TEST(RowFusion, BatchStatistics) {
  std::string text = R"(
    !x = tensor<32x28x28x128xf32>
    !c = tensor<128xf32>
    !f = tensor<f32>
    func.func @main(%x: !x, %w: !c) -> !x {
      %zero = stablehlo.constant dense<0.0> : !f
      %n = stablehlo.constant dense<25088.0> : !f
      %0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0, 1, 2] : (!x, !f) -> !c
      %1 = stablehlo.multiply %x, %x : !x
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [0, 1, 2] : (!x, !f) -> !c
      %3 = stablehlo.broadcast_in_dim %n, dims = [] : (!f) -> !c
      %4 = stablehlo.divide %0, %3 : !c
      %5 = stablehlo.divide %2, %3 : !c
      %6 = stablehlo.multiply %4, %4 : !c
      %7 = stablehlo.subtract %5, %6 : !c
      %8 = stablehlo.rsqrt %7 : !c
      %9 = stablehlo.multiply %8, %w : !c
      %10 = stablehlo.broadcast_in_dim %4, dims = [3] : (!c) -> !x
      %11 = stablehlo.subtract %x, %10 : !x
      %12 = stablehlo.broadcast_in_dim %9, dims = [3] : (!c) -> !x
      %13 = stablehlo.multiply %11, %12 : !x
      return %13 : !x
    })";
  constexpr uint64_t x = 32 * 28 * 28 * 128 * 4; // 12845056
  constexpr uint64_t c = 128 * 4;
  // The arithmetic of 128 channels is in the kernel that applies it.
  for (Fusion fusion : {Fusion::Compiler, Fusion::Library}) {
    KernelRows rows = launchesOf(text, fusion);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0], (KernelRow{Family::Reduction, x, 2 * c}));
    EXPECT_EQ(rows[1].readBytes, x + 3 * c + 4);
    EXPECT_EQ(rows[1].writtenBytes, x);
  }
}

// Groups of channels of one image: rows of 16 * 64 * 64 = 65536 elements.
TEST(RowFusion, GroupNorm) {
  std::string text = R"(
    !i = tensor<1x512x64x64xf32>
    !x = tensor<1x32x16x4096xf32>
    !r = tensor<1x32xf32>
    !f = tensor<f32>
    func.func @main(%i: !i, %w: tensor<512xf32>) -> !i {
      %zero = stablehlo.constant dense<0.0> : !f
      %inv = stablehlo.constant dense<1.52587891E-5> : !f
      %x = stablehlo.reshape %i : (!i) -> !x
      %0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [2, 3] : (!x, !f) -> !r
      %1 = stablehlo.broadcast_in_dim %inv, dims = [] : (!f) -> !r
      %2 = stablehlo.multiply %0, %1 : !r
      %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1] : (!r) -> !x
      %4 = stablehlo.subtract %x, %3 : !x
      %5 = stablehlo.multiply %4, %4 : !x
      %6 = stablehlo.reduce(%5 init: %zero) applies stablehlo.add across dimensions = [2, 3] : (!x, !f) -> !r
      %7 = stablehlo.multiply %6, %1 : !r
      %8 = stablehlo.rsqrt %7 : !r
      %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1] : (!r) -> !x
      %10 = stablehlo.multiply %4, %9 : !x
      %11 = stablehlo.reshape %10 : (!x) -> !i
      %12 = stablehlo.broadcast_in_dim %w, dims = [1] : (tensor<512xf32>) -> !i
      %13 = stablehlo.multiply %11, %12 : !i
      return %13 : !i
    })";
  constexpr uint64_t x = 512 * 64 * 64 * 4; // 8388608
  expectFused(text, {{Family::Normalization, x + 512 * 4, x}});
}

// An op that keeps its size is no reduction of rows.
TEST(RowFusion, CumulativeSumIsAlone) {
  KernelRows rows = launchesOf(mainOf("(%x: !x) -> !x", R"(
      %0 = stablehlo.negate %x : !x
      %1 = "stablehlo.reduce_window"(%0, %zero) <{base_dilations = array<i64: 1, 1>, padding = dense<[[0, 0], [1023, 0]]> : tensor<2x2xi64>, window_dilations = array<i64: 1, 1>, window_dimensions = array<i64: 1, 1024>, window_strides = array<i64: 1, 1>}> ({
      ^bb0(%a: !f, %b: !f):
        %s = stablehlo.add %a, %b : !f
        stablehlo.return %s : !f
      }) : (!x, !f) -> !x
      %2 = stablehlo.tanh %1 : !x
      return %2 : !x
  )"),
                               Fusion::Compiler);
  EXPECT_EQ(rows, (KernelRows{{Family::Elementwise, x, x},
                              {Family::Reduction, x, x},
                              {Family::Elementwise, x, x}}));
}

TEST(RowFusion, LinalgReduce) {
  std::string text = R"(
    !x = tensor<256x1024xf32>
    !r = tensor<256xf32>
    #id = affine_map<(i, j) -> (i, j)>
    #row = affine_map<(i, j) -> (i)>
    func.func @main(%x: !x) -> !x {
      %zero = arith.constant 0.0 : f32
      %e = tensor.empty() : !x
      %re = tensor.empty() : !r
      %r0 = linalg.fill ins(%zero : f32) outs(%re : !r) -> !r
      %0 = linalg.mul ins(%x, %x : !x, !x) outs(%e : !x) -> !x
      %1 = linalg.reduce ins(%0 : !x) outs(%r0 : !r) dimensions = [1] (%a: f32, %b: f32) {
        %s = arith.addf %a, %b : f32
        linalg.yield %s : f32
      }
      %2 = linalg.rsqrt ins(%1 : !r) outs(%re : !r) -> !r
      %3 = linalg.broadcast ins(%2 : !r) outs(%e : !x) dimensions = [1]
      %4 = linalg.mul ins(%x, %3 : !x, !x) outs(%e : !x) -> !x
      return %4 : !x
    })";
  expectFused(text, {{Family::Normalization, x, x}});
}

TEST(RowFusion, TosaKeepsRank) {
  std::string text = R"(
    !x = tensor<256x1024xf32>
    !k = tensor<256x1xf32>
    func.func @main(%x: !x) -> !x {
      %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
      %0 = tosa.mul %x, %x, %shift : (!x, !x, tensor<1xi8>) -> !x
      %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (!x) -> !k
      %2 = tosa.rsqrt %1 : (!k) -> !k
      %3 = tosa.mul %x, %2, %shift : (!x, !k, tensor<1xi8>) -> !x
      return %3 : !x
    })";
  expectFused(text, {{Family::Normalization, x, x}});
}
