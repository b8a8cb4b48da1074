//===- Inheritance.h - What a target takes over from another one ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_TARGET_INHERITANCE_H
#define ROOFLINE_LIB_TARGET_INHERITANCE_H

#include "TargetReader.h"

namespace roofline {

/// A target with what it inherits, and the sources that its heirs may cite.
struct ResolvedTarget {
  Target::Contents contents;
  std::vector<std::shared_ptr<const Source>> sources;
};

/// Adds to `document` what it inherits from `base` (null if it extends
/// nothing) and looks up the sources. Fails on a dangling source and a missing
/// required key.
llvm::Expected<ResolvedTarget> resolveTarget(TargetDocument document,
                                             const ResolvedTarget *base);

} // namespace roofline

#endif // ROOFLINE_LIB_TARGET_INHERITANCE_H
