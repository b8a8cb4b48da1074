//===- PortSummary.h - What it takes to move a graph, in short --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a report says of moving its graph from one of its targets to another, as
// a value that refers to nothing else and is read back from JSON. How findings
// were come to is in `PortingReport`.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_PORTSUMMARY_H
#define ROOFLINE_REPORT_PORTSUMMARY_H

#include "roofline/Model/Count.h"
#include "roofline/Model/ElementType.h"
#include "roofline/Model/Unknown.h"
#include "roofline/Porting/PortingResult.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace roofline {

/// A place in a file that an op comes from: of the user's source where the
/// graph says it, else of the graph itself.
struct SourcePlace {
  /// Which of `Report::sourceFiles`.
  uint32_t file = 0;
  /// From 1.
  uint32_t line = 0;
  uint32_t column = 0;
};

/// A sum of times whose ends are the sums of the ends of intervals.
struct TimeInterval {
  double low = 0;
  double high = 0;
};

/// How much faster the target is: the source's time of kernels over the
/// target's.
struct SpeedUp {
  double value = 1;
  /// From the slow end of the one side to the fast end of the other; the
  /// same where both sides are one target.
  TimeInterval interval = {1, 1};
  /// True where a part of the target's time is missing: the real figure is
  /// lower.
  bool isAtMost = false;
  /// True where a part of the source's time is missing: the real figure is
  /// higher.
  bool isAtLeast = false;
};

/// A row of the catalogue that a finding rests on.
struct PortEvidence {
  std::string row;
  std::string source;
  std::string url;
  /// When the source was read: `2026-11-02`.
  std::string date;
  /// Names of the kernels.
  std::vector<std::string> kernels;
};

/// One thing to know about one distinct op signature, or about the graph.
struct PortFinding {
  /// `RF1021`, and what it is called.
  std::string rule;
  std::string title;
  PortingStatus status = PortingStatus::Unknown;
  EffortLevel level = EffortLevel::None;
  /// Whether it is what becomes of a signature, rather than advice.
  bool isVerdict = true;
  /// The signature, for people.
  std::string op;
  /// What tells findings apart, in every report of the graph.
  std::string key;
  std::string reason;
  std::string remedy;
  /// What the total counts of it; and what its remedy takes, which is more
  /// where the graph runs well enough without.
  Days effort;
  Days remedyEffort;
  std::vector<PortEvidence> evidence;
  /// Ops, or kernels, in the text.
  size_t occurrences = 0;
  KnownOr<Count> launches = Count(0);
  /// Of the source's time of all ops that have one; absent where unknown.
  std::optional<double> sourceShare;
  /// Of all launches: on the source; on the target with the kernels that there
  /// are; there once the remedy is done.
  KnownOr<double> sourceSeconds = 0.0;
  KnownOr<double> targetSeconds = 0.0;
  KnownOr<double> remediedSeconds = 0.0;
  /// Of a change of precision: times on the target with each substitute.
  std::vector<std::pair<ElementType, KnownOr<double>>> substituteSeconds;
  /// In program order. A place is absent where no file is known.
  std::vector<std::string> locations;
  std::vector<std::optional<SourcePlace>> places;
  /// Of the kernels that it is about, as `KernelRow::positions`, ascending.
  std::vector<size_t> positions;
};

/// Moving the graph of a report from one of its targets to another.
struct PortSummary {
  /// Names of targets.
  std::string from;
  std::string to;
  PortingGrade grade = PortingGrade::E;
  std::string gradeReason;
  PortingCoverage coverage;
  /// Person-days of all findings.
  Days effort;
  /// The target's kernels that there are, in the types that they run in; and
  /// once every remedy is done. Lower bounds where `reasons` says so.
  KnownOr<double> targetSeconds = 0.0;
  KnownOr<double> remediedSeconds = 0.0;
  /// Why times on the target are lower bounds; empty where they are none.
  std::vector<std::string> reasons;
  /// Absent where a side's time of kernels is unknown or zero.
  std::optional<SpeedUp> speedUp;
  /// Worst status first, then by share of the source's time.
  std::vector<PortFinding> findings;
  /// Indices of findings that a remedy makes faster, most time saved per day
  /// first.
  std::vector<size_t> worklist;
  /// Stacks with the releases that were assumed to be installed.
  std::vector<std::pair<std::string, std::string>> releases;
  bool includesCommunity = true;
  /// Where person-days come from; empty for the tool's own.
  std::string effortFile;
  /// Of a signature by effort level, and of rules that the file states.
  std::vector<std::pair<std::string, Days>> days;
};

} // namespace roofline

#endif // ROOFLINE_REPORT_PORTSUMMARY_H
