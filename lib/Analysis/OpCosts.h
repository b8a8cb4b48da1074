//===- OpCosts.h - What ops cost, each cost kept once -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A graph has many more ops than different costs, because layers repeat. Nodes
// share what they have in common.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_OPCOSTS_H
#define ROOFLINE_LIB_ANALYSIS_OPCOSTS_H

#include "roofline/Model/Demand.h"
#include "roofline/Model/Unknown.h"

#include <unordered_set>

namespace roofline {

/// Demand, and traffic where the demand is known.
struct OpCost {
  KnownOr<Demand> demand = Demand();
  Traffic traffic;
};

/// Keeps costs; they stay where they are when this is moved.
class OpCosts {
public:
  OpCosts() = default;
  OpCosts(OpCosts &&) = default;
  OpCosts &operator=(OpCosts &&) = default;

  /// The kept cost that equals `cost`. It lives as long as this.
  const OpCost *keep(OpCost cost) {
    return &*costs.insert(std::move(cost)).first;
  }

private:
  struct Hash {
    size_t operator()(const OpCost &cost) const;
  };
  struct Equal {
    bool operator()(const OpCost &lhs, const OpCost &rhs) const;
  };

  std::unordered_set<OpCost, Hash, Equal> costs;
};

/// A demand in `OpCosts`, used like a `KnownOr<Demand>`; neither work nor bytes
/// by default.
class SharedDemand {
public:
  SharedDemand();
  explicit SharedDemand(const OpCost *cost) : demand(&cost->demand) {}

  bool isKnown() const { return demand->isKnown(); }
  explicit operator bool() const { return isKnown(); }
  const Demand &operator*() const { return **demand; }
  const Demand *operator->() const { return &**demand; }
  /// The reason; only valid where the demand is not known.
  const Unknown &unknown() const { return demand->unknown(); }
  const KnownOr<Demand> &get() const { return *demand; }

private:
  const KnownOr<Demand> *demand;
};

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_OPCOSTS_H
