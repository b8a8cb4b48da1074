//===- Measures.h - What of a report can be limited -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The quantities of a report that a budget limits and a comparison of reports
// lists. A further one is one more row of the table in Measures.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CHECK_MEASURES_H
#define ROOFLINE_CHECK_MEASURES_H

#include "roofline/Report/Report.h"
#include "roofline/Target/Quantity.h"

namespace roofline {

/// What a limit on a quantity demands of it.
enum class Sense { AtMost, AtLeast };

/// A quantity of a report, of a target or not.
struct Measured {
  KnownOr<double> value;
  /// True where the value leaves something out, so that the real one may be
  /// larger.
  bool isLowerBound = false;
};

/// What a quantity is of.
enum class Scope {
  Graph,  ///< The graph, whatever it runs on.
  Target, ///< The graph on a target.
  Port,   ///< Moving the graph to a target.
};

/// A quantity that can be limited.
struct Measure {
  /// The key of a budget: `time`. Those of one key are its parts.
  llvm::StringLiteral key;
  /// `kernels`; empty where the key has one meaning only.
  llvm::StringLiteral part;
  /// What it is, for people: `time of kernels`.
  llvm::StringLiteral title;
  Sense sense;
  Dimension dimension;
  Scope scope;
  /// Whether a graph may have none of it.
  bool canBeZero;
  /// The first part of a key is what the key alone means. `target` is null
  /// where the measure is of the graph.
  Measured (*measure)(const Report &report, const TargetSummary *target);

  bool isPerTarget() const { return scope != Scope::Graph; }
  /// `time.kernels`, or the key alone.
  std::string name() const;
};

/// All of them; the parts of a key follow each other, what the key means by
/// itself first.
llvm::ArrayRef<Measure> allMeasures();

/// What `report` says of moving the graph to `target`; null where it says
/// nothing.
const PortSummary *findPort(const Report &report, llvm::StringRef target);

/// `value` of `dimension` for people, in four digits: `12.35 ms`.
std::string measureText(double value, Dimension dimension);

/// `+1.63 %`, what `after` is more than `before`; `from 0` where that is zero.
std::string changeText(double before, double after);

/// True of equal values. Seconds are equal within the digits that a saved
/// report has of them.
bool isSameValue(double lhs, double rhs, Dimension dimension);

} // namespace roofline

#endif // ROOFLINE_CHECK_MEASURES_H
