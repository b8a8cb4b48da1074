//===- ExternalModels.cpp - Demand of ops of other dialects ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

namespace roofline {

void registerAllExternalModels(mlir::DialectRegistry &registry) {
  registerAffineExternalModels(registry);
  registerArithExternalModels(registry);
  registerBufferizationExternalModels(registry);
  registerBuiltinExternalModels(registry);
  registerComplexExternalModels(registry);
  registerControlFlowExternalModels(registry);
  registerFuncExternalModels(registry);
  registerIndexExternalModels(registry);
  registerLinalgExternalModels(registry);
  registerMathExternalModels(registry);
  registerMemRefExternalModels(registry);
  registerMLProgramExternalModels(registry);
  registerQuantExternalModels(registry);
  registerScfExternalModels(registry);
  registerShapeExternalModels(registry);
  registerTensorExternalModels(registry);
  registerTosaExternalModels(registry);
  registerUBExternalModels(registry);
  registerVectorExternalModels(registry);
  registerCheckRules(registry);
  registerShardyRules(registry);
  registerStablehloRules(registry);
  registerUtilRules(registry);
}

} // namespace roofline
