//===- JsonText.h - Strings of models in JSON -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_JSONTEXT_H
#define ROOFLINE_LIB_REPORT_JSONTEXT_H

#include "llvm/Support/JSON.h"

#include <string>

namespace roofline {

/// A string from outside as JSON can hold it: names in models and files may be
/// any bytes, and what is no UTF-8 becomes U+FFFD.
inline std::string jsonText(llvm::StringRef text) {
  return llvm::json::isUTF8(text) ? text.str() : llvm::json::fixUTF8(text);
}

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_JSONTEXT_H
