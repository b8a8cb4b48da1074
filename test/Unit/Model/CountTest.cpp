//===- CountTest.cpp - Exact, checked counts ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/Count.h"

#include <gtest/gtest.h>

using roofline::Count;

TEST(Count, IsExactBeyond64Bits) {
  Count big(UINT64_MAX);
  // (2^64 - 1) * 4 = 73786976294838206460
  EXPECT_EQ((big * 4).str(), "73786976294838206460");
  EXPECT_EQ((big * 4).asUint64(), std::nullopt);
  EXPECT_EQ((big + 1).str(), "18446744073709551616");
}

TEST(Count, OverflowAbsorbs) {
  Count big(UINT64_MAX);
  Count product = big * big * 2;
  EXPECT_TRUE(product.isOverflow());
  EXPECT_TRUE((product * 0).isOverflow());
  EXPECT_TRUE((product + 1).isOverflow());
  EXPECT_TRUE(product.dividedRoundingUp(8).isOverflow());
  EXPECT_EQ(product.str(), "overflow");
}

TEST(Count, DividesRoundingUp) {
  EXPECT_EQ(Count(0).dividedRoundingUp(8), Count(0));
  EXPECT_EQ(Count(9).dividedRoundingUp(8), Count(2));
  EXPECT_EQ(Count(16).dividedRoundingUp(8), Count(2));
}

TEST(Count, TakesAwayWhatIsThere) {
  Count big = Count(uint64_t(1) << 63) * 4;
  EXPECT_EQ(big - Count(1) + Count(1), big);
  EXPECT_EQ(Count(3) - Count(3), Count(0));
  EXPECT_EQ(Count(3) - Count(4), Count(0));
  EXPECT_TRUE((Count::overflow() - Count(1)).isOverflow());
}

TEST(Count, OrdersAndPrints) {
  EXPECT_LT(Count(3), Count(4));
  EXPECT_EQ(Count(0).str(), "0");
  EXPECT_EQ(Count(137438953472).str(), "137438953472");
  EXPECT_DOUBLE_EQ(Count(1u << 20).asDouble(), 1048576.0);
}
