//===- KernelTime.cpp - What real kernels reach ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/KernelTime.h"

#include "roofline/Model/CalibratedTime.h"
#include "roofline/Model/CollectiveTime.h"

#include <algorithm>

namespace roofline {

namespace {

Unknown unmodelled(llvm::StringRef reason) {
  return Unknown{UnknownKind::Unmodelled, reason.str()};
}

/// The fraction of its peak that kernels reach on `resource`.
KnownOr<double> efficiencyOf(Bound resource, const Machine &machine) {
  if (std::optional<UnitType> where = resource.unitType())
    return machine.efficiency(*where);
  if (!machine.hbmEfficiency)
    return unmodelled("no efficiency is known for memory bandwidth");
  return *machine.hbmEfficiency;
}

/// Seconds of the busiest resource, each at its efficiency. Resources of one
/// unit, which stand together, add up as they do in the roof (A4).
KnownOr<double> busiestSeconds(const Roof &roof, const Machine &machine) {
  double busiest = 0;
  double unitSeconds = 0;
  std::optional<Unit> unit;
  for (const ResourceTime &time : roof.resources) {
    KnownOr<double> efficiency = efficiencyOf(time.resource, machine);
    if (!efficiency)
      return efficiency.unknown();
    std::optional<UnitType> where = time.resource.unitType();
    if (!where || unit != where->unit)
      unitSeconds = 0;
    unit = where ? std::optional<Unit>(where->unit) : std::nullopt;
    unitSeconds += time.seconds / *efficiency;
    busiest = std::max(busiest, unitSeconds);
  }
  return busiest;
}

// With plain figures, a tenth of the bf16 products of the five data sets that
// calibrations come from (H200, H100, A100, B200, 910B; 22,000 shapes) take
// less than 0.9 times the estimate, and a tenth more than 1.8 times.
constexpr double plainLow = 0.9;
constexpr double plainHigh = 1.8;

// 80 % of the 496 exchanges that are measured of H200, H100, A100 and B200 take
// 0.89 to 1.61 times what is typical of them; on other chips that holds less
// surely, to the power that borrowed figures are widened to (A70).
constexpr double exchangeLow = 0.84;
constexpr double exchangeHigh = 2.04;

/// What plain figures make of `roof` where launches are queued.
KnownOr<KernelTime> plainTime(const Roof &roof,
                              const std::optional<KernelShape> &shape,
                              const Machine &machine) {
  KnownOr<double> busiest = busiestSeconds(roof, machine);
  if (!busiest)
    return busiest.unknown();
  if (!machine.launchSeconds)
    return unmodelled("the least time of a launch is not known");
  // The floor adds up with the rest: start, prologue and drain of a kernel do
  // not overlap with its own steady state.
  double seconds = *machine.launchSeconds + *busiest;
  // Beside what it does at home, an exchange starts and sends (T27).
  if (const auto *exchange =
          shape ? std::get_if<CollectiveShape>(&*shape) : nullptr) {
    KnownOr<double> sent = plainExchangeSeconds(*exchange, machine);
    if (!sent)
      return sent.unknown();
    seconds = std::max(seconds, *sent);
    return KernelTime{seconds, seconds * exchangeLow, seconds * exchangeHigh,
                      nullptr};
  }
  return KernelTime{seconds, seconds * plainLow, seconds * plainHigh, nullptr};
}

/// The same by the calibrated model of `shape`, where there is one.
KnownOr<KernelTime> queuedTime(const Roof &roof,
                               const std::optional<KernelShape> &shape,
                               const Machine &machine) {
  if (shape)
    if (KnownOr<KernelTime> time = calibratedTime(*shape, machine))
      return time;
  return plainTime(roof, shape, machine);
}

} // namespace

llvm::StringRef stringify(Launching launching) {
  return launching == Launching::Queued ? "graph" : "eager";
}

KnownOr<KernelTime> kernelTime(KernelFamily family, const KnownOr<Roof> &roof,
                               const std::optional<KernelShape> &shape,
                               const Machine &machine, Launching launching) {
  if (family == KernelFamily::Scalar)
    return KernelTime();
  if (!roof)
    return roof.unknown();
  KnownOr<KernelTime> time = queuedTime(*roof, shape, machine);
  if (!time)
    return time;
  double least = roof->seconds;
  if (launching == Launching::Eager) {
    if (!machine.submitSeconds)
      return unmodelled("the host's time to submit a kernel is not known");
    // While the device works, the host submits the next kernel.
    least = std::max(least, *machine.submitSeconds);
  }
  for (double *value : {&time->seconds, &time->low, &time->high})
    *value = std::max(*value, least);
  return time;
}

} // namespace roofline
