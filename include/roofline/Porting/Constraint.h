//===- Constraint.h - What a kernel asks of shapes and layouts --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Conditions on the extents and layouts of a kernel's operands that can be
// checked without running anything. The subjects are a fixed list, so that a
// catalogue cannot state a condition that nothing ever checks.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_PORTING_CONSTRAINT_H
#define ROOFLINE_PORTING_CONSTRAINT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace roofline {

/// What a condition is about.
struct ConstraintSubject {
  llvm::StringLiteral name;
  llvm::StringLiteral meaning;
  /// The words that it may be; empty where it is a number.
  llvm::ArrayRef<llvm::StringLiteral> words = {};

  bool isNumber() const { return words.empty(); }
};

/// Every subject, in the order of the documentation.
llvm::ArrayRef<ConstraintSubject> constraintSubjects();
/// The subject of `name`, or null.
const ConstraintSubject *findConstraintSubject(llvm::StringRef name);

/// How a number is bounded.
enum class Relation {
  AtMost,     ///< `<= 512`
  AtLeast,    ///< `>= 2`
  MultipleOf, ///< `multiple of 16`
  OneOf,      ///< `128`, `one of 64 128 192`
};

/// One condition. Conditions on one subject hold together.
class Constraint {
public:
  /// Reads the conditions, with commas between, that `text` states of
  /// `subject`: `<= 512, multiple of 16`, or one of the subject's words. Fails,
  /// without a place, on anything else.
  static llvm::Expected<std::vector<Constraint>>
  parse(const ConstraintSubject &subject, llvm::StringRef text);

  const ConstraintSubject &getSubject() const { return *subject; }
  /// Of a number.
  Relation getRelation() const { return relation; }
  /// Of a number: the bound, the factor, or the only values.
  llvm::ArrayRef<int64_t> getValues() const { return values; }
  /// Of a word: what it has to be.
  llvm::StringRef getWord() const { return word; }

  /// Whether a subject of `value` meets the condition; the subject is a number.
  bool holds(int64_t value) const;
  /// Whether a subject that is `value` meets the condition; the subject is a
  /// word.
  bool holds(llvm::StringRef value) const { return value == word; }

  /// `head_dim <= 512`, `k a multiple of 16`, `weight_layout nz`.
  std::string str() const;

private:
  const ConstraintSubject *subject = nullptr;
  Relation relation = Relation::AtMost;
  std::vector<int64_t> values;
  llvm::StringRef word;
};

} // namespace roofline

#endif // ROOFLINE_PORTING_CONSTRAINT_H
