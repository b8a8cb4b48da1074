//===- TargetError.cpp - Errors of target files ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Target/TargetError.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

char TargetError::ID = 0;

std::string FileLocation::str() const {
  if (line == 0)
    return file;
  return (file + ":" + llvm::Twine(line) + ":" + llvm::Twine(column)).str();
}

void TargetError::log(llvm::raw_ostream &os) const {
  if (where.isKnown())
    os << where.str() << ": ";
  os << "error: " << message;
}

std::error_code TargetError::convertToErrorCode() const {
  return std::make_error_code(std::errc::invalid_argument);
}

llvm::Error makeTargetError(FileLocation where, const llvm::Twine &message) {
  return llvm::make_error<TargetError>(std::move(where), message.str());
}

llvm::Error makeTargetError(const llvm::Twine &message) {
  return llvm::make_error<TargetError>(FileLocation(), message.str());
}

} // namespace roofline
