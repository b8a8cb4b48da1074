//===- PatternClasses.h - What patterns have in common ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_PORTING_PATTERNCLASSES_H
#define ROOFLINE_LIB_PORTING_PATTERNCLASSES_H

#include "roofline/Model/ElementType.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace roofline {

/// A matrix product or convolution, by itself or with what is fused to its
/// ends.
bool isProduct(llvm::StringRef pattern);
/// Work on the bits of numbers, whatever their type.
bool isBitwise(llvm::StringRef pattern);
/// An exchange between devices.
bool isCollective(llvm::StringRef pattern);
/// Attention of any kind.
bool isAttention(llvm::StringRef pattern);
/// One that reads every row more than once: sums of rows, then the rows.
bool walksRows(llvm::StringRef pattern);

/// The patterns that compute what `pattern` does with operands of `type`: the
/// same, and, of products, the one for scaled integers or for plain floats.
llvm::SmallVector<llvm::StringRef, 3> patternsOfType(llvm::StringRef pattern,
                                                     ElementType type);

} // namespace roofline

#endif // ROOFLINE_LIB_PORTING_PATTERNCLASSES_H
