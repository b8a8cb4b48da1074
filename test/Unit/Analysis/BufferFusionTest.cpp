//===- BufferFusionTest.cpp - Updates in place and gathers ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

const std::string types = R"(
    !c = tensor<32x8x4096x128xbf16>
    !u = tensor<32x8x1x128xbf16>
    !i = tensor<i32>
)";
constexpr uint64_t u = 32 * 8 * 128 * 2; // 65536
constexpr uint64_t c = 4096 * u;         // 268435456

void expectFused(const std::string &text, const KernelRows &rows) {
  EXPECT_EQ(launchesOf(text, Fusion::Compiler), rows);
  EXPECT_EQ(launchesOf(text, Fusion::Library), rows);
}

} // namespace

// Only what is overwritten is touched.
TEST(BufferFusion, UpdateInPlace) {
  expectFused(types + R"(
    func.func @main(%c: !c, %u: !u, %at: !i) -> !c {
      %z = stablehlo.constant dense<0> : !i
      %0 = stablehlo.dynamic_update_slice %c, %u, %z, %z, %at, %z : (!c, !u, !i, !i, !i, !i) -> !c
      return %0 : !c
    })",
              {{Family::CacheUpdate, u, u}});
}

// What is computed for it is computed where it is written.
TEST(BufferFusion, UpdateOfComputedValues) {
  expectFused(types + R"(
    func.func @main(%c: !c, %a: tensor<32x1x8x128xf32>, %at: !i) -> !c {
      %z = stablehlo.constant dense<0> : !i
      %0 = stablehlo.tanh %a : tensor<32x1x8x128xf32>
      %1 = stablehlo.transpose %0, dims = [0, 2, 1, 3] : (tensor<32x1x8x128xf32>) -> tensor<32x8x1x128xf32>
      %2 = stablehlo.convert %1 : (tensor<32x8x1x128xf32>) -> !u
      %3 = stablehlo.dynamic_update_slice %c, %2, %z, %z, %at, %z : (!c, !u, !i, !i, !i, !i) -> !c
      return %3 : !c
    })",
              {{Family::CacheUpdate, 2 * u, u}});
}

// What reads the buffer afterwards is another launch, and reads it all.
TEST(BufferFusion, ReadAfterUpdate) {
  expectFused(types + R"(
    func.func @main(%c: !c, %u: !u, %at: !i) -> (!c, !c) {
      %z = stablehlo.constant dense<0> : !i
      %0 = stablehlo.dynamic_update_slice %c, %u, %z, %z, %at, %z : (!c, !u, !i, !i, !i, !i) -> !c
      %1 = stablehlo.negate %0 : !c
      return %0, %1 : !c, !c
    })",
              {{Family::CacheUpdate, u, u}, {Family::Elementwise, c, c}});
}

// A buffer that the graph computes is in memory before it is updated.
TEST(BufferFusion, UpdateOfAComputedBuffer) {
  expectFused(types + R"(
    func.func @main(%c: !c, %u: !u, %at: !i) -> !c {
      %z = stablehlo.constant dense<0> : !i
      %b = stablehlo.negate %c : !c
      %0 = stablehlo.dynamic_update_slice %b, %u, %z, %z, %at, %z : (!c, !u, !i, !i, !i, !i) -> !c
      return %0 : !c
    })",
              {{Family::Elementwise, c, c}, {Family::CacheUpdate, u, u}});
}

namespace {

const std::string embedding = R"(
    !t = tensor<32000x1024xbf16>
    !n = tensor<512x1xi32>
    !x = tensor<512x1024xbf16>
)";
constexpr uint64_t rows = 512 * 1024 * 2; // 1048576
constexpr uint64_t indices = 512 * 4;

} // namespace

// Rows that are touched and their numbers are read, not the table.
TEST(BufferFusion, Gather) {
  expectFused(embedding + R"(
    func.func @main(%t: !t, %n: !n) -> !x {
      %0 = "stablehlo.gather"(%t, %n) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 1024>}> : (!t, !n) -> !x
      return %0 : !x
    })",
              {{Family::GatherScatter, rows + indices, rows}});
}

// Numbers are corrected before and rows scaled after, in the same launch.
TEST(BufferFusion, AroundAGather) {
  expectFused(embedding + R"(
    func.func @main(%t: !t, %tokens: tensor<512xi32>, %y: !x) -> !x {
      %z = stablehlo.constant dense<0> : tensor<i32>
      %k = stablehlo.constant dense<32000> : tensor<i32>
      %0 = stablehlo.broadcast_in_dim %z, dims = [] : (tensor<i32>) -> tensor<512xi32>
      %1 = stablehlo.compare LT, %tokens, %0, SIGNED : (tensor<512xi32>, tensor<512xi32>) -> tensor<512xi1>
      %2 = stablehlo.broadcast_in_dim %k, dims = [] : (tensor<i32>) -> tensor<512xi32>
      %3 = stablehlo.add %tokens, %2 : tensor<512xi32>
      %4 = stablehlo.select %1, %3, %tokens : tensor<512xi1>, tensor<512xi32>
      %n = stablehlo.reshape %4 : (tensor<512xi32>) -> !n
      %5 = "stablehlo.gather"(%t, %n) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 1024>}> : (!t, !n) -> !x
      %6 = stablehlo.add %5, %y : !x
      return %6 : !x
    })",
              {{Family::GatherScatter, 2 * rows + indices, rows}});
}

// A table that the graph computes is in memory before rows are taken.
TEST(BufferFusion, GatherFromAComputedTable) {
  constexpr uint64_t table = 32000ull * 1024 * 2;
  expectFused(embedding + R"(
    func.func @main(%t: !t, %n: !n) -> !x {
      %s = stablehlo.tanh %t : !t
      %0 = "stablehlo.gather"(%s, %n) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 1024>}> : (!t, !n) -> !x
      return %0 : !x
    })",
              {{Family::Elementwise, table, table},
               {Family::GatherScatter, rows + indices, rows}});
}

// Rows added to a table in place: they, their numbers and what they are added
// to are read.
TEST(BufferFusion, ScatterThatAdds) {
  expectFused(embedding + R"(
    func.func @main(%t: !t, %n: !n, %x: !x, %y: !x) -> !t {
      %u = stablehlo.multiply %x, %y : !x
      %0 = "stablehlo.scatter"(%t, %n, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, indices_are_sorted = false, unique_indices = false}> ({
      ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
        %s = stablehlo.add %a, %b : tensor<bf16>
        stablehlo.return %s : tensor<bf16>
      }) : (!t, !n, !x) -> !t
      return %0 : !t
    })",
              {{Family::GatherScatter, 3 * rows + indices, rows}});
}

// A slice at a computed place is an address.
TEST(BufferFusion, DynamicSlice) {
  expectFused(R"(
    !s = tensor<32x256x1024xf32>
    !x = tensor<256x1024xf32>
    func.func @main(%s: !s, %y: !x, %i: tensor<i32>) -> !x {
      %z = stablehlo.constant dense<0> : tensor<i32>
      %0 = stablehlo.dynamic_slice %s, %i, %z, %z, sizes = [1, 256, 1024] : (!s, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x256x1024xf32>
      %1 = stablehlo.reshape %0 : (tensor<1x256x1024xf32>) -> !x
      %2 = stablehlo.add %1, %y : !x
      return %2 : !x
    })",
              {{Family::Elementwise, 2 * 1048576, 1048576}});
}

// Strided slices read what they take.
TEST(BufferFusion, StridedSlice) {
  expectFused(R"(
    func.func @main(%s: tensor<256x2048xf32>) -> tensor<256x1024xf32> {
      %0 = stablehlo.slice %s [0:256, 0:2048:2] : (tensor<256x2048xf32>) -> tensor<256x1024xf32>
      %1 = stablehlo.slice %s [0:256, 1:2048:2] : (tensor<256x2048xf32>) -> tensor<256x1024xf32>
      %2 = stablehlo.multiply %0, %1 : tensor<256x1024xf32>
      return %2 : tensor<256x1024xf32>
    })",
              {{Family::Elementwise, 2 * 1048576, 1048576}});
}

TEST(BufferFusion, TensorInsertSlice) {
  expectFused(R"(
    !c = tensor<8x4096x128xf32>
    !u = tensor<8x1x128xf32>
    func.func @main(%c: !c, %u: !u, %at: index) -> !c {
      %e = tensor.empty() : !u
      %0 = linalg.exp ins(%u : !u) outs(%e : !u) -> !u
      %1 = tensor.insert_slice %0 into %c[0, %at, 0] [8, 1, 128] [1, 1, 1] : !u into !c
      return %1 : !c
    })",
              {{Family::CacheUpdate, 8 * 128 * 4, 8 * 128 * 4}});
}
