//===- TraceView.h - Estimates against a trace, as text and JSON -*- C++
//-*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_TRACEVIEW_H
#define ROOFLINE_REPORT_TRACEVIEW_H

#include "roofline/Calibration/TraceComparison.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace roofline {

/// For people, at most 100 columns: totals, families, the `rows` largest
/// differences of matched launches, and as many rows of what is on one side
/// only; 0 for all.
void printTraceComparison(llvm::raw_ostream &os,
                          const TraceComparison &comparison, size_t rows);

/// For programs, with every row: errors and shares are in percent, times in
/// seconds.
void printTraceComparisonJson(llvm::raw_ostream &os,
                              const TraceComparison &comparison);

} // namespace roofline

#endif // ROOFLINE_REPORT_TRACEVIEW_H
