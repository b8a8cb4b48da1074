//===- ArithElements.cpp - What arith ops make elements of ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DialectElements.h"

#include "roofline/Interfaces/OpRuleRegistry.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/TypeUtilities.h"

namespace roofline {

namespace {

using namespace mlir::arith;

std::optional<Element> constantElement(mlir::Operation *op, unsigned,
                                       llvm::ArrayRef<Element> index,
                                       ElementReader &) {
  return elementOf(mlir::cast<ConstantOp>(op).getValue(), index);
}

std::optional<Element> compared(mlir::Operation *op, Comparison comparison,
                                llvm::ArrayRef<Element> index,
                                ElementReader &reader) {
  return compare(comparison, reader.read(op->getOperand(0), index),
                 reader.read(op->getOperand(1), index));
}

std::optional<Element> integersCompared(mlir::Operation *op, unsigned,
                                        llvm::ArrayRef<Element> index,
                                        ElementReader &reader) {
  switch (mlir::cast<CmpIOp>(op).getPredicate()) {
  case CmpIPredicate::eq:
    return compared(op, Comparison::Equal, index, reader);
  case CmpIPredicate::ne:
    return compared(op, Comparison::NotEqual, index, reader);
  case CmpIPredicate::slt:
    return compared(op, Comparison::Less, index, reader);
  case CmpIPredicate::sle:
    return compared(op, Comparison::LessEqual, index, reader);
  case CmpIPredicate::sgt:
    return compared(op, Comparison::Greater, index, reader);
  case CmpIPredicate::sge:
    return compared(op, Comparison::GreaterEqual, index, reader);
  default:
    // Positions that are negative would be large.
    return std::nullopt;
  }
}

std::optional<Element> floatsCompared(mlir::Operation *op, unsigned,
                                      llvm::ArrayRef<Element> index,
                                      ElementReader &reader) {
  switch (mlir::cast<CmpFOp>(op).getPredicate()) {
  case CmpFPredicate::OEQ:
  case CmpFPredicate::UEQ:
    return compared(op, Comparison::Equal, index, reader);
  case CmpFPredicate::ONE:
  case CmpFPredicate::UNE:
    return compared(op, Comparison::NotEqual, index, reader);
  case CmpFPredicate::OLT:
  case CmpFPredicate::ULT:
    return compared(op, Comparison::Less, index, reader);
  case CmpFPredicate::OLE:
  case CmpFPredicate::ULE:
    return compared(op, Comparison::LessEqual, index, reader);
  case CmpFPredicate::OGT:
  case CmpFPredicate::UGT:
    return compared(op, Comparison::Greater, index, reader);
  case CmpFPredicate::OGE:
  case CmpFPredicate::UGE:
    return compared(op, Comparison::GreaterEqual, index, reader);
  default:
    return std::nullopt;
  }
}

/// A truth that is widened to a number is 1 or 0; with its sign, -1.
std::optional<Element> widened(mlir::Operation *op, unsigned result,
                               llvm::ArrayRef<Element> index,
                               ElementReader &reader) {
  std::optional<Element> element = sameElement(op, result, index, reader);
  return element ? std::optional<Element>(element->asNumber()) : std::nullopt;
}

std::optional<Element> widenedSigned(mlir::Operation *op, unsigned result,
                                     llvm::ArrayRef<Element> index,
                                     ElementReader &reader) {
  std::optional<Element> element = sameElement(op, result, index, reader);
  if (element && element->kind() == Element::Kind::Truth)
    return std::nullopt;
  return element;
}

/// Integers that lose their upper bits are data, but for their last one.
std::optional<Element> narrowed(mlir::Operation *op, unsigned result,
                                llvm::ArrayRef<Element> index,
                                ElementReader &reader) {
  std::optional<Element> element = sameElement(op, result, index, reader);
  mlir::Type type = mlir::getElementTypeOrSelf(op->getResult(0));
  if (!element || !type.isInteger(1))
    return element;
  return std::nullopt;
}

/// Of truths; bits of other integers are data.
template <Element (*function)(const Element &, const Element &)>
std::optional<Element> ofTruths(mlir::Operation *op, unsigned result,
                                llvm::ArrayRef<Element> index,
                                ElementReader &reader) {
  if (!mlir::getElementTypeOrSelf(op->getResult(0)).isInteger(1))
    return std::nullopt;
  return binaryElement<function>(op, result, index, reader);
}

Element exclusiveOr(const Element &lhs, const Element &rhs) {
  return compare(Comparison::NotEqual, lhs, rhs);
}

template <typename... Ops>
void add(OpRuleRegistry &rules, const ElementRule &rule) {
  (rules.addElements(Ops::getOperationName(), rule), ...);
}

} // namespace

void addArithElementRules(mlir::DialectRegistry &registry) {
  addOpRules(registry, [](OpRuleRegistry &rules) {
    add<ConstantOp>(rules, {constantElement});
    add<AddFOp, AddIOp>(rules, {binaryElement<roofline::add>});
    add<SubFOp, SubIOp>(rules, {binaryElement<subtract>});
    add<MulFOp, MulIOp>(rules, {binaryElement<multiply>});
    add<DivFOp>(rules, {binaryElement<divide>});
    add<NegFOp>(rules, {unaryElement<negate>});
    add<MaximumFOp, MaxNumFOp, MaxSIOp>(rules, {binaryElement<maximum>});
    add<MinimumFOp, MinNumFOp, MinSIOp>(rules, {binaryElement<minimum>});
    add<AndIOp>(rules, {ofTruths<logicalAnd>});
    add<OrIOp>(rules, {ofTruths<logicalOr>});
    add<XOrIOp>(rules, {ofTruths<exclusiveOr>});
    add<CmpIOp>(rules, {integersCompared});
    add<CmpFOp>(rules, {floatsCompared});
    add<SelectOp>(rules, {selectedElement});
    add<ExtUIOp, UIToFPOp>(rules, {widened});
    add<ExtSIOp, SIToFPOp, IndexCastOp>(rules, {widenedSigned});
    add<ExtFOp, TruncFOp>(rules, {sameElement});
    add<TruncIOp>(rules, {narrowed});
  });
}

} // namespace roofline
