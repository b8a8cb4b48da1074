//===- BlockPrograms.h - Programs of blocks from their kernels --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_BLOCKPROGRAMS_H
#define ROOFLINE_LIB_ANALYSIS_BLOCKPROGRAMS_H

#include "KernelFusion.h"

#include "roofline/Analysis/BlockProgram.h"

namespace roofline {

/// A kernel of a partition, for the program of its block.
struct PlacedKernel {
  const Kernel *kernel;
  /// The place of its root among the ops of the graph.
  size_t place;
};

/// The program of a block, given its kernels by their numbers in the partition.
BlockProgram makeProgram(mlir::Block *block, const KernelGraph &graph,
                         const Partition &partition,
                         llvm::ArrayRef<PlacedKernel> kernels);

/// Programs of blocks where every op is a kernel of its own. Ops come in the
/// order of a walk over the graph.
class OpPrograms {
public:
  /// A kernel of one op, with what that reads and writes if it is known.
  void addKernel(const Kernel &kernel, const Traffic &traffic);
  /// An op that runs bodies.
  void addBodies(mlir::Operation *op);
  /// An op that is another name of what it is given.
  void addView(mlir::Operation *op);

  /// In the order of the first ops of the blocks.
  void take(llvm::function_ref<void(BlockProgram)> visit);

private:
  using Sources = llvm::SmallVector<mlir::Value, 1>;

  BlockProgram &programOf(mlir::Operation *op);
  Sources sourcesOf(mlir::Value value) const;
  mlir::Value sourceOf(mlir::Value value) const;
  void addReads(BlockProgram &program, mlir::Operation *op);
  void addReads(BlockProgram &program, mlir::Value value);

  llvm::MapVector<mlir::Block *, BlockProgram> programs;
  llvm::DenseMap<mlir::Value, Sources> viewed;
  llvm::DenseSet<mlir::Value> buffers;
};

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_BLOCKPROGRAMS_H
