//===- KernelRows.cpp - Kernels of a graph given as text ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include "roofline/Analysis/FusedSequences.h"
#include "roofline/Analysis/KernelShapes.h"
#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/IR/RooflineDialect.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

namespace roofline {

namespace {

/// Contexts are slow to make; all tests share one.
mlir::MLIRContext &sharedContext() {
  static mlir::MLIRContext context = [] {
    mlir::DialectRegistry registry;
    registry.insert<mlir::affine::AffineDialect, mlir::arith::ArithDialect,
                    mlir::func::FuncDialect, mlir::linalg::LinalgDialect,
                    mlir::math::MathDialect, mlir::memref::MemRefDialect,
                    mlir::scf::SCFDialect, mlir::tensor::TensorDialect,
                    mlir::tosa::TosaDialect, RooflineDialect>();
    registerAllExternalModels(registry);
    registerTolerantDialects(registry);
    return mlir::MLIRContext(registry, mlir::MLIRContext::Threading::DISABLED);
  }();
  return context;
}

uint64_t toNumber(const KnownOr<Count> &count) {
  return count ? count->asUint64().value_or(unknownBytes) : unknownBytes;
}

KernelRow toRow(const Kernel &kernel, const DemandLookup &lookup) {
  KernelRow row{kernel.family, unknownBytes, unknownBytes, kernel.name};
  if (kernel.demand) {
    row.readBytes = toNumber(kernel.demand->readBytes);
    row.writtenBytes = toNumber(kernel.demand->writtenBytes);
    row.operations = toNumber(kernel.demand->work.totalOps());
    Demand launched =
        demandOfLaunch(kernel, findKernelShape(kernel, lookup), lookup);
    row.launchedOperations = toNumber(launched.work.totalOps());
    row.launchedReadBytes = toNumber(launched.readBytes);
  }
  row.launches = toNumber(kernel.times);
  if (kernel.denseExperts) {
    row.experts = kernel.denseExperts->total;
    row.chosenExperts = kernel.denseExperts->chosen;
  }
  for (mlir::Operation *op : kernel.ops)
    row.ops.push_back(op->getName().getStringRef().str());
  return row;
}

/// Shows the kernels of `main` to `visit`; a failed expectation where the text
/// does not parse.
void withKernels(
    const std::string &text, Fusion fusion,
    llvm::function_ref<void(llvm::ArrayRef<Kernel>, const DemandLookup &)>
        visit) {
  mlir::MLIRContext &context = sharedContext();
  context.loadDialect<RooflineDialect>();
  context.allowUnregisteredDialects();
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceString<mlir::ModuleOp>(text, &context);
  EXPECT_TRUE(module) << text;
  mlir::Operation *entry = module ? module->lookupSymbol("main") : nullptr;
  EXPECT_TRUE(entry) << text;
  if (!entry)
    return;
  DemandLookup lookup(&context, DemandOptions());
  ExecutionCounts counts(entry, lookup);
  visit(formKernels(counts, lookup, fusion), lookup);
}

} // namespace

std::ostream &operator<<(std::ostream &os, const KernelRow &row) {
  auto toText = [](uint64_t bytes) {
    return bytes == unknownBytes ? "unknown" : std::to_string(bytes);
  };
  os << stringify(row.family).str() << " reads " << toText(row.readBytes)
     << " writes " << toText(row.writtenBytes);
  if (!row.name.empty())
    os << " (" << row.name << ")";
  return os;
}

std::ostream &operator<<(std::ostream &os, const SequenceRow &row) {
  os << row.pattern << ':';
  for (KernelFamily family : row.families)
    os << ' ' << stringify(family).str();
  return os;
}

KernelRows kernelsOf(const std::string &text, Fusion fusion) {
  KernelRows rows;
  withKernels(text, fusion,
              [&](llvm::ArrayRef<Kernel> kernels, const DemandLookup &lookup) {
                for (const Kernel &kernel : kernels)
                  rows.push_back(toRow(kernel, lookup));
              });
  return rows;
}

std::vector<SequenceRow> sequencesOf(const std::string &text) {
  std::vector<SequenceRow> rows;
  withKernels(text, Fusion::Library,
              [&](llvm::ArrayRef<Kernel> kernels, const DemandLookup &lookup) {
                for (const FusedSequence &sequence :
                     findFusedSequences(kernels, lookup)) {
                  SequenceRow &row = rows.emplace_back();
                  row.pattern = sequence.pattern.str();
                  for (unsigned kernel : sequence.kernels)
                    row.families.push_back(kernels[kernel].family);
                }
              });
  return rows;
}

std::vector<ShapedKernel> shapesOf(const std::string &text, Fusion fusion) {
  std::vector<ShapedKernel> shapes;
  withKernels(text, fusion,
              [&](llvm::ArrayRef<Kernel> kernels, const DemandLookup &lookup) {
                for (const Kernel &kernel : kernels)
                  shapes.push_back(
                      {kernel.name, findKernelShape(kernel, lookup)});
              });
  return shapes;
}

KernelRows launchesOf(const std::string &text, Fusion fusion) {
  KernelRows rows = kernelsOf(text, fusion);
  llvm::erase_if(rows, [](const KernelRow &row) {
    return row.family == KernelFamily::Scalar;
  });
  return rows;
}

std::string
substitute(std::string text,
           const std::vector<std::pair<std::string, std::string>> &names) {
  for (const auto &[name, replacement] : names)
    for (size_t at = text.find(name); at != std::string::npos;
         at = text.find(name, at + replacement.size()))
      text.replace(at, name.size(), replacement);
  return text;
}

size_t countFamily(const KernelRows &rows, KernelFamily family) {
  return llvm::count_if(
      rows, [&](const KernelRow &row) { return row.family == family; });
}

uint64_t totalBytes(const KernelRows &rows) {
  uint64_t bytes = 0;
  for (const KernelRow &row : rows)
    bytes += row.readBytes + row.writtenBytes;
  return bytes;
}

} // namespace roofline
