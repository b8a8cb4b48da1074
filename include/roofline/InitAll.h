//===- InitAll.h - Everything of ours, registered ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only place that knows every room. A plugin takes InitModels.h and
// InitPasses.h instead, which know only what is safe in any host.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INITALL_H
#define ROOFLINE_INITALL_H

#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/InitModels.h"
#include "roofline/InitPasses.h"

namespace roofline {

/// The dialect, the models, the passes, and the readers of dialects that MLIR
/// does not ship. Not for a plugin: a host may link the real dialects. Link
/// RooflineDialect, RooflineExternalModels and RooflineTransforms.
inline void registerEverything(mlir::DialectRegistry &registry) {
  registerDialectAndModels(registry);
  registerTolerantDialects(registry);
  registerPassesAndPipelines();
}

} // namespace roofline

#endif // ROOFLINE_INITALL_H
