//===- TraceComparisonTest.cpp - Estimates against a trace ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/TraceComparison.h"

#include <gtest/gtest.h>

#include <random>

using namespace roofline;

namespace {

using Family = KernelFamily;

/// Pairs as `0-0 1-2`.
std::string align(std::vector<AlignedLaunch> estimates,
                  std::vector<AlignedLaunch> measured,
                  size_t maxPairs = size_t(1) << 28) {
  bool isNarrowed = false;
  std::string text;
  for (auto [left, right] :
       alignLaunches(estimates, measured, isNarrowed, maxPairs))
    text += (text.empty() ? "" : " ") + std::to_string(left) + "-" +
            std::to_string(right);
  return text + (isNarrowed ? " narrowed" : "");
}

TEST(AlignLaunches, MatchesFamiliesInOrder) {
  EXPECT_EQ(align({}, {{Family::Gemm, 1}}), "");
  EXPECT_EQ(align({{Family::Gemm, 1}}, {}), "");
  EXPECT_EQ(align({{Family::Gemm, 1}, {Family::Attention, 1}},
                  {{Family::Attention, 1}, {Family::Gemm, 1}}),
            // Either may be matched, not both.
            "1-0");
  EXPECT_EQ(align({{Family::Normalization, 1}, {Family::Gemm, 5}},
                  {{Family::Normalization, 2},
                   {Family::Elementwise, 1},
                   {Family::Gemm, 50}}),
            "0-0 1-2");
  // What nobody knows is matched with what nobody knows.
  EXPECT_EQ(align({{Family::Opaque, 0}, {Family::Gemm, 1}},
                  {{Family::Elementwise, 1}, {Family::Opaque, 9}}),
            "0-1");
}

TEST(AlignLaunches, NearerTimesDecide) {
  EXPECT_EQ(
      align({{Family::Gemm, 10}}, {{Family::Gemm, 1}, {Family::Gemm, 11}}),
      "0-1");
  // However far off, a product stays one.
  EXPECT_EQ(align({{Family::Gemm, 1}}, {{Family::Gemm, 1e6}}), "0-0");
  // Different families of streaming kernels only where times are near.
  EXPECT_EQ(align({{Family::Rope, 1}}, {{Family::Elementwise, 5}}), "0-0");
  EXPECT_EQ(align({{Family::Rope, 1}}, {{Family::Elementwise, 11}}), "");
  EXPECT_EQ(align({{Family::Rope, 1}}, {{Family::Normalization, 1}}), "");
}

TEST(AlignLaunches, ProductsMayBeLaunchedOneByOne) {
  const std::vector<AlignedLaunch> estimate = {
      {Family::Gemm, 6, 3}, {Family::Attention, 5}, {Family::Gemm, 4, 2}};
  // Together, one by one, and with something between.
  EXPECT_EQ(
      align(estimate,
            {{Family::Gemm, 6}, {Family::Attention, 5}, {Family::Gemm, 4}}),
      "0-0 1-1 2-2");
  EXPECT_EQ(align(estimate, {{Family::Gemm, 4},
                             {Family::Gemm, 1},
                             {Family::Gemm, 1},
                             {Family::Attention, 5},
                             {Family::Gemm, 2},
                             {Family::Elementwise, 1},
                             {Family::Gemm, 2}}),
            "0-0 0-1 0-2 1-3 2-4 2-6");
  // A launch more than there are products is left over; no other anchor is
  // between two of them.
  EXPECT_EQ(align({{Family::Gemm, 6, 2}},
                  {{Family::Gemm, 1}, {Family::Gemm, 3}, {Family::Gemm, 3}}),
            "0-1 0-2");
  EXPECT_EQ(
      align({{Family::Gemm, 6, 2}},
            {{Family::Gemm, 3}, {Family::Attention, 1}, {Family::Gemm, 3}}),
      "0-2");
  // What follows is not taken away from its own estimate.
  EXPECT_EQ(align({{Family::Gemm, 6, 2}, {Family::Gemm, 2}},
                  {{Family::Gemm, 4}, {Family::Gemm, 2}}),
            "0-0 1-1");
}

TEST(AlignLaunches, NarrowsLargeTables) {
  // Twice as many launches on the right: each pair is near the diagonal.
  std::vector<AlignedLaunch> left, right;
  std::string expected;
  for (unsigned index = 0; index < 100; ++index) {
    left.push_back({Family::Gemm, 1});
    right.push_back({Family::Elementwise, 1});
    right.push_back({Family::Gemm, 1});
    expected +=
        std::to_string(index) + "-" + std::to_string(2 * index + 1) + " ";
  }
  EXPECT_EQ(align(left, right) + " ", expected);
  EXPECT_EQ(align(left, right, /*maxPairs=*/2000), expected + "narrowed");
  EXPECT_EQ(align(left, right, /*maxPairs=*/1), expected + "narrowed");
}

TEST(AlignLaunches, PairsRiseWhateverTheLaunches) {
  std::mt19937 random(1);
  for (unsigned round = 0; round < 300; ++round) {
    auto launches = [&] {
      std::vector<AlignedLaunch> list(random() % 40);
      for (AlignedLaunch &launch : list)
        launch = {allKernelFamilies()[random() % allKernelFamilies().size()],
                  double(random() % 5) * 1e-6, unsigned(random() % 4)};
      return list;
    };
    std::vector<AlignedLaunch> left = launches(), right = launches();
    size_t maxPairs = round % 2 ? 50 : 1 << 20;
    bool isNarrowed = false;
    auto pairs = alignLaunches(left, right, isNarrowed, maxPairs);
    for (size_t index = 0; index < pairs.size(); ++index) {
      ASSERT_LT(pairs[index].first, left.size());
      ASSERT_LT(pairs[index].second, right.size());
      if (index > 0) {
        ASSERT_LE(pairs[index - 1].first, pairs[index].first);
        ASSERT_LT(pairs[index - 1].second, pairs[index].second);
      }
    }
    EXPECT_EQ(pairs, alignLaunches(left, right, isNarrowed, maxPairs));
  }
}

/// Two products around an unknown call, and a norm that the trace has not.
EstimatedRun sampleRun() {
  EstimatedRun run;
  run.kernels = {{"gemm", Family::Gemm, "m:1", 10.0, 8, 12},
                 {"call", Family::Opaque, "m:2",
                  Unknown{UnknownKind::Opaque, "no rule"}, 0, 0},
                 {"rms_norm", Family::Normalization, "m:3", 2.0, 2, 2}};
  run.launches = {0, 1, 0, 2};
  return run;
}

/// Products of 12 s with a sum of parts, a call, a copy.
KernelTrace sampleTrace() {
  KernelTrace trace;
  trace.file = "t.json";
  trace.format = "Kineto";
  trace.names = {{"nvjet", ""},
                 {"splitKreduce_kernel", ""},
                 {"my_kernel", ""},
                 {"Memcpy HtoD", ""}};
  trace.notes = {"a note"};
  return trace;
}

TraceStep sampleStep() {
  TraceStep step;
  step.kernels = {{3, 30}, {0, 11}, {1, 1}, {2, 5}, {0, 12}};
  step.busySeconds = 58;
  step.spanSeconds = 60;
  step.taken = "the whole trace";
  return step;
}

TEST(CompareWithTrace, CountsEverythingOnce) {
  TraceComparison result =
      compareWithTrace(sampleRun(), sampleTrace(), sampleStep());
  EXPECT_EQ(result.estimatedLaunches, 4u);
  EXPECT_EQ(result.measuredLaunches, 5u);
  EXPECT_EQ(result.unknownLaunches, 1u);
  EXPECT_DOUBLE_EQ(result.estimatedSeconds, 22);
  EXPECT_DOUBLE_EQ(result.low, 18);
  EXPECT_DOUBLE_EQ(result.high, 26);
  EXPECT_DOUBLE_EQ(result.measuredSeconds, 59);
  EXPECT_EQ(result.matchedLaunches, 3u);
  EXPECT_DOUBLE_EQ(result.matchedEstimatedSeconds, 20);
  EXPECT_DOUBLE_EQ(result.matchedMeasuredSeconds, 24);
  EXPECT_DOUBLE_EQ(result.matchedUnknownSeconds, 5);

  // The part of the first product counts with it.
  ASSERT_EQ(result.matched.size(), 2u);
  EXPECT_EQ(result.matched[1].traceName, "nvjet");
  EXPECT_EQ(result.matched[1].launches, 2u);
  EXPECT_DOUBLE_EQ(result.matched[1].estimatedSeconds, 20);
  EXPECT_DOUBLE_EQ(result.matched[1].measuredSeconds, 24);
  EXPECT_EQ(result.matched[0].traceName, "my_kernel");
  ASSERT_EQ(result.notes.size(), 2u);
  EXPECT_EQ(result.notes[1],
            "1 launch that completes the one before it counts with that: sums "
            "over the parts of a product or of attention");

  ASSERT_EQ(result.unmatchedEstimates.size(), 1u);
  EXPECT_EQ(result.unmatchedEstimates[0].kernel, 2u);
  ASSERT_EQ(result.unmatchedTrace.size(), 1u);
  EXPECT_EQ(result.unmatchedTrace[0].name, "Memcpy HtoD");
  EXPECT_DOUBLE_EQ(result.unmatchedTrace[0].seconds, 30);

  // Matched and unmatched make up the whole on both sides.
  double unmatched = 0;
  for (const UnmatchedTraceKernel &row : result.unmatchedTrace)
    unmatched += row.seconds;
  EXPECT_DOUBLE_EQ(result.matchedMeasuredSeconds +
                       result.matchedUnknownSeconds + unmatched,
                   result.measuredSeconds);

  ASSERT_EQ(result.families.size(), 4u);
  EXPECT_EQ(result.families[0].family, Family::DataMovement);
  EXPECT_EQ(result.families[1].family, Family::Gemm);
  EXPECT_EQ(result.families[1].estimatedLaunches, 2u);
  EXPECT_EQ(result.families[1].measuredLaunches, 2u);
}

} // namespace
