//===- AttentionDecodeTimeTest.cpp - Attention of new tokens --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/AttentionDecodeTime.h"

#include "AttentionCalibrations.h"

#include <cmath>
#include <functional>

using namespace roofline;

namespace {

/// A block of 128 keys with a tile of 64 rows of 128 elements: 4 x 64 x 128 x
/// 128 operations at 1.03 times 1e12 per second, and 64 x 128 exponentials at
/// 16.384e9. Loading it, 65,536 bytes at 90e9, takes 0.73 us meanwhile.
constexpr double block = 4.194304e-6 / 1.03 + 0.5e-6;
constexpr double load = 65536 / 90e9;

Calibration makeDecode(const std::map<std::string, double> &stated = {}) {
  std::map<std::string, double> values = {{"bandwidth", 1},
                                          {"l2_bandwidth", 1e12},
                                          {"launch_sglang", 10e-6},
                                          {"launch_vllm", 20e-6},
                                          {"launch_tensorrt", 30e-6}};
  for (const auto &[name, value] : stated)
    values[name] = value;
  return makeCalibration(attentionDecodeModel(), "flash3", values);
}

/// Of the libraries present only SGLang.
AttentionShape makeShape(double context, double queryHeads, double kvHeads) {
  AttentionShape shape;
  shape.context = context;
  shape.queryHeads = queryHeads;
  shape.kvHeads = kvHeads;
  shape.libraries.sglang = true;
  return shape;
}

double secondsOf(const AttentionShape &shape, const Calibration &calibration,
                 const Machine &machine = makeAttentionMachine()) {
  KnownOr<double> seconds = attentionDecodeSeconds(shape, machine, calibration);
  EXPECT_TRUE(seconds.isKnown()) << reasonOf(seconds);
  return seconds ? *seconds : NAN;
}

/// Ten cores whose products and exponentials take no time worth mention.
Machine makeFastMachine() {
  Machine machine = makeAttentionMachine();
  for (auto &[where, rate] : machine.rates)
    rate *= 1e6;
  return machine;
}

} // namespace

TEST(AttentionDecodeTime, TableIsSound) {
  expectSoundTable(attentionDecodeModel());
  EXPECT_EQ(attentionDecodeModel().kernels.size(), 3u);
}

TEST(AttentionDecodeTime, PaddedTilesMultiply) {
  // One query head for each of 10 heads of keys and values multiplies as 64 do.
  double expected = 10e-6 + block;
  EXPECT_DOUBLE_EQ(secondsOf(makeShape(128, 10, 10), makeDecode()), expected);
  EXPECT_DOUBLE_EQ(secondsOf(makeShape(128, 640, 10), makeDecode()), expected);
  // One more is a second tile.
  EXPECT_DOUBLE_EQ(secondsOf(makeShape(128, 650, 10), makeDecode()),
                   10e-6 + 2 * block);
}

TEST(AttentionDecodeTime, GroupsShareTiles) {
  EXPECT_LT(secondsOf(makeShape(4096, 32, 8), makeDecode()),
            secondsOf(makeShape(4096, 32, 32), makeDecode()));
}

TEST(AttentionDecodeTime, KeysAreSplitOverCores) {
  // 10 blocks of one head on 10 cores: ten parts.
  EXPECT_DOUBLE_EQ(
      secondsOf(makeShape(1280, 1, 1),
                makeDecode({{"combine", 3e-6}, {"combine_parts", 0.1e-6}})),
      10e-6 + block + 3e-6 + 10 * 0.1e-6);
  // Combining for 1 s does not pay.
  EXPECT_DOUBLE_EQ(
      secondsOf(makeShape(1280, 1, 1), makeDecode({{"combine", 1}})),
      10e-6 + 10 * block);
}

TEST(AttentionDecodeTime, CoresAndMemoryLoad) {
  // 100 blocks on each core, which pulls them at 90e9 bytes per second.
  AttentionShape shape = makeShape(12800, 10, 10);
  EXPECT_DOUBLE_EQ(secondsOf(shape, makeDecode(), makeFastMachine()),
                   10e-6 + 100 * load);
  // 65,536,000 bytes of keys and values and 5,120 of queries and results, at
  // half of 1e12 per second.
  EXPECT_DOUBLE_EQ(
      secondsOf(shape, makeDecode({{"bandwidth", 0.5}}), makeFastMachine()),
      10e-6 + 65541120 / 0.5e12);
}

TEST(AttentionDecodeTime, WindowBoundsTheContext) {
  // From the block of key 12799 - 256 = 12543, the 98th, to the 100th.
  AttentionShape shape = makeShape(12800, 10, 10);
  shape.window = 256;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makeDecode()), 10e-6 + 3 * block);
}

TEST(AttentionDecodeTime, TilesStart) {
  EXPECT_DOUBLE_EQ(
      secondsOf(makeShape(128, 10, 10),
                makeDecode({{"tile", 1e-6}, {"tile_elements", 2e-6}})),
      10e-6 + 1e-6 + 2e-6 + block);
}

TEST(AttentionDecodeTime, ManyRoundsDriftApart) {
  // 50 tiles on 10 cores are 5 rounds, 51 are 6, 60 are 6.5 and 61 6.6.
  auto rounds = [&](double heads) {
    return (secondsOf(makeShape(128, heads, heads), makeDecode()) - 10e-6) /
           block;
  };
  EXPECT_NEAR(rounds(50), 5, 1e-9);
  EXPECT_NEAR(rounds(51), 6, 1e-9);
  EXPECT_NEAR(rounds(60), 6.5, 1e-9);
  EXPECT_NEAR(rounds(61), 6.6, 1e-9);
}

TEST(AttentionDecodeTime, SequencesAndLongStreamsTakeLonger) {
  // 10 sequences of one head; 655,360 bytes of keys and values.
  AttentionShape shape = makeShape(128, 1, 1);
  shape.batch = 10;
  EXPECT_DOUBLE_EQ(
      secondsOf(shape, makeDecode({{"sequence", 1e-7}, {"ramp", 10e-6}})),
      10e-6 + block + 1e-6 + 10e-6 * 655360 / (655360 + 50e6));
}

TEST(AttentionDecodeTime, FastestOfTheLibraries) {
  // One query head in 2 + 1 us without tiles, at 10 heads on 10 cores.
  Calibration calibration = makeDecode({{"vector_head", 2e-6},
                                        {"vector_elements", 1e-6},
                                        {"window_vllm", 5e-6},
                                        {"tiles_tensorrt", 1.5}});
  AttentionShape shape = makeShape(128, 10, 10);
  shape.libraries = {};
  shape.libraries.vllm = true;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), 20e-6 + block);
  shape.libraries.sglang = true;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), 10e-6 + block);
  shape.libraries = {};
  shape.libraries.tensorRt = true;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), 30e-6 + 3e-6);
  // Groups have tiles, in which TensorRT-LLM is slower.
  shape.queryHeads = 80;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), 30e-6 + 1.5 * block);
  // Wide groups do not: 640 query heads read 65,536 bytes each from L2, at 1e12
  // bytes per second; 64 rounds of 0.1 us are over before.
  shape.queryHeads = 640;
  Calibration light = makeDecode({{"vector_head", 0.1e-6}});
  EXPECT_DOUBLE_EQ(secondsOf(shape, light), 30e-6 + 640 * 65536 / 1e12);
  // A window that cuts costs vLLM more.
  shape = makeShape(1280, 10, 10);
  shape.libraries = {};
  shape.libraries.vllm = true;
  shape.window = 128;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), 20e-6 + 5e-6 + 2 * block);
}

TEST(AttentionDecodeTime, BestWhereNoLibraryIsSaid) {
  AttentionShape shape = makeShape(128, 10, 10);
  shape.libraries = {};
  EXPECT_DOUBLE_EQ(secondsOf(shape, makeDecode()), 10e-6 + block);
  EXPECT_DOUBLE_EQ(secondsOf(shape, makeDecode({{"launch_tensorrt", 11e-6},
                                                {"vector_head", 1e-6}})),
                   11e-6 + 1e-6);
}

TEST(AttentionDecodeTime, CacheOfEightBits) {
  // Half of the bytes to pull. Ampere's cores pull 54e9 per second, and have no
  // products of 8 bits.
  AttentionShape shape = makeShape(12800, 20, 10);
  shape.kvBytes = 1;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makeDecode(), makeFastMachine()),
                   10e-6 + 50 * load);
  Calibration ampere = makeDecode();
  ampere.kernels = "flash2";
  Machine old = makeFastMachine();
  old.rates.erase({Unit::Matrix, ElementType::F8});
  EXPECT_DOUBLE_EQ(secondsOf(shape, ampere, old),
                   10e-6 + 100 * 128 * 256 / 54e9);
  EXPECT_EQ(attentionDecodeRegime(shape), "kv_8bit");
  // A block of 64 rows has its products at twice the rate, and its values are
  // transposed.
  shape = makeShape(128, 10, 10);
  shape.kvBytes = 1;
  double products = 4.194304e-6 / 2.06 + 0.5e-6;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makeDecode({{"transpose", 2e-6}})),
                   10e-6 + products + 2e-6);
  // Half of the elements, half of that; with 16 bits there is none.
  shape.headDim = 64;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makeDecode({{"transpose", 2e-6}})),
                   10e-6 + (products - 0.5e-6) / 2 + 0.5e-6 + 1e-6);
  shape.kvBytes = 2;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makeDecode({{"transpose", 2e-6}})),
                   10e-6 + (block - 0.5e-6) / 2 + 0.5e-6);
}

TEST(AttentionDecodeTime, NarrowTilesOfEightBits) {
  // Three heads of a group take 8 columns of 128 keys: an eighth of 64 rows.
  // Two tiles share a core, so that 20 of them are one round.
  Calibration calibration = makeDecode({{"launch_narrow", 5e-6},
                                        {"tile_narrow", 1e-6},
                                        {"tile_narrow_rows", 2e-6}});
  AttentionShape shape = makeShape(128, 60, 20);
  shape.kvBytes = 1;
  shape.libraries = {};
  shape.libraries.tensorRt = true;
  // Loads of 32,768 bytes at 90e9 per second take longer than the products.
  double tile = 1e-6 + 2e-6 * 8 / 32;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), 5e-6 + tile + load / 2);
  // Where no library is said, it is the best as well.
  shape.libraries = {};
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), 5e-6 + tile + load / 2);
  // 40 are two; 17 heads take 32 columns: 4 x 32 x 128 x 128 operations and
  // 4,096 exponentials.
  shape.libraries.tensorRt = true;
  shape.batch = 2;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration), 5e-6 + 2 * (tile + load / 2));
  shape.batch = 1;
  shape.queryHeads = 340;
  EXPECT_DOUBLE_EQ(secondsOf(shape, calibration),
                   5e-6 + 3e-6 + 2.097152e-6 / 2.06 + 0.25e-6);
  // Rows of 64 elements are no matter for it.
  shape.headDim = 64;
  EXPECT_GT(secondsOf(shape, calibration), 30e-6);
  // One head for each has no tile, and 16 bits have wide ones.
  shape = makeShape(128, 10, 10);
  shape.kvBytes = 1;
  shape.libraries = {};
  shape.libraries.tensorRt = true;
  EXPECT_GT(secondsOf(shape, calibration), 30e-6);
  shape.queryHeads = 30;
  shape.kvBytes = 2;
  EXPECT_GT(secondsOf(shape, calibration), 30e-6);
}

TEST(AttentionDecodeTime, GrowsWithEveryExtent) {
  struct Extent {
    const char *name;
    std::function<void(AttentionShape &, double)> grow;
  };
  const Extent extents[] = {
      {"batch", [](AttentionShape &s, double i) { s.batch += i; }},
      {"context", [](AttentionShape &s, double i) { s.context += 37 * i; }},
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
    for (llvm::StringRef kernels : attentionDecodeModel().kernels)
      for (double headDim : {128.0, 192.0, 256.0, 512.0})
        for (double group : {1.0, 8.0, 40.0})
          for (double context : {1.0, 700.0, 10000.0})
            for (int libraries = 0; libraries < 16; ++libraries) {
              Calibration calibration =
                  makeFullCalibration(attentionDecodeModel(), kernels);
              double before = 0;
              for (double i = 0; i < 40; ++i) {
                AttentionShape shape = makeShape(context, 4 * group, 4);
                shape.headDim = headDim;
                shape.libraries.sglang = libraries & 1;
                shape.libraries.vllm = libraries & 2;
                shape.libraries.tensorRt = libraries & 4;
                shape.kvBytes = libraries & 8 ? 1 : 2;
                extent.grow(shape, i);
                double seconds = secondsOf(shape, calibration);
                EXPECT_GE(seconds, before * (1 - 1e-12))
                    << extent.name << " " << kernels.str() << " " << headDim
                    << " " << group << " " << context << " " << libraries << " "
                    << i;
                before = seconds;
              }
            }
}

TEST(AttentionDecodeTime, RegimesAreListed) {
  llvm::ArrayRef<llvm::StringLiteral> regimes = attentionDecodeModel().regimes;
  std::map<std::string, int> seen;
  for (double headDim : {128.0, 512.0})
    for (double group : {1.0, 64.0})
      for (double batch : {1.0, 128.0, 129.0})
        for (double window : {0.0, 128.0})
          for (double kvBytes : {1.0, 2.0}) {
            AttentionShape shape = makeShape(1024, 8 * group, 8);
            shape.batch = batch;
            shape.headDim = headDim;
            shape.window = window;
            shape.kvBytes = kvBytes;
            llvm::StringRef regime = attentionDecodeRegime(shape);
            EXPECT_TRUE(llvm::is_contained(regimes, regime)) << regime.str();
            ++seen[regime.str()];
          }
  EXPECT_EQ(seen.size(), regimes.size());
}

TEST(AttentionDecodeTime, MissingFigures) {
  auto reason = [](const std::function<void(Machine &)> &change,
                   llvm::StringRef kernels = "flash3") {
    Machine machine = makeAttentionMachine();
    change(machine);
    Calibration calibration = makeDecode();
    calibration.kernels = kernels.str();
    return reasonOf(
        attentionDecodeSeconds(makeShape(128, 8, 8), machine, calibration));
  };
  EXPECT_EQ(reason([](Machine &m) { m.matrixCores.reset(); }),
            "the number of matrix cores is not known");
  EXPECT_EQ(reason([](Machine &m) { m.hbm.bytesPerSecond.reset(); }),
            "the bandwidth of off-chip memory is not known");
  EXPECT_EQ(reason([](Machine &m) { m.rates.clear(); }),
            "no rate and no substitute for matrix_bf16");
  EXPECT_EQ(reason([](Machine &m) { m.tdpWatts.reset(); }), "known");
  EXPECT_EQ(reason([](Machine &) {}, ""), "no attention kernels ''");
}
