//===- StablehloSyntax.cpp - Ops of StableHLO, MHLO and CHLO --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The tables. Names of attributes and their encodings follow the definitions of
// StableHLO 1.x; ops that it has dropped since 2022 keep their last form.
//
//===----------------------------------------------------------------------===//

#include "OpSyntax.h"

#include "llvm/ADT/STLExtras.h"

using llvm::StringLiteral;

namespace roofline::assembly {

namespace {

//===--- Keyword items ----------------------------------------------------===//

constexpr Item iotaItems[] = {{"dim", "iota_dimension", ValueKind::Integer}};
constexpr Item dimensionItems[] = {{"dim", "dimension", ValueKind::Integer}};
constexpr Item dimensionsItems[] = {
    {"dims", "dimensions", ValueKind::IntegerArray}};
constexpr Item broadcastItems[] = {
    {"sizes", "broadcast_sizes", ValueKind::IntegerArray}};
constexpr Item broadcastInDimItems[] = {
    {"dims", "broadcast_dimensions", ValueKind::IntegerArray}};
constexpr Item permutationItems[] = {
    {"dims", "permutation", ValueKind::IntegerArray}};
constexpr Item padItems[] = {
    {"low", "edge_padding_low", ValueKind::IntegerArray},
    {"high", "edge_padding_high", ValueKind::IntegerArray},
    {"interior", "interior_padding", ValueKind::IntegerArray}};
constexpr Item sliceSizesItems[] = {
    {"sizes", "slice_sizes", ValueKind::IntegerArray}};
constexpr Item choleskyItems[] = {
    {"lower", "lower", ValueKind::Bool, /*optional=*/true}};
constexpr Item reducePrecisionItems[] = {
    {"format", "exponent_bits", ValueKind::ExponentMantissa}};
constexpr Item fftItems[] = {
    {"type", "fft_type", ValueKind::Enum, false, Enumeration::FftType},
    {"length", "fft_length", ValueKind::IntegerArray}};
constexpr Item rngItems[] = {{"distribution", "rng_distribution",
                              ValueKind::Enum, false,
                              Enumeration::RngDistribution}};
constexpr Item rngBitGeneratorItems[] = {{"algorithm", "rng_algorithm",
                                          ValueKind::Enum, false,
                                          Enumeration::RngAlgorithm}};
constexpr Item einsumItems[] = {{"config", "einsum_config", ValueKind::String}};
constexpr Item precisionItems[] = {{"precision", "precision_config",
                                    ValueKind::EnumArray, /*optional=*/true,
                                    Enumeration::Precision}};

//===--- Attributes that only a dictionary spells -------------------------===//

constexpr StringLiteral accuracy[] = {"result_accuracy"};
constexpr StringLiteral mantissa[] = {"mantissa_bits"};
constexpr StringLiteral expansion[] = {"known_expanding_dimensions",
                                       "known_nonexpanding_dimensions"};
constexpr StringLiteral compareAttrs[] = {"comparison_direction",
                                          "compare_type"};
constexpr StringLiteral customCallAttrs[] = {
    "call_target_name",    "has_side_effect",      "backend_config",
    "api_version",         "operand_layouts",      "result_layouts",
    "called_computations", "custom_call_schedule", "output_operand_aliases"};
constexpr StringLiteral compositeAttrs[] = {"name", "composite_attributes",
                                            "decomposition", "version"};
constexpr StringLiteral dotAttrs[] = {"dot_dimension_numbers",
                                      "precision_config", "algorithm"};
constexpr StringLiteral convolutionAttrs[] = {
    "window_strides",      "padding",           "lhs_dilation",
    "rhs_dilation",        "window_reversal",   "dimension_numbers",
    "feature_group_count", "batch_group_count", "precision_config"};
constexpr StringLiteral sliceAttrs[] = {"start_indices", "limit_indices",
                                        "strides"};
constexpr StringLiteral reduceAttrs[] = {"dimensions"};
constexpr StringLiteral valueAttrs[] = {"value"};
constexpr StringLiteral indexAttrs[] = {"index"};
constexpr StringLiteral topKAttrs[] = {"k", "largest"};
constexpr StringLiteral chloBroadcastAttrs[] = {
    "broadcast_dimensions", "comparison_direction", "compare_type"};
constexpr StringLiteral scanAttrs[] = {"dimension", "is_reverse",
                                       "is_associative"};

//===--- Rows -------------------------------------------------------------===//

constexpr OpSyntax unary(StringLiteral name) {
  return {name, readItemized, 1, TypeForm::Same};
}
constexpr OpSyntax accurate(StringLiteral name) {
  return {name, readItemized, 1, TypeForm::Same, {}, accuracy};
}
constexpr OpSyntax binary(StringLiteral name) {
  return {name, readItemized, 2, TypeForm::Same};
}
constexpr OpSyntax plain(StringLiteral name, int operands) {
  return {name, readItemized, operands, TypeForm::Function};
}
constexpr OpSyntax generic(StringLiteral name) {
  return {name, readGenericOnly};
}
constexpr OpSyntax loose(StringLiteral name, int operands) {
  return {name, readItemized, operands, TypeForm::Loose};
}
constexpr OpSyntax broadcasting(StringLiteral name) {
  return {name, readItemized, 2, TypeForm::Loose, {}, chloBroadcastAttrs};
}

constexpr OpSyntax stablehloTable[] = {
    // One operand; result of the same type.
    unary("abs"),
    accurate("cbrt"),
    unary("ceil"),
    unary("convert"),
    accurate("cosine"),
    unary("count_leading_zeros"),
    accurate("exponential"),
    accurate("exponential_minus_one"),
    unary("floor"),
    unary("imag"),
    accurate("log"),
    accurate("log_plus_one"),
    accurate("logistic"),
    unary("negate"),
    unary("not"),
    unary("popcnt"),
    unary("real"),
    unary("round_nearest_afz"),
    unary("round_nearest_even"),
    accurate("rsqrt"),
    unary("sign"),
    accurate("sine"),
    accurate("sqrt"),
    accurate("tan"),
    accurate("tanh"),
    unary("uniform_dequantize"),
    unary("uniform_quantize"),
    // Two operands of one type.
    binary("add"),
    binary("and"),
    binary("atan2"),
    binary("divide"),
    binary("maximum"),
    binary("minimum"),
    binary("multiply"),
    binary("or"),
    binary("power"),
    binary("remainder"),
    binary("shift_left"),
    binary("shift_right_arithmetic"),
    binary("shift_right_logical"),
    binary("subtract"),
    binary("xor"),
    // Same type with another item.
    {"clamp", readItemized, 3, TypeForm::Same},
    {"cholesky", readItemized, 1, TypeForm::Same, choleskyItems},
    {"reverse", readItemized, 1, TypeForm::Same, dimensionsItems},
    {"reduce_precision", readItemized, 1, TypeForm::Same, reducePrecisionItems,
     mantissa},
    {"after_all", readItemized, variadic, TypeForm::Same},
    // Operands and a function type.
    plain("bitcast_convert", 1),
    plain("dynamic_pad", 5),
    plain("dynamic_reshape", 2),
    plain("dynamic_update_slice", variadic),
    plain("is_finite", 1),
    plain("real_dynamic_slice", 4),
    plain("reshape", 1),
    plain("compute_reshape_shape", 2),
    plain("cstr_reshapable", 2),
    // Keyword items and a function type.
    {"broadcast", readItemized, 1, TypeForm::Function, broadcastItems},
    {"broadcast_in_dim", readItemized, 1, TypeForm::Function,
     broadcastInDimItems},
    {"transpose", readItemized, 1, TypeForm::Function, permutationItems},
    {"dynamic_broadcast_in_dim", readItemized, 2, TypeForm::Function,
     broadcastInDimItems, expansion},
    {"dynamic_iota", readItemized, 1, TypeForm::Function, iotaItems},
    {"get_dimension_size", readItemized, 1, TypeForm::Function, dimensionItems},
    {"set_dimension_size", readItemized, 2, TypeForm::Function, dimensionItems},
    {"pad", readItemized, 2, TypeForm::Function, padItems},
    {"fft", readItemized, 1, TypeForm::Function, fftItems},
    {"rng", readItemized, 3, TypeForm::Function, rngItems},
    {"rng_bit_generator", readItemized, 1, TypeForm::Function,
     rngBitGeneratorItems},
    {"einsum", readItemized, 2, TypeForm::Function, einsumItems},
    {"unary_einsum", readItemized, 1, TypeForm::Function, einsumItems},
    {"concatenate", readItemized, variadic, TypeForm::Function, dimensionItems},
    {"dynamic_slice", readItemized, variadic, TypeForm::Function,
     sliceSizesItems},
    {"dot", readItemized, 2, TypeForm::Function, precisionItems},
    // No operands.
    {"iota", readItemized, 0, TypeForm::Results, iotaItems},
    {"create_token", readItemized, 0, TypeForm::Results},
    {"partition_id", readItemized, 0, TypeForm::Results},
    {"replica_id", readItemized, 0, TypeForm::Results},
    // Syntax of their own.
    {"compare", readCompare, 2, TypeForm::Function, {}, compareAttrs},
    {"select", readSelect, 3},
    {"complex", readComplex, 2},
    {"tuple", readTuple, variadic},
    {"get_tuple_element",
     readGetTupleElement,
     1,
     TypeForm::Function,
     {},
     indexAttrs},
    {"optimization_barrier", readOptimizationBarrier, variadic},
    {"return", readReturn, variadic, TypeForm::Operands},
    {"dot_general", readDot, 2, TypeForm::Function, {}, dotAttrs},
    {"convolution",
     readConvolution,
     2,
     TypeForm::Function,
     {},
     convolutionAttrs},
    {"slice", readSlice, 1, TypeForm::Function, {}, sliceAttrs},
    {"custom_call",
     readCustomCall,
     variadic,
     TypeForm::Function,
     {},
     customCallAttrs},
    {"composite",
     readComposite,
     variadic,
     TypeForm::Function,
     {},
     compositeAttrs},
    {"constant", readConstant, 0, TypeForm::Results, {}, valueAttrs},
    {"reduce", readReduce, variadic, TypeForm::Function, {}, reduceAttrs},
    {"while", readWhile, variadic},
    // Generic form only.
    generic("all_gather"),
    generic("all_reduce"),
    generic("all_to_all"),
    generic("async_done"),
    generic("async_start"),
    generic("batch_norm_grad"),
    generic("batch_norm_inference"),
    generic("batch_norm_training"),
    generic("case"),
    generic("collective_broadcast"),
    generic("collective_permute"),
    generic("collective_reduce"),
    generic("cross-replica-sum"),
    generic("dynamic_conv"),
    generic("dynamic_gather"),
    generic("gather"),
    generic("if"),
    generic("infeed"),
    generic("map"),
    generic("outfeed"),
    generic("recv"),
    generic("reduce_scatter"),
    generic("reduce_window"),
    generic("scatter"),
    generic("select_and_scatter"),
    generic("send"),
    generic("sort"),
    generic("torch_index_select"),
    generic("triangular_solve"),
};

// What MHLO has beside the ops above.
constexpr OpSyntax mhloTable[] = {
    unary("acos"),
    unary("acosh"),
    unary("asin"),
    unary("asinh"),
    unary("atanh"),
    unary("cosh"),
    unary("sinh"),
    unary("erf"),
    unary("erfc"),
    unary("copy"),
    plain("bitcast", 1),
    plain("add_dependency", 2),
    plain("stochastic_convert", 2),
    {"topk", readTopK, 1, TypeForm::Loose, {}, topKAttrs},
    {"xla.rng_get_and_update_state", readItemized, 0, TypeForm::Results},
    generic("async_update"),
    generic("domain"),
    generic("fusion"),
    generic("ragged_dot"),
    generic("sparse_dot"),
};

constexpr OpSyntax chloTable[] = {
    loose("acos", 1),
    loose("acosh", 1),
    loose("asin", 1),
    loose("asinh", 1),
    loose("_asin_acos_kernel", 1),
    loose("atan", 1),
    loose("atanh", 1),
    loose("bessel_i1e", 1),
    loose("conj", 1),
    loose("cosh", 1),
    loose("digamma", 1),
    loose("erf", 1),
    loose("erf_inv", 1),
    loose("erfc", 1),
    loose("is_inf", 1),
    loose("is_neg_inf", 1),
    loose("is_pos_inf", 1),
    loose("lgamma", 1),
    loose("sinh", 1),
    loose("square", 1),
    loose("tan", 1),
    loose("mulhi", 2),
    loose("next_after", 2),
    loose("polygamma", 2),
    loose("zeta", 2),
    broadcasting("broadcast_add"),
    broadcasting("broadcast_and"),
    broadcasting("broadcast_atan2"),
    broadcasting("broadcast_compare"),
    broadcasting("broadcast_complex"),
    broadcasting("broadcast_divide"),
    broadcasting("broadcast_maximum"),
    broadcasting("broadcast_minimum"),
    broadcasting("broadcast_multiply"),
    broadcasting("broadcast_next_after"),
    broadcasting("broadcast_or"),
    broadcasting("broadcast_polygamma"),
    broadcasting("broadcast_power"),
    broadcasting("broadcast_remainder"),
    broadcasting("broadcast_shift_left"),
    broadcasting("broadcast_shift_right_arithmetic"),
    broadcasting("broadcast_shift_right_logical"),
    broadcasting("broadcast_subtract"),
    broadcasting("broadcast_xor"),
    broadcasting("broadcast_zeta"),
    loose("broadcast_select", 3),
    loose("dynamic_reshape", 2),
    loose("minimum_broadcast_shapes", variadic),
    {"constant", readConstant, 0, TypeForm::Results, {}, valueAttrs},
    {"top_k", readTopK, 1, TypeForm::Loose, {}, topKAttrs},
    {"scan", readScan, variadic, TypeForm::Function, {}, scanAttrs},
    generic("constant_like"),
    generic("ragged_dot"),
    generic("rank_specialization_cluster"),
    {"rank_specialization_cluster_yield", readReturn, variadic,
     TypeForm::Operands},
};

} // namespace

llvm::ArrayRef<OpSyntax> stablehloOps() { return stablehloTable; }
llvm::ArrayRef<OpSyntax> mhloOnlyOps() { return mhloTable; }
llvm::ArrayRef<OpSyntax> chloOps() { return chloTable; }

bool isReducerOp(llvm::StringRef mnemonic) {
  return llvm::any_of(stablehloTable, [&](const OpSyntax &op) {
    return op.read == readItemized && op.operands == 2 &&
           op.types == TypeForm::Same && op.mnemonic == mnemonic;
  });
}

} // namespace roofline::assembly
