//===- ExchangeTest.cpp - Between how many devices ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

using namespace roofline;

namespace {

class ExchangeTest : public StablehloRuleTest {
protected:
  /// `all_reduce=4` for an all-gather, all-to-all or (with `isSum`) reduction
  /// with these properties in a module with these attributes; `unknown` where
  /// its devices are.
  std::string exchange(const std::string &opName, const std::string &properties,
                       const std::string &moduleAttrs = "",
                       bool isSum = false) {
    std::string text =
        opText(opName, {"tensor<8xf32>"}, {"tensor<8xf32>"},
               " <{" + properties + "}>" +
                   (isSum ? combiner("stablehlo.add", "tensor<f32>") : ""));
    return exchangeOf(
        "module attributes {" + moduleAttrs + "} {\n" + text + "}", opName);
  }

  std::string sum(const std::string &properties,
                  const std::string &moduleAttrs = "") {
    return exchange("stablehlo.all_reduce", properties, moduleAttrs,
                    /*isSum=*/true);
  }

  std::string exchangeOf(const std::string &source, const std::string &opName) {
    if (!parse(source))
      return "does not parse";
    KnownOr<Demand> demand =
        DemandLookup(&context, DemandOptions()).demand(find(opName));
    if (!demand)
      return "no demand";
    if (demand->structure != Structure::Collective)
      return "no collective";
    if (!demand->exchange)
      return "unknown";
    return stringify(demand->exchange->kind).str() + "=" +
           demand->exchange->ranks.str();
  }
};

const char *pairs = "replica_groups = dense<[[0, 4], [1, 5], [2, 6], [3, 7]]> "
                    ": tensor<4x2xi64>";
const char *channel =
    ", channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>";

} // namespace

TEST_F(ExchangeTest, KindsByName) {
  EXPECT_EQ(sum(pairs), "all_reduce=2");
  EXPECT_EQ(exchange("stablehlo.reduce_scatter", pairs, "", /*isSum=*/true),
            "reduce_scatter=2");
  EXPECT_EQ(exchange("stablehlo.all_gather", pairs), "all_gather=2");
  EXPECT_EQ(exchange("stablehlo.all_to_all", pairs), "all_to_all=2");
  EXPECT_EQ(exchange("mhlo.all_gather", pairs), "all_gather=2");
  EXPECT_EQ(exchange("mhlo.cross-replica-sum", pairs), "all_reduce=2");
  // From one to another, or from one to all: no model knows them.
  EXPECT_EQ(exchange("stablehlo.collective_permute",
                     "source_target_pairs = dense<[[0, 1]]> : tensor<1x2xi64>"),
            "unknown");
  EXPECT_EQ(exchange("stablehlo.collective_broadcast", pairs), "unknown");
}

TEST_F(ExchangeTest, SplatsAndLargeLists) {
  EXPECT_EQ(sum("replica_groups = dense<0> : tensor<1x1xi64>"), "all_reduce=1");
  std::string ids;
  for (unsigned id = 0; id < 512; ++id)
    ids += (id ? ", " : "") + std::to_string(id);
  EXPECT_EQ(sum("replica_groups = dense<[[" + ids + "]]> : tensor<1x512xi64>"),
            "all_reduce=512");
}

// Groups of replicas, each with all of its partitions; devices if the numbers
// are said to be those, or are none of replicas.
TEST_F(ExchangeTest, ReplicasAndPartitions) {
  std::string attrs =
      "mhlo.num_replicas = 8 : i32, mhlo.num_partitions = 4 : i32";
  EXPECT_EQ(sum(pairs, attrs), "all_reduce=2");
  EXPECT_EQ(sum(std::string(pairs) + channel, attrs), "all_reduce=8");
  EXPECT_EQ(
      sum(std::string(pairs) + channel + ", use_global_device_ids", attrs),
      "all_reduce=2");
  EXPECT_EQ(sum(std::string(pairs) + channel,
                "mhlo.num_replicas = 1 : i32, mhlo.num_partitions = 8 : i32"),
            "all_reduce=2");
  EXPECT_EQ(sum(std::string(pairs) + channel), "all_reduce=2");
  // An all-to-all is among partitions.
  EXPECT_EQ(
      exchange("stablehlo.all_to_all", std::string(pairs) + channel, attrs),
      "all_to_all=2");
  EXPECT_EQ(exchange("mhlo.all_gather", std::string(pairs) + ", channel_id = 3",
                     attrs),
            "all_gather=8");
}

// An empty list means all devices, however many those are.
TEST_F(ExchangeTest, AllDevices) {
  std::string empty = "replica_groups = dense<> : tensor<0x0xi64>";
  EXPECT_EQ(sum(empty), "unknown");
  EXPECT_EQ(sum(empty, "mhlo.num_partitions = 8 : i32"), "all_reduce=8");
  EXPECT_EQ(
      sum(empty, "mhlo.num_replicas = 2 : i32, mhlo.num_partitions = 8 : i32"),
      "all_reduce=16");
}

TEST_F(ExchangeTest, UnknownStaysUnknown) {
  EXPECT_EQ(sum(""), "unknown");
  // Groups of two and of one.
  EXPECT_EQ(sum("replica_groups = dense<[[0, 1], [2, -1]]> : tensor<2x2xi64>"),
            "unknown");
  EXPECT_EQ(sum("replica_groups = dense<[0, 1]> : tensor<2xi64>"), "unknown");
  EXPECT_EQ(sum("replica_groups = [[0, 1]]"), "unknown");
  EXPECT_EQ(sum("replica_groups = \"all\""), "unknown");
  EXPECT_EQ(sum(pairs, "mhlo.num_partitions = -1 : i32"), "unknown");
  EXPECT_EQ(sum("replica_groups = dense<0.5> : tensor<1x2xf32>"), "unknown");
}

namespace {

std::string shardy(const std::string &mesh, const std::string &opName,
                   const std::string &properties) {
  return "\"sdy.mesh\"() <{mesh = #sdy.mesh<" + mesh +
         ">, sym_name = \"mesh\"}> : () -> ()\n"
         "%0 = \"test.value\"() : () -> tensor<8x8xf32>\n"
         "%1 = \"" +
         opName + "\"(%0) <{" + properties +
         "}> : (tensor<8x8xf32>) -> tensor<8x8xf32>\n";
}

const char *byName = ", out_sharding = #sdy.sharding<@mesh, [{\"y\"}, {}]>";

} // namespace

TEST_F(ExchangeTest, AxesOfAMesh) {
  std::string mesh = "[\"x\"=2, \"y\"=4, \"z\"=8]";
  auto of = [&](const std::string &opName, const std::string &properties) {
    return exchangeOf(shardy(mesh, opName, properties), opName);
  };
  EXPECT_EQ(
      of("sdy.all_reduce",
         std::string("reduction_axes = #sdy<axis_ref_list{\"x\", \"z\"}>") +
             byName),
      "all_reduce=16");
  // A part of an axis has a size of its own: x in two, z whole.
  EXPECT_EQ(of("sdy.all_gather", std::string("gathering_axes = "
                                             "#sdy<list_of_axis_ref_lists[{}, "
                                             "{\"z\":(4)2, \"y\"}]>") +
                                     byName),
            "all_gather=8");
  EXPECT_EQ(of("sdy.reduce_scatter",
               std::string("reduce_scatter_axes = "
                           "#sdy<list_of_axis_ref_lists[{\"y\"}, {}]>") +
                   byName),
            "reduce_scatter=4");
  EXPECT_EQ(
      of("sdy.all_to_all",
         std::string("params = #sdy<all_to_all_param_list[{\"x\"}: 0->1]>") +
             byName),
      "all_to_all=2");
  // The mesh may be in the sharding itself.
  EXPECT_EQ(of("sdy.all_reduce",
               "reduction_axes = #sdy<axis_ref_list{\"x\"}>, out_sharding = "
               "#sdy.sharding<mesh<[\"x\"=32]>, [{}, {}]>"),
            "all_reduce=32");
  // Which axes, or how many devices they have, is not told.
  EXPECT_EQ(
      of("sdy.all_reduce",
         std::string("reduction_axes = #sdy<axis_ref_list{\"w\"}>") + byName),
      "unknown");
  EXPECT_EQ(of("sdy.all_reduce",
               "reduction_axes = #sdy<axis_ref_list{\"x\"}>, out_sharding = "
               "#sdy.sharding<@other, [{}, {}]>"),
            "unknown");
  EXPECT_EQ(of("sdy.all_reduce", "reduction_axes = #sdy<axis_ref_list{\"x\"}>"),
            "unknown");
  EXPECT_EQ(of("sdy.collective_permute", std::string("a") + byName), "unknown");
}
