//===- RandomGraph.h - Graphs that no one thought of ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_ANALYSIS_RANDOMGRAPH_H
#define ROOFLINE_TEST_UNIT_ANALYSIS_RANDOMGRAPH_H

#include "GraphText.h"

namespace roofline {

/// A random graph of what real graphs are made of: single ops of all kinds, and
/// the snippets that models are written in (softmax, norms, attention, gated
/// activations, rotations, caches, losses, optimisers), in functions, loops and
/// branches, with values that are read and returned several times or not at
/// all. The same graph for the same seed on every machine.
class RandomGraph {
public:
  explicit RandomGraph(uint64_t seed, const Growth &growth = {});

  /// The graph as it was made up.
  std::string text() const { return writeFunctions(functions, nullptr); }
  /// The same graph with independent ops in another order.
  std::string reordered(uint64_t seed) const {
    Random random(seed);
    return writeFunctions(functions, &random);
  }

private:
  std::vector<FunctionText> functions;
};

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_ANALYSIS_RANDOMGRAPH_H
