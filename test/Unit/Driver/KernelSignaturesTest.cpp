//===- KernelSignaturesTest.cpp - What kernels ask of software ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ParsedGraph.h"

#include <gtest/gtest.h>

using namespace roofline;
using Names = std::vector<std::string>;

namespace {

/// A product of 64 rows with `lhs` and `rhs` elements.
std::string product(const std::string &lhs, const std::string &rhs,
                    const std::string &result) {
  return "func.func @main(%x: tensor<64x256x" + lhs + ">, %w: tensor<256x512x" +
         rhs + ">) -> tensor<64x512x" + result +
         "> { %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] "
         ": (tensor<64x256x" +
         lhs + ">, tensor<256x512x" + rhs + ">) -> tensor<64x512x" + result +
         "> return %0 : tensor<64x512x" + result + "> }";
}

/// A function of the arguments and body on bf16 and other types.
std::string graph(const std::string &arguments, const std::string &result,
                  const std::string &body) {
  return R"(
    !b = tensor<256x1024xbf16>
    !f = tensor<256x1024xf32>
    !r = tensor<256xf32>
    !c = tensor<1024xbf16>
    !s = tensor<f32>
    func.func @main()" +
         arguments + ") -> " + result + " {" + body + "}";
}

} // namespace

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

TEST(KernelSignatures, ElementTypesOfOperandsDecideTheProduct) {
  EXPECT_EQ(namesOf(product("bf16", "bf16", "bf16")), Names{"gemm bf16"});
  EXPECT_EQ(namesOf(product("f8E4M3FN", "f8E4M3FN", "bf16")),
            Names{"quantized_gemm bf16, f8"});
  EXPECT_EQ(namesOf(product("i8", "i8", "i32")),
            Names{"quantized_gemm i32, i8"});
  EXPECT_EQ(namesOf(product("bf16", "i4", "bf16")),
            Names{"weight_only_gemm bf16, i4"});
}

TEST(KernelSignatures, ExtentsOfAProduct) {
  OpSignature gemm = signatureOf(product("f32", "f32", "f32"), "gemm");
  EXPECT_EQ(subjectOf(gemm, "m"), "64");
  EXPECT_EQ(subjectOf(gemm, "n"), "512");
  EXPECT_EQ(subjectOf(gemm, "k"), "256");
  EXPECT_EQ(subjectOf(gemm, "batch"), "1");
  EXPECT_EQ(subjectOf(gemm, "shapes"), "static");
  EXPECT_EQ(subjectOf(gemm, "weight_layout"), "nd");
  EXPECT_EQ(subjectOf(gemm, "transposed_weights"), "no");
  EXPECT_EQ(subjectOf(gemm, "precision"), "default");
  // What the graph does not tell is not there.
  EXPECT_EQ(subjectOf(gemm, "head_dim"), "");
  ASSERT_EQ(gemm.parts.size(), 1u);
  EXPECT_EQ(gemm.parts.front().pattern, "dot_general");
}

TEST(KernelSignatures, WeightsThatAreConvertedOnTheWay) {
  EXPECT_EQ(namesOf(R"(
    func.func @main(%x: tensor<64x256xbf16>, %w: tensor<256x512xi8>,
                    %s: tensor<512xbf16>) -> tensor<64x512xbf16> {
      %0 = stablehlo.convert %w : (tensor<256x512xi8>) -> tensor<256x512xbf16>
      %1 = stablehlo.broadcast_in_dim %s, dims = [1] : (tensor<512xbf16>) -> tensor<256x512xbf16>
      %2 = stablehlo.multiply %0, %1 : tensor<256x512xbf16>
      %3 = stablehlo.dot_general %x, %2, contracting_dims = [1] x [0] : (tensor<64x256xbf16>, tensor<256x512xbf16>) -> tensor<64x512xbf16>
      return %3 : tensor<64x512xbf16>
    })"),
            Names{"weight_only_gemm bf16, i8"});
}

TEST(KernelSignatures, IndependentProducts) {
  // Eight experts with weights of their own.
  OpSignature gemm = signatureOf(R"(
    func.func @main(%x: tensor<8x64x256xbf16>, %w: tensor<8x512x256xbf16>) -> tensor<8x64x512xbf16> {
      %0 = stablehlo.dot_general %x, %w, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (tensor<8x64x256xbf16>, tensor<8x512x256xbf16>) -> tensor<8x64x512xbf16>
      return %0 : tensor<8x64x512xbf16>
    })",
                                 "grouped_gemm");
  EXPECT_EQ(subjectOf(gemm, "batch"), "8");
  EXPECT_EQ(subjectOf(gemm, "transposed_weights"), "yes");
}

TEST(KernelSignatures, DynamicExtentsAreNotGuessed) {
  OpSignature dot = signaturesOf(R"(
    func.func @main(%x: tensor<?x256xbf16>, %w: tensor<256x512xbf16>) -> tensor<?x512xbf16> {
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<?x256xbf16>, tensor<256x512xbf16>) -> tensor<?x512xbf16>
      return %0 : tensor<?x512xbf16>
    })")
                        .front();
  EXPECT_EQ(subjectOf(dot, "shapes"), "dynamic");
  EXPECT_EQ(subjectOf(dot, "m"), "");
  EXPECT_EQ(subjectOf(dot, "elements"), "");
}

TEST(KernelSignatures, LayoutOfAConvolution) {
  OpSignature convolution = signatureOf(R"(
    func.func @main(%x: tensor<8x56x56x64xbf16>, %w: tensor<3x3x64x128xbf16>) -> tensor<8x54x54x128xbf16> {
      %0 = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
        window = {stride = [1, 1], pad = [[0, 0], [0, 0]], rhs_dilate = [1, 1]}
        {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
        : (tensor<8x56x56x64xbf16>, tensor<3x3x64x128xbf16>) -> tensor<8x54x54x128xbf16>
      return %0 : tensor<8x54x54x128xbf16>
    })",
                                        "convolution");
  EXPECT_EQ(subjectOf(convolution, "image_layout"), "nhwc");
  EXPECT_EQ(subjectOf(convolution, "channels"), "64");
  EXPECT_EQ(subjectOf(convolution, "window_elements"), "9");
  EXPECT_EQ(subjectOf(convolution, "feature_groups"), "1");
  EXPECT_EQ(subjectOf(convolution, "rank"), "4");
}

//===----------------------------------------------------------------------===//
// Kernels of libraries
//===----------------------------------------------------------------------===//

TEST(KernelSignatures, ANormIsOfWhatItReadsAndWrites) {
  // Statistics in f32 are the kernel's own business.
  OpSignature norm = signatureOf(graph("%x: !b, %g: !c", "!b", R"(
      %zero = stablehlo.constant dense<0.0> : !s
      %n = stablehlo.constant dense<1024.0> : !r
      %eps = stablehlo.constant dense<1.0e-5> : !r
      %0 = stablehlo.convert %x : (!b) -> !f
      %1 = stablehlo.multiply %0, %0 : !f
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [1] : (!f, !s) -> !r
      %3 = stablehlo.divide %2, %n : !r
      %4 = stablehlo.add %3, %eps : !r
      %5 = stablehlo.rsqrt %4 : !r
      %6 = stablehlo.broadcast_in_dim %5, dims = [0] : (!r) -> !f
      %7 = stablehlo.multiply %0, %6 : !f
      %8 = stablehlo.convert %7 : (!f) -> !b
      %9 = stablehlo.broadcast_in_dim %g, dims = [1] : (!c) -> !b
      %10 = stablehlo.multiply %8, %9 : !b
      return %10 : !b
  )"),
                                 "rms_norm");
  EXPECT_EQ(norm.str(), "rms_norm bf16");
  EXPECT_EQ(subjectOf(norm, "rows"), "256");
  EXPECT_EQ(subjectOf(norm, "columns"), "1024");
  // Each kind of op once: two multiplications in bf16 and f32 are two.
  EXPECT_GT(norm.parts.size(), 5u);
}

TEST(KernelSignatures, AttentionOfOneNewRow) {
  // 4 sequences, 32 query heads on 8 key heads, context of 2048.
  OpSignature attention = signatureOf(R"(
    !q = tensor<4x8x4x128xbf16>
    !k = tensor<4x8x2048x128xbf16>
    !p = tensor<4x8x4x2048xf32>
    !m = tensor<4x8x4xf32>
    !s = tensor<f32>
    func.func @main(%q: !q, %k: !k, %v: !k) -> !q {
      %low = stablehlo.constant dense<0xFF800000> : !s
      %zero = stablehlo.constant dense<0.0> : !s
      %0 = stablehlo.dot_general %q, %k, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3] : (!q, !k) -> !p
      %1 = stablehlo.reduce(%0 init: %low) applies stablehlo.maximum across dimensions = [3] : (!p, !s) -> !m
      %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1, 2] : (!m) -> !p
      %3 = stablehlo.subtract %0, %2 : !p
      %4 = stablehlo.exponential %3 : !p
      %5 = stablehlo.reduce(%4 init: %zero) applies stablehlo.add across dimensions = [3] : (!p, !s) -> !m
      %6 = stablehlo.broadcast_in_dim %5, dims = [0, 1, 2] : (!m) -> !p
      %7 = stablehlo.divide %4, %6 : !p
      %8 = stablehlo.convert %7 : (!p) -> tensor<4x8x4x2048xbf16>
      %9 = stablehlo.dot_general %8, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (tensor<4x8x4x2048xbf16>, !k) -> !q
      return %9 : !q
    })",
                                      "attention_decode");
  EXPECT_EQ(attention.str(), "attention_decode bf16");
  EXPECT_EQ(subjectOf(attention, "context"), "2048");
  EXPECT_EQ(subjectOf(attention, "head_dim"), "128");
  EXPECT_EQ(subjectOf(attention, "value_dim"), "128");
  EXPECT_EQ(subjectOf(attention, "head_group"), "4");
  EXPECT_EQ(subjectOf(attention, "kv_layout"), "nd");
}

// 512 rows that see the last 128 keys: no key after their own, nor one before.
TEST(KernelSignatures, AttentionOfAWindow) {
  std::string text = R"(
    !q = tensor<8x512x64xbf16>
    !p = tensor<8x512x512xf32>
    !m = tensor<8x512xf32>
    !s = tensor<f32>
    !i = tensor<512x512xi32>
    !t = tensor<512x512xi1>
    func.func @main(%q: !q, %k: !q, %v: !q, %t: !t) -> !q {
      %low = stablehlo.constant dense<0xFF800000> : !s
      %zero = stablehlo.constant dense<0.0> : !s
      %i = stablehlo.iota dim = 0 : !i
      %j = stablehlo.iota dim = 1 : !i
      %w = stablehlo.constant dense<128> : !i
      %f = stablehlo.subtract %i, %w : !i
      %before = stablehlo.compare LE, %j, %i : (!i, !i) -> !t
      %near = stablehlo.compare GT, %j, %f : (!i, !i) -> !t
      %both = stablehlo.and %before, %near : !t
      %keep = stablehlo.broadcast_in_dim MASK, dims = [1, 2] : (!t) -> tensor<8x512x512xi1>
      %lows = stablehlo.broadcast_in_dim %low, dims = [] : (!s) -> !p
      %s0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (!q, !q) -> !p
      %0 = stablehlo.select %keep, %s0, %lows : tensor<8x512x512xi1>, !p
      %1 = stablehlo.reduce(%0 init: %low) applies stablehlo.maximum across dimensions = [2] : (!p, !s) -> !m
      %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (!m) -> !p
      %3 = stablehlo.subtract %0, %2 : !p
      %4 = stablehlo.exponential %3 : !p
      %5 = stablehlo.reduce(%4 init: %zero) applies stablehlo.add across dimensions = [2] : (!p, !s) -> !m
      %6 = stablehlo.broadcast_in_dim %5, dims = [0, 1] : (!m) -> !p
      %7 = stablehlo.divide %4, %6 : !p
      %8 = stablehlo.convert %7 : (!p) -> tensor<8x512x512xbf16>
      %9 = stablehlo.dot_general %8, %v, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<8x512x512xbf16>, !q) -> !q
      return %9 : !q
    })";
  auto masked = [&](const std::string &mask) {
    std::string copy = text;
    return copy.replace(copy.find("MASK"), 4, mask);
  };
  OpSignature window = signatureOf(masked("%both"), "sliding_window_attention");
  EXPECT_EQ(subjectOf(window, "window"), "128");
  EXPECT_EQ(subjectOf(window, "causal"), "yes");
  OpSignature causal = signatureOf(masked("%before"), "attention_prefill");
  EXPECT_EQ(subjectOf(causal, "window"), "");
  EXPECT_EQ(subjectOf(causal, "causal"), "yes");
  // The window alone looks ahead.
  OpSignature ahead = signatureOf(masked("%near"), "attention_prefill");
  EXPECT_EQ(subjectOf(ahead, "causal"), "no");
}

TEST(KernelSignatures, RowsOfATable) {
  OpSignature rows = signatureOf(R"(
    func.func @main(%t: tensor<32000x4096xbf16>, %i: tensor<16x1xi32>) -> tensor<16x4096xbf16> {
      %0 = "stablehlo.gather"(%t, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1],
        collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>,
        slice_sizes = array<i64: 1, 4096>}> : (tensor<32000x4096xbf16>, tensor<16x1xi32>) -> tensor<16x4096xbf16>
      return %0 : tensor<16x4096xbf16>
    })",
                                 "embedding");
  // Indices are no data.
  EXPECT_EQ(rows.str(), "embedding bf16");
}

TEST(KernelSignatures, RunningSums) {
  EXPECT_EQ(namesOf(R"(
    func.func @main(%x: tensor<64x512xf32>) -> tensor<64x512xf32> {
      %zero = stablehlo.constant dense<0.0> : tensor<f32>
      %0 = "stablehlo.reduce_window"(%x, %zero) <{window_dimensions = array<i64: 1, 512>,
        padding = dense<[[0, 0], [511, 0]]> : tensor<2x2xi64>}> ({
      ^bb0(%a: tensor<f32>, %b: tensor<f32>):
        %s = stablehlo.add %a, %b : tensor<f32>
        stablehlo.return %s : tensor<f32>
      }) : (tensor<64x512xf32>, tensor<f32>) -> tensor<64x512xf32>
      return %0 : tensor<64x512xf32>
    })"),
            Names{"cumulative_sum f32"});
}

//===----------------------------------------------------------------------===//
// Ops
//===----------------------------------------------------------------------===//

TEST(KernelSignatures, OpsThatCompilersFuseAreJudgedOneByOne) {
  EXPECT_EQ(namesOf(graph("%x: !f, %y: !f", "!f", R"(
      %0 = stablehlo.multiply %x, %y : !f
      %1 = stablehlo.cbrt %0 : !f
      return %1 : !f
  )")),
            (Names{"multiply f32", "cbrt f32"}));
}

TEST(KernelSignatures, MasksAndIndicesAreNoData) {
  EXPECT_EQ(namesOf(R"(
    func.func @main(%p: tensor<4096xi1>, %x: tensor<4096xf32>, %y: tensor<4096xf32>) -> tensor<4096xf32> {
      %0 = stablehlo.select %p, %x, %y : tensor<4096xi1>, tensor<4096xf32>
      return %0 : tensor<4096xf32>
    })"),
            Names{"select f32"});
}

TEST(KernelSignatures, OpsOfABodyAreJudgedByThemselves) {
  EXPECT_EQ(namesOf(R"(
    func.func @main(%x: tensor<4096xf32>, %o: tensor<4096xf32>) -> tensor<4096xf32> {
      %0 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
          ins(%x : tensor<4096xf32>) outs(%o : tensor<4096xf32>) {
      ^bb0(%a: f32, %b: f32):
        %1 = math.erf %a : f32
        %2 = arith.mulf %1, %a : f32
        linalg.yield %2 : f32
      } -> tensor<4096xf32>
      return %0 : tensor<4096xf32>
    })"),
            (Names{"erf f32", "multiply f32"}));
}

TEST(KernelSignatures, OpsOfASmallFunctionAreThoseOfItsCaller) {
  EXPECT_EQ(namesOf(R"(
    func.func @main(%x: tensor<4096xf32>) -> tensor<4096xf32> {
      %0 = call @twice(%x) : (tensor<4096xf32>) -> tensor<4096xf32>
      %1 = call @twice(%0) : (tensor<4096xf32>) -> tensor<4096xf32>
      return %1 : tensor<4096xf32>
    }
    func.func private @twice(%x: tensor<4096xf32>) -> tensor<4096xf32> {
      %0 = stablehlo.add %x, %x : tensor<4096xf32>
      return %0 : tensor<4096xf32>
    })"),
            (Names{"add f32", "add f32"}));
}

TEST(KernelSignatures, ArithmeticOnSingleValuesIsControl) {
  EXPECT_EQ(namesOf(R"(
    func.func @main(%x: tensor<f64>) -> tensor<f64> {
      %0 = stablehlo.add %x, %x : tensor<f64>
      return %0 : tensor<f64>
    })"),
            Names{});
}

TEST(KernelSignatures, CallsAreToldByTheirTarget) {
  OpSignature call = signaturesOf(R"(
    func.func @main(%x: tensor<4096xbf16>) -> tensor<4096xbf16> {
      %0 = stablehlo.custom_call @te_softmax(%x) : (tensor<4096xbf16>) -> tensor<4096xbf16>
      return %0 : tensor<4096xbf16>
    })")
                         .front();
  EXPECT_EQ(call.callTarget, "te_softmax");
  EXPECT_EQ(call.str(), "custom call 'te_softmax' bf16");
}

TEST(KernelSignatures, OpsThatNobodyKnowsAreToldByTheirName) {
  OpSignature op = signaturesOf(R"(
    func.func @main(%x: tensor<4096xbf16>) -> tensor<4096xbf16> {
      %0 = "acme.blur"(%x) : (tensor<4096xbf16>) -> tensor<4096xbf16>
      return %0 : tensor<4096xbf16>
    })")
                       .front();
  EXPECT_EQ(op.pattern, "");
  EXPECT_EQ(op.name, "acme.blur");
}

TEST(KernelSignatures, DevicesOfAnExchange) {
  OpSignature exchange = signatureOf(R"(
    func.func @main(%x: tensor<4096xbf16>) -> tensor<4096xbf16> {
      %0 = "stablehlo.all_reduce"(%x) <{replica_groups = dense<[[0, 1, 2, 3], [4, 5, 6, 7]]> : tensor<2x4xi64>}> ({
      ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
        %s = stablehlo.add %a, %b : tensor<bf16>
        stablehlo.return %s : tensor<bf16>
      }) : (tensor<4096xbf16>) -> tensor<4096xbf16>
      return %0 : tensor<4096xbf16>
    })",
                                     "all_reduce");
  EXPECT_EQ(subjectOf(exchange, "devices"), "4");
}
