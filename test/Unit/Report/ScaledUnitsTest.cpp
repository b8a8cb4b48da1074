//===- ScaledUnitsTest.cpp - Numbers as people read them ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/ScaledUnits.h"

#include <gtest/gtest.h>

#include <limits>

using namespace roofline;

TEST(ScaledUnits, FourDigits) {
  EXPECT_EQ(scaled(137438953472.0, "op"), "137.4 Gop");
  EXPECT_EQ(scaled(1.389114e-4, "s"), "138.9 us");
  EXPECT_EQ(scaled(1234.0, "B"), "1.234 kB");
  EXPECT_EQ(scaled(12346.0, "B"), "12.35 kB");
  EXPECT_EQ(scaled(2.5, "s"), "2.500 s");
}

TEST(ScaledUnits, RoundingCarriesIntoThePrefix) {
  EXPECT_EQ(scaled(999.96, "B"), "1.000 kB");
  EXPECT_EQ(scaled(999999.0, "B"), "1.000 MB");
  EXPECT_EQ(scaled(9.9999e-7, "s"), "1.000 us");
  EXPECT_EQ(scaled(999.4, "B"), "999.4 B");
}

TEST(ScaledUnits, SmallCountsAreWhole) {
  EXPECT_EQ(scaled(Count(0), "op"), "0 op");
  EXPECT_EQ(scaled(Count(12), "op"), "12 op");
  EXPECT_EQ(scaled(Count(999), "op"), "999 op");
  EXPECT_EQ(scaled(Count(1000), "op"), "1.000 kop");
}

TEST(ScaledUnits, WithoutUnitNothingTrails) {
  EXPECT_EQ(scaled(Count(0), ""), "0");
  EXPECT_EQ(scaled(Count(7), ""), "7");
  EXPECT_EQ(scaled(Count(7000), ""), "7.000 k");
}

TEST(ScaledUnits, EndsOfTheScale) {
  EXPECT_EQ(scaled(std::numeric_limits<double>::infinity(), "op"), "overflow");
  EXPECT_EQ(scaled(std::numeric_limits<double>::quiet_NaN(), "s"), "overflow");
  EXPECT_EQ(scaled(Count::overflow(), "op"), "overflow");
  // Beyond the last prefix there are more digits, before the first there are
  // none: neither is an error.
  EXPECT_EQ(scaled(1e-15, "s"), "1.000 fs");
  EXPECT_EQ(scaled(std::numeric_limits<double>::denorm_min(), "s"), "0.000 fs");
  // 2^127 = 1.701e38.
  EXPECT_EQ(
      scaled(Count(uint64_t(1) << 63) * Count(2) * Count(uint64_t(1) << 63),
             "op"),
      "170100000 Qop");
}

TEST(ScaledUnits, Unknown) {
  EXPECT_EQ(scaled(KnownOr<Count>(Unknown{UnknownKind::Dynamic, "why"}), "B"),
            "unknown");
}

TEST(ScaledUnits, Grouped) {
  EXPECT_EQ(grouped(Count(0)), "0");
  EXPECT_EQ(grouped(Count(999)), "999");
  EXPECT_EQ(grouped(Count(1000)), "1,000");
  EXPECT_EQ(grouped(Count(137438953472)), "137,438,953,472");
  EXPECT_EQ(grouped(Count::overflow()), "overflow");
}

TEST(ScaledUnits, Percent) {
  EXPECT_EQ(percent(0), "0.0 %");
  EXPECT_EQ(percent(1e-9), "<0.1 %");
  EXPECT_EQ(percent(0.0005), "0.1 %");
  EXPECT_EQ(percent(0.97349), "97.3 %");
  EXPECT_EQ(percent(1), "100.0 %");
}
