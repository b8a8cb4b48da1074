//===- OpModels.cpp - Models that serve many ops --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpModels.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/TypeUtilities.h"

#include <algorithm>

namespace roofline {

namespace {

mlir::Type workElementType(mlir::Operation *op, WorkType workType) {
  mlir::Type result = mlir::getElementTypeOrSelf(op->getResult(0).getType());
  if (workType == WorkType::Result)
    return result;
  mlir::Type operand = mlir::getElementTypeOrSelf(op->getOperand(0).getType());
  if (workType == WorkType::Operand)
    return operand;
  std::optional<ElementType> from = elementTypeOf(operand);
  std::optional<ElementType> to = elementTypeOf(result);
  return from && (!to || bitWidth(*to) < bitWidth(*from)) ? operand : result;
}

} // namespace

KnownOr<Traffic> LoadModel::getTraffic(mlir::Operation *op,
                                       const DemandOptions &) const {
  KnownOr<Count> bytes = byteCount(op->getResult(0).getType());
  if (!bytes)
    return bytes.unknown();
  Traffic traffic;
  traffic.readBytes.assign(op->getNumOperands(), 0);
  traffic.readBytes.front() = *bytes;
  traffic.writtenBytes.assign(op->getNumResults(), 0);
  return traffic;
}

KnownOr<Traffic> StoreModel::getTraffic(mlir::Operation *op,
                                        const DemandOptions &) const {
  return storeTraffic(op, op->getOperand(0).getType());
}

KnownOr<Traffic> CopyModel::getTraffic(mlir::Operation *op,
                                       const DemandOptions &) const {
  KnownOr<Count> bytes = memoryBytes(op->getOperand(0).getType());
  if (!bytes)
    return bytes.unknown();
  return transferTraffic(op, /*readOperand=*/0, *bytes);
}

KnownOr<Traffic> SliceModel::getTraffic(mlir::Operation *op,
                                        const DemandOptions &) const {
  KnownOr<Count> bytes = memoryBytes(op->getResult(0).getType());
  if (!bytes)
    return bytes.unknown();
  return transferTraffic(op, /*readOperand=*/0, *bytes);
}

KnownOr<Traffic> GatherModel::getTraffic(mlir::Operation *op,
                                         const DemandOptions &) const {
  KnownOr<Traffic> traffic = memoryTraffic(op);
  if (traffic)
    traffic->readBytes.front() =
        std::min(traffic->readBytes.front(), traffic->totalWritten());
  return traffic;
}

BodyList WhileModel::getBodies(mlir::Operation *op,
                               const DemandOptions &) const {
  return regionBodies(op,
                      Unknown{UnknownKind::TripCount,
                              ("the trip count of '" +
                               op->getName().getStringRef() + "' is not known")
                                  .str()});
}

Unknown unknownBounds(mlir::Operation *loop) {
  return {UnknownKind::TripCount,
          ("the bounds of '" + loop->getName().getStringRef() +
           "' are not constant")
              .str()};
}

KnownOr<Compute> ReductionModel::getCompute(mlir::Operation *op,
                                            const DemandOptions &) const {
  KnownOr<Compute> compute =
      elementwiseCompute(op->getOperand(0).getType(), {{Unit::Vector, 1}});
  if (compute)
    compute->structure = Structure::Reduction;
  return compute;
}

KnownOr<Compute> elementwiseWork(mlir::Operation *op, WorkType workType,
                                 uint64_t vectorOps, uint64_t specialOps) {
  mlir::Type type = workElementType(op, workType);
  KnownOr<Count> elements = elementCount(op->getResult(0).getType());
  if (!elements)
    return elements.unknown();
  // Integers have no special functions: such an op is vector arithmetic.
  Unit special = type.isIntOrIndex() ? Unit::Vector : Unit::Special;
  KnownOr<Compute> perElement = elementwiseCompute(
      type, {{Unit::Vector, vectorOps}, {special, specialOps}});
  if (!perElement)
    return perElement;
  Compute compute = noCompute(Structure::Elementwise);
  compute.work.add(perElement->work, *elements);
  return compute;
}

bool isAddressArithmetic(mlir::Operation *op, WorkType workType,
                         bool inPayload) {
  mlir::Type result = op->getResult(0).getType();
  if (mlir::isa<mlir::ShapedType>(result))
    return false;
  mlir::Type type = workElementType(op, workType);
  if (inPayload)
    return result.isIndex() || type.isIndex();
  return type.isIntOrIndex();
}

} // namespace roofline
