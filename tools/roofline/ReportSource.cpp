//===- ReportSource.cpp - The report of a model file ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReportSource.h"

namespace roofline {

mlir::FailureOr<Report> reportOfModel(const std::string &path,
                                      ReportRequest request,
                                      const TargetPtrs &targets,
                                      const std::optional<PortingRequest> &move,
                                      const LoadedModel::Options &options) {
  std::unique_ptr<LoadedModel> loaded = LoadedModel::load(path, options);
  if (!loaded)
    return mlir::failure();
  request.file = path;
  mlir::FailureOr<Report> report =
      buildReport(loaded->module(), request, targets);
  if (failed(report) || !move)
    return report;
  PortingRequest ported = *move;
  ported.graph = std::move(request);
  if (failed(addPorts(*report, loaded->module(), std::move(ported), targets)))
    return mlir::failure();
  return report;
}

} // namespace roofline
