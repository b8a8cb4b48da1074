//===- GraphDemandTest.cpp - Totals of a graph ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ParsedModule.h"

#include "roofline/Analysis/GraphDemand.h"

using namespace roofline;

namespace {

class Graph : public ParsedModule {
protected:
  GraphDemand demandOf(llvm::StringRef source, TripCounts tripCounts = {}) {
    parse(source);
    ExecutionCounts counts(function(), *lookup, std::move(tripCounts));
    return computeGraphDemand(counts, *lookup, [](const OpDemand &) {});
  }
};

} // namespace

TEST_F(Graph, WorkAndTrafficAddUp) {
  // 2 * 4 * 8 * 8 operations, then 32 in three trips.
  GraphDemand graph = demandOf(R"(
    func.func @main(%x: tensor<4x8xbf16>, %w: tensor<8x8xbf16>, %c: tensor<4x8xf32>) {
      %0 = linalg.matmul ins(%x, %w : tensor<4x8xbf16>, tensor<8x8xbf16>)
                         outs(%c : tensor<4x8xf32>) -> tensor<4x8xf32>
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c3 = arith.constant 3 : index
      scf.for %i = %c0 to %c3 step %c1 {
        %1 = math.exp %0 : tensor<4x8xf32>
      }
      return
    })");
  EXPECT_TRUE(graph.isComplete());
  EXPECT_EQ(graph.work.ops({Unit::Matrix, ElementType::BF16}), Count(512));
  EXPECT_EQ(graph.work.ops({Unit::Special, ElementType::F32}), Count(96));
  // The contraction reads 64 + 128 bytes and its sum's 128, writes 128; each
  // trip reads and writes 128.
  EXPECT_EQ(graph.writtenBytes, Count(128 + 3 * 128));
  EXPECT_EQ(graph.modelledOps, graph.ops);
}

TEST_F(Graph, WhatIsNotKnownIsListed) {
  GraphDemand graph = demandOf(R"(
    func.func @main(%x: tensor<8xf32>, %d: tensor<?xf32>, %n: index) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %0 = "mine.op"(%x) : (tensor<8xf32>) -> tensor<8xf32>
      %1 = "mine.op"(%0) : (tensor<8xf32>) -> tensor<8xf32>
      %2 = math.exp %d : tensor<?xf32>
      scf.for %i = %c0 to %n step %c1 {
        %3 = math.exp %x : tensor<8xf32>
      }
      return
    })");
  EXPECT_FALSE(graph.isComplete());
  EXPECT_TRUE(graph.work.empty());
  ASSERT_EQ(graph.unmodelled.size(), 2u);
  EXPECT_EQ(graph.unmodelled[0].opName, "mine.op");
  EXPECT_EQ(graph.unmodelled[0].ops, 2u);
  EXPECT_EQ(*graph.unmodelled[0].bytes, Count(4 * 32));
  EXPECT_EQ(graph.unmodelled[1].opName, "math.exp");
  EXPECT_EQ(graph.unmodelled[1].kind, UnknownKind::Dynamic);
  EXPECT_FALSE(graph.unmodelled[1].bytes);
  EXPECT_FALSE(graph.allBytes);
  ASSERT_FALSE(graph.uncounted.empty());
  EXPECT_EQ(graph.uncounted[0].kind, UnknownKind::TripCount);
}

TEST_F(Graph, TotalsBeyond64BitsAreExact) {
  // 2^40 elements, 2^40 times: 2^80 operations.
  GraphDemand graph = demandOf(R"(
    func.func @main(%x: tensor<1099511627776xf32>, %n: index) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      scf.for %i = %c0 to %n step %c1 {
        %0 = math.exp %x : tensor<1099511627776xf32>
      }
      return
    })",
                               {{"@main/for#0", Count(1099511627776)}});
  EXPECT_EQ(graph.work.totalOps().str(), "1208925819614629174706176");
}
