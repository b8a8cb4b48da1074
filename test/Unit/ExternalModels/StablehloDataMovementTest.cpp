//===- StablehloDataMovementTest.cpp - Views, moves, slices, updates ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

using namespace roofline;

using StablehloDataMovement = StablehloRuleTest;

TEST_F(StablehloDataMovement, ViewsAreFree) {
  EXPECT_EQ(
      demandOf("stablehlo.reshape", {"tensor<4x8xf32>"}, {"tensor<32xf32>"}),
      "view read=0 written=0");
  EXPECT_EQ(demandOf("stablehlo.constant", {}, {"tensor<4x8xf32>"},
                     " {value = dense<0.0> : tensor<4x8xf32>}"),
            "view read=0 written=0");
  EXPECT_EQ(demandOf("sdy.constant", {}, {"tensor<4x8xf32>"},
                     " {value = dense<0.0> : tensor<4x8xf32>}"),
            "view read=0 written=0");
  EXPECT_EQ(demandOf("stablehlo.after_all", {"!stablehlo.token"},
                     {"!stablehlo.token"}),
            "view read=0 written=0");
  EXPECT_EQ(demandOf("util.unfoldable_constant", {}, {"tensor<4xf32>"}),
            "view read=0 written=0");
}

// A24: a broadcast or transposition that keeps every element in its place in
// memory is a view. 32 elements of 4 bytes are 128.
TEST_F(StablehloDataMovement, BroadcastsThatRepeatNothingAreViews) {
  auto broadcast = [&](const std::string &from, const std::string &to,
                       const std::string &dims) {
    return demandOf("stablehlo.broadcast_in_dim", {from}, {to},
                    " <{broadcast_dimensions = array<i64: " + dims + ">}>");
  };
  EXPECT_EQ(broadcast("tensor<8xf32>", "tensor<4x8xf32>", "1"),
            "data_movement read=32 written=128");
  EXPECT_EQ(broadcast("tensor<32xf32>", "tensor<1x32x1xf32>", "1"),
            "view read=0 written=0");
  // It transposes, too.
  EXPECT_EQ(broadcast("tensor<4x8xf32>", "tensor<8x4xf32>", "1, 0"),
            "data_movement read=128 written=128");
}

TEST_F(StablehloDataMovement, TranspositionsOfSingleElementsAreViews) {
  auto transpose = [&](const std::string &from, const std::string &to,
                       const std::string &permutation) {
    return demandOf("stablehlo.transpose", {from}, {to},
                    " {permutation = dense<[" + permutation +
                        "]> : tensor<3xi64>}");
  };
  EXPECT_EQ(transpose("tensor<2x4x4xf32>", "tensor<4x2x4xf32>", "1, 0, 2"),
            "data_movement read=128 written=128");
  EXPECT_EQ(transpose("tensor<1x4x8xf32>", "tensor<4x1x8xf32>", "1, 0, 2"),
            "view read=0 written=0");
}

TEST_F(StablehloDataMovement, SlicesReadWhatTheyGive) {
  // 2 x 8 of 4 x 8 elements: 64 of 128 bytes; two 8-byte start indices.
  EXPECT_EQ(
      demandOf("stablehlo.slice", {"tensor<4x8xf32>"}, {"tensor<2x8xf32>"}),
      "data_movement read=64 written=64");
  EXPECT_EQ(demandOf("stablehlo.dynamic_slice",
                     {"tensor<4x8xf32>", "tensor<i64>", "tensor<i64>"},
                     {"tensor<2x8xf32>"}),
            "data_movement read=80 written=64");
  EXPECT_EQ(
      demandOf("stablehlo.slice", {"tensor<4x8xf32>"}, {"tensor<4x8xf32>"}),
      "view read=0 written=0");
}

TEST_F(StablehloDataMovement, WholeTensors) {
  EXPECT_EQ(demandOf("stablehlo.concatenate",
                     {"tensor<4x8xf32>", "tensor<2x8xf32>"},
                     {"tensor<6x8xf32>"}),
            "data_movement read=192 written=192");
  EXPECT_EQ(demandOf("stablehlo.pad", {"tensor<4x8xf32>", "tensor<f32>"},
                     {"tensor<6x8xf32>"},
                     " {edge_padding_low = array<i64: 1, 0>}"),
            "data_movement read=132 written=192");
  EXPECT_EQ(demandOf("stablehlo.pad", {"tensor<4x8xf32>", "tensor<f32>"},
                     {"tensor<4x8xf32>"},
                     " {edge_padding_low = array<i64: 0, 0>}"),
            "view read=0 written=0");
  EXPECT_EQ(demandOf("stablehlo.iota", {}, {"tensor<4x8xi32>"},
                     " {iota_dimension = 0 : i64}"),
            "data_movement read=0 written=128");
  EXPECT_EQ(
      demandOf("chlo.constant_like", {"tensor<4x8xf32>"}, {"tensor<4x8xf32>"}),
      "data_movement read=0 written=128");
}

// Two rows of a table of 1000 rows of 8 elements: 64 bytes, and two indices. A
// small table that is looked up more often than it has rows is read once.
TEST_F(StablehloDataMovement, GathersReadWhatTheyTouch) {
  EXPECT_EQ(demandOf("stablehlo.gather",
                     {"tensor<1000x8xf32>", "tensor<2x1xi64>"},
                     {"tensor<2x8xf32>"}),
            "gather_scatter read=80 written=64");
  EXPECT_EQ(demandOf("stablehlo.gather",
                     {"tensor<2x8xf32>", "tensor<100x1xi64>"},
                     {"tensor<100x8xf32>"}),
            "gather_scatter read=864 written=3200");
}

// A cache of 64 x 8 elements (2048 bytes), of which one row (32 bytes) is
// updated; two 4-byte indices.
TEST_F(StablehloDataMovement, UpdatesInPlaceTouchTheSlice) {
  auto update = [&](const std::string &later) {
    return demand(R"(
      %cache = "test.value"() : () -> tensor<64x8xf32>
      %early = "test.use"(%cache) : (tensor<64x8xf32>) -> i32
      %row = "test.value"() : () -> tensor<1x8xf32>
      %i = "test.value"() : () -> tensor<i32>
      %j = "test.value"() : () -> tensor<i32>
      %0 = "stablehlo.dynamic_update_slice"(%cache, %row, %i, %j)
        : (tensor<64x8xf32>, tensor<1x8xf32>, tensor<i32>, tensor<i32>)
        -> tensor<64x8xf32>)" +
                      later,
                  "stablehlo.dynamic_update_slice");
  };
  EXPECT_EQ(update(""), "data_movement read=40 written=32");
  // Somebody still needs the old cache: it is copied.
  EXPECT_EQ(
      update("\n%late = \"test.use\"(%cache) : (tensor<64x8xf32>) -> i32"),
      "data_movement read=2088 written=2048");
}

// The cache is updated through a view of it.
TEST_F(StablehloDataMovement, UpdatesSeeThroughViews) {
  auto update = [&](const std::string &later) {
    return demand(R"(
      %cache = "test.value"() : () -> tensor<512xf32>
      %row = "test.value"() : () -> tensor<1x8xf32>
      %view = "stablehlo.reshape"(%cache) : (tensor<512xf32>) -> tensor<64x8xf32>
      %0 = "stablehlo.dynamic_update_slice"(%view, %row)
        : (tensor<64x8xf32>, tensor<1x8xf32>) -> tensor<64x8xf32>)" +
                      later,
                  "stablehlo.dynamic_update_slice");
  };
  EXPECT_EQ(update(""), "data_movement read=32 written=32");
  EXPECT_EQ(update("\n%late = \"test.use\"(%cache) : (tensor<512xf32>) -> i32"),
            "data_movement read=2080 written=2048");
}

TEST_F(StablehloDataMovement, UpdatesOfConstantsAndOuterValuesCopy) {
  EXPECT_EQ(demand(R"(
      %cache = "stablehlo.constant"() {value = dense<0.0> : tensor<64x8xf32>}
        : () -> tensor<64x8xf32>
      %row = "test.value"() : () -> tensor<1x8xf32>
      %0 = "stablehlo.dynamic_update_slice"(%cache, %row)
        : (tensor<64x8xf32>, tensor<1x8xf32>) -> tensor<64x8xf32>)",
                   "stablehlo.dynamic_update_slice"),
            "data_movement read=2080 written=2048");
  EXPECT_EQ(demand(R"(
      %cache = "test.value"() : () -> tensor<64x8xf32>
      "test.loop"() ({
        %row = "test.value"() : () -> tensor<1x8xf32>
        %0 = "stablehlo.dynamic_update_slice"(%cache, %row)
          : (tensor<64x8xf32>, tensor<1x8xf32>) -> tensor<64x8xf32>
        "test.yield"(%0) : (tensor<64x8xf32>) -> ()
      }) : () -> ())",
                   "stablehlo.dynamic_update_slice"),
            "data_movement read=2080 written=2048");
}

// Two rows of 8 elements (64 bytes) and two 8-byte indices. Adding reads what
// is there and runs 16 additions; replacing does neither.
TEST_F(StablehloDataMovement, ScattersTouchTheUpdates) {
  std::vector<std::string> operands = {"tensor<1000x8xf32>", "tensor<2x1xi64>",
                                       "tensor<2x8xf32>"};
  EXPECT_EQ(demandOf("stablehlo.scatter", operands, {"tensor<1000x8xf32>"},
                     combiner("stablehlo.add", "tensor<f32>")),
            "gather_scatter vector_f32=16 read=144 written=64");
  EXPECT_EQ(demandOf("stablehlo.scatter", operands, {"tensor<1000x8xf32>"},
                     R"( ({
                       ^bb0(%a: tensor<f32>, %b: tensor<f32>):
                         "stablehlo.return"(%b) : (tensor<f32>) -> ()
                     }))"),
            "gather_scatter read=80 written=64");
}

TEST_F(StablehloDataMovement, RefusesBrokenOps) {
  EXPECT_EQ(demandOf("stablehlo.dynamic_update_slice", {"tensor<4xf32>"},
                     {"tensor<4xf32>"}),
            "malformed: operand 1 is missing");
  EXPECT_EQ(demandOf("stablehlo.scatter", {"tensor<4xf32>"}, {"tensor<4xf32>"}),
            "malformed: a scatter takes inputs, indices and as many updates as "
            "inputs");
  EXPECT_EQ(demandOf("stablehlo.scatter",
                     {"tensor<4xf32>", "tensor<1xi64>", "tensor<1xf32>"},
                     {"tensor<4xf32>"}),
            "malformed: region 0 is missing");
}
