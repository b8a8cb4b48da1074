//===- TargetFamily.h - Names that stand for several targets --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_TARGET_TARGETFAMILY_H
#define ROOFLINE_LIB_TARGET_TARGETFAMILY_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace roofline {

/// Names that stand for several targets which differ too much for any of them
/// to be taken.
struct TargetFamily {
  std::string name;
  std::string reason;
  std::vector<std::string> members;
};

/// Reads a file of families.
llvm::Expected<std::vector<TargetFamily>>
readTargetFamilies(llvm::StringRef text, llvm::StringRef file);

} // namespace roofline

#endif // ROOFLINE_LIB_TARGET_TARGETFAMILY_H
