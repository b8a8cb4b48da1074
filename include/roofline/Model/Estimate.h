//===- Estimate.h - Roofs: ideal times of a demand on a machine -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_ESTIMATE_H
#define ROOFLINE_MODEL_ESTIMATE_H

#include "roofline/Model/Demand.h"
#include "roofline/Model/Machine.h"

#include "llvm/ADT/SmallVector.h"

namespace roofline {

/// The resource that limits: a unit with its element type, or off-chip memory.
class Bound {
public:
  /// Off-chip memory.
  static Bound hbm() { return Bound(); }
  /// A unit with the type asked for (not its substitute).
  explicit Bound(UnitType where) : where(where) {}

  bool isHbm() const { return !where; }
  /// The unit; absent for memory.
  std::optional<UnitType> unitType() const { return where; }

  /// `hbm`, `matrix_bf16`, ...
  std::string str() const { return where ? where->str() : "hbm"; }

  friend bool operator==(const Bound &lhs, const Bound &rhs) {
    return lhs.where == rhs.where;
  }
  friend bool operator<(const Bound &lhs, const Bound &rhs) {
    return lhs.where < rhs.where;
  }

private:
  Bound() = default;

  std::optional<UnitType> where;
};

/// The inverse of `Bound::str`.
std::optional<Bound> parseBound(llvm::StringRef text);

/// Seconds that one resource is busy.
struct ResourceTime {
  Bound resource;
  double seconds;
};

/// The ideal time of a demand at datasheet peaks (A3): every resource works at
/// its peak and all of them overlap, so the busiest one is the time.
struct Roof {
  double seconds = 0;
  /// The busiest resource; absent where there is neither work nor traffic.
  std::optional<Bound> bound;
  /// Every resource that is used, in the order of `Bound`.
  llvm::SmallVector<ResourceTime, 3> resources;
};

/// The roof of `work` and `bytes` of off-chip traffic. Units of one kind are
/// shared between element types: times of types on one unit add up (A4).
/// Unknown where the machine has no rate for a part of the work.
KnownOr<Roof> computeRoof(const WorkList &work, Count bytes,
                          const Machine &machine);

/// The op roof of one execution of `demand`.
KnownOr<Roof> computeRoof(const Demand &demand, const Machine &machine);

} // namespace roofline

#endif // ROOFLINE_MODEL_ESTIMATE_H
