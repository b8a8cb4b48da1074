//===- CubeAttentionTimeTest.cpp - Attention on split cores ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/CubeAttentionTime.h"

#include "AttentionCalibrations.h"

#include <cmath>
#include <functional>

using namespace roofline;

namespace {

/// Products of a block of 128 keys with a tile of 128 rows of 128 elements, at
/// 1e12 operations per second. Its exponentials take 1 us.
constexpr double block = 8.388608e-6;

/// 128 keys and values of 128 elements, 65,536 bytes at 300e9 per second.
constexpr double load = 65536 / 300e9;

Calibration makePrefill(const std::map<std::string, double> &stated = {}) {
  std::map<std::string, double> values = {
      {"vector_share", 2}, {"bandwidth", 1}, {"launch", 50e-6}};
  for (const auto &[name, value] : stated)
    values[name] = value;
  return makeCalibration(cubeAttentionPrefillModel(), "", values);
}

Calibration makeDecode(const std::map<std::string, double> &stated = {}) {
  std::map<std::string, double> values = {{"l2_bandwidth", 4e12},
                                          {"bandwidth", 0.5},
                                          {"group_bandwidth", 0.25},
                                          {"launch", 50e-6}};
  for (const auto &[name, value] : stated)
    values[name] = value;
  return makeCalibration(cubeAttentionDecodeModel(), "", values);
}

AttentionShape makeShape(double queries, double context, double queryHeads,
                         double kvHeads) {
  AttentionShape shape;
  shape.queries = queries;
  shape.context = context;
  shape.queryHeads = queryHeads;
  shape.kvHeads = kvHeads;
  return shape;
}

double prefillOf(const AttentionShape &shape, const Calibration &calibration,
                 const Machine &machine = makeAttentionMachine()) {
  KnownOr<double> seconds =
      cubeAttentionPrefillSeconds(shape, machine, calibration);
  EXPECT_TRUE(seconds.isKnown()) << reasonOf(seconds);
  return seconds ? *seconds : NAN;
}

double decodeOf(const AttentionShape &shape, const Calibration &calibration,
                const Machine &machine = makeAttentionMachine()) {
  KnownOr<double> seconds =
      cubeAttentionDecodeSeconds(shape, machine, calibration);
  EXPECT_TRUE(seconds.isKnown()) << reasonOf(seconds);
  return seconds ? *seconds : NAN;
}

struct Extent {
  const char *name;
  std::function<void(AttentionShape &, double)> grow;
};

const Extent extents[] = {
    {"batch", [](AttentionShape &s, double i) { s.batch += i; }},
    {"context", [](AttentionShape &s, double i) { s.context += 37 * i; }},
    {"query heads",
     [](AttentionShape &s, double i) { s.queryHeads += i * s.kvHeads; }},
    {"heads",
     [](AttentionShape &s, double i) {
       double group = s.queryHeads / s.kvHeads;
       s.kvHeads += i;
       s.queryHeads = s.kvHeads * group;
     }},
    {"head dimension", [](AttentionShape &s, double i) { s.headDim += i; }},
};

} // namespace

TEST(CubeAttentionTime, TablesAreSound) {
  expectSoundTable(cubeAttentionPrefillModel());
  expectSoundTable(cubeAttentionDecodeModel());
  EXPECT_TRUE(cubeAttentionPrefillModel().kernels.empty());
  EXPECT_TRUE(cubeAttentionDecodeModel().kernels.empty());
}

TEST(CubeAttentionPrefill, VectorWorkAddsUp) {
  // A tile with one block of keys on each of 10 cores: its products, and twice
  // the time of its exponentials.
  AttentionShape shape = makeShape(128, 128, 10, 10);
  EXPECT_DOUBLE_EQ(prefillOf(shape, makePrefill()), 50e-6 + block + 2e-6);
  EXPECT_DOUBLE_EQ(prefillOf(shape, makePrefill({{"tile", 3e-6}})),
                   50e-6 + 3e-6 + block + 2e-6);
  // Half of the head dimension is half of the products, and as much softmax.
  shape.headDim = 64;
  EXPECT_DOUBLE_EQ(prefillOf(shape, makePrefill()), 50e-6 + block / 2 + 2e-6);
}

TEST(CubeAttentionPrefill, EachQueryHeadHasItsTiles) {
  // 32 rows of 10 query heads are 10 tiles however keys are shared.
  EXPECT_DOUBLE_EQ(prefillOf(makeShape(32, 32, 10, 1), makePrefill()),
                   prefillOf(makeShape(32, 32, 10, 10), makePrefill()));
}

TEST(CubeAttentionPrefill, PipelineFills) {
  // Two tiles per core, of 1 and 2 blocks: each as if it had 1.5.
  double fill = 4e-6 * (1 - std::exp(-0.25));
  EXPECT_DOUBLE_EQ(
      prefillOf(makeShape(256, 256, 10, 10), makePrefill({{"fill", 4e-6}})),
      50e-6 + 2 * (1.5 * (block + 2e-6) + fill));
}

TEST(CubeAttentionPrefill, LastRoundIsWhole) {
  EXPECT_DOUBLE_EQ(prefillOf(makeShape(128, 128, 11, 11), makePrefill()),
                   50e-6 + 2 * (block + 2e-6));
}

TEST(CubeAttentionPrefill, EarlierContextIsSeen) {
  // 128 rows after 384 others need four blocks.
  EXPECT_DOUBLE_EQ(prefillOf(makeShape(128, 512, 10, 10), makePrefill()),
                   50e-6 + 4 * (block + 2e-6));
}

TEST(CubeAttentionPrefill, MemoryBound) {
  // 4 x 128 x 128 x 10 x 2 = 1,310,720 bytes at 1 % of 1e12 per second.
  EXPECT_DOUBLE_EQ(prefillOf(makeShape(128, 128, 10, 10),
                             makePrefill({{"bandwidth", 0.01}})),
                   50e-6 + 131.072e-6);
}

TEST(CubeAttentionPrefill, GrowsWithEveryExtent) {
  Calibration calibration =
      makeFullCalibration(cubeAttentionPrefillModel(), "");
  for (const Extent &extent : extents)
    for (double queries : {1.0, 128.0, 3000.0})
      for (double group : {1.0, 8.0}) {
        double before = 0;
        for (double i = 0; i < 64; ++i) {
          AttentionShape shape = makeShape(queries, queries, 2 * group, 2);
          extent.grow(shape, i);
          double seconds = prefillOf(shape, calibration);
          EXPECT_GE(seconds, before * (1 - 1e-12))
              << extent.name << " " << queries << " " << group << " " << i;
          before = seconds;
        }
      }
}

TEST(CubeAttentionDecode, TaskOfEachHead) {
  // 10 tasks on 10 cores.
  EXPECT_DOUBLE_EQ(
      decodeOf(makeShape(1, 128, 10, 10), makeDecode({{"task", 2e-6}})),
      50e-6 + 2e-6 + load);
  EXPECT_DOUBLE_EQ(
      decodeOf(makeShape(1, 128, 11, 11), makeDecode({{"task", 2e-6}})),
      50e-6 + 2 * (2e-6 + load));
}

TEST(CubeAttentionDecode, IdleCoresTakeParts) {
  // 10 blocks of one task on 10 cores; with two tasks, five parts each would
  // be best, and the next smaller split into four has three blocks.
  Calibration calibration = makeDecode({{"task", 2e-6}, {"combine", 0.1e-6}});
  EXPECT_DOUBLE_EQ(decodeOf(makeShape(1, 1280, 1, 1), calibration),
                   50e-6 + 2e-6 + load + 0.1e-6);
  EXPECT_DOUBLE_EQ(decodeOf(makeShape(1, 1280, 2, 2), calibration),
                   50e-6 + 2e-6 + 3 * load + 0.1e-6);
}

TEST(CubeAttentionDecode, CliffAtTheL2) {
  // An L2 of 1e7 bytes: 1900 rows of 10 heads are 9,728,000 bytes, 2000 are
  // 10,240,000. Sequences add 1 us each.
  Calibration calibration = makeDecode({{"sequence", 1e-6}});
  Machine machine = makeAttentionMachine(1000);
  EXPECT_DOUBLE_EQ(decodeOf(makeShape(1, 1900, 10, 10), calibration, machine),
                   51e-6 + 9728000 / 4e12);
  EXPECT_DOUBLE_EQ(decodeOf(makeShape(1, 2000, 10, 10), calibration, machine),
                   51e-6 + 10240000 / 0.5e12);
  // Groups, and rows of several heads interleaved.
  EXPECT_DOUBLE_EQ(decodeOf(makeShape(1, 2000, 80, 10), calibration, machine),
                   51e-6 + 10240000 / 0.25e12);
  EXPECT_DOUBLE_EQ(decodeOf(makeShape(1, 20000, 8, 1), calibration, machine),
                   51e-6 + 10240000 / 0.5e12);
}

TEST(CubeAttentionDecode, GrowsWithEveryExtent) {
  Calibration calibration = makeFullCalibration(cubeAttentionDecodeModel(), "");
  for (const Extent &extent : extents)
    for (double context : {1.0, 700.0, 10000.0})
      for (double batch : {1.0, 5.0, 64.0}) {
        double before = 0;
        for (double i = 0; i < 64; ++i) {
          AttentionShape shape = makeShape(1, context, 2, 2);
          shape.batch = batch;
          extent.grow(shape, i);
          double seconds = decodeOf(shape, calibration);
          EXPECT_GE(seconds, before * (1 - 1e-12))
              << extent.name << " " << context << " " << batch << " " << i;
          before = seconds;
        }
      }
}

TEST(CubeAttentionTime, RegimesAreListed) {
  std::map<std::string, int> seen;
  for (double rows : {512.0, 2048.0, 4096.0, 65536.0, 1048576.0}) {
    llvm::StringRef prefill =
        cubeAttentionPrefillRegime(makeShape(rows, rows, 8, 8));
    llvm::StringRef decode =
        cubeAttentionDecodeRegime(makeShape(1, rows, 8, 8));
    EXPECT_TRUE(
        llvm::is_contained(cubeAttentionPrefillModel().regimes, prefill));
    EXPECT_TRUE(llvm::is_contained(cubeAttentionDecodeModel().regimes, decode));
    ++seen[prefill.str()];
    ++seen[decode.str()];
  }
  EXPECT_EQ(seen.size(), cubeAttentionPrefillModel().regimes.size() +
                             cubeAttentionDecodeModel().regimes.size());
}

TEST(CubeAttentionTime, MissingFigures) {
  AttentionShape shape = makeShape(128, 128, 8, 8);
  Machine machine = makeAttentionMachine();
  machine.matrixCores.reset();
  EXPECT_EQ(
      reasonOf(cubeAttentionPrefillSeconds(shape, machine, makePrefill())),
      "the number of matrix cores is not known");
  EXPECT_EQ(reasonOf(cubeAttentionDecodeSeconds(shape, machine, makeDecode())),
            "the number of matrix cores is not known");
  machine = makeAttentionMachine();
  machine.rates.erase({Unit::Special, ElementType::F32});
  EXPECT_EQ(
      reasonOf(cubeAttentionPrefillSeconds(shape, machine, makePrefill())),
      "no rate and no substitute for special_f32");
  machine = makeAttentionMachine();
  machine.caches.front().capacityBytes.reset();
  EXPECT_EQ(
      reasonOf(cubeAttentionPrefillSeconds(shape, machine, makePrefill())),
      "known");
  EXPECT_EQ(reasonOf(cubeAttentionDecodeSeconds(shape, machine, makeDecode())),
            "the capacity of the L2 cache is not known");
}
