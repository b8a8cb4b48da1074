//===- BuiltinTargets.h - Target files that are built in ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TARGET_BUILTINTARGETS_H
#define ROOFLINE_TARGET_BUILTINTARGETS_H

#include "roofline/Model/BuiltinFile.h"

#include "llvm/ADT/ArrayRef.h"

namespace roofline {

/// Every file of the folder targets/, in the order of its path.
llvm::ArrayRef<BuiltinFile> builtinTargetFiles();

} // namespace roofline

#endif // ROOFLINE_TARGET_BUILTINTARGETS_H
