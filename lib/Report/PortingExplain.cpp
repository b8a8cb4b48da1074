//===- PortingExplain.cpp - Why a finding is what it is -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortingText.h"
#include "TextPage.h"

#include "roofline/Report/PortingView.h"
#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <fmt/format.h>

namespace roofline {

namespace {

constexpr size_t indent = 12;
/// Places before the rest is summed up.
constexpr size_t maxPlaces = 6;

fmt::string_view view(llvm::StringRef text) {
  return {text.data(), text.size()};
}

std::string effortText(const PortingRule &rule, const EffortTable &efforts) {
  if (rule.level == EffortLevel::Blocker)
    return "no work of this kind helps";
  std::string text = fmt::format("{}: {}", view(stringify(rule.level)),
                                 personDaysText(efforts.days(rule)));
  if (rule.level != EffortLevel::None)
    text += rule.isPaidOnce ? ", once for the whole graph"
                            : ", once for every signature";
  return text;
}

class Explainer {
public:
  Explainer(llvm::raw_ostream &os, const PortingReport &report)
      : page(os, /*useColor=*/false), report(report) {}

  void explain(const Finding &finding);

private:
  void times(const Finding &finding);
  void evidence(const CatalogueRow &row);

  TextPage page;
  const PortingReport &report;
};

void Explainer::evidence(const CatalogueRow &row) {
  page.paragraph(
      "evidence",
      fmt::format("row '{}' of {}:{}", row.id, row.where.file, row.where.line),
      indent);
  page.paragraph("source",
                 fmt::format("{}{}, {}", row.source->title,
                             row.date.empty() ? "" : ", " + row.date,
                             view(stringify(row.confidence))),
                 indent);
  if (!row.source->url.empty())
    page.paragraph("", row.source->url, indent);
}

void Explainer::times(const Finding &finding) {
  if (!finding.isVerdict || finding.signature.empty())
    return;
  llvm::StringRef from = report.source.target->getName(),
                  to = report.target.target->getName();
  std::string source = timeText(finding.sourceSeconds);
  if (finding.sourceSeconds && finding.launches && Count(1) < *finding.launches)
    source = fmt::format(
        "{} launches of {} on average take {}", grouped(*finding.launches),
        scaled(*finding.sourceSeconds / finding.launches->asDouble(), "s"),
        source);
  page.paragraph("source time",
                 fmt::format("{} on {}, {} of its kernels", source, view(from),
                             finding.sourceShare ? percent(*finding.sourceShare)
                                                 : "an unknown share"),
                 indent);
  page.paragraph("target time",
                 finding.targetSeconds
                     ? fmt::format("{} on {} with the kernels that there are",
                                   timeText(finding.targetSeconds), view(to))
                     : fmt::format("unknown on {}: {}", view(to),
                                   finding.targetSeconds.unknown().reason),
                 indent);
  for (const auto &[type, seconds] : finding.substituteSeconds)
    page.paragraph(fmt::format("  as {}", view(stringify(type))),
                   seconds ? scaled(*seconds, "s")
                           : "unknown: " + seconds.unknown().reason,
                   indent);
  bool helps = finding.remediedSeconds &&
               (!finding.targetSeconds ||
                *finding.remediedSeconds < *finding.targetSeconds);
  if (helps)
    page.paragraph(
        "remedied",
        fmt::format(
            "{} once the remedy is done{}", timeText(finding.remediedSeconds),
            finding.targetSeconds
                ? ", which saves " +
                      scaled(*finding.targetSeconds - *finding.remediedSeconds,
                             "s")
                : ""),
        indent);
}

void Explainer::explain(const Finding &finding) {
  const PortingRule &rule = *finding.rule;
  size_t number = &finding - report.result.findings.data() + 1;
  page.line(fmt::format("{} {}: {}", number, view(rule.id),
                        finding.op.empty() ? rule.title.str() : finding.op));
  page.paragraph(
      "rule",
      fmt::format("{}, {}", view(rule.title), view(stringify(rule.status))),
      indent);
  page.paragraph("because", finding.reason, indent);
  page.paragraph("", rule.meaning, indent);
  page.paragraph("remedy", remedyText(finding), indent);
  page.paragraph("effort", effortText(rule, report.efforts), indent);
  for (const auto &[index, step] : llvm::enumerate(finding.steps))
    page.paragraph(fmt::format("step {}", index + 1), step, indent);
  for (const TypeSubstitution &substitution : finding.substitutions)
    page.paragraph(
        "types",
        fmt::format("{} may run as {}", view(stringify(substitution.asked)),
                    llvm::join(llvm::map_range(substitution.substitutes,
                                               [](ElementType type) {
                                                 return stringify(type).str();
                                               }),
                               ", ")),
        indent);
  if (!finding.unchecked.empty())
    page.paragraph("unchecked",
                   llvm::join(finding.unchecked, ", ") +
                       ": the graph does not tell",
                   indent);
  times(finding);
  for (const CatalogueRow *row : finding.evidence)
    evidence(*row);
  std::string places;
  for (const std::string &place :
       llvm::ArrayRef(finding.locations).take_front(maxPlaces))
    places += (places.empty() ? "" : ", ") + place;
  if (finding.locations.size() > maxPlaces)
    places += fmt::format(" and {} more", finding.locations.size() - maxPlaces);
  if (!places.empty())
    page.paragraph("at",
                   fmt::format("{} ({} in all)", places, finding.occurrences),
                   indent);
}

} // namespace

llvm::Error explainFindings(llvm::raw_ostream &os, const PortingReport &report,
                            llvm::StringRef what) {
  llvm::ArrayRef<Finding> findings = report.result.findings;
  const PortingRule *rule = findPortingRule(what);
  size_t number = 0;
  bool isNumber = !what.getAsInteger(10, number);
  bool isFirst = true;
  auto explain = [&](const Finding &finding) {
    if (!isFirst)
      os << "\n";
    isFirst = false;
    Explainer(os, report).explain(finding);
  };
  for (const auto &[index, finding] : llvm::enumerate(findings)) {
    bool isMeant = isNumber ? index + 1 == number
                   : rule
                       ? finding.rule == rule
                       : llvm::StringRef(finding.op).contains_insensitive(what);
    if (isMeant)
      explain(finding);
  }
  if (!isFirst)
    return llvm::Error::success();
  if (rule) {
    // It is not found of this graph, which is an answer, too.
    printRule(os, *rule, report.efforts);
    os << "\nNo finding of this graph is of " << rule->id << ".\n";
    return llvm::Error::success();
  }
  return llvm::createStringError(
      "--explain: no finding is '%s'; give a number from 1 to %zu, a rule such "
      "as RF1012, or a part of the text of an op",
      what.str().c_str(), findings.size());
}

void printRule(llvm::raw_ostream &os, const PortingRule &rule,
               const EffortTable &efforts) {
  TextPage page(os, /*useColor=*/false);
  page.line(fmt::format("{}: {}", view(rule.id), view(rule.title)));
  page.paragraph("status", stringify(rule.status), indent);
  page.paragraph("meaning", rule.meaning, indent);
  page.paragraph("remedy", rule.remedy, indent);
  page.paragraph("effort", effortText(rule, efforts), indent);
}

std::string portingRulesToMarkdown() {
  std::string text =
      "| rule | title | status | level | paid | meaning | remedy |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const PortingRule &rule : portingRules())
    text += fmt::format(
        "| `{}` | {} | {} | {} | {} | {} | {} |\n", view(rule.id),
        view(rule.title), view(stringify(rule.status)),
        view(stringify(rule.level)),
        rule.level == EffortLevel::None || rule.level == EffortLevel::Blocker
            ? "-"
        : rule.isPaidOnce ? "once"
                          : "per signature",
        view(rule.meaning), view(rule.remedy));
  return text;
}

} // namespace roofline
