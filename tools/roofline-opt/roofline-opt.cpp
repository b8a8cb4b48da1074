//===- roofline-opt.cpp - mlir-opt with everything of ours ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `mlir-opt` that also reads StableHLO and its companions. The file is looked
// at before MLIR parses it, so that log lines are skipped and what is not MLIR
// is refused with a remedy.
//
//===----------------------------------------------------------------------===//

#include "roofline/Dialect/SourceText.h"
#include "roofline/InitAll.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

static void printDialects(const DialectRegistry &registry) {
  llvm::outs() << "Available Dialects: ";
  llvm::interleaveComma(registry.getDialectNames(), llvm::outs());
  llvm::outs() << "\n";
}

static LogicalResult run(StringRef inputFile, StringRef outputFile,
                         DialectRegistry &registry) {
  MlirOptMainConfig config = MlirOptMainConfig::createFromCLOptions();
  if (config.shouldShowDialects()) {
    printDialects(registry);
    return success();
  }
  if (config.shouldListPasses()) {
    printRegisteredPasses();
    return success();
  }

  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> input =
      openInputFile(inputFile, &message);
  if (!input) {
    llvm::errs() << message << "\n";
    return failure();
  }
  roofline::InputScan scan = roofline::scanInput(input->getBuffer());
  if (scan.problem) {
    roofline::printProblem(llvm::errs(), inputFile, *scan.problem);
    return failure();
  }
  if (!scan.logLines.empty()) {
    roofline::printLogLineRemarks(llvm::errs(), inputFile, scan.logLines);
    input = roofline::blankLogLines(*input, scan.logLines);
  }

  std::unique_ptr<llvm::ToolOutputFile> output =
      openOutputFile(outputFile, &message);
  if (!output) {
    llvm::errs() << message << "\n";
    return failure();
  }
  if (failed(MlirOptMain(output->os(), std::move(input), registry, config))) {
    if (scan.kind == roofline::InputKind::Bytecode)
      llvm::errs() << inputFile << ": note: this is MLIR bytecode written by '"
                   << scan.producer << "'; if its dialects are not known here, "
                   << roofline::bytecodeRemedy(scan.producer) << "\n";
    return failure();
  }
  output->keep();
  return success();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  registerAllPasses();
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  roofline::registerEverything(registry);

  auto [inputFile, outputFile] = registerAndParseCLIOptions(
      argc, argv, "Roofline optimizer driver\n", registry);
  return asMainReturnCode(run(inputFile, outputFile, registry));
}
