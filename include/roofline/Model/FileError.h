//===- FileError.h - Errors in files of users -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_FILEERROR_H
#define ROOFLINE_MODEL_FILEERROR_H

#include "llvm/Support/Error.h"

#include <string>

namespace roofline {

/// A place in a file; line and column count from 1. An empty file name
/// is no place, line 0 the file as a whole.
struct FileLocation {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;

  bool isKnown() const { return !file.empty(); }
  /// `targets/nvidia/h200.yaml:12:7`, or the file alone.
  std::string str() const;
};

/// What is wrong with a file that a user gives, or with a request for what such
/// files hold: where, what and what to do about it. Its log form is one line
/// that can be printed as it is: `h200.yaml:12:7: error: unknown key
/// 'bandwith'; did you mean 'bandwidth'?`.
class FileError : public llvm::ErrorInfo<FileError> {
public:
  static char ID; // NOLINT(readability-identifier-naming): LLVM's name.

  FileError(FileLocation where, std::string message)
      : where(std::move(where)), message(std::move(message)) {}

  const FileLocation &getLocation() const { return where; }
  /// The message without place and severity, for a diagnostic engine.
  llvm::StringRef getMessage() const { return message; }

  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override;

private:
  FileLocation where;
  std::string message;
};

/// An error at `where`.
llvm::Error makeFileError(FileLocation where, const llvm::Twine &message);
/// An error without a place.
llvm::Error makeFileError(const llvm::Twine &message);

} // namespace roofline

#endif // ROOFLINE_MODEL_FILEERROR_H
