//===- CustomCallFuzzer.cpp - Custom call files that nobody wrote ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes bytes through the reader of custom call files. Rows that are read must
// be those that the rules count on, and what is wrong must be said in one line.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "roofline/Model/CustomCallTable.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace roofline;

namespace {

constexpr llvm::StringLiteral file = "calls.yaml";

/// A row has the numbers that its cost takes, and no others.
void checkRow(const CustomCall &call, const CustomCallTable &table) {
  checkText(call.target);
  checkText(call.note);
  checkText(call.source);
  require(table.lookup(call.target) == &call, "row that is not found",
          call.target);
  require(call.where.file == file && call.where.line > 0 &&
              call.where.column > 0,
          "row without a place", call.target);
  bool hasElements = call.perElement.vector + call.perElement.special > 0;
  bool hasLines = call.perLine.vector + call.perLine.special > 0;
  bool takesElements =
      call.cost == CallCost::Elementwise || call.cost == CallCost::Reduction;
  bool takesLines = call.cost == CallCost::Reduction;
  require(takesElements == (hasElements || hasLines), "row without its numbers",
          call.target);
  require(takesLines || !hasLines, "row with operations per line", call.target);
  require((call.cost == CallCost::Fixed) == !call.work.empty(),
          "row without its work", call.target);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef text(reinterpret_cast<const char *>(data), size);
  CustomCallTable table;
  if (llvm::Error error = table.addFile(text, file)) {
    checkError(std::move(error), file);
    return 0;
  }
  for (const CustomCall &call : table.rows())
    checkRow(call, table);

  // A second file may not give the same rows.
  llvm::Error error = table.addFile(text, file);
  require(static_cast<bool>(error) != table.rows().empty(),
          "row that is given twice", file);
  if (error)
    checkError(std::move(error), file);
  return 0;
}
