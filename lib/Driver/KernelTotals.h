//===- KernelTotals.h - What the kernels of a graph take --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_DRIVER_KERNELTOTALS_H
#define ROOFLINE_LIB_DRIVER_KERNELTOTALS_H

#include "SourceFiles.h"

#include "roofline/Analysis/GraphMemory.h"
#include "roofline/Driver/Driver.h"

namespace roofline {

/// Times of all kernels on one target.
struct KernelTargetTotals {
  KnownOr<double> roofSeconds;
  KnownOr<double> seconds;
  KnownOr<double> asIsSeconds;
  /// Why a time is not known, or counts some launches at their roof.
  /// Of `seconds`; absent where that is unknown.
  std::optional<TimeInterval> interval;
  /// As in `TargetSummary`.
  std::optional<double> calibratedShare;
  std::vector<std::pair<std::string, std::string>> borrowed;
  std::vector<std::string> reasons;
};

/// The parts of a report that are about kernels.
struct KernelTotals {
  KernelSummary summary;
  /// Work of the graph that kernels leave out: of scores that are masked (A73).
  WorkList maskedWork;
  /// The hottest, and how many they were chosen from.
  std::vector<KernelRow> kernels;
  size_t rankedKernels = 0;
  /// Where it is asked for.
  std::vector<KernelStep> sequence;
  std::vector<FamilyRow> families;
  /// In the order of the targets.
  std::vector<KernelTargetTotals> targets;
  /// Values between the kernels.
  GraphMemory memory;
  /// What a reader of the report should know.
  std::vector<std::string> notes;
  /// Whether rows choose what they are multiplied by (A37).
  bool hasRoutedProducts = false;
};

/// Forms the kernels that `request` asks for, and those of the graph as it is,
/// and puts both on `targets`. `counts` are those of `entry`. The files that
/// listed kernels come from are added to `files`.
KernelTotals computeKernelTotals(mlir::Operation *entry,
                                 const ExecutionCounts &counts,
                                 const DemandLookup &lookup,
                                 const ReportRequest &request,
                                 const TargetPtrs &targets, SourceFiles &files);

} // namespace roofline

#endif // ROOFLINE_LIB_DRIVER_KERNELTOTALS_H
