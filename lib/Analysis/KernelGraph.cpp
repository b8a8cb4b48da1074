//===- KernelGraph.cpp - A block as a graph of fusible ops ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelGraph.h"

#include <deque>

namespace roofline {

namespace {

/// A value is computed again by every kernel that reads it where what it is
/// computed from is this many times smaller: a mask from positions (A59).
constexpr uint64_t minGrowth = 8;

/// Values that are computed from more than this many are stored: a kernel has
/// a limited number of arguments.
constexpr size_t maxSources = 8;

/// Operands of at most this many bytes are indices of a slice, or the value of
/// a padding.
constexpr uint64_t maxIndexBytes = 8;

Count smaller(Count lhs, Count rhs) { return lhs < rhs ? lhs : rhs; }

/// Elements of a value; zero where they are not known.
Count elementsOf(mlir::Value value) {
  KnownOr<Count> count = elementCount(value.getType());
  return count ? *count : Count();
}

Count largestElements(mlir::ValueRange values) {
  Count largest;
  for (mlir::Value value : values)
    if (Count elements = elementsOf(value); largest < elements)
      largest = elements;
  return largest;
}

bool hasSpecialWork(const WorkList &work) {
  return llvm::any_of(
      work, [](const Work &part) { return part.where.unit == Unit::Special; });
}

/// What is known of an op before it is known what surrounds it.
struct OpFacts {
  mlir::Operation *op = nullptr;
  NodeClass nodeClass = NodeClass::Barrier;
  /// What a scalar is where it is computed from data.
  NodeClass dataClass = NodeClass::Loop;
  /// Costs nothing in any kernel.
  bool isView = false;
  /// Costs nothing in a kernel that reads it: only an address computation.
  bool isRemapping = false;
  /// The operand that an update overwrites.
  std::optional<unsigned> buffer;
  /// Results must be in memory: what reads them is not fused.
  bool isStored = false;
  /// For a spliced call, what it calls; for the end of what is called, the
  /// call. What one hands over the other takes, value by value.
  mlir::Block *body = nullptr;
  mlir::Operation *returnsTo = nullptr;
  const InlinedFunction *inlined = nullptr;

  /// Null for views and ops with bodies.
  const OpCost *cost = nullptr;

  bool isKnown() const { return cost && cost->demand; }
  const Demand &demand() const { return *cost->demand; }
  const Traffic &traffic() const { return cost->traffic; }
};

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
    for (mlir::Operation *op : ops) {
      indexOf[op] = facts.size();
      facts.push_back(factsOf(op));
    }
    // From the end, so that what reads a view is known before what it views.
    for (OpFacts &fact : llvm::reverse(facts))
      fact.isStored = llvm::any_of(fact.op->getResults(),
                                   [&](mlir::Value v) { return isStored(v); });
    graph.nodes.reserve(llvm::count_if(
        facts, [](const OpFacts &fact) { return !fact.isView; }));
    for (const OpFacts &fact : facts) {
      if (!lookThrough(fact))
        addNode(fact);
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
    KnownOr<Demand> demand = lookup.demand(op);
    fact.isView =
        demand && demand->work.empty() && demand->totalBytes().isZero();
    if (fact.isView)
      return fact;
    KnownOr<Traffic> traffic = lookup.traffic(op);
    OpCost cost{std::move(demand), {}};
    if (cost.demand) {
      assert(traffic && "demand is known only where traffic is");
      cost.traffic = std::move(*traffic);
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

  /// `demand` is that of `fact`, and corrected where it is another structure.
  void classify(OpFacts &fact, Demand &demand) {
    mlir::Operation *op = fact.op;
    switch (demand.structure) {
    case Structure::Contraction:
    case Structure::Convolution:
    case Structure::Attention:
      fact.nodeClass = NodeClass::Anchor;
      return;
    case Structure::Elementwise:
      fact.nodeClass = NodeClass::Loop;
      break;
    case Structure::Reduction:
      // What keeps its size (a cumulative sum) or is several at once is no row
      // reduction.
      if (op->getNumResults() == 0)
        return;
      if (elementsOf(op->getResult(0)) < largestElements(op->getOperands()))
        fact.nodeClass = NodeClass::Reduction;
      else if (isRowwise(fact))
        fact.nodeClass = NodeClass::Loop;
      else if (isTrivialReduction(fact))
        makeElementwise(fact, demand);
      else
        return;
      break;
    case Structure::DataMovement:
    case Structure::GatherScatter:
      fact.buffer = updatedOperand(fact);
      fact.nodeClass = fact.buffer ? NodeClass::Update : NodeClass::Loop;
      fact.isRemapping = isRemapping(fact);
      break;
    case Structure::Sort:
    case Structure::Collective:
    case Structure::View:
    case Structure::Opaque:
      return;
    }
    fact.dataClass = fact.nodeClass;
    if (isScalarSized(fact.demand())) {
      fact.nodeClass = NodeClass::Scalar;
      fact.isRemapping = false;
    }
  }

  static Count specialOps(const WorkList &work) {
    Count special;
    for (const Work &part : work)
      if (part.where.unit == Unit::Special)
        special += part.ops;
    return special;
  }

  /// A softmax or normalisation that is one op: as many special functions as
  /// elements, or as rows.
  static bool isRowwise(const OpFacts &fact) {
    Count special = specialOps(fact.demand().work);
    Count elements = elementsOf(fact.op->getResult(0));
    return !special.isZero() &&
           (!(special < elements) ||
            special * lastExtent(fact.op->getResult(0)) == elements);
  }

  /// By default rows are along the last dimension.
  static Count lastExtent(mlir::Value value) {
    auto type = mlir::dyn_cast<mlir::ShapedType>(value.getType());
    if (!type || !type.hasStaticShape() || type.getRank() == 0)
      return 0;
    return Count(type.getShape().back());
  }

  /// Rows of one element: one dimension less, at most one operation for each. A
  /// cumulative sum keeps its shape.
  static bool isTrivialReduction(const OpFacts &fact) {
    auto from =
        mlir::dyn_cast<mlir::ShapedType>(fact.op->getOperand(0).getType());
    auto to = mlir::dyn_cast<mlir::ShapedType>(fact.op->getResult(0).getType());
    if (!from || !to || !from.hasRank() || !to.hasRank() ||
        from.getRank() == to.getRank())
      return false;
    return !(elementsOf(fact.op->getResult(0)) < fact.demand().work.totalOps());
  }

  static void makeElementwise(OpFacts &fact, Demand &demand) {
    fact.nodeClass = NodeClass::Loop;
    demand.structure = Structure::Elementwise;
  }

  /// The operand that the result is with a part of it overwritten; absent for
  /// other ops.
  static std::optional<unsigned> updatedOperand(const OpFacts &fact) {
    mlir::Operation *op = fact.op;
    if (op->getNumOperands() < 2 || op->getNumResults() == 0)
      return std::nullopt;
    mlir::Type type = op->getResult(0).getType();
    auto types = op->getOperandTypes();
    auto it = llvm::find(types, type);
    if (it == types.end())
      return std::nullopt;
    unsigned index = std::distance(types.begin(), it);
    // A scatter also has indices; what it writes may be as much as the buffer.
    constexpr unsigned scatterOperands = 3;
    if (fact.demand().structure == Structure::GatherScatter && index == 0 &&
        op->getNumOperands() >= scatterOperands)
      return index;
    KnownOr<Count> whole = byteCount(type);
    if (whole && fact.traffic().totalWritten() < *whole)
      return index;
    return std::nullopt;
  }

  /// True for broadcasts, transpositions, slices and fills: another address
  /// for every element, all of at most one operand beside indices.
  static bool isRemapping(const OpFacts &fact) {
    mlir::Operation *op = fact.op;
    if (fact.demand().structure != Structure::DataMovement ||
        fact.nodeClass != NodeClass::Loop || op->getNumResults() != 1)
      return false;
    unsigned data = 0;
    for (Count bytes : fact.traffic().readBytes)
      data += Count(maxIndexBytes) < bytes;
    return data <= 1;
  }

  bool isStored(mlir::Value value) {
    return value.use_empty() ||
           llvm::any_of(value.getUses(),
                        [&](mlir::OpOperand &use) { return needsMemory(use); });
  }

  /// True where the value that `use` reads is in memory when it is read. Later
  /// ops are known.
  bool needsMemory(mlir::OpOperand &use) {
    auto it = indexOf.find(use.getOwner());
    // In another block, or an op that ends the block.
    if (it == indexOf.end())
      return true;
    const OpFacts &user = facts[it->second];
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

  static void addSource(Sources &sources, const Source &source) {
    if (llvm::none_of(sources, [&](const Source &other) {
          return other.value == source.value;
        }))
      sources.push_back(source);
  }

  /// What the result of an op is computed from, where every kernel that reads
  /// it may as well compute it; absent where it is stored.
  bool lookThrough(const OpFacts &fact) {
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
            for (const Source &source : sourcesOf(operand))
              addSource(sources, source);
        seenThrough[result] = std::move(sources);
      }
      return true;
    }
    if (fact.inlined)
      return lookThroughCall(fact);
    if (fact.isStored || !fact.isKnown())
      return false;
    bool isCheap = fact.nodeClass == NodeClass::Loop &&
                   fact.demand().structure == Structure::Elementwise &&
                   op->getNumResults() == 1 &&
                   !hasSpecialWork(fact.demand().work);
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
    graph.carried.push_back({op, fact.demand().work});
    return true;
  }

  /// Looks through results of a call that are views of its operands; true where
  /// all are.
  bool lookThroughCall(const OpFacts &fact) {
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
      // The same value once more.
      if (arguments->sameAs)
        sources.push_back(wholeSource(fact.op->getResult(*arguments->sameAs)));
      seenThrough[result] = std::move(sources);
    }
    if (isAll)
      graph.carried.push_back({fact.op, fact.inlined->work});
    return isAll;
  }

  //===--------------------------------------------------------------------===//
  // Nodes
  //===--------------------------------------------------------------------===//

  void addNode(const OpFacts &fact) {
    mlir::Operation *op = fact.op;
    unsigned index = graph.nodes.size();
    Node &node = graph.nodes.emplace_back();
    graph.indices[op] = index;
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
    addOutputs(node, fact, index);
    if (fact.cost)
      node.demand = SharedDemand(fact.cost);
  }

  /// Reductions and special functions in the node.
  static void describeRows(Node &node, const OpFacts &fact) {
    mlir::Operation *op = fact.op;
    if (const InlinedFunction *function = fact.inlined) {
      node.isTiny = function->isTiny;
      node.rows = function->rows;
      node.rowExtent = function->rowExtent;
      node.reductions = function->reductions;
      node.specialElements = function->specialElements;
      return;
    }
    if (!fact.isKnown())
      return;
    node.isTiny = isScalarSized(fact.demand());
    if (fact.nodeClass == NodeClass::Reduction ||
        fact.dataClass == NodeClass::Reduction) {
      node.rows = elementsOf(op->getResult(0));
      node.rowExtent = rowExtent(op, node.rows);
      node.reductions = 1;
      node.reducesColumns = reducesColumns(op);
    } else if (fact.nodeClass == NodeClass::Loop &&
               fact.demand().structure == Structure::Reduction) {
      describeRowwise(node);
    }
    node.specialElements =
        std::min(node.elements, specialOps(fact.demand().work));
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
    if (fact.inlined && !fact.inlined->constantBytes.isZero())
      node.inputs.push_back(
          {mlir::Value(), std::nullopt, fact.inlined->constantBytes});
    // Values that regions of the op read without being its operands.
    for (mlir::Value value : captured.lookup(op))
      addInputs(node, value, std::nullopt, /*isBuffer=*/true);
  }

  void addOutputs(Node &node, const OpFacts &fact, unsigned index) {
    llvm::ArrayRef<Count> written;
    if (fact.isKnown())
      written = fact.traffic().writtenBytes;
    for (mlir::Value result : fact.op->getResults()) {
      Count bytes = written.empty() ? Count() : written.front();
      written = written.drop_front(written.empty() ? 0 : 1);
      if (seenThrough.contains(result))
        continue;
      node.outputs.push_back({result, bytes});
      producerOf[result] = index;
    }
    // What is written to buffers that are operands.
    for (Count bytes : written)
      node.storedBytes += bytes;
  }

  /// True where the result has the last dimensions of the operand and not the
  /// first ones.
  static bool reducesColumns(mlir::Operation *op) {
    auto extents = [](mlir::Value value) {
      llvm::SmallVector<int64_t> result;
      if (auto type = mlir::dyn_cast<mlir::ShapedType>(value.getType());
          type && type.hasRank())
        for (int64_t extent : type.getShape())
          if (extent != 1)
            result.push_back(extent);
      return result;
    };
    llvm::SmallVector<int64_t> from = extents(op->getOperand(0));
    llvm::SmallVector<int64_t> to = extents(op->getResult(0));
    if (to.empty() || from.size() < to.size())
      return false;
    llvm::ArrayRef<int64_t> whole = from;
    return whole.take_back(to.size()) == llvm::ArrayRef(to) &&
           whole.take_front(to.size()) != llvm::ArrayRef(to);
  }

  /// Two reductions of every row: maximum and sum, or mean and deviation.
  static void describeRowwise(Node &node) {
    node.rowExtent = lastExtent(node.ops.front()->getResult(0));
    if (std::optional<uint64_t> length = node.rowExtent.asUint64();
        length && *length > 0)
      node.rows = node.elements.dividedRoundingUp(*length);
    node.reductions = 2;
  }

  static Count rowExtent(mlir::Operation *op, Count rows) {
    std::optional<uint64_t> divisor = rows.asUint64();
    Count elements = largestElements(op->getOperands());
    return divisor && *divisor > 0 ? elements.dividedRoundingUp(*divisor)
                                   : elements;
  }

  void addInputs(Node &node, mlir::Value operand, std::optional<Count> read,
                 bool isBuffer) {
    Sources sources = sourcesOf(operand);
    for (const Source &source : sources) {
      Count bytes = source.bytes.value_or(Count());
      if (read)
        bytes = source.bytes ? smaller(*read, *source.bytes) : *read;
      std::optional<unsigned> producer;
      if (auto it = producerOf.find(source.value); it != producerOf.end())
        producer = it->second;
      node.inputs.push_back({source.value, producer, bytes, isBuffer});
    }
  }

  /// Marks values that leave the block, and those that regions of later ops
  /// read.
  void noteEscapes(const OpFacts &fact) {
    // An op that only ends the block, or binds what it is given.
    if (fact.isView && fact.op->getNumResults() == 0 && !fact.returnsTo)
      for (mlir::Value operand : fact.op->getOperands()) {
        markEscaping(operand, /*holder=*/nullptr);
        if (isFunction)
          noteReturned(operand);
      }
    for (mlir::Value value : fact.op->getResults())
      for (mlir::Operation *user : value.getUsers())
        if (!indexOf.contains(user))
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
      } else if (auto it = producerOf.find(source.value);
                 it != producerOf.end()) {
        isIndexed = true;
        isView &=
            graph.nodes[it->second].is(NodeClass::Scalar) && sources.size() > 1;
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
            {source.value, std::nullopt, *source.bytes});
  }

  /// The op of the graph that `user` is inside of; null where there is none.
  mlir::Operation *holderOf(mlir::Operation *user) const {
    while (user && !indexOf.contains(user))
      user = user->getParentOp();
    return user;
  }

  void markEscaping(mlir::Value value, mlir::Operation *holder) {
    for (const Source &source : sourcesOf(value)) {
      auto it = producerOf.find(source.value);
      if (it == producerOf.end())
        continue;
      for (NodeOutput &output : graph.nodes[it->second].outputs)
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
  llvm::DenseMap<mlir::Operation *, size_t> indexOf;
  llvm::DenseMap<mlir::Value, Sources> seenThrough;
  llvm::DenseMap<mlir::Value, unsigned> producerOf;
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

mlir::Value KernelGraph::handedOn(mlir::OpOperand &operand) const {
  mlir::Operation *op = operand.getOwner();
  if (mlir::Block *body = splicedCalls.lookup(op))
    return body->getArgument(operand.getOperandNumber());
  if (mlir::Operation *call = callOf.lookup(op))
    return call->getResult(operand.getOperandNumber());
  return nullptr;
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

//===----------------------------------------------------------------------===//
// Consumers and groups
//===----------------------------------------------------------------------===//

void KernelGraph::findConsumers() {
  for (Node &node : nodes)
    node.consumers.clear();
  for (auto [index, node] : llvm::enumerate(nodes))
    for (const NodeInput &input : node.inputs)
      if (input.producer) {
        auto &consumers = nodes[*input.producer].consumers;
        if (consumers.empty() || consumers.back() != index)
          consumers.push_back(index);
      }
}

namespace {

/// The first contraction gives its shape; those side by side make it longer.
void addShape(Demand &demand, const Demand &member, KernelFamily family) {
  if (!member.contraction)
    return;
  if (!demand.contraction) {
    demand.contraction = member.contraction;
    demand.structure = member.structure;
  } else if (family != KernelFamily::Attention) {
    ContractionShape &whole = *demand.contraction;
    if (whole.m == member.contraction->m)
      whole.n += member.contraction->n;
    else
      whole.m += member.contraction->m;
  }
}

/// One node in place of several.
Node merge(llvm::ArrayRef<Node *> members, KernelFamily family,
           OpCosts &costs) {
  Node merged;
  merged.nodeClass = NodeClass::Anchor;
  merged.family = family;
  Demand demand;
  Node *last = nullptr;
  for (Node *member : members) {
    if (member->is(NodeClass::Anchor))
      last = member;
    merged.ops.append(member->ops);
    merged.storedBytes += member->storedBytes;
    if (!member->demand) {
      merged.demand = member->demand;
      continue;
    }
    demand.work.add(member->demand->work);
    addShape(demand, *member->demand, family);
    if (merged.elements < member->elements)
      merged.elements = member->elements;
  }
  // The last contraction stands for all.
  if (last) {
    auto *it = llvm::find(merged.ops, last->ops.back());
    std::rotate(it, it + 1, merged.ops.end());
  }
  llvm::SmallPtrSet<mlir::Operation *, 16> inside(merged.ops.begin(),
                                                  merged.ops.end());
  if (family == KernelFamily::Attention)
    demand.structure = Structure::Attention;
  for (Node *member : members) {
    for (const NodeInput &input : member->inputs)
      if (!input.source || !inside.contains(input.source.getDefiningOp()))
        merged.inputs.push_back(input);
    merged.outputs.append(member->outputs.begin(), member->outputs.end());
  }
  if (merged.demand)
    merged.demand = SharedDemand(costs.keep({std::move(demand), {}}));
  return merged;
}

} // namespace

namespace {

/// The group of a node that is in none.
constexpr unsigned none = ~0u;

} // namespace

void KernelGraph::dropInnerValues(llvm::ArrayRef<Group> groups,
                                  llvm::ArrayRef<unsigned> groupOf) {
  // Values that a gradient computes again are as large as these at least; the
  // sums of rows are kept.
  std::vector<Count> largest(groups.size());
  for (auto [index, node] : llvm::enumerate(nodes))
    if (groupOf[index] != none)
      largest[groupOf[index]] =
          std::max(largest[groupOf[index]], node.specialElements);

  llvm::DenseMap<mlir::Value, unsigned> dropped;
  for (auto [index, node] : llvm::enumerate(nodes)) {
    unsigned group = groupOf[index];
    if (group == none)
      continue;
    llvm::DenseSet<mlir::Value> readOutside;
    for (unsigned consumer : node.consumers) {
      if (groupOf[consumer] == group)
        continue;
      bool isGradient = groupOf[consumer] != none &&
                        groups[groupOf[consumer]].gradientOf == group &&
                        !(node.elements < largest[group]) &&
                        !node.is(NodeClass::Anchor);
      for (const NodeInput &input : nodes[consumer].inputs)
        if (!isGradient)
          readOutside.insert(input.source);
    }
    llvm::erase_if(node.outputs, [&](const NodeOutput &output) {
      bool isInner = !output.escapes && !readOutside.contains(output.value);
      if (isInner)
        dropped[output.value] = group;
      return isInner;
    });
  }
  for (auto [index, node] : llvm::enumerate(nodes))
    if (groupOf[index] != none && groups[groupOf[index]].gradientOf)
      llvm::erase_if(node.inputs, [&](const NodeInput &input) {
        auto it = dropped.find(input.source);
        return it != dropped.end() && it->second != groupOf[index];
      });
}

void KernelGraph::contract(llvm::ArrayRef<Group> groups) {
  if (groups.empty())
    return;
  // Old nodes to groups; the others are alone.
  std::vector<unsigned> groupOf(nodes.size(), none);
  for (auto [index, group] : llvm::enumerate(groups))
    for (unsigned member : group.nodes)
      groupOf[member] = index;

  // Units are emitted when all that they read is: program order where there is
  // a choice, because the queue is first in, first out over old indices.
  auto unitOf = [&](unsigned node) {
    return groupOf[node] == none
               ? node
               : static_cast<unsigned>(nodes.size()) + groupOf[node];
  };
  std::vector<llvm::SmallVector<unsigned, 2>> readers(nodes.size() +
                                                      groups.size());
  std::vector<unsigned> waitingFor(readers.size());
  for (auto [index, node] : llvm::enumerate(nodes))
    for (unsigned consumer : node.consumers)
      if (unitOf(index) != unitOf(consumer)) {
        readers[unitOf(index)].push_back(unitOf(consumer));
        ++waitingFor[unitOf(consumer)];
      }
  std::deque<unsigned> ready;
  for (unsigned index = 0; index < nodes.size(); ++index)
    if (groupOf[index] == none && waitingFor[index] == 0)
      ready.push_back(index);
  for (unsigned index = 0; index < groups.size(); ++index)
    if (waitingFor[nodes.size() + index] == 0)
      ready.push_back(nodes.size() + index);

  std::vector<unsigned> order;
  while (!ready.empty()) {
    order.push_back(ready.front());
    ready.pop_front();
    for (unsigned reader : readers[order.back()])
      if (--waitingFor[reader] == 0)
        ready.push_back(reader);
  }
  size_t grouped =
      llvm::count_if(groupOf, [](unsigned group) { return group != none; });
  assert(order.size() == nodes.size() - grouped + groups.size() &&
         "groups depend on each other in a circle");
  if (order.size() != nodes.size() - grouped + groups.size())
    return;

  dropInnerValues(groups, groupOf);
  std::vector<Node> contracted;
  contracted.reserve(order.size());
  for (unsigned unit : order) {
    if (unit < nodes.size()) {
      contracted.push_back(std::move(nodes[unit]));
      continue;
    }
    const Group &group = groups[unit - nodes.size()];
    llvm::SmallVector<Node *> members;
    for (unsigned member : group.nodes)
      members.push_back(&nodes[member]);
    contracted.push_back(merge(members, group.family, costs));
  }
  nodes = std::move(contracted);

  llvm::DenseMap<mlir::Value, unsigned> producerOf;
  for (auto [index, node] : llvm::enumerate(nodes)) {
    for (mlir::Operation *op : node.ops)
      indices[op] = index;
    for (const NodeOutput &output : node.outputs)
      producerOf[output.value] = index;
    for (NodeInput &input : node.inputs)
      if (input.producer)
        input.producer = producerOf.lookup(input.source);
  }
  findConsumers();
}

} // namespace roofline
