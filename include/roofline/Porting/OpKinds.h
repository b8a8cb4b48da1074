//===- OpKinds.h - One name for an op of every dialect ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whether a kernel exists does not depend on the dialect that an op is written
// in. A pattern is what a catalogue has rows for: an op kind, under StableHLO's
// name where that has the op, or a fused kernel.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_PORTING_OPKINDS_H
#define ROOFLINE_PORTING_OPKINDS_H

#include "roofline/Model/FileError.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace roofline {

/// What rows of a catalogue are about.
struct OpPattern {
  /// `add`, `dot_general`, `rms_norm`.
  std::string name;
  /// Whether it stands for several ops in one launch, rather than for one.
  bool isFused = false;
  /// What it computes; empty for op kinds, which their specification explains.
  std::string meaning;
  /// The ops that it stands for: `arith.addf`; `shape.*` is every op of the
  /// dialect that no pattern names.
  std::vector<std::string> ops;
  FileLocation where;
};

/// Patterns by name, and the pattern of an op. Immutable once it is filled.
class OpKinds {
public:
  /// Fails, with the place of `pattern`, where its name, or one of its ops, is
  /// taken; the table is not to be used then.
  llvm::Error add(OpPattern pattern);

  /// The pattern of `name`, or null.
  const OpPattern *find(llvm::StringRef name) const;
  /// The pattern that the op `dialect.op` is of, or null. An op of `stablehlo`,
  /// `mhlo` or `chlo` with the name of an op kind is of that kind.
  const OpPattern *patternOf(llvm::StringRef opName) const;

  /// In the order that they were added in.
  llvm::ArrayRef<OpPattern> patterns() const { return list; }
  /// The names of all patterns, for suggestions.
  std::vector<llvm::StringRef> names() const;

private:
  std::vector<OpPattern> list;
  llvm::StringMap<size_t> indexOfName;
  llvm::StringMap<size_t> indexOfOp;
};

} // namespace roofline

#endif // ROOFLINE_PORTING_OPKINDS_H
