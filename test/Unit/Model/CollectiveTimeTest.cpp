//===- CollectiveTimeTest.cpp - Times of exchanges ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/CollectiveTime.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

constexpr CollectiveKind allReduce = CollectiveKind::AllReduce;
constexpr CollectiveKind allGather = CollectiveKind::AllGather;
constexpr CollectiveKind reduceScatter = CollectiveKind::ReduceScatter;
constexpr CollectiveKind allToAll = CollectiveKind::AllToAll;

/// 100 GB/s with 1 us within a domain, 10 GB/s with 5 us beyond it.
Machine makeMachine() {
  Machine machine;
  machine.links = {{"scale_up", 100e9, 1e-6}, {"scale_out", 10e9, 5e-6}};
  return machine;
}

Calibration makeCalibration(llvm::StringRef kernels = "switch",
                            double switchBandwidth = 0) {
  Calibration calibration;
  calibration.model = &collectiveModel();
  calibration.kernels = kernels.str();
  for (const ModelParameter &parameter : collectiveModel().parameters)
    calibration.values.push_back(llvm::StringSwitch<double>(parameter.name)
                                     .Case("launch", 5e-6)
                                     .Case("step", 1e-6)
                                     .Case("exchange_launch", 6e-6)
                                     .Case("exchange_step", 0.5e-6)
                                     .Case("short_bandwidth", 20e9)
                                     .Case("long_launch", 10e-6)
                                     .Case("bandwidth", 0.8)
                                     .Case("few_ranks", 0.5)
                                     .Case("all_to_all", 1.25)
                                     .Case("all_reduce", 1.5)
                                     .Case("switch_bandwidth", switchBandwidth)
                                     .Case("switch_launch", 40e-6)
                                     .Default(-1));
  return calibration;
}

double secondsOf(const CollectiveShape &shape,
                 const Calibration &calibration = makeCalibration()) {
  KnownOr<double> seconds =
      collectiveSeconds(shape, makeMachine(), calibration);
  return seconds ? *seconds : -1;
}

} // namespace

TEST(CollectiveTime, ShortMessages) {
  // Each of two ranks sends half of 200 kB in one step: 5 + 1 us, and 100 kB /
  // 20 GB/s = 5 us. The other protocol would take 10 us more to start.
  EXPECT_DOUBLE_EQ(secondsOf({allGather, 2, 200e3}), 11e-6);
  EXPECT_DOUBLE_EQ(secondsOf({reduceScatter, 2, 200e3}), 11e-6);
  // A reduction of all goes round twice: 5 + 2 us, and 200 kB / 20 GB/s.
  EXPECT_DOUBLE_EQ(secondsOf({allReduce, 2, 200e3}), 17e-6);
}

TEST(CollectiveTime, LongMessages) {
  // 2 MB of each of two ranks at 100 x 0.8 / (1 + 0.5 / 1) x 1.5 = 80 GB/s: 25
  // us after 5 + 2 + 10 us.
  EXPECT_DOUBLE_EQ(secondsOf({allReduce, 2, 2e6}), 42e-6);
  // 2 of 3 MB to the two others at 100 x 0.8 / (1 + 0.5 / 2) x 1.25 = 80 GB/s:
  // 25 us after 6 + 2 x 0.5 + 10 us.
  EXPECT_DOUBLE_EQ(secondsOf({allToAll, 3, 3e6}), 42e-6);
}

TEST(CollectiveTime, FlagsTakeHalfOfASlowLink) {
  // On a link of 30 GB/s, flags leave 15 of the protocol's 20 GB/s: 5 + 1 us,
  // and 75 kB / 15 GB/s = 5 us.
  Machine machine = makeMachine();
  machine.links.front().bytesPerSecond = 30e9;
  EXPECT_DOUBLE_EQ(
      *collectiveSeconds({allGather, 2, 150e3}, machine, makeCalibration()),
      11e-6);
}

TEST(CollectiveTime, ReductionsInTheSwitch) {
  Calibration calibration = makeCalibration("switch", 1);
  // 40 us + 10 MB / 100 GB/s. In steps, each of four ranks would send 15 MB at
  // 100 x 0.8 / (1 + 0.5 / 3) x 1.5 = 102.857 GB/s: 145.833 us after 5 + 6 + 10
  // us, which is what is left without them.
  EXPECT_DOUBLE_EQ(secondsOf({allReduce, 4, 10e6}, calibration), 140e-6);
  EXPECT_NEAR(secondsOf({allReduce, 4, 10e6}), 166.8333e-6, 1e-10);
  // Other kinds do not use them, fewer ranks neither: 2 x 10 MB x 2 / 3 at 100
  // x 0.8 / 1.25 x 1.5 = 96 GB/s, 138.889 us after 5 + 4 + 10 us.
  EXPECT_NEAR(secondsOf({allReduce, 3, 10e6}, calibration), 157.8889e-6, 1e-10);
  EXPECT_EQ(secondsOf({allGather, 4, 10e6}, calibration),
            secondsOf({allGather, 4, 10e6}));
  // A mesh has no switch.
  EXPECT_EQ(secondsOf({allReduce, 4, 10e6}, makeCalibration("mesh", 1)),
            secondsOf({allReduce, 4, 10e6}, makeCalibration("mesh", 0)));
}

TEST(CollectiveTime, AMeshNeedsOneStep) {
  // 4 of 5 ranks are one step away instead of four.
  EXPECT_NEAR(secondsOf({allGather, 5, 10e6}, makeCalibration("switch")) -
                  secondsOf({allGather, 5, 10e6}, makeCalibration("mesh")),
              3e-6, 1e-15);
}

TEST(CollectiveTime, AClosNetworkIsBeyondTheDomain) {
  // 100 kB at half of 10 GB/s, 20 us; the other protocol takes 10 us and
  // 100 kB / (10 GB/s x 0.8 / 1.5) = 18.75 us.
  EXPECT_DOUBLE_EQ(secondsOf({allGather, 2, 200e3}, makeCalibration("clos")),
                   26e-6);
}

TEST(CollectiveTime, GrowsWithBytesAndRanks) {
  for (llvm::StringRef kernels : {"switch", "mesh", "clos"})
    for (double switchBandwidth : {0.0, 1.0})
      for (CollectiveKind kind :
           {allReduce, allGather, reduceScatter, allToAll}) {
        Calibration calibration = makeCalibration(kernels, switchBandwidth);
        for (double ranks : {2.0, 3.0, 4.0, 8.0, 64.0}) {
          double last = 0;
          for (double bytes = 1; bytes < 1e10; bytes *= 1.7) {
            double time = secondsOf({kind, ranks, bytes}, calibration);
            EXPECT_GE(time, last);
            last = time;
          }
        }
      }
  // Reductions in the switch are a route of their own.
  for (CollectiveKind kind : {allReduce, allGather, reduceScatter, allToAll})
    for (double bytes : {1e3, 1e5, 1e7, 1e9}) {
      double last = 0;
      for (double ranks = 1; ranks < 100; ++ranks) {
        double time = secondsOf({kind, ranks, bytes});
        EXPECT_GE(time, last);
        last = time;
      }
    }
}

TEST(CollectiveTime, OneRankExchangesNothing) {
  EXPECT_EQ(secondsOf({allReduce, 1, 1e9}), 0);
  EXPECT_EQ(*plainExchangeSeconds({allReduce, 1, 1e9}, Machine()), 0);
}

// A part of a mesh of eight with 14 GB/s between each two: of three ranks each
// sends 2/3 of 30 MB on two links, 28 GB/s x 0.8 / (1 + 0.5 / 2) = 17.92 GB/s,
// one step and the start of the protocol after 5 us. A switch has no parts.
TEST(CollectiveTime, APartOfAMeshHasTheLinksBetweenItsRanks) {
  Machine machine = makeMachine();
  machine.links.front() = {"scale_up", 98e9, 1e-6, 8, /*isMesh=*/true};
  EXPECT_DOUBLE_EQ(*collectiveSeconds({allGather, 3, 30e6}, machine,
                                      makeCalibration("mesh")),
                   5e-6 + 1e-6 + 10e-6 + 20e6 / 17.92e9);
  EXPECT_DOUBLE_EQ(*collectiveSeconds({allGather, 3, 30e6}, machine,
                                      makeCalibration("switch")),
                   5e-6 + 2e-6 + 10e-6 + 20e6 / (3.5 * 17.92e9));
}

//===----------------------------------------------------------------------===//
// Without a calibration (T27)
//===----------------------------------------------------------------------===//

// Rings of four ranks: 3/4 of 400 MB, twice for a sum, at 100 GB/s x 0.78 /
// (1 + 0.36 / 3), 1.1 times that of a sum, 1.05 times that of an all_to_all;
// 18 us more, and 4.2 us and 0.85 us a step, 5.5 us and 0.3 us a rank of an
// all_to_all. Of 4 kB each sends 3 kB with flags, at half of the link.
TEST(PlainExchange, OfADomain) {
  Machine machine = makeMachine();
  double bandwidth = 100e9 * 0.78 / 1.12;
  auto seconds = [&](CollectiveKind kind, double bytes) {
    return *plainExchangeSeconds({kind, 4, bytes}, machine);
  };
  EXPECT_NEAR(seconds(allGather, 400e6), 24.75e-6 + 300e6 / bandwidth, 1e-12);
  EXPECT_EQ(seconds(reduceScatter, 400e6), seconds(allGather, 400e6));
  EXPECT_NEAR(seconds(allReduce, 400e6), 27.3e-6 + 600e6 / (1.1 * bandwidth),
              1e-12);
  EXPECT_NEAR(seconds(allToAll, 400e6), 24.4e-6 + 300e6 / (1.05 * bandwidth),
              1e-12);
  EXPECT_NEAR(seconds(allGather, 4e3), 6.75e-6 + 3e3 / 50e9, 1e-12);
  // Never less than 2 (n - 1) / n bytes on the full link.
  EXPECT_GT(seconds(allReduce, 400e6), 6e-3);
  // A domain of as many or more changes nothing.
  machine.links.front().devices = 4;
  EXPECT_NEAR(seconds(allReduce, 400e6), 27.3e-6 + 600e6 / (1.1 * bandwidth),
              1e-12);
}

// Eight devices with 20 GB/s between each two. All of them send 7/8 of 800 MB
// on 140 GB/s in one step; two send half on 20 GB/s.
TEST(PlainExchange, OfAMesh) {
  Machine machine;
  machine.links = {{"scale_up", 140e9, std::nullopt, 8, /*isMesh=*/true}};
  EXPECT_NEAR(*plainExchangeSeconds({allGather, 8, 800e6}, machine),
              (4.2 + 0.85 + 18) * 1e-6 +
                  700e6 / (140e9 * 0.78 / (1 + 0.36 / 7)),
              1e-12);
  EXPECT_NEAR(*plainExchangeSeconds({allGather, 2, 800e6}, machine),
              (4.2 + 0.85 + 18) * 1e-6 + 400e6 / (20e9 * 0.78 / 1.36), 1e-12);
}

// Long rings become trees: 383 steps of 384 ranks are 4 x 9.
TEST(PlainExchange, OfManyRanks) {
  Machine machine = makeMachine();
  auto seconds = [&](double ranks) {
    return *plainExchangeSeconds({allGather, ranks, 1}, machine);
  };
  EXPECT_NEAR(seconds(16), (4.2 + 0.85 * 15) * 1e-6, 1e-10);
  EXPECT_NEAR(seconds(384), (4.2 + 0.85 * 36) * 1e-6, 1e-10);
}

// 16 ranks in two domains of eight. Of a sum of 800 MB that goes round twice,
// half leaves each domain by eight links: 100 MB at 10 GB/s x 0.78 / 1.36
// x 1.1. Within, each sends 2 x 15/16 of it at 100 GB/s x 0.78 / (1 + 0.36 / 7)
// x 1.1, which takes longer; 7 steps within and one beyond, twice. An
// all_to_all sends 400 MB of each device out on its own link.
TEST(PlainExchange, BeyondTheDomain) {
  Machine machine = makeMachine();
  machine.links.front().devices = 8;
  double within = 100e9 * 0.78 / (1 + 0.36 / 7), beyond = 10e9 * 0.78 / 1.36;
  double sum = 1500e6 / (1.1 * within), outside = 100e6 / (1.1 * beyond);
  EXPECT_GT(sum, outside);
  EXPECT_NEAR(*plainExchangeSeconds({allReduce, 16, 800e6}, machine),
              (4.2 + 0.85 * 16 + 18) * 1e-6 + sum, 1e-12);
  EXPECT_NEAR(*plainExchangeSeconds({allToAll, 16, 800e6}, machine),
              (5.5 + 0.3 * 15 + 18) * 1e-6 + 400e6 / (1.05 * beyond), 1e-12);
  // Links that are five times slower bind a sum, too.
  machine.links.back().bytesPerSecond = 2e9;
  EXPECT_NEAR(*plainExchangeSeconds({allReduce, 16, 800e6}, machine),
              (4.2 + 0.85 * 16 + 18) * 1e-6 + 5 * outside, 1e-12);
  // Nothing is calibrated there, but of the link that leads out.
  EXPECT_TRUE(
      collectiveSeconds({allReduce, 8, 8e6}, machine, makeCalibration()));
  EXPECT_FALSE(
      collectiveSeconds({allReduce, 9, 8e6}, machine, makeCalibration()));
  EXPECT_TRUE(
      collectiveSeconds({allReduce, 9, 8e6}, machine, makeCalibration("clos")));
}

TEST(CollectiveTime, IsUnknownWithoutAFigure) {
  CollectiveShape shape = {allGather, 2, 1};
  auto reason = [](const KnownOr<double> &seconds) {
    return seconds ? std::string("known") : seconds.unknown().reason;
  };
  Machine machine = makeMachine();
  EXPECT_EQ(reason(plainExchangeSeconds(shape, Machine())),
            "the bandwidth of the scale-up link is not known");
  // Beyond the domain, what leads out of it.
  machine.links.front().devices = 8;
  machine.links.back().bytesPerSecond.reset();
  EXPECT_TRUE(plainExchangeSeconds({allGather, 8, 1}, machine));
  EXPECT_EQ(reason(plainExchangeSeconds({allGather, 9, 1}, machine)),
            "the bandwidth of the scale-out link is not known");
  machine = makeMachine();
  for (const KnownOr<double> &seconds :
       {plainExchangeSeconds({allGather, 0, 1}, machine),
        collectiveSeconds({allGather, 0, 1}, machine, makeCalibration())})
    EXPECT_EQ(reason(seconds),
              "the graph does not tell which devices exchange what in a way "
              "that is modelled");
  machine.links.front().bytesPerSecond.reset();
  EXPECT_EQ(reason(collectiveSeconds(shape, machine, makeCalibration())),
            "the bandwidth of the scale-up link is not known");
  machine.links.pop_back();
  EXPECT_EQ(reason(collectiveSeconds(shape, machine, makeCalibration("clos"))),
            "the bandwidth of the scale-out link is not known");
}

TEST(CollectiveTime, RegimesAreByBytes) {
  EXPECT_EQ(collectiveRegime({allReduce, 8, 65536}), "bytes_le_64k");
  EXPECT_EQ(collectiveRegime({allReduce, 8, 65537}), "bytes_le_4m");
  EXPECT_EQ(collectiveRegime({allReduce, 8, 4194305}), "bytes_gt_4m");
}
