//===- InitAll.h - Everything of ours, registered ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only place that knows every room. What a plugin may register and what
// only tools of our own may is told apart here.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INITALL_H
#define ROOFLINE_INITALL_H

#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/IR/RooflineDialect.h"
#include "roofline/Transforms/Passes.h"

namespace roofline {

/// The dialect of attributes and the models of other dialects' ops; safe in a
/// plugin of any host.
inline void registerDialectAndModels(mlir::DialectRegistry &registry) {
  registry.insert<RooflineDialect>();
  registerAllExternalModels(registry);
}

/// The passes and pipelines; safe in a plugin of any host.
inline void registerPassesAndPipelines() {
  registerRooflinePasses();
  registerRooflinePipelines();
}

/// The above and the readers of dialects that MLIR does not ship. Not for a
/// plugin: a host may link the real dialects.
inline void registerEverything(mlir::DialectRegistry &registry) {
  registerDialectAndModels(registry);
  registerTolerantDialects(registry);
  registerPassesAndPipelines();
}

} // namespace roofline

#endif // ROOFLINE_INITALL_H
