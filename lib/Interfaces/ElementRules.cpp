//===- ElementRules.cpp - What ops make single elements of ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Interfaces/ElementRules.h"

#include "mlir/IR/BuiltinTypes.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

namespace roofline {

namespace {

/// Constants of more elements are not looked at: a mask of 1024 x 1024 is.
constexpr int64_t maxConstant = 1 << 20;

DimSet dimsOf(llvm::ArrayRef<Element> index) {
  DimSet dims = 0;
  for (const Element &one : index)
    dims |= one.dims();
  return dims;
}

double numberOf(const llvm::APInt &value, bool isSigned) {
  return isSigned ? value.signedRoundToDouble() : value.roundToDouble();
}

double numberOf(llvm::APFloat value) {
  bool losesInfo = false;
  value.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven,
                &losesInfo);
  return value.convertToDouble();
}

/// Gives the elements of a constant as doubles.
class ConstantReader {
public:
  explicit ConstantReader(mlir::DenseElementsAttr elements)
      : elements(elements) {
    mlir::Type type = elements.getElementType();
    isFloat = mlir::isa<mlir::FloatType>(type);
    isReadable = isFloat || type.isIntOrIndex();
    isTruth = type.isInteger(1);
    isSigned = !isTruth && !type.isUnsignedInteger();
  }

  bool canRead() const { return isReadable; }
  bool holdsTruth() const { return isTruth; }

  double at(int64_t place) const {
    if (isFloat)
      return numberOf(elements.value_begin<llvm::APFloat>()[place]);
    return numberOf(elements.value_begin<llvm::APInt>()[place], isSigned);
  }

  Element elementAt(int64_t place) const { return toElement(at(place)); }
  Element toElement(double value) const {
    if (std::isnan(value))
      return Element::data(0);
    return isTruth ? Element::truth(Condition::constant(value != 0))
                   : Element::number(value);
  }

private:
  mlir::DenseElementsAttr elements;
  bool isFloat = false;
  bool isReadable = false;
  bool isTruth = false;
  bool isSigned = true;
};

/// A dimension whose index is not a constant.
struct FreeDim {
  int64_t extent;
  int64_t stride;
  Element index;
};

/// The condition that `form` is at least `least` and at most `most`.
std::optional<Condition> isBetween(const LinearForm &form, double least,
                                   double most) {
  std::optional<LinearForm> above = form.plus(LinearForm(least), -1);
  std::optional<LinearForm> below = LinearForm(most).plus(form, -1);
  if (!above || !below)
    return std::nullopt;
  return Condition::nonNegative(*above) && Condition::nonNegative(*below);
}

/// Where a matrix holds true, for those that do so in one run of every row:
/// from `first` to `last` columns from the diagonal, as far as there are
/// columns.
struct Band {
  std::optional<int64_t> first;
  std::optional<int64_t> last;
};

/// Absent for any other matrix.
std::optional<Band> findBand(int64_t rows, int64_t columns,
                             llvm::function_ref<bool(int64_t, int64_t)> holds) {
  Band band;
  for (int64_t row = 0; row < rows; ++row) {
    int64_t begin = 0;
    while (begin < columns && !holds(row, begin))
      ++begin;
    int64_t end = begin;
    while (end < columns && holds(row, end))
      ++end;
    if (begin == end)
      return std::nullopt;
    if (begin > 0 && !band.first)
      band.first = begin - row;
    if (end < columns && !band.last)
      band.last = end - 1 - row;
  }
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column) {
      bool isInside = (!band.first || column - row >= *band.first) &&
                      (!band.last || column - row <= *band.last);
      if (isInside != holds(row, column))
        return std::nullopt;
    }
  return band;
}

/// An element of a line: evenly spaced numbers, or truths and numbers that
/// change once or twice.
std::optional<Element> elementOfLine(const ConstantReader &values,
                                     int64_t start, const FreeDim &dim) {
  const LinearForm &index = dim.index.form();
  auto at = [&](int64_t place) {
    return values.at(start + place * dim.stride);
  };
  double first = at(0), step = dim.extent > 1 ? at(1) - first : 0;
  bool isEven = std::isfinite(first) && std::isfinite(step);
  // Where values change.
  llvm::SmallVector<int64_t, 2> changes;
  for (int64_t place = 1; place < dim.extent; ++place) {
    isEven &= at(place) == first + static_cast<double>(place) * step;
    if (at(place) != at(place - 1))
      changes.push_back(place);
    if (changes.size() > 2 && !isEven)
      return std::nullopt;
  }
  if (isEven && (!values.holdsTruth() || step == 0)) {
    std::optional<LinearForm> scaled = index.times(step);
    std::optional<LinearForm> form =
        scaled ? scaled->plus(LinearForm(first)) : std::nullopt;
    if (form && values.holdsTruth())
      return values.toElement(first);
    if (form)
      return Element::number(*form);
  }
  if (changes.size() > 2 || (changes.size() == 2 && at(changes[1]) != first))
    return std::nullopt;
  if (changes.empty())
    return values.toElement(first);
  // What is in the middle, or at the end.
  double inner = at(changes[0]);
  double end = changes.size() == 2 ? static_cast<double>(changes[1] - 1)
                                   : std::numeric_limits<double>::infinity();
  Condition isInner = Condition::constant(true);
  std::optional<LinearForm> fromStart =
      index.plus(LinearForm(static_cast<double>(changes[0])), -1);
  if (!fromStart)
    return std::nullopt;
  isInner = Condition::nonNegative(*fromStart);
  if (std::isfinite(end)) {
    std::optional<Condition> between =
        isBetween(index, static_cast<double>(changes[0]), end);
    if (!between)
      return std::nullopt;
    isInner = *between;
  }
  return Element::choice(isInner, values.toElement(inner),
                         values.toElement(first));
}

/// An element of a matrix of two different values, of which one forms a band.
std::optional<Element> elementOfMatrix(const ConstantReader &values,
                                       int64_t start, const FreeDim &row,
                                       const FreeDim &column) {
  auto at = [&](int64_t i, int64_t j) {
    return values.at(start + i * row.stride + j * column.stride);
  };
  double one = at(0, 0);
  std::optional<double> other;
  for (int64_t i = 0; i < row.extent; ++i)
    for (int64_t j = 0; j < column.extent; ++j) {
      double value = at(i, j);
      if (value == one)
        continue;
      if (other && *other != value)
        return std::nullopt;
      other = value;
    }
  if (!other)
    return values.toElement(one);
  std::optional<LinearForm> distance =
      column.index.form().plus(row.index.form(), -1);
  if (!distance)
    return std::nullopt;
  for (bool isFirst : {true, false}) {
    double inside = isFirst ? one : *other, outside = isFirst ? *other : one;
    std::optional<Band> band =
        findBand(row.extent, column.extent,
                 [&](int64_t i, int64_t j) { return at(i, j) == inside; });
    if (!band)
      continue;
    Condition condition = Condition::constant(true);
    if (band->first)
      condition =
          condition && Condition::nonNegative(*distance->plus(
                           LinearForm(static_cast<double>(*band->first)), -1));
    if (band->last)
      condition = condition && Condition::nonNegative(
                                   *LinearForm(static_cast<double>(*band->last))
                                        .plus(*distance, -1));
    return Element::choice(condition, values.toElement(inside),
                           values.toElement(outside));
  }
  return std::nullopt;
}

} // namespace

std::optional<llvm::ArrayRef<int64_t>> staticShapeOf(mlir::Value value) {
  auto type = mlir::dyn_cast<mlir::ShapedType>(value.getType());
  if (!type)
    return llvm::ArrayRef<int64_t>();
  if (!type.hasStaticShape())
    return std::nullopt;
  return type.getShape();
}

Element elementOf(mlir::Attribute constant, llvm::ArrayRef<Element> index) {
  Element data = Element::data(dimsOf(index));
  if (auto integer = mlir::dyn_cast_if_present<mlir::IntegerAttr>(constant)) {
    if (integer.getType().isInteger(1))
      return Element::truth(Condition::constant(!integer.getValue().isZero()));
    return Element::number(numberOf(integer.getValue(), /*isSigned=*/true));
  }
  if (auto number = mlir::dyn_cast_if_present<mlir::FloatAttr>(constant)) {
    double value = numberOf(number.getValue());
    return std::isnan(value) ? data : Element::number(value);
  }
  auto elements = mlir::dyn_cast_if_present<mlir::DenseElementsAttr>(constant);
  if (!elements)
    return data;
  ConstantReader values(elements);
  if (!values.canRead() || elements.empty())
    return data;
  if (elements.isSplat())
    return values.elementAt(0);
  llvm::ArrayRef<int64_t> shape = elements.getType().getShape();
  if (elements.getNumElements() > maxConstant || shape.size() != index.size())
    return data;
  int64_t start = 0, stride = 1;
  llvm::SmallVector<FreeDim, 2> free;
  for (size_t dim = shape.size(); dim-- > 0;) {
    int64_t extent = shape[dim];
    if (index[dim].kind() != Element::Kind::Number)
      return data;
    if (std::optional<double> at = index[dim].constant()) {
      // Not a number is in no range.
      if (!(*at >= 0 && *at < static_cast<double>(extent)))
        return data;
      start += static_cast<int64_t>(*at) * stride;
    } else {
      free.push_back({extent, stride, index[dim]});
    }
    stride *= extent;
  }
  std::optional<Element> element;
  if (free.empty())
    element = values.elementAt(start);
  else if (free.size() == 1)
    element = elementOfLine(values, start, free[0]);
  else if (free.size() == 2)
    element = elementOfMatrix(values, start, free[1], free[0]);
  if (element)
    return *element;
  return values.holdsTruth() ? Element::truth(Condition::unknown(data.dims()))
                             : data;
}

std::optional<Element> sameElement(mlir::Operation *op, unsigned result,
                                   llvm::ArrayRef<Element> index,
                                   ElementReader &reader) {
  if (result >= op->getNumOperands())
    return std::nullopt;
  return reader.read(op->getOperand(result), index);
}

std::optional<Element> reshapedElement(mlir::Operation *op, unsigned result,
                                       llvm::ArrayRef<Element> index,
                                       ElementReader &reader) {
  if (op->getNumOperands() == 0 || result != 0)
    return std::nullopt;
  std::optional<llvm::ArrayRef<int64_t>> from =
                                             staticShapeOf(op->getOperand(0)),
                                         to = staticShapeOf(op->getResult(0));
  if (!from || !to || to->size() != index.size())
    return std::nullopt;
  ElementIndex source(from->size(), Element::number(0.0));
  // Dimensions of both are taken together until they have as many elements.
  size_t first = 0, second = 0;
  while (first < to->size() || second < from->size()) {
    int64_t left = 1, right = 1;
    size_t firstEnd = first, secondEnd = second;
    auto takeLeft = [&]() { left *= (*to)[firstEnd++]; };
    auto takeRight = [&]() { right *= (*from)[secondEnd++]; };
    if (firstEnd < to->size())
      takeLeft();
    if (secondEnd < from->size())
      takeRight();
    while (left != right) {
      if (left < right && firstEnd < to->size())
        takeLeft();
      else if (right < left && secondEnd < from->size())
        takeRight();
      else
        return std::nullopt;
    }
    if (left == 0)
      return std::nullopt;
    // One running number, taken apart again.
    Element place = Element::number(0.0);
    for (size_t dim = first; dim < firstEnd; ++dim)
      if ((*to)[dim] != 1)
        place = add(
            multiply(place, Element::number(static_cast<double>((*to)[dim]))),
            index[dim]);
    for (size_t dim = secondEnd; dim-- > second;) {
      if ((*from)[dim] == 1)
        continue;
      left /= (*from)[dim];
      if (left == 1) {
        source[dim] = place;
        break;
      }
      auto [quotient, rest] = reader.divide(place, (*from)[dim]);
      source[dim] = rest;
      place = quotient;
    }
    first = firstEnd;
    second = secondEnd;
  }
  return reader.read(op->getOperand(0), source);
}

std::optional<Element> selectedElement(mlir::Operation *op, unsigned,
                                       llvm::ArrayRef<Element> index,
                                       ElementReader &reader) {
  if (op->getNumOperands() != 3)
    return std::nullopt;
  Element condition = reader.read(op->getOperand(0), index);
  return Element::choice(condition.asCondition(),
                         reader.read(op->getOperand(1), index),
                         reader.read(op->getOperand(2), index));
}

std::optional<Element> joinedElement(mlir::Operation *op, int64_t dim,
                                     llvm::ArrayRef<Element> index,
                                     ElementReader &reader) {
  if (dim < 0 || dim >= static_cast<int64_t>(index.size()) ||
      index[dim].kind() != Element::Kind::Number)
    return std::nullopt;
  // More parts than a sink and a few blocks are data.
  constexpr unsigned maxParts = 8;
  if (op->getNumOperands() == 0 || op->getNumOperands() > maxParts)
    return std::nullopt;
  std::optional<Element> joined;
  double start = 0;
  for (mlir::Value operand : op->getOperands()) {
    std::optional<llvm::ArrayRef<int64_t>> shape = staticShapeOf(operand);
    if (!shape || shape->size() != index.size())
      return std::nullopt;
    std::optional<LinearForm> inside =
        index[dim].form().plus(LinearForm(start), -1);
    if (!inside)
      return std::nullopt;
    std::optional<bool> isBehind = inside->isNonNegative();
    start += static_cast<double>((*shape)[dim]);
    // Earlier operands may have it all.
    if (isBehind && !*isBehind)
      break;
    ElementIndex own(index);
    own[dim] = Element::number(*inside);
    Element element = reader.read(operand, own);
    if (!joined || (isBehind && *isBehind))
      joined = element;
    else
      joined =
          Element::choice(Condition::nonNegative(*inside), element, *joined);
  }
  return joined;
}

std::optional<Element> slicedElement(mlir::Operation *op,
                                     llvm::ArrayRef<int64_t> starts,
                                     llvm::ArrayRef<int64_t> strides,
                                     llvm::ArrayRef<Element> index,
                                     ElementReader &reader) {
  if (op->getNumOperands() == 0 || starts.size() != index.size() ||
      strides.size() != index.size())
    return std::nullopt;
  ElementIndex source;
  for (auto [start, stride, one] : llvm::zip(starts, strides, index))
    source.push_back(
        add(multiply(one, Element::number(static_cast<double>(stride))),
            Element::number(static_cast<double>(start))));
  return reader.read(op->getOperand(0), source);
}

std::optional<Element> transposedElement(mlir::Operation *op,
                                         llvm::ArrayRef<int64_t> permutation,
                                         llvm::ArrayRef<Element> index,
                                         ElementReader &reader) {
  if (op->getNumOperands() == 0 || permutation.size() != index.size())
    return std::nullopt;
  ElementIndex source(index.size(), Element::number(0.0));
  for (auto [place, dim] : llvm::enumerate(permutation)) {
    if (dim < 0 || dim >= static_cast<int64_t>(source.size()))
      return std::nullopt;
    source[dim] = index[place];
  }
  return reader.read(op->getOperand(0), source);
}

} // namespace roofline
