//===- ElementRules.h - What ops make single elements of --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The vocabulary of rules that say what an element of a result is made of:
// which element of an operand it is, or what is computed of which. An op
// without such a rule yields data.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INTERFACES_ELEMENTRULES_H
#define ROOFLINE_INTERFACES_ELEMENTRULES_H

#include "roofline/Interfaces/Elements.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

namespace roofline {

/// An element's place: an index per dimension.
using ElementIndex = llvm::SmallVector<Element, 4>;

/// Numbers of dimensions.
using DimList = llvm::SmallVector<int64_t, 4>;

/// What the dimensions of an operand are to a product; others are rows or
/// columns.
struct ProductDims {
  /// Those that it sums over.
  DimList summed;
  /// Those that both operands have beside.
  DimList batch;
};

/// Gives rules the elements of other values.
class ElementReader {
public:
  virtual ~ElementReader() = default;

  /// The element of `value` at `index`. Dimensions of one element may have any
  /// index.
  virtual Element read(mlir::Value value, llvm::ArrayRef<Element> index) = 0;

  /// An index divided by a number, rounded down, and what remains.
  virtual std::pair<Element, Element> divide(const Element &index,
                                             int64_t divisor) = 0;
};

/// What an op makes single elements of. Rules see ops that nobody has verified.
struct ElementRule {
  /// The element of result `result` at `index`; absent where the rule does not
  /// hold for the op in this form.
  using ElementFn = std::optional<Element> (*)(mlir::Operation *op,
                                               unsigned result,
                                               llvm::ArrayRef<Element> index,
                                               ElementReader &reader);
  /// Of operand 0 or 1 of a product; absent where it cannot be told.
  using ProductFn = std::optional<ProductDims> (*)(mlir::Operation *op,
                                                   unsigned operand);

  ElementFn element = nullptr;
  ProductFn product = nullptr;
};

/// The shape of a value whose extents are all known; absent for any other, a
/// scalar has no dimensions.
std::optional<llvm::ArrayRef<int64_t>> staticShapeOf(mlir::Value value);

/// The element of a constant at `index`: a number, a form in the indices where
/// numbers are evenly spaced, or a band of a matrix. Data where the constant is
/// elided, or too large or irregular to tell.
Element elementOf(mlir::Attribute constant, llvm::ArrayRef<Element> index);

/// The element of what has the elements of operand 0 in row-major order in
/// another shape.
std::optional<Element> reshapedElement(mlir::Operation *op, unsigned result,
                                       llvm::ArrayRef<Element> index,
                                       ElementReader &reader);

/// Operand 0, element by element, whatever it is converted to.
std::optional<Element> sameElement(mlir::Operation *op, unsigned result,
                                   llvm::ArrayRef<Element> index,
                                   ElementReader &reader);

/// `function` of the elements of both operands at `index`; the operand of fewer
/// dimensions of more than one element is repeated.
template <Element (*function)(const Element &, const Element &)>
std::optional<Element> binaryElement(mlir::Operation *op, unsigned,
                                     llvm::ArrayRef<Element> index,
                                     ElementReader &reader) {
  if (op->getNumOperands() < 2)
    return std::nullopt;
  return function(reader.read(op->getOperand(0), index),
                  reader.read(op->getOperand(1), index));
}

/// The same of the one operand.
template <Element (*function)(const Element &)>
std::optional<Element> unaryElement(mlir::Operation *op, unsigned,
                                    llvm::ArrayRef<Element> index,
                                    ElementReader &reader) {
  if (op->getNumOperands() < 1)
    return std::nullopt;
  return function(reader.read(op->getOperand(0), index));
}

/// The second operand where the first is true, else the third.
std::optional<Element> selectedElement(mlir::Operation *op, unsigned result,
                                       llvm::ArrayRef<Element> index,
                                       ElementReader &reader);

/// The element of the operand that holds it, of those that are put next to each
/// other along `dim`.
std::optional<Element> joinedElement(mlir::Operation *op, int64_t dim,
                                     llvm::ArrayRef<Element> index,
                                     ElementReader &reader);

/// The element of operand 0 at `starts` plus `strides` times `index`.
std::optional<Element> slicedElement(mlir::Operation *op,
                                     llvm::ArrayRef<int64_t> starts,
                                     llvm::ArrayRef<int64_t> strides,
                                     llvm::ArrayRef<Element> index,
                                     ElementReader &reader);

/// The element of operand 0, whose dimension `permutation[i]` is dimension `i`
/// of the result.
std::optional<Element> transposedElement(mlir::Operation *op,
                                         llvm::ArrayRef<int64_t> permutation,
                                         llvm::ArrayRef<Element> index,
                                         ElementReader &reader);

} // namespace roofline

#endif // ROOFLINE_INTERFACES_ELEMENTRULES_H
