//===- UBExternalModels.cpp - Demand of ub ops ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

void registerUBExternalModels(mlir::DialectRegistry &registry) {
  registry.addExtension(+[](mlir::MLIRContext *context, mlir::ub::UBDialect *) {
    attachModel<ViewModel, mlir::ub::PoisonOp, mlir::ub::UnreachableOp>(
        context);
  });
}

} // namespace roofline
