//===- ScaledUnits.cpp - Numbers as people read them ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/ScaledUnits.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace roofline {

std::string scaled(double value, llvm::StringRef unit) {
  if (!std::isfinite(value))
    return "overflow";
  auto withUnit = [&](const std::string &number, const char *prefix) {
    std::string suffix = prefix + unit.str();
    return suffix.empty() ? number : number + " " + suffix;
  };
  if (value == 0)
    return withUnit("0", "");
  static constexpr const char *prefixes[] = {"f", "p", "n", "u", "m", "",
                                             "k", "M", "G", "T", "P", "E",
                                             "Z", "Y", "R", "Q"};
  constexpr int baseIndex = 5;
  constexpr int lastIndex = static_cast<int>(std::size(prefixes)) - 1;
  // Rounding to four digits first keeps 999.96 from printing as "1000".
  double rounded = std::strtod(fmt::format("{:.3e}", value).c_str(), nullptr);
  int index =
      baseIndex + static_cast<int>(std::floor(std::log10(rounded) / 3 + 1e-12));
  index = std::min(std::max(index, 0), lastIndex);
  // Counts of a few units are whole: no "12.00 op".
  double mantissa = rounded / std::pow(1000.0, index - baseIndex);
  if (index == baseIndex && value == std::floor(value))
    return withUnit(fmt::format("{:.0f}", value), "");
  int decimals = mantissa >= 1000  ? 0
                 : mantissa >= 100 ? 1
                 : mantissa >= 10  ? 2
                                   : 3;
  return withUnit(fmt::format("{:.{}f}", mantissa, decimals), prefixes[index]);
}

std::string scaled(Count value, llvm::StringRef unit) {
  return scaled(value.asDouble(), unit);
}

std::string scaled(const KnownOr<Count> &value, llvm::StringRef unit) {
  return value ? scaled(*value, unit) : "unknown";
}

std::string grouped(Count value) {
  std::string digits = value.str();
  if (value.isOverflow())
    return digits;
  for (size_t position = digits.size(); position > 3;) {
    position -= 3;
    digits.insert(position, ",");
  }
  return digits;
}

std::string percent(double share) {
  if (share > 0 && share < 0.0005)
    return "<0.1 %";
  return fmt::format("{:.1f} %", share * 100);
}

std::string daysText(Days days) {
  if (days.high <= 0)
    return "none";
  if (days.low == days.high)
    return fmt::format("{:g}", days.low);
  return fmt::format("{:g} to {:g}", days.low, days.high);
}

std::string personDaysText(Days days) {
  if (days.high <= 0)
    return "none";
  bool isOne = days.low == 1 && days.high == 1;
  return daysText(days) + (isOne ? " person-day" : " person-days");
}

} // namespace roofline
