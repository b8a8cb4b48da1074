//===- ExternalModels.h - Demand of ops of other dialects -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One source file per foreign dialect. Each function makes its models appear
// when the dialect (or, for rules by op name, the roofline dialect) is loaded.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_EXTERNALMODELS_H
#define ROOFLINE_EXTERNALMODELS_EXTERNALMODELS_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace roofline {

// Interfaces attached to the ops of dialects that MLIR ships.
void registerAffineExternalModels(mlir::DialectRegistry &registry);
void registerArithExternalModels(mlir::DialectRegistry &registry);
void registerBufferizationExternalModels(mlir::DialectRegistry &registry);
void registerBuiltinExternalModels(mlir::DialectRegistry &registry);
void registerComplexExternalModels(mlir::DialectRegistry &registry);
void registerControlFlowExternalModels(mlir::DialectRegistry &registry);
void registerFuncExternalModels(mlir::DialectRegistry &registry);
void registerIndexExternalModels(mlir::DialectRegistry &registry);
void registerLinalgExternalModels(mlir::DialectRegistry &registry);
void registerMathExternalModels(mlir::DialectRegistry &registry);
void registerMemRefExternalModels(mlir::DialectRegistry &registry);
void registerMLProgramExternalModels(mlir::DialectRegistry &registry);
void registerQuantExternalModels(mlir::DialectRegistry &registry);
void registerScfExternalModels(mlir::DialectRegistry &registry);
void registerShapeExternalModels(mlir::DialectRegistry &registry);
void registerTensorExternalModels(mlir::DialectRegistry &registry);
void registerTosaExternalModels(mlir::DialectRegistry &registry);
void registerUBExternalModels(mlir::DialectRegistry &registry);
void registerVectorExternalModels(mlir::DialectRegistry &registry);

// Rules by op name for dialects that MLIR does not ship.
void registerCheckRules(mlir::DialectRegistry &registry);
void registerShardyRules(mlir::DialectRegistry &registry);
void registerStablehloRules(mlir::DialectRegistry &registry);
void registerUtilRules(mlir::DialectRegistry &registry);

/// All of the above.
void registerAllExternalModels(mlir::DialectRegistry &registry);

} // namespace roofline

#endif // ROOFLINE_EXTERNALMODELS_EXTERNALMODELS_H
