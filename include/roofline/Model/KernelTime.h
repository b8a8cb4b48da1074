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

/// `graph`, `eager`: the words of the option.
llvm::StringRef stringify(Launching launching);

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

/// What one launch of a kernel takes on `machine`, given its roof there, which
/// is that of the work of its ops and of the bytes that enter and leave it:
/// what the calibrated model of `shape` says where the machine has one, else,
/// with its plain figures, the least time of a launch plus that of the busiest
/// resource at what kernels reach of its peak. Neither the time nor its
/// interval is less than the roof. With plain figures the time grows with each
/// count of the demand. A kernel of family `Scalar` is no launch and takes no
/// time. Unknown where the roof is, where the machine lacks an efficiency of
/// something that is used, or the fixed time of a launch.
KnownOr<KernelTime> kernelTime(KernelFamily family, const KnownOr<Roof> &roof,
                               const std::optional<KernelShape> &shape,
                               const Machine &machine, Launching launching);

} // namespace roofline

#endif // ROOFLINE_MODEL_KERNELTIME_H
