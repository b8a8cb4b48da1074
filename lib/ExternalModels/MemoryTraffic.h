//===- MemoryTraffic.h - Traffic of ops on tensors and buffers --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the dialects that MLIR ships have in common about memory: tensors and
// memrefs are in memory, scalars and vectors in registers (A40), and a tensor
// that nobody needs any more is updated in place (A47).
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_MEMORYTRAFFIC_H
#define ROOFLINE_EXTERNALMODELS_MEMORYTRAFFIC_H

#include "roofline/Interfaces/DemandRules.h"

namespace roofline {

/// True for tensors and memrefs.
bool isInMemory(mlir::Type type);

/// Bytes of a tensor or memref; none for everything else.
KnownOr<Count> memoryBytes(mlir::Type type);

/// Bytes of `elements` elements of a shaped type.
KnownOr<Count> memoryBytes(Count elements, mlir::Type shapedType);

/// Every distinct operand in memory read once, whole; every result in memory
/// written once, whole.
KnownOr<Traffic> memoryTraffic(mlir::Operation *op);

/// `bytes` read from operand `readOperand` and as many written to the only
/// result or, for an op without results, to memory that an operand names. No
/// other traffic.
Traffic transferTraffic(mlir::Operation *op, unsigned readOperand, Count bytes);

/// A value of type `stored` written from registers to memory that an operand
/// names. No other traffic.
KnownOr<Traffic> storeTraffic(mlir::Operation *op, mlir::Type stored);

/// True where the op that owns `destination` may overwrite the tensor in place:
/// nothing reads it afterwards, and it is not a constant.
bool isOverwritable(mlir::OpOperand &destination);

/// Traffic of an update that puts `updateBytes` bytes into the tensor
/// `destination` and returns the whole: the update only where the destination
/// may be overwritten, else a copy of the destination besides. The other
/// operands in memory are read whole.
KnownOr<Traffic> updateTraffic(mlir::OpOperand &destination,
                               KnownOr<Count> updateBytes);

} // namespace roofline

#endif // ROOFLINE_EXTERNALMODELS_MEMORYTRAFFIC_H
