//===- JsonReader.h - Reports read back from JSON ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_JSONREADER_H
#define ROOFLINE_REPORT_JSONREADER_H

#include "roofline/Report/ReportViews.h"

#include "llvm/Support/Error.h"

namespace roofline {

/// A report that was saved as JSON. Printing it again with the same views gives
/// the same bytes.
struct SavedReport {
  Report report;
  /// The parts that it was saved with.
  std::vector<ReportView> views;

  bool has(ReportView view) const { return llvm::is_contained(views, view); }
};

/// True of text that is a JSON object rather than a model, to judge by how it
/// starts.
bool looksLikeJson(llvm::StringRef text);

/// Reads what `printJson` wrote; `file` is what errors call it. Reasons of what
/// is unknown are there as far as the JSON says them. Keys that are not known
/// are left alone, because keys are added without notice. Fails with a message
/// ready to print on text that is no JSON, no report, or one of another version
/// of the schema, and where a value is missing or is not what it should be.
llvm::Expected<SavedReport> readJsonReport(llvm::StringRef text,
                                           llvm::StringRef file);

/// The saved report in `path`, where that is one rather than a model. Standard
/// input and pipes are models. Fails on a report that does not read or that
/// lacks the parts that comparisons need.
llvm::Expected<std::optional<SavedReport>>
readSavedReport(llvm::StringRef path);

/// The same of a file that must be a saved report.
llvm::Expected<SavedReport> requireSavedReport(llvm::StringRef path);

} // namespace roofline

#endif // ROOFLINE_REPORT_JSONREADER_H
