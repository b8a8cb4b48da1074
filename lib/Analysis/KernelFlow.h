//===- KernelFlow.h - Which kernel reads whose results ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels as a graph. Ops that belong to no kernel (views) are looked through,
// and so are calls of functions whose ops are in kernels of their own, and
// parts, broadcasts and conversions that another kernel has: whoever reads them
// does them on the way.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_KERNELFLOW_H
#define ROOFLINE_LIB_ANALYSIS_KERNELFLOW_H

#include "roofline/Analysis/KernelFormation.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>
#include <vector>

namespace roofline {

/// Bytes of control rather than of data (A59).
bool isScalarValue(mlir::Value value);

class KernelFlow {
public:
  /// What is given outlives this.
  KernelFlow(llvm::ArrayRef<Kernel> kernels, const DemandLookup &lookup);

  /// Kernels that a kernel reads data of, and those that read its, each once
  /// and ascending. Scalars, flags and numbers of rows are no data.
  llvm::ArrayRef<unsigned> producers(unsigned kernel) const {
    return producersOf[kernel];
  }
  llvm::ArrayRef<unsigned> consumers(unsigned kernel) const {
    return consumersOf[kernel];
  }

  /// The kernel that an op is in; absent for ops that are in none.
  std::optional<unsigned> kernelOf(mlir::Operation *op) const;

  /// Where `value` comes from, through what is looked through: results of ops
  /// in kernels, arguments and constants, each once. Ops of the kernel `reader`
  /// are not looked through.
  llvm::SmallVector<mlir::Value, 2> sources(mlir::Value value,
                                            unsigned reader) const;

  /// Whether nothing that a kernel computes is in `value`: an argument or
  /// constant, perhaps in another type, shape or layout.
  bool isParameter(mlir::Value value, unsigned reader) const;

  /// Whether a result leaves the graph: by a terminator that hands it to no op
  /// that is looked through.
  bool escapes(unsigned kernel) const { return escaping[kernel]; }

private:
  void findCalls(mlir::Operation *root);
  /// Whether `value`, which comes `from` these, is data.
  bool isData(mlir::Value value, llvm::ArrayRef<mlir::Value> from) const;
  /// What stands for `value` one op further back; none where it stands for
  /// itself.
  llvm::SmallVector<mlir::Value, 2> stepBack(mlir::Value value,
                                             unsigned reader) const;
  bool isRemapping(mlir::Operation *op) const;

  llvm::ArrayRef<Kernel> kernels;
  const DemandLookup &lookup;
  llvm::DenseMap<mlir::Operation *, unsigned> kernelOfOp;
  /// Calls by the function that they call.
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<mlir::Operation *, 1>>
      callsOf;
  llvm::DenseMap<mlir::Operation *, mlir::Operation *> calleeOf;
  std::vector<llvm::SmallVector<unsigned, 4>> producersOf;
  std::vector<llvm::SmallVector<unsigned, 4>> consumersOf;
  std::vector<bool> escaping;
};

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_KERNELFLOW_H
