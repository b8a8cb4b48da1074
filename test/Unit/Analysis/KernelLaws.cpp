//===- KernelLaws.cpp - What holds for the kernels of any graph -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelLaws.h"

#include "roofline/Analysis/GraphBoundary.h"
#include "roofline/Analysis/GraphDemand.h"
#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/InitModels.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Parser/Parser.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <map>

namespace roofline {

//===----------------------------------------------------------------------===//
// Graphs
//===----------------------------------------------------------------------===//

FormedGraph::FormedGraph() : context(mlir::MLIRContext::Threading::DISABLED) {
  mlir::DialectRegistry registry;
  registry.insert<mlir::func::FuncDialect>();
  registerTolerantDialects(registry);
  registerDialectAndModels(registry);
  context.appendDialectRegistry(registry);
  context.loadDialect<RooflineDialect>();
}

std::unique_ptr<FormedGraph> FormedGraph::read(const std::string &text) {
  std::unique_ptr<FormedGraph> graph(new FormedGraph());
  graph->module =
      mlir::parseSourceString<mlir::ModuleOp>(text, &graph->context);
  if (!graph->module)
    return nullptr;
  mlir::FailureOr<mlir::Operation *> entry = findEntry(*graph->module, "");
  if (failed(entry))
    return nullptr;
  graph->entryOp = *entry;
  graph->lookup.emplace(&graph->context, DemandOptions());
  graph->counts.emplace(graph->entryOp, *graph->lookup);
  for (Fusion fusion : allFusions)
    graph->kernelsOf[static_cast<size_t>(fusion)] =
        formKernels(*graph->counts, *graph->lookup, fusion);
  return graph;
}

namespace {

std::string textOf(mlir::Operation *op) {
  std::string text;
  llvm::raw_string_ostream os(text);
  op->print(os, mlir::OpPrintingFlags().skipRegions().useLocalScope());
  return text;
}

std::string problem(Fusion fusion, const llvm::Twine &what) {
  return ("fusion " + stringify(fusion) + ": " + what).str();
}

std::string problem(Fusion fusion, const llvm::Twine &what,
                    mlir::Operation *op) {
  return problem(fusion, what + ": " + textOf(op));
}

template <typename T> std::string textOf(const KnownOr<T> &count) {
  return count ? count->str() : "unknown";
}

/// Works, moves bytes, or nothing is known of it.
bool needsKernel(const KnownOr<Demand> &demand) {
  return !demand || !demand->work.empty() || !demand->totalBytes().isZero();
}

mlir::Operation *functionOf(mlir::Operation *op) {
  return op->getParentOfType<mlir::FunctionOpInterface>();
}

using KernelIndices = llvm::DenseMap<mlir::Operation *, unsigned>;

KernelIndices kernelIndices(llvm::ArrayRef<Kernel> kernels) {
  KernelIndices indices;
  for (auto [index, kernel] : llvm::enumerate(kernels))
    for (mlir::Operation *op : kernel.ops)
      indices[op] = index;
  return indices;
}

/// The ops that call each function.
using CallsOf =
    llvm::DenseMap<mlir::Operation *, llvm::SmallVector<mlir::Operation *>>;

CallsOf callsOf(const ExecutionCounts &counts) {
  CallsOf calls;
  counts.walk([&](mlir::Operation *op, const KnownOr<Count> &) {
    for (const Body &body : counts.bodies(op))
      if (mlir::Operation *callee = counts.callee(body))
        calls[callee].push_back(op);
  });
  return calls;
}

//===----------------------------------------------------------------------===//
// Membership
//===----------------------------------------------------------------------===//

class Membership {
public:
  Membership(const FormedGraph &graph, Fusion fusion)
      : graph(graph), fusion(fusion), kernels(graph.kernels(fusion)),
        kernelOf(kernelIndices(kernels)), calls(callsOf(graph.executions())) {}

  std::string check() {
    graph.executions().walk([&](mlir::Operation *op, const KnownOr<Count> &) {
      positionOf.try_emplace(op, positionOf.size());
      if (kernelOf.contains(op))
        hasKernels.insert(functionOf(op));
    });
    std::string wrong = checkKernels();
    if (!wrong.empty())
      return wrong;
    graph.executions().walk([&](mlir::Operation *op, const KnownOr<Count> &) {
      if (wrong.empty())
        wrong = checkOp(op);
    });
    return wrong;
  }

private:
  std::string checkKernels() const {
    llvm::DenseSet<mlir::Operation *> seen;
    // Of each block, because what is called once stands where it is called.
    llvm::DenseMap<mlir::Block *, size_t> lastRoot;
    for (const Kernel &kernel : kernels) {
      if (!kernel.root || !llvm::is_contained(kernel.ops, kernel.root))
        return problem(fusion, "kernel " + kernel.name + " without its root");
      if (kernel.name.empty())
        return problem(fusion, "kernel without a name", kernel.root);
      llvm::DenseMap<mlir::Block *, size_t> last;
      for (mlir::Operation *op : kernel.ops) {
        auto it = positionOf.find(op);
        if (it == positionOf.end())
          return problem(fusion, "op of a kernel does not run", op);
        if (!seen.insert(op).second)
          return problem(fusion, "op is in kernels twice", op);
        if (it->second < last[op->getBlock()])
          return problem(fusion, "ops of a kernel are out of order", op);
        last[op->getBlock()] = it->second;
      }
      size_t root = positionOf.lookup(kernel.root);
      if (root < lastRoot[kernel.root->getBlock()])
        return problem(fusion, "kernels are out of order", kernel.root);
      lastRoot[kernel.root->getBlock()] = root;
      if (fusion == Fusion::None && kernel.ops.size() != 1)
        return problem(fusion, "kernel of several ops", kernel.root);
    }
    return "";
  }

  std::string checkOp(mlir::Operation *op) const {
    bool needs = needsKernel(graph.demands().demand(op));
    bool has = kernelOf.contains(op);
    if (needs && !has && !isInlined(functionOf(op)))
      return problem(fusion, "op is in no kernel", op);
    if (!needs && has && !callsInlined(op))
      return problem(fusion, "view is in a kernel", op);
    return "";
  }

  bool callsInlined(mlir::Operation *op) const {
    return llvm::any_of(graph.executions().bodies(op), [&](const Body &body) {
      mlir::Operation *callee = graph.executions().callee(body);
      return callee && !hasKernels.contains(callee);
    });
  }

  /// True where the function is in kernels by its calls, all of them.
  bool isInlined(mlir::Operation *function) const {
    if (!function || function == graph.entry() || hasKernels.contains(function))
      return false;
    return llvm::all_of(calls.lookup(function), [&](mlir::Operation *call) {
      return kernelOf.contains(call) || isInlined(functionOf(call));
    });
  }

  const FormedGraph &graph;
  Fusion fusion;
  llvm::ArrayRef<Kernel> kernels;
  KernelIndices kernelOf;
  CallsOf calls;
  llvm::DenseMap<mlir::Operation *, size_t> positionOf;
  llvm::DenseSet<mlir::Operation *> hasKernels;
};

} // namespace

std::string checkMembership(const FormedGraph &graph) {
  for (Fusion fusion : allFusions)
    if (std::string wrong = Membership(graph, fusion).check(); !wrong.empty())
      return wrong;
  return "";
}

//===----------------------------------------------------------------------===//
// Totals
//===----------------------------------------------------------------------===//

/// True where the ops of kernels yield all results, each once, and everything
/// is used.
static bool computesResults(const FormedGraph &graph) {
  bool hasUnused = false;
  graph.executions().walk([&](mlir::Operation *op, const KnownOr<Count> &) {
    for (mlir::Value value : op->getResults())
      hasUnused |= value.use_empty();
  });
  if (hasUnused)
    return false;
  llvm::DenseSet<mlir::Value> returned;
  for (mlir::Value value :
       graph.entry()->getRegion(0).front().back().getOperands()) {
    mlir::Operation *op = value.getDefiningOp();
    while (op && !needsKernel(graph.demands().demand(op)) &&
           op->getNumOperands() == op->getNumResults()) {
      value =
          op->getOperand(mlir::cast<mlir::OpResult>(value).getResultNumber());
      op = value.getDefiningOp();
    }
    if (!op || !needsKernel(graph.demands().demand(op)) ||
        !returned.insert(value).second)
      return false;
  }
  return true;
}

/// True where an op reads a part of something: whoever computes that within the
/// same kernel may read less, too.
static bool readsParts(const FormedGraph &graph) {
  bool result = false;
  graph.executions().walk([&](mlir::Operation *op, const KnownOr<Count> &) {
    if (!needsKernel(graph.demands().demand(op)))
      return;
    KnownOr<Traffic> traffic = graph.demands().traffic(op);
    if (!traffic)
      return;
    for (auto [operand, read] :
         llvm::zip(op->getOperands(), traffic->readBytes)) {
      KnownOr<Count> whole = byteCount(operand.getType());
      result |= whole && read < *whole;
    }
  });
  return result;
}

std::string checkBytes(const FormedGraph &graph) {
  GraphDemand demand = computeGraphDemand(graph.executions(), graph.demands(),
                                          [](const OpDemand &) {});
  // A call that is known to run may be in a kernel though other calls of the
  // function are not, and its ops are therefore in no total.
  if (!demand.uncounted.empty())
    return "";
  std::optional<Count> before;
  for (Fusion fusion : allFusions) {
    Count bytes;
    for (const Kernel &kernel : graph.kernels(fusion))
      if (kernel.times && kernel.demand)
        bytes += kernel.demand->totalBytes() * *kernel.times;
    if (before && *before < bytes)
      return problem(fusion,
                     bytes.str() + " bytes instead of " + before->str());
    before = bytes;
  }

  GraphBoundary boundary = computeGraphBoundary(
      graph.entry(), graph.executions(), graph.demands(),
      [](mlir::BlockArgument, bool isParameter) { return isParameter; });
  if (demand.isComplete() && computesResults(graph) && !readsParts(graph) &&
      boundary.compulsoryBytes && *before < *boundary.compulsoryBytes)
    return problem(allFusions.back(), before->str() + " bytes, but " +
                                          boundary.compulsoryBytes->str() +
                                          " are compulsory");
  return "";
}

std::string checkWork(const FormedGraph &graph) {
  GraphDemand demand = computeGraphDemand(graph.executions(), graph.demands(),
                                          [](const OpDemand &) {});
  if (!demand.uncounted.empty())
    return "";
  for (Fusion fusion : allFusions) {
    WorkList work;
    for (const Kernel &kernel : graph.kernels(fusion))
      if (kernel.times && kernel.demand)
        work.add(kernel.demand->work, *kernel.times);
    if (work == demand.work)
      continue;
    std::string text;
    llvm::raw_string_ostream os(text);
    for (const WorkList *list : {&work, &demand.work}) {
      os << (list == &work ? "kernels:" : "; ops:");
      for (const Work &part : *list)
        os << ' ' << stringify(part.where.unit) << '_'
           << stringify(part.where.type) << '=' << part.ops;
    }
    return problem(fusion, text);
  }
  return "";
}

//===----------------------------------------------------------------------===//
// Circles
//===----------------------------------------------------------------------===//

namespace {

/// What has to run before what. Units are kernels, and ops that run bodies.
class Dependences {
public:
  Dependences(const FormedGraph &graph, Fusion fusion)
      : graph(graph), kernels(graph.kernels(fusion)),
        kernelOf(kernelIndices(kernels)), calls(callsOf(graph.executions())) {}

  /// Units of a circle, as text; empty where there is none.
  std::string findCircle() {
    graph.executions().walk([&](mlir::Operation *op, const KnownOr<Count> &) {
      if (std::optional<unsigned> unit = unitOf(op))
        addReads(op, *unit);
    });
    // What is left after everything that waits for nothing was taken away.
    std::vector<unsigned> waitingFor(before.size());
    std::vector<llvm::SmallVector<unsigned>> after(before.size());
    std::vector<unsigned> ready;
    for (auto [unit, list] : llvm::enumerate(before)) {
      for (unsigned other : list)
        after[other].push_back(unit);
      waitingFor[unit] = list.size();
      if (list.empty())
        ready.push_back(unit);
    }
    for (size_t next = 0; next < ready.size(); ++next)
      for (unsigned unit : after[ready[next]])
        if (--waitingFor[unit] == 0)
          ready.push_back(unit);
    if (ready.size() == before.size())
      return "";
    std::string text;
    llvm::raw_string_ostream os(text);
    for (auto [unit, count] : llvm::enumerate(waitingFor))
      if (count > 0) {
        os << "\n  " << unit << " waits for";
        for (unsigned other : before[unit])
          if (waitingFor[other] > 0)
            os << ' ' << other;
        if (unit < kernels.size())
          for (mlir::Operation *op : kernels[unit].ops)
            os << "\n    " << textOf(op);
      }
    return text;
  }

private:
  using Units = llvm::SmallSetVector<unsigned, 2>;

  /// The kernel of an op, or the op itself where it runs bodies and its results
  /// are not simply those of a function.
  std::optional<unsigned> unitOf(mlir::Operation *op) {
    before.resize(std::max(before.size(), kernels.size()));
    if (auto it = kernelOf.find(op); it != kernelOf.end())
      return it->second;
    if (graph.executions().bodies(op).empty() || onlyCalled(op))
      return std::nullopt;
    auto [it, isNew] = others.try_emplace(op, before.size());
    if (isNew)
      before.emplace_back();
    return it->second;
  }

  /// The function that `op` calls, where nothing else does.
  mlir::Operation *onlyCalled(mlir::Operation *op) const {
    llvm::ArrayRef<Body> bodies = graph.executions().bodies(op);
    if (bodies.size() != 1)
      return nullptr;
    mlir::Operation *callee = graph.executions().callee(bodies.front());
    return callee && calls.lookup(callee).size() == 1 ? callee : nullptr;
  }

  /// Where `op` calls a function that gives result `index` without computing
  /// it, the arguments that it moves there.
  std::optional<llvm::SmallVector<unsigned>> movedArguments(mlir::Operation *op,
                                                            unsigned index) {
    llvm::ArrayRef<Body> bodies = graph.executions().bodies(op);
    mlir::Operation *callee = bodies.size() == 1
                                  ? graph.executions().callee(bodies.front())
                                  : nullptr;
    if (!callee)
      return std::nullopt;
    mlir::Block &block = callee->getRegion(0).front();
    llvm::SmallVector<unsigned> arguments;
    llvm::SmallVector<mlir::Value> pending = {block.back().getOperand(index)};
    while (!pending.empty()) {
      mlir::Value value = pending.pop_back_val();
      if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value)) {
        arguments.push_back(argument.getArgNumber());
        continue;
      }
      mlir::Operation *from = value.getDefiningOp();
      unsigned result = mlir::cast<mlir::OpResult>(value).getResultNumber();
      if (!graph.executions().bodies(from).empty()) {
        auto moved = movedArguments(from, result);
        if (!moved)
          return std::nullopt;
        for (unsigned argument : *moved)
          pending.push_back(from->getOperand(argument));
        continue;
      }
      KnownOr<Demand> demand = graph.demands().demand(from);
      bool isMoved = demand && (demand->structure == Structure::View ||
                                demand->structure == Structure::DataMovement);
      if (!isMoved)
        return std::nullopt;
      pending.append(from->operand_begin(), from->operand_end());
    }
    return arguments;
  }

  void addReads(mlir::Operation *op, unsigned unit) {
    op->walk([&](mlir::Operation *inner) {
      for (mlir::OpOperand &operand : inner->getOpOperands())
        if (!op->isAncestor(operand.get().getParentBlock()->getParentOp()) &&
            !isOverwritten(operand))
          for (unsigned source : sourcesOf(operand.get()))
            if (source != unit)
              before[unit].insert(source);
    });
  }

  /// True where nothing of a buffer is left after the op.
  bool isOverwritten(mlir::OpOperand &operand) const {
    mlir::Operation *op = operand.getOwner();
    if (operand.getOperandNumber() != 0 || op->getNumOperands() < 2 ||
        op->getNumResults() != 1)
      return false;
    KnownOr<Traffic> traffic = graph.demands().traffic(op);
    KnownOr<Count> whole = byteCount(op->getResult(0).getType());
    return traffic && whole && !whole->isZero() &&
           traffic->readBytes.front().isZero() &&
           traffic->totalWritten() == *whole;
  }

  /// The units that `value` comes from, through views.
  const Units &sourcesOf(mlir::Value value) {
    const void *key = value.getAsOpaquePointer();
    if (auto it = sources.find(key); it != sources.end())
      return it->second;
    Units found;
    auto addAll = [&](mlir::Value from) {
      const Units &more = sourcesOf(from);
      found.insert(more.begin(), more.end());
    };
    if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value)) {
      auto it = calls.find(argument.getOwner()->getParentOp());
      if (it != calls.end() && it->second.size() == 1 &&
          onlyCalled(it->second.front()))
        addAll(it->second.front()->getOperand(argument.getArgNumber()));
      return sources[key] = std::move(found);
    }
    mlir::Operation *op = value.getDefiningOp();
    unsigned index = mlir::cast<mlir::OpResult>(value).getResultNumber();
    if (auto arguments = movedArguments(op, index)) {
      for (unsigned argument : *arguments)
        addAll(op->getOperand(argument));
    } else if (std::optional<unsigned> unit = unitOf(op)) {
      found.insert(*unit);
    } else if (mlir::Operation *callee = onlyCalled(op)) {
      addAll(callee->getRegion(0).front().back().getOperand(index));
    } else if (op->getNumOperands() == op->getNumResults()) {
      addAll(op->getOperand(index));
    } else {
      for (mlir::Value operand : op->getOperands())
        addAll(operand);
    }
    return sources[key] = std::move(found);
  }

  const FormedGraph &graph;
  llvm::ArrayRef<Kernel> kernels;
  KernelIndices kernelOf;
  CallsOf calls;
  /// Units of ops that are in no kernel.
  llvm::DenseMap<mlir::Operation *, unsigned> others;
  std::vector<Units> before;
  /// References into it stay valid when it grows.
  std::map<const void *, Units> sources;
};

} // namespace

std::string checkCircles(const FormedGraph &graph) {
  for (Fusion fusion : allFusions)
    if (std::string circle = Dependences(graph, fusion).findCircle();
        !circle.empty())
      return problem(fusion, "kernels wait for each other:" + circle);
  return "";
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

namespace {

std::string describe(const Kernel &kernel) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << stringify(kernel.family) << ' ' << kernel.name << ", "
     << kernel.ops.size() << " ops, ";
  if (kernel.demand)
    os << "reads " << kernel.demand->readBytes << ", writes "
       << kernel.demand->writtenBytes;
  else
    os << kernel.demand.unknown().reason;
  os << ", times " << textOf(kernel.times);
  return text;
}

} // namespace

std::string checkSameKernels(const FormedGraph &graph,
                             const FormedGraph &other) {
  for (Fusion fusion : allFusions) {
    // How many more of a kind the one has than the other.
    std::map<std::string, int> surplus;
    for (const Kernel &kernel : graph.kernels(fusion))
      ++surplus[describe(kernel)];
    for (const Kernel &kernel : other.kernels(fusion))
      --surplus[describe(kernel)];
    std::string difference;
    for (const auto &[kernel, count] : surplus)
      if (count != 0)
        difference +=
            "\n  " + std::string(count > 0 ? "first: " : "second: ") + kernel;
    if (!difference.empty())
      return problem(fusion, "other kernels:" + difference);
  }
  return "";
}

std::string checkIdentical(const FormedGraph &graph, const FormedGraph &other) {
  auto positions = [](const FormedGraph &one) {
    llvm::DenseMap<mlir::Operation *, size_t> result;
    one.executions().walk([&](mlir::Operation *op, const KnownOr<Count> &) {
      result.try_emplace(op, result.size());
    });
    return result;
  };
  auto positionsOfFirst = positions(graph), positionsOfOther = positions(other);
  for (Fusion fusion : allFusions) {
    const std::vector<Kernel> &first = graph.kernels(fusion);
    const std::vector<Kernel> &second = other.kernels(fusion);
    if (first.size() != second.size())
      return problem(fusion, "other number of kernels");
    for (auto [lhs, rhs] : llvm::zip(first, second)) {
      if (describe(lhs) != describe(rhs))
        return problem(fusion, describe(lhs) + " or " + describe(rhs));
      for (auto [lhsOp, rhsOp] : llvm::zip(lhs.ops, rhs.ops))
        if (positionsOfFirst.lookup(lhsOp) != positionsOfOther.lookup(rhsOp))
          return problem(fusion, "other ops in " + describe(lhs), lhsOp);
    }
  }
  return "";
}

} // namespace roofline
