//===- MarkdownView.cpp - A report for pull requests ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// GitHub's dialect, which other forges read, too.
//
//===----------------------------------------------------------------------===//

#include "JsonText.h"
#include "MarkupText.h"
#include "Page.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace roofline {

namespace {

/// Rows or, where there are none, paragraphs of a section that is not folded.
constexpr size_t mostUnfolded = 8;

/// A word that a forge would make something else of: a mention (`@main`), a
/// reference to an issue (`while#0`), an emoji (`model.mlir:100:7`).
bool isNotProse(llvm::StringRef word) {
  return word.find_first_of("@#:") != llvm::StringRef::npos;
}

/// Text without what ends a line or is no letter.
std::string plain(llvm::StringRef text) {
  std::string result = jsonText(text);
  std::replace_if(
      result.begin(), result.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return result;
}

/// A word that is shown letter by letter.
std::string codeSpan(llvm::StringRef word) {
  if (word.empty())
    return "";
  size_t longest = 0, current = 0;
  for (char c : word) {
    current = c == '`' ? current + 1 : 0;
    longest = std::max(longest, current);
  }
  std::string fence(longest + 1, '`');
  // Fences do not touch backticks of the word.
  llvm::StringRef space = longest > 0 ? " " : "";
  std::string text = (fence + space + word + space + fence).str();
  // A table ends its cells before anything else is looked at.
  for (size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.insert(at, 1, '\\');
  return text;
}

std::string escapedWord(llvm::StringRef word) {
  llvm::StringRef name = word.rtrim(",;:.");
  if (isNotProse(name))
    return codeSpan(name) + word.drop_front(name.size()).str();
  std::string text;
  for (auto [index, c] : llvm::enumerate(word)) {
    // Within a word an underscore is one.
    bool isEdge = index == 0 || index + 1 == word.size();
    if (llvm::StringRef("\\`*[]<|~&$").contains(c) || (c == '_' && isEdge))
      text += '\\';
    text += c;
  }
  return text;
}

/// Text in which nothing is markup.
std::string escaped(llvm::StringRef text) {
  std::string line = plain(text);
  llvm::SmallVector<llvm::StringRef> words;
  llvm::StringRef(line).split(words, ' ', -1, /*KeepEmpty=*/false);
  return llvm::join(llvm::map_range(words, escapedWord), " ");
}

/// Sections are kept until the next one starts, as only then it is known
/// whether they are long.
class MarkdownPage : public Page {
public:
  MarkdownPage(llvm::raw_ostream &os, const Report &report) : os(os) {
    os << "### roofline: " << codeSpan(plain(report.model.file)) << "\n\n";
  }

  void heading(llvm::StringRef text) override {
    endSection();
    title = text.str();
  }

  void paragraph(llvm::StringRef label, llvm::StringRef text,
                 size_t indent) override {
    if (!body.empty() && isTableLast)
      body += "\n";
    isTableLast = false;
    body += "- **" + escaped(label.trim()) + "** " + escaped(text) + "\n";
    ++paragraphs;
  }

  void table(const Table &table) override;

  void endSection();

private:
  llvm::raw_ostream &os;
  /// Of the section that is being written.
  std::string title;
  std::string body;
  bool isTableLast = false;
  size_t rows = 0;
  size_t paragraphs = 0;
};

void MarkdownPage::table(const Table &table) {
  if (!body.empty())
    body += "\n";
  isTableLast = true;
  auto row = [&](auto &&cells) {
    body += "|";
    for (const std::string &cell : cells)
      body += " " + cell + " |";
    body += "\n";
  };
  row(llvm::map_range(table.columns, [](const Column &column) {
    return escaped(column.title);
  }));
  row(llvm::map_range(table.columns, [](const Column &column) {
    return std::string(column.isRight ? "--:" : ":--");
  }));
  for (const std::vector<std::string> &cells : table.rows)
    row(llvm::map_range(cells, escaped));
  rows += table.rows.size();
}

void MarkdownPage::endSection() {
  bool isFolded = (rows > 0 ? rows : paragraphs) > mostUnfolded;
  if (isFolded && !title.empty())
    os << "<details>\n<summary>" << markupText(title) << "</summary>\n\n"
       << body << "\n</details>\n\n";
  else if (!body.empty())
    os << (title.empty() ? "" : "#### " + escaped(title) + "\n\n") << body
       << "\n";
  title.clear();
  body.clear();
  rows = paragraphs = 0;
}

} // namespace

void printMarkdown(llvm::raw_ostream &os, const Report &report,
                   const ViewOptions &options) {
  MarkdownPage page(os, report);
  writePage(page, report, options);
  page.endSection();
  os << "<sub>roofline " << markupText(report.toolVersion) << ", model data "
     << report.modelDataVersion << "</sub>\n";
}

} // namespace roofline
