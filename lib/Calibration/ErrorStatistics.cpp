//===- ErrorStatistics.cpp - How far estimates are off --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/ErrorStatistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace roofline {

double quantile(std::vector<double> values, double fraction) {
  assert(!values.empty() && "quantile of nothing");
  double position = fraction * double(values.size() - 1);
  size_t below = size_t(position);
  size_t above = std::min(below + 1, values.size() - 1);
  // Two selections are cheaper than sorting, and this runs at every step of a
  // fit.
  std::nth_element(values.begin(), values.begin() + below, values.end());
  double lower = values[below];
  if (above == below)
    return lower;
  double upper = *std::min_element(values.begin() + above, values.end());
  return lower + (position - double(below)) * (upper - lower);
}

ErrorSummary summarizeErrors(llvm::ArrayRef<Prediction> predictions) {
  assert(!predictions.empty() && "errors of nothing");
  ErrorSummary summary;
  summary.rows = predictions.size();
  std::vector<double> errors;
  errors.reserve(predictions.size());
  for (const Prediction &prediction : predictions) {
    double error = prediction.estimated / prediction.measured - 1;
    errors.push_back(std::fabs(error));
    summary.mape += std::fabs(error);
    summary.bias += error;
    if (prediction.low <= prediction.measured &&
        prediction.measured <= prediction.high)
      summary.withinInterval += 1;
  }
  double rows = double(predictions.size());
  summary.mape /= rows;
  summary.bias /= rows;
  summary.withinInterval /= rows;
  summary.median = quantile(errors, 0.5);
  summary.p90 = quantile(std::move(errors), 0.9);
  return summary;
}

} // namespace roofline
