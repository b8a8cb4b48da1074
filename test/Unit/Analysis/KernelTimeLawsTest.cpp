//===- KernelTimeLawsTest.cpp - Laws of times on random graphs ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelLaws.h"
#include "RandomGraph.h"

#include "roofline/Analysis/KernelShapes.h"
#include "roofline/Model/KernelTime.h"
#include "roofline/Target/TargetRegistry.h"

#include "llvm/Support/Error.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

constexpr uint64_t graphCount = 1000;

/// Sums are taken in another order.
constexpr double rounding = 1 + 1e-9;

/// What a product makes of few bytes has fewer for each element as it grows.
constexpr double tolerance = 1 + 1e-4;

/// A GPU with calibrations of its own, one with those of another, and a chip
/// with split cores.
constexpr llvm::StringLiteral targetNames[] = {"h200", "h20", "ascend-910b3"};

std::vector<std::shared_ptr<const Target>> loadTargets() {
  std::vector<std::shared_ptr<const Target>> targets;
  llvm::Expected<TargetRegistry> registry = TargetRegistry::create();
  EXPECT_TRUE(static_cast<bool>(registry));
  for (llvm::StringRef name : targetNames) {
    llvm::Expected<std::shared_ptr<const Target>> target = registry->find(name);
    EXPECT_TRUE(static_cast<bool>(target)) << name.str();
    targets.push_back(*target);
  }
  return targets;
}

/// What one launch of a kernel takes.
struct Launch {
  double roof;
  double queued;
  double eager;
};

/// Absent where a time is not known.
std::optional<Launch> launch(const FormedGraph &graph, const Kernel &kernel,
                             const Machine &machine) {
  if (!kernel.demand)
    return std::nullopt;
  std::optional<KernelShape> shape = findKernelShape(kernel, graph.demands());
  KnownOr<Roof> roof =
      computeRoof(demandOfLaunch(kernel, shape, graph.demands()), machine);
  KnownOr<KernelTime> queued = kernelTime(kernel.family, roof, shape, machine,
                                          Launching::Queued),
                      eager = kernelTime(kernel.family, roof, shape, machine,
                                         Launching::Eager);
  if (!roof || !queued || !eager)
    return std::nullopt;
  // Control has work but is no launch.
  return Launch{kernel.family == KernelFamily::Scalar ? 0 : roof->seconds,
                queued->seconds, eager->seconds};
}

/// The sums over all launches whose number is known.
Launch sum(const FormedGraph &graph, Fusion fusion, const Machine &machine) {
  Launch total{0, 0, 0};
  for (const Kernel &kernel : graph.kernels(fusion)) {
    std::optional<Launch> one = launch(graph, kernel, machine);
    if (!one || !kernel.times)
      continue;
    double times = kernel.times->asDouble();
    total.roof += times * one->roof;
    total.queued += times * one->queued;
    total.eager += times * one->eager;
  }
  return total;
}

/// True where `larger` is the same kernel, and demands as much or more of
/// everything.
bool hasGrown(const Kernel &kernel, const Kernel &larger) {
  if (kernel.family != larger.family || kernel.name != larger.name ||
      kernel.ops.size() != larger.ops.size() ||
      kernel.demand.isKnown() != larger.demand.isKnown())
    return false;
  if (!kernel.demand)
    return true;
  const Demand &less = *kernel.demand, &more = *larger.demand;
  return !(more.readBytes < less.readBytes) &&
         !(more.writtenBytes < less.writtenBytes) &&
         llvm::all_of(less.work, [&](const Work &work) {
           return !(more.work.ops(work.where) < work.ops);
         });
}

/// True where both graphs have the same kernels but for their extents. Where
/// other values have one type the generator makes another graph; and values
/// that are made where they are read (A59) are so by their size.
bool hasGrown(const FormedGraph &graph, const FormedGraph &larger) {
  return llvm::all_of(allFusions, [&](Fusion fusion) {
    return llvm::equal(graph.kernels(fusion), larger.kernels(fusion),
                       [](const Kernel &lhs, const Kernel &rhs) {
                         return hasGrown(lhs, rhs);
                       });
  });
}

std::string show(const Kernel &kernel) {
  return stringify(kernel.family).str() + " " + kernel.name;
}

/// T8: an Ascend library's route of up to 15 rows has a least time of its own
/// that the next one has not.
bool leavesRouteOfFewRows(const Machine &machine, const FormedGraph &graph,
                          const Kernel &small, const FormedGraph &larger,
                          const Kernel &large) {
  const Calibration *calibration = machine.findCalibration("gemm_bf16");
  if (!calibration || calibration->kernels != "cube")
    return false;
  auto rows = [](const FormedGraph &of, const Kernel &kernel) {
    std::optional<KernelShape> shape = findKernelShape(kernel, of.demands());
    const auto *product = shape ? std::get_if<GemmShape>(&*shape) : nullptr;
    return product ? product->m : 0;
  };
  return rows(graph, small) <= 15 && rows(larger, large) >= 16;
}

/// Holds the times of kernels of many graphs against those of the same graphs
/// with larger extents; says of how many the kernels are the same.
size_t expectGrowth(const Growth &growth) {
  size_t compared = 0, wrong = 0;
  std::vector<std::shared_ptr<const Target>> targets = loadTargets();
  for (uint64_t seed = 0; seed < graphCount; ++seed) {
    std::string text = RandomGraph(seed).text();
    std::unique_ptr<FormedGraph> graph = FormedGraph::read(text);
    std::unique_ptr<FormedGraph> larger =
        FormedGraph::read(RandomGraph(seed, growth).text());
    if (!graph || !larger || !hasGrown(*graph, *larger))
      continue;
    ++compared;
    for (const std::shared_ptr<const Target> &target : targets)
      for (Fusion fusion : allFusions)
        for (auto [small, large] :
             llvm::zip(graph->kernels(fusion), larger->kernels(fusion))) {
          std::optional<Launch> less =
              launch(*graph, small, target->getMachine());
          std::optional<Launch> more =
              launch(*larger, large, target->getMachine());
          if (!less || !more || less->queued <= more->queued * tolerance ||
              leavesRouteOfFewRows(target->getMachine(), *graph, small, *larger,
                                   large))
            continue;
          if (++wrong <= 5)
            ADD_FAILURE() << "seed " << seed << ", " << target->getName().str()
                          << ", fusion " << stringify(fusion).str() << ": "
                          << show(small) << " takes " << less->queued
                          << " s, larger " << more->queued << " s, reads "
                          << small.demand->readBytes.str() << ", larger "
                          << large.demand->readBytes.str();
        }
  }
  EXPECT_EQ(wrong, 0u);
  return compared;
}

} // namespace

// The time of a kernel does not fall as an extent grows, be it of a product, of
// attention, of rows that are reduced, or of elementwise work.
TEST(KernelTimeLaws, GrowsWithRows) {
  EXPECT_GT(expectGrowth({/*rows=*/2, 1, 1}), graphCount / 4);
}

TEST(KernelTimeLaws, GrowsWithColumns) {
  EXPECT_GT(expectGrowth({1, /*columns=*/2, 1}), graphCount / 4);
}

TEST(KernelTimeLaws, GrowsWithSequences) {
  EXPECT_GT(expectGrowth({1, 1, /*length=*/4}), graphCount / 4);
}

// Launched one by one a kernel takes what it takes queued, or the host's time
// to submit it; nothing else changes.
TEST(KernelTimeLaws, EagerAddsWaitingForTheHostOnly) {
  std::vector<std::shared_ptr<const Target>> targets = loadTargets();
  for (uint64_t seed = 0; seed < graphCount; ++seed) {
    std::unique_ptr<FormedGraph> graph =
        FormedGraph::read(RandomGraph(seed).text());
    ASSERT_TRUE(graph);
    for (const std::shared_ptr<const Target> &target : targets)
      for (Fusion fusion : allFusions)
        for (const Kernel &kernel : graph->kernels(fusion)) {
          std::optional<Launch> one =
              launch(*graph, kernel, target->getMachine());
          if (!one)
            continue;
          double submit = kernel.family == KernelFamily::Scalar
                              ? 0
                              : *target->getMachine().submitSeconds;
          ASSERT_EQ(one->eager, std::max(one->queued, submit))
              << seed << " " << show(kernel);
          ASSERT_LE(one->roof, one->queued) << seed << " " << show(kernel);
        }
  }
}

// The sum of roofs is at most that of kernels, which is at most that of the
// graph as it is; and a launch does not take longer for what is fused.
TEST(KernelTimeLaws, TimesKeepTheirOrder) {
  std::vector<std::shared_ptr<const Target>> targets = loadTargets();
  for (uint64_t seed = 0; seed < graphCount; ++seed) {
    std::unique_ptr<FormedGraph> graph =
        FormedGraph::read(RandomGraph(seed).text());
    ASSERT_TRUE(graph);
    for (const std::shared_ptr<const Target> &target : targets) {
      double asIs = sum(*graph, Fusion::None, target->getMachine()).eager;
      for (Fusion fusion : allFusions) {
        Launch total = sum(*graph, fusion, target->getMachine());
        EXPECT_LE(total.roof, total.queued * rounding)
            << seed << " " << target->getName().str();
        EXPECT_LE(total.queued, asIs * rounding)
            << seed << " " << target->getName().str() << ", fusion "
            << stringify(fusion).str();
      }
    }
  }
}
