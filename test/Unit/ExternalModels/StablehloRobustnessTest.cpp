//===- StablehloRobustnessTest.cpp - Every rule on every nonsense ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nothing has verified the ops that rules read. Whatever operands, types,
// attributes and regions they have, the answer is a demand or a reason.
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

#include "llvm/ADT/STLExtras.h"

using namespace roofline;

using StablehloRobustness = StablehloRuleTest;

namespace {

/// Attributes that rules read, with values that they cannot mean.
const std::string attributeSets[] = {
    "",
    // Out of range.
    R"( {
      dot_dimension_numbers = #stablehlo.dot<
        lhs_batching_dimensions = [9], rhs_batching_dimensions = [-1],
        lhs_contracting_dimensions = [99999999999999999999],
        rhs_contracting_dimensions = []>,
      dimension_numbers = #stablehlo.conv<[b, 9, f]x[i, o, -3]->[b, f]>,
      k = -1 : i64, dimension = -99 : i64, fft_length = array<i64: -4>,
      feature_index = 9223372036854775807 : i64,
      window_dimensions = array<i64: -1, -1>,
      broadcast_dimensions = array<i64: -7>, permutation = array<i64: -1, 12>,
      einsum_config = "->,,->", decomposition = @nobody,
      edge_padding_low = array<i64>, call_target_name = ""})",
    // Beyond any reason.
    R"( {
      dot_dimension_numbers = #stablehlo.dot<>,
      dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, 0, f]>,
      lhs_dilation = array<i64: 9223372036854775807>,
      window_strides = array<i64: -9223372036854775808>,
      rhs_dilation = array<i64: -5>,
      padding = dense<-9223372036854775808> : tensor<1x2xi64>,
      feature_group_count = 9223372036854775807 : i64,
      batch_group_count = 9223372036854775807 : i64,
      window_dimensions = array<i64: 9223372036854775807, 9223372036854775807>,
      fft_length = array<i64: 9223372036854775807>,
      k = 9223372036854775807 : i64,
      einsum_config = "abc,ade->z", call_target_name = "byteir.top_k"})",
    // With dilation that is in range.
    R"( {
      dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, 0, f]>,
      lhs_dilation = array<i64: 65536>,
      window_strides = array<i64: -9223372036854775808>,
      rhs_dilation = array<i64: -5>,
      padding = dense<-9223372036854775808> : tensor<1x2xi64>,
      einsum_config = "abc,acb->ab", call_target_name = "byteir.layer_norm"})",
    // Of other kinds.
    R"( {
      dot_dimension_numbers = unit, dimension_numbers = [1, [2]], k = "k",
      dimension = dense<0> : tensor<99999999999xi64>, fft_length = 1.0 : f32,
      feature_index = dense<> : tensor<0xi64>, window_dimensions = {},
      permutation = @symbol, broadcast_dimensions = i32,
      precision_config = [unit, 3],
      algorithm = #stablehlo.dot_algorithm<lhs_precision_type = >,
      einsum_config = 4 : i64, left_side = 2 : i64,
      call_target_name = "tt.scaled_dot_product_attention"})",
};

const std::vector<std::string> typeSets[] = {
    {},
    {"tensor<f32>"},
    {"f32"},
    {"tensor<*xf32>"},
    {"tensor<?x4xf32>", "tensor<4x?xf32>"},
    {"tensor<0x3x0xf32>", "tensor<0xf32>", "tensor<3xi1>"},
    {"tensor<4x5x6xf32>", "tensor<4x6x5xf32>", "tensor<4x5x5xf32>"},
    {"tensor<4x5x6xcomplex<bf16>>", "tensor<4x6x5xcomplex<bf16>>"},
    {"tensor<4x!test.kind>", "tensor<4x!test.kind>"},
    {"!stablehlo.token", "tuple<tensor<4xf32>, tuple<>>", "none"},
    {"tensor<4294967296x4294967296x4294967296xf32>",
     "tensor<4294967296x4294967296x4294967296xf32>"},
    {"tensor<2147483647x1073741824xi8>", "tensor<1073741824x2147483647xi8>",
     "tensor<i8>"},
    {"memref<4x4xf32>", "vector<4xf32>", "i64", "index", "tensor<4xindex>"},
};

const std::string regionSets[] = {
    "",
    " ({}, {})",
    " ({\n\"test.end\"() : () -> ()\n}, {\n^bb0(%a: i1):\n\"test.end\"(%a) : "
    "(i1) -> ()\n})",
};

} // namespace

TEST_F(StablehloRobustness, EveryRuleAnswersOnEverything) {
  const OpRuleRegistry *registry = OpRuleRegistry::get(&context);
  ASSERT_NE(registry, nullptr);
  // 117 ops of StableHLO have a rule, nearly all of them in MHLO, too.
  EXPECT_GT(registry->opNames().size(), 250u);

  // Each combination is parsed once, under a name that every rule is asked in
  // place of.
  DemandLookup lookup(&context, {});
  unsigned numAnswers = 0;
  for (const std::string &attributes : attributeSets)
    for (const std::string &regions : regionSets)
      for (const auto &operands : typeSets)
        for (const auto &results : {operands, std::vector<std::string>(),
                                    std::vector<std::string>{"tensor<4xf32>"}})
          for (llvm::StringRef name : {"test.probe", "stablehlo.while"}) {
            ASSERT_TRUE(parse(
                opText(name.str(), operands, results, regions + attributes)))
                << regions << attributes;
            mlir::Operation *op = find(name);
            ASSERT_NE(op, nullptr);
            for (llvm::StringRef rule : registry->opNames()) {
              const OpRule *found = registry->lookup(rule);
              KnownOr<Compute> compute = found->compute(op, {});
              KnownOr<Traffic> traffic = found->traffic(op, {});
              BodyList bodies = found->bodies(op, {});
              if (!compute) {
                EXPECT_FALSE(compute.unknown().reason.empty()) << rule.str();
              }
              if (traffic) {
                EXPECT_EQ(traffic->readBytes.size(), op->getNumOperands())
                    << rule.str();
                EXPECT_EQ(traffic->writtenBytes.size(), op->getNumResults())
                    << rule.str();
              }
              for (const Body &body : bodies)
                EXPECT_TRUE(body.region || body.callee) << rule.str();
              ++numAnswers;
            }
          }
  EXPECT_GT(numAnswers, 100000u);
}

// Each op of StableHLO by name; upstream's list of September 2025.
TEST_F(StablehloRobustness, EveryOpHasARule) {
  const OpRuleRegistry *registry = OpRuleRegistry::get(&context);
  for (llvm::StringRef name : {"abs",
                               "add",
                               "after_all",
                               "all_gather",
                               "all_reduce",
                               "all_to_all",
                               "and",
                               "async_done",
                               "async_start",
                               "atan2",
                               "batch_norm_grad",
                               "batch_norm_inference",
                               "batch_norm_training",
                               "bitcast_convert",
                               "broadcast",
                               "broadcast_in_dim",
                               "case",
                               "cbrt",
                               "ceil",
                               "cholesky",
                               "clamp",
                               "collective_broadcast",
                               "collective_permute",
                               "collective_reduce",
                               "compare",
                               "complex",
                               "composite",
                               "concatenate",
                               "constant",
                               "convert",
                               "convolution",
                               "cosine",
                               "count_leading_zeros",
                               "create_token",
                               "cross-replica-sum",
                               "custom_call",
                               "divide",
                               "dot",
                               "dot_general",
                               "dynamic_broadcast_in_dim",
                               "dynamic_conv",
                               "dynamic_gather",
                               "dynamic_iota",
                               "dynamic_pad",
                               "dynamic_reshape",
                               "dynamic_slice",
                               "dynamic_update_slice",
                               "einsum",
                               "exponential",
                               "exponential_minus_one",
                               "fft",
                               "floor",
                               "gather",
                               "get_dimension_size",
                               "get_tuple_element",
                               "if",
                               "imag",
                               "infeed",
                               "iota",
                               "is_finite",
                               "log",
                               "log_plus_one",
                               "logistic",
                               "map",
                               "maximum",
                               "minimum",
                               "multiply",
                               "negate",
                               "not",
                               "optimization_barrier",
                               "or",
                               "outfeed",
                               "pad",
                               "partition_id",
                               "popcnt",
                               "power",
                               "real",
                               "real_dynamic_slice",
                               "recv",
                               "reduce",
                               "reduce_precision",
                               "reduce_scatter",
                               "reduce_window",
                               "remainder",
                               "replica_id",
                               "reshape",
                               "return",
                               "reverse",
                               "rng",
                               "rng_bit_generator",
                               "round_nearest_afz",
                               "round_nearest_even",
                               "rsqrt",
                               "scatter",
                               "select",
                               "select_and_scatter",
                               "send",
                               "set_dimension_size",
                               "shift_left",
                               "shift_right_arithmetic",
                               "shift_right_logical",
                               "sign",
                               "sine",
                               "slice",
                               "sort",
                               "sqrt",
                               "subtract",
                               "tan",
                               "tanh",
                               "torch_index_select",
                               "trace",
                               "transpose",
                               "triangular_solve",
                               "tuple",
                               "unary_einsum",
                               "uniform_dequantize",
                               "uniform_quantize",
                               "while",
                               "xor"})
    EXPECT_NE(registry->lookup(("stablehlo." + name).str()), nullptr)
        << name.str();
}
