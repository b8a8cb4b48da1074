//===- GraphBoundary.cpp - What a graph reads and writes at its edge ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/GraphBoundary.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

namespace roofline {

namespace {

/// Chains of views longer than this are not followed: the value counts as read
/// whole. Real chains are a handful of reshapes long.
constexpr unsigned maxChain = 256;

Count smaller(Count lhs, Count rhs) { return lhs < rhs ? lhs : rhs; }

void addTo(KnownOr<Count> &sum, const KnownOr<Count> &bytes) {
  if (!sum)
    return;
  if (!bytes)
    sum = bytes;
  else
    sum = *sum + *bytes;
}

/// An op that yields literal data: nothing goes in, and the data is in its
/// `value` (StableHLO, arith) or `values` (TOSA).
bool isConstant(mlir::Operation *op) {
  if (op->getNumOperands() != 0 || op->getNumRegions() != 0 ||
      op->getNumResults() != 1)
    return false;
  return op->getAttrOfType<mlir::ElementsAttr>("value") ||
         op->getAttrOfType<mlir::ElementsAttr>("values");
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
  bool isParameter(mlir::Value value, bool isBroadcast = false,
                   unsigned depth = 0) {
    if (value.use_empty() || depth > maxChain)
      return false;
    return llvm::all_of(value.getUses(), [&](mlir::OpOperand &use) {
      return isParameterUse(use, isBroadcast, depth);
    });
  }

  /// True where an operand was seen to enter a body in a smaller piece.
  bool sawShards() const { return hasShards; }

private:
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
    KnownOr<Traffic> traffic = lookup.traffic(op);
    if (!traffic || use.getOperandNumber() >= traffic->readBytes.size())
      return whole;
    if (!traffic->totalRead().isZero() || !traffic->totalWritten().isZero())
      return traffic->readBytes[use.getOperandNumber()];
    // A view: what is read of it is read of its operand.
    if (op->hasTrait<mlir::OpTrait::IsTerminator>() ||
        op->getNumResults() == 0)
      return whole;
    Count sum;
    for (mlir::Value result : op->getResults()) {
      KnownOr<Count> bytes = touchedBytes(result, depth + 1);
      if (!bytes)
        return whole;
      sum += *bytes;
    }
    return sum;
  }

  bool isParameterUse(mlir::OpOperand &use, bool isBroadcast, unsigned depth) {
    mlir::Operation *op = use.getOwner();
    unsigned index = use.getOperandNumber();
    if (!counts.bodies(op).empty()) {
      auto arguments = argumentsOf(use);
      return !arguments.empty() &&
             llvm::all_of(arguments, [&](auto &argument) {
               return argument.first.use_empty() ||
                      isParameter(argument.first, isBroadcast, depth + 1);
             });
    }
    KnownOr<Demand> demand = lookup.demand(op);
    if (!demand)
      return false;
    switch (demand->structure) {
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
             isParameter(op->getResult(0), isBroadcast || grows(use),
                         depth + 1);
    case Structure::Elementwise:
      if (isBroadcast || grows(use))
        return true;
      // A conversion or other unary preparation of the parameter.
      return op->getNumOperands() == 1 && op->getNumResults() == 1 &&
             isParameter(op->getResult(0), isBroadcast, depth + 1);
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

  const ExecutionCounts &counts;
  const DemandLookup &lookup;
  llvm::DenseMap<mlir::Value, Count> touched;
  bool hasShards = false;
};

} // namespace

GraphBoundary computeGraphBoundary(mlir::Operation *entry,
                                   const ExecutionCounts &counts,
                                   const DemandLookup &lookup) {
  GraphBoundary boundary;
  BoundaryUses uses(counts, lookup);

  auto function = mlir::dyn_cast<mlir::FunctionOpInterface>(entry);
  if (function) {
    for (mlir::BlockArgument argument : function.getArguments()) {
      KnownOr<Count> bytes = byteCount(argument.getType());
      addTo(boundary.argumentBytes, bytes);
      addTo(boundary.compulsoryBytes, uses.touchedBytes(argument));
      if (uses.isParameter(argument))
        addTo(boundary.weightBytes, bytes);
    }
    for (mlir::Type type : function.getResultTypes()) {
      KnownOr<Count> bytes = byteCount(type);
      addTo(boundary.resultBytes, bytes);
      addTo(boundary.compulsoryBytes, bytes);
    }
  }

  counts.walk([&](mlir::Operation *op, const KnownOr<Count> &) {
    if (!isConstant(op) || op->use_empty())
      return;
    KnownOr<Count> bytes = byteCount(op->getResult(0).getType());
    addTo(boundary.constantBytes, bytes);
    addTo(boundary.weightBytes, bytes);
    addTo(boundary.compulsoryBytes, uses.touchedBytes(op->getResult(0)));
  });
  boundary.hasShards = uses.sawShards();
  return boundary;
}

} // namespace roofline
