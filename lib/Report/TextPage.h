//===- TextPage.h - Paragraphs of at most 100 columns -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_TEXTPAGE_H
#define ROOFLINE_LIB_REPORT_TEXTPAGE_H

#include "Page.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace roofline {

/// Writes lines that fit a page and that a terminal may print.
class TextPage {
public:
  static constexpr size_t width = 100;

  TextPage(llvm::raw_ostream &os, bool useColor) : os(os), useColor(useColor) {}

  /// One line, without what a terminal would obey: names in models may hold any
  /// character.
  void line(std::string text);
  void blank() { os << "\n"; }
  /// A blank line and a title.
  void heading(llvm::StringRef text);
  /// A labelled paragraph, wrapped with hanging indentation; it does not break
  /// at a `hardSpace`.
  void paragraph(llvm::StringRef label, llvm::StringRef text,
                 size_t indent = 12);

private:
  llvm::raw_ostream &os;
  bool useColor;
};

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_TEXTPAGE_H
