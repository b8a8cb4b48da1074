//===- RoofTest.cpp - Roofs -----------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/Estimate.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// 100 Gop/s of matrix bf16, 50 of matrix tf32, 10 of vector f32, 1 GB/s.
Machine makeMachine() {
  Machine machine;
  machine.rates[{Unit::Matrix, ElementType::BF16}] = 100e9;
  machine.rates[{Unit::Matrix, ElementType::TF32}] = 50e9;
  machine.rates[{Unit::Vector, ElementType::F32}] = 10e9;
  machine.substitutes[{Unit::Vector, ElementType::BF16}] = ElementType::F32;
  machine.substitutes[{Unit::Matrix, ElementType::F8}] = ElementType::BF16;
  machine.substitutes[{Unit::Matrix, ElementType::F4}] = ElementType::F8;
  machine.hbm.bytesPerSecond = 1e9;
  return machine;
}

WorkList work(UnitType where, Count ops) {
  WorkList list;
  list.add(where.unit, where.type, ops);
  return list;
}

} // namespace

TEST(Machine, FollowsSubstitutes) {
  Machine machine = makeMachine();
  KnownOr<Rate> rate = machine.rate({Unit::Matrix, ElementType::F4});
  ASSERT_TRUE(rate.isKnown());
  EXPECT_EQ(rate->runsAs, ElementType::BF16);
  EXPECT_DOUBLE_EQ(rate->opsPerSecond, 100e9);
}

TEST(Machine, CyclicSubstitutesAreUnknown) {
  Machine machine = makeMachine();
  machine.substitutes[{Unit::Matrix, ElementType::I8}] = ElementType::I4;
  machine.substitutes[{Unit::Matrix, ElementType::I4}] = ElementType::I8;
  EXPECT_FALSE(machine.rate({Unit::Matrix, ElementType::I8}).isKnown());
}

TEST(Roof, IsTheBusiestResource) {
  Machine machine = makeMachine();
  // 2e9 / 100e9 = 0.02 s of work, 10e6 / 1e9 = 0.01 s of traffic (A3).
  KnownOr<Roof> roof = computeRoof(
      work({Unit::Matrix, ElementType::BF16}, 2000000000), 10000000, machine);
  ASSERT_TRUE(roof.isKnown());
  EXPECT_DOUBLE_EQ(roof->seconds, 0.02);
  EXPECT_EQ(roof->bound->str(), "matrix_bf16");
  EXPECT_EQ(roof->resources.size(), 2u);
}

TEST(Roof, TypesOfOneUnitAddUp) {
  Machine machine = makeMachine();
  // 1e9 / 100e9 + 1e9 / 50e9 = 0.01 + 0.02 s on the matrix unit (A4).
  WorkList both = work({Unit::Matrix, ElementType::BF16}, 1000000000);
  both.add(Unit::Matrix, ElementType::TF32, 1000000000);
  KnownOr<Roof> roof = computeRoof(both, 0, machine);
  ASSERT_TRUE(roof.isKnown());
  EXPECT_DOUBLE_EQ(roof->seconds, 0.03);
  EXPECT_EQ(roof->bound->str(), "matrix_tf32");
}

TEST(Roof, NothingTakesNoTimeAndHasNoBound) {
  KnownOr<Roof> roof = computeRoof(WorkList(), 0, Machine());
  ASSERT_TRUE(roof.isKnown());
  EXPECT_EQ(roof->seconds, 0);
  EXPECT_FALSE(roof->bound.has_value());
}

TEST(Roof, MissingRateOrBandwidthIsUnknown) {
  Machine machine = makeMachine();
  KnownOr<Roof> noRate =
      computeRoof(work({Unit::Matrix, ElementType::F64}, 1), 0, machine);
  ASSERT_FALSE(noRate.isKnown());
  EXPECT_EQ(noRate.unknown().reason,
            "no rate and no substitute for matrix_f64");
  KnownOr<Roof> noBandwidth = computeRoof(WorkList(), 1, Machine());
  ASSERT_FALSE(noBandwidth.isKnown());
  EXPECT_EQ(noBandwidth.unknown().reason, "memory bandwidth is not known");
}

TEST(Bound, RoundTripsAsText) {
  EXPECT_EQ(parseBound("hbm"), Bound::hbm());
  EXPECT_EQ(parseBound("matrix_bf16"),
            Bound({Unit::Matrix, ElementType::BF16}));
  EXPECT_EQ(parseBound("l9"), std::nullopt);
}
