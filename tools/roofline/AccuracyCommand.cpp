//===- AccuracyCommand.cpp - roofline accuracy ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
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

cl::list<std::string>
    targetFiles("target-file", cl::value_desc("file"),
                cl::desc("Target file that comes before the built-in ones"),
                cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<bool> allowLowConfidence(
    "allow-low-confidence",
    cl::desc("Give times for targets whose files are not to be trusted"),
    cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<std::string>
    dataFiles("data", cl::value_desc("file"),
              cl::desc("Measured times: op,dtype,shape,us, or an export of "
                       "Nsight Systems, msprof or AIConfigurator"),
              cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<std::string> ops("op", cl::value_desc("name,..."), cl::CommaSeparated,
                          cl::desc("Ops to compare; all by default"),
                          cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<std::string> dtypes("dtype", cl::value_desc("name,..."),
                             cl::CommaSeparated,
                             cl::desc("Types to compare; all by default"),
                             cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<Reference> reference(
    "reference", cl::desc("What stands for several rows of one shape"),
    cl::init(Reference::Minimum),
    cl::values(clEnumValN(Reference::Minimum, "min", "the fastest of them"),
               clEnumValN(Reference::Median, "median", "their median"),
               clEnumValN(Reference::Each, "each", "every row for itself")),
    cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<ReportFormat>
    format("format", cl::desc("Format of the output"),
           cl::init(ReportFormat::Text),
           cl::values(clEnumValN(ReportFormat::Text, "text", "for people"),
                      clEnumValN(ReportFormat::Json, "json", "for programs")),
           cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<unsigned> rows("rows", cl::value_desc("n"),
                       cl::desc("Largest errors to list; 10 by default"),
                       cl::init(10), cl::sub(subcommand),
                       cl::cat(optionCategory()));

cl::opt<std::string> plot("svg", cl::value_desc("file"),
                          cl::desc("File for a plot of measured against "
                                   "estimated times"),
                          cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string> output("o", cl::value_desc("file"),
                            cl::desc("File to write; - is standard output"),
                            cl::init("-"), cl::sub(subcommand),
                            cl::cat(optionCategory()));

int run() {
  llvm::Expected<std::shared_ptr<const Target>> found =
      findMeasuredTarget(targetName, targetFiles, allowLowConfidence);
  if (!found)
    return fail(found.takeError());
  const Target &target = **found;
  std::vector<std::string> notes;
  llvm::Expected<std::vector<MeasuredRow>> measured =
      readMeasuredData({dataFiles, ops, dtypes}, target.getName(), notes);
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
