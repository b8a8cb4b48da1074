//===- LatentAttentionTimeTest.cpp - Times of latent attention ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/LatentAttentionTime.h"

#include "AttentionCalibrations.h"

#include <cmath>
#include <functional>

using namespace roofline;

namespace {

/// Products of 64 heads with 64 rows of 512 + 64 and of 512 elements: 2 x 64 x
/// 64 x 1088 operations at 1e12 per second.
constexpr double block = 8.912896e-6;

Calibration makeLatent(const std::map<std::string, double> &stated = {}) {
  std::map<std::string, double> values = {
      {"product_rate", 1}, {"bandwidth", 1}, {"launch", 10e-6}};
  for (const auto &[name, value] : stated)
    values[name] = value;
  return makeCalibration(latentAttentionModel(), "", values);
}

LatentAttentionShape makeShape(double batch, double context, double heads) {
  LatentAttentionShape shape;
  shape.batch = batch;
  shape.context = context;
  shape.heads = heads;
  return shape;
}

double secondsOf(const LatentAttentionShape &shape,
                 const Calibration &calibration,
                 const Machine &machine = makeAttentionMachine()) {
  KnownOr<double> seconds = latentAttentionSeconds(shape, machine, calibration);
  EXPECT_TRUE(seconds.isKnown()) << reasonOf(seconds);
  return seconds ? *seconds : NAN;
}

} // namespace

TEST(LatentAttentionTime, TableIsSound) {
  expectSoundTable(latentAttentionModel());
  EXPECT_TRUE(latentAttentionModel().kernels.empty());
}

TEST(LatentAttentionTime, HeadsFillTilesOf64) {
  // 10 sequences on 10 cores, a block of 64 rows each.
  EXPECT_DOUBLE_EQ(secondsOf(makeShape(10, 64, 64), makeLatent()),
                   10e-6 + block);
  EXPECT_DOUBLE_EQ(secondsOf(makeShape(10, 64, 16), makeLatent()),
                   10e-6 + block);
  EXPECT_DOUBLE_EQ(secondsOf(makeShape(10, 64, 128), makeLatent()),
                   10e-6 + 2 * block);
}

TEST(LatentAttentionTime, TilesAndBlocksTakeTime) {
  // A quarter of a tile's rows.
  EXPECT_DOUBLE_EQ(
      secondsOf(
          makeShape(10, 64, 16),
          makeLatent({{"tile", 1e-6}, {"tile_rows", 2e-6}, {"block", 3e-6}})),
      10e-6 + 1e-6 + 0.5e-6 + 3e-6 + block);
}

TEST(LatentAttentionTime, RowsAreSplitOverCores) {
  // 10 blocks of one sequence on 10 cores.
  EXPECT_DOUBLE_EQ(
      secondsOf(makeShape(1, 640, 64),
                makeLatent({{"combine", 3e-6}, {"combine_parts", 0.1e-6}})),
      10e-6 + block + 3e-6 + 10 * 0.1e-6);
}

TEST(LatentAttentionTime, MemoryBound) {
  // 10 x 6400 x 576 x 2 = 73,728,000 bytes of the cache and 2 x 10 x 64 x 1088
  // = 1,392,640 of queries and results at half of 1e12 per second; products
  // are 100 times as fast.
  Machine machine = makeAttentionMachine();
  machine.rates[{Unit::Matrix, ElementType::BF16}] *= 100;
  LatentAttentionShape shape = makeShape(10, 6400, 64);
  double moved = 75120640 / 0.5e12;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makeLatent({{"bandwidth", 0.5}}), machine),
                   10e-6 + moved);
  // A long stream starts slowly, and each sequence adds up.
  EXPECT_DOUBLE_EQ(
      secondsOf(
          shape,
          makeLatent({{"bandwidth", 0.5}, {"ramp", 10e-6}, {"sequence", 1e-7}}),
          machine),
      10e-6 + moved + 10e-6 * 73728000 / 123728000 + 1e-6);
  // 8 bits are half of the cache, and converted.
  shape.kvBytes = 1;
  EXPECT_DOUBLE_EQ(secondsOf(shape,
                             makeLatent({{"bandwidth", 0.5}, {"convert", 1.1}}),
                             machine),
                   1.1 * (10e-6 + 38256640 / 0.5e12));
}

TEST(LatentAttentionTime, GrowsWithEveryExtent) {
  const std::function<void(LatentAttentionShape &, double)> extents[] = {
      [](LatentAttentionShape &s, double i) { s.batch += i; },
      [](LatentAttentionShape &s, double i) { s.context += 37 * i; },
      [](LatentAttentionShape &s, double i) { s.heads += i; },
      [](LatentAttentionShape &s, double i) { s.latent += i; },
      [](LatentAttentionShape &s, double i) { s.rope += i; },
  };
  Calibration calibration = makeFullCalibration(latentAttentionModel(), "");
  for (const auto &grow : extents)
    for (double batch : {1.0, 7.0, 64.0})
      for (double context : {1.0, 700.0, 10000.0})
        for (double heads : {1.0, 32.0, 128.0}) {
          double before = 0;
          for (double i = 0; i < 64; ++i) {
            LatentAttentionShape shape = makeShape(batch, context, heads);
            grow(shape, i);
            double seconds = secondsOf(shape, calibration);
            EXPECT_GE(seconds, before * (1 - 1e-12))
                << batch << " " << context << " " << heads << " " << i;
            before = seconds;
          }
        }
}

TEST(LatentAttentionTime, RegimesAreListed) {
  llvm::ArrayRef<llvm::StringLiteral> regimes = latentAttentionModel().regimes;
  std::map<std::string, int> seen;
  for (double context : {1.0, 1024.0, 1025.0, 8193.0})
    for (double kvBytes : {1.0, 2.0}) {
      LatentAttentionShape shape = makeShape(1, context, 128);
      shape.kvBytes = kvBytes;
      llvm::StringRef regime = latentAttentionRegime(shape);
      EXPECT_TRUE(llvm::is_contained(regimes, regime)) << regime.str();
      ++seen[regime.str()];
    }
  EXPECT_EQ(seen.size(), regimes.size());
}

TEST(LatentAttentionTime, MissingFigures) {
  Machine machine = makeAttentionMachine();
  machine.matrixCores.reset();
  LatentAttentionShape shape = makeShape(1, 64, 64);
  EXPECT_EQ(reasonOf(latentAttentionSeconds(shape, machine, makeLatent())),
            "the number of matrix cores is not known");
  machine = makeAttentionMachine();
  machine.hbm.bytesPerSecond.reset();
  EXPECT_EQ(reasonOf(latentAttentionSeconds(shape, machine, makeLatent())),
            "the bandwidth of off-chip memory is not known");
  machine = makeAttentionMachine();
  machine.rates.clear();
  EXPECT_EQ(reasonOf(latentAttentionSeconds(shape, machine, makeLatent())),
            "no rate and no substitute for matrix_bf16");
}
