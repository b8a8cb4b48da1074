//===- ExpertsTimeTest.cpp - Times of mixtures of experts -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/ExpertsTime.h"

#include "roofline/Model/CalibratedTime.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace roofline;

namespace {

/// Ten cores of 1 Top/s, 1 TB/s.
Machine makeMachine() {
  Machine machine;
  machine.matrixCores = 10;
  machine.hbm.bytesPerSecond = 1e12;
  machine.rates[{Unit::Matrix, ElementType::BF16}] = 10e12;
  machine.rates[{Unit::Matrix, ElementType::F8}] = 20e12;
  return machine;
}

/// Rates at the peak, launches of 10 us and 20 us of sorted tokens; nothing
/// else but what `name` is set to.
Calibration makeCalibration(llvm::StringRef name = "", double value = 0) {
  Calibration calibration;
  calibration.model = &expertsModel();
  for (const ModelParameter &parameter : expertsModel().parameters)
    calibration.values.push_back(
        parameter.name == name
            ? value
            : llvm::StringSwitch<double>(parameter.name)
                  .Cases({"product_rate", "product_rate_f8",
                          "product_rate_f8_block", "product_rate_4bit"},
                         1)
                  .Cases({"sorted_rate", "sorted_rate_default",
                          "sorted_rate_f8_block", "marlin_rate"},
                         1)
                  .Cases({"bandwidth", "untuned_rate"}, 1)
                  .Case("core_bandwidth", 1e12)
                  .Case("launch", 10e-6)
                  .Case("sorted_launch", 20e-6)
                  .Default(0));
  return calibration;
}

/// 16 rows for each of four experts of 256 x 128, gated.
ExpertsShape makeShape(ExpertKernels kernels) {
  ExpertsShape shape;
  shape.tokens = 32;
  shape.chosen = 2;
  shape.experts = 4;
  shape.hidden = 256;
  shape.intermediate = 128;
  shape.kernels = kernels;
  return shape;
}

double secondsOf(const ExpertsShape &shape,
                 const Calibration &calibration = makeCalibration()) {
  KnownOr<double> seconds = expertsSeconds(shape, makeMachine(), calibration);
  return seconds ? *seconds : -1;
}

/// What setting `name` to `value` adds.
double addedBy(llvm::StringRef name, double value, const ExpertsShape &shape) {
  return secondsOf(shape, makeCalibration(name, value)) - secondsOf(shape);
}

constexpr ExpertKernels allKernels[] = {
    ExpertKernels::GroupedCutlass, ExpertKernels::SortedTriton,
    ExpertKernels::SortedDefault, ExpertKernels::Flashinfer,
    ExpertKernels::Marlin};

} // namespace

TEST(ExpertsTime, GroupedProducts) {
  // Gate and up: tiles of 16 rows, 2 for the columns of each expert, 8 on 10
  // cores: one round of 2 x 16 x 128 x 256 / 1e12 = 1.048576 us. Weights: 4 x
  // 256 x 256 x 2 / 1e12 = 0.524288 us. Down is half of both.
  double products = 1.5 * std::hypot(1.048576e-6, 0.524288e-6);
  EXPECT_NEAR(secondsOf(makeShape(ExpertKernels::GroupedCutlass)),
              10e-6 + products, 1e-13);
}

TEST(ExpertsTime, LoadsOfACoreMayBindTiles) {
  // 20 GB/s of a core: (128 x 2 + 16 x 2) x 256 / 20e9 = 3.6864 us.
  double products = 1.5 * std::hypot(3.6864e-6, 0.524288e-6);
  EXPECT_NEAR(secondsOf(makeShape(ExpertKernels::GroupedCutlass),
                        makeCalibration("core_bandwidth", 20e9)),
              10e-6 + products, 1e-13);
}

TEST(ExpertsTime, ManyTilesDrift) {
  // 8192 rows of each expert in tiles of 16: 4 x 512 x 2 tiles on 10 cores are
  // 409.6 rounds, 410 where that is less than half a round more. Tiles of 128
  // would need 51.2 + 0.5 of eight times the time.
  ExpertsShape shape = makeShape(ExpertKernels::GroupedCutlass);
  shape.tokens = 16384;
  EXPECT_NEAR(secondsOf(shape),
              10e-6 + 1.5 * std::hypot(410 * 1.048576e-6, 0.524288e-6), 1e-12);
  // They pay where a tile has a start and an end: 51.7 x (8.388608 + 10) us.
  EXPECT_NEAR(secondsOf(shape, makeCalibration("tile", 10e-6)),
              10e-6 + std::hypot(51.7 * 18.388608e-6, 0.524288e-6) +
                  std::hypot(51.7 * 14.194304e-6, 0.262144e-6),
              1e-12);
}

TEST(ExpertsTime, SortedTokens) {
  // Tiles of 64 rows: 2 x 64 x 256 x 4 x 256 / 10e12 = 3.3554432 us, and half
  // of it; weights as above.
  double products = 1.5 * std::hypot(3.3554432e-6, 0.524288e-6);
  EXPECT_NEAR(secondsOf(makeShape(ExpertKernels::SortedTriton)),
              20e-6 + products, 1e-13);
  // A step along 256 + 128 elements of 1 ns.
  EXPECT_NEAR(
      addedBy("sorted_step", 1e-9, makeShape(ExpertKernels::SortedTriton)),
      0.384e-6, 1e-13);
  // As many tokens as experts: tiles of 16 rows, steps twice as long.
  ExpertsShape few = makeShape(ExpertKernels::SortedTriton);
  few.tokens = 4;
  EXPECT_NEAR(secondsOf(few),
              20e-6 + 1.5 * std::hypot(0.8388608e-6, 0.524288e-6), 1e-13);
  EXPECT_NEAR(addedBy("sorted_step", 1e-9, few), 0.192e-6, 1e-13);
}

TEST(ExpertsTime, DefaultTilesAreOf16Bits) {
  ExpertsShape shape = makeShape(ExpertKernels::SortedDefault);
  EXPECT_GT(addedBy("sorted_rate_default", 0.5, shape), 1e-6);
  EXPECT_NEAR(addedBy("sorted_step_default", 1e-9, shape), 0.384e-6, 1e-13);
  EXPECT_EQ(addedBy("sorted_rate", 0.5, shape), 0);
  shape.type = ElementType::F8;
  shape.weightBytes = 1;
  shape.blockScaled = true;
  EXPECT_EQ(addedBy("sorted_rate_default", 0.5, shape), 0);
  EXPECT_GT(addedBy("sorted_rate_f8_block", 0.5, shape), 1e-7);
}

TEST(ExpertsTime, TilesOfOtherRanksAreCleared) {
  // Two of four experts are elsewhere: 2 tiles of 256 / 64 columns in each of
  // two products, 1 us each on ten cores.
  ExpertsShape shape = makeShape(ExpertKernels::SortedTriton);
  EXPECT_EQ(addedBy("cleared_tile", 1e-6, shape), 0);
  shape.expertRanks = 2;
  EXPECT_NEAR(addedBy("cleared_tile", 1e-6, shape), 1.6e-6, 1e-13);
}

TEST(ExpertsTime, RowsBetweenTheProducts) {
  // 64 rows of (4 x 256 + 2 x 128 + 128) x 2 bytes at 1 TB/s. Grouped kernels
  // have only those of the rank, 32 of two.
  ExpertsShape shape = makeShape(ExpertKernels::GroupedCutlass);
  EXPECT_NEAR(addedBy("rows", 1, shape), 64 * 2816 / 1e12, 1e-15);
  shape.expertRanks = 2;
  EXPECT_NEAR(addedBy("rows", 1, shape), 32 * 2816 / 1e12, 1e-15);
  shape.kernels = ExpertKernels::SortedTriton;
  EXPECT_NEAR(addedBy("rows", 1, shape), 64 * 2816 / 1e12, 1e-15);
  EXPECT_NEAR(addedBy("token", 1e-9, shape), 32e-9, 1e-15);
}

TEST(ExpertsTime, SkewedLoads) {
  // x^-2 between 1 and 8 (80 % of 10 tokens): quantiles 1 / (1 - u (1 - 1 / 8))
  // at u = 1/4 and 3/4, 1.28 and 2.909. Mean 2.0945, deviation 0.8145; of two
  // ranks the fuller has 0.4307 deviations more, 2.4454: of 4.189, 58.4 % of
  // ten rows, 6.
  ExpertsShape shape = makeShape(ExpertKernels::GroupedCutlass);
  shape.tokens = 10;
  shape.chosen = 1;
  shape.experts = 2;
  shape.skew = 2;
  EXPECT_NEAR(addedBy("rows", 1, shape), 10 * 2816 / 1e12, 1e-15);
  shape.expertRanks = 2;
  EXPECT_NEAR(addedBy("rows", 1, shape), 6 * 2816 / 1e12, 1e-15);
  // An exponent of one is the limit of those nearby.
  shape.skew = 1;
  double one = secondsOf(shape);
  shape.skew = 1 + 1e-7;
  EXPECT_NEAR(secondsOf(shape), one, 1e-11);
}

TEST(ExpertsTime, WeightsAndTypes) {
  ExpertsShape shape = makeShape(ExpertKernels::GroupedCutlass);
  // 8 bits: half the weights, twice the rate, and 2 us of quantisation.
  shape.type = ElementType::F8;
  shape.weightBytes = 1;
  EXPECT_NEAR(secondsOf(shape),
              12e-6 + 0.75 * std::hypot(1.048576e-6, 0.524288e-6), 1e-13);
  EXPECT_GT(addedBy("product_rate_f8", 0.5, shape), 1e-7);
  shape.blockScaled = true;
  EXPECT_EQ(addedBy("product_rate_f8", 0.5, shape), 0);
  EXPECT_GT(addedBy("product_rate_f8_block", 0.5, shape), 1e-7);
  // 4 bits are unpacked by kernels of their own, but by Marlin on the way.
  shape.type = ElementType::BF16;
  shape.blockScaled = false;
  shape.weightBytes = 0.5;
  EXPECT_NEAR(addedBy("unpack", 7e-6, shape), 7e-6, 1e-13);
  shape.kernels = ExpertKernels::Marlin;
  EXPECT_EQ(addedBy("unpack", 7e-6, shape), 0);
  EXPECT_GT(addedBy("marlin_rate", 0.5, shape), 1e-7);
}

TEST(ExpertsTime, UntunedKernelsAreSlowerThroughout) {
  ExpertsShape shape = makeShape(ExpertKernels::Flashinfer);
  double tuned = secondsOf(makeShape(ExpertKernels::GroupedCutlass));
  EXPECT_DOUBLE_EQ(secondsOf(shape, makeCalibration("untuned_rate", 0.25)),
                   4 * tuned);
}

TEST(ExpertsTime, OneProductBeforeTheActivation) {
  ExpertsShape shape = makeShape(ExpertKernels::GroupedCutlass);
  shape.isGated = false;
  // One round of the same tiles, and half of the first weights.
  EXPECT_NEAR(secondsOf(shape),
              10e-6 + std::hypot(1.048576e-6, 0.262144e-6) +
                  std::hypot(0.524288e-6, 0.262144e-6),
              1e-13);
}

TEST(ExpertsTime, GrowsWithItsExtents) {
  auto grows = [](ExpertKernels kernels, double ExpertsShape::*extent,
                  double step) {
    ExpertsShape shape = makeShape(kernels);
    // More tokens than experts throughout: narrow tiles are a choice of fewer.
    shape.tokens = 200;
    double last = 0;
    for (int index = 0; index < 60; ++index, shape.*extent += step) {
      double time = secondsOf(shape, makeCalibration("rows", 1));
      EXPECT_GE(time, last * (1 - 1e-12));
      last = time;
    }
  };
  for (ExpertKernels kernels : allKernels) {
    grows(kernels, &ExpertsShape::tokens, 77);
    grows(kernels, &ExpertsShape::hidden, 51);
    grows(kernels, &ExpertsShape::intermediate, 51);
  }
}

TEST(ExpertsTime, DividedWorkTakesLessTime) {
  for (ExpertKernels kernels : allKernels) {
    ExpertsShape shape = makeShape(kernels);
    shape.tokens = 4096;
    double whole = secondsOf(shape);
    shape.tensorRanks = 2;
    EXPECT_LT(secondsOf(shape), whole);
    shape.tensorRanks = 1;
    shape.expertRanks = 2;
    EXPECT_LT(secondsOf(shape), whole);
    // The fullest rank of skewed loads has more to do than any of equal ones.
    double balanced = secondsOf(shape);
    shape.skew = 1.2;
    EXPECT_GT(secondsOf(shape), balanced);
  }
}

TEST(ExpertsTime, IsUnknownWithoutAFigure) {
  ExpertsShape shape = makeShape(ExpertKernels::GroupedCutlass);
  auto reason = [&](const Machine &machine) {
    KnownOr<double> seconds = expertsSeconds(shape, machine, makeCalibration());
    return seconds ? std::string("known") : seconds.unknown().reason;
  };
  Machine machine = makeMachine();
  machine.matrixCores.reset();
  EXPECT_EQ(reason(machine), "the number of matrix cores is not known");
  machine = makeMachine();
  machine.hbm.bytesPerSecond.reset();
  EXPECT_EQ(reason(machine), "the bandwidth of off-chip memory is not known");
  machine = makeMachine();
  machine.rates.clear();
  EXPECT_EQ(reason(machine), "no rate and no substitute for matrix_bf16");
}

TEST(ExpertsTime, RegimesAreByTokens) {
  ExpertsShape shape;
  for (auto [tokens, regime] :
       {std::pair<double, llvm::StringRef>{16, "tokens_le_16"},
        {17, "tokens_le_256"},
        {4096, "tokens_le_4096"},
        {4097, "tokens_gt_4096"}}) {
    shape.tokens = tokens;
    EXPECT_EQ(expertsRegime(shape), regime);
    EXPECT_TRUE(llvm::is_contained(expertsModel().regimes, regime));
  }
}

//===----------------------------------------------------------------------===//
// Routed products of a graph
//===----------------------------------------------------------------------===//

namespace {

/// 16 rows for each of four matrices of 128 x 256.
GemmShape makeProduct(double n = 128, double k = 256) {
  GemmShape shape;
  shape.isRouted = true;
  shape.batch = 4;
  shape.m = 16;
  shape.n = n;
  shape.k = k;
  return shape;
}

double secondsOf(const GemmShape &shape,
                 const Calibration &calibration = makeCalibration()) {
  KnownOr<double> seconds =
      routedProductSeconds(shape, makeMachine(), calibration);
  return seconds ? *seconds : -1;
}

} // namespace

TEST(RoutedProduct, IsOneOfSevenLaunches) {
  // Four tiles of 16 rows on ten cores, one round: 2 x 16 x 128 x 256 / 1e12 =
  // 1.048576 us; weights 4 x 128 x 256 x 2 / 1e12 = 0.262144 us.
  EXPECT_NEAR(secondsOf(makeProduct()),
              10e-6 / 7 + std::hypot(1.048576e-6, 0.262144e-6), 1e-13);
  // One row each: as long, for tiles are padded.
  GemmShape few = makeProduct();
  few.m = 1;
  EXPECT_EQ(secondsOf(few), secondsOf(makeProduct()));
  // Without rows there is the launch.
  few.batch = 0;
  EXPECT_NEAR(secondsOf(few), 10e-6 / 7, 1e-15);
}

TEST(RoutedProduct, TakesItsBytesAtLeast) {
  // 100 MB of fused ops at 1 TB/s, beside 4 x (16 x 256 + 128 x 256 + 16 x 128)
  // x 2 bytes.
  GemmShape shape = makeProduct();
  shape.extraBytes = 100e6;
  EXPECT_NEAR(secondsOf(shape), 10e-6 / 7 + 100e-6 + 0.311296e-6, 1e-12);
}

// Both products and five more of the seven launches are the whole, but for what
// rows and tokens take.
TEST(RoutedProduct, ProductsAddUpToTheWhole) {
  for (double tokens : {1.0, 3.0, 32.0, 1000.0, 20000.0})
    for (ElementType type : {ElementType::BF16, ElementType::F8}) {
      ExpertsShape whole = makeShape(ExpertKernels::GroupedCutlass);
      whole.tokens = tokens;
      whole.chosen = 1;
      whole.type = type;
      double first = std::min(tokens, whole.experts);
      double products = 0;
      for (auto [n, k] : {std::pair(2 * whole.intermediate, whole.hidden),
                          std::pair(whole.hidden, whole.intermediate)}) {
        GemmShape product = makeProduct(n, k);
        product.batch = first;
        product.m = std::max(1.0, tokens / whole.experts);
        product.type = type;
        products += secondsOf(product);
      }
      double converted = type == ElementType::F8 ? 2e-6 : 0;
      EXPECT_NEAR(secondsOf(whole), products + 5 * 10e-6 / 7 + converted,
                  1e-6 * products)
          << tokens;
    }
}

// Gate and up in one launch never take longer than in two, nor does any extent
// make a product faster.
TEST(RoutedProduct, NeverPaysToLaunchTwice) {
  Calibration calibration = makeCalibration("tile", 1e-6);
  for (double columns = 128; columns < 128 * 80; columns += 128) {
    GemmShape one = makeProduct(columns), both = makeProduct(2 * columns);
    one.m = both.m = 300;
    EXPECT_LE(secondsOf(both, calibration), 2 * secondsOf(one, calibration))
        << columns;
    GemmShape more = makeProduct(columns + 128);
    more.m = 300;
    EXPECT_LE(secondsOf(one, calibration), secondsOf(more, calibration));
    more = one;
    more.m = 301;
    EXPECT_LE(secondsOf(one, calibration), secondsOf(more, calibration));
    more.batch = 5;
    EXPECT_LE(secondsOf(one, calibration), secondsOf(more, calibration));
  }
}

// A target that knows experts is asked for routed products in 16 and 8 bits;
// others, and all other products, are batches.
TEST(RoutedProduct, IsABatchWhereExpertsAreNotCalibrated) {
  Machine machine = makeMachine();
  GemmShape shape = makeProduct();
  KnownOr<KernelTime> time = calibratedTime(shape, machine);
  EXPECT_EQ(time.unknown().reason, "no calibration 'experts'");
  machine.calibrations.push_back(makeCalibration());
  machine.calibrations.back().key = "experts";
  time = calibratedTime(shape, machine);
  ASSERT_TRUE(time);
  EXPECT_EQ(time->calibration->key, "experts");
  EXPECT_EQ(time->seconds, secondsOf(shape));

  shape.scaling = Scaling::Rows;
  EXPECT_FALSE(calibratedTime(shape, machine));
  shape.scaling = Scaling::None;
  shape.type = ElementType::I8;
  EXPECT_FALSE(calibratedTime(shape, machine));
  shape = makeProduct();
  shape.isRouted = false;
  EXPECT_FALSE(calibratedTime(shape, machine));
}
