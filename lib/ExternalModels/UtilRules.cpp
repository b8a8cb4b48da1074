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

#include "mlir/IR/BuiltinTypes.h"

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

/// The stored tensors are read; the pointer to the global has no size.
KnownOr<Traffic> indirectStoreTraffic(mlir::Operation *op,
                                      const DemandOptions &) {
  Traffic traffic;
  traffic.writtenBytes.assign(op->getNumResults(), 0);
  for (mlir::Type type : op->getOperandTypes()) {
    if (!mlir::isa<mlir::ShapedType>(type)) {
      traffic.readBytes.push_back(0);
      continue;
    }
    KnownOr<Count> bytes = byteCount(type);
    if (!bytes)
      return bytes.unknown();
    traffic.readBytes.push_back(*bytes);
  }
  return traffic;
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
    rules.add("util.global.store.indirect",
              {storeCompute, indirectStoreTraffic});
  });
}

} // namespace roofline
