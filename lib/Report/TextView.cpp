//===- TextView.cpp - A report for people ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TextPage.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace roofline {

std::string fit(llvm::StringRef text, size_t width, bool keepEnd) {
  if (text.size() <= width)
    return text.str();
  const std::string mark = "..";
  size_t kept = width - mark.size();
  return keepEnd ? mark + text.take_back(kept).str()
                 : text.take_front(kept).str() + mark;
}

std::string fitLocation(llvm::StringRef location, size_t width) {
  auto isMnemonic = [](llvm::StringRef text) {
    return !text.empty() && llvm::all_of(text, [](char c) {
      return llvm::isAlnum(c) || c == '_';
    });
  };
  auto [scope, op] = location.rsplit('/');
  if (location.size() > width && !scope.empty() && isMnemonic(op))
    location = scope;
  return fit(location, width, /*keepEnd=*/true);
}

namespace {

/// `text` in the width of its column.
std::string inColumn(llvm::StringRef text, const Column &column) {
  std::string shown = column.shortening == Shortening::Nothing ? text.str()
                      : column.shortening == Shortening::End
                          ? fit(text, column.width)
                          : fitLocation(text, column.width);
  if (shown.size() < column.width)
    shown.insert(column.isRight ? 0 : shown.size(), column.width - shown.size(),
                 ' ');
  return shown;
}

/// A page of lines.
class LinePage : public Page {
public:
  LinePage(llvm::raw_ostream &os, bool useColor) : lines(os, useColor) {}

  void heading(llvm::StringRef text) override { lines.heading(text); }
  void paragraph(llvm::StringRef label, llvm::StringRef text,
                 size_t indent) override {
    lines.paragraph(label, text, indent);
  }
  void table(const Table &table) override;

private:
  TextPage lines;
};

/// Columns beyond the width of the page follow below, beside the first column
/// again.
void LinePage::table(const Table &table) {
  llvm::ArrayRef<Column> columns = table.columns;
  for (size_t begin = 1; begin < columns.size();) {
    size_t end = begin, width = columns.front().width;
    while (end < columns.size() &&
           (end == begin ||
            width + columns[end].gap + columns[end].width <= TextPage::width)) {
      width += columns[end].gap + columns[end].width;
      ++end;
    }
    if (begin > 1)
      lines.blank();
    auto row = [&](auto cellOf) {
      std::string line = inColumn(cellOf(0), columns.front());
      for (size_t index = begin; index < end; ++index)
        line += std::string(columns[index].gap, ' ') +
                inColumn(cellOf(index), columns[index]);
      lines.line(line);
    };
    row([&](size_t index) -> const std::string & {
      return columns[index].title;
    });
    for (const std::vector<std::string> &cells : table.rows)
      row([&](size_t index) -> const std::string & { return cells[index]; });
    begin = end;
  }
}

} // namespace

void printText(llvm::raw_ostream &os, const Report &report,
               const ViewOptions &options) {
  LinePage page(os, options.useColor);
  writePage(page, report, options);
}

} // namespace roofline
