//===- PortingView.cpp - What it takes to move a graph, for people --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/PortingView.h"

#include "PortingText.h"
#include "TextPage.h"

#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <fmt/format.h>

namespace roofline {

namespace {

fmt::string_view view(llvm::StringRef text) {
  return {text.data(), text.size()};
}

std::string shareText(const std::optional<double> &share) {
  return share ? percent(*share) : "unknown";
}

std::string unbroken(std::string text) {
  llvm::replace(text, ' ', hardSpace);
  return text;
}

std::string intervalText(const std::optional<TimeInterval> &interval) {
  if (!interval)
    return "";
  return scaled(interval->low, "s") + " to " + scaled(interval->high, "s");
}

/// In at most eight columns: `0.5-2`.
std::string shortDays(Days days) {
  if (days.high <= 0)
    return "-";
  return fmt::format("{:g}-{:g}", days.low, days.high);
}

class PortingWriter {
public:
  PortingWriter(llvm::raw_ostream &os, const PortingReport &report,
                const PortingViewOptions &options)
      : page(os, options.useColor), report(report), result(report.result),
        options(options) {}

  void write() {
    verdict();
    times();
    coverage();
    blockers();
    worklist();
    findings();
    advice();
    assumptions();
  }

private:
  void verdict();
  void times();
  void coverage();
  void blockers();
  void worklist();
  void findings();
  void advice();
  void assumptions();

  std::string devices() const;
  std::string speed() const;
  std::string effort() const;
  /// The number that `--explain` takes.
  size_t numberOf(const Finding &finding) const {
    return static_cast<size_t>(&finding - result.findings.data()) + 1;
  }
  llvm::StringRef nameOf(const PortingSide &side) const {
    return side.target->getName();
  }
  size_t limit(size_t rows) const {
    return options.top == 0 ? rows : std::min(rows, options.top);
  }

  TextPage page;
  const PortingReport &report;
  const PortingResult &result;
  const PortingViewOptions &options;
};

std::string PortingWriter::devices() const {
  const PortingMemory &memory = report.memory;
  const KnownOr<Count> &devices = memory.target.devices;
  if (!devices)
    return (memory.target.neverFits ? "never enough: " : "unknown: ") +
           devices.unknown().reason;
  const MemoryNeed &need = memory.need;
  std::string text = fmt::format(
      "{}{}: {} in all (weights {}, caches {}), {} of each usable",
      devices->str(), memory.isOfOneDevice ? " for each part" : "",
      scaled(*need.totalBytes(), "B"), scaled(*need.weightBytes, "B"),
      scaled(*need.cacheBytes, "B"), scaled(*memory.target.usableBytes, "B"));
  if (memory.source.devices && memory.source.devices->str() != devices->str())
    text += fmt::format("; {} of {}", memory.source.devices->str(),
                        view(nameOf(report.source)));
  return text;
}

std::string PortingWriter::speed() const {
  if (!report.speedUp) {
    for (const PortingSide *side : {&report.target, &report.source})
      if (!side->kernelSeconds)
        return "unknown: kernels have no time on " + nameOf(*side).str() +
               ": " + side->kernelSeconds.unknown().reason;
    return "unknown: nothing takes any time";
  }
  const SpeedUp &speedUp = *report.speedUp;
  std::string text = boundWords(speedUp).str();
  text += fmt::format(
      "{} the speed of {} ({} to {}): kernels take {} on {}, {} on {}",
      factorText(speedUp.value), view(nameOf(report.source)),
      factorText(speedUp.interval.low), factorText(speedUp.interval.high),
      timeText(report.source.kernelSeconds), view(nameOf(report.source)),
      timeText(report.target.kernelSeconds), view(nameOf(report.target)));
  if (report.remediedSeconds && report.target.kernelSeconds &&
      *report.remediedSeconds < *report.target.kernelSeconds * 0.995)
    text += fmt::format("; {} with the worklist done",
                        scaled(*report.remediedSeconds, "s"));
  return text;
}

std::string PortingWriter::effort() const {
  size_t verdicts = 0, checks = 0;
  for (const Finding &finding : result.findings)
    if (finding.effort.high > 0)
      ++(finding.isVerdict ? verdicts : checks);
  std::string text = personDaysText(result.effort);
  if (verdicts + checks > 0)
    text += fmt::format(": {} finding{} to work on, {} to set or check once",
                        verdicts, verdicts == 1 ? "" : "s", checks);
  bool hasBlocker = llvm::any_of(result.findings, [](const Finding &finding) {
    return finding.status() == PortingStatus::Blocked;
  });
  if (hasBlocker)
    text += "; blockers come on top";
  return text;
}

void PortingWriter::verdict() {
  constexpr size_t fileWidth = 76;
  page.paragraph("model",
                 fmt::format("{}{}{}",
                             fit(report.model.file, fileWidth,
                                 /*keepEnd=*/true),
                             report.model.entry.empty() ? "" : ", entry ",
                             report.model.entry));
  page.paragraph("move", fmt::format("from {} ({}) to {} ({})",
                                     view(nameOf(report.source)),
                                     view(report.source.target->getTitle()),
                                     view(nameOf(report.target)),
                                     view(report.target.target->getTitle())));
  page.blank();
  auto threshold =
      llvm::find_if(gradeThresholds(), [&](const GradeThreshold &candidate) {
        return candidate.grade == result.grade;
      });
  page.paragraph("grade",
                 fmt::format("{}, {}: {}", view(stringify(result.grade)),
                             view(threshold->meaning), result.gradeReason));
  page.paragraph("speed", speed());
  page.paragraph("devices", devices());
  page.paragraph("effort", effort());
}

void PortingWriter::times() {
  page.heading("Times");
  page.line(fmt::format("{:<18} {:>12} {:>12} {:>12}  {}", "target",
                        "graph roof", "kernels", "as-is",
                        "80 % interval of kernels"));
  for (const PortingSide *side : {&report.source, &report.target}) {
    auto text = [&](const KnownOr<double> &seconds) {
      return (seconds && !side->isComplete() ? ">= " : "") + timeText(seconds);
    };
    page.line(fmt::format("{:<18} {:>12} {:>12} {:>12}  {}",
                          fit(nameOf(*side), 18), text(side->roofSeconds),
                          text(side->kernelSeconds), text(side->asIsSeconds),
                          intervalText(side->interval)));
  }
  for (const PortingSide *side : {&report.source, &report.target})
    if (!side->isComplete())
      page.paragraph(nameOf(*side),
                     "lower bounds: " + llvm::join(side->reasons, "; "), 19);
}

void PortingWriter::coverage() {
  const PortingCoverage &coverage = result.coverage;
  page.heading("Coverage");
  page.paragraph(
      "covered",
      fmt::format("{}, {}, {}, {}, {}",
                  unbroken("source time " + shareText(coverage.sourceTime)),
                  unbroken("operations " + shareText(coverage.operations)),
                  unbroken("bytes " + shareText(coverage.bytes)),
                  unbroken("occurrences " + shareText(coverage.occurrences)),
                  unbroken("signatures " + shareText(coverage.signatures))));
  // By what becomes of the signatures.
  std::string statuses;
  for (PortingStatus status : allPortingStatuses()) {
    size_t signatures = 0;
    double share = 0;
    for (const Finding &finding : result.findings)
      if (finding.isVerdict && finding.status() == status &&
          !finding.signature.empty()) {
        ++signatures;
        share += finding.sourceShare.value_or(0);
      }
    if (signatures == 0)
      continue;
    statuses +=
        (statuses.empty() ? "" : ", ") +
        unbroken(fmt::format("{} {} ({} of the time)", view(stringify(status)),
                             signatures, percent(share)));
  }
  page.paragraph("signatures", statuses.empty() ? "none" : statuses);
}

void PortingWriter::blockers() {
  bool isFirst = true;
  for (const Finding &finding : result.findings) {
    if (finding.status() != PortingStatus::Blocked)
      continue;
    if (isFirst)
      page.heading("Blockers");
    isFirst = false;
    page.paragraph(
        fmt::format("{:>3} {}", numberOf(finding), view(finding.rule->id)),
        fmt::format("{}: {}", finding.op, finding.reason), 12);
  }
}

void PortingWriter::worklist() {
  if (result.worklist.empty())
    return;
  page.heading("What to do first, by what it brings for a day of work");
  page.line(fmt::format("{:>3} {:<7} {:>9} {:>6}  {:>10}  {}", "#", "rule",
                        "days", "share", "saves", "what"));
  size_t shown = limit(result.worklist.size());
  for (size_t index : llvm::ArrayRef(result.worklist).take_front(shown)) {
    const Finding &finding = result.findings[index];
    // All but missing fusions have to be done for the graph to run well.
    std::string saved = "needed";
    if (finding.targetSeconds && finding.remediedSeconds &&
        *finding.targetSeconds > *finding.remediedSeconds)
      saved = scaled(*finding.targetSeconds - *finding.remediedSeconds, "s");
    Days days = remedyEffort(finding, report.efforts);
    page.line(fmt::format(
        "{:>3} {:<7} {:>9} {:>6}  {:>10}  {}", numberOf(finding),
        view(finding.rule->id), shortDays(days),
        finding.sourceShare ? percent(*finding.sourceShare) : "?", saved,
        fit(finding.op + ": " + finding.rule->title.str(), 55)));
  }
  if (shown < result.worklist.size())
    page.line(fmt::format("    and {} more", result.worklist.size() - shown));
}

void PortingWriter::findings() {
  llvm::SmallVector<const Finding *> verdicts;
  for (const Finding &finding : result.findings)
    if (finding.isVerdict && !finding.signature.empty())
      verdicts.push_back(&finding);
  if (verdicts.empty())
    return;
  page.heading("Findings by signature (--explain=# says why)");
  page.line(fmt::format(
      "{:>3} {:<7} {:<16} {:>6} {:>6} {:>10} {:>10} {:>8}  {}", "#", "rule",
      "status", "share", "times", "source", "target", "days", "op or kernel"));
  size_t shown = limit(verdicts.size());
  for (const Finding *finding : llvm::ArrayRef(verdicts).take_front(shown)) {
    auto time = [](const KnownOr<double> &seconds) {
      return seconds ? scaled(*seconds, "s") : std::string("?");
    };
    page.line(
        fmt::format("{:>3} {:<7} {:<16} {:>6} {:>6} {:>10} {:>10} {:>8}  {}",
                    numberOf(*finding), view(finding->rule->id),
                    view(stringify(finding->status())),
                    finding->sourceShare ? percent(*finding->sourceShare) : "?",
                    finding->occurrences, time(finding->sourceSeconds),
                    time(finding->targetSeconds), shortDays(finding->effort),
                    fit(finding->op, 25)));
    // What it may run as decides whether it is worth it.
    std::string substitutes;
    for (const auto &[type, seconds] : finding->substituteSeconds)
      substitutes += fmt::format("{}as {} {}", substitutes.empty() ? "" : ", ",
                                 view(stringify(type)), timeText(seconds));
    if (!substitutes.empty())
      page.paragraph("", substitutes + " on " + nameOf(report.target).str(),
                     14);
  }
  if (shown < verdicts.size())
    page.line(fmt::format("    and {} more; --top=0 lists all",
                          verdicts.size() - shown));
}

void PortingWriter::advice() {
  bool isFirst = true;
  for (const Finding &finding : result.findings) {
    if (finding.isVerdict && !finding.signature.empty())
      continue;
    if (finding.status() == PortingStatus::Blocked)
      continue;
    if (isFirst)
      page.heading("To set, check or know once for the whole graph");
    isFirst = false;
    std::string text =
        fmt::format("{}: {}", view(finding.rule->title), finding.reason);
    if (finding.effort.high > 0)
      text += fmt::format(" ({})", personDaysText(finding.effort));
    page.paragraph(
        fmt::format("{:>3} {}", numberOf(finding), view(finding.rule->id)),
        text, 12);
  }
}

void PortingWriter::assumptions() {
  page.heading("Assumptions");
  std::string levels;
  for (EffortLevel level :
       {EffortLevel::Low, EffortLevel::Medium, EffortLevel::High})
    levels += fmt::format("{}{} {}", levels.empty() ? "" : ", ",
                          view(stringify(level)),
                          daysText(report.efforts.days(level)));
  page.paragraph("effort",
                 fmt::format("person-days a signature, from {}: {}{}",
                             report.efforts.getFile().empty()
                                 ? "our own judgement (--effort-file replaces "
                                   "it)"
                                 : report.efforts.getFile().str(),
                             levels,
                             report.efforts.getRules().empty()
                                 ? ""
                                 : "; some rules have their own"));
  std::string software;
  for (const auto &[stack, version] : report.releases)
    software.append(stack).append(" ").append(version).append(", ");
  software += report.releases.empty() ? "the latest release of everything"
                                      : "the latest release of the rest";
  page.paragraph("software", software + (report.includesCommunity
                                             ? ", community projects included"
                                             : ", of the vendor only"));
  page.paragraph("speed-up",
                 "from the slow end of the source's interval over the fast "
                 "end of the target's to the reverse, which is wider than "
                 "80 %");
  page.paragraph(
      "model", fmt::format("{} (docs/Model.md)",
                           llvm::join(llvm::map_range(report.assumptions,
                                                      [](const Assumption &a) {
                                                        return a.id;
                                                      }),
                                      ", ")));
  for (const std::string &note : report.notes)
    page.paragraph("note", note);
}

} // namespace

void printPorting(llvm::raw_ostream &os, const PortingReport &report,
                  const PortingViewOptions &options) {
  PortingWriter(os, report, options).write();
}

} // namespace roofline
