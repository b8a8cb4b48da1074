//===- MemRefExternalModels.cpp - Demand of memref ops --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "DmaModel.h"
#include "OpModels.h"
#include "Payload.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/Matchers.h"

#include <algorithm>

namespace roofline {

namespace {

using namespace mlir::memref;

/// One element is read and written.
Traffic elementUpdate(mlir::Operation *op, unsigned memrefOperand,
                      Count bytes) {
  Traffic traffic;
  traffic.readBytes.assign(op->getNumOperands(), 0);
  traffic.readBytes[memrefOperand] = bytes;
  traffic.writtenBytes = {bytes};
  return traffic;
}

struct AtomicRMWModel : OpModel<AtomicRMWModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    return elementwiseWork(op, WorkType::Result, /*vectorOps=*/1,
                           /*specialOps=*/0);
  }
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    KnownOr<Count> bytes = byteCount(op->getResult(0).getType());
    if (!bytes)
      return bytes.unknown();
    return elementUpdate(op, /*memrefOperand=*/1, *bytes);
  }
};

struct GenericAtomicRMWModel : OpModel<GenericAtomicRMWModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &options) const {
    KnownOr<Payload> payload = payloadOf(op->getRegion(0).front(), options);
    if (!payload)
      return payload.unknown();
    Compute compute = noCompute(Structure::Elementwise);
    compute.work = std::move(payload->work);
    return compute;
  }
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    KnownOr<Count> bytes = byteCount(op->getResult(0).getType());
    if (!bytes)
      return bytes.unknown();
    return elementUpdate(op, /*memrefOperand=*/0, *bytes);
  }
};

/// Source and target have the same elements; either may have the static shape.
struct BufferCopyModel : NoWorkBase<BufferCopyModel> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    KnownOr<Count> bytes = memoryBytes(op->getOperand(0).getType());
    if (!bytes)
      bytes = memoryBytes(op->getOperand(1).getType());
    if (!bytes)
      return bytes.unknown();
    return transferTraffic(op, /*readOperand=*/0, *bytes);
  }
};

/// The contents are copied as far as the new buffer has room.
struct ReallocModel : NoWorkBase<ReallocModel> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    KnownOr<Count> before = memoryBytes(op->getOperand(0).getType());
    KnownOr<Count> after = memoryBytes(op->getResult(0).getType());
    if (!before)
      return before.unknown();
    if (!after)
      return after.unknown();
    return transferTraffic(op, /*readOperand=*/0, std::min(*before, *after));
  }
};

} // namespace

void registerMemRefExternalModels(mlir::DialectRegistry &registry) {
  registry.addExtension(+[](mlir::MLIRContext *context, MemRefDialect *) {
    attachModel<ViewModel, AllocaOp, AllocaScopeReturnOp, AllocOp,
                AssumeAlignmentOp, AtomicYieldOp, CastOp, CollapseShapeOp,
                DeallocOp, DimOp, DistinctObjectsOp, DmaWaitOp, ExpandShapeOp,
                ExtractAlignedPointerAsIndexOp, ExtractStridedMetadataOp,
                GetGlobalOp, GlobalOp, MemorySpaceCastOp, PrefetchOp, RankOp,
                ReinterpretCastOp, ReshapeOp, SubViewOp, TransposeOp, ViewOp>(
        context);
    attachModel<SequenceModel, AllocaScopeOp>(context);
    attachModel<AtomicRMWModel, AtomicRMWOp>(context);
    attachModel<BufferCopyModel, CopyOp>(context);
    attachModel<DmaStartModel<DmaStartOp>, DmaStartOp>(context);
    attachModel<GenericAtomicRMWModel, GenericAtomicRMWOp>(context);
    attachModel<LoadModel, LoadOp>(context);
    attachModel<ReallocModel, ReallocOp>(context);
    attachModel<StoreModel, StoreOp>(context);
  });
}

} // namespace roofline
