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

#include <atomic>

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

std::atomic<bool> leftBehind = false;

} // namespace

bool LoadedModel::hasLeftBehind() { return leftBehind; }

LoadedModel::LoadedModel(const Options &options)
    : context(makeRegistry(), options.hasThreads
                                  ? mlir::MLIRContext::Threading::ENABLED
                                  : mlir::MLIRContext::Threading::DISABLED),
      diagnostics(sources, &context, *options.errors, options.isQuiet) {
  context.loadDialect<RooflineDialect>();
  // An op of a dialect that nobody knows is listed as not modelled.
  context.allowUnregisteredDialects();
  context.printOpOnDiagnostic(false);
}

bool LoadedModel::read(llvm::StringRef path, const Options &options) {
  parsed = loadModel(path, sources, context, *options.errors, options.isQuiet);
  return bool(parsed);
}

LoadedModel::LoadedModel(llvm::StringRef path, bool isQuiet)
    : LoadedModel(Options{&llvm::errs(), isQuiet}) {
  if (!read(path, Options{&llvm::errs(), isQuiet}))
    llvm::sys::Process::Exit(exitFailure, /*NoCleanup=*/true);
}

std::unique_ptr<LoadedModel> LoadedModel::load(llvm::StringRef path,
                                               const Options &options) {
  std::unique_ptr<LoadedModel> model(new LoadedModel(options));
  if (model->read(path, options))
    return model;
  // A parser may have crashed in it.
  leftBehind = true;
  static_cast<void>(model.release());
  return nullptr;
}

} // namespace roofline
