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

} // namespace roofline

#endif // ROOFLINE_REPORT_REPORTVIEWS_H
