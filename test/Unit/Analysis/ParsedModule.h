//===- ParsedModule.h - A module for tests of analyses ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_ANALYSIS_PARSEDMODULE_H
#define ROOFLINE_TEST_UNIT_ANALYSIS_PARSEDMODULE_H

#include "roofline/Analysis/ExecutionCounts.h"
#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/IR/RooflineDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

namespace roofline {

/// A test with a module of upstream dialects.
class ParsedModule : public testing::Test {
protected:
  ParsedModule() {
    mlir::DialectRegistry registry;
    registry.insert<mlir::arith::ArithDialect, mlir::cf::ControlFlowDialect,
                    mlir::func::FuncDialect, mlir::linalg::LinalgDialect,
                    mlir::math::MathDialect, mlir::scf::SCFDialect,
                    mlir::tensor::TensorDialect, RooflineDialect>();
    registerAllExternalModels(registry);
    context.appendDialectRegistry(registry);
    context.loadDialect<RooflineDialect>();
    context.allowUnregisteredDialects();
    lookup.emplace(&context, DemandOptions());
  }

  void parse(llvm::StringRef source) {
    module = mlir::parseSourceString<mlir::ModuleOp>(source, &context);
    ASSERT_TRUE(module) << source.str();
  }

  mlir::Operation *function(llvm::StringRef name = "main") {
    return module->lookupSymbol(name);
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::optional<DemandLookup> lookup;
};

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_ANALYSIS_PARSEDMODULE_H
