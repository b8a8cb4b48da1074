//===- TraceComparison.cpp - Estimates against a trace --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/TraceComparison.h"

#include "roofline/Calibration/TraceKernelNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace roofline {

namespace {

/// Launches of a trace that are one launch to the estimate.
struct MeasuredLaunch {
  uint32_t name;
  KernelFamily family;
  double seconds;
};

/// The launches of `step`. Those that complete another one are added to the
/// last of their family before them; `parts` counts them.
std::vector<MeasuredLaunch> joinParts(const KernelTrace &trace,
                                      const TraceStep &step, size_t &parts) {
  std::vector<TraceKernelKind> kinds;
  for (const TraceName &name : trace.names)
    kinds.push_back(classifyTraceKernel(name));
  std::vector<MeasuredLaunch> launches;
  parts = 0;
  for (const StepKernel &kernel : step.kernels) {
    TraceKernelKind kind = kinds[kernel.name];
    if (kind.isPart && !launches.empty()) {
      // Its own launch is the one before it, in another stream's order too.
      auto before = llvm::find_if(llvm::reverse(launches), [&](const auto &it) {
        return it.family == kind.family;
      });
      if (before != launches.rend()) {
        before->seconds += kernel.seconds;
        ++parts;
        continue;
      }
    }
    launches.push_back({kernel.name, kind.family, kernel.seconds});
  }
  return launches;
}

/// Sorts by `heat`, hottest first; equally hot ones stay as they are.
template <typename T, typename Heat>
void sortHottest(std::vector<T> &rows, Heat heat) {
  llvm::stable_sort(
      rows, [&](const T &lhs, const T &rhs) { return heat(lhs) > heat(rhs); });
}

class Comparer {
public:
  Comparer(const EstimatedRun &run, const KernelTrace &trace,
           const TraceStep &step)
      : run(run), trace(trace), step(step),
        measured(joinParts(trace, step, parts)) {}

  TraceComparison compare();

private:
  void addTotals();
  void addMatches();
  void addUnmatched();
  void addNotes(bool isNarrowed);

  FamilyComparison &family(KernelFamily family) {
    FamilyComparison &row = families[family];
    row.family = family;
    return row;
  }

  const EstimatedRun &run;
  const KernelTrace &trace;
  const TraceStep &step;
  size_t parts = 0;
  std::vector<MeasuredLaunch> measured;
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  std::map<KernelFamily, FamilyComparison> families;
  TraceComparison comparison;
};

void Comparer::addTotals() {
  comparison.estimatedLaunches = run.launches.size();
  comparison.measuredLaunches = step.kernels.size();
  for (uint32_t index : run.launches) {
    const EstimatedKernel &kernel = run.kernels[index];
    FamilyComparison &row = family(kernel.family);
    ++row.estimatedLaunches;
    if (!kernel.seconds) {
      ++comparison.unknownLaunches;
      continue;
    }
    row.estimatedSeconds += *kernel.seconds;
    comparison.estimatedSeconds += *kernel.seconds;
    comparison.low += kernel.low;
    comparison.high += kernel.high;
  }
  for (const MeasuredLaunch &launch : measured) {
    FamilyComparison &row = family(launch.family);
    ++row.measuredLaunches;
    row.measuredSeconds += launch.seconds;
    comparison.measuredSeconds += launch.seconds;
  }
  comparison.busySeconds = step.busySeconds;
  comparison.spanSeconds = step.spanSeconds;
}

void Comparer::addMatches() {
  std::map<std::pair<uint32_t, uint32_t>, MatchedRow> rows;
  for (size_t next = 0; next < pairs.size();) {
    // Several launches of the trace may be one of the estimate.
    const size_t first = next;
    uint32_t longest = pairs[first].second;
    double seconds = 0;
    for (; next < pairs.size() && pairs[next].first == pairs[first].first;
         ++next) {
      uint32_t launch = pairs[next].second;
      seconds += measured[launch].seconds;
      if (measured[launch].seconds > measured[longest].seconds)
        longest = launch;
    }
    ++comparison.matchedLaunches;
    uint32_t kernelIndex = run.launches[pairs[first].first];
    const EstimatedKernel &kernel = run.kernels[kernelIndex];
    MatchedRow &row = rows[{kernelIndex, measured[longest].name}];
    row.kernel = kernelIndex;
    row.traceName = trace.names[measured[longest].name].text;
    ++row.launches;
    row.traceLaunches += next - first;
    row.measuredSeconds += seconds;
    if (!kernel.seconds) {
      comparison.matchedUnknownSeconds += seconds;
      continue;
    }
    row.estimatedSeconds += *kernel.seconds;
    row.low += kernel.low;
    row.high += kernel.high;
    comparison.matchedEstimatedSeconds += *kernel.seconds;
    comparison.matchedMeasuredSeconds += seconds;
    FamilyComparison &ofFamily = family(kernel.family);
    ofFamily.matchedEstimatedSeconds += *kernel.seconds;
    ofFamily.matchedMeasuredSeconds += seconds;
  }
  for (auto &[key, row] : rows)
    comparison.matched.push_back(std::move(row));
  sortHottest(comparison.matched, [](const MatchedRow &row) {
    return std::fabs(row.estimatedSeconds - row.measuredSeconds);
  });
}

void Comparer::addUnmatched() {
  std::map<uint32_t, UnmatchedEstimate> estimates;
  std::map<uint32_t, UnmatchedTraceKernel> launches;
  size_t next = 0;
  for (uint32_t index = 0; index < run.launches.size(); ++index) {
    if (next < pairs.size() && pairs[next].first == index) {
      while (next < pairs.size() && pairs[next].first == index)
        ++next;
      continue;
    }
    uint32_t kernelIndex = run.launches[index];
    const EstimatedKernel &kernel = run.kernels[kernelIndex];
    UnmatchedEstimate &row = estimates[kernelIndex];
    row.kernel = kernelIndex;
    ++row.launches;
    row.seconds += kernel.seconds ? *kernel.seconds : 0;
  }
  next = 0;
  for (uint32_t index = 0; index < measured.size(); ++index) {
    if (next < pairs.size() && pairs[next].second == index) {
      ++next;
      continue;
    }
    const MeasuredLaunch &launch = measured[index];
    UnmatchedTraceKernel &row = launches[launch.name];
    row.name = trace.names[launch.name].text;
    row.family = launch.family;
    ++row.launches;
    row.seconds += launch.seconds;
  }
  for (auto &[key, row] : estimates)
    comparison.unmatchedEstimates.push_back(row);
  for (auto &[key, row] : launches)
    comparison.unmatchedTrace.push_back(std::move(row));
  auto heat = [](const auto &row) { return row.seconds; };
  sortHottest(comparison.unmatchedEstimates, heat);
  sortHottest(comparison.unmatchedTrace, heat);
}

void Comparer::addNotes(bool isNarrowed) {
  comparison.notes = trace.notes;
  auto say = [&](const llvm::Twine &text) {
    comparison.notes.push_back(text.str());
  };
  if (parts > 0)
    say(llvm::Twine(parts) +
        (parts == 1 ? " launch that completes the one before it counts"
                    : " launches that complete the one before them count") +
        " with that: sums over the parts of a product or of attention");
  if (isNarrowed)
    say("too many launches to compare all with all; only those at like places "
        "of both runs are");
}

TraceComparison Comparer::compare() {
  comparison.traceFile = trace.file;
  comparison.traceFormat = trace.format;
  comparison.taken = step.taken;
  comparison.runs = step.runs;
  comparison.kernels = run.kernels;
  std::vector<AlignedLaunch> estimates, launches;
  for (uint32_t index : run.launches) {
    const EstimatedKernel &kernel = run.kernels[index];
    estimates.push_back({kernel.family, kernel.seconds ? *kernel.seconds : 0.0,
                         kernel.products});
  }
  for (const MeasuredLaunch &launch : measured)
    launches.push_back({launch.family, launch.seconds});
  bool isNarrowed = false;
  pairs = alignLaunches(estimates, launches, isNarrowed);
  addTotals();
  addMatches();
  addUnmatched();
  for (auto &[key, row] : families)
    comparison.families.push_back(row);
  sortHottest(comparison.families, [](const FamilyComparison &row) {
    return std::max(row.measuredSeconds, row.estimatedSeconds);
  });
  addNotes(isNarrowed);
  return std::move(comparison);
}

} // namespace

TraceComparison compareWithTrace(const EstimatedRun &run,
                                 const KernelTrace &trace,
                                 const TraceStep &step) {
  return Comparer(run, trace, step).compare();
}

StepRequest requestAnchors(const EstimatedRun &run) {
  StepRequest request;
  for (uint32_t index : run.launches) {
    const EstimatedKernel &kernel = run.kernels[index];
    if (!isAnchor(kernel.family))
      continue;
    ++request.anchors;
    request.mostAnchors += kernel.products;
  }
  return request;
}

} // namespace roofline
