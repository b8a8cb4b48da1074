//===- DemandLookup.cpp - The one lookup of an op's demand ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Interfaces/DemandLookup.h"

#include "roofline/Interfaces/RooflineOpInterface.cpp.inc"

namespace roofline {

namespace {

Unknown unmodelled(mlir::Operation *op) {
  return {UnknownKind::Unmodelled,
          ("no rule for '" + op->getName().getStringRef() + "'").str()};
}

} // namespace

const OpRule *DemandLookup::rule(mlir::Operation *op) const {
  return registry ? registry->lookup(op->getName().getStringRef()) : nullptr;
}

bool DemandLookup::isModelled(mlir::Operation *op) const {
  return mlir::isa<RooflineOpInterface>(op) || rule(op);
}

KnownOr<Demand> DemandLookup::demand(mlir::Operation *op,
                                     Traffic *traffic) const {
  auto combine = [&](const KnownOr<Compute> &compute,
                     KnownOr<Traffic> moved) -> KnownOr<Demand> {
    if (!compute)
      return compute.unknown();
    if (!moved)
      return moved.unknown();
    Demand demand = makeDemand(*compute, *moved);
    if (demand.hasOverflow())
      return Unknown{UnknownKind::Overflow,
                     "operations or bytes exceed 2^128 - 2"};
    if (traffic)
      *traffic = std::move(*moved);
    return demand;
  };

  if (auto interface = mlir::dyn_cast<RooflineOpInterface>(op))
    return combine(interface.getCompute(options),
                   interface.getTraffic(options));
  if (const OpRule *opRule = rule(op))
    return combine(opRule->compute(op, options), opRule->traffic(op, options));
  return unmodelled(op);
}

KnownOr<Traffic> DemandLookup::traffic(mlir::Operation *op) const {
  if (auto interface = mlir::dyn_cast<RooflineOpInterface>(op))
    return interface.getTraffic(options);
  if (const OpRule *opRule = rule(op))
    return opRule->traffic(op, options);
  return unmodelled(op);
}

ElementRule DemandLookup::elementRule(mlir::Operation *op) const {
  return registry ? registry->lookupElements(op->getName().getStringRef())
                  : ElementRule();
}

BodyList DemandLookup::bodies(mlir::Operation *op) const {
  if (auto interface = mlir::dyn_cast<RooflineOpInterface>(op))
    return interface.getBodies(options);
  if (const OpRule *opRule = rule(op))
    return opRule->bodies(op, options);
  return {};
}

} // namespace roofline
