//===- InitPasses.h - Passes and pipelines, registered ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INITPASSES_H
#define ROOFLINE_INITPASSES_H

#include "roofline/Transforms/Passes.h"

namespace roofline {

/// The passes and pipelines; safe in a plugin of any host. Link
/// RooflineTransforms.
inline void registerPassesAndPipelines() {
  registerRooflinePasses();
  registerRooflinePipelines();
}

} // namespace roofline

#endif // ROOFLINE_INITPASSES_H
