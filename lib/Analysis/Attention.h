//===- Attention.h - Attention in a graph of ops ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_ATTENTION_H
#define ROOFLINE_LIB_ANALYSIS_ATTENTION_H

#include "KernelGraph.h"

namespace roofline {

/// Finds attention by its structure (A62): contractions (scores), of whose
/// results exponentials are taken and rows are reduced, and contractions over
/// those rows (values). Scale, mask, guards and sinks may be in between in any
/// spelling. The gradient of an attention is a group of its own. `levels` are
/// those of `fusionLevels`.
///
/// A router of experts or the gradient of a loss has the same structure, but
/// contracts with parameters and without a batch; it is not taken for one.
std::vector<KernelGraph::Group> findAttention(const KernelGraph &graph,
                                              llvm::ArrayRef<unsigned> levels);

/// True where a value is an argument or constant, or one in another type,
/// shape or part: a parameter as far as the block tells.
bool isParameterLike(const KernelGraph &graph, const NodeInput &input);

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_ATTENTION_H
