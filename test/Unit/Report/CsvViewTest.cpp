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

std::string print(const Report &report, ReportView view) {
  ViewOptions options;
  options.views = view;
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

TEST(CsvView, SeveralReportsAreOneTable) {
  for (ReportView view :
       {ReportView::Summary, ReportView::Breakdown, ReportView::Kernels,
        ReportView::Hotspots, ReportView::Coverage}) {
    RenderedReport one{"a.mlir", print(sampleReport(), view)};
    std::string all;
    llvm::raw_string_ostream os(all);
    printReports(os, ReportFormat::Csv, {one, one, one});
    EXPECT_EQ(CsvText(all).rows(), 3 * CsvText(one.text).rows());
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
