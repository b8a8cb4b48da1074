//===- SwishDialect.h - A dialect unknown to Roofline -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SWISH_SWISHDIALECT_H
#define SWISH_SWISHDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "SwishDialect.h.inc"

#define GET_OP_CLASSES
#include "SwishOps.h.inc"

namespace swish {

/// Makes the cost model of the dialect's ops appear when the dialect is loaded.
void registerCostModel(mlir::DialectRegistry &registry);

} // namespace swish

#endif // SWISH_SWISHDIALECT_H
