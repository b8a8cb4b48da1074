//===- Driver.h - From a file to a report -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What every command and the report pass share: a model is loaded, its demand
// counted, and put on targets.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DRIVER_DRIVER_H
#define ROOFLINE_DRIVER_DRIVER_H

#include "roofline/Analysis/ExecutionCounts.h"
#include "roofline/Model/CustomCallTable.h"
#include "roofline/Report/Report.h"
#include "roofline/Target/TargetRegistry.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include "llvm/Support/Regex.h"

namespace roofline {

using TargetPtrs = std::vector<std::shared_ptr<const Target>>;

/// What a user asks of a report.
struct ReportRequest {
  /// The name of the file in the report.
  std::string file;
  /// Function to count; empty picks one (see `findEntry`).
  std::string entry;
  DemandOptions demand;
  TripCounts tripCounts;
  /// Arguments that are weights, by name (see `argumentName`) instead of by how
  /// they are used (A11); null for the latter.
  std::shared_ptr<const llvm::Regex> weights;
  /// Which ops run as one launch.
  Fusion fusion = Fusion::Library;
  /// How kernels get onto the device, as-is apart.
  Launching launching = Launching::Queued;
  /// Hottest ops and kernels to list; 0 lists all.
  size_t top = 10;
  /// Whether the report has the kernels in program order, too. All of them are
  /// listed then.
  bool sequence = false;
};

/// Finds `names` among the files, the search path of the environment and the
/// built-in targets, in that order. Fails with a message ready to print.
llvm::Expected<TargetPtrs> findTargets(llvm::ArrayRef<std::string> names,
                                       llvm::ArrayRef<std::string> files,
                                       bool allowLowConfidence);

/// Reads what custom calls cost from `files`; null where there are none. Fails
/// with a message ready to print.
llvm::Expected<std::shared_ptr<const CustomCallTable>>
readCustomCalls(llvm::ArrayRef<std::string> files);

/// Emits an error and fails where a bound trip count names none of `loops`.
mlir::LogicalResult checkTripCounts(mlir::ModuleOp module,
                                    const TripCounts &tripCounts,
                                    llvm::ArrayRef<Loop> loops);

/// Emits the error of a context that has no models of ops.
void emitNoModels(mlir::Operation *op);

/// Counts `module` and puts it on `targets`. Emits diagnostics and fails where
/// there is nothing to count, where extents overflow, or where a bound trip
/// count names no loop.
mlir::FailureOr<Report> buildReport(mlir::ModuleOp module,
                                    const ReportRequest &request,
                                    const TargetPtrs &targets);

/// The name of an argument of the entry: that which the framework gave it, else
/// `arg0` and so on.
std::string argumentName(mlir::BlockArgument argument);

/// Prints an op's location for a report: `file:line:col`, or the name that the
/// framework gave it.
std::string locationText(mlir::Location location);

} // namespace roofline

#endif // ROOFLINE_DRIVER_DRIVER_H
