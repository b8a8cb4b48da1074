//===- QuantExternalModels.cpp - Demand of quant ops ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

void registerQuantExternalModels(mlir::DialectRegistry &registry) {
  using namespace mlir::quant;
  registry.addExtension(+[](mlir::MLIRContext *context, QuantDialect *) {
    attachModel<ViewModel, StorageCastOp>(context);
    // Quantising multiplies, rounds, adds and clamps at both ends; its inverse
    // subtracts and multiplies. Both in the type that the number stands for.
    attachModel<ElementwiseModel<2>, DequantizeCastOp>(context);
    attachModel<ElementwiseModel<5, 0, WorkType::Operand>, QuantizeCastOp>(
        context);
  });
}

} // namespace roofline
