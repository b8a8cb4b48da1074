//===- LoopTest.cpp - Bodies of loops and branches ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UpstreamDemand.h"

using namespace roofline;

namespace {

class Loop : public UpstreamDemand {
protected:
  BodyList bodies(llvm::StringRef opName, unsigned index = 0) {
    mlir::Operation *op = find(opName, index);
    return op ? DemandLookup(&context, options).bodies(op) : BodyList();
  }
  /// Trip count of a loop with one body.
  Count trips(llvm::StringRef opName, unsigned index = 0) {
    BodyList list = bodies(opName, index);
    if (list.size() != 1 || !list.front().times)
      return Count::overflow();
    return *list.front().times;
  }
};

TEST_F(Loop, ConstantBounds) {
  parse(R"(
    func.func @f(%m: memref<64xf32>) {
      %c0 = arith.constant 0 : index
      %c2 = arith.constant 2 : index
      %c3 = arith.constant 3 : index
      %c64 = arith.constant 64 : index
      scf.for %i = %c0 to %c64 step %c3 {}
      scf.for %i = %c64 to %c0 step %c3 {}
      scf.parallel (%i, %j) = (%c0, %c2) to (%c64, %c64) step (%c2, %c3) {}
      scf.forall (%i, %j) in (4, 8) {}
      affine.for %i = 0 to 64 step 5 {}
      affine.for %i = 0 to 64 step 16 {
        affine.for %j = affine_map<(d0) -> (d0)>(%i)
                     to affine_map<(d0) -> (d0 + 16)>(%i) {}
      }
      affine.parallel (%i, %j) = (0, 0) to (10, 20) step (3, 1) {}
      return
    })");
  // ceil(64 / 3); none; ceil(64 / 2) * ceil(62 / 3); 4 * 8.
  EXPECT_EQ(trips("scf.for", 0), Count(22));
  EXPECT_EQ(trips("scf.for", 1), Count(0));
  EXPECT_EQ(trips("scf.parallel"), Count(32 * 21));
  EXPECT_EQ(trips("scf.forall"), Count(32));
  // ceil(64 / 5); 64 / 16; 16; ceil(10 / 3) * 20.
  EXPECT_EQ(trips("affine.for", 0), Count(13));
  EXPECT_EQ(trips("affine.for", 1), Count(4));
  EXPECT_EQ(trips("affine.for", 2), Count(16));
  EXPECT_EQ(trips("affine.parallel"), Count(80));
}

TEST_F(Loop, UnknownTripCounts) {
  parse(R"(
    func.func @f(%n: index, %flag: i1) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      scf.for %i = %c0 to %n step %c1 {}
      scf.for %i = %c0 to %c1 step %c0 {}
      scf.while : () -> () {
        scf.condition(%flag)
      } do {
        scf.yield
      }
      affine.for %i = 0 to %n {}
      return
    })");
  for (auto [name, index] : {std::pair<llvm::StringRef, unsigned>{"scf.for", 0},
                             {"scf.for", 1},
                             {"affine.for", 0}}) {
    BodyList list = bodies(name, index);
    ASSERT_EQ(list.size(), 1u);
    ASSERT_FALSE(list.front().times);
    EXPECT_EQ(list.front().times.unknown().kind, UnknownKind::TripCount);
    EXPECT_EQ(list.front().times.unknown().reason,
              "the bounds of '" + name.str() + "' are not constant");
  }
  BodyList list = bodies("scf.while");
  ASSERT_EQ(list.size(), 2u);
  EXPECT_FALSE(list[0].times);
  EXPECT_FALSE(list[1].times);
}

TEST_F(Loop, Alternatives) {
  parse(R"(
    func.func @f(%flag: i1, %n: index) {
      scf.if %flag {}
      scf.index_switch %n
      case 2 {
        scf.yield
      }
      case 5 {
        scf.yield
      }
      default {
        scf.yield
      }
      scf.execute_region {
        scf.yield
      }
      return
    })");
  // A missing `else` is the alternative that does nothing.
  EXPECT_EQ(bodies("scf.if").size(), 2u);
  EXPECT_EQ(bodies("scf.index_switch").size(), 3u);
  for (llvm::StringRef name : {"scf.if", "scf.index_switch"})
    for (const Body &body : bodies(name))
      EXPECT_TRUE(body.isAlternative) << name.str();
  ASSERT_EQ(bodies("scf.execute_region").size(), 1u);
  EXPECT_FALSE(bodies("scf.execute_region").front().isAlternative);
}

TEST_F(Loop, ReductionsOfAParallelLoop) {
  parse(R"(
    func.func @f(%x: f32, %init: f32) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c8 = arith.constant 8 : index
      %0 = scf.parallel (%i) = (%c0) to (%c8) step (%c1) init (%init) -> f32 {
        scf.reduce(%x : f32) {
        ^bb0(%a: f32, %b: f32):
          %1 = arith.addf %a, %b : f32
          scf.reduce.return %1 : f32
        }
      }
      return
    })");
  EXPECT_EQ(trips("scf.parallel"), Count(8));
  EXPECT_EQ(trips("scf.reduce"), Count(1));
}

} // namespace
