//===- StablehloTripCount.cpp - How often a while loop runs ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloTripCount.h"

#include "StablehloAttributes.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MathExtras.h"

namespace roofline::stablehlo {

namespace {

/// Chains of views longer than this are not followed.
constexpr unsigned maxChain = 16;

Unknown unknownTrips(const llvm::Twine &reason) {
  return {UnknownKind::TripCount, reason.str()};
}

llvm::StringRef nameOf(mlir::Operation *op) {
  return op->getName().stripDialect();
}

/// Follows a value through ops that hand it on.
mlir::Value origin(mlir::Value value) {
  for (unsigned i = 0; i < maxChain; ++i) {
    mlir::Operation *op = value.getDefiningOp();
    if (!op)
      return value;
    llvm::StringRef name = nameOf(op);
    if ((name == "reshape" || name == "copy" || name == "convert" ||
         name == "broadcast_in_dim") &&
        op->getNumOperands() == 1)
      value = op->getOperand(0);
    else if (name == "optimization_barrier" &&
             op->getNumOperands() == op->getNumResults())
      value =
          op->getOperand(mlir::cast<mlir::OpResult>(value).getResultNumber());
    else
      return value;
  }
  return value;
}

bool isUnsigned(mlir::Type type) {
  return mlir::getElementTypeOrSelf(type).isUnsignedInteger();
}

/// The integer that a constant holds.
std::optional<int64_t> constantOf(mlir::Value value) {
  mlir::Operation *op = origin(value).getDefiningOp();
  if (!op || nameOf(op) != "constant")
    return std::nullopt;
  mlir::Attribute attr = op->getAttr("value");
  llvm::APInt integer;
  if (auto scalar = mlir::dyn_cast_or_null<mlir::IntegerAttr>(attr)) {
    integer = scalar.getValue();
  } else {
    auto elements = mlir::dyn_cast_or_null<mlir::DenseIntElementsAttr>(attr);
    if (!elements || elements.empty() ||
        !(elements.isSplat() || elements.getNumElements() == 1))
      return std::nullopt;
    integer = *elements.value_begin<llvm::APInt>();
  }
  if (isUnsigned(op->getResult(0).getType()))
    return integer.getActiveBits() > 63
               ? std::nullopt
               : std::optional<int64_t>(integer.getZExtValue());
  if (integer.getSignificantBits() > 64)
    return std::nullopt;
  return integer.getSExtValue();
}

enum class Relation { Less, LessEqual, Greater, GreaterEqual, NotEqual };

std::optional<Relation> relationOf(mlir::Operation *compare) {
  return llvm::StringSwitch<std::optional<Relation>>(
             keywordOf(compare->getAttr("comparison_direction")))
      .Case("LT", Relation::Less)
      .Case("LE", Relation::LessEqual)
      .Case("GT", Relation::Greater)
      .Case("GE", Relation::GreaterEqual)
      .Case("NE", Relation::NotEqual)
      .Default(std::nullopt);
}

/// `a R b` as `b R' a`.
Relation mirrored(Relation relation) {
  switch (relation) {
  case Relation::Less:
    return Relation::Greater;
  case Relation::LessEqual:
    return Relation::GreaterEqual;
  case Relation::Greater:
    return Relation::Less;
  case Relation::GreaterEqual:
    return Relation::LessEqual;
  case Relation::NotEqual:
    return Relation::NotEqual;
  }
  return relation;
}

/// Steps of `step` > 0 from 0 until `distance` is reached or passed.
Count stepsTo(Count distance, int64_t step) {
  return distance.dividedRoundingUp(static_cast<uint64_t>(step));
}

/// The loop `for (i = init; i R bound; i += step)`.
KnownOr<Count> tripCount(int64_t init, Relation relation, int64_t bound,
                         int64_t step) {
  // Counting down is counting up with all signs changed. Neither ends of the
  // 64-bit range has a place in a real loop.
  constexpr int64_t limit = INT64_MAX / 4;
  auto isReasonable = [](int64_t value) {
    return value >= -limit && value <= limit;
  };
  if (!isReasonable(init) || !isReasonable(bound) || !isReasonable(step))
    return unknownTrips("the loop counter overflows");
  if (relation == Relation::Greater || relation == Relation::GreaterEqual ||
      (relation == Relation::NotEqual && step < 0)) {
    init = -init;
    bound = -bound;
    step = -step;
    relation = mirrored(relation);
  }
  if (relation == Relation::NotEqual) {
    if (init == bound)
      return Count(0);
    if (step == 0 || bound < init || (bound - init) % step != 0)
      return unknownTrips("the loop counter does not meet its bound");
    return Count((bound - init) / step);
  }
  if (relation == Relation::LessEqual)
    ++bound;
  if (init >= bound)
    return Count(0);
  if (step <= 0)
    return unknownTrips("the loop counter does not approach its bound");
  return stepsTo(Count(bound - init), step);
}

/// A loop whose regions carry the operands one to one.
class WhileLoop {
public:
  static std::optional<WhileLoop> match(mlir::Operation *op) {
    if (op->getNumRegions() != 2)
      return std::nullopt;
    WhileLoop loop;
    loop.op = op;
    for (mlir::Region &region : op->getRegions())
      if (!region.hasOneBlock() || region.front().empty() ||
          region.getNumArguments() != op->getNumOperands())
        return std::nullopt;
    loop.condition = &op->getRegion(0).front();
    loop.body = &op->getRegion(1).front();
    if (loop.condition->back().getNumOperands() != 1 ||
        loop.body->back().getNumOperands() != op->getNumOperands())
      return std::nullopt;
    return loop;
  }

  /// The position of a value that the condition or the body gets as argument.
  std::optional<unsigned> carried(mlir::Value value) const {
    auto arg = mlir::dyn_cast<mlir::BlockArgument>(origin(value));
    if (!arg || (arg.getOwner() != condition && arg.getOwner() != body))
      return std::nullopt;
    return arg.getArgNumber();
  }

  /// A constant, or a constant that the loop hands on unchanged.
  std::optional<int64_t> invariant(mlir::Value value) const {
    if (std::optional<int64_t> constant = constantOf(value))
      return constant;
    std::optional<unsigned> position = carried(value);
    if (!position || carried(next(*position)) != position)
      return std::nullopt;
    return constantOf(init(*position));
  }

  mlir::Value init(unsigned position) const { return op->getOperand(position); }
  mlir::Value next(unsigned position) const {
    return body->back().getOperand(position);
  }
  mlir::Value test() const { return condition->back().getOperand(0); }

private:
  mlir::Operation *op = nullptr;
  mlir::Block *condition = nullptr;
  mlir::Block *body = nullptr;
};

/// What the body adds to the counter.
std::optional<int64_t> stepOf(const WhileLoop &loop, unsigned counter) {
  mlir::Operation *update = origin(loop.next(counter)).getDefiningOp();
  if (!update || update->getNumOperands() != 2)
    return std::nullopt;
  mlir::Value lhs = update->getOperand(0);
  mlir::Value rhs = update->getOperand(1);
  bool isSum = nameOf(update) == "add";
  if (isSum && loop.carried(rhs) == counter)
    std::swap(lhs, rhs);
  if (!(isSum || nameOf(update) == "subtract") || loop.carried(lhs) != counter)
    return std::nullopt;
  std::optional<int64_t> step = loop.invariant(rhs);
  if (!step || isSum)
    return step;
  if (*step == INT64_MIN)
    return std::nullopt;
  return -*step;
}

/// Trips until `compare` fails for the first time.
KnownOr<Count> comparisonTrips(const WhileLoop &loop,
                               mlir::Operation *compare) {
  std::optional<Relation> relation = relationOf(compare);
  if (!relation)
    return unknownTrips("the condition does not compare with LT, LE, GT, GE or "
                        "NE");

  // Either side may be the counter; it is the one that the body advances.
  mlir::Value counterSide = compare->getOperand(0);
  mlir::Value boundSide = compare->getOperand(1);
  if (!loop.carried(counterSide) || loop.invariant(counterSide)) {
    std::swap(counterSide, boundSide);
    relation = mirrored(*relation);
  }
  std::optional<unsigned> counter = loop.carried(counterSide);
  if (!counter)
    return unknownTrips("the condition does not compare a counter");
  std::optional<int64_t> bound = loop.invariant(boundSide);
  if (!bound)
    return unknownTrips("the bound of the loop counter is not a constant");
  std::optional<int64_t> init = constantOf(loop.init(*counter));
  if (!init)
    return unknownTrips("the initial value of the loop counter is not a "
                        "constant");
  std::optional<int64_t> step = stepOf(loop, *counter);
  if (!step)
    return unknownTrips("the body does not advance the loop counter by a "
                        "constant");
  return tripCount(*init, *relation, *bound, *step);
}

/// What is known of the number of trips that a condition allows.
struct Trips {
  std::optional<Count> least;
  std::optional<Count> most;
  /// Once false, the condition stays false: a counter that has passed its
  /// bound, not one that was to meet it.
  bool staysFalse = false;
  /// Why not more is known.
  Unknown reason;
};

/// Follows `and` and `or` down to `depth` of them.
Trips conditionTrips(const WhileLoop &loop, mlir::Value condition,
                     unsigned depth) {
  mlir::Operation *op = origin(condition).getDefiningOp();
  Trips trips;
  trips.reason =
      unknownTrips("the condition is not one comparison of a counter");
  if (!op || op->getNumOperands() != 2)
    return trips;
  if (nameOf(op) == "compare") {
    KnownOr<Count> count = comparisonTrips(loop, op);
    if (!count) {
      trips.reason = count.unknown();
      return trips;
    }
    trips.least = *count;
    trips.most = *count;
    // A counter that is beyond its bound from the start may move towards it.
    trips.staysFalse = !count->isZero() && relationOf(op) != Relation::NotEqual;
    return trips;
  }
  bool isAnd = nameOf(op) == "and";
  if (depth == 0 || (!isAnd && nameOf(op) != "or"))
    return trips;
  Trips lhs = conditionTrips(loop, op->getOperand(0), depth - 1);
  Trips rhs = conditionTrips(loop, op->getOperand(1), depth - 1);
  trips.staysFalse = lhs.staysFalse && rhs.staysFalse;
  // A loop with `and` ends with the first condition that fails; one with `or`
  // does not end before both have failed once, and then where both stay false.
  if (isAnd) {
    if (lhs.most || rhs.most)
      trips.most = std::min(lhs.most.value_or(Count::overflow()),
                            rhs.most.value_or(Count::overflow()));
    if (lhs.least && rhs.least)
      trips.least = std::min(*lhs.least, *rhs.least);
    return trips;
  }
  trips.least = std::max(lhs.least.value_or(0), rhs.least.value_or(0));
  if (lhs.most && rhs.most && trips.staysFalse)
    trips.most = std::max(*lhs.most, *rhs.most);
  return trips;
}

} // namespace

KnownOr<Count> whileTripCount(mlir::Operation *whileOp) {
  std::optional<WhileLoop> loop = WhileLoop::match(whileOp);
  if (!loop)
    return unknownTrips("the regions do not carry the operands of the loop");
  Trips trips = conditionTrips(*loop, loop->test(), maxChain);
  if (trips.least && trips.most && *trips.least == *trips.most)
    return *trips.most;
  if (trips.most)
    return unknownTrips("at most " + trips.most->str() +
                        " trips; another condition may end the loop earlier");
  if (trips.least && !trips.least->isZero())
    return unknownTrips("at least " + trips.least->str() +
                        " trips; another condition may keep the loop going");
  return trips.reason;
}

} // namespace roofline::stablehlo
