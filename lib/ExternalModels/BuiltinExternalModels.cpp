//===- BuiltinExternalModels.cpp - Demand of builtin ops ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

void registerBuiltinExternalModels(mlir::DialectRegistry &registry) {
  registry.addExtension(+[](mlir::MLIRContext *context,
                            mlir::BuiltinDialect *) {
    attachModel<ViewModel, mlir::ModuleOp, mlir::UnrealizedConversionCastOp>(
        context);
  });
}

} // namespace roofline
