//===- KernelTime.h - What real kernels reach -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Times of kernels: by the calibrated model of what they are where the target
// has one, else with its plain figures, the fraction of its peaks that good
// kernels reach and the least time of a launch (A57).
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_KERNELTIME_H
#define ROOFLINE_MODEL_KERNELTIME_H

#include "roofline/Model/Estimate.h"
#include "roofline/Model/KernelFamily.h"
#include "roofline/Model/KernelShape.h"

#include <optional>

namespace roofline {

/// How kernels get onto the device.
enum class Launching {
  Queued, ///< Captured or submitted ahead: the device never waits.
  Eager,  ///< One by one: the host's time to submit is the least time (A58).
};

/// Seconds that one launch of a kernel takes on `machine` with its plain
/// figures, where `demand` is
/// the work of its ops and the bytes that enter and leave it: the least time of
/// a launch plus that of the busiest resource at what kernels reach of its
/// peak. Never less than the roof of `demand`, and grows with each of its
/// counts. A kernel of family `Scalar` is no launch and takes no time. Unknown
/// where the machine lacks a rate or an efficiency of something that the demand
/// uses, or the fixed time of a launch.
KnownOr<double> kernelSeconds(KernelFamily family, const Demand &demand,
                              const Machine &machine, Launching launching);

/// What one launch of a kernel takes.
struct KernelTime {
  double seconds = 0;
  /// 80 % of measurements lie between.
  double low = 0;
  double high = 0;
  /// The calibration that the time comes from; null where that is plain
  /// figures.
  const Calibration *calibration = nullptr;
};

/// The same as `kernelSeconds` with the interval, and by the calibrated model
/// of `shape` where the machine has one. Neither the time nor its interval is
/// less than the roof.
KnownOr<KernelTime> kernelTime(KernelFamily family, const Demand &demand,
                               const std::optional<KernelShape> &shape,
                               const Machine &machine, Launching launching);

} // namespace roofline

#endif // ROOFLINE_MODEL_KERNELTIME_H
