//===- KernelNames.h - What a kernel is and is called -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_KERNELNAMES_H
#define ROOFLINE_LIB_ANALYSIS_KERNELNAMES_H

#include "KernelFusion.h"

#include "llvm/ADT/MapVector.h"

#include <string>

namespace roofline {

/// What the nodes of a kernel are together, told by their structures, by the
/// sizes that reductions and special functions work on, and by what is read.
KernelIdentity identify(const KernelGraph &graph, const Partition &partition,
                        unsigned kernel, const ExternalReads &reads);

/// The family of an op that is a kernel by itself.
KernelFamily familyOf(const KnownOr<Demand> &demand);

/// True for a contraction of groups of rows with as many matrices, whose third
/// operand tells how many rows each group has.
bool readsGroupSizes(const Node &node);

/// `add` of `stablehlo.add`.
llvm::StringRef nameOfOp(mlir::Operation *op);

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_KERNELNAMES_H
