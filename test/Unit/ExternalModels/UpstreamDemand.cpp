//===- UpstreamDemand.cpp - Demand of ops in a piece of IR ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UpstreamDemand.h"

#include "roofline/ExternalModels/ExternalModels.h"

#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"

namespace roofline {

UpstreamDemand::UpstreamDemand() {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  registerAllExternalModels(registry);
  context.appendDialectRegistry(registry);
}

void UpstreamDemand::parse(llvm::StringRef source) {
  module = mlir::parseSourceString<mlir::ModuleOp>(source, &context);
  ASSERT_TRUE(module) << source.str();
}

mlir::Operation *UpstreamDemand::find(llvm::StringRef opName, unsigned index) {
  mlir::Operation *found = nullptr;
  if (module)
    module->walk<mlir::WalkOrder::PreOrder>([&](mlir::Operation *op) {
      if (op->getName().getStringRef() != opName || index-- != 0)
        return mlir::WalkResult::advance();
      found = op;
      return mlir::WalkResult::interrupt();
    });
  EXPECT_NE(found, nullptr) << opName.str();
  return found;
}

KnownOr<Demand> UpstreamDemand::demand(llvm::StringRef opName, unsigned index) {
  mlir::Operation *op = find(opName, index);
  if (!op)
    return Unknown{UnknownKind::Malformed, "no such op"};
  return DemandLookup(&context, options).demand(op);
}

Demand UpstreamDemand::demandOf(llvm::StringRef source,
                                llvm::StringRef opName) {
  parse(source);
  KnownOr<Demand> known = demand(opName);
  if (known)
    return *known;
  ADD_FAILURE() << opName.str() << ": " << known.unknown().reason;
  return Demand();
}

Unknown UpstreamDemand::unknownOf(llvm::StringRef source,
                                  llvm::StringRef opName) {
  parse(source);
  KnownOr<Demand> known = demand(opName);
  EXPECT_FALSE(known) << opName.str();
  return known ? Unknown{UnknownKind::Malformed, ""} : known.unknown();
}

ContractionShape shape(uint64_t batch, uint64_t m, uint64_t n, uint64_t k) {
  return {batch, m, n, k};
}

Count ops(const Demand &demand, Unit unit, ElementType type) {
  return demand.work.ops({unit, type});
}

Count totalOps(const Demand &demand) { return demand.work.totalOps(); }

} // namespace roofline
