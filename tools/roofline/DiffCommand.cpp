//===- DiffCommand.cpp - roofline diff ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "ReportSource.h"

#include "roofline/Check/CheckViews.h"
#include "roofline/Driver/Output.h"
#include "roofline/Report/JsonReader.h"

#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("diff", "compare two models, or saved reports");

cl::list<std::string> files(cl::Positional,
                            cl::desc("<old> <new>: models or saved reports"),
                            cl::sub(subcommand), cl::cat(optionCategory()));

TargetNamesOption targetNames(subcommand);
TargetFilesOption targetFiles(subcommand);
LowConfidenceOption allowLowConfidence(subcommand);
cl::opt<std::string>
    from("from", cl::value_desc("target"),
         cl::desc("Target that models run on now: compares what it takes to "
                  "move them to the others; by default that of a saved report"),
         cl::sub(subcommand), cl::cat(optionCategory()));
PortingOptions portingOptions(subcommand);
ModelOptions modelOptions(subcommand);

cl::opt<DiffFormat>
    format("format", cl::desc("Format of the comparison"),
           cl::init(DiffFormat::Text),
           cl::values(clEnumValN(DiffFormat::Text, "text",
                                 "for people; nothing where nothing differs"),
                      clEnumValN(DiffFormat::Json, "json", "for programs"),
                      clEnumValN(DiffFormat::Markdown, "markdown",
                                 "for the comment of a pull request")),
           cl::sub(subcommand), cl::cat(optionCategory()));

OutputOption output(subcommand);

void print(llvm::raw_ostream &os, const ReportDiff &diff) {
  switch (format.getValue()) {
  case DiffFormat::Text:
    return printDiff(os, diff);
  case DiffFormat::Json:
    return printDiffJson(os, diff);
  case DiffFormat::Markdown:
    return printDiffMarkdown(os, diff);
  }
}

int run() {
  if (files.size() != 2)
    return fail(llvm::createStringError(
        "expected two models or saved reports, the old one first; see roofline "
        "diff --help"));
  if (files[0] == "-" && files[1] == "-")
    return fail(llvm::createStringError(
        "only one of both can be read from standard input"));
  llvm::Expected<ReportRequest> request = modelOptions.request();
  if (!request)
    return fail(request.takeError());
  // All kernels are compared.
  request->top = 0;
  std::optional<SavedReport> saved[2];
  for (auto [file, report] : llvm::zip(files, saved))
    if (llvm::Error error = readSavedReport(file).moveInto(report))
      return fail(std::move(error));

  // A model is put on the targets of the report that it is compared with.
  std::vector<std::string> names = targetNames;
  for (const std::optional<SavedReport> &report : saved)
    if (targetNames.empty() && report && !(saved[0] && saved[1]))
      for (const TargetSummary &target : report->report.targets)
        names.push_back(target.name);
  llvm::Expected<TargetPtrs> targets =
      findTargets(names, targetFiles, allowLowConfidence);
  if (!targets)
    return fail(targets.takeError());
  std::string source = from;
  for (const std::optional<SavedReport> &report : saved)
    if (source.empty() && report && !report->report.ports.empty())
      source = report->report.ports.front().from;
  std::optional<PortingRequest> move;
  if (!source.empty())
    if (llvm::Error error =
            portingOptions
                .requestFrom(source, targetFiles, allowLowConfidence, *targets)
                .moveInto(move))
      return fail(std::move(error));

  std::optional<Report> reports[2];
  for (size_t side : {0, 1}) {
    if (saved[side]) {
      reports[side] = std::move(saved[side]->report);
      continue;
    }
    mlir::FailureOr<Report> report =
        reportOfModel(files[side], *request, *targets, move, {&llvm::errs()});
    if (failed(report))
      return exitFailure;
    reports[side] = std::move(*report);
  }
  llvm::Expected<ReportDiff> diff = diffReports(*reports[0], *reports[1]);
  if (!diff)
    return fail(diff.takeError());
  if (llvm::Error error =
          writeOutput(output, [&](llvm::raw_ostream &os) { print(os, *diff); }))
    return fail(std::move(error));
  return exitFine;
}

} // namespace

const Command &diffCommand() {
  static const Command command = {
      &subcommand,
      "Says which kernels are new, gone or different, why, and what that takes "
      "on targets.\nSaved reports are those of 'roofline report "
      "--format=json'.\n\n"
      "Examples:\n"
      "  roofline diff old.mlir new.mlir --target=h200\n"
      "  roofline diff main.json model.mlir\n"
      "  roofline diff main.json branch.json --format=markdown -o "
      "comment.md\n",
      run};
  return command;
}

} // namespace roofline
