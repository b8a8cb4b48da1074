//===- ReportSource.cpp - The report of a model file ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReportSource.h"

#include "LoadedModel.h"

namespace roofline {

mlir::FailureOr<Report> reportOfModel(llvm::StringRef path,
                                      ReportRequest request,
                                      const TargetPtrs &targets) {
  LoadedModel loaded(path);
  request.file = path.str();
  request.top = 0;
  return buildReport(loaded.module(), request, targets);
}

} // namespace roofline
