//===- ReportFuzzer.cpp - Saved reports that nobody saved -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes bytes through the reader of saved reports. What is read prints in every
// format, reads again as the same bytes, and does not differ from itself; what
// is wrong must be said in one line.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "roofline/Check/CheckViews.h"
#include "roofline/Report/JsonReader.h"
#include "roofline/Report/ReportViews.h"

using namespace roofline;

namespace {

constexpr llvm::StringLiteral file = "report.json";

std::string print(const SavedReport &saved, ReportFormat format) {
  std::string text;
  llvm::raw_string_ostream os(text);
  ViewOptions options;
  options.views = saved.views;
  printReport(os, saved.report, format, options);
  return text;
}

void checkDiff(const Report &report) {
  llvm::Expected<ReportDiff> diff = diffReports(report, report);
  if (!diff) {
    // Of kernels that are not listed, in a file that is called as it wishes.
    llvm::consumeError(diff.takeError());
    return;
  }
  require(diff->isEmpty(), "a report that differs from itself");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef text(reinterpret_cast<const char *>(data), size);
  llvm::Expected<SavedReport> saved = readJsonReport(text, file);
  if (!saved) {
    checkError(saved.takeError(), file);
    return 0;
  }
  // Without a view all would be printed.
  if (saved->views.empty())
    return 0;
  for (ReportFormat format : {ReportFormat::Text, ReportFormat::Markdown})
    print(*saved, format);
  std::string again = print(*saved, ReportFormat::Json);
  llvm::Expected<SavedReport> reread = readJsonReport(again, file);
  require(bool(reread), "a report that does not read again", again);
  require(print(*reread, ReportFormat::Json) == again,
          "a report that reads as another one", again);
  if (saved->has(ReportView::Summary) && saved->has(ReportView::Kernels) &&
      saved->has(ReportView::Coverage)) {
    checkDiff(saved->report);
    std::string sarif;
    llvm::raw_string_ostream os(sarif);
    printPortsSarif(os, saved->report);
    require(bool(llvm::json::parse(sarif)), "SARIF that is no JSON", sarif);
  }
  return 0;
}
