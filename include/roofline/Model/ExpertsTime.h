//===- ExpertsTime.h - Times of mixtures of experts -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_EXPERTSTIME_H
#define ROOFLINE_MODEL_EXPERTSTIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// The parameters and regimes of the time of a mixture of experts.
const TimeModel &expertsModel();

/// The regime of `shape`, by its tokens.
llvm::StringRef expertsRegime(const ExpertsShape &shape);

/// Seconds of a mixture of experts with the kernels that `shape` names, queued.
/// Unknown where the machine lacks a figure. Grows with tokens, `hidden` and
/// `intermediate`, but where kernels change from narrow to wide tiles or
/// skewed loads are rounded to rows.
KnownOr<double> expertsSeconds(const ExpertsShape &shape,
                               const Machine &machine,
                               const Calibration &calibration);

/// Every regime: products of experts are measured with all around them only.
llvm::StringRef routedProductRegime(const GemmShape &shape);

/// Seconds of one launch of routed products, one of those that
/// `ExpertKernels::GroupedCutlass` is made of, all loads the same. Unknown as
/// for `expertsSeconds`. Never falls with rows and columns, `k` or bytes.
KnownOr<double> routedProductSeconds(const GemmShape &shape,
                                     const Machine &machine,
                                     const Calibration &calibration);

} // namespace roofline

#endif // ROOFLINE_MODEL_EXPERTSTIME_H
