//===- ComparisonViewTest.cpp - Targets of a report side by side ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SampleReport.h"

#include "roofline/Report/ComparisonView.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

const Unknown why{UnknownKind::Unmodelled, "no figures"};

TargetSummary timed(double seconds, double low, double high,
                    uint64_t devices = 1) {
  TargetSummary target;
  target.kernelSeconds = seconds;
  target.kernelInterval = TimeInterval{low, high};
  target.memoryFit = {Count(1000), Count(devices)};
  return target;
}

std::string textOf(const Report &report, ComparisonOptions options = {}) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printComparison(os, report, options);
  return text;
}

} // namespace

TEST(Comparison, ThroughputIsARatioOfIntervals) {
  // 10 ms (8 to 12) against 40 ms (30 to 60): 0.25, between 8/60 and 12/30.
  TargetSummary first = timed(10e-3, 8e-3, 12e-3);
  TargetSummary other = timed(40e-3, 30e-3, 60e-3);
  KnownOr<RatioInterval> ratio = throughputOf(other, first);
  ASSERT_TRUE(ratio);
  EXPECT_DOUBLE_EQ(ratio->value, 0.25);
  EXPECT_DOUBLE_EQ(ratio->low, 8.0 / 60);
  EXPECT_DOUBLE_EQ(ratio->high, 12.0 / 30);
  // Against itself it is one whatever the interval.
  ratio = throughputOf(first, first);
  ASSERT_TRUE(ratio);
  EXPECT_EQ(ratio->low, 1);
  EXPECT_EQ(ratio->high, 1);
  // Turned over, the ends change places.
  ratio = throughputOf(first, other);
  EXPECT_DOUBLE_EQ(ratio->value, 4);
  EXPECT_DOUBLE_EQ(ratio->high, 60.0 / 8);
}

TEST(Comparison, DevicesThatAreAsFast) {
  TargetSummary first = timed(10e-3, 8e-3, 12e-3);
  auto devices = [&](const TargetSummary &target) {
    KnownOr<Count> count = devicesToMatch(target, first);
    return count ? count->str() : "unknown: " + count.unknown().reason;
  };
  EXPECT_EQ(devices(first), "1");
  EXPECT_EQ(devices(timed(40e-3, 1, 1)), "4");
  EXPECT_EQ(devices(timed(41e-3, 1, 1)), "5");
  // Less than a hundredth of a device too few.
  EXPECT_EQ(devices(timed(40.05e-3, 1, 1)), "4");
  // A faster one, and one that needs more for memory.
  EXPECT_EQ(devices(timed(1e-3, 1, 1)), "1");
  EXPECT_EQ(devices(timed(40e-3, 1, 1, 7)), "7");
  TargetSummary unknown = timed(1, 1, 1);
  unknown.memoryFit.devices = why;
  EXPECT_EQ(devices(unknown), "100");
  unknown.kernelSeconds = why;
  EXPECT_EQ(devices(unknown), "unknown: no figures");
  EXPECT_EQ(devices(timed(0, 0, 0)), "unknown: no kernel takes any time");
  EXPECT_EQ(devices(timed(1e300, 1, 1)),
            "unknown: more devices than there can be");
}

TEST(Comparison, TheTypeThatMostIsComputedIn) {
  WorkList work;
  EXPECT_FALSE(dominantType(work));
  work.add(Unit::Special, ElementType::F32, 1000);
  EXPECT_FALSE(dominantType(work));
  work.add(Unit::Vector, ElementType::F32, 100);
  work.add(Unit::Vector, ElementType::BF16, 50);
  EXPECT_EQ(dominantType(work)->str(), "vector_f32");
  // Matrix work comes first, however little there is.
  work.add(Unit::Matrix, ElementType::TF32, 3);
  work.add(Unit::Matrix, ElementType::BF16, 4);
  EXPECT_EQ(dominantType(work)->str(), "matrix_bf16");
}

TEST(Comparison, PeaksAreThoseOfSubstitutes) {
  const UnitType tf32{Unit::Matrix, ElementType::TF32};
  TargetSummary target;
  target.rates[{Unit::Matrix, ElementType::HF32}] = 5;
  EXPECT_FALSE(peakRate(target, tf32));
  target.substitutes = {{tf32, ElementType::HF32}};
  EXPECT_EQ(peakRate(target, tf32), 5);
}

TEST(Comparison, KernelsWithAnotherBound) {
  Report report = sampleReport();
  // The first row has one bound on both, the second is unbounded on one.
  EXPECT_TRUE(boundChanges(report).empty());
  report.kernels[0].times[1].bound = Bound::hbm();
  std::vector<BoundChange> changes = boundChanges(report);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes.front().row, &report.kernels[0]);
  // 180 of 190 us.
  EXPECT_DOUBLE_EQ(*changes.front().share, 1.8 / 1.9);
  EXPECT_DOUBLE_EQ(*shareOf(changes), 1.8 / 1.9);
  report.targets[0].kernelSeconds = why;
  EXPECT_FALSE(boundChanges(report).front().share);
  EXPECT_FALSE(shareOf(boundChanges(report)));
}

TEST(Comparison, TheTimeThatMemoryBounds) {
  Report report = sampleReport();
  // The kernel with a time is bound by the matrix unit; without one: unknown.
  EXPECT_EQ(memoryBoundShare(report, 0), 0.0);
  EXPECT_FALSE(memoryBoundShare(report, 1));
  report.kernels[0].times[0].bound = Bound::hbm();
  EXPECT_EQ(memoryBoundShare(report, 0), 1.0);
}

TEST(Comparison, TextFitsThePage) {
  Report report = sampleReport();
  report.kernels[0].times[1].bound = Bound::hbm();
  // More targets than one table holds.
  for (unsigned i = 0; i < 5; ++i) {
    report.targets.push_back(report.targets[i % 2]);
    for (KernelRow &row : report.kernels)
      row.times.push_back(row.times[i % 2]);
  }
  std::string text = textOf(report);
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(text).split(lines, '\n');
  for (llvm::StringRef line : lines) {
    // A place or a reason may be one long word.
    if (!line.contains(std::string(40, 'r')) && !line.contains("ddddd"))
      EXPECT_LE(line.size(), 100u) << line.str();
    EXPECT_EQ(line, line.rtrim());
  }
  EXPECT_TRUE(llvm::StringRef(text).contains("unknown"));
  EXPECT_FALSE(llvm::StringRef(text).contains("\x1b"));
  ComparisonOptions colored;
  colored.useColor = true;
  EXPECT_TRUE(llvm::StringRef(textOf(report, colored)).contains("\x1b[1m"));
}

TEST(Comparison, PartsOfAPartition) {
  Report report = sampleReport();
  EXPECT_FALSE(llvm::StringRef(textOf(report)).contains("a part"));
  report.memory.isOfOneDevice = true;
  EXPECT_TRUE(llvm::StringRef(textOf(report)).contains("12 a part"));
}

TEST(Comparison, Json) {
  Report report = sampleReport();
  report.kernels[0].times[1].bound = Bound::hbm();
  std::string text;
  llvm::raw_string_ostream os(text);
  printComparisonJson(os, report, {});
  llvm::Expected<llvm::json::Value> parsed = llvm::json::parse(text);
  ASSERT_TRUE(bool(parsed)) << llvm::toString(parsed.takeError());
  const llvm::json::Object &root = *parsed->getAsObject();
  EXPECT_EQ(root.getObject("schema")->getString("name"), "roofline.comparison");
  const llvm::json::Array &targets = *root.getArray("targets");
  ASSERT_EQ(targets.size(), 2u);
  const llvm::json::Object &first = *targets[0].getAsObject();
  EXPECT_EQ(first.getObject("throughput")->getNumber("ratio"), 1);
  EXPECT_EQ(first.getInteger("devices_to_match"), 12);
  const llvm::json::Object &second = *targets[1].getAsObject();
  EXPECT_EQ(second.get("throughput")->kind(), llvm::json::Value::Null);
  EXPECT_EQ(second.get("devices_to_match")->kind(), llvm::json::Value::Null);
  EXPECT_EQ(second.get("kernels_seconds")->kind(), llvm::json::Value::Null);
  const llvm::json::Object &changes = *root.getObject("bound_changes");
  EXPECT_EQ(changes.getInteger("kernels"), 1);
  EXPECT_EQ(changes.getArray("rows")->size(), 1u);
  // Beyond 64 bits: 2^64 + 1.
  EXPECT_TRUE(
      llvm::StringRef(text).contains("\"cache_bytes\": 18446744073709551617"));
}
