//===- CalibratedTime.h - Times of calibrated models ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_CALIBRATEDTIME_H
#define ROOFLINE_MODEL_CALIBRATEDTIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/KernelTime.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// The calibration of `machine` that tells the time of `shape`. Unknown where
/// there is none.
KnownOr<const Calibration *> findCalibration(const KernelShape &shape,
                                             const Machine &machine);

/// Whether measurements of `shape` are what `key` is fitted to, rather than
/// what it answers for where a nearer calibration of the same model is absent.
bool isFittedTo(const CalibrationKey &key, const KernelShape &shape);

/// The class of `shape`, one of the regimes of `model`, which is the model of a
/// calibration found for it.
llvm::StringRef regimeOf(const KernelShape &shape, const TimeModel &model);

/// Seconds of `shape` queued on `machine` with the values of `calibration`.
/// Unknown where the machine lacks a figure that the model needs.
KnownOr<double> modelSeconds(const KernelShape &shape, const Machine &machine,
                             const Calibration &calibration);

/// The same with the machine's own calibration, and with its interval.
KnownOr<KernelTime> calibratedTime(const KernelShape &shape,
                                   const Machine &machine);

} // namespace roofline

#endif // ROOFLINE_MODEL_CALIBRATEDTIME_H
