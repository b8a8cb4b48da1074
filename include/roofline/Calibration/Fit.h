//===- Fit.h - Parameters from measured times -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A fit is judged by what it has not seen: whole sites are held out in turn,
// and the errors and intervals that a calibration states are of those. The
// values themselves come from all sites.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_FIT_H
#define ROOFLINE_CALIBRATION_FIT_H

#include "roofline/Calibration/ErrorStatistics.h"
#include "roofline/Calibration/MeasuredWork.h"
#include "roofline/Calibration/Minimizer.h"
#include "roofline/Model/CalibratedTime.h"

namespace roofline {

/// One work that a calibration is fitted on.
struct FitSample {
  /// The fastest of them is the estimate.
  std::vector<KernelShape> kernels;
  std::string site;
  /// One of the model's; of the first kernel.
  std::string regime;
  double seconds = 0;
  /// Decides which samples a fit takes where there are more than it needs; the
  /// same for the same work, whatever file and row it comes from.
  uint64_t order = 0;
};

/// True where the calibrations of `key` describe chips as `machine` is: some
/// are of chips whose matrix and vector cores are apart, some of the others.
bool suitsMachine(const CalibrationKey &key, const Machine &machine);

/// The works among `works` that a calibration of `key` tells the time of.
std::vector<FitSample> fitSamples(llvm::ArrayRef<MeasuredWork> works,
                                  const CalibrationKey &key);

/// The number of the part that each sample belongs to, from 0 to `folds` - 1:
/// samples of a site share one, and parts have as many sites as each other, or
/// one more. Depends on names of sites and on `seed` alone.
std::vector<unsigned> assignFolds(llvm::ArrayRef<FitSample> samples,
                                  unsigned folds, uint64_t seed);

/// What to fit.
struct FitRequest {
  const CalibrationKey *key = nullptr;
  /// One of the model's; empty where it has none.
  std::string kernels;
  /// Of all parameters, in base units.
  std::vector<double> start;
  /// Which of them are searched for; the others keep their start.
  std::vector<bool> isFree;
  unsigned folds = 2;
  uint64_t seed = 0;
  /// Evaluations of one fit; there is one more fit than there are folds.
  unsigned evaluations = 2000;
};

/// Errors of one regime.
struct FitRegime {
  std::string regime;
  /// Of the works that a fit saw, and of those that it did not.
  ErrorSummary seen;
  ErrorSummary heldOut;
  /// 80 % of works that were held out lie between these multiples of their
  /// estimates.
  double low = 1;
  double high = 1;
};

/// A fitted calibration.
struct FitResult {
  /// Values are rounded to what a file states; errors are of works held out.
  Calibration calibration;
  size_t samples = 0;
  size_t sites = 0;
  size_t freeParameters = 0;
  /// `all`, then the regimes of the model that have works.
  std::vector<FitRegime> regimes;
};

/// `value` with four significant digits, as files state parameters.
double roundedParameter(double value);

/// Fits on `samples`. Fails where there are fewer sites than folds, where the
/// machine lacks a figure that the model needs, and where the optimiser does.
llvm::Expected<FitResult> fitCalibration(llvm::ArrayRef<FitSample> samples,
                                         const Machine &machine,
                                         const FitRequest &request,
                                         Minimizer minimizer);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_FIT_H
