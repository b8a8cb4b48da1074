//===- UtilRules.cpp - Demand of IREE's util ops --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Globals hold the weights of graphs that IREE exports. Like a constant, a
// global is a view: its bytes are read by the users of what it loads.
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/Interfaces/OpRuleRegistry.h"

namespace roofline {

namespace {

KnownOr<Compute> viewCompute(mlir::Operation *, const DemandOptions &) {
  return noCompute(Structure::View);
}

KnownOr<Traffic> viewTraffic(mlir::Operation *op, const DemandOptions &) {
  return noTraffic(op);
}

/// A store writes its operands, in whatever order they come, into a global.
KnownOr<Compute> storeCompute(mlir::Operation *, const DemandOptions &) {
  return noCompute(Structure::DataMovement);
}

constexpr llvm::StringLiteral views[] = {
    "util.assume.int",
    "util.global",
    "util.global.address",
    "util.global.load",
    "util.global.load.indirect",
    "util.initializer",
    "util.initializer.return",
    "util.optimization_barrier",
    "util.return",
    "util.unfoldable_constant",
};

} // namespace

void registerUtilRules(mlir::DialectRegistry &registry) {
  addOpRules(registry, [](OpRuleRegistry &rules) {
    for (llvm::StringRef name : views)
      rules.add(name, {viewCompute, viewTraffic});
    rules.add("util.global.store", {storeCompute});
    rules.add("util.global.store.indirect", {storeCompute});
  });
}

} // namespace roofline
