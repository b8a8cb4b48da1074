//===- EstimateOps.cpp - Attach to every op its times on targets ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDiagnostics.h"

#include "roofline/Analysis/KernelShapes.h"
#include "roofline/IR/RooflineDialect.h"
#include "roofline/Model/KernelTime.h"
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

std::string secondsText(double seconds) {
  return llvm::formatv("{0:e3}", seconds).str();
}

std::string boundText(const Roof &roof) {
  return roof.bound ? roof.bound->str() : "nothing";
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
                            secondsText(roof->seconds), boundText(*roof))
             << remark::metric("roof_seconds", secondsText(roof->seconds));
  inFlight << remark::metric("operations", demand.work.totalOps().str())
           << remark::metric("bytes", demand.totalBytes().str());
}

/// One analysis remark per kernel and target, of another category: operations
/// and bytes of a kernel are those of its ops again.
void remark(mlir::Operation *root, KernelAttr kernel, llvm::StringRef target,
            const Demand &demand, const KnownOr<Roof> &roof,
            const KnownOr<KernelTime> &time) {
  namespace remark = mlir::remark;
  if (!root->getContext()->getRemarkEngine())
    return;
  auto inFlight = remark::analysis(root->getLoc(),
                                   remark::RemarkOpts::name(kernel.getName())
                                       .category("roofline-kernels")
                                       .subCategory(target)
                                       .function(functionOf(root)));
  if (!inFlight)
    return;
  if (!roof)
    inFlight << remark::add("{0}: {1}", target, roof.unknown().reason);
  else if (!time)
    inFlight << remark::add("{0}: {1}; roof {2} s, bound by {3}", target,
                            time.unknown().reason, secondsText(roof->seconds),
                            boundText(*roof));
  else
    inFlight << remark::add("{0}: {1} s, roof {2} s, bound by {3}", target,
                            secondsText(time->seconds),
                            secondsText(roof->seconds), boundText(*roof))
             << remark::metric("seconds", secondsText(time->seconds))
             << remark::metric("low", secondsText(time->low))
             << remark::metric("high", secondsText(time->high));
  if (roof)
    inFlight << remark::metric("roof_seconds", secondsText(roof->seconds));
  inFlight << remark::metric("operations", demand.work.totalOps().str())
           << remark::metric("bytes", demand.totalBytes().str())
           << remark::metric("family", stringify(kernel.getFamily()).str())
           << remark::metric("ops", std::to_string(kernel.getOps()));
}

/// The roof of a kernel. Control arithmetic is no launch: it takes no time, and
/// the roof of no time is none.
KnownOr<Roof> kernelRoof(KernelFamily family, const Demand &demand,
                         const Machine &machine) {
  if (family == KernelFamily::Scalar)
    return Roof();
  return computeRoof(demand, machine);
}

struct EstimatePass : impl::RooflineEstimatePassBase<EstimatePass> {
  using RooflineEstimatePassBase::RooflineEstimatePassBase;

  void runOnOperation() override {
    mlir::FailureOr<TargetPtrs> found = findTargetsForPass(
        getOperation(), targets, targetFiles, allowLowConfidence);
    if (failed(found))
      return signalPassFailure();

    DemandLookup lookup(&getContext(), DemandOptions());
    KernelOps opsOf = collectKernelOps();
    bool hasDemand = false;
    getOperation()->walk([&](mlir::Operation *op) {
      mlir::Attribute attribute =
          op->getDiscardableAttr(RooflineDialect::demandAttrName);
      hasDemand |= static_cast<bool>(attribute);
      auto demand = mlir::dyn_cast_if_present<DemandAttr>(attribute);
      setEstimates(op, RooflineDialect::estimatesAttrName,
                   demand ? estimateOp(op, demand.asDemand(), *found)
                          : Estimates());
      auto kernel = mlir::dyn_cast_if_present<KernelAttr>(
          op->getDiscardableAttr(RooflineDialect::kernelDemandAttrName));
      setEstimates(op, RooflineDialect::kernelEstimatesAttrName,
                   kernel ? estimateKernel(op, kernel, opsOf, lookup, *found)
                          : Estimates());
    });
    if (!hasDemand)
      mlir::emitWarning(
          getOperation()->getLoc(),
          "no op has 'roofline.demand'; run roofline-annotate-demand before");
  }

private:
  using Estimates = llvm::SmallVector<mlir::Attribute, 4>;
  /// The ops of each kernel by its number.
  using KernelOps =
      llvm::DenseMap<mlir::Attribute, llvm::SmallVector<mlir::Operation *, 2>>;

  KernelOps collectKernelOps() {
    KernelOps opsOf;
    getOperation()->walk([&](mlir::Operation *op) {
      if (mlir::Attribute number =
              op->getDiscardableAttr(RooflineDialect::kernelAttrName))
        opsOf[number].push_back(op);
    });
    return opsOf;
  }

  /// Replaces what `op` had; nothing to say removes it.
  void setEstimates(mlir::Operation *op, llvm::StringRef name,
                    const Estimates &estimates) {
    if (!estimates.empty())
      op->setDiscardableAttr(name,
                             mlir::ArrayAttr::get(&getContext(), estimates));
    else if (op->getDiscardableAttr(name))
      op->removeDiscardableAttr(name);
  }

  Estimates estimateOp(mlir::Operation *op, const Demand &demand,
                       const TargetPtrs &machines) {
    Estimates estimates;
    for (const std::shared_ptr<const Target> &target : machines) {
      KnownOr<Roof> roof = computeRoof(demand, target->getMachine());
      estimates.push_back(
          EstimateAttr::get(&getContext(), target->getName(), roof));
      remark(op, target->getName(), demand, roof);
    }
    return estimates;
  }

  Estimates estimateKernel(mlir::Operation *root, KernelAttr kernel,
                           const KernelOps &opsOf, const DemandLookup &lookup,
                           const TargetPtrs &machines) {
    KnownOr<Demand> demand = kernel.asDemand();
    if (!demand)
      return {};
    Kernel formed;
    formed.family = kernel.getFamily();
    formed.name = kernel.getName().str();
    formed.ops =
        opsOf.lookup(root->getDiscardableAttr(RooflineDialect::kernelAttrName));
    formed.root = root;
    formed.demand = demand;
    std::optional<KernelShape> shape = findKernelShape(formed, lookup);
    Demand ofLaunch = demandOfLaunch(formed, shape, lookup);
    Estimates estimates;
    for (const std::shared_ptr<const Target> &target : machines) {
      const Machine &machine = target->getMachine();
      KnownOr<Roof> roof = kernelRoof(kernel.getFamily(), ofLaunch, machine);
      KnownOr<KernelTime> time =
          kernelTime(kernel.getFamily(), roof, shape, machine, launching);
      estimates.push_back(
          EstimateAttr::get(&getContext(), target->getName(), roof, time));
      remark(root, kernel, target->getName(), *demand, roof, time);
    }
    return estimates;
  }
};

} // namespace

} // namespace roofline
