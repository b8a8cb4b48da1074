//===- KernelTimeTest.cpp - What real kernels reach -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/KernelTime.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

constexpr UnitType matrixBf16 = {Unit::Matrix, ElementType::BF16};
constexpr UnitType matrixF8 = {Unit::Matrix, ElementType::F8};
constexpr UnitType matrixTf32 = {Unit::Matrix, ElementType::TF32};
constexpr UnitType vectorF32 = {Unit::Vector, ElementType::F32};

/// 100 Gop/s of matrix bf16 of which kernels reach 80 %, 200 of f8 of which
/// they reach half, 50 of tf32; 10 Gop/s of vector f32; 1 GB/s of which they
/// reach three quarters; launches of 1 ms at least, submitted in 5 ms.
Machine makeMachine() {
  Machine machine;
  machine.rates[matrixBf16] = 100e9;
  machine.rates[matrixF8] = 200e9;
  machine.rates[matrixTf32] = 50e9;
  machine.rates[vectorF32] = 10e9;
  machine.substitutes[{Unit::Matrix, ElementType::F4}] = ElementType::F8;
  machine.substitutes[{Unit::Matrix, ElementType::F16}] = ElementType::BF16;
  machine.efficiencies[matrixBf16] = 0.8;
  machine.efficiencies[matrixF8] = 0.5;
  machine.hbm.bytesPerSecond = 1e9;
  machine.hbmEfficiency = 0.75;
  machine.launchSeconds = 1e-3;
  machine.submitSeconds = 5e-3;
  return machine;
}

Demand makeDemand(std::initializer_list<Work> work, Count readBytes,
                  Count writtenBytes) {
  Demand demand;
  demand.structure = Structure::Contraction;
  for (const Work &entry : work)
    demand.work.add(entry);
  demand.readBytes = readBytes;
  demand.writtenBytes = writtenBytes;
  return demand;
}

/// Seconds of one launch with plain figures.
KnownOr<double> plainSeconds(KernelFamily family, const Demand &demand,
                             const Machine &machine, Launching launching) {
  KnownOr<KernelTime> time = kernelTime(family, computeRoof(demand, machine),
                                        std::nullopt, machine, launching);
  return time ? KnownOr<double>(time->seconds) : time.unknown();
}

KnownOr<double> queued(const Demand &demand, const Machine &machine) {
  return plainSeconds(KernelFamily::Gemm, demand, machine, Launching::Queued);
}

KnownOr<double> eager(const Demand &demand, const Machine &machine) {
  return plainSeconds(KernelFamily::Gemm, demand, machine, Launching::Eager);
}

std::string reason(const KnownOr<double> &seconds) {
  return seconds ? std::string("known") : seconds.unknown().reason;
}

} // namespace

TEST(Efficiency, IsThatOfTheTypeThatRuns) {
  Machine machine = makeMachine();
  EXPECT_EQ(*machine.efficiency(matrixBf16), 0.8);
  EXPECT_EQ(*machine.efficiency(matrixF8), 0.5);
  // f4 runs as f8 and f16 as bf16.
  EXPECT_EQ(*machine.efficiency({Unit::Matrix, ElementType::F4}), 0.5);
  EXPECT_EQ(*machine.efficiency({Unit::Matrix, ElementType::F16}), 0.8);
}

TEST(Efficiency, FallsBackToTheReferenceTypeOfTheUnit) {
  Machine machine = makeMachine();
  // tf32 has a rate but no figure: that of bf16 (A57).
  EXPECT_EQ(*machine.efficiency(matrixTf32), 0.8);
  machine.rates[{Unit::Vector, ElementType::F16}] = 20e9;
  machine.efficiencies[vectorF32] = 0.9;
  EXPECT_EQ(*machine.efficiency({Unit::Vector, ElementType::F16}), 0.9);
  // A part without bf16 has its figure at what bf16 runs as.
  Machine inference;
  inference.rates[{Unit::Matrix, ElementType::F16}] = 70e9;
  inference.rates[{Unit::Matrix, ElementType::I8}] = 140e9;
  inference.substitutes[matrixBf16] = ElementType::F16;
  inference.efficiencies[{Unit::Matrix, ElementType::F16}] = 0.7;
  EXPECT_EQ(*inference.efficiency({Unit::Matrix, ElementType::I8}), 0.7);
}

TEST(Efficiency, WithoutAnyFigure) {
  Machine machine = makeMachine();
  machine.efficiencies.clear();
  EXPECT_EQ(reason(machine.efficiency(matrixBf16)),
            "no efficiency is known for matrix_bf16");
  // Other units are taken to reach their peak (A57).
  EXPECT_EQ(*machine.efficiency(vectorF32), 1.0);
  // Not even those where there is no rate.
  EXPECT_EQ(reason(machine.efficiency({Unit::Special, ElementType::F32})),
            "no rate and no substitute for special_f32");
}

// A57: a launch takes the floor plus its busiest resource, each at what kernels
// reach of its peak.

TEST(KernelTime, A57ComputeBound) {
  // 1 ms + 8e9 / (100e9 x 0.8) = 1 ms + 100 ms; the traffic, 30e6 / (1e9 x
  // 0.75) = 40 ms, overlaps.
  Demand demand = makeDemand({{matrixBf16, 8000000000}}, 20000000, 10000000);
  EXPECT_DOUBLE_EQ(*queued(demand, makeMachine()), 0.101);
}

TEST(KernelTime, A57MemoryBound) {
  // 1 ms + 150e6 / (1e9 x 0.75) = 1 ms + 200 ms; the work takes 100 ms.
  Demand demand = makeDemand({{matrixBf16, 8000000000}}, 100000000, 50000000);
  EXPECT_DOUBLE_EQ(*queued(demand, makeMachine()), 0.201);
}

TEST(KernelTime, A57TypesOfOneUnitAddUpAndUnitsOverlap) {
  // 8e9 / (100e9 x 0.8) + 2e9 / (200e9 x 0.5) = 100 + 20 ms on the matrix unit;
  // 1e9 / 10e9 = 100 ms on the vector unit, at its peak, beside it.
  Demand demand = makeDemand({{matrixBf16, 8000000000},
                              {matrixF8, 2000000000},
                              {vectorF32, 1000000000}},
                             0, 0);
  EXPECT_DOUBLE_EQ(*queued(demand, makeMachine()), 0.121);
  // What bounds a kernel may be another resource than what bounds its roof: at
  // the peaks the units take 90 and 100 ms.
  KnownOr<Roof> roof = computeRoof(demand, makeMachine());
  ASSERT_TRUE(roof.isKnown());
  EXPECT_EQ(roof->bound->str(), "vector_f32");
}

TEST(KernelTime, A57SmallestLaunchIsTheFloor) {
  Demand demand = makeDemand({}, 0, 0);
  EXPECT_DOUBLE_EQ(*queued(demand, makeMachine()), 0.001);
}

// A58: one by one, a kernel takes at least what the host needs to submit it.

TEST(KernelTime, A58EagerWaitsForTheHost) {
  // 1 ms + 0.75e6 / (1e9 x 0.75) = 2 ms on the device, 5 ms on the host.
  Demand small = makeDemand({}, 750000, 0);
  EXPECT_DOUBLE_EQ(*queued(small, makeMachine()), 0.002);
  EXPECT_DOUBLE_EQ(*eager(small, makeMachine()), 0.005);
  // A long kernel hides the host.
  Demand large = makeDemand({}, 75000000, 0);
  EXPECT_DOUBLE_EQ(*queued(large, makeMachine()), 0.101);
  EXPECT_DOUBLE_EQ(*eager(large, makeMachine()), 0.101);
}

TEST(KernelTime, ScalarsAreNoLaunch) {
  Demand demand = makeDemand({{vectorF32, 1}}, 4, 4);
  for (Launching launching : {Launching::Queued, Launching::Eager}) {
    EXPECT_EQ(
        *plainSeconds(KernelFamily::Scalar, demand, makeMachine(), launching),
        0);
    // Whatever the machine.
    EXPECT_EQ(*plainSeconds(KernelFamily::Scalar, demand, Machine(), launching),
              0);
  }
}

TEST(KernelTime, MissingFiguresAreUnknown) {
  Demand demand = makeDemand({{matrixBf16, 1}}, 1, 1);
  Machine machine = makeMachine();
  machine.submitSeconds.reset();
  EXPECT_EQ(reason(queued(demand, machine)), "known");
  EXPECT_EQ(reason(eager(demand, machine)),
            "the host's time to submit a kernel is not known");
  machine.launchSeconds.reset();
  EXPECT_EQ(reason(queued(demand, machine)),
            "the least time of a launch is not known");
  machine = makeMachine();
  machine.hbmEfficiency.reset();
  EXPECT_EQ(reason(queued(demand, machine)),
            "no efficiency is known for memory bandwidth");
  // Not needed where nothing is read or written.
  EXPECT_EQ(reason(queued(makeDemand({{matrixBf16, 1}}, 0, 0), machine)),
            "known");
  machine.efficiencies.clear();
  EXPECT_EQ(reason(queued(makeDemand({{matrixBf16, 1}}, 0, 0), machine)),
            "no efficiency is known for matrix_bf16");
  machine.rates.clear();
  EXPECT_EQ(reason(queued(demand, machine)),
            "no rate and no substitute for matrix_bf16");
  machine.hbm.bytesPerSecond.reset();
  EXPECT_EQ(reason(queued(demand, machine)), "memory bandwidth is not known");
}

// Laws: roof <= queued <= eager, and no time falls when a count grows.

TEST(KernelTime, IsBetweenTheRoofAndEager) {
  Machine machine = makeMachine();
  for (uint64_t ops : {0ull, 1ull, 1000000ull, 8000000000ull, 1ull << 60})
    for (uint64_t bytes : {0ull, 1ull, 1000000ull, 1ull << 40}) {
      Demand demand = makeDemand(
          {{matrixTf32, ops}, {matrixF8, 3 * ops}, {vectorF32, ops / 7}}, bytes,
          bytes / 3);
      KnownOr<Roof> roof = computeRoof(demand, machine);
      ASSERT_TRUE(roof.isKnown());
      EXPECT_LE(roof->seconds, *queued(demand, machine));
      EXPECT_LE(*queued(demand, machine), *eager(demand, machine));
    }
}

TEST(KernelTime, GrowsWithEveryCount) {
  Machine machine = makeMachine();
  const uint64_t counts[] = {0, 1, 1000, 1000000, 2000000000, 1ull << 50};
  for (Launching launching : {Launching::Queued, Launching::Eager}) {
    auto seconds = [&](uint64_t matrix, uint64_t vector, uint64_t read,
                       uint64_t written) {
      Demand demand = makeDemand({{matrixBf16, matrix}, {vectorF32, vector}},
                                 read, written);
      return *plainSeconds(KernelFamily::Gemm, demand, machine, launching);
    };
    for (uint64_t fixed : counts)
      for (size_t i = 1; i != std::size(counts); ++i) {
        uint64_t less = counts[i - 1], more = counts[i];
        EXPECT_LE(seconds(less, fixed, fixed, fixed),
                  seconds(more, fixed, fixed, fixed));
        EXPECT_LE(seconds(fixed, less, fixed, fixed),
                  seconds(fixed, more, fixed, fixed));
        EXPECT_LE(seconds(fixed, fixed, less, fixed),
                  seconds(fixed, fixed, more, fixed));
        EXPECT_LE(seconds(fixed, fixed, fixed, less),
                  seconds(fixed, fixed, fixed, more));
      }
  }
}

TEST(KernelTime, FasterMachinesAreNotSlower) {
  Demand demand =
      makeDemand({{matrixBf16, 8000000000}, {vectorF32, 1000000}}, 1000000, 0);
  double before = *queued(demand, makeMachine());
  for (auto change :
       {+[](Machine &machine) { machine.rates[matrixBf16] *= 2; },
        +[](Machine &machine) { machine.efficiencies[matrixBf16] = 1; },
        +[](Machine &machine) { *machine.hbm.bytesPerSecond *= 2; },
        +[](Machine &machine) { machine.hbmEfficiency = 1; },
        +[](Machine &machine) { machine.launchSeconds = 0; }}) {
    Machine machine = makeMachine();
    change(machine);
    EXPECT_LE(*queued(demand, machine), before);
  }
}

// T27: without a calibration an exchange takes what is typical: 4.2 us, 2 x 3
// steps of 0.85 us, 18 us, and 2 x 3/4 of 4 MB at 100 MB/s x 0.78 / (1 + 0.36 /
// 3) x 1.1, where local bytes take 1 ms + 8 MB / (1 GB/s x 0.75).
TEST(KernelTime, ExchangesTakeTheirLink) {
  Machine machine = makeMachine();
  Demand demand = makeDemand({}, 4000000, 4000000);
  demand.structure = Structure::Collective;
  KernelShape shape = CollectiveShape{CollectiveKind::AllReduce, 4, 4e6};
  auto timeOf = [&](const std::optional<KernelShape> &shape) {
    return kernelTime(KernelFamily::Collective, computeRoof(demand, machine),
                      shape, machine, Launching::Queued);
  };
  double local = 1e-3 + 8e6 / 0.75e9;
  // Alone, a device only copies.
  EXPECT_DOUBLE_EQ(timeOf(std::nullopt)->seconds, local);
  // A link that nothing is known of, and ranks that are not known, are no zero.
  EXPECT_EQ(timeOf(shape).unknown().reason,
            "the bandwidth of the scale-up link is not known");
  machine.links = {{"scale_up", 100e6, std::nullopt}};
  KnownOr<KernelTime> time = timeOf(shape);
  EXPECT_NEAR(time->seconds, 27.3e-6 + 6e6 / (100e6 * 0.78 / 1.12 * 1.1),
              1e-12);
  EXPECT_EQ(time->calibration, nullptr);
  EXPECT_DOUBLE_EQ(time->low, 0.84 * time->seconds);
  EXPECT_DOUBLE_EQ(time->high, 2.04 * time->seconds);
  EXPECT_FALSE(timeOf(CollectiveShape{CollectiveKind::AllReduce, 0, 0}));
  // A link that is faster than the memory.
  machine.links = {{"scale_up", 100e9, std::nullopt}};
  EXPECT_DOUBLE_EQ(timeOf(shape)->seconds, local);
}
