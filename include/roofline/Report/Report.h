//===- Report.h - The immutable result of a run -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything a run found out about one graph, as a value. Every format is a
// view of it, so that no two formats can disagree. Keys and units of the JSON
// view are documented in docs/Report.md.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_REPORT_H
#define ROOFLINE_REPORT_REPORT_H

#include "roofline/Model/Estimate.h"
#include "roofline/Model/KernelFamily.h"
#include "roofline/Model/KernelTime.h"
#include "roofline/Model/MemoryFit.h"
#include "roofline/Report/PortSummary.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace roofline {

/// Formats that a report can be written in.
enum class ReportFormat { Text, Json, Html, Markdown, Csv, Svg, Trace };

/// The graph that was counted.
struct ModelSummary {
  std::string file;
  /// `@main`; empty where the module itself was counted.
  std::string entry;
  /// What the ops are, and whether they were fused: "stablehlo as given,
  /// nothing fused".
  std::string stage;
  /// Ops in the text of what the entry reaches, each once.
  size_t ops = 0;
  KnownOr<Count> argumentBytes = Count(0);
  KnownOr<Count> constantBytes = Count(0);
  KnownOr<Count> weightBytes = Count(0);
  KnownOr<Count> resultBytes = Count(0);
  /// Least bytes that cross off-chip memory (A10).
  KnownOr<Count> compulsoryBytes = Count(0);
};

/// Kernels that follow each other in the order that kernels run in.
struct MemoryStretch {
  /// How many they are; those of a loop count for one trip.
  Count kernels;
  /// The most bytes of values between kernels that are alive while one of them
  /// runs.
  Count bytes;
};

/// Memory of one execution of the entry (A66, A67).
struct MemorySummary {
  MemoryNeed need;
  /// True where the graph is partitioned: the need is that of one device, which
  /// holds a part, and numbers of devices are for each part.
  bool isOfOneDevice = false;
  /// The kernel that runs while most values are alive, and its place; empty
  /// where no value is ever between kernels, or that is not known.
  std::string peakKernel;
  std::string peakLocation;
  /// All kernels in the order that they run in, in at most a few hundred
  /// stretches; empty where the values between kernels are not known.
  std::vector<MemoryStretch> timeline;
};

/// Totals of one execution of the entry; lower bounds unless complete.
struct DemandSummary {
  WorkList work;
  /// Op by op, unfused.
  Count readBytes;
  Count writtenBytes;
  bool isComplete = true;
};

/// Ops of one name left out for one reason.
struct LeftOutRow {
  std::string op;
  std::string reason;
  size_t count = 0;
  KnownOr<Count> bytes = Count(0);
  /// Of the first of them.
  std::string location = {};
  std::optional<SourcePlace> place = std::nullopt;
};

/// Which ops run as one launch, and what that makes of the totals.
struct KernelSummary {
  Fusion fusion = Fusion::Library;
  /// How the kernels of `kernelSeconds` get onto the device.
  Launching launching = Launching::Queued;
  /// In the text of what the entry reaches, those of control arithmetic (family
  /// `Scalar`) not among them.
  size_t kernels = 0;
  /// Those whose demand or number of launches is not known: left out below.
  size_t leftOut = 0;
  /// Of one execution of the entry.
  Count launches;
  /// Bytes that enter and leave the kernels in all launches.
  Count externalBytes;
  /// Launches where nothing is fused.
  Count asIsLaunches;
};

struct CoverageSummary {
  /// Shares between 0 and 1; absent where unknowable.
  std::optional<double> ops;
  std::optional<double> operations;
  std::optional<double> bytes;
  /// Ops without a demand.
  std::vector<LeftOutRow> unmodelled;
  /// Ops whose number of executions is not known.
  std::vector<LeftOutRow> uncounted;
};

/// A loop that the entry reaches.
struct LoopRow {
  /// `@main/while#0`: what `--trip-count` takes.
  std::string name;
  std::string location;
  KnownOr<Count> tripCount;
  bool isBound = false;
};

/// Share of the sum of op roofs that one resource bounds.
struct BoundShare {
  Bound bound;
  double seconds;
  double share;
};

/// An element type that runs as another one.
struct SubstituteRow {
  UnitType asked;
  ElementType runsAs;
};

/// Work that a target has no rate for.
struct MissingRate {
  UnitType where;
  Count ops;
  std::string reason;
};

/// What a target makes of the graph.
struct TargetSummary {
  std::string name;
  std::string title;
  /// Max over resources of the totals; of what the target has a rate for.
  Roof graphRoof;
  /// Sum over ops of executions x op roof, of the ops that have one.
  double opRoofSeconds = 0;
  /// Sums over kernels of launches x time: roofs, real kernels submitted ahead,
  /// and, with nothing fused, real kernels submitted one by one. Each is at
  /// least the one before it, where both are known, and the first at least the
  /// graph roof.
  KnownOr<double> kernelRoofSeconds = 0.0;
  KnownOr<double> kernelSeconds = 0.0;
  KnownOr<double> asIsSeconds = 0.0;
  /// Of `kernelSeconds`, which is between; absent where that is unknown.
  std::optional<TimeInterval> kernelInterval;
  /// Share of `kernelSeconds` that comes from calibrated models rather than
  /// plain figures; absent where that is unknown or zero.
  std::optional<double> calibratedShare;
  /// Calibrations that were used with figures of another target: key, and
  /// whose.
  std::vector<std::pair<std::string, std::string>> borrowed;
  /// Largest first.
  std::vector<BoundShare> bounds;
  std::vector<SubstituteRow> substitutes;
  std::vector<MissingRate> missingRates;
  /// Why times are lower bounds; empty where they are complete.
  std::vector<std::string> incompleteReasons;
  /// Why times of kernels are unknown, or lower bounds beyond that.
  std::vector<std::string> kernelReasons;
  /// Datasheet peaks that the roofs come from, operations per second, of what
  /// the machine has itself.
  std::map<UnitType, double> rates;
  /// Off-chip memory, then on-chip levels from the outside in; figures as far
  /// as they are known.
  std::vector<MemoryLevel> memory;
  /// Whether the graph fits into off-chip memory, or how many devices it needs.
  MemoryFit memoryFit;
  /// Power that the device may draw for long.
  std::optional<double> tdpWatts;
  /// That power for `kernelSeconds`: at most what one execution takes (A71).
  /// Unknown where one of both is, or where the time is a lower bound.
  KnownOr<double> energyJoules =
      Unknown{UnknownKind::Unmodelled, "no power is stated"};

  bool isComplete() const { return incompleteReasons.empty(); }
  /// True where times of kernels are no lower bounds.
  bool areKernelsComplete() const {
    return isComplete() && kernelReasons.empty();
  }
};

/// Time of all executions of an op on a target, in the order of the targets.
struct OpTime {
  /// Executions x op roof.
  KnownOr<double> seconds;
  std::optional<Bound> bound;
};

struct OpRow {
  std::string name;
  std::string location;
  KnownOr<Count> count;
  /// Of one execution.
  Demand demand;
  std::vector<OpTime> times;
};

/// Time of all launches of kernels on a target.
struct KernelTimes {
  /// Launches x kernel roof.
  KnownOr<double> roofSeconds;
  /// What bounds the roof.
  std::optional<Bound> bound;
  /// Launches x what a real kernel takes that is submitted ahead.
  KnownOr<double> seconds;
  /// Of `seconds`; absent where that is unknown.
  std::optional<TimeInterval> interval = std::nullopt;
  /// The calibration of `seconds`: `gemm_bf16`; empty for plain figures.
  std::string calibration = {};
};

/// Kernels that nothing but their place tells apart: equal names, families,
/// numbers of ops and demands.
struct KernelRow {
  std::string name;
  KernelFamily family;
  /// One per kernel: that of the op that stands for it.
  std::vector<std::string> locations;
  /// Of all of them.
  KnownOr<Count> launches;
  /// Ops that run in one.
  size_t ops;
  /// Of one launch; bytes are those that enter and leave the kernel.
  Demand demand;
  /// In the order of the targets.
  std::vector<KernelTimes> times;
  /// Names of the ops that run in the first of them, and how many of each, in
  /// the order in which the names occur first.
  std::vector<std::pair<std::string, size_t>> opNames = {};
  /// One per kernel each, as `locations`. Positions count the kernels of the
  /// graph in program order; a place is absent where no file is known.
  std::vector<size_t> positions = {};
  std::vector<std::optional<SourcePlace>> places = {};
  /// Launches of each kernel, where they differ; else empty, and every one has
  /// its share of `launches`.
  std::vector<Count> launchesOf = {};
};

/// A kernel in its place among the others.
struct KernelStep {
  /// Of `Report::kernels`, and which of its locations.
  size_t row;
  size_t location;
  /// Of this kernel: a share of its row's.
  Count launches;
};

/// Time of a family of kernels on a target.
struct FamilyTimes {
  /// Sums over launches, of the kernels whose time is known; `seconds` counts
  /// the others at their roof if they have one, and is unknown where that of
  /// all of them is.
  KnownOr<double> roofSeconds;
  KnownOr<double> seconds;
  /// Share of the sum over all families: of `seconds`, or of the roofs where
  /// the target's `kernelSeconds` is unknown. Absent where that sum is zero.
  std::optional<double> share;
};

/// Kernels of one family.
struct FamilyRow {
  KernelFamily family;
  /// In the text of what the entry reaches.
  size_t kernels = 0;
  /// Those whose demand or number of launches is not known: left out below.
  size_t leftOut = 0;
  /// Over one execution of the entry.
  Count launches;
  WorkList work;
  /// Bytes that enter and leave.
  Count bytes;
  /// In the order of the targets.
  std::vector<FamilyTimes> times;
};

/// A numbered assumption of docs/Model.md that the numbers rest on.
struct Assumption {
  std::string id;
  std::string text;
};

struct Report {
  std::string toolVersion;
  /// Of the rules, time models and target files that the numbers come from.
  unsigned modelDataVersion = 0;
  /// Files that places are in, as the graph names them, in the order in which
  /// they are met.
  std::vector<std::string> sourceFiles;
  ModelSummary model;
  MemorySummary memory;
  DemandSummary demand;
  KernelSummary kernelSummary;
  CoverageSummary coverage;
  std::vector<LoopRow> loops;
  std::vector<TargetSummary> targets;
  /// Hottest first, by time on the first target.
  std::vector<OpRow> ops;
  /// Ops that have a demand, of which `ops` lists the hottest.
  size_t rankedOps = 0;
  /// Hottest first, by time on the first target; by roof where that is unknown,
  /// by bytes where there is no target.
  std::vector<KernelRow> kernels;
  /// Rows of kernels that have a demand, of which `kernels` lists the hottest.
  size_t rankedKernels = 0;
  /// Kernels in program order, where they were asked for: those that are
  /// launched, whose demand and number of launches are known.
  std::vector<KernelStep> sequence;
  /// Families that the graph has, by time on the first target likewise.
  std::vector<FamilyRow> families;
  /// What it takes to move the graph from one target to others, where that was
  /// asked for; in the order of the targets.
  std::vector<PortSummary> ports;
  std::vector<Assumption> assumptions;
  std::vector<std::string> notes;
};

} // namespace roofline

#endif // ROOFLINE_REPORT_REPORT_H
