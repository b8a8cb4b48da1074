//===- ScfExternalModels.cpp - Demand of scf ops --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

namespace {

using namespace mlir::scf;

/// The product of the trip counts of all induction variables.
KnownOr<Count> tripCount(mlir::LoopLikeOpInterface loop) {
  auto lowerBounds = loop.getLoopLowerBounds();
  auto upperBounds = loop.getLoopUpperBounds();
  auto steps = loop.getLoopSteps();
  if (!lowerBounds || !upperBounds || !steps)
    return unknownBounds(loop);
  Count product = 1;
  for (auto [lower, upper, step] :
       llvm::zip_equal(*lowerBounds, *upperBounds, *steps)) {
    // A loop that does not advance never ends.
    if (mlir::isZeroInteger(step))
      return unknownBounds(loop);
    std::optional<llvm::APInt> count = mlir::constantTripCount(
        lower, upper, step, /*isSigned=*/true,
        [](mlir::Value, mlir::Value, bool) -> std::optional<llvm::APSInt> {
          return std::nullopt;
        });
    if (!count || count->getActiveBits() > 64)
      return unknownBounds(loop);
    product *= count->getZExtValue();
  }
  return product;
}

/// `scf.for`, `scf.forall`, `scf.parallel`.
struct LoopModel : ViewBase<LoopModel> {
  BodyList getBodies(mlir::Operation *op, const DemandOptions &) const {
    return regionBodies(op,
                        tripCount(mlir::cast<mlir::LoopLikeOpInterface>(op)));
  }
};

} // namespace

void registerScfExternalModels(mlir::DialectRegistry &registry) {
  registry.addExtension(+[](mlir::MLIRContext *context, SCFDialect *) {
    attachModel<ViewModel, ConditionOp, ReduceReturnOp, YieldOp>(context);
    // The combiners of an `scf.reduce` run once in each iteration.
    attachModel<SequenceModel, ExecuteRegionOp, InParallelOp, ReduceOp>(
        context);
    attachModel<BranchModel, IfOp, IndexSwitchOp>(context);
    attachModel<LoopModel, ForallOp, ForOp, ParallelOp>(context);
    attachModel<WhileModel, WhileOp>(context);
  });
}

} // namespace roofline
