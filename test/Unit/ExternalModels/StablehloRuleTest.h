//===- StablehloRuleTest.h - Rules on ops given as text ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_EXTERNALMODELS_STABLEHLORULETEST_H
#define ROOFLINE_TEST_UNIT_EXTERNALMODELS_STABLEHLORULETEST_H

#include "roofline/Interfaces/DemandLookup.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace roofline {

/// Asks rules about ops in generic form, as unregistered ops.
class StablehloRuleTest : public ::testing::Test {
protected:
  StablehloRuleTest();

  /// Parses ops; the module lives until the next call. Null if that fails.
  mlir::ModuleOp parse(const std::string &source);
  /// The first op of that name in the parsed module.
  mlir::Operation *find(llvm::StringRef opName);

  /// The demand of the first op of that name as text:
  /// `contraction 1x2x3x4 matrix_bf16=48 read=20 written=4` (batch, m, n, k) or
  /// `malformed: the reason`.
  std::string demand(const std::string &source, llvm::StringRef opName,
                     DemandOptions options = {});

  /// The demand of an op on values of these types. `rest` is what stands
  /// between operands and types: properties, regions, attributes.
  std::string demandOf(const std::string &opName,
                       const std::vector<std::string> &operands,
                       const std::vector<std::string> &results,
                       const std::string &rest = "",
                       DemandOptions options = {});

  /// The text of such an op, after ops that make its operands.
  static std::string opText(const std::string &opName,
                            const std::vector<std::string> &operands,
                            const std::vector<std::string> &results,
                            const std::string &rest = "");

  /// The bodies of the first op of that name as text, one a line:
  /// `region 0 x 12`, `@callee x 1`, `region 1 x 1 alternative`.
  std::string bodies(const std::string &source, llvm::StringRef opName);

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

/// What rules answer, as text.
std::string toText(const KnownOr<Demand> &demand);

/// A region that applies an op to two scalars of a type: ` ({...})`.
std::string combiner(const std::string &opName, const std::string &scalar);

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_EXTERNALMODELS_STABLEHLORULETEST_H
