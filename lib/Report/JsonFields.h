//===- JsonFields.h - Attributes that JSON views share ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counts, times and texts are written alike in every JSON view: exact, with the
// digits that the model can bear, and null where they are not known.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_JSONFIELDS_H
#define ROOFLINE_LIB_REPORT_JSONFIELDS_H

#include "JsonText.h"

#include "roofline/Report/Report.h"

namespace roofline {

/// What writers of JSON documents are made from.
class JsonFields {
protected:
  JsonFields(llvm::raw_ostream &os, unsigned indent) : json(os, indent) {}

  /// Exact beyond the 64 bits that the library writes.
  void count(llvm::StringRef key, const KnownOr<Count> &value);
  /// Six digits, so that equal results are equal text.
  void number(llvm::StringRef key, std::optional<double> value);
  void number(llvm::StringRef key, const KnownOr<double> &value) {
    number(key, value ? std::optional<double>(*value) : std::nullopt);
  }
  void number(llvm::StringRef key, double value) {
    number(key, std::optional<double>(value));
  }
  /// All digits.
  void known(llvm::StringRef key, std::optional<double> value);
  void interval(llvm::StringRef key, const std::optional<TimeInterval> &value);
  /// Each as `[file, line, column]` on one line.
  void places(llvm::StringRef key,
              llvm::ArrayRef<std::optional<SourcePlace>> values);
  void place(llvm::StringRef key, const std::optional<SourcePlace> &value);
  void assumptions(llvm::ArrayRef<Assumption> values);
  void texts(llvm::StringRef key, llvm::ArrayRef<std::string> values);
  /// On one line.
  void sizes(llvm::StringRef key, llvm::ArrayRef<size_t> values);

  llvm::json::OStream json;
};

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_JSONFIELDS_H
