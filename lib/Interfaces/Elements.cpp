//===- Elements.cpp - What is known of one element of a value -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Interfaces/Elements.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace roofline {

namespace {

/// Conditions that are made of more parts are unknown: those of masks are made
/// of a handful.
constexpr size_t maxConditionSize = 64;

/// A choice among more elements is data.
constexpr size_t maxLeaves = 8;

/// Whole numbers beyond are not told apart by a double.
constexpr double maxWhole = 9007199254740992; // 2^53

} // namespace

//===----------------------------------------------------------------------===//
// LinearForm
//===----------------------------------------------------------------------===//

DimSet LinearForm::dims() const {
  DimSet dims = 0;
  for (const Term &term : terms)
    dims |= term.symbol.dims;
  return dims;
}

int64_t LinearForm::factorOf(unsigned symbol) const {
  for (const Term &term : terms)
    if (term.symbol.id == symbol)
      return term.factor;
  return 0;
}

std::optional<LinearForm> LinearForm::plus(const LinearForm &other,
                                           int64_t times) const {
  LinearForm sum(constant + static_cast<double>(times) * other.constant);
  const auto *left = terms.begin(), *right = other.terms.begin();
  while (left != terms.end() || right != other.terms.end()) {
    bool takesLeft =
        right == other.terms.end() ||
        (left != terms.end() && left->symbol.id <= right->symbol.id);
    bool takesRight =
        left == terms.end() ||
        (right != other.terms.end() && right->symbol.id <= left->symbol.id);
    int64_t factor = 0;
    if (takesRight && llvm::MulOverflow(right->factor, times, factor))
      return std::nullopt;
    if (takesLeft && llvm::AddOverflow(factor, left->factor, factor))
      return std::nullopt;
    if (factor != 0)
      sum.terms.push_back({takesLeft ? left->symbol : right->symbol, factor});
    left += takesLeft;
    right += takesRight;
  }
  if (std::isnan(sum.constant) ||
      (!sum.terms.empty() && !(std::abs(sum.constant) < maxWhole)))
    return std::nullopt;
  return sum;
}

std::optional<LinearForm> LinearForm::times(double factor) const {
  if (isConstant()) {
    double product = constant * factor;
    if (std::isnan(product))
      return std::nullopt;
    return LinearForm(product);
  }
  if (factor != std::floor(factor) || !(std::abs(factor) < maxWhole))
    return std::nullopt;
  return LinearForm().plus(*this, static_cast<int64_t>(factor));
}

std::optional<bool> LinearForm::isNonNegative() const {
  double least = constant, most = constant;
  for (const Term &term : terms) {
    constexpr double none = std::numeric_limits<double>::infinity();
    const Symbol &symbol = term.symbol;
    double low = symbol.low == std::numeric_limits<int64_t>::min()
                     ? -none
                     : static_cast<double>(symbol.low);
    double high = symbol.high == std::numeric_limits<int64_t>::max()
                      ? none
                      : static_cast<double>(symbol.high);
    double factor = static_cast<double>(term.factor);
    least += factor * (term.factor > 0 ? low : high);
    most += factor * (term.factor > 0 ? high : low);
  }
  if (least >= 0)
    return true;
  if (most < 0)
    return false;
  return std::nullopt;
}

bool operator==(const LinearForm &lhs, const LinearForm &rhs) {
  return lhs.constant == rhs.constant &&
         llvm::equal(
             lhs.terms, rhs.terms,
             [](const LinearForm::Term &one, const LinearForm::Term &other) {
               return one.symbol.id == other.symbol.id &&
                      one.factor == other.factor;
             });
}

//===----------------------------------------------------------------------===//
// Condition
//===----------------------------------------------------------------------===//

struct Condition::Node {
  Kind kind;
  LinearForm form;
  llvm::SmallVector<Condition, 2> parts;
  DimSet dims = 0;
  size_t size = 1;
};

Condition Condition::constant(bool value) {
  Condition condition;
  condition.node = std::make_shared<Node>(
      Node{value ? Kind::Always : Kind::Never, {}, {}, 0, 1});
  return condition;
}

Condition Condition::nonNegative(const LinearForm &form) {
  if (form.isConstant())
    return constant(form.getConstant() >= 0);
  // Symbols are whole numbers.
  LinearForm whole = *form.plus(LinearForm(std::floor(form.getConstant())), 1)
                          ->plus(LinearForm(form.getConstant()), -1);
  Condition condition;
  condition.node = std::make_shared<Node>(
      Node{Kind::NonNegative, whole, {}, form.dims(), 1});
  return condition;
}

Condition Condition::unknown(DimSet dims) {
  Condition condition;
  condition.node = std::make_shared<Node>(Node{Kind::Unknown, {}, {}, dims, 1});
  return condition;
}

Condition Condition::operator!() const {
  switch (kind()) {
  case Kind::Always:
  case Kind::Never:
    return constant(kind() == Kind::Never);
  case Kind::NonNegative:
    // Not f >= 0 is f <= -1.
    if (std::optional<LinearForm> negated =
            LinearForm(-1.0).plus(form(), /*times=*/-1))
      return nonNegative(*negated);
    return unknown(dims());
  case Kind::Unknown:
    return *this;
  case Kind::And:
  case Kind::Or:
    break;
  }
  Condition negated = !parts().front();
  for (const Condition &part : parts().drop_front())
    negated = kind() == Kind::And ? negated || !part : negated && !part;
  return negated;
}

Condition Condition::join(Kind kind, const Condition &lhs,
                          const Condition &rhs) {
  Kind neutral = kind == Kind::And ? Kind::Always : Kind::Never;
  Kind absorbing = kind == Kind::And ? Kind::Never : Kind::Always;
  if (lhs.kind() == neutral || rhs.kind() == absorbing)
    return rhs;
  if (rhs.kind() == neutral || lhs.kind() == absorbing)
    return lhs;
  Node node{kind, {}, {}, lhs.dims() | rhs.dims(), 1};
  for (const Condition *side : {&lhs, &rhs}) {
    llvm::ArrayRef<Condition> parts = *side;
    if (side->kind() == kind)
      parts = side->parts();
    for (const Condition &part : parts)
      if (!llvm::is_contained(node.parts, part)) {
        node.parts.push_back(part);
        node.size += part.size();
      }
  }
  if (node.parts.size() == 1)
    return node.parts.front();
  if (node.size > maxConditionSize)
    return unknown(node.dims);
  Condition condition;
  condition.node = std::make_shared<Node>(std::move(node));
  return condition;
}

Condition operator&&(const Condition &lhs, const Condition &rhs) {
  return Condition::join(Condition::Kind::And, lhs, rhs);
}

Condition operator||(const Condition &lhs, const Condition &rhs) {
  return Condition::join(Condition::Kind::Or, lhs, rhs);
}

Condition::Kind Condition::kind() const { return node->kind; }

const LinearForm &Condition::form() const {
  assert(kind() == Kind::NonNegative && "no other condition has a form");
  return node->form;
}

llvm::ArrayRef<Condition> Condition::parts() const { return node->parts; }

DimSet Condition::dims() const { return node->dims; }

size_t Condition::size() const { return node->size; }

bool operator==(const Condition &lhs, const Condition &rhs) {
  if (lhs.node == rhs.node)
    return true;
  // Two unknown facts are not the same one.
  return lhs.kind() == rhs.kind() && lhs.kind() != Condition::Kind::Unknown &&
         lhs.node->form == rhs.node->form &&
         llvm::equal(lhs.parts(), rhs.parts());
}

//===----------------------------------------------------------------------===//
// Element
//===----------------------------------------------------------------------===//

namespace {

/// One condition where `condition` holds, else the other one.
Condition either(const Condition &condition, const Condition &whenTrue,
                 const Condition &whenFalse) {
  if (whenTrue == whenFalse)
    return whenTrue;
  return (condition && whenTrue) || (!condition && whenFalse);
}

} // namespace

struct Element::Node {
  Kind kind;
  LinearForm form;
  Condition condition = Condition::constant(true);
  std::optional<Element> whenTrue = std::nullopt;
  std::optional<Element> whenFalse = std::nullopt;
  DimSet dims = 0;
  size_t leaves = 1;
};

Element Element::number(const LinearForm &form) {
  Element element;
  Node node{Kind::Number, form};
  node.dims = form.dims();
  element.node = std::make_shared<Node>(std::move(node));
  return element;
}

Element Element::truth(const Condition &condition) {
  Element element;
  Node node{Kind::Truth, {}, condition};
  node.dims = condition.dims();
  element.node = std::make_shared<Node>(std::move(node));
  return element;
}

Element Element::data(DimSet dims) {
  Element element;
  Node node{Kind::Data, {}};
  node.dims = dims;
  element.node = std::make_shared<Node>(std::move(node));
  return element;
}

Element Element::choice(const Condition &condition, const Element &whenTrue,
                        const Element &whenFalse) {
  if (condition.kind() == Condition::Kind::Always || whenTrue == whenFalse)
    return whenTrue;
  if (condition.kind() == Condition::Kind::Never)
    return whenFalse;
  if (whenTrue.kind() == Kind::Truth || whenFalse.kind() == Kind::Truth)
    return truth(
        either(condition, whenTrue.asCondition(), whenFalse.asCondition()));
  Node node{Kind::Choice,
            {},
            condition,
            whenTrue,
            whenFalse,
            condition.dims() | whenTrue.dims() | whenFalse.dims(),
            whenTrue.node->leaves + whenFalse.node->leaves};
  if (node.leaves > maxLeaves)
    return data(node.dims);
  Element element;
  element.node = std::make_shared<Node>(std::move(node));
  return element;
}

Element::Kind Element::kind() const { return node->kind; }

const LinearForm &Element::form() const {
  assert(kind() == Kind::Number && "no other element has a form");
  return node->form;
}

const Condition &Element::condition() const { return node->condition; }
const Element &Element::whenTrue() const { return *node->whenTrue; }
const Element &Element::whenFalse() const { return *node->whenFalse; }
DimSet Element::dims() const { return node->dims; }

std::optional<double> Element::constant() const {
  if (kind() == Kind::Number && form().isConstant())
    return form().getConstant();
  return std::nullopt;
}

Element Element::asNumber() const {
  if (kind() != Kind::Truth)
    return *this;
  return choice(condition(), number(1.0), number(0.0));
}

Condition Element::asCondition() const {
  if (kind() == Kind::Truth)
    return condition();
  return compare(Comparison::NotEqual, *this, number(0.0)).condition();
}

bool operator==(const Element &lhs, const Element &rhs) {
  if (lhs.node == rhs.node)
    return true;
  if (lhs.kind() != rhs.kind())
    return false;
  switch (lhs.kind()) {
  case Element::Kind::Number:
    return lhs.form() == rhs.form();
  case Element::Kind::Truth:
    return lhs.condition() == rhs.condition();
  case Element::Kind::Choice:
    return lhs.condition() == rhs.condition() &&
           lhs.whenTrue() == rhs.whenTrue() &&
           lhs.whenFalse() == rhs.whenFalse();
  case Element::Kind::Data:
    // What is not known is not the same.
    return false;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

namespace {

using Binary = llvm::function_ref<Element(const Element &, const Element &)>;

/// Applies `function`, which knows numbers and data, to what is chosen.
Element apply(const Element &lhs, const Element &rhs, Binary function) {
  if (lhs.kind() == Element::Kind::Truth || rhs.kind() == Element::Kind::Truth)
    return apply(lhs.asNumber(), rhs.asNumber(), function);
  if (lhs.kind() == Element::Kind::Choice)
    return Element::choice(lhs.condition(),
                           apply(lhs.whenTrue(), rhs, function),
                           apply(lhs.whenFalse(), rhs, function));
  if (rhs.kind() == Element::Kind::Choice)
    return Element::choice(rhs.condition(),
                           apply(lhs, rhs.whenTrue(), function),
                           apply(lhs, rhs.whenFalse(), function));
  return function(lhs, rhs);
}

bool isNumber(const Element &element) {
  return element.kind() == Element::Kind::Number;
}

Element dataOf(const Element &lhs, const Element &rhs) {
  return Element::data(lhs.dims() | rhs.dims());
}

Element numberOr(const std::optional<LinearForm> &form, const Element &lhs,
                 const Element &rhs) {
  return form ? Element::number(*form) : dataOf(lhs, rhs);
}

/// True for a number that hides what it is added to.
bool isHiding(const Element &element) {
  std::optional<double> constant = element.constant();
  return constant && *constant <= hiddenScore;
}

Element plus(const Element &lhs, const Element &rhs, int64_t times) {
  return apply(lhs, rhs, [&](const Element &left, const Element &right) {
    if (isNumber(left) && isNumber(right))
      return numberOr(left.form().plus(right.form(), times), left, right);
    if (isHiding(left))
      return left;
    if (times > 0 && isHiding(right))
      return right;
    return dataOf(left, right);
  });
}

/// Whether `form` is `comparison` to 0.
Condition compareToZero(Comparison comparison, const LinearForm &form) {
  auto negated = [&]() { return LinearForm().plus(form, -1); };
  auto isPositive = [](const LinearForm &value) {
    // Of a constant or of whole numbers: value > 0 is not value <= 0.
    std::optional<LinearForm> minus = LinearForm().plus(value, -1);
    return minus ? !Condition::nonNegative(*minus)
                 : Condition::unknown(value.dims());
  };
  std::optional<LinearForm> minus = negated();
  if (!minus)
    return Condition::unknown(form.dims());
  switch (comparison) {
  case Comparison::GreaterEqual:
    return Condition::nonNegative(form);
  case Comparison::LessEqual:
    return Condition::nonNegative(*minus);
  case Comparison::Greater:
    return isPositive(form);
  case Comparison::Less:
    return isPositive(*minus);
  case Comparison::Equal:
    return Condition::nonNegative(form) && Condition::nonNegative(*minus);
  case Comparison::NotEqual:
    return isPositive(form) || isPositive(*minus);
  }
  return Condition::unknown(form.dims());
}

bool compareNumbers(Comparison comparison, double lhs, double rhs) {
  switch (comparison) {
  case Comparison::GreaterEqual:
    return lhs >= rhs;
  case Comparison::LessEqual:
    return lhs <= rhs;
  case Comparison::Greater:
    return lhs > rhs;
  case Comparison::Less:
    return lhs < rhs;
  case Comparison::Equal:
    return lhs == rhs;
  case Comparison::NotEqual:
    return lhs != rhs;
  }
  return false;
}

Element toElement(bool value) {
  return Element::truth(Condition::constant(value));
}

/// The larger, or by `sign` of -1 the smaller one.
Element extremum(const Element &lhs, const Element &rhs, int sign) {
  return apply(lhs, rhs, [&](const Element &left, const Element &right) {
    std::optional<double> one = left.constant(), other = right.constant();
    if (one && other)
      return Element::number(sign > 0 ? std::max(*one, *other)
                                      : std::min(*one, *other));
    // Data lie between: the smaller one of them and a hiding number is it.
    for (const Element *side : {&left, &right})
      if (isHiding(*side))
        return sign < 0 ? *side : (side == &left ? right : left);
    if (isNumber(left) && isNumber(right))
      if (std::optional<LinearForm> more = left.form().plus(right.form(), -1))
        if (std::optional<bool> isMore = more->isNonNegative())
          return *isMore == (sign > 0) ? left : right;
    return dataOf(left, right);
  });
}

} // namespace

Element add(const Element &lhs, const Element &rhs) {
  return plus(lhs, rhs, 1);
}

Element subtract(const Element &lhs, const Element &rhs) {
  return plus(lhs, rhs, -1);
}

Element multiply(const Element &lhs, const Element &rhs) {
  return apply(lhs, rhs, [](const Element &left, const Element &right) {
    std::optional<double> one = left.constant(), other = right.constant();
    if (one && isNumber(right))
      return numberOr(right.form().times(*one), left, right);
    if (other && isNumber(left))
      return numberOr(left.form().times(*other), left, right);
    // Data are finite.
    if ((one && *one == 0) || (other && *other == 0))
      return Element::number(0.0);
    return dataOf(left, right);
  });
}

Element divide(const Element &lhs, const Element &rhs) {
  return apply(lhs, rhs, [](const Element &left, const Element &right) {
    std::optional<double> one = left.constant(), other = right.constant();
    if (one && other && *other != 0)
      return Element::number(*one / *other);
    // What scores are divided by, their sum or scale, is not 0.
    if (one && *one == 0 && !other)
      return left;
    return dataOf(left, right);
  });
}

Element maximum(const Element &lhs, const Element &rhs) {
  return extremum(lhs, rhs, 1);
}

Element minimum(const Element &lhs, const Element &rhs) {
  return extremum(lhs, rhs, -1);
}

Element negate(const Element &value) {
  return subtract(Element::number(0.0), value);
}

Element exponential(const Element &value) {
  return apply(value, Element::number(0.0),
               [](const Element &one, const Element &) {
                 std::optional<double> constant = one.constant();
                 return constant ? Element::number(std::exp(*constant))
                                 : Element::data(one.dims());
               });
}

Element compare(Comparison comparison, const Element &lhs, const Element &rhs) {
  return apply(lhs, rhs, [&](const Element &left, const Element &right) {
    std::optional<double> one = left.constant(), other = right.constant();
    if (one && other)
      return toElement(compareNumbers(comparison, *one, *other));
    DimSet dims = left.dims() | right.dims();
    if (isNumber(left) && isNumber(right))
      if (std::optional<LinearForm> form = left.form().plus(right.form(), -1))
        return Element::truth(compareToZero(comparison, *form));
    // Data are finite: guards against rows of which nothing is left.
    if (one && std::isinf(*one))
      return toElement(compareNumbers(comparison, *one, 0));
    if (other && std::isinf(*other))
      return toElement(compareNumbers(comparison, 0, *other));
    return Element::truth(Condition::unknown(dims));
  });
}

Element logicalAnd(const Element &lhs, const Element &rhs) {
  return Element::truth(lhs.asCondition() && rhs.asCondition());
}

Element logicalOr(const Element &lhs, const Element &rhs) {
  return Element::truth(lhs.asCondition() || rhs.asCondition());
}

Element logicalNot(const Element &value) {
  return Element::truth(!value.asCondition());
}

Condition isNotZero(const Element &value) {
  switch (value.kind()) {
  case Element::Kind::Number:
    if (std::optional<double> constant = value.constant())
      return Condition::constant(*constant != 0);
    return value.asCondition();
  case Element::Kind::Truth:
    return value.condition();
  case Element::Kind::Choice:
    return either(value.condition(), isNotZero(value.whenTrue()),
                  isNotZero(value.whenFalse()));
  case Element::Kind::Data:
    return Condition::constant(true);
  }
  return Condition::constant(true);
}

} // namespace roofline
