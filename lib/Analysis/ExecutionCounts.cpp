//===- ExecutionCounts.cpp - How often the ops of a graph run -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/ExecutionCounts.h"

#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace roofline {

namespace {

KnownOr<Count> multiply(const KnownOr<Count> &lhs, const KnownOr<Count> &rhs) {
  if (!lhs)
    return lhs;
  if (!rhs)
    return rhs;
  return *lhs * *rhs;
}

KnownOr<Count> add(const KnownOr<Count> &lhs, const KnownOr<Count> &rhs) {
  if (!lhs)
    return lhs;
  if (!rhs)
    return rhs;
  return *lhs + *rhs;
}

/// `while` of `stablehlo.while`: the last component of the op's name.
llvm::StringRef shortName(mlir::Operation *op) {
  llvm::StringRef name = op->getName().getStringRef();
  return name.substr(name.rfind('.') + 1);
}

bool isLoop(llvm::ArrayRef<Body> bodies) {
  return llvm::any_of(bodies, [](const Body &body) {
    return body.region && !body.isAlternative &&
           !(body.times && *body.times == Count(1));
  });
}

/// The op that defines `symbol`. The usual look-up gives up at an unregistered
/// op with one region, which may stand between a call and its module.
mlir::Operation *lookupFunction(mlir::SymbolTableCollection &symbols,
                                mlir::Operation *op,
                                mlir::SymbolRefAttr symbol) {
  while (op && !op->hasTrait<mlir::OpTrait::SymbolTable>())
    op = op->getParentOp();
  return op ? symbols.lookupSymbolIn(op, symbol) : nullptr;
}

/// Blocks after the entry block run as often as branches decide.
const KnownOr<Count> &unstructuredTimes() {
  static const KnownOr<Count> times =
      Unknown{UnknownKind::TripCount, "runs under branches between blocks"};
  return times;
}

} // namespace

//===----------------------------------------------------------------------===//
// Entry
//===----------------------------------------------------------------------===//

std::string functionName(mlir::Operation *function) {
  auto name = function->getAttrOfType<mlir::StringAttr>(
      mlir::SymbolTable::getSymbolAttrName());
  return name ? "@" + name.str() : std::string();
}

mlir::FailureOr<mlir::Operation *> findEntry(mlir::ModuleOp module,
                                             llvm::StringRef name) {
  llvm::SmallVector<mlir::FunctionOpInterface> functions;
  llvm::DenseSet<mlir::Attribute> called;
  module->walk([&](mlir::Operation *op) {
    if (auto function = mlir::dyn_cast<mlir::FunctionOpInterface>(op))
      if (!function.isExternal())
        functions.push_back(function);
    if (auto call = mlir::dyn_cast<mlir::CallOpInterface>(op))
      if (auto symbol = mlir::dyn_cast_if_present<mlir::SymbolRefAttr>(
              call.getCallableForCallee()))
        called.insert(symbol.getLeafReference());
  });

  auto listFunctions = [&](mlir::InFlightDiagnostic &diagnostic) {
    constexpr size_t maxListed = 10;
    diagnostic << "; functions are:";
    for (mlir::FunctionOpInterface function :
         llvm::ArrayRef(functions).take_front(maxListed))
      diagnostic << " '" << function.getName() << "'";
    if (functions.size() > maxListed)
      diagnostic << " and " << functions.size() - maxListed << " more";
  };

  if (!name.empty()) {
    name.consume_front("@");
    for (mlir::FunctionOpInterface function : functions)
      if (function.getName() == name)
        return function.getOperation();
    mlir::InFlightDiagnostic diagnostic = mlir::emitError(module.getLoc())
                                          << "no function '" << name
                                          << "' with a body";
    if (!functions.empty())
      listFunctions(diagnostic);
    return diagnostic;
  }

  if (functions.empty()) {
    if (module.getBody()->empty())
      return mlir::emitError(module.getLoc(),
                             "the module is empty: there are no ops to count");
    if (llvm::all_of(*module.getBody(),
                     llvm::IsaPred<mlir::FunctionOpInterface>))
      return mlir::emitError(module.getLoc(),
                             "the module only declares functions: there are no "
                             "ops to count");
    return module.getOperation();
  }
  for (mlir::FunctionOpInterface function : functions)
    if (function.getName() == "main")
      return function.getOperation();

  llvm::SmallVector<mlir::FunctionOpInterface> uncalled =
      llvm::to_vector(llvm::make_filter_range(
          functions, [&](mlir::FunctionOpInterface function) {
            return !called.contains(function.getNameAttr());
          }));
  if (uncalled.empty())
    uncalled = functions;
  auto opCount = [](mlir::FunctionOpInterface function) {
    size_t count = 0;
    function->walk([&](mlir::Operation *) { ++count; });
    return count;
  };
  auto best = uncalled.front();
  if (uncalled.size() > 1) {
    size_t bestCount = opCount(best);
    for (mlir::FunctionOpInterface function :
         llvm::ArrayRef(uncalled).drop_front()) {
      size_t count = opCount(function);
      if (count > bestCount) {
        best = function;
        bestCount = count;
      }
    }
  }
  return best.getOperation();
}

//===----------------------------------------------------------------------===//
// Finding functions, loops and alternatives
//===----------------------------------------------------------------------===//

ExecutionCounts::ExecutionCounts(mlir::Operation *entry,
                                 const DemandLookup &lookup,
                                 TripCounts tripCounts)
    : lookup(lookup), tripCounts(std::move(tripCounts)),
      root(entry->getParentOfType<mlir::ModuleOp>()) {
  if (!root)
    root = entry;

  // Depth first without recursion: call chains of generated graphs are long.
  struct Frame {
    Function function;
    llvm::SmallVector<Function, 0> callees;
    size_t next = 0;
  };
  llvm::DenseMap<Function, bool> isFinished;
  llvm::SmallVector<Frame, 0> stack;
  isFinished[entry] = false;
  stack.push_back({entry, scan(entry)});
  while (!stack.empty()) {
    Frame &frame = stack.back();
    if (frame.next == frame.callees.size()) {
      isFinished[frame.function] = true;
      postOrder.push_back(frame.function);
      stack.pop_back();
      continue;
    }
    Function callee = frame.callees[frame.next++];
    auto [it, isNew] = isFinished.try_emplace(callee, false);
    if (isNew) {
      stack.push_back({callee, scan(callee)});
      continue;
    }
    if (!it->second) {
      // Dropping the callee's name cuts the cycle at this function for every
      // caller, so that each runs a known number of times.
      for (auto &entry : functionOf)
        if (entry.second == callee)
          entry.second = nullptr;
      unresolved.push_back({callee, functionName(callee) + " calls itself"});
    }
  }

  if (!choicesOf.empty())
    for (Function function : postOrder)
      chooseAlternatives(function);
  countFunctions();
}

llvm::SmallVector<mlir::Operation *, 0>
ExecutionCounts::scan(Function function) {
  llvm::SmallVector<Function, 0> callees;
  llvm::StringMap<unsigned> loopIndices;
  std::string name = functionName(function);
  for (mlir::Region &region : function->getRegions())
    for (mlir::Block &block : region)
      for (mlir::Operation &op : block)
        scan(&op, name, loopIndices, callees);
  if (!choices.empty())
    choicesOf[function] = std::move(choices);
  choices.clear();
  return callees;
}

void ExecutionCounts::scan(mlir::Operation *op, llvm::StringRef inFunction,
                           llvm::StringMap<unsigned> &loopIndices,
                           llvm::SmallVectorImpl<Function> &callees) {
  BodyList bodies = lookup.bodies(op);
  if (bodies.empty()) {
    auto call = mlir::dyn_cast<mlir::CallOpInterface>(op);
    if (!call)
      return;
    Body body;
    body.callee = mlir::dyn_cast_if_present<mlir::SymbolRefAttr>(
        call.getCallableForCallee());
    if (!body.callee) {
      unresolved.push_back({op, "the callee is a value"});
      return;
    }
    bodies.push_back(body);
  }

  if (isLoop(bodies))
    nameLoop(op, inFunction, loopIndices, bodies);
  if (llvm::any_of(bodies, [](const Body &body) { return body.isAlternative; }))
    choices.push_back(op);

  for (const Body &body : bodies) {
    if (body.region) {
      for (mlir::Block &block : *body.region)
        for (mlir::Operation &nested : block)
          scan(&nested, inFunction, loopIndices, callees);
      continue;
    }
    auto [it, isNew] = functionOf.try_emplace(body.callee, nullptr);
    if (isNew) {
      Function callee = lookupFunction(symbols, op, body.callee);
      auto function =
          mlir::dyn_cast_if_present<mlir::FunctionOpInterface>(callee);
      if (function && !function.isExternal())
        it->second = callee;
    }
    if (it->second)
      callees.push_back(it->second);
    else
      unresolved.push_back({op, "'@" + body.callee.getLeafReference().str() +
                                    "' has no body in this file"});
  }
  bodiesOf.try_emplace(op, std::move(bodies));
}

void ExecutionCounts::nameLoop(mlir::Operation *op, llvm::StringRef inFunction,
                               llvm::StringMap<unsigned> &loopIndices,
                               BodyList &bodies) {
  llvm::StringRef kind = shortName(op);
  std::string name =
      (inFunction + "/" + kind + "#" + llvm::Twine(loopIndices[kind]++)).str();
  auto bound = tripCounts.find(name);
  bool isBound = bound != tripCounts.end();
  if (isBound) {
    // The last region is the body; one before it is the condition, which runs
    // once more.
    for (Body &body : bodies)
      body.times = bound->second + 1;
    bodies.back().times = bound->second;
  }
  loopList.push_back({std::move(name), op, bodies.back().times, isBound});
}

llvm::ArrayRef<Body> ExecutionCounts::bodies(mlir::Operation *op) const {
  auto it = bodiesOf.find(op);
  if (it == bodiesOf.end())
    return {};
  return it->second;
}

mlir::Operation *ExecutionCounts::callee(const Body &body) const {
  return body.callee ? functionOf.lookup(body.callee) : nullptr;
}

//===----------------------------------------------------------------------===//
// Alternatives
//===----------------------------------------------------------------------===//

Count ExecutionCounts::weigh(mlir::Region &region) const {
  Count weight;
  for (mlir::Block &block : region) {
    for (mlir::Operation &op : block) {
      if (KnownOr<Demand> demand = lookup.demand(&op))
        weight += demand->work.totalOps() + demand->totalBytes();
      for (const Body &body : bodies(&op))
        weight += weigh(body);
    }
  }
  return weight;
}

Count ExecutionCounts::weigh(const Body &body) const {
  if (!body.times)
    return 0;
  Count weight;
  if (body.region)
    weight = weigh(*body.region);
  else if (Function function = callee(body))
    weight = weightOf.lookup(function);
  return weight * *body.times;
}

void ExecutionCounts::chooseAlternatives(Function function) {
  // Innermost first: `choicesOf` holds outer ops before the ops in their
  // regions.
  for (mlir::Operation *op : llvm::reverse(choicesOf[function])) {
    BodyList &bodies = bodiesOf[op];
    Body *dearestBody = nullptr;
    Branch branch{op, 0, 0};
    for (Body &body : bodies) {
      if (!body.isAlternative)
        continue;
      Count weight = weigh(body);
      if (!dearestBody || branch.dearest < weight) {
        branch.dearest = weight;
        if (!dearestBody)
          branch.cheapest = weight;
        dearestBody = &body;
      }
      if (weight < branch.cheapest)
        branch.cheapest = weight;
    }
    llvm::erase_if(bodies, [&](Body &body) {
      return body.isAlternative && &body != dearestBody;
    });
    branchList.push_back(branch);
  }
  Count weight;
  for (mlir::Region &region : function->getRegions())
    weight += weigh(region);
  weightOf[function] = weight;
}

//===----------------------------------------------------------------------===//
// Counting
//===----------------------------------------------------------------------===//

void ExecutionCounts::countFunctions() {
  for (Function function : postOrder)
    timesOf.try_emplace(function, Count(0));
  timesOf.find(postOrder.back())->second = Count(1);
  for (Function function : llvm::reverse(postOrder)) {
    KnownOr<Count> times = timesOf.find(function)->second;
    for (mlir::Region &region : function->getRegions())
      walkRegion(region, times,
                 [&](mlir::Operation *op, const KnownOr<Count> &opTimes) {
                   for (const Body &body : bodies(op))
                     if (Function target = callee(body)) {
                       KnownOr<Count> &total = timesOf.find(target)->second;
                       total = add(total, multiply(opTimes, body.times));
                     }
                 });
  }
}

void ExecutionCounts::walkRegion(mlir::Region &region,
                                 const KnownOr<Count> &times,
                                 Visitor visit) const {
  for (mlir::Block &block : region) {
    const KnownOr<Count> &blockTimes =
        block.isEntryBlock() ? times : unstructuredTimes();
    for (mlir::Operation &op : block) {
      visit(&op, blockTimes);
      for (const Body &body : bodies(&op))
        if (body.region)
          walkRegion(*body.region, multiply(blockTimes, body.times), visit);
    }
  }
}

void ExecutionCounts::walk(Visitor visit) const {
  for (Function function : llvm::reverse(postOrder)) {
    const KnownOr<Count> &times = timesOf.find(function)->second;
    // A function that only alternatives that do not run call.
    if (times && times->isZero())
      continue;
    for (mlir::Region &region : function->getRegions())
      walkRegion(region, times, visit);
  }
}

} // namespace roofline
