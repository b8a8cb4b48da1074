//===- JsonPacker.h - JSON without repeated keys ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Thousands of rows repeat the names of their members. Packed, an object is the
// array of its values after the number of the list of its keys, from 1, and an
// array begins with 0: `{"a": [{"b": 1}]}` is `[2,[0,[1,1]]]` with the keys
// `[["b"],["a"]]`. All else stays as it is written, digit for digit.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_JSONPACKER_H
#define ROOFLINE_LIB_REPORT_JSONPACKER_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace roofline {

class JsonPacker {
public:
  /// Packs a value that a writer of this tool wrote: what is no JSON becomes
  /// nothing that is.
  std::string pack(llvm::StringRef json);

  /// The lists of keys of all values so far: `[["a","b"],["c"]]`.
  std::string keys() const;

private:
  void packValue(std::string &text);
  void packObject(std::string &text);
  void packArray(std::string &text);
  /// Takes `mark`, if that is what comes next.
  bool take(char mark);
  /// Takes a string with its quotes, or another scalar; at least one character.
  llvm::StringRef takeScalar();

  llvm::StringRef rest;
  /// `"a","b"` to the number of the list.
  llvm::StringMap<size_t> numberOf;
  std::vector<std::string> lists;
};

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_JSONPACKER_H
