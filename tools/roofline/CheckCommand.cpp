//===- CheckCommand.cpp - roofline check ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "ReportSource.h"

#include "roofline/Check/CheckViews.h"
#include "roofline/Driver/Output.h"
#include "roofline/Driver/Version.h"
#include "roofline/Model/NearestNames.h"
#include "roofline/Report/JsonReader.h"

#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("check", "hold models against a budget");

cl::list<std::string> models(cl::Positional,
                             cl::desc("<model or saved report> ..."),
                             cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string> budgetFile("budget", cl::value_desc("file"),
                                cl::desc("Limits, and what they are relative "
                                         "to"),
                                cl::sub(subcommand), cl::cat(optionCategory()));

TargetFilesOption targetFiles(subcommand);
LowConfidenceOption allowLowConfidence(subcommand);
MinCoverageOption minCoverage(subcommand);
ModelOptions modelOptions(subcommand);

cl::opt<VerdictFormat>
    format("format", cl::desc("Format of the verdict"),
           cl::init(VerdictFormat::Text),
           cl::values(clEnumValN(VerdictFormat::Text, "text", "for people"),
                      clEnumValN(VerdictFormat::Json, "json", "for programs"),
                      clEnumValN(VerdictFormat::Markdown, "markdown",
                                 "for the comment of a pull request"),
                      clEnumValN(VerdictFormat::Sarif, "sarif",
                                 "SARIF 2.1.0, for code scanning")),
           cl::sub(subcommand), cl::cat(optionCategory()));

OutputOption output(subcommand);

void print(llvm::raw_ostream &os, const Verdict &verdict) {
  switch (format) {
  case VerdictFormat::Text:
    return printVerdict(os, verdict);
  case VerdictFormat::Json:
    return printVerdictJson(os, verdict);
  case VerdictFormat::Markdown:
    return printVerdictMarkdown(os, verdict);
  case VerdictFormat::Sarif:
    return printVerdictSarif(os, verdict);
  }
}

/// The targets that `limits` name.
llvm::Expected<TargetPtrs> targetsOf(const LimitSet &limits) {
  TargetPtrs targets;
  for (const TargetLimits &named : limits.targets) {
    llvm::Expected<TargetPtrs> found =
        findTargets({named.name}, targetFiles, allowLowConfidence);
    if (!found)
      return atPlace(found.takeError(), named.where);
    targets.push_back(std::move(found->front()));
  }
  return targets;
}

/// What a saved report must have of what the budget limits.
llvm::Error checkTargets(const Report &report, const LimitSet &limits) {
  for (const TargetLimits &target : limits.targets)
    if (llvm::none_of(report.targets, [&](const TargetSummary &summary) {
          return summary.name == target.name;
        }))
      return makeFileError(target.where,
                           "the saved report of '" + report.model.file +
                               "' has no target '" + target.name +
                               "'; save it with --target=" + target.name);
  return llvm::Error::success();
}

/// The report of `path`. What is wrong with a model has been said where it
/// fails without an error.
llvm::Expected<std::optional<Report>> reportOf(const std::string &path,
                                               const ReportRequest &request,
                                               const LimitSet &limits) {
  // Names of targets are checked even where nothing is estimated on them.
  llvm::Expected<TargetPtrs> targets = targetsOf(limits);
  if (!targets)
    return targets.takeError();
  llvm::Expected<std::optional<SavedReport>> saved = readSavedReport(path);
  if (!saved)
    return saved.takeError();
  if (*saved) {
    if (llvm::Error error = checkTargets((*saved)->report, limits))
      return error;
    return std::optional<Report>(std::move((*saved)->report));
  }
  mlir::FailureOr<Report> report = reportOfModel(path, request, *targets);
  if (failed(report))
    return std::optional<Report>();
  return std::optional<Report>(std::move(*report));
}

int run() {
  if (models.empty())
    return fail(llvm::createStringError(
        "expected a model or a saved report; see roofline check --help"));
  if (budgetFile.empty())
    return fail(llvm::createStringError(
        "expected --budget=FILE, the limits to hold models against; see "
        "roofline check --help"));
  llvm::Expected<Budget> budget = readBudgetFile(budgetFile);
  if (!budget)
    return fail(budget.takeError());
  llvm::Expected<ReportRequest> request = modelOptions.request();
  if (!request)
    return fail(request.takeError());
  llvm::Expected<std::optional<double>> leastShare = minCoverage.share();
  if (!leastShare)
    return fail(leastShare.takeError());

  // A budget that is wrong for the last model is so before the first one is
  // counted.
  std::vector<LimitSet> limits;
  for (const std::string &path : models) {
    llvm::Expected<LimitSet> set = limitsFor(*budget, path);
    if (!set)
      return fail(set.takeError());
    limits.push_back(std::move(*set));
  }

  Verdict verdict;
  verdict.budgetFile = budgetFile;
  verdict.toolVersion = toolVersion().str();
  for (auto [path, set] : llvm::zip(models, limits)) {
    std::optional<SavedReport> baseline;
    std::string baselineFile;
    if (set.baseline) {
      baselineFile = baselinePath(*budget, set.baseline->text, path);
      llvm::Expected<SavedReport> saved = requireSavedReport(baselineFile);
      if (!saved)
        return fail(saved.takeError());
      baseline = std::move(*saved);
    }
    llvm::Expected<std::optional<Report>> report =
        reportOf(path, *request, set);
    if (!report)
      return fail(report.takeError());
    if (!*report)
      return exitFailure;
    llvm::Expected<ModelVerdict> judged =
        judge(**report, baseline ? &baseline->report : nullptr, baselineFile,
              set, *leastShare);
    if (!judged)
      return fail(judged.takeError());
    verdict.models.push_back(std::move(*judged));
    if (baseline && baseline->report.toolVersion != (*report)->toolVersion)
      verdict.notes.push_back(
          baselineFile + " is of version " + baseline->report.toolVersion +
          " of the tool, the result of " + (*report)->toolVersion +
          "; they may count differently");
  }
  for (const std::string &name : unusedModels(*budget, models)) {
    std::vector<llvm::StringRef> given(models.begin(), models.end());
    std::vector<llvm::StringRef> near = nearestNames(name, given);
    verdict.notes.push_back(
        "model '" + name + "' of the budget was not given" +
        (near.empty() ? "" : "; did you mean " + quotedList(near) + "?"));
  }
  if (llvm::Error error = writeOutput(
          output, [&](llvm::raw_ostream &os) { print(os, verdict); }))
    return fail(std::move(error));
  switch (verdict.outcome()) {
  case Outcome::Kept:
    return exitFine;
  case Outcome::Undecided:
    return exitIncomplete;
  case Outcome::Exceeded:
    return exitViolated;
  }
  return exitFailure;
}

} // namespace

const Command &checkCommand() {
  static const Command command = {
      &subcommand,
      "Holds models against the limits of a budget, absolute or relative to "
      "what they took before.\nExit codes: 0 kept; 1 a limit is exceeded; 2 "
      "the tool, its options or its input failed; 3 the result is too "
      "incomplete to tell.\n\n"
      "Examples:\n"
      "  roofline check model.mlir --budget=budget.yaml\n"
      "  roofline check decode.mlir prefill.mlir --budget=budget.yaml "
      "--format=sarif -o check.sarif\n"
      "  roofline check model.mlir --budget=budget.yaml --min-coverage=95\n",
      run};
  return command;
}

} // namespace roofline
