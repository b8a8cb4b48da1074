//===- QuantizationTimeTest.cpp - Times of quantisation -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/QuantizationTime.h"

#include "llvm/ADT/StringSwitch.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace roofline;

namespace {

constexpr StreamingKind quantize = StreamingKind::Quantize;
constexpr StreamingKind maximum = StreamingKind::AbsoluteMaximum;

/// Ten cores, 1 GB/s, L2 of 1000 bytes.
Machine makeMachine() {
  Machine machine;
  machine.vectorCores = 10;
  machine.hbm.bytesPerSecond = 1e9;
  machine.caches = {{"l2", 1000.0, std::nullopt}};
  return machine;
}

/// Half of memory's bandwidth, 1 GB/s from half of L2; launches of 1 us, or 0.5
/// where the largest value is searched, in steps of 1 us.
Calibration makeCalibration() {
  Calibration calibration;
  calibration.model = &quantizationModel();
  for (const ModelParameter &parameter : quantizationModel().parameters)
    calibration.values.push_back(llvm::StringSwitch<double>(parameter.name)
                                     .Case("launch", 1e-6)
                                     .Case("bandwidth", 0.5)
                                     .Case("cache_bandwidth", 1e9)
                                     .Case("cache_share", 0.5)
                                     .Case("maximum_launch", 0.5e-6)
                                     .Case("maximum", 2)
                                     .Case("row_step", 1e-6)
                                     .Default(-1));
  return calibration;
}

double secondsOf(StreamingKind kind, double rows, double columns,
                 double bytes) {
  KnownOr<double> seconds = quantizationSeconds(
      {kind, rows, columns, bytes}, makeMachine(), makeCalibration());
  return seconds ? *seconds : -1;
}

} // namespace

TEST(QuantizationTime, BytesComeFromCacheOrMemory) {
  // 400 bytes at 1 GB/s from L2, 900 at 0.5 GB/s from memory. Rows do not
  // matter.
  EXPECT_DOUBLE_EQ(secondsOf(quantize, 1, 400, 400), 1.4e-6);
  EXPECT_DOUBLE_EQ(secondsOf(quantize, 1, 900, 900), 2.8e-6);
  EXPECT_DOUBLE_EQ(secondsOf(quantize, 900, 1, 900), 2.8e-6);
}

TEST(QuantizationTime, TheSearchWalksAlongRows) {
  // 25 rows in blocks of which 2 run on each of 10 cores: 2 rounds of 2 steps
  // for 2048 elements, 4 us; the bytes take twice 750 x (0.625 / 0.5e9 + 0.375
  // / 1e9) = 1.21875 us.
  EXPECT_NEAR(secondsOf(maximum, 25, 2048, 750),
              0.5e-6 + std::hypot(4e-6, 2.4375e-6), 1e-15);
  // 6 us of bytes and 8 us of rows are 10 us.
  EXPECT_NEAR(secondsOf(maximum, 25, 4096, 1500), 10.5e-6, 1e-15);
}

TEST(QuantizationTime, GrowsWithBytesAndRows) {
  for (StreamingKind kind : {quantize, maximum}) {
    double last = 0;
    for (double rows = 1; rows < 300; rows += 7) {
      double time = secondsOf(kind, rows, 1500, 3 * rows * 1500);
      EXPECT_GE(time, last);
      last = time;
    }
    last = 0;
    for (double columns = 1; columns < 2e5; columns *= 1.3) {
      double time = secondsOf(kind, 10, columns, 3 * 10 * columns);
      EXPECT_GE(time, last);
      last = time;
    }
  }
}

TEST(QuantizationTime, IsUnknownWithoutAFigure) {
  Machine machine = makeMachine();
  machine.caches.clear();
  KnownOr<double> seconds =
      quantizationSeconds({quantize, 1, 1, 1}, machine, makeCalibration());
  ASSERT_FALSE(seconds.isKnown());
  EXPECT_EQ(seconds.unknown().reason, "the capacity of L2 is not known");
  EXPECT_EQ(seconds.unknown().kind, UnknownKind::Unmodelled);
}

TEST(QuantizationTime, RegimesAreTheKinds) {
  EXPECT_EQ(quantizationRegime({quantize, 1, 1, 1}), "quantize");
  EXPECT_EQ(quantizationRegime({maximum, 1, 1, 1}), "absolute_maximum");
}
