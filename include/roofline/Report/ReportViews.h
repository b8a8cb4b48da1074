//===- ReportViews.h - Formats of a report ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_REPORTVIEWS_H
#define ROOFLINE_REPORT_REPORTVIEWS_H

#include "roofline/Report/Report.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Error.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace roofline {

/// Parts of a report.
enum class ReportView {
  Summary,   ///< Model, demand, targets, assumptions.
  Breakdown, ///< Families of kernels.
  Kernels,   ///< The hottest kernels.
  Hotspots,  ///< The hottest ops.
  Porting,   ///< What moving to other targets takes.
  Coverage,  ///< What is not modelled, loops.
};

struct ViewOptions {
  /// The parts to write; all where empty.
  llvm::ArrayRef<ReportView> views;
  /// ANSI colours.
  bool useColor = false;

  bool shows(ReportView view) const {
    return views.empty() || llvm::is_contained(views, view);
  }
};

/// For people: scaled units, at most 100 columns.
void printText(llvm::raw_ostream &os, const Report &report,
               const ViewOptions &options);

/// For programs: SI base units, schema in docs/Report.md. Integers are exact
/// and may exceed 2^53.
void printJson(llvm::raw_ostream &os, const Report &report,
               const ViewOptions &options);

/// For people with a browser: one page that needs nothing else. Holds the
/// document of `printJson`, of the hottest ops only. Asks for `checkHasHtml`
/// first.
void printHtml(llvm::raw_ostream &os, const Report &report,
               const ViewOptions &options);

/// Fails where this build lacks the page of `printHtml`; the message says how
/// to get it.
llvm::Error checkHasHtml();

/// For pull requests: what the text says, long tables folded.
void printMarkdown(llvm::raw_ostream &os, const Report &report,
                   const ViewOptions &options);

/// For spreadsheets: the table of the first view that is asked for, of the
/// summary where none is. Columns are documented in docs/Report.md.
void printCsv(llvm::raw_ostream &os, const Report &report,
              const ViewOptions &options);

/// A chart: kernels under the roofs of each target, as an SVG image.
void printRooflinePlot(llvm::raw_ostream &os, const Report &report);

/// For trace viewers: the kernels of each target in program order, as JSON in
/// Chrome's trace event format. Needs the report's `sequence`.
void printTrace(llvm::raw_ostream &os, const Report &report);

/// Renders a report in a format.
void printReport(llvm::raw_ostream &os, const Report &report,
                 ReportFormat format, const ViewOptions &options);

/// What a format needs beyond a report with the hottest rows.
struct FormatNeeds {
  /// `Report::sequence`, which is long.
  bool sequence = false;
  /// Hottest rows that it has unless the user says how many; 0 is all.
  size_t top = 0;
  /// A file of its own for each report.
  bool ownFile = false;
};
FormatNeeds needsOf(ReportFormat format);

/// A report as `printReport` writes it.
struct RenderedReport {
  /// What the model is called.
  std::string file;
  std::string text;
};

/// Puts pages that `printHtml` wrote into one, in which a reader chooses.
void printHtml(llvm::raw_ostream &os, llvm::ArrayRef<RenderedReport> reports);

/// Writes reports into one file: text with a heading before each, JSON as an
/// array, CSV as one table, HTML as a page of all. Not for formats that need a
/// file each.
void printReports(llvm::raw_ostream &os, ReportFormat format,
                  llvm::ArrayRef<RenderedReport> reports);

/// What names of files in a format end with: `json`.
llvm::StringRef fileExtension(ReportFormat format);

/// Fails where a format cannot show what is asked for; the message names the
/// option that says it.
llvm::Error checkFormat(ReportFormat format, const ViewOptions &options,
                        bool hasTargets);

} // namespace roofline

#endif // ROOFLINE_REPORT_REPORTVIEWS_H
