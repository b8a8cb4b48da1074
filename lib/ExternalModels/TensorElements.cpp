//===- TensorElements.cpp - What tensor ops make elements of --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DialectElements.h"

#include "roofline/Interfaces/OpRuleRegistry.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace roofline {

namespace {

using namespace mlir::tensor;

std::optional<Element> concatElement(mlir::Operation *op, unsigned,
                                     llvm::ArrayRef<Element> index,
                                     ElementReader &reader) {
  return joinedElement(op,
                       static_cast<int64_t>(mlir::cast<ConcatOp>(op).getDim()),
                       index, reader);
}

/// Of offsets and strides that are known, without dimensions dropped.
std::optional<Element> extractSliceElement(mlir::Operation *op, unsigned,
                                           llvm::ArrayRef<Element> index,
                                           ElementReader &reader) {
  auto slice = mlir::cast<ExtractSliceOp>(op);
  if (llvm::any_of(slice.getStaticOffsets(), mlir::ShapedType::isDynamic) ||
      llvm::any_of(slice.getStaticStrides(), mlir::ShapedType::isDynamic))
    return std::nullopt;
  // Dropped dimensions have one element.
  llvm::SmallBitVector dropped = slice.getDroppedDims();
  ElementIndex whole;
  const Element *next = index.begin();
  for (size_t dim = 0; dim < slice.getStaticOffsets().size(); ++dim) {
    if (dropped.test(dim)) {
      whole.push_back(Element::number(0.0));
      continue;
    }
    if (next == index.end())
      return std::nullopt;
    whole.push_back(*next++);
  }
  return slicedElement(op, slice.getStaticOffsets(), slice.getStaticStrides(),
                       whole, reader);
}

std::optional<Element> splatElement(mlir::Operation *op, unsigned,
                                    llvm::ArrayRef<Element>,
                                    ElementReader &reader) {
  return reader.read(mlir::cast<SplatOp>(op).getInput(), {});
}

std::optional<Element> extractElement(mlir::Operation *op, unsigned,
                                      llvm::ArrayRef<Element>,
                                      ElementReader &reader) {
  auto extract = mlir::cast<ExtractOp>(op);
  ElementIndex index;
  for (mlir::Value one : extract.getIndices())
    index.push_back(reader.read(one, {}));
  return reader.read(extract.getTensor(), index);
}

} // namespace

void addTensorElementRules(mlir::DialectRegistry &registry) {
  addOpRules(registry, [](OpRuleRegistry &rules) {
    rules.addElements(CastOp::getOperationName(), {sameElement});
    rules.addElements(CollapseShapeOp::getOperationName(), {reshapedElement});
    rules.addElements(ConcatOp::getOperationName(), {concatElement});
    rules.addElements(ExpandShapeOp::getOperationName(), {reshapedElement});
    rules.addElements(ExtractOp::getOperationName(), {extractElement});
    rules.addElements(ExtractSliceOp::getOperationName(),
                      {extractSliceElement});
    rules.addElements(SplatOp::getOperationName(), {splatElement});
  });
}

} // namespace roofline
