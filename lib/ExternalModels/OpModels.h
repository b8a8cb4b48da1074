//===- OpModels.h - Models that serve many ops ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most ops of the dialects that MLIR ships are one of a few kinds: views, data
// movement, elementwise arithmetic. Each kind is one model here; a dialect's
// file says which op is of which kind.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_OPMODELS_H
#define ROOFLINE_EXTERNALMODELS_OPMODELS_H

#include "MemoryTraffic.h"

#include "roofline/Interfaces/RooflineOpInterface.h"

#include "mlir/IR/MLIRContext.h"

namespace roofline {

/// Base of the models: what an implementation may leave out. `getCompute` is
/// required.
template <typename ConcreteModel>
struct OpModel : RooflineOpInterface::FallbackModel<ConcreteModel> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    return memoryTraffic(op);
  }
  KnownOr<Compute> getPayloadCompute(mlir::Operation *op,
                                     const DemandOptions &options) const {
    return static_cast<const ConcreteModel *>(this)->getCompute(op, options);
  }
  BodyList getBodies(mlir::Operation *, const DemandOptions &) const {
    return {};
  }
};

/// Base of models of ops without work.
template <typename ConcreteModel, Structure structure = Structure::DataMovement>
struct NoWorkBase : OpModel<ConcreteModel> {
  KnownOr<Compute> getCompute(mlir::Operation *, const DemandOptions &) const {
    return noCompute(structure);
  }
};

/// Base of models of ops with neither work nor traffic of their own.
template <typename ConcreteModel>
struct ViewBase : NoWorkBase<ConcreteModel, Structure::View> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    return noTraffic(op);
  }
};

/// Neither work nor traffic.
struct ViewModel : ViewBase<ViewModel> {};

/// Operands are read whole and results written whole, nothing is computed.
struct DataMovementModel : NoWorkBase<DataMovementModel> {};

/// Reads one element, or one vector of them, from operand 0.
struct LoadModel : NoWorkBase<LoadModel> {
  /// A payload's address is computed anew for each element, unless there is
  /// only one.
  KnownOr<Compute> getPayloadCompute(mlir::Operation *op,
                                     const DemandOptions &) const {
    return noCompute(op->getNumOperands() == 1 ? Structure::DataMovement
                                               : Structure::GatherScatter);
  }
  KnownOr<Traffic> getTraffic(mlir::Operation *op, const DemandOptions &) const;
};

/// Writes operand 0, one element or one vector of them, to memory.
struct StoreModel : NoWorkBase<StoreModel> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op, const DemandOptions &) const;
};

/// Operand 0 is copied, whole, into memory that another operand or the op's
/// symbol names, or into the result.
struct CopyModel : NoWorkBase<CopyModel> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op, const DemandOptions &) const;
};

/// A part of operand 0 as large as the result is read and written.
struct SliceModel : NoWorkBase<SliceModel> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op, const DemandOptions &) const;
};

/// Elements of operand 0 at the places that operand 1 tells, as many as the
/// result has.
struct GatherModel : NoWorkBase<GatherModel, Structure::GatherScatter> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op, const DemandOptions &) const;
};

/// A view that runs each of its regions once.
struct SequenceModel : ViewBase<SequenceModel> {
  BodyList getBodies(mlir::Operation *op, const DemandOptions &) const {
    return regionBodies(op);
  }
};

/// Runs one of its regions.
struct BranchModel : ViewBase<BranchModel> {
  BodyList getBodies(mlir::Operation *op, const DemandOptions &) const {
    return regionBodies(op, Count(1), /*isAlternative=*/true);
  }
};

/// Runs its regions as often as data decide.
struct WhileModel : ViewBase<WhileModel> {
  BodyList getBodies(mlir::Operation *op, const DemandOptions &) const;
};

/// Why the trip count of a loop with bounds is not known.
Unknown unknownBounds(mlir::Operation *loop);

/// One operation per element of operand 0.
struct ReductionModel : OpModel<ReductionModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op, const DemandOptions &) const;
};

/// Whose element type the work of an elementwise op is done in.
enum class WorkType {
  Result,
  Operand, ///< Of operand 0: comparisons and predicates.
  Wider,   ///< The wider of operand 0 and result: conversions.
};

/// Elementwise work per element of result 0.
KnownOr<Compute> elementwiseWork(mlir::Operation *op, WorkType workType,
                                 uint64_t vectorOps, uint64_t specialOps);

/// True where the scalars that `op` computes are address or control arithmetic:
/// integers outside of a payload (A41).
bool isAddressArithmetic(mlir::Operation *op, WorkType workType,
                         bool inPayload);

/// Arithmetic on scalars or, elementwise, on tensors and vectors.
template <unsigned vectorOps, unsigned specialOps = 0,
          WorkType workType = WorkType::Result>
struct ElementwiseModel
    : OpModel<ElementwiseModel<vectorOps, specialOps, workType>> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    return compute(op, /*inPayload=*/false);
  }
  KnownOr<Compute> getPayloadCompute(mlir::Operation *op,
                                     const DemandOptions &) const {
    return compute(op, /*inPayload=*/true);
  }

private:
  KnownOr<Compute> compute(mlir::Operation *op, bool inPayload) const {
    if (isAddressArithmetic(op, workType, inPayload))
      return noCompute(Structure::View);
    return elementwiseWork(op, workType, vectorOps, specialOps);
  }
};

/// Attaches one model to several ops.
template <typename Model, typename... Ops>
void attachModel(mlir::MLIRContext *context) {
  (Ops::template attachInterface<Model>(*context), ...);
}

/// Attaches one model to every op of a dialect that has none yet.
///
/// `MLIRContext::getRegisteredOperationsByDialect` searches a list that is
/// sorted by op name as if it were sorted by dialect, and misses dialects whose
/// name another one begins with (`shape`, `shard`); so all ops are asked.
template <typename Model>
void attachModelToDialect(mlir::MLIRContext *context,
                          llvm::StringRef dialectNamespace) {
  for (mlir::RegisteredOperationName name : context->getRegisteredOperations())
    if (name.getDialectNamespace() == dialectNamespace &&
        !name.hasInterface<RooflineOpInterface>())
      name.attachInterface<Model>();
}

} // namespace roofline

#endif // ROOFLINE_EXTERNALMODELS_OPMODELS_H
