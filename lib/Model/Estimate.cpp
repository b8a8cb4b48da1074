//===- Estimate.cpp - Roofs: ideal times of a demand on a machine ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/Estimate.h"

namespace roofline {

std::optional<Bound> parseBound(llvm::StringRef text) {
  if (text == "hbm")
    return Bound::hbm();
  if (std::optional<UnitType> where = parseUnitType(text))
    return Bound(*where);
  return std::nullopt;
}

KnownOr<Roof> computeRoof(const WorkList &work, Count bytes,
                          const Machine &machine) {
  Roof roof;
  if (!bytes.isZero()) {
    if (!machine.hbm.bytesPerSecond)
      return Unknown{UnknownKind::Unmodelled, "memory bandwidth is not known"};
    double seconds = bytes.asDouble() / *machine.hbm.bytesPerSecond;
    roof.resources.push_back({Bound::hbm(), seconds});
    roof.seconds = seconds;
    roof.bound = Bound::hbm();
  }

  // The list is sorted by unit, so one pass sums each unit and remembers which
  // of its types takes longest.
  for (auto it = work.begin(); it != work.end();) {
    Unit unit = it->where.unit;
    double unitSeconds = 0;
    ResourceTime longest{Bound::hbm(), -1};
    for (; it != work.end() && it->where.unit == unit; ++it) {
      KnownOr<Rate> rate = machine.rate(it->where);
      if (!rate)
        return rate.unknown();
      ResourceTime time{Bound(it->where),
                        it->ops.asDouble() / rate->opsPerSecond};
      unitSeconds += time.seconds;
      if (time.seconds > longest.seconds)
        longest = time;
      roof.resources.push_back(time);
    }
    if (unitSeconds > roof.seconds) {
      roof.seconds = unitSeconds;
      roof.bound = longest.resource;
    }
  }
  return roof;
}

KnownOr<Roof> computeRoof(const Demand &demand, const Machine &machine) {
  return computeRoof(demand.work, demand.totalBytes(), machine);
}

} // namespace roofline
