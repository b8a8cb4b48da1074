//===- ShapeExternalModels.cpp - Demand of shape ops ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/Dialect/Shape/IR/Shape.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

// Shapes are address arithmetic (A41). What an `assuming` region computes is
// not.
void registerShapeExternalModels(mlir::DialectRegistry &registry) {
  registry.addExtension(
      +[](mlir::MLIRContext *context, mlir::shape::ShapeDialect *dialect) {
        attachModel<SequenceModel, mlir::shape::AssumingOp>(context);
        attachModelToDialect<ViewModel>(context, dialect->getNamespace());
      });
}

} // namespace roofline
