//===- Porting.h - From a module to what it takes to move it ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DRIVER_PORTING_H
#define ROOFLINE_DRIVER_PORTING_H

#include "roofline/Driver/Driver.h"
#include "roofline/Report/PortingReport.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace roofline {

/// From where to where, and what is known of the software.
struct PortingRequest {
  /// What is counted, and how kernels are formed and launched.
  ReportRequest graph;
  std::shared_ptr<const Target> from;
  std::shared_ptr<const Target> to;
  std::shared_ptr<const Catalogue> catalogue;
  /// Stacks and the releases of them that are installed on the target; of
  /// others the latest is taken.
  std::vector<std::pair<std::string, SoftwareVersion>> releases;
  bool includesCommunity = true;
  EffortTable efforts;
};

/// What a user names of a `PortingRequest`.
struct PortingNames {
  std::string from;
  std::string to;
  std::vector<std::string> targetFiles;
  bool allowLowConfidence = false;
  std::vector<std::string> catalogueFiles;
  /// Empty for the default.
  std::string effortFile;
  /// `cann=8.2.RC1`.
  std::vector<std::string> releases;
  bool includesCommunity = true;
};

/// Finds and reads what `names` names. Fails with a message ready to print.
llvm::Expected<PortingRequest> resolvePorting(const PortingNames &names);

/// The same without `PortingNames::to`, which is not read: where the graph is
/// moved to is left open.
llvm::Expected<PortingRequest> resolvePortingFrom(const PortingNames &names);

/// Sees what became of an op: `op` stands for the kernel where the finding is
/// about one.
using JudgedOpVisitor =
    llvm::function_ref<void(mlir::Operation *op, const JudgedOp &judged)>;

/// Judges every kernel of `module`, times it on both targets, and puts that
/// together. `visit` may be null. Emits diagnostics and fails as `buildReport`
/// does.
mlir::FailureOr<PortingReport> buildPorting(mlir::ModuleOp module,
                                            const PortingRequest &request,
                                            JudgedOpVisitor visit = nullptr);

/// Puts `request.from` before `targets` if it is none of them.
void addSource(TargetPtrs &targets, const PortingRequest &request);

/// Adds to `report`, which `buildReport` made of `module`, `request.graph` and
/// `targets`, what it takes to move the graph from `request.from`, one of them,
/// to each of the others. `request.to` is not read.
mlir::LogicalResult addPorts(Report &report, mlir::ModuleOp module,
                             PortingRequest request, const TargetPtrs &targets);

} // namespace roofline

#endif // ROOFLINE_DRIVER_PORTING_H
