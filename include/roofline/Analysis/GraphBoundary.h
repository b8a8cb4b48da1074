//===- GraphBoundary.h - What crosses a graph's edge ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_ANALYSIS_GRAPHBOUNDARY_H
#define ROOFLINE_ANALYSIS_GRAPHBOUNDARY_H

#include "roofline/Analysis/ExecutionCounts.h"
#include "roofline/Model/MemoryFit.h"

namespace roofline {

/// Bytes at the edge of a graph, for one execution of its entry (A10). A sum is
/// unknown where one of its values has no known size.
struct GraphBoundary {
  /// All arguments, whole.
  KnownOr<Count> argumentBytes = Count(0);
  /// All constants that are used, whole.
  KnownOr<Count> constantBytes = Count(0);
  /// Constants, and arguments that are used as parameters only: right operand
  /// of a contraction or convolution, table of a gather, broadcast operand of
  /// elementwise work (A11).
  KnownOr<Count> weightBytes = Count(0);
  /// All results.
  KnownOr<Count> resultBytes = Count(0);
  /// What of this one device keeps in memory (A66): the same bytes, but of what
  /// a body takes in smaller pieces (`hasShards`) the piece. Updated in place
  /// is an argument of which a part is overwritten and that comes back as a
  /// result (a cache), or whose memory a result takes over
  /// (`tf.aliasing_output`). Values between kernels are not looked at.
  MemoryNeed need;
  /// What must cross off-chip memory at least: arguments and constants as far
  /// as they are read, once, and results, of an argument that is updated in
  /// place the update only.
  KnownOr<Count> compulsoryBytes = Count(0);
  /// True where a body takes smaller pieces of its op's operands: from there on
  /// shapes are those of one device, while arguments are of all (A12).
  bool hasShards = false;
};

/// Decides whether an argument is a weight, told whether it is used as a
/// parameter only.
using IsWeight =
    llvm::function_ref<bool(mlir::BlockArgument argument, bool isParameter)>;

GraphBoundary computeGraphBoundary(mlir::Operation *entry,
                                   const ExecutionCounts &counts,
                                   const DemandLookup &lookup,
                                   IsWeight isWeight);

} // namespace roofline

#endif // ROOFLINE_ANALYSIS_GRAPHBOUNDARY_H
