//===- StreamingTimeTest.cpp - Times of streaming kernels -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/StreamingTime.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// Ten cores, 1 GB/s, L2 of 1000 bytes.
Machine makeMachine() {
  Machine machine;
  machine.vectorCores = 10;
  machine.hbm.bytesPerSecond = 1e9;
  machine.caches = {{"l2", 1000.0, std::nullopt}};
  return machine;
}

/// Launches of 1 us; L2 has 2 GB/s and is good for half its capacity; a step
/// along a row takes 1 us and a layer_norm's rows 4 us at least.
Calibration makeCalibration(double cacheBandwidth = 2e9) {
  Calibration calibration;
  calibration.model = &streamingModel();
  for (const ModelParameter &parameter : streamingModel().parameters)
    calibration.values.push_back(llvm::StringSwitch<double>(parameter.name)
                                     .Case("launch", 1e-6)
                                     .Case("cache_bandwidth", cacheBandwidth)
                                     .Case("cache_share", 0.5)
                                     .Case("activation", 1.5)
                                     .Case("gather", 5)
                                     .Case("row_step", 1e-6)
                                     .Case("layer_norm_rows", 4e-6)
                                     .Default(1));
  return calibration;
}

double secondsOf(StreamingKind kind, double rows, double columns, double bytes,
                 double cacheBandwidth = 2e9) {
  KnownOr<double> seconds =
      streamingSeconds({kind, rows, columns, bytes}, makeMachine(),
                       makeCalibration(cacheBandwidth));
  return seconds ? *seconds : -1;
}

std::string reason(const Machine &machine) {
  KnownOr<double> seconds = streamingSeconds(
      {StreamingKind::Elementwise, 1, 1, 1}, machine, makeCalibration());
  return seconds ? "known" : seconds.unknown().reason;
}

constexpr StreamingKind allKinds[] = {
    StreamingKind::Elementwise,     StreamingKind::Activation,
    StreamingKind::GatedActivation, StreamingKind::Rope,
    StreamingKind::RmsNorm,         StreamingKind::LayerNorm,
    StreamingKind::Softmax,         StreamingKind::Gather,
    StreamingKind::Transpose};

} // namespace

TEST(StreamingTime, BytesComeFromCacheOrMemory) {
  // 400 bytes fit into half of L2: 1 us + 400 / 2e9.
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::Elementwise, 1, 100, 400), 1.2e-6);
  // 900 bytes are 1.8 times its share of 500: all from memory.
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::Elementwise, 1, 100, 900), 1.9e-6);
  // 700 are half way: 700 x (0.5 / 1e9 + 0.5 / 2e9) = 525 ns.
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::Elementwise, 1, 100, 700),
                   1.525e-6);
}

TEST(StreamingTime, KindsTakeTheirOwnTimeForBytes) {
  // 2000 bytes take 2 us at the peak.
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::Elementwise, 1, 1, 2000), 3e-6);
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::Transpose, 1, 1, 2000), 3e-6);
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::Activation, 1, 1, 2000), 4e-6);
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::Gather, 1, 1, 2000), 11e-6);
}

// Of 5000 bytes 2000 are gathered, 10 us; the others take 3 us.
TEST(StreamingTime, WhatIsStreamedBesideAGather) {
  StreamingShape shape{StreamingKind::Gather, 1, 1, 5000, 3000};
  EXPECT_DOUBLE_EQ(*streamingSeconds(shape, makeMachine(), makeCalibration()),
                   14e-6);
}

TEST(StreamingTime, BlocksWalkAlongRows) {
  // 25 rows in blocks of which 2 run on each of 10 cores: 2 rounds of 2 steps
  // for 2048 elements, 4 us; with 3 us of bytes, sqrt(16 + 9) = 5 us.
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::RmsNorm, 25, 2048, 3000), 6e-6);
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::GatedActivation, 25, 2048, 3000),
                   6e-6);
  // Rotations have 4 smaller blocks on a core: 1 round, 2 us; with 1.5 us of
  // bytes, 2.5 us.
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::Rope, 25, 2048, 1500), 3.5e-6);
  // Two rows of 512 share a block: 50 blocks, 3 rounds of 1 step; with 4 us of
  // bytes, 5 us.
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::RmsNorm, 100, 512, 4000), 6e-6);
  // Five rows of 131,072 are ten of 65,536: 1 round of 64 steps; with 48 us of
  // bytes, 80 us.
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::RmsNorm, 5, 131072, 48000), 81e-6);
}

TEST(StreamingTime, LayerNormAndSoftmaxHaveALeastTimeOfRows) {
  // sqrt(4^2 + 3^2) = 5 us.
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::LayerNorm, 1, 64, 3000), 6e-6);
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::Softmax, 1, 64, 3000), 6e-6);
}

TEST(StreamingTime, GrowsWithBytesRowsAndColumns) {
  for (StreamingKind kind : allKinds) {
    double last = 0;
    for (double bytes = 0; bytes < 3000; bytes += 37) {
      double time = secondsOf(kind, 4, 64, bytes);
      EXPECT_GE(time, last);
      last = time;
    }
    last = 0;
    for (double rows = 1; rows < 300; rows += 7) {
      double time = secondsOf(kind, rows, 1500, 100);
      EXPECT_GE(time, last);
      last = time;
    }
    last = 0;
    for (double columns = 1; columns < 2e5; columns *= 1.3) {
      double time = secondsOf(kind, 30, columns, 100);
      EXPECT_GE(time, last);
      last = time;
    }
  }
}

TEST(StreamingTime, ACacheIsNeverSlowerThanMemory) {
  // With 0.1 GB/s for L2, that of memory holds: 400 / 1e9.
  EXPECT_DOUBLE_EQ(secondsOf(StreamingKind::Elementwise, 1, 1, 400, 1e8),
                   1.4e-6);
}

TEST(StreamingTime, IsUnknownWithoutAFigure) {
  Machine machine = makeMachine();
  machine.vectorCores.reset();
  EXPECT_EQ(reason(machine), "the number of cores is not known");
  // Cores with both kinds of units stand in.
  machine.matrixCores = 10;
  EXPECT_EQ(reason(machine), "known");
  machine.hbm.bytesPerSecond.reset();
  EXPECT_EQ(reason(machine), "the bandwidth of off-chip memory is not known");
  machine = makeMachine();
  machine.caches.front().capacityBytes.reset();
  EXPECT_EQ(reason(machine), "the capacity of L2 is not known");
  machine.caches.clear();
  EXPECT_EQ(reason(machine), "the capacity of L2 is not known");
}

TEST(StreamingTime, RegimesAreThoseOfTheModel) {
  for (StreamingKind kind : allKinds)
    EXPECT_TRUE(llvm::is_contained(streamingModel().regimes,
                                   streamingRegime({kind, 1, 1, 1})));
  EXPECT_EQ(streamingRegime({StreamingKind::Softmax, 1, 1, 1}), "norm");
  EXPECT_EQ(streamingRegime({StreamingKind::Rope, 1, 1, 1}), "rope");
}
