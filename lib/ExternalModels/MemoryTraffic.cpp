//===- MemoryTraffic.cpp - Traffic of ops on tensors and buffers ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MemoryTraffic.h"

#include "roofline/Interfaces/RooflineOpInterface.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"

namespace roofline {

namespace {

/// Uses of one tensor that are looked at to find out whether it is dead. Tiled
/// loops have two or three; the bound keeps the time linear in the graph.
constexpr unsigned maxInspectedUses = 32;

/// True where a result of `op` is the memory of an operand.
bool mayAlias(mlir::Operation *op) {
  if (op->getNumResults() == 0 || op->getNumRegions() != 0)
    return op->getNumRegions() != 0;
  auto model = mlir::dyn_cast<RooflineOpInterface>(op);
  if (!model)
    return true;
  KnownOr<Compute> compute = model.getCompute(DemandOptions());
  return !compute || compute->structure == Structure::View;
}

} // namespace

bool isInMemory(mlir::Type type) {
  return mlir::isa<mlir::TensorType, mlir::BaseMemRefType>(type);
}

KnownOr<Count> memoryBytes(mlir::Type type) {
  return isInMemory(type) ? byteCount(type) : KnownOr<Count>(Count());
}

KnownOr<Count> memoryBytes(Count elements, mlir::Type shapedType) {
  return byteCount(elements,
                   mlir::cast<mlir::ShapedType>(shapedType).getElementType());
}

KnownOr<Traffic> memoryTraffic(mlir::Operation *op) {
  return wholeTraffic(op, [](mlir::Type type) { return memoryBytes(type); });
}

Traffic transferTraffic(mlir::Operation *op, unsigned readOperand,
                        Count bytes) {
  Traffic traffic;
  traffic.readBytes.assign(op->getNumOperands(), 0);
  traffic.readBytes[readOperand] = bytes;
  traffic.writtenBytes.push_back(bytes);
  return traffic;
}

KnownOr<Traffic> storeTraffic(mlir::Operation *op, mlir::Type stored) {
  KnownOr<Count> bytes = byteCount(stored);
  if (!bytes)
    return bytes.unknown();
  Traffic traffic;
  traffic.readBytes.assign(op->getNumOperands(), 0);
  traffic.writtenBytes.push_back(*bytes);
  return traffic;
}

bool isOverwritable(mlir::OpOperand &destination) {
  mlir::Value value = destination.get();
  mlir::Operation *producer = value.getDefiningOp();
  if (producer && producer->hasTrait<mlir::OpTrait::ConstantLike>())
    return false;
  mlir::Operation *op = destination.getOwner();
  unsigned inspected = 0;
  for (mlir::OpOperand &use : value.getUses()) {
    if (&use == &destination)
      continue;
    mlir::Operation *user = use.getOwner();
    if (++inspected > maxInspectedUses || user->getBlock() != op->getBlock() ||
        !user->isBeforeInBlock(op) || mayAlias(user))
      return false;
  }
  return true;
}

KnownOr<Traffic> updateTraffic(mlir::OpOperand &destination,
                               KnownOr<Count> updateBytes) {
  if (!updateBytes)
    return updateBytes.unknown();
  mlir::Operation *op = destination.getOwner();
  Count read;
  Count written = *updateBytes;
  if (!isOverwritable(destination)) {
    KnownOr<Count> whole = memoryBytes(destination.get().getType());
    if (!whole)
      return whole.unknown();
    read = *whole;
    written = *whole;
  }
  Traffic traffic;
  for (mlir::OpOperand &operand : op->getOpOperands()) {
    if (&operand == &destination) {
      traffic.readBytes.push_back(read);
      continue;
    }
    KnownOr<Count> bytes = memoryBytes(operand.get().getType());
    if (!bytes)
      return bytes.unknown();
    traffic.readBytes.push_back(*bytes);
  }
  traffic.writtenBytes.push_back(written);
  return traffic;
}

} // namespace roofline
