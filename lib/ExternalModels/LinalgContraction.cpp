//===- LinalgContraction.cpp - Contractions found by structure ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinalgContraction.h"

#include "Payload.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace roofline {

namespace {

using namespace mlir;

/// Ops of a body that are the contraction itself: product, sum, and the
/// conversions that matrix units do on their way.
using OpSet = llvm::SmallPtrSet<Operation *, 8>;

/// Follows conversions of the accumulator upwards.
Value skipConversions(Value value, OpSet &skipped) {
  while (Operation *op = value.getDefiningOp()) {
    if (!isa<CastOpInterface>(op) || op->getNumOperands() != 1)
      break;
    skipped.insert(op);
    value = op->getOperand(0);
  }
  return value;
}

struct Factors {
  Value lhs;
  Value rhs;
};

/// The factors of `output + lhs * rhs`, the value that the body yields. The ops
/// that make it up are added to `matched`.
std::optional<Factors> matchMultiplyAccumulate(Block &body, OpSet &matched) {
  Value output = body.getArguments().back();
  Operation *terminator = body.getTerminator();
  if (terminator->getNumOperands() != 1)
    return std::nullopt;
  Operation *sum =
      skipConversions(terminator->getOperand(0), matched).getDefiningOp();
  if (!sum || sum->getBlock() != &body)
    return std::nullopt;
  matched.insert(sum);

  if (isa<math::FmaOp>(sum)) {
    if (skipConversions(sum->getOperand(2), matched) != output)
      return std::nullopt;
    return Factors{sum->getOperand(0), sum->getOperand(1)};
  }

  if (!isa<arith::AddFOp, arith::AddIOp, arith::OrIOp, complex::AddOp>(sum))
    return std::nullopt;
  Value lhs = skipConversions(sum->getOperand(0), matched);
  Value rhs = skipConversions(sum->getOperand(1), matched);
  if (lhs != output && rhs != output)
    return std::nullopt;
  Operation *product = (lhs == output ? rhs : lhs).getDefiningOp();
  if (!product || product->getBlock() != &body)
    return std::nullopt;
  // On i1 a conjunction multiplies and a disjunction adds.
  bool isProduct =
      isa<arith::OrIOp>(sum)
          ? isa<arith::AndIOp>(product)
          : isa<arith::MulFOp, arith::MulIOp, complex::MulOp>(product);
  if (!isProduct)
    return std::nullopt;
  matched.insert(product);
  return Factors{product->getOperand(0), product->getOperand(1)};
}

/// What a value of the body depends on.
struct Dependence {
  /// Operands of the op, one bit each.
  uint64_t operands = 0;
  LoopSet loops = 0;

  Dependence &operator|=(const Dependence &other) {
    operands |= other.operands;
    loops |= other.loops;
    return *this;
  }
};

/// Dependences of the values of a body without nested regions.
class Dependences {
public:
  Dependences(Block &body, const LoopNest &nest) : body(body), nest(nest) {
    for (Operation &op : body.without_terminator()) {
      Dependence dependence;
      // An op from nothing that is not a constant is the index of a loop.
      if (op.getNumOperands() == 0 && !op.hasTrait<OpTrait::ConstantLike>())
        dependence.loops = nest.allLoops();
      for (Value operand : op.getOperands())
        dependence |= of(operand);
      ofOps.try_emplace(&op, dependence);
    }
  }

  Dependence of(Value value) const {
    if (auto argument = dyn_cast<BlockArgument>(value)) {
      if (argument.getOwner() != &body)
        return {};
      unsigned operand = argument.getArgNumber();
      return {uint64_t(1) << operand, nest.loopsOf(operand)};
    }
    return ofOps.lookup(value.getDefiningOp());
  }

  Dependence of(Operation *op) const { return ofOps.lookup(op); }

private:
  Block &body;
  const LoopNest &nest;
  llvm::SmallDenseMap<Operation *, Dependence, 8> ofOps;
};

/// The operand as it is stored: above widening conversions, which a matrix unit
/// does on its way, and above the difference to a zero point, which a kernel
/// corrects for afterwards (A48).
Value skipWidening(Value value, const Dependences &dependences,
                   OpSet &skipped) {
  while (Operation *op = value.getDefiningOp()) {
    if (isa<arith::ExtFOp, arith::ExtSIOp, arith::ExtUIOp>(op))
      skipped.insert(op);
    else if (!isa<arith::SubIOp>(op) ||
             dependences.of(op->getOperand(1)).loops != 0)
      break;
    value = op->getOperand(0);
  }
  return value;
}

bool isWindowed(const Dependence &side, const LoopNest &nest) {
  for (unsigned operand = 0; side.operands >> operand; ++operand)
    if (side.operands >> operand & 1 && nest.isWindowed(operand))
      return true;
  return false;
}

} // namespace

std::optional<KnownOr<Compute>>
contractionComputeOf(linalg::LinalgOp op, const LoopNest &nest,
                     const DemandOptions &options) {
  Block &body = *op.getBlock();
  if (op.getNumDpsInits() != 1 || nest.reductionLoops() == 0 ||
      body.getNumArguments() != op->getNumOperands() ||
      body.getNumArguments() > 64)
    return std::nullopt;
  OpSet matched;
  std::optional<Factors> factors = matchMultiplyAccumulate(body, matched);
  if (!factors ||
      llvm::any_of(body, [](Operation &op) { return op.getNumRegions() != 0; }))
    return std::nullopt;

  Dependences dependences(body, nest);
  Dependence lhs = dependences.of(factors->lhs);
  Dependence rhs = dependences.of(factors->rhs);
  uint64_t output = uint64_t(1) << (body.getNumArguments() - 1);
  if (lhs.operands & rhs.operands || (lhs.operands | rhs.operands) & output ||
      (lhs.loops & rhs.loops & nest.reductionLoops()) == 0)
    return std::nullopt;

  // The left side is the image of a convolution, else the first input.
  bool lhsWindowed = isWindowed(lhs, nest);
  bool rhsWindowed = isWindowed(rhs, nest);
  bool swap = lhsWindowed != rhsWindowed ? rhsWindowed
                                         : llvm::countr_zero(rhs.operands) <
                                               llvm::countr_zero(lhs.operands);
  if (swap) {
    std::swap(lhs, rhs);
    std::swap(factors->lhs, factors->rhs);
  }
  std::optional<ElementType> type = contractionType(
      skipWidening(factors->lhs, dependences, matched).getType(),
      skipWidening(factors->rhs, dependences, matched).getType(),
      /*strictInGraph=*/false, options);
  if (!type)
    return Unknown{UnknownKind::Opaque,
                   "the element types of the contraction have no arithmetic"};
  Compute compute =
      contractionCompute(nest.contractionShape(lhs.loops, rhs.loops), *type,
                         lhsWindowed || rhsWindowed ? Structure::Convolution
                                                    : Structure::Contraction);

  // What prepares one side (dequantisation) is done once per element of it.
  for (Operation &inner : body.without_terminator()) {
    if (matched.contains(&inner))
      continue;
    KnownOr<Payload> payload = payloadOf(&inner, options);
    if (!payload)
      return payload.unknown();
    if (payload->work.empty())
      continue;
    Dependence dependence = dependences.of(&inner);
    bool isOneSided = (dependence.operands & ~lhs.operands) == 0 ||
                      (dependence.operands & ~rhs.operands) == 0;
    compute.work.add(payload->work, isOneSided
                                        ? nest.iterations(dependence.loops)
                                        : nest.iterations());
  }
  return compute;
}

} // namespace roofline
