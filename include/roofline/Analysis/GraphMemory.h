//===- GraphMemory.h - Values that are in memory between kernels *- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_ANALYSIS_GRAPHMEMORY_H
#define ROOFLINE_ANALYSIS_GRAPHMEMORY_H

#include "roofline/Analysis/BlockProgram.h"
#include "roofline/Analysis/ExecutionCounts.h"

namespace roofline {

/// Kernels that follow each other in the order that they run in.
struct LiveStretch {
  /// Launches, those of a loop for one trip; an overflow where they are too
  /// many to count.
  Count kernels;
  /// The most bytes that are alive while one of them runs.
  Count bytes;
};

/// Values between the kernels of a graph: neither its arguments nor its results
/// (A67).
struct GraphMemory {
  /// Bytes where most are alive. Unknown where the size of a value is, and
  /// where values cross branches between blocks.
  KnownOr<Count> peakBytes = Count(0);
  /// What runs then: the op that stands for the kernel, and the kernel's name.
  /// Null and empty where no value is ever between kernels, or that is unknown.
  mlir::Operation *peakRoot = nullptr;
  std::string peakKernel;
  /// All kernels, in at most `maxLiveStretches`; empty where the peak is
  /// unknown.
  std::vector<LiveStretch> timeline;
};

inline constexpr size_t maxLiveStretches = 512;

/// `programs` are those that `visitKernels` shows, in their order.
GraphMemory computeGraphMemory(mlir::Operation *entry,
                               const ExecutionCounts &counts,
                               std::vector<BlockProgram> programs);

} // namespace roofline

#endif // ROOFLINE_ANALYSIS_GRAPHMEMORY_H
