//===- MLProgramExternalModels.cpp - Demand of ml_program ops -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/Dialect/MLProgram/IR/MLProgram.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

// A load names the global's memory; a store copies into it.
void registerMLProgramExternalModels(mlir::DialectRegistry &registry) {
  using namespace mlir::ml_program;
  registry.addExtension(+[](mlir::MLIRContext *context, MLProgramDialect *) {
    attachModel<ViewModel, FuncOp, GlobalLoadConstOp, GlobalLoadGraphOp,
                GlobalLoadOp, GlobalOp, OutputOp, ReturnOp, SubgraphOp,
                TokenOp>(context);
    attachModel<CopyModel, GlobalStoreGraphOp, GlobalStoreOp>(context);
  });
}

} // namespace roofline
