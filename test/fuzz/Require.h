//===- Require.h - What every input must hold -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_FUZZ_REQUIRE_H
#define ROOFLINE_TEST_FUZZ_REQUIRE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

namespace roofline {

/// Ends the process, which the fuzzer takes for a finding, unless `isTrue`.
inline void require(bool isTrue, llvm::StringRef what,
                    llvm::StringRef where = "") {
  if (isTrue)
    return;
  llvm::errs() << what << ": " << where << "\n";
  std::abort();
}

/// What a file holds is printed as it is, so it has to be one line of text that
/// a terminal and a JSON file can take.
inline void checkText(llvm::StringRef text) {
  require(llvm::json::isUTF8(text), "text that is not UTF-8", text);
  for (unsigned char c : text.bytes())
    require(c >= 0x20 && c != 0x7F, "text with a control character", text);
}

/// What is wrong is said in one line that begins with the file.
inline void checkError(llvm::Error error, llvm::StringRef file) {
  std::string text = llvm::toString(std::move(error));
  checkText(text);
  require(llvm::StringRef(text).starts_with(file), "error without its file",
          text);
}

} // namespace roofline

#endif // ROOFLINE_TEST_FUZZ_REQUIRE_H
