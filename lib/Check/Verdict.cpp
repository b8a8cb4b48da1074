//===- Verdict.cpp - Whether models keep their budget ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Check/Verdict.h"

#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>

namespace roofline {

namespace {

/// Culprits that are named.
constexpr size_t maxCulprits = 3;

const TargetSummary *findTarget(const Report &report, llvm::StringRef name) {
  for (const TargetSummary &target : report.targets)
    if (target.name == name)
      return &target;
  return nullptr;
}

/// Holds one report against its limits.
class Judge {
public:
  Judge(const Report &report, const Report *baseline,
        std::optional<double> minCoverage, ModelVerdict &verdict)
      : report(report), baseline(baseline), minCoverage(minCoverage),
        verdict(verdict) {}

  void add(const Limit &limit, llvm::StringRef target);

private:
  void judgeValue(LimitVerdict &result) const;
  void judgeBound(LimitVerdict &result) const;
  void findPlace(LimitVerdict &result) const;
  std::string incompleteness(const LimitVerdict &result,
                             bool isLowerBound) const;

  const Report &report;
  const Report *baseline;
  std::optional<double> minCoverage;
  ModelVerdict &verdict;
};

void Judge::add(const Limit &limit, llvm::StringRef target) {
  LimitVerdict &result = verdict.limits.emplace_back();
  result.limit = limit;
  result.target = target.str();
  if (limit.measure)
    judgeValue(result);
  else
    judgeBound(result);
  if (result.outcome != Outcome::Kept)
    findPlace(result);
}

/// Why a value that keeps its limit does not show that the model does; empty
/// where it does.
std::string Judge::incompleteness(const LimitVerdict &result,
                                  bool isLowerBound) const {
  if (!isLowerBound)
    return "";
  if (minCoverage)
    return verdict.coverageProblem;
  if (!result.limit.isRelative)
    return "the result leaves something out; accept that by --min-coverage, or "
           "model it";
  // What both leave out makes no difference between them.
  std::string difference =
      differenceInCoverage(*baseline, report, result.target);
  return difference.empty()
             ? difference
             : "the result leaves out other things than the baseline: " +
                   difference;
}

void Judge::judgeValue(LimitVerdict &result) const {
  const Measure &measure = *result.limit.measure;
  auto measureOf = [&](const Report &which) {
    return measure.measure(which, measure.isPerTarget
                                      ? findTarget(which, result.target)
                                      : nullptr);
  };
  Measured measured = measureOf(report);
  result.value = measured.value;
  auto leaveUndecided = [&](const std::string &reason) {
    result.outcome = Outcome::Undecided;
    result.reason = reason;
  };
  if (!result.limit.isRelative) {
    result.allowed = result.limit.value;
  } else {
    Measured before = measureOf(*baseline);
    result.baseline = before.value;
    // Nothing is known of what may have changed, but that nothing else has.
    if (!before.value && !measured.value && !minCoverage &&
        differenceInCoverage(*baseline, report, result.target).empty()) {
      result.reason = "the baseline leaves out the same";
      return;
    }
    if (!before.value)
      return leaveUndecided("the baseline does not know it: " +
                            before.value.unknown().reason);
    result.allowed = *before.value * (1 + result.limit.value);
  }
  if (!measured.value)
    return leaveUndecided("it is not known: " +
                          measured.value.unknown().reason);
  // Times that print as the same digits are the same time.
  bool isKept =
      isSameValue(*measured.value, *result.allowed, measure.dimension) ||
      (measure.sense == Sense::AtMost ? *measured.value <= *result.allowed
                                      : *measured.value >= *result.allowed);
  if (!isKept) {
    result.outcome = Outcome::Exceeded;
    const TargetSummary *target = findTarget(report, result.target);
    if (target && !result.limit.isRelative && measure.name() != "time.roof" &&
        measure.dimension == Dimension::Time &&
        target->graphRoof.seconds > *result.allowed)
      result.reason = "no kernels can keep it: the graph roof alone is " +
                      scaled(target->graphRoof.seconds, "s");
    return;
  }
  if (std::string reason = incompleteness(result, measured.isLowerBound);
      !reason.empty())
    leaveUndecided(reason);
}

void Judge::judgeBound(LimitVerdict &result) const {
  auto boundOf = [&](const Report &which) {
    const TargetSummary *target = findTarget(which, result.target);
    return target->graphRoof.bound ? target->graphRoof.bound->str()
                                   : std::string("nothing");
  };
  result.bound = boundOf(report);
  result.allowedBound =
      result.limit.bound ? result.limit.bound->str() : boundOf(*baseline);
  if (result.bound != result.allowedBound)
    result.outcome = Outcome::Exceeded;
}

/// Finds which kernels made the value worse than the baseline's, and where to
/// look.
void Judge::findPlace(LimitVerdict &result) const {
  if (result.outcome == Outcome::Undecided && !verdict.leftOut.empty()) {
    result.place = verdict.leftOut.front().place;
    return;
  }
  // Kernels are told apart by what they take on a target.
  if (verdict.diff && !verdict.diff->targets.empty()) {
    const ReportDiff &diff = *verdict.diff;
    size_t target = 0;
    for (auto [index, change] : llvm::enumerate(diff.targets))
      if (change.name == result.target)
        target = index;
    auto worsening = [&](size_t kernel) {
      const KernelChange &change = diff.kernels[kernel];
      return change.times.empty() ? 0.0
                                  : change.times[target].effect().value_or(0);
    };
    for (size_t kernel = 0; kernel < diff.kernels.size(); ++kernel)
      if (worsening(kernel) > 0)
        result.culprits.push_back(kernel);
    llvm::stable_sort(result.culprits, [&](size_t lhs, size_t rhs) {
      return worsening(lhs) > worsening(rhs);
    });
    if (result.culprits.size() > maxCulprits)
      result.culprits.resize(maxCulprits);
    if (!result.culprits.empty())
      result.place = diff.kernels[result.culprits.front()].places.front();
  }
  if (!result.place && !report.kernels.empty())
    result.place = placeOf(report, report.kernels.front(), 0);
}

/// Fails where a baseline is of other options than the report.
llvm::Error checkComparable(const Report &report, const Report &baseline,
                            const std::string &file, const LimitSet &limits) {
  auto fail = [&](const llvm::Twine &message) {
    return makeFileError({file, 0, 0}, message);
  };
  const KernelSummary &now = report.kernelSummary,
                      &before = baseline.kernelSummary;
  if (now.fusion != before.fusion)
    return fail(
        "the baseline forms kernels by --fusion=" + stringify(before.fusion) +
        ", the model by --fusion=" + stringify(now.fusion) +
        "; use the same for both");
  if (now.launching != before.launching)
    return fail("the baseline launches kernels by --launch=" +
                stringify(before.launching) + ", the model by --launch=" +
                stringify(now.launching) + "; use the same for both");
  for (const TargetLimits &target : limits.targets)
    if (llvm::any_of(
            target.limits,
            [](const Limit &limit) { return limit.needsBaseline(); }) &&
        !findTarget(baseline, target.name))
      return fail("the baseline was saved without target '" + target.name +
                  "', which the budget limits relative to it at " +
                  target.where.str() +
                  "; save it with --target=" + target.name);
  return llvm::Error::success();
}

void addLeftOut(const Report &report, llvm::ArrayRef<LeftOutRow> rows,
                bool isUncounted, std::vector<LeftOutFinding> &findings) {
  for (const LeftOutRow &row : rows) {
    LeftOutFinding &finding = findings.emplace_back();
    finding.row = row;
    finding.isUncounted = isUncounted;
    finding.place.location = row.location;
    if (row.place) {
      finding.place.file = report.sourceFiles[row.place->file];
      finding.place.line = row.place->line;
      finding.place.column = row.place->column;
    }
  }
}

} // namespace

llvm::StringRef stringify(Outcome outcome) {
  switch (outcome) {
  case Outcome::Kept:
    return "kept";
  case Outcome::Undecided:
    return "undecided";
  case Outcome::Exceeded:
    return "exceeded";
  }
  return "";
}

Outcome ModelVerdict::outcome() const {
  Outcome worst = coverageProblem.empty() ? Outcome::Kept : Outcome::Undecided;
  for (const LimitVerdict &limit : limits)
    worst = std::max(worst, limit.outcome);
  return worst;
}

Outcome Verdict::outcome() const {
  Outcome worst = Outcome::Kept;
  for (const ModelVerdict &model : models)
    worst = std::max(worst, model.outcome());
  return worst;
}

std::string coverageBelow(const Report &report, double minCoverage) {
  for (auto [what, share] : {std::pair("ops", report.coverage.ops),
                             std::pair("bytes", report.coverage.bytes)}) {
    // Without ops there is nothing to cover.
    if (!share && report.model.ops == 0)
      continue;
    if (!share && minCoverage > 0)
      return std::string("coverage by ") + what +
             " cannot be known, because of what is left out";
    if (share && *share < minCoverage)
      return std::string("coverage by ") + what + " is " + percent(*share) +
             ", less than " + percent(minCoverage);
  }
  return "";
}

llvm::Expected<ModelVerdict> judge(const Report &report, const Report *baseline,
                                   const std::string &baselineFile,
                                   const LimitSet &limits,
                                   std::optional<double> minCoverage) {
  ModelVerdict verdict;
  verdict.file = report.model.file;
  verdict.entry = report.model.entry;
  verdict.coveredOps = report.coverage.ops;
  verdict.coveredBytes = report.coverage.bytes;
  if (baseline) {
    verdict.baselineFile = baselineFile;
    if (llvm::Error error =
            checkComparable(report, *baseline, baselineFile, limits))
      return error;
    llvm::Expected<ReportDiff> diff = diffReports(*baseline, report);
    if (!diff)
      return diff.takeError();
    verdict.diff = std::move(*diff);
  }
  if (minCoverage)
    verdict.coverageProblem = coverageBelow(report, *minCoverage);
  addLeftOut(report, report.coverage.unmodelled, false, verdict.leftOut);
  addLeftOut(report, report.coverage.uncounted, true, verdict.leftOut);
  Judge judge(report, baseline, minCoverage, verdict);
  for (const TargetLimits &target : limits.targets)
    for (const Limit &limit : target.limits)
      judge.add(limit, target.name);
  for (const Limit &limit : limits.limits)
    judge.add(limit, "");
  return verdict;
}

} // namespace roofline
