//===- Accuracy.h - Estimates against measurements --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_ACCURACY_H
#define ROOFLINE_CALIBRATION_ACCURACY_H

#include "roofline/Calibration/ErrorStatistics.h"
#include "roofline/Calibration/MeasuredWork.h"
#include "roofline/Model/CalibratedTime.h"

namespace roofline {

/// One work with its estimate.
struct ComparedWork {
  std::string op;
  std::string dtype;
  std::string shape;
  std::string software;
  /// One of the time model's.
  std::string regime;
  FileLocation where;
  Prediction prediction;

  /// estimated / measured - 1.
  double error() const {
    return prediction.estimated / prediction.measured - 1;
  }
};

/// The errors of one class of works.
struct RegimeRow {
  std::string op;
  std::string dtype;
  /// One of the time model's, or `all`.
  std::string regime;
  ErrorSummary errors;
};

/// Works that there is no estimate of.
struct UnmodelledRow {
  std::string op;
  std::string dtype;
  /// Works, not rows of the file.
  size_t rows = 0;
  std::string reason;
};

/// How far the estimates for one target are off.
struct AccuracyReport {
  std::string target;
  Reference reference = Reference::Minimum;
  /// By op and type in the order of the data: all of it, then the regimes of
  /// the model.
  std::vector<RegimeRow> regimes;
  /// In the order of the data.
  std::vector<UnmodelledRow> unmodelled;
  /// In the order of the data.
  std::vector<ComparedWork> works;
  /// Names of calibrations that were fitted on another chip, with its name.
  std::vector<std::string> borrowed;
  /// What was done with the files.
  std::vector<std::string> notes;

  /// Indices of `works`, those with the largest errors first, at most `count`.
  /// Errors are compared by the ratio, so that an estimate of half and of twice
  /// the time are equally bad.
  std::vector<size_t> worst(size_t count) const;
};

/// The estimate of the fastest of `kernels`, which are not empty. Unknown where
/// there is none for any of them. `regime` is set to that of the estimate.
KnownOr<KernelTime> estimateWork(llvm::ArrayRef<KernelShape> kernels,
                                 const Machine &machine,
                                 llvm::StringRef &regime);

/// Compares `works` with what is estimated for them on `machine`. Does not fill
/// in `target`, `reference` and `notes`.
AccuracyReport compareWorks(llvm::ArrayRef<MeasuredWork> works,
                            const Machine &machine);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_ACCURACY_H
