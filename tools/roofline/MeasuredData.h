//===- MeasuredData.h - The data of accuracy and calibrate ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TOOLS_ROOFLINE_MEASUREDDATA_H
#define ROOFLINE_TOOLS_ROOFLINE_MEASUREDDATA_H

#include "roofline/Calibration/Measurements.h"
#include "roofline/Target/Target.h"

#include "llvm/Support/CommandLine.h"

namespace roofline {

/// The target called `name`, which `--target` gives. Fails where it gives none.
llvm::Expected<std::shared_ptr<const Target>>
findMeasuredTarget(const std::string &name, llvm::ArrayRef<std::string> files,
                   bool allowLowConfidence);

/// The options that say which rows there are: `--data`, `--op`, `--dtype`.
class DataOptions {
public:
  explicit DataOptions(llvm::cl::SubCommand &command);

  llvm::cl::list<std::string> files;
  /// All where they name none.
  llvm::cl::list<std::string> ops;
  llvm::cl::list<std::string> dtypes;
};

/// The rows that are of `target`; what was done with the others is added to
/// `notes`. Fails where no file is given, and on an op or a type that no row
/// has.
llvm::Expected<std::vector<MeasuredRow>>
readMeasuredData(const DataOptions &options, llvm::StringRef target,
                 std::vector<std::string> &notes);

} // namespace roofline

#endif // ROOFLINE_TOOLS_ROOFLINE_MEASUREDDATA_H
