//===- ReportSource.h - The report of a model file --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TOOLS_ROOFLINE_REPORTSOURCE_H
#define ROOFLINE_TOOLS_ROOFLINE_REPORTSOURCE_H

#include "LoadedModel.h"

#include "roofline/Driver/Porting.h"

namespace roofline {

/// Counts the model in `path`, which becomes the name of the file, on
/// `targets`. Where there is a `move`, says what it takes from its target, one
/// of them, to each of the others. What is wrong has been said to
/// `options.errors` where it fails.
mlir::FailureOr<Report> reportOfModel(const std::string &path,
                                      ReportRequest request,
                                      const TargetPtrs &targets,
                                      const std::optional<PortingRequest> &move,
                                      const LoadedModel::Options &options);

} // namespace roofline

#endif // ROOFLINE_TOOLS_ROOFLINE_REPORTSOURCE_H
