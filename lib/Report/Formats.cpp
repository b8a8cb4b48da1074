//===- Formats.cpp - Which view is which format ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/ReportViews.h"

#include "llvm/Support/raw_ostream.h"

namespace roofline {

void printReport(llvm::raw_ostream &os, const Report &report,
                 ReportFormat format, const ViewOptions &options) {
  switch (format) {
  case ReportFormat::Text:
    return printText(os, report, options);
  case ReportFormat::Json:
    return printJson(os, report, options);
  case ReportFormat::Html:
    return printHtml(os, report, options);
  case ReportFormat::Markdown:
    return printMarkdown(os, report, options);
  case ReportFormat::Csv:
    return printCsv(os, report, options);
  case ReportFormat::Svg:
    return printRooflinePlot(os, report);
  case ReportFormat::Trace:
    return printTrace(os, report);
  }
}

void printReports(llvm::raw_ostream &os, ReportFormat format,
                  llvm::ArrayRef<RenderedReport> reports) {
  if (format == ReportFormat::Html)
    return printHtml(os, reports);
  if (format == ReportFormat::Json)
    os << "[";
  for (auto [index, report] : llvm::enumerate(reports)) {
    llvm::StringRef text = report.text;
    switch (format) {
    case ReportFormat::Text:
      os << (index > 0 ? "\n" : "") << "==> " << report.file << " <==\n"
         << text;
      break;
    case ReportFormat::Json:
      os << (index > 0 ? ",\n" : "\n") << text.rtrim();
      break;
    case ReportFormat::Csv:
      // The names of the columns, none of which is quoted, are there once.
      os << (index > 0 ? text.split('\n').second : text);
      break;
    default:
      os << (index > 0 ? "\n" : "") << text;
      break;
    }
  }
  if (format == ReportFormat::Json)
    os << "\n]\n";
}

llvm::StringRef fileExtension(ReportFormat format) {
  switch (format) {
  case ReportFormat::Text:
    return "txt";
  case ReportFormat::Json:
    return "json";
  case ReportFormat::Html:
    return "html";
  case ReportFormat::Markdown:
    return "md";
  case ReportFormat::Csv:
    return "csv";
  case ReportFormat::Svg:
    return "svg";
  case ReportFormat::Trace:
    return "trace.json";
  }
  return "";
}

/// Whether a format shows nothing without a target.
static bool isOfTargets(ReportFormat format) {
  return format == ReportFormat::Svg || format == ReportFormat::Trace;
}

FormatNeeds needsOf(ReportFormat format) {
  FormatNeeds needs;
  needs.sequence = format == ReportFormat::Trace;
  if (format == ReportFormat::Text || format == ReportFormat::Markdown)
    needs.top = 10;
  // Of kernels that differ; more are slow to look at, and large to send.
  if (format == ReportFormat::Html)
    needs.top = 5000;
  needs.ownFile = isOfTargets(format);
  return needs;
}

llvm::Error checkFormat(ReportFormat format, const ViewOptions &options,
                        bool hasTargets) {
  if (format == ReportFormat::Csv && options.views.size() > 1)
    return llvm::createStringError(
        "--format=csv writes one table; choose one view, such as "
        "--view=kernels");
  if (isOfTargets(format) && !hasTargets)
    return llvm::createStringError(
        "--format=%s draws what targets make of a model; name one, such as "
        "--target=h200",
        format == ReportFormat::Svg ? "svg" : "trace");
  return format == ReportFormat::Html ? checkHasHtml() : llvm::Error::success();
}

} // namespace roofline
