//===- Page.h - Pages that people read --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a report says to people is written once (`writePage`), for every format
// that can show headings, labelled paragraphs and tables.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_PAGE_H
#define ROOFLINE_LIB_REPORT_PAGE_H

#include "roofline/Report/ReportViews.h"

#include <string>
#include <vector>

namespace roofline {

/// What a cell loses that is wider than its column.
enum class Shortening {
  Nothing,
  End,
  /// A location loses its last component, which is in another column, then its
  /// beginning.
  Location,
};

struct Column {
  std::string title;
  /// Characters, where a format has columns of characters; 0 is any number, of
  /// a last column.
  size_t width;
  bool isRight = true;
  Shortening shortening = Shortening::Nothing;
  /// Spaces before it, but for the first.
  size_t gap = 1;
};

struct Table {
  std::vector<Column> columns;
  /// As many cells as columns each.
  std::vector<std::vector<std::string>> rows;
};

/// Stands for a space that a paragraph does not break at.
constexpr char hardSpace = '\x1f';

/// A page in some format. Texts come as they are: names in models may hold any
/// character.
class Page {
public:
  virtual ~Page() = default;

  virtual void heading(llvm::StringRef text) = 0;
  /// `indent` is where the text begins beside its label, in formats that have
  /// columns of characters.
  virtual void paragraph(llvm::StringRef label, llvm::StringRef text,
                         size_t indent = 12) = 0;
  virtual void table(const Table &table) = 0;
};

/// `text` cut to `width` columns, keeping its end where `keepEnd`.
std::string fit(llvm::StringRef text, size_t width, bool keepEnd = false);

/// A location in at most `width` columns. Names of scopes end with the op, as
/// in `layer0/attention/scores/dot_general`: what is in another column goes
/// first, then the beginning, which tells less than the end.
std::string fitLocation(llvm::StringRef location, size_t width);

/// Writes the parts of a report that `options` shows.
/// The part of it on moving to other targets.
void writePorts(Page &page, const Report &report);

void writePage(Page &page, const Report &report, const ViewOptions &options);

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_PAGE_H
