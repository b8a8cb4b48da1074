//===- PortSummary.cpp - What it takes to move a graph, in short ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortingText.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline {

namespace {

/// `place` by the number of its file in `report`, which is added where it is
/// new.
std::optional<SourcePlace> numbered(Report &report, const FileLocation &place) {
  if (!place.isKnown())
    return std::nullopt;
  auto it = llvm::find(report.sourceFiles, place.file);
  auto number = static_cast<uint32_t>(it - report.sourceFiles.begin());
  if (it == report.sourceFiles.end())
    report.sourceFiles.push_back(place.file);
  return SourcePlace{number, place.line, place.column};
}

PortFinding summarize(Report &report, const Finding &finding,
                      const EffortTable &efforts) {
  PortFinding summary;
  summary.rule = finding.rule->id.str();
  summary.title = finding.rule->title.str();
  summary.status = finding.status();
  summary.level = finding.rule->level;
  summary.isVerdict = finding.isVerdict;
  summary.op = finding.op;
  summary.key = finding.key;
  summary.reason = finding.reason;
  summary.remedy = remedyText(finding);
  summary.effort = finding.effort;
  summary.remedyEffort = remedyEffort(finding, efforts);
  for (const CatalogueRow *row : finding.evidence) {
    PortEvidence &evidence = summary.evidence.emplace_back();
    evidence.row = row->id;
    evidence.source = row->source->title;
    evidence.url = row->source->url;
    evidence.date = row->date;
    llvm::append_range(evidence.kernels, row->kernels);
  }
  summary.occurrences = finding.occurrences;
  summary.launches = finding.launches;
  summary.sourceShare = finding.sourceShare;
  summary.sourceSeconds = finding.sourceSeconds;
  summary.targetSeconds = finding.targetSeconds;
  summary.remediedSeconds = finding.remediedSeconds;
  summary.substituteSeconds = finding.substituteSeconds;
  summary.locations = finding.locations;
  for (const FileLocation &place : finding.places)
    summary.places.push_back(numbered(report, place));
  summary.positions = finding.positions;
  return summary;
}

} // namespace

Days remedyEffort(const Finding &finding, const EffortTable &efforts) {
  if (finding.status() == PortingStatus::MissingFusion)
    return efforts.days(EffortLevel::High);
  return finding.effort;
}

void addPort(Report &report, const PortingReport &porting) {
  const PortingResult &result = porting.result;
  PortSummary port;
  port.from = porting.source.target->getName().str();
  port.to = porting.target.target->getName().str();
  port.grade = result.grade;
  port.gradeReason = result.gradeReason;
  port.coverage = result.coverage;
  port.effort = result.effort;
  port.targetSeconds = porting.target.kernelSeconds;
  port.remediedSeconds = porting.remediedSeconds;
  port.reasons = porting.target.reasons;
  port.speedUp = porting.speedUp;
  for (const Finding &finding : result.findings)
    port.findings.push_back(summarize(report, finding, porting.efforts));
  port.worklist = result.worklist;
  port.releases = porting.releases;
  port.includesCommunity = porting.includesCommunity;
  port.effortFile = porting.efforts.getFile().str();
  for (EffortLevel level : allEffortLevels())
    if (level != EffortLevel::Blocker)
      port.days.emplace_back(stringify(level).str(),
                             porting.efforts.days(level));
  for (const auto &[rule, days] : porting.efforts.getRules())
    port.days.emplace_back(rule, days);
  report.ports.push_back(std::move(port));
}

} // namespace roofline
