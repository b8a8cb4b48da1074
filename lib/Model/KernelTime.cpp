//===- KernelTime.cpp - What real kernels reach ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/KernelTime.h"

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

} // namespace

KnownOr<double> kernelSeconds(KernelFamily family, const Demand &demand,
                              const Machine &machine, Launching launching) {
  if (family == KernelFamily::Scalar)
    return 0.0;
  KnownOr<Roof> roof = computeRoof(demand, machine);
  if (!roof)
    return roof.unknown();
  KnownOr<double> busiest = busiestSeconds(*roof, machine);
  if (!busiest)
    return busiest;
  if (!machine.launchSeconds)
    return unmodelled("the least time of a launch is not known");
  // The floor adds up with the rest: start, prologue and drain of a kernel do
  // not overlap with its own steady state.
  double queued = *machine.launchSeconds + *busiest;
  if (launching == Launching::Queued)
    return queued;
  if (!machine.submitSeconds)
    return unmodelled("the host's time to submit a kernel is not known");
  // While the device works, the host submits the next kernel.
  return std::max(queued, *machine.submitSeconds);
}

} // namespace roofline
