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
  EXPECT_EQ(*linkSeconds({allReduce, 1, 1e9}, Machine()), 0);
}

// Each of four ranks sends 2 x 3/4 of 4 MB at 100 GB/s.
TEST(CollectiveTime, LinksAtTheirBandwidth) {
  Machine machine = makeMachine();
  EXPECT_DOUBLE_EQ(*linkSeconds({allReduce, 4, 4e6}, machine), 60e-6);
  EXPECT_DOUBLE_EQ(*linkSeconds({allGather, 4, 4e6}, machine), 30e-6);
  EXPECT_DOUBLE_EQ(*linkSeconds({allToAll, 4, 4e6}, machine), 30e-6);
  // More than are known to be needed change nothing.
  machine.links.front().devices = 4;
  EXPECT_DOUBLE_EQ(*linkSeconds({allReduce, 4, 4e6}, machine), 60e-6);
}

// 16 ranks in two domains of eight. Of a sum that goes round twice, half leaves
// each domain: 2 x 8 MB / 2 by eight links of 10 GB/s, 100 us. Within, each
// rank sends 2 x 15/16 x 8 MB at 100 GB/s, 150 us. An all_to_all sends 4 of 8
// MB of each device out on its own link: 400 us.
TEST(CollectiveTime, LinksBeyondTheDomain) {
  Machine machine = makeMachine();
  machine.links.front().devices = 8;
  EXPECT_DOUBLE_EQ(*linkSeconds({allReduce, 16, 8e6}, machine), 150e-6);
  EXPECT_DOUBLE_EQ(*linkSeconds({allToAll, 16, 8e6}, machine), 400e-6);
  // Slower links, 5 times: 500 us.
  machine.links.back().bytesPerSecond = 2e9;
  EXPECT_DOUBLE_EQ(*linkSeconds({allReduce, 16, 8e6}, machine), 500e-6);
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
  EXPECT_EQ(reason(linkSeconds({allGather, 2, 1}, Machine())),
            "the bandwidth of the scale-up link is not known");
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
