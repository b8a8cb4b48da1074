//===- TraceStepTest.cpp - One run of a model in a trace ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/TraceStep.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace roofline;

namespace {

/// `begin period repeats` of a sequence of letters; gaps are digits.
std::string repetition(llvm::StringRef letters, llvm::StringRef digits = "") {
  std::vector<uint32_t> sequence(letters.begin(), letters.end());
  std::vector<double> gaps(letters.size(), 0);
  for (size_t index = 0; index < digits.size(); ++index)
    gaps[index] = digits[index] - '0';
  Repetition found = findRepetition(sequence, gaps);
  return std::to_string(found.begin) + " " + std::to_string(found.period) +
         " " + std::to_string(found.repeats);
}

TEST(FindRepetition, FindsTheShortestPeriod) {
  EXPECT_EQ(repetition("abcabcabc"), "0 3 3");
  EXPECT_EQ(repetition("aaaa"), "0 1 4");
  // Layers repeat within a run, but not over more than half of the trace.
  EXPECT_EQ(repetition("pllllepllllepllllepllllle"), "0 6 3");
  // What is around is left out.
  EXPECT_EQ(repetition("xxabcabcabc"), "2 3 3");
  EXPECT_EQ(repetition("abcabcabcyz"), "0 3 3");
}

TEST(FindRepetition, FindsNone) {
  EXPECT_EQ(repetition(""), "0 0 0");
  EXPECT_EQ(repetition("a"), "0 0 0");
  EXPECT_EQ(repetition("abcdef"), "0 0 0");
  EXPECT_EQ(repetition("abxyz"), "0 0 0");
  // Exactly half.
  EXPECT_EQ(repetition("wxyzabab"), "0 0 0");
}

TEST(FindRepetition, PlacesTheBegin) {
  // A part of a period is left: at the begin where the piece ends with the
  // sequence, else at its end.
  EXPECT_EQ(repetition("xbcabcabc"), "3 3 2");
  EXPECT_EQ(repetition("abcabcab"), "0 3 2");
  // In the midst the idle time tells: there are begins at 1, 2 and 3.
  EXPECT_EQ(repetition("xabcabcabx", "0010010000"), "2 3 2");
  EXPECT_EQ(repetition("xabcabcabx", "0001001000"), "3 3 2");
  EXPECT_EQ(repetition("xabcabcabx"), "1 3 2");
}

/// A trace whose kernels have names of one letter, take `seconds` in turn and
/// start one second after the end of the one before.
KernelTrace traceOf(llvm::StringRef letters, std::vector<double> seconds) {
  KernelTrace trace;
  trace.file = "t";
  double time = 0;
  for (size_t index = 0; index < letters.size(); ++index) {
    TraceName name = {letters.substr(index, 1).str(), ""};
    size_t id = std::find(trace.names.begin(), trace.names.end(), name) -
                trace.names.begin();
    if (id == trace.names.size())
      trace.names.push_back(name);
    double duration = seconds[index % seconds.size()];
    trace.kernels.push_back({uint32_t(id), 0, time, duration});
    time += duration + 1;
  }
  return trace;
}

/// `names busy span` and the phrase of a step, or the message of the failure.
std::string step(const KernelTrace &trace, const StepRequest &request = {}) {
  llvm::Expected<TraceStep> taken = takeStep(trace, request);
  if (!taken)
    return llvm::toString(taken.takeError());
  std::string text;
  for (const StepKernel &kernel : taken->kernels)
    text += trace.names[kernel.name].text + std::to_string(int(kernel.seconds));
  return text + " " + std::to_string(int(taken->busySeconds)) + " " +
         std::to_string(int(taken->spanSeconds)) + ": " + taken->taken;
}

TEST(TakeStep, TakesMediansOfWhatRepeats) {
  // Runs take 1 + 2, 3 + 4 and 5 + 9 seconds: the medians are 3, 4 and 7, with
  // the second between them 8.
  EXPECT_EQ(step(traceOf("ababab", {1, 2, 3, 4, 5, 9})),
            "a3b4 7 8: the median of 3 runs of 2 kernels, which repeat");
  EXPECT_EQ(step(traceOf("xababab", {8, 1, 2, 3, 4, 5, 9})),
            "a3b4 7 8: the median of 3 runs of 2 kernels, which repeat, "
            "without 1 kernel around them");
  EXPECT_EQ(step(traceOf("abc", {1})),
            "a1b1c1 3 5: the whole trace of 3 kernels");
}

TEST(TakeStep, DividesByAnchors) {
  // One product a period, four of them; runs of the model have two.
  KernelTrace trace = traceOf("abababab", {1});
  trace.names[0].text = "gemm";
  StepRequest request;
  request.anchors = 2;
  EXPECT_EQ(step(trace, request),
            "gemm1b1gemm1b1 4 7: the median of 2 runs of 4 kernels, which "
            "repeat (2 kernels do so 4 times)");
  request.anchors = 4;
  EXPECT_EQ(step(trace, request),
            "gemm1b1gemm1b1gemm1b1gemm1b1 8 15: the whole trace of 8 kernels, "
            "as one run: 2 kernels repeat 4 times in it");
  // Products that may be launched one by one: either count will do, and of
  // equally good divisions the one into more runs is taken.
  request.anchors = 1;
  request.mostAnchors = 2;
  EXPECT_EQ(step(trace, request).substr(0, 40),
            "gemm1b1 2 3: the median of 4 runs of 2 k");
  request.anchors = 3;
  request.mostAnchors = 4;
  EXPECT_EQ(step(trace, request).substr(0, 50),
            "gemm1b1gemm1b1gemm1b1gemm1b1 8 15: the whole trace");
  request.mostAnchors = 0;
  // Without any, each period is a run.
  request.anchors = 0;
  EXPECT_EQ(step(trace, request),
            "gemm1b1 2 3: the median of 4 runs of 2 kernels, which repeat");
}

TEST(TakeStep, DividesAsAsked) {
  KernelTrace trace = traceOf("abababab", {1});
  StepRequest request;
  request.runs = 2;
  EXPECT_EQ(step(trace, request),
            "a1b1a1b1 4 7: the median of 2 runs of 4 kernels, which repeat (2 "
            "kernels do so 4 times)");
  request.runs = 1;
  EXPECT_EQ(step(trace, request).substr(0, 42),
            "a1b1a1b1a1b1a1b1 8 15: the whole trace of ");
  request.runs = 3;
  EXPECT_EQ(step(trace, request), "t: error: the trace is not 3 runs of the "
                                  "same kernels: 2 kernels repeat 4 times");
  EXPECT_EQ(step(traceOf("abc", {1}), request),
            "t: error: the trace is not 3 runs of the same kernels: no part of "
            "it repeats");
}

TEST(TakeStep, TakesRanges) {
  // Starts: a 0, b 2, a 4, b 6, a 8.
  KernelTrace trace = traceOf("ababa", {1});
  trace.ranges = {{"load", 0, 1},
                  {"run", 0, 4},
                  {"run", 4, 8},
                  {"run", 8, 9},
                  {"idle", 20, 21}};
  trace.hostRanges = {"host"};
  StepRequest request;
  request.range = "run";
  EXPECT_EQ(step(trace, request), "a1b1 2 3: the median of 2 of 3 ranges "
                                  "'run', of the same 2 kernels");
  request.range = "load";
  EXPECT_EQ(step(trace, request), "a1 1 1: the range 'load' of 1 kernel");
  request.range = "idle";
  EXPECT_EQ(step(trace, request),
            "t: error: no kernel begins within a range 'idle'");
  request.range = "host";
  EXPECT_EQ(step(trace, request),
            "t: error: the trace has no range 'host' of the device's time, "
            "only of the host's; ranges are 'idle', 'load' and 'run'");
  trace.ranges.clear();
  request.range = "ru";
  EXPECT_EQ(step(trace, request),
            "t: error: the trace has no range 'ru'; it has no ranges of the "
            "device's time at all: leave the option away");
}

TEST(TakeStep, TakesStepsOfTheProfilerFirst) {
  KernelTrace trace = traceOf("abcdef", {1, 1, 3, 3, 2, 2});
  trace.ranges = {{"ProfilerStep#1", 0, 4},
                  {"ProfilerStep#2", 4, 12},
                  {"ProfilerStep#3", 12, 30}};
  // No two are the same: that in the middle by its busy time.
  EXPECT_EQ(step(trace), "e2f2 4 5: one of 3 ranges 'ProfilerStep', of 2 "
                         "kernels: no two have the same kernels");
}

} // namespace
