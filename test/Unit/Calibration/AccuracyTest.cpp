//===- AccuracyTest.cpp - Estimates against measurements ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SampleMachine.h"

#include "roofline/Calibration/Accuracy.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

MeasuredWork work(llvm::StringRef op, StreamingKind kind, double bytes,
                  double seconds) {
  StreamingShape shape;
  shape.kind = kind;
  shape.columns = bytes;
  shape.bytes = bytes;
  return {op.str(), "bf16",  "cols=" + std::to_string(long(bytes)), "",
          {},       seconds, std::vector<KernelShape>{shape}};
}

TEST(Accuracy, ComparesByOpTypeAndRegime) {
  Machine machine = sampleMachine();
  machine.calibrations = {startOf("streaming")};
  machine.calibrations[0].errors = {{"all", 9, 0.1, 0.1, 0.5, 2}};
  double small = *modelSeconds(
      KernelShape(StreamingShape{StreamingKind::Elementwise, 1, 1e6, 1e6}),
      machine, machine.calibrations[0]);
  std::vector<MeasuredWork> works = {
      // 10 % and 100 % too long; the second lies at its interval's low end.
      work("add", StreamingKind::Elementwise, 1e6, small / 1.1),
      work("add", StreamingKind::Elementwise, 1e6, small / 2),
      work("embedding", StreamingKind::Gather, 1e6, 1),
      {"gemm", "bf16", "", "", {}, 1, Unknown{UnknownKind::Malformed, "why"}},
      {"gemm", "bf16", "", "", {}, 1, Unknown{UnknownKind::Malformed, "why"}},
      {"all_reduce",
       "fp16",
       "",
       "",
       {},
       1,
       std::vector<KernelShape>{CollectiveShape()}}};
  AccuracyReport report = compareWorks(works, machine);
  ASSERT_EQ(report.regimes.size(), 4u);
  EXPECT_EQ(report.regimes[0].op, "add");
  EXPECT_EQ(report.regimes[0].regime, "all");
  EXPECT_EQ(report.regimes[0].errors.rows, 2u);
  EXPECT_NEAR(report.regimes[0].errors.mape, 0.55, 1e-9);
  EXPECT_NEAR(report.regimes[0].errors.bias, 0.55, 1e-9);
  EXPECT_EQ(report.regimes[1].regime, "elementwise");
  EXPECT_EQ(report.regimes[3].regime, "gather");

  ASSERT_EQ(report.unmodelled.size(), 2u);
  EXPECT_EQ(report.unmodelled[0].rows, 2u);
  EXPECT_EQ(report.unmodelled[0].reason, "why");
  EXPECT_EQ(report.unmodelled[1].reason, "no calibration 'collective'");

  // The gather took a second: its estimate is the worst by far.
  std::vector<size_t> worst = report.worst(2);
  ASSERT_EQ(worst.size(), 2u);
  EXPECT_EQ(report.works[worst[0]].op, "embedding");
  EXPECT_NEAR(report.works[worst[1]].error(), 1, 1e-9);
  EXPECT_EQ(report.worst(100).size(), 3u);
}

TEST(Accuracy, EstimatesTheFastestKernel) {
  Machine machine = sampleMachine();
  machine.calibrations = {startOf("streaming")};
  StreamingShape slow{StreamingKind::Gather, 1, 1e8, 1e8};
  StreamingShape fast{StreamingKind::Elementwise, 1, 1e6, 1e6};
  llvm::StringRef regime;
  KnownOr<KernelTime> time = estimateWork(
      {KernelShape(slow), KernelShape(CollectiveShape()), KernelShape(fast)},
      machine, regime);
  ASSERT_TRUE(bool(time));
  EXPECT_EQ(regime, "elementwise");
  EXPECT_EQ(time->seconds,
            *modelSeconds(KernelShape(fast), machine, machine.calibrations[0]));
}

TEST(Accuracy, NamesBorrowedCalibrations) {
  Machine machine = sampleMachine();
  machine.calibrations = {startOf("streaming")};
  machine.calibrations[0].borrowedFrom = "h200";
  AccuracyReport report = compareWorks(
      {work("add", StreamingKind::Elementwise, 1e6, 1e-6)}, machine);
  ASSERT_EQ(report.borrowed.size(), 1u);
  EXPECT_EQ(report.borrowed[0], "streaming from h200");
}

} // namespace
