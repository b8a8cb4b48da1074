//===- ReportCommand.cpp - roofline report --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "ModelJobs.h"
#include "ReportSource.h"

#include "roofline/Check/Verdict.h"
#include "roofline/Driver/ModelFile.h"
#include "roofline/Driver/Output.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("report", "report what a model costs on targets");

ModelArguments models(subcommand);
TargetNamesOption targetNames(subcommand);
TargetFilesOption targetFiles(subcommand);
LowConfidenceOption allowLowConfidence(subcommand);
cl::opt<std::string>
    from("from", cl::value_desc("target"),
         cl::desc("Target that the model runs on now: says what it takes to "
                  "move it to the others; in html the first one by default"),
         cl::sub(subcommand), cl::cat(optionCategory()));
PortingOptions portingOptions(subcommand);
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
        clEnumValN(ReportView::Porting, "porting",
                   "what moving to other targets takes, with --from"),
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

MinCoverageOption minCoverage(subcommand);
OutputOption output(subcommand, OutputOption::Folders::Yes);
JobsOption jobs(subcommand);
ConsoleOptions console(subcommand);

/// Where the reports go.
enum class Destination {
  /// The report of the only model, into one file.
  OneReport,
  /// Those of several models, one after the other, into one file.
  OneFile,
  /// Each into a file of its own in a folder.
  Folder,
};

llvm::Expected<Destination> findDestination(bool isSeveral) {
  if (llvm::StringRef(output).ends_with("/")) {
    std::error_code code = llvm::sys::fs::create_directories(output);
    if (!code && !llvm::sys::fs::is_directory(output))
      code = std::make_error_code(std::errc::not_a_directory);
    if (code)
      return llvm::createStringError(code, "cannot make the folder '%s': %s",
                                     output.c_str(), code.message().c_str());
    return Destination::Folder;
  }
  if (!isSeveral)
    return Destination::OneReport;
  if (needsOf(format).ownFile)
    return llvm::createStringError(
        "this format has one model in a file; -o FOLDER/ writes a file for "
        "each model");
  if (output != "-" && llvm::sys::fs::is_directory(output))
    return llvm::createStringError(
        "'%s' is a folder; -o %s/ writes a file for each model into it",
        output.c_str(), output.c_str());
  return Destination::OneFile;
}

/// What is to be said of moving the model, where that is asked for; the target
/// that it is moved from becomes the first of `targets` if it is none of them.
llvm::Expected<std::optional<PortingRequest>> findPorting(TargetPtrs &targets) {
  std::string source = from;
  // A page that compares targets is about moving between them.
  if (source.empty() && format == ReportFormat::Html && targets.size() > 1)
    source = targets.front()->getName().str();
  if (source.empty()) {
    if (llvm::StringRef option = portingOptions.firstGiven(); !option.empty())
      return llvm::createStringError(
          "--%s is about moving the model; it needs --from=NAME, the target "
          "that it runs on now",
          option.str().c_str());
    if (llvm::is_contained(views, ReportView::Porting))
      return llvm::createStringError("--view=porting needs --from=NAME, the "
                                     "target that the model runs on now");
    return std::nullopt;
  }
  llvm::Expected<PortingRequest> request = portingOptions.requestFrom(
      source, targetFiles, allowLowConfidence, targets);
  if (!request)
    return request.takeError();
  if (targets.size() == 1)
    return llvm::createStringError(
        "--from=%s needs another target to move to, in --target",
        source.c_str());
  return std::optional<PortingRequest>(std::move(*request));
}

int run() {
  console.apply();
  if (models.empty() || llvm::is_contained(models, ""))
    return fail(llvm::createStringError(
        "expected a model file, or - for standard input; see roofline report "
        "--help"));
  llvm::Expected<ReportRequest> request = modelOptions.request();
  if (!request)
    return fail(request.takeError());
  llvm::Expected<std::optional<double>> leastShare = minCoverage.share();
  if (!leastShare)
    return fail(leastShare.takeError());
  llvm::Expected<TargetPtrs> targets =
      findTargets(targetNames, targetFiles, allowLowConfidence);
  if (!targets)
    return fail(targets.takeError());

  llvm::Expected<std::optional<PortingRequest>> porting = findPorting(*targets);
  if (!porting)
    return fail(porting.takeError());

  ViewOptions options;
  std::vector<ReportView> chosen(views.begin(), views.end());
  options.views = chosen;
  options.useColor = console.isColored(output);
  if (llvm::Error error = checkFormat(format, options, !targets->empty()))
    return fail(std::move(error));

  llvm::Expected<std::vector<std::string>> paths = findModelFiles(models);
  if (!paths)
    return fail(paths.takeError());
  // What is written has the same form whatever a folder has in it.
  const bool isSeveral = llvm::ArrayRef(*paths) != llvm::ArrayRef(models[0]);
  llvm::Expected<Destination> destination = findDestination(isSeveral);
  if (!destination)
    return fail(destination.takeError());

  const FormatNeeds needs = needsOf(format);
  request->top = needs.top;
  request->sequence = needs.sequence;
  if (top.getNumOccurrences() > 0)
    request->top = top;

  std::vector<std::string> names = distinctNames(*paths);
  std::optional<Report> only;
  std::vector<RenderedReport> rendered(paths->size());
  int exitCode = runOnModels(
      paths->size(), jobs, console,
      [&](size_t index, llvm::raw_ostream &errors) -> int {
        const std::string &path = (*paths)[index];
        mlir::FailureOr<Report> report = reportOfModel(
            path, *request, *targets, *porting,
            {&errors, console.isQuiet(), /*hasThreads=*/!isSeveral});
        if (failed(report))
          return exitFailure;
        const std::string gap =
            *leastShare ? coverageBelow(*report, **leastShare) : "";
        switch (*destination) {
        case Destination::OneReport:
          only = std::move(*report);
          break;
        case Destination::OneFile: {
          rendered[index].file = path;
          llvm::raw_string_ostream os(rendered[index].text);
          printReport(os, *report, format, options);
          break;
        }
        case Destination::Folder:
          llvm::SmallString<128> place(output);
          llvm::sys::path::append(place,
                                  names[index] + "." + fileExtension(format));
          if (llvm::Error error = writeReport(*report, format, options, place))
            return fail(std::move(error), errors);
          break;
        }
        if (gap.empty())
          return exitFine;
        errors << "roofline: error: the report is incomplete: " << gap << "\n";
        return exitIncomplete;
      });

  llvm::erase_if(rendered,
                 [](const RenderedReport &one) { return one.text.empty(); });
  llvm::Error error = llvm::Error::success();
  if (only)
    error = writeReport(*only, format, options, output);
  else if (!rendered.empty())
    error = writeOutput(output, [&](llvm::raw_ostream &os) {
      printReports(os, format, rendered);
    });
  if (error)
    exitCode = std::max<int>(exitCode, fail(std::move(error)));
  return exitCode;
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
      "  jax_export | roofline report - --target=h200 --view=summary\n"
      "  roofline report model.mlir --from=h200 --target=h20,ascend-910c "
      "--format=html -o report.html\n"
      "  roofline report models/ --target=h200 --format=json -o reports/\n",
      run};
  return command;
}

} // namespace roofline
