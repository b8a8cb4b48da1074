//===- ModelFile.cpp - Reading a model file -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/ModelFile.h"
#include "roofline/Dialect/SourceText.h"

#include "mlir/Parser/Parser.h"

#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

namespace {

std::unique_ptr<llvm::MemoryBuffer> readModelFile(llvm::StringRef path,
                                                  llvm::raw_ostream &errors,
                                                  InputScan &scan,
                                                  bool isQuiet) {
  if (path != "-" && llvm::sys::fs::is_directory(path)) {
    errors << path << ": error: is a directory; name a model file in it\n";
    return nullptr;
  }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> file =
      llvm::MemoryBuffer::getFileOrSTDIN(path);
  if (!file) {
    errors << path << ": error: cannot read the model file: "
           << file.getError().message() << "\n";
    return nullptr;
  }
  scan = scanInput((*file)->getBuffer());
  if (scan.problem) {
    printProblem(errors, path, *scan.problem);
    return nullptr;
  }
  if (scan.logLines.empty())
    return std::move(*file);
  if (!isQuiet)
    printLogLineRemarks(errors, path, scan.logLines);
  return blankLogLines(**file, scan.logLines);
}

/// Runs a parser with room for expressions that nest deeper than any exporter
/// writes them, and survives that MLIR's bytecode reader crashes on some
/// damaged files. False where it does.
bool runGuarded(llvm::function_ref<void()> parse) {
  constexpr unsigned stackBytes = 64 << 20;
  // It stays enabled, as another thread may be parsing. A crash outside of any
  // such context is none that is recovered from.
  llvm::CrashRecoveryContext::Enable();
  return llvm::CrashRecoveryContext().RunSafelyOnThread(parse, stackBytes);
}

} // namespace

mlir::OwningOpRef<mlir::ModuleOp>
loadModel(llvm::StringRef path, llvm::SourceMgr &sources,
          mlir::MLIRContext &context, llvm::raw_ostream &errors, bool isQuiet) {
  InputScan scan;
  std::unique_ptr<llvm::MemoryBuffer> buffer =
      readModelFile(path, errors, scan, isQuiet);
  if (!buffer)
    return nullptr;
  sources.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  mlir::OwningOpRef<mlir::ModuleOp> module;
  if (!runGuarded([&] {
        module = mlir::parseSourceFile<mlir::ModuleOp>(sources, &context);
      }))
    errors << path << ": error: the file is damaged: MLIR's reader gave up on "
           << "it without an error\n";
  if (!module && scan.kind == InputKind::Bytecode)
    errors << path << ": note: this is MLIR bytecode written by '"
           << scan.producer << "'; if its dialects are not known here, "
           << bytecodeRemedy(scan.producer) << "\n";
  return module;
}

} // namespace roofline
