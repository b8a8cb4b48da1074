//===- GraphDemand.h - Demand of a whole graph ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_ANALYSIS_GRAPHDEMAND_H
#define ROOFLINE_ANALYSIS_GRAPHDEMAND_H

#include "roofline/Analysis/ExecutionCounts.h"

#include <map>

namespace roofline {

/// Ops of one name that one reason keeps out of the totals.
struct LeftOut {
  std::string opName;
  UnknownKind kind;
  std::string reason;
  /// Ops in the text of the graph, each counted once.
  size_t ops = 0;
  /// Bytes of their operands and results; unknown where a size is.
  KnownOr<Count> bytes = Count(0);
  /// The first of them.
  mlir::Operation *first = nullptr;
};

/// An op as the walk over a graph meets it.
struct OpDemand {
  mlir::Operation *op;
  /// How often it runs when the entry runs once.
  const KnownOr<Count> &times;
  /// Of one execution.
  const KnownOr<Demand> &demand;
};

/// Totals over one execution of the entry. What is unknown is left out of the
/// totals and listed, so the totals are lower bounds unless `isComplete`.
struct GraphDemand {
  WorkList work;
  /// Traffic op by op, as if every op were a kernel of its own.
  Count readBytes;
  Count writtenBytes;

  /// Ops in the text of what is reached, each counted once.
  size_t ops = 0;
  /// Those with a demand.
  size_t modelledOps = 0;
  /// Bytes of those with a demand and a count, and of all ops. The latter is
  /// unknown where an op that is left out has operands of unknown size.
  Count modelledBytes;
  KnownOr<Count> allBytes = Count(0);

  /// Ops without a demand.
  std::vector<LeftOut> unmodelled;
  /// Ops with a demand whose number of executions is not known.
  std::vector<LeftOut> uncounted;
  /// The dialects of the ops, with how many ops each has.
  std::map<std::string, size_t> opsByDialect;

  bool isComplete() const { return unmodelled.empty() && uncounted.empty(); }
};

/// Sums up the ops that `counts` reaches; `visit` sees each of them.
GraphDemand
computeGraphDemand(const ExecutionCounts &counts, const DemandLookup &lookup,
                   llvm::function_ref<void(const OpDemand &)> visit);

} // namespace roofline

#endif // ROOFLINE_ANALYSIS_GRAPHDEMAND_H
