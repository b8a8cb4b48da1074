//===- StablehloControlFlow.cpp - Ops that run regions and functions ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"
#include "StablehloTripCount.h"

#include "mlir/IR/BuiltinAttributes.h"

namespace roofline::stablehlo {

namespace {

//===----------------------------------------------------------------------===//
// Loops and branches
//===----------------------------------------------------------------------===//

/// The condition runs once more than the body.
BodyList whileBodies(mlir::Operation *op, const DemandOptions &) {
  BodyList bodies;
  if (op->getNumRegions() != 2)
    return bodies;
  KnownOr<Count> trips = whileTripCount(op);
  Body condition;
  condition.region = &op->getRegion(0);
  condition.times = trips ? KnownOr<Count>(*trips + Count(1)) : trips;
  bodies.push_back(condition);
  Body body;
  body.region = &op->getRegion(1);
  body.times = trips;
  bodies.push_back(body);
  return bodies;
}

/// Exactly one of the regions runs.
BodyList branchBodies(mlir::Operation *op, const DemandOptions &) {
  return regionBodies(op, Count(1), /*isAlternative=*/true);
}

/// All regions run once.
BodyList onceBodies(mlir::Operation *op, const DemandOptions &) {
  return regionBodies(op);
}

template <unsigned numRegions>
KnownOr<Compute> needsRegions(mlir::Operation *op, const DemandOptions &) {
  if (op->getNumRegions() < numRegions)
    return Unknown{UnknownKind::Malformed, "a region is missing"};
  return noCompute(Structure::View);
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// The function that an attribute names runs once.
BodyList calleeBodies(mlir::Operation *op, llvm::StringRef attrName) {
  Body body;
  body.callee = op->getAttrOfType<mlir::SymbolRefAttr>(attrName);
  if (!body.callee)
    return {};
  return {body};
}

KnownOr<Compute> needsCallee(mlir::Operation *op, llvm::StringRef attrName) {
  if (op->getAttrOfType<mlir::SymbolRefAttr>(attrName))
    return noCompute(Structure::View);
  return Unknown{
      UnknownKind::Malformed,
      ("attribute '" + attrName + "' does not name a function").str()};
}

/// A composite costs what its decomposition costs.
BodyList compositeBodies(mlir::Operation *op, const DemandOptions &) {
  return calleeBodies(op, "decomposition");
}

KnownOr<Compute> compositeCompute(mlir::Operation *op, const DemandOptions &) {
  return needsCallee(op, "decomposition");
}

/// The computation runs where it starts; waiting for it is free.
BodyList asyncStartBodies(mlir::Operation *op, const DemandOptions &options) {
  if (op->getNumRegions() > 0)
    return onceBodies(op, options);
  return calleeBodies(op, "called_computation");
}

KnownOr<Compute> asyncStartCompute(mlir::Operation *op, const DemandOptions &) {
  if (op->getNumRegions() > 0)
    return noCompute(Structure::View);
  return needsCallee(op, "called_computation");
}

constexpr Row rows[] = {
    {"async_done", Hlo, viewRule},
    {"async_start", Hlo, {asyncStartCompute, noBytes, asyncStartBodies}},
    {"async_update", Mhlo, viewRule},
    {"case", Hlo, {needsRegions<1>, noBytes, branchBodies}},
    {"composite", Hlo, {compositeCompute, noBytes, compositeBodies}},
    {"fusion", Mhlo, {needsRegions<1>, noBytes, onceBodies}},
    {"if", Hlo, {needsRegions<2>, noBytes, branchBodies}},
    {"rank_specialization_cluster",
     Chlo,
     {needsRegions<1>, noBytes, onceBodies}},
    {"rank_specialization_cluster_yield", Chlo, viewRule},
    {"return", Hlo, viewRule},
    {"while", Hlo, {needsRegions<2>, noBytes, whileBodies}},
};

} // namespace

void addControlFlowRules(OpRuleRegistry &rules) { addRows(rules, rows); }

} // namespace roofline::stablehlo
