//===- PortingResult.h - What it takes to move a graph ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Judged occurrences are put together by signature: effort is paid once for
// each, time at every launch.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_PORTING_PORTINGRESULT_H
#define ROOFLINE_PORTING_PORTINGRESULT_H

#include "roofline/Model/Count.h"
#include "roofline/Model/FileError.h"
#include "roofline/Model/Unknown.h"
#include "roofline/Porting/EffortTable.h"
#include "roofline/Porting/Judgement.h"

namespace roofline {

/// An op, or the ops of a kernel, with what becomes of it.
struct JudgedOp {
  OpSignature signature;
  Judgement judgement;
  std::vector<Advice> advice;
  /// `model.mlir:12:3`.
  std::string location;
  /// The same by file, line and column; of no file where none is known.
  FileLocation place;
  /// How many kernels the graph has before the one that it is, or is in; absent
  /// where it is in none.
  std::optional<size_t> position;
  /// How often it runs when the entry runs once.
  KnownOr<Count> launches = Count(1);
  /// Operations and bytes of all launches; unknown where the demand is.
  KnownOr<Count> operations = Count(0);
  KnownOr<Count> bytes = Count(0);
  /// Of all launches: on the source; on the target with the kernels that there
  /// are; and there once the remedy is done.
  KnownOr<double> sourceSeconds = 0.0;
  KnownOr<double> targetSeconds = 0.0;
  KnownOr<double> remediedSeconds = 0.0;
  /// Of a change of precision: times on the target with each substitute, in the
  /// order of the judgement's.
  std::vector<std::pair<ElementType, KnownOr<double>>> substituteSeconds;
};

/// One fact about one distinct signature.
struct Finding {
  const PortingRule *rule = nullptr;
  /// The signature, for people and for programs.
  std::string op;
  /// Of the signature; empty for advice and for findings on the whole graph.
  std::string signature;
  /// What tells findings apart.
  std::string key;
  std::string reason;
  std::string remedy;
  std::vector<const CatalogueRow *> evidence;
  std::vector<TypeSubstitution> substitutions;
  std::vector<std::string> unchecked;
  std::vector<std::string> steps;
  /// Places in the text, each once, in program order.
  std::vector<std::string> locations;
  /// One per location; of no file where none is known.
  std::vector<FileLocation> places;
  /// Of the kernels that it is about, ascending: how many the graph has before
  /// each.
  std::vector<size_t> positions;
  /// Ops, or kernels, in the text.
  size_t occurrences = 0;
  KnownOr<Count> launches = Count(0);
  /// Sums over the occurrences. Unknown where one of them is.
  KnownOr<double> sourceSeconds = 0.0;
  KnownOr<double> targetSeconds = 0.0;
  KnownOr<double> remediedSeconds = 0.0;
  std::vector<std::pair<ElementType, KnownOr<double>>> substituteSeconds;
  /// Of the source's time of all ops that have one; absent where that is zero,
  /// or this one's time is unknown.
  std::optional<double> sourceShare;
  /// Whether it is what becomes of the signature, rather than advice.
  bool isVerdict = true;
  /// Counted in the total of `PortingResult`: of a signature once, for that of
  /// its verdicts that takes most, and of a rule that is paid once for one.
  Days effort;

  PortingStatus status() const { return rule->status; }
};

/// Shares between 0 and 1 of what runs fast without a kernel being written
/// (`isCovered`); absent where unknowable. What is unknown is not covered.
struct PortingCoverage {
  std::optional<double> signatures;
  std::optional<double> occurrences;
  std::optional<double> operations;
  std::optional<double> bytes;
  std::optional<double> sourceTime;
  /// Of the source's time, or of occurrences where no time is known: what the
  /// catalogue does not speak of.
  double unknown = 0;
};

/// How ready a graph is for its target, best first.
enum class PortingGrade { A, B, C, D, E };

llvm::StringRef stringify(PortingGrade grade);
std::optional<PortingGrade> parsePortingGrade(llvm::StringRef text);

/// What a grade asks for; the best one whose thresholds are met is given.
struct GradeThreshold {
  PortingGrade grade;
  /// Least share that is covered, of source time (of occurrences where no time
  /// is known).
  double covered;
  /// Largest share that the catalogue does not speak of.
  double unknown;
  bool allowsBlockers;
  /// Whether it is given where the source's time of nothing is known.
  bool allowsNoTimes;
  llvm::StringLiteral meaning;
};
llvm::ArrayRef<GradeThreshold> gradeThresholds();

struct PortingResult {
  /// Verdicts and advice: worst status first, then by share of the source's
  /// time, then by key.
  std::vector<Finding> findings;
  PortingCoverage coverage;
  /// Sum over findings. A signature of which nothing is known counts as one
  /// whose kernel has to be written.
  Days effort;
  PortingGrade grade = PortingGrade::E;
  /// `covers 97.2 % of the source's time, B asks for 99 %`.
  std::string gradeReason;
  /// Indices of findings that a remedy makes faster, most time saved per day
  /// first.
  std::vector<size_t> worklist;
};

/// Puts `ops` together. `graphFindings` are about the graph as a whole, such as
/// its memory; they have their reasons and effort already.
PortingResult summarize(llvm::ArrayRef<JudgedOp> ops,
                        const EffortTable &efforts,
                        std::vector<Finding> graphFindings = {});

} // namespace roofline

#endif // ROOFLINE_PORTING_PORTINGRESULT_H
