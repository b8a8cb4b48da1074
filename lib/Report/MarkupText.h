//===- MarkupText.h - Strings of models in XML and HTML ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_MARKUPTEXT_H
#define ROOFLINE_LIB_REPORT_MARKUPTEXT_H

#include "JsonText.h"

#include <string>

namespace roofline {

/// A string from outside as text or attribute of XML and HTML. Control
/// characters, which XML has not, become spaces.
inline std::string markupText(llvm::StringRef text) {
  std::string result;
  for (char c : jsonText(text)) {
    switch (c) {
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '&':
      result += "&amp;";
      break;
    case '"':
      result += "&quot;";
      break;
    default:
      result += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  return result;
}

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_MARKUPTEXT_H
