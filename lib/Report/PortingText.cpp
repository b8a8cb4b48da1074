//===- PortingText.cpp - Words that porting views share -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortingText.h"

#include "roofline/Report/ScaledUnits.h"

#include <fmt/format.h>

namespace roofline {

std::string timeText(const KnownOr<double> &seconds) {
  return seconds ? scaled(*seconds, "s") : "unknown";
}

llvm::StringRef boundWords(const SpeedUp &speedUp) {
  if (speedUp.isAtMost && speedUp.isAtLeast)
    return "about ";
  if (speedUp.isAtMost)
    return "at most ";
  return speedUp.isAtLeast ? "at least " : "";
}

std::string factorText(double factor) { return fmt::format("{:.3g}x", factor); }

std::string remedyText(const Finding &finding) {
  return finding.remedy.empty() ? finding.rule->remedy.str() : finding.remedy;
}

} // namespace roofline
