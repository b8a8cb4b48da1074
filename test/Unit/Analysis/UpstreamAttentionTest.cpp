//===- UpstreamAttentionTest.cpp - Attention in linalg and tosa -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

constexpr uint64_t x = 8 * 128 * 64 * 4; // 262144

const std::string linalgTypes = R"(
  !x = tensor<8x128x64xf32>
  !t = tensor<8x64x128xf32>
  !s = tensor<8x128x128xf32>
  !r = tensor<8x128xf32>
  #all = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
  #row = affine_map<(d0, d1, d2) -> (d0, d1)>
  func.func @main(%q: !x, %k: !x, %v: !x) -> !x {
    %zero = arith.constant 0.0 : f32
    %lowest = arith.constant 0xFF800000 : f32
    %scale = arith.constant 0.125 : f32
    %se = tensor.empty() : !s
    %re = tensor.empty() : !r
    %xe = tensor.empty() : !x
    %s0 = linalg.fill ins(%zero : f32) outs(%se : !s) -> !s
    %x0 = linalg.fill ins(%zero : f32) outs(%xe : !x) -> !x
)";

} // namespace

TEST(LinalgAttention, NamedProductsGenericSoftmax) {
  std::string text = linalgTypes + R"(
    %te = tensor.empty() : !t
    %kt = linalg.transpose ins(%k : !x) outs(%te : !t) permutation = [0, 2, 1]
    %0 = linalg.batch_matmul ins(%q, %kt : !x, !t) outs(%s0 : !s) -> !s
    %1 = linalg.generic {indexing_maps = [#all, #all], iterator_types = ["parallel", "parallel", "parallel"]} ins(%0 : !s) outs(%se : !s) {
    ^bb0(%a: f32, %b: f32):
      %m = arith.mulf %a, %scale : f32
      linalg.yield %m : f32
    } -> !s
    %r0 = linalg.fill ins(%lowest : f32) outs(%re : !r) -> !r
    %2 = linalg.generic {indexing_maps = [#all, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : !s) outs(%r0 : !r) {
    ^bb0(%a: f32, %b: f32):
      %m = arith.maximumf %a, %b : f32
      linalg.yield %m : f32
    } -> !r
    %3 = linalg.generic {indexing_maps = [#all, #row, #all], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %2 : !s, !r) outs(%se : !s) {
    ^bb0(%a: f32, %b: f32, %c: f32):
      %d = arith.subf %a, %b : f32
      %e = math.exp %d : f32
      linalg.yield %e : f32
    } -> !s
    %r1 = linalg.fill ins(%zero : f32) outs(%re : !r) -> !r
    %4 = linalg.generic {indexing_maps = [#all, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : !s) outs(%r1 : !r) {
    ^bb0(%a: f32, %b: f32):
      %m = arith.addf %a, %b : f32
      linalg.yield %m : f32
    } -> !r
    %5 = linalg.generic {indexing_maps = [#all, #row, #all], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %4 : !s, !r) outs(%se : !s) {
    ^bb0(%a: f32, %b: f32, %c: f32):
      %d = arith.divf %a, %b : f32
      linalg.yield %d : f32
    } -> !s
    %6 = linalg.batch_matmul ins(%5, %v : !s, !x) outs(%x0 : !x) -> !x
    return %6 : !x
  })";
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x}}));
  // Scores and weights in f32: 8 * 128 * 128 * 4 = 524288.
  constexpr uint64_t s = 8 * 128 * 128 * 4;
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Gemm, 2 * x, s},
                        {Family::Softmax, s, s},
                        {Family::Gemm, s + x, x}}));
}

// Products as generic ops with the keys as they are; a softmax that is one op.
TEST(LinalgAttention, GenericProductsNamedSoftmax) {
  std::string text = R"(
    #q = affine_map<(b, m, n, k) -> (b, m, k)>
    #k = affine_map<(b, m, n, k) -> (b, n, k)>
    #v = affine_map<(b, m, n, k) -> (b, k, n)>
    #o = affine_map<(b, m, n, k) -> (b, m, n)>
)" + linalgTypes + R"(
    %0 = linalg.generic {indexing_maps = [#q, #k, #o], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%q, %k : !x, !x) outs(%s0 : !s) {
    ^bb0(%a: f32, %b: f32, %c: f32):
      %m = arith.mulf %a, %b : f32
      %n = arith.addf %c, %m : f32
      linalg.yield %n : f32
    } -> !s
    %1 = linalg.softmax dimension(2) ins(%0 : !s) outs(%se : !s) -> !s
    %2 = linalg.generic {indexing_maps = [#q, #v, #o], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%1, %v : !s, !x) outs(%x0 : !x) {
    ^bb0(%a: f32, %b: f32, %c: f32):
      %m = arith.mulf %a, %b : f32
      %n = arith.addf %c, %m : f32
      linalg.yield %n : f32
    } -> !x
    return %2 : !x
  })";
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x, x}}));
}

// Every head's products apart, keys times queries, joined for one softmax that
// multiplies by the reciprocal of the sum.
TEST(LinalgAttention, ProductsOfHeadsApart) {
  std::string text = R"(
    !h = tensor<128x64xf32>
    !ht = tensor<64x128xf32>
    !s1 = tensor<128x128xf32>
    !s = tensor<4x128x128xf32>
    !r = tensor<4x128xf32>
    #all = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
    #turned = affine_map<(d0, d1, d2) -> (d0, d2, d1)>
    #row = affine_map<(d0, d1, d2) -> (d0, d1)>
    func.func @main(%x: tensor<128x256xf32>, %wq: tensor<256x256xf32>, %wk: tensor<256x256xf32>, %wv: tensor<256x256xf32>) -> tensor<128x256xf32> {
      %zero = arith.constant 0.0 : f32
      %lowest = arith.constant 0xFF800000 : f32
      %one = arith.constant 1.0 : f32
      %pe = tensor.empty() : tensor<128x256xf32>
      %init = linalg.fill ins(%zero : f32) outs(%pe : tensor<128x256xf32>) -> tensor<128x256xf32>
      %q = linalg.matmul ins(%x, %wq : tensor<128x256xf32>, tensor<256x256xf32>) outs(%init : tensor<128x256xf32>) -> tensor<128x256xf32>
      %k = linalg.matmul ins(%x, %wk : tensor<128x256xf32>, tensor<256x256xf32>) outs(%init : tensor<128x256xf32>) -> tensor<128x256xf32>
      %v = linalg.matmul ins(%x, %wv : tensor<128x256xf32>, tensor<256x256xf32>) outs(%init : tensor<128x256xf32>) -> tensor<128x256xf32>
      %s1e = tensor.empty() : !s1
      %s10 = linalg.fill ins(%zero : f32) outs(%s1e : !s1) -> !s1
      %he = tensor.empty() : !h
      %h0 = linalg.fill ins(%zero : f32) outs(%he : !h) -> !h
      %hte = tensor.empty() : !ht
      %joined0 = tensor.empty() : tensor<512x128xf32>
  )";
  for (int head = 0; head < 4; ++head)
    text += substitute(R"(
      %k$h = tensor.extract_slice %k[0, $column] [128, 64] [1, 1] : tensor<128x256xf32> to !h
      %q$h = tensor.extract_slice %q[0, $column] [128, 64] [1, 1] : tensor<128x256xf32> to !h
      %t$h = linalg.transpose ins(%q$h : !h) outs(%hte : !ht) permutation = [1, 0]
      %s$h = linalg.matmul ins(%k$h, %t$h : !h, !ht) outs(%s10 : !s1) -> !s1
      %joined$next = tensor.insert_slice %s$h into %joined$h[$row, 0] [128, 128] [1, 1] : !s1 into tensor<512x128xf32>
    )",
                       {{"$h", std::to_string(head)},
                        {"$next", std::to_string(head + 1)},
                        {"$column", std::to_string(64 * head)},
                        {"$row", std::to_string(128 * head)}});
  text += R"(
      %a = tensor.expand_shape %joined4 [[0, 1], [2]] output_shape [4, 128, 128] : tensor<512x128xf32> into !s
      %se = tensor.empty() : !s
      %re = tensor.empty() : !r
      %b = linalg.generic {indexing_maps = [#turned, #all], iterator_types = ["parallel", "parallel", "parallel"]} ins(%a : !s) outs(%se : !s) {
      ^bb0(%i: f32, %o: f32):
        linalg.yield %i : f32
      } -> !s
      %r0 = linalg.fill ins(%lowest : f32) outs(%re : !r) -> !r
      %c = linalg.generic {indexing_maps = [#all, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%b : !s) outs(%r0 : !r) {
      ^bb0(%i: f32, %o: f32):
        %1 = arith.maximumf %i, %o : f32
        linalg.yield %1 : f32
      } -> !r
      %d = linalg.generic {indexing_maps = [#all, #row, #all], iterator_types = ["parallel", "parallel", "parallel"]} ins(%b, %c : !s, !r) outs(%se : !s) {
      ^bb0(%i: f32, %j: f32, %o: f32):
        %1 = arith.subf %i, %j : f32
        linalg.yield %1 : f32
      } -> !s
      %e = linalg.generic {indexing_maps = [#all, #all], iterator_types = ["parallel", "parallel", "parallel"]} ins(%d : !s) outs(%se : !s) {
      ^bb0(%i: f32, %o: f32):
        %1 = math.exp %i : f32
        linalg.yield %1 : f32
      } -> !s
      %r1 = linalg.fill ins(%zero : f32) outs(%re : !r) -> !r
      %f = linalg.generic {indexing_maps = [#all, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%e : !s) outs(%r1 : !r) {
      ^bb0(%i: f32, %o: f32):
        %1 = arith.addf %i, %o : f32
        linalg.yield %1 : f32
      } -> !r
      %g = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%f : !r) outs(%re : !r) {
      ^bb0(%i: f32, %o: f32):
        %1 = arith.divf %one, %i : f32
        linalg.yield %1 : f32
      } -> !r
      %p = linalg.generic {indexing_maps = [#all, #row, #all], iterator_types = ["parallel", "parallel", "parallel"]} ins(%e, %g : !s, !r) outs(%se : !s) {
      ^bb0(%i: f32, %j: f32, %o: f32):
        %1 = arith.mulf %i, %j : f32
        linalg.yield %1 : f32
      } -> !s
  )";
  for (int head = 0; head < 4; ++head)
    text += substitute(
        R"(
      %p$h = tensor.extract_slice %p[$h, 0, 0] [1, 128, 128] [1, 1, 1] : !s to !s1
      %v$h = tensor.extract_slice %v[0, $column] [128, 64] [1, 1] : tensor<128x256xf32> to !h
      %o$h = linalg.matmul ins(%p$h, %v$h : !s1, !h) outs(%h0 : !h) -> !h
    )",
        {{"$h", std::to_string(head)}, {"$column", std::to_string(64 * head)}});
  text += R"(
      %o = tensor.concat dim(1) %o0, %o1, %o2, %o3 : (!h, !h, !h, !h) -> tensor<128x256xf32>
      return %o : tensor<128x256xf32>
    })";
  KernelRows rows = launchesOf(text, Fusion::Library);
  ASSERT_EQ(countFamily(rows, Family::Attention), 1u);
  // Queries, keys and values, 128 * 256 * 4 bytes each, of all four heads.
  constexpr uint64_t all = 128 * 256 * 4;
  for (const KernelRow &row : rows)
    if (row.family == Family::Attention) {
      EXPECT_EQ(row, (KernelRow{Family::Attention, 3 * all, all}));
    }
}

TEST(TosaAttention, ReductionsKeepRank) {
  std::string text = R"(
    !x = tensor<8x128x64xf32>
    !t = tensor<8x64x128xf32>
    !s = tensor<8x128x128xf32>
    !r = tensor<8x128x1xf32>
    func.func @main(%q: !x, %k: !x, %v: !x, %mask: tensor<1x128x128xf32>) -> !x {
      %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
      %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
      %scale = "tosa.const"() <{values = dense<0.125> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
      %kt = tosa.transpose %k {perms = array<i32: 0, 2, 1>} : (!x) -> !t
      %0 = tosa.matmul %q, %kt, %zero, %zero : (!x, !t, tensor<1xf32>, tensor<1xf32>) -> !s
      %1 = tosa.mul %0, %scale, %shift : (!s, tensor<1x1x1xf32>, tensor<1xi8>) -> !s
      %2 = tosa.add %1, %mask : (!s, tensor<1x128x128xf32>) -> !s
      %3 = tosa.reduce_max %2 {axis = 2 : i32} : (!s) -> !r
      %4 = tosa.sub %2, %3 : (!s, !r) -> !s
      %5 = tosa.exp %4 : (!s) -> !s
      %6 = tosa.reduce_sum %5 {axis = 2 : i32} : (!s) -> !r
      %7 = tosa.reciprocal %6 : (!r) -> !r
      %8 = tosa.mul %5, %7, %shift : (!s, !r, tensor<1xi8>) -> !s
      %9 = tosa.matmul %8, %v, %zero, %zero : (!s, !x, tensor<1xf32>, tensor<1xf32>) -> !x
      return %9 : !x
    })";
  constexpr uint64_t mask = 128 * 128 * 4;
  EXPECT_EQ(launchesOf(text, Fusion::Library),
            (KernelRows{{Family::Attention, 3 * x + mask, x}}));
}
