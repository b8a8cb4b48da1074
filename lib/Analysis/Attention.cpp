//===- Attention.cpp - Attention in a graph of ops ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Attention.h"

#include "KernelNames.h"

namespace roofline {

namespace {

/// A set of nodes in the order in which they came. It is as cheap to clear as
/// what is in it, so that one serves the searches from all contractions.
class NodeSet {
public:
  explicit NodeSet(size_t nodes) : isInside(nodes) {}

  bool contains(unsigned node) const { return isInside[node]; }
  size_t size() const { return list.size(); }
  bool empty() const { return list.empty(); }
  unsigned operator[](size_t place) const { return list[place]; }
  auto begin() const { return list.begin(); }
  auto end() const { return list.end(); }

  void insert(unsigned node) {
    if (isInside[node])
      return;
    isInside[node] = true;
    list.push_back(node);
  }
  void clear() {
    for (unsigned node : list)
      isInside[node] = false;
    list.clear();
  }

private:
  std::vector<bool> isInside;
  std::vector<unsigned> list;
};

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

/// True where rows are reduced to their largest or smallest element.
bool isExtremum(const Node &node) {
  auto isOf = [](llvm::StringRef name) {
    return name.starts_with("max") || name.starts_with("min");
  };
  return llvm::all_of(node.ops, [&](mlir::Operation *op) {
    llvm::StringRef name = nameOfOp(op);
    if (name.consume_front("reduce_"))
      return isOf(name);
    return llvm::any_of(op->getRegions(), [&](mlir::Region &region) {
      return llvm::any_of(region.getOps(), [&](mlir::Operation &inner) {
        return isOf(nameOfOp(&inner));
      });
    });
  });
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
      : graph(graph), nodes(graph.nodes), levels(levels), isTaken(nodes.size()),
        inner(nodes.size()), path(nodes.size()), group(nodes.size()),
        outside(nodes.size()) {}

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
          exponentials[*operand.producer] < elementsOf(operand.source) ||
          (tooLong && *tooLong == *operand.producer))
        continue;
      if (!collectChain(values, operand) || !isSoftmax(values, operand) ||
          !takesDataOnly(values, operand) ||
          !addOtherReaders(values, operand) || isEnteredAgain())
        continue;
      take(std::nullopt);
      return;
    }
  }

  /// The nodes on the way from contractions to `operand` of `values` are the
  /// path; with those that only they read they are the group.
  bool collectChain(unsigned values, const NodeInput &operand) {
    inner.clear();
    path.clear();
    group.clear();
    inner.insert(*operand.producer);
    for (size_t next = 0; next < inner.size(); ++next)
      for (const NodeInput &input : nodes[inner[next]].inputs) {
        if (!input.producer || isTaken[*input.producer])
          continue;
        const Node &producer = nodes[*input.producer];
        if (isContraction(producer))
          path.insert(*input.producer);
        else if (isInner(producer))
          inner.insert(*input.producer);
        if (inner.size() > maxChain) {
          tooLong = operand.producer;
          return false;
        }
      }
    if (path.empty())
      return false;

    // Producers have smaller numbers than consumers.
    llvm::SmallVector<unsigned, 32> ordered(inner.begin(), inner.end());
    llvm::sort(ordered);
    for (unsigned index : ordered)
      if (llvm::any_of(nodes[index].inputs, [&](const NodeInput &input) {
            return input.producer && path.contains(*input.producer);
          }))
        path.insert(index);
    path.insert(values);
    llvm::for_each(path, [&](unsigned index) { group.insert(index); });
    for (unsigned index : llvm::reverse(ordered))
      if (!nodes[index].escapes() &&
          llvm::all_of(nodes[index].consumers, [&](unsigned consumer) {
            return group.contains(consumer);
          }))
        group.insert(index);
    return true;
  }

  /// Exponentials of all scores and reductions of the rows that are contracted.
  bool isSoftmax(unsigned values, const NodeInput &operand) const {
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
      // The largest of what an activation yields is the scale of a
      // quantisation: experts in 8 bits.
      hasRows |= node.reductions != 0 && !(node.rowExtent < rowLength) &&
                 node.rowExtent < rowLength * Count(2) + Count(1) &&
                 (exponentials[index] < size || !isExtremum(node));
    }
    return hasExponentials && hasRows && !(scores * Count(2) < size);
  }

  /// False for the router of experts and for the gradient of a loss: what they
  /// contract with are parameters.
  bool takesDataOnly(unsigned values, const NodeInput &operand) const {
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
  bool addOtherReaders(unsigned values, const NodeInput &operand) {
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
    group.clear();
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
    if (contractions >= minContractions && !isEnteredAgain())
      take(forward);
  }

  //===--------------------------------------------------------------------===//
  // Groups
  //===--------------------------------------------------------------------===//

  /// True where what reads a node of the group comes to another node of it on
  /// a way outside; also where it takes too long to tell.
  bool isEnteredAgain() {
    unsigned lastLevel = 0;
    for (unsigned index : group)
      lastLevel = std::max(lastLevel, levels[index]);
    outside.clear();
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

  void take(std::optional<size_t> gradientOf) {
    // What is taken ends chains.
    tooLong = NodeIndex();
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
  /// The last node with too long a chain before it: contractions of one value
  /// follow each other.
  NodeIndex tooLong;
  /// What the search at hand has found.
  NodeSet inner, path, group, outside;
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
