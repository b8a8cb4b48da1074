//===- FusedKernels.cpp - Kernels that vendors' libraries have ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FusedKernels.h"

#include "Attention.h"
#include "KernelNames.h"

#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/MapVector.h"

namespace roofline {

namespace {

/// Numbers of rows of 1024 experts have fewer bytes.
constexpr uint64_t maxIndexBytes = 8 * 1024 + 1;

/// The operand that a contraction shares with others when its other operand is
/// a parameter: the value, how long its rows are and of how many experts.
struct SharedOperand {
  mlir::Value value;
  /// True for the left operand.
  bool isLeft = true;
  Count k;
  Count batch;
};

/// Numbers of rows, indices and zero points are neither shared nor parameters.
bool isIndex(const NodeInput &input) {
  return !(Count(maxScalarBytes) < input.bytes) ||
         (input.source && input.bytes < Count(maxIndexBytes) &&
          mlir::getElementTypeOrSelf(input.source.getType()).isInteger());
}

/// True for a contraction by itself, of experts or not.
bool isMergeable(const Node &node) {
  return !node.family && node.is(NodeClass::Anchor) &&
         node.structure() == Structure::Contraction;
}

/// `readers`: how many contractions read a value. Where both operands may be
/// parameters, the one that more contractions read is the data.
std::optional<SharedOperand>
sharedOperand(const KernelGraph &graph, const Node &node,
              const llvm::DenseMap<mlir::Value, unsigned> &readers) {
  llvm::SmallVector<mlir::Value, 2> data, parameters;
  for (const NodeInput &input : node.inputs)
    if (!isIndex(input) && input.source)
      (isParameterLike(graph, input) ? parameters : data)
          .push_back(input.source);
  if (data.empty() && parameters.size() == 2) {
    bool isFirst =
        readers.lookup(parameters[1]) < readers.lookup(parameters[0]);
    data.push_back(parameters[isFirst ? 0 : 1]);
    parameters.erase(parameters.begin() + (isFirst ? 0 : 1));
  }
  if (data.size() != 1 || parameters.size() != 1)
    return std::nullopt;
  const ContractionShape &shape = *node.demand->contraction;
  bool isLeft = node.inputs.front().source == data.front();
  return SharedOperand{data.front(), isLeft, shape.k, shape.batch};
}

/// Contractions of one value with several parameters run as one with the
/// parameters side by side.
std::vector<KernelGraph::Group>
findMergedContractions(const KernelGraph &graph,
                       llvm::ArrayRef<unsigned> levels) {
  // Anchors of one level do not depend on each other.
  using Key = std::tuple<const void *, bool, unsigned, uint64_t, uint64_t>;
  llvm::MapVector<Key, llvm::SmallVector<unsigned>, std::map<Key, unsigned>>
      siblings;
  llvm::DenseMap<mlir::Value, unsigned> readers;
  for (const Node &node : graph.nodes)
    if (isMergeable(node))
      for (const NodeInput &input : node.inputs)
        ++readers[input.source];
  for (auto [index, node] : llvm::enumerate(graph.nodes)) {
    if (!isMergeable(node))
      continue;
    if (std::optional<SharedOperand> shared =
            sharedOperand(graph, node, readers))
      siblings[{shared->value.getAsOpaquePointer(), shared->isLeft,
                levels[index], shared->k.asUint64().value_or(0),
                shared->batch.asUint64().value_or(0)}]
          .push_back(index);
  }
  std::vector<KernelGraph::Group> groups;
  for (auto &[key, members] : siblings) {
    bool isGrouped =
        std::get<4>(key) > 1 || readsGroupSizes(graph.nodes[members.front()]);
    KernelFamily family =
        isGrouped ? KernelFamily::GroupedGemm : KernelFamily::Gemm;
    if (members.size() > 1 || isGrouped)
      groups.push_back({std::move(members), family, std::nullopt});
  }
  return groups;
}

} // namespace

void formFusedKernels(KernelGraph &graph, std::vector<unsigned> &levels) {
  auto contract = [&](llvm::ArrayRef<KernelGraph::Group> groups) {
    if (groups.empty())
      return;
    graph.contract(groups);
    levels = fusionLevels(graph);
  };
  contract(findAttention(graph, levels));
  contract(findMergedContractions(graph, levels));
}

} // namespace roofline
