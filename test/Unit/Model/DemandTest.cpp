//===- DemandTest.cpp - Work lists and names ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/Demand.h"
#include "roofline/Model/Unknown.h"

#include <gtest/gtest.h>

using namespace roofline;

TEST(WorkList, IsCanonical) {
  WorkList first;
  first.add(Unit::Vector, ElementType::F32, 3);
  first.add(Unit::Matrix, ElementType::BF16, 5);
  first.add(Unit::Vector, ElementType::F32, 4);
  first.add(Unit::Special, ElementType::F32, 0);

  WorkList second;
  second.add(Unit::Matrix, ElementType::BF16, 5);
  second.add(Unit::Vector, ElementType::F32, 7);

  EXPECT_EQ(first, second);
  EXPECT_EQ(first.list().size(), 2u);
  EXPECT_EQ(first.ops({Unit::Vector, ElementType::F32}), Count(7));
  EXPECT_EQ(first.ops({Unit::Special, ElementType::F32}), Count(0));
  EXPECT_EQ(first.totalOps(), Count(12));
}

TEST(WorkList, Removes) {
  WorkList list, part;
  list.add(Unit::Matrix, ElementType::BF16, 10);
  list.add(Unit::Vector, ElementType::F32, 4);
  part.add(Unit::Matrix, ElementType::BF16, 3);
  part.add(Unit::Vector, ElementType::F32, 4);
  part.add(Unit::Special, ElementType::F32, 1);
  list.remove(part);
  ASSERT_EQ(list.list().size(), 1u);
  EXPECT_EQ(list.ops({Unit::Matrix, ElementType::BF16}), Count(7));
}

TEST(WorkList, AddsMultiples) {
  WorkList body;
  body.add(Unit::Matrix, ElementType::F16, 10);
  WorkList total;
  total.add(body, 32);
  // 32 executions of 10 operations.
  EXPECT_EQ(total.ops({Unit::Matrix, ElementType::F16}), Count(320));
}

TEST(Demand, CarriesOverflow) {
  Compute compute;
  compute.work.add(Unit::Vector, ElementType::F32, Count::overflow());
  EXPECT_TRUE(makeDemand(compute, Traffic()).hasOverflow());
  EXPECT_FALSE(makeDemand(Compute(), Traffic()).hasOverflow());
}

TEST(Names, RoundTrip) {
  for (Unit unit : allUnits()) {
    EXPECT_EQ(parseUnit(stringify(unit)), unit);
    for (ElementType type : allElementTypes()) {
      EXPECT_EQ(parseElementType(stringify(type)), type);
      UnitType where{unit, type};
      EXPECT_EQ(parseUnitType(where.str()), where);
    }
  }
  EXPECT_EQ(parseUnitType("matrix"), std::nullopt);
  EXPECT_EQ(parseUnitType("matrix_bf17"), std::nullopt);
  EXPECT_EQ(parseStructure("contraction"), Structure::Contraction);
  EXPECT_EQ(parseStructure("Contraction"), std::nullopt);
  EXPECT_EQ(parseUnknownKind("trip_count"), UnknownKind::TripCount);
}
