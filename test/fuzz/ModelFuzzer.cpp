//===- ModelFuzzer.cpp - Models that nobody wrote -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes bytes through everything that `roofline report` does with a file: the
// look at its text, the parser with the StableHLO reader, the report, both
// views and the printed form, which must be read back.
//
//===----------------------------------------------------------------------===//

#include "roofline/Dialect/SourceText.h"
#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/Driver/Driver.h"
#include "roofline/InitModels.h"
#include "roofline/Report/ReportViews.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"

#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace roofline;

namespace {

/// A context keeps every attribute that it has ever seen.
constexpr unsigned inputsPerContext = 500;

std::unique_ptr<mlir::MLIRContext> makeContext() {
  mlir::DialectRegistry registry;
  registry.insert<mlir::arith::ArithDialect, mlir::cf::ControlFlowDialect,
                  mlir::func::FuncDialect, mlir::linalg::LinalgDialect,
                  mlir::math::MathDialect, mlir::scf::SCFDialect,
                  mlir::tensor::TensorDialect, mlir::tosa::TosaDialect>();
  registerDialectAndModels(registry);
  registerTolerantDialects(registry);
  auto context = std::make_unique<mlir::MLIRContext>(
      registry, mlir::MLIRContext::Threading::DISABLED);
  context->loadDialect<RooflineDialect>();
  context->allowUnregisteredDialects();
  context->printOpOnDiagnostic(false);
  return context;
}

/// A machine of each kind: one that substitutes types and one that does not.
const TargetPtrs &targets() {
  static const TargetPtrs found = llvm::cantFail(
      findTargets({"h200", "ascend-910b2"}, {}, /*allowLowConfidence=*/false));
  return found;
}

/// What is printed is generic form that must be read again as the same.
void checkRoundTrip(mlir::ModuleOp module) {
  std::string text, again;
  llvm::raw_string_ostream(text) << module;
  mlir::OwningOpRef<mlir::ModuleOp> copy =
      mlir::parseSourceString<mlir::ModuleOp>(text, module.getContext());
  if (!copy) {
    llvm::errs() << "printed IR is not read back:\n" << text;
    std::abort();
  }
  llvm::raw_string_ostream(again) << *copy;
  // A context gives a resource that it has seen before another name.
  bool hasResource = llvm::StringRef(text).contains("dense_resource");
  if (text != again && !hasResource) {
    llvm::errs() << "printed IR is read back as another:\n" << text << again;
    std::abort();
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef text(reinterpret_cast<const char *>(data), size);
  InputScan scan = scanInput(text);
  if (scan.problem || scan.kind != InputKind::Text)
    return 0;

  static unsigned inputs = 0;
  static std::unique_ptr<mlir::MLIRContext> context;
  if (inputs++ % inputsPerContext == 0)
    context = makeContext();
  bool hasError = false;
  mlir::ScopedDiagnosticHandler handler(
      context.get(), [&](mlir::Diagnostic &diagnostic) {
        hasError |= diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error;
        return mlir::success();
      });

  std::unique_ptr<llvm::MemoryBuffer> buffer =
      llvm::MemoryBuffer::getMemBufferCopy(text);
  if (!scan.logLines.empty())
    buffer = blankLogLines(*buffer, scan.logLines);
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceString<mlir::ModuleOp>(buffer->getBuffer(),
                                              context.get());
  auto requireError = [&](bool isFine) {
    if (isFine || hasError)
      return;
    llvm::errs() << "failed without a diagnostic\n";
    std::abort();
  };
  requireError(static_cast<bool>(module));
  if (!module)
    return 0;
  checkRoundTrip(*module);

  ReportRequest request;
  request.file = "fuzzed.mlir";
  mlir::FailureOr<Report> report = buildReport(*module, request, targets());
  requireError(succeeded(report));
  if (failed(report))
    return 0;
  printText(llvm::nulls(), *report, ViewOptions());
  printJson(llvm::nulls(), *report, ViewOptions());
  return 0;
}
