//===- KernelLaws.h - What holds for the kernels of any graph ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Laws of kernel formation. Each answers with what is wrong, for a reader, or
// with nothing where the law holds.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_ANALYSIS_KERNELLAWS_H
#define ROOFLINE_TEST_UNIT_ANALYSIS_KERNELLAWS_H

#include "roofline/Analysis/KernelFormation.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace roofline {

inline constexpr std::array<Fusion, 3> allFusions = {
    Fusion::None, Fusion::Compiler, Fusion::Library};

/// A graph that was read, with its kernels by fusion.
class FormedGraph {
public:
  /// Reads `text` in a context of its own; null where that fails.
  static std::unique_ptr<FormedGraph> read(const std::string &text);

  mlir::Operation *entry() const { return entryOp; }
  const DemandLookup &demands() const { return *lookup; }
  const ExecutionCounts &executions() const { return *counts; }
  const std::vector<Kernel> &kernels(Fusion fusion) const {
    return kernelsOf[static_cast<size_t>(fusion)];
  }

private:
  FormedGraph();

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::Operation *entryOp = nullptr;
  std::optional<DemandLookup> lookup;
  std::optional<ExecutionCounts> counts;
  std::array<std::vector<Kernel>, allFusions.size()> kernelsOf;
};

/// Every op that works, moves bytes or is not known is in one kernel, what is
/// inlined by its call; views are in none. Kernels have ops in program order,
/// their root among them, and are in the order of their roots.
std::string checkMembership(const FormedGraph &graph);

/// Fusing more never adds bytes, and what crosses the edge of the graph is
/// moved by kernels.
std::string checkBytes(const FormedGraph &graph);

/// Kernels do the work of their ops, whatever the fusion.
std::string checkWork(const FormedGraph &graph);

/// No kernel has to run before itself.
std::string checkCircles(const FormedGraph &graph);

/// Both have the same kernels, in any order.
std::string checkSameKernels(const FormedGraph &graph,
                             const FormedGraph &other);

/// Both, read from the same text, have the same kernels in the same order.
std::string checkIdentical(const FormedGraph &graph, const FormedGraph &other);

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_ANALYSIS_KERNELLAWS_H
