//===- KernelFormation.cpp - Which ops run as one launch ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/KernelFormation.h"

#include "BlockPrograms.h"
#include "FusedKernels.h"
#include "KernelFusion.h"
#include "KernelNames.h"
#include "LoopNests.h"
#include "Recomputation.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <deque>

namespace roofline {

namespace {

/// A called function with more ops than this keeps its own kernels: what JAX
/// outlines (where, silu, softmax, take) is shorter.
constexpr size_t maxInlinedOps = 64;

/// The ops of one block that run, with their places in the walk.
struct BlockOps {
  llvm::SmallVector<mlir::Operation *, 0> ops;
  llvm::SmallVector<size_t, 0> positions;
  KnownOr<Count> times = Count(1);
};

/// A kernel with the place of its root among the ops of its block.
struct AssembledKernel {
  Kernel kernel;
  size_t rootPlace = 0;
};

/// Kernels of one block from a partition of its nodes.
class KernelAssembly {
public:
  KernelAssembly(const KernelGraph &graph, const Partition &partition,
                 const BlockOps &content)
      : graph(graph), partition(partition), content(content),
        kernels(partition.members.size()), kernelAt(content.ops.size(), none) {}

  /// A kernel without ops, which only runs bodies, is none.
  std::vector<AssembledKernel> run() {
    for (unsigned kernel = 0; kernel < kernels.size(); ++kernel)
      assemble(kernel);
    for (auto [place, node] : llvm::enumerate(graph.nodeAt))
      if (node)
        kernelAt[place] = partition.kernelOf[*node];
    assignCarried();
    addOps();
    return std::move(kernels);
  }

private:
  /// The kernel of ops that are in none.
  static constexpr unsigned none = ~0u;

  void assemble(unsigned kernel) {
    Demand demand;
    std::optional<Unknown> unknown;
    for (unsigned member : partition.members[kernel]) {
      const Node &node = graph.nodes[member];
      if (!node.isLaunch)
        continue;
      if (!node.demand) {
        unknown = node.demand.unknown();
        continue;
      }
      demand.work.add(node.demand->work);
      if (node.is(NodeClass::Anchor) || partition.members[kernel].size() == 1) {
        demand.structure = node.demand->structure;
        demand.contraction = node.demand->contraction;
        demand.exchange = node.demand->exchange;
      }
      demand.writtenBytes += writtenBytes(node, kernel);
    }
    if (partition.members[kernel].size() > 1 &&
        demand.structure == Structure::View)
      demand.structure = structureOf(kernel, demand);
    Kernel &assembled = kernels[kernel].kernel;
    if (isLaunched(kernel)) {
      ExternalReads reads = externalReads(graph, partition, kernel);
      for (const auto &[value, bytes] : reads)
        demand.readBytes += bytes;
      KernelIdentity identity = identify(graph, partition, kernel, reads);
      assembled.family = identity.family;
      assembled.name = std::move(identity.name);
    }
    if (auto it = partition.denseExperts.find(kernel);
        it != partition.denseExperts.end())
      assembled.denseExperts = it->second;
    assembled.times = content.times;
    if (demand.hasOverflow())
      unknown = Unknown{UnknownKind::Overflow,
                        "operations or bytes exceed 2^128 - 2"};
    if (unknown)
      assembled.demand = *unknown;
    else
      assembled.demand = std::move(demand);
  }

  /// Kernels beyond the partition's hold ops that are looked through.
  bool isOfPartition(unsigned kernel) const {
    return kernel < partition.members.size();
  }

  bool isLaunched(unsigned kernel) const {
    return llvm::any_of(partition.members[kernel], [&](unsigned member) {
      return graph.nodes[member].isLaunch;
    });
  }

  /// The structure of a kernel without an anchor.
  Structure structureOf(unsigned kernel, const Demand &demand) const {
    auto has = [&](auto predicate) {
      return llvm::any_of(partition.members[kernel], [&](unsigned member) {
        return predicate(graph.nodes[member]);
      });
    };
    if (has([](const Node &node) { return node.reductions != 0; }))
      return Structure::Reduction;
    if (has([](const Node &node) {
          return node.structure() == Structure::GatherScatter;
        }))
      return Structure::GatherScatter;
    return demand.work.empty() ? Structure::DataMovement
                               : Structure::Elementwise;
  }

  Count writtenBytes(const Node &node, unsigned kernel) const {
    Count bytes = node.storedBytes;
    for (const NodeOutput &output : node.outputs)
      if (output.escapes)
        bytes += output.bytes;
      else if (isReadOutside(node, output.value, kernel))
        bytes += std::min(output.bytes, readOutside(node, output, kernel));
    return bytes;
  }

  /// What is read of a result; all where the op by itself writes all. Of a part
  /// that is read twice both count.
  Count readOutside(const Node &node, const NodeOutput &output,
                    unsigned kernel) const {
    bool isFused = node.is(NodeClass::Loop) || node.is(NodeClass::Reduction) ||
                   partition.named.count(kernel) != 0;
    if (!isFused)
      return output.bytes;
    Count bytes;
    for (unsigned consumer : node.consumers)
      if (partition.kernelOf[consumer] != kernel)
        for (const NodeInput &input : graph.nodes[consumer].inputs)
          if (input.source == output.value)
            bytes += input.isBuffer ? output.bytes : input.bytes;
    return bytes;
  }

  bool isReadOutside(const Node &node, mlir::Value value,
                     unsigned kernel) const {
    return llvm::any_of(node.consumers, [&](unsigned consumer) {
      return partition.kernelOf[consumer] != kernel &&
             (node.outputs.size() == 1 ||
              llvm::any_of(graph.nodes[consumer].inputs,
                           [&](const NodeInput &input) {
                             return input.source == value;
                           }));
    });
  }

  /// An op that is looked through belongs to the first kernel that reads it.
  void assignCarried() {
    // Views are followed in both directions, so that this sees through them.
    for (const CarriedOp &carried : llvm::reverse(graph.carried)) {
      std::optional<unsigned> first;
      llvm::SmallSetVector<mlir::Value, 8> values;
      values.insert_range(carried.op->getResults());
      for (size_t next = 0; next < values.size(); ++next)
        for (mlir::OpOperand &use : values[next].getUses()) {
          mlir::Operation *user = use.getOwner();
          std::optional<size_t> place = graph.placeOf(user);
          unsigned kernel = place ? kernelAt[*place] : none;
          if (kernel == none) {
            if (mlir::Value handed = graph.handedOn(use))
              values.insert(handed);
            else
              values.insert_range(user->getResults());
          } else if ((!isOfPartition(kernel) || isLaunched(kernel)) &&
                     (!first || isBefore(kernel, *first))) {
            first = kernel;
          }
        }
      // Only an op that runs a body reads it.
      if (!first)
        first = addKernel();
      kernelAt[carried.place] = *first;
      if (KnownOr<Demand> &demand = kernels[*first].kernel.demand)
        demand->work.add(carried.work);
    }
  }

  /// A kernel of ops that are looked through by all that reads them.
  unsigned addKernel() {
    Kernel &kernel = kernels.emplace_back().kernel;
    kernel.family = KernelFamily::Scalar;
    kernel.times = content.times;
    return kernels.size() - 1;
  }

  /// Gives kernels their ops, in program order, and roots.
  void addOps() {
    for (auto [place, op] : llvm::enumerate(content.ops)) {
      if (kernelAt[place] == none)
        continue;
      auto &[kernel, rootPlace] = kernels[kernelAt[place]];
      NodeIndex node = graph.nodeAt[place];
      if (!node || graph.nodes[*node].isLaunch)
        kernel.ops.push_back(op);
      // Carried ops stand for a kernel only among themselves.
      if (node || !isOfPartition(kernelAt[place]))
        rootPlace = place;
    }
    for (auto [index, assembled] : llvm::enumerate(kernels)) {
      if (isOfPartition(index))
        if (const Node *anchor = anchorOf(index))
          assembled.rootPlace = *graph.placeOf(anchor->ops.back());
      assembled.kernel.root = content.ops[assembled.rootPlace];
      if (!isOfPartition(index))
        assembled.kernel.name = nameOfOp(assembled.kernel.root).str();
    }
  }

  const Node *anchorOf(unsigned kernel) const {
    for (unsigned member : partition.members[kernel])
      if (graph.nodes[member].is(NodeClass::Anchor))
        return &graph.nodes[member];
    return nullptr;
  }

  /// An order of kernels by what does not depend on the order of independent
  /// ops, nor on which ops that are looked through are in them by now.
  bool isBefore(unsigned lhs, unsigned rhs) const {
    return std::make_tuple(rankOf(lhs), lhs) <
           std::make_tuple(rankOf(rhs), rhs);
  }

  std::tuple<unsigned, Count, Count, size_t, llvm::StringRef>
  rankOf(unsigned kernel) const {
    // Kernels of ops that are looked through come last.
    if (!isOfPartition(kernel))
      return {~0u, Count(), Count(), 0, ""};
    llvm::ArrayRef<unsigned> members = partition.members[kernel];
    const Node &first = graph.nodes[members.front()];
    const KnownOr<Demand> &demand = kernels[kernel].kernel.demand;
    return {partition.levels[kernel], demand ? demand->totalBytes() : Count(),
            first.demand ? first.demand->work.totalOps() : Count(),
            members.size(), nameOfOp(first.ops.front())};
  }

  const KernelGraph &graph;
  const Partition &partition;
  const BlockOps &content;
  std::vector<AssembledKernel> kernels;
  /// The kernel of the op at every place.
  std::vector<unsigned> kernelAt;
};

class Formation {
public:
  Formation(const ExecutionCounts &counts, const DemandLookup &lookup,
            const LoopNests &nests, Fusion fusion)
      : counts(counts), lookup(lookup), nests(nests), fusion(fusion) {}

  void run(llvm::function_ref<void(Kernel)> visit,
           llvm::function_ref<void(BlockProgram)> visitProgram) {
    collect();
    // Callees come after their callers.
    for (mlir::Operation *function : llvm::reverse(functions))
      tryInline(function);
    findSplicedCalls();
    number();
    for (auto &[block, content] : blocks)
      if (!inlined.contains(block->getParentOp()) &&
          !splicedBlocks.contains(block))
        form(block, content, visitProgram);
    llvm::sort(order, [](const Placed &lhs, const Placed &rhs) {
      return lhs.position < rhs.position;
    });
    for (Placed &placed : order)
      visit(std::move(*placed.kernel));
  }

private:
  /// A kernel with the place of its root in the walk.
  struct Placed {
    size_t position;
    Kernel *kernel;
  };

  void collect() {
    size_t position = 0;
    mlir::Operation *last = nullptr;
    counts.walk([&](mlir::Operation *op, const KnownOr<Count> &times) {
      if (nests.contains(op))
        return;
      BlockOps &content = blocks[op->getBlock()];
      if (content.ops.empty()) {
        content.times = times;
        mlir::Operation *parent = op->getParentOp();
        if (parent != last && mlir::isa<mlir::FunctionOpInterface>(parent))
          functions.push_back(parent);
        last = parent;
      }
      content.ops.push_back(op);
      content.positions.push_back(position++);
    });
  }

  //===--------------------------------------------------------------------===//
  // Small functions
  //===--------------------------------------------------------------------===//

  /// Makes calls of `function` ops of the kernels around them, where all that
  /// it does is one kernel that can be fused.
  void tryInline(mlir::Operation *function) {
    mlir::Region &region = function->getRegion(0);
    if (function == functions.front() || !region.hasOneBlock())
      return;
    const BlockOps &content = blocks[&region.front()];
    if (content.ops.size() > maxInlinedOps)
      return;
    KernelGraph graph =
        KernelGraph::ofFunction(content.ops, counts, lookup, inlined);
    Partition partition =
        fuseNodes(graph, Fusion::Compiler, fusionLevels(graph));
    InlinedFunction result;
    std::optional<unsigned> kernel;
    bool isElementwise = true, reduces = false, updates = false;
    result.isTiny = !graph.nodes.empty() && graph.carried.empty();
    for (auto [index, node] : llvm::enumerate(graph.nodes)) {
      if (node.is(NodeClass::Anchor) || node.is(NodeClass::Barrier))
        return;
      if (node.is(NodeClass::Update)) {
        // What is overwritten must be an argument as it is.
        auto argument = mlir::dyn_cast_if_present<mlir::BlockArgument>(
            node.inputs.front().source);
        if (updates || !argument || node.outputs.size() != 1)
          return;
        updates = true;
        result.bufferArgument = argument.getArgNumber();
      }
      result.isTiny &= node.isTiny;
      if (!node.is(NodeClass::Scalar)) {
        if (kernel && *kernel != partition.kernelOf[index])
          return;
        kernel = partition.kernelOf[index];
      }
      isElementwise &= node.structure() == Structure::Elementwise;
      reduces |= node.reductions != 0;
      result.work.add(node.demand->work);
      result.reductions += node.reductions;
      result.rows = std::max(result.rows, node.rows);
      result.rowExtent = std::max(result.rowExtent, node.rowExtent);
      result.specialElements =
          std::max(result.specialElements, node.specialElements);
    }
    for (const CarriedOp &carried : graph.carried)
      result.work.add(carried.work);
    result.argumentBytes.resize(region.getNumArguments());
    for (unsigned index = 0; index < partition.members.size(); ++index)
      for (const auto &[value, bytes] : externalReads(graph, partition, index))
        addRead(result, value, bytes);
    for (const NodeInput &read : graph.returnedReads)
      addRead(result, read.source, read.bytes);
    result.viewedResults = std::move(graph.returned);
    result.resultBytes = resultBytes(graph, content.ops.back());
    if (graph.nodes.empty() && graph.carried.empty())
      result.structure = Structure::View;
    else if (reduces)
      result.structure = Structure::Reduction;
    else if (!isElementwise)
      result.structure = Structure::DataMovement;
    if (reduces && isReduced(content.ops.back()->getOperandTypes(),
                             region.getArgumentTypes()))
      result.nodeClass = NodeClass::Reduction;
    if (updates)
      result.nodeClass = NodeClass::Update;
    inlined[function] = std::move(result);
  }

  /// What a function writes of every result: all, but for an update in place.
  static llvm::SmallVector<Count, 2> resultBytes(const KernelGraph &graph,
                                                 mlir::Operation *last) {
    llvm::DenseMap<mlir::Value, Count> written;
    for (const Node &node : graph.nodes)
      for (const NodeOutput &output : node.outputs)
        written[output.value] = output.bytes;
    llvm::SmallVector<Count, 2> bytes;
    for (mlir::Value result : last->getOperands()) {
      KnownOr<Count> whole = byteCount(result.getType());
      auto it = written.find(result);
      bytes.push_back(it != written.end() ? it->second
                      : whole             ? *whole
                                          : Count());
    }
    return bytes;
  }

  static void addRead(InlinedFunction &function, mlir::Value value,
                      Count bytes) {
    auto argument = mlir::dyn_cast_if_present<mlir::BlockArgument>(value);
    if (argument)
      function.argumentBytes[argument.getArgNumber()] += bytes;
    else if (!value || !value.getDefiningOp()->getNumOperands())
      function.constantBytes += bytes;
  }

  static Count largest(mlir::TypeRange types) {
    Count result;
    for (mlir::Type type : types)
      if (KnownOr<Count> count = elementCount(type))
        result = std::max(result, *count);
    return result;
  }

  static bool isReduced(mlir::TypeRange results, mlir::TypeRange arguments) {
    return largest(results) < largest(arguments);
  }

  //===--------------------------------------------------------------------===//
  // Functions that are called once
  //===--------------------------------------------------------------------===//

  /// A function that one op calls is a part of the block that calls it, where
  /// it is one block that ends by returning as many values as the call yields.
  void findSplicedCalls() {
    llvm::MapVector<mlir::Operation *, llvm::SmallVector<mlir::Operation *, 1>>
        callsOf;
    for (auto &[block, content] : blocks)
      for (mlir::Operation *op : content.ops)
        for (const Body &body : counts.bodies(op))
          if (mlir::Operation *callee = counts.callee(body))
            callsOf[callee].push_back(op);
    for (auto &[callee, calls] : callsOf) {
      mlir::Region &region = callee->getRegion(0);
      if (calls.size() != 1 || inlined.contains(callee) ||
          !region.hasOneBlock() || counts.bodies(calls.front()).size() != 1)
        continue;
      mlir::Operation *call = calls.front();
      mlir::Block &body = region.front();
      // In a loop of no trips nothing is called.
      if (!blocks.contains(&body))
        continue;
      const KnownOr<Count> &times = counts.bodies(call).front().times;
      if (!times || *times != Count(1) || body.empty() ||
          body.getNumArguments() != call->getNumOperands() ||
          body.back().getNumOperands() != call->getNumResults() ||
          body.back().getNumResults() != 0)
        continue;
      spliced[call] = &body;
      splicedBlocks.insert(&body);
    }
  }

  /// Gives ops new places: what a spliced call runs comes after the call.
  void number() {
    size_t position = 0;
    llvm::DenseSet<mlir::Block *> numbered;
    for (auto &[block, content] : blocks)
      if (!splicedBlocks.contains(block))
        number(block, position, numbered);
  }

  void number(mlir::Block *block, size_t &position,
              llvm::DenseSet<mlir::Block *> &numbered) {
    auto it = blocks.find(block);
    if (it == blocks.end() || !numbered.insert(block).second)
      return;
    for (auto [op, place] : llvm::zip(it->second.ops, it->second.positions)) {
      place = position++;
      if (mlir::Block *body = spliced.lookup(op))
        number(body, position, numbered);
      for (const Body &body : counts.bodies(op))
        if (body.region)
          for (mlir::Block &nested : *body.region)
            number(&nested, position, numbered);
    }
  }

  /// Adds the ops of a block with those of what its spliced calls call.
  void addOps(const BlockOps &from, BlockOps &to) const {
    for (auto [op, position] : llvm::zip(from.ops, from.positions)) {
      to.ops.push_back(op);
      to.positions.push_back(position);
      if (mlir::Block *body = spliced.lookup(op))
        addOps(blocks.find(body)->second, to);
    }
  }

  //===--------------------------------------------------------------------===//
  // Blocks
  //===--------------------------------------------------------------------===//

  void form(mlir::Block *block, const BlockOps &ownOps,
            llvm::function_ref<void(BlockProgram)> visitProgram) {
    BlockOps withSpliced;
    if (!spliced.empty()) {
      withSpliced.times = ownOps.times;
      addOps(ownOps, withSpliced);
    }
    const BlockOps &content = spliced.empty() ? ownOps : withSpliced;
    KernelGraph graph(content.ops, counts, lookup, inlined, spliced);
    std::vector<unsigned> levels = fusionLevels(graph);
    if (fusion == Fusion::Library)
      formFusedKernels(graph, levels);
    Partition partition = fuseNodes(graph, fusion, levels);
    if (fusion == Fusion::Library) {
      joinSiblings(graph, partition);
      joinExpertRouting(graph, partition);
    }
    recomputeCheapValues(graph, partition);
    for (auto [op, position] : llvm::zip(content.ops, content.positions))
      if (const Kernel *nest = nests.kernelOf(op))
        order.push_back({position, &nestKernels.emplace_back(*nest)});
    kernelsOfBlocks.push_back(KernelAssembly(graph, partition, content).run());
    for (auto &[kernel, rootPlace] : kernelsOfBlocks.back())
      if (!kernel.ops.empty())
        order.push_back({content.positions[rootPlace], &kernel});
    if (!visitProgram)
      return;
    std::vector<PlacedKernel> placed;
    for (const auto &[kernel, rootPlace] : kernelsOfBlocks.back())
      placed.push_back({&kernel, rootPlace});
    visitProgram(makeProgram(block, graph, partition, placed));
  }

  const ExecutionCounts &counts;
  const DemandLookup &lookup;
  const LoopNests &nests;
  Fusion fusion;
  llvm::MapVector<mlir::Block *, BlockOps> blocks;
  /// In the order of the walk; the entry is first.
  llvm::SmallVector<mlir::Operation *, 0> functions;
  InlinedFunctions inlined;
  SplicedCalls spliced;
  llvm::DenseSet<mlir::Block *> splicedBlocks;
  /// Kernels stay where they are: they are large.
  std::vector<std::vector<AssembledKernel>> kernelsOfBlocks;
  std::deque<Kernel> nestKernels;
  std::vector<Placed> order;
};

} // namespace

void visitKernels(const ExecutionCounts &counts, const DemandLookup &lookup,
                  Fusion fusion, llvm::function_ref<void(Kernel kernel)> visit,
                  llvm::function_ref<void(BlockProgram)> visitProgram) {
  LoopNests nests(counts, lookup);
  if (fusion != Fusion::None)
    return Formation(counts, lookup, nests, fusion).run(visit, visitProgram);
  OpPrograms programs;
  counts.walk([&](mlir::Operation *op, const KnownOr<Count> &times) {
    if (nests.contains(op))
      return;
    if (visitProgram && !counts.bodies(op).empty())
      programs.addBodies(op);
    if (const Kernel *nest = nests.kernelOf(op))
      return visit(*nest);
    Traffic traffic;
    KnownOr<Demand> demand = lookup.demand(op, &traffic);
    if (demand && demand->work.empty() && demand->totalBytes().isZero()) {
      if (visitProgram && counts.bodies(op).empty())
        programs.addView(op);
      return;
    }
    Kernel kernel;
    kernel.family = familyOf(demand);
    kernel.name = nameOfOp(op).str();
    kernel.ops.push_back(op);
    kernel.root = op;
    kernel.times = times;
    kernel.demand = std::move(demand);
    if (visitProgram && counts.bodies(op).empty())
      programs.addKernel(kernel, traffic);
    visit(std::move(kernel));
  });
  if (visitProgram)
    programs.take(visitProgram);
}

std::vector<Kernel> formKernels(const ExecutionCounts &counts,
                                const DemandLookup &lookup, Fusion fusion) {
  // A vector of kernels copies them where it grows.
  std::deque<Kernel> kernels;
  visitKernels(counts, lookup, fusion,
               [&](Kernel kernel) { kernels.push_back(std::move(kernel)); });
  return {std::make_move_iterator(kernels.begin()),
          std::make_move_iterator(kernels.end())};
}

} // namespace roofline
