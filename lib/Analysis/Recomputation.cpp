//===- Recomputation.cpp - Values that kernels compute again --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Recomputation.h"

#include "llvm/ADT/SetVector.h"

namespace roofline {

namespace {

/// A value that is computed from more than this many others is stored.
constexpr size_t maxSources = 8;

/// Ops that are computed again for one value.
constexpr size_t maxOps = 32;

class Recomputation {
public:
  Recomputation(KernelGraph &graph, Partition &partition)
      : nodes(graph.nodes), partition(partition), kernelOf(partition.kernelOf),
        members(partition.members), levels(partition.levels) {}

  /// Producers come before what they are read by, so that what a value is
  /// computed from is decided on before it.
  void run() {
    for (unsigned index = 0; index < nodes.size(); ++index)
      wasWritten.push_back(isWritten(index));
    for (unsigned index = 0; index < nodes.size(); ++index)
      if (isElementwise(nodes[index]) && isReadOutside(index))
        decide(index);
    for (unsigned index : gainedConsumers) {
      auto &consumers = nodes[index].consumers;
      llvm::sort(consumers);
      consumers.erase(std::unique(consumers.begin(), consumers.end()),
                      consumers.end());
    }
    for (unsigned kernel = 0; kernel < members.size(); ++kernel)
      if (auto it = computedBy.find(kernel); it != computedBy.end())
        if (llvm::none_of(members[kernel],
                          [&](unsigned index) { return isWritten(index); }))
          moveInto(kernel, it->second);
  }

private:
  using Sources = llvm::SmallVector<NodeInput, 4>;

  static bool isElementwise(const Node &node) {
    return node.isElementwise() && node.outputs.size() == 1;
  }

  bool isReadOutside(unsigned index) const {
    return llvm::any_of(nodes[index].consumers, [&](unsigned consumer) {
      return kernelOf[consumer] != kernelOf[index];
    });
  }

  bool isWritten(unsigned index) const {
    return nodes[index].escapes() || isReadOutside(index);
  }

  /// True where a consumer can compute the value where it reads it.
  bool canRecompute(unsigned consumer, mlir::Value value) const {
    const Node &node = nodes[consumer];
    if (!node.is(NodeClass::Loop) && !node.is(NodeClass::Reduction))
      return false;
    KnownOr<Count> whole = byteCount(value.getType());
    return llvm::all_of(node.inputs, [&](const NodeInput &input) {
      return input.source != value ||
             (!input.isBuffer && whole && input.bytes == *whole);
    });
  }

  /// What the value of a node is computed from: values in memory whatever is
  /// decided. Absent where they are too many.
  std::optional<Sources> sourcesOf(unsigned index) const {
    Sources sources;
    llvm::SmallSetVector<unsigned, 8> again;
    again.insert(index);
    for (size_t next = 0; next < again.size(); ++next)
      for (const NodeInput &input : nodes[again[next]].inputs) {
        bool isInside =
            input.producer && kernelOf[*input.producer] == kernelOf[index];
        if (isInside && isElementwise(nodes[*input.producer]) &&
            !isWritten(*input.producer)) {
          again.insert(*input.producer);
          if (again.size() > maxOps)
            return std::nullopt;
          continue;
        }
        if (llvm::any_of(sources, [&](const NodeInput &other) {
              return other.source == input.source;
            }))
          continue;
        sources.push_back(input);
        if (sources.size() > maxSources)
          return std::nullopt;
      }
    return sources;
  }

  /// Bytes of the sources that `kernel` does not read anyway.
  Count newReads(const Sources &sources, unsigned kernel) {
    auto [it, isNew] = readsOf.try_emplace(kernel);
    if (isNew)
      for (unsigned member : members[kernel])
        for (const NodeInput &input : nodes[member].inputs)
          it->second.insert(input.source);
    Count bytes;
    for (const NodeInput &source : sources) {
      bool isOwn = source.producer && kernelOf[*source.producer] == kernel;
      if (!isOwn && !it->second.contains(source.source))
        bytes += source.bytes;
    }
    return bytes;
  }

  void decide(unsigned index) {
    const Node &node = nodes[index];
    mlir::Value value = node.outputs.front().value;
    std::optional<Sources> sources = sourcesOf(index);
    if (!sources)
      return;

    // What stays in memory for others is read, unless all it is computed from
    // is read anyway.
    bool isStored = node.escapes();
    llvm::SmallSetVector<unsigned, 4> readers;
    llvm::SmallDenseSet<unsigned, 4> unable;
    for (unsigned consumer : node.consumers) {
      if (kernelOf[consumer] == kernelOf[index])
        continue;
      if (canRecompute(consumer, value)) {
        readers.insert(kernelOf[consumer]);
      } else {
        isStored = true;
        unable.insert(kernelOf[consumer]);
      }
    }

    // Rows of reductions are written for whoever computes with them. That
    // others need them, too, is not counted on: it may not be decided yet.
    Count written;
    for (const NodeInput &source : *sources)
      if (source.producer && kernelOf[*source.producer] == kernelOf[index] &&
          !wasWritten[*source.producer])
        written += source.bytes;

    Count bytes = node.outputs.front().bytes;
    llvm::SmallDenseSet<unsigned, 4> chosen;
    Count before = bytes, after = written;
    for (unsigned kernel : readers) {
      Count reads = newReads(*sources, kernel);
      before += bytes;
      after += reads;
      if (isStored && !unable.contains(kernel) && reads + written < bytes)
        chosen.insert(kernel);
    }
    if (!isStored && after < before)
      chosen.insert(readers.begin(), readers.end());
    if (chosen.empty())
      return;
    recompute(index, *sources, chosen);
    // The first of those that compute the value last.
    unsigned &by =
        computedBy.try_emplace(kernelOf[index], *chosen.begin()).first->second;
    for (unsigned kernel : chosen)
      if (std::make_pair(levels[kernel], kernel) <
          std::make_pair(levels[by], by))
        by = kernel;
  }

  /// Nothing of `kernel` is stored: what computes its values does its work.
  void moveInto(unsigned kernel, unsigned target) {
    // The target may have gone the same way.
    while (members[target].empty())
      target = kernelOf[movedTo.lookup(target)];
    if (target == kernel)
      return;
    movedTo[kernel] = members[kernel].front();
    partition.moveNodes(kernel, target);
  }

  void recompute(unsigned index, const Sources &sources,
                 const llvm::SmallDenseSet<unsigned, 4> &chosen) {
    mlir::Value value = nodes[index].outputs.front().value;
    auto isChosen = [&](unsigned consumer) {
      return kernelOf[consumer] != kernelOf[index] &&
             chosen.contains(kernelOf[consumer]);
    };
    llvm::SmallVector<unsigned> consumers(
        llvm::make_filter_range(nodes[index].consumers, isChosen));
    for (unsigned consumer : consumers) {
      auto &inputs = nodes[consumer].inputs;
      llvm::erase_if(inputs, [&](const NodeInput &input) {
        return input.source == value;
      });
      for (const NodeInput &source : sources) {
        inputs.push_back(source);
        inputs.back().isBuffer = false;
        if (source.producer) {
          nodes[*source.producer].consumers.push_back(consumer);
          gainedConsumers.insert(*source.producer);
        }
      }
    }
    llvm::erase_if(nodes[index].consumers, isChosen);
  }

  std::vector<Node> &nodes;
  Partition &partition;
  const std::vector<unsigned> &kernelOf;
  const std::vector<llvm::SmallVector<unsigned, 2>> &members;
  llvm::ArrayRef<unsigned> levels;
  /// Nodes whose consumers are to be put in order.
  llvm::DenseSet<unsigned> gainedConsumers;
  /// Before anything is computed again.
  std::vector<bool> wasWritten;
  /// A kernel that computes values of another again.
  llvm::DenseMap<unsigned, unsigned> computedBy;
  /// A node of a kernel that became a part of another.
  llvm::DenseMap<unsigned, unsigned> movedTo;
  /// What kernels read before anything is computed again.
  llvm::DenseMap<unsigned, llvm::DenseSet<mlir::Value>> readsOf;
};

} // namespace

void recomputeCheapValues(KernelGraph &graph, Partition &partition) {
  Recomputation(graph, partition).run();
}

} // namespace roofline
