//===- BufferizationExternalModels.cpp - Demand of bufferization ops ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

namespace {

using namespace mlir::bufferization;

/// An allocation that may come with the contents of another tensor.
struct AllocTensorModel : OpModel<AllocTensorModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    return noCompute(mlir::cast<AllocTensorOp>(op).getCopy()
                         ? Structure::DataMovement
                         : Structure::View);
  }
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    return mlir::cast<AllocTensorOp>(op).getCopy() ? memoryTraffic(op)
                                                   : noTraffic(op);
  }
};

} // namespace

void registerBufferizationExternalModels(mlir::DialectRegistry &registry) {
  registry.addExtension(+[](mlir::MLIRContext *context,
                            BufferizationDialect *) {
    attachModel<ViewModel, DeallocOp, DeallocTensorOp, ToBufferOp, ToTensorOp>(
        context);
    attachModel<AllocTensorModel, AllocTensorOp>(context);
    attachModel<CopyModel, CloneOp, MaterializeInDestinationOp>(context);
  });
}

} // namespace roofline
