//===- Measurements.h - Measured times from files ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_MEASUREMENTS_H
#define ROOFLINE_CALIBRATION_MEASUREMENTS_H

#include "roofline/Model/FileError.h"

#include <map>
#include <string>
#include <vector>

namespace roofline {

/// One measured time.
struct MeasuredRow {
  /// What it ran on, as the file calls it: `H200_SXM`. Empty where the file
  /// does not say.
  std::string hardware;
  /// `gemm`, `attention_decode`, `rmsnorm`, ...: an op that `measuredWork`
  /// knows, or the name of a kernel.
  std::string op;
  /// `bf16`, `fp8_e4m3`, `bf16/kv_fp8`: of operands and, after a slash, cache.
  std::string dtype;
  /// Extents by name: `m`, `n`, `k`.
  std::map<std::string, std::string> shape;
  double seconds = 0;
  /// The library and version that ran, where known.
  std::string software;
  FileLocation where;

  /// `m=1;n=4096;k=4096`, sorted by name: the same for the same shape.
  std::string shapeText() const;
};

/// The rows of one file.
struct MeasurementFile {
  std::string name;
  /// What the file is, for a note: `AIConfigurator gemm`.
  std::string format;
  std::vector<MeasuredRow> rows;
  /// What a reader should know: columns that are not used.
  std::vector<std::string> notes;
};

/// Reads `text`, called `file` in diagnostics: comma-separated rows with the
/// columns `op`, `dtype`, `shape` (`m=1;n=4096;k=4096`) and `us` in any order,
/// and `hardware` and `software` if present; or an export of Nsight Systems
/// (`cuda_gpu_kern_sum`, `cuda_gpu_trace`), msprof (`op_summary`) or
/// AIConfigurator (`*_perf`), which are told by their headers. Fails, with a
/// place, on a file that is none of these, on a row that cannot be read, and on
/// a time that is no positive number.
llvm::Expected<MeasurementFile> readMeasurements(llvm::StringRef text,
                                                 llvm::StringRef file);

/// The same for the file at `path`.
llvm::Expected<MeasurementFile> readMeasurementFile(const std::string &path);

/// The name of a chip as target files write it: lower case, without the
/// vendor, form factor and capacity of memory. `NVIDIA A100-SXM4-80GB` gives
/// `a100`, `ASCEND_910B_24CORE` `ascend-910b2`.
std::string normalizedHardware(llvm::StringRef name);

/// Keeps the rows that `target` is the subject of and says in `notes` what was
/// done: all rows of a file that names one chip or none, whichever it is; those
/// of the target in a file that names several. Fails where a file names several
/// chips and none of them is the target.
llvm::Expected<std::vector<MeasuredRow>>
selectHardware(std::vector<MeasurementFile> files, llvm::StringRef target,
               std::vector<std::string> &notes);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_MEASUREMENTS_H
