//===- SarifView.cpp - Verdicts and ports as SARIF ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// docs/CI.md lists the rules of verdicts; those of ports are the rules of
// porting.
//
//===----------------------------------------------------------------------===//

#include "PlainText.h"
#include "SarifLog.h"

#include "roofline/Check/CheckViews.h"
#include "roofline/Check/VerdictText.h"
#include "roofline/Porting/PortingRules.h"

#include "llvm/ADT/StringExtras.h"

namespace roofline {

namespace {

struct Rule {
  llvm::StringLiteral id;
  llvm::StringLiteral name;
  llvm::StringLiteral level;
  llvm::StringLiteral summary;
  llvm::StringLiteral help;
};

enum RuleIndex : unsigned {
  LimitExceeded,
  BoundChanged,
  LimitUndecided,
  CoverageTooLow,
  OpNotModelled,
  OpNotCounted,
};

// In the order of the enumeration. An identifier is never given to another
// rule.
constexpr Rule rules[] = {
    {"RF2001", "LimitExceeded", "error", "A limit of the budget is exceeded.",
     "Look at the kernels that the message names: they take more than in the "
     "baseline. Where the change is meant, save a new baseline or raise the "
     "limit."},
    {"RF2002", "BoundChanged", "error",
     "Another resource than the budget says bounds the graph.",
     "What to optimise depends on what bounds the graph. Where the change is "
     "meant, save a new baseline or change the bound in the budget."},
    {"RF2003", "LimitUndecided", "error",
     "The result leaves out too much to tell whether a limit is kept.",
     "Make the ops known that are left out, by --custom-calls or --trip-count, "
     "or say by --min-coverage how much has to be modelled."},
    {"RF2004", "CoverageTooLow", "error",
     "Less of the graph is modelled than --min-coverage asks for.",
     "Make the ops known that are left out, by --custom-calls or "
     "--trip-count."},
    {"RF2101", "OpNotModelled", "warning",
     "What an op costs is not known; it is left out of all totals.",
     "Say what a custom call costs by --custom-calls; for an op of your own "
     "dialect implement RooflineOpInterface."},
    {"RF2102", "OpNotCounted", "warning",
     "How often an op runs is not known; it is left out of all totals.",
     "Say how many trips the loop makes by --trip-count."},
};

//===----------------------------------------------------------------------===//
// Ports
//===----------------------------------------------------------------------===//

/// `ElementTypeAbsent` of `element type absent`.
std::string pascalCase(llvm::StringRef text) {
  std::string result;
  bool startsWord = true;
  for (char c : text) {
    if (llvm::isAlnum(c))
      result += startsWord ? llvm::toUpper(c) : c;
    // `community's` is one word.
    startsWord = !llvm::isAlnum(c) && c != '\'';
  }
  return result;
}

/// `The kernel is a community's.`
std::string sentence(llvm::StringRef text) {
  return llvm::toUpper(text.front()) + text.drop_front().str() + ".";
}

/// How much a rule stands in the way: what is blocked is an error, what asks
/// for new kernels or is not known a warning. Empty where nothing is to be
/// done.
llvm::StringRef levelOf(const PortingRule &rule) {
  if (rule.status == PortingStatus::Blocked)
    return "error";
  if (rule.status == PortingStatus::Unknown ||
      rule.level == EffortLevel::High || rule.level == EffortLevel::Medium)
    return "warning";
  if (rule.level == EffortLevel::Low || rule.isPaidOnce)
    return "note";
  return "";
}

void addPortingRules(SarifLog &log) {
  for (const PortingRule &rule : portingRules())
    if (llvm::StringRef level = levelOf(rule); !level.empty())
      log.add(SarifRule{rule.id.str(), pascalCase(rule.title), level.str(),
                        sentence(rule.title), rule.meaning.str(),
                        rule.remedy.str()});
}

void addFinding(SarifLog &log, const std::string &file,
                const PortedFinding &ported) {
  const PortFinding &finding = ported.finding;
  // Of another version of the tool, or nothing to do.
  const PortingRule *rule = findPortingRule(finding.rule);
  if (!rule || levelOf(*rule).empty())
    return;
  SarifResult result;
  result.rule = finding.rule;
  result.message = "moving from " + ported.from + " to " + ported.to + ": " +
                   findingSentence(finding) + ". " + finding.remedy;
  result.file = file;
  result.identity = ported.to + "|" + finding.key;
  result.places = ported.places;
  result.occurrences = finding.occurrences;
  log.add(std::move(result));
}

//===----------------------------------------------------------------------===//
// Verdicts
//===----------------------------------------------------------------------===//

RuleIndex ruleOf(const LimitVerdict &limit) {
  if (limit.outcome == Outcome::Undecided)
    return LimitUndecided;
  return limit.limit.kind == LimitKind::Bound ? BoundChanged : LimitExceeded;
}

void addLimit(SarifLog &log, const ModelVerdict &model,
              const LimitVerdict &limit) {
  SarifResult result;
  result.rule = rules[ruleOf(limit)].id.str();
  result.message = model.file + ": " + limitSentence(limit);
  for (size_t culprit : limit.culprits)
    result.message += ". " + culpritSentence(model, limit, culprit);
  for (const PortFinding &finding : limit.findings)
    result.message += ". " + findingSentence(finding);
  result.file = model.file;
  result.identity = limit.target + "|" + limit.limit.name();
  if (limit.place)
    result.places = {*limit.place};
  result.related = limit.limit.where;
  result.relatedMessage = "the limit in the budget";
  log.add(std::move(result));
}

void addModel(SarifLog &log, const ModelVerdict &model) {
  for (const LimitVerdict &limit : model.limits)
    if (limit.outcome != Outcome::Kept)
      addLimit(log, model, limit);
  if (!model.coverageProblem.empty()) {
    SarifResult result;
    result.rule = rules[CoverageTooLow].id.str();
    result.message = model.file + ": " + model.coverageProblem;
    result.file = model.file;
    log.add(std::move(result));
  }
  for (const LeftOutFinding &finding : model.leftOut) {
    SarifResult result;
    result.rule =
        rules[finding.isUncounted ? OpNotCounted : OpNotModelled].id.str();
    result.message = leftOutSentence(finding);
    result.file = model.file;
    result.identity = finding.row.op + "|" + finding.row.reason;
    result.places = {finding.place};
    result.occurrences = finding.row.count;
    log.add(std::move(result));
  }
  for (const PortedFinding &finding : model.findings)
    addFinding(log, model.file, finding);
}

} // namespace

void printVerdictSarif(llvm::raw_ostream &os, const Verdict &verdict) {
  SarifLog log;
  for (const Rule &rule : rules)
    log.add(SarifRule{rule.id.str(), rule.name.str(), rule.level.str(),
                      rule.summary.str(), rule.summary.str(), rule.help.str()});
  if (llvm::any_of(verdict.models, [](const ModelVerdict &model) {
        return !model.findings.empty();
      }))
    addPortingRules(log);
  for (const ModelVerdict &model : verdict.models)
    addModel(log, model);
  log.write(os, "check", verdict.toolVersion);
}

void printPortsSarif(llvm::raw_ostream &os, const Report &report) {
  SarifLog log;
  addPortingRules(log);
  for (const PortSummary &port : report.ports)
    for (const PortedFinding &finding : findingsOf(report, port))
      addFinding(log, report.model.file, finding);
  log.write(os, "port", report.toolVersion);
}

} // namespace roofline
