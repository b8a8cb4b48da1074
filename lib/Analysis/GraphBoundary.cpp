//===- GraphBoundary.cpp - What a graph reads and writes at its edge ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/GraphBoundary.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/ADT/SetVector.h"

#include <map>

namespace roofline {

namespace {

/// Chains of views longer than this are not followed: the value counts as read
/// whole. Real chains are a handful of reshapes long.
constexpr unsigned maxChain = 256;

/// Values that are looked at to tell whether one is a parameter; beyond, it is
/// taken for none. A value that is used twice on the way of one that is used
/// twice would otherwise be looked at four times, and so on.
constexpr unsigned maxVisits = 4096;

/// Ops with more operands are asked once for all of them.
constexpr unsigned manyOperands = 8;

Count smaller(Count lhs, Count rhs) { return lhs < rhs ? lhs : rhs; }

void addTo(KnownOr<Count> &sum, const KnownOr<Count> &bytes) {
  if (!sum)
    return;
  if (!bytes)
    sum = bytes;
  else
    sum = *sum + *bytes;
}

/// The data of an op that yields data of the model: nothing goes in, and the
/// data is in its `value` (StableHLO, arith) or `values` (TOSA), or in a global
/// that it names. Null for other ops.
mlir::Attribute constantData(mlir::Operation *op) {
  if (op->getNumOperands() != 0 || op->getNumRegions() != 0 ||
      op->getNumResults() != 1)
    return nullptr;
  for (llvm::StringRef name : {"value", "values"})
    if (auto elements = op->getAttrOfType<mlir::ElementsAttr>(name))
      return elements;
  // Unregistered ops keep what is inherent in their properties.
  mlir::NamedAttrList attributes(op->getAttrDictionary());
  if (auto properties = mlir::dyn_cast_if_present<mlir::DictionaryAttr>(
          op->getPropertiesAsAttribute()))
    attributes.append(properties);
  for (mlir::NamedAttribute attribute : attributes)
    if (auto global = mlir::dyn_cast<mlir::SymbolRefAttr>(attribute.getValue()))
      return global;
  return nullptr;
}

/// The data that an op of `constantData` yields: its result, or what is loaded
/// through it where it is the address of a global. Null where nothing is.
mlir::Value constantValue(mlir::Operation *op) {
  mlir::Value result = op->getResult(0);
  if (byteCount(result.getType()))
    return result;
  for (mlir::Operation *user : result.getUsers())
    if (user->getNumOperands() == 1 && user->getNumResults() == 1)
      return user->getResult(0);
  return nullptr;
}

class BoundaryUses {
public:
  BoundaryUses(const ExecutionCounts &counts, const DemandLookup &lookup)
      : counts(counts), lookup(lookup) {}

  /// Bytes of `value` that its uses read, at most all of it.
  KnownOr<Count> touchedBytes(mlir::Value value, unsigned depth = 0) {
    KnownOr<Count> whole = byteCount(value.getType());
    if (!whole || depth > maxChain)
      return whole;
    auto [it, isNew] = touched.try_emplace(value, *whole);
    if (!isNew)
      return it->second;
    Count sum;
    for (mlir::OpOperand &use : value.getUses()) {
      sum += smaller(touchedByUse(use, *whole, depth), *whole);
      if (!(sum < *whole))
        break;
    }
    Count result = smaller(sum, *whole);
    touched[value] = result;
    return result;
  }

  /// True where every use of `value` takes it as a parameter.
  bool isParameter(mlir::Value value) {
    remainingVisits = maxVisits;
    return isParameter(value, /*isBroadcast=*/false, /*returned=*/nullptr,
                       /*depth=*/0);
  }

  /// Bytes that producing a result of the graph writes: all of it, but for what
  /// an update in place leaves as it came in through an argument.
  KnownOr<Count> writtenBytes(mlir::Value value) {
    KnownOr<Count> whole = byteCount(value.getType());
    if (!whole)
      return whole;
    Written written = trace(value, *whole, /*depth=*/0);
    return written.isUpdated ? smaller(written.bytes, *whole) : *whole;
  }

  /// The argument of the graph that a result of it is, updated in place; null
  /// for other results.
  mlir::BlockArgument updatedArgument(mlir::Value value, mlir::Block &entry) {
    KnownOr<Count> whole = byteCount(value.getType());
    if (!whole)
      return nullptr;
    Written written = trace(value, *whole, /*depth=*/0);
    bool isUpdated = written.isUpdated && written.origin &&
                     written.origin.getOwner() == &entry;
    return isUpdated ? written.origin : nullptr;
  }

  /// Bytes of an argument that one device has: those of the largest piece that
  /// a body takes, where bodies are all that use it.
  KnownOr<Count> deviceBytes(mlir::BlockArgument argument) {
    KnownOr<Count> whole = byteCount(argument.getType());
    if (!whole || argument.use_empty())
      return whole;
    Count largest;
    for (mlir::OpOperand &use : argument.getUses()) {
      auto pieces = argumentsOf(use);
      if (pieces.empty())
        return whole;
      for (auto &[piece, times] : pieces) {
        KnownOr<Count> bytes = byteCount(piece.getType());
        if (!bytes || !times || *times != Count(1))
          return whole;
        largest = std::max(largest, *bytes);
      }
    }
    return smaller(largest, *whole);
  }

  /// The same of a result of the graph: the piece that a body yields.
  KnownOr<Count> deviceBytes(mlir::OpOperand &result) {
    KnownOr<Count> whole = byteCount(result.get().getType());
    mlir::Operation *op = result.get().getDefiningOp();
    llvm::ArrayRef<Body> bodies =
        op ? counts.bodies(op) : llvm::ArrayRef<Body>();
    if (!whole || bodies.size() != 1 || !bodies.front().region ||
        !bodies.front().times || *bodies.front().times != Count(1) ||
        !bodies.front().region->hasOneBlock() ||
        bodies.front().region->front().empty())
      return whole;
    mlir::Operation &last = bodies.front().region->front().back();
    if (last.getNumOperands() != op->getNumResults())
      return whole;
    unsigned index = mlir::cast<mlir::OpResult>(result.get()).getResultNumber();
    KnownOr<Count> piece = byteCount(last.getOperand(index).getType());
    return piece ? smaller(*piece, *whole) : whole;
  }

  /// True where an operand was seen to enter a body in a smaller piece.
  bool sawShards() const { return hasShards; }

private:
  /// What is written on the way from a block argument to a value that is the
  /// argument updated in place.
  struct Written {
    Count bytes;
    /// The argument; null where the value is not an update of one.
    mlir::BlockArgument origin;
    bool isUpdated = false;
  };

  /// The part of a buffer that `op` writes where its result is operand 0 with
  /// only a part overwritten (a cache update); absent for other ops.
  std::optional<Count> updatedBytes(mlir::Operation *op) {
    if (op->getNumResults() != 1 || op->getNumOperands() == 0 ||
        op->getResult(0).getType() != op->getOperand(0).getType())
      return std::nullopt;
    KnownOr<Traffic> traffic = lookup.traffic(op);
    KnownOr<Count> whole = byteCount(op->getResult(0).getType());
    if (!traffic || !whole || !(traffic->totalWritten() < *whole) ||
        traffic->totalWritten().isZero())
      return std::nullopt;
    return traffic->totalWritten();
  }

  Written trace(mlir::Value value, Count whole, unsigned depth) {
    if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value))
      return {0, argument};
    Written unknown = {whole, nullptr};
    mlir::Operation *op = value.getDefiningOp();
    if (depth > maxChain)
      return unknown;
    unsigned index = mlir::cast<mlir::OpResult>(value).getResultNumber();
    if (llvm::ArrayRef<Body> bodies = counts.bodies(op); !bodies.empty())
      return traceBody(op, bodies.back(), index, whole, depth);
    if (std::optional<Count> updated = updatedBytes(op)) {
      Written source = trace(op->getOperand(0), whole, depth + 1);
      return {source.bytes + *updated, source.origin, true};
    }
    if (isView(op) && op->getNumOperands() == 1)
      return trace(op->getOperand(0), whole, depth + 1);
    return unknown;
  }

  /// A result of a call or a loop: what its body writes, as often as it runs.
  Written traceBody(mlir::Operation *op, const Body &body, unsigned index,
                    Count whole, unsigned depth) {
    Written unknown = {whole, nullptr};
    mlir::Region *region = body.region;
    if (mlir::Operation *callee = counts.callee(body))
      region = &callee->getRegion(0);
    if (!region || !region->hasOneBlock() || region->front().empty() ||
        body.isAlternative || !body.times ||
        region->getNumArguments() != op->getNumOperands())
      return unknown;
    mlir::Operation &last = region->front().back();
    if (last.getNumOperands() != op->getNumResults())
      return unknown;
    Written inside = trace(last.getOperand(index), whole, depth + 1);
    // A loop must hand the buffer on in its place for the next trip to find it.
    bool isLoop = body.region && *body.times != Count(1);
    if (!inside.origin || inside.origin.getOwner() != &region->front() ||
        (isLoop && inside.origin.getArgNumber() != index))
      return unknown;
    Written outside =
        trace(op->getOperand(inside.origin.getArgNumber()), whole, depth + 1);
    return {outside.bytes + inside.bytes * *body.times, outside.origin,
            outside.isUpdated || inside.isUpdated};
  }

  bool isView(mlir::Operation *op) {
    KnownOr<Demand> demand = lookup.demand(op);
    return demand && demand->structure == Structure::View &&
           op->getNumResults() == 1;
  }

  /// Results of a called function that a value is returned as.
  using Returned = llvm::SmallSetVector<unsigned, 2>;

  /// `isBroadcast`: the value was broadcast on the way from the argument.
  /// `returned` collects how the value leaves the called function that it is
  /// in; null in the entry, whose results leave the graph.
  bool isParameter(mlir::Value value, bool isBroadcast, Returned *returned,
                   unsigned depth) {
    if (depth > maxChain || remainingVisits == 0)
      return false;
    --remainingVisits;
    bool isUsed = false;
    for (mlir::OpOperand &use : value.getUses()) {
      if (isHandedOn(use))
        continue;
      if (returned && isFunctionReturn(use.getOwner()))
        returned->insert(use.getOperandNumber());
      else if (!isParameterUse(use, isBroadcast, returned, depth))
        return false;
      isUsed = true;
    }
    return isUsed;
  }

  static bool isFunctionReturn(mlir::Operation *op) {
    return op == &op->getBlock()->back() && op->getNumResults() == 0 &&
           mlir::isa_and_present<mlir::FunctionOpInterface>(op->getParentOp());
  }

  /// A value that enters bodies: every one of them must use it as a parameter,
  /// and so must what uses the results that a function returns it as. A
  /// condition that does not look at it is no objection.
  bool isParameterOfBodies(mlir::OpOperand &use, bool isBroadcast,
                           Returned *returned, unsigned depth) {
    mlir::Operation *op = use.getOwner();
    bool isCall = counts.bodies(op).front().callee != nullptr;
    Returned ofCallee;
    auto arguments = argumentsOf(use);
    for (auto &[argument, times] : arguments)
      if (!llvm::all_of(argument.getUses(), isHandedOn) &&
          !isParameter(argument, isBroadcast, isCall ? &ofCallee : returned,
                       depth + 1))
        return false;
    return !arguments.empty() && llvm::all_of(ofCallee, [&](unsigned index) {
      return index < op->getNumResults() &&
             isParameter(op->getResult(index), isBroadcast, returned,
                         depth + 1);
    });
  }

  /// True where a loop's body gives an argument to the next trip as it is,
  /// which is no use.
  static bool isHandedOn(mlir::OpOperand &use) {
    auto argument = mlir::dyn_cast<mlir::BlockArgument>(use.get());
    mlir::Operation *op = use.getOwner();
    return argument && argument.getOwner() == op->getBlock() &&
           argument.getArgNumber() == use.getOperandNumber() &&
           op == &op->getBlock()->back() && op->getNumResults() == 0 &&
           !mlir::isa_and_present<mlir::FunctionOpInterface>(op->getParentOp());
  }

  /// The block arguments that an operand becomes in the bodies of its owner;
  /// empty where operands and arguments do not correspond one to one.
  llvm::SmallVector<std::pair<mlir::Value, KnownOr<Count>>, 2>
  argumentsOf(mlir::OpOperand &use) {
    llvm::SmallVector<std::pair<mlir::Value, KnownOr<Count>>, 2> arguments;
    mlir::Operation *op = use.getOwner();
    for (const Body &body : counts.bodies(op)) {
      mlir::Region *region = body.region;
      if (mlir::Operation *callee = counts.callee(body))
        region = &callee->getRegion(0);
      if (!region || region->empty() ||
          region->getNumArguments() != op->getNumOperands())
        return {};
      arguments.push_back(
          {region->getArgument(use.getOperandNumber()), body.times});
    }
    return arguments;
  }

  Count touchedByUse(mlir::OpOperand &use, Count whole, unsigned depth) {
    if (isHandedOn(use))
      return 0;
    mlir::Operation *op = use.getOwner();
    if (!counts.bodies(op).empty()) {
      auto arguments = argumentsOf(use);
      if (arguments.empty())
        return whole;
      Count sum;
      for (auto &[argument, times] : arguments) {
        KnownOr<Count> bytes = touchedBytes(argument, depth + 1);
        KnownOr<Count> all = byteCount(argument.getType());
        if (!bytes || !all)
          return whole;
        hasShards |= *all < whole;
        // A loop of unknown length reads at least this once.
        sum += smaller(*bytes * (times ? *times : Count(1)), *all);
      }
      return sum;
    }
    const KnownOr<Traffic> &traffic = trafficOf(op);
    if (!traffic || use.getOperandNumber() >= traffic->readBytes.size())
      return whole;
    Count read = traffic->readBytes[use.getOperandNumber()];
    if (use.getOperandNumber() == 0 && updatedBytes(op)) {
      // What reads the updated buffer reads what was in it before.
      KnownOr<Count> after = touchedBytes(op->getResult(0), depth + 1);
      return after ? read + *after : whole;
    }
    auto isZero = [](Count bytes) { return bytes.isZero(); };
    if (!llvm::all_of(traffic->readBytes, isZero) ||
        !llvm::all_of(traffic->writtenBytes, isZero))
      return read;
    // A view: what is read of it is read of its operand, not where it begins.
    constexpr uint64_t maxIndexBytes = 64;
    if (use.getOperandNumber() != 0 && op->getNumResults() == 1 &&
        !(Count(maxIndexBytes) < whole))
      return 0;
    if (op->getNumResults() == 0)
      // Returning an update in place reads nothing more; returning an argument
      // as it is copies it.
      return trace(use.get(), whole, depth).isUpdated ? Count(0) : whole;
    Count sum;
    for (mlir::Value result : op->getResults()) {
      KnownOr<Count> bytes = touchedBytes(result, depth + 1);
      if (!bytes)
        return whole;
      sum += *bytes;
    }
    return sum;
  }

  bool isParameterUse(mlir::OpOperand &use, bool isBroadcast,
                      Returned *returned, unsigned depth) {
    mlir::Operation *op = use.getOwner();
    unsigned index = use.getOperandNumber();
    if (!counts.bodies(op).empty())
      return isParameterOfBodies(use, isBroadcast, returned, depth);
    std::optional<Structure> structure = structureOf(op);
    if (!structure)
      return false;
    switch (*structure) {
    case Structure::Contraction:
    case Structure::Convolution:
      return index == 1;
    case Structure::GatherScatter:
      // The table of a gather; a scatter updates its operand.
      return index == 0 && op->getNumResults() == 1 &&
             op->getResult(0).getType() != use.get().getType();
    case Structure::View:
    case Structure::DataMovement:
      return op->getNumResults() == 1 &&
             isParameter(op->getResult(0), isBroadcast || grows(use), returned,
                         depth + 1);
    case Structure::Elementwise:
      if (isBroadcast || grows(use))
        return true;
      // A conversion or other unary preparation of the parameter.
      return op->getNumOperands() == 1 && op->getNumResults() == 1 &&
             isParameter(op->getResult(0), isBroadcast, returned, depth + 1);
    default:
      return false;
    }
  }

  /// True where the owner's result has more elements than the operand.
  bool grows(mlir::OpOperand &use) {
    if (use.getOwner()->getNumResults() != 1)
      return false;
    KnownOr<Count> operand = elementCount(use.get().getType());
    KnownOr<Count> result =
        elementCount(use.getOwner()->getResult(0).getType());
    return operand && result && *operand < *result;
  }

  /// What an op reads and writes. Where it stays the same for many uses it is
  /// kept; else it is good until the next call.
  const KnownOr<Traffic> &trafficOf(mlir::Operation *op) {
    if (op->getNumOperands() <= manyOperands)
      return lastTraffic = lookup.traffic(op);
    auto it = traffics.find(op);
    if (it == traffics.end())
      it = traffics.try_emplace(op, lookup.traffic(op)).first;
    return it->second;
  }

  std::optional<Structure> structureOf(mlir::Operation *op) {
    auto ask = [&]() -> std::optional<Structure> {
      KnownOr<Demand> demand = lookup.demand(op);
      return demand ? std::optional(demand->structure) : std::nullopt;
    };
    if (op->getNumOperands() <= manyOperands)
      return ask();
    auto it = structures.find(op);
    if (it == structures.end())
      it = structures.try_emplace(op, ask()).first;
    return it->second;
  }

  const ExecutionCounts &counts;
  const DemandLookup &lookup;
  KnownOr<Traffic> lastTraffic = Traffic();
  std::map<mlir::Operation *, KnownOr<Traffic>> traffics;
  llvm::DenseMap<mlir::Operation *, std::optional<Structure>> structures;
  unsigned remainingVisits = 0;
  llvm::DenseMap<mlir::Value, Count> touched;
  bool hasShards = false;
};

/// Arguments that results of the graph take the memory of.
class UpdatedArguments {
public:
  /// `last` ends the graph and yields its results; null where that is unclear.
  UpdatedArguments(mlir::FunctionOpInterface function, mlir::Operation *last,
                   BoundaryUses &uses)
      : ofResult(function.getNumResults()) {
    for (mlir::BlockArgument argument : function.getArguments())
      if (auto result = function.getArgAttrOfType<mlir::IntegerAttr>(
              argument.getArgNumber(), "tf.aliasing_output"))
        if (result.getValue().ult(ofResult.size()))
          add(argument, result.getValue().getZExtValue());
    if (!last)
      return;
    for (auto [index, result] : llvm::enumerate(last->getOperands()))
      if (mlir::BlockArgument argument =
              uses.updatedArgument(result, *last->getBlock()))
        add(argument, index);
  }

  bool contains(mlir::BlockArgument argument) const {
    return updated.contains(argument);
  }
  bool isUpdate(size_t result) const { return ofResult[result]; }

private:
  /// An argument is updated by one result, others are copies of it.
  void add(mlir::BlockArgument argument, size_t result) {
    if (!ofResult[result] && updated.insert(argument).second)
      ofResult[result] = true;
  }

  std::vector<bool> ofResult;
  llvm::DenseSet<mlir::Value> updated;
};

} // namespace

GraphBoundary computeGraphBoundary(mlir::Operation *entry,
                                   const ExecutionCounts &counts,
                                   const DemandLookup &lookup,
                                   IsWeight isWeight) {
  GraphBoundary boundary;
  MemoryNeed &need = boundary.need;
  BoundaryUses uses(counts, lookup);

  auto function = mlir::dyn_cast<mlir::FunctionOpInterface>(entry);
  if (function) {
    mlir::Region &body = function.getFunctionBody();
    mlir::Operation *last = body.hasOneBlock() && !body.front().empty()
                                ? &body.front().back()
                                : nullptr;
    if (last && last->getNumOperands() != function.getNumResults())
      last = nullptr;
    UpdatedArguments updated(function, last, uses);
    for (mlir::BlockArgument argument : function.getArguments()) {
      KnownOr<Count> bytes = byteCount(argument.getType());
      addTo(boundary.argumentBytes, bytes);
      addTo(boundary.compulsoryBytes, uses.touchedBytes(argument));
      const bool isParameter = isWeight(argument, uses.isParameter(argument));
      if (isParameter)
        addTo(boundary.weightBytes, bytes);
      addTo(isParameter                  ? need.weightBytes
            : updated.contains(argument) ? need.cacheBytes
                                         : need.inputBytes,
            uses.deviceBytes(argument));
    }
    for (auto [index, type] : llvm::enumerate(function.getResultTypes())) {
      addTo(boundary.resultBytes, byteCount(type));
      if (!updated.isUpdate(index))
        addTo(need.resultBytes,
              last ? uses.deviceBytes(last->getOpOperand(index))
                   : byteCount(type));
    }
    if (last)
      for (mlir::Value result : last->getOperands())
        addTo(boundary.compulsoryBytes, uses.writtenBytes(result));
    else
      addTo(boundary.compulsoryBytes, boundary.resultBytes);
  }

  llvm::DenseSet<mlir::Attribute> globals;
  counts.walk([&](mlir::Operation *op, const KnownOr<Count> &) {
    mlir::Attribute data = constantData(op);
    mlir::Value value = data ? constantValue(op) : nullptr;
    if (!value || value.use_empty())
      return;
    // A global that is loaded twice crosses once.
    if (mlir::isa<mlir::SymbolRefAttr>(data) && !globals.insert(data).second)
      return;
    KnownOr<Count> bytes = byteCount(value.getType());
    addTo(boundary.constantBytes, bytes);
    addTo(boundary.weightBytes, bytes);
    addTo(need.weightBytes, bytes);
    addTo(boundary.compulsoryBytes, uses.touchedBytes(value));
  });
  boundary.hasShards = uses.sawShards();
  return boundary;
}

} // namespace roofline
