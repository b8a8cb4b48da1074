//===- OpSignature.h - What an op asks of software --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Porting is paid for once per kind of op and not once per op: what counts is
// what an op, or the ops of one library kernel, asks of the software of a chip.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_PORTING_OPSIGNATURE_H
#define ROOFLINE_PORTING_OPSIGNATURE_H

#include "roofline/Model/ElementType.h"
#include "roofline/Porting/Constraint.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// What a subject of the catalogue's conditions is for an op. A subject that is
/// not listed is not known.
struct SubjectValue {
  const ConstraintSubject *subject = nullptr;
  /// Of a number.
  int64_t number = 0;
  /// Of a word: one of the subject's.
  llvm::StringRef word;
};

/// What an op, or the ops of one library kernel, asks of software.
struct OpSignature {
  /// The pattern of the catalogue, an op kind or a fused one; empty where the
  /// op is of none.
  std::string pattern;
  /// As the graph calls it: `stablehlo.dot_general`, `nvvm.wgmma`.
  std::string name;
  /// The target of a custom call; empty where it is none.
  std::string callTarget;
  /// The element types of its data, not of indices, masks or counts; in the
  /// order of the enumeration, none twice.
  llvm::SmallVector<ElementType, 4> types;
  /// In the order of the catalogue's subjects, none twice.
  std::vector<SubjectValue> subjects;
  /// Of a kernel: the signatures of the ops in it, none twice. Where software
  /// has no kernel for `pattern`, these are what it has to have.
  std::vector<OpSignature> parts;

  /// The value of the subject, or null where it is not known.
  const SubjectValue *find(llvm::StringRef subject) const;

  /// What tells one kind from another, without extents: pattern, name, types,
  /// whether shapes are static, and, with parts, the same of these.
  std::string key(bool withParts = true) const;
  /// For people: `gemm bf16`, `custom call 'foo' f32`.
  std::string str() const;
};

} // namespace roofline

#endif // ROOFLINE_PORTING_OPSIGNATURE_H
