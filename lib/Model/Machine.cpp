//===- Machine.cpp - The hardware model of a target -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/Machine.h"

namespace roofline {

KnownOr<Rate> Machine::rate(UnitType where) const {
  ElementType type = where.type;
  // A chain of substitutes is no longer than the number of types; the bound
  // keeps a cyclic table, which the loader rejects, from hanging us.
  for (size_t i = 0; i <= allElementTypes().size(); ++i) {
    if (auto it = rates.find({where.unit, type}); it != rates.end())
      return Rate{it->second, type};
    auto substitute = substitutes.find({where.unit, type});
    if (substitute == substitutes.end())
      break;
    type = substitute->second;
  }
  return Unknown{UnknownKind::Unmodelled,
                 "no rate and no substitute for " + where.str()};
}

KnownOr<double> Machine::efficiency(UnitType where) const {
  KnownOr<Rate> peak = rate(where);
  if (!peak)
    return peak.unknown();
  if (auto it = efficiencies.find({where.unit, peak->runsAs});
      it != efficiencies.end())
    return it->second;
  ElementType reference =
      where.unit == Unit::Matrix ? ElementType::BF16 : ElementType::F32;
  // A part without bf16 has the figure of what bf16 runs as.
  if (KnownOr<Rate> stand = rate({where.unit, reference}))
    if (auto it = efficiencies.find({where.unit, stand->runsAs});
        it != efficiencies.end())
      return it->second;
  if (where.unit != Unit::Matrix)
    return 1.0;
  return Unknown{UnknownKind::Unmodelled,
                 "no efficiency is known for " + where.str()};
}

std::optional<double> Machine::l2Bytes() const {
  auto l2 = llvm::find_if(
      caches, [](const MemoryLevel &level) { return level.name == "l2"; });
  return l2 == caches.end() ? std::nullopt : l2->capacityBytes;
}

const Calibration *Machine::findCalibration(llvm::StringRef key) const {
  auto it = llvm::find_if(calibrations, [&](const Calibration &candidate) {
    return candidate.key == key;
  });
  return it == calibrations.end() ? nullptr : &*it;
}

KnownOr<double> Machine::ridgePoint(UnitType where) const {
  KnownOr<Rate> peak = rate(where);
  if (!peak)
    return peak.unknown();
  if (!hbm.bytesPerSecond)
    return Unknown{UnknownKind::Unmodelled, "memory bandwidth is not known"};
  return peak->opsPerSecond / *hbm.bytesPerSecond;
}

} // namespace roofline
