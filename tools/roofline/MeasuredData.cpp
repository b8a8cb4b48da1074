//===- MeasuredData.cpp - The data of accuracy and calibrate --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MeasuredData.h"

#include "CommandLine.h"

#include "roofline/Driver/Driver.h"

#include "llvm/ADT/STLExtras.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

/// Keeps the rows whose `member` is among `names`, which `option` gives.
llvm::Error keepNamed(std::vector<MeasuredRow> &rows,
                      std::string MeasuredRow::*member, const char *option,
                      llvm::ArrayRef<std::string> names) {
  for (const std::string &name : names)
    if (llvm::none_of(
            rows, [&](const MeasuredRow &row) { return row.*member == name; }))
      return llvm::createStringError("%s: no row of the data has '%s'", option,
                                     name.c_str());
  if (!names.empty())
    llvm::erase_if(rows, [&](const MeasuredRow &row) {
      return !llvm::is_contained(names, row.*member);
    });
  return llvm::Error::success();
}

} // namespace

DataOptions::DataOptions(cl::SubCommand &command)
    : files("data", cl::value_desc("file"),
            cl::desc("Measured times: op,dtype,shape,us, or an export of "
                     "Nsight Systems, msprof or AIConfigurator"),
            cl::sub(command), cl::cat(optionCategory())),
      ops("op", cl::value_desc("name,..."), cl::CommaSeparated,
          cl::desc("Ops of the data to take; all by default"), cl::sub(command),
          cl::cat(optionCategory())),
      dtypes("dtype", cl::value_desc("name,..."), cl::CommaSeparated,
             cl::desc("Types of the data to take; all by default"),
             cl::sub(command), cl::cat(optionCategory())) {}

llvm::Expected<std::shared_ptr<const Target>>
findMeasuredTarget(const std::string &name, llvm::ArrayRef<std::string> files,
                   bool allowLowConfidence) {
  if (name.empty())
    return llvm::createStringError(
        "expected --target=NAME, what the data were measured on; see roofline "
        "targets");
  llvm::Expected<TargetPtrs> targets =
      findTargets({name}, files, allowLowConfidence);
  if (!targets)
    return targets.takeError();
  return targets->front();
}

llvm::Expected<std::vector<MeasuredRow>>
readMeasuredData(const DataOptions &options, llvm::StringRef target,
                 std::vector<std::string> &notes) {
  if (options.files.empty())
    return llvm::createStringError(
        "expected --data=FILE, a file of measured times");
  std::vector<MeasurementFile> measurements;
  for (const std::string &file : options.files) {
    llvm::Expected<MeasurementFile> read = readMeasurementFile(file);
    if (!read)
      return read.takeError();
    measurements.push_back(std::move(*read));
  }
  llvm::Expected<std::vector<MeasuredRow>> rows =
      selectHardware(std::move(measurements), target, notes);
  if (!rows)
    return rows.takeError();
  if (llvm::Error error =
          keepNamed(*rows, &MeasuredRow::op, "--op", options.ops))
    return error;
  if (llvm::Error error =
          keepNamed(*rows, &MeasuredRow::dtype, "--dtype", options.dtypes))
    return error;
  return rows;
}

} // namespace roofline
