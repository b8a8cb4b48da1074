//===- GraphFindings.cpp - Findings on a graph as a whole -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GraphFindings.h"

#include "roofline/Analysis/FusedSequences.h"
#include "roofline/Driver/Driver.h"
#include "roofline/Driver/KernelSignatures.h"
#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/STLExtras.h"

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

/// What a sequence asks of software: the element types of its kernels.
OpSignature signatureOf(const FusedSequence &sequence,
                        llvm::ArrayRef<Kernel> kernels,
                        const SignatureReader &reader) {
  OpSignature signature;
  signature.pattern = signature.name = sequence.pattern.str();
  for (unsigned kernel : sequence.kernels)
    for (ElementType type : reader.signatureOf(kernels[kernel].root).types)
      if (!llvm::is_contained(signature.types, type))
        signature.types.push_back(type);
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
  SignatureReader reader(route.catalogue.getKinds(), counts, lookup);
  std::vector<FusedSequence> sequences = findFusedSequences(kernels, lookup);
  std::vector<OpSignature> signatures;
  std::vector<Judgement> judgements;
  for (const FusedSequence &sequence : sequences) {
    signatures.push_back(signatureOf(sequence, kernels, reader));
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
    std::string location =
        locationText(kernels[sequence.kernels.front()].root->getLoc());
    auto it = findings.find(signature.str());
    if (it != findings.end()) {
      ++it->second.occurrences;
      if (!llvm::is_contained(it->second.locations, location))
        it->second.locations.push_back(location);
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
    findings.emplace(signature.str(), std::move(finding));
  }
  std::vector<Finding> list;
  for (auto &[name, finding] : findings)
    list.push_back(std::move(finding));
  return list;
}

} // namespace roofline
