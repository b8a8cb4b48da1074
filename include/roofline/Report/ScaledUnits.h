//===- ScaledUnits.h - Numbers as people read them --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_SCALEDUNITS_H
#define ROOFLINE_REPORT_SCALEDUNITS_H

#include "roofline/Model/Count.h"
#include "roofline/Model/Unknown.h"
#include "roofline/Porting/EffortTable.h"

#include <string>

namespace roofline {

/// Four significant digits with a decimal prefix: `1.374e11` and `op` give
/// `137.4 Gop`. Zero is `0 op`.
std::string scaled(double value, llvm::StringRef unit);

/// The same for a count.
std::string scaled(Count value, llvm::StringRef unit);

/// The same, or `unknown`.
std::string scaled(const KnownOr<Count> &value, llvm::StringRef unit);

/// Digits in groups of three: `137,438,953,472`.
std::string grouped(Count value);

/// One decimal: `97.3 %`; `<0.1 %` for what rounds to zero but is not.
std::string percent(double share);

/// `0.5 to 2`, `none`.
std::string daysText(Days days);
/// The same with its unit: `0.5 to 2 person-days`.
std::string personDaysText(Days days);

} // namespace roofline

#endif // ROOFLINE_REPORT_SCALEDUNITS_H
