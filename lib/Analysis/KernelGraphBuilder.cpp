//===- KernelGraphBuilder.cpp - From ops to nodes -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FusionClass.h"

namespace roofline {

namespace {

/// A value is computed again by every kernel that reads it where what it is
/// computed from is this many times smaller: a mask from positions (A59).
constexpr uint64_t minGrowth = 8;

/// Values that are computed from more than this many are stored: a kernel has
/// a limited number of arguments.
constexpr size_t maxSources = 8;

Count smaller(Count lhs, Count rhs) { return lhs < rhs ? lhs : rhs; }

} // namespace

class KernelGraph::Builder {
public:
  Builder(KernelGraph &graph, const ExecutionCounts &counts,
          const DemandLookup &lookup, const InlinedFunctions &inlined,
          const SplicedCalls &spliced, bool isFunction)
      : graph(graph), counts(counts), lookup(lookup), inlined(inlined),
        spliced(spliced), isFunction(isFunction) {}

  void build(llvm::ArrayRef<mlir::Operation *> ops) {
    facts.reserve(ops.size());
    graph.places.reserve(ops.size());
    graph.nodeAt.resize(ops.size());
    for (mlir::Operation *op : ops) {
      graph.places[op] = facts.size();
      facts.push_back(factsOf(op));
    }
    // From the end, so that what reads a view is known before what it views.
    for (OpFacts &fact : llvm::reverse(facts))
      fact.isStored = llvm::any_of(fact.op->getResults(),
                                   [&](mlir::Value v) { return isStored(v); });
    graph.nodes.reserve(llvm::count_if(
        facts, [](const OpFacts &fact) { return !fact.isView; }));
    for (auto [place, fact] : llvm::enumerate(facts)) {
      if (!lookThrough(fact, place))
        addNode(fact, place);
      noteEscapes(fact);
    }
  }

private:
  struct Source {
    mlir::Value value;
    /// What is read of it; absent where the size is not known.
    std::optional<Count> bytes;
    /// True where it is more than another name of the value.
    bool isMoved = false;
  };
  using Sources = llvm::SmallVector<Source, 1>;

  //===--------------------------------------------------------------------===//
  // Ops by themselves
  //===--------------------------------------------------------------------===//

  OpFacts factsOf(mlir::Operation *op) {
    OpFacts fact;
    fact.op = op;
    fact.returnsTo = graph.callOf.lookup(op);
    if (mlir::Block *body = spliced.lookup(op)) {
      fact.body = graph.splicedCalls[op] = body;
      graph.callOf[&body->back()] = op;
    }
    if (fact.body || fact.returnsTo)
      return fact;
    if (llvm::ArrayRef<Body> bodies = counts.bodies(op); !bodies.empty()) {
      if (bodies.size() == 1)
        if (mlir::Operation *callee = counts.callee(bodies.front()))
          if (auto it = inlined.find(callee); it != inlined.end())
            useInlined(fact, it->second);
      return fact;
    }
    Traffic traffic;
    KnownOr<Demand> demand = lookup.demand(op, &traffic);
    fact.isView =
        demand && demand->work.empty() && demand->totalBytes().isZero();
    if (fact.isView)
      return fact;
    OpCost cost{std::move(demand), std::move(traffic)};
    if (cost.demand) {
      fact.cost = &cost;
      classify(fact, *cost.demand);
    }
    fact.cost = graph.costs.keep(std::move(cost));
    return fact;
  }

  void useInlined(OpFacts &fact, const InlinedFunction &function) {
    if (function.structure == Structure::View) {
      fact.isView = true;
      return;
    }
    fact.inlined = &function;
    fact.buffer = function.bufferArgument;
    fact.nodeClass = function.nodeClass;
    Demand demand;
    demand.structure = function.structure;
    demand.work = function.work;
    Traffic traffic;
    traffic.readBytes.assign(function.argumentBytes.begin(),
                             function.argumentBytes.end());
    traffic.writtenBytes.assign(function.resultBytes.begin(),
                                function.resultBytes.end());
    demand.readBytes = traffic.totalRead();
    demand.writtenBytes = traffic.totalWritten();
    if (function.isTiny)
      fact.nodeClass = NodeClass::Scalar;
    fact.cost = graph.costs.keep({std::move(demand), std::move(traffic)});
  }

  bool isStored(mlir::Value value) {
    return value.use_empty() ||
           llvm::any_of(value.getUses(),
                        [&](mlir::OpOperand &use) { return needsMemory(use); });
  }

  /// True where the value that `use` reads is in memory when it is read. Later
  /// ops are known.
  bool needsMemory(mlir::OpOperand &use) {
    std::optional<size_t> place = graph.placeOf(use.getOwner());
    // In another block, or an op that ends the block.
    if (!place)
      return true;
    const OpFacts &user = facts[*place];
    if (user.body || user.returnsTo)
      return isStored(graph.handedOn(use));
    if (user.isView)
      return user.isStored || (user.op->getNumResults() == 0 && !isFunction);
    return user.nodeClass == NodeClass::Barrier || isBufferOf(user, use);
  }

  static bool isBufferOf(const OpFacts &user, mlir::OpOperand &use) {
    return user.buffer == use.getOperandNumber();
  }

  //===--------------------------------------------------------------------===//
  // Looking through
  //===--------------------------------------------------------------------===//

  static Source wholeSource(mlir::Value value) {
    KnownOr<Count> bytes = byteCount(value.getType());
    return {value, bytes ? std::optional<Count>(*bytes) : std::nullopt};
  }

  Sources sourcesOf(mlir::Value value) {
    auto it = seenThrough.find(value);
    return it == seenThrough.end() ? Sources{wholeSource(value)} : it->second;
  }

  /// What operands are, one by one; null where one is several values.
  std::vector<mlir::Value> operandSources(mlir::Operation *op) {
    std::vector<mlir::Value> values;
    for (mlir::Value operand : op->getOperands()) {
      Sources sources = sourcesOf(operand);
      values.push_back(sources.size() == 1 ? sources.front().value : nullptr);
    }
    return values;
  }

  static void addSource(Sources &sources, const Source &source) {
    if (llvm::none_of(sources, [&](const Source &other) {
          return other.value == source.value;
        }))
      sources.push_back(source);
  }

  /// What the result of an op is computed from, where every kernel that reads
  /// it may as well compute it; absent where it is stored.
  bool lookThrough(const OpFacts &fact, size_t place) {
    mlir::Operation *op = fact.op;
    if (fact.body || fact.returnsTo) {
      for (mlir::OpOperand &operand : op->getOpOperands()) {
        Sources sources = sourcesOf(operand.get());
        seenThrough[graph.handedOn(operand)] = std::move(sources);
      }
      return true;
    }
    if (fact.isView) {
      // Data of the model and scalars from nowhere are sources themselves.
      if (op->getNumOperands() == 0)
        return true;
      bool isPairwise = op->getNumOperands() == op->getNumResults();
      for (auto [index, result] : llvm::enumerate(op->getResults())) {
        Sources sources;
        if (isPairwise)
          sources = sourcesOf(op->getOperand(index));
        else
          for (mlir::Value operand : op->getOperands())
            for (Source source : sourcesOf(operand)) {
              // Where a view begins is not data.
              if (operand != op->getOperand(0) && source.bytes &&
                  !(Count(maxScalarBytes) < *source.bytes))
                source.bytes = 0;
              addSource(sources, source);
            }
        seenThrough[result] = std::move(sources);
      }
      return true;
    }
    if (fact.inlined)
      return lookThroughCall(fact, place);
    if (fact.isStored || !fact.isKnown())
      return false;
    bool isCheap = fact.nodeClass == NodeClass::Loop &&
                   fact.demand().structure == Structure::Elementwise &&
                   op->getNumResults() == 1 &&
                   specialOps(fact.demand().work).isZero();
    if (!fact.isRemapping && !isCheap)
      return false;
    Sources sources;
    Count sum;
    for (auto [operand, bytes] :
         llvm::zip(op->getOperands(), fact.traffic().readBytes))
      if (!bytes.isZero())
        for (Source source : sourcesOf(operand)) {
          source.isMoved = true;
          // A slice reads a part.
          if (source.bytes)
            source.bytes = smaller(*source.bytes, bytes);
          addSource(sources, source);
          sum += source.bytes.value_or(Count::overflow());
        }
    if (sources.size() > maxSources)
      return false;
    if (!fact.isRemapping &&
        fact.demand().writtenBytes < sum * Count(minGrowth))
      return false;
    seenThrough[op->getResult(0)] = std::move(sources);
    graph.carried.push_back({op, place, fact.demand().work});
    return true;
  }

  /// Looks through results of a call that are views of its operands; true where
  /// all are.
  bool lookThroughCall(const OpFacts &fact, size_t place) {
    bool isAll = true;
    for (auto [result, arguments] :
         llvm::zip(fact.op->getResults(), fact.inlined->viewedResults)) {
      if (!arguments || (arguments->isMoved && isStored(result))) {
        isAll = false;
        continue;
      }
      Sources sources;
      for (unsigned argument : arguments->arguments)
        for (const Source &source : sourcesOf(fact.op->getOperand(argument)))
          addSource(sources, source);
      for (mlir::Value constant : arguments->constants)
        addSource(sources, wholeSource(constant));
      // The same value once more.
      if (arguments->sameAs)
        sources.push_back(wholeSource(fact.op->getResult(*arguments->sameAs)));
      seenThrough[result] = std::move(sources);
    }
    if (isAll)
      graph.carried.push_back({fact.op, place, fact.inlined->work});
    return isAll;
  }

  //===--------------------------------------------------------------------===//
  // Nodes
  //===--------------------------------------------------------------------===//

  void addNode(const OpFacts &fact, size_t place) {
    mlir::Operation *op = fact.op;
    graph.nodeAt[place] = graph.nodes.size();
    Node &node = graph.nodes.emplace_back();
    node.ops.push_back(op);
    node.nodeClass = fact.nodeClass;
    node.isLaunch =
        fact.cost && !(fact.isKnown() && fact.demand().work.empty() &&
                       fact.demand().totalBytes().isZero());
    for (mlir::Value result : op->getResults())
      if (!seenThrough.contains(result))
        node.elements = std::max(node.elements, elementsOf(result));
    describeRows(node, fact);
    addInputs(node, fact);
    // The mean of one row is data, however small.
    if (node.is(NodeClass::Scalar) &&
        llvm::any_of(node.inputs, [&](const NodeInput &input) {
          return input.producer &&
                 !graph.nodes[*input.producer].is(NodeClass::Scalar);
        }))
      node.nodeClass = fact.dataClass;
    addOutputs(node, fact);
    if (fact.cost)
      node.demand = SharedDemand(fact.cost);
  }

  void addInputs(Node &node, const OpFacts &fact) {
    mlir::Operation *op = fact.op;
    bool isKnown = fact.isKnown();
    for (auto [position, operand] : llvm::enumerate(op->getOperands())) {
      std::optional<Count> read;
      if (isKnown && position < fact.traffic().readBytes.size())
        read = fact.traffic().readBytes[position];
      bool isTable = isKnown && position == 0 &&
                     fact.demand().structure == Structure::GatherScatter;
      bool isBuffer = isTable || isBufferOf(fact, op->getOpOperand(position));
      addInputs(node, operand, read, isBuffer);
    }
    if (fact.inlined)
      addViewedInputs(node, fact);
    if (fact.inlined && !fact.inlined->constantBytes.isZero())
      node.inputs.push_back({mlir::Value(), NodeIndex(), /*isBuffer=*/false,
                             fact.inlined->constantBytes});
    // Values that regions of the op read without being its operands.
    for (mlir::Value value : captured.lookup(op))
      addInputs(node, value, std::nullopt, /*isBuffer=*/true);
    if (!fact.cost)
      graph.bodyOperands[op] = operandSources(op);
  }

  /// What results read that are views of arguments but must be stored.
  void addViewedInputs(Node &node, const OpFacts &fact) {
    for (auto [result, viewed] :
         llvm::zip(fact.op->getResults(), fact.inlined->viewedResults)) {
      if (!viewed || seenThrough.contains(result))
        continue;
      KnownOr<Count> bytes = byteCount(result.getType());
      std::optional<Count> read =
          bytes ? std::optional<Count>(*bytes) : std::nullopt;
      for (unsigned argument : viewed->arguments)
        addInputs(node, fact.op->getOperand(argument), read,
                  /*isBuffer=*/false);
      for (mlir::Value constant : viewed->constants)
        addInputs(node, constant, read, /*isBuffer=*/false);
    }
  }

  void addOutputs(Node &node, const OpFacts &fact) {
    llvm::ArrayRef<Count> written;
    if (fact.isKnown())
      written = fact.traffic().writtenBytes;
    for (mlir::Value result : fact.op->getResults()) {
      Count bytes = written.empty() ? Count() : written.front();
      written = written.drop_front(written.empty() ? 0 : 1);
      if (seenThrough.contains(result))
        continue;
      node.outputs.push_back({result, /*escapes=*/false, bytes});
    }
    // What is written to buffers that are operands.
    for (Count bytes : written)
      node.storedBytes += bytes;
  }

  void addInputs(Node &node, mlir::Value operand, std::optional<Count> read,
                 bool isBuffer) {
    Sources sources = sourcesOf(operand);
    for (const Source &source : sources) {
      Count bytes = source.bytes.value_or(Count());
      if (read)
        bytes = source.bytes ? smaller(*read, *source.bytes) : *read;
      node.inputs.push_back(
          {source.value, producerOf(source.value), isBuffer, bytes});
    }
  }

  /// The node that yields a value; none for those that are looked through.
  NodeIndex producerOf(mlir::Value value) const {
    mlir::Operation *op = value.getDefiningOp();
    NodeIndex node = op ? graph.nodeOf(op) : NodeIndex();
    bool isYielded = node && llvm::any_of(graph.nodes[*node].outputs,
                                          [&](const NodeOutput &output) {
                                            return output.value == value;
                                          });
    return isYielded ? node : NodeIndex();
  }

  /// Marks values that leave the block, and those that regions of later ops
  /// read.
  void noteEscapes(const OpFacts &fact) {
    if (fact.isView && fact.op == facts.back().op)
      graph.yielded = operandSources(fact.op);
    // An op that only ends the block, or binds what it is given.
    if (fact.isView && fact.op->getNumResults() == 0 && !fact.returnsTo)
      for (mlir::Value operand : fact.op->getOperands()) {
        markEscaping(operand, /*holder=*/nullptr);
        if (isFunction)
          noteReturned(operand);
      }
    for (mlir::Value value : fact.op->getResults())
      for (mlir::Operation *user : value.getUsers())
        if (!graph.placeOf(user))
          markEscaping(value, holderOf(user));
  }

  /// Notes what a function returns: a view of its arguments at places that it
  /// may compute, or what its nodes yield.
  void noteReturned(mlir::Value value) {
    ViewedResult view;
    bool isView = true, isIndexed = false;
    Sources sources = sourcesOf(value);
    for (const Source &source : sources) {
      view.isMoved |= source.isMoved;
      if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(source.value)) {
        view.arguments.push_back(argument.getArgNumber());
      } else if (NodeIndex producer = producerOf(source.value)) {
        isIndexed = true;
        isView &=
            graph.nodes[*producer].is(NodeClass::Scalar) && sources.size() > 1;
      } else {
        view.constants.push_back(source.value);
      }
    }
    if (isView) {
      // The places are computed from the small ones.
      if (isIndexed)
        for (mlir::BlockArgument argument :
             value.getParentBlock()->getArguments())
          if (KnownOr<Count> bytes = byteCount(argument.getType());
              bytes && !(Count(maxScalarBytes) < *bytes) &&
              !llvm::is_contained(view.arguments, argument.getArgNumber()))
            view.arguments.push_back(argument.getArgNumber());
      graph.returned.emplace_back(std::move(view));
      return;
    }
    if (sources.size() == 1 && !sources.front().isMoved) {
      auto [it, isNew] = returnedFirst.try_emplace(sources.front().value,
                                                   graph.returned.size());
      if (!isNew) {
        view.sameAs = it->second;
        graph.returned.emplace_back(std::move(view));
        return;
      }
    }
    graph.returned.emplace_back(std::nullopt);
    for (const Source &source : sources)
      if (mlir::isa<mlir::BlockArgument>(source.value) && source.bytes)
        graph.returnedReads.push_back(
            {source.value, NodeIndex(), /*isBuffer=*/false, *source.bytes});
  }

  /// The op of the graph that `user` is inside of; null where there is none.
  mlir::Operation *holderOf(mlir::Operation *user) const {
    while (user && !graph.placeOf(user))
      user = user->getParentOp();
    return user;
  }

  void markEscaping(mlir::Value value, mlir::Operation *holder) {
    for (const Source &source : sourcesOf(value)) {
      NodeIndex producer = producerOf(source.value);
      if (!producer)
        continue;
      for (NodeOutput &output : graph.nodes[*producer].outputs)
        output.escapes |= output.value == source.value;
      if (holder)
        captured[holder].push_back(source.value);
    }
  }

  KernelGraph &graph;
  const ExecutionCounts &counts;
  const DemandLookup &lookup;
  const InlinedFunctions &inlined;
  const SplicedCalls &spliced;
  bool isFunction;
  std::vector<OpFacts> facts;
  llvm::DenseMap<mlir::Value, Sources> seenThrough;
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<mlir::Value, 2>> captured;
  /// Computed values that a function returns, and as which result first.
  llvm::DenseMap<mlir::Value, unsigned> returnedFirst;
};

KernelGraph::KernelGraph(llvm::ArrayRef<mlir::Operation *> ops,
                         const ExecutionCounts &counts,
                         const DemandLookup &lookup,
                         const InlinedFunctions &inlined,
                         const SplicedCalls &spliced) {
  Builder(*this, counts, lookup, inlined, spliced, /*isFunction=*/false)
      .build(ops);
  findConsumers();
}

KernelGraph KernelGraph::ofFunction(llvm::ArrayRef<mlir::Operation *> ops,
                                    const ExecutionCounts &counts,
                                    const DemandLookup &lookup,
                                    const InlinedFunctions &inlined) {
  KernelGraph graph;
  Builder(graph, counts, lookup, inlined, SplicedCalls(), /*isFunction=*/true)
      .build(ops);
  graph.findConsumers();
  return graph;
}

} // namespace roofline
