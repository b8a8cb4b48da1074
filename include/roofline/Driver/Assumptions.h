//===- Assumptions.h - What a report rests on -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DRIVER_ASSUMPTIONS_H
#define ROOFLINE_DRIVER_ASSUMPTIONS_H

#include "roofline/Analysis/ExecutionCounts.h"
#include "roofline/Report/Report.h"

namespace roofline {

/// The assumptions of docs/Model.md that apply to a report, by number. Rules of
/// single ops are documented there and not repeated in every report.
/// `hasRoutedProducts`: whether rows choose what they are multiplied by.
std::vector<Assumption> assumptionsOf(const Report &report,
                                      const ExecutionCounts &counts,
                                      bool hasRoutedProducts);

} // namespace roofline

#endif // ROOFLINE_DRIVER_ASSUMPTIONS_H
