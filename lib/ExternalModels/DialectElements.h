//===- DialectElements.h - Rules of elements, by dialect --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_DIALECTELEMENTS_H
#define ROOFLINE_EXTERNALMODELS_DIALECTELEMENTS_H

#include "mlir/IR/DialectRegistry.h"

namespace roofline {

/// Each adds what ops of one dialect make single elements of.
void addArithElementRules(mlir::DialectRegistry &registry);
void addLinalgElementRules(mlir::DialectRegistry &registry);
void addTensorElementRules(mlir::DialectRegistry &registry);
void addTosaElementRules(mlir::DialectRegistry &registry);

} // namespace roofline

#endif // ROOFLINE_EXTERNALMODELS_DIALECTELEMENTS_H
