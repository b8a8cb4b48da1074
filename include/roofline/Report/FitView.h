//===- FitView.h - A fitted calibration for people --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_FITVIEW_H
#define ROOFLINE_REPORT_FITVIEW_H

#include "roofline/Calibration/Fit.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace roofline {

/// Errors by regime of what the fit has seen and of what it has not, with the
/// intervals, and the values of the parameters.
void printFit(llvm::raw_ostream &os, const FitResult &result,
              const FitRequest &request);

} // namespace roofline

#endif // ROOFLINE_REPORT_FITVIEW_H
