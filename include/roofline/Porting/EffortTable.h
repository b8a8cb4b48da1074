//===- EffortTable.h - How many days a remedy takes -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_PORTING_EFFORTTABLE_H
#define ROOFLINE_PORTING_EFFORTTABLE_H

#include "roofline/Porting/PortingRules.h"

#include "llvm/Support/Error.h"

#include <array>
#include <map>
#include <string>

namespace roofline {

/// Days of one person.
struct Days {
  double low = 0;
  double high = 0;

  friend bool operator==(Days lhs, Days rhs) {
    return lhs.low == rhs.low && lhs.high == rhs.high;
  }
  friend bool operator!=(Days lhs, Days rhs) { return !(lhs == rhs); }
};

/// How many days remedies take: by level, and by rule where a file says so. The
/// default is our own judgement (A-numbers of docs/Porting.md), to be replaced
/// by what a team knows of itself.
class EffortTable {
public:
  /// The default.
  EffortTable();

  /// Reads a file: `levels: {low: 0.5 .. 2, ...}`, `rules: {RF1021: 2 .. 5}`.
  /// What it leaves out is as by default. Fails with the place, the cause and
  /// the valid words.
  static llvm::Expected<EffortTable> read(llvm::StringRef path);

  /// Of one signature that `rule` is found of; none where nothing helps.
  Days days(const PortingRule &rule) const;
  Days days(EffortLevel level) const;
  /// Rules that the file states days of.
  const std::map<std::string, Days> &getRules() const { return ofRule; }
  /// The file; empty for the default.
  llvm::StringRef getFile() const { return file; }

private:
  std::string file;
  /// By `EffortLevel`, `Blocker` apart.
  std::array<Days, 4> ofLevel;
  std::map<std::string, Days> ofRule;
};

} // namespace roofline

#endif // ROOFLINE_PORTING_EFFORTTABLE_H
