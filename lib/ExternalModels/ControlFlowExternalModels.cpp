//===- ControlFlowExternalModels.cpp - Demand of cf ops -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

// Branches are free; how often a block runs is a question to its function.
void registerControlFlowExternalModels(mlir::DialectRegistry &registry) {
  using namespace mlir::cf;
  registry.addExtension(+[](mlir::MLIRContext *context, ControlFlowDialect *) {
    attachModel<ViewModel, AssertOp, BranchOp, CondBranchOp, SwitchOp>(context);
  });
}

} // namespace roofline
