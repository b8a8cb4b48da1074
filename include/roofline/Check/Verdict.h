//===- Verdict.h - Whether models keep their budget -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CHECK_VERDICT_H
#define ROOFLINE_CHECK_VERDICT_H

#include "roofline/Check/Budget.h"
#include "roofline/Check/ReportDiff.h"

namespace roofline {

/// What became of a limit, from good to bad.
enum class Outcome {
  Kept,
  /// The result leaves out too much to tell.
  Undecided,
  Exceeded,
};

llvm::StringRef stringify(Outcome outcome);

/// What became of one limit.
struct LimitVerdict {
  Limit limit;
  /// Empty where the limit is the same on every target.
  std::string target;
  Outcome outcome = Outcome::Kept;
  KnownOr<double> value = 0.0;
  /// The value of the baseline, where the limit is relative to it.
  std::optional<KnownOr<double>> baseline;
  /// What the value may be; absent where that is not known, and for words.
  std::optional<double> allowed;
  /// Bounds and grades as text, where the limit is one: now, and what it may
  /// be.
  std::string word;
  std::string allowedWord;
  /// Why it is undecided, or what else there is to say.
  std::string reason;
  /// What made the value worse than the baseline's: indices into the kernels of
  /// the comparison, worst first.
  std::vector<size_t> culprits;
  /// Of a limit on moving the model: the findings that stand in the way most.
  std::vector<PortFinding> findings;
  /// Where to look: the worst culprit, else the kernel that takes most time;
  /// what is left out where the limit is undecided.
  std::optional<KernelPlace> place;
};

/// Ops that the result leaves out.
struct LeftOutFinding {
  LeftOutRow row;
  KernelPlace place;
  /// True of ops that run an unknown number of times.
  bool isUncounted = false;
};

/// A finding of moving a model.
struct PortedFinding {
  /// Names of targets.
  std::string from;
  std::string to;
  PortFinding finding;
  /// One per location of the finding.
  std::vector<KernelPlace> places;
};

/// The findings of `port`, one of those of `report`.
std::vector<PortedFinding> findingsOf(const Report &report,
                                      const PortSummary &port);

/// What became of the limits of one model.
struct ModelVerdict {
  /// As the user named it.
  std::string file;
  std::string entry;
  std::string baselineFile;
  std::vector<LimitVerdict> limits;
  /// Present where there is a baseline.
  std::optional<ReportDiff> diff;
  std::vector<LeftOutFinding> leftOut;
  /// All of moving it, where the budget says from where.
  std::vector<PortedFinding> findings;
  /// Shares between 0 and 1; absent where they cannot be known.
  std::optional<double> coveredOps;
  std::optional<double> coveredBytes;
  /// Why the coverage is too low; empty where it is not.
  std::string coverageProblem;

  Outcome outcome() const;
};

/// What became of a budget.
struct Verdict {
  std::string budgetFile;
  std::string toolVersion;
  std::vector<ModelVerdict> models;
  /// What a reader should know.
  std::vector<std::string> notes;

  Outcome outcome() const;
};

/// Why `report` covers less than `minCoverage`, a share between 0 and 1, of ops
/// or of bytes; empty where it does not. A share that cannot be known reaches
/// no minimum.
std::string coverageBelow(const Report &report, double minCoverage);

/// Holds `report` against `limits`. Limits that are relative need `baseline`,
/// which was saved to `baselineFile`. A result that leaves something out
/// decides a limit only where the limit is exceeded anyway, where the baseline
/// leaves out the same, or where `minCoverage` is given and reached. Fails,
/// with a message ready to print, on a baseline that cannot be compared with.
llvm::Expected<ModelVerdict> judge(const Report &report, const Report *baseline,
                                   const std::string &baselineFile,
                                   const LimitSet &limits,
                                   std::optional<double> minCoverage);

} // namespace roofline

#endif // ROOFLINE_CHECK_VERDICT_H
