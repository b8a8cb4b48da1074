//===- PortingView.h - What it takes to move a graph, written ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_REPORT_PORTINGVIEW_H
#define ROOFLINE_REPORT_PORTINGVIEW_H

#include "roofline/Report/PortingReport.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace roofline {

struct PortingViewOptions {
  /// Findings and items of the worklist that the text lists; 0 lists all.
  size_t top = 12;
  /// ANSI colours.
  bool useColor = false;
};

/// For people, at most 100 columns: the verdict, then what it rests on.
void printPorting(llvm::raw_ostream &os, const PortingReport &report,
                  const PortingViewOptions &options);

/// For programs: SI base units, schema in docs/Porting.md. Lists everything.
void printPortingJson(llvm::raw_ostream &os, const PortingReport &report);

/// Explains the findings that `what` names: the number of one in the list, a
/// rule, or a part of the op's text. Prints rule, evidence, sources and
/// arithmetic. Fails where it names none; the message says what there is.
llvm::Error explainFindings(llvm::raw_ostream &os, const PortingReport &report,
                            llvm::StringRef what);

/// The help page of a rule: what it means, what to do, and what that takes by
/// `efforts`.
void printRule(llvm::raw_ostream &os, const PortingRule &rule,
               const EffortTable &efforts);

/// All rules as a Markdown page, as docs/generated has it.
std::string portingRulesToMarkdown();

} // namespace roofline

#endif // ROOFLINE_REPORT_PORTINGVIEW_H
