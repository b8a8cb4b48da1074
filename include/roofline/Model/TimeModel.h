//===- TimeModel.h - Calibrated models of kernel times ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A time model is an equation with a few parameters. Which parameters there
// are is said once, here and in the model's own file: target files, the
// calibration tool and the documentation follow these tables. The values
// belong to a target.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_TIMEMODEL_H
#define ROOFLINE_MODEL_TIMEMODEL_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// What a parameter measures; values are in its base unit.
enum class ParameterUnit {
  Seconds,        ///< A time: of a launch, a tile, an element.
  BytesPerSecond, ///< A rate of bytes.
  Number,         ///< A fraction, factor or exponent.
};

/// One parameter of a time model.
struct ModelParameter {
  /// The key in target files.
  llvm::StringLiteral name;
  ParameterUnit unit;
  /// The interval that calibration searches and target files may state.
  double lowest;
  double highest;
  /// Where calibration begins.
  double start;
  /// The value where a target file states none, which leaves the parameter's
  /// term out of the equation; absent of parameters that each file states.
  std::optional<double> neutral;
  /// What it is, for the documentation.
  llvm::StringLiteral meaning;
};

/// A time model: its name and what a target file states for it.
struct TimeModel {
  /// `gemm`, `attention_decode`, ...
  llvm::StringLiteral name;
  /// What it is the time of, for the documentation.
  llvm::StringLiteral meaning;
  llvm::ArrayRef<ModelParameter> parameters;
  /// Sets of kernels that the equation distinguishes, `wgmma`, `cube`; empty
  /// where there is only one.
  llvm::ArrayRef<llvm::StringLiteral> kernels;
  /// Classes of shapes whose errors are told apart; never empty.
  llvm::ArrayRef<llvm::StringLiteral> regimes;
};

/// A parameter with the member of `Values` that holds it: a model's own table.
template <typename Values> struct ParameterField {
  ModelParameter parameter;
  double Values::*member;
};

/// The parameters of `fields`, for `TimeModel::parameters`.
template <typename Values>
std::vector<ModelParameter>
parametersOf(llvm::ArrayRef<ParameterField<Values>> fields) {
  std::vector<ModelParameter> parameters;
  parameters.reserve(fields.size());
  for (const ParameterField<Values> &field : fields)
    parameters.push_back(field.parameter);
  return parameters;
}

/// `values`, in the order of `fields`, by name.
template <typename Values>
Values unpackParameters(llvm::ArrayRef<ParameterField<Values>> fields,
                        llvm::ArrayRef<double> values) {
  Values unpacked;
  for (auto [field, value] : llvm::zip_equal(fields, values))
    unpacked.*field.member = value;
  return unpacked;
}

/// The name of all regimes of a model together.
inline constexpr llvm::StringLiteral allRegimes = "all";

/// Exponent that widens the interval of figures borrowed from another chip: the
/// error of Hopper's figures carried from one chip to another is about half
/// as large again as on the chip that they were fitted on.
inline constexpr double borrowedWidening = 1.5;

/// How far measurements of one class of shapes lie from the estimate.
struct RegimeError {
  /// One of the model's regimes, or `all`.
  std::string regime;
  /// Shapes that the figures come from.
  double rows = 0;
  /// Mean and median of |estimate / measurement - 1| of shapes that the fit
  /// did not see.
  double mape = 0;
  double median = 0;
  /// 80 % of measurements lie between these multiples of the estimate.
  double low = 1;
  double high = 1;
};

/// The values of one model's parameters on one target.
struct Calibration {
  /// The name in target files: the model's, with the type of the operands
  /// where values differ by it: `gemm_bf16`.
  std::string key;
  const TimeModel *model = nullptr;
  /// One of the model's `kernels`; empty where it has none.
  std::string kernels;
  /// In base units, in the order of the model's parameters.
  std::vector<double> values;
  /// In the order of the model's regimes; of some or none.
  std::vector<RegimeError> errors;
  /// The target whose measurements it comes from where that is another one;
  /// empty otherwise.
  std::string borrowedFrom;

  /// The errors of `regime`, or null.
  const RegimeError *findErrors(llvm::StringRef regime) const {
    auto it = llvm::find_if(errors, [&](const RegimeError &entry) {
      return entry.regime == regime;
    });
    return it == errors.end() ? nullptr : &*it;
  }
};

/// A calibration that a target file can have: its key and its model.
struct CalibrationKey {
  llvm::StringLiteral name;
  const TimeModel *model;
};

/// Every calibration that a target file can have, in the order of listings.
llvm::ArrayRef<CalibrationKey> calibrationKeys();

} // namespace roofline

#endif // ROOFLINE_MODEL_TIMEMODEL_H
