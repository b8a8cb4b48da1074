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
  void judgeBoundChanges(LimitVerdict &result) const;
  void judgeGrade(LimitVerdict &result) const;
  std::vector<size_t> findWorsened(size_t target) const;
  void findPlace(LimitVerdict &result) const;
  void findFindings(LimitVerdict &result) const;
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
  switch (limit.kind) {
  case LimitKind::Value:
    judgeValue(result);
    break;
  case LimitKind::Bound:
    judgeBound(result);
    break;
  case LimitKind::BoundChanges:
    judgeBoundChanges(result);
    break;
  case LimitKind::Grade:
    judgeGrade(result);
    break;
  }
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
    return measure.measure(which, measure.isPerTarget()
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
  result.word = boundOf(report);
  result.allowedWord =
      result.limit.bound ? result.limit.bound->str() : boundOf(*baseline);
  if (result.word != result.allowedWord)
    result.outcome = Outcome::Exceeded;
}

void Judge::judgeBoundChanges(LimitVerdict &result) const {
  for (const TargetChange &target : verdict.diff->targets)
    if (target.name == result.target)
      result.value = static_cast<double>(target.boundChanges);
  result.allowed = result.limit.value;
  if (*result.value > *result.allowed)
    result.outcome = Outcome::Exceeded;
}

void Judge::judgeGrade(LimitVerdict &result) const {
  PortingGrade grade = findPort(report, result.target)->grade;
  PortingGrade least = result.limit.grade
                           ? *result.limit.grade
                           : findPort(*baseline, result.target)->grade;
  result.word = stringify(grade).str();
  result.allowedWord = stringify(least).str();
  // A is the best.
  if (least < grade) {
    result.outcome = Outcome::Exceeded;
    result.reason = findPort(report, result.target)->gradeReason;
  }
}

/// Kernels that take more time on `target` than in the baseline, worst first.
std::vector<size_t> Judge::findWorsened(size_t target) const {
  const ReportDiff &diff = *verdict.diff;
  auto worsening = [&](size_t kernel) {
    const KernelChange &change = diff.kernels[kernel];
    return change.times.empty() ? 0.0
                                : change.times[target].effect().value_or(0);
  };
  std::vector<size_t> worsened;
  for (size_t kernel = 0; kernel < diff.kernels.size(); ++kernel)
    if (worsening(kernel) > 0)
      worsened.push_back(kernel);
  llvm::stable_sort(worsened, [&](size_t lhs, size_t rhs) {
    return worsening(lhs) > worsening(rhs);
  });
  return worsened;
}

/// Finds which findings stand in the way of moving the model: those that are
/// new, else those that take most work, blockers before all.
void Judge::findFindings(LimitVerdict &result) const {
  const PortSummary *port = findPort(report, result.target);
  if (!port)
    return;
  auto add = [&](const PortFinding &finding) {
    if (result.findings.size() < maxCulprits)
      result.findings.push_back(finding);
  };
  if (verdict.diff)
    for (const FindingChange &change : verdict.diff->findings)
      if (change.target == result.target &&
          change.kind != KernelChange::Kind::Removed &&
          change.finding.level != EffortLevel::None)
        add(change.finding);
  if (result.findings.empty()) {
    std::vector<const PortFinding *> costly;
    for (const PortFinding &finding : port->findings)
      if (finding.level != EffortLevel::None)
        costly.push_back(&finding);
    llvm::stable_sort(
        costly, [](const PortFinding *lhs, const PortFinding *rhs) {
          auto weight = [](const PortFinding &finding) {
            return std::pair(finding.level == EffortLevel::Blocker,
                             finding.effort.high);
          };
          return weight(*lhs) > weight(*rhs);
        });
    for (const PortFinding *finding : costly)
      add(*finding);
  }
  if (result.findings.empty())
    return;
  // A finding of the old report may be numbered by other files.
  for (const PortFinding &finding : port->findings)
    if (finding.key == result.findings.front().key && !finding.places.empty())
      result.place = placesOf(report, finding).front();
}

/// Finds which kernels made the value worse than the baseline's, and where to
/// look.
void Judge::findPlace(LimitVerdict &result) const {
  if (result.outcome == Outcome::Undecided && !verdict.leftOut.empty()) {
    result.place = verdict.leftOut.front().place;
    return;
  }
  if (result.limit.needsPort()) {
    findFindings(result);
    return;
  }
  // Kernels are told apart by what they take on a target.
  if (verdict.diff && !verdict.diff->targets.empty()) {
    const ReportDiff &diff = *verdict.diff;
    size_t target = 0;
    for (auto [index, change] : llvm::enumerate(diff.targets))
      if (change.name == result.target)
        target = index;
    if (result.limit.kind == LimitKind::BoundChanges) {
      for (size_t kernel = 0; kernel < diff.kernels.size(); ++kernel)
        if (diff.kernels[kernel].hasOtherBound[target])
          result.culprits.push_back(kernel);
    } else {
      result.culprits = findWorsened(target);
    }
    if (result.culprits.size() > maxCulprits)
      result.culprits.resize(maxCulprits);
    if (!result.culprits.empty())
      result.place = diff.kernels[result.culprits.front()].places.front();
  }
  if (!result.place && !report.kernels.empty())
    result.place = placeOf(report, report.kernels.front(), 0);
}

/// Fails where a report lacks a port that is limited, or a baseline has another
/// one.
llvm::Error checkPorts(const Report &report, const Report *baseline,
                       const std::string &baselineFile,
                       const LimitSet &limits) {
  for (const TargetLimits &target : limits.targets)
    for (const Limit &limit : target.limits) {
      if (!limit.needsPort())
        continue;
      const std::string &from = limits.from->text;
      const PortSummary *port = findPort(report, target.name);
      if (!port || port->from != from)
        return makeFileError(
            limit.where, llvm::Twine("the report of '") + report.model.file +
                             "' does not say what moving from '" + from +
                             "' to '" + target.name +
                             "' takes; save it with --from=" + from);
      if (!limit.needsBaseline())
        continue;
      const PortSummary *before = findPort(*baseline, target.name);
      if (!before || before->from != from)
        return makeFileError(
            {baselineFile, 0, 0},
            llvm::Twine("the baseline does not say what moving "
                        "from '") +
                from + "' to '" + target.name +
                "' takes, which the budget limits relative to "
                "it at " +
                limit.where.str() + "; save it with --from=" + from);
      if (before->releases != port->releases ||
          before->includesCommunity != port->includesCommunity ||
          before->days != port->days)
        return makeFileError(
            {baselineFile, 0, 0},
            "the baseline assumes other software or person-days of moving to "
            "'" +
                target.name +
                "' than the model; use the same --release, "
                "--no-community and --effort-file for both");
    }
  return llvm::Error::success();
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

/// What stands in the way of moving the model to the targets of a budget.
void addFindings(const Report &report, const LimitSet &limits,
                 std::vector<PortedFinding> &findings) {
  if (!limits.from)
    return;
  for (const TargetLimits &target : limits.targets)
    if (const PortSummary *port = findPort(report, target.name))
      llvm::append_range(findings, findingsOf(report, *port));
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

std::vector<PortedFinding> findingsOf(const Report &report,
                                      const PortSummary &port) {
  std::vector<PortedFinding> findings;
  findings.reserve(port.findings.size());
  for (const PortFinding &finding : port.findings)
    findings.push_back(
        {port.from, port.to, finding, placesOf(report, finding)});
  return findings;
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
  if (llvm::Error error = checkPorts(report, baseline, baselineFile, limits))
    return error;
  addFindings(report, limits, verdict.findings);
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
