//===- ReaderFuzzer.cpp - Any bytes through the StableHLO reader ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever the bytes are, reading them ends in a module or in diagnostics. A
// module prints in generic form, and what is printed is read again as the same.
//
//===----------------------------------------------------------------------===//

#include "roofline/Dialect/SourceText.h"
#include "roofline/Dialect/TolerantDialects.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"

#include <cstdlib>

namespace {

std::string print(mlir::ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module.print(os, mlir::OpPrintingFlags().printGenericOpForm());
  return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string input(reinterpret_cast<const char *>(data), size);
  std::unique_ptr<llvm::MemoryBuffer> buffer =
      llvm::MemoryBuffer::getMemBufferCopy(input);
  roofline::InputScan scan = roofline::scanInput(buffer->getBuffer());
  // Bytecode is for MLIR's own reader, which is not what is tested here.
  if (scan.problem || scan.kind != roofline::InputKind::Text)
    return 0;
  buffer = roofline::blankLogLines(*buffer, scan.logLines);

  mlir::DialectRegistry registry;
  registry.insert<mlir::func::FuncDialect>();
  roofline::registerTolerantDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  context.allowUnregisteredDialects();
  mlir::ScopedDiagnosticHandler silence(
      &context, [](mlir::Diagnostic &) { return mlir::success(); });

  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceString<mlir::ModuleOp>(buffer->getBuffer(), &context);
  if (!module)
    return 0;
  std::string first = print(*module);
  mlir::OwningOpRef<mlir::ModuleOp> again =
      mlir::parseSourceString<mlir::ModuleOp>(first, &context);
  if (!again || print(*again) != first) {
    llvm::errs() << "what was printed is not read as the same:\n" << first;
    std::abort();
  }
  return 0;
}
