//===- KernelFormation.h - Which ops run as one launch ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_ANALYSIS_KERNELFORMATION_H
#define ROOFLINE_ANALYSIS_KERNELFORMATION_H

#include "roofline/Analysis/BlockProgram.h"
#include "roofline/Analysis/ExecutionCounts.h"
#include "roofline/Model/KernelFamily.h"

#include "llvm/ADT/SmallVector.h"

#include <string>
#include <vector>

namespace roofline {

/// A kernel that runs experts for every token, whoever is chosen.
struct DenseExperts {
  /// Experts that a router chooses from, and that it chooses for a token.
  uint64_t total = 0;
  uint64_t chosen = 0;
};

/// Ops that run as one launch.
struct Kernel {
  KernelFamily family = KernelFamily::Opaque;
  /// What the kernel would be called: `gemm`, `fused_add_rms_norm`,
  /// `fused_multiply_add`.
  std::string name;
  /// In program order. What a call runs that is a part of a kernel is in the
  /// kernel by its call, except where nothing else calls the function: then its
  /// ops are in the kernels themselves.
  llvm::SmallVector<mlir::Operation *, 2> ops;
  /// The op that stands for the kernel: its contraction, else the one that
  /// yields its last result.
  mlir::Operation *root = nullptr;
  /// How often it is launched when the entry runs once.
  KnownOr<Count> times = Count(1);
  /// Work of its ops, and bytes that enter and leave the kernel, for one
  /// launch. Unknown where an op's is.
  KnownOr<Demand> demand = Demand();
  /// Present where the graph computes experts that nobody chose.
  std::optional<DenseExperts> denseExperts = std::nullopt;
};

/// Visits the kernels of a graph in program order of their roots; with
/// `Fusion::None` without keeping more than one. Every op that works or moves
/// bytes, or whose demand is unknown, is in exactly one. Views belong to none.
/// Where `visitProgram` is given it sees the program of every block that has
/// steps, that of a caller before that of what it calls, and of a block before
/// those inside of it.
void visitKernels(
    const ExecutionCounts &counts, const DemandLookup &lookup, Fusion fusion,
    llvm::function_ref<void(Kernel kernel)> visit,
    llvm::function_ref<void(BlockProgram program)> visitProgram = nullptr);

/// The same as a list.
std::vector<Kernel> formKernels(const ExecutionCounts &counts,
                                const DemandLookup &lookup, Fusion fusion);

} // namespace roofline

#endif // ROOFLINE_ANALYSIS_KERNELFORMATION_H
