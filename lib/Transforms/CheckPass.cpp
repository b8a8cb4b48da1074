//===- CheckPass.cpp - Hold a module against a budget ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDiagnostics.h"

#include "roofline/Check/VerdictText.h"
#include "roofline/Driver/Porting.h"
#include "roofline/IR/RooflineDialect.h"
#include "roofline/Report/JsonReader.h"
#include "roofline/Transforms/Passes.h"

#include "mlir/IR/Diagnostics.h"

namespace roofline {

#define GEN_PASS_DEF_ROOFLINECHECKPASS
#include "roofline/Transforms/Passes.h.inc"

namespace {

/// A baseline and what the module is held against.
struct Gate {
  LimitSet limits;
  TargetPtrs targets;
  std::optional<PortingRequest> move;
  std::string baselineFile;
  std::optional<SavedReport> baseline;
};

/// `names` says what is known of software where the budget says from where the
/// module is moved.
llvm::Expected<Gate> openGate(const std::string &budgetFile,
                              llvm::StringRef model, PortingNames names) {
  Gate gate;
  llvm::Expected<Budget> budget = readBudgetFile(budgetFile);
  if (!budget)
    return budget.takeError();
  if (llvm::Error error = limitsFor(*budget, model).moveInto(gate.limits))
    return error;
  for (const TargetLimits &named : gate.limits.targets) {
    llvm::Expected<TargetPtrs> found =
        findTargets({named.name}, names.targetFiles, names.allowLowConfidence);
    if (!found)
      return atPlace(found.takeError(), named.where);
    gate.targets.push_back(std::move(found->front()));
  }
  if (const std::optional<PlacedText> &from = gate.limits.from) {
    names.from = from->text;
    if (llvm::Error error = resolvePortingFrom(names).moveInto(gate.move))
      return atPlace(std::move(error), from->where);
    addSource(gate.targets, *gate.move);
  }
  if (gate.limits.baseline) {
    gate.baselineFile =
        baselinePath(*budget, gate.limits.baseline->text, model);
    if (llvm::Error error =
            requireSavedReport(gate.baselineFile).moveInto(gate.baseline))
      return error;
  }
  return gate;
}

/// The location of a kernel or an op; `module` where none is known.
mlir::Location locationOf(mlir::ModuleOp module,
                          const std::optional<KernelPlace> &place) {
  if (!place || place->file.empty())
    return module.getLoc();
  return mlir::FileLineColLoc::get(module.getContext(), place->file,
                                   place->line, place->column);
}

void emitVerdict(mlir::ModuleOp module, const ModelVerdict &verdict) {
  for (const LimitVerdict &limit : verdict.limits) {
    if (limit.outcome == Outcome::Kept)
      continue;
    mlir::InFlightDiagnostic diagnostic =
        mlir::emitError(locationOf(module, limit.place))
        << limitSentence(limit);
    for (size_t culprit : limit.culprits)
      diagnostic.attachNote(
          locationOf(module, verdict.diff->kernels[culprit].places.front()))
          << culpritSentence(verdict, limit, culprit);
    for (const PortFinding &finding : limit.findings)
      diagnostic.attachNote() << findingSentence(finding);
    const FileLocation &where = limit.limit.where;
    diagnostic.attachNote(mlir::FileLineColLoc::get(
        module.getContext(), where.file, where.line, where.column))
        << "the limit in the budget";
  }
  if (!verdict.coverageProblem.empty())
    mlir::emitError(module.getLoc())
        << "the result is incomplete: " << verdict.coverageProblem;
  for (const LeftOutFinding &finding : verdict.leftOut)
    mlir::emitWarning(locationOf(module, finding.place))
        << leftOutSentence(finding);
}

struct CheckPass : impl::RooflineCheckPassBase<CheckPass> {
  using RooflineCheckPassBase::RooflineCheckPassBase;

  void runOnOperation() override {
    if (failed(check()))
      signalPassFailure();
    markAllAnalysesPreserved();
  }

private:
  mlir::LogicalResult check() {
    mlir::ModuleOp module = getOperation();
    if (budget.empty())
      return mlir::emitError(module.getLoc(),
                             "no budget is named; give the pass 'budget', such "
                             "as budget=budget.yaml");
    std::optional<double> leastShare;
    if (minCoverage.getNumOccurrences() > 0) {
      // Not a number is in no range.
      if (!(minCoverage >= 0 && minCoverage <= 100))
        return mlir::emitError(module.getLoc())
               << "expects 'min-coverage' to be from 0 to 100, got "
               << minCoverage.getValue();
      leastShare = minCoverage / 100;
    }
    mlir::FailureOr<DemandOptions> options =
        demandOptionsForPass(module, f32, customCalls);
    if (failed(options))
      return mlir::failure();
    ReportRequest request;
    request.file = fileOf(module);
    request.entry = entry;
    request.demand = std::move(*options);
    request.fusion = fusion;
    request.launching = launching;
    request.top = 0;
    PortingNames names;
    llvm::append_range(names.targetFiles, targetFiles);
    names.allowLowConfidence = allowLowConfidence;
    llvm::append_range(names.catalogueFiles, catalogueFiles);
    llvm::append_range(names.releases, releases);
    names.includesCommunity = includesCommunity;
    names.effortFile = effortFile;
    llvm::Expected<Gate> gate =
        openGate(budget, request.file, std::move(names));
    if (!gate)
      return emitErrors(gate.takeError());
    mlir::FailureOr<Report> report =
        buildReport(module, request, gate->targets);
    if (failed(report))
      return mlir::failure();
    if (gate->move) {
      gate->move->graph = request;
      if (failed(addPorts(*report, module, *gate->move, gate->targets)))
        return mlir::failure();
    }
    llvm::Expected<ModelVerdict> verdict =
        judge(*report, gate->baseline ? &gate->baseline->report : nullptr,
              gate->baselineFile, gate->limits, leastShare);
    if (!verdict)
      return emitErrors(verdict.takeError());
    emitVerdict(module, *verdict);
    return mlir::success(verdict->outcome() == Outcome::Kept);
  }

  mlir::LogicalResult emitErrors(llvm::Error error) {
    emitFileErrors(getOperation(), std::move(error));
    return mlir::failure();
  }
};

} // namespace

} // namespace roofline
