//===- FitTest.cpp - Parameters from measured times -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SampleMachine.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

using namespace roofline;

namespace {

/// Times of streaming kernels of many sizes on `machine` as `truth` has them,
/// each times a factor around one of the given spread. Sites are widths.
std::vector<FitSample> samplesOf(const Machine &machine,
                                 const Calibration &truth, double spread,
                                 unsigned seed) {
  std::vector<FitSample> samples;
  // The engine's values are the same everywhere; the library's distributions
  // are not.
  std::mt19937 engine(seed);
  auto uniform = [&] { return (engine() + 0.5) / 4294967296.0; };
  for (StreamingKind kind : {StreamingKind::Elementwise, StreamingKind::Gather})
    for (double columns = 1024; columns <= 16384; columns += 1024)
      for (double rows = 1; rows <= 65536; rows *= 2) {
        StreamingShape shape{kind, rows, columns, rows * columns * 4};
        double gauss = std::sqrt(-2 * std::log(uniform())) *
                       std::cos(2 * 3.14159265358979 * uniform());
        FitSample sample;
        sample.kernels = {shape};
        sample.site = siteOf(shape);
        sample.regime = regimeOf(KernelShape(shape), *truth.model).str();
        sample.seconds = *modelSeconds(KernelShape(shape), machine, truth) *
                         std::exp(spread * gauss);
        sample.order = samples.size();
        samples.push_back(std::move(sample));
      }
  return samples;
}

FitRequest requestFor(const Calibration &calibration,
                      llvm::ArrayRef<llvm::StringLiteral> free) {
  FitRequest request;
  request.key = &keyOf(calibration.key);
  request.start = calibration.values;
  for (const ModelParameter &parameter : calibration.model->parameters)
    request.isFree.push_back(llvm::is_contained(free, parameter.name));
  return request;
}

/// Stays where it is.
llvm::Expected<std::vector<double>> stay(Objective, const Search &search) {
  return search.start;
}

constexpr llvm::StringLiteral streamingNames[] = {
    "launch", "cache_bandwidth", "cache_share", "elementwise", "gather"};

TEST(Fit, RecoversWhatTheDataWereMadeWith) {
  if (minimizerName().empty())
    GTEST_SKIP() << "no optimiser";
  Machine machine = sampleMachine();
  Calibration truth = startOf("streaming");
  valueOf(truth, "launch") = 2.2e-6;
  valueOf(truth, "cache_bandwidth") = 5.5e12;
  valueOf(truth, "cache_share") = 0.7;
  valueOf(truth, "elementwise") = 1.25;
  valueOf(truth, "gather") = 3.1;
  llvm::Expected<FitResult> result = fitCalibration(
      samplesOf(machine, truth, /*spread=*/0, 0), machine,
      requestFor(startOf("streaming"), streamingNames), minimize);
  ASSERT_TRUE(bool(result));
  for (llvm::StringRef name : streamingNames)
    EXPECT_NEAR(valueOf(result->calibration, name) / valueOf(truth, name), 1,
                0.03)
        << name.str();
  // 2 kinds of 16 widths with 17 numbers of rows.
  EXPECT_EQ(result->samples, 544u);
  EXPECT_EQ(result->sites, 32u);
  EXPECT_EQ(result->freeParameters, 5u);
  ASSERT_EQ(result->regimes.size(), 3u);
  EXPECT_EQ(result->regimes[0].regime, "all");
  EXPECT_EQ(result->regimes[0].heldOut.rows, 544u);
  EXPECT_LT(result->regimes[0].heldOut.mape, 0.01);
  // What is not free keeps its value.
  EXPECT_EQ(valueOf(result->calibration, "rope"), valueOf(truth, "rope"));
}

TEST(Fit, GivesTheSameTwice) {
  if (minimizerName().empty())
    GTEST_SKIP() << "no optimiser";
  Machine machine = sampleMachine();
  std::vector<FitSample> samples =
      samplesOf(machine, startOf("streaming"), 0.1, 3);
  FitRequest request = requestFor(startOf("streaming"), streamingNames);
  request.evaluations = 200;
  llvm::Expected<FitResult> once =
      fitCalibration(samples, machine, request, minimize);
  llvm::Expected<FitResult> twice =
      fitCalibration(samples, machine, request, minimize);
  ASSERT_TRUE(once && twice);
  EXPECT_EQ(once->calibration.values, twice->calibration.values);
  EXPECT_EQ(once->regimes[0].low, twice->regimes[0].low);
}

/// The interval of a fit holds about 80 % of rows that it has never seen.
TEST(Fit, IntervalsHoldForOtherRows) {
  Machine machine = sampleMachine();
  Calibration truth = startOf("streaming");
  std::vector<FitSample> samples = samplesOf(machine, truth, 0.15, 1);
  FitRequest request = requestFor(truth, streamingNames);
  request.folds = 3;
  llvm::Expected<FitResult> result = fitCalibration(
      samples, machine, request,
      minimizerName().empty() ? Minimizer(stay) : Minimizer(minimize));
  ASSERT_TRUE(bool(result));
  const RegimeError *errors = result->calibration.findErrors(allRegimes);
  ASSERT_NE(errors, nullptr);
  size_t inside = 0;
  std::vector<FitSample> others = samplesOf(machine, truth, 0.15, 2);
  for (const FitSample &sample : others) {
    double estimate =
        *modelSeconds(sample.kernels[0], machine, result->calibration);
    inside += sample.seconds >= errors->low * estimate &&
              sample.seconds <= errors->high * estimate;
  }
  // 544 rows: 80 % have a deviation of 1.7 %, the interval's ends as much.
  EXPECT_NEAR(double(inside) / double(others.size()), 0.8, 0.06);
}

TEST(Fit, HoldsOutWholeSites) {
  std::vector<FitSample> samples =
      samplesOf(sampleMachine(), startOf("streaming"), 0, 0);
  std::vector<unsigned> folds = assignFolds(samples, 5, 0);
  std::map<std::string, unsigned> foldOf;
  std::map<unsigned, unsigned> sitesIn;
  for (size_t index = 0; index < samples.size(); ++index) {
    auto [it, isNew] = foldOf.try_emplace(samples[index].site, folds[index]);
    EXPECT_EQ(it->second, folds[index]);
    if (isNew)
      ++sitesIn[folds[index]];
  }
  // 32 sites over 5 folds.
  ASSERT_EQ(sitesIn.size(), 5u);
  for (auto [fold, sites] : sitesIn)
    EXPECT_TRUE(sites == 6 || sites == 7) << sites;
  EXPECT_EQ(folds, assignFolds(samples, 5, 0));
  EXPECT_NE(folds, assignFolds(samples, 5, 1));
}

TEST(Fit, FindsTheWorkOfACalibration) {
  MeasuredWork product{
      "gemm", "fp8_e4m3", "", "", {}, 1, std::vector<KernelShape>{}};
  GemmShape shape;
  shape.type = ElementType::F8;
  shape.scaling = Scaling::Blocks;
  product.kernels = std::vector<KernelShape>{shape};
  EXPECT_EQ(fitSamples({product}, keyOf("gemm_f8_block")).size(), 1u);
  EXPECT_TRUE(fitSamples({product}, keyOf("gemm_f8")).empty());
  EXPECT_TRUE(fitSamples({product}, keyOf("streaming")).empty());
}

TEST(Fit, KnowsWhichModelsSuitAMachine) {
  Machine gpu = sampleMachine();
  EXPECT_TRUE(suitsMachine(keyOf("attention_decode"), gpu));
  EXPECT_FALSE(suitsMachine(keyOf("cube_attention_decode"), gpu));
  Machine npu = sampleMachine();
  npu.vectorCores = 200;
  EXPECT_FALSE(suitsMachine(keyOf("attention_decode"), npu));
  EXPECT_TRUE(suitsMachine(keyOf("cube_attention_decode"), npu));
  EXPECT_TRUE(suitsMachine(keyOf("gemm_bf16"), npu));
}

TEST(Fit, SaysWhatIsMissing) {
  Machine machine = sampleMachine();
  std::vector<FitSample> samples =
      samplesOf(machine, startOf("streaming"), 0, 0);
  FitRequest request = requestFor(startOf("streaming"), streamingNames);
  request.folds = 50;
  EXPECT_EQ(llvm::toString(
                fitCalibration(samples, machine, request, stay).takeError()),
            "calibration 'streaming': the data have 32 sites, too few for 50 "
            "parts that are held out in turn; measure more, or give --folds");
  request.folds = 2;
  machine.caches.clear();
  EXPECT_EQ(llvm::toString(
                fitCalibration(samples, machine, request, stay).takeError()),
            "calibration 'streaming': the capacity of L2 is not known; state "
            "it in a target file, or leave out with --free what needs it");
}

TEST(Fit, RoundsParameters) {
  EXPECT_EQ(roundedParameter(1.23456e-6), 1.235e-6);
  EXPECT_EQ(roundedParameter(0), 0);
  EXPECT_EQ(roundedParameter(99999), 100000);
}

/// Finds the minimum of a function that is no parabola.
TEST(Minimizer, FindsAMinimum) {
  if (minimizerName().empty())
    GTEST_SKIP() << "no optimiser";
  auto valley = [](llvm::ArrayRef<double> x) {
    return std::fabs(x[0] - 0.3) + 10 * std::fabs(x[1] - x[0] * x[0]);
  };
  llvm::Expected<std::vector<double>> point =
      minimize(valley, {{0.9, 0.9}, 0.1, 4000});
  ASSERT_TRUE(bool(point));
  EXPECT_NEAR((*point)[0], 0.3, 0.01);
  EXPECT_NEAR((*point)[1], 0.09, 0.01);
}

} // namespace
