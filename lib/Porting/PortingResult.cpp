//===- PortingResult.cpp - What it takes to move a graph ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/PortingResult.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>

namespace roofline {

namespace {

// What is ready for work, and what a team would want to know before it promises
// a date: our own judgement (P5 of docs/Porting.md).
constexpr GradeThreshold thresholds[] = {
    {PortingGrade::A, 0.99, 0, /*allowsBlockers=*/false,
     /*allowsNoTimes=*/false, "runs on existing kernels, nothing unknown"},
    {PortingGrade::B, 0.95, 0.01, /*allowsBlockers=*/false,
     /*allowsNoTimes=*/false, "a few kernels to write or to find out about"},
    {PortingGrade::C, 0.80, 0.05, /*allowsBlockers=*/false,
     /*allowsNoTimes=*/true, "a project of its own"},
    {PortingGrade::D, 0.50, 0.20, /*allowsBlockers=*/false,
     /*allowsNoTimes=*/true, "much of the time runs on what is not there yet"},
    {PortingGrade::E, 0, 1, /*allowsBlockers=*/true,
     /*allowsNoTimes=*/true, "blocked, mostly missing, or not known"},
};

template <typename T> void addTo(KnownOr<T> &sum, const KnownOr<T> &value) {
  if (!sum)
    return;
  if (!value)
    sum = value.unknown();
  else
    *sum = *sum + *value;
}

/// A share of which the parts and the whole are added up.
struct Share {
  double part = 0;
  double whole = 0;

  void add(double amount, bool counts) {
    whole += amount;
    part += counts ? amount : 0;
  }
  std::optional<double> get() const {
    if (whole <= 0)
      return std::nullopt;
    return part / whole;
  }
};

/// Puts equal findings together.
class FindingTable {
public:
  /// The finding of `key`, new or with what it has by now, with `op` counted.
  /// Ops come in the order of their kernels.
  Finding &add(const std::string &key, const PortingRule &rule,
               const JudgedOp &op) {
    auto [it, isNew] = indexOf.try_emplace(key, findings.size());
    if (isNew) {
      findings.emplace_back();
      findings.back().rule = &rule;
      findings.back().key = key;
    }
    Finding &finding = findings[it->second];
    if (places.insert(key + "@" + op.location).second) {
      finding.locations.push_back(op.location);
      finding.places.push_back(op.place);
    }
    if (op.position &&
        (finding.positions.empty() || finding.positions.back() < *op.position))
      finding.positions.push_back(*op.position);
    ++finding.occurrences;
    addTo(finding.launches, op.launches);
    addTo(finding.sourceSeconds, op.sourceSeconds);
    addTo(finding.targetSeconds, op.targetSeconds);
    return finding;
  }
  std::vector<Finding> take() { return std::move(findings); }

private:
  std::vector<Finding> findings;
  llvm::StringMap<size_t> indexOf;
  llvm::StringSet<> places;
};

void addVerdict(FindingTable &table, const JudgedOp &op) {
  const Judgement &judgement = op.judgement;
  // What one kernel does is one thing, whatever ops are in it.
  bool hasParts =
      judgement.runsInParts || PortingStatus::Library < judgement.status();
  std::string key = op.signature.key(hasParts) + "#" + judgement.rule->id.str();
  if (!judgement.evidence.empty())
    key += "#" + judgement.evidence.front()->id;
  Finding &finding = table.add(key, *judgement.rule, op);
  if (finding.occurrences == 1) {
    finding.op = op.signature.str();
    finding.signature = op.signature.key();
    finding.reason = judgement.reason;
    finding.remedy = judgement.remedy;
    finding.evidence.assign(judgement.evidence.begin(),
                            judgement.evidence.end());
    finding.substitutions = judgement.substitutions;
    finding.unchecked = judgement.unchecked;
    finding.steps = judgement.steps;
    for (const auto &[type, seconds] : op.substituteSeconds)
      finding.substituteSeconds.emplace_back(type, 0.0);
  }
  // Extents differ among what has one signature: of reasons that differ, the
  // first in the alphabet stands for all, whatever the order of ops.
  if (judgement.reason < finding.reason) {
    finding.reason = judgement.reason;
    finding.steps = judgement.steps;
  }
  addTo(finding.remediedSeconds, op.remediedSeconds);
  for (auto [sum, one] :
       llvm::zip(finding.substituteSeconds, op.substituteSeconds))
    addTo(sum.second, one.second);
}

void addAdvice(FindingTable &table, const JudgedOp &op) {
  for (const Advice &advice : op.advice) {
    // Advice that is followed once is given once.
    std::string key = advice.rule->id.str() + "#" + advice.reason;
    Finding &finding = table.add(key, *advice.rule, op);
    finding.isVerdict = false;
    finding.reason = advice.reason;
    addTo(finding.remediedSeconds, op.targetSeconds);
    std::string name = op.signature.str();
    if (finding.op.empty() || name < finding.op)
      finding.op = name;
  }
}

/// Shares of what is covered, and the least that they may be.
struct Coverages {
  PortingCoverage coverage;
  /// Of source time; where nothing takes any, of occurrences.
  double leastCovered = 0;
  /// Whether the time of anything is known.
  bool hasTimes = true;
};

Coverages measureCoverage(llvm::ArrayRef<JudgedOp> ops,
                          llvm::ArrayRef<Finding> findings) {
  Share signatures, occurrences, operations, bytes, time;
  Share unknownTime, unknownOccurrences;
  bool allOperations = true, allBytes = true, allTime = true;
  bool hasUntimedGap = false;
  for (const Finding &finding : findings)
    if (finding.isVerdict)
      signatures.add(1, isCovered(finding.status()));
  for (const JudgedOp &op : ops) {
    bool covered = isCovered(op.judgement.status());
    bool isUnknown = op.judgement.status() == PortingStatus::Unknown;
    occurrences.add(1, covered);
    unknownOccurrences.add(1, isUnknown);
    allOperations &= op.operations.isKnown();
    if (op.operations)
      operations.add(op.operations->asDouble(), covered);
    allBytes &= op.bytes.isKnown();
    if (op.bytes)
      bytes.add(op.bytes->asDouble(), covered);
    allTime &= op.sourceSeconds.isKnown();
    hasUntimedGap |= !op.sourceSeconds && !covered;
    if (op.sourceSeconds) {
      time.add(*op.sourceSeconds, covered);
      unknownTime.add(*op.sourceSeconds, isUnknown);
    }
  }
  Coverages result;
  result.coverage.signatures = signatures.get();
  result.coverage.occurrences = occurrences.get();
  if (allOperations)
    result.coverage.operations = operations.get();
  if (allBytes)
    result.coverage.bytes = bytes.get();
  if (allTime)
    result.coverage.sourceTime = time.get();
  std::optional<double> share = time.get();
  result.coverage.unknown = share ? unknownTime.get().value_or(0)
                                  : unknownOccurrences.get().value_or(0);
  result.leastCovered = share ? *share : occurrences.get().value_or(1);
  result.hasTimes = allTime || share;
  // What is missing and takes nobody knows how long may be nearly all of it.
  if (hasUntimedGap)
    result.leastCovered = 0;
  return result;
}

/// Work is done once: for a signature what its dearest verdict takes, for
/// advice and the whole graph once per rule.
void payFor(PortingResult &result, const EffortTable &efforts) {
  llvm::SmallPtrSet<const PortingRule *, 8> paidRules;
  llvm::StringMap<Finding *> dearestOf;
  for (Finding &finding : result.findings) {
    Days days = efforts.days(*finding.rule);
    if (finding.signature.empty()) {
      if (paidRules.insert(finding.rule).second)
        finding.effort = days;
      continue;
    }
    Finding *&dearest = dearestOf[finding.signature];
    if (dearest && days.high <= dearest->effort.high)
      continue;
    if (dearest)
      dearest->effort = Days();
    finding.effort = days;
    dearest = &finding;
  }
  for (const Finding &finding : result.findings) {
    result.effort.low += finding.effort.low;
    result.effort.high += finding.effort.high;
  }
}

std::string percent(double share) {
  return llvm::formatv("{0:f1} %", 100 * share).str();
}

void grade(PortingResult &result, const Coverages &coverages) {
  const double leastCovered = coverages.leastCovered;
  bool isBlocked = llvm::any_of(result.findings, [](const Finding &finding) {
    return finding.status() == PortingStatus::Blocked;
  });
  auto meets = [&](const GradeThreshold &threshold) {
    return leastCovered >= threshold.covered &&
           result.coverage.unknown <= threshold.unknown &&
           (!isBlocked || threshold.allowsBlockers) &&
           (coverages.hasTimes || threshold.allowsNoTimes);
  };
  const GradeThreshold *met = llvm::find_if(thresholds, meets);
  result.grade = met->grade;
  std::string covered =
      leastCovered > 0
          ? percent(leastCovered) + " of the time is covered"
          : std::string("how much of the time is covered is not known");
  if (isBlocked)
    result.gradeReason = "something is blocked";
  else
    result.gradeReason =
        coverages.hasTimes ? covered : "no time on the source is known";
  if (result.coverage.unknown > 0)
    result.gradeReason += ", " + percent(result.coverage.unknown) +
                          " of it is not in the catalogue";
  if (met != std::begin(thresholds) && !isBlocked) {
    const GradeThreshold &next = met[-1];
    result.gradeReason += ("; " + stringify(next.grade) + " asks for ").str() +
                          percent(next.covered) + " and at most " +
                          percent(next.unknown) + " unknown";
  }
}

/// Days of work that make the finding's ops as fast as they may be.
Days remedyDays(const Finding &finding, const EffortTable &efforts) {
  // What runs in parts needs nothing; to make it faster is to write a kernel.
  return finding.status() == PortingStatus::MissingFusion
             ? efforts.days(EffortLevel::High)
             : efforts.days(*finding.rule);
}

std::vector<size_t> makeWorklist(llvm::ArrayRef<Finding> findings,
                                 const EffortTable &efforts) {
  struct Item {
    size_t index;
    /// What has to be done for the graph to run comes first.
    bool isNeeded;
    double gain;
  };
  std::vector<Item> items;
  for (const auto &[index, finding] : llvm::enumerate(findings)) {
    if (!finding.isVerdict || finding.status() == PortingStatus::Blocked)
      continue;
    Days days = remedyDays(finding, efforts);
    double mean = (days.low + days.high) / 2;
    if (mean <= 0)
      continue;
    bool isNeeded = finding.status() != PortingStatus::MissingFusion;
    double saved = finding.targetSeconds && finding.remediedSeconds
                       ? *finding.targetSeconds - *finding.remediedSeconds
                       : 0;
    if (!isNeeded && saved <= 0)
      continue;
    double gain = isNeeded ? finding.sourceShare.value_or(1) : saved;
    items.push_back({index, isNeeded, gain / mean});
  }
  llvm::stable_sort(items, [](const Item &lhs, const Item &rhs) {
    return std::make_pair(!lhs.isNeeded, -lhs.gain) <
           std::make_pair(!rhs.isNeeded, -rhs.gain);
  });
  std::vector<size_t> list;
  list.reserve(items.size());
  for (const Item &item : items)
    list.push_back(item.index);
  return list;
}

} // namespace

llvm::StringRef stringify(PortingGrade grade) {
  static constexpr llvm::StringLiteral names[] = {"A", "B", "C", "D", "E"};
  return names[static_cast<size_t>(grade)];
}

std::optional<PortingGrade> parsePortingGrade(llvm::StringRef text) {
  for (const GradeThreshold &threshold : thresholds)
    if (stringify(threshold.grade) == text)
      return threshold.grade;
  return std::nullopt;
}

llvm::ArrayRef<GradeThreshold> gradeThresholds() { return thresholds; }

PortingResult summarize(llvm::ArrayRef<JudgedOp> ops,
                        const EffortTable &efforts,
                        std::vector<Finding> graphFindings) {
  FindingTable table;
  double sourceSeconds = 0;
  for (const JudgedOp &op : ops) {
    addVerdict(table, op);
    addAdvice(table, op);
    if (op.sourceSeconds)
      sourceSeconds += *op.sourceSeconds;
  }

  PortingResult result;
  result.findings = table.take();
  for (Finding &finding : result.findings)
    if (finding.sourceSeconds && sourceSeconds > 0)
      finding.sourceShare = *finding.sourceSeconds / sourceSeconds;
  Coverages coverages = measureCoverage(ops, result.findings);
  result.coverage = coverages.coverage;
  llvm::append_range(result.findings, graphFindings);

  // Nothing of the order depends on that of the ops.
  llvm::sort(result.findings, [](const Finding &lhs, const Finding &rhs) {
    auto orderOf = [](const Finding &finding) {
      return std::make_tuple(
          -static_cast<int>(finding.status()), !finding.isVerdict,
          -finding.sourceShare.value_or(0), llvm::StringRef(finding.key));
    };
    return orderOf(lhs) < orderOf(rhs);
  });

  payFor(result, efforts);
  grade(result, coverages);
  result.worklist = makeWorklist(result.findings, efforts);
  return result;
}

} // namespace roofline
