//===- FusedKernels.h - Kernels that vendors' libraries have ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_FUSEDKERNELS_H
#define ROOFLINE_LIB_ANALYSIS_FUSEDKERNELS_H

#include "KernelFusion.h"

namespace roofline {

/// Makes one node of the nodes of every kernel that libraries have and
/// compilers do not form: attention (A62), contractions of one value with
/// several weights (A63). `levels` are those of the graph, before and after.
void formFusedKernels(KernelGraph &graph, std::vector<unsigned> &levels);

/// Joins kernels side by side that libraries launch as one: the rotations of
/// queries and keys, both updates of a cache, the parameters of an optimiser
/// (A63).
void joinSiblings(const KernelGraph &graph, Partition &partition);

/// Joins the kernels that choose experts, and those that tell where each token
/// goes, and names those that move tokens (A63).
void joinExpertRouting(const KernelGraph &graph, Partition &partition);

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_FUSEDKERNELS_H
