//===- PlainText.h - Text of comparisons and verdicts -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_CHECK_PLAINTEXT_H
#define ROOFLINE_LIB_CHECK_PLAINTEXT_H

#include "roofline/Check/ReportDiff.h"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace llvm {
class raw_ostream;
namespace json {
class OStream;
} // namespace json
} // namespace llvm

namespace roofline {

/// `text` without what a terminal would obey: names in models may hold any
/// character.
std::string printable(llvm::StringRef text);

/// Prints `text` in lines of at most 100 columns, the first indented by `first`
/// spaces and the others by `rest`. Words are not broken.
void printWrapped(llvm::raw_ostream &os, llvm::StringRef text, unsigned first,
                  unsigned rest);

/// A value of a measure, or `unknown`.
std::string valueText(const KnownOr<double> &value, const Measure &measure);

/// What a value changed by, or nothing where that is not known.
std::string changeOfValues(const KnownOr<double> &before,
                           const KnownOr<double> &after);

/// The first of `places`, and how many more there are.
std::string placesText(llvm::ArrayRef<KernelPlace> places, size_t most);

/// The time of changed kernels before and after, with the difference.
std::string timeText(const TimeChange &time);

/// `RF1030 rewrite of topk f32`; of advice `RF1024 library of another
/// architecture`.
std::string findingTitle(const PortFinding &finding);

/// `text` in a cell of a Markdown table.
std::string markdownText(llvm::StringRef text);

/// A number that may be unknown, in the digits that its measure has.
void writeNumber(llvm::json::OStream &json, llvm::StringRef key,
                 const KnownOr<double> &value, Dimension dimension);

/// The members of a comparison, into an object that is open.
void writeDiff(llvm::json::OStream &json, const ReportDiff &diff);

/// A table of what differs and a list of kernels, without a heading.
void writeDiffMarkdown(llvm::raw_ostream &os, const ReportDiff &diff);

} // namespace roofline

#endif // ROOFLINE_LIB_CHECK_PLAINTEXT_H
