//===- Measures.cpp - What of a report can be limited ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Check/Measures.h"

#include "roofline/Report/ScaledUnits.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cmath>

namespace roofline {

namespace {

KnownOr<double> asNumber(const KnownOr<Count> &count) {
  if (!count)
    return count.unknown();
  return count->asDouble();
}

/// Why a time that is known may be larger.
bool isLowerBound(const TargetSummary &target, bool isOfKernels) {
  return !target.isComplete() || (isOfKernels && !target.kernelReasons.empty());
}

Measured kernelsTime(const Report &, const TargetSummary *target) {
  return {target->kernelSeconds, isLowerBound(*target, true)};
}
Measured graphRoof(const Report &, const TargetSummary *target) {
  return {target->graphRoof.seconds, isLowerBound(*target, false)};
}
Measured kernelRoofs(const Report &, const TargetSummary *target) {
  return {target->kernelRoofSeconds, isLowerBound(*target, true)};
}
Measured asIsTime(const Report &, const TargetSummary *target) {
  return {target->asIsSeconds, isLowerBound(*target, true)};
}

Measured kernelTraffic(const Report &report, const TargetSummary *) {
  return {report.kernelSummary.externalBytes.asDouble(),
          !report.demand.isComplete || report.kernelSummary.leftOut > 0};
}
Measured opTraffic(const Report &report, const TargetSummary *) {
  return {(report.demand.readBytes + report.demand.writtenBytes).asDouble(),
          !report.demand.isComplete};
}
Measured compulsoryTraffic(const Report &report, const TargetSummary *) {
  return {asNumber(report.model.compulsoryBytes), false};
}
Measured operations(const Report &report, const TargetSummary *) {
  return {report.demand.work.totalOps().asDouble(), !report.demand.isComplete};
}
Measured launches(const Report &report, const TargetSummary *) {
  return {report.kernelSummary.launches.asDouble(),
          !report.demand.isComplete || report.kernelSummary.leftOut > 0};
}
Measured weights(const Report &report, const TargetSummary *) {
  return {asNumber(report.model.weightBytes), false};
}

Measured memory(const Report &report, const TargetSummary *) {
  return {asNumber(report.memory.need.totalBytes()), false};
}

Measured shareOf(std::optional<double> share) {
  if (share)
    return {*share, false};
  return {Unknown{UnknownKind::Unmodelled,
                  "it cannot be known, because of what is not modelled"},
          false};
}
Measured coveredOps(const Report &report, const TargetSummary *) {
  return shareOf(report.coverage.ops);
}
Measured coveredBytes(const Report &report, const TargetSummary *) {
  return shareOf(report.coverage.bytes);
}
Measured coveredOperations(const Report &report, const TargetSummary *) {
  return shareOf(report.coverage.operations);
}

Unknown noPort() {
  return {UnknownKind::Unmodelled,
          "the report does not say what moving there takes"};
}
Measured timeOfPort(const Report &report, const TargetSummary &target,
                    KnownOr<double> PortSummary::*time) {
  const PortSummary *port = findPort(report, target.name);
  if (!port)
    return {noPort(), false};
  return {port->*time, !port->reasons.empty()};
}
Measured portedTime(const Report &report, const TargetSummary *target) {
  return timeOfPort(report, *target, &PortSummary::targetSeconds);
}
Measured remediedTime(const Report &report, const TargetSummary *target) {
  return timeOfPort(report, *target, &PortSummary::remediedSeconds);
}
Measured effortOfPort(const Report &report, const TargetSummary &target,
                      double Days::*end) {
  const PortSummary *port = findPort(report, target.name);
  if (!port)
    return {noPort(), false};
  for (const PortFinding &finding : port->findings)
    if (finding.status == PortingStatus::Blocked)
      return {Unknown{UnknownKind::Unmodelled,
                      "no work helps " + finding.op + ", which is blocked"},
              false};
  return {port->effort.*end, false};
}
Measured highEffort(const Report &report, const TargetSummary *target) {
  return effortOfPort(report, *target, &Days::high);
}
Measured lowEffort(const Report &report, const TargetSummary *target) {
  return effortOfPort(report, *target, &Days::low);
}

constexpr Measure measures[] = {
    {"time", "kernels", "time of kernels", Sense::AtMost, Dimension::Time,
     Scope::Target, false, kernelsTime},
    {"time", "roof", "graph roof", Sense::AtMost, Dimension::Time,
     Scope::Target, false, graphRoof},
    {"time", "kernel_roofs", "sum of kernel roofs", Sense::AtMost,
     Dimension::Time, Scope::Target, false, kernelRoofs},
    {"time", "as_is", "time as-is", Sense::AtMost, Dimension::Time,
     Scope::Target, false, asIsTime},
    {"time", "ported", "time after moving the model", Sense::AtMost,
     Dimension::Time, Scope::Port, false, portedTime},
    {"time", "remedied", "remedied time after moving the model", Sense::AtMost,
     Dimension::Time, Scope::Port, false, remediedTime},
    {"effort", "high", "effort of moving the model", Sense::AtMost,
     Dimension::Work, Scope::Port, true, highEffort},
    {"effort", "low", "least effort of moving the model", Sense::AtMost,
     Dimension::Work, Scope::Port, true, lowEffort},
    {"operations", "", "operations", Sense::AtMost, Dimension::Operations,
     Scope::Graph, true, operations},
    {"traffic", "kernels", "traffic of kernels", Sense::AtMost,
     Dimension::Bytes, Scope::Graph, false, kernelTraffic},
    {"traffic", "ops", "traffic op by op", Sense::AtMost, Dimension::Bytes,
     Scope::Graph, false, opTraffic},
    {"traffic", "compulsory", "compulsory traffic", Sense::AtMost,
     Dimension::Bytes, Scope::Graph, false, compulsoryTraffic},
    {"launches", "", "launches", Sense::AtMost, Dimension::Count, Scope::Graph,
     false, launches},
    {"weights", "", "bytes of weights", Sense::AtMost, Dimension::Bytes,
     Scope::Graph, true, weights},
    {"memory", "", "memory", Sense::AtMost, Dimension::Bytes, Scope::Graph,
     false, memory},
    {"coverage", "ops", "coverage by ops", Sense::AtLeast, Dimension::Share,
     Scope::Graph, true, coveredOps},
    {"coverage", "bytes", "coverage by bytes", Sense::AtLeast, Dimension::Share,
     Scope::Graph, true, coveredBytes},
    {"coverage", "operations", "coverage by operations", Sense::AtLeast,
     Dimension::Share, Scope::Graph, true, coveredOperations},
};

} // namespace

std::string Measure::name() const {
  return part.empty() ? key.str() : (key + "." + part).str();
}

const PortSummary *findPort(const Report &report, llvm::StringRef target) {
  for (const PortSummary &port : report.ports)
    if (port.to == target)
      return &port;
  return nullptr;
}

llvm::ArrayRef<Measure> allMeasures() { return measures; }

std::string measureText(double value, Dimension dimension) {
  if (dimension == Dimension::Share)
    return percent(value);
  if (dimension == Dimension::Count)
    return scaled(value, "");
  if (dimension == Dimension::Work)
    return value == 0 ? "0 person-days" : personDaysText({value, value});
  return scaled(value, baseUnit(dimension));
}

std::string changeText(double before, double after) {
  if (before == 0)
    return after == 0 ? "+0.00 %" : "from 0";
  std::string text;
  llvm::raw_string_ostream os(text);
  double percent = (after / before - 1) * 100;
  // What rounds to zero but is not, and what no column holds.
  if (percent != 0 && std::abs(percent) < 0.005)
    os << llvm::format("%+.0e %%", percent);
  else if (std::abs(percent) >= 1e6)
    os << llvm::format("%+.1e %%", percent);
  else
    os << llvm::format("%+.2f %%", percent);
  return text;
}

bool isSameValue(double lhs, double rhs, Dimension dimension) {
  // Saved reports have seven digits of a time, so two of them that round the
  // same time differ by a millionth at most.
  constexpr double resolution = 1e-6;
  if (dimension != Dimension::Time)
    return lhs == rhs;
  return std::abs(lhs - rhs) <=
         resolution * std::max(std::abs(lhs), std::abs(rhs));
}

} // namespace roofline
