//===- CustomCallTable.h - What custom calls cost, by target ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A custom call is a name that a framework and a compiler agree on. What it
// costs is not in the graph, so a table says it: one that is built in, and
// tables of the user, which come first. docs/CustomCalls.md documents the
// files.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_CUSTOMCALLTABLE_H
#define ROOFLINE_MODEL_CUSTOMCALLTABLE_H

#include "roofline/Model/Demand.h"
#include "roofline/Model/FileError.h"

#include "llvm/ADT/StringMap.h"

#include <string>
#include <vector>

namespace roofline {

/// How the demand of a call follows from the shapes of its operands and
/// results. Bytes are those of the operands and results, each once, unless said
/// otherwise.
enum class CallCost {
  View,          ///< Neither work nor traffic.
  DataMovement,  ///< No work.
  Elementwise,   ///< `perElement` for each element of result 0.
  Reduction,     ///< `perElement` for each element of operand 0, `perLine` for
                 ///< each line along its last dimension.
  Fixed,         ///< `work`, whatever the shapes are.
  Opaque,        ///< The work is not known.
  AddAll,        ///< The sum of all operands.
  Attention,     ///< Query [..., s, d], key [..., t, d], value [..., t, e].
  AttentionBshd, ///< Query [b, s, h, d], key [b, t, h, d], value [b, t, h, e].
  CacheUpdate,   ///< Operand 1 is written into a part of operand 0.
  MatMul,        ///< Operand 0 [..., m, k] gives result 0 [..., m, n].
  Threefry,      ///< Random bits for the results.
  TopK,          ///< The largest of operand 0 in result 0.
};

/// Operations on the vector unit and on the special function unit.
struct CallOps {
  unsigned vector = 0;
  unsigned special = 0;
};

/// What is known of one target of custom calls.
struct CustomCall {
  std::string target;
  CallCost cost = CallCost::Opaque;
  CallOps perElement;
  CallOps perLine;
  WorkList work;
  std::string note;
  std::string source;
  FileLocation where;
};

/// Rows by target. Immutable once its files are read; safe to share.
class CustomCallTable {
public:
  /// Adds the rows of a file that diagnostics call `file`. Fails on anything
  /// that the schema does not know, and on a target that an earlier file gives;
  /// the table is not to be used then.
  llvm::Error addFile(llvm::StringRef text, llvm::StringRef file);

  /// The row of a target, or null.
  const CustomCall *lookup(llvm::StringRef target) const;

  /// Every row, in the order of the files.
  llvm::ArrayRef<CustomCall> rows() const { return calls; }

private:
  std::vector<CustomCall> calls;
  llvm::StringMap<size_t> indexOf;
};

/// Prints the costs that a row can name as a Markdown table, as
/// docs/CustomCalls.md has it.
std::string callCostsToMarkdown();

} // namespace roofline

#endif // ROOFLINE_MODEL_CUSTOMCALLTABLE_H
