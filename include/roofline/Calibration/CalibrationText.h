//===- CalibrationText.h - Calibrations into target files -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_CALIBRATIONTEXT_H
#define ROOFLINE_CALIBRATION_CALIBRATIONTEXT_H

#include "roofline/Model/FileError.h"
#include "roofline/Model/TimeModel.h"

#include "llvm/ADT/ArrayRef.h"

namespace roofline {

/// A calibration as it is written.
struct CalibrationEntry {
  Calibration calibration;
  /// The name of the source that its numbers are from; empty where the file's
  /// own is right.
  std::string source;
  /// When and how it was fitted.
  std::string fitted;
};

/// `text`, the target file called `file`, with `entries` in its section
/// `calibration`: one that is there is replaced, others are added behind those
/// that are there, and a section is added where there is none. No other byte
/// changes. Fails on a section that is written in braces.
llvm::Expected<std::string>
withCalibrations(llvm::StringRef text, llvm::StringRef file,
                 llvm::ArrayRef<CalibrationEntry> entries);

/// A new target file of the name `target` that extends the one that has it by
/// `entries`. `sourceTitle` says where the data of those are from that name no
/// source.
std::string newTargetFile(llvm::StringRef target, llvm::StringRef sourceTitle,
                          std::vector<CalibrationEntry> entries);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_CALIBRATIONTEXT_H
