//===- KernelShapes.h - Kernels as time models read them --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_ANALYSIS_KERNELSHAPES_H
#define ROOFLINE_ANALYSIS_KERNELSHAPES_H

#include "roofline/Analysis/KernelFormation.h"
#include "roofline/Model/KernelShape.h"

#include <optional>

namespace roofline {

/// The extents of `kernel` as its time model reads them. Absent where no model
/// is for kernels of its family, where its demand is not known, and where its
/// ops do not tell the extents.
std::optional<KernelShape> findKernelShape(const Kernel &kernel,
                                           const DemandLookup &lookup);

/// What one launch of `kernel`, whose demand is known and whose shape is
/// `shape`, has to do: its demand without scores that are masked whatever the
/// data are, and without keys and values that no query sees (A73).
Demand demandOfLaunch(const Kernel &kernel,
                      const std::optional<KernelShape> &shape,
                      const DemandLookup &lookup);

} // namespace roofline

#endif // ROOFLINE_ANALYSIS_KERNELSHAPES_H
