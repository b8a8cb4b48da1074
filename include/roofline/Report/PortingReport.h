//===- PortingReport.h - What it takes to move a graph ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything that is to be said of moving one graph from one target to another,
// as a value. Every format is a view of it. Keys and units of the JSON view are
// documented in docs/Porting.md.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_PORTINGREPORT_H
#define ROOFLINE_REPORT_PORTINGREPORT_H

#include "roofline/Model/MemoryFit.h"
#include "roofline/Porting/PortingResult.h"
#include "roofline/Report/Report.h"

#include <memory>

namespace roofline {

/// The graph on one of the two targets.
struct PortingSide {
  std::shared_ptr<const Target> target;
  /// The ideal time of the graph.
  double roofSeconds = 0;
  /// Kernels that there are, submitted ahead; each time is at least the one
  /// before it, where both are known.
  KnownOr<double> kernelSeconds = 0.0;
  /// Moved with no work: nothing fused, submitted one by one.
  KnownOr<double> asIsSeconds = 0.0;
  /// Of `kernelSeconds`; absent where that is unknown.
  std::optional<TimeInterval> interval;
  /// Share of `kernelSeconds` that comes from calibrated models; absent where
  /// that is unknown or zero.
  std::optional<double> calibratedShare;
  /// Why times are lower bounds; empty where they are none.
  std::vector<std::string> reasons;

  bool isComplete() const { return reasons.empty(); }
};

/// What one execution keeps in memory, and whether that fits.
struct PortingMemory {
  MemoryNeed need;
  /// True where the graph is partitioned: the need is that of one device, and
  /// numbers of devices are for each part.
  bool isOfOneDevice = false;
  MemoryFit source;
  MemoryFit target;
};

struct PortingReport {
  std::string toolVersion;
  ModelSummary model;
  PortingSide source;
  PortingSide target;
  /// The target's kernels once every remedy is done: missing kernels written,
  /// parts fused. A lower bound where something is blocked.
  KnownOr<double> remediedSeconds = 0.0;
  /// Absent where a side's time of kernels is unknown or zero.
  std::optional<SpeedUp> speedUp;
  PortingMemory memory;
  PortingResult result;
  EffortTable efforts;
  /// What findings refer to.
  std::shared_ptr<const Catalogue> catalogue;
  /// Stacks with the releases that were assumed to be installed.
  std::vector<std::pair<std::string, std::string>> releases;
  bool includesCommunity = true;
  std::vector<Assumption> assumptions;
  std::vector<std::string> notes;
};

/// What the remedy of `finding` takes: kernels whose parts run well enough
/// count for nothing in the total, and cost what a kernel costs all the same.
Days remedyEffort(const Finding &finding, const EffortTable &efforts);

/// Adds `porting`, of the same graph, to `report`.
void addPort(Report &report, const PortingReport &porting);

} // namespace roofline

#endif // ROOFLINE_REPORT_PORTINGREPORT_H
