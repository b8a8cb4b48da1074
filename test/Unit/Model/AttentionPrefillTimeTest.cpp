//===- AttentionPrefillTimeTest.cpp - Attention over prompts --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/AttentionPrefillTime.h"

#include "AttentionCalibrations.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace roofline;

namespace {

/// Products of a block of 128 keys with a tile of 128 rows of 128 elements:
/// 4 x 128 x 128 x 128 = 8,388,608 operations at 1e12 per second. Its 16,384
/// exponentials take 1 us.
constexpr double block = 8.388608e-6;

/// The whole peak, 10 us of launch, and combining too dear to split keys.
std::map<std::string, double> plainValues() {
  return {{"product_rate", 1}, {"launch", 10e-6}, {"combine", 1}};
}

Calibration makePrefill(std::map<std::string, double> stated = {},
                        llvm::StringRef kernels = "flash3") {
  std::map<std::string, double> values = plainValues();
  for (const auto &[name, value] : stated)
    values[name] = value;
  return makeCalibration(attentionPrefillModel(), kernels, values);
}

AttentionShape makeShape(double queries, double queryHeads, double kvHeads) {
  AttentionShape shape;
  shape.queries = queries;
  shape.context = queries;
  shape.queryHeads = queryHeads;
  shape.kvHeads = kvHeads;
  return shape;
}

double secondsOf(const AttentionShape &shape, const Calibration &calibration,
                 const Machine &machine = makeAttentionMachine()) {
  KnownOr<double> seconds =
      attentionPrefillSeconds(shape, machine, calibration);
  EXPECT_TRUE(seconds.isKnown()) << reasonOf(seconds);
  return seconds ? *seconds : NAN;
}

/// Seconds of reading queries, keys and values and writing results, in bf16 of
/// 128 elements, at 1e12 bytes per second.
double operandSeconds(double queries, double context, double queryHeads,
                      double kvHeads) {
  return 4 * 128 * (queries * queryHeads + context * kvHeads) / 1e12;
}

/// Values as they are fitted to runs on an H200.
Calibration hopperCalibration() {
  return makeCalibration(attentionPrefillModel(), "flash3",
                         {{"product_rate", 0.96},
                          {"exponential_share", 0.957},
                          {"wide_rate", 0.42},
                          {"tile", 1.34e-6},
                          {"tile_rows", 0.32e-6},
                          {"mask_blocks", 0.25},
                          {"combine", 4.5e-6},
                          {"launch", 8.4e-6},
                          {"writer_sglang", 0.59e-6},
                          {"writer_vllm", 2.5e-6},
                          {"throttle", 0.5},
                          {"throttle_onset", 0.694},
                          {"throttle_delay", 6.5e-3}});
}

/// An H200 without the L2.
Machine hopperMachine() {
  Machine machine;
  machine.rates[{Unit::Matrix, ElementType::BF16}] = 989.4e12;
  machine.rates[{Unit::Special, ElementType::F32}] = 4.18e12;
  machine.hbm.bytesPerSecond = 4.8e12;
  machine.matrixCores = 132;
  machine.tdpWatts = 700;
  return machine;
}

} // namespace

TEST(AttentionPrefillTime, TableIsSound) {
  expectSoundTable(attentionPrefillModel());
  EXPECT_EQ(attentionPrefillModel().kernels.size(), 3u);
}

TEST(AttentionPrefillTime, OneBlockOnEachCore) {
  // 10 heads of 128 rows are a tile each, with a block of keys each; memory
  // adds up.
  EXPECT_DOUBLE_EQ(secondsOf(makeShape(128, 10, 10), makePrefill()),
                   10e-6 + block + operandSeconds(128, 128, 10, 10));
}

TEST(AttentionPrefillTime, TilesAreCausal) {
  // On one core, four tiles need 1 + 2 + 3 + 4 blocks.
  EXPECT_DOUBLE_EQ(
      secondsOf(makeShape(512, 1, 1), makePrefill(), makeAttentionMachine(1)),
      10e-6 + 10 * block + operandSeconds(512, 512, 1, 1));
}

TEST(AttentionPrefillTime, WithoutAMaskAllBlocksAreSeen) {
  // On one core, four tiles need 4 blocks each.
  AttentionShape shape = makeShape(512, 1, 1);
  shape.isCausal = false;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(), makeAttentionMachine(1)),
                   10e-6 + 16 * block + operandSeconds(512, 512, 1, 1));
}

TEST(AttentionPrefillTime, WindowLeavesBlocksOut) {
  // Keys from 128 before a tile's first query on: 1 + 2 + 2 + 2 blocks.
  AttentionShape shape = makeShape(512, 1, 1);
  shape.window = 128;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(), makeAttentionMachine(1)),
                   10e-6 + 7 * block + operandSeconds(512, 512, 1, 1));
}

TEST(AttentionPrefillTime, EarlierContextIsSeen) {
  // The last 128 rows of 512: the fourth tile of the four above.
  AttentionShape shape = makeShape(128, 1, 1);
  shape.context = 512;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(), makeAttentionMachine(1)),
                   10e-6 + 4 * block + operandSeconds(128, 512, 1, 1));
}

TEST(AttentionPrefillTime, ManyTilesAreCountedAsOneByOne) {
  // The sum over tiles in closed form against a plain one, on one core.
  for (double queries : {1.0, 127.0, 129.0, 1000.0, 5000.0})
    for (double earlier : {0.0, 1.0, 300.0, 4096.0})
      for (double group : {1.0, 3.0, 8.0})
        for (double window : {0.0, 1.0, 100.0, 128.0, 1000.0}) {
          AttentionShape shape = makeShape(queries, group, 1);
          shape.context = queries + earlier;
          shape.window = window;
          double blocks = 0;
          double rows = queries * group;
          for (double first = 0; first < rows; first += 128) {
            double last = std::min(first + 128, rows) - 1;
            blocks +=
                std::floor((earlier + std::floor(last / group)) / 128) + 1;
            if (window > 0)
              blocks -= std::floor(
                  std::max(0.0, earlier + std::floor(first / group) - window) /
                  128);
          }
          double seen = shape.context;
          if (window > 0)
            seen = std::min(seen, queries + window);
          EXPECT_NEAR(secondsOf(shape, makePrefill(), makeAttentionMachine(1)) /
                          (10e-6 + blocks * block +
                           operandSeconds(queries, seen, group, 1)),
                      1, 1e-12)
              << queries << " " << earlier << " " << group << " " << window;
        }
}

TEST(AttentionPrefillTime, HeadsOfAGroupFillATileTogether) {
  // 4 heads x 32 rows on one head of keys and values are one tile, on four
  // they are four tiles, mostly padding.
  Machine machine = makeAttentionMachine(1);
  EXPECT_DOUBLE_EQ(secondsOf(makeShape(32, 4, 1), makePrefill(), machine),
                   10e-6 + block + operandSeconds(32, 32, 4, 1));
  EXPECT_DOUBLE_EQ(secondsOf(makeShape(32, 4, 4), makePrefill(), machine),
                   10e-6 + 4 * block + operandSeconds(32, 32, 4, 4));
  EXPECT_LT(
      secondsOf(makeShape(1000, 32, 8), hopperCalibration(), hopperMachine()),
      secondsOf(makeShape(1000, 32, 32), hopperCalibration(), hopperMachine()));
}

TEST(AttentionPrefillTime, LastRoundIsWhole) {
  // 11 tiles of one block on 10 cores take two rounds.
  EXPECT_DOUBLE_EQ(secondsOf(makeShape(128, 11, 11), makePrefill()),
                   10e-6 + 2 * block + operandSeconds(128, 128, 11, 11));
}

TEST(AttentionPrefillTime, FewTilesAreSplit) {
  // One tile with 10 blocks on 10 cores: ten parts of a block each, 3 us to
  // combine them, and the result (with the queries, 65,536 bytes) ten times.
  AttentionShape shape = makeShape(128, 1, 1);
  shape.context = 1280;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill({{"combine", 3e-6}})),
                   10e-6 + block + 3e-6 + 0.65536e-6 +
                       operandSeconds(128, 1280, 1, 1));
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill()),
                   10e-6 + 10 * block + operandSeconds(128, 1280, 1, 1));
}

TEST(AttentionPrefillTime, TilesStartAndMask) {
  // 2 us of tile time for 128 rows of 128 elements beside 1 us, and half a
  // block for the mask.
  EXPECT_DOUBLE_EQ(
      secondsOf(makeShape(128, 10, 10), makePrefill({{"tile", 1e-6},
                                                     {"tile_rows", 2e-6},
                                                     {"mask_blocks", 0.5}})),
      10e-6 + 1e-6 + 2e-6 + 1.5 * block + operandSeconds(128, 128, 10, 10));
}

TEST(AttentionPrefillTime, ExponentialsAddUpButOnBlackwell) {
  AttentionShape shape = makeShape(128, 10, 10);
  double operands = operandSeconds(128, 128, 10, 10);
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill({{"exponential_share", 0.5}})),
                   10e-6 + block + 0.5e-6 + operands);
  // Tiles of 256 rows, here half empty: twice the products and exponentials,
  // whichever takes longer.
  EXPECT_DOUBLE_EQ(
      secondsOf(shape, makePrefill({{"exponential_share", 1}}, "flash4")),
      10e-6 + 2 * block + operands);
  EXPECT_DOUBLE_EQ(
      secondsOf(shape, makePrefill({{"exponential_share", 10}}, "flash4")),
      10e-6 + 20e-6 + operands);
  // Blocks of 64 keys: a second one is walked over at half of the price.
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill({}, "flash2")),
                   10e-6 + block + operands);
}

TEST(AttentionPrefillTime, HeadDimensionsArePadded) {
  // 100 elements are multiplied as 128, and read as 100.
  AttentionShape shape = makeShape(128, 10, 10);
  shape.headDim = 100;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill()),
                   10e-6 + block +
                       operandSeconds(128, 128, 10, 10) * 100 / 128);
  // Above 256, tiles are 64 x 64 and blocks are slower: 4 x 64 x 64 x 512 =
  // 8,388,608 operations at a quarter of the rate; 128 rows are two tiles, of 1
  // and 2 blocks, of 5 heads on 10 cores: the longer ones decide.
  shape = makeShape(128, 5, 5);
  shape.headDim = 512;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill({{"wide_rate", 0.25}})),
                   10e-6 + 2 * 4 * block + operandSeconds(128, 128, 5, 5) * 4);
}

TEST(AttentionPrefillTime, ProductsOfEightBits) {
  // Tiles of 128 rows by 224 keys at twice the rate; keys and values of one
  // byte. Its 28,672 exponentials take 1.75 us.
  AttentionShape shape = makeShape(128, 10, 10);
  shape.type = ElementType::F8;
  shape.kvBytes = 1;
  double bytes = 128 * 128 * 10 * (4 + 2);
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill({{"exponential_share", 1}})),
                   10e-6 + 14.680064e-6 / 2 + 1.75e-6 + bytes / 1e12);
}

TEST(AttentionPrefillTime, EightBitsInTensorRt) {
  // Tiles of 128 rows of one head by 256 keys, at twice the rate: 2 heads of
  // 128 rows are two tiles of one block, on one core, instead of 256 rows of
  // one group.
  std::map<std::string, double> values = {{"launch_tensorrt", 20e-6},
                                          {"tile_tensorrt", 2e-6},
                                          {"tile_rows", 1e-6},
                                          {"window_tensorrt", 3}};
  AttentionShape shape = makeShape(128, 2, 1);
  shape.type = ElementType::F8;
  shape.kvBytes = 1;
  shape.libraries.tensorRt = true;
  Machine machine = makeAttentionMachine(1);
  double bytes = 128 * 128 * (4 * 2 + 2);
  double time = 20e-6 + 2 * (3e-6 + block) + bytes / 1e12;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(values), machine), time);
  // A window that cuts costs blocks: one key less is seen.
  shape.window = 127;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(values), machine),
                   time + 2 * 3 * block);
  shape.window = 128;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(values), machine), time);
  // 2 query heads and 2 of keys and values are read in 16 bits and written in
  // 8, in twice the time of the bytes.
  shape.writesCache = true;
  values["writer_tensorrt"] = 2;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(values), machine),
                   time + 2 * 128 * 128 * 4 * 3 / 1e12);
  // The best of both, and of 16 bits only one is known.
  shape.writesCache = false;
  double both = secondsOf(shape, makePrefill(values), machine);
  shape.libraries.sglang = true;
  EXPECT_LE(secondsOf(shape, makePrefill(values), machine), both);
  shape.type = ElementType::BF16;
  shape.libraries = {};
  shape.libraries.tensorRt = true;
  EXPECT_LT(secondsOf(shape, makePrefill(values), machine),
            20e-6 + 2 * (3e-6 + 2 * block));
}

TEST(AttentionPrefillTime, PowerSlowsDown) {
  // 10 heads x 128 x 129 / 2 pairs x 4 x 128 operations = 42,270,720, on
  // average 4.36e12 per second, against an onset of 0.1e12 x 10 W.
  Machine machine = makeAttentionMachine();
  machine.tdpWatts = 10;
  AttentionShape shape = makeShape(128, 10, 10);
  double time = block + operandSeconds(128, 128, 10, 10);
  double excess = 42270720 / time / 1e12 - 1;
  std::map<std::string, double> values = {{"throttle", 0.5},
                                          {"throttle_onset", 0.1}};
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(values), machine),
                   10e-6 + time * (1 + 0.5 * excess));
  // Short kernels feel a part of it.
  values["throttle_delay"] = 3 * time;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(values), machine),
                   10e-6 + time * (1 + 0.5 * excess / 4));
  // With enough power there is none.
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(values)), 10e-6 + time);
}

TEST(AttentionPrefillTime, WriterOfTheCache) {
  // 128 tokens of at most 512 threads on 10 x 2048: 3.2 fills. The bytes, 1.31
  // MB, take 1.31 us.
  AttentionShape shape = makeShape(128, 10, 10);
  Calibration calibration =
      makePrefill({{"writer_sglang", 1e-6}, {"writer_vllm", 2e-6}});
  double without = secondsOf(shape, calibration);
  shape.writesCache = true;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), without + 3.2e-6);
  shape.libraries.vllm = true;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), without + 6.4e-6);
  shape.libraries.sglang = true;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), without + 3.2e-6);
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill()), without + 1.31072e-6);
  // A cache of 8 bits is half of the bytes written, and those read.
  shape.kvBytes = 1;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill()),
                   without + 0.98304e-6 - 0.32768e-6);
}

TEST(AttentionPrefillTime, GrowsWithEveryExtent) {
  struct Extent {
    const char *name;
    std::function<void(AttentionShape &, double)> grow;
  };
  const Extent extents[] = {
      {"batch", [](AttentionShape &s, double i) { s.batch += i; }},
      {"context", [](AttentionShape &s, double i) { s.context += 37 * i; }},
      {"prompt",
       [](AttentionShape &s, double i) {
         s.queries += 37 * i;
         s.context += 37 * i;
       }},
      {"heads",
       [](AttentionShape &s, double i) {
         double group = s.queryHeads / s.kvHeads;
         s.kvHeads += i;
         s.queryHeads = s.kvHeads * group;
       }},
      {"head dimension",
       [](AttentionShape &s, double i) { s.headDim -= 40 - i; }},
  };
  for (const Extent &extent : extents)
    for (llvm::StringRef kernels : attentionPrefillModel().kernels)
      for (double headDim : {128.0, 192.0, 256.0, 512.0})
        for (double group : {1.0, 7.0, 8.0})
          for (double queries : {1.0, 100.0, 3000.0}) {
            Calibration calibration = hopperCalibration();
            calibration.kernels = kernels.str();
            double before = 0;
            for (double i = 0; i < 40; ++i) {
              AttentionShape shape = makeShape(queries, 4 * group, 4);
              shape.headDim = headDim;
              shape.writesCache = true;
              extent.grow(shape, i);
              double seconds = secondsOf(shape, calibration, hopperMachine());
              EXPECT_GE(seconds, before * (1 - 1e-12))
                  << extent.name << " " << kernels.str() << " " << headDim
                  << " " << group << " " << queries << " " << i;
              before = seconds;
            }
          }
}

TEST(AttentionPrefillTime, GrowsWithEightBits) {
  Calibration calibration =
      makeFullCalibration(attentionPrefillModel(), "flash3");
  for (int libraries = 0; libraries < 4; ++libraries)
    for (double window : {0.0, 300.0})
      for (int extent = 0; extent < 3; ++extent) {
        double before = 0;
        for (double i = 0; i < 60; ++i) {
          AttentionShape shape = makeShape(100, 32, 4);
          shape.type = ElementType::F8;
          shape.kvBytes = 1;
          shape.writesCache = true;
          shape.libraries.sglang = libraries & 1;
          shape.libraries.tensorRt = libraries & 2;
          shape.window = window;
          if (extent == 0)
            shape.batch += i;
          if (extent == 1)
            shape.queryHeads += 4 * i;
          if (extent == 2)
            shape.queries += 13 * i;
          shape.context = shape.queries;
          double seconds = secondsOf(shape, calibration);
          EXPECT_GE(seconds, before * (1 - 1e-12))
              << libraries << " " << window << " " << extent << " " << i;
          before = seconds;
        }
      }
}

TEST(AttentionPrefillTime, CarriesToAnH20) {
  // A quarter of the products on 78 cores that are otherwise the same, and
  // power to spare: FlashAttention 3 is published with 120 to 129 TFLOP/s.
  Machine machine;
  machine.rates[{Unit::Matrix, ElementType::BF16}] = 148e12;
  machine.rates[{Unit::Special, ElementType::F32}] = 2.47e12;
  machine.hbm.bytesPerSecond = 4.0e12;
  machine.matrixCores = 78;
  machine.tdpWatts = 400;
  AttentionShape shape = makeShape(8192, 32, 8);
  shape.batch = 4;
  double operations = 2.0 * 4 * 32 * 8192 * 8192 * 128;
  double rate = operations / secondsOf(shape, hopperCalibration(), machine);
  EXPECT_GT(rate, 115e12);
  EXPECT_LT(rate, 130e12);
}

TEST(AttentionPrefillTime, ExtremeExtents) {
  Calibration calibration = hopperCalibration();
  AttentionShape shape = makeShape(1, 1, 1);
  EXPECT_GT(secondsOf(shape, calibration, hopperMachine()), 0);
  for (double window : {0.0, 1.0, 4096.0}) {
    shape = makeShape(0x1p50, 0x1p20, 3);
    shape.window = window;
    double seconds = secondsOf(shape, calibration, hopperMachine());
    EXPECT_TRUE(std::isfinite(seconds)) << window;
    EXPECT_GT(seconds, 1) << window;
  }
}

TEST(AttentionPrefillTime, RegimesAreListed) {
  llvm::ArrayRef<llvm::StringLiteral> regimes = attentionPrefillModel().regimes;
  std::map<std::string, int> seen;
  for (double headDim : {32.0, 128.0, 192.0, 256.0, 512.0})
    for (double queries : {16.0, 1024.0, 8192.0})
      for (double window : {0.0, 128.0, 8192.0}) {
        AttentionShape shape = makeShape(queries, 8, 8);
        shape.headDim = headDim;
        shape.window = window;
        llvm::StringRef regime = attentionPrefillRegime(shape);
        EXPECT_TRUE(llvm::is_contained(regimes, regime)) << regime.str();
        ++seen[regime.str()];
      }
  EXPECT_EQ(seen.size(), regimes.size());
  // A window of the whole context cuts nothing.
  AttentionShape shape = makeShape(8192, 8, 8);
  shape.window = 8192;
  EXPECT_EQ(attentionPrefillRegime(shape), "queries_gt_4096");
  shape.window = 8191;
  EXPECT_EQ(attentionPrefillRegime(shape), "windowed");
}

TEST(AttentionPrefillTime, MissingFigures) {
  AttentionShape shape = makeShape(128, 8, 8);
  auto reason = [&](const std::function<void(Machine &)> &change,
                    const Calibration &calibration) {
    Machine machine = makeAttentionMachine();
    change(machine);
    return reasonOf(attentionPrefillSeconds(shape, machine, calibration));
  };
  Calibration plain = makePrefill();
  EXPECT_EQ(reason([](Machine &m) { m.matrixCores.reset(); }, plain),
            "the number of matrix cores is not known");
  EXPECT_EQ(reason([](Machine &m) { m.hbm.bytesPerSecond.reset(); }, plain),
            "the bandwidth of off-chip memory is not known");
  EXPECT_EQ(
      reason(
          [](Machine &m) { m.rates.erase({Unit::Matrix, ElementType::BF16}); },
          plain),
      "no rate and no substitute for matrix_bf16");
  EXPECT_EQ(
      reason(
          [](Machine &m) { m.rates.erase({Unit::Special, ElementType::F32}); },
          plain),
      "no rate and no substitute for special_f32");
  auto dropPower = [](Machine &m) { m.tdpWatts.reset(); };
  EXPECT_EQ(reason(dropPower, plain), "known");
  EXPECT_EQ(reason(dropPower, makePrefill({{"throttle", 0.5}})),
            "the rated power is not known");
  EXPECT_EQ(reason([](Machine &) {}, makePrefill({}, "flash9")),
            "no attention kernels 'flash9'");
}
