//===- BuiltinFile.h - A data file that is built in -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_BUILTINFILE_H
#define ROOFLINE_MODEL_BUILTINFILE_H

#include "llvm/ADT/StringRef.h"

namespace roofline {

/// A data file, embedded when the product was built.
struct BuiltinFile {
  /// Relative to the folder it was embedded from: `nvidia/h200.yaml`.
  llvm::StringRef path;
  llvm::StringRef text;
};

} // namespace roofline

#endif // ROOFLINE_MODEL_BUILTINFILE_H
