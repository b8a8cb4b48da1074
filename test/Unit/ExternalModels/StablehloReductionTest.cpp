//===- StablehloReductionTest.cpp - Ops with a combiner or comparator -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

using namespace roofline;

using StablehloReduction = StablehloRuleTest;

namespace {

const std::string lessThan = R"( ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = "stablehlo.compare"(%a, %b)
      {comparison_direction = #stablehlo<comparison_direction LT>}
      : (tensor<f32>, tensor<f32>) -> tensor<i1>
    "stablehlo.return"(%c) : (tensor<i1>) -> ()
}))";

} // namespace

// 4 x 1024 additions (A25); 16384 + 4 bytes in, 16 out.
TEST_F(StablehloReduction, ReduceRunsItsCombinerPerElement) {
  EXPECT_EQ(demandOf("stablehlo.reduce", {"tensor<4x1024xf32>", "tensor<f32>"},
                     {"tensor<4xf32>"},
                     " <{dimensions = array<i64: 1>}>" +
                         combiner("stablehlo.add", "tensor<f32>")),
            "reduction vector_f32=4096 read=16388 written=16");
}

// The index of the maximum: a comparison in f32, a selection in each type.
TEST_F(StablehloReduction, ReduceOfPairs) {
  EXPECT_EQ(demandOf("stablehlo.reduce",
                     {"tensor<1024xf32>", "tensor<1024xi32>", "tensor<f32>",
                      "tensor<i32>"},
                     {"tensor<f32>", "tensor<i32>"}, R"( ({
      ^bb0(%a: tensor<f32>, %i: tensor<i32>, %b: tensor<f32>, %j: tensor<i32>):
        %c = "stablehlo.compare"(%a, %b)
          {comparison_direction = #stablehlo<comparison_direction GT>}
          : (tensor<f32>, tensor<f32>) -> tensor<i1>
        %value = "stablehlo.select"(%c, %a, %b)
          : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
        %index = "stablehlo.select"(%c, %i, %j)
          : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
        "stablehlo.return"(%value, %index) : (tensor<f32>, tensor<i32>) -> ()
      }) {dimensions = array<i64: 0>})"),
            "reduction vector_f32=2048 vector_i32=1024 read=8200 written=8");
}

TEST_F(StablehloReduction, MapRunsItsRegionPerElement) {
  EXPECT_EQ(demandOf("stablehlo.map", {"tensor<32xf32>", "tensor<32xf32>"},
                     {"tensor<32xf32>"},
                     combiner("stablehlo.power", "tensor<f32>")),
            "elementwise special_f32=32 read=256 written=128");
}

// Max pooling of ResNet: 56 * 56 * 64 windows of 9.
TEST_F(StablehloReduction, ReduceWindow) {
  EXPECT_EQ(
      demandOf("stablehlo.reduce_window",
               {"tensor<1x112x112x64xf32>", "tensor<f32>"},
               {"tensor<1x56x56x64xf32>"},
               " <{window_dimensions = array<i64: 1, 3, 3, 1>, "
               "window_strides = array<i64: 1, 2, 2, 1>, padding = "
               "dense<[[0, 0], [1, 1], [1, 1], [0, 0]]> : tensor<4x2xi64>}>" +
                   combiner("stablehlo.maximum", "tensor<f32>")),
      "reduction vector_f32=1806336 read=3211268 written=802816");
}

// A running sum adds each element once, not 1024 * 1024 times.
TEST_F(StablehloReduction, PrefixSum) {
  EXPECT_EQ(demandOf("stablehlo.reduce_window",
                     {"tensor<2x1024xf32>", "tensor<f32>"},
                     {"tensor<2x1024xf32>"},
                     " <{window_dimensions = array<i64: 1, 1024>, padding = "
                     "dense<[[0, 0], [1023, 0]]> : tensor<2x2xi64>}>" +
                         combiner("stablehlo.add", "tensor<f32>")),
            "reduction vector_f32=2048 read=8196 written=8192");
}

// 4 x 4 sources with a window of 2 x 2: 64 comparisons, 16 additions.
TEST_F(StablehloReduction, SelectAndScatter) {
  std::string regions = lessThan;
  regions.pop_back();
  regions += ", " + combiner("stablehlo.add", "tensor<f32>").substr(2);
  EXPECT_EQ(
      demandOf("stablehlo.select_and_scatter",
               {"tensor<8x8xf32>", "tensor<4x4xf32>", "tensor<f32>"},
               {"tensor<8x8xf32>"},
               " <{window_dimensions = array<i64: 2, 2>, window_strides = "
               "array<i64: 2, 2>}>" +
                   regions),
      "reduction vector_f32=80 read=324 written=256");
}

// A26: 8 lines of 1000 elements, ceil(log2 1000) = 10: 80,000 comparisons.
TEST_F(StablehloReduction, Sort) {
  EXPECT_EQ(demandOf("stablehlo.sort", {"tensor<8x1000xf32>"},
                     {"tensor<8x1000xf32>"},
                     " <{dimension = 1 : i64}>" + lessThan),
            "sort vector_f32=80000 read=32000 written=32000");
  EXPECT_EQ(demandOf("stablehlo.sort", {"tensor<8x1000xf32>"},
                     {"tensor<8x1000xf32>"}, lessThan),
            "sort vector_f32=80000 read=32000 written=32000");
}

// A26: log2 4 = 2 comparisons for each of 8 x 1000 elements. The results are
// 8 x 4 values and as many 4-byte indices.
TEST_F(StablehloReduction, TopK) {
  EXPECT_EQ(demandOf("chlo.top_k", {"tensor<8x1000xf32>"},
                     {"tensor<8x4xf32>", "tensor<8x4xi32>"}, " {k = 4 : i64}"),
            "sort vector_f32=16000 read=32000 written=256");
}

TEST_F(StablehloReduction, FollowsCallsInCombiners) {
  EXPECT_EQ(demand(R"(
    "test.func"() ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %0 = "stablehlo.add"(%a, %b)
        : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%0) : (tensor<f32>) -> ()
    }) {sym_name = "sum"} : () -> ()
    %x = "test.value"() : () -> tensor<32xf32>
    %i = "test.value"() : () -> tensor<f32>
    %r = "stablehlo.reduce"(%x, %i) ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %0 = "stablehlo.composite"(%a, %b) {decomposition = @sum}
        : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%0) : (tensor<f32>) -> ()
    }) : (tensor<32xf32>, tensor<f32>) -> tensor<f32>)",
                   "stablehlo.reduce"),
            "reduction vector_f32=32 read=132 written=4");
}

TEST_F(StablehloReduction, RefusesBrokenOps) {
  std::vector<std::string> operands = {"tensor<32xf32>", "tensor<f32>"};
  EXPECT_EQ(demandOf("stablehlo.reduce", operands, {"tensor<f32>"}),
            "malformed: region 0 is missing");
  EXPECT_EQ(demandOf("stablehlo.reduce", operands, {"tensor<f32>"},
                     combiner("test.magic", "tensor<f32>")),
            "unmodelled: no rule for 'test.magic'");
  EXPECT_EQ(demandOf("stablehlo.sort", {"tensor<32xf32>"}, {"tensor<32xf32>"},
                     lessThan + " {dimension = 3 : i64}"),
            "malformed: dimension 3 is out of range for 'tensor<32xf32>'");
  EXPECT_EQ(demandOf("stablehlo.reduce_window", operands, {"tensor<4xf32>"},
                     combiner("stablehlo.add", "tensor<f32>")),
            "malformed: attribute 'window_dimensions' is missing");
  EXPECT_EQ(demandOf("chlo.top_k", {"tensor<32xf32>"}, {"tensor<4xf32>"}),
            "malformed: attribute 'k' is missing");
}

// A combiner that decomposes into itself is not followed for ever.
TEST_F(StablehloReduction, RefusesCombinersThatCallThemselves) {
  EXPECT_EQ(demand(R"(
    "test.func"() ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %0 = "stablehlo.composite"(%a, %b) {decomposition = @sum}
        : (tensor<f32>, tensor<f32>) -> tensor<f32>
      %1 = "stablehlo.composite"(%a, %b) {decomposition = @sum}
        : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%0) : (tensor<f32>) -> ()
    }) {sym_name = "sum"} : () -> ()
    %x = "test.value"() : () -> tensor<32xf32>
    %r = "stablehlo.reduce"(%x, %x) ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %0 = "stablehlo.composite"(%a, %b) {decomposition = @sum}
        : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%0) : (tensor<f32>) -> ()
    }) : (tensor<32xf32>, tensor<32xf32>) -> tensor<f32>)",
                   "stablehlo.reduce"),
            "malformed: the combiner calls itself or is unreasonably big");
}
