//===- PortOps.cpp - Tell what becomes of ops on another target -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDiagnostics.h"

#include "roofline/Driver/Porting.h"
#include "roofline/IR/RooflineDialect.h"
#include "roofline/Transforms/Passes.h"

#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FormatVariadic.h"

namespace roofline {

#define GEN_PASS_DEF_ROOFLINEPORTPASS
#include "roofline/Transforms/Passes.h.inc"

namespace {

constexpr llvm::StringLiteral category = "roofline-port";

std::string secondsText(const KnownOr<double> &seconds) {
  return seconds ? llvm::formatv("{0:e3}", *seconds).str() : "unknown";
}

/// A remark on an op; nothing where remarks are off.
void remark(mlir::Operation *op, llvm::StringRef target,
            const JudgedOp &judged) {
  namespace remark = mlir::remark;
  if (!op->getContext()->getRemarkEngine())
    return;
  auto function = op->getParentOfType<mlir::FunctionOpInterface>();
  auto options =
      remark::RemarkOpts::name(judged.judgement.rule->id)
          .category(category)
          .subCategory(target)
          .function(function ? function.getName() : llvm::StringRef());
  auto inFlight = isCovered(judged.judgement.status())
                      ? remark::passed(op->getLoc(), options)
                      : remark::missed(op->getLoc(), options);
  if (!inFlight)
    return;
  std::string name = judged.signature.str();
  inFlight << remark::add("{0}: {1}, {2}", name,
                          stringify(judged.judgement.status()),
                          judged.judgement.reason)
           << remark::metric("source_seconds",
                             secondsText(judged.sourceSeconds))
           << remark::metric("target_seconds",
                             secondsText(judged.targetSeconds));
}

void remark(mlir::ModuleOp module, const PortingReport &report) {
  namespace remark = mlir::remark;
  if (!module->getContext()->getRemarkEngine())
    return;
  llvm::StringRef target = report.target.target->getName();
  auto inFlight = remark::analysis(
      module.getLoc(),
      remark::RemarkOpts::name("port").category(category).subCategory(target));
  if (!inFlight)
    return;
  const PortingResult &result = report.result;
  inFlight << remark::add("grade {0}: {1}", stringify(result.grade),
                          result.gradeReason)
           << remark::metric("low_days",
                             llvm::formatv("{0}", result.effort.low).str())
           << remark::metric("high_days",
                             llvm::formatv("{0}", result.effort.high).str())
           << remark::metric("source_seconds",
                             secondsText(report.source.kernelSeconds))
           << remark::metric("target_seconds",
                             secondsText(report.target.kernelSeconds));
}

struct PortPass : impl::RooflinePortPassBase<PortPass> {
  using RooflinePortPassBase::RooflinePortPassBase;

  void runOnOperation() override {
    mlir::ModuleOp module = getOperation();
    PortingNames names;
    names.from = from;
    names.to = to;
    llvm::append_range(names.targetFiles, targetFiles);
    names.allowLowConfidence = allowLowConfidence;
    llvm::append_range(names.catalogueFiles, catalogueFiles);
    llvm::append_range(names.releases, releases);
    names.includesCommunity = includesCommunity;
    names.effortFile = effortFile;
    llvm::Expected<PortingRequest> request = resolvePorting(names);
    if (!request) {
      emitFileErrors(module, request.takeError());
      return signalPassFailure();
    }
    mlir::FailureOr<DemandOptions> demand =
        demandOptionsForPass(module, f32, customCalls);
    if (failed(demand))
      return signalPassFailure();
    request->graph.demand = std::move(*demand);
    request->graph.entry = entry;
    request->graph.fusion = fusion;
    request->graph.launching = launching;
    request->graph.top = 1;

    // Attributes of ops are read while they are judged: they change afterwards.
    llvm::MapVector<mlir::Operation *, llvm::SmallVector<mlir::Attribute, 1>>
        findingsOf;
    mlir::FailureOr<PortingReport> report = buildPorting(
        module, *request, [&](mlir::Operation *op, const JudgedOp &judged) {
          llvm::SmallVector<mlir::Attribute, 1> &findings = findingsOf[op];
          FindingAttr finding = makeFinding(judged, request->to->getName());
          if (llvm::is_contained(findings, finding))
            return;
          findings.push_back(finding);
          remark(op, request->to->getName(), judged);
        });
    if (failed(report))
      return signalPassFailure();
    remark(module, *report);
    module->walk([&](mlir::Operation *op) {
      op->removeDiscardableAttr(RooflineDialect::findingsAttrName);
    });
    for (const auto &[op, findings] : findingsOf)
      op->setDiscardableAttr(RooflineDialect::findingsAttrName,
                             mlir::ArrayAttr::get(&getContext(), findings));
  }

  FindingAttr makeFinding(const JudgedOp &judged, llvm::StringRef target) {
    std::optional<Seconds> seconds;
    if (judged.targetSeconds && judged.launches && !judged.launches->isZero())
      seconds = Seconds(*judged.targetSeconds / judged.launches->asDouble());
    std::string op = judged.signature.str();
    const PortingRule &rule = *judged.judgement.rule;
    return FindingAttr::get(&getContext(), rule.id, stringify(rule.status),
                            target, op, judged.judgement.reason, seconds);
  }
};

} // namespace

} // namespace roofline
