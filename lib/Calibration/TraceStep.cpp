//===- TraceStep.cpp - One run of a model in a trace ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/TraceStep.h"

#include "roofline/Calibration/ErrorStatistics.h"
#include "roofline/Calibration/TraceKernelNames.h"
#include "roofline/Model/NearestNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace roofline {

namespace {

/// What torch.profiler calls a step; its number is behind a `#`.
constexpr llvm::StringLiteral stepRange = "ProfilerStep";

/// Ranges that a diagnostic lists.
constexpr size_t maxListed = 10;

/// One run: launches, by index, in order of start.
using Run = std::vector<uint32_t>;

double busySeconds(const KernelTrace &trace, const Run &run) {
  double busy = 0;
  double end = trace.kernels[run.front()].start;
  for (uint32_t index : run) {
    const TraceKernel &kernel = trace.kernels[index];
    double kernelEnd = kernel.start + kernel.seconds;
    busy += std::max(0.0, kernelEnd - std::max(end, kernel.start));
    end = std::max(end, kernelEnd);
  }
  return busy;
}

double spanSeconds(const KernelTrace &trace, const Run &run) {
  double begin = trace.kernels[run.front()].start;
  double end = begin;
  for (uint32_t index : run) {
    const TraceKernel &kernel = trace.kernels[index];
    end = std::max(end, kernel.start + kernel.seconds);
  }
  return end - begin;
}

std::vector<uint32_t> namesOf(const KernelTrace &trace, const Run &run) {
  std::vector<uint32_t> names;
  names.reserve(run.size());
  for (uint32_t index : run)
    names.push_back(trace.kernels[index].name);
  return names;
}

std::string counted(size_t count, llvm::StringRef one, llvm::StringRef many) {
  return (llvm::Twine(count) + " " + (count == 1 ? one : many)).str();
}

/// Keeps the most frequent sequence of kernels among `runs`.
std::vector<Run> keepAlike(const KernelTrace &trace, std::vector<Run> runs) {
  std::map<std::vector<uint32_t>, std::vector<size_t>> groups;
  for (auto [index, run] : llvm::enumerate(runs))
    groups[namesOf(trace, run)].push_back(index);
  const std::vector<size_t> *most = nullptr;
  for (const auto &[names, members] : groups)
    if (!most || most->size() < members.size() ||
        (most->size() == members.size() && members.front() < most->front()))
      most = &members;
  if (most->size() > 1 || runs.size() == 1) {
    std::vector<Run> kept;
    for (size_t index : *most)
      kept.push_back(std::move(runs[index]));
    return kept;
  }
  llvm::stable_sort(runs, [&](const Run &lhs, const Run &rhs) {
    return busySeconds(trace, lhs) < busySeconds(trace, rhs);
  });
  return {std::move(runs[(runs.size() - 1) / 2])};
}

/// The medians of `runs`, which have the same kernels.
TraceStep medianOf(const KernelTrace &trace, llvm::ArrayRef<Run> runs) {
  TraceStep step;
  step.runs = runs.size();
  auto median = [&](auto value) {
    std::vector<double> values;
    for (const Run &run : runs)
      values.push_back(value(run));
    return quantile(std::move(values), 0.5);
  };
  for (size_t position = 0; position < runs.front().size(); ++position)
    step.kernels.push_back({trace.kernels[runs.front()[position]].name,
                            median([&](const Run &run) {
                              return trace.kernels[run[position]].seconds;
                            })});
  step.busySeconds =
      median([&](const Run &run) { return busySeconds(trace, run); });
  step.spanSeconds =
      median([&](const Run &run) { return spanSeconds(trace, run); });
  return step;
}

Run wholeTrace(const KernelTrace &trace, size_t begin, size_t count) {
  Run run;
  run.reserve(count);
  for (size_t index = begin; index < begin + count; ++index)
    run.push_back(uint32_t(index));
  return run;
}

bool isNamed(const TraceRange &range, llvm::StringRef name) {
  llvm::StringRef text = range.name;
  return text == name || (text.consume_front(name) && text.starts_with("#"));
}

llvm::Error unknownRange(const KernelTrace &trace, llvm::StringRef name) {
  auto message = ("the trace has no range '" + name + "'").str();
  if (llvm::any_of(trace.hostRanges, [&](const std::string &range) {
        return isNamed({range, 0, 0}, name);
      }))
    message += " of the device's time, only of the host's";
  std::set<std::string> names;
  for (const TraceRange &range : trace.ranges)
    names.insert(llvm::StringRef(range.name).split('#').first.str());
  if (names.empty())
    message += "; it has no ranges of the device's time at all: leave the "
               "option away";
  else {
    std::vector<llvm::StringRef> listed(names.begin(), names.end());
    size_t more = listed.size() > maxListed ? listed.size() - maxListed : 0;
    listed.resize(listed.size() - more);
    message += "; ranges are " + quotedList(listed, "and");
    if (more > 0)
      message += " and " + std::to_string(more) + " more";
  }
  return makeFileError({trace.file, 0, 0}, message);
}

llvm::Expected<TraceStep> takeRanges(const KernelTrace &trace,
                                     llvm::StringRef name) {
  std::vector<Run> runs;
  size_t ranges = 0;
  for (const TraceRange &range : trace.ranges) {
    if (!isNamed(range, name))
      continue;
    ++ranges;
    auto first = llvm::lower_bound(trace.kernels, range.begin,
                                   [](const TraceKernel &kernel, double begin) {
                                     return kernel.start < begin;
                                   });
    Run run;
    for (; first != trace.kernels.end() && first->start < range.end; ++first)
      run.push_back(uint32_t(first - trace.kernels.begin()));
    if (!run.empty())
      runs.push_back(std::move(run));
  }
  if (ranges == 0)
    return unknownRange(trace, name);
  if (runs.empty())
    return makeFileError({trace.file, 0, 0},
                         "no kernel begins within a range '" + name + "'");
  const size_t all = runs.size();
  runs = keepAlike(trace, std::move(runs));
  TraceStep step = medianOf(trace, runs);
  std::string kernels = counted(step.kernels.size(), "kernel", "kernels");
  if (all == 1)
    step.taken = ("the range '" + name + "' of " + kernels).str();
  else if (runs.size() == 1)
    step.taken = ("one of " + llvm::Twine(all) + " ranges '" + name + "', of " +
                  kernels + ": no two have the same kernels")
                     .str();
  else
    step.taken =
        ("the median of " + llvm::Twine(runs.size()) + " of " +
         llvm::Twine(all) + " ranges '" + name + "', of the same " + kernels)
            .str();
  return step;
}

/// Launches of `names[begin..begin+count)` that no fusion takes away.
size_t countAnchors(const KernelTrace &trace, size_t begin, size_t count) {
  size_t anchors = 0;
  for (size_t index = begin; index < begin + count; ++index) {
    TraceKernelKind kind =
        classifyTraceKernel(trace.names[trace.kernels[index].name]);
    anchors += isAnchor(kind.family) && !kind.isPart;
  }
  return anchors;
}

/// Runs that `repetition` is best divided into: those whose anchors are nearest
/// to what is expected, in proportion; more rather than fewer.
size_t chooseRuns(const KernelTrace &trace, const Repetition &repetition,
                  const StepRequest &request) {
  size_t ofPeriod = countAnchors(trace, repetition.begin, repetition.period);
  if (request.anchors == 0 || ofPeriod == 0)
    return repetition.repeats;
  size_t best = repetition.repeats;
  double bestError = HUGE_VAL;
  for (size_t runs = repetition.repeats; runs > 0; --runs) {
    if (repetition.repeats % runs != 0)
      continue;
    double ofRun = double(ofPeriod) * double(repetition.repeats / runs);
    double error = std::fabs(std::log(ofRun / double(request.anchors)));
    if (request.mostAnchors > request.anchors)
      error = std::min(
          error, std::fabs(std::log(ofRun / double(request.mostAnchors))));
    if (error < bestError) {
      bestError = error;
      best = runs;
    }
  }
  return best;
}

llvm::Expected<TraceStep> takeRepetition(const KernelTrace &trace,
                                         const StepRequest &request) {
  std::vector<uint32_t> names;
  std::vector<double> gaps;
  double end = 0;
  for (const TraceKernel &kernel : trace.kernels) {
    names.push_back(kernel.name);
    gaps.push_back(std::max(0.0, kernel.start - end));
    end = std::max(end, kernel.start + kernel.seconds);
  }
  Repetition repetition = findRepetition(names, gaps);
  size_t runs = request.runs;
  if (runs > 1 && (repetition.repeats == 0 || repetition.repeats % runs != 0)) {
    std::string found = repetition.repeats == 0
                            ? "no part of it repeats"
                            : counted(repetition.period, "kernel", "kernels") +
                                  " repeat " +
                                  std::to_string(repetition.repeats) + " times";
    return makeFileError({trace.file, 0, 0},
                         "the trace is not " + llvm::Twine(runs) +
                             " runs of the same kernels: " + found);
  }
  if (runs == 0 && repetition.repeats > 0)
    runs = chooseRuns(trace, repetition, request);
  const size_t all = trace.kernels.size();
  if (runs <= 1) {
    TraceStep step = medianOf(trace, {wholeTrace(trace, 0, all)});
    step.taken = "the whole trace of " + counted(all, "kernel", "kernels");
    if (repetition.repeats > 0)
      step.taken +=
          ", as one run: " + counted(repetition.period, "kernel", "kernels") +
          " repeat " + std::to_string(repetition.repeats) + " times in it";
    return step;
  }
  size_t length = repetition.repeats / runs * repetition.period;
  std::vector<Run> parts;
  for (size_t run = 0; run < runs; ++run)
    parts.push_back(wholeTrace(trace, repetition.begin + run * length, length));
  TraceStep step = medianOf(trace, parts);
  step.taken = "the median of " + std::to_string(runs) + " runs of " +
               counted(length, "kernel", "kernels") + ", which repeat";
  if (runs != repetition.repeats)
    step.taken += " (" + counted(repetition.period, "kernel", "kernels") +
                  " do so " + std::to_string(repetition.repeats) + " times)";
  if (size_t left = all - runs * length)
    step.taken +=
        ", without " + counted(left, "kernel", "kernels") + " around them";
  return step;
}

} // namespace

Repetition findRepetition(llvm::ArrayRef<uint32_t> sequence,
                          llvm::ArrayRef<double> gaps) {
  Repetition repetition;
  const size_t size = sequence.size();
  if (size < 2)
    return repetition;
  // What repeats over more than half contains the middle, and has it once more
  // a period before or behind it.
  const size_t middle = size / 2;
  std::vector<size_t> periods;
  for (size_t index = 0; index < size; ++index)
    if (index != middle && sequence[index] == sequence[middle])
      periods.push_back(index < middle ? middle - index : index - middle);
  llvm::sort(periods);
  periods.erase(std::unique(periods.begin(), periods.end()), periods.end());
  // Every period that fails early costs little; those of sequences of few names
  // that fail late are bounded.
  constexpr size_t maxSteps = size_t(1) << 32;
  size_t steps = 0;
  for (size_t period : periods) {
    if (2 * period > size || steps > maxSteps)
      break;
    // The longest piece around the middle whose elements are those a period
    // before, or, at its begin, a period behind.
    auto isSame = [&](size_t index) {
      return sequence[index] == sequence[index + period];
    };
    // Pairs (index, index + period) with the middle as either end.
    size_t anchor = middle + period < size && isSame(middle) ? middle
                    : middle >= period && isSame(middle - period)
                        ? middle - period
                        : size;
    if (anchor == size)
      continue;
    size_t begin = anchor, end = anchor + 1;
    while (begin > 0 && isSame(begin - 1))
      --begin;
    while (end + period < size && isSame(end))
      ++end;
    steps += end - begin;
    // As a piece of the sequence, with the last period.
    end += period;
    size_t length = end - begin;
    if (length < 2 * period || 2 * length <= size)
      continue;
    repetition.period = period;
    repetition.repeats = length / period;
    const size_t spare = length % period;
    if (begin == 0) {
      repetition.begin = 0;
    } else if (end == size) {
      repetition.begin = begin + spare;
    } else {
      repetition.begin = begin;
      double largest = -1;
      for (size_t shift = 0; shift <= spare; ++shift) {
        double idle = 0;
        for (size_t repeat = 0; repeat < repetition.repeats; ++repeat)
          idle += gaps[begin + shift + repeat * period];
        if (idle > largest) {
          largest = idle;
          repetition.begin = begin + shift;
        }
      }
    }
    return repetition;
  }
  return repetition;
}

llvm::Expected<TraceStep> takeStep(const KernelTrace &trace,
                                   const StepRequest &request) {
  if (!request.range.empty())
    return takeRanges(trace, request.range);
  bool hasSteps = llvm::any_of(trace.ranges, [](const TraceRange &range) {
    return isNamed(range, stepRange);
  });
  if (hasSteps && request.runs == 0)
    return takeRanges(trace, stepRange);
  return takeRepetition(trace, request);
}

} // namespace roofline
