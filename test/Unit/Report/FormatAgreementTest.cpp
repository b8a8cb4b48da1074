//===- FormatAgreementTest.cpp - No two formats disagree ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Renders one report in every format, reads each as its readers do, and
// compares the numbers. JSON is exact; the others are held to it.
//
//===----------------------------------------------------------------------===//

#include "CsvText.h"
#include "SampleReport.h"

#include "roofline/Report/ReportViews.h"
#include "roofline/Report/ScaledUnits.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

std::string render(const Report &report, ReportFormat format,
                   llvm::ArrayRef<ReportView> views = {}) {
  ViewOptions options;
  options.views = views;
  std::string text;
  llvm::raw_string_ostream os(text);
  printReport(os, report, format, options);
  return text;
}

class FormatAgreement : public testing::Test {
protected:
  FormatAgreement() {
    // Below where JSON's readers lose digits.
    report.demand.work = WorkList();
    report.demand.work.add(Unit::Matrix, ElementType::BF16, Count(1234567890));
    llvm::Expected<llvm::json::Value> parsed =
        llvm::json::parse(render(report, ReportFormat::Json));
    EXPECT_TRUE(bool(parsed));
    if (parsed)
      json = std::move(*parsed);
  }

  const llvm::json::Array &array(llvm::StringRef key) {
    return *json.getAsObject()->getArray(key);
  }

  /// The text of a CSV cell is that of the JSON value, empty for null.
  static void expectSame(const std::string &cell,
                         const llvm::json::Value &value,
                         const std::string &what) {
    SCOPED_TRACE(what);
    if (value.getAsNull())
      EXPECT_EQ(cell, "");
    else if (auto number = value.getAsNumber())
      EXPECT_EQ(std::stod(cell), *number);
    else if (auto flag = value.getAsBoolean())
      EXPECT_EQ(cell, *flag ? "true" : "false");
    else
      EXPECT_EQ(cell, value.getAsString()->str());
  }

  /// Each line of a table has the values of the row and the target that it is
  /// about, under the same keys.
  void compare(ReportView view, llvm::StringRef key) {
    CsvText table(render(report, ReportFormat::Csv, {view}));
    const llvm::json::Array &rows = array(key);
    ASSERT_EQ(table.rows(), rows.size() * report.targets.size());
    for (size_t line = 0; line < table.rows(); ++line) {
      const llvm::json::Object &row =
          *rows[line / report.targets.size()].getAsObject();
      const llvm::json::Object &target =
          *(*row.getArray("targets"))[line % report.targets.size()]
               .getAsObject();
      EXPECT_EQ(table.cell(line, "target"), target.getString("name")->str());
      for (const std::string &name : table.names()) {
        // A key of both is of all targets in one and of this one in the other.
        const llvm::json::Value *value = target.get(name);
        if (!value || name == "name")
          value = row.get(name);
        if (value && !value->getAsObject())
          expectSame(table.cell(line, name), *value, name);
      }
    }
  }

  Report report = sampleReport();
  llvm::json::Value json = nullptr;
};

} // namespace

TEST_F(FormatAgreement, CsvHasTheValuesOfJson) {
  compare(ReportView::Breakdown, "breakdown");
  compare(ReportView::Kernels, "kernels");
  compare(ReportView::Hotspots, "ops");
}

TEST_F(FormatAgreement, CsvHasTheTimesOfJson) {
  CsvText table(render(report, ReportFormat::Csv, {ReportView::Summary}));
  ASSERT_EQ(table.rows(), report.targets.size());
  for (size_t line = 0; line < table.rows(); ++line) {
    const llvm::json::Object &target = *array("targets")[line].getAsObject();
    for (llvm::StringRef name : {"roof_seconds", "kernel_roof_seconds",
                                 "kernels_seconds", "as_is_seconds"})
      expectSame(table.cell(line, name.str()),
                 *target.getObject("times")->get(name), name.str());
    for (llvm::StringRef name : {"bound", "complete", "op_roof_seconds"})
      expectSame(table.cell(line, name.str()), *target.get(name), name.str());
    for (llvm::StringRef name : {"ops", "argument_bytes", "weight_bytes"})
      expectSame(table.cell(line, name.str()),
                 *json.getAsObject()->getObject("model")->get(name),
                 name.str());
    EXPECT_EQ(table.cell(line, "operations"), "1234567890");
  }
}

TEST_F(FormatAgreement, CsvHasTheCoverageOfJson) {
  CsvText table(render(report, ReportFormat::Csv, {ReportView::Coverage}));
  const llvm::json::Object &coverage =
      *json.getAsObject()->getObject("coverage");
  size_t line = 0;
  for (llvm::StringRef kind : {"unmodelled", "uncounted"})
    for (const llvm::json::Value &row : *coverage.getArray(kind)) {
      EXPECT_EQ(table.cell(line, "kind"), kind.str());
      expectSame(table.cell(line, "name"), *row.getAsObject()->get("op"), "op");
      for (llvm::StringRef name : {"count", "bytes", "reason"})
        expectSame(table.cell(line, name.str()), *row.getAsObject()->get(name),
                   name.str());
      ++line;
    }
  for (const llvm::json::Value &loop : array("loops")) {
    expectSame(table.cell(line, "name"), *loop.getAsObject()->get("name"), "");
    expectSame(table.cell(line, "count"),
               *loop.getAsObject()->get("trip_count"), "trips");
    ++line;
  }
  EXPECT_EQ(table.rows(), line);
}

TEST_F(FormatAgreement, CsvHasThePortsOfJson) {
  CsvText table(render(report, ReportFormat::Csv, {ReportView::Porting}));
  size_t line = 0;
  for (const llvm::json::Value &value : array("ports")) {
    const llvm::json::Object &port = *value.getAsObject();
    for (const llvm::json::Value &entry : *port.getArray("findings")) {
      const llvm::json::Object &finding = *entry.getAsObject();
      for (llvm::StringRef name : {"from", "to"})
        expectSame(table.cell(line, name.str()), *port.get(name), name.str());
      for (llvm::StringRef name : {"low_days", "high_days"})
        expectSame(table.cell(line, name.str()),
                   *finding.getObject("effort")->get(name), name.str());
      for (const std::string &name : table.names())
        if (const llvm::json::Value *cell = finding.get(name);
            cell && name != "launches")
          expectSame(table.cell(line, name), *cell, name);
      ++line;
    }
  }
  EXPECT_EQ(table.rows(), line);
  // 2^64 + 1, which the parser rounds.
  EXPECT_EQ(table.cell(0, "launches"), largeCount().str());
}

TEST_F(FormatAgreement, TextAndMarkdownSayThePortsOfJson) {
  for (ReportFormat format : {ReportFormat::Text, ReportFormat::Markdown}) {
    std::string text = render(report, format, {ReportView::Porting});
    for (const llvm::json::Value &value : array("ports")) {
      const llvm::json::Object &port = *value.getAsObject();
      const llvm::json::Object &effort = *port.getObject("effort");
      for (const std::string &expected :
           {"Moving from " + port.getString("from")->str() + " to " +
                port.getString("to")->str(),
            port.getString("grade")->str() + ": ",
            scaled(*port.getNumber("target_seconds"), "s"),
            personDaysText({*effort.getNumber("low_days"),
                            *effort.getNumber("high_days")})})
        EXPECT_NE(text.find(expected), std::string::npos)
            << expected << " in " << text;
    }
  }
}

TEST_F(FormatAgreement, TextAndMarkdownScaleTheTimesOfJson) {
  std::string text = render(report, ReportFormat::Text);
  std::string markdown = render(report, ReportFormat::Markdown);
  for (const llvm::json::Value &value : array("targets")) {
    const llvm::json::Object &times = *value.getAsObject()->getObject("times");
    // `| name | >= 138.9 us | ... |`, and the same between spaces.
    std::string row =
        "| " + value.getAsObject()->getString("name")->str() + " |";
    size_t begin = markdown.find(row);
    ASSERT_NE(begin, std::string::npos);
    llvm::StringRef line =
        llvm::StringRef(markdown).substr(begin).split('\n').first;
    for (llvm::StringRef key : {"roof_seconds", "kernel_roof_seconds",
                                "kernels_seconds", "as_is_seconds"}) {
      std::optional<double> seconds = times.getNumber(key);
      std::string shown = seconds ? scaled(*seconds, "s") : "unknown";
      EXPECT_TRUE(line.contains(shown)) << key.str() << ": " << line.str();
      EXPECT_NE(text.find(shown), std::string::npos) << key.str();
    }
  }
  for (const llvm::json::Value &value : array("kernels")) {
    std::optional<double> seconds = (*value.getAsObject()->getArray("targets"))
                                        .front()
                                        .getAsObject()
                                        ->getNumber("seconds");
    if (!seconds)
      continue;
    EXPECT_NE(text.find(scaled(*seconds, "s")), std::string::npos);
    EXPECT_NE(markdown.find(scaled(*seconds, "s")), std::string::npos);
  }
}

TEST_F(FormatAgreement, TraceLastsAsLongAsTheKernelsOfJson) {
  llvm::Expected<llvm::json::Value> trace =
      llvm::json::parse(render(report, ReportFormat::Trace));
  ASSERT_TRUE(bool(trace)) << llvm::toString(trace.takeError());
  const llvm::json::Object &row = *array("kernels").front().getAsObject();
  for (size_t index = 0; index < report.targets.size(); ++index) {
    const llvm::json::Object &target =
        *(*row.getArray("targets"))[index].getAsObject();
    double microseconds = 0, launches = 0;
    for (const llvm::json::Value &value :
         *trace->getAsObject()->getArray("traceEvents")) {
      const llvm::json::Object &event = *value.getAsObject();
      if (event.getString("ph") != "X" ||
          event.getInteger("pid") != int64_t(index + 1))
        continue;
      microseconds += *event.getNumber("dur");
      launches += double(*event.getObject("args")->getInteger("launches"));
    }
    EXPECT_EQ(launches, double(*row.getInteger("launches")));
    // Without a time the roof stands for it, and the trace says so.
    std::optional<double> seconds = target.getNumber("seconds");
    EXPECT_NEAR(microseconds * 1e-6,
                seconds ? *seconds : *target.getNumber("roof_seconds"), 1e-9);
  }
}

TEST_F(FormatAgreement, PlotHasTheKernelsAndRoofsOfJson) {
  std::string plot = render(report, ReportFormat::Svg);
  const llvm::json::Object &target = *array("targets").front().getAsObject();
  const llvm::json::Object &kernel = *array("kernels").front().getAsObject();
  EXPECT_NE(plot.find(scaled(
                *kernel.getArray("targets")->front().getAsObject()->getNumber(
                    "seconds"),
                "s")),
            std::string::npos);
  EXPECT_NE(
      plot.find(
          "matrix_bf16 " +
          scaled(*target.getObject("rates")->getNumber("matrix_bf16"), "op/s")),
      std::string::npos);
  EXPECT_NE(
      plot.find(
          "hbm " +
          scaled(*target.getArray("memory")->front().getAsObject()->getNumber(
                     "bytes_per_second"),
                 "B/s")),
      std::string::npos);
}

TEST_F(FormatAgreement, EveryFormatSurvivesNothing) {
  for (ReportFormat format :
       {ReportFormat::Text, ReportFormat::Json, ReportFormat::Markdown,
        ReportFormat::Csv, ReportFormat::Svg, ReportFormat::Trace})
    EXPECT_FALSE(render(Report(), format).empty());
}
