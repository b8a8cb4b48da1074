//===- GemmTimeTest.cpp - Times of matrix products ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/GemmTime.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

using namespace roofline;

namespace {

/// 10 cores of 1e12 bf16 and 2e12 f8 operations per second each, 1e12 bytes
/// per second, an L2 of 1e7 bytes, 100 W, 20 vector cores.
Machine makeMachine() {
  Machine machine;
  machine.rates[{Unit::Matrix, ElementType::BF16}] = 10e12;
  machine.rates[{Unit::Matrix, ElementType::F8}] = 20e12;
  machine.rates[{Unit::Matrix, ElementType::I8}] = 20e12;
  machine.hbm.bytesPerSecond = 1e12;
  machine.caches.push_back({"l2", 1e7, std::nullopt});
  machine.matrixCores = 10;
  machine.vectorCores = 20;
  machine.tdpWatts = 100;
  return machine;
}

/// A calibration with neutral values but for `stated`. The others state a
/// launch of 1 us, the whole peak and bandwidth, an overlap of 12 that is
/// nearly the maximum, and nothing found in the L2 but what is tiny.
Calibration makeCalibration(llvm::StringRef kernels,
                            const std::map<std::string, double> &stated = {}) {
  std::map<std::string, double> values = {{"launch", 1e-6},
                                          {"peak", 1},
                                          {"hbm", 1},
                                          {"overlap", 12},
                                          {"l2_resident", 0.05}};
  for (const auto &[name, value] : stated)
    values[name] = value;
  Calibration calibration;
  calibration.key = "gemm_bf16";
  calibration.model = &gemmModel();
  calibration.kernels = kernels.str();
  size_t used = 0;
  for (const ModelParameter &parameter : gemmModel().parameters) {
    auto it = values.find(parameter.name.str());
    used += it != values.end();
    calibration.values.push_back(it != values.end() ? it->second
                                                    : *parameter.neutral);
  }
  EXPECT_EQ(used, values.size()) << "a name is not one of a parameter";
  return calibration;
}

GemmShape makeShape(double m, double n, double k) {
  GemmShape shape;
  shape.m = m;
  shape.n = n;
  shape.k = k;
  return shape;
}

double secondsOf(const GemmShape &shape, const Calibration &calibration,
                 const Machine &machine = makeMachine()) {
  KnownOr<double> seconds = gemmSeconds(shape, machine, calibration);
  EXPECT_TRUE(seconds.isKnown());
  return seconds ? *seconds : NAN;
}

std::string reason(const Machine &machine, const Calibration &calibration,
                   GemmShape shape = makeShape(64, 64, 64)) {
  KnownOr<double> seconds = gemmSeconds(shape, machine, calibration);
  return seconds ? std::string("known") : seconds.unknown().reason;
}

/// Values of all terms at once, of the size that they have on real chips.
Calibration makeFull(llvm::StringRef kernels) {
  std::map<std::string, double> values = {
      {"launch", 2e-6},        {"peak", 0.9},
      {"fill", 0.3e-6},        {"tile_time", 0.4e-6},
      {"element_time", 5e-11}, {"wave_rounding", 0.3},
      {"hbm", 0.85},           {"l2_resident", 0.2},
      {"core_rate", 1.2e11},   {"l2_rate", 3e12},
      {"overlap", 2.5},        {"tera_ops_per_joule", 0.08}};
  if (kernels == "mixed") {
    values["convert_time"] = 3e-11;
    values["row_launch"] = 3e-6;
    values["row_convert_time"] = 8e-12;
    values["row_more"] = 0.5;
    values["row_step"] = 5e-10;
  }
  if (kernels == "wgmma" || kernels == "mma" || kernels == "mixed") {
    values["split_time"] = 2e-6;
    values["split_rate"] = 5e12;
  } else {
    values["rereads"] = 0.4;
    values["reread_part"] = 0.3;
  }
  return makeCalibration(kernels, values);
}

/// Every set of kernels.
class GemmTime : public testing::TestWithParam<const char *> {};

/// Expects that time does not fall as `extent` takes the values from `begin`
/// to `end` in steps, whatever the others are.
void expectGrowth(const Calibration &calibration, double GemmShape::*extent,
                  double begin, double end, Scaling scaling = Scaling::None) {
  for (double other : {24., 200., 1500.}) {
    GemmShape shape = makeShape(other, 2 * other, 3 * other);
    shape.type = scaling == Scaling::None ? ElementType::BF16 : ElementType::F8;
    shape.scaling = scaling;
    double last = 0;
    for (double value = begin; value <= end;
         value += std::max(1., std::floor(value / 40))) {
      shape.*extent = value;
      double seconds = secondsOf(shape, calibration);
      EXPECT_GE(seconds, last * (1 - 1e-12))
          << calibration.kernels << ' ' << shape.batch << ' ' << shape.m << ' '
          << shape.n << ' ' << shape.k;
      last = seconds;
    }
  }
}

} // namespace

TEST(GemmModel, HasOneTableForAllKernels) {
  const TimeModel &model = gemmModel();
  EXPECT_EQ(model.name, "gemm");
  EXPECT_EQ(llvm::to_vector(model.kernels),
            (llvm::SmallVector<llvm::StringLiteral>{
                "wgmma", "mma", "cutlass_f8", "blocked_f8", "mixed", "cube"}));
  for (const ModelParameter &parameter : model.parameters) {
    EXPECT_LT(parameter.lowest, parameter.highest) << parameter.name.str();
    EXPECT_LE(parameter.lowest, parameter.start) << parameter.name.str();
    EXPECT_LE(parameter.start, parameter.highest) << parameter.name.str();
    EXPECT_FALSE(parameter.meaning.empty()) << parameter.name.str();
  }
}

TEST(GemmModel, ClassifiesByRows) {
  EXPECT_EQ(gemmRegime(makeShape(1, 9, 9)), "m_le_16");
  EXPECT_EQ(gemmRegime(makeShape(16, 9, 9)), "m_le_16");
  EXPECT_EQ(gemmRegime(makeShape(17, 9, 9)), "m_17_128");
  EXPECT_EQ(gemmRegime(makeShape(128, 9, 9)), "m_17_128");
  EXPECT_EQ(gemmRegime(makeShape(129, 9, 9)), "m_129_1024");
  EXPECT_EQ(gemmRegime(makeShape(1024, 9, 9)), "m_129_1024");
  EXPECT_EQ(gemmRegime(makeShape(1025, 9, 9)), "m_gt_1024");
  for (llvm::StringRef regime :
       {"m_le_16", "m_17_128", "m_129_1024", "m_gt_1024"})
    EXPECT_TRUE(llvm::is_contained(gemmModel().regimes, regime));
}

TEST(GemmModel, MultipliesInTiles) {
  // 64 x 64 elements in four tiles of 16 x 64, a core each:
  // 2 * 16 * 64 * 1024 / 1e12 = 2.1 us, far more than the bytes, and a launch.
  // More cores that share sums are ruled out by a time longer than all of it.
  Calibration whole = makeCalibration("wgmma", {{"split_time", 6e-6}});
  EXPECT_NEAR(secondsOf(makeShape(64, 64, 1024), whole), 1e-6 + 2.097e-6,
              0.01e-6);
  // 1 x 64 takes as long as 16 x 64: padding counts.
  EXPECT_NEAR(secondsOf(makeShape(1, 64, 1024), whole),
              secondsOf(makeShape(16, 64, 1024), whole), 0.01e-6);
}

TEST(GemmModel, RoundsWaves) {
  // 11 tiles of 128 x 128 of `cutlass_f8`, for 1408 rows of 128 columns, on 10
  // cores: two rounds of 2 * 128 * 128 * 4096 / 2e12 = 67.1 us each where the
  // number of tiles of a core is rounded up, 1.1 rounds where it is not.
  GemmShape shape = makeShape(1408, 128, 4096);
  shape.type = ElementType::F8;
  shape.lhsBytes = shape.rhsBytes = 1;
  double tile = 2. * 128 * 128 * 4096 / 2e12;
  EXPECT_NEAR(secondsOf(shape, makeCalibration("cutlass_f8")), 1e-6 + 2 * tile,
              0.01 * tile);
  EXPECT_NEAR(
      secondsOf(shape, makeCalibration("cutlass_f8", {{"wave_rounding", 0}})),
      1e-6 + 1.1 * tile, 0.01 * tile);
  EXPECT_NEAR(
      secondsOf(shape, makeCalibration("cutlass_f8", {{"wave_rounding", 0.5}})),
      1e-6 + 1.55 * tile, 0.01 * tile);
}

TEST(GemmModel, LoadsOperandsOfEachTile) {
  // One tile of 128 x 128, depth 4096: (128 + 128) * 4096 bytes at 1e10 bytes
  // per second and core are 104.9 us, longer than the 67.1 us of multiplying:
  // joined by the norm of exponent 8, (1 + 0.64^8)^(1/8) = 1.0035 times.
  GemmShape shape = makeShape(1280, 128, 4096);
  shape.type = ElementType::F8;
  shape.lhsBytes = shape.rhsBytes = 1;
  double load = 256 * 4096 / 1e10;
  double multiply = 2. * 128 * 128 * 4096 / 2e12;
  double both = load * std::pow(1 + std::pow(multiply / load, 8), 0.125);
  EXPECT_NEAR(
      secondsOf(shape, makeCalibration("cutlass_f8", {{"core_rate", 1e10}})),
      1e-6 + both, 1e-3 * both);
  // Besides its main loop a tile takes 3 us and 1 ns per element, and the core
  // 8 us once.
  EXPECT_NEAR(
      secondsOf(shape, makeCalibration("cutlass_f8", {{"tile_time", 3e-6},
                                                      {"element_time", 1e-9},
                                                      {"fill", 8e-6}})),
      1e-6 + multiply + 3e-6 + 128 * 128 * 1e-9 + 8e-6, 0.01 * multiply);
}

TEST(GemmModel, JoinsMultiplyingAndLoading) {
  // 10 tiles of 128 x 128 in one round: multiplying takes 1024 steps, 16.8 us.
  // Bytes: weights 128 * 1024 * 1 = 131,072; rows 1280 * 1024 = 1,310,720;
  // result 327,680. With an L2 of 1e7 bytes of which 0.05 hold operands all
  // are above 0.5e6 but the weights, which are cold by the infinite number of
  // copies. Missed are (2.62^4 / (1 + 2.62^4)) = 0.9792 of the rows and
  // (1.311 / 2.311) = 0.5672 of the result: in all 1.600e6 bytes and 20 us at
  // 0.08e12 bytes per second.
  Machine machine = makeMachine();
  machine.hbm.bytesPerSecond = 0.08e12;
  GemmShape shape = makeShape(1280, 128, 1024);
  shape.type = ElementType::F8;
  shape.lhsBytes = shape.rhsBytes = 1;
  double rowsMissed = std::pow(1310720 / 0.5e6, 4);
  double resultMissed = 327680 / 0.25e6;
  double bytes = 131072 + 1310720 * rowsMissed / (1 + rowsMissed) +
                 327680 * resultMissed / (1 + resultMissed);
  double loading = bytes / 0.08e12;
  double multiplying = 2. * 128 * 128 * 1024 / 2e12;
  for (double overlap : {1., 2., 3.5}) {
    double joined =
        std::pow(std::pow(loading, overlap) + std::pow(multiplying, overlap),
                 1 / overlap);
    EXPECT_NEAR(secondsOf(shape,
                          makeCalibration("cutlass_f8", {{"overlap", overlap}}),
                          machine),
                1e-6 + joined, 1e-12);
  }
  // Bytes of fused ops are added to those of memory.
  shape.extraBytes = 8e6;
  EXPECT_NEAR(secondsOf(shape, makeCalibration("cutlass_f8", {{"overlap", 1}}),
                        machine),
              1e-6 + loading + 100e-6 + multiplying, 1e-12);
}

TEST(GemmModel, SplitsSums) {
  // A sum of 16 x 64 elements over 8192 products: one core takes
  // 2 * 16 * 64 * 8192 / 1e12 = 16.8 us and eight cores 2.1 us; twelve parts of
  // 704 (8192 / 12, in steps of 64) take two rounds on ten cores, 2.88 us, and
  // sixteen as long as eight. Bytes take 1.3 us, which the norm hides.
  Calibration calibration = makeCalibration("wgmma", {{"overlap", 12}});
  GemmShape shape = makeShape(16, 64, 8192);
  EXPECT_NEAR(secondsOf(shape, calibration), 1e-6 + 2.1e-6, 0.02e-6);
  // Joining costs 1 us and 9 * 4 bytes for each of 1024 elements at 1e12 bytes
  // per second, 0.04 us.
  EXPECT_NEAR(
      secondsOf(shape, makeCalibration("wgmma", {{"split_time", 1e-6},
                                                 {"split_rate", 1e12}})),
      1e-6 + 2.1e-6 + 1e-6 + 0.037e-6, 0.02e-6);
  // Cubes do not split.
  EXPECT_NEAR(secondsOf(shape, makeCalibration("cube")), 1e-6 + 16.8e-6 / 4,
              0.05e-6);
}

TEST(GemmModel, KernelsDiffer) {
  // 96 x 1280 on ten cores, 3 us for each tile besides its main loop. Tiles of
  // 96 x 128 make one round of 2 * 96 * 128 * 4096 / 1e12 = 100.7 us. `mma` has
  // none: three rounds of 32 x 128 take as long but for two tiles' 3 us; one of
  // 128 x 128 would take 134 us.
  GemmShape shape = makeShape(96, 1280, 4096);
  auto timeWith = [&](llvm::StringRef kernels) {
    return secondsOf(shape, makeCalibration(kernels, {{"tile_time", 3e-6}}));
  };
  double row = 2. * 128 * 4096 / 1e12;
  EXPECT_NEAR(timeWith("wgmma"), 1e-6 + 96 * row + 3e-6, 0.1e-6);
  EXPECT_NEAR(timeWith("mma"), 1e-6 + 96 * row + 9e-6, 0.1e-6);
  // Of 48 rows a cube computes 48 in one round; `mma` in three of 16.
  shape.m = 48;
  EXPECT_NEAR(timeWith("cube"), 1e-6 + 48 * row + 3e-6, 0.1e-6);
  EXPECT_NEAR(timeWith("mma"), 1e-6 + 48 * row + 9e-6, 0.1e-6);
  // CUTLASS's kernels change their tile from 256 to 257 rows: from 64 x 64 to
  // 128 x 128, a core each.
  GemmShape few = makeShape(256, 64, 4096), many = makeShape(257, 64, 4096);
  Calibration cutlass = makeCalibration("cutlass_f8");
  EXPECT_NEAR((secondsOf(many, cutlass) - 1e-6) /
                  (secondsOf(few, cutlass) - 1e-6),
              4, 0.04);
}

TEST(GemmModel, ReadsWeightsAgainForEachRowOfTiles) {
  // 65 rows are two rows of tiles for `cutlass_f8`. Weights of 2e8 bytes lie
  // between two reads of the same ones, 200 times 0.1 L2: all of them are read
  // again where `rereads` is 1. 200 us become 400.
  GemmShape shape = makeShape(65, 20000, 10000);
  shape.type = ElementType::F8;
  shape.lhsBytes = shape.rhsBytes = 1;
  Machine machine = makeMachine();
  machine.rates[{Unit::Matrix, ElementType::F8}] = 1e18;
  auto memory = [&](double rereads) {
    return secondsOf(shape,
                     makeCalibration("cutlass_f8", {{"rereads", rereads},
                                                    {"reread_part", 0.1}}),
                     machine);
  };
  EXPECT_NEAR(memory(1) - memory(0), 200e-6, 0.5e-6);
  EXPECT_NEAR(memory(0.5) - memory(0), 100e-6, 0.5e-6);
}

TEST(GemmModel, KeepsWeightsOfFewCopies) {
  // One set of weights of 128 x 128 x 2 = 32 KiB stays in an L2 that holds
  // 0.5e6 bytes; ten do not quite: 0.655^4 / (1 + 0.655^4) = 0.155 of them come
  // from memory; those of a model always do.
  Machine machine = makeMachine();
  machine.hbm.bytesPerSecond = 1e9;
  Calibration calibration = makeCalibration("wgmma");
  GemmShape shape = makeShape(16, 128, 128);
  double cold = secondsOf(shape, calibration, machine);
  EXPECT_NEAR(cold, 1e-6 + 32768 / 1e9, 0.2e-6);
  shape.weightCopies = 10;
  EXPECT_NEAR(secondsOf(shape, calibration, machine),
              1e-6 + 0.1556 * 32768 / 1e9, 0.2e-6);
  shape.weightCopies = 1;
  EXPECT_LT(secondsOf(shape, calibration, machine), 1.5e-6);
}

TEST(GemmModel, LimitsPower) {
  // 2 * 4096^3 = 1.374e11 operations take 13.7 ms at 1e13 per second, which is
  // 0.1e12 per second and watt. At 0.05e12 they take twice as long: 27.5 ms,
  // nearly all of it in a norm of exponent 8.
  GemmShape shape = makeShape(4096, 4096, 4096);
  double free = secondsOf(shape, makeCalibration("wgmma"));
  EXPECT_NEAR(secondsOf(shape, makeCalibration("wgmma",
                                               {{"tera_ops_per_joule", 0.05}})),
              2 * 13.744e-3 * std::pow(1 + 1. / 256, 0.125), 0.1e-3);
  // Far from the limit it does not matter: 1 / 10^8.
  EXPECT_NEAR(
      secondsOf(shape, makeCalibration("wgmma", {{"tera_ops_per_joule", 1}})),
      free, 1e-6 * free);
}

TEST(GemmModel, QuantisesRowsBefore) {
  // 40 rows of 10,000 elements, on 20 cores with two at once each: 10 us at
  // 1 ns per element. Bytes: 40 * 10,000 * (2 * 2 + 1) = 2e6, 2 us at 1e12;
  // together (10^2 + 2^2)^(1/2) = 10.198 us. All places are taken: half of
  // 6 us to start. And one more launch.
  GemmShape shape = makeShape(40, 512, 10000);
  shape.type = ElementType::F8;
  shape.lhsBytes = shape.rhsBytes = 1;
  Calibration calibration = makeCalibration(
      "cutlass_f8",
      {{"quant_time", 1e-9}, {"quant_rows", 2}, {"quant_start", 6e-6}});
  double alone = secondsOf(shape, calibration);
  shape.scaling = Scaling::Rows;
  EXPECT_NEAR(secondsOf(shape, calibration) - alone, 1e-6 + 10.198e-6 + 3e-6,
              1e-9);
  // Blocks are read once: 40 * 10,000 * 3 bytes, 1.2 us.
  shape.scaling = Scaling::Blocks;
  EXPECT_NEAR(secondsOf(shape, calibration) - alone,
              1e-6 + std::hypot(10e-6, 1.2e-6) + 3e-6, 1e-9);
  // Twice the rows: twice the time of a place, and 2/3 of the start.
  shape.m = 80;
  shape.scaling = Scaling::None;
  alone = secondsOf(shape, calibration);
  shape.scaling = Scaling::Rows;
  EXPECT_NEAR(secondsOf(shape, calibration) - alone, 1e-6 + 20.396e-6 + 4e-6,
              1e-9);
}

TEST(GemmModel, ScalesResults) {
  // 1024 x 1024 results at 2e-10 s each on 20 vector cores: 10.5 us. Joined by
  // the root of squares with 10 tiles' worth of products.
  Calibration plain = makeCalibration("cube");
  Calibration scaled = makeCalibration("cube", {{"dequant_time", 2e-10}});
  GemmShape shape = makeShape(1024, 1024, 64);
  shape.type = ElementType::I8;
  shape.lhsBytes = shape.rhsBytes = 1;
  EXPECT_NEAR(
      secondsOf(shape, scaled) - 1e-6,
      std::hypot(secondsOf(shape, plain) - 1e-6, 1024. * 1024 * 2e-10 / 20),
      1e-12);
}

TEST(GemmModel, KnowsTheRouteOfFewRows) {
  Calibration plain = makeCalibration("cube");
  Calibration route = makeCalibration("cube", {{"few_rows_time", 8e-6}});
  for (double m : {1., 2., 16., 100.})
    EXPECT_EQ(secondsOf(makeShape(m, 64, 64), route),
              secondsOf(makeShape(m, 64, 64), plain));
  for (double m : {3., 15.}) {
    EXPECT_NEAR(secondsOf(makeShape(m, 64, 64), route), 9e-6, 1e-12);
    // It is a least time, no more.
    EXPECT_EQ(secondsOf(makeShape(m, 8192, 8192), route),
              secondsOf(makeShape(m, 8192, 8192), plain));
  }
}

TEST(GemmModel, BatchesAreMoreTiles) {
  // Ten products of one tile each fill ten cores, in the time of one.
  Calibration calibration = makeCalibration("cutlass_f8");
  GemmShape shape = makeShape(64, 64, 4096);
  Machine machine = makeMachine();
  machine.hbm.bytesPerSecond = 1e15;
  double one = secondsOf(shape, calibration, machine);
  shape.batch = 10;
  EXPECT_NEAR(secondsOf(shape, calibration, machine), one, 0.001 * one);
  shape.batch = 20;
  EXPECT_NEAR(secondsOf(shape, calibration, machine) - 1e-6, 2 * (one - 1e-6),
              0.001 * one);
}

TEST(GemmModel, BatchesStartLater) {
  // Be they of one product. Ten of 40 rows that are quantised take 20 vector
  // cores 400 x 0.1 us / 20.
  Calibration calibration = makeCalibration(
      "blocked_f8", {{"batch_launch", 2e-6}, {"batch_quant_time", 1e-7}});
  GemmShape shape = makeShape(40, 512, 512);
  double alone = secondsOf(shape, calibration);
  shape.isBatch = true;
  EXPECT_NEAR(secondsOf(shape, calibration) - alone, 2e-6, 1e-12);
  shape.type = ElementType::F8;
  shape.lhsBytes = shape.rhsBytes = 1;
  shape.scaling = Scaling::Blocks;
  shape.batch = 10;
  double batch = secondsOf(shape, calibration);
  shape.isBatch = false;
  EXPECT_NEAR(batch - secondsOf(shape, calibration), 2e-6 + 2e-6, 1e-12);
}

TEST(GemmModel, BlocksHave64RowsOr128) {
  // 129 rows are two tiles of 128, as 256 are, and 257 four: with 65 columns
  // ten tiles of 128 x 16 on ten cores, and twenty.
  GemmShape shape = makeShape(129, 65, 4096);
  double step = 2. * 64 * 8 * 4096 / 1e12;
  Calibration calibration = makeCalibration("blocked_f8");
  double pair = secondsOf(shape, calibration);
  shape.m = 256;
  EXPECT_NEAR(secondsOf(shape, calibration), pair, 0.2e-6);
  shape.m = 257;
  EXPECT_NEAR(pair, 1e-6 + 2 * 2 * step, 0.2e-6);
  EXPECT_NEAR(secondsOf(shape, calibration), 1e-6 + 2 * 2 * 2 * step, 0.3e-6);
  // One row is 64, and 65 are 128.
  shape = makeShape(1, 160, 4096);
  EXPECT_NEAR(secondsOf(shape, makeCalibration("blocked_f8")), 1e-6 + 2 * step,
              0.2e-6);
  shape.m = 65;
  EXPECT_NEAR(secondsOf(shape, makeCalibration("blocked_f8")), 1e-6 + 4 * step,
              0.2e-6);
}

TEST(GemmModel, ConvertsWeights) {
  // Tiles of 128 x 128: 32.8 ns of products for each element of depth, but
  // 128 x 1 ns of conversions.
  GemmShape shape = makeShape(128, 1280, 4096);
  shape.rhsBytes = 1;
  Machine machine = makeMachine();
  machine.hbm.bytesPerSecond = 1e15;
  double products = 2. * 128 * 128 * 4096 / 1e12;
  EXPECT_NEAR(secondsOf(shape, makeCalibration("mixed"), machine),
              1e-6 + products, 0.02 * products);
  EXPECT_NEAR(secondsOf(shape,
                        makeCalibration("mixed", {{"convert_time", 1e-9}}),
                        machine),
              1e-6 + 128e-9 * 4096, 0.02 * 128e-9 * 4096);
}

TEST(GemmModel, FewRowsNeedNoMatrixUnit) {
  // Two rows of 1000 weights by 100,000: 1e8 weights on ten cores at 1 ps, and
  // half as much for the second row, 15 us; 1e8 bytes, 100 us; 1e5 elements of
  // depth at 1 ns.
  std::map<std::string, double> values = {{"convert_time", 1e-9},
                                          {"row_launch", 4e-6},
                                          {"row_convert_time", 1e-12},
                                          {"row_more", 0.5},
                                          {"row_step", 1e-9}};
  GemmShape shape = makeShape(2, 1000, 100000);
  shape.rhsBytes = 1;
  Calibration calibration = makeCalibration("mixed", values);
  // Rows and results are in the L2 as good as all.
  EXPECT_NEAR(secondsOf(shape, calibration),
              4e-6 + std::hypot(15e-6, 100e-6) + 100e-6, 0.5e-6);
  // More rows have tiles alone.
  shape.m = 16;
  EXPECT_GT(secondsOf(shape, calibration), 1e-3);
}

TEST(GemmModel, NothingTakesALaunch) {
  EXPECT_EQ(secondsOf(makeShape(0, 64, 64), makeFull("wgmma")), 2e-6);
  EXPECT_EQ(secondsOf(makeShape(64, 64, 0), makeFull("wgmma")), 2e-6);
}

TEST(GemmModel, SaysWhatTheMachineLacks) {
  Calibration calibration = makeFull("wgmma");
  EXPECT_EQ(reason(makeMachine(), calibration), "known");
  Machine machine = makeMachine();
  machine.matrixCores.reset();
  EXPECT_EQ(reason(machine, calibration),
            "no number of matrix cores is known, which products need");
  machine = makeMachine();
  machine.hbm.bytesPerSecond.reset();
  EXPECT_EQ(reason(machine, calibration),
            "no bandwidth of off-chip memory is known, which products need");
  machine = makeMachine();
  machine.caches.clear();
  EXPECT_EQ(reason(machine, calibration),
            "no capacity of the L2 is known, which products need");
  machine.caches.push_back({"l2", std::nullopt, std::nullopt});
  EXPECT_EQ(reason(machine, calibration),
            "no capacity of the L2 is known, which products need");
  machine = makeMachine();
  machine.rates.clear();
  EXPECT_NE(reason(machine, calibration), "known");
  // The power limit and vector cores are asked for only by some terms.
  machine = makeMachine();
  machine.tdpWatts.reset();
  EXPECT_EQ(reason(machine, calibration),
            "no power limit is known, which products need");
  EXPECT_EQ(reason(machine, makeCalibration("wgmma")), "known");
  machine = makeMachine();
  machine.vectorCores.reset();
  EXPECT_EQ(reason(machine, calibration), "known");
  GemmShape shape = makeShape(64, 64, 64);
  shape.scaling = Scaling::Rows;
  EXPECT_EQ(reason(machine, calibration, shape),
            "no number of vector cores is known, which products need");
  EXPECT_EQ(reason(machine, makeCalibration("cube", {{"dequant_time", 1e-10}})),
            "no number of vector cores is known, which products need");
  EXPECT_EQ(reason(makeMachine(), makeCalibration("abacus")),
            "no kernels of matrix products are called 'abacus'");
}

TEST_P(GemmTime, GrowsWithEveryExtent) {
  Calibration calibration = makeFull(GetParam());
  // Tiles of CUTLASS's kernels change above 256 rows.
  expectGrowth(calibration, &GemmShape::m, 1, 256);
  expectGrowth(calibration, &GemmShape::m, 257, 5000);
  expectGrowth(calibration, &GemmShape::n, 1, 5000);
  expectGrowth(calibration, &GemmShape::k, 1, 20000);
  expectGrowth(calibration, &GemmShape::batch, 1, 100);
  expectGrowth(calibration, &GemmShape::weightCopies, 1, 1000);
  expectGrowth(calibration, &GemmShape::extraBytes, 1, 1e9);
  expectGrowth(calibration, &GemmShape::m, 257, 5000, Scaling::Rows);
  expectGrowth(calibration, &GemmShape::k, 1, 20000, Scaling::Blocks);
}

TEST_P(GemmTime, OnlyCutlassChangesItsRouteByRows) {
  Calibration calibration = makeFull(GetParam());
  if (llvm::StringRef(GetParam()) != "cutlass_f8")
    expectGrowth(calibration, &GemmShape::m, 1, 5000);
}

TEST_P(GemmTime, IsNeverBelowItsBounds) {
  Machine machine = makeMachine();
  Calibration calibration = makeFull(GetParam());
  for (double m : {1., 15., 65., 300., 4097.})
    for (double n : {1., 40., 1000., 5120.})
      for (double k : {1., 130., 4096.})
        for (double batch : {1., 7.}) {
          GemmShape shape = makeShape(m, n, k);
          shape.batch = batch;
          // Launch 2 us, peak 0.9 of 1e13, bandwidth 0.85 of 1e12.
          double ops = 2 * batch * m * n * k / (0.9 * 10e12);
          double weights = 2 * batch * n * k / (0.85 * 1e12);
          double seconds = secondsOf(shape, calibration, machine);
          EXPECT_GE(seconds, 2e-6 + std::max(ops, weights) * (1 - 1e-12));
          // Fused bytes are never free beside the weights.
          shape.extraBytes = 1e6;
          EXPECT_GE(secondsOf(shape, calibration, machine),
                    2e-6 + (weights + 1e6 / (0.85 * 1e12)) * (1 - 1e-12));
        }
}

INSTANTIATE_TEST_SUITE_P(Kernels, GemmTime,
                         testing::Values("wgmma", "mma", "cutlass_f8",
                                         "blocked_f8", "mixed", "cube"),
                         [](const auto &info) { return info.param; });
