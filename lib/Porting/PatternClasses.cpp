//===- PatternClasses.cpp - What patterns have in common ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PatternClasses.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline {

namespace {

constexpr llvm::StringLiteral plainProducts[] = {
    "dot_general",      "gemm",
    "batched_gemm",     "batched_gemm_transpose",
    "quantized_gemm",   "block_scaled_gemm",
    "weight_only_gemm",
};

constexpr llvm::StringLiteral groupedProducts[] = {"ragged_dot", "grouped_gemm",
                                                   "quantized_grouped_gemm"};

constexpr llvm::StringLiteral convolutions[] = {"convolution", "dynamic_conv"};

constexpr llvm::StringLiteral collectives[] = {"all_reduce",
                                               "all_gather",
                                               "reduce_scatter",
                                               "all_to_all",
                                               "collective_broadcast",
                                               "collective_permute",
                                               "collective_reduce",
                                               "send",
                                               "recv"};

constexpr llvm::StringLiteral bitwise[] = {"and",
                                           "or",
                                           "xor",
                                           "not",
                                           "shift_left",
                                           "shift_right_arithmetic",
                                           "shift_right_logical",
                                           "popcnt",
                                           "count_leading_zeros",
                                           "count_trailing_zeros"};

constexpr llvm::StringLiteral rowWalks[] = {
    "softmax",    "log_softmax",          "masked_softmax",
    "rms_norm",   "layer_norm",           "fused_add_rms_norm",
    "group_norm", "fused_add_layer_norm", "fused_add_rms_norm_bias",
    "l2_norm",    "rms_norm_quantize"};

} // namespace

bool isProduct(llvm::StringRef pattern) {
  return llvm::is_contained(plainProducts, pattern) ||
         llvm::is_contained(groupedProducts, pattern) ||
         llvm::is_contained(convolutions, pattern);
}

bool isBitwise(llvm::StringRef pattern) {
  return llvm::is_contained(bitwise, pattern);
}

bool isCollective(llvm::StringRef pattern) {
  return llvm::is_contained(collectives, pattern);
}

bool isAttention(llvm::StringRef pattern) {
  return pattern.contains("attention");
}

bool walksRows(llvm::StringRef pattern) {
  return llvm::is_contained(rowWalks, pattern);
}

llvm::SmallVector<llvm::StringRef, 3> patternsOfType(llvm::StringRef pattern,
                                                     ElementType type) {
  llvm::SmallVector<llvm::StringRef, 3> patterns = {pattern};
  bool isScaled = bitWidth(type) <= 8;
  if (llvm::is_contained(plainProducts, pattern))
    patterns.push_back(isScaled ? "quantized_gemm" : "gemm");
  else if (llvm::is_contained(groupedProducts, pattern))
    patterns.push_back(isScaled ? "quantized_grouped_gemm" : "grouped_gemm");
  return patterns;
}

} // namespace roofline
