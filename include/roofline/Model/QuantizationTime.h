//===- QuantizationTime.h - Times of quantisation ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_QUANTIZATIONTIME_H
#define ROOFLINE_MODEL_QUANTIZATIONTIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// The parameters and regimes of the time of a kernel that quantises.
const TimeModel &quantizationModel();

/// The regime of `shape`, by its kind.
llvm::StringRef quantizationRegime(const StreamingShape &shape);

/// Seconds of a kernel that quantises, or of what the search of the scale adds
/// to one, queued. Unknown where the machine lacks a figure. Grows with bytes,
/// rows and columns.
KnownOr<double> quantizationSeconds(const StreamingShape &shape,
                                    const Machine &machine,
                                    const Calibration &calibration);

} // namespace roofline

#endif // ROOFLINE_MODEL_QUANTIZATIONTIME_H
