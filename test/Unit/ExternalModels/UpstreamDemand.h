//===- UpstreamDemand.h - Demand of ops in a piece of IR --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_EXTERNALMODELS_UPSTREAMDEMAND_H
#define ROOFLINE_TEST_UNIT_EXTERNALMODELS_UPSTREAMDEMAND_H

#include "roofline/Interfaces/DemandLookup.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <gtest/gtest.h>

namespace roofline {

/// Parses IR of the dialects that MLIR ships and asks for the demand of its
/// ops.
class UpstreamDemand : public ::testing::Test {
protected:
  UpstreamDemand();

  /// Parses `source`, which replaces what was parsed before.
  void parse(llvm::StringRef source);
  /// The op number `index` of a name, in the order of the text.
  mlir::Operation *find(llvm::StringRef opName, unsigned index = 0);

  KnownOr<Demand> demand(llvm::StringRef opName, unsigned index = 0);
  /// Parses `source` and returns the known demand of the first op of a name.
  Demand demandOf(llvm::StringRef source, llvm::StringRef opName);
  /// Why the demand of the first op of a name is not known.
  Unknown unknownOf(llvm::StringRef source, llvm::StringRef opName);

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  DemandOptions options;
};

/// The extents of a contraction.
ContractionShape shape(uint64_t batch, uint64_t m, uint64_t n, uint64_t k);
/// Work on one unit.
Count ops(const Demand &demand, Unit unit, ElementType type);
/// Work on all units.
Count totalOps(const Demand &demand);

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_EXTERNALMODELS_UPSTREAMDEMAND_H
