//===- KernelConditions.cpp - Whether a kernel's conditions hold ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelConditions.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline {

namespace {

/// A word that a graph has unless it says otherwise: tensors of MLIR are plain
/// rows of elements.
llvm::StringRef defaultWord(llvm::StringRef subject) {
  return subject == "weight_layout" || subject == "kv_layout" ? "nd" : "";
}

ConditionClass classOf(const Constraint &condition) {
  llvm::StringRef subject = condition.getSubject().name;
  if (subject == "weight_layout")
    return ConditionClass::Weights;
  if (subject == "kv_layout" || subject == "image_layout" ||
      subject == "transposed_weights")
    return ConditionClass::Layout;
  if (subject == "shapes")
    return ConditionClass::Static;
  if (condition.getSubject().isNumber() &&
      condition.getRelation() == Relation::MultipleOf)
    return ConditionClass::Padding;
  return ConditionClass::Extent;
}

} // namespace

ConditionCheck checkConditions(llvm::ArrayRef<Constraint> conditions,
                               const OpSignature &signature) {
  ConditionCheck check;
  for (const Constraint &condition : conditions) {
    const ConstraintSubject &subject = condition.getSubject();
    const SubjectValue *value = signature.find(subject.name);
    std::string is;
    bool holds = false;
    if (subject.isNumber()) {
      if (!value) {
        check.unchecked.push_back(condition.str());
        continue;
      }
      holds = condition.holds(value->number);
      is = std::to_string(value->number);
    } else {
      llvm::StringRef word = value ? value->word : defaultWord(subject.name);
      if (word.empty()) {
        check.unchecked.push_back(condition.str());
        continue;
      }
      holds = condition.holds(word);
      is = word.str();
    }
    if (holds)
      continue;
    ConditionClass what = classOf(condition);
    check.worst = std::max(check.worst, what);
    check.unmet.push_back(condition.str() + " (is " + is + ")");
    check.failed.emplace_back(&condition, what);
  }
  return check;
}

} // namespace roofline
