//===- TraceComparison.h - Estimates against a trace ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_TRACECOMPARISON_H
#define ROOFLINE_CALIBRATION_TRACECOMPARISON_H

#include "roofline/Calibration/TraceStep.h"
#include "roofline/Model/KernelFamily.h"
#include "roofline/Model/Unknown.h"

#include "llvm/ADT/ArrayRef.h"

namespace roofline {

/// Kernels of a graph that nothing but their place tells apart.
struct EstimatedKernel {
  /// What the kernel would be called: `gemm_add`.
  std::string name;
  KernelFamily family = KernelFamily::Opaque;
  /// Where the first of them is in the model.
  std::string location;
  /// Of one launch.
  KnownOr<double> seconds = 0.0;
  /// 80 % of measurements of one launch lie between; as `seconds` where that is
  /// known.
  double low = 0;
  double high = 0;
  /// Products that it computes in one launch, of which a device may make a
  /// launch each: those of queries, keys and values.
  unsigned products = 1;
};

/// The launches of one run of a graph.
struct EstimatedRun {
  std::vector<EstimatedKernel> kernels;
  /// Indices of `kernels` in program order.
  std::vector<uint32_t> launches;
};

/// Launches of the estimate that are launches of the trace, for one kernel of
/// the graph and one name of the trace.
struct MatchedRow {
  /// Index of the run's kernels.
  uint32_t kernel = 0;
  /// Of the longest launch of a match.
  std::string traceName;
  size_t launches = 0;
  /// More than `launches` where products are launched one by one.
  size_t traceLaunches = 0;
  /// Of all of them; 0 where the estimate is unknown.
  double estimatedSeconds = 0;
  double low = 0;
  double high = 0;
  double measuredSeconds = 0;
};

/// Launches of the estimate without one of the trace.
struct UnmatchedEstimate {
  uint32_t kernel = 0;
  size_t launches = 0;
  /// Of all of them; 0 where the estimate is unknown.
  double seconds = 0;
};

/// Launches of the trace without one of the estimate.
struct UnmatchedTraceKernel {
  std::string name;
  KernelFamily family = KernelFamily::Opaque;
  size_t launches = 0;
  double seconds = 0;
};

/// Both sides of one family.
struct FamilyComparison {
  KernelFamily family = KernelFamily::Opaque;
  size_t estimatedLaunches = 0;
  size_t measuredLaunches = 0;
  double estimatedSeconds = 0;
  double measuredSeconds = 0;
  /// Of the launches of the estimate that are matched, whatever the family of
  /// their match: the estimates, and what was measured.
  double matchedEstimatedSeconds = 0;
  double matchedMeasuredSeconds = 0;
};

/// How the estimate of a run compares with a run in a trace.
struct TraceComparison {
  std::string model;
  std::string target;
  std::string traceFile;
  std::string traceFormat;
  /// See `TraceStep`.
  std::string taken;
  size_t runs = 1;

  std::vector<EstimatedKernel> kernels;
  size_t estimatedLaunches = 0;
  size_t measuredLaunches = 0;
  /// Sums of the times of launches. The estimate's is a lower bound where
  /// `unknownLaunches` is not 0.
  double estimatedSeconds = 0;
  double low = 0;
  double high = 0;
  size_t unknownLaunches = 0;
  double measuredSeconds = 0;
  /// See `TraceStep`.
  double busySeconds = 0;
  double spanSeconds = 0;

  size_t matchedLaunches = 0;
  /// The parts of both sums that are matched, with a known estimate.
  double matchedEstimatedSeconds = 0;
  double matchedMeasuredSeconds = 0;
  /// What was measured of launches that are matched, but have no estimate.
  double matchedUnknownSeconds = 0;

  /// Those with the longest measured time first.
  std::vector<FamilyComparison> families;
  /// Those that differ by the most seconds first.
  std::vector<MatchedRow> matched;
  /// Those that take longest first.
  std::vector<UnmatchedEstimate> unmatchedEstimates;
  std::vector<UnmatchedTraceKernel> unmatchedTrace;
  /// What a reader should know.
  std::vector<std::string> notes;
};

/// One side of a match as the alignment sees it.
struct AlignedLaunch {
  KernelFamily family = KernelFamily::Opaque;
  /// Seconds; 0 where they are not known.
  double seconds = 0;
  /// Of an estimate: launches of its family that it may stand for.
  unsigned products = 1;
};

/// The most launches that one launch of an estimate stands for.
constexpr unsigned maxProducts = 8;

/// Pairs of indices, both rising: the order-preserving matching of `estimates`
/// with `measured` of the highest sum of likenesses. An estimate of several
/// products may have as many partners, in as many pairs, if no other anchor is
/// between them and their times together are nearer to its own. Launches of one
/// family are alike, and of an anchor (`isAnchor`) most; launches of different
/// families are a little where one of them is of a general kind (elementwise,
/// reduction, movement) and their times are within a factor of ten. Nearer
/// times are more alike. Of equally good matchings it is always the same one.
/// Where there are more pairs than `maxPairs`, only those near the diagonal are
/// looked at, and `isNarrowed` is set.
std::vector<std::pair<uint32_t, uint32_t>>
alignLaunches(llvm::ArrayRef<AlignedLaunch> estimates,
              llvm::ArrayRef<AlignedLaunch> measured, bool &isNarrowed,
              size_t maxPairs = size_t(1) << 28);

/// Compares `run` with `step` of `trace`. Does not fill in `model` and
/// `target`.
TraceComparison compareWithTrace(const EstimatedRun &run,
                                 const KernelTrace &trace,
                                 const TraceStep &step);

/// Asks for a run with the anchors of `run`.
StepRequest requestAnchors(const EstimatedRun &run);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_TRACECOMPARISON_H
