//===- LatentPrefillTimeTest.cpp - Times of latent prompts ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/LatentPrefillTime.h"

#include "AttentionCalibrations.h"

#include <cmath>
#include <functional>

using namespace roofline;

namespace {

/// Products of 128 queries of a head with 128 keys of 128 + 64 and values of
/// 128 elements: 2 x 128 x 128 x 320 operations at 1e12 per second.
constexpr double headBlock = 10.48576e-6;
/// Of 64 rows with 64 latent rows of 512 + 64 and of 512 elements.
constexpr double latentBlock = 8.912896e-6;

Calibration makePrefill(const std::map<std::string, double> &stated = {}) {
  std::map<std::string, double> values = {{"product_rate", 1},
                                          {"latent_product_rate", 1},
                                          {"launch", 20e-6},
                                          {"latent_launch", 10e-6}};
  for (const auto &[name, value] : stated)
    values[name] = value;
  return makeCalibration(latentPrefillModel(), "", values);
}

LatentAttentionShape makeShape(double batch, double queries, double heads) {
  LatentAttentionShape shape;
  shape.batch = batch;
  shape.queries = queries;
  shape.context = queries;
  shape.heads = heads;
  return shape;
}

double secondsOf(const LatentAttentionShape &shape,
                 const Calibration &calibration,
                 const Machine &machine = makeAttentionMachine()) {
  KnownOr<double> seconds = latentPrefillSeconds(shape, machine, calibration);
  EXPECT_TRUE(seconds.isKnown()) << reasonOf(seconds);
  return seconds ? *seconds : NAN;
}

/// Seconds at 1e12 bytes per second of the latent rows, 576 elements of 2
/// bytes, and of `elements` of 2 bytes for each query of a head.
double moved(const LatentAttentionShape &shape, double elements) {
  return shape.batch *
         (shape.context * 1152 + shape.queries * shape.heads * elements * 2) /
         1e12;
}

} // namespace

TEST(LatentPrefillTime, TableIsSound) {
  expectSoundTable(latentPrefillModel());
  EXPECT_TRUE(latentPrefillModel().kernels.empty());
}

TEST(LatentPrefillTime, KeysOfEachHead) {
  // 10 heads of 128 queries: a tile with one block on each of 10 cores. Queries
  // and keys of 192 elements, values and results of 128.
  LatentAttentionShape shape = makeShape(1, 128, 10);
  shape.libraries.tensorRt = true;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill()),
                   20e-6 + headBlock + moved(shape, 640));
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill({{"tile", 1e-6},
                                                 {"exponential_share", 0.5},
                                                 {"token", 1e-7}})),
                   // 128 x 128 exponentials take 1 us; 128 tokens.
                   20e-6 + headBlock + 1e-6 + 0.5e-6 + 12.8e-7 +
                       moved(shape, 640));
  // Four tiles of one head on one core need 1 + 2 + 3 + 4 blocks.
  shape = makeShape(1, 512, 1);
  shape.libraries.tensorRt = true;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(), makeAttentionMachine(1)),
                   20e-6 + 10 * headBlock + moved(shape, 640));
  // The last 128 of 512 rows are the fourth of them; without a mask each has
  // all blocks.
  shape.queries = 128;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(), makeAttentionMachine(1)),
                   20e-6 + 4 * headBlock + moved(shape, 640));
  shape.queries = 512;
  shape.isCausal = false;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(), makeAttentionMachine(1)),
                   20e-6 + 16 * headBlock + moved(shape, 640));
}

TEST(LatentPrefillTime, LatentRows) {
  // 10 sequences of 4 queries of 16 heads: 64 rows each, and a block.
  LatentAttentionShape shape = makeShape(10, 4, 16);
  shape.libraries.sglang = true;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill()),
                   10e-6 + latentBlock + moved(shape, 1088));
  EXPECT_DOUBLE_EQ(
      secondsOf(shape, makePrefill({{"latent_tile", 1e-6},
                                    {"latent_exponential_share", 2},
                                    {"latent_token", 1e-7}})),
      // 64 x 64 exponentials take 0.25 us; 40 tokens on 10 cores.
      10e-6 + latentBlock + 1e-6 + 0.5e-6 + 4e-7 + moved(shape, 1088));
  // 4 queries of 32 heads are two tiles.
  shape.heads = 32;
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill()),
                   10e-6 + 2 * latentBlock + moved(shape, 1088));
}

TEST(LatentPrefillTime, FastestOfTheLibraries) {
  LatentAttentionShape few = makeShape(1, 4, 16), many = makeShape(1, 4096, 16);
  for (LatentAttentionShape shape : {few, many}) {
    shape.libraries.tensorRt = true;
    double heads = secondsOf(shape, makePrefill());
    shape.libraries.sglang = true;
    double both = secondsOf(shape, makePrefill());
    shape.libraries.tensorRt = false;
    double latent = secondsOf(shape, makePrefill());
    EXPECT_EQ(both, std::min(heads, latent));
    shape.libraries = {};
    EXPECT_EQ(secondsOf(shape, makePrefill()), both);
    // A graph that multiplies with latent rows has one way.
    shape.isAbsorbed = true;
    EXPECT_EQ(secondsOf(shape, makePrefill()), latent);
    EXPECT_EQ(both == latent, shape.queries == 4);
  }
}

TEST(LatentPrefillTime, CacheOfEightBits) {
  LatentAttentionShape shape = makeShape(10, 4, 16);
  shape.libraries.sglang = true;
  shape.kvBytes = 1;
  // Half of the rows' bytes, 3 us, and twice the bytes of the queries.
  EXPECT_DOUBLE_EQ(
      secondsOf(shape, makePrefill({{"convert_launch", 3e-6}, {"convert", 2}})),
      10e-6 + latentBlock + 3e-6 +
          10 * (4 * 576 + 3. * 4 * 16 * 1088 * 2) / 1e12);
}

TEST(LatentPrefillTime, PowerSlowsDown) {
  // 10 heads x 128 x 129 / 2 pairs x 2 x 320 operations, against an onset of
  // 0.1e12 x 10 W.
  Machine machine = makeAttentionMachine();
  machine.tdpWatts = 10;
  LatentAttentionShape shape = makeShape(1, 128, 10);
  shape.libraries.tensorRt = true;
  double time = headBlock + moved(shape, 640);
  double excess = 10. * 128 * 129 / 2 * 640 / time / 1e12 - 1;
  EXPECT_GT(excess, 0);
  std::map<std::string, double> values = {{"throttle", 0.5},
                                          {"throttle_onset", 0.1}};
  EXPECT_DOUBLE_EQ(secondsOf(shape, makePrefill(values), machine),
                   20e-6 + time * (1 + 0.5 * excess));
  machine.tdpWatts.reset();
  KnownOr<double> seconds =
      latentPrefillSeconds(shape, machine, makePrefill(values));
  EXPECT_EQ(reasonOf(seconds), "the rated power is not known");
  EXPECT_TRUE(latentPrefillSeconds(shape, machine, makePrefill()).isKnown());
}

TEST(LatentPrefillTime, GrowsWithEveryExtent) {
  struct Extent {
    const char *name;
    std::function<void(LatentAttentionShape &, double)> grow;
  };
  const Extent extents[] = {
      {"batch", [](LatentAttentionShape &s, double i) { s.batch += i; }},
      {"context",
       [](LatentAttentionShape &s, double i) { s.context += 37 * i; }},
      {"prompt",
       [](LatentAttentionShape &s, double i) {
         s.queries += 37 * i;
         s.context += 37 * i;
       }},
      {"heads", [](LatentAttentionShape &s, double i) { s.heads += i; }},
  };
  Calibration calibration = makeFullCalibration(latentPrefillModel(), "");
  for (const Extent &extent : extents)
    for (double heads : {1.0, 16.0, 128.0})
      for (double queries : {1.0, 100.0, 3000.0})
        for (double kvBytes : {1.0, 2.0})
          for (int libraries = 0; libraries < 4; ++libraries) {
            double before = calibration.values.front() / 2;
            for (double i = 0; i < 40; ++i) {
              LatentAttentionShape shape = makeShape(3, queries, heads);
              shape.kvBytes = kvBytes;
              shape.libraries.sglang = libraries & 1;
              shape.libraries.tensorRt = libraries & 2;
              extent.grow(shape, i);
              double seconds = secondsOf(shape, calibration);
              EXPECT_GE(seconds, before * (1 - 1e-12))
                  << extent.name << " " << heads << " " << queries << " "
                  << libraries << " " << i;
              before = seconds;
            }
          }
}

TEST(LatentPrefillTime, RegimesAreListed) {
  for (double queries : {1.0, 129.0, 1025.0})
    EXPECT_TRUE(
        llvm::is_contained(latentPrefillModel().regimes,
                           latentPrefillRegime(makeShape(1, queries, 8))));
}
