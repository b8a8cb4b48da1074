//===- Recomputation.h - Values that kernels compute again ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_RECOMPUTATION_H
#define ROOFLINE_LIB_ANALYSIS_RECOMPUTATION_H

#include "KernelFusion.h"

namespace roofline {

/// Has kernels compute elementwise values again that another kernel computes,
/// too, where that moves fewer bytes than storing and loading them (A64): what
/// a gradient needs of the forward pass, a value in a wider type. Changes what
/// nodes read; a kernel whose values are all computed again elsewhere becomes a
/// part of one of those. The work is counted once.
void recomputeCheapValues(KernelGraph &graph, Partition &partition);

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_RECOMPUTATION_H
