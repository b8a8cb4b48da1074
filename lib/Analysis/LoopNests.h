//===- LoopNests.h - Loops over scalars as kernels --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_LOOPNESTS_H
#define ROOFLINE_LIB_ANALYSIS_LOOPNESTS_H

#include "roofline/Analysis/KernelFormation.h"

#include "llvm/ADT/DenseSet.h"

namespace roofline {

/// Loops whose bodies work on scalars, vectors and elements of buffers only:
/// the code of one kernel, written out (A65). Each is one launch whatever the
/// fusion; what crosses memory of a buffer is all of it at most.
class LoopNests {
public:
  LoopNests(const ExecutionCounts &counts, const DemandLookup &lookup);

  /// The kernel of the outermost loop `op`; null where it is none.
  const Kernel *kernelOf(mlir::Operation *op) const {
    auto it = kernels.find(op);
    return it == kernels.end() ? nullptr : &it->second;
  }

  /// True where `op` is inside of a nest.
  bool contains(mlir::Operation *op) const {
    return !kernels.empty() && inner.contains(op);
  }

private:
  llvm::DenseMap<mlir::Operation *, Kernel> kernels;
  llvm::DenseSet<mlir::Operation *> inner;
};

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_LOOPNESTS_H
