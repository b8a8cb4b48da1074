//===- TraceBuilder.cpp - Traces from any format --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TraceBuilder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/JSON.h"

#include <cmath>
#include <tuple>

namespace roofline {

namespace {

constexpr double secondsPerNanosecond = 1e-9;

/// 73 years: times since 1970 are less until 2043. Sums and differences of
/// three stay within 64 bits.
constexpr int64_t maxNanoseconds = int64_t(1) << 61;

/// The time that at least one of `spans` covers, which are sorted by begin.
template <typename Spans> int64_t coveredTime(const Spans &spans) {
  int64_t covered = 0;
  std::optional<int64_t> end;
  for (const TraceSpan &span : spans) {
    int64_t spanEnd = span.begin + span.duration;
    int64_t begin = end ? std::max(*end, span.begin) : span.begin;
    covered += std::max<int64_t>(0, spanEnd - begin);
    end = end ? std::max(*end, spanEnd) : spanEnd;
  }
  return covered;
}

} // namespace

std::string printableLine(llvm::StringRef text) {
  std::string line =
      llvm::json::isUTF8(text) ? text.str() : llvm::json::fixUTF8(text);
  for (char &c : line)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
      c = ' ';
  return line;
}

std::optional<int64_t> toNanoseconds(double value, int64_t nanoseconds) {
  double scaled = value * double(nanoseconds);
  if (!(std::fabs(scaled) < double(maxNanoseconds)))
    return std::nullopt;
  return std::llround(scaled);
}

std::optional<int64_t> parseNanoseconds(llvm::StringRef text,
                                        int64_t nanoseconds) {
  text = text.trim();
  bool isNegative = text.consume_front("-");
  auto [whole, fraction] = text.split('.');
  auto isDigits = [](llvm::StringRef part) {
    return llvm::all_of(part, llvm::isDigit);
  };
  // Exponents and the like are rare enough to go through a double.
  if (whole.empty() || !isDigits(whole) || !isDigits(fraction)) {
    double value = 0;
    bool isDecimal =
        text.find_first_not_of("0123456789.eE+-") == llvm::StringRef::npos;
    if (text.empty() || !isDecimal || text.getAsDouble(value))
      return std::nullopt;
    return toNanoseconds(isNegative ? -value : value, nanoseconds);
  }
  int64_t units = 0;
  if (whole.getAsInteger(10, units) || units > maxNanoseconds / nanoseconds)
    return std::nullopt;
  double part = 0;
  std::string fractionText = ("0." + fraction + "0").str();
  if (llvm::StringRef(fractionText).getAsDouble(part))
    return std::nullopt;
  int64_t value =
      units * nanoseconds + std::llround(part * double(nanoseconds));
  return isNegative ? -value : value;
}

uint32_t TraceBuilder::addName(llvm::StringRef text, llvm::StringRef type) {
  // A line end is in neither.
  std::string line = printableLine(text), kind = printableLine(type);
  auto [it, isNew] =
      nameIndices.try_emplace(line + "\n" + kind, uint32_t(trace.names.size()));
  if (isNew)
    trace.names.push_back({std::move(line), std::move(kind)});
  return it->second;
}

uint32_t TraceBuilder::addDevice(llvm::StringRef device) {
  auto [it, isNew] =
      deviceIndices.try_emplace(device, uint32_t(devices.size()));
  if (isNew)
    devices.push_back(printableLine(device));
  return it->second;
}

void TraceBuilder::addKernel(uint32_t name, llvm::StringRef device,
                             int64_t stream, TraceSpan span) {
  kernels.push_back({addDevice(device), name, stream, span});
}

void TraceBuilder::addRange(llvm::StringRef name, llvm::StringRef device,
                            TraceSpan span) {
  ranges.push_back({addDevice(device), printableLine(name), span});
}

void TraceBuilder::addStep(llvm::StringRef name, llvm::StringRef device,
                           TraceSpan span) {
  auto [it, isNew] =
      steps.try_emplace({addDevice(device), name.str()}, ranges.size());
  if (isNew)
    return addRange(name, device, span);
  TraceSpan &step = ranges[it->second].span;
  int64_t end =
      std::max(step.begin + step.duration, span.begin + span.duration);
  step.begin = std::min(step.begin, span.begin);
  step.duration = end - step.begin;
}

uint32_t TraceBuilder::chooseDevice() {
  std::map<uint32_t, std::vector<TraceSpan>> spansOf;
  for (const Launch &kernel : kernels)
    spansOf[kernel.device].push_back(kernel.span);
  if (spansOf.size() == 1)
    return spansOf.begin()->first;
  std::optional<uint32_t> busiest;
  int64_t most = 0;
  for (const auto &[device, spans] : spansOf) {
    int64_t busy = coveredTime(spans);
    // Of equally busy ones that whose name comes first, whatever the file's
    // order.
    if (!busiest || busy > most ||
        (busy == most && devices[device] < devices[*busiest])) {
      busiest = device;
      most = busy;
    }
  }
  addNote(("kernels of " + llvm::Twine(spansOf.size()) +
           " devices; those of device " + devices[*busiest] +
           " are taken, which is busy for longest")
              .str());
  return *busiest;
}

void TraceBuilder::finishRanges(uint32_t device, int64_t origin) {
  llvm::erase_if(ranges,
                 [&](const Range &range) { return range.device != device; });
  llvm::stable_sort(ranges, [](const Range &lhs, const Range &rhs) {
    return std::tie(lhs.name, lhs.span.begin) <
           std::tie(rhs.name, rhs.span.begin);
  });
  std::vector<Range> merged;
  for (Range &range : ranges) {
    if (!merged.empty() && merged.back().name == range.name) {
      TraceSpan &last = merged.back().span;
      if (range.span.begin < last.begin + last.duration) {
        last.duration = std::max(
            last.duration, range.span.begin + range.span.duration - last.begin);
        continue;
      }
    }
    merged.push_back(std::move(range));
  }
  llvm::stable_sort(merged, [](const Range &lhs, const Range &rhs) {
    return lhs.span.begin < rhs.span.begin;
  });
  for (Range &range : merged) {
    int64_t begin = range.span.begin - origin;
    trace.ranges.push_back(
        {std::move(range.name), double(begin) * secondsPerNanosecond,
         double(begin + range.span.duration) * secondsPerNanosecond});
  }
}

KernelTrace TraceBuilder::finish() {
  llvm::stable_sort(kernels, [](const Launch &lhs, const Launch &rhs) {
    return lhs.span.begin < rhs.span.begin;
  });
  uint32_t device = chooseDevice();
  llvm::erase_if(kernels,
                 [&](const Launch &kernel) { return kernel.device != device; });
  int64_t origin = kernels.front().span.begin;
  trace.kernels.reserve(kernels.size());
  for (const Launch &kernel : kernels)
    trace.kernels.push_back(
        {kernel.name, kernel.stream,
         double(kernel.span.begin - origin) * secondsPerNanosecond,
         double(kernel.span.duration) * secondsPerNanosecond});
  finishRanges(device, origin);
  for (const TraceRange &range : trace.ranges)
    hostRanges.erase(range.name);
  for (const std::string &name : hostRanges)
    trace.hostRanges.push_back(printableLine(name));
  return std::move(trace);
}

} // namespace roofline
