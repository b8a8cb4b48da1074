//===- MeasuredWork.h - The shapes that were measured -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Measured rows as the time models see them. Rows of one op, type and shape are
// several implementations of the same work; what an estimate is compared with
// is the fastest of them, or another choice of the user's.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_MEASUREDWORK_H
#define ROOFLINE_CALIBRATION_MEASUREDWORK_H

#include "roofline/Calibration/Measurements.h"
#include "roofline/Model/KernelShape.h"

#include "llvm/ADT/ArrayRef.h"

#include <optional>

namespace roofline {

/// What stands for the rows of one op, type and shape.
enum class Reference {
  Minimum, ///< The fastest.
  Median,  ///< The median.
  Each,    ///< Every row for itself.
};

/// `min`, `median`, `each`.
llvm::StringRef stringify(Reference reference);

/// The shapes of the kernels that `rows`, which are of one op, type and shape,
/// may have run: the fastest of them is the estimate. Which libraries there are
/// is read from the software of the rows; which of them won is not looked at.
/// Unknown where there is no model for such work, or where the rows do not say
/// enough.
KnownOr<std::vector<KernelShape>>
measuredShapes(llvm::ArrayRef<const MeasuredRow *> rows);

/// One work with its measured time.
struct MeasuredWork {
  std::string op;
  std::string dtype;
  std::string shape;
  /// Of the row that is the reference; the first of the rows for a median.
  std::string software;
  FileLocation where;
  double seconds = 0;
  /// What may have run, or why there is no estimate.
  KnownOr<std::vector<KernelShape>> kernels;
};

/// The works of `rows` in the order of their first rows.
std::vector<MeasuredWork> measuredWorks(llvm::ArrayRef<MeasuredRow> rows,
                                        Reference reference);

/// The place that `shape` belongs to when works are split into those that are
/// fitted on and those that are held out: shapes of one model's layer, which
/// differ in what the user varies, such as the rows of a product, share it.
std::string siteOf(const KernelShape &shape);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_MEASUREDWORK_H
