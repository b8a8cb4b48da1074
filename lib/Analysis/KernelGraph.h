//===- KernelGraph.h - A block as a graph of fusible ops --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What kernel formation sees of a block: the ops that work or move bytes, as
// nodes, and which node reads how much of whose result. Ops that cost nothing
// once they are fused are looked through: a node that reads a broadcast reads
// what was broadcast.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_KERNELGRAPH_H
#define ROOFLINE_LIB_ANALYSIS_KERNELGRAPH_H

#include "OpCosts.h"

#include "roofline/Analysis/KernelFormation.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <vector>

namespace roofline {

/// How an op takes part in fusion.
enum class NodeClass {
  Loop,      ///< Every result element from a few operand elements.
  Reduction, ///< Every result element from a row of operand elements.
  Update,    ///< A part of a buffer overwritten in place.
  Anchor,    ///< Contractions, convolutions, attention: one a kernel.
  Scalar,    ///< Arithmetic on a few values for control.
  Barrier,   ///< Never fused: collectives, sorts, loops, opaque ops.
};

/// A call of a function that nothing else calls: its ops are taken for ops of
/// the block that the call is in.
using SplicedCalls = llvm::DenseMap<mlir::Operation *, mlir::Block *>;

/// Elements of a value; zero where they are not known.
Count elementsOf(mlir::Value value);

/// The number of a node, or none. Half as large as an optional number: graphs
/// have one for every value that is read.
class NodeIndex {
public:
  NodeIndex() = default;
  NodeIndex(unsigned index) : index(index) {}

  explicit operator bool() const { return index != none; }
  unsigned operator*() const { return index; }

private:
  static constexpr unsigned none = ~0u;

  unsigned index = none;
};

/// What a node reads.
struct NodeInput {
  /// What is read, behind all that is looked through.
  mlir::Value source;
  /// The node that yields it; none for what comes from outside the block.
  NodeIndex producer;
  /// True where the value must be in memory whatever reads it: the table of a
  /// gather, the buffer of an update.
  bool isBuffer = false;
  /// Bytes that are read.
  Count bytes;
};

/// What a node yields.
struct NodeOutput {
  mlir::Value value;
  /// True where the value leaves the block or enters an op with bodies.
  bool escapes = false;
  /// Bytes that are written where another kernel reads the value.
  Count bytes;
};

/// An op, or several that are one kernel's whatever is around them.
struct Node {
  llvm::SmallVector<mlir::Operation *, 1> ops;
  SharedDemand demand;
  NodeClass nodeClass = NodeClass::Barrier;
  /// The kernel that the ops are known to be; absent for a single op.
  std::optional<KernelFamily> family;
  /// How many reductions there are in the node.
  unsigned reductions = 0;
  /// False for ops that only run bodies.
  bool isLaunch = true;
  /// True where every op by itself is control, not data.
  bool isTiny = false;
  /// True where rows lie across: a reduction of leading dimensions, which
  /// several cores share and only the next launch sees the end of.
  bool reducesColumns = false;
  llvm::SmallVector<NodeInput, 2> inputs;
  llvm::SmallVector<NodeOutput, 1> outputs;
  /// Bytes written to buffers that are operands.
  Count storedBytes;
  /// Nodes that read a result, each once, in ascending order.
  llvm::SmallVector<unsigned, 2> consumers;

  /// Elements of the largest result.
  Count elements;
  /// Of reductions in the node: results of one, and elements that go into each.
  /// Zero where there are none.
  Count rows;
  Count rowExtent;
  /// Elements of which special functions are taken; zero where of none.
  Count specialElements;

  bool escapes() const {
    return llvm::any_of(
        outputs, [](const NodeOutput &output) { return output.escapes; });
  }
  bool isKnown() const { return demand.isKnown(); }
  /// A result element from one element of each operand.
  bool isElementwise() const {
    return is(NodeClass::Loop) && reductions == 0 &&
           structure() == Structure::Elementwise;
  }
  /// Elements that it walks over: a reduction's are what it reads.
  Count walkedElements() const {
    return reductions == 0 ? elements : std::max(elements, rows * rowExtent);
  }
  Structure structure() const {
    return demand ? demand->structure : Structure::Opaque;
  }
  bool is(NodeClass other) const { return nodeClass == other; }
};

/// An op that is looked through.
struct CarriedOp {
  mlir::Operation *op;
  /// Among the ops of the graph.
  size_t place;
  WorkList work;
};

/// A result of a small function that is not computed by it.
struct ViewedResult {
  /// The arguments that it is another view of.
  llvm::SmallVector<unsigned, 1> arguments;
  /// Constants of the function that are in it.
  llvm::SmallVector<mlir::Value, 1> constants;
  /// An earlier result that it is the same value as.
  std::optional<unsigned> sameAs;
  /// True where elements have other places or numbers than in the arguments.
  bool isMoved = false;
};

/// What a call of a small function is to the kernels around it: its ops are
/// part of one of them, as if the call were an op.
struct InlinedFunction {
  NodeClass nodeClass = NodeClass::Loop;
  Structure structure = Structure::Elementwise;
  WorkList work;
  /// Bytes that a call reads of every argument.
  llvm::SmallVector<Count, 4> argumentBytes;
  /// Bytes of constants in it.
  Count constantBytes;
  /// Bytes that a call writes of every result.
  llvm::SmallVector<Count, 2> resultBytes;
  /// The argument that it overwrites in place.
  std::optional<unsigned> bufferArgument;
  bool isTiny = false;
  Count rows;
  Count rowExtent;
  unsigned reductions = 0;
  Count specialElements;
  /// Absent for results that are computed.
  std::vector<std::optional<ViewedResult>> viewedResults;
};
/// By the function that is called.
using InlinedFunctions = llvm::DenseMap<mlir::Operation *, InlinedFunction>;

/// An op that moves at most this many bytes is control, not data: a loop
/// counter, an index, a scale (A59).
inline constexpr uint64_t maxScalarBytes = 64;

inline bool isScalarSized(const Demand &demand) {
  return !(Count(maxScalarBytes) < demand.totalBytes());
}

/// A row that is reduced and read again is kept by one core between both; with
/// more elements it is reduced by one kernel and read again by the next (A60).
/// 64 Ki f32 elements are the 256 KiB of registers of an SM, or the unified
/// buffer of an Ascend vector core with a second pass.
inline constexpr uint64_t maxKeptRow = 64 * 1024;

class KernelGraph {
public:
  KernelGraph() = default;
  /// `ops` are those of one block that run, in program order; a call in
  /// `spliced` is followed by the ops of what it calls.
  KernelGraph(llvm::ArrayRef<mlir::Operation *> ops,
              const ExecutionCounts &counts, const DemandLookup &lookup,
              const InlinedFunctions &inlined, const SplicedCalls &spliced);

  /// The graph of a function whose results its callers may look through.
  static KernelGraph ofFunction(llvm::ArrayRef<mlir::Operation *> ops,
                                const ExecutionCounts &counts,
                                const DemandLookup &lookup,
                                const InlinedFunctions &inlined);

  /// Producers come before consumers.
  std::vector<Node> nodes;
  /// In program order.
  std::vector<CarriedOp> carried;
  /// The results of a function that may be inlined; absent for those that are
  /// computed.
  std::vector<std::optional<ViewedResult>> returned;
  /// What results that are computed read of arguments beside what nodes read.
  std::vector<NodeInput> returnedReads;

  /// What the last op ends the block with, and what ops that run bodies are
  /// given, operand by operand; null where that is several values.
  std::vector<mlir::Value> yielded;
  llvm::DenseMap<mlir::Operation *, std::vector<mlir::Value>> bodyOperands;

  /// The node of the op at every place in the list of ops; none for ops that
  /// are looked through.
  std::vector<NodeIndex> nodeAt;

  /// The place of `op` in the list of ops; absent for ops that are not in it.
  std::optional<size_t> placeOf(mlir::Operation *op) const {
    auto it = places.find(op);
    if (it == places.end())
      return std::nullopt;
    return it->second;
  }

  /// The node that `op` is in; none for ops that are looked through or not in
  /// the list.
  NodeIndex nodeOf(mlir::Operation *op) const {
    std::optional<size_t> place = placeOf(op);
    return place ? nodeAt[*place] : NodeIndex();
  }

  /// What `operand` becomes without being touched: an argument of a function
  /// whose ops are in the graph, or a result of its call; null for other uses.
  mlir::Value handedOn(mlir::OpOperand &operand) const;

  /// Makes one node of each group of nodes. A group must not be left and
  /// entered again on the way from one of its nodes to another.
  struct Group {
    llvm::SmallVector<unsigned> nodes;
    KernelFamily family = KernelFamily::Opaque;
    /// The group that this is the gradient of, by its place in the list. It
    /// computes values of that group again rather than reading them.
    std::optional<size_t> gradientOf = std::nullopt;
  };
  void contract(llvm::ArrayRef<Group> groups);

private:
  class Builder;

  void findConsumers();
  /// Groups and the nodes in none, a group by its number behind those of nodes.
  /// What a unit reads comes before it; else it is program order, because those
  /// that wait for nothing come first in, first out. Incomplete where groups
  /// depend on each other in a circle.
  std::vector<unsigned> orderOfUnits(llvm::ArrayRef<Group> groups,
                                     llvm::ArrayRef<unsigned> groupOf) const;
  void dropInnerValues(llvm::ArrayRef<Group> groups,
                       llvm::ArrayRef<unsigned> groupOf);

  /// What nodes refer to.
  OpCosts costs;
  llvm::DenseMap<mlir::Operation *, unsigned> places;
  SplicedCalls splicedCalls;
  /// From the end of what a spliced call runs to the call.
  llvm::DenseMap<mlir::Operation *, mlir::Operation *> callOf;
};

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_KERNELGRAPH_H
