//===- GraphBoundary.h - What crosses a graph's edge ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_ANALYSIS_GRAPHBOUNDARY_H
#define ROOFLINE_ANALYSIS_GRAPHBOUNDARY_H

#include "roofline/Analysis/ExecutionCounts.h"

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
  /// Arguments that are updated in place and no weights: a part of them is
  /// overwritten and they come back as a result (a cache), or a result takes
  /// their memory over (`tf.aliasing_output`) (A66).
  KnownOr<Count> cacheBytes = Count(0);
  /// Arguments that are neither.
  KnownOr<Count> inputBytes = Count(0);
  /// Results that need memory of their own: all but those of arguments that are
  /// updated in place.
  KnownOr<Count> newResultBytes = Count(0);
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
