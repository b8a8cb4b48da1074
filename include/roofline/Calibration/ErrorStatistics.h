//===- ErrorStatistics.h - How far estimates are off ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_ERRORSTATISTICS_H
#define ROOFLINE_CALIBRATION_ERRORSTATISTICS_H

#include "llvm/ADT/ArrayRef.h"

#include <vector>

namespace roofline {

/// The value that `fraction` of `values`, which are not empty, lie below,
/// interpolated between the two nearest: `quantile({1, 2, 4}, 0.5)` is 2.
double quantile(std::vector<double> values, double fraction);

/// A measured time with the estimate of it.
struct Prediction {
  double measured = 0;
  double estimated = 0;
  /// The interval that the estimate came with.
  double low = 0;
  double high = 0;
};

/// Errors of estimates, as fractions of the measured times.
struct ErrorSummary {
  size_t rows = 0;
  /// Mean, median and 90 % quantile of |estimated / measured - 1|.
  double mape = 0;
  double median = 0;
  double p90 = 0;
  /// Mean of estimated / measured - 1: above zero where estimates are too long.
  double bias = 0;
  /// Share of measured times within their intervals.
  double withinInterval = 0;
};

/// The errors of `predictions`, which are not empty.
ErrorSummary summarizeErrors(llvm::ArrayRef<Prediction> predictions);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_ERRORSTATISTICS_H
