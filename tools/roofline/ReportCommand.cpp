//===- ReportCommand.cpp - roofline report --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "LoadedModel.h"

#include "roofline/Driver/Output.h"

#include "llvm/Support/Process.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("report", "report what a model costs on targets");

ModelArgument model(subcommand);
TargetNamesOption targetNames(subcommand);
TargetFilesOption targetFiles(subcommand);
LowConfidenceOption allowLowConfidence(subcommand);
ModelOptions modelOptions(subcommand);

cl::opt<ReportFormat>
    format("format", cl::desc("Format of the report"),
           cl::init(ReportFormat::Text),
           cl::values(clEnumValN(ReportFormat::Text, "text", "for people"),
                      clEnumValN(ReportFormat::Json, "json", "for programs"),
                      clEnumValN(ReportFormat::Html, "html",
                                 "for browsers, in one file"),
                      clEnumValN(ReportFormat::Markdown, "markdown",
                                 "for pull requests"),
                      clEnumValN(ReportFormat::Csv, "csv",
                                 "for spreadsheets: the table of one view"),
                      clEnumValN(ReportFormat::Svg, "svg",
                                 "kernels under the roofs of each target"),
                      clEnumValN(ReportFormat::Trace, "trace",
                                 "kernels in program order, for Perfetto")),
           cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<ReportView> views(
    "view", cl::CommaSeparated, cl::desc("Parts of the report; all by default"),
    cl::values(
        clEnumValN(ReportView::Summary, "summary",
                   "model, operations, targets, assumptions"),
        clEnumValN(ReportView::Breakdown, "breakdown", "families of kernels"),
        clEnumValN(ReportView::Kernels, "kernels", "the hottest kernels"),
        clEnumValN(ReportView::Hotspots, "hotspots", "the hottest ops"),
        clEnumValN(ReportView::Coverage, "coverage",
                   "what is not modelled, loops")),
    cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<unsigned>
    top("top", cl::value_desc("n"),
        cl::desc("Hottest ops and kernels to list, 0 for all; 10 in text "
                 "and markdown, 5000 in html, all in the others"),
        cl::sub(subcommand), cl::cat(optionCategory()));

OutputOption output(subcommand);

int run() {
  if (model.empty())
    return fail(llvm::createStringError(
        "expected a model file, or - for standard input; see roofline report "
        "--help"));
  llvm::Expected<ReportRequest> request = modelOptions.request();
  if (!request)
    return fail(request.takeError());
  llvm::Expected<TargetPtrs> targets =
      findTargets(targetNames, targetFiles, allowLowConfidence);
  if (!targets)
    return fail(targets.takeError());

  ViewOptions options;
  std::vector<ReportView> chosen(views.begin(), views.end());
  options.views = chosen;
  if (llvm::Error error = checkFormat(format, options, !targets->empty()))
    return fail(std::move(error));

  LoadedModel loaded(model);
  request->file = model;
  const FormatNeeds needs = needsOf(format);
  request->top = needs.top;
  request->sequence = needs.sequence;
  if (top.getNumOccurrences() > 0)
    request->top = top;
  mlir::FailureOr<Report> report =
      buildReport(loaded.module(), *request, *targets);
  if (failed(report))
    return exitFailure;

  options.useColor =
      output == "-" && llvm::sys::Process::StandardOutHasColors();
  if (llvm::Error error = writeReport(*report, format, options, output))
    return fail(std::move(error));
  return exitFine;
}

} // namespace

const Command &reportCommand() {
  static const Command command = {
      &subcommand,
      "Reads StableHLO, linalg, TOSA or other MLIR, counts what every op "
      "demands, and puts it on targets.\n\n"
      "Examples:\n"
      "  roofline report model.mlir --target=h200,ascend-910b3\n"
      "  roofline report model.mlir --target=h20 --format=json -o report.json\n"
      "  jax_export | roofline report - --target=h200 --view=summary\n",
      run};
  return command;
}

} // namespace roofline
