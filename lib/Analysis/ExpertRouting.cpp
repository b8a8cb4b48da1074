//===- ExpertRouting.cpp - Choice of experts, and what surrounds it -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Attention.h"
#include "FusedKernels.h"

#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/SetVector.h"

namespace roofline {

namespace {

/// A sort of longer rows chooses tokens, boxes or beams, not experts.
constexpr int64_t maxExperts = 1024;

/// Kernels of the choice move at most this many times the bytes of the sort:
/// indices and weights of the chosen, not rows of tokens.
constexpr uint64_t maxGrowth = 16;

class ExpertRouting {
public:
  ExpertRouting(const KernelGraph &graph, Partition &partition)
      : graph(graph), partition(partition),
        parts(partition.members.size(), Part::None) {}

  void run() {
    std::vector<unsigned> sorts;
    for (unsigned kernel = 0; kernel < partition.members.size(); ++kernel)
      if (isRouterSort(kernel))
        sorts.push_back(kernel);
    if (sorts.empty())
      return;
    findNeighbours();
    // Tokens sorted by expert are a part of the choice before.
    llvm::stable_sort(sorts, [&](unsigned lhs, unsigned rhs) {
      return partition.levels[lhs] < partition.levels[rhs];
    });
    for (unsigned sort : sorts)
      if (parts[sort] == Part::None) {
        findDenseExperts(sort);
        route(sort);
      }
    for (unsigned kernel = 0; kernel < parts.size(); ++kernel)
      nameMove(kernel);
  }

private:
  enum class Part {
    None,
    Choice,    ///< Scores, the best of them, their weights.
    Alignment, ///< Where each token goes.
  };

  const Node &first(unsigned kernel) const {
    return graph.nodes[partition.members[kernel].front()];
  }

  bool hasAnchor(unsigned kernel) const {
    return llvm::any_of(partition.members[kernel], [&](unsigned member) {
      return graph.nodes[member].is(NodeClass::Anchor);
    });
  }

  /// Sorts, and ops that are fused.
  bool isLight(unsigned kernel) const {
    return llvm::all_of(partition.members[kernel], [&](unsigned member) {
      const Node &node = graph.nodes[member];
      return node.isLaunch && node.isKnown() && !node.is(NodeClass::Anchor) &&
             (!node.is(NodeClass::Barrier) ||
              node.structure() == Structure::Sort ||
              node.structure() == Structure::Reduction);
    });
  }

  Count bytesOf(unsigned kernel) const {
    Count bytes;
    for (const auto &[value, read] : externalReads(graph, partition, kernel))
      bytes += read;
    for (unsigned member : partition.members[kernel])
      for (const NodeOutput &output : graph.nodes[member].outputs)
        bytes += output.bytes;
    return bytes;
  }

  /// The best of some experts for every token, whose scores a contraction
  /// yields.
  bool isRouterSort(unsigned kernel) const {
    const Node &node = first(kernel);
    if (node.structure() != Structure::Sort || !node.isKnown() ||
        node.inputs.empty() || !node.inputs.front().source)
      return false;
    auto type =
        mlir::dyn_cast<mlir::ShapedType>(node.inputs.front().source.getType());
    if (!type || !type.hasStaticShape() || type.getRank() < 2 ||
        maxExperts < type.getShape().back())
      return false;
    // Scores, normalised or not.
    llvm::SmallSetVector<unsigned, 8> before;
    before.insert(kernel);
    for (size_t next = 0; next < before.size(); ++next)
      for (unsigned member : partition.members[before[next]])
        for (const NodeInput &input : graph.nodes[member].inputs) {
          if (!input.producer)
            continue;
          unsigned producer = partition.kernelOf[*input.producer];
          if (hasAnchor(producer))
            return true;
          if (isLight(producer) && before.size() < maxGrowth)
            before.insert(producer);
        }
    return false;
  }

  void findNeighbours() {
    producers.resize(parts.size());
    consumers.resize(parts.size());
    for (auto [index, node] : llvm::enumerate(graph.nodes))
      for (unsigned consumer : node.consumers) {
        unsigned from = partition.kernelOf[index];
        unsigned to = partition.kernelOf[consumer];
        if (from == to)
          continue;
        consumers[from].insert(to);
        producers[to].insert(from);
      }
  }

  void route(unsigned sort) {
    Count limit = bytesOf(sort) * Count(maxGrowth);
    parts[sort] = Part::Choice;
    // What follows from the choice and from nothing else that is large. Kernels
    // are looked at again when one more of what they read is known to be.
    llvm::SmallSetVector<unsigned, 16> found;
    found.insert(sort);
    for (size_t next = 0; next < found.size(); ++next)
      for (unsigned kernel : consumers[found[next]]) {
        if (parts[kernel] != Part::None || !isLight(kernel) ||
            limit < bytesOf(kernel) || !followsFrom(kernel, limit))
          continue;
        bool isAligned = llvm::any_of(producers[kernel], [&](unsigned before) {
          return parts[before] == Part::Alignment;
        });
        parts[kernel] =
            isAligned || !yieldsFloats(kernel) ? Part::Alignment : Part::Choice;
        found.insert(kernel);
      }
    // What only the choice reads: scores normalised before it, counters.
    for (size_t next = 0; next < found.size(); ++next)
      for (unsigned kernel : producers[found[next]])
        if (parts[kernel] == Part::None && isSmallAndOurs(kernel, limit)) {
          parts[kernel] = parts[found[next]];
          found.insert(kernel);
        }
    join(found, Part::Choice, "topk_softmax");
    join(found, Part::Alignment, "moe_align");
  }

  /// Contractions of every token with every expert that the sort chooses from,
  /// or with those of one device.
  void findDenseExperts(unsigned sort) {
    const Node &node = first(sort);
    auto type =
        mlir::cast<mlir::ShapedType>(node.inputs.front().source.getType());
    uint64_t experts = type.getShape().back();
    uint64_t tokens = type.getNumElements() / std::max<uint64_t>(experts, 1);
    uint64_t chosen = chosenExperts(node, tokens);
    if (experts < 2 || chosen == 0 || chosen >= experts)
      return;
    for (unsigned kernel = 0; kernel < partition.members.size(); ++kernel)
      for (unsigned member : partition.members[kernel]) {
        const Node &anchor = graph.nodes[member];
        if (anchor.family != KernelFamily::GroupedGemm ||
            !anchor.demand->contraction)
          continue;
        uint64_t batch =
            anchor.demand->contraction->batch.asUint64().value_or(0);
        if (batch > 1 && experts % batch == 0 &&
            rowsPerExpert(anchor) == Count(tokens))
          partition.denseExperts[kernel] = {experts, chosen};
      }
  }

  /// Rows that every expert multiplies: the extent of the contraction that its
  /// parameters do not have.
  Count rowsPerExpert(const Node &anchor) const {
    const ContractionShape &shape = *anchor.demand->contraction;
    for (const NodeInput &input : anchor.inputs) {
      if (!input.source || !isParameterLike(graph, input))
        continue;
      KnownOr<Count> elements = elementCount(input.source.getType());
      if (elements && *elements == shape.batch * shape.k * shape.n)
        return shape.m;
      if (elements && *elements == shape.batch * shape.k * shape.m)
        return shape.n;
    }
    return shape.m;
  }

  /// How many of the sorted are read: those of a top-k, or a slice of a sort.
  uint64_t chosenExperts(const Node &sort, uint64_t tokens) const {
    uint64_t chosen = 0;
    for (unsigned consumer : sort.consumers)
      for (const NodeInput &input : graph.nodes[consumer].inputs) {
        bool isSorted = llvm::any_of(sort.outputs, [&](const auto &output) {
          return output.value == input.source;
        });
        KnownOr<Count> size =
            isSorted
                ? byteCount(Count(1),
                            mlir::getElementTypeOrSelf(input.source.getType()))
                : KnownOr<Count>(Count());
        std::optional<uint64_t> bytes = input.bytes.asUint64();
        if (!isSorted || !size || !bytes || size->isZero() || tokens == 0)
          continue;
        uint64_t elements = *bytes / size->asUint64().value_or(1);
        chosen = std::max(chosen, elements / tokens);
      }
    return chosen;
  }

  bool isSmallAndOurs(unsigned kernel, Count limit) const {
    return isLight(kernel) && !(limit < bytesOf(kernel)) &&
           llvm::all_of(consumers[kernel], [&](unsigned reader) {
             return parts[reader] != Part::None;
           });
  }

  /// True where what a kernel reads is of the choice, an input, or from where
  /// the scores come from.
  bool followsFrom(unsigned kernel, Count limit) const {
    return llvm::all_of(producers[kernel], [&](unsigned before) {
      return parts[before] != Part::None || producers[before].empty() ||
             !(limit < bytesOf(before));
    });
  }

  bool yieldsFloats(unsigned kernel) const {
    return llvm::any_of(partition.members[kernel], [&](unsigned member) {
      return llvm::any_of(
          graph.nodes[member].outputs, [](const NodeOutput &output) {
            return mlir::isa<mlir::FloatType>(
                mlir::getElementTypeOrSelf(output.value.getType()));
          });
    });
  }

  /// Makes one kernel of those of `found` that are of `part`.
  void join(const llvm::SmallSetVector<unsigned, 16> &found, Part part,
            llvm::StringRef name) {
    llvm::SmallSetVector<unsigned, 16> joined;
    for (unsigned kernel : found)
      if (parts[kernel] == part && !partition.members[kernel].empty())
        joined.insert(kernel);
    // Not what waits for a kernel outside that waits for one of these.
    for (std::optional<unsigned> again = enteredAgain(joined); again;
         again = enteredAgain(joined))
      joined.remove(*again);
    if (joined.empty())
      return;
    unsigned target = joined.front();
    partition.named[target] = {KernelFamily::MoeRouting, name.str()};
    for (unsigned kernel : llvm::ArrayRef(joined.getArrayRef()).drop_front())
      moveInto(target, kernel);
  }

  /// The last of `kernels` that a way outside leads to from another of them;
  /// absent where there is none. Levels never fall along a way.
  std::optional<unsigned>
  enteredAgain(const llvm::SmallSetVector<unsigned, 16> &kernels) const {
    unsigned lastLevel = 0;
    llvm::DenseSet<unsigned> inside;
    for (unsigned kernel : kernels) {
      inside.insert(kernel);
      for (unsigned part : partsOf(kernel)) {
        inside.insert(part);
        lastLevel = std::max(lastLevel, partition.levels[part]);
      }
    }
    llvm::SmallSetVector<unsigned, 32> outside;
    llvm::DenseSet<unsigned> reached;
    auto visit = [&](unsigned kernel, bool isOutside) {
      for (unsigned part : partsOf(kernel))
        for (unsigned next : consumers[part]) {
          if (lastLevel < partition.levels[next])
            continue;
          if (!inside.contains(next))
            outside.insert(targetOf(next));
          else if (isOutside)
            reached.insert(targetOf(next));
        }
    };
    for (unsigned kernel : kernels)
      visit(kernel, /*isOutside=*/false);
    for (size_t next = 0; next < outside.size(); ++next)
      visit(outside[next], /*isOutside=*/true);
    for (unsigned kernel : llvm::reverse(kernels))
      if (reached.contains(kernel))
        return kernel;
    return std::nullopt;
  }

  /// The kernels that a kernel was made of.
  llvm::SmallVector<unsigned, 4> partsOf(unsigned kernel) const {
    llvm::SmallVector<unsigned, 4> result = {kernel};
    auto it = moved.find(kernel);
    if (it != moved.end())
      result.append(it->second.begin(), it->second.end());
    return result;
  }

  unsigned targetOf(unsigned kernel) const {
    auto it = movedTo.find(kernel);
    return it == movedTo.end() ? kernel : it->second;
  }

  bool canMove(unsigned kernel, unsigned other) const {
    llvm::SmallSetVector<unsigned, 16> both;
    both.insert(kernel);
    both.insert(other);
    return !enteredAgain(both);
  }

  /// Tokens on their way to experts and back.
  void nameMove(unsigned kernel) {
    if (parts[kernel] != Part::None || partition.members[kernel].empty() ||
        !isLight(kernel) || !gathers(kernel) ||
        llvm::none_of(producers[kernel], [&](unsigned before) {
          return parts[before] != Part::None || partition.named.count(before);
        }))
      return;
    auto isAnchored = [&](unsigned other) { return hasAnchor(other); };
    if (llvm::any_of(consumers[kernel], isAnchored)) {
      partition.named[kernel] = {KernelFamily::MoeRouting, "moe_permute"};
    } else if (llvm::any_of(producers[kernel], isAnchored)) {
      partition.named[kernel] = {KernelFamily::MoeRouting, "moe_unpermute"};
      addSurroundings(kernel);
    }
  }

  /// The zeros that a sum starts with, and what alone reads the sum.
  void addSurroundings(unsigned kernel) {
    for (unsigned before : producers[kernel])
      if (producers[before].empty() && consumers[before].size() == 1 &&
          isLight(before) && isFill(before) && canMove(kernel, before))
        moveInto(kernel, before);
    if (consumers[kernel].size() != 1)
      return;
    unsigned after = consumers[kernel].front();
    bool isElementwise =
        llvm::all_of(partition.members[after], [&](unsigned member) {
          return graph.nodes[member].isElementwise();
        });
    // Whatever else it reads is there before.
    bool comesLast = llvm::all_of(producers[after], [&](unsigned before) {
      return before == kernel ||
             partition.levels[before] < partition.levels[kernel];
    });
    if (isElementwise && comesLast && !partition.members[after].empty() &&
        llvm::none_of(
            partition.members[kernel],
            [&](unsigned member) { return graph.nodes[member].escapes(); }) &&
        canMove(kernel, after))
      moveInto(kernel, after);
  }

  bool isFill(unsigned kernel) const {
    return llvm::all_of(partition.members[kernel], [&](unsigned member) {
      return graph.nodes[member].structure() == Structure::DataMovement;
    });
  }

  void moveInto(unsigned kernel, unsigned other) {
    partition.moveNodes(other, kernel);
    for (unsigned part : partsOf(other)) {
      moved[kernel].push_back(part);
      movedTo[part] = kernel;
    }
    moved.erase(other);
  }

  bool gathers(unsigned kernel) const {
    return llvm::any_of(partition.members[kernel], [&](unsigned member) {
      return graph.nodes[member].structure() == Structure::GatherScatter;
    });
  }

  const KernelGraph &graph;
  Partition &partition;
  std::vector<Part> parts;
  /// Of the kernels as they were before any became one.
  std::vector<llvm::SmallSetVector<unsigned, 4>> producers;
  std::vector<llvm::SmallSetVector<unsigned, 4>> consumers;
  /// What became a part of another kernel, and of which.
  llvm::DenseMap<unsigned, llvm::SmallVector<unsigned, 4>> moved;
  llvm::DenseMap<unsigned, unsigned> movedTo;
};

} // namespace

void joinExpertRouting(const KernelGraph &graph, Partition &partition) {
  ExpertRouting(graph, partition).run();
}

} // namespace roofline
