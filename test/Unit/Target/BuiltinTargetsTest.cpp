//===- BuiltinTargetsTest.cpp - The targets that are built in -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/KernelTime.h"
#include "roofline/Target/TargetRegistry.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

class BuiltinTargets : public testing::Test {
protected:
  BuiltinTargets() : registry(llvm::cantFail(TargetRegistry::create())) {}

  /// The target, or null with a test failure.
  std::shared_ptr<const Target> find(llvm::StringRef name) {
    llvm::Expected<std::shared_ptr<const Target>> target = registry.find(name);
    if (target)
      return *target;
    ADD_FAILURE() << llvm::toString(target.takeError());
    return nullptr;
  }

  TargetRegistry registry;
};

constexpr UnitType matrixBf16 = {Unit::Matrix, ElementType::BF16};

/// The time by the target's plain figures.
KnownOr<double> plainSeconds(const Demand &demand, const Machine &machine,
                             Launching launching) {
  KnownOr<KernelTime> time =
      kernelTime(KernelFamily::Gemm, computeRoof(demand, machine),
                 /*shape=*/std::nullopt, machine, launching);
  if (!time)
    return time.unknown();
  return time->seconds;
}

} // namespace

TEST_F(BuiltinTargets, AreAllThere) {
  const std::vector<std::string> expected = {
      "a100",         "a800",         "ascend-310p",
      "ascend-910b1", "ascend-910b2", "ascend-910b3",
      "ascend-910b4", "ascend-910c",  "ascend-910c-die",
      "ascend-950dt", "ascend-950pr", "b200",
      "b300",         "gb200",        "h100",
      "h20",          "h20-3e",       "h200",
      "h800",         "mlu370",       "mlu590",
      "t-head-ppu"};
  EXPECT_EQ(registry.names(), expected);
}

TEST_F(BuiltinTargets, PassTheirChecks) {
  for (const std::string &name : registry.names()) {
    std::shared_ptr<const Target> target = find(name);
    ASSERT_NE(target, nullptr);
    EXPECT_EQ(target->getName(), name);
    for (const TargetFact &fact : target->getFacts()) {
      EXPECT_FALSE(fact.source->title.empty()) << name << ' ' << fact.path;
      EXPECT_EQ(fact.value.has_value(), isQuantity(fact.dimension))
          << name << ' ' << fact.path;
    }
  }
}

TEST_F(BuiltinTargets, NumbersThatAreDerivedSayHow) {
  for (const std::string &name : registry.names()) {
    std::shared_ptr<const Target> target = find(name);
    ASSERT_NE(target, nullptr);
    for (const TargetFact &fact : target->getFacts()) {
      bool isExplained =
          fact.confidence != Confidence::Inferred || !fact.note.empty();
      EXPECT_TRUE(isExplained) << name << ' ' << fact.path;
    }
  }
}

TEST_F(BuiltinTargets, HaveTheirTpp) {
  const std::pair<const char *, double> expected[] = {
      {"a100", 4992},         {"h100", 15830},        {"h200", 15840},
      {"h20", 2368},          {"b200", 36000},        {"ascend-910b2", 6016},
      {"ascend-910b3", 5008}, {"ascend-910b4", 4480}, {"ascend-910c", 12032},
      {"ascend-310p", 1120},  {"ascend-950dt", 8752}, {"mlu590", 4493}};
  for (auto [name, tpp] : expected)
    EXPECT_EQ(find(name)->getTpp(), tpp) << name;
  // Export control counts the package.
  EXPECT_EQ(find("ascend-910c-die")->getTpp(), std::nullopt);
}

TEST_F(BuiltinTargets, KeepAdvertisedRatesBeside) {
  // 752 TFLOP/s x 16 bits = 12,032; the model uses 2 x 24 cores x 8192 x
  // 1.8 GHz = 707.8 TFLOP/s.
  std::shared_ptr<const Target> target = find("ascend-910c");
  UnitType matrixF16 = {Unit::Matrix, ElementType::F16};
  EXPECT_EQ(target->getAdvertisedRate(matrixF16), 752e12);
  EXPECT_DOUBLE_EQ(target->getMachine().rate(matrixF16)->opsPerSecond,
                   707.8e12);
  EXPECT_FALSE(
      target->findFact("units.matrix.advertised.f16")->deviation.empty());
  // Where nothing else is advertised, it is the rate.
  EXPECT_EQ(target->getAdvertisedRate(matrixBf16), 707.8e12);
}

TEST_F(BuiltinTargets, HaveTheirRidgePoints) {
  // bf16 matrix peak over bandwidth, operations per byte.
  const std::pair<const char *, double> expected[] = {
      {"a100", 153},         {"h100", 295},         {"h200", 206},
      {"h20", 37},           {"b200", 292},         {"ascend-910b2", 216},
      {"ascend-910b3", 180}, {"ascend-910b4", 300}, {"ascend-910c-die", 216},
      {"ascend-910c", 216},  {"ascend-950pr", 270}, {"ascend-950dt", 133}};
  for (auto [name, ridge] : expected) {
    KnownOr<double> value = find(name)->getMachine().ridgePoint(matrixBf16);
    ASSERT_TRUE(value.isKnown()) << name;
    EXPECT_NEAR(*value, ridge, 0.5) << name;
  }
}

TEST_F(BuiltinTargets, GiveTheRoofOfAProduct) {
  // 2 x 4096^3 = 137,438,953,472 operations over the bf16 peak: 989.4, 148 and
  // 294.9 TFLOP/s. The traffic, 3 x 32 MiB, takes far less.
  WorkList work;
  work.add(Unit::Matrix, ElementType::BF16, 137438953472);
  const std::pair<const char *, double> expected[] = {
      {"h200", 0.1389e-3}, {"h20", 0.9286e-3}, {"ascend-910b3", 0.4661e-3}};
  for (auto [name, seconds] : expected) {
    KnownOr<Roof> roof =
        computeRoof(work, 3 * 33554432ull, find(name)->getMachine());
    ASSERT_TRUE(roof.isKnown()) << name;
    EXPECT_NEAR(roof->seconds, seconds, 0.00005e-3) << name;
    EXPECT_EQ(roof->bound->str(), "matrix_bf16") << name;
  }
}

TEST_F(BuiltinTargets, GiveTheTimeOfAKernel) {
  // The same product (A57): 2.4 us + 138.9 us / 0.77, 2.4 us + 928.6 us / 0.94,
  // 5 us + 466.1 us / 0.88.
  Demand demand;
  demand.work.add(Unit::Matrix, ElementType::BF16, 137438953472);
  demand.readBytes = 2 * 33554432ull;
  demand.writtenBytes = 33554432;
  const std::pair<const char *, double> expected[] = {
      {"h200", 182.8e-6}, {"h20", 990.3e-6}, {"ascend-910b3", 534.6e-6}};
  for (auto [name, seconds] : expected) {
    KnownOr<double> time =
        plainSeconds(demand, find(name)->getMachine(), Launching::Queued);
    ASSERT_TRUE(time.isKnown()) << name;
    EXPECT_NEAR(*time, seconds, 0.1e-6) << name;
  }
}

TEST_F(BuiltinTargets, OrderTheirTimes) {
  // roof <= queued <= eager, on every target that has all three, for products
  // of 16 to 16384 rows, columns and depth, and for elementwise work.
  unsigned complete = 0;
  for (const std::string &name : registry.names()) {
    const Machine &machine = find(name)->getMachine();
    for (ElementType type :
         {ElementType::BF16, ElementType::F8, ElementType::I8})
      for (uint64_t extent = 16; extent <= 16384; extent *= 4) {
        Demand demand;
        demand.work.add(Unit::Matrix, type, 2 * extent * extent * extent);
        demand.work.add(Unit::Vector, ElementType::F32, extent * extent);
        demand.readBytes = 2 * extent * extent;
        demand.writtenBytes = extent * extent;
        KnownOr<Roof> roof = computeRoof(demand, machine);
        KnownOr<double> queued =
            plainSeconds(demand, machine, Launching::Queued);
        KnownOr<double> eager = plainSeconds(demand, machine, Launching::Eager);
        if (!roof || !queued || !eager)
          continue;
        ++complete;
        EXPECT_LE(roof->seconds, *queued) << name;
        EXPECT_LE(*queued, *eager) << name;
      }
  }
  // NVIDIA's 10, the 910B2, B3 and B4, and the 910C as die and as package.
  EXPECT_EQ(complete, 15u * 3 * 6);
}

TEST_F(BuiltinTargets, StateEfficiencies) {
  const std::tuple<const char *, ElementType, double> expected[] = {
      {"a100", ElementType::BF16, 0.79},
      {"h100", ElementType::BF16, 0.80},
      {"h200", ElementType::BF16, 0.77},
      {"h200", ElementType::F8, 0.62},
      {"h20", ElementType::BF16, 0.94},
      // The H100's fraction of its f8 rate does not apply.
      {"h20", ElementType::F8, 0.94},
      {"b200", ElementType::F4, 0.41},
      {"ascend-910b2", ElementType::I8, 0.73},
      // Runs as bf16.
      {"ascend-910b2", ElementType::F8, 0.88},
      {"ascend-910b4", ElementType::BF16, 0.88},
      {"ascend-910c", ElementType::BF16, 0.85}};
  for (auto [name, type, fraction] : expected) {
    KnownOr<double> efficiency =
        find(name)->getMachine().efficiency({Unit::Matrix, type});
    ASSERT_TRUE(efficiency.isKnown()) << name;
    EXPECT_EQ(*efficiency, fraction) << name;
  }
  EXPECT_EQ(find("ascend-910c")->getMachine().hbmEfficiency, 0.75);
  // Nothing is published of these, nor of a relative with the same cores.
  for (const char *name : {"ascend-310p", "ascend-910b1", "ascend-950pr"}) {
    EXPECT_FALSE(find(name)->getMachine().efficiency(matrixBf16).isKnown());
    EXPECT_FALSE(find(name)->getMachine().hbmEfficiency);
  }
}

TEST_F(BuiltinTargets, SubstituteWhatTheyLack) {
  auto runsAs = [&](llvm::StringRef name, Unit unit, ElementType type) {
    KnownOr<Rate> rate = find(name)->getMachine().rate({unit, type});
    return rate ? stringify(rate->runsAs) : llvm::StringRef("unknown");
  };
  EXPECT_EQ(runsAs("ascend-910b2", Unit::Matrix, ElementType::TF32), "hf32");
  EXPECT_EQ(runsAs("ascend-910b2", Unit::Matrix, ElementType::F8), "bf16");
  EXPECT_EQ(runsAs("ascend-910b2", Unit::Vector, ElementType::BF16), "f32");
  EXPECT_EQ(runsAs("ascend-910b2", Unit::Vector, ElementType::I1), "i32");
  EXPECT_EQ(runsAs("ascend-910b2", Unit::Vector, ElementType::F64), "unknown");
  EXPECT_EQ(runsAs("ascend-910b2", Unit::Matrix, ElementType::C64), "unknown");
  EXPECT_EQ(runsAs("a100", Unit::Matrix, ElementType::F8), "bf16");
  EXPECT_EQ(runsAs("h200", Unit::Matrix, ElementType::F4), "f8");
  EXPECT_EQ(runsAs("h200", Unit::Vector, ElementType::I64), "i32");
  EXPECT_EQ(runsAs("h200", Unit::Special, ElementType::BF16), "f32");
  EXPECT_EQ(runsAs("h200", Unit::Matrix, ElementType::C128), "f64");
  // No rate of its vector unit is published.
  EXPECT_EQ(runsAs("ascend-310p", Unit::Vector, ElementType::F16), "unknown");
}

TEST_F(BuiltinTargets, FillTheMachine) {
  const Machine &machine = find("ascend-910b2")->getMachine();
  EXPECT_EQ(machine.matrixCores, 24u);
  EXPECT_EQ(machine.vectorCores, 48u);
  EXPECT_EQ(machine.hbm.capacityBytes, 64e9);
  EXPECT_EQ(machine.launchSeconds, 5e-6);
  EXPECT_EQ(machine.submitSeconds, 20e-6);
  ASSERT_FALSE(machine.caches.empty());
  EXPECT_EQ(machine.caches.front().name, "l2");
  auto l0a = llvm::find_if(machine.caches, [](const MemoryLevel &level) {
    return level.name == "l0a";
  });
  ASSERT_NE(l0a, machine.caches.end());
  // 64 KiB and 256 B/clk of each of 24 cores at 1.8 GHz.
  EXPECT_EQ(l0a->capacityBytes, 24 * 65536.0);
  EXPECT_EQ(l0a->bytesPerSecond, 24 * 256 * 1.8e9);
  ASSERT_EQ(machine.links.size(), 2u);
  EXPECT_EQ(machine.links[0].name, "scale_up");
  EXPECT_EQ(machine.links[0].bytesPerSecond, 196e9);
  EXPECT_EQ(machine.links[1].name, "scale_out");
}

TEST_F(BuiltinTargets, LeaveOutWhatIsNotKnown) {
  const Machine &machine = find("ascend-910b1")->getMachine();
  EXPECT_TRUE(machine.rates.empty());
  EXPECT_FALSE(machine.hbm.bytesPerSecond);
  EXPECT_FALSE(machine.ridgePoint(matrixBf16).isKnown());
  // Nor are the figures of the base taken over where they do not apply.
  EXPECT_EQ(find("ascend-910b4")->findFact("memory.bus_width"), nullptr);
  EXPECT_EQ(find("b300")->findFact("clocks.matrix"), nullptr);
}

TEST_F(BuiltinTargets, OfLowConfidenceAreRefusedForTimes) {
  for (const char *name : {"t-head-ppu", "mlu370", "mlu590"}) {
    std::shared_ptr<const Target> target = find(name);
    EXPECT_TRUE(target->isLowConfidence()) << name;
    llvm::Error error = checkAllowedForTimes(*target, false);
    EXPECT_TRUE(bool(error)) << name;
    llvm::consumeError(std::move(error));
    EXPECT_FALSE(bool(checkAllowedForTimes(*target, true))) << name;
  }
  EXPECT_EQ(llvm::toString(checkAllowedForTimes(*find("mlu590"), false)),
            "error: no times for target 'mlu590', whose figures have low "
            "confidence: only a figure of total processing performance is "
            "published; the rate is derived from it and the memory is not "
            "known; use '--allow-low-confidence' to have them all the same");
  EXPECT_FALSE(bool(checkAllowedForTimes(*find("h200"), false)));
}
