//===- ParsedGraph.cpp - Graphs given as text -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ParsedGraph.h"

#include "roofline/Analysis/KernelShapes.h"
#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/Driver/Porting.h"
#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/IR/RooflineDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

namespace roofline {

namespace {

/// Contexts are slow to make; all tests share one.
mlir::MLIRContext &sharedContext() {
  static mlir::MLIRContext context = [] {
    mlir::DialectRegistry registry;
    registry.insert<mlir::arith::ArithDialect, mlir::func::FuncDialect,
                    mlir::linalg::LinalgDialect, mlir::math::MathDialect,
                    mlir::tensor::TensorDialect, RooflineDialect>();
    registerAllExternalModels(registry);
    registerTolerantDialects(registry);
    return mlir::MLIRContext(registry, mlir::MLIRContext::Threading::DISABLED);
  }();
  context.loadDialect<RooflineDialect>();
  context.allowUnregisteredDialects();
  return context;
}

mlir::OwningOpRef<mlir::ModuleOp> parse(const std::string &text) {
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceString<mlir::ModuleOp>(text, &sharedContext());
  EXPECT_TRUE(module) << text;
  return module;
}

} // namespace

std::shared_ptr<const Catalogue> builtinCatalogue() {
  static const std::shared_ptr<const Catalogue> catalogue = [] {
    llvm::Expected<Catalogue> built = Catalogue::create();
    EXPECT_TRUE(bool(built));
    return std::make_shared<const Catalogue>(std::move(*built));
  }();
  return catalogue;
}

std::vector<OpSignature> signaturesOf(const std::string &text, Fusion fusion) {
  mlir::OwningOpRef<mlir::ModuleOp> module = parse(text);
  mlir::Operation *entry = module ? module->lookupSymbol("main") : nullptr;
  EXPECT_TRUE(entry) << text;
  if (!entry)
    return {};
  DemandLookup lookup(&sharedContext(), DemandOptions());
  ExecutionCounts counts(entry, lookup);
  SignatureReader reader(builtinCatalogue()->getKinds(), counts, lookup);
  std::vector<OpSignature> signatures;
  visitKernels(counts, lookup, fusion, [&](Kernel kernel) {
    for (KernelSignature &one :
         reader.read(kernel, findKernelShape(kernel, lookup)))
      signatures.push_back(std::move(one.signature));
  });
  return signatures;
}

std::vector<std::string> namesOf(const std::string &text, Fusion fusion) {
  std::vector<std::string> names;
  for (const OpSignature &signature : signaturesOf(text, fusion))
    names.push_back(signature.str());
  return names;
}

OpSignature signatureOf(const std::string &text, llvm::StringRef pattern) {
  std::string all;
  for (OpSignature &signature : signaturesOf(text)) {
    if (signature.pattern == pattern)
      return signature;
    all += signature.str() + "; ";
  }
  ADD_FAILURE() << "no " << pattern.str() << " among " << all;
  return {};
}

std::string subjectOf(const OpSignature &signature, llvm::StringRef subject) {
  const SubjectValue *value = signature.find(subject);
  if (!value)
    return "";
  return value->subject->isNumber() ? std::to_string(value->number)
                                    : value->word.str();
}

PortingReport portingOf(const std::string &text, const std::string &from,
                        const std::string &to) {
  mlir::OwningOpRef<mlir::ModuleOp> module = parse(text);
  PortingNames names;
  names.from = from;
  names.to = to;
  llvm::Expected<PortingRequest> request = resolvePorting(names);
  if (!request) {
    ADD_FAILURE() << llvm::toString(request.takeError());
    return {};
  }
  mlir::FailureOr<PortingReport> report = buildPorting(*module, *request);
  EXPECT_TRUE(succeeded(report));
  return succeeded(report) ? std::move(*report) : PortingReport();
}

} // namespace roofline
