//===- LoopNestTest.cpp - Loops over scalars as kernels -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

// Online softmax written by hand: four heads of queries on two of keys, one
// token, 64 positions, heads of 32.
TEST(LoopNest, OnlineSoftmaxIsAttention) {
  std::string text = R"(
    #group = affine_map<(d0) -> (d0 floordiv 2)>
    func.func @main(%q: memref<4x32xf32>, %k: memref<2x64x32xf32>, %v: memref<2x64x32xf32>, %o: memref<4x32xf32>) {
      %zero = arith.constant 0.0 : f32
      %lowest = arith.constant -1.0e+30 : f32
      %scale = arith.constant 0.1767 : f32
      affine.for %h = 0 to 4 {
        %g = affine.apply #group(%h)
        %acc = memref.alloca() : memref<32xf32>
        affine.for %d = 0 to 32 {
          affine.store %zero, %acc[%d] : memref<32xf32>
        }
        %r:2 = affine.for %t = 0 to 64 iter_args(%max = %lowest, %sum = %zero) -> (f32, f32) {
          %s = affine.for %d = 0 to 32 iter_args(%a = %zero) -> f32 {
            %0 = memref.load %q[%h, %d] : memref<4x32xf32>
            %1 = memref.load %k[%g, %t, %d] : memref<2x64x32xf32>
            %2 = arith.mulf %0, %1 : f32
            %3 = arith.addf %a, %2 : f32
            affine.yield %3 : f32
          }
          %4 = arith.mulf %s, %scale : f32
          %5 = arith.maximumf %max, %4 : f32
          %6 = arith.subf %max, %5 : f32
          %7 = math.exp %6 : f32
          %8 = arith.subf %4, %5 : f32
          %9 = math.exp %8 : f32
          %10 = arith.mulf %sum, %7 : f32
          %11 = arith.addf %10, %9 : f32
          affine.for %d = 0 to 32 {
            %12 = memref.load %acc[%d] : memref<32xf32>
            %13 = memref.load %v[%g, %t, %d] : memref<2x64x32xf32>
            %14 = arith.mulf %12, %7 : f32
            %15 = arith.mulf %13, %9 : f32
            %16 = arith.addf %14, %15 : f32
            memref.store %16, %acc[%d] : memref<32xf32>
          }
          affine.yield %5, %11 : f32, f32
        }
        affine.for %d = 0 to 32 {
          %17 = memref.load %acc[%d] : memref<32xf32>
          %18 = arith.divf %17, %r#1 : f32
          memref.store %18, %o[%h, %d] : memref<4x32xf32>
        }
      }
      return
    })";
  // Keys and values are read once, not once per head of their group; the
  // accumulator stays on the chip.
  constexpr uint64_t q = 4 * 32 * 4, k = 2 * 64 * 32 * 4;
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, q + 2 * k, q}}));
}

// A product by hand has neither exponentials nor sums of them.
TEST(LoopNest, ProductIsNoAttention) {
  std::string text = R"(
    func.func @main(%x: memref<16x32xf32>, %w: memref<32x64xf32>, %y: memref<16x64xf32>) {
      %zero = arith.constant 0.0 : f32
      affine.for %i = 0 to 16 {
        affine.for %j = 0 to 64 {
          %s = affine.for %k = 0 to 32 iter_args(%a = %zero) -> f32 {
            %0 = memref.load %x[%i, %k] : memref<16x32xf32>
            %1 = memref.load %w[%k, %j] : memref<32x64xf32>
            %2 = arith.mulf %0, %1 : f32
            %3 = arith.addf %a, %2 : f32
            affine.yield %3 : f32
          }
          memref.store %s, %y[%i, %j] : memref<16x64xf32>
        }
      }
      return
    })";
  KernelRows rows = launchesOf(text, Fusion::Library);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_FALSE(rows[0].family == Family::Attention);
  EXPECT_EQ(rows[0].readBytes, (16u * 32 + 32 * 64) * 4);
  EXPECT_EQ(rows[0].writtenBytes, 16u * 64 * 4);
  // 2 * 16 * 64 * 32 operations.
  EXPECT_EQ(rows[0].operations, 2u * 16 * 64 * 32);
}

// New keys stored into a cache element by element.
TEST(LoopNest, CacheStores) {
  std::string text = R"(
    func.func @main(%u: memref<8x32xf32>, %c: memref<8x1024x32xf32>, %at: index) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c8 = arith.constant 8 : index
      %c32 = arith.constant 32 : index
      scf.for %i = %c0 to %c8 step %c1 {
        scf.for %j = %c0 to %c32 step %c1 {
          %0 = memref.load %u[%i, %j] : memref<8x32xf32>
          memref.store %0, %c[%i, %at, %j] : memref<8x1024x32xf32>
        }
      }
      return
    })";
  KernelRows rows = launchesOf(text, Fusion::Library);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].readBytes, 8u * 32 * 4);
  EXPECT_EQ(rows[0].writtenBytes, 8u * 32 * 4);
}

// Layers in a loop are no nest of scalars: every op keeps its kernel.
TEST(LoopNest, LoopsOverTensorsKeepTheirKernels) {
  std::string text = R"(
    !x = tensor<256x1024xf32>
    func.func @main(%x: !x) -> !x {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c4 = arith.constant 4 : index
      %1 = scf.for %i = %c0 to %c4 step %c1 iter_args(%v = %x) -> !x {
        %2 = math.exp %v : !x
        scf.yield %2 : !x
      }
      return %1 : !x
    })";
  KernelRows rows = launchesOf(text, Fusion::Library);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0], (KernelRow{Family::Elementwise, 1048576, 1048576}));
  EXPECT_EQ(rows[0].launches, 4u);
}
