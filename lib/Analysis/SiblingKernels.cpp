//===- SiblingKernels.cpp - Kernels that are launched together ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FusedKernels.h"
#include "KernelNames.h"

#include "llvm/ADT/IntEqClasses.h"

namespace roofline {

namespace {

/// What a kernel is joined by: kernels that have a key in common are one
/// launch. None for kernels that stay alone.
using Key = std::tuple<KernelFamily, unsigned, const void *>;

llvm::SmallVector<Key, 2> keysOf(const KernelGraph &graph,
                                 const Partition &partition, unsigned kernel) {
  // Kernels with an anchor are never joined, and of the others only those that
  // move or update data, or whose results leave.
  bool mayJoin = false;
  for (unsigned member : partition.members[kernel]) {
    const Node &node = graph.nodes[member];
    if (node.is(NodeClass::Anchor) || node.is(NodeClass::Barrier))
      return {};
    mayJoin |= node.is(NodeClass::Update) || node.escapes() ||
               node.structure() == Structure::DataMovement;
  }
  if (!mayJoin)
    return {};
  ExternalReads reads = externalReads(graph, partition, kernel);
  KernelFamily family = identify(graph, partition, kernel, reads).family;
  unsigned level = partition.levels[kernel];
  llvm::SmallVector<Key, 2> keys;
  switch (family) {
  case KernelFamily::Rope: {
    // Queries and keys are rotated by the same tables, the smallest reads.
    Count smallest = Count::overflow();
    for (const auto &[value, bytes] : reads)
      if (value && Count(maxScalarBytes) < bytes && bytes < smallest)
        smallest = bytes;
    for (const auto &[value, bytes] : reads)
      if (value && bytes == smallest)
        keys.emplace_back(family, level, value.getAsOpaquePointer());
    return keys;
  }
  case KernelFamily::CacheUpdate:
    return {Key{family, level, nullptr}};
  case KernelFamily::Optimizer:
    // Nothing in the graph reads what an optimiser yields.
    return {Key{family, 0, nullptr}};
  default:
    return {};
  }
}

} // namespace

void joinSiblings(const KernelGraph &graph, Partition &partition) {
  llvm::IntEqClasses classes(partition.members.size());
  bool isAnyJoined = false;
  std::map<Key, unsigned> first;
  for (unsigned kernel = 0; kernel < partition.members.size(); ++kernel)
    for (const Key &key : keysOf(graph, partition, kernel)) {
      auto [it, isNew] = first.try_emplace(key, kernel);
      if (!isNew) {
        classes.join(it->second, kernel);
        isAnyJoined = true;
      }
    }
  if (!isAnyJoined)
    return;

  Partition joined;
  std::vector<unsigned> newKernel(partition.members.size());
  for (unsigned kernel = 0; kernel < partition.members.size(); ++kernel) {
    unsigned leader = classes.findLeader(kernel);
    if (leader == kernel) {
      newKernel[kernel] = joined.members.size();
      joined.members.emplace_back();
      joined.levels.push_back(partition.levels[kernel]);
    }
    newKernel[kernel] = newKernel[leader];
    joined.members[newKernel[kernel]].append(partition.members[kernel]);
  }
  for (unsigned kernel : partition.kernelOf)
    joined.kernelOf.push_back(newKernel[kernel]);
  for (auto &members : joined.members)
    llvm::sort(members);
  partition = std::move(joined);
}

} // namespace roofline
