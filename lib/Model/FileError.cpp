//===- FileError.cpp - Errors in files of users ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/FileError.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

char FileError::ID = 0;

std::string FileLocation::str() const {
  if (line == 0)
    return file;
  return (file + ":" + llvm::Twine(line) + ":" + llvm::Twine(column)).str();
}

void FileError::log(llvm::raw_ostream &os) const {
  if (where.isKnown())
    os << where.str() << ": ";
  os << "error: " << message;
}

std::error_code FileError::convertToErrorCode() const {
  return std::make_error_code(std::errc::invalid_argument);
}

llvm::Error makeFileError(FileLocation where, const llvm::Twine &message) {
  return llvm::make_error<FileError>(std::move(where), message.str());
}

llvm::Error makeFileError(const llvm::Twine &message) {
  return llvm::make_error<FileError>(FileLocation(), message.str());
}

} // namespace roofline
