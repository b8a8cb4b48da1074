//===- AccuracyCommand.cpp - roofline accuracy ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "MeasuredData.h"

#include "roofline/Calibration/Accuracy.h"
#include "roofline/Driver/Output.h"
#include "roofline/Report/AccuracyView.h"

#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("accuracy", "compare estimates with measured times");

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

int run() {
  llvm::Expected<std::shared_ptr<const Target>> found =
      findMeasuredTarget(targetName, targetFiles, allowLowConfidence);
  if (!found)
    return fail(found.takeError());
  const Target &target = **found;
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
      "are off, by op, type and class of shapes.\n\n"
      "Examples:\n"
      "  roofline accuracy --target=h200 --data=gemm.csv\n"
      "  roofline accuracy --target=h200 --data=gemm_perf.txt "
      "--data=nccl_perf.txt --svg=accuracy.svg\n"
      "  roofline accuracy --target=ascend-910b2 --data=op_summary.csv "
      "--format=json\n",
      run};
  return command;
}

} // namespace roofline
