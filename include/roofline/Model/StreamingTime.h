//===- StreamingTime.h - Times of streaming kernels -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_STREAMINGTIME_H
#define ROOFLINE_MODEL_STREAMINGTIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// The parameters and regimes of the time of a kernel that streams its
/// operands.
const TimeModel &streamingModel();

/// The regime of `shape`, by its kind.
llvm::StringRef streamingRegime(const StreamingShape &shape);

/// Seconds of a kernel that streams its operands, queued. Unknown where the
/// machine lacks a figure. Grows with bytes, rows and columns.
KnownOr<double> streamingSeconds(const StreamingShape &shape,
                                 const Machine &machine,
                                 const Calibration &calibration);

} // namespace roofline

#endif // ROOFLINE_MODEL_STREAMINGTIME_H
