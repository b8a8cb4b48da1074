//===- KernelSignatures.h - What kernels ask of software --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A kernel that libraries have is one thing to port, whatever ops it is made
// of. Any other kernel is what a compiler makes of its ops, and each of them
// has to be there.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DRIVER_KERNELSIGNATURES_H
#define ROOFLINE_DRIVER_KERNELSIGNATURES_H

#include "roofline/Analysis/KernelFormation.h"
#include "roofline/Model/KernelShape.h"
#include "roofline/Porting/OpKinds.h"
#include "roofline/Porting/OpSignature.h"

#include <vector>

namespace roofline {

/// A signature of a kernel, or of one of its ops.
struct KernelSignature {
  OpSignature signature;
  /// The op that it is found at.
  mlir::Operation *op = nullptr;
  /// What an op does by itself in one launch of the kernel, and the part of
  /// that which the signature stands for: the ops of one body share its work.
  /// Unknown where the op's demand is.
  KnownOr<Demand> demand = Demand();
  double fraction = 1;
};

/// Reads signatures of kernels. What it is made from outlives it.
class SignatureReader {
public:
  SignatureReader(const OpKinds &kinds, const ExecutionCounts &counts,
                  const DemandLookup &lookup)
      : kinds(kinds), counts(counts), lookup(lookup) {}

  /// One signature, with the ops as its parts, of a kernel that libraries have
  /// (`gemm`, `rms_norm`, `attention_decode`); of any other one for each op.
  /// Ops that are only looked through (views, calls) have none; the ops of the
  /// bodies of others (`linalg.generic`, composites, small functions) have
  /// theirs. `shape` is what `findKernelShape` says of the kernel.
  std::vector<KernelSignature>
  read(const Kernel &kernel, const std::optional<KernelShape> &shape) const;

  /// The signature of one op; its pattern is empty where it is of no kind that
  /// the catalogue knows.
  OpSignature signatureOf(mlir::Operation *op) const;

private:
  const OpKinds &kinds;
  const ExecutionCounts &counts;
  const DemandLookup &lookup;
};

} // namespace roofline

#endif // ROOFLINE_DRIVER_KERNELSIGNATURES_H
