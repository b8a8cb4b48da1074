//===- CheckCommand.cpp - roofline check ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "ModelJobs.h"
#include "ReportSource.h"

#include "roofline/Check/CheckViews.h"
#include "roofline/Driver/ModelFile.h"
#include "roofline/Driver/Output.h"
#include "roofline/Driver/Version.h"
#include "roofline/Model/NearestNames.h"
#include "roofline/Report/JsonReader.h"

#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("check", "hold models against a budget");

cl::list<std::string>
    models(cl::Positional,
           cl::desc("<models, saved reports or folders of models>"),
           cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string> budgetFile("budget", cl::value_desc("file"),
                                cl::desc("Limits, and what they are relative "
                                         "to"),
                                cl::sub(subcommand), cl::cat(optionCategory()));

TargetFilesOption targetFiles(subcommand);
LowConfidenceOption allowLowConfidence(subcommand);
MinCoverageOption minCoverage(subcommand);
PortingOptions portingOptions(subcommand);
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
JobsOption jobs(subcommand);
ConsoleOptions console(subcommand);

void print(llvm::raw_ostream &os, const Verdict &verdict) {
  switch (format.getValue()) {
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

/// What is asked of moving a model, where the budget says from where; that
/// target is put among `targets`.
llvm::Expected<std::optional<PortingRequest>> moveOf(const LimitSet &limits,
                                                     TargetPtrs &targets) {
  if (!limits.from)
    return std::nullopt;
  llvm::Expected<PortingRequest> request = portingOptions.requestFrom(
      limits.from->text, targetFiles, allowLowConfidence, targets);
  if (!request)
    return atPlace(request.takeError(), limits.from->where);
  return std::optional<PortingRequest>(std::move(*request));
}

/// A model, and what it is held against.
struct Gate {
  std::string path;
  LimitSet limits;
  TargetPtrs targets;
  std::optional<PortingRequest> move;
};

/// The gates of all models: a budget that is wrong for the last model is so
/// before the first one is counted.
llvm::Expected<std::vector<Gate>> findGates(const Budget &budget) {
  llvm::Expected<std::vector<std::string>> paths = findModelFiles(models);
  if (!paths)
    return paths.takeError();
  std::vector<Gate> gates;
  for (const std::string &path : *paths) {
    Gate gate;
    gate.path = path;
    if (llvm::Error error = limitsFor(budget, path).moveInto(gate.limits))
      return error;
    if (llvm::Error error = targetsOf(gate.limits).moveInto(gate.targets))
      return error;
    if (llvm::Error error =
            moveOf(gate.limits, gate.targets).moveInto(gate.move))
      return error;
    gates.push_back(std::move(gate));
  }
  return gates;
}

/// The report of a model; none where what is wrong with it has been said.
llvm::Expected<std::optional<Report>>
reportOf(const Gate &gate, const ReportRequest &request,
         const LoadedModel::Options &options) {
  llvm::Expected<std::optional<SavedReport>> saved = readSavedReport(gate.path);
  if (!saved)
    return saved.takeError();
  if (*saved) {
    if (llvm::Error error = checkTargets((*saved)->report, gate.limits))
      return error;
    return std::optional<Report>(std::move((*saved)->report));
  }
  // Both are optional: what fails here has been said.
  return std::optional<Report>(
      reportOfModel(gate.path, request, gate.targets, gate.move, options));
}

/// What became of a gate, and what there is to say of it besides.
struct Judged {
  ModelVerdict verdict;
  std::vector<std::string> notes;
};

/// Why a report and its baseline may differ though nothing in the model does.
std::vector<std::string> versionNotes(const Report &report,
                                      const Report &baseline,
                                      const std::string &file) {
  std::vector<std::string> notes;
  if (baseline.toolVersion != report.toolVersion)
    notes.push_back(file + " is of version " + baseline.toolVersion +
                    " of the tool, the result of " + report.toolVersion +
                    "; they may count differently");
  if (baseline.modelDataVersion != report.modelDataVersion)
    notes.push_back(file + " is of version " +
                    std::to_string(baseline.modelDataVersion) +
                    " of the model data, the result of " +
                    std::to_string(report.modelDataVersion) +
                    "; estimates changed in between");
  return notes;
}

/// Holds a model against its limits. None where what is wrong with it has been
/// said.
llvm::Expected<std::optional<Judged>>
judgeGate(const Gate &gate, const Budget &budget, const ReportRequest &request,
          std::optional<double> leastShare,
          const LoadedModel::Options &options) {
  std::optional<SavedReport> baseline;
  std::string baselineFile;
  if (gate.limits.baseline) {
    baselineFile = baselinePath(budget, gate.limits.baseline->text, gate.path);
    if (llvm::Error error = requireSavedReport(baselineFile).moveInto(baseline))
      return error;
  }
  llvm::Expected<std::optional<Report>> report =
      reportOf(gate, request, options);
  if (!report)
    return report.takeError();
  if (!*report)
    return std::optional<Judged>();
  llvm::Expected<ModelVerdict> verdict =
      judge(**report, baseline ? &baseline->report : nullptr, baselineFile,
            gate.limits, leastShare);
  if (!verdict)
    return verdict.takeError();
  Judged judged{std::move(*verdict), {}};
  if (baseline)
    judged.notes = versionNotes(**report, baseline->report, baselineFile);
  return std::optional<Judged>(std::move(judged));
}

/// Says which models of a budget were not given.
std::vector<std::string> unusedNotes(const Budget &budget,
                                     llvm::ArrayRef<Gate> gates) {
  std::vector<std::string> paths;
  for (const Gate &gate : gates)
    paths.push_back(gate.path);
  std::vector<llvm::StringRef> given(paths.begin(), paths.end());
  std::vector<std::string> notes;
  for (const std::string &name : unusedModels(budget, paths)) {
    std::vector<llvm::StringRef> near = nearestNames(name, given);
    notes.push_back(
        "model '" + name + "' of the budget was not given" +
        (near.empty() ? "" : "; did you mean " + quotedList(near) + "?"));
  }
  return notes;
}

int exitCodeOf(Outcome outcome) {
  switch (outcome) {
  case Outcome::Kept:
    return exitFine;
  case Outcome::Undecided:
    return exitIncomplete;
  case Outcome::Exceeded:
    return exitViolated;
  }
  return exitFailure;
}

int run() {
  console.apply();
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
  // All kernels are compared.
  request->top = 0;
  llvm::Expected<std::optional<double>> leastShare = minCoverage.share();
  if (!leastShare)
    return fail(leastShare.takeError());
  llvm::Expected<std::vector<Gate>> gates = findGates(*budget);
  if (!gates)
    return fail(gates.takeError());

  std::vector<std::optional<Judged>> judged(gates->size());
  int exitCode = runOnModels(
      gates->size(), jobs, console,
      [&](size_t index, llvm::raw_ostream &errors) -> int {
        LoadedModel::Options options{&errors, console.isQuiet(),
                                     /*hasThreads=*/gates->size() == 1};
        llvm::Expected<std::optional<Judged>> one =
            judgeGate((*gates)[index], *budget, *request, *leastShare, options);
        if (!one)
          return fail(one.takeError(), errors);
        judged[index] = std::move(*one);
        return judged[index] ? exitFine : exitFailure;
      });
  // A verdict on some of the models would pass for one on all.
  if (exitCode != exitFine)
    return exitCode;

  Verdict verdict;
  verdict.budgetFile = budgetFile;
  verdict.toolVersion = toolVersion().str();
  for (std::optional<Judged> &one : judged) {
    verdict.models.push_back(std::move(one->verdict));
    llvm::append_range(verdict.notes, one->notes);
  }
  llvm::append_range(verdict.notes, unusedNotes(*budget, *gates));
  if (llvm::Error error = writeOutput(
          output, [&](llvm::raw_ostream &os) { print(os, verdict); }))
    return fail(std::move(error));
  return exitCodeOf(verdict.outcome());
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
      "  roofline check models/ --budget=budget.yaml -j4\n"
      "  roofline check model.mlir --budget=budget.yaml --min-coverage=95\n",
      run};
  return command;
}

} // namespace roofline
