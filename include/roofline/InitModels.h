//===- InitModels.h - Demand of ops, registered -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INITMODELS_H
#define ROOFLINE_INITMODELS_H

#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/IR/RooflineDialect.h"

namespace roofline {

/// The dialect of attributes and the models of other dialects' ops; safe in a
/// plugin of any host. Link RooflineExternalModels.
inline void registerDialectAndModels(mlir::DialectRegistry &registry) {
  registry.insert<RooflineDialect>();
  registerAllExternalModels(registry);
}

} // namespace roofline

#endif // ROOFLINE_INITMODELS_H
