//===- MemoryFitTest.cpp - Whether a graph fits into memory ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A68 says how much of a device can be used, A69 how a need is divided.
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/MemoryFit.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

constexpr uint64_t gb = 1000000000;

std::string devices(const MemoryNeed &need, std::optional<double> capacity) {
  MemoryFit fit = fitMemory(need, capacity);
  return fit.devices ? fit.devices->str()
                     : "unknown: " + fit.devices.unknown().reason;
}

MemoryNeed need(uint64_t weights, uint64_t caches, uint64_t whole = 0) {
  MemoryNeed result;
  result.weightBytes = Count(weights);
  result.cacheBytes = Count(caches);
  result.intermediateBytes = Count(whole);
  return result;
}

} // namespace

TEST(MemoryFit, A68NineTenthsAreUsable) {
  // 0.9 x 64 GB = 57.6 GB.
  MemoryFit fit = fitMemory(need(1, 0), 64e9);
  ASSERT_TRUE(fit.usableBytes);
  EXPECT_EQ(*fit.usableBytes, Count(57600000000));
  EXPECT_EQ(devices(need(57600000000, 0), 64e9), "1");
  EXPECT_EQ(devices(need(57600000001, 0), 64e9), "2");
}

TEST(MemoryFit, A69WeightsAndCachesAreDividedEvenly) {
  // 140 GB of weights on devices of 64 GB: 140 / 57.6 = 2.43.
  EXPECT_EQ(devices(need(140 * gb, 0), 64e9), "3");
  // With 30 GB of caches and 7.6 GB of values that each keeps:
  // 170 / (57.6 - 7.6) = 3.4.
  EXPECT_EQ(devices(need(140 * gb, 30 * gb, 7600000000), 64e9), "4");
  // Inputs and results are kept whole, too: 170 / (57.6 - 7.6 - 16) = 5.
  MemoryNeed all = need(140 * gb, 30 * gb, 7600000000);
  all.inputBytes = Count(10 * gb);
  all.resultBytes = Count(6 * gb);
  EXPECT_EQ(devices(all, 64e9), "5");
  ASSERT_TRUE(all.totalBytes());
  EXPECT_EQ(*all.totalBytes(), Count(193600000000));
}

TEST(MemoryFit, A69NothingToDivide) {
  EXPECT_EQ(devices(need(0, 0), 64e9), "1");
  EXPECT_EQ(devices(need(0, 0, 57600000000), 64e9), "1");
  const char *never =
      "unknown: what every device keeps whole (inputs, results, values between "
      "kernels) is more than one can hold";
  EXPECT_EQ(devices(need(0, 0, 57600000001), 64e9), never);
  // Something to divide, and no room for any of it.
  EXPECT_EQ(devices(need(1, 0, 57600000000), 64e9), never);
}

TEST(MemoryFit, UnknownStaysUnknown) {
  MemoryNeed unknown = need(1, 1);
  unknown.intermediateBytes = Unknown{UnknownKind::Dynamic, "an extent is not"};
  EXPECT_EQ(devices(unknown, 64e9), "unknown: an extent is not");
  EXPECT_FALSE(unknown.totalBytes());
  EXPECT_TRUE(fitMemory(unknown, 64e9).usableBytes);
  EXPECT_EQ(devices(need(1, 1), std::nullopt),
            "unknown: memory capacity is not stated");
  EXPECT_FALSE(fitMemory(need(1, 1), std::nullopt).usableBytes);
}

TEST(MemoryFit, SizesBeyond64Bits) {
  MemoryNeed large = need(1, 0);
  large.weightBytes = Count(uint64_t(1) << 63) * Count(4); // 2^65.
  // 2^65 / 0.9e12, rounded up: 36893488147419103232 / 900000000000.
  EXPECT_EQ(devices(large, 1e12), "40992765");
  large.cacheBytes = Count::overflow();
  EXPECT_FALSE(large.totalBytes());
}

TEST(MemoryFit, MoreMemoryNeverNeedsMoreDevices) {
  for (uint64_t weights : {0u, 1u, 7u, 140u, 999u}) {
    uint64_t before = ~uint64_t(0);
    for (double capacity = 10; capacity < 2000; capacity *= 1.3) {
      MemoryFit fit = fitMemory(need(weights, 3, 5), capacity);
      if (!fit.devices)
        continue;
      EXPECT_LE(*fit.devices->asUint64(), before);
      before = *fit.devices->asUint64();
    }
    EXPECT_EQ(before, 1u);
  }
}
