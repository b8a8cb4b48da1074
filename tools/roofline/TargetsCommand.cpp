//===- TargetsCommand.cpp - roofline targets ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

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

cl::list<std::string>
    targetFiles("target-file", cl::value_desc("file"),
                cl::desc("Target file that comes before the built-in ones"),
                cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<ReportFormat>
    format("format", cl::desc("Format of the output"),
           cl::init(ReportFormat::Text),
           cl::values(clEnumValN(ReportFormat::Text, "text", "for people"),
                      clEnumValN(ReportFormat::Json, "json", "for programs")),
           cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string> output("o", cl::value_desc("file"),
                            cl::desc("File to write; - is standard output"),
                            cl::init("-"), cl::sub(subcommand),
                            cl::cat(optionCategory()));

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
