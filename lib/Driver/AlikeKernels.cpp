//===- AlikeKernels.cpp - Kernels that are alike --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AlikeKernels.h"

#include <algorithm>
#include <unordered_map>

namespace roofline {

namespace {

bool isSame(const KnownOr<Demand> &lhs, const KnownOr<Demand> &rhs) {
  if (!lhs || !rhs)
    return !lhs && !rhs && lhs.unknown() == rhs.unknown();
  return lhs->structure == rhs->structure &&
         lhs->contraction == rhs->contraction &&
         lhs->exchange == rhs->exchange && lhs->work == rhs->work &&
         lhs->readBytes == rhs->readBytes &&
         lhs->writtenBytes == rhs->writtenBytes;
}

/// Masks are made elsewhere.
bool hasSameMask(const std::optional<KernelShape> &lhs,
                 const std::optional<KernelShape> &rhs) {
  const auto *one = lhs ? std::get_if<AttentionShape>(&*lhs) : nullptr;
  const auto *other = rhs ? std::get_if<AttentionShape>(&*rhs) : nullptr;
  if (!one || !other)
    return !one && !other;
  return one->queries == other->queries && one->isCausal == other->isCausal &&
         one->window == other->window && one->seenPairs == other->seenPairs &&
         one->isMaskKnown == other->isMaskKnown;
}

bool isAlike(const Kernel &lhs, const Kernel &rhs) {
  if (lhs.times.isKnown() != rhs.times.isKnown() ||
      (!lhs.times && !(lhs.times.unknown() == rhs.times.unknown())))
    return false;
  return lhs.family == rhs.family && lhs.ops.size() == rhs.ops.size() &&
         lhs.name == rhs.name && isSame(lhs.demand, rhs.demand);
}

llvm::hash_code hashOf(const Kernel &kernel) {
  llvm::hash_code hash =
      llvm::hash_combine(kernel.family, kernel.ops.size(), kernel.name);
  if (!kernel.demand)
    return hash;
  for (const Work &work : kernel.demand->work)
    hash = llvm::hash_combine(hash, work.ops);
  return llvm::hash_combine(hash, kernel.demand->readBytes,
                            kernel.demand->writtenBytes);
}

} // namespace

Launch launch(const AlikeKernels &group, const Machine &machine,
              Launching launching) {
  Launch result;
  KernelFamily family = group.first().family;
  // Control arithmetic is no launch and takes no time; neither has it a roof.
  if (family == KernelFamily::Scalar)
    return result;
  KnownOr<Roof> roof = computeRoof(*group.ofLaunch, machine);
  result.time = kernelTime(family, roof, group.shape, machine, launching);
  if (!roof) {
    result.roofSeconds = roof.unknown();
    return result;
  }
  result.roofSeconds = roof->seconds;
  result.bound = roof->bound;
  return result;
}

std::vector<AlikeKernels>
findAlike(const ExecutionCounts &counts, const DemandLookup &lookup,
          Fusion fusion, std::vector<BlockProgram> *programs,
          llvm::function_ref<void(const Kernel &kernel, size_t group)> visit) {
  std::vector<AlikeKernels> groups;
  std::unordered_multimap<size_t, size_t> groupOf;
  size_t kernels = 0;
  auto add = [&](Kernel kernel) {
    size_t position = kernels++;
    size_t hash = hashOf(kernel);
    std::optional<KernelShape> shape;
    if (kernel.family == KernelFamily::Attention)
      shape = findKernelShape(kernel, lookup);
    auto [begin, end] = groupOf.equal_range(hash);
    auto it = std::find_if(begin, end, [&](const auto &entry) {
      const AlikeKernels &group = groups[entry.second];
      return isAlike(group.first(), kernel) && hasSameMask(group.shape, shape);
    });
    if (visit)
      visit(kernel, it == end ? groups.size() : it->second);
    if (it == end) {
      groupOf.emplace(hash, groups.size());
      mlir::Operation *root = kernel.root;
      KnownOr<Count> launches = kernel.times;
      if (kernel.family != KernelFamily::Attention)
        shape = findKernelShape(kernel, lookup);
      KnownOr<Demand> ofLaunch = kernel.demand;
      if (kernel.demand)
        ofLaunch = demandOfLaunch(kernel, shape, lookup);
      groups.push_back({std::move(kernel),
                        shape,
                        std::move(ofLaunch),
                        {root},
                        {position},
                        std::move(launches)});
      return;
    }
    groups[it->second].add(kernel, position);
  };
  if (programs)
    visitKernels(counts, lookup, fusion, add, [&](BlockProgram program) {
      programs->push_back(std::move(program));
    });
  else
    visitKernels(counts, lookup, fusion, add);
  return groups;
}

} // namespace roofline
