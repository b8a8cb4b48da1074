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

/// Names the first line that is too long or ends in spaces.
testing::AssertionResult fitsOnePage(const std::string &text) {
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(text).split(lines, '\n');
  for (llvm::StringRef line : lines) {
    // A word that is longer than a line stays whole.
    bool isLong = line.size() > 100 && !line.contains(std::string(50, 'r'));
    if (isLong || line != line.rtrim())
      return testing::AssertionFailure() << line.str();
  }
  return testing::AssertionSuccess();
}

} // namespace

TEST(TextView, FitsOnePage) { EXPECT_TRUE(fitsOnePage(print(sampleReport()))); }

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

TEST(TextView, TimesOfKernelsStandBesideTheRoof) {
  const std::string text = print(sampleReport());
  // Its kernel times are lower bounds, as some of its kernels count at their
  // roof.
  EXPECT_TRUE(contains(text, ">= 138.9 us  >= 175.0 us >= 190.0 us >= 400.0 us "
                             " matrix_bf16"));
  EXPECT_TRUE(contains(text, "h200 "));
  EXPECT_TRUE(contains(text, "counts 2 kernels at their roof: no figure"));
  EXPECT_TRUE(contains(text, "unknown     unknown  none"));
  EXPECT_TRUE(contains(text, "kernels and as-is are unknown: no figures"));
  EXPECT_TRUE(contains(text,
                       "launches    at least 18,446,744,073,709,551,617, of "
                       "1,234,567 kernels, 3 of them left out"));
}

TEST(TextView, KernelsByTime) {
  const std::string text = print(sampleReport(), {ReportView::Kernels});
  EXPECT_TRUE(contains(
      text, "Hottest kernels by time on h200 (2 of 1,234,564 that differ)"));
  // 1.8e-4 of 1.9e-4 s.
  EXPECT_TRUE(contains(text, "180.0 us matrix_bf16  94.7\n"));
  EXPECT_FALSE(contains(text, "Hottest ops"));
  EXPECT_FALSE(contains(text, "Families"));

  Report report = sampleReport();
  report.targets.front().kernelSeconds = report.targets.back().kernelSeconds;
  const std::string roofs = print(report, {ReportView::Kernels});
  EXPECT_TRUE(contains(roofs, "Hottest kernels by roof on h200"));
  // 1.5e-4 of 1.75e-4 s.
  EXPECT_TRUE(contains(roofs, "150.0 us matrix_bf16  85.7\n"));

  report.targets.clear();
  const std::string bytes = print(report, {ReportView::Kernels});
  EXPECT_TRUE(contains(bytes, "Hottest kernels by traffic (2 of"));
}

TEST(TextView, LocationsLoseTheirOpThenTheirBeginning) {
  auto kernelAt = [](const std::string &location) {
    Report report = sampleReport();
    report.kernels = {report.kernels.back()};
    report.kernels.front().locations = {location};
    const std::string text = print(report, {ReportView::Kernels});
    EXPECT_TRUE(fitsOnePage(text));
    return llvm::StringRef(text).rsplit("\nadd ").second.ltrim().str();
  };
  EXPECT_TRUE(contains(kernelAt("layer0/ffn/mul"), "layer0/ffn/mul  "));
  // 23 columns hold what is left without the op.
  EXPECT_TRUE(contains(kernelAt("layer0/attention/scores/dot_general"),
                       "layer0/attention/scores  "));
  EXPECT_TRUE(contains(kernelAt("decoder/layer31/attention/scores/dot_general"),
                       "..er31/attention/scores  "));
  // What is no op stays.
  EXPECT_TRUE(contains(kernelAt("decoder/layer31/attention.weights:0"),
                       "..1/attention.weights:0  "));
  EXPECT_TRUE(contains(kernelAt("a_long_name_of_a_file.mlir:12:8"),
                       "..e_of_a_file.mlir:12:8  "));
  EXPECT_TRUE(contains(kernelAt("/a_name_that_is_longer_than_the_column"),
                       "..onger_than_the_column  "));
}

TEST(TextView, FamiliesPerTarget) {
  Report report = sampleReport();
  const std::string text = print(report, {ReportView::Breakdown});
  EXPECT_TRUE(contains(text, "180.0 us  94.7 %"));
  // Without figures the roofs are compared, and that is said.
  EXPECT_TRUE(contains(text, "1.000 ms 100.0 %"));
  EXPECT_TRUE(contains(text, "ascend-910b2-w.. at the roofs, as "
                             "times are unknown: no figures"));
  EXPECT_TRUE(contains(text, "left out    3 opaque"));
  EXPECT_FALSE(contains(text, "Hottest"));

  // Eight targets: three beside the totals, then four, then one.
  while (report.targets.size() < 8) {
    report.targets.push_back(report.targets.front());
    for (FamilyRow &family : report.families)
      family.times.push_back(family.times.front());
  }
  const std::string many = print(report, {ReportView::Breakdown});
  EXPECT_EQ(llvm::StringRef(many).count("\nfamily "), 3u);
  EXPECT_EQ(llvm::StringRef(many).count("180.0 us  94.7 %"), 7u);
  EXPECT_TRUE(fitsOnePage(many));
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
