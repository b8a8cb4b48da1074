//===- Comparison.cpp - What one target is to another ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/ComparisonView.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

namespace roofline {

KnownOr<RatioInterval> throughputOf(const TargetSummary &target,
                                    const TargetSummary &first) {
  for (const TargetSummary *side : {&first, &target}) {
    if (!side->kernelSeconds)
      return side->kernelSeconds.unknown();
    if (!(*side->kernelSeconds > 0))
      return Unknown{UnknownKind::Unmodelled, "no kernel takes any time"};
  }
  RatioInterval ratio;
  if (&target == &first)
    return ratio;
  const double one = *first.kernelSeconds, other = *target.kernelSeconds;
  const TimeInterval ofFirst =
      first.kernelInterval.value_or(TimeInterval{one, one});
  const TimeInterval ofOther =
      target.kernelInterval.value_or(TimeInterval{other, other});
  ratio.value = one / other;
  ratio.low = ofFirst.low / ofOther.high;
  ratio.high = ofOther.low > 0 ? ofFirst.high / ofOther.low : HUGE_VAL;
  return ratio;
}

KnownOr<Count> devicesToMatch(const TargetSummary &target,
                              const TargetSummary &first) {
  KnownOr<RatioInterval> ratio = throughputOf(target, first);
  if (!ratio)
    return ratio.unknown();
  // What is less than a hundredth of a device short is as fast: times are not
  // known that well.
  constexpr double tolerance = 0.01;
  const double needed = std::ceil(1 / ratio->value - tolerance);
  constexpr double most = 0x1p62;
  if (!(needed < most))
    return Unknown{UnknownKind::Overflow, "more devices than there can be"};
  Count devices(std::max(static_cast<uint64_t>(needed), uint64_t(1)));
  return target.memoryFit.devices ? std::max(devices, *target.memoryFit.devices)
                                  : devices;
}

std::optional<UnitType> dominantType(const WorkList &work) {
  for (Unit unit : {Unit::Matrix, Unit::Vector}) {
    const Work *most = nullptr;
    for (const Work &entry : work)
      if (entry.where.unit == unit && (!most || most->ops < entry.ops))
        most = &entry;
    if (most)
      return most->where;
  }
  return std::nullopt;
}

std::optional<double> peakRate(const TargetSummary &target, UnitType where) {
  for (const SubstituteRow &row : target.substitutes)
    if (row.asked == where)
      where.type = row.runsAs;
  auto it = target.rates.find(where);
  if (it == target.rates.end())
    return std::nullopt;
  return it->second;
}

std::vector<BoundChange> boundChanges(const Report &report) {
  std::vector<BoundChange> changes;
  if (report.targets.empty())
    return changes;
  const KnownOr<double> &whole = report.targets.front().kernelSeconds;
  for (const KernelRow &row : report.kernels) {
    const std::optional<Bound> &bound = row.times.front().bound;
    if (!bound || llvm::none_of(row.times, [&](const KernelTimes &times) {
          return times.bound && !(*times.bound == *bound);
        }))
      continue;
    BoundChange change{&row, std::nullopt};
    const KnownOr<double> &seconds = row.times.front().seconds;
    if (whole && seconds && *whole > 0)
      change.share = *seconds / *whole;
    changes.push_back(change);
  }
  return changes;
}

std::optional<double> memoryBoundShare(const Report &report, size_t target) {
  double sum = 0, ofMemory = 0;
  for (const KernelRow &row : report.kernels) {
    const KernelTimes &times = row.times[target];
    if (!times.seconds)
      continue;
    sum += *times.seconds;
    if (times.bound && times.bound->isHbm())
      ofMemory += *times.seconds;
  }
  if (!(sum > 0))
    return std::nullopt;
  return ofMemory / sum;
}

std::optional<double> shareOf(const std::vector<BoundChange> &changes) {
  double sum = 0;
  for (const BoundChange &change : changes) {
    if (!change.share)
      return std::nullopt;
    sum += *change.share;
  }
  // Sums round.
  return std::min(sum, 1.0);
}

} // namespace roofline
