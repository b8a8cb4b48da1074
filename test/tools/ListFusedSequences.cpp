//===- ListFusedSequences.cpp - Sequences that are found in a graph -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   list-fused-sequences MODEL [--kernels]
//
// Prints a line for every sequence: its pattern, and number, name and place of
// each of its kernels. `--kernels` prints all kernels before.
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/FusedSequences.h"
#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/Driver/ModelFile.h"
#include "roofline/InitModels.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace roofline;

namespace {

unsigned lineOf(mlir::Operation *op) {
  auto place = op->getLoc()->findInstanceOf<mlir::FileLineColLoc>();
  return place ? place.getLine() : 0;
}

} // namespace

int main(int argc, char **argv) {
  if (argc < 2) {
    llvm::errs() << "usage: list-fused-sequences MODEL [--kernels]\n";
    return 2;
  }
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registerDialectAndModels(registry);
  registerTolerantDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  context.loadDialect<RooflineDialect>();
  context.allowUnregisteredDialects();
  llvm::SourceMgr sources;
  mlir::OwningOpRef<mlir::ModuleOp> module =
      loadModel(argv[1], sources, context, llvm::errs());
  if (!module)
    llvm::sys::Process::Exit(2, /*NoCleanup=*/true);
  mlir::FailureOr<mlir::Operation *> entry = findEntry(*module, "");
  if (mlir::failed(entry))
    return 2;
  DemandLookup lookup(&context, DemandOptions());
  ExecutionCounts counts(*entry, lookup);
  std::vector<Kernel> kernels = formKernels(counts, lookup, Fusion::Library);
  auto print = [&](unsigned number) {
    const Kernel &kernel = kernels[number];
    llvm::outs() << number << ':' << kernel.name << '@' << lineOf(kernel.root);
  };
  if (argc > 2)
    for (unsigned number = 0; number < kernels.size(); ++number) {
      print(number);
      llvm::outs() << '\n';
    }
  for (const FusedSequence &sequence : findFusedSequences(kernels, lookup)) {
    llvm::outs() << sequence.pattern;
    for (unsigned number : sequence.kernels) {
      llvm::outs() << ' ';
      print(number);
    }
    llvm::outs() << '\n';
  }
  return 0;
}
