//===- PortFields.cpp - Attributes of ports -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortFields.h"

namespace roofline {

void PortFields::days(llvm::StringRef key, Days value) {
  json.attributeObject(key, [&] {
    json.attribute("low_days", value.low);
    json.attribute("high_days", value.high);
  });
}

void PortFields::speedUp(const std::optional<SpeedUp> &value) {
  if (!value)
    return json.attribute("speed_up", nullptr);
  json.attributeObject("speed_up", [&] {
    json.attribute("value", value->value);
    json.attribute("low", value->interval.low);
    json.attribute("high", value->interval.high);
    json.attribute("at_most", value->isAtMost);
    json.attribute("at_least", value->isAtLeast);
  });
}

void PortFields::coverage(const PortingCoverage &coverage) {
  json.attributeObject("coverage", [&] {
    known("signatures", coverage.signatures);
    known("occurrences", coverage.occurrences);
    known("operations", coverage.operations);
    known("bytes", coverage.bytes);
    known("source_time", coverage.sourceTime);
    json.attribute("unknown", coverage.unknown);
  });
}

void PortFields::software(
    bool includesCommunity,
    llvm::ArrayRef<std::pair<std::string, std::string>> releases) {
  json.attributeObject("software", [&] {
    json.attribute("community", includesCommunity);
    json.attributeObject("releases", [&] {
      for (const auto &[stack, version] : releases)
        json.attribute(jsonText(stack), jsonText(version));
    });
  });
}

void PortFields::worklist(llvm::ArrayRef<size_t> indices) {
  json.attributeArray("worklist", [&] {
    for (size_t index : indices)
      json.value(static_cast<int64_t>(index + 1));
  });
}

void PortFields::finding(const PortFinding &finding, size_t maxPlaces) {
  json.attribute("rule", jsonText(finding.rule));
  json.attribute("title", jsonText(finding.title));
  json.attribute("status", stringify(finding.status));
  json.attribute("level", stringify(finding.level));
  json.attribute("verdict", finding.isVerdict);
  json.attribute("op", jsonText(finding.op));
  json.attribute("key", jsonText(finding.key));
  json.attribute("reason", jsonText(finding.reason));
  json.attribute("remedy", jsonText(finding.remedy));
  days("effort", finding.effort);
  days("remedy_effort", finding.remedyEffort);
  json.attributeArray("evidence", [&] {
    for (const PortEvidence &evidence : finding.evidence)
      json.object([&] {
        json.attribute("row", jsonText(evidence.row));
        json.attribute("source", jsonText(evidence.source));
        json.attribute("url", jsonText(evidence.url));
        json.attribute("date", jsonText(evidence.date));
        texts("kernels", evidence.kernels);
      });
  });
  json.attribute("occurrences", static_cast<int64_t>(finding.occurrences));
  count("launches", finding.launches);
  known("source_share", finding.sourceShare);
  number("source_seconds", finding.sourceSeconds);
  number("target_seconds", finding.targetSeconds);
  number("remedied_seconds", finding.remediedSeconds);
  json.attributeArray("substitute_times", [&] {
    for (const auto &[type, time] : finding.substituteSeconds)
      json.object([&, &type = type, &time = time] {
        json.attribute("type", stringify(type));
        number("target_seconds", time);
      });
  });
  texts("locations", llvm::ArrayRef(finding.locations).take_front(maxPlaces));
  places("places", llvm::ArrayRef(finding.places).take_front(maxPlaces));
  sizes("positions", finding.positions);
}

void PortFields::port(const PortSummary &port, size_t maxPlaces) {
  json.attribute("from", jsonText(port.from));
  json.attribute("to", jsonText(port.to));
  json.attribute("grade", stringify(port.grade));
  json.attribute("grade_reason", jsonText(port.gradeReason));
  coverage(port.coverage);
  days("effort", port.effort);
  number("target_seconds", port.targetSeconds);
  number("remedied_seconds", port.remediedSeconds);
  texts("reasons", port.reasons);
  speedUp(port.speedUp);
  json.attributeArray("findings", [&] {
    for (const PortFinding &one : port.findings)
      json.object([&] { finding(one, maxPlaces); });
  });
  worklist(port.worklist);
  software(port.includesCommunity, port.releases);
  json.attribute("effort_file", jsonText(port.effortFile));
  json.attributeArray("days", [&] {
    for (const auto &[name, value] : port.days)
      json.object([&, &name = name, &value = value] {
        json.attribute("of", jsonText(name));
        json.attribute("low_days", value.low);
        json.attribute("high_days", value.high);
      });
  });
}

} // namespace roofline
