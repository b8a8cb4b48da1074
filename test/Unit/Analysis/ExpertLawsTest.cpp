//===- ExpertLawsTest.cpp - Laws of layers of experts ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelLaws.h"
#include "RandomExperts.h"

#include "roofline/Analysis/KernelShapes.h"
#include "roofline/Model/KernelTime.h"
#include "roofline/Target/TargetRegistry.h"

#include "llvm/Support/Error.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

constexpr uint64_t layerCount = 300;

constexpr ExpertLayout allLayouts[] = {
    ExpertLayout::Routed, ExpertLayout::Buffered, ExpertLayout::Dense};

/// Sums are taken in another order.
constexpr double rounding = 1 + 1e-9;

std::unique_ptr<FormedGraph> formed(uint64_t seed, ExpertLayout layout,
                                    const Growth &growth = {}) {
  return FormedGraph::read(RandomExperts(seed, layout, growth).text());
}

/// A chip whose experts are measured, one of which products are, and one
/// without any calibration.
std::vector<std::shared_ptr<const Target>> loadTargets() {
  std::vector<std::shared_ptr<const Target>> targets;
  llvm::Expected<TargetRegistry> registry = TargetRegistry::create();
  EXPECT_TRUE(static_cast<bool>(registry));
  for (llvm::StringRef name : {"h200", "b200", "ascend-910b3"}) {
    llvm::Expected<std::shared_ptr<const Target>> target = registry->find(name);
    EXPECT_TRUE(static_cast<bool>(target)) << name.str();
    targets.push_back(*target);
  }
  return targets;
}

KnownOr<KernelTime> timeOf(const FormedGraph &graph, const Kernel &kernel,
                           const Machine &machine) {
  return kernelTime(kernel.family, computeRoof(*kernel.demand, machine),
                    findKernelShape(kernel, graph.demands()), machine,
                    Launching::Queued);
}

/// Times of all launches, all at their roofs, and of grouped products alone.
struct Sum {
  double roof = 0;
  double seconds = 0;
  double products = 0;
};

Sum sum(const FormedGraph &graph, Fusion fusion, const Machine &machine) {
  Sum total;
  for (const Kernel &kernel : graph.kernels(fusion)) {
    KnownOr<KernelTime> time = timeOf(graph, kernel, machine);
    KnownOr<Roof> roof = computeRoof(*kernel.demand, machine);
    if (!time || !roof)
      continue;
    if (kernel.family != KernelFamily::Scalar)
      total.roof += roof->seconds;
    total.seconds += time->seconds;
    if (kernel.family == KernelFamily::GroupedGemm)
      total.products += time->seconds;
  }
  return total;
}

std::optional<GemmShape> routedShape(const FormedGraph &graph,
                                     const Kernel &kernel) {
  std::optional<KernelShape> shape = findKernelShape(kernel, graph.demands());
  const auto *product = shape ? std::get_if<GemmShape>(&*shape) : nullptr;
  return product && product->isRouted ? std::optional<GemmShape>(*product)
                                      : std::nullopt;
}

} // namespace

TEST(ExpertLaws, KernelsAreThoseOfTheGraph) {
  for (ExpertLayout layout : allLayouts)
    for (uint64_t seed = 0; seed < layerCount; ++seed) {
      RandomExperts layer(seed, layout);
      std::unique_ptr<FormedGraph> graph = FormedGraph::read(layer.text());
      ASSERT_TRUE(graph) << layer.text();
      EXPECT_EQ(checkMembership(*graph), "") << layer.text();
      EXPECT_EQ(checkBytes(*graph), "") << layer.text();
      EXPECT_EQ(checkWork(*graph), "") << layer.text();
      EXPECT_EQ(checkCircles(*graph), "") << layer.text();
      std::unique_ptr<FormedGraph> other =
          FormedGraph::read(layer.reordered(seed));
      ASSERT_TRUE(other);
      EXPECT_EQ(checkSameKernels(*graph, *other), "") << layer.text();
    }
}

// Only rows that choose their expert leave weights out, whatever the fusion;
// what a graph computes of every expert is computed.
TEST(ExpertLaws, NothingIsSkippedButByChoice) {
  for (uint64_t seed = 0; seed < layerCount; ++seed)
    for (ExpertLayout layout : allLayouts) {
      std::unique_ptr<FormedGraph> graph = formed(seed, layout);
      ASSERT_TRUE(graph);
      for (Fusion fusion : allFusions) {
        size_t routed = 0;
        for (const Kernel &kernel : graph->kernels(fusion))
          if (std::optional<GemmShape> shape = routedShape(*graph, kernel)) {
            ++routed;
            // Products take the work that the kernel demands, no less.
            double ops = 2 * shape->batch * shape->m * shape->n * shape->k;
            EXPECT_GE(ops * rounding,
                      kernel.demand->work.ops({Unit::Matrix, shape->type})
                          .asDouble());
            double weights =
                shape->batch * shape->n * shape->k * shape->rhsBytes;
            EXPECT_LE(weights, kernel.demand->readBytes.asDouble());
          }
        EXPECT_EQ(routed > 0, layout == ExpertLayout::Routed);
      }
    }
}

// roof <= kernels <= as-is.
TEST(ExpertLaws, TimesKeepTheirOrder) {
  for (const std::shared_ptr<const Target> &target : loadTargets())
    for (ExpertLayout layout : allLayouts)
      for (uint64_t seed = 0; seed < layerCount; ++seed) {
        std::unique_ptr<FormedGraph> graph = formed(seed, layout);
        ASSERT_TRUE(graph);
        const Machine &machine = target->getMachine();
        double asIs = sum(*graph, Fusion::None, machine).seconds;
        for (Fusion fusion : allFusions) {
          Sum total = sum(*graph, fusion, machine);
          EXPECT_LE(total.roof, total.seconds * rounding)
              << seed << " " << target->getName().str();
          EXPECT_LE(total.seconds, asIs * rounding)
              << seed << " " << target->getName().str() << ", fusion "
              << stringify(fusion).str() << "\n"
              << RandomExperts(seed, layout).text();
        }
      }
}

// Products do not get faster as there are more tokens, or wider experts. (The
// Ascend library's route of few rows is a choice of its own, T8.)
TEST(ExpertLaws, GrowsWithEveryExtent) {
  std::vector<std::shared_ptr<const Target>> targets = loadTargets();
  targets.pop_back();
  for (const std::shared_ptr<const Target> &target : targets)
    for (ExpertLayout layout : allLayouts)
      for (uint64_t seed = 0; seed < layerCount; ++seed) {
        std::unique_ptr<FormedGraph> graph = formed(seed, layout);
        for (const Growth &growth :
             {Growth{2, 1, 1}, Growth{1, 2, 1}, Growth{1, 1, 2}}) {
          std::unique_ptr<FormedGraph> larger = formed(seed, layout, growth);
          ASSERT_TRUE(graph && larger);
          double less =
              sum(*graph, Fusion::Library, target->getMachine()).products;
          double more =
              sum(*larger, Fusion::Library, target->getMachine()).products;
          EXPECT_LE(less, more * rounding)
              << seed << " " << target->getName().str() << "\n"
              << RandomExperts(seed, layout).text();
        }
      }
}
