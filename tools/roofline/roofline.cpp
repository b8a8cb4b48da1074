//===- roofline.cpp - What a model graph costs on a chip ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "LoadedModel.h"

#include "roofline/Driver/Version.h"
#include "roofline/Model/NearestNames.h"

#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <csignal>

namespace {

constexpr llvm::StringLiteral overview =
    "roofline: what a model graph costs on a chip, and why\n";

constexpr llvm::StringLiteral topExamples =
    "Examples:\n"
    "  roofline report model.mlir --target=h200,ascend-910b3\n"
    "  roofline compare model.mlir --target=h200,h20,ascend-910c\n"
    "  roofline check model.mlir --budget=budget.yaml\n"
    "  roofline diff old.mlir new.mlir --target=h200\n"
    "  roofline targets\n"
    "  roofline report --help\n";

void printVersion(llvm::raw_ostream &os) {
  os << "roofline " << roofline::toolVersion() << " (MLIR "
     << LLVM_VERSION_STRING << ")\n"
     << "model data " << roofline::modelDataVersion() << "\n";
}

} // namespace

llvm::ArrayRef<const roofline::Command *> roofline::allCommands() {
  static const Command *const commands[] = {
      &reportCommand(),   &compareCommand(),   &checkCommand(),
      &diffCommand(),     &portCommand(),      &targetsCommand(),
      &accuracyCommand(), &calibrateCommand(), &completionCommand(),
      &manCommand()};
  return commands;
}

int main(int argc, char **argv) {
  // A reader that goes away is an error of writing, reported as such.
  std::signal(SIGPIPE, SIG_IGN);
  llvm::InitLLVM init(argc, argv, /*InstallPipeSignalExitHandler=*/false);
  std::string description = overview.str();
  std::string examples =
      (topExamples + "\nExit codes: " + roofline::exitCodesText + "\n").str();
  std::string helpCommand = "roofline --help";
  for (const roofline::Command *command : roofline::allCommands()) {
    llvm::cl::HideUnrelatedOptions(roofline::optionCategory(),
                                   *command->options);
    if (argc > 1 && command->options->getName() == argv[1]) {
      examples = command->examples.str();
      helpCommand =
          ("roofline " + command->options->getName() + " --help").str();
    }
  }
  llvm::cl::HideUnrelatedOptions(roofline::optionCategory());
  description += "\n" + examples;
  llvm::cl::SetVersionPrinter(printVersion);

  std::string problems;
  llvm::raw_string_ostream problemStream(problems);
  if (!llvm::cl::ParseCommandLineOptions(argc, argv, description,
                                         &problemStream)) {
    llvm::errs() << problems << "roofline: see " << helpCommand << "\n";
    return roofline::exitFailure;
  }
  for (const roofline::Command *command : roofline::allCommands())
    if (*command->options) {
      int exitCode = command->run();
      if (roofline::LoadedModel::hasLeftBehind())
        llvm::sys::Process::Exit(exitCode, /*NoCleanup=*/true);
      return exitCode;
    }
  std::vector<llvm::StringRef> names;
  for (const roofline::Command *command : roofline::allCommands())
    names.push_back(command->options->getName());
  llvm::errs() << "roofline: error: expected a command: "
               << roofline::quotedList(names) << "; see roofline --help\n";
  return roofline::exitFailure;
}
