//===- TargetsView.h - Targets as table, listing and JSON -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_TARGETSVIEW_H
#define ROOFLINE_REPORT_TARGETSVIEW_H

#include "roofline/Target/Target.h"

#include "llvm/Support/JSON.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace roofline {

/// Targets in the order they are shown in.
using TargetList = llvm::ArrayRef<std::shared_ptr<const Target>>;

/// Prints one table, a line per target, at most 120 columns wide.
void printTargetsTable(llvm::raw_ostream &os, TargetList targets);

/// Prints every fact of `target` with its source, date, confidence and note.
void printTarget(llvm::raw_ostream &os, const Target &target);

/// The table as JSON, in SI base units; what is not known is null.
llvm::json::Value targetsToJson(TargetList targets);

/// Every fact of `target` as JSON, in SI base units.
llvm::json::Value targetToJson(const Target &target);

} // namespace roofline

#endif // ROOFLINE_REPORT_TARGETSVIEW_H
