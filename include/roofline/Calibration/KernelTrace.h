//===- KernelTrace.h - What a profiler saw a device run ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Profilers write what ran on a device in formats of their own. All become one
// list of launches in order of start, which knows nothing of its format.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_KERNELTRACE_H
#define ROOFLINE_CALIBRATION_KERNELTRACE_H

#include "roofline/Model/FileError.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace roofline {

/// What a kernel is called. One line of UTF-8 that can be printed.
struct TraceName {
  /// As the device knows it: `nvjet_tst_128x256_64x4_1x2_h_bz_coopA_TNT`.
  std::string text;
  /// The operator that it is, where the profiler says: `MatMulV2`.
  std::string type;

  friend bool operator==(const TraceName &lhs, const TraceName &rhs) {
    return lhs.text == rhs.text && lhs.type == rhs.type;
  }
};

/// One launch, copies and fills of memory among them.
struct TraceKernel {
  /// Index of `KernelTrace::names`.
  uint32_t name = 0;
  /// The queue that it ran in, by the profiler's number.
  int64_t stream = 0;
  /// Seconds since the first launch began.
  double start = 0;
  double seconds = 0;
};

/// A part of the time on the device that the user marked: an annotation of
/// torch.profiler, an NVTX range, a step.
struct TraceRange {
  std::string name;
  /// Seconds since the first launch began.
  double begin = 0;
  double end = 0;
};

/// What ran on one device.
struct KernelTrace {
  std::string file;
  /// What the file is, for a note: `Kineto`.
  std::string format;
  std::vector<TraceName> names;
  /// By start, then in the order of the file.
  std::vector<TraceKernel> kernels;
  /// By begin, then by name; those of one name do not overlap.
  std::vector<TraceRange> ranges;
  /// Names of ranges that mark the host's time only.
  std::vector<std::string> hostRanges;
  /// What a reader should know: what is left out.
  std::vector<std::string> notes;
};

/// Reads `text`, called `file` in diagnostics: the JSON of torch.profiler
/// (Kineto), of torch_npu or msprof, and of XLA's profiler; an export of Nsight
/// Systems as SQLite (where the build has it) or as `cuda_gpu_trace` CSV;
/// `op_summary` or `kernel_details` CSV of Ascend. Of several devices the one
/// that is busy for longest is kept. Fails, with a place, on a file that is
/// none of these, that ends too soon, on times that are no times, and where no
/// kernel ran.
llvm::Expected<KernelTrace> readKernelTrace(llvm::StringRef text,
                                            llvm::StringRef file);

/// The same for the file at `path`.
llvm::Expected<KernelTrace> readKernelTraceFile(const std::string &path);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_KERNELTRACE_H
