//===- AttributeTest.cpp - Attributes made from values of the model -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/IR/RooflineDialect.h"

#include "mlir/IR/MLIRContext.h"

#include <gtest/gtest.h>

namespace roofline {

namespace {

class AttributeTest : public testing::Test {
protected:
  AttributeTest() { context.loadDialect<RooflineDialect>(); }

  mlir::MLIRContext context;
};

/// m = 2, n = 3, k = 4 in bf16, and an f32 epilogue on each result.
Demand gemmWithEpilogue() {
  Demand demand;
  demand.structure = Structure::Contraction;
  demand.contraction = ContractionShape{1, 2, 3, 4};
  demand.work.add(Unit::Vector, ElementType::F32, 6);
  demand.work.add(Unit::Matrix, ElementType::BF16, 48);
  demand.readBytes = 40;
  demand.writtenBytes = 12;
  return demand;
}

TEST_F(AttributeTest, KernelGivesBackItsDemand) {
  KernelAttr kernel = KernelAttr::get(&context, KernelFamily::Gemm, "gemm_relu",
                                      2, gemmWithEpilogue());
  KnownOr<Demand> demand = kernel.asDemand();
  ASSERT_TRUE(demand);
  EXPECT_EQ(demand->structure, Structure::Contraction);
  EXPECT_EQ(demand->contraction, gemmWithEpilogue().contraction);
  EXPECT_EQ(demand->work, gemmWithEpilogue().work);
  EXPECT_EQ(demand->readBytes, Count(40));
  EXPECT_EQ(demand->writtenBytes, Count(12));
}

TEST_F(AttributeTest, KernelGivesBackWhyItsDemandIsUnknown) {
  Unknown unknown{UnknownKind::Opaque, "custom call 'foo' has no rule"};
  KernelAttr kernel =
      KernelAttr::get(&context, KernelFamily::Opaque, "foo", 1, unknown);
  KnownOr<Demand> demand = kernel.asDemand();
  ASSERT_FALSE(demand);
  EXPECT_EQ(demand.unknown(), unknown);
}

TEST_F(AttributeTest, EqualKernelsAreOneAttribute) {
  // The same work, added in another order and in parts.
  Demand other = gemmWithEpilogue();
  other.work = WorkList();
  other.work.add(Unit::Matrix, ElementType::BF16, 40);
  other.work.add(Unit::Vector, ElementType::F32, 6);
  other.work.add(Unit::Matrix, ElementType::BF16, 8);
  auto kernel = [&](const Demand &demand) {
    return KernelAttr::get(&context, KernelFamily::Gemm, "gemm", 2, demand);
  };
  EXPECT_EQ(kernel(gemmWithEpilogue()), kernel(other));
  other.readBytes = 41;
  EXPECT_NE(kernel(gemmWithEpilogue()), kernel(other));
}

TEST_F(AttributeTest, EstimateHoldsWhatIsKnown) {
  Roof roof;
  roof.seconds = 1.00004e-6;
  roof.bound = Bound::hbm();
  Unknown noTime{UnknownKind::Unmodelled, "no efficiency"};
  Unknown noRoof{UnknownKind::Unmodelled, "no rate"};

  // Four digits are kept, so both times may round to the same text but never
  // change places.
  EstimateAttr both = EstimateAttr::get(
      &context, "h200", roof, KernelTime{1.00006e-6, 1.00005e-6, 2e-6});
  ASSERT_TRUE(both.getSeconds() && both.getRoofSeconds());
  EXPECT_EQ(both.getSeconds()->value(), 1e-6);
  EXPECT_EQ(both.getLow()->value(), 1e-6);
  EXPECT_EQ(both.getHigh()->value(), 2e-6);
  EXPECT_EQ(both.getRoofSeconds()->value(), 1e-6);
  EXPECT_EQ(both.getBound(), Bound::hbm());
  EXPECT_FALSE(both.getUnknown());

  EstimateAttr roofOnly = EstimateAttr::get(&context, "h200", roof, noTime);
  EXPECT_FALSE(roofOnly.getSeconds());
  EXPECT_TRUE(roofOnly.getRoofSeconds());
  EXPECT_EQ(roofOnly.getUnknown().asUnknown(), noTime);

  // Without a roof there is no time either, and its reason comes first.
  EstimateAttr none = EstimateAttr::get(&context, "h200", noRoof, noTime);
  EXPECT_FALSE(none.getSeconds() || none.getRoofSeconds() || none.getBound());
  EXPECT_EQ(none.getUnknown().asUnknown(), noRoof);
}

} // namespace

} // namespace roofline
