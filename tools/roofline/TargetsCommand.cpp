//===- TargetsCommand.cpp - roofline targets ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"

#include "roofline/Driver/Output.h"
#include "roofline/Report/TargetsView.h"
#include "roofline/Target/TargetRegistry.h"

#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("targets", "list targets, or every field of one");

cl::list<std::string> names(cl::Positional, cl::desc("[target ...]"),
                            cl::sub(subcommand), cl::cat(optionCategory()));

TargetFilesOption targetFiles(subcommand);

TextOrJsonOption format(subcommand);

OutputOption output(subcommand);

int run() {
  llvm::Expected<TargetRegistry> registry = TargetRegistry::create(
      targetFiles, TargetRegistry::searchPathFromEnvironment());
  if (!registry)
    return fail(registry.takeError());
  std::vector<std::string> wanted = names;
  if (wanted.empty())
    wanted = registry->names();
  std::vector<std::shared_ptr<const Target>> targets;
  for (const std::string &name : wanted) {
    llvm::Expected<std::shared_ptr<const Target>> target = registry->find(name);
    if (!target)
      return fail(target.takeError());
    targets.push_back(std::move(*target));
  }

  std::string text;
  llvm::raw_string_ostream os(text);
  if (format == ReportFormat::Json) {
    if (names.size() == 1)
      os << llvm::formatv("{0:2}\n", targetToJson(*targets.front()));
    else
      os << llvm::formatv("{0:2}\n", targetsToJson(targets));
  } else if (names.empty()) {
    printTargetsTable(os, targets);
  } else {
    for (auto [index, target] : llvm::enumerate(targets)) {
      if (index > 0)
        os << "\n";
      printTarget(os, *target);
    }
  }
  if (llvm::Error error = writeOutput(output, text))
    return fail(std::move(error));
  return exitFine;
}

} // namespace

const Command &targetsCommand() {
  static const Command command = {
      &subcommand,
      "Without a name: a table of all targets. With names: every field of each "
      "with its source.\n\n"
      "Examples:\n"
      "  roofline targets\n"
      "  roofline targets h200\n"
      "  roofline targets --target-file=mychip.yaml mychip --format=json\n",
      run};
  return command;
}

} // namespace roofline
