//===- PortingGraphLawsTest.cpp - What holds of ports of any graph --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// PortingLawTest holds the same laws of judgements by themselves; here graphs
// are read, formed and timed, too.
//
//===----------------------------------------------------------------------===//

#include "../Analysis/RandomGraph.h"
#include "ParsedGraph.h"

#include <gtest/gtest.h>

#include <set>

using namespace roofline;

namespace {

constexpr uint64_t graphs = 60;

/// Findings without what depends on the order of the text.
std::multiset<std::string> factsOf(const PortingReport &report) {
  std::multiset<std::string> facts;
  for (const Finding &finding : report.result.findings)
    facts.insert(finding.rule->id.str() + " " + finding.op + " " +
                 std::to_string(finding.occurrences));
  return facts;
}

void expectOrdered(const PortingSide &side) {
  // Sums of the same times may round apart.
  constexpr double rounding = 1 + 1e-9;
  if (side.kernelSeconds)
    EXPECT_LE(side.roofSeconds, *side.kernelSeconds * rounding);
  if (side.kernelSeconds && side.asIsSeconds)
    EXPECT_LE(*side.kernelSeconds, *side.asIsSeconds * rounding);
}

} // namespace

TEST(PortingGraphLaws, TheSameTargetTakesNoWork) {
  for (uint64_t seed = 0; seed < graphs; ++seed) {
    PortingReport report =
        portingOf(RandomGraph(seed).text(), "ascend-910c", "ascend-910c");
    EXPECT_EQ(report.result.effort.high, 0) << seed;
    for (const Finding &finding : report.result.findings)
      EXPECT_LE(finding.status(), PortingStatus::Library) << seed;
  }
}

TEST(PortingGraphLaws, TheOrderOfOpsDoesNotMatter) {
  for (uint64_t seed = 0; seed < graphs; ++seed) {
    RandomGraph graph(seed);
    PortingReport one = portingOf(graph.text(), "h200", "ascend-910c");
    PortingReport other =
        portingOf(graph.reordered(seed + 1), "h200", "ascend-910c");
    EXPECT_EQ(one.result.effort.low, other.result.effort.low) << seed;
    EXPECT_EQ(one.result.effort.high, other.result.effort.high) << seed;
    EXPECT_EQ(one.result.grade, other.result.grade) << seed;
    EXPECT_EQ(factsOf(one), factsOf(other)) << seed;
  }
}

TEST(PortingGraphLaws, WhatBecomesOfAKernelIsFoundByIt) {
  for (uint64_t seed = 0; seed < graphs; ++seed) {
    PortingReport report =
        portingOf(RandomGraph(seed).text(), "h200", "ascend-910c");
    for (const Finding &finding : report.result.findings) {
      SCOPED_TRACE(std::to_string(seed) + " " + finding.key);
      EXPECT_LE(finding.positions.size(), finding.occurrences);
      EXPECT_FALSE(finding.isVerdict && finding.positions.empty());
      // Ascending, none twice.
      EXPECT_TRUE(llvm::is_sorted(finding.positions, std::less_equal<>()));
    }
  }
}

TEST(PortingGraphLaws, TimesAreInOrder) {
  for (uint64_t seed = 0; seed < graphs; ++seed) {
    SCOPED_TRACE(seed);
    PortingReport report =
        portingOf(RandomGraph(seed).text(), "h200", "ascend-910c");
    expectOrdered(report.source);
    expectOrdered(report.target);
  }
}
