//===- ReportPass.cpp - Write the report of a module ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDiagnostics.h"

#include "roofline/Driver/Output.h"
#include "roofline/IR/RooflineDialect.h"
#include "roofline/Transforms/Passes.h"

namespace roofline {

#define GEN_PASS_DEF_ROOFLINEREPORTPASS
#include "roofline/Transforms/Passes.h.inc"

namespace {

struct ReportPass : impl::RooflineReportPassBase<ReportPass> {
  using RooflineReportPassBase::RooflineReportPassBase;

  void runOnOperation() override {
    TargetPtrs machines;
    if (!targets.empty()) {
      mlir::FailureOr<TargetPtrs> found = findTargetsForPass(
          getOperation(), targets, targetFiles, allowLowConfidence);
      if (failed(found))
        return signalPassFailure();
      machines = std::move(*found);
    }
    if (top < 0) {
      mlir::emitError(getOperation().getLoc())
          << "expects 'top' to be 0 or more, got " << top.getValue();
      return signalPassFailure();
    }
    mlir::FailureOr<DemandOptions> options =
        demandOptionsForPass(getOperation(), f32, customCalls);
    if (failed(options))
      return signalPassFailure();
    ReportRequest request;
    request.file = fileOf(getOperation());
    request.entry = entry;
    request.demand = std::move(*options);
    request.fusion = fusion;
    request.launching = launching;
    request.top = static_cast<size_t>(top);
    mlir::FailureOr<Report> report =
        buildReport(getOperation(), request, machines);
    if (failed(report))
      return signalPassFailure();
    if (llvm::Error error =
            writeReport(*report, format, ViewOptions(), output)) {
      mlir::emitError(getOperation().getLoc())
          << llvm::toString(std::move(error));
      return signalPassFailure();
    }
    markAllAnalysesPreserved();
  }
};

} // namespace

} // namespace roofline
