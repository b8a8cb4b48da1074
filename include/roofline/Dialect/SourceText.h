//===- SourceText.h - What a model file is, before it is parsed -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Model files reach us with log lines around the module, as web pages, as
// protobufs, or nested deeper than a recursive parser can follow. All of that
// is found here in one pass over the text, so that MLIR's parser only sees what
// it can read.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DIALECT_SOURCETEXT_H
#define ROOFLINE_DIALECT_SOURCETEXT_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>
#include <optional>
#include <string>

namespace roofline {

/// What a file contains, judged by its first bytes.
enum class InputKind {
  Text,     ///< Text that may be MLIR.
  Bytecode, ///< MLIR bytecode.
  Other,    ///< Something that is neither; `InputScan::problem` says what.
};

/// A reason not to parse a file, ready for a diagnostic: lower case, no full
/// stop.
struct InputProblem {
  /// Where, both from 1.
  size_t line = 1;
  size_t column = 1;
  /// What is wrong.
  std::string message;
  /// What to do about it; may be empty.
  std::string remedy;
};

/// A line that is not MLIR, before or after the module.
struct LogLine {
  /// From 1.
  size_t line;
  /// Offset of its first byte and its length without the line end.
  size_t offset, length;
};

/// What `scanInput` found.
struct InputScan {
  InputKind kind = InputKind::Text;
  /// Bytecode only: the program that wrote it, as it calls itself.
  std::string producer;
  /// Set where the file must not be parsed.
  std::optional<InputProblem> problem;
  /// Lines to be ignored. Empty where there is a problem.
  llvm::SmallVector<LogLine, 0> logLines;
};

/// Brackets may nest this deep. Real graphs stay below 20; MLIR's parser
/// recurses once per level and would overflow its stack some thousands deep.
constexpr size_t maxBracketNesting = 500;

/// Looks at a whole file. Linear in its size.
///
/// Refused, with the remedy: empty files, web pages, Git LFS pointers, HLO
/// text, ONNX, archives and other binaries, StableHLO's portable bytecode, and
/// text whose brackets nest deeper than `maxBracketNesting`. Other MLIR
/// bytecode is left to MLIR's reader; `bytecodeRemedy` helps where that fails.
///
/// Log lines are lines outside every bracket before the first or after the last
/// line that looks like MLIR. Text without any such line has none.
InputScan scanInput(llvm::StringRef contents);

/// How to turn bytecode of that producer into text that can be read.
std::string bytecodeRemedy(llvm::StringRef producer);

/// A copy of `buffer` with the log lines blanked, so that every line keeps its
/// number.
std::unique_ptr<llvm::MemoryBuffer>
blankLogLines(const llvm::MemoryBuffer &buffer,
              llvm::ArrayRef<LogLine> logLines);

/// Prints a problem as an error with place and, as a note, its remedy.
void printProblem(llvm::raw_ostream &os, llvm::StringRef fileName,
                  const InputProblem &problem);

/// Prints a remark for each run of log lines.
void printLogLineRemarks(llvm::raw_ostream &os, llvm::StringRef fileName,
                         llvm::ArrayRef<LogLine> logLines);

} // namespace roofline

#endif // ROOFLINE_DIALECT_SOURCETEXT_H
