//===- KernelFusion.cpp - Which nodes run as one launch -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelFusion.h"

#include "llvm/ADT/IntEqClasses.h"
#include "llvm/ADT/SetVector.h"

#include <map>
#include <set>

namespace roofline {

namespace {

bool isFusible(const Node &node) {
  return node.is(NodeClass::Loop) || node.is(NodeClass::Reduction) ||
         node.is(NodeClass::Update);
}

/// True where no kernel spans the edge, whatever else is around.
bool isBoundary(const Node &producer, const Node &consumer,
                const NodeInput &input) {
  if (producer.is(NodeClass::Scalar) && consumer.is(NodeClass::Scalar))
    return false;
  // What an update leaves in its buffer is read by later kernels.
  return input.isBuffer || !isFusible(producer) || !isFusible(consumer) ||
         producer.is(NodeClass::Update) || producer.reducesColumns;
}

/// Reductions whose results wait in a kernel for what comes after them.
struct PendingRows {
  Count rows;
  Count extent;
};

class FusionLevels {
public:
  explicit FusionLevels(const KernelGraph &graph)
      : nodes(graph.nodes), levels(nodes.size()), pending(nodes.size()) {}

  std::vector<unsigned> compute() {
    for (unsigned index = 0; index < nodes.size(); ++index)
      raise(index);
    sink();
    return std::move(levels);
  }

private:
  /// The level of a node whose producers have theirs.
  void raise(unsigned index) {
    const Node &node = nodes[index];
    unsigned level = 0;
    for (const NodeInput &input : node.inputs)
      if (input.producer)
        level = std::max(level,
                         levels[*input.producer] +
                             isBoundary(nodes[*input.producer], node, input));
    PendingRows rows{node.rows, node.rowExtent};
    if (!joinRows(index, level, rows)) {
      ++level;
      rows = {node.rows, node.rowExtent};
    }
    levels[index] = level;
    pending[index] = rows;
  }

  /// Whether a node can join the kernels of its producers on `level`, seeing
  /// the reductions in them; adds those to `rows`.
  bool joinRows(unsigned index, unsigned level, PendingRows &rows) const {
    const Node &node = nodes[index];
    for (const NodeInput &input : node.inputs) {
      if (!input.producer || levels[*input.producer] != level ||
          isBoundary(nodes[*input.producer], node, input))
        continue;
      const PendingRows &before = pending[*input.producer];
      if (before.rows.isZero())
        continue;
      // Rows along other dimensions, or along rows: another launch has to wait
      // for all of them.
      if (!rows.rows.isZero() && rows.rows != before.rows)
        return false;
      // A row that is read again must have been kept.
      bool readsAgain = before.rows < node.elements || node.reductions != 0;
      if (readsAgain && Count(maxKeptRow) < before.extent)
        return false;
      rows = {before.rows,
              rows.extent < before.extent ? before.extent : rows.extent};
    }
    return true;
  }

  /// True where the node may run later than it could.
  bool isFloating(unsigned index) const {
    const Node &node = nodes[index];
    // What follows an anchor stays there, for its epilogue.
    return node.is(NodeClass::Loop) && node.reductions == 0 &&
           llvm::all_of(node.inputs, [&](const NodeInput &input) {
             return !input.producer || floats[*input.producer];
           });
  }

  void sink() {
    floats.resize(nodes.size());
    for (unsigned index = 0; index < nodes.size(); ++index)
      floats[index] = isFloating(index);
    constexpr unsigned unlimited = ~0u;
    std::vector<unsigned> limits(nodes.size(), unlimited);
    for (unsigned index = nodes.size(); index-- > 0;) {
      if (floats[index] && limits[index] != unlimited)
        levels[index] = limits[index];
      for (const NodeInput &input : nodes[index].inputs)
        if (input.producer) {
          bool boundary =
              isBoundary(nodes[*input.producer], nodes[index], input);
          // A level that a boundary does not reach is none to sink to.
          unsigned limit = levels[index] - (boundary ? 1 : 0);
          limits[*input.producer] = std::min(limits[*input.producer], limit);
        }
    }
  }

  llvm::ArrayRef<Node> nodes;
  std::vector<unsigned> levels;
  std::vector<PendingRows> pending;
  std::vector<bool> floats;
};

/// What prologues and epilogues are decided on: a kernel of steps 1
/// to 3.
struct Cluster {
  /// Every node is elementwise on this many elements at most.
  bool isPointwise = true;
  Count elements;
  /// Every node is elementwise or takes a part, without special functions.
  bool isAddressing = true;
  bool escapes = false;
  bool isRead = false;
  /// The one node outside that reads it; none where there are others.
  NodeIndex onlyReader;
  /// Anchors that are read by this cluster alone, ascending.
  llvm::SmallVector<unsigned, 2> anchors;
};

class Surroundings {
public:
  Surroundings(const KernelGraph &graph, Fusion fusion,
               llvm::ArrayRef<unsigned> levels, llvm::IntEqClasses &classes)
      : graph(graph), nodes(graph.nodes), fusion(fusion), levels(levels),
        classes(classes), clusters(nodes.size()) {}

  void fuse() {
    std::map<unsigned, llvm::SmallVector<unsigned>> members;
    for (unsigned index = 0; index < nodes.size(); ++index) {
      describe(index);
      if (nodes[index].escapes())
        members[clusterOf(index)];
    }
    // A kernel of parameters and their moments is nobody's epilogue.
    for (unsigned index = 0; index < nodes.size(); ++index)
      if (auto it = members.find(clusterOf(index)); it != members.end())
        it->second.push_back(index);
    for (auto &[leader, cluster] : members)
      if (countUpdatedArguments(graph, cluster) > 1)
        clusters[leader].isPointwise = false;
    for (unsigned index = 0; index < nodes.size(); ++index)
      if (nodes[index].is(NodeClass::Anchor))
        offerEpilogue(index);
    checkWaiting();
    for (unsigned leader = 0; leader < nodes.size(); ++leader) {
      const Cluster &cluster = clusters[leader];
      if (cluster.anchors.size() == 1)
        classes.join(leader, cluster.anchors.front());
      else if (cluster.anchors.empty())
        joinPrologue(leader);
    }
  }

private:
  unsigned clusterOf(unsigned node) const { return classes.findLeader(node); }

  void describe(unsigned index) {
    const Node &node = nodes[index];
    unsigned leader = clusterOf(index);
    Cluster &cluster = clusters[leader];
    bool isElementwise = node.isElementwise();
    // Concatenations read several values: the loads of a contraction do not.
    size_t data = llvm::count_if(node.inputs, [](const NodeInput &input) {
      return Count(maxScalarBytes) < input.bytes;
    });
    bool isPart = node.is(NodeClass::Loop) && node.reductions == 0 &&
                  node.structure() == Structure::DataMovement && data == 1;
    cluster.isPointwise &= isElementwise;
    cluster.isAddressing &=
        (isElementwise || isPart) && node.specialElements.isZero();
    cluster.escapes |= node.escapes();
    if (cluster.elements < node.elements)
      cluster.elements = node.elements;
    for (unsigned consumer : node.consumers) {
      if (clusterOf(consumer) == leader)
        continue;
      bool isOther = cluster.isRead &&
                     (!cluster.onlyReader || *cluster.onlyReader != consumer);
      cluster.onlyReader = isOther ? NodeIndex() : NodeIndex(consumer);
      cluster.isRead = true;
    }
  }

  /// The clusters that read one result of an anchor.
  struct ResultReaders {
    unsigned clusters = 0;
    /// Any of them.
    unsigned leader = 0;
    /// The fewest bytes that one reads.
    Count leastBytes = Count::overflow();
  };

  /// An anchor whose result only one elementwise cluster reads.
  void offerEpilogue(unsigned index) {
    const Node &anchor = nodes[index];
    // Compilers call a library for convolutions and fuse what follows.
    if (fusion == Fusion::Compiler &&
        anchor.structure() == Structure::Convolution)
      return;
    llvm::SmallDenseMap<mlir::Value, ResultReaders, 8> readersOf;
    llvm::SmallDenseMap<unsigned, unsigned, 8> resultsReadBy;
    llvm::SmallDenseSet<std::pair<mlir::Value, unsigned>, 8> counted;
    for (unsigned consumer : anchor.consumers)
      for (const NodeInput &input : nodes[consumer].inputs) {
        if (!input.producer || *input.producer != index)
          continue;
        ResultReaders &readers = readersOf[input.source];
        if (!input.bytes.isZero())
          readers.leastBytes = std::min(readers.leastBytes, input.bytes);
        unsigned leader = clusterOf(consumer);
        if (!counted.insert({input.source, leader}).second)
          continue;
        ++readers.clusters;
        readers.leader = leader;
        ++resultsReadBy[leader];
      }
    // Attention divides what it yields by sums that it also yields.
    bool isOne = anchor.family == KernelFamily::Attention &&
                 resultsReadBy.size() == 1 && !anchor.escapes();
    for (const NodeOutput &output : anchor.outputs) {
      ResultReaders readers = readersOf.lookup(output.value);
      // Halves of a result are in different tiles.
      bool isPart = readers.leastBytes < output.bytes;
      if (readers.clusters != 1 || isPart || output.escapes ||
          (!isOne && resultsReadBy[readers.leader] != 1))
        continue;
      Cluster &cluster = clusters[readers.leader];
      bool isOffered =
          !cluster.anchors.empty() && cluster.anchors.back() == index;
      if (cluster.isPointwise && !(anchor.elements < cluster.elements) &&
          !isOffered)
        cluster.anchors.push_back(index);
      // What else reads the anchor may lead to the cluster, too.
      if (resultsReadBy.size() > 1)
        lastProducerOf.try_emplace(readers.leader, 0);
    }
  }

  /// Takes back epilogues that wait for something that waits for their anchor.
  void checkWaiting() {
    if (lastProducerOf.empty())
      return;
    for (unsigned index = 0; index < nodes.size(); ++index) {
      unsigned leader = clusterOf(index);
      auto it = lastProducerOf.find(leader);
      if (it == lastProducerOf.end())
        continue;
      for (const NodeInput &input : nodes[index].inputs)
        if (input.producer && clusterOf(*input.producer) != leader &&
            !llvm::binary_search(clusters[leader].anchors, *input.producer))
          it->second = std::max(it->second, levels[*input.producer]);
    }
    for (auto [leader, level] : lastProducerOf)
      llvm::erase_if(
          clusters[leader].anchors,
          [&, last = level](unsigned anchor) { return levels[anchor] < last; });
  }

  /// A cluster without an anchor that one anchor alone reads.
  void joinPrologue(unsigned leader) {
    const Cluster &cluster = clusters[leader];
    if (!cluster.isRead || !cluster.isAddressing || cluster.escapes ||
        !cluster.onlyReader ||
        !nodes[*cluster.onlyReader].is(NodeClass::Anchor))
      return;
    classes.join(leader, *cluster.onlyReader);
  }

  const KernelGraph &graph;
  llvm::ArrayRef<Node> nodes;
  Fusion fusion;
  llvm::ArrayRef<unsigned> levels;
  llvm::IntEqClasses &classes;
  /// Of clusters that read one of several results of an anchor, the level of
  /// the last of what they read beside their anchors.
  llvm::MapVector<unsigned, unsigned> lastProducerOf;
  std::vector<Cluster> clusters;
};

/// Values that a kernel made of several side by side reads and writes at most:
/// the limit that XLA has for a fusion (A61).
constexpr unsigned maxArguments = 96;

/// How a cluster walks over what it reads.
struct Walk {
  Count largest;
  Count rows;
  bool reducesColumns = false;
  bool isFusible = true;
  /// At most what it reads and writes.
  unsigned arguments = 0;

  auto key() const { return std::make_tuple(largest, rows, reducesColumns); }
};

/// Joins clusters of one level that read one value in one way.
void joinReaders(const KernelGraph &graph, llvm::ArrayRef<unsigned> levels,
                 llvm::IntEqClasses &classes) {
  std::vector<Walk> walks(graph.nodes.size());
  for (auto [index, node] : llvm::enumerate(graph.nodes)) {
    Walk &walk = walks[classes.findLeader(index)];
    walk.isFusible &= isFusible(node) && !node.is(NodeClass::Update);
    walk.largest = std::max(walk.largest, node.walkedElements());
    walk.rows = std::max(walk.rows, node.rows);
    walk.reducesColumns |= node.reducesColumns;
    walk.arguments += node.inputs.size() + node.outputs.size();
  }
  // The first cluster that walks over a value in some way.
  using Key = std::pair<const void *, unsigned>;
  std::map<std::pair<Key, std::tuple<Count, Count, bool>>, unsigned> first;
  llvm::SmallVector<std::pair<unsigned, unsigned>> joins;
  for (auto [index, node] : llvm::enumerate(graph.nodes)) {
    unsigned leader = classes.findLeader(index);
    const Walk &walk = walks[leader];
    if (!walk.isFusible || walk.largest.isZero())
      continue;
    for (const NodeInput &input : node.inputs) {
      if (!input.source || input.isBuffer ||
          (input.producer && classes.findLeader(*input.producer) == leader))
        continue;
      // Most values are read by one node.
      if (input.producer && graph.nodes[*input.producer].consumers.size() == 1)
        continue;
      KnownOr<Count> elements = elementCount(input.source.getType());
      KnownOr<Count> bytes = byteCount(input.source.getType());
      if (!elements || !bytes || *elements != walk.largest ||
          input.bytes != *bytes)
        continue;
      auto [it, isNew] = first.try_emplace(
          {{input.source.getAsOpaquePointer(), levels[index]}, walk.key()},
          leader);
      if (!isNew && it->second != leader)
        joins.emplace_back(it->second, leader);
    }
  }
  // All of those that belong together, or none: which ones would depend on the
  // order of the graph.
  llvm::IntEqClasses together(graph.nodes.size());
  for (auto [lhs, rhs] : joins)
    together.join(lhs, rhs);
  std::map<unsigned, unsigned> arguments;
  std::set<unsigned> counted;
  for (auto [lhs, rhs] : joins)
    for (unsigned cluster : {lhs, rhs})
      if (counted.insert(cluster).second)
        arguments[together.findLeader(cluster)] += walks[cluster].arguments;
  for (auto [lhs, rhs] : joins)
    if (arguments[together.findLeader(lhs)] <= maxArguments)
      classes.join(lhs, rhs);
}

Partition partitionOf(const llvm::IntEqClasses &classes,
                      llvm::ArrayRef<unsigned> levels) {
  Partition partition;
  partition.kernelOf.reserve(levels.size());
  constexpr unsigned none = ~0u;
  std::vector<unsigned> kernelOfLeader(levels.size(), none);
  unsigned kernels = 0;
  for (unsigned index = 0; index < levels.size(); ++index) {
    unsigned &kernel = kernelOfLeader[classes.findLeader(index)];
    if (kernel == none)
      kernel = kernels++;
    partition.kernelOf.push_back(kernel);
  }
  partition.members.resize(kernels);
  partition.levels.resize(kernels);
  for (auto [index, kernel] : llvm::enumerate(partition.kernelOf)) {
    partition.members[kernel].push_back(index);
    partition.levels[kernel] =
        std::max(partition.levels[kernel], levels[index]);
  }
  return partition;
}

} // namespace

void Partition::moveNodes(unsigned from, unsigned to) {
  for (unsigned node : members[from])
    kernelOf[node] = to;
  members[to].append(members[from]);
  llvm::sort(members[to]);
  members[from].clear();
}

std::vector<unsigned> fusionLevels(const KernelGraph &graph) {
  return FusionLevels(graph).compute();
}

Partition fuseNodes(const KernelGraph &graph, Fusion fusion,
                    llvm::ArrayRef<unsigned> levels) {
  llvm::IntEqClasses classes(graph.nodes.size());
  for (auto [index, node] : llvm::enumerate(graph.nodes))
    for (const NodeInput &input : node.inputs)
      if (input.producer && levels[*input.producer] == levels[index] &&
          !isBoundary(graph.nodes[*input.producer], node, input))
        classes.join(index, *input.producer);
  joinReaders(graph, levels, classes);
  Surroundings(graph, fusion, levels, classes).fuse();
  return partitionOf(classes, levels);
}

size_t countUpdatedArguments(const KernelGraph &graph,
                             llvm::ArrayRef<unsigned> nodes) {
  llvm::SmallSetVector<mlir::Value, 8> arguments;
  for (unsigned index : nodes)
    for (const NodeInput &input : graph.nodes[index].inputs)
      if (mlir::isa_and_present<mlir::BlockArgument>(input.source))
        arguments.insert(input.source);
  size_t updated = 0;
  for (unsigned index : nodes)
    for (const NodeOutput &output : graph.nodes[index].outputs) {
      if (!output.escapes)
        continue;
      const auto *it = llvm::find_if(arguments, [&](mlir::Value argument) {
        return argument.getType() == output.value.getType();
      });
      if (it == arguments.end())
        continue;
      arguments.remove(*it);
      ++updated;
    }
  return updated;
}

ExternalReads externalReads(const KernelGraph &graph,
                            const Partition &partition, unsigned kernel) {
  ExternalReads reads;
  for (unsigned member : partition.members[kernel])
    for (const NodeInput &input : graph.nodes[member].inputs)
      if (!input.producer || partition.kernelOf[*input.producer] != kernel)
        reads[input.source] += input.bytes;
  for (auto &[value, bytes] : reads)
    if (value)
      if (KnownOr<Count> whole = byteCount(value.getType()))
        bytes = std::min(bytes, *whole);
  return reads;
}

} // namespace roofline
