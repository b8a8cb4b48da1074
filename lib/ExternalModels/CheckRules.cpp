//===- CheckRules.cpp - Demand of expectations ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `check` ops compare the results of a graph with what a test expects. They are
// no part of the model and cost nothing (A36).
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/Interfaces/OpRuleRegistry.h"

namespace roofline {

namespace {

constexpr llvm::StringLiteral expectations[] = {
    "check.expect_almost_eq", "check.expect_almost_eq_const",
    "check.expect_close",     "check.expect_eq",
    "check.expect_eq_const",  "check.expect_false",
    "check.expect_true",
};

} // namespace

void registerCheckRules(mlir::DialectRegistry &registry) {
  addOpRules(registry, [](OpRuleRegistry &rules) {
    for (llvm::StringRef name : expectations)
      rules.add(name, {[](mlir::Operation *,
                          const DemandOptions &) -> KnownOr<Compute> {
                         return noCompute(Structure::View);
                       },
                       [](mlir::Operation *op, const DemandOptions &) {
                         return noTraffic(op);
                       }});
  });
}

} // namespace roofline
