//===- NearestNames.h - What a misspelt name may have meant -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_NEARESTNAMES_H
#define ROOFLINE_MODEL_NEARESTNAMES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace roofline {

/// The candidates that `name` may be a misspelling of, nearest first and at
/// most `limit`; letter case does not count. Empty where none is near.
std::vector<llvm::StringRef> nearestNames(llvm::StringRef name,
                                          llvm::ArrayRef<llvm::StringRef> names,
                                          size_t limit = 3);

/// `'a'`, `'a' or 'b'`, `'a', 'b' or 'c'`.
std::string quotedList(llvm::ArrayRef<llvm::StringRef> names,
                       llvm::StringRef conjunction = "or");

/// `did you mean 'bandwidth'?`, or, where no name is near, `known <what> are
/// 'a', 'b' and 'c'`.
std::string suggestName(llvm::StringRef name,
                        llvm::ArrayRef<llvm::StringRef> names,
                        llvm::StringRef what);

} // namespace roofline

#endif // ROOFLINE_MODEL_NEARESTNAMES_H
