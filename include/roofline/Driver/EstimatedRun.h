//===- EstimatedRun.h - Launches of a model in their order ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DRIVER_ESTIMATEDRUN_H
#define ROOFLINE_DRIVER_ESTIMATEDRUN_H

#include "roofline/Calibration/TraceComparison.h"
#include "roofline/Driver/Driver.h"

namespace roofline {

/// The launches of one run of `module` on `target`, one after the other as a
/// device would see them: loops and functions are written out, and of
/// alternatives the dearest runs. What runs an unknown number of times is left
/// out; `notes` say how much. Emits diagnostics and fails where there is
/// nothing to count, where a bound trip count names no loop, and where there
/// are more launches than `maxLaunches`.
mlir::FailureOr<EstimatedRun> estimateRun(mlir::ModuleOp module,
                                          const ReportRequest &request,
                                          const Target &target,
                                          std::vector<std::string> &notes);

/// Launches of a run that are written out; no trace of one run has as many.
constexpr size_t maxLaunches = size_t(1) << 20;

} // namespace roofline

#endif // ROOFLINE_DRIVER_ESTIMATEDRUN_H
