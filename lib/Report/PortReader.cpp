//===- PortReader.cpp - Ports of a saved report ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortReader.h"

namespace roofline {

namespace {

Days readDays(JsonInput fields) {
  Days days;
  fields.number("low_days", days.low);
  fields.number("high_days", days.high);
  return days;
}

void readCoverage(JsonInput fields, PortingCoverage &coverage) {
  fields.number("signatures", coverage.signatures);
  fields.number("occurrences", coverage.occurrences);
  fields.number("operations", coverage.operations);
  fields.number("bytes", coverage.bytes);
  fields.number("source_time", coverage.sourceTime);
  fields.number("unknown", coverage.unknown);
}

void readSpeedUp(JsonInput &port, std::optional<SpeedUp> &speedUp) {
  if (port.isNull("speed_up"))
    return;
  JsonInput fields = port.fields("speed_up");
  speedUp.emplace();
  fields.number("value", speedUp->value);
  fields.number("low", speedUp->interval.low);
  fields.number("high", speedUp->interval.high);
  fields.boolean("at_most", speedUp->isAtMost);
  fields.boolean("at_least", speedUp->isAtLeast);
}

void readFinding(JsonInput &fields, PortFinding &finding, size_t files) {
  fields.text("rule", finding.rule);
  fields.text("title", finding.title);
  fields.word("status", finding.status, parsePortingStatus,
              "expected a status such as 'rewrite'");
  fields.word("level", finding.level, parseEffortLevel,
              "expected a level such as 'low'");
  fields.boolean("verdict", finding.isVerdict);
  fields.text("op", finding.op);
  fields.text("key", finding.key);
  fields.text("reason", finding.reason);
  fields.text("remedy", finding.remedy);
  finding.effort = readDays(fields.fields("effort"));
  finding.remedyEffort = readDays(fields.fields("remedy_effort"));
  fields.objects("evidence", [&](JsonInput &row) {
    PortEvidence &evidence = finding.evidence.emplace_back();
    row.text("row", evidence.row);
    row.text("source", evidence.source);
    row.text("url", evidence.url);
    row.text("date", evidence.date);
    row.texts("kernels", evidence.kernels);
  });
  fields.size("occurrences", finding.occurrences);
  fields.count("launches", finding.launches);
  fields.number("source_share", finding.sourceShare);
  fields.number("source_seconds", finding.sourceSeconds);
  fields.number("target_seconds", finding.targetSeconds);
  fields.number("remedied_seconds", finding.remediedSeconds);
  fields.objects("substitute_times", [&](JsonInput &time) {
    auto &[type, seconds] = finding.substituteSeconds.emplace_back(
        ElementType::BF16, KnownOr<double>(0.0));
    time.word("type", type, parseElementType,
              "expected an element type such as 'bf16'");
    time.number("target_seconds", seconds);
  });
  fields.texts("locations", finding.locations);
  fields.places("places", finding.places, files);
  fields.expectSize("places", finding.places.size(), finding.locations.size());
  fields.sizes("positions", finding.positions);
}

} // namespace

void readPort(JsonInput &fields, Report &report, JsonProblem &problem) {
  PortSummary port;
  fields.text("from", port.from);
  fields.text("to", port.to);
  fields.word("grade", port.grade, parsePortingGrade,
              "expected a grade from 'A' to 'E'");
  fields.text("grade_reason", port.gradeReason);
  readCoverage(fields.fields("coverage"), port.coverage);
  port.effort = readDays(fields.fields("effort"));
  fields.number("target_seconds", port.targetSeconds);
  fields.number("remedied_seconds", port.remediedSeconds);
  fields.texts("reasons", port.reasons);
  readSpeedUp(fields, port.speedUp);
  fields.objects("findings", [&](JsonInput &finding) {
    readFinding(finding, port.findings.emplace_back(),
                report.sourceFiles.size());
  });
  fields.array("worklist",
               [&](const llvm::json::Value &value, JsonInput::Path place) {
                 std::optional<int64_t> number = value.getAsInteger();
                 if (!number || *number < 1 ||
                     static_cast<size_t>(*number) > port.findings.size())
                   return problem.report(place, "expected a finding's number");
                 port.worklist.push_back(static_cast<size_t>(*number - 1));
               });
  JsonInput software = fields.fields("software");
  software.boolean("community", port.includesCommunity);
  software.members("releases", [&](llvm::StringRef stack,
                                   const llvm::json::Value &value,
                                   JsonInput::Path place) {
    if (std::optional<llvm::StringRef> version = value.getAsString())
      port.releases.emplace_back(stack.str(), version->str());
    else
      problem.report(place, "expected a release such as '8.2.RC1'");
  });
  fields.text("effort_file", port.effortFile);
  fields.objects("days", [&](JsonInput &row) {
    std::string name;
    row.text("of", name);
    port.days.emplace_back(std::move(name), readDays(row));
  });
  report.ports.push_back(std::move(port));
}

} // namespace roofline
