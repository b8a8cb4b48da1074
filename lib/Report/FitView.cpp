//===- FitView.cpp - A fitted calibration for people ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/FitView.h"

#include "roofline/Target/Quantity.h"

#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>

namespace roofline {

namespace {

constexpr double percentOf = 100;

std::string valueText(const ModelParameter &parameter, double value) {
  Dimension dimension =
      parameter.unit == ParameterUnit::Seconds          ? Dimension::Time
      : parameter.unit == ParameterUnit::BytesPerSecond ? Dimension::ByteRate
                                                        : Dimension::Number;
  return formatQuantity(value, dimension);
}

} // namespace

void printFit(llvm::raw_ostream &os, const FitResult &result,
              const FitRequest &request) {
  const Calibration &calibration = result.calibration;
  os << calibration.key << ": " << result.samples << " shapes of "
     << result.sites << " sites, " << result.freeParameters << " of "
     << calibration.values.size() << " parameters fitted, " << request.folds
     << " parts held out in turn\n\n";
  os << fmt::format("{:<18} {:>6}   {:>11} {:>7}   {:>13} {:>7}   {}\n",
                    "regime", "rows", "fitted MAPE", "median", "held-out MAPE",
                    "median", "80 % interval");
  for (const FitRegime &regime : result.regimes)
    os << fmt::format(
        "{:<18} {:>6}   {:>11.2f} {:>7.2f}   {:>13.2f} {:>7.2f}  "
        " x {:.3f} to x {:.3f}\n",
        regime.regime, regime.heldOut.rows, regime.seen.mape * percentOf,
        regime.seen.median * percentOf, regime.heldOut.mape * percentOf,
        regime.heldOut.median * percentOf, regime.low, regime.high);
  os << fmt::format("\n{:<22} {:>14} {:>14}\n", "parameter", "from", "to");
  for (auto [index, parameter] : llvm::enumerate(calibration.model->parameters))
    if (request.isFree[index])
      os << fmt::format(
          "{:<22} {:>14} {:>14}\n",
          std::string_view(parameter.name.data(), parameter.name.size()),
          valueText(parameter, request.start[index]),
          valueText(parameter, calibration.values[index]));
  os << '\n';
}

} // namespace roofline
