//===- OpSignature.cpp - What an op asks of software ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/OpSignature.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace roofline {

const SubjectValue *OpSignature::find(llvm::StringRef subject) const {
  auto it = llvm::find_if(subjects, [&](const SubjectValue &value) {
    return value.subject->name == subject;
  });
  return it == subjects.end() ? nullptr : &*it;
}

std::string OpSignature::key(bool withParts) const {
  std::string key = pattern + "|" + name + "|" + callTarget + "|";
  for (ElementType type : types)
    key += (stringify(type) + ",").str();
  if (const SubjectValue *shapes = find("shapes"))
    key += "|" + shapes->word.str();
  if (!withParts)
    return key;
  std::vector<std::string> ofParts;
  for (const OpSignature &part : parts)
    ofParts.push_back(part.key());
  llvm::sort(ofParts);
  for (const std::string &part : ofParts)
    key += "[" + part + "]";
  return key;
}

std::string OpSignature::str() const {
  std::string text;
  if (!callTarget.empty())
    text = "custom call '" + callTarget + "'";
  else
    text = pattern.empty() ? name : pattern;
  for (auto [index, type] : llvm::enumerate(types))
    text += ((index == 0 ? " " : ", ") + stringify(type)).str();
  return text;
}

} // namespace roofline
