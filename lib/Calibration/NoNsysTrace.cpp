//===- NoNsysTrace.cpp - Exports of Nsight Systems, left out --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TraceBuilder.h"

namespace roofline {

llvm::Expected<KernelTrace> readNsysTrace(llvm::StringRef,
                                          llvm::StringRef file) {
  return makeFileError(
      {file.str(), 0, 0},
      "a SQLite file, which this build cannot read; install SQLite "
      "(libsqlite3-dev) and build again, or export the trace as a table: nsys "
      "stats --report=cuda_gpu_trace --format=csv");
}

} // namespace roofline
