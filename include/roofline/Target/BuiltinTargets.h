//===- BuiltinTargets.h - Target files that are built in ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TARGET_BUILTINTARGETS_H
#define ROOFLINE_TARGET_BUILTINTARGETS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace roofline {

/// A file of the folder targets/, embedded when the product was built.
struct BuiltinFile {
  /// Relative to targets/: `nvidia/h200.yaml`.
  llvm::StringRef path;
  llvm::StringRef text;
};

/// Every embedded file, in the order of its path.
llvm::ArrayRef<BuiltinFile> builtinTargetFiles();

} // namespace roofline

#endif // ROOFLINE_TARGET_BUILTINTARGETS_H
