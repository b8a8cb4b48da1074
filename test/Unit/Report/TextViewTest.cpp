//===- TextViewTest.cpp - A report for people -----------------------------===//
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

std::string print(const Report &report, llvm::ArrayRef<ReportView> views = {},
                  bool useColor = false) {
  ViewOptions options;
  options.views = views;
  options.useColor = useColor;
  std::string text;
  llvm::raw_string_ostream os(text);
  printText(os, report, options);
  return text;
}

bool contains(llvm::StringRef text, llvm::StringRef part) {
  return text.contains(part);
}

} // namespace

TEST(TextView, FitsOnePage) {
  llvm::SmallVector<llvm::StringRef> lines;
  const std::string text = print(sampleReport());
  llvm::StringRef(text).split(lines, '\n');
  for (llvm::StringRef line : lines) {
    // A word that is longer than a line stays whole.
    if (!line.contains(std::string(50, 'r'))) {
      EXPECT_LE(line.size(), 100u) << line.str();
    }
    EXPECT_EQ(line, line.rtrim()) << line.str();
  }
}

TEST(TextView, LongListsEndWithTheirSum) {
  const std::string text = print(sampleReport());
  EXPECT_TRUE(contains(text, "mine.op19 "));
  EXPECT_FALSE(contains(text, "mine.op20 "));
  EXPECT_TRUE(contains(text, "of 10 further rows"));
  // The loop that a user can bind comes before those that need nothing.
  EXPECT_TRUE(contains(text, "--trip-count=@main/while#0=N"));
  EXPECT_TRUE(contains(text, "11 further loops"));
}

TEST(TextView, UnknownIsSaid) {
  const std::string text = print(sampleReport());
  EXPECT_TRUE(contains(text, "of these weights unknown"));
  EXPECT_TRUE(contains(text, "bytes unknown, operations unknown"));
  EXPECT_TRUE(contains(text, ">= 138.9 us"));
  EXPECT_TRUE(contains(text, "a lower bound: some ops are not modelled"));
  EXPECT_TRUE(contains(text, "at least matrix_bf16"));
}

TEST(TextView, ViewsAreParts) {
  const Report report = sampleReport();
  const std::string hotspots = print(report, {ReportView::Hotspots});
  EXPECT_TRUE(contains(hotspots, "Hottest ops"));
  EXPECT_FALSE(contains(hotspots, "Targets"));
  EXPECT_FALSE(contains(hotspots, "Coverage"));
  const std::string coverage = print(report, {ReportView::Coverage});
  EXPECT_TRUE(contains(coverage, "Coverage"));
  EXPECT_FALSE(contains(coverage, "Hottest ops"));
  const std::string summary = print(report, {ReportView::Summary});
  EXPECT_TRUE(contains(summary, "Targets"));
  EXPECT_TRUE(contains(summary, "Assumed"));
  EXPECT_FALSE(contains(summary, "Hottest ops"));
  EXPECT_FALSE(contains(summary, "Coverage\n"));
}

TEST(TextView, ColourOnlyWhereAskedFor) {
  const Report report = sampleReport();
  EXPECT_FALSE(contains(print(report), "\033"));
  EXPECT_TRUE(contains(print(report, {}, /*useColor=*/true), "\033[1m"));
}

TEST(TextView, AnEmptyReportPrints) {
  const std::string text = print(Report());
  EXPECT_TRUE(contains(text, "operations  none"));
}
