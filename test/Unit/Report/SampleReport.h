//===- SampleReport.h - A report for tests ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_REPORT_SAMPLEREPORT_H
#define ROOFLINE_TEST_UNIT_REPORT_SAMPLEREPORT_H

#include "roofline/Report/Report.h"

namespace roofline {

/// 2^64 + 1, which neither a double nor 64 bits hold.
inline Count largeCount() {
  return Count(uint64_t(1) << 63) * Count(2) + Count(1);
}

/// Moving the sample to its second target.
inline PortSummary samplePort() {
  PortSummary port;
  port.from = "h200";
  port.to = "ascend-910b2-with-a-long-name";
  port.grade = PortingGrade::C;
  port.gradeReason = "covers 75.0 % of the source's time, B asks for 95 %";
  port.coverage = {0.5, std::nullopt, 0.25, 1.0, 0.75, 0.125};
  port.effort = {5.5, 22};
  port.targetSeconds = 3e-4;
  port.remediedSeconds = 2.5e-4;
  port.reasons = {"1 op or kernel has no kernel there yet"};
  port.speedUp = {0.64, {0.5, 0.8}, true, false};
  PortFinding missing;
  missing.rule = "RF1012";
  missing.title = "no kernel, but others compute the same";
  missing.status = PortingStatus::Rewrite;
  missing.level = EffortLevel::High;
  missing.op = "fused_multiply_add bf16";
  missing.key = "fused|bf16#RF1012";
  missing.reason = "nothing <like> \"that\" is there";
  missing.remedy = "Write it.";
  missing.effort = missing.remedyEffort = {5, 20};
  missing.evidence = {
      {"row-1", "a source", "https://example.com", "2026-11-02", {"aclnnX"}}};
  missing.occurrences = 2;
  missing.launches = largeCount();
  missing.sourceShare = 0.75;
  missing.sourceSeconds = 1.5e-4;
  missing.targetSeconds = 2e-4;
  missing.remediedSeconds = 1.5e-4;
  missing.substituteSeconds = {
      {ElementType::I8, 1e-4},
      {ElementType::BF16, Unknown{UnknownKind::Unmodelled, "no rate"}}};
  missing.locations = {"model.mlir:7:8", "elsewhere"};
  missing.places = {SourcePlace{1, 7, 8}, std::nullopt};
  missing.positions = {0, 3};
  PortFinding advice;
  advice.rule = "RF1051";
  advice.title = "graph capture";
  advice.status = PortingStatus::ParameterChange;
  advice.level = EffortLevel::Low;
  advice.isVerdict = false;
  advice.key = "RF1051#x";
  advice.sourceSeconds = Unknown{UnknownKind::Unmodelled, "no time"};
  advice.effort = advice.remedyEffort = {0.5, 2};
  port.findings = {missing, advice};
  port.worklist = {0};
  port.releases = {{"cann", "9.0.0"}};
  port.includesCommunity = false;
  port.effortFile = "days.yaml";
  port.days = {{"none", {0, 0}}, {"low", {0.5, 2}}, {"RF1012", {5, 20}}};
  return port;
}

/// A report with one of everything, made of values that are wide in print.
inline Report sampleReport() {
  const UnitType matrix{Unit::Matrix, ElementType::BF16};
  const UnitType special{Unit::Special, ElementType::F16};
  const Unknown why{UnknownKind::TripCount,
                    "the bound of the loop counter is not a constant"};

  const Unknown noFigures{UnknownKind::Unmodelled, "no figures"};

  Report report;
  report.toolVersion = "1.2.3";
  report.modelDataVersion = 7;
  report.sourceFiles = {"models/model.mlir", "/home/me/net.py"};
  report.model.file = std::string(150, 'd') + "/model.mlir";
  report.model.entry = "@main";
  report.model.stage = "stablehlo as given, fused as libraries do";
  report.model.ops = 1234567;
  report.model.argumentBytes = largeCount();
  report.model.weightBytes = why;
  report.memory.need = {Count(3000), largeCount(), Count(100), Count(50),
                        Count(700)};
  report.memory.peakKernel = "fused_multiply_add_and_much_more";
  report.memory.peakLocation =
      "a_very_long_file_name_of_a_model.mlir:1234567:89";
  report.memory.timeline = {{largeCount(), Count(200)}, {Count(1), Count(700)}};
  report.demand.work.add(matrix.unit, matrix.type, largeCount());
  report.demand.work.add(special.unit, special.type, Count(12));
  report.demand.readBytes = Count(3000);
  report.demand.writtenBytes = Count(1000);
  report.demand.isComplete = false;
  report.kernelSummary.kernels = 1234567;
  report.kernelSummary.leftOut = 3;
  report.kernelSummary.launches = largeCount();
  report.kernelSummary.externalBytes = largeCount();
  report.kernelSummary.asIsLaunches = largeCount() * Count(2);
  report.coverage.ops = 0.5;
  for (unsigned i = 0; i < 30; ++i)
    report.coverage.unmodelled.push_back({"mine.op" + std::to_string(i),
                                          std::string(200, 'r'), 1,
                                          Count(uint64_t(1) << 40)});
  report.coverage.uncounted.push_back({"mine.loop", why.reason, 7, why,
                                       "model.mlir:3:4", SourcePlace{1, 3, 4}});
  for (unsigned i = 0; i < 30; ++i)
    report.loops.push_back(
        {"@main/for#" + std::to_string(i), "model.mlir:1:2", Count(5), false});
  report.loops.push_back({"@main/while#0", "model.mlir:123456:78", why, false});

  TargetSummary target;
  target.name = "h200";
  target.title = "A target";
  target.rates = {{matrix, 989.4e12},
                  {{Unit::Special, ElementType::F32}, 4e12}};
  target.memory = {{"hbm", 141e9, 4.8e12}, {"l2", 50e6, std::nullopt}};
  target.graphRoof = {
      1.389114e-4,
      Bound(matrix),
      {{Bound::hbm(), 2.097152e-5}, {Bound(matrix), 1.389114e-4}}};
  target.opRoofSeconds = 2e-4;
  target.bounds = {{Bound(matrix), 1.5e-4, 0.75}, {Bound::hbm(), 0.5e-4, 0.25}};
  target.substitutes = {{special, ElementType::F32}};
  target.kernelRoofSeconds = 1.75e-4;
  target.kernelSeconds = 1.9e-4;
  target.asIsSeconds = 4e-4;
  target.kernelReasons = {"kernels counts 2 kernels at their roof: no figure"};
  target.missingRates = {{{Unit::Matrix, ElementType::F64}, 5, "no rate"}};
  target.incompleteReasons = {"some ops are not modelled"};
  target.memoryFit = {Count(126900000000), Count(12)};
  target.tdpWatts = 700.0;
  target.energyJoules = 700 * 1.9e-4;
  report.targets.push_back(target);
  target.memoryFit = {Count(57600000000), why};
  target.tdpWatts = std::nullopt;
  target.energyJoules = noFigures;
  target.name = "ascend-910b2-with-a-long-name";
  target.graphRoof = {0, std::nullopt, {}};
  target.kernelSeconds = target.asIsSeconds = noFigures;
  target.kernelReasons = {"kernels and as-is are unknown: no figures"};
  report.targets.push_back(target);

  report.ports = {samplePort()};

  Demand demand;
  demand.structure = Structure::Contraction;
  demand.contraction = ContractionShape{1, 4096, 4096, 4096};
  demand.work.add(matrix.unit, matrix.type, largeCount());
  demand.readBytes = Count(3000);
  demand.writtenBytes = Count(1000);
  report.ops.push_back({"stablehlo.dynamic_update_slice",
                        "a_very_long_file_name_of_a_model.mlir:1234567:89",
                        Count(123456789012),
                        demand,
                        {{1.5e-4, Bound(matrix)}, {why, std::nullopt}}});
  report.kernels.push_back(
      {"fused_multiply_add_and_much_more",
       KernelFamily::GatedActivation,
       {"a_very_long_file_name_of_a_model.mlir:1234567:89", "b"},
       Count(123456789012),
       123456,
       demand,
       {{1.5e-4, Bound(matrix), 1.8e-4}, {1e-3, Bound(matrix), noFigures}}});
  report.kernels.push_back({"add",
                            KernelFamily::Elementwise,
                            {"model.mlir:7:8"},
                            why,
                            1,
                            demand,
                            {{why, Bound::hbm(), why}, {why, {}, why}}});
  report.kernels.front().opNames = {{"stablehlo.multiply", 2},
                                    {"stablehlo.add", 123454}};
  report.kernels[0].places = {SourcePlace{0, 1234567, 89}, std::nullopt};
  report.kernels[0].positions = {0, 7};
  report.kernels[0].launchesOf = {Count(1), Count(123456789011)};
  report.kernels[1].places = {SourcePlace{1, 7, 8}};
  report.kernels[1].positions = {3};
  report.rankedKernels = 1234564;
  report.sequence = {{0, 0, Count(123456789011)}, {0, 1, Count(1)}};
  FamilyRow family;
  family.family = KernelFamily::GatedActivation;
  family.kernels = 1234566;
  family.launches = largeCount();
  family.work = demand.work;
  family.bytes = largeCount();
  family.times = {{1.5e-4, 1.8e-4, 0.9473}, {1e-3, noFigures, 1.0}};
  report.families.push_back(family);
  family = FamilyRow();
  family.family = KernelFamily::Opaque;
  family.kernels = family.leftOut = 3;
  family.times = {{why, why, std::nullopt}, {why, why, std::nullopt}};
  report.families.push_back(family);

  demand.work = WorkList();
  report.ops.push_back(
      {"a.b", "c", why, demand, {{why, Bound::hbm()}, {why, std::nullopt}}});
  report.rankedOps = 99;
  report.assumptions = {
      {"A1", std::string(80, 'a') + " " + std::string(80, 'b')}};
  report.notes = {"a note with \"quotes\" and \n a line"};
  return report;
}

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_REPORT_SAMPLEREPORT_H
