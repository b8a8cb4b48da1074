//===- IndexExternalModels.cpp - Demand of index ops ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/Dialect/Index/IR/IndexDialect.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

// Address arithmetic all of it (A41).
void registerIndexExternalModels(mlir::DialectRegistry &registry) {
  registry.addExtension(
      +[](mlir::MLIRContext *context, mlir::index::IndexDialect *dialect) {
        attachModelToDialect<ViewModel>(context, dialect->getNamespace());
      });
}

} // namespace roofline
