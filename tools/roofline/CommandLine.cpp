//===- CommandLine.cpp - Commands and their options -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

#include "roofline/Model/FileError.h"

#include "llvm/Support/raw_ostream.h"

namespace roofline {

llvm::cl::OptionCategory &optionCategory() {
  static llvm::cl::OptionCategory category("Options");
  return category;
}

int fail(llvm::Error error, llvm::raw_ostream &os) {
  llvm::handleAllErrors(std::move(error), [&](const llvm::ErrorInfoBase &info) {
    // A file error prints its severity itself, and its place if it has one.
    if (!info.isA<FileError>())
      os << "roofline: error: ";
    else if (!static_cast<const FileError &>(info).getLocation().isKnown())
      os << "roofline: ";
    os << info.message() << "\n";
  });
  return exitFailure;
}

int fail(llvm::Error error) { return fail(std::move(error), llvm::errs()); }

} // namespace roofline
