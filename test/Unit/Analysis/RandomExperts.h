//===- RandomExperts.h - Layers of experts that no one thought of -*- C++ -*-=//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_ANALYSIS_RANDOMEXPERTS_H
#define ROOFLINE_TEST_UNIT_ANALYSIS_RANDOMEXPERTS_H

#include "GraphText.h"

namespace roofline {

/// How a layer brings tokens to experts.
enum class ExpertLayout {
  Routed,   ///< Rows sorted by expert, each with as many as choose it.
  Buffered, ///< A buffer of as many rows for every expert.
  Dense,    ///< Every token to every expert.
};

/// A layer of a mixture of experts made up from a seed: how many tokens, widths
/// and experts, how many are chosen, whether they are gated, what is around
/// them. The same layer for the same seed on every machine; `growth.length` is
/// that of the experts' inner width.
class RandomExperts {
public:
  RandomExperts(uint64_t seed, ExpertLayout layout, const Growth &growth = {});

  /// The layer as it was made up.
  std::string text() const { return writeFunctions(functions, nullptr); }
  /// The same layer with independent ops in another order.
  std::string reordered(uint64_t seed) const {
    Random random(seed);
    return writeFunctions(functions, &random);
  }

private:
  std::vector<FunctionText> functions;
};

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_ANALYSIS_RANDOMEXPERTS_H
