//===- ReportSource.h - The report of a model file --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TOOLS_ROOFLINE_REPORTSOURCE_H
#define ROOFLINE_TOOLS_ROOFLINE_REPORTSOURCE_H

#include "roofline/Driver/Driver.h"

namespace roofline {

/// Counts the model in `path` with all of its kernels on `targets`. What is
/// wrong has been said on standard error where it fails.
mlir::FailureOr<Report> reportOfModel(llvm::StringRef path,
                                      ReportRequest request,
                                      const TargetPtrs &targets);

} // namespace roofline

#endif // ROOFLINE_TOOLS_ROOFLINE_REPORTSOURCE_H
