//===- ComparisonView.h - Targets of a report side by side ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A view of a report on two targets or more. The first one is what the others
// are compared with.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_COMPARISONVIEW_H
#define ROOFLINE_REPORT_COMPARISONVIEW_H

#include "roofline/Report/Report.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace roofline {

/// A ratio with what it is between.
struct RatioInterval {
  double value = 1;
  double low = 1;
  double high = 1;
};

/// Executions on `target` in the time of one on `first`: the ratio of the times
/// of kernels. It is between the ratios of opposite ends of both intervals,
/// which is the widest that they allow. Unknown where a time is.
KnownOr<RatioInterval> throughputOf(const TargetSummary &target,
                                    const TargetSummary &first);

/// The least number of devices of `target` that are together as fast as one
/// `first`, if nothing is lost by dividing the work, and that hold the graph as
/// far as it is known what it needs. A hundredth of a device too few is enough.
/// Unknown where a time is.
KnownOr<Count> devicesToMatch(const TargetSummary &target,
                              const TargetSummary &first);

/// The rate that chips are advertised by for this graph: that of the matrix
/// type with most operations, else of the vector type. Absent where the graph
/// computes nothing.
std::optional<UnitType> dominantType(const WorkList &work);

/// The peak that work of `where` runs at on `target`; absent where it has no
/// rate.
std::optional<double> peakRate(const TargetSummary &target, UnitType where);

/// A row of kernels whose roof another resource bounds on another target.
struct BoundChange {
  const KernelRow *row;
  /// Of the time of all kernels on the first target; absent where it is not
  /// known.
  std::optional<double> share;
};

/// In the order of the report, which is hottest first.
std::vector<BoundChange> boundChanges(const Report &report);

/// Of the time of all kernels on the first target, the share of those whose
/// bound changes; absent where it is not known.
std::optional<double> shareOf(const std::vector<BoundChange> &changes);

/// Of the time of kernels on the target of that index, the share of those whose
/// roof off-chip memory bounds; absent where no time is known.
std::optional<double> memoryBoundShare(const Report &report, size_t target);

struct ComparisonOptions {
  /// Kernels with another bound to list; 0 lists all.
  size_t top = 10;
  /// ANSI colours.
  bool useColor = false;
};

/// For people: scaled units, at most 100 columns. `report` has two targets or
/// more and all of its kernels.
void printComparison(llvm::raw_ostream &os, const Report &report,
                     const ComparisonOptions &options);

/// For programs: SI base units, schema in docs/Compare.md.
void printComparisonJson(llvm::raw_ostream &os, const Report &report,
                         const ComparisonOptions &options);

} // namespace roofline

#endif // ROOFLINE_REPORT_COMPARISONVIEW_H
