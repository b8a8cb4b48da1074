//===- MarkdownViewTest.cpp - A report for pull requests ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SampleReport.h"

#include "roofline/Report/ReportViews.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

std::string print(const Report &report, llvm::ArrayRef<ReportView> views = {}) {
  ViewOptions options;
  options.views = views;
  std::string text;
  llvm::raw_string_ostream os(text);
  printMarkdown(os, report, options);
  return text;
}

bool contains(const std::string &text, llvm::StringRef part) {
  return llvm::StringRef(text).contains(part);
}

/// Cells of a row: bars that no backslash is before.
size_t bars(llvm::StringRef line) {
  size_t count = 0;
  for (size_t i = 0; i < line.size(); ++i)
    count += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
  return count;
}

} // namespace

TEST(MarkdownView, BeginsWithTheModelAndEndsWithTheVersion) {
  Report report = sampleReport();
  report.model.file = "a b/model.mlir";
  std::string text = print(report);
  EXPECT_TRUE(
      llvm::StringRef(text).starts_with("### roofline: `a b/model.mlir`\n"));
  EXPECT_TRUE(llvm::StringRef(text).ends_with(
      "<sub>roofline 1.2.3, model data 7</sub>\n"));
}

TEST(MarkdownView, LongTablesAreFolded) {
  Report report = sampleReport();
  std::string text = print(report, ReportView::Hotspots);
  EXPECT_FALSE(contains(text, "<details>"));
  EXPECT_TRUE(contains(text, "#### Hottest ops"));
  while (report.ops.size() < 9)
    report.ops.push_back(report.ops.front());
  text = print(report, ReportView::Hotspots);
  EXPECT_TRUE(contains(text, "<details>\n<summary>Hottest ops"));
  // Markup within raw lines is read again after an empty line only.
  EXPECT_TRUE(contains(text, "</summary>\n\n| op |"));
  EXPECT_TRUE(contains(text, "|\n\n</details>\n"));
}

TEST(MarkdownView, EveryRowHasTheCellsOfItsTable) {
  Report report = sampleReport();
  report.ops.front().name = "a|b";
  report.ops.front().location = "x|y:1:2";
  report.kernels.front().name = "new\nline|";
  size_t columns = 0;
  llvm::SmallVector<llvm::StringRef> lines;
  std::string text = print(report);
  llvm::StringRef(text).split(lines, '\n');
  for (llvm::StringRef line : lines) {
    if (!line.starts_with("|")) {
      columns = 0;
      continue;
    }
    if (columns == 0)
      columns = bars(line);
    EXPECT_EQ(bars(line), columns) << line.str();
    EXPECT_TRUE(line.ends_with("|")) << line.str();
  }
}

TEST(MarkdownView, NamesAreNoMarkup) {
  Report report = sampleReport();
  report.notes = {"call @main, owner/repo#7 and a.mlir:100:7 are *names* of "
                  "<b>ops</b> `a` _b_ c_d [e](f) $g$"};
  std::string text = print(report, ReportView::Summary);
  EXPECT_TRUE(contains(text,
                       "call `@main`, `owner/repo#7` and `a.mlir:100:7` are "
                       "\\*names\\* of \\<b>ops\\</b> \\`a\\` \\_b\\_ c_d "
                       "\\[e\\](f) \\$g\\$"));
}

TEST(MarkdownView, BackticksOfNamesEndNoCode) {
  Report report = sampleReport();
  report.notes = {"x@``y"};
  EXPECT_TRUE(contains(print(report, ReportView::Summary), "``` x@``y ```"));
}
