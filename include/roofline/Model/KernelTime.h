//===- KernelTime.h - What real kernels reach -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Times of kernels with the plain figures of a target: the fraction of its
// peaks that good kernels reach, and the least time of a launch (A57).
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_KERNELTIME_H
#define ROOFLINE_MODEL_KERNELTIME_H

#include "roofline/Model/Estimate.h"
#include "roofline/Model/KernelFamily.h"

namespace roofline {

/// How kernels get onto the device.
enum class Launching {
  Queued, ///< Captured or submitted ahead: the device never waits.
  Eager,  ///< One by one: the host's time to submit is the least time (A58).
};

/// Seconds that one launch of a kernel takes on `machine`, where `demand` is
/// the work of its ops and the bytes that enter and leave it: the least time of
/// a launch plus that of the busiest resource at what kernels reach of its
/// peak. Never less than the roof of `demand`, and grows with each of its
/// counts. A kernel of family `Scalar` is no launch and takes no time. Unknown
/// where the machine lacks a rate or an efficiency of something that the demand
/// uses, or the fixed time of a launch.
KnownOr<double> kernelSeconds(KernelFamily family, const Demand &demand,
                              const Machine &machine, Launching launching);

} // namespace roofline

#endif // ROOFLINE_MODEL_KERNELTIME_H
