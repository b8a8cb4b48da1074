//===- PortingText.h - Words that porting views share -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_PORTINGTEXT_H
#define ROOFLINE_LIB_REPORT_PORTINGTEXT_H

#include "roofline/Report/PortingReport.h"

#include <string>

namespace roofline {

/// `23.12 ms`, `unknown`.
std::string timeText(const KnownOr<double> &seconds);
/// Whether the figure of `speedUp` is a bound: `at most `, empty.
llvm::StringRef boundWords(const SpeedUp &speedUp);
/// `0.43x`.
std::string factorText(double factor);
/// What to do about a finding: what it says in particular, else its rule.
std::string remedyText(const Finding &finding);

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_PORTINGTEXT_H
