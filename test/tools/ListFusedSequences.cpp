//===- ListFusedSequences.cpp - Sequences that are found in a graph -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   list-fused-sequences MODEL [--kernels] [--generation=NAME]
//                        [--release=STACK=VERSION]
//
// Prints a line for every sequence: its pattern, and number, name and place of
// each of its kernels. `--kernels` prints all kernels before. With a generation
// of chips, what support its vendor has for the pattern comes behind it:
// `unknown` where nothing is known, `covered` where a kernel does all of the
// sequence and more.
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/FusedSequences.h"
#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/Driver/ModelFile.h"
#include "roofline/InitModels.h"
#include "roofline/Interfaces/DemandRules.h"
#include "roofline/Porting/Catalogue.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"

#include "mlir/IR/TypeUtilities.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace roofline;

namespace {

unsigned lineOf(mlir::Operation *op) {
  auto place = op->getLoc()->findInstanceOf<mlir::FileLineColLoc>();
  return place ? place.getLine() : 0;
}

namespace cl = llvm::cl;

cl::opt<std::string> model(cl::Positional, cl::Required, cl::desc("MODEL"));
cl::opt<bool> printsKernels("kernels", cl::desc("Print all kernels before"));
cl::opt<std::string> generation("generation", cl::value_desc("name"),
                                cl::desc("Chips that are asked about"));
cl::opt<std::string> release("release", cl::value_desc("stack=version"),
                             cl::desc("Release that is installed"));

/// The element types of the data of a sequence: what is multiplied, else what
/// kernels yield.
std::vector<ElementType> typesOf(const FusedSequence &sequence,
                                 llvm::ArrayRef<Kernel> kernels,
                                 const DemandLookup &lookup) {
  std::vector<ElementType> types;
  auto add = [&](mlir::Value value) {
    std::optional<ElementType> type =
        elementTypeOf(mlir::getElementTypeOrSelf(value.getType()));
    bool isData = type && *type != ElementType::I1 &&
                  (bitWidth(*type) <= 8 ||
                   mlir::isa<mlir::FloatType>(
                       mlir::getElementTypeOrSelf(value.getType())));
    if (isData && !llvm::is_contained(types, *type))
      types.push_back(*type);
  };
  for (unsigned number : sequence.kernels)
    for (mlir::Operation *op : kernels[number].ops)
      if (KnownOr<Demand> demand = lookup.demand(op);
          demand && demand->structure == Structure::Contraction)
        llvm::for_each(op->getOperands(), add);
  if (types.empty())
    for (unsigned number : sequence.kernels)
      llvm::for_each(kernels[number].root->getResults(), add);
  return types;
}

} // namespace

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv);
  llvm::Expected<Catalogue> catalogue = Catalogue::create();
  if (!catalogue) {
    llvm::errs() << llvm::toString(catalogue.takeError()) << '\n';
    return 2;
  }
  std::vector<CatalogueQuery::Release> releases;
  if (!release.empty()) {
    auto [stack, text] = llvm::StringRef(release).split('=');
    std::optional<SoftwareVersion> version = SoftwareVersion::parse(text);
    if (!version || !catalogue->findStack(stack)) {
      llvm::errs() << "release '" << release << "' is not one of a stack; "
                   << SoftwareVersion::expectation << '\n';
      return 2;
    }
    releases.push_back({stack, *version});
  }
  if (!generation.empty() && !catalogue->findGeneration(generation)) {
    llvm::errs() << "no generation '" << generation << "'\n";
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
      loadModel(model, sources, context, llvm::errs());
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
  if (printsKernels)
    for (unsigned number = 0; number < kernels.size(); ++number) {
      print(number);
      llvm::outs() << '\n';
    }
  std::vector<FusedSequence> sequences = findFusedSequences(kernels, lookup);
  std::vector<llvm::StringRef> supports;
  for (const FusedSequence &sequence : sequences) {
    std::vector<ElementType> types = typesOf(sequence, kernels, lookup);
    const CatalogueRow *row =
        catalogue->find({sequence.pattern, generation, types, releases,
                         /*includesCommunity=*/false});
    supports.push_back(row ? stringify(row->support) : "unknown");
  }
  auto isCovered = [&](const FusedSequence &sequence) {
    for (auto [other, support] : llvm::zip_equal(sequences, supports))
      if ((support == "library" || support == "native") &&
          other.kernels.size() > sequence.kernels.size() &&
          std::includes(other.kernels.begin(), other.kernels.end(),
                        sequence.kernels.begin(), sequence.kernels.end()))
        return true;
    return false;
  };
  for (auto [sequence, support] : llvm::zip_equal(sequences, supports)) {
    llvm::outs() << sequence.pattern;
    if (!generation.empty())
      llvm::outs() << ' ' << (isCovered(sequence) ? "covered" : support);
    for (unsigned number : sequence.kernels) {
      llvm::outs() << ' ';
      print(number);
    }
    llvm::outs() << '\n';
  }
  return 0;
}
