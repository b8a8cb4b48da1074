//===- ErrorStatisticsTest.cpp - How far estimates are off ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/ErrorStatistics.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

TEST(ErrorStatistics, InterpolatesQuantiles) {
  EXPECT_DOUBLE_EQ(quantile({5}, 0.9), 5);
  EXPECT_DOUBLE_EQ(quantile({4, 1, 2}, 0.5), 2);
  // Half way between the two in the middle.
  EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 0.5), 2.5);
  // Position 0.9 * 4 = 3.6: 40 + 0.6 * 10.
  EXPECT_DOUBLE_EQ(quantile({50, 10, 40, 20, 30}, 0.9), 46);
  EXPECT_DOUBLE_EQ(quantile({50, 10, 40, 20, 30}, 0), 10);
  EXPECT_DOUBLE_EQ(quantile({50, 10, 40, 20, 30}, 1), 50);
}

TEST(ErrorStatistics, SummarizesErrors) {
  // Estimates of 1.1, 0.8 and 1.3 times the measurement: errors of 10, -20 and
  // 30 %.
  Prediction predictions[] = {
      {10, 11, 9, 12}, {100, 80, 70, 90}, {1, 1.3, 1, 2}};
  ErrorSummary errors = summarizeErrors(predictions);
  EXPECT_EQ(errors.rows, 3u);
  EXPECT_NEAR(errors.mape, 0.2, 1e-12);
  EXPECT_NEAR(errors.median, 0.2, 1e-12);
  // Position 0.9 * 2 = 1.8 of 0.1, 0.2, 0.3.
  EXPECT_NEAR(errors.p90, 0.28, 1e-12);
  EXPECT_NEAR(errors.bias, 0.2 / 3, 1e-12);
  // The second measurement lies above its interval, the third at its end.
  EXPECT_NEAR(errors.withinInterval, 2.0 / 3, 1e-12);
}

} // namespace
