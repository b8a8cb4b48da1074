//===- CsvViewTest.cpp - Tables for spreadsheets --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CsvText.h"
#include "SampleReport.h"

#include "roofline/Report/ReportViews.h"

#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

std::string print(const Report &report, ReportView view,
                  bool isFurther = false) {
  ViewOptions options;
  options.views = view;
  options.isFurther = isFurther;
  std::string text;
  llvm::raw_string_ostream os(text);
  printCsv(os, report, options);
  return text;
}

} // namespace

TEST(CsvView, CountsAreExact) {
  CsvText table(print(sampleReport(), ReportView::Summary));
  EXPECT_EQ(table.cell(0, "argument_bytes"), "18446744073709551617");
  EXPECT_EQ(table.cell(0, "as_is_launches"), "36893488147419103234");
}

TEST(CsvView, UnknownIsEmpty) {
  CsvText summary(print(sampleReport(), ReportView::Summary));
  EXPECT_EQ(summary.cell(0, "weight_bytes"), "");
  EXPECT_EQ(summary.cell(1, "kernels_seconds"), "");
  CsvText kernels(print(sampleReport(), ReportView::Kernels));
  EXPECT_EQ(kernels.cell(2, "launches"), "");
  EXPECT_EQ(kernels.cell(2, "seconds"), "");
}

TEST(CsvView, NamesMayHoldAnything) {
  Report report = sampleReport();
  report.model.file = "a, \"b\"\nc.mlir";
  report.ops.front().name = "not\xff UTF-8";
  CsvText table(print(report, ReportView::Hotspots));
  EXPECT_EQ(table.cell(0, "model"), report.model.file);
  EXPECT_EQ(table.cell(0, "name"), "not\xef\xbf\xbd UTF-8");
}

TEST(CsvView, OneLinePerRowWithoutTargets) {
  Report report = sampleReport();
  report.targets.clear();
  for (OpRow &row : report.ops)
    row.times.clear();
  CsvText table(print(report, ReportView::Hotspots));
  ASSERT_EQ(table.rows(), report.ops.size());
  EXPECT_EQ(table.cell(0, "target"), "");
  EXPECT_EQ(CsvText(print(report, ReportView::Summary)).rows(), 1u);
}

TEST(CsvView, FurtherReportsContinueTheTable) {
  for (ReportView view :
       {ReportView::Summary, ReportView::Breakdown, ReportView::Kernels,
        ReportView::Hotspots, ReportView::Coverage}) {
    std::string first = print(sampleReport(), view);
    std::string further = print(sampleReport(), view, /*isFurther=*/true);
    CsvText both(first + further);
    EXPECT_EQ(both.rows(), 2 * CsvText(first).rows());
  }
}

TEST(CsvView, TakesOneView) {
  ViewOptions options;
  ReportView two[] = {ReportView::Summary, ReportView::Kernels};
  options.views = two;
  EXPECT_EQ(llvm::toString(checkFormat(ReportFormat::Csv, options, true)),
            "--format=csv writes one table; choose one view, such as "
            "--view=kernels");
}
