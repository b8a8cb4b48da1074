//===- LoadedModel.cpp - A model file in memory ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoadedModel.h"

#include "CommandLine.h"

#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/Driver/ModelFile.h"
#include "roofline/InitModels.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

namespace {

/// Everything that a model may be written in.
mlir::DialectRegistry makeRegistry() {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registerDialectAndModels(registry);
  registerTolerantDialects(registry);
  return registry;
}

} // namespace

LoadedModel::LoadedModel(llvm::StringRef path)
    : context(makeRegistry()), diagnostics(sources, &context, llvm::errs()) {
  context.loadDialect<RooflineDialect>();
  // An op of a dialect that nobody knows is listed as not modelled.
  context.allowUnregisteredDialects();
  context.printOpOnDiagnostic(false);
  parsed = loadModel(path, sources, context, llvm::errs());
  if (!parsed)
    llvm::sys::Process::Exit(exitFailure, /*NoCleanup=*/true);
}

} // namespace roofline
