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

#include <memory>

namespace roofline {

/// A module with the context that it is in and the text that it came from, so
/// that what is wrong with an op is shown with its line for as long as it
/// lives.
class LoadedModel {
public:
  /// Reads `path`; `-` is standard input. Where that cannot be parsed, says why
  /// on standard error and ends the process with the exit code of failure: what
  /// a parser that crashed leaves behind must not be cleaned up. Where
  /// `isQuiet`, errors are all that it ever says.
  explicit LoadedModel(llvm::StringRef path, bool isQuiet = false);

  /// How one of several models is read.
  struct Options {
    /// Where diagnostics go for as long as the model lives.
    llvm::raw_ostream *errors;
    /// Errors only.
    bool isQuiet = false;
    /// Whether the context has threads of its own.
    bool hasThreads = true;
  };

  /// Reads `path` likewise. Null where that cannot be parsed; what is left
  /// behind then stays until the process ends.
  static std::unique_ptr<LoadedModel> load(llvm::StringRef path,
                                           const Options &options);

  mlir::ModuleOp module() { return *parsed; }

  /// Whether a model could not be parsed: the process must end without
  /// cleaning up then.
  static bool hasLeftBehind();

private:
  explicit LoadedModel(const Options &options);

  /// False where `path` cannot be parsed.
  bool read(llvm::StringRef path, const Options &options);

  mlir::MLIRContext context;
  llvm::SourceMgr sources;
  SourceDiagnostics diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> parsed;
};

} // namespace roofline

#endif // ROOFLINE_TOOLS_ROOFLINE_LOADEDMODEL_H
