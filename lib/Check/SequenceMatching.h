//===- SequenceMatching.h - What two sequences have in common ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_CHECK_SEQUENCEMATCHING_H
#define ROOFLINE_LIB_CHECK_SEQUENCEMATCHING_H

#include "llvm/ADT/ArrayRef.h"

#include <utility>
#include <vector>

namespace roofline {

/// Indices of equal items of both sequences in ascending order: a longest
/// common subsequence (Myers, "An O(ND) difference algorithm", 1986). Where
/// more than a few thousand items are not common, only what both begin and end
/// with.
std::vector<std::pair<size_t, size_t>>
matchSequences(llvm::ArrayRef<unsigned> before, llvm::ArrayRef<unsigned> after);

} // namespace roofline

#endif // ROOFLINE_LIB_CHECK_SEQUENCEMATCHING_H
