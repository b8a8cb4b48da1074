//===- PortCommand.cpp - roofline port ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "LoadedModel.h"

#include "roofline/Check/CheckViews.h"
#include "roofline/Driver/Output.h"
#include "roofline/Driver/Porting.h"
#include "roofline/Report/PortingView.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand
    subcommand("port", "say what it takes to move a model to another target");

ModelArgument model(subcommand);

cl::opt<std::string> from("from", cl::value_desc("target"),
                          cl::desc("Target that the model runs on now"),
                          cl::sub(subcommand), cl::cat(optionCategory()));
cl::opt<std::string> to("to", cl::value_desc("target"),
                        cl::desc("Target that it is moved to"),
                        cl::sub(subcommand), cl::cat(optionCategory()));
TargetFilesOption targetFiles(subcommand);
LowConfidenceOption allowLowConfidence(subcommand);

PortingOptions portingOptions(subcommand);
cl::opt<std::string>
    explain("explain", cl::value_desc("finding"),
            cl::desc("Explain a finding, by its number, its rule or its op; "
                     "without a model, a rule"),
            cl::sub(subcommand), cl::cat(optionCategory()));

ModelOptions modelOptions(subcommand);
/// Formats of a port.
enum class PortFormat { Text, Json, Sarif };
cl::opt<PortFormat>
    format("format", cl::desc("Format of the output"),
           cl::init(PortFormat::Text),
           cl::values(clEnumValN(PortFormat::Text, "text", "for people"),
                      clEnumValN(PortFormat::Json, "json", "for programs"),
                      clEnumValN(PortFormat::Sarif, "sarif",
                                 "SARIF 2.1.0, for code scanning")),
           cl::sub(subcommand), cl::cat(optionCategory()));
cl::opt<unsigned>
    top("top", cl::value_desc("n"), cl::init(PortingViewOptions().top),
        cl::desc("Findings to list in text, 0 for all; others list all"),
        cl::sub(subcommand), cl::cat(optionCategory()));
OutputOption output(subcommand);

/// The help page of a rule, which needs no model.
int explainRule() {
  const PortingRule *rule = findPortingRule(explain);
  if (!rule)
    return fail(llvm::createStringError(
        "--explain: '%s' is no rule, and there is no model whose findings it "
        "may be; rules are %s to %s",
        explain.c_str(), portingRules().front().id.data(),
        portingRules().back().id.data()));
  llvm::Expected<EffortTable> efforts = portingOptions.efforts();
  if (!efforts)
    return fail(efforts.takeError());
  std::string text;
  llvm::raw_string_ostream os(text);
  printRule(os, *rule, *efforts);
  if (llvm::Error error = writeOutput(output, text))
    return fail(std::move(error));
  return exitFine;
}

void print(llvm::raw_ostream &os, const PortingReport &porting) {
  switch (format.getValue()) {
  case PortFormat::Text: {
    PortingViewOptions options;
    options.top = top;
    options.useColor =
        output == "-" && llvm::sys::Process::StandardOutHasColors();
    return printPorting(os, porting, options);
  }
  case PortFormat::Json:
    return printPortingJson(os, porting);
  case PortFormat::Sarif: {
    Report report;
    report.toolVersion = porting.toolVersion;
    report.model = porting.model;
    addPort(report, porting);
    return printPortsSarif(os, report);
  }
  }
}

int run() {
  if (model.empty() && !explain.empty())
    return explainRule();
  if (model.empty())
    return fail(llvm::createStringError(
        "expected a model file, or - for standard input; see roofline port "
        "--help"));
  for (const cl::opt<std::string> *option : {&from, &to})
    if (option->empty())
      return fail(llvm::createStringError(
          "expected --%s with the name of a target; see roofline targets",
          option->ArgStr.str().c_str()));
  llvm::Expected<ReportRequest> graph = modelOptions.request();
  if (!graph)
    return fail(graph.takeError());
  PortingNames names =
      portingOptions.names(from, targetFiles, allowLowConfidence);
  names.to = to;
  llvm::Expected<PortingRequest> request = resolvePorting(names);
  if (!request)
    return fail(request.takeError());
  request->graph = std::move(*graph);
  request->graph.file = model;
  // Ops are listed by signature, not one by one.
  request->graph.top = 1;

  LoadedModel loaded(model);
  mlir::FailureOr<PortingReport> report =
      buildPorting(loaded.module(), *request);
  if (failed(report))
    return exitFailure;

  std::string text;
  llvm::raw_string_ostream os(text);
  if (explain.empty())
    print(os, *report);
  else if (llvm::Error error = explainFindings(os, *report, explain))
    return fail(std::move(error));
  if (llvm::Error error = writeOutput(output, text))
    return fail(std::move(error));
  return exitFine;
}

} // namespace

const Command &portCommand() {
  static const Command command = {
      &subcommand,
      "Judges every kernel of a model on another target: what runs there, what "
      "is missing, what that costs in time and in work.\n\n"
      "Examples:\n"
      "  roofline port model.mlir --from=h200 --to=ascend-910c\n"
      "  roofline port model.mlir --from=h200 --to=ascend-910b3 "
      "--release=cann=8.2.RC1 --no-community\n"
      "  roofline port model.mlir --from=h200 --to=ascend-910c --explain=1\n"
      "  roofline port --explain=RF1012\n",
      run};
  return command;
}

} // namespace roofline
