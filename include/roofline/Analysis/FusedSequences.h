//===- FusedSequences.h - Kernels that one larger kernel does ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Serving stacks have kernels that span several launches of a graph: what comes
// before a latent attention, experts with their activation, a product and the
// sum over devices of its result. Which of them software has is for a catalogue
// to say; here is told where a graph has what they compute.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_ANALYSIS_FUSEDSEQUENCES_H
#define ROOFLINE_ANALYSIS_FUSEDSEQUENCES_H

#include "roofline/Analysis/KernelFormation.h"

namespace roofline {

/// Kernels of a graph that one kernel with a name in the catalogue computes.
struct FusedSequence {
  /// `norm_rope_cache`.
  llvm::StringLiteral pattern;
  /// Numbers in the list of kernels, ascending, none twice. One kernel alone
  /// where it does more than its name says.
  llvm::SmallVector<unsigned, 4> kernels;

  friend bool operator==(const FusedSequence &lhs, const FusedSequence &rhs) {
    return lhs.pattern == rhs.pattern && lhs.kernels == rhs.kernels;
  }
};

/// The names that `findFusedSequences` gives, each once.
llvm::ArrayRef<llvm::StringLiteral> fusedSequencePatterns();

/// Finds sequences by what kernels compute and hand to each other, never by
/// names in the model. `kernels` are those of a graph, as `formKernels` gives
/// them with `Fusion::Library`. In the order of their first kernel, then of
/// `fusedSequencePatterns`. A kernel may be in several.
std::vector<FusedSequence> findFusedSequences(llvm::ArrayRef<Kernel> kernels,
                                              const DemandLookup &lookup);

/// True where two sequences share a kernel, so that only one of them can be
/// launched in place of its kernels.
bool excludeEachOther(const FusedSequence &lhs, const FusedSequence &rhs);

} // namespace roofline

#endif // ROOFLINE_ANALYSIS_FUSEDSEQUENCES_H
