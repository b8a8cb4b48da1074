//===- TextPage.h - Paragraphs of at most 100 columns -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_TEXTPAGE_H
#define ROOFLINE_LIB_REPORT_TEXTPAGE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace roofline {

/// Writes lines that fit a page and that a terminal may print.
class TextPage {
public:
  static constexpr size_t width = 100;
  /// Stands for a space that a paragraph does not break at.
  static constexpr char hardSpace = '\x1f';

  TextPage(llvm::raw_ostream &os, bool useColor) : os(os), useColor(useColor) {}

  /// One line, without what a terminal would obey: names in models may hold any
  /// character.
  void line(std::string text);
  void blank() { os << "\n"; }
  /// A blank line and a title.
  void heading(llvm::StringRef text);
  /// A labelled paragraph, wrapped with hanging indentation.
  void paragraph(llvm::StringRef label, llvm::StringRef text,
                 size_t indent = 12);

private:
  llvm::raw_ostream &os;
  bool useColor;
};

/// `text` cut to `width` columns, keeping its end where `keepEnd`: the end of a
/// location tells more than its beginning.
std::string fitColumns(llvm::StringRef text, size_t width,
                       bool keepEnd = false);

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_TEXTPAGE_H
