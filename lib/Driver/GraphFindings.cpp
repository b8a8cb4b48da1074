//===- GraphFindings.cpp - Findings on a graph as a whole -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GraphFindings.h"

#include "SourceFiles.h"

#include "roofline/Analysis/FusedSequences.h"
#include "roofline/Driver/Driver.h"
#include "roofline/Report/ScaledUnits.h"

#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

#include <map>

namespace roofline {

namespace {

Finding graphFinding(llvm::StringRef rule, std::string op) {
  Finding finding;
  finding.rule = findPortingRule(rule);
  finding.op = std::move(op);
  finding.key = rule.str() + "#" + finding.op;
  finding.occurrences = 1;
  return finding;
}

/// The element type of a value that holds data; no index, mask or count.
std::optional<ElementType> dataType(mlir::Value value) {
  mlir::Type element = mlir::getElementTypeOrSelf(value.getType());
  std::optional<ElementType> type = elementTypeOf(element);
  if (!type || *type == ElementType::I1 ||
      (bitWidth(*type) > 8 && !mlir::isa<mlir::FloatType>(element)))
    return std::nullopt;
  return type;
}

/// What a sequence asks of software, in the element types that it multiplies,
/// else in the narrowest of what it hands on.
OpSignature signatureOf(const FusedSequence &sequence,
                        llvm::ArrayRef<Kernel> kernels,
                        const DemandLookup &lookup) {
  OpSignature signature;
  signature.pattern = signature.name = sequence.pattern.str();
  auto add = [&](mlir::Value value) {
    if (std::optional<ElementType> type = dataType(value);
        type && !llvm::is_contained(signature.types, *type))
      signature.types.push_back(*type);
  };
  for (unsigned number : sequence.kernels)
    for (mlir::Operation *op : kernels[number].ops)
      if (KnownOr<Demand> demand = lookup.demand(op);
          demand && demand->structure == Structure::Contraction)
        llvm::for_each(op->getOperands(), add);
  if (signature.types.empty()) {
    llvm::SmallPtrSet<mlir::Operation *, 32> inside;
    for (unsigned number : sequence.kernels)
      inside.insert(kernels[number].ops.begin(), kernels[number].ops.end());
    for (unsigned number : sequence.kernels)
      for (mlir::Operation *op : kernels[number].ops)
        for (mlir::Value result : op->getResults())
          if (!llvm::all_of(result.getUsers(), [&](mlir::Operation *user) {
                return inside.contains(user);
              }))
            add(result);
    // Views stand between kernels, so that f32 which never leaves is among
    // them: what is stored is the narrowest.
    llvm::sort(signature.types, [](ElementType lhs, ElementType rhs) {
      return std::make_pair(bitWidth(lhs), lhs) <
             std::make_pair(bitWidth(rhs), rhs);
    });
    if (signature.types.size() > 1)
      signature.types.truncate(1);
  }
  llvm::sort(signature.types);
  return signature;
}

} // namespace

std::vector<Finding> memoryFindings(const PortingMemory &memory,
                                    const PortingRoute &route) {
  std::string target = route.to.getName().str();
  if (memory.target.neverFits) {
    Finding finding = graphFinding("RF1081", "memory of the graph");
    finding.reason = memory.target.devices.unknown().reason;
    finding.steps = {finding.reason,
                     "a device of " + target + " can use " +
                         scaled(*memory.target.usableBytes, "B")};
    return {finding};
  }
  if (!memory.target.devices || !memory.target.usableBytes)
    return {};
  Count onSource = memory.source.devices ? *memory.source.devices : Count(1);
  if (!(onSource < *memory.target.devices))
    return {};
  const MemoryNeed &need = memory.need;
  Finding finding = graphFinding("RF1080", "memory of the graph");
  finding.reason = scaled(*need.totalBytes(), "B") + " do not fit in the " +
                   scaled(*memory.target.usableBytes, "B") +
                   " that a device of " + target + " can use: at least " +
                   memory.target.devices->str() + " devices";
  finding.steps = {
      "weights " + scaled(*need.weightBytes, "B") + " and caches " +
          scaled(*need.cacheBytes, "B") + " are divided over devices (A69)",
      "inputs " + scaled(*need.inputBytes, "B") + ", results " +
          scaled(*need.resultBytes, "B") + " and values between kernels " +
          scaled(*need.intermediateBytes, "B") + " are whole on each",
      "a device of " + target + " can use " +
          scaled(*memory.target.usableBytes, "B") + " (A68)",
      "the least number that is enough is " + memory.target.devices->str()};
  return {finding};
}

std::vector<Finding> sequenceFindings(const ExecutionCounts &counts,
                                      const DemandLookup &lookup,
                                      const PortingRoute &route) {
  if (route.from.getArchitecture() == route.to.getArchitecture())
    return {};
  std::vector<Kernel> kernels = formKernels(counts, lookup, Fusion::Library);
  std::vector<FusedSequence> sequences = findFusedSequences(kernels, lookup);
  std::vector<OpSignature> signatures;
  std::vector<Judgement> judgements;
  for (const FusedSequence &sequence : sequences) {
    signatures.push_back(signatureOf(sequence, kernels, lookup));
    judgements.push_back(judge(signatures.back(), route));
  }
  auto isThere = [&](size_t index) {
    // What runs in parts on the source, too, is no kernel either.
    return judgements[index].status() <= PortingStatus::Library &&
           !judgements[index].runsInParts;
  };
  // Whether a kernel that is there does all of a sequence and more.
  auto isCovered = [&](const FusedSequence &sequence) {
    return llvm::any_of(
        llvm::seq<size_t>(0, sequences.size()), [&](size_t other) {
          return isThere(other) &&
                 llvm::includes(sequences[other].kernels, sequence.kernels);
        });
  };
  // By signature, so that the order of kernels does not matter.
  std::map<std::string, Finding> findings;
  for (auto [index, sequence] : llvm::enumerate(sequences)) {
    if (isCovered(sequence))
      continue;
    const OpSignature &signature = signatures[index];
    const Judgement &judgement = judgements[index];
    mlir::Location root = kernels[sequence.kernels.front()].root->getLoc();
    std::string location = locationText(root);
    auto it = findings.find(signature.str());
    if (it != findings.end()) {
      llvm::append_range(it->second.positions, sequence.kernels);
      ++it->second.occurrences;
      if (!llvm::is_contained(it->second.locations, location)) {
        it->second.locations.push_back(location);
        it->second.places.push_back(filePlace(root));
      }
      continue;
    }
    Finding finding = graphFinding("RF1014", signature.str());
    finding.reason = judgement.reason;
    finding.evidence.assign(judgement.evidence.begin(),
                            judgement.evidence.end());
    finding.steps = judgement.steps;
    finding.steps.push_back(std::to_string(sequence.kernels.size()) +
                            " kernels run in its place, judged by themselves");
    finding.locations = {location};
    finding.places = {filePlace(root)};
    llvm::append_range(finding.positions, sequence.kernels);
    findings.emplace(signature.str(), std::move(finding));
  }
  std::vector<Finding> list;
  list.reserve(findings.size());
  for (auto &[name, finding] : findings) {
    // Sequences may share kernels.
    llvm::sort(finding.positions);
    finding.positions.erase(llvm::unique(finding.positions),
                            finding.positions.end());
    list.push_back(std::move(finding));
  }
  return list;
}

} // namespace roofline
