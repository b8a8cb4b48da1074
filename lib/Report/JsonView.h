//===- JsonView.h - The document of the JSON view ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_JSONVIEW_H
#define ROOFLINE_LIB_REPORT_JSONVIEW_H

#include "roofline/Report/ReportViews.h"

#include <limits>

namespace roofline {

/// What may differ between two documents of one report.
struct JsonLayout {
  /// Spaces per level; 0 writes everything in one line.
  unsigned indent = 2;
  /// The hottest ops to write, of those that the report lists.
  size_t maxOps = std::numeric_limits<size_t>::max();
  /// The first places of a finding to write.
  size_t maxPlaces = std::numeric_limits<size_t>::max();
  /// Whether kernels are packed (JsonPacker.h): `packed_kernels`, with `rows`
  /// and `keys`, instead of `kernels`.
  bool packsKernels = false;
};

/// Writes the document of `printJson`, without a line break at its end.
void writeJson(llvm::raw_ostream &os, const Report &report,
               const ViewOptions &options, const JsonLayout &layout);

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_JSONVIEW_H
