//===- KernelFeatures.h - What the ops of a kernel do together ----*- C++
//-*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A kernel has one family, but may do more: normalise and rotate, rotate and
// write into a cache. These are found op by op, by data flow in the kernel.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_KERNELFEATURES_H
#define ROOFLINE_LIB_ANALYSIS_KERNELFEATURES_H

#include "KernelFlow.h"

namespace roofline {

/// A rotary embedding in a kernel.
struct Rotation {
  /// What is rotated, in front of all parts that are taken of it.
  mlir::Value source;
  /// Only a part of the source is rotated.
  bool isPart = false;
  /// The rest of the source is put next to what was rotated.
  bool keepsRest = false;
};

/// What a kernel does beside what its family says.
struct KernelFeatures {
  /// Contractions of it, in program order.
  llvm::SmallVector<mlir::Operation *, 2> contractions;
  /// Divides rows by the root of their mean square, and does not take a mean
  /// off before.
  bool isRmsNorm = false;
  /// Adds a row of parameters to what it has normalised.
  bool addsOffset = false;
  std::optional<Rotation> rotation;
  /// Multiplies a function of one half of what products yield by the other.
  bool isGate = false;
  /// Writes rows into a cache.
  bool writesCache = false;
};

/// `kernel` is the number of one of `kernels`.
KernelFeatures findFeatures(llvm::ArrayRef<Kernel> kernels, unsigned kernel,
                            const KernelFlow &flow, const DemandLookup &lookup);

/// `all_reduce`, `add`: an op without its dialect.
llvm::StringRef opStem(mlir::Operation *op);

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_KERNELFEATURES_H
