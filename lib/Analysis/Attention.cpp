//===- Attention.cpp - Attention in a graph of ops ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Attention.h"

#include "llvm/ADT/SetVector.h"

namespace roofline {

namespace {

using NodeSet = llvm::SmallSetVector<unsigned, 32>;

/// Nodes between two contractions that are looked at. Between scores and values
/// there are some twenty, with guards and sinks forty; a residual stream, which
/// is none, has thousands.
constexpr size_t maxChain = 128;

/// Nodes that are looked at to tell whether a group is entered again.
constexpr size_t maxSearched = 4096;

/// Chains of conversions of a parameter are shorter.
constexpr unsigned maxParameterChain = 16;

bool isContraction(const Node &node) {
  return node.is(NodeClass::Anchor) && !node.family &&
         node.structure() == Structure::Contraction;
}

/// True for what may be between scores and values.
bool isInner(const Node &node) {
  // Scores of several heads may be written into one buffer.
  return (node.is(NodeClass::Loop) || node.is(NodeClass::Reduction) ||
          node.is(NodeClass::Update)) &&
         node.structure() != Structure::GatherScatter;
}

bool isParameterLike(const KernelGraph &graph, const NodeInput &input,
                     unsigned depth) {
  if (!input.producer)
    return true;
  const Node &node = graph.nodes[*input.producer];
  return depth < maxParameterChain && node.is(NodeClass::Loop) &&
         node.reductions == 0 &&
         llvm::all_of(
             node.inputs,
             [&](const NodeInput &before) {
               return isParameterLike(graph, before, depth + 1);
             });
}

class AttentionFinder {
public:
  AttentionFinder(const KernelGraph &graph, llvm::ArrayRef<unsigned> levels)
      : graph(graph), nodes(graph.nodes), levels(levels),
        isTaken(nodes.size()) {}

  std::vector<KernelGraph::Group> find() {
    // Values before gradients: those of one attention have the lowest level of
    // all contractions over its rows.
    std::vector<unsigned> contractions;
    for (unsigned index = 0; index < nodes.size(); ++index)
      if (isContraction(nodes[index]))
        contractions.push_back(index);
    llvm::stable_sort(contractions, [&](unsigned lhs, unsigned rhs) {
      return levels[lhs] < levels[rhs];
    });
    findExponentials();
    for (unsigned values : contractions)
      if (!isTaken[values])
        tryForward(values);
    for (size_t index = 0, end = groups.size(); index < end; ++index)
      tryGradient(index);
    return std::move(groups);
  }

private:
  //===--------------------------------------------------------------------===//
  // Forward
  //===--------------------------------------------------------------------===//

  /// Of every node, of how many elements special functions are taken on the way
  /// from contractions to it: most operands are out of the question at once.
  void findExponentials() {
    exponentials.resize(nodes.size());
    for (auto [index, node] : llvm::enumerate(nodes)) {
      if (!isInner(node))
        continue;
      exponentials[index] = node.specialElements;
      for (const NodeInput &input : node.inputs)
        if (input.producer)
          exponentials[index] =
              std::max(exponentials[index], exponentials[*input.producer]);
    }
  }

  void tryForward(unsigned values) {
    for (const NodeInput &operand : nodes[values].inputs) {
      if (!operand.producer || !isInner(nodes[*operand.producer]) ||
          exponentials[*operand.producer] < elementsOf(operand.source))
        continue;
      NodeSet path, group;
      if (!collectChain(values, operand, path, group) ||
          !isSoftmax(path, values, operand) ||
          !takesDataOnly(group, values, operand) ||
          !addOtherReaders(group, values, operand) || isEnteredAgain(group))
        continue;
      take(group, std::nullopt);
      return;
    }
  }

  /// The nodes on the way from contractions to `operand` of `values` are the
  /// path; with those that only they read they are the group.
  bool collectChain(unsigned values, const NodeInput &operand, NodeSet &path,
                    NodeSet &group) const {
    NodeSet inner, scores;
    inner.insert(*operand.producer);
    for (size_t next = 0; next < inner.size(); ++next)
      for (const NodeInput &input : nodes[inner[next]].inputs) {
        if (!input.producer || isTaken[*input.producer])
          continue;
        const Node &producer = nodes[*input.producer];
        if (isContraction(producer))
          scores.insert(*input.producer);
        else if (isInner(producer))
          inner.insert(*input.producer);
        if (inner.size() > maxChain)
          return false;
      }
    if (scores.empty())
      return false;

    // Producers have smaller numbers than consumers.
    llvm::SmallVector<unsigned, 32> ordered(inner.begin(), inner.end());
    llvm::sort(ordered);
    path.insert(scores.begin(), scores.end());
    for (unsigned index : ordered)
      if (llvm::any_of(nodes[index].inputs, [&](const NodeInput &input) {
            return input.producer && path.contains(*input.producer);
          }))
        path.insert(index);
    path.insert(values);
    group.insert(path.begin(), path.end());
    for (unsigned index : llvm::reverse(ordered))
      if (!nodes[index].escapes() &&
          llvm::all_of(nodes[index].consumers, [&](unsigned consumer) {
            return group.contains(consumer);
          }))
        group.insert(index);
    return true;
  }

  /// Exponentials of all scores and reductions of the rows that are contracted.
  bool isSoftmax(const NodeSet &path, unsigned values,
                 const NodeInput &operand) const {
    Count size = elementsOf(operand.source);
    Count rowLength = nodes[values].demand->contraction->k;
    bool hasExponentials = false, hasRows = false;
    Count scores;
    for (unsigned index : path) {
      const Node &node = nodes[index];
      if (isContraction(node)) {
        if (index != values)
          scores += node.elements;
        continue;
      }
      // Columns for sinks, which no value belongs to, come on top.
      hasExponentials |= !(node.specialElements < size);
      hasRows |= node.reductions != 0 && !(node.rowExtent < rowLength) &&
                 node.rowExtent < rowLength * Count(2) + Count(1);
    }
    return hasExponentials && hasRows && !(scores * Count(2) < size);
  }

  /// False for the router of experts and for the gradient of a loss: what they
  /// contract with are parameters.
  bool takesDataOnly(const NodeSet &group, unsigned values,
                     const NodeInput &operand) const {
    for (unsigned index : group) {
      const Node &node = nodes[index];
      if (!isContraction(node) || Count(1) < node.demand->contraction->batch)
        continue;
      for (const NodeInput &input : node.inputs) {
        bool isProbabilities =
            index == values && input.source == operand.source;
        if (!isProbabilities && !input.bytes.isZero() &&
            isParameterLike(graph, input, 0))
          return false;
      }
    }
    return true;
  }

  /// Adds what else reads the rows before the group ends: more contractions
  /// with values (heads apart), sums that divide the result. A second product
  /// with all of the probabilities is their gradient; without a batch it says
  /// that all of it is the gradient of a loss.
  bool addOtherReaders(NodeSet &group, unsigned values,
                       const NodeInput &operand) const {
    unsigned lastLevel = levels[values];
    auto readsAll = [&](const Node &node) {
      return llvm::any_of(node.inputs, [&](const NodeInput &input) {
        return input.source == operand.source && input.bytes == operand.bytes;
      });
    };
    KnownOr<Count> whole = byteCount(operand.source.getType());
    bool isWhole = whole && operand.bytes == *whole;
    bool isBatched = Count(1) < nodes[values].demand->contraction->batch;
    for (size_t next = 0; next < group.size(); ++next) {
      if (levels[group[next]] == lastLevel && isContraction(nodes[group[next]]))
        continue;
      for (unsigned consumer : nodes[group[next]].consumers) {
        if (group.contains(consumer) || levels[consumer] > lastLevel)
          continue;
        const Node &node = nodes[consumer];
        if (isTaken[consumer] || (!isInner(node) && !isContraction(node)))
          return false;
        if (isWhole && isContraction(node) && readsAll(node)) {
          if (!isBatched)
            return false;
          continue;
        }
        group.insert(consumer);
        if (group.size() > 2 * maxChain)
          return false;
      }
    }
    return true;
  }

  //===--------------------------------------------------------------------===//
  // Gradient
  //===--------------------------------------------------------------------===//

  /// What reads probabilities of an attention later: the gradients of queries,
  /// keys and values, which a library computes in one kernel, too.
  void tryGradient(size_t forward) {
    NodeSet group;
    llvm::SmallVector<unsigned> members(groups[forward].nodes);
    for (unsigned member : members)
      for (unsigned consumer : nodes[member].consumers)
        if (!isTaken[consumer] && !isContraction(nodes[member]) &&
            (isInner(nodes[consumer]) || isContraction(nodes[consumer])))
          group.insert(consumer);
    Count size;
    for (unsigned member : members)
      size = std::max(size, nodes[member].specialElements);
    for (size_t next = 0; next < group.size(); ++next) {
      const Node &node = nodes[group[next]];
      if (group.size() > maxChain)
        return;
      if (isContraction(node))
        continue;
      for (unsigned consumer : node.consumers)
        if (!isTaken[consumer] &&
            (isInner(nodes[consumer]) || isContraction(nodes[consumer])))
          group.insert(consumer);
      for (const NodeInput &input : node.inputs)
        if (input.producer && !isTaken[*input.producer] &&
            (isContraction(nodes[*input.producer]) ||
             isInner(nodes[*input.producer])) &&
            nodes[*input.producer].elements == size)
          group.insert(*input.producer);
    }
    // dV, dP, dQ and dK.
    constexpr size_t minContractions = 4;
    size_t contractions = llvm::count_if(
        group, [&](unsigned index) { return isContraction(nodes[index]); });
    if (contractions >= minContractions && !isEnteredAgain(group))
      take(group, forward);
  }

  //===--------------------------------------------------------------------===//
  // Groups
  //===--------------------------------------------------------------------===//

  /// True where what reads a node of the group comes to another node of it on
  /// a way outside; also where it takes too long to tell.
  bool isEnteredAgain(const NodeSet &group) const {
    unsigned lastLevel = 0;
    for (unsigned index : group)
      lastLevel = std::max(lastLevel, levels[index]);
    NodeSet outside;
    auto visitConsumers = [&](unsigned index) {
      for (unsigned consumer : nodes[index].consumers)
        if (levels[consumer] <= lastLevel && !group.contains(consumer))
          outside.insert(consumer);
    };
    for (unsigned index : group)
      visitConsumers(index);
    for (size_t next = 0; next < outside.size(); ++next) {
      if (outside.size() > maxSearched ||
          llvm::any_of(nodes[outside[next]].consumers, [&](unsigned consumer) {
            return group.contains(consumer);
          }))
        return true;
      visitConsumers(outside[next]);
    }
    return false;
  }

  void take(NodeSet &group, std::optional<size_t> gradientOf) {
    llvm::SmallVector<unsigned> members(group.begin(), group.end());
    llvm::sort(members);
    for (unsigned index : members)
      isTaken[index] = true;
    groups.push_back({std::move(members), KernelFamily::Attention, gradientOf});
  }

  const KernelGraph &graph;
  llvm::ArrayRef<Node> nodes;
  llvm::ArrayRef<unsigned> levels;
  std::vector<bool> isTaken;
  std::vector<Count> exponentials;
  std::vector<KernelGraph::Group> groups;
};

} // namespace

std::vector<KernelGraph::Group> findAttention(const KernelGraph &graph,
                                              llvm::ArrayRef<unsigned> levels) {
  return AttentionFinder(graph, levels).find();
}

bool isParameterLike(const KernelGraph &graph, const NodeInput &input) {
  return isParameterLike(graph, input, 0);
}

} // namespace roofline
