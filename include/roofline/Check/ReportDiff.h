//===- ReportDiff.h - What two reports differ in ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CHECK_REPORTDIFF_H
#define ROOFLINE_CHECK_REPORTDIFF_H

#include "roofline/Check/Measures.h"

#include "llvm/Support/Error.h"

namespace roofline {

/// Seconds on one of the targets that both reports have.
struct TimeChange {
  KnownOr<double> before = 0.0;
  KnownOr<double> after = 0.0;

  /// The difference; absent where one of both is not known.
  std::optional<double> effect() const {
    if (!before || !after)
      return std::nullopt;
    return *after - *before;
  }
};

/// Where a kernel is.
struct KernelPlace {
  /// As reports print it.
  std::string location;
  /// The file as the graph names it, empty where none is known; from 1.
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
};

/// Kernels that became others in one way, or that are new or gone.
struct KernelChange {
  enum class Kind { Changed, Added, Removed };
  Kind kind = Kind::Changed;
  /// Of the new report; of the old one where the kernels are gone.
  std::string name;
  KernelFamily family = KernelFamily::Opaque;
  std::vector<KernelPlace> places;
  /// What is different, in words: `k 4096 -> 4178`.
  std::vector<std::string> reasons;
  /// Of all of the kernels; in the order of `ReportDiff::targets`.
  std::vector<TimeChange> times;
  /// Whether another resource bounds them, likewise.
  std::vector<bool> hasOtherBound;
};

llvm::StringRef stringify(KernelChange::Kind kind);

/// A quantity of both reports that differs.
struct MeasureChange {
  const Measure *measure = nullptr;
  KnownOr<double> before = 0.0;
  KnownOr<double> after = 0.0;
};

/// What differs on one target.
struct TargetChange {
  std::string name;
  std::vector<MeasureChange> measures;
  /// What bounds the graph roof, where that differs; `nothing` where nothing
  /// does.
  std::optional<std::pair<std::string, std::string>> bound;
  /// Kernels of both reports that another resource bounds.
  size_t boundChanges = 0;
  /// Grades of moving the graph there, where they differ.
  std::optional<std::pair<PortingGrade, PortingGrade>> grade;
};

/// A finding of one report that the other does not have, or not so.
struct FindingChange {
  KernelChange::Kind kind = KernelChange::Kind::Changed;
  /// Where the graph is moved to.
  std::string target;
  /// Of the new report; of the old one where it is gone.
  PortFinding finding;
  /// What is different, in words; what it says where it is new or gone.
  std::vector<std::string> reasons;
};

/// What two reports differ in.
struct ReportDiff {
  /// The files and entries of the models.
  std::string before;
  std::string after;
  /// Totals that differ.
  std::vector<MeasureChange> measures;
  /// One per target that both have.
  std::vector<TargetChange> targets;
  /// What takes most more or less time on the first target comes first.
  std::vector<KernelChange> kernels;
  /// By target, then in the order of the reports.
  std::vector<FindingChange> findings;
  /// What else differs, in words: ops that are not modelled, trips of loops.
  std::vector<std::string> others;
  /// What a reader should know, where something differs.
  std::vector<std::string> notes;

  bool isEmpty() const;
};

/// Compares reports that list all of their kernels. Fails, with a message ready
/// to print, where one of them was cut to its hottest kernels.
llvm::Expected<ReportDiff> diffReports(const Report &before,
                                       const Report &after);

/// Why times, operations and traffic of both reports leave out different
/// things, so that they cannot be held against each other; empty where they
/// can. `target` names one of both, or is empty.
std::string differenceInCoverage(const Report &before, const Report &after,
                                 llvm::StringRef target);

/// Where the kernel of `index` of a row of `report` is.
KernelPlace placeOf(const Report &report, const KernelRow &row, size_t index);

/// The places of a finding of `report`.
std::vector<KernelPlace> placesOf(const Report &report,
                                  const PortFinding &finding);

} // namespace roofline

#endif // ROOFLINE_CHECK_REPORTDIFF_H
