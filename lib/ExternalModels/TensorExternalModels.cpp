//===- TensorExternalModels.cpp - Demand of tensor ops --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "DialectElements.h"
#include "OpModels.h"
#include "Payload.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

namespace {

using namespace mlir::tensor;

struct InsertModel : NoWorkBase<InsertModel> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    auto insert = mlir::cast<InsertOp>(op);
    return updateTraffic(insert.getDestMutable(),
                         byteCount(insert.getScalar().getType()));
  }
};

struct InsertSliceModel : NoWorkBase<InsertSliceModel> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    auto insert = mlir::cast<InsertSliceOp>(op);
    return updateTraffic(insert.getDestMutable(),
                         memoryBytes(insert.getSourceType()));
  }
};

struct ScatterModel : NoWorkBase<ScatterModel, Structure::GatherScatter> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    auto scatter = mlir::cast<ScatterOp>(op);
    return updateTraffic(scatter->getOpOperand(1),
                         memoryBytes(scatter.getSourceType()));
  }
};

struct GenerateModel : OpModel<GenerateModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &options) const {
    auto generate = mlir::cast<GenerateOp>(op);
    KnownOr<Count> elements = elementCount(generate.getType());
    if (!elements)
      return elements.unknown();
    KnownOr<Payload> payload = payloadOf(generate.getBody().front(), options);
    if (!payload)
      return payload.unknown();
    Compute compute;
    compute.work.add(payload->work, *elements);
    if (payload->gathers)
      compute.structure = Structure::GatherScatter;
    else
      compute.structure = compute.work.empty() ? Structure::DataMovement
                                               : Structure::Elementwise;
    return compute;
  }
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &options) const {
    auto generate = mlir::cast<GenerateOp>(op);
    KnownOr<Traffic> traffic = memoryTraffic(op);
    KnownOr<Count> elements = elementCount(generate.getType());
    if (!traffic || !elements)
      return traffic;
    auto captured =
        capturedReads(generate.getBody().front(), *elements, options);
    if (!captured)
      return captured.unknown();
    traffic->readBytes.append(captured->begin(), captured->end());
    return traffic;
  }
};

} // namespace

void registerTensorExternalModels(mlir::DialectRegistry &registry) {
  addTensorElementRules(registry);
  registry.addExtension(+[](mlir::MLIRContext *context, TensorDialect *) {
    // A reshape of a tensor in row-major order is a view (A46).
    attachModel<ViewModel, BitcastOp, CastOp, CollapseShapeOp, DimOp, EmptyOp,
                ExpandShapeOp, RankOp, ReshapeOp, YieldOp>(context);
    attachModel<DataMovementModel, ConcatOp, FromElementsOp, PadOp, SplatOp>(
        context);
    attachModel<LoadModel, ExtractOp>(context);
    // A parallel insertion is in place by definition.
    attachModel<CopyModel, ParallelInsertSliceOp>(context);
    attachModel<GatherModel, mlir::tensor::GatherOp>(context);
    attachModel<GenerateModel, GenerateOp>(context);
    attachModel<InsertModel, InsertOp>(context);
    attachModel<InsertSliceModel, InsertSliceOp>(context);
    attachModel<ScatterModel, ScatterOp>(context);
    attachModel<SliceModel, ExtractSliceOp>(context);
  });
}

} // namespace roofline
