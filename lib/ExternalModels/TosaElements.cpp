//===- TosaElements.cpp - What tosa ops make elements of ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DialectElements.h"

#include "roofline/Interfaces/OpRuleRegistry.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/TypeUtilities.h"

namespace roofline {

namespace {

using namespace mlir::tosa;

std::optional<Element> constantElement(mlir::Operation *op, unsigned,
                                       llvm::ArrayRef<Element> index,
                                       ElementReader &) {
  return elementOf(mlir::cast<ConstOp>(op).getValuesAttr(), index);
}

/// A truth converted to a number is 1 or 0, and a number as a truth whether it
/// is not 0.
std::optional<Element> castElement(mlir::Operation *op, unsigned result,
                                   llvm::ArrayRef<Element> index,
                                   ElementReader &reader) {
  std::optional<Element> element = sameElement(op, result, index, reader);
  if (!element)
    return std::nullopt;
  if (mlir::getElementTypeOrSelf(op->getResult(0)).isInteger(1))
    return Element::truth(element->asCondition());
  return element->asNumber();
}

/// Operand 0 is repeated along dimensions.
std::optional<Element> tileElement(mlir::Operation *op, unsigned,
                                   llvm::ArrayRef<Element> index,
                                   ElementReader &reader) {
  std::optional<llvm::ArrayRef<int64_t>> shape =
      staticShapeOf(op->getOperand(0));
  std::optional<llvm::ArrayRef<int64_t>> tiled =
      staticShapeOf(op->getResult(0));
  if (!shape || !tiled || shape->size() != index.size())
    return std::nullopt;
  ElementIndex source;
  for (auto [from, to, one] : llvm::zip(*shape, *tiled, index))
    source.push_back(from == to ? one : reader.divide(one, from).second);
  return reader.read(op->getOperand(0), source);
}

std::optional<Element> transposeElement(mlir::Operation *op, unsigned,
                                        llvm::ArrayRef<Element> index,
                                        ElementReader &reader) {
  llvm::ArrayRef<int32_t> perms = mlir::cast<TransposeOp>(op).getPerms();
  return transposedElement(op, DimList(perms.begin(), perms.end()), index,
                           reader);
}

std::optional<Element> concatElement(mlir::Operation *op, unsigned,
                                     llvm::ArrayRef<Element> index,
                                     ElementReader &reader) {
  return joinedElement(op, mlir::cast<ConcatOp>(op).getAxis(), index, reader);
}

/// From a start that is a constant.
std::optional<Element> sliceElement(mlir::Operation *op, unsigned,
                                    llvm::ArrayRef<Element> index,
                                    ElementReader &reader) {
  auto start = mlir::cast<SliceOp>(op).getStart().getDefiningOp<ConstShapeOp>();
  if (!start)
    return std::nullopt;
  DimList starts;
  for (const llvm::APInt &value : start.getValues().getValues<llvm::APInt>())
    starts.push_back(value.getSExtValue());
  return slicedElement(op, starts, DimList(starts.size(), 1), index, reader);
}

/// A product without a shift.
std::optional<Element> mulElement(mlir::Operation *op, unsigned result,
                                  llvm::ArrayRef<Element> index,
                                  ElementReader &reader) {
  mlir::Value shift = mlir::cast<MulOp>(op).getShift();
  if (shift) {
    std::optional<double> by =
        reader.read(shift, {Element::number(0.0)}).constant();
    if (!by || *by != 0)
      return std::nullopt;
  }
  return binaryElement<multiply>(op, result, index, reader);
}

template <Comparison comparison>
Element compared(const Element &lhs, const Element &rhs) {
  return compare(comparison, lhs, rhs);
}

/// What 1 is divided by is a sum of exponentials, or a scale.
Element reciprocal(const Element &value) {
  return divide(Element::number(1.0), value);
}

std::optional<ProductDims> matmulDims(mlir::Operation *, unsigned operand) {
  if (operand > 1)
    return std::nullopt;
  return ProductDims{{operand == 0 ? 2 : 1}, {0}};
}

template <typename Op>
void add(OpRuleRegistry &rules, const ElementRule &rule) {
  rules.addElements(Op::getOperationName(), rule);
}

} // namespace

void addTosaElementRules(mlir::DialectRegistry &registry) {
  addOpRules(registry, [](OpRuleRegistry &rules) {
    add<AddOp>(rules, {binaryElement<roofline::add>});
    add<CastOp>(rules, {castElement});
    add<ConcatOp>(rules, {concatElement});
    add<ConstOp>(rules, {constantElement});
    add<EqualOp>(rules, {binaryElement<compared<Comparison::Equal>>});
    add<ExpOp>(rules, {unaryElement<exponential>});
    add<GreaterEqualOp>(rules,
                        {binaryElement<compared<Comparison::GreaterEqual>>});
    add<GreaterOp>(rules, {binaryElement<compared<Comparison::Greater>>});
    add<IdentityOp>(rules, {sameElement});
    add<LogicalAndOp>(rules, {binaryElement<logicalAnd>});
    add<LogicalNotOp>(rules, {unaryElement<logicalNot>});
    add<LogicalOrOp>(rules, {binaryElement<logicalOr>});
    add<MatMulOp>(rules, {nullptr, matmulDims});
    add<MaximumOp>(rules, {binaryElement<maximum>});
    add<MinimumOp>(rules, {binaryElement<minimum>});
    add<MulOp>(rules, {mulElement});
    add<NegateOp>(rules, {unaryElement<negate>});
    add<ReciprocalOp>(rules, {unaryElement<reciprocal>});
    add<ReshapeOp>(rules, {reshapedElement});
    add<SelectOp>(rules, {selectedElement});
    add<SliceOp>(rules, {sliceElement});
    add<SubOp>(rules, {binaryElement<subtract>});
    add<TileOp>(rules, {tileElement});
    add<TransposeOp>(rules, {transposeElement});
  });
}

} // namespace roofline
