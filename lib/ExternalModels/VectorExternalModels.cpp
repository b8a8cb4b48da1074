//===- VectorExternalModels.cpp - Demand of vector ops --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Vectors are in registers (A40): arithmetic on them is work without traffic,
// and rearranging them is neither.
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "LoopNest.h"
#include "OpModels.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

namespace {

using namespace mlir::vector;

/// A product accumulated by addition is a contraction; by another kind, two
/// vector operations per iteration.
struct ContractModel : OpModel<ContractModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &options) const {
    auto contract = mlir::cast<ContractionOp>(op);
    KnownOr<LoopNest> nest =
        LoopNest::of(op, contract.getIndexingMaps(), /*firstOutput=*/2);
    if (!nest)
      return nest.unknown();
    if (contract.getKind() != CombiningKind::ADD) {
      KnownOr<Compute> perIteration = elementwiseCompute(
          contract.getLhsType().getElementType(), {{Unit::Vector, 2}});
      if (!perIteration)
        return perIteration;
      Compute compute = noCompute(Structure::Reduction);
      compute.work.add(perIteration->work, nest->iterations());
      return compute;
    }
    std::optional<ElementType> type =
        contractionType(contract.getLhsType(), contract.getRhsType(),
                        /*strictInGraph=*/false, options);
    if (!type)
      return Unknown{UnknownKind::Opaque,
                     "the element types of the contraction have no arithmetic"};
    return contractionCompute(
        nest->contractionShape(nest->loopsOf(0), nest->loopsOf(1)), *type);
  }
};

/// A product, and a sum where there is an accumulator, per result element.
struct OuterProductModel : OpModel<OuterProductModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    bool accumulates = mlir::cast<OuterProductOp>(op).getAcc() != nullptr;
    return elementwiseWork(op, WorkType::Result, accumulates ? 2 : 1,
                           /*specialOps=*/0);
  }
};

/// Stores whose value is not operand 0.
template <typename Op>
struct MaskedStoreModel
    : NoWorkBase<MaskedStoreModel<Op>, std::is_same_v<Op, ScatterOp>
                                           ? Structure::GatherScatter
                                           : Structure::DataMovement> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    return storeTraffic(op, mlir::cast<Op>(op).getValueToStore().getType());
  }
};

} // namespace

void registerVectorExternalModels(mlir::DialectRegistry &registry) {
  registry.addExtension(+[](mlir::MLIRContext *context,
                            VectorDialect *dialect) {
    attachModel<ContractModel, ContractionOp>(context);
    attachModel<ElementwiseModel<2>, FMAOp>(context);
    attachModel<LoadModel, ExpandLoadOp, mlir::vector::GatherOp, LoadOp,
                MaskedLoadOp, TransferReadOp>(context);
    attachModel<MaskedStoreModel<CompressStoreOp>, CompressStoreOp>(context);
    attachModel<MaskedStoreModel<MaskedStoreOp>, MaskedStoreOp>(context);
    attachModel<MaskedStoreModel<ScatterOp>, ScatterOp>(context);
    attachModel<OuterProductModel, OuterProductOp>(context);
    attachModel<ReductionModel, MultiDimReductionOp, ReductionOp, ScanOp>(
        context);
    attachModel<SequenceModel, MaskOp>(context);
    attachModel<StoreModel, StoreOp, TransferWriteOp>(context);
    attachModelToDialect<ViewModel>(context, dialect->getNamespace());
  });
}

} // namespace roofline
