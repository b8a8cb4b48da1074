//===- AccuracyCommand.cpp - roofline accuracy ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "LoadedModel.h"
#include "MeasuredData.h"

#include "roofline/Calibration/Accuracy.h"
#include "roofline/Driver/EstimatedRun.h"
#include "roofline/Driver/Output.h"
#include "roofline/Report/AccuracyView.h"
#include "roofline/Report/TraceView.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("accuracy", "compare estimates with measured times");

cl::opt<std::string> model(cl::Positional,
                           cl::desc("<model file, with --trace>"),
                           cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string>
    traceFile("trace", cl::value_desc("file"),
              cl::desc("Trace of the model, which is compared kernel by "
                       "kernel: JSON of torch.profiler, torch_npu or XLA, "
                       "SQLite of Nsight Systems, op_summary or "
                       "kernel_details of Ascend"),
              cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string>
    traceRange("trace-range", cl::value_desc("name"),
               cl::desc("Range of the trace that is one run; by default "
                        "ProfilerStep, or what repeats"),
               cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<unsigned>
    traceRuns("trace-runs", cl::value_desc("n"),
              cl::desc("Runs in what repeats in the trace; 1 takes it as a "
                       "whole"),
              cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string> targetName("target", cl::value_desc("name"),
                                cl::desc("Target whose estimates are compared"),
                                cl::sub(subcommand), cl::cat(optionCategory()));

TargetFilesOption targetFiles(subcommand);

LowConfidenceOption allowLowConfidence(subcommand);

DataOptions data(subcommand);

cl::opt<Reference> reference(
    "reference", cl::desc("What stands for several rows of one shape"),
    cl::init(Reference::Minimum),
    cl::values(clEnumValN(Reference::Minimum, "min", "the fastest of them"),
               clEnumValN(Reference::Median, "median", "their median"),
               clEnumValN(Reference::Each, "each", "every row for itself")),
    cl::sub(subcommand), cl::cat(optionCategory()));

TextOrJsonOption format(subcommand);

cl::opt<unsigned> rows("rows", cl::value_desc("n"),
                       cl::desc("Largest errors to list; 10 by default"),
                       cl::init(10), cl::sub(subcommand),
                       cl::cat(optionCategory()));

cl::opt<std::string> plot("svg", cl::value_desc("file"),
                          cl::desc("File for a plot of measured against "
                                   "estimated times"),
                          cl::sub(subcommand), cl::cat(optionCategory()));

OutputOption output(subcommand);

ModelOptions modelOptions(subcommand);

/// Fails where one of the options called `names` is given.
llvm::Error refuse(llvm::ArrayRef<const char *> names, const char *reason) {
  for (const char *name : names) {
    auto option = subcommand.OptionsMap.find(name);
    if (option != subcommand.OptionsMap.end() &&
        option->second->getNumOccurrences() > 0)
      return llvm::createStringError("--%s %s", name, reason);
  }
  return llvm::Error::success();
}

/// Fails on options of one way of comparing that are given with the other.
llvm::Error checkOptions() {
  if (traceFile.empty()) {
    if (!model.empty())
      return llvm::createStringError(
          "a model is compared with a trace of it; give one with --trace=FILE");
    return refuse({"trace-range", "trace-runs", "entry", "trip-count",
                   "weights", "f32", "fusion", "launch", "custom-calls"},
                  "is for the model of a trace; give both: MODEL --trace=FILE");
  }
  if (model.empty())
    return llvm::createStringError(
        "--trace expects the model that was traced, too: roofline accuracy "
        "MODEL --target=NAME --trace=FILE");
  if (!traceRange.empty() && traceRuns.getNumOccurrences() > 0)
    return llvm::createStringError(
        "--trace-range and --trace-runs both say what one run is; give one of "
        "them");
  return refuse({"data", "op", "dtype", "reference", "svg"},
                "is for measured rows, not for a trace");
}

int compareTrace(const Target &target) {
  llvm::Expected<ReportRequest> request = modelOptions.request();
  if (!request)
    return fail(request.takeError());
  llvm::Expected<KernelTrace> trace = readKernelTraceFile(traceFile);
  if (!trace)
    return fail(trace.takeError());
  LoadedModel loaded(model);
  std::vector<std::string> notes;
  mlir::FailureOr<EstimatedRun> estimated =
      estimateRun(loaded.module(), *request, target, notes);
  if (failed(estimated))
    return exitFailure;
  StepRequest wanted = requestAnchors(*estimated);
  wanted.range = traceRange;
  wanted.runs = traceRuns;
  llvm::Expected<TraceStep> step = takeStep(*trace, wanted);
  if (!step)
    return fail(step.takeError());
  TraceComparison comparison = compareWithTrace(*estimated, *trace, *step);
  comparison.model = model;
  comparison.target = target.getName().str();
  llvm::append_range(comparison.notes, notes);
  if (llvm::Error error = writeOutput(output, [&](llvm::raw_ostream &os) {
        if (format == ReportFormat::Json)
          printTraceComparisonJson(os, comparison);
        else
          printTraceComparison(os, comparison, rows);
      }))
    return fail(std::move(error));
  return exitFine;
}

int run() {
  if (llvm::Error error = checkOptions())
    return fail(std::move(error));
  llvm::Expected<std::shared_ptr<const Target>> found =
      findMeasuredTarget(targetName, targetFiles, allowLowConfidence);
  if (!found)
    return fail(found.takeError());
  const Target &target = **found;
  if (!traceFile.empty())
    return compareTrace(target);
  std::vector<std::string> notes;
  llvm::Expected<std::vector<MeasuredRow>> measured =
      readMeasuredData(data, target.getName(), notes);
  if (!measured)
    return fail(measured.takeError());
  AccuracyReport report =
      compareWorks(measuredWorks(*measured, reference), target.getMachine());
  report.target = target.getName().str();
  report.reference = reference;
  report.notes = std::move(notes);
  if (!plot.empty())
    if (llvm::Error error = writeOutput(plot, [&](llvm::raw_ostream &os) {
          printAccuracyPlot(os, report);
        }))
      return fail(std::move(error));
  if (llvm::Error error = writeOutput(output, [&](llvm::raw_ostream &os) {
        if (format == ReportFormat::Json)
          printAccuracyJson(os, report, rows);
        else
          printAccuracy(os, report, rows);
      }))
    return fail(std::move(error));
  return exitFine;
}

} // namespace

const Command &accuracyCommand() {
  static const Command command = {
      &subcommand,
      "Reads measured times of kernels and says how far the estimates for them "
      "are off, by op, type and class of shapes. With a model and a "
      "profiler's trace of it, compares the model's kernels with those of the "
      "trace.\n\n"
      "Examples:\n"
      "  roofline accuracy --target=h200 --data=gemm.csv\n"
      "  roofline accuracy --target=h200 --data=gemm_perf.txt "
      "--data=nccl_perf.txt --svg=accuracy.svg\n"
      "  roofline accuracy --target=ascend-910b2 --data=op_summary.csv "
      "--format=json\n"
      "  roofline accuracy model.mlir --target=h200 --trace=trace.json\n",
      run};
  return command;
}

} // namespace roofline
