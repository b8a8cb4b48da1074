//===- KernelLawsTest.cpp - Laws of kernels on random graphs --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelLaws.h"
#include "RandomGraph.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

constexpr uint64_t graphCount = 1000;

/// Asks `law` about many graphs; prints the smallest of those it does not hold
/// for.
void expectForAll(
    llvm::function_ref<std::string(const FormedGraph &, uint64_t seed)> law) {
  size_t wrong = 0;
  std::string smallest, what;
  uint64_t smallestSeed = 0;
  for (uint64_t seed = 0; seed < graphCount; ++seed) {
    std::string text = RandomGraph(seed).text();
    std::unique_ptr<FormedGraph> graph = FormedGraph::read(text);
    std::string problem =
        graph ? law(*graph, seed) : std::string("cannot be read");
    if (problem.empty())
      continue;
    if (++wrong == 1 || text.size() < smallest.size()) {
      smallest = text;
      smallestSeed = seed;
      what = problem;
    }
  }
  EXPECT_EQ(wrong, 0u) << "of " << graphCount << " graphs; the smallest, seed "
                       << smallestSeed << ":\n"
                       << smallest << what;
}

} // namespace

TEST(KernelLaws, EveryOpIsInOneKernel) {
  expectForAll([](const FormedGraph &graph, uint64_t) {
    return checkMembership(graph);
  });
}

TEST(KernelLaws, FusingNeverAddsBytes) {
  expectForAll(
      [](const FormedGraph &graph, uint64_t) { return checkBytes(graph); });
}

TEST(KernelLaws, WorkIsThatOfTheOps) {
  expectForAll(
      [](const FormedGraph &graph, uint64_t) { return checkWork(graph); });
}

TEST(KernelLaws, KernelsDoNotWaitForEachOther) {
  expectForAll(
      [](const FormedGraph &graph, uint64_t) { return checkCircles(graph); });
}

TEST(KernelLaws, OrderOfIndependentOpsDoesNotMatter) {
  expectForAll([](const FormedGraph &graph, uint64_t seed) -> std::string {
    for (uint64_t order : {2 * seed, 2 * seed + 1}) {
      std::string text = RandomGraph(seed).reordered(order);
      std::unique_ptr<FormedGraph> other = FormedGraph::read(text);
      if (!other)
        return "cannot be read in another order";
      if (std::string problem = checkSameKernels(graph, *other);
          !problem.empty())
        return "in this order:\n" + text + problem;
    }
    return "";
  });
}

TEST(KernelLaws, AddressesDoNotMatter) {
  expectForAll([](const FormedGraph &graph, uint64_t seed) -> std::string {
    // Both are alive, so nothing of the second has an address of the first.
    std::unique_ptr<FormedGraph> other =
        FormedGraph::read(RandomGraph(seed).text());
    return other ? checkIdentical(graph, *other) : "cannot be read again";
  });
}

// What the graphs are made of; a law that nothing could break proves nothing.
TEST(KernelLaws, GraphsHaveKernelsOfAllFamilies) {
  std::vector<size_t> kernels(allKernelFamilies().size());
  size_t ops = 0;
  for (uint64_t seed = 0; seed < graphCount; ++seed) {
    std::unique_ptr<FormedGraph> graph =
        FormedGraph::read(RandomGraph(seed).text());
    ASSERT_TRUE(graph) << seed;
    ops += graph->kernels(Fusion::None).size();
    for (const Kernel &kernel : graph->kernels(Fusion::Library))
      ++kernels[static_cast<size_t>(kernel.family)];
  }
  EXPECT_GT(ops, 10 * graphCount);
  for (KernelFamily family : allKernelFamilies())
    EXPECT_GT(kernels[static_cast<size_t>(family)], 0u)
        << stringify(family).str();
}
