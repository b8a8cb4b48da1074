//===- Elements.h - What is known of one element of a value -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Positions, comparisons of positions, and numbers that are chosen by them: as
// much of arithmetic as it takes to tell which elements of a value are zero
// whatever the data are. An element is a function of the symbols that stand for
// its indices. Whatever else a value holds is data: known to be finite, nothing
// more.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INTERFACES_ELEMENTS_H
#define ROOFLINE_INTERFACES_ELEMENTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>

namespace roofline {

/// A set of the first 64 dimensions that a value is looked at along, by bit;
/// later ones share the last bit.
using DimSet = uint64_t;

/// An integer that is not known: an index, or one that the graph is given.
struct Symbol {
  unsigned id = 0;
  /// The dimensions that it depends on.
  DimSet dims = 0;
  /// Its least and its largest value.
  int64_t low = std::numeric_limits<int64_t>::min();
  int64_t high = std::numeric_limits<int64_t>::max();
};

/// A sum of symbols, each times a whole number, and a constant. The constant
/// may be a fraction, and infinite where there are no symbols.
class LinearForm {
public:
  struct Term {
    Symbol symbol;
    int64_t factor;
  };

  LinearForm(double constant = 0) : constant(constant) {}
  LinearForm(const Symbol &symbol) : terms({{symbol, 1}}) {}

  bool isConstant() const { return terms.empty(); }
  double getConstant() const { return constant; }
  /// In the order of the symbols; no factor is zero.
  llvm::ArrayRef<Term> getTerms() const { return terms; }
  /// The dimensions that it depends on.
  DimSet dims() const;
  /// The factor of a symbol; zero where it does not occur.
  int64_t factorOf(unsigned symbol) const;

  /// Absent where a factor or constant does not fit.
  std::optional<LinearForm> plus(const LinearForm &other,
                                 int64_t times = 1) const;
  std::optional<LinearForm> times(double factor) const;

  /// Whether all values from 0 on, or all below: absent where both occur or
  /// where that is not known.
  std::optional<bool> isNonNegative() const;

  friend bool operator==(const LinearForm &lhs, const LinearForm &rhs);

private:
  llvm::SmallVector<Term, 2> terms;
  double constant = 0;
};

/// Something that is true of an element or not. Negations are of unknown facts
/// only: others are carried inwards.
class Condition {
public:
  enum class Kind {
    Always,      ///< Always true.
    Never,       ///< Never true.
    NonNegative, ///< Where a form is 0 or more.
    Unknown,     ///< Depends on data.
    And,
    Or,
  };

  static Condition constant(bool value);
  static Condition nonNegative(const LinearForm &form);
  /// Differs along `dims`.
  static Condition unknown(DimSet dims);

  Condition operator!() const;
  friend Condition operator&&(const Condition &lhs, const Condition &rhs);
  friend Condition operator||(const Condition &lhs, const Condition &rhs);

  Kind kind() const;
  /// Of `NonNegative`.
  const LinearForm &form() const;
  /// Of `And` and `Or`: two or more, none of the same kind.
  llvm::ArrayRef<Condition> parts() const;
  /// The dimensions that it depends on.
  DimSet dims() const;
  /// Conditions that it is made of.
  size_t size() const;

  friend bool operator==(const Condition &lhs, const Condition &rhs);

private:
  struct Node;
  static Condition join(Kind kind, const Condition &lhs, const Condition &rhs);

  std::shared_ptr<const Node> node;
};

/// One element of a value.
class Element {
public:
  enum class Kind {
    Number, ///< A form in the indices.
    Truth,  ///< Of a value of i1.
    Choice, ///< One of two elements, neither of them a truth.
    Data,   ///< Finite, and not known.
  };

  static Element number(const LinearForm &form);
  static Element truth(const Condition &condition);
  /// Differs along `dims`.
  static Element data(DimSet dims);
  static Element choice(const Condition &condition, const Element &whenTrue,
                        const Element &whenFalse);

  Kind kind() const;
  const LinearForm &form() const;
  /// Of a truth or a choice.
  const Condition &condition() const;
  const Element &whenTrue() const;
  const Element &whenFalse() const;

  /// The constant that the element is, if it is one.
  std::optional<double> constant() const;
  /// A number as it is, a truth as 1 or 0.
  Element asNumber() const;
  /// A truth as it is, a number as whether it is not 0.
  Condition asCondition() const;
  /// The dimensions that it depends on.
  DimSet dims() const;

  friend bool operator==(const Element &lhs, const Element &rhs);

private:
  struct Node;

  std::shared_ptr<const Node> node;
};

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

enum class Comparison {
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual
};

/// Numbers from here down hide a score that they are added to: the exponential
/// of what is this much below the largest score of its row is 0 in every
/// format. Graphs write -10000 (rounded to bf16: -9984), -1e9, the least number
/// of a type or minus infinity.
inline constexpr double hiddenScore = -5000;

Element add(const Element &lhs, const Element &rhs);
Element subtract(const Element &lhs, const Element &rhs);
Element multiply(const Element &lhs, const Element &rhs);
Element divide(const Element &lhs, const Element &rhs);
Element maximum(const Element &lhs, const Element &rhs);
Element minimum(const Element &lhs, const Element &rhs);
Element negate(const Element &value);
Element exponential(const Element &value);
Element compare(Comparison comparison, const Element &lhs, const Element &rhs);
/// Bitwise operations on integers are those on truths.
Element logicalAnd(const Element &lhs, const Element &rhs);
Element logicalOr(const Element &lhs, const Element &rhs);
Element logicalNot(const Element &value);

/// Where the element is not zero, as far as that is known: data are not.
Condition isNotZero(const Element &value);

} // namespace roofline

#endif // ROOFLINE_INTERFACES_ELEMENTS_H
