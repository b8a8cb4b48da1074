//===- CheckReports.h - Reports for tests of comparisons --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_CHECK_CHECKREPORTS_H
#define ROOFLINE_TEST_UNIT_CHECK_CHECKREPORTS_H

#include "roofline/Report/Report.h"

namespace roofline {

/// A report of products of `k` = 64, 64, 65, ... in program order, one per line
/// from `firstLine` on. A product of k takes k us on the target `h200`. Rows
/// are in the order of the values of k.
inline Report reportOfProducts(const std::vector<uint64_t> &extents,
                               uint32_t firstLine = 1) {
  Report report;
  report.toolVersion = "1.2.3";
  report.model.file = "model.mlir";
  report.model.ops = extents.size();
  report.sourceFiles = {"model.mlir"};
  report.coverage.ops = report.coverage.operations = report.coverage.bytes = 1;
  TargetSummary target;
  target.name = target.title = "h200";
  target.graphRoof.bound = Bound::hbm();
  double seconds = 0;
  for (size_t position = 0; position < extents.size(); ++position) {
    uint64_t k = extents[position];
    size_t at = 0;
    while (at < report.kernels.size() &&
           report.kernels[at].demand.contraction->k < Count(k))
      ++at;
    if (at == report.kernels.size() ||
        report.kernels[at].demand.contraction->k != Count(k)) {
      Demand demand;
      demand.structure = Structure::Contraction;
      demand.contraction = ContractionShape{1, 8, 8, k};
      demand.work.add(Unit::Matrix, ElementType::BF16, Count(128 * k));
      demand.readBytes = Count(32 * k);
      demand.writtenBytes = Count(128);
      report.kernels.insert(
          report.kernels.begin() + at,
          KernelRow{"gemm",
                    KernelFamily::Gemm,
                    {},
                    Count(0),
                    1,
                    demand,
                    {KernelTimes{0.0, Bound::hbm(), 0.0, std::nullopt, ""}}});
    }
    KernelRow &row = report.kernels[at];
    auto line = uint32_t(firstLine + position);
    row.locations.push_back("model.mlir:" + std::to_string(line) + ":3");
    row.places.push_back(SourcePlace{0, line, 3});
    row.positions.push_back(position);
    row.launches = *row.launches + Count(1);
    row.times[0].seconds = double(k) * 1e-6 * double(row.locations.size());
    row.times[0].roofSeconds = row.times[0].seconds;
    seconds += double(k) * 1e-6;
    report.demand.work.add(row.demand.work);
    report.demand.readBytes += row.demand.readBytes;
    report.demand.writtenBytes += row.demand.writtenBytes;
  }
  report.rankedKernels = report.kernels.size();
  report.kernelSummary.kernels = extents.size();
  report.kernelSummary.launches = Count(extents.size());
  report.kernelSummary.externalBytes =
      report.demand.readBytes + report.demand.writtenBytes;
  target.graphRoof.seconds = seconds;
  target.kernelRoofSeconds = target.kernelSeconds = target.asIsSeconds =
      seconds;
  report.targets.push_back(std::move(target));
  return report;
}

/// The port of a report from the target `h100` to `h200`, with a finding of
/// `rule` that takes `days` of work.
inline PortSummary portWith(llvm::StringRef rule, PortingGrade grade,
                            Days days) {
  PortSummary port;
  port.from = "h100";
  port.to = "h200";
  port.grade = grade;
  port.gradeReason = "a reason";
  port.effort = days;
  PortFinding finding;
  finding.rule = rule.str();
  finding.title = "a title";
  finding.status = PortingStatus::Rewrite;
  finding.level = EffortLevel::High;
  finding.op = "topk f32";
  finding.key = "topk|f32#" + rule.str();
  finding.reason = "no kernel of it is known";
  finding.effort = finding.remedyEffort = days;
  finding.occurrences = 2;
  finding.locations = {"model.mlir:2:3"};
  finding.places = {SourcePlace{0, 2, 3}};
  port.findings = {finding};
  return port;
}

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_CHECK_CHECKREPORTS_H
