//===- KernelFusion.h - Which nodes run as one launch -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The fusion that compilers do (A61). It looks at the graph only, not at the
// order in which the graph is written, so that independent ops may change
// places. It is linear in the graph:
//
// 1. Every node gets a level, the largest number of kernel boundaries on the
//    way to it. A boundary is an edge that no kernel spans. Nodes of one level
//    with an edge between them are one kernel: typed fusion after Kennedy and
//    McKinley (1994), which is why kernels never depend on each other in a
//    circle.
// 2. Nodes that only read what is there before the block runs sink to the
//    level where they are read first.
// 3. Kernels of one level that read the same value and reduce it, or do not, in
//    the same way become one with several results.
// 4. Elementwise kernels that alone read an anchor's result become its
//    epilogue, and those that an anchor alone reads its prologue.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_KERNELFUSION_H
#define ROOFLINE_LIB_ANALYSIS_KERNELFUSION_H

#include "KernelGraph.h"

#include "llvm/ADT/MapVector.h"

#include <map>
#include <string>

namespace roofline {

/// What a kernel is and is called.
struct KernelIdentity {
  KernelFamily family = KernelFamily::Opaque;
  std::string name;
};

/// A partition of the nodes of a graph.
struct Partition {
  /// The kernel of every node: 0, 1, ... in the order of their first nodes.
  std::vector<unsigned> kernelOf;
  /// Nodes of every kernel, ascending.
  std::vector<llvm::SmallVector<unsigned, 2>> members;
  /// The level of every kernel; kernels depend on kernels of lower levels, or
  /// on anchors that became one with them.
  std::vector<unsigned> levels;
  /// Kernels that are known by what surrounds them.
  std::map<unsigned, KernelIdentity> named;
  std::map<unsigned, DenseExperts> denseExperts;

  /// Makes the nodes of one kernel nodes of another; the first has none then.
  void moveNodes(unsigned from, unsigned to);
};

/// The level of every node after steps 1 and 2.
std::vector<unsigned> fusionLevels(const KernelGraph &graph);

/// Fuses as compilers do; with `Fusion::Library` convolutions have epilogues.
/// `levels` are those of `fusionLevels`.
Partition fuseNodes(const KernelGraph &graph, Fusion fusion,
                    llvm::ArrayRef<unsigned> levels);

/// Arguments of the block of which nodes read all and yield a new version that
/// leaves the block: parameters, moments.
size_t countUpdatedArguments(const KernelGraph &graph,
                             llvm::ArrayRef<unsigned> nodes);

/// Values with how many of their bytes are read. Most kernels read few.
using ExternalReads = llvm::SmallMapVector<mlir::Value, Count, 8>;

/// Bytes that a kernel reads of values from outside, at most all of each. Data
/// of inlined functions are under the null value.
ExternalReads externalReads(const KernelGraph &graph,
                            const Partition &partition, unsigned kernel);

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_KERNELFUSION_H
