//===- StablehloElements.cpp - What StableHLO ops make elements of --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The ops that masks are made of. Nothing has verified them.
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/StringSwitch.h"

namespace roofline::stablehlo {

namespace {

std::optional<IntVector> integersOf(mlir::Operation *op,
                                    llvm::StringRef attribute) {
  mlir::Attribute attr = op->getAttr(attribute);
  return attr ? stablehlo::integersOf(attr) : std::nullopt;
}

std::optional<Element> constantElement(mlir::Operation *op, unsigned,
                                       llvm::ArrayRef<Element> index,
                                       ElementReader &) {
  return elementOf(op->getAttr("value"), index);
}

std::optional<Element> iotaElement(mlir::Operation *op, unsigned,
                                   llvm::ArrayRef<Element> index,
                                   ElementReader &) {
  std::optional<IntVector> dim = integersOf(op, "iota_dimension");
  if (!dim || dim->size() != 1 || dim->front() < 0 ||
      dim->front() >= static_cast<int64_t>(index.size()))
    return std::nullopt;
  return index[dim->front()];
}

std::optional<Element> broadcastElement(mlir::Operation *op, unsigned,
                                        llvm::ArrayRef<Element> index,
                                        ElementReader &reader) {
  std::optional<IntVector> dims = integersOf(op, "broadcast_dimensions");
  if (!dims || op->getNumOperands() == 0)
    return std::nullopt;
  ElementIndex source;
  for (int64_t dim : *dims) {
    if (dim < 0 || dim >= static_cast<int64_t>(index.size()))
      return std::nullopt;
    source.push_back(index[dim]);
  }
  return reader.read(op->getOperand(0), source);
}

std::optional<Element> transposeElement(mlir::Operation *op, unsigned,
                                        llvm::ArrayRef<Element> index,
                                        ElementReader &reader) {
  std::optional<IntVector> permutation = integersOf(op, "permutation");
  return permutation ? transposedElement(op, *permutation, index, reader)
                     : std::nullopt;
}

std::optional<Element> sliceElement(mlir::Operation *op, unsigned,
                                    llvm::ArrayRef<Element> index,
                                    ElementReader &reader) {
  std::optional<IntVector> starts = integersOf(op, "start_indices"),
                           strides = integersOf(op, "strides");
  if (!starts)
    return std::nullopt;
  return slicedElement(op, *starts,
                       strides ? *strides : IntVector(starts->size(), 1), index,
                       reader);
}

/// From a place that is known. It is moved so that the slice fits.
std::optional<Element> dynamicSliceElement(mlir::Operation *op, unsigned,
                                           llvm::ArrayRef<Element> index,
                                           ElementReader &reader) {
  std::optional<IntVector> sizes = integersOf(op, "slice_sizes");
  if (op->getNumOperands() != index.size() + 1 || !sizes ||
      sizes->size() != index.size())
    return std::nullopt;
  std::optional<llvm::ArrayRef<int64_t>> shape =
      staticShapeOf(op->getOperand(0));
  if (!shape || shape->size() != index.size())
    return std::nullopt;
  IntVector starts;
  for (size_t dim = 0; dim < index.size(); ++dim) {
    double most = static_cast<double>((*shape)[dim] - (*sizes)[dim]);
    std::optional<double> start =
        reader.read(op->getOperand(dim + 1), {}).constant();
    if (most == 0)
      start = 0;
    if (!start || !(most >= 0))
      return std::nullopt;
    starts.push_back(static_cast<int64_t>(std::clamp(*start, 0.0, most)));
  }
  return slicedElement(op, starts, IntVector(starts.size(), 1), index, reader);
}

std::optional<Element> concatenateElement(mlir::Operation *op, unsigned,
                                          llvm::ArrayRef<Element> index,
                                          ElementReader &reader) {
  std::optional<IntVector> dim = integersOf(op, "dimension");
  if (!dim || dim->size() != 1)
    return std::nullopt;
  return joinedElement(op, dim->front(), index, reader);
}

std::optional<Element> compareElement(mlir::Operation *op, unsigned,
                                      llvm::ArrayRef<Element> index,
                                      ElementReader &reader) {
  if (op->getNumOperands() != 2)
    return std::nullopt;
  std::optional<Comparison> comparison =
      llvm::StringSwitch<std::optional<Comparison>>(
          keywordOf(op->getAttr("comparison_direction")))
          .Case("EQ", Comparison::Equal)
          .Case("NE", Comparison::NotEqual)
          .Case("LT", Comparison::Less)
          .Case("LE", Comparison::LessEqual)
          .Case("GT", Comparison::Greater)
          .Case("GE", Comparison::GreaterEqual)
          .Default(std::nullopt);
  if (!comparison)
    return std::nullopt;
  return compare(*comparison, reader.read(op->getOperand(0), index),
                 reader.read(op->getOperand(1), index));
}

/// A truth converted to a number is 1 or 0, and a number as a truth whether it
/// is not 0.
std::optional<Element> convertElement(mlir::Operation *op, unsigned result,
                                      llvm::ArrayRef<Element> index,
                                      ElementReader &reader) {
  std::optional<Element> element = sameElement(op, result, index, reader);
  if (!element || op->getNumResults() != 1)
    return std::nullopt;
  if (mlir::getElementTypeOrSelf(op->getResult(0)).isInteger(1))
    return Element::truth(element->asCondition());
  return element->asNumber();
}

/// Integers are rounded.
std::optional<Element> divideElement(mlir::Operation *op, unsigned result,
                                     llvm::ArrayRef<Element> index,
                                     ElementReader &reader) {
  if (op->getNumResults() != 1 ||
      mlir::getElementTypeOrSelf(op->getResult(0)).isIntOrIndex())
    return std::nullopt;
  return binaryElement<divide>(op, result, index, reader);
}

/// Of truths; bits of other integers are data.
template <std::optional<Element> (*rule)(
    mlir::Operation *, unsigned, llvm::ArrayRef<Element>, ElementReader &)>
std::optional<Element> ofTruths(mlir::Operation *op, unsigned result,
                                llvm::ArrayRef<Element> index,
                                ElementReader &reader) {
  if (result >= op->getNumResults() ||
      !mlir::getElementTypeOrSelf(op->getResult(result)).isInteger(1))
    return std::nullopt;
  return rule(op, result, index, reader);
}

/// A softmax of some library is the exponential of each element over the sum of
/// a row: it is 0 where that is.
std::optional<Element> customCallElement(mlir::Operation *op, unsigned result,
                                         llvm::ArrayRef<Element> index,
                                         ElementReader &reader) {
  auto target = op->getAttrOfType<mlir::StringAttr>("call_target_name");
  if (!target || op->getNumOperands() != 1 || op->getNumResults() != 1)
    return std::nullopt;
  llvm::StringRef name = target.getValue();
  name = name.substr(name.rfind('.') + 1);
  if (name != "softmax")
    return std::nullopt;
  return unaryElement<exponential>(op, result, index, reader);
}

std::optional<ProductDims> dotDims(mlir::Operation *op, unsigned operand) {
  mlir::Attribute dims = op->getAttr("dot_dimension_numbers");
  if (!dims || operand > 1)
    return std::nullopt;
  std::optional<IntVector> summed =
      integersOfField(dims, operand == 0 ? "lhs_contracting_dimensions"
                                         : "rhs_contracting_dimensions");
  std::optional<IntVector> batch =
      integersOfField(dims, operand == 0 ? "lhs_batching_dimensions"
                                         : "rhs_batching_dimensions");
  if (!summed || !batch)
    return std::nullopt;
  return ProductDims{*summed, *batch};
}

struct ElementRow {
  llvm::StringLiteral name;
  ElementRule rule;
};

constexpr ElementRow rows[] = {
    {"add", {binaryElement<add>}},
    {"and", {ofTruths<binaryElement<logicalAnd>>}},
    {"broadcast_in_dim", {broadcastElement}},
    {"compare", {compareElement}},
    {"concatenate", {concatenateElement}},
    {"constant", {constantElement}},
    {"convert", {convertElement}},
    {"custom_call", {customCallElement}},
    {"divide", {divideElement}},
    {"dot_general", {nullptr, dotDims}},
    {"dynamic_slice", {dynamicSliceElement}},
    {"exponential", {unaryElement<exponential>}},
    {"iota", {iotaElement}},
    {"maximum", {binaryElement<maximum>}},
    {"minimum", {binaryElement<minimum>}},
    {"multiply", {binaryElement<multiply>}},
    {"negate", {unaryElement<negate>}},
    {"not", {ofTruths<unaryElement<logicalNot>>}},
    {"optimization_barrier", {sameElement}},
    {"or", {ofTruths<binaryElement<logicalOr>>}},
    {"reduce_precision", {sameElement}},
    {"reshape", {reshapedElement}},
    {"select", {selectedElement}},
    {"slice", {sliceElement}},
    {"subtract", {binaryElement<subtract>}},
    {"transpose", {transposeElement}},
};

} // namespace

void addElementRules(OpRuleRegistry &rules) {
  for (const ElementRow &row : rows)
    for (llvm::StringRef dialect : {"stablehlo.", "mhlo."})
      rules.addElements((dialect + row.name).str(), row.rule);
}

} // namespace roofline::stablehlo
