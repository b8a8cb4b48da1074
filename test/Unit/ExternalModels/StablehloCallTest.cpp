//===- StablehloCallTest.cpp - Custom calls and collectives ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

#include "roofline/Model/CustomCallTable.h"

using namespace roofline;

using StablehloCustomCall = StablehloRuleTest;
using StablehloCollective = StablehloRuleTest;

namespace {

std::string target(const std::string &name) {
  return " <{call_target_name = \"" + name + "\"}>";
}

/// Options of a user who gives a table of custom calls.
DemandOptions optionsWith(llvm::StringRef table) {
  auto calls = std::make_shared<CustomCallTable>();
  EXPECT_EQ(llvm::toString(calls->addFile(table, "calls.yaml")), "");
  DemandOptions options;
  options.customCalls = std::move(calls);
  return options;
}

} // namespace

TEST_F(StablehloCustomCall, MarkersAreFree) {
  for (const char *name :
       {"Sharding", "SPMDFullToShardShape", "tt.mark_argument",
        "annotate_device_placement", "xla.sdy.FuncResultSharding"})
    EXPECT_EQ(demandOf("stablehlo.custom_call", {"tensor<8xf32>"},
                       {"tensor<8xf32>"}, target(name)),
              "view read=0 written=0")
        << name;
}

TEST_F(StablehloCustomCall, UnknownTargetsAreNamed) {
  EXPECT_EQ(demandOf("stablehlo.custom_call", {"tensor<8xf32>"},
                     {"tensor<8xf32>"}, target("foo")),
            "opaque: custom call 'foo' has no rule");
  EXPECT_EQ(
      demandOf("stablehlo.custom_call", {"tensor<8xf32>"}, {"tensor<8xf32>"}),
      "malformed: attribute 'call_target_name' is missing");
}

// 4 lines of 8: four vector operations and an exponential per element; seven
// per element, three and a root per line.
TEST_F(StablehloCustomCall, FusedFunctions) {
  std::string type = "tensor<4x8xf32>";
  EXPECT_EQ(demandOf("stablehlo.custom_call", {type}, {type},
                     target("byteir.softmax")),
            "reduction vector_f32=128 special_f32=32 read=128 written=128");
  EXPECT_EQ(demandOf("stablehlo.custom_call",
                     {type, "tensor<8xf32>", "tensor<8xf32>"}, {type},
                     target("byteir.layer_norm")),
            "reduction vector_f32=236 special_f32=4 read=192 written=128");
  EXPECT_EQ(
      demandOf("stablehlo.custom_call", {type}, {type}, target("mhlo.erf")),
      "elementwise special_f32=32 read=128 written=128");
}

// Two of eight in four lines: one comparison per element.
TEST_F(StablehloCustomCall, TopK) {
  EXPECT_EQ(demandOf("stablehlo.custom_call", {"tensor<4x8xf32>"},
                     {"tensor<4x2xf32>", "tensor<4x2xi64>"},
                     target("byteir.top_k")),
            "sort vector_f32=32 read=128 written=96");
}

// 2 heads, 16 queries, 32 keys, width 8: two products of 2 * 2 * 16 * 32 * 8,
// and for each of 2 * 16 * 32 scores four vector operations and an exponential.
// Bears A33.
TEST_F(StablehloCustomCall, Attention) {
  EXPECT_EQ(demandOf("stablehlo.custom_call",
                     {"tensor<2x16x8xbf16>", "tensor<2x32x8xbf16>",
                      "tensor<2x32x8xbf16>"},
                     {"tensor<2x16x8xbf16>"},
                     target("tt.scaled_dot_product_attention")),
            "attention 2x16x32x8 matrix_bf16=32768 vector_bf16=4096 "
            "special_bf16=1024 read=2560 written=512");
}

// Six vector and two special operations for each of 8 elements of the result;
// two operations of any call, whatever its shapes; three operands are two
// additions.
TEST_F(StablehloCustomCall, UsersAddRows) {
  DemandOptions options = optionsWith(R"(
foo: {cost: elementwise, vector: 6, special: 2}
step: {cost: fixed, work: {matrix_bf16: 2}}
sum: {cost: add_all}
line: {cost: reduction, vector: 2, vector_per_line: 3}
)");
  std::string type = "tensor<8xf32>";
  EXPECT_EQ(
      demandOf("stablehlo.custom_call", {type}, {type}, target("foo"), options),
      "elementwise vector_f32=48 special_f32=16 read=32 written=32");
  EXPECT_EQ(demandOf("stablehlo.custom_call", {type}, {type}, target("step"),
                     options),
            "opaque matrix_bf16=2 read=32 written=32");
  EXPECT_EQ(demandOf("stablehlo.custom_call", {type, type, type}, {type},
                     target("sum"), options),
            "elementwise vector_f32=16 read=96 written=32");
  // Two lines of four: 2 * 8 + 3 * 2.
  EXPECT_EQ(demandOf("stablehlo.custom_call", {"tensor<2x4xf32>"},
                     {"tensor<2xf32>"}, target("line"), options),
            "reduction vector_f32=22 read=32 written=8");
  // What the table does not name is as it was.
  EXPECT_EQ(demandOf("stablehlo.custom_call", {type}, {type},
                     target("Sharding"), options),
            "view read=0 written=0");
  EXPECT_EQ(
      demandOf("stablehlo.custom_call", {type}, {type}, target("bar"), options),
      "opaque: custom call 'bar' has no rule");
}

// A row of the user comes before a built-in one, and may take it back.
TEST_F(StablehloCustomCall, RowsOfUsersComeFirst) {
  DemandOptions options = optionsWith(R"(
byteir.softmax: {cost: opaque}
Sharding: {cost: data_movement}
)");
  std::string type = "tensor<8xf32>";
  EXPECT_EQ(demandOf("stablehlo.custom_call", {type}, {type},
                     target("byteir.softmax"), options),
            "opaque: custom call 'byteir.softmax' has no rule");
  EXPECT_EQ(demandOf("stablehlo.custom_call", {type}, {type},
                     target("Sharding"), options),
            "data_movement read=32 written=32");
}

// [2, 4, 16] times a packed [8, 8]: m = 2 * 4, n = 32, k = 16, and
// 2 * 8 * 32 * 16 operations in the float type. A right side with batches:
// batch 2, m 4.
TEST_F(StablehloCustomCall, MatMul) {
  DemandOptions options = optionsWith("mm: {cost: matmul}\n");
  EXPECT_EQ(demandOf("stablehlo.custom_call",
                     {"tensor<2x4x16xbf16>", "tensor<8x8xi32>"},
                     {"tensor<2x4x32xbf16>"}, target("mm"), options),
            "contraction 1x8x32x16 matrix_bf16=8192 read=512 written=512");
  EXPECT_EQ(demandOf("stablehlo.custom_call",
                     {"tensor<2x4x16xbf16>", "tensor<2x16x32xbf16>"},
                     {"tensor<2x4x32xbf16>"}, target("mm"), options),
            "contraction 2x4x32x16 matrix_bf16=8192 read=2304 written=512");
  EXPECT_EQ(demandOf("stablehlo.custom_call",
                     {"tensor<4x16xbf16>", "tensor<16x32xbf16>"},
                     {"tensor<5x32xbf16>"}, target("mm"), options),
            "malformed: dimension 0 of operand 0 and of result 0 differ");
  EXPECT_EQ(demandOf("stablehlo.custom_call", {"tensor<4x16xbf16>"},
                     {"tensor<4x32xbf16>"}, target("mm"), options),
            "malformed: operand 1 is missing");
}

// The numbers of `Attention` with positions before heads; two query heads share
// one of key and value.
TEST_F(StablehloCustomCall, AttentionWithHeadsInside) {
  DemandOptions options = optionsWith("attend: {cost: attention_bshd}\n");
  EXPECT_EQ(demandOf("stablehlo.custom_call",
                     {"tensor<1x16x2x8xbf16>", "tensor<1x32x1x8xbf16>",
                      "tensor<1x32x1x8xbf16>"},
                     {"tensor<1x16x2x8xbf16>"}, target("attend"), options),
            "attention 2x16x32x8 matrix_bf16=32768 vector_bf16=4096 "
            "special_bf16=1024 read=1536 written=512");
  EXPECT_EQ(
      demandOf("stablehlo.custom_call",
               {"tensor<16x8xbf16>", "tensor<32x8xbf16>", "tensor<32x8xbf16>"},
               {"tensor<16x8xbf16>"}, target("attend"), options),
      "malformed: query, key and value are not of rank 4");
}

// 32 additions; bytes of this device only (A31).
TEST_F(StablehloCollective, Reducing) {
  EXPECT_EQ(demandOf("stablehlo.all_reduce", {"tensor<32xf32>"},
                     {"tensor<32xf32>"},
                     " <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}>" +
                         combiner("stablehlo.add", "tensor<f32>")),
            "collective all_reduce=2 vector_f32=32 read=128 written=128");
  EXPECT_EQ(demandOf("stablehlo.reduce_scatter", {"tensor<32xf32>"},
                     {"tensor<16xf32>"},
                     combiner("stablehlo.add", "tensor<f32>")),
            "collective vector_f32=32 read=128 written=64");
  EXPECT_EQ(demandOf("sdy.all_reduce", {"tensor<32xf32>"}, {"tensor<32xf32>"}),
            "collective vector_f32=32 read=128 written=128");
}

TEST_F(StablehloCollective, Exchanging) {
  EXPECT_EQ(
      demandOf("stablehlo.all_gather", {"tensor<8xf32>"}, {"tensor<32xf32>"}),
      "collective read=32 written=128");
  EXPECT_EQ(
      demandOf("stablehlo.all_to_all", {"tensor<32xf32>"}, {"tensor<32xf32>"}),
      "collective read=128 written=128");
  EXPECT_EQ(demandOf("stablehlo.send", {"tensor<32xf32>", "!stablehlo.token"},
                     {"!stablehlo.token"}),
            "collective read=128 written=0");
  EXPECT_EQ(
      demandOf("sdy.sharding_constraint", {"tensor<8xf32>"}, {"tensor<8xf32>"}),
      "view read=0 written=0");
}

TEST_F(StablehloCollective, RefusesBrokenOps) {
  EXPECT_EQ(
      demandOf("stablehlo.all_reduce", {"tensor<32xf32>"}, {"tensor<32xf32>"}),
      "malformed: region 0 is missing");
  EXPECT_EQ(demandOf("sdy.all_reduce", {}, {}),
            "malformed: operand 0 is missing");
}
