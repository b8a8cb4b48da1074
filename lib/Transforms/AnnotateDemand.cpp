//===- AnnotateDemand.cpp - Attach to every op what it demands ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDiagnostics.h"

#include "roofline/IR/RooflineDialect.h"
#include "roofline/Interfaces/DemandLookup.h"
#include "roofline/Transforms/Passes.h"

#include "mlir/IR/SymbolTable.h"

namespace roofline {

#define GEN_PASS_DEF_ROOFLINEANNOTATEDEMANDPASS
#include "roofline/Transforms/Passes.h.inc"

namespace {

struct AnnotateDemandPass
    : impl::RooflineAnnotateDemandPassBase<AnnotateDemandPass> {
  using RooflineAnnotateDemandPassBase::RooflineAnnotateDemandPassBase;

  void runOnOperation() override {
    mlir::FailureOr<DemandOptions> options =
        demandOptionsForPass(getOperation(), f32, customCalls);
    if (failed(options))
      return signalPassFailure();
    DemandLookup lookup(&getContext(), std::move(*options));
    annotate(getOperation(), lookup);
    if (lookup.hasRules() || hasModelledOp)
      return;
    emitNoModels(getOperation());
    signalPassFailure();
  }

private:
  static bool mayHoldOps(mlir::Operation *op, const DemandLookup &lookup,
                         mlir::Region &region) {
    // Symbols such as modules and functions hold the graph; the regions of
    // other ops are a part of their own work unless they run as bodies.
    if (op->hasTrait<mlir::OpTrait::SymbolTable>() ||
        op->hasAttr(mlir::SymbolTable::getSymbolAttrName()))
      return true;
    return llvm::any_of(lookup.bodies(op), [&](const Body &body) {
      return body.region == &region;
    });
  }

  void annotate(mlir::Operation *op, const DemandLookup &lookup) {
    for (mlir::Region &region : op->getRegions())
      if (mayHoldOps(op, lookup, region))
        for (mlir::Block &block : region)
          for (mlir::Operation &nested : block) {
            attach(&nested, lookup);
            annotate(&nested, lookup);
          }
  }

  void attach(mlir::Operation *op, const DemandLookup &lookup) {
    KnownOr<Demand> demand = lookup.demand(op);
    hasModelledOp |= lookup.hasRules() || lookup.isModelled(op);
    if (!demand)
      op->setDiscardableAttr(RooflineDialect::demandAttrName,
                             UnknownAttr::get(&getContext(), demand.unknown()));
    else if (!demand->work.empty() || !demand->totalBytes().isZero())
      op->setDiscardableAttr(RooflineDialect::demandAttrName,
                             DemandAttr::get(&getContext(), *demand));
    else
      op->removeDiscardableAttr(RooflineDialect::demandAttrName);
  }

  bool hasModelledOp = false;
};

} // namespace

} // namespace roofline
