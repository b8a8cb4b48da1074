//===- LoadedModel.h - A model file in memory -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TOOLS_ROOFLINE_LOADEDMODEL_H
#define ROOFLINE_TOOLS_ROOFLINE_LOADEDMODEL_H

#include "roofline/Driver/SourceDiagnostics.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include "llvm/Support/SourceMgr.h"

namespace roofline {

/// A module with the context that it is in and the text that it came from, so
/// that what is wrong with an op is shown with its line for as long as it
/// lives.
class LoadedModel {
public:
  /// Reads `path`; `-` is standard input. Where that cannot be parsed, says why
  /// on standard error and ends the process with the exit code of failure: what
  /// a parser that crashed leaves behind must not be cleaned up.
  explicit LoadedModel(llvm::StringRef path);

  mlir::ModuleOp module() { return *parsed; }

private:
  mlir::MLIRContext context;
  llvm::SourceMgr sources;
  SourceDiagnostics diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> parsed;
};

} // namespace roofline

#endif // ROOFLINE_TOOLS_ROOFLINE_LOADEDMODEL_H
