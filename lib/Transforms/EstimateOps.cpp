//===- EstimateOps.cpp - Attach to every op its times on targets ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDiagnostics.h"

#include "roofline/IR/RooflineDialect.h"
#include "roofline/Transforms/Passes.h"

#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/Support/FormatVariadic.h"

namespace roofline {

#define GEN_PASS_DEF_ROOFLINEESTIMATEPASS
#include "roofline/Transforms/Passes.h.inc"

namespace {

/// The name of the function that holds `op`, for remarks.
llvm::StringRef functionOf(mlir::Operation *op) {
  auto function = op->getParentOfType<mlir::FunctionOpInterface>();
  return function ? function.getName() : llvm::StringRef();
}

/// One analysis remark per op and target; nothing where remarks are off.
void remark(mlir::Operation *op, llvm::StringRef target, const Demand &demand,
            const KnownOr<Roof> &roof) {
  namespace remark = mlir::remark;
  if (!op->getContext()->getRemarkEngine())
    return;
  auto inFlight = remark::analysis(
      op->getLoc(), remark::RemarkOpts::name(op->getName().getStringRef())
                        .category("roofline")
                        .subCategory(target)
                        .function(functionOf(op)));
  if (!inFlight)
    return;
  if (!roof)
    inFlight << remark::add("{0}: {1}", target, roof.unknown().reason);
  else
    inFlight << remark::add("{0}: {1} s, bound by {2}", target,
                            llvm::formatv("{0:e3}", roof->seconds).str(),
                            roof->bound ? roof->bound->str() : "nothing")
             << remark::metric("roof_seconds",
                               llvm::formatv("{0:e3}", roof->seconds).str());
  inFlight << remark::metric("operations", demand.work.totalOps().str())
           << remark::metric("bytes", demand.totalBytes().str());
}

struct EstimatePass : impl::RooflineEstimatePassBase<EstimatePass> {
  using RooflineEstimatePassBase::RooflineEstimatePassBase;

  void runOnOperation() override {
    mlir::FailureOr<TargetPtrs> found = findTargetsForPass(
        getOperation(), targets, targetFiles, allowLowConfidence);
    if (failed(found))
      return signalPassFailure();

    bool hasDemand = false;
    getOperation()->walk([&](mlir::Operation *op) {
      mlir::Attribute attribute =
          op->getDiscardableAttr(RooflineDialect::demandAttrName);
      hasDemand |= static_cast<bool>(attribute);
      if (auto demand = mlir::dyn_cast_if_present<DemandAttr>(attribute))
        estimate(op, demand.asDemand(), *found);
      else
        op->removeDiscardableAttr(RooflineDialect::estimatesAttrName);
    });
    if (!hasDemand)
      mlir::emitWarning(
          getOperation()->getLoc(),
          "no op has 'roofline.demand'; run roofline-annotate-demand before");
  }

private:
  void estimate(mlir::Operation *op, const Demand &demand,
                const TargetPtrs &machines) {
    llvm::SmallVector<mlir::Attribute> estimates;
    for (const std::shared_ptr<const Target> &target : machines) {
      KnownOr<Roof> roof = computeRoof(demand, target->getMachine());
      estimates.push_back(
          EstimateAttr::get(&getContext(), target->getName(), roof));
      remark(op, target->getName(), demand, roof);
    }
    op->setDiscardableAttr(RooflineDialect::estimatesAttrName,
                           mlir::ArrayAttr::get(&getContext(), estimates));
  }
};

} // namespace

} // namespace roofline
