//===- LinalgElements.cpp - What linalg ops make elements of --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A structured op without reductions computes an element by its body from those
// of its operands that its maps name.
//
//===----------------------------------------------------------------------===//

#include "DialectElements.h"

#include "roofline/Interfaces/OpRuleRegistry.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace roofline {

namespace {

using namespace mlir::linalg;

/// An index that a map makes of loops; absent for divisions and symbols.
std::optional<Element> applyExpr(mlir::AffineExpr expr,
                                 llvm::ArrayRef<Element> loops) {
  if (auto dim = mlir::dyn_cast<mlir::AffineDimExpr>(expr))
    return loops[dim.getPosition()];
  if (auto constant = mlir::dyn_cast<mlir::AffineConstantExpr>(expr))
    return Element::number(static_cast<double>(constant.getValue()));
  auto binary = mlir::dyn_cast<mlir::AffineBinaryOpExpr>(expr);
  if (!binary || (binary.getKind() != mlir::AffineExprKind::Add &&
                  binary.getKind() != mlir::AffineExprKind::Mul))
    return std::nullopt;
  std::optional<Element> lhs = applyExpr(binary.getLHS(), loops),
                         rhs = applyExpr(binary.getRHS(), loops);
  if (!lhs || !rhs)
    return std::nullopt;
  return binary.getKind() == mlir::AffineExprKind::Add ? add(*lhs, *rhs)
                                                       : multiply(*lhs, *rhs);
}

/// Reads the body of a structured op for one iteration.
class BodyReader : public ElementReader {
public:
  BodyReader(LinalgOp op, llvm::ArrayRef<Element> loops, ElementReader &outer)
      : op(op), loops(loops), outer(outer),
        rules(OpRuleRegistry::get(op->getContext())) {}

  Element read(mlir::Value value, llvm::ArrayRef<Element> index) override {
    if (value.getParentBlock() != op.getBlock())
      return outer.read(value, index);
    if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value))
      return readOperand(argument);
    mlir::Operation *def = value.getDefiningOp();
    if (auto loop = mlir::dyn_cast<IndexOp>(def))
      return loops[loop.getDim()];
    // A body has no more ops than may follow each other.
    constexpr unsigned maxDepth = 64;
    ElementRule rule =
        rules ? rules->lookupElements(def->getName().getStringRef())
              : ElementRule();
    if (rule.element && depth < maxDepth) {
      ++depth;
      std::optional<Element> element =
          rule.element(def, mlir::cast<mlir::OpResult>(value).getResultNumber(),
                       index, *this);
      --depth;
      if (element)
        return *element;
    }
    return unknown(value);
  }

  std::pair<Element, Element> divide(const Element &index,
                                     int64_t divisor) override {
    return outer.divide(index, divisor);
  }

private:
  Element readOperand(mlir::BlockArgument argument) {
    mlir::OpOperand *operand = op.getMatchingOpOperand(argument);
    mlir::AffineMap map = op.getMatchingIndexingMap(operand);
    ElementIndex index;
    for (mlir::AffineExpr expr : map.getResults()) {
      std::optional<Element> one = applyExpr(expr, loops);
      if (!one)
        return unknown(argument);
      index.push_back(*one);
    }
    return outer.read(operand->get(), index);
  }

  /// Differs wherever the loops do.
  Element unknown(mlir::Value value) const {
    DimSet dims = 0;
    for (const Element &loop : loops)
      dims |= loop.dims();
    if (value.getType().isInteger(1))
      return Element::truth(Condition::unknown(dims));
    return Element::data(dims);
  }

  LinalgOp op;
  llvm::ArrayRef<Element> loops;
  ElementReader &outer;
  const OpRuleRegistry *rules;
  unsigned depth = 0;
};

std::optional<Element> structuredElement(mlir::Operation *op, unsigned result,
                                         llvm::ArrayRef<Element> index,
                                         ElementReader &reader) {
  auto structured = mlir::cast<LinalgOp>(op);
  if (structured.getNumLoops() != structured.getNumParallelLoops() ||
      static_cast<int64_t>(result) >= structured.getNumDpsInits())
    return std::nullopt;
  mlir::AffineMap map =
      structured.getMatchingIndexingMap(structured.getDpsInitOperand(result));
  if (map.getNumResults() != index.size() || !map.isProjectedPermutation())
    return std::nullopt;
  ElementIndex loops(structured.getNumLoops(), Element());
  for (auto [expr, one] : llvm::zip(map.getResults(), index))
    loops[mlir::cast<mlir::AffineDimExpr>(expr).getPosition()] = one;
  // Every loop is of the result.
  if (map.getNumResults() != loops.size())
    return std::nullopt;
  mlir::Operation *yield = structured.getBlock()->getTerminator();
  if (result >= yield->getNumOperands())
    return std::nullopt;
  return BodyReader(structured, loops, reader)
      .read(yield->getOperand(result), {});
}

std::optional<ProductDims> structuredDims(mlir::Operation *op,
                                          unsigned operand) {
  auto structured = mlir::cast<LinalgOp>(op);
  if (structured.getNumDpsInputs() != 2 || operand > 1)
    return std::nullopt;
  llvm::SmallVector<mlir::utils::IteratorType> loops =
      structured.getIteratorTypesArray();
  llvm::SmallVector<mlir::AffineMap> maps = structured.getIndexingMapsArray();
  ProductDims dims;
  for (auto [dim, expr] : llvm::enumerate(maps[operand].getResults())) {
    auto loop = mlir::dyn_cast<mlir::AffineDimExpr>(expr);
    if (!loop)
      return std::nullopt;
    if (loops[loop.getPosition()] == mlir::utils::IteratorType::reduction)
      dims.summed.push_back(static_cast<int64_t>(dim));
    else if (maps[1 - operand].isFunctionOfDim(loop.getPosition()))
      dims.batch.push_back(static_cast<int64_t>(dim));
  }
  return dims;
}

template <typename... Ops> void addStructured(OpRuleRegistry &rules) {
  (rules.addElements(Ops::getOperationName(),
                     {structuredElement, structuredDims}),
   ...);
}

} // namespace

void addLinalgElementRules(mlir::DialectRegistry &registry) {
  addOpRules(registry, [](OpRuleRegistry &rules) {
    addStructured<
#define GET_OP_LIST
#include "mlir/Dialect/Linalg/IR/LinalgStructuredOps.cpp.inc"
        >(rules);
    // The exponential of each element over the sum of a row: 0 where that is.
    rules.addElements(SoftmaxOp::getOperationName(),
                      {unaryElement<exponential>});
  });
}

} // namespace roofline
