//===- AffineExternalModels.cpp - Demand of affine ops --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "DmaModel.h"
#include "OpModels.h"

#include "mlir/Dialect/Affine/Analysis/LoopAnalysis.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/IR/DialectRegistry.h"

#include <algorithm>

namespace roofline {

namespace {

using namespace mlir::affine;

KnownOr<Count> tripCount(mlir::Operation *op) {
  if (auto loop = mlir::dyn_cast<AffineForOp>(op)) {
    if (std::optional<uint64_t> count = getConstantTripCount(loop))
      return Count(*count);
    return unknownBounds(op);
  }
  auto parallel = mlir::cast<AffineParallelOp>(op);
  std::optional<llvm::SmallVector<int64_t, 8>> ranges =
      parallel.getConstantRanges();
  if (!ranges)
    return unknownBounds(op);
  Count product = 1;
  for (auto [range, step] : llvm::zip_equal(*ranges, parallel.getSteps()))
    product *= Count(std::max<int64_t>(range, 0)).dividedRoundingUp(step);
  return product;
}

/// `affine.for`, `affine.parallel`.
struct LoopModel : ViewBase<LoopModel> {
  BodyList getBodies(mlir::Operation *op, const DemandOptions &) const {
    return regionBodies(op, tripCount(op));
  }
};

} // namespace

void registerAffineExternalModels(mlir::DialectRegistry &registry) {
  registry.addExtension(+[](mlir::MLIRContext *context, AffineDialect *) {
    attachModel<ViewModel, AffineApplyOp, AffineDelinearizeIndexOp,
                AffineDmaWaitOp, AffineLinearizeIndexOp, AffineMaxOp,
                AffineMinOp, AffinePrefetchOp, AffineYieldOp>(context);
    attachModel<BranchModel, AffineIfOp>(context);
    attachModel<LoadModel, AffineLoadOp, AffineVectorLoadOp>(context);
    attachModel<DmaStartModel<AffineDmaStartOp>, AffineDmaStartOp>(context);
    attachModel<LoopModel, AffineForOp, AffineParallelOp>(context);
    attachModel<StoreModel, AffineStoreOp, AffineVectorStoreOp>(context);
  });
}

} // namespace roofline
