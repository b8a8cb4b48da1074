//===- CompareCommand.cpp - roofline compare ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "LoadedModel.h"

#include "roofline/Driver/Output.h"
#include "roofline/Report/ComparisonView.h"

#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("compare", "put targets side by side for a model");

ModelArgument model(subcommand);
TargetNamesOption targetNames(subcommand);
TargetFilesOption targetFiles(subcommand);
LowConfidenceOption allowLowConfidence(subcommand);
ModelOptions modelOptions(subcommand);
TextOrJsonOption format(subcommand);

cl::opt<unsigned>
    top("top", cl::value_desc("n"),
        cl::desc("Kernels with another bound to list, 0 for all; 10 in text, "
                 "all in json"),
        cl::sub(subcommand), cl::cat(optionCategory()));

OutputOption output(subcommand);
ConsoleOptions console(subcommand);

constexpr size_t defaultTopInText = 10;

int run() {
  console.apply();
  if (model.empty())
    return fail(llvm::createStringError(
        "expected a model file, or - for standard input; see roofline compare "
        "--help"));
  llvm::Expected<ReportRequest> request = modelOptions.request();
  if (!request)
    return fail(request.takeError());
  llvm::Expected<TargetPtrs> targets =
      findTargets(targetNames, targetFiles, allowLowConfidence);
  if (!targets)
    return fail(targets.takeError());
  if (targets->size() < 2)
    return fail(llvm::createStringError(
        "compare expects two targets or more, got %s; give them as "
        "--target=h200,h20, the one to compare with first",
        targets->empty()
            ? "none"
            : ("'" + targets->front()->getName() + "' only").str().c_str()));

  LoadedModel loaded(model, console.isQuiet());
  request->file = model;
  // Which kernels have another bound is asked of all.
  request->top = 0;
  mlir::FailureOr<Report> report =
      buildReport(loaded.module(), *request, *targets);
  if (failed(report))
    return exitFailure;

  ComparisonOptions options;
  options.top = format == ReportFormat::Json ? 0 : defaultTopInText;
  if (top.getNumOccurrences() > 0)
    options.top = top;
  options.useColor = console.isColored(output);
  if (llvm::Error error = writeOutput(output, [&](llvm::raw_ostream &os) {
        if (format == ReportFormat::Json)
          printComparisonJson(os, *report, options);
        else
          printComparison(os, *report, options);
      }))
    return fail(std::move(error));
  return exitFine;
}

} // namespace

const Command &compareCommand() {
  static const Command command = {
      &subcommand,
      "Reads a model and puts targets side by side, the first one as what the "
      "others are compared with: times, what bounds them, memory, devices and "
      "energy.\n\n"
      "Examples:\n"
      "  roofline compare model.mlir --target=h200,h20,ascend-910c\n"
      "  roofline compare model.mlir --target=h200,ascend-910b3 --top=0\n"
      "  roofline compare model.mlir --target=h200,h20 --format=json -o "
      "compare.json\n",
      run};
  return command;
}

} // namespace roofline
