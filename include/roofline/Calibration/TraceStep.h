//===- TraceStep.h - One run of a model in a trace --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A trace usually holds several runs of a model, and what was before the first
// and after the last. An estimate is of one run.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_TRACESTEP_H
#define ROOFLINE_CALIBRATION_TRACESTEP_H

#include "roofline/Calibration/KernelTrace.h"

namespace roofline {

/// Which part of a trace is one run.
struct StepRequest {
  /// The name of a range that is one run, without the number behind a `#`;
  /// empty where the trace itself is to tell.
  std::string range;
  /// Runs in the trace or in the part that repeats; 0 where the trace is to
  /// tell.
  size_t runs = 0;
  /// Launches of contractions, convolutions and attention that one run should
  /// have: they are the same whatever else is fused. 0 where there are none.
  size_t anchors = 0;
  /// The same where products that one launch may compute are launched one by
  /// one; no less than `anchors`.
  size_t mostAnchors = 0;
};

/// One launch of the run.
struct StepKernel {
  /// Index of `KernelTrace::names`.
  uint32_t name = 0;
  /// The median of the runs.
  double seconds = 0;
};

/// One run.
struct TraceStep {
  /// In order of start.
  std::vector<StepKernel> kernels;
  /// Runs that the times are the medians of.
  size_t runs = 1;
  /// Time in which at least one kernel ran, and from the first start to the
  /// last end; medians of the runs.
  double busySeconds = 0;
  double spanSeconds = 0;
  /// What was taken, as a phrase for the reader: `the median of 3 runs of 120
  /// kernels, which repeat`.
  std::string taken;
};

/// A part of a sequence that repeats: it has `repeats` times the same `period`
/// elements from `begin` on.
struct Repetition {
  size_t begin = 0;
  size_t period = 0;
  size_t repeats = 0;
};

/// The shortest period with which more than half of `sequence`, in one piece,
/// repeats at least twice. `repeats` is 0 where there is none. Where the piece
/// is no whole number of periods, they begin at the sequence's begin if the
/// piece does, else end at its end if the piece does, else begin where `gaps`,
/// the idle time before each element, is largest in the sum over the periods.
Repetition findRepetition(llvm::ArrayRef<uint32_t> sequence,
                          llvm::ArrayRef<double> gaps);

/// The run that `request` asks for: by default each range `ProfilerStep#N` of
/// the device's time is one; without those each period of what repeats, or as
/// many of them together as have the anchors that are expected; where nothing
/// repeats the whole trace. Of runs that differ, the most frequent sequence of
/// kernels is taken, of equally frequent ones the first; where no two are the
/// same, the one whose busy time is the median. Fails on a range that the trace
/// has not, and on a number of runs that the trace cannot be divided into.
llvm::Expected<TraceStep> takeStep(const KernelTrace &trace,
                                   const StepRequest &request);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_TRACESTEP_H
