//===- PortingJson.cpp - What it takes to move a graph, for programs ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortFields.h"
#include "PortingText.h"

#include "roofline/Report/PortingView.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

namespace roofline {

namespace {

/// The version rises when a key changes its meaning or goes away.
constexpr llvm::StringLiteral schema = "roofline.port";
constexpr int schemaVersion = 1;

class PortingJsonWriter : PortFields {
public:
  PortingJsonWriter(llvm::raw_ostream &os, const PortingReport &report)
      : PortFields(os, /*indent=*/2), report(report) {}

  void write();

private:
  void grade();
  void times();
  void side(const PortingSide &side);
  void memory();
  void findings();
  void finding(const Finding &finding, size_t index);
  void evidence(const Finding &finding);
  void basis();

  const PortingReport &report;
};

void PortingJsonWriter::grade() {
  const PortingResult &result = report.result;
  json.attribute("grade", stringify(result.grade));
  json.attribute("grade_reason", jsonText(result.gradeReason));
  json.attributeArray("grade_thresholds", [&] {
    for (const GradeThreshold &threshold : gradeThresholds())
      json.object([&] {
        json.attribute("grade", stringify(threshold.grade));
        json.attribute("covered", threshold.covered);
        json.attribute("unknown", threshold.unknown);
        json.attribute("allows_blockers", threshold.allowsBlockers);
        json.attribute("allows_no_times", threshold.allowsNoTimes);
        json.attribute("meaning", threshold.meaning);
      });
  });
}

void PortingJsonWriter::side(const PortingSide &side) {
  number("roof_seconds", side.roofSeconds);
  number("kernels_seconds", side.kernelSeconds);
  interval("kernels_interval_seconds", side.interval);
  number("as_is_seconds", side.asIsSeconds);
  known("calibrated_share", side.calibratedShare);
  json.attribute("complete", side.isComplete());
  texts("reasons", side.reasons);
}

void PortingJsonWriter::times() {
  json.attributeObject("times", [&] {
    json.attributeObject("source", [&] { side(report.source); });
    json.attributeObject("target", [&] {
      side(report.target);
      number("remedied_seconds", report.remediedSeconds);
    });
    speedUp(report.speedUp);
  });
}

void PortingJsonWriter::memory() {
  const PortingMemory &memory = report.memory;
  json.attributeObject("memory", [&] {
    count("weight_bytes", memory.need.weightBytes);
    count("cache_bytes", memory.need.cacheBytes);
    count("input_bytes", memory.need.inputBytes);
    count("result_bytes", memory.need.resultBytes);
    count("intermediate_bytes", memory.need.intermediateBytes);
    count("total_bytes", memory.need.totalBytes());
    json.attribute("of_one_device", memory.isOfOneDevice);
    count("source_usable_bytes", memory.source.usableBytes);
    count("target_usable_bytes", memory.target.usableBytes);
    count("source_devices", memory.source.devices);
    count("target_devices", memory.target.devices);
    json.attribute("never_fits", memory.target.neverFits);
  });
}

void PortingJsonWriter::evidence(const Finding &finding) {
  json.attributeArray("evidence", [&] {
    for (const CatalogueRow *row : finding.evidence)
      json.object([&] {
        json.attribute("row", jsonText(row->id));
        json.attribute("support", stringify(row->support));
        json.attribute("stack", jsonText(row->stack));
        if (row->since)
          json.attribute("since", row->since->str());
        json.attribute("source", jsonText(row->source->title));
        json.attribute("url", jsonText(row->source->url));
        json.attribute("date", jsonText(row->date));
        json.attribute("confidence", stringify(row->confidence));
        texts("kernels", row->kernels);
        json.attribute("file", jsonText(row->where.file));
        json.attribute("line", static_cast<int64_t>(row->where.line));
      });
  });
}

void PortingJsonWriter::finding(const Finding &finding, size_t index) {
  json.object([&] {
    json.attribute("number", static_cast<int64_t>(index));
    json.attribute("rule", finding.rule->id);
    json.attribute("title", finding.rule->title);
    json.attribute("status", stringify(finding.status()));
    json.attribute("level", stringify(finding.rule->level));
    json.attribute("verdict", finding.isVerdict);
    json.attribute("op", jsonText(finding.op));
    json.attribute("signature", jsonText(finding.signature));
    json.attribute("key", jsonText(finding.key));
    json.attribute("reason", jsonText(finding.reason));
    json.attribute("remedy", jsonText(remedyText(finding)));
    days("effort", finding.effort);
    evidence(finding);
    json.attribute("occurrences", static_cast<int64_t>(finding.occurrences));
    count("launches", finding.launches);
    known("source_share", finding.sourceShare);
    number("source_seconds", finding.sourceSeconds);
    number("target_seconds", finding.targetSeconds);
    number("remedied_seconds", finding.remediedSeconds);
    json.attributeArray("substitutions", [&] {
      for (const TypeSubstitution &substitution : finding.substitutions)
        json.object([&] {
          json.attribute("asked", stringify(substitution.asked));
          json.attributeArray("substitutes", [&] {
            for (ElementType type : substitution.substitutes)
              json.value(stringify(type));
          });
        });
    });
    json.attributeArray("substitute_times", [&] {
      for (const auto &[type, time] : finding.substituteSeconds)
        json.object([&, &type = type, &time = time] {
          json.attribute("type", stringify(type));
          number("target_seconds", time);
        });
    });
    texts("unchecked", finding.unchecked);
    texts("steps", finding.steps);
    texts("locations", finding.locations);
  });
}

void PortingJsonWriter::findings() {
  json.attributeArray("findings", [&] {
    for (const auto &[index, entry] : llvm::enumerate(report.result.findings))
      finding(entry, index + 1);
  });
  worklist(report.result.worklist);
}

void PortingJsonWriter::basis() {
  json.attributeObject("effort_table", [&] {
    json.attribute("file", jsonText(report.efforts.getFile()));
    json.attributeObject("levels", [&] {
      for (EffortLevel level : allEffortLevels())
        if (level != EffortLevel::Blocker)
          days(stringify(level), report.efforts.days(level));
    });
    json.attributeObject("rules", [&] {
      for (const auto &[rule, value] : report.efforts.getRules())
        days(rule, value);
    });
  });
  software(report.includesCommunity, report.releases);
  assumptions(report.assumptions);
  texts("notes", report.notes);
}

void PortingJsonWriter::write() {
  json.object([&] {
    json.attributeObject("schema", [&] {
      json.attribute("name", schema);
      json.attribute("version", schemaVersion);
    });
    json.attribute("tool_version", report.toolVersion);
    json.attributeObject("model", [&] {
      json.attribute("file", jsonText(report.model.file));
      json.attribute("entry", jsonText(report.model.entry));
      json.attribute("ops", static_cast<int64_t>(report.model.ops));
    });
    for (const auto &[key, side] : {std::make_pair("from", &report.source),
                                    std::make_pair("to", &report.target)})
      json.attributeObject(key, [&, &side = side] {
        json.attribute("name", jsonText(side->target->getName()));
        json.attribute("title", jsonText(side->target->getTitle()));
        json.attribute("architecture",
                       jsonText(side->target->getArchitecture()));
      });
    grade();
    coverage(report.result.coverage);
    days("effort", report.result.effort);
    times();
    memory();
    findings();
    basis();
  });
}

} // namespace

void printPortingJson(llvm::raw_ostream &os, const PortingReport &report) {
  PortingJsonWriter(os, report).write();
  os << "\n";
}

} // namespace roofline
