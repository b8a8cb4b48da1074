//===- VerdictText.cpp - Words for verdicts -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Check/VerdictText.h"

#include "PlainText.h"

#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/StringExtras.h"

namespace roofline {

std::string limitTitle(const LimitVerdict &limit) {
  std::string title;
  switch (limit.limit.kind) {
  case LimitKind::Value:
    title = limit.limit.measure->title.str();
    break;
  case LimitKind::Bound:
    title = "bound of the graph roof";
    break;
  case LimitKind::BoundChanges:
    title = "number of kernels with another bound";
    break;
  case LimitKind::Grade:
    title = "grade of moving the model";
    break;
  }
  if (limit.limit.needsPort())
    return title + " to " + limit.target;
  return limit.target.empty() ? title : title + " on " + limit.target;
}

std::string limitValue(const LimitVerdict &limit) {
  switch (limit.limit.kind) {
  case LimitKind::Value:
    return valueText(limit.value, *limit.limit.measure);
  case LimitKind::BoundChanges:
    return measureText(*limit.value, Dimension::Count);
  case LimitKind::Bound:
  case LimitKind::Grade:
    return limit.word;
  }
  return "";
}

namespace {

/// `12.47 ms, +1 % of 12.35 ms`.
std::string allowedText(const LimitVerdict &limit) {
  switch (limit.limit.kind) {
  case LimitKind::Value:
    break;
  case LimitKind::BoundChanges:
    return measureText(*limit.allowed, Dimension::Count);
  case LimitKind::Bound:
  case LimitKind::Grade:
    return limit.allowedWord +
           (limit.limit.needsBaseline() ? " as before" : "");
  }
  const Measure &measure = *limit.limit.measure;
  std::string text = limit.allowed
                         ? measureText(*limit.allowed, measure.dimension)
                         : limit.limit.text + " of the baseline";
  if (limit.allowed && limit.baseline)
    text +=
        ", " + limit.limit.text + " of " + valueText(*limit.baseline, measure);
  return text;
}

/// Whether less of it is better. Bounds have no order.
Sense senseOf(const Limit &limit) {
  if (limit.kind == LimitKind::Grade)
    return Sense::AtLeast;
  return limit.measure ? limit.measure->sense : Sense::AtMost;
}

} // namespace

std::string limitAllowed(const LimitVerdict &limit) {
  if (limit.limit.kind == LimitKind::Bound)
    return allowedText(limit);
  return (senseOf(limit.limit) == Sense::AtMost ? "at most " : "at least ") +
         allowedText(limit);
}

std::string limitSentence(const LimitVerdict &limit) {
  std::string text = limitTitle(limit) + " is " + limitValue(limit);
  switch (limit.outcome) {
  case Outcome::Kept:
    return text + ", " +
           (limit.reason.empty() ? limitAllowed(limit) : limit.reason);
  case Outcome::Undecided:
    text += "; whether it is " + limitAllowed(limit) + " cannot be told";
    break;
  case Outcome::Exceeded:
    if (limit.limit.kind == LimitKind::Bound)
      text += " instead of " + allowedText(limit);
    else if (limit.limit.kind == LimitKind::Grade)
      text += ", worse than " + allowedText(limit);
    else
      text += (senseOf(limit.limit) == Sense::AtMost ? ", more than "
                                                     : ", less than ") +
              allowedText(limit);
    break;
  }
  return limit.reason.empty() ? text : text + "; " + limit.reason;
}

std::string culpritSentence(const ModelVerdict &model,
                            const LimitVerdict &limit, size_t culprit) {
  const KernelChange &change = model.diff->kernels[culprit];
  size_t target = 0;
  for (auto [index, candidate] : llvm::enumerate(model.diff->targets))
    if (candidate.name == limit.target)
      target = index;
  std::string text = stringify(change.kind).str() + " " + change.name + " at " +
                     placesText(change.places, 1);
  if (!change.times.empty())
    if (std::optional<double> effect = change.times[target].effect();
        effect && *effect > 0)
      text += " takes " + scaled(*effect, "s") + " more on " +
              model.diff->targets[target].name;
  if (!change.reasons.empty())
    text += ": " + llvm::join(change.reasons, "; ");
  return text;
}

std::string findingSentence(const PortFinding &finding) {
  std::string text = findingTitle(finding);
  if (finding.isVerdict && finding.occurrences > 1)
    text += " x" + std::to_string(finding.occurrences);
  text += ": " + (finding.reason.empty() ? finding.title : finding.reason);
  if (finding.effort.high > 0)
    text += "; " + personDaysText(finding.effort);
  return text;
}

std::string leftOutSentence(const LeftOutFinding &finding) {
  const LeftOutRow &row = finding.row;
  return std::to_string(row.count) + " of op '" + row.op + "' " +
         (finding.isUncounted ? "run an unknown number of times: "
                              : "are not modelled: ") +
         row.reason;
}

std::string summarySentence(const Verdict &verdict) {
  size_t counts[3] = {};
  bool isIncomplete = false;
  for (const ModelVerdict &model : verdict.models) {
    isIncomplete |= !model.coverageProblem.empty();
    for (const LimitVerdict &limit : model.limits)
      ++counts[static_cast<size_t>(limit.outcome)];
  }
  auto part = [](size_t count, const char *what) {
    return std::to_string(count) + " " + what;
  };
  std::string text =
      part(counts[0], counts[0] == 1 ? "limit kept" : "limits kept") + ", " +
      part(counts[2], "exceeded");
  if (counts[1] > 0)
    text += ", " + part(counts[1], "undecided");
  if (isIncomplete)
    text += "; the result is incomplete";
  return text;
}

} // namespace roofline
