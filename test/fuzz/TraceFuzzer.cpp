//===- TraceFuzzer.cpp - Traces that nobody recorded ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes bytes through the readers of traces, and what is read through finding
// one run and comparing it with an estimate of a few kernels. Launches must be
// in order, with times and names that can be printed; on both sides of the
// comparison what is matched and what is not must make up the whole.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "roofline/Calibration/TraceComparison.h"
#include "roofline/Report/TraceView.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <cstdlib>

using namespace roofline;

namespace {

constexpr llvm::StringLiteral file = "trace.json";

bool isTime(double seconds) { return std::isfinite(seconds) && seconds >= 0; }

void checkTrace(const KernelTrace &trace) {
  require(!trace.kernels.empty(), "trace without kernels");
  for (const TraceName &name : trace.names) {
    checkText(name.text);
    checkText(name.type);
  }
  double before = 0;
  for (const TraceKernel &kernel : trace.kernels) {
    require(kernel.name < trace.names.size(), "kernel without a name");
    require(isTime(kernel.seconds) && isTime(kernel.start) &&
                kernel.start >= before,
            "kernel out of order");
    before = kernel.start;
  }
  for (const TraceRange &range : trace.ranges) {
    checkText(range.name);
    require(std::isfinite(range.begin) && range.end >= range.begin,
            "range that ends before it begins", range.name);
  }
  for (const std::string &note : trace.notes)
    checkText(note);
}

EstimatedRun sampleRun() {
  EstimatedRun run;
  for (KernelFamily family : allKernelFamilies())
    run.kernels.push_back(
        {stringify(family).str(), family, "m:1", 1e-6, 1e-6, 2e-6});
  run.kernels.push_back({"call", KernelFamily::Opaque, "m:2",
                         Unknown{UnknownKind::Opaque, "no rule"}, 0, 0});
  for (uint32_t round = 0; round < 3; ++round)
    for (uint32_t kernel = 0; kernel < run.kernels.size(); ++kernel)
      run.launches.push_back(kernel);
  return run;
}

void checkComparison(const TraceComparison &comparison) {
  double measured =
      comparison.matchedMeasuredSeconds + comparison.matchedUnknownSeconds;
  for (const UnmatchedTraceKernel &row : comparison.unmatchedTrace)
    measured += row.seconds;
  double estimated = comparison.matchedEstimatedSeconds;
  size_t launches = comparison.matchedLaunches;
  for (const UnmatchedEstimate &row : comparison.unmatchedEstimates) {
    estimated += row.seconds;
    launches += row.launches;
  }
  require(std::fabs(measured - comparison.measuredSeconds) <=
              1e-9 * comparison.measuredSeconds,
          "measured time is lost");
  require(std::fabs(estimated - comparison.estimatedSeconds) <=
              1e-9 * comparison.estimatedSeconds,
          "estimated time is lost");
  require(launches == comparison.estimatedLaunches, "launches are lost");
  // The sums of as many seconds as doubles hold round.
  require(comparison.busySeconds <=
              std::max(comparison.measuredSeconds, comparison.spanSeconds) *
                      (1 + 1e-9) +
                  1e-9,
          "busy for longer than there was time");
  std::string text;
  llvm::raw_string_ostream os(text);
  printTraceComparison(os, comparison, 0);
  for (llvm::StringRef rest = text; !rest.empty();) {
    auto [line, after] = rest.split('\n');
    checkText(line);
    rest = after;
  }
  text.clear();
  printTraceComparisonJson(os, comparison);
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  require(bool(value), "JSON that cannot be read");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef text(reinterpret_cast<const char *>(data), size);
  llvm::Expected<KernelTrace> trace = readKernelTrace(text, file);
  if (!trace) {
    checkError(trace.takeError(), file);
    return 0;
  }
  checkTrace(*trace);
  EstimatedRun run = sampleRun();
  const std::string range = trace->ranges.empty() ? "" : trace->ranges[0].name;
  const StepRequest requests[] = {{"", 0, requestAnchors(run).anchors, 0},
                                  {"", 1, 0, 0},
                                  {"", 2, 0, 0},
                                  {range, 0, 0, 0}};
  for (const StepRequest &request : requests) {
    llvm::Expected<TraceStep> step = takeStep(*trace, request);
    if (!step) {
      checkError(step.takeError(), file);
      continue;
    }
    require(!step->kernels.empty(), "run without kernels");
    checkText(step->taken);
    checkComparison(compareWithTrace(run, *trace, *step));
  }
  return 0;
}
