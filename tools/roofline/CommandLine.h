//===- CommandLine.h - Commands and their options ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TOOLS_ROOFLINE_COMMANDLINE_H
#define ROOFLINE_TOOLS_ROOFLINE_COMMANDLINE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Error.h"

namespace roofline {

/// Exit codes of every command.
enum ExitCode : int {
  exitFine = 0,
  /// A limit is exceeded.
  exitViolated = 1,
  /// The tool, its options or its input failed.
  exitFailure = 2,
  /// The result leaves out too much.
  exitIncomplete = 3,
};

/// What they mean, for help.
constexpr llvm::StringLiteral exitCodesText =
    "0 fine; 1 a limit of a budget is exceeded; 2 the tool, its options or its "
    "input failed; 3 the result is incomplete";

/// A command: `roofline NAME ...`.
struct Command {
  llvm::cl::SubCommand *options;
  /// Lines of examples for the command's help.
  llvm::StringRef examples;
  int (*run)();
};

const Command &accuracyCommand();
const Command &calibrateCommand();
const Command &compareCommand();
const Command &completionCommand();
const Command &manCommand();
const Command &portCommand();
const Command &checkCommand();
const Command &diffCommand();
const Command &reportCommand();
const Command &targetsCommand();

/// All of them.
llvm::ArrayRef<const Command *> allCommands();

/// The category that holds every option of ours.
llvm::cl::OptionCategory &optionCategory();

/// Prints `error`: `roofline: error: ...`, or as it is where it names a place.
/// Returns the exit code.
int fail(llvm::Error error, llvm::raw_ostream &os);

/// The same on standard error.
int fail(llvm::Error error);

} // namespace roofline

#endif // ROOFLINE_TOOLS_ROOFLINE_COMMANDLINE_H
