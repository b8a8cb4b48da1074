//===- AlikeKernels.h - Kernels that are alike ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A graph has many more kernels than kinds of them: those of a layer come again
// in every other one. What is asked of kernels is asked once for each kind.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_DRIVER_ALIKEKERNELS_H
#define ROOFLINE_LIB_DRIVER_ALIKEKERNELS_H

#include "roofline/Analysis/KernelFormation.h"
#include "roofline/Analysis/KernelShapes.h"
#include "roofline/Model/KernelTime.h"

namespace roofline {

/// One launch of a kernel on a machine.
struct Launch {
  KnownOr<double> roofSeconds = 0.0;
  std::optional<Bound> bound;
  KnownOr<KernelTime> time = KernelTime();
};

/// Kernels that nothing but their place tells apart: those of the layers of a
/// model, mostly.
struct AlikeKernels {
  Kernel firstKernel;
  /// What its time model reads of it.
  std::optional<KernelShape> shape;
  /// What one launch has to do: `demandOfLaunch` (A73).
  KnownOr<Demand> ofLaunch;
  /// What stands for each, in program order.
  std::vector<mlir::Operation *> roots;
  /// How many kernels the graph has before each.
  std::vector<size_t> positions;
  /// Of all of them.
  KnownOr<Count> launches;
  /// Of each, as soon as they differ.
  std::vector<Count> launchesOf = {};

  const Kernel &first() const { return firstKernel; }

  /// Adds a kernel that is like the first.
  void add(const Kernel &kernel, size_t position) {
    if (kernel.times) {
      if (launchesOf.empty() && *kernel.times != *first().times)
        launchesOf.assign(roots.size(), *first().times);
      if (!launchesOf.empty())
        launchesOf.push_back(*kernel.times);
      *launches += *kernel.times;
    }
    roots.push_back(kernel.root);
    positions.push_back(position);
  }

  /// Why they have no part in totals; null where they have.
  const Unknown *leftOutReason() const {
    if (!first().demand)
      return &first().demand.unknown();
    return launches ? nullptr : &launches.unknown();
  }
};

/// One launch of a kernel of `group`, whose demand is known.
Launch launch(const AlikeKernels &group, const Machine &machine,
              Launching launching);

/// Forms kernels; groups are in the order of the first of each, and of each
/// group only that one is kept, because a graph has many more kernels than
/// kinds of them. `visit` is called with each kernel and the index of its
/// group. Adds what the blocks of the graph run to `programs` where that is
/// given.
std::vector<AlikeKernels>
findAlike(const ExecutionCounts &counts, const DemandLookup &lookup,
          Fusion fusion, std::vector<BlockProgram> *programs = nullptr,
          llvm::function_ref<void(const Kernel &kernel, size_t group)> visit =
              nullptr);

} // namespace roofline

#endif // ROOFLINE_LIB_DRIVER_ALIKEKERNELS_H
