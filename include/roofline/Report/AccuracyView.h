//===- AccuracyView.h - Errors of estimates as text, JSON, SVG --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_ACCURACYVIEW_H
#define ROOFLINE_REPORT_ACCURACYVIEW_H

#include "roofline/Calibration/Accuracy.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace roofline {

/// For people, at most 100 columns: errors by op, type and regime, the
/// `worstRows` works with the largest ones, and what has no model.
void printAccuracy(llvm::raw_ostream &os, const AccuracyReport &report,
                   size_t worstRows);

/// For programs: errors are in percent, times in seconds.
void printAccuracyJson(llvm::raw_ostream &os, const AccuracyReport &report,
                       size_t worstRows);

/// Measured against estimated times on logarithmic axes, a dot a work and a
/// colour an op, with the line of equality and the band that 80 % of works lie
/// in. Reads on light and dark ground. The same report gives the same bytes.
void printAccuracyPlot(llvm::raw_ostream &os, const AccuracyReport &report);

} // namespace roofline

#endif // ROOFLINE_REPORT_ACCURACYVIEW_H
