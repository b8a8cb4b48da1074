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

#include <string>
#include <vector>

namespace roofline {

/// Formats that a report can be written in.
enum class ReportFormat { Text, Json };

/// The graph that was counted.
struct ModelSummary {
  std::string file;
  /// `@main`; empty where the module itself was counted.
  std::string entry;
  /// What the ops are, and that nothing was fused: "stablehlo, as given".
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
  /// Largest first.
  std::vector<BoundShare> bounds;
  std::vector<SubstituteRow> substitutes;
  std::vector<MissingRate> missingRates;
  /// Why times are lower bounds; empty where they are complete.
  std::vector<std::string> incompleteReasons;

  bool isComplete() const { return incompleteReasons.empty(); }
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

/// A numbered assumption of docs/Model.md that the numbers rest on.
struct Assumption {
  std::string id;
  std::string text;
};

struct Report {
  std::string toolVersion;
  ModelSummary model;
  DemandSummary demand;
  CoverageSummary coverage;
  std::vector<LoopRow> loops;
  std::vector<TargetSummary> targets;
  /// Hottest first, by time on the first target.
  std::vector<OpRow> ops;
  /// Ops that have a demand, of which `ops` lists the hottest.
  size_t rankedOps = 0;
  std::vector<Assumption> assumptions;
  std::vector<std::string> notes;
};

} // namespace roofline

#endif // ROOFLINE_REPORT_REPORT_H
