//===- StablehloCallTest.cpp - Custom calls and collectives ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

using namespace roofline;

using StablehloCustomCall = StablehloRuleTest;
using StablehloCollective = StablehloRuleTest;

namespace {

std::string target(const std::string &name) {
  return " <{call_target_name = \"" + name + "\"}>";
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
TEST_F(StablehloCustomCall, Attention) {
  EXPECT_EQ(demandOf("stablehlo.custom_call",
                     {"tensor<2x16x8xbf16>", "tensor<2x32x8xbf16>",
                      "tensor<2x32x8xbf16>"},
                     {"tensor<2x16x8xbf16>"},
                     target("tt.scaled_dot_product_attention")),
            "attention 2x16x32x8 matrix_bf16=32768 vector_bf16=4096 "
            "special_bf16=1024 read=2560 written=512");
}

// 32 additions; bytes of this device only (A31).
TEST_F(StablehloCollective, Reducing) {
  EXPECT_EQ(demandOf("stablehlo.all_reduce", {"tensor<32xf32>"},
                     {"tensor<32xf32>"},
                     " <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}>" +
                         combiner("stablehlo.add", "tensor<f32>")),
            "collective vector_f32=32 read=128 written=128");
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
