//===- OptionTable.h - The options of every command -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What LLVM's option tables say about the commands of this very binary, for
// what is generated from them: completions of shells and manual pages.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TOOLS_ROOFLINE_OPTIONTABLE_H
#define ROOFLINE_TOOLS_ROOFLINE_OPTIONTABLE_H

#include <string>
#include <vector>

namespace roofline {

/// What a value is, as far as it can be completed.
enum class ValueKind {
  /// One of those that are listed.
  Listed,
  Target,
  File,
  /// Anything else.
  Other,
};

struct OptionValue {
  std::string name;
  /// Empty where there is nothing to say.
  std::string description;
};

/// What a word of a command line may be.
struct WordEntry {
  /// `file`, `name,...`; empty for an option without a value.
  std::string valueName;
  ValueKind kind = ValueKind::Other;
  /// Those that are listed.
  std::vector<OptionValue> values;
  /// Whether several stand between commas.
  bool isList = false;
};

struct OptionEntry {
  /// With dashes: `--format`, `-o`.
  std::string name;
  std::string description;
  /// Its value.
  WordEntry value;

  bool hasValue() const { return !value.valueName.empty(); }
};

struct CommandEntry {
  std::string name;
  std::string description;
  /// More about it, and lines of examples.
  std::string text;
  std::string examples;
  /// By name.
  std::vector<OptionEntry> options;
  /// What is no option, and how help calls it; none where that is empty.
  WordEntry operand;
  std::string operandText;
};

/// Every command, by name.
std::vector<CommandEntry> commandTable();

} // namespace roofline

#endif // ROOFLINE_TOOLS_ROOFLINE_OPTIONTABLE_H
