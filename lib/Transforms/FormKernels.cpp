//===- FormKernels.cpp - roofline-form-kernels ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDiagnostics.h"

#include "roofline/Analysis/KernelFormation.h"
#include "roofline/IR/RooflineDialect.h"
#include "roofline/Transforms/Passes.h"

#include "mlir/IR/Builders.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace roofline {

#define GEN_PASS_DEF_ROOFLINEFORMKERNELSPASS
#include "roofline/Transforms/Passes.h.inc"

namespace {

struct FormKernelsPass : impl::RooflineFormKernelsPassBase<FormKernelsPass> {
  using RooflineFormKernelsPassBase::RooflineFormKernelsPassBase;

  void runOnOperation() override {
    mlir::FailureOr<DemandOptions> options =
        demandOptionsForPass(getOperation(), f32, customCalls);
    if (failed(options))
      return signalPassFailure();

    removeKernels();
    if (entry.empty() && !hasOps())
      return;
    mlir::FailureOr<mlir::Operation *> found = findEntry(getOperation(), entry);
    if (failed(found))
      return signalPassFailure();

    DemandLookup lookup(&getContext(), std::move(*options));
    ExecutionCounts counts(*found, lookup);
    if (!lookup.hasRules() && !hasModelledOp(counts, lookup)) {
      emitNoModels(getOperation());
      return signalPassFailure();
    }
    size_t number = 0;
    visitKernels(counts, lookup, fusion,
                 [&](const Kernel &kernel) { attach(kernel, number++); });
  }

private:
  /// What an earlier run left, and the estimates of its kernels with it.
  void removeKernels() {
    getOperation()->walk([&](mlir::Operation *op) {
      for (mlir::StringAttr name :
           {kernelName, kernelDemandName, kernelEstimatesName})
        if (op->getDiscardableAttr(name))
          op->removeDiscardableAttr(name);
    });
  }

  /// False for a module that is empty or only declares functions: a pipeline
  /// that meets one has nothing to do, while a user who asks for a report does
  /// not get one.
  bool hasOps() {
    return llvm::any_of(*getOperation().getBody(), [](mlir::Operation &op) {
      auto function = mlir::dyn_cast<mlir::FunctionOpInterface>(op);
      return !function || !function.isExternal();
    });
  }

  static bool hasModelledOp(const ExecutionCounts &counts,
                            const DemandLookup &lookup) {
    bool found = false;
    counts.walk([&](mlir::Operation *op, const KnownOr<Count> &) {
      found |= lookup.isModelled(op);
    });
    return found;
  }

  void attach(const Kernel &kernel, size_t number) {
    mlir::Builder builder(&getContext());
    mlir::IntegerAttr numberAttr =
        builder.getI64IntegerAttr(static_cast<int64_t>(number));
    for (mlir::Operation *op : kernel.ops)
      op->setDiscardableAttr(kernelName, numberAttr);
    KnownOr<Demand> demand = kernel.demand;
    // An attribute holds counts only.
    if (demand && demand->hasOverflow())
      demand = Unknown{UnknownKind::Overflow,
                       "operations or bytes of the kernel exceed 2^128 - 2"};
    kernel.root->setDiscardableAttr(kernelDemandName,
                                    KernelAttr::get(&getContext(),
                                                    kernel.family, kernel.name,
                                                    kernel.ops.size(), demand));
  }

  mlir::LogicalResult initialize(mlir::MLIRContext *context) override {
    kernelName =
        mlir::StringAttr::get(context, RooflineDialect::kernelAttrName);
    kernelDemandName =
        mlir::StringAttr::get(context, RooflineDialect::kernelDemandAttrName);
    kernelEstimatesName = mlir::StringAttr::get(
        context, RooflineDialect::kernelEstimatesAttrName);
    return mlir::success();
  }

  // Looked up once: there may be a million ops.
  mlir::StringAttr kernelName, kernelDemandName, kernelEstimatesName;
};

} // namespace

} // namespace roofline
