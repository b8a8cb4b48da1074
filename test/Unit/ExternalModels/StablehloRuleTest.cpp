//===- StablehloRuleTest.cpp - Rules on ops given as text -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/IR/RooflineDialect.h"

#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Parser/Parser.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace roofline {

StablehloRuleTest::StablehloRuleTest() {
  mlir::DialectRegistry registry;
  registry.insert<RooflineDialect, mlir::quant::QuantDialect>();
  registerShardyRules(registry);
  registerStablehloRules(registry);
  registerUtilRules(registry);
  context.appendDialectRegistry(registry);
  context.allowUnregisteredDialects();
  context.loadDialect<RooflineDialect>();
}

mlir::ModuleOp StablehloRuleTest::parse(const std::string &source) {
  module = mlir::parseSourceString<mlir::ModuleOp>(source, &context);
  return *module;
}

mlir::Operation *StablehloRuleTest::find(llvm::StringRef opName) {
  mlir::Operation *found = nullptr;
  module->walk([&](mlir::Operation *op) {
    if (op->getName().getStringRef() != opName)
      return mlir::WalkResult::advance();
    found = op;
    return mlir::WalkResult::interrupt();
  });
  return found;
}

std::string StablehloRuleTest::demand(const std::string &source,
                                      llvm::StringRef opName,
                                      DemandOptions options) {
  if (!parse(source))
    return "does not parse";
  mlir::Operation *op = find(opName);
  if (!op)
    return "op not found";
  return toText(DemandLookup(&context, options).demand(op));
}

std::string StablehloRuleTest::opText(const std::string &opName,
                                      const std::vector<std::string> &operands,
                                      const std::vector<std::string> &results,
                                      const std::string &rest) {
  std::string text;
  llvm::SmallVector<std::string> names;
  for (const std::string &type : operands) {
    names.push_back("%" + std::to_string(names.size()));
    text += names.back() + " = \"test.value\"() : () -> " + type + "\n";
  }
  if (!results.empty())
    text += "%r:" + std::to_string(results.size()) + " = ";
  text += "\"" + opName + "\"(" + llvm::join(names, ", ") + ")" + rest +
          " : (" + llvm::join(operands, ", ") + ") -> (" +
          llvm::join(results, ", ") + ")\n";
  return text;
}

std::string
StablehloRuleTest::demandOf(const std::string &opName,
                            const std::vector<std::string> &operands,
                            const std::vector<std::string> &results,
                            const std::string &rest, DemandOptions options) {
  return demand(opText(opName, operands, results, rest), opName, options);
}

std::string StablehloRuleTest::bodies(const std::string &source,
                                      llvm::StringRef opName) {
  if (!parse(source))
    return "does not parse";
  mlir::Operation *op = find(opName);
  if (!op)
    return "op not found";
  std::string text;
  for (const Body &body : DemandLookup(&context, {}).bodies(op)) {
    if (body.region)
      text += "region " + std::to_string(body.region->getRegionNumber());
    else
      text += "@" + body.callee.getLeafReference().str();
    text += " x ";
    text += body.times ? body.times->str() : body.times.unknown().reason;
    text += body.isAlternative ? " alternative\n" : "\n";
  }
  return text;
}

std::string toText(const KnownOr<Demand> &demand) {
  if (!demand)
    return stringify(demand.unknown().kind).str() + ": " +
           demand.unknown().reason;
  std::string text = stringify(demand->structure).str();
  if (const std::optional<ContractionShape> &shape = demand->contraction)
    text += " " + shape->batch.str() + "x" + shape->m.str() + "x" +
            shape->n.str() + "x" + shape->k.str();
  if (demand->exchange)
    text += " " + stringify(demand->exchange->kind).str() + "=" +
            demand->exchange->ranks.str();
  for (const Work &work : demand->work)
    text += " " + work.where.str() + "=" + work.ops.str();
  return text + " read=" + demand->readBytes.str() +
         " written=" + demand->writtenBytes.str();
}

std::string combiner(const std::string &opName, const std::string &scalar) {
  return " ({\n^bb0(%a: " + scalar + ", %b: " + scalar + "):\n%c = \"" +
         opName + "\"(%a, %b) : (" + scalar + ", " + scalar + ") -> " + scalar +
         "\n\"stablehlo.return\"(%c) : (" + scalar + ") -> ()\n})";
}

} // namespace roofline
