//===- FusionBoundaryTest.cpp - What no kernel spans ----------------------===//
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

const std::string types = R"(
    !x = tensor<256x1024xf32>
    !f = tensor<f32>
    !i = tensor<i32>
)";

void expectFused(const std::string &text, const KernelRows &rows) {
  EXPECT_EQ(launchesOf(types + text, Fusion::Compiler), rows);
  EXPECT_EQ(launchesOf(types + text, Fusion::Library), rows);
}

} // namespace

TEST(FusionBoundary, Collectives) {
  KernelRows rows = launchesOf(types + R"(
    func.func @main(%x: !x) -> !x {
      %0 = stablehlo.tanh %x : !x
      %1 = "stablehlo.all_reduce"(%0) <{replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}> ({
      ^bb0(%a: !f, %b: !f):
        %s = stablehlo.add %a, %b : !f
        stablehlo.return %s : !f
      }) : (!x) -> !x
      %2 = stablehlo.negate %1 : !x
      return %2 : !x
    })",
                               Fusion::Library);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0], (KernelRow{Family::Elementwise, x, x}));
  EXPECT_TRUE(rows[1].family == Family::Collective);
  EXPECT_EQ(rows[2], (KernelRow{Family::Elementwise, x, x}));
}

// A collective between sum and multiplication splits a normalisation.
TEST(FusionBoundary, CollectiveInANorm) {
  KernelRows rows = launchesOf(types + R"(
    func.func @main(%x: !x) -> !x {
      %zero = stablehlo.constant dense<0.0> : !f
      %0 = stablehlo.multiply %x, %x : !x
      %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> tensor<256xf32>
      %2 = "stablehlo.all_reduce"(%1) <{replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}> ({
      ^bb0(%a: !f, %b: !f):
        %s = stablehlo.add %a, %b : !f
        stablehlo.return %s : !f
      }) : (tensor<256xf32>) -> tensor<256xf32>
      %3 = stablehlo.rsqrt %2 : tensor<256xf32>
      %4 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<256xf32>) -> !x
      %5 = stablehlo.multiply %x, %4 : !x
      return %5 : !x
    })",
                               Fusion::Library);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0], (KernelRow{Family::Reduction, x, 1024}));
  EXPECT_TRUE(rows[1].family == Family::Collective);
  EXPECT_EQ(rows[2].readBytes, x + 1024);
  EXPECT_EQ(rows[2].writtenBytes, x);
}

// What is not known stands alone, and stays unknown.
TEST(FusionBoundary, OpaqueOps) {
  expectFused(R"(
    func.func @main(%x: !x) -> !x {
      %0 = stablehlo.tanh %x : !x
      %1 = "mine.op"(%0) : (!x) -> !x
      %2 = stablehlo.negate %1 : !x
      return %2 : !x
    })",
              {{Family::Elementwise, x, x},
               {Family::Opaque, unknownBytes, unknownBytes},
               {Family::Elementwise, x, x}});
}

TEST(FusionBoundary, UnknownCustomCalls) {
  expectFused(R"(
    func.func @main(%x: !x) -> !x {
      %0 = stablehlo.tanh %x : !x
      %1 = stablehlo.custom_call @nobody_knows(%0) : (!x) -> !x
      %2 = stablehlo.negate %1 : !x
      return %2 : !x
    })",
              {{Family::Elementwise, x, x},
               {Family::Opaque, unknownBytes, unknownBytes},
               {Family::Elementwise, x, x}});
}

// Annotations are no boundary.
TEST(FusionBoundary, AnnotationsAreViews) {
  expectFused(R"(
    func.func @main(%x: !x) -> !x {
      %0 = stablehlo.tanh %x : !x
      %1 = stablehlo.custom_call @Sharding(%0) : (!x) -> !x
      %2 = stablehlo.optimization_barrier %1 : !x
      %3 = stablehlo.negate %2 : !x
      return %3 : !x
    })",
              {{Family::Elementwise, x, x}});
}

// Pairs through a barrier keep apart what is read.
TEST(FusionBoundary, BarriersOfSeveralValues) {
  expectFused(R"(
    func.func @main(%x: !x, %y: !x) -> !x {
      %0:2 = stablehlo.optimization_barrier %x, %y : !x, !x
      %1 = stablehlo.negate %0#0 : !x
      return %1 : !x
    })",
              {{Family::Elementwise, x, x}});
}

TEST(FusionBoundary, Sorts) {
  KernelRows rows = launchesOf(types + R"(
    func.func @main(%x: !x) -> !x {
      %0 = stablehlo.negate %x : !x
      %1 = "stablehlo.sort"(%0) <{dimension = 1 : i64, is_stable = true}> ({
      ^bb0(%a: !f, %b: !f):
        %c = stablehlo.compare LT, %a, %b, TOTALORDER : (!f, !f) -> tensor<i1>
        stablehlo.return %c : tensor<i1>
      }) : (!x) -> !x
      %2 = stablehlo.negate %1 : !x
      return %2 : !x
    })",
                               Fusion::Library);
  EXPECT_EQ(rows, (KernelRows{{Family::Elementwise, x, x},
                              {Family::Sort, x, x},
                              {Family::Elementwise, x, x}}));
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

// A small function that is called often is a part of the kernels around each
// call.
TEST(FusionBoundary, SmallFunctionsAreOps) {
  expectFused(R"(
    func.func @main(%x: !x, %y: !x) -> (!x, !x) {
      %0 = stablehlo.add %x, %y : !x
      %1 = call @silu(%0) : (!x) -> !x
      %2 = stablehlo.negate %1 : !x
      %3 = "mine.op"(%2) : (!x) -> !x
      %4 = call @silu(%3) : (!x) -> !x
      return %2, %4 : !x, !x
    }
    func.func private @silu(%x: !x) -> !x {
      %0 = stablehlo.logistic %x : !x
      %1 = stablehlo.multiply %x, %0 : !x
      return %1 : !x
    })",
              {{Family::Elementwise, 2 * x, x},
               {Family::Opaque, unknownBytes, unknownBytes},
               {Family::Elementwise, x, x}});
}

// A function that reduces: mean and variance of a layer norm.
TEST(FusionBoundary, SmallFunctionsThatReduce) {
  expectFused(R"(
    func.func @main(%x: !x, %y: !x) -> (!x, !x) {
      %0 = call @normalize(%x) : (!x) -> !x
      %1 = call @normalize(%y) : (!x) -> !x
      return %0, %1 : !x, !x
    }
    func.func private @normalize(%x: !x) -> !x {
      %0 = call @_var(%x) : (!x) -> tensor<256x1xf32>
      %1 = stablehlo.rsqrt %0 : tensor<256x1xf32>
      %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<256x1xf32>) -> !x
      %3 = stablehlo.multiply %x, %2 : !x
      return %3 : !x
    }
    func.func private @_var(%x: !x) -> tensor<256x1xf32> {
      %zero = stablehlo.constant dense<0.0> : !f
      %n = stablehlo.constant dense_resource<lengths> : tensor<256x1xf32>
      %0 = stablehlo.multiply %x, %x : !x
      %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> tensor<256xf32>
      %2 = stablehlo.broadcast_in_dim %1, dims = [0] : (tensor<256xf32>) -> tensor<256x1xf32>
      %3 = stablehlo.divide %2, %n : tensor<256x1xf32>
      return %3 : tensor<256x1xf32>
    })",
              // The lengths are 1024 bytes of data.
              {{Family::Normalization, x + 1024, x},
               {Family::Normalization, x + 1024, x}});
}

// What a function yields without computing is read where it comes from.
TEST(FusionBoundary, FunctionsOfViews) {
  expectFused(R"(
    func.func @main(%x: !x, %y: !x) -> !x {
      %0 = call @flat(%x) : (!x) -> tensor<262144xf32>
      %1 = call @flat(%y) : (!x) -> tensor<262144xf32>
      %2 = stablehlo.add %0, %1 : tensor<262144xf32>
      %3 = stablehlo.reshape %2 : (tensor<262144xf32>) -> !x
      return %3 : !x
    }
    func.func private @flat(%x: !x) -> tensor<262144xf32> {
      %0 = stablehlo.reshape %x : (!x) -> tensor<262144xf32>
      return %0 : tensor<262144xf32>
    })",
              {{Family::Elementwise, 2 * x, x}});
}

// A function that is called once is a part of its caller.
TEST(FusionBoundary, FunctionsCalledOnceAreSpliced) {
  constexpr uint64_t w = 1024 * 1024 * 4;
  expectFused(R"(
    func.func @main(%x: !x, %w: tensor<1024x1024xf32>) -> !x {
      %0 = stablehlo.exponential %x : !x
      %1 = call @layer(%0, %w) : (!x, tensor<1024x1024xf32>) -> !x
      %2 = stablehlo.negate %1 : !x
      return %2 : !x
    }
    func.func private @layer(%x: !x, %w: tensor<1024x1024xf32>) -> !x {
      %0 = stablehlo.sine %x : !x
      %1 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [0] : (!x, tensor<1024x1024xf32>) -> !x
      %2 = stablehlo.tanh %1 : !x
      return %2 : !x
    })",
              {{Family::Elementwise, x, x}, {Family::Gemm, x + w, x}});
}

// One that is called twice and holds a product keeps its kernels.
TEST(FusionBoundary, LargeFunctionsKeepTheirKernels) {
  constexpr uint64_t w = 1024 * 1024 * 4;
  KernelRows rows = launchesOf(types + R"(
    func.func @main(%x: !x, %w: tensor<1024x1024xf32>) -> !x {
      %0 = call @layer(%x, %w) : (!x, tensor<1024x1024xf32>) -> !x
      %1 = stablehlo.negate %0 : !x
      %2 = call @layer(%1, %w) : (!x, tensor<1024x1024xf32>) -> !x
      return %2 : !x
    }
    func.func private @layer(%x: !x, %w: tensor<1024x1024xf32>) -> !x {
      %1 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, tensor<1024x1024xf32>) -> !x
      %2 = stablehlo.tanh %1 : !x
      return %2 : !x
    })",
                               Fusion::Compiler);
  EXPECT_EQ(rows, (KernelRows{{Family::Elementwise, x, x},
                              {Family::Gemm, x + w, x}}));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].launches, 1u);
  EXPECT_EQ(rows[1].launches, 2u);
}

//===----------------------------------------------------------------------===//
// Loops and branches
//===----------------------------------------------------------------------===//

TEST(FusionBoundary, Loops) {
  KernelRows rows = launchesOf(types + R"(
    func.func @main(%x: !x, %y: !x) -> !x {
      %zero = stablehlo.constant dense<0> : !i
      %n = stablehlo.constant dense<10> : !i
      %one = stablehlo.constant dense<1> : !i
      %0 = stablehlo.tanh %x : !x
      %1:2 = stablehlo.while(%j = %zero, %v = %0) : !i, !x
      cond {
        %p = stablehlo.compare LT, %j, %n, SIGNED : (!i, !i) -> tensor<i1>
        stablehlo.return %p : tensor<i1>
      } do {
        %k = stablehlo.add %j, %one : !i
        %a = stablehlo.add %v, %y : !x
        %b = stablehlo.tanh %a : !x
        stablehlo.return %k, %b : !i, !x
      }
      %2 = stablehlo.negate %1#1 : !x
      return %2 : !x
    })",
                               Fusion::Compiler);
  EXPECT_EQ(rows, (KernelRows{{Family::Elementwise, x, x},
                              {Family::Elementwise, 2 * x, x},
                              {Family::Elementwise, x, x}}));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].launches, 1u);
  EXPECT_EQ(rows[1].launches, 10u);
  EXPECT_EQ(rows[2].launches, 1u);
}

// A value that only a loop reads is in memory before it starts.
TEST(FusionBoundary, ValuesThatLoopsCapture) {
  KernelRows rows = launchesOf(types + R"(
    func.func @main(%x: !x, %y: tensor<1024xf32>) -> !x {
      %zero = stablehlo.constant dense<0> : !i
      %n = stablehlo.constant dense<10> : !i
      %one = stablehlo.constant dense<1> : !i
      %0 = stablehlo.broadcast_in_dim %y, dims = [1] : (tensor<1024xf32>) -> !x
      %1:2 = stablehlo.while(%j = %zero, %v = %x) : !i, !x
      cond {
        %p = stablehlo.compare LT, %j, %n, SIGNED : (!i, !i) -> tensor<i1>
        stablehlo.return %p : tensor<i1>
      } do {
        %k = stablehlo.add %j, %one : !i
        %a = stablehlo.add %v, %0 : !x
        stablehlo.return %k, %a : !i, !x
      }
      return %1#1 : !x
    })",
                               Fusion::Compiler);
  EXPECT_EQ(rows, (KernelRows{{Family::DataMovement, 4096, x},
                              {Family::Elementwise, 2 * x, x}}));
}

// Of branches the dearest runs; nothing is fused into it.
TEST(FusionBoundary, Branches) {
  KernelRows rows = launchesOf(types + R"(
    func.func @main(%p: tensor<i1>, %x: !x) -> !x {
      %0 = stablehlo.tanh %x : !x
      %1 = "stablehlo.if"(%p) ({
        stablehlo.return %0 : !x
      }, {
        %2 = stablehlo.exponential %0 : !x
        %3 = stablehlo.negate %2 : !x
        stablehlo.return %3 : !x
      }) : (tensor<i1>) -> !x
      %4 = stablehlo.negate %1 : !x
      return %4 : !x
    })",
                               Fusion::Compiler);
  EXPECT_EQ(rows, (KernelRows{{Family::Elementwise, x, x},
                              {Family::Elementwise, x, x},
                              {Family::Elementwise, x, x}}));
}

TEST(FusionBoundary, ScfLoops) {
  KernelRows rows = launchesOf(types + R"(
    func.func @main(%x: !x) -> !x {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c4 = arith.constant 4 : index
      %0 = math.tanh %x : !x
      %1 = scf.for %i = %c0 to %c4 step %c1 iter_args(%v = %0) -> !x {
        %2 = math.exp %v : !x
        %3 = math.tanh %2 : !x
        scf.yield %3 : !x
      }
      %4 = math.absf %1 : !x
      return %4 : !x
    })",
                               Fusion::Compiler);
  EXPECT_EQ(rows, (KernelRows{{Family::Elementwise, x, x},
                              {Family::Elementwise, x, x},
                              {Family::Elementwise, x, x}}));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].launches, 4u);
}
