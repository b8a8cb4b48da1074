//===- CheckViews.h - Formats of comparisons and verdicts -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CHECK_CHECKVIEWS_H
#define ROOFLINE_CHECK_CHECKVIEWS_H

#include "roofline/Check/ReportDiff.h"
#include "roofline/Check/Verdict.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace roofline {

/// Formats of a comparison.
enum class DiffFormat { Text, Json, Markdown };

/// For people, at most 100 columns where names allow it; nothing at all where
/// nothing differs. Kernels that differ in one way are one entry, whose first
/// places are listed.
void printDiff(llvm::raw_ostream &os, const ReportDiff &diff);

/// For programs: SI base units, schema in docs/CI.md. Everything is listed.
void printDiffJson(llvm::raw_ostream &os, const ReportDiff &diff);

/// For the comment of a pull request.
void printDiffMarkdown(llvm::raw_ostream &os, const ReportDiff &diff);

/// Formats of a verdict.
enum class VerdictFormat { Text, Json, Markdown, Sarif };

/// For people: one line per limit, and for those that are not kept why.
void printVerdict(llvm::raw_ostream &os, const Verdict &verdict);

/// For programs: SI base units, schema in docs/CI.md, with the comparisons.
void printVerdictJson(llvm::raw_ostream &os, const Verdict &verdict);

/// For the comment of a pull request.
void printVerdictMarkdown(llvm::raw_ostream &os, const Verdict &verdict);

/// SARIF 2.1.0: limits that are not kept, and what results leave out.
/// Fingerprints do not depend on lines.
void printVerdictSarif(llvm::raw_ostream &os, const Verdict &verdict);

/// SARIF 2.1.0: what is to be done, checked or known to move the model of
/// `report` to where its ports say.
void printPortsSarif(llvm::raw_ostream &os, const Report &report);

} // namespace roofline

#endif // ROOFLINE_CHECK_CHECKVIEWS_H
