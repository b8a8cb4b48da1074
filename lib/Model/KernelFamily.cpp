//===- KernelFamily.cpp - What a kernel is --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/KernelFamily.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

#include <cassert>
#include <utility>

namespace roofline {

namespace {

constexpr std::pair<KernelFamily, llvm::StringLiteral> names[] = {
    {KernelFamily::Gemm, "gemm"},
    {KernelFamily::GroupedGemm, "grouped_gemm"},
    {KernelFamily::Convolution, "convolution"},
    {KernelFamily::Attention, "attention"},
    {KernelFamily::Softmax, "softmax"},
    {KernelFamily::Normalization, "normalization"},
    {KernelFamily::Rope, "rope"},
    {KernelFamily::GatedActivation, "gated_activation"},
    {KernelFamily::MoeRouting, "moe_routing"},
    {KernelFamily::Quantization, "quantization"},
    {KernelFamily::CrossEntropy, "cross_entropy"},
    {KernelFamily::Optimizer, "optimizer"},
    {KernelFamily::CacheUpdate, "cache_update"},
    {KernelFamily::Elementwise, "elementwise"},
    {KernelFamily::Reduction, "reduction"},
    {KernelFamily::DataMovement, "data_movement"},
    {KernelFamily::GatherScatter, "gather_scatter"},
    {KernelFamily::Sort, "sort"},
    {KernelFamily::Collective, "collective"},
    {KernelFamily::Scalar, "scalar"},
    {KernelFamily::Opaque, "opaque"},
};

} // namespace

llvm::StringRef stringify(KernelFamily family) {
  const auto *it = llvm::find_if(
      names, [&](const auto &entry) { return entry.first == family; });
  assert(it != std::end(names) && "every family has a name");
  return it->second;
}

std::optional<KernelFamily> parseKernelFamily(llvm::StringRef text) {
  for (const auto &[family, name] : names)
    if (name == text)
      return family;
  return std::nullopt;
}

llvm::ArrayRef<KernelFamily> allKernelFamilies() {
  static const auto families =
      llvm::map_to_vector(names, [](const auto &entry) { return entry.first; });
  return families;
}

llvm::StringRef stringify(Fusion fusion) {
  switch (fusion) {
  case Fusion::None:
    return "none";
  case Fusion::Compiler:
    return "compiler";
  case Fusion::Library:
    return "library";
  }
  assert(false && "a fusion that is none of the above");
  return "";
}

} // namespace roofline
