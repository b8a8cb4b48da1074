//===- OpKinds.cpp - One name for an op of every dialect ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/OpKinds.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

namespace roofline {

namespace {

/// The dialects whose names of ops are names of kinds.
constexpr llvm::StringLiteral namingDialects[] = {"stablehlo", "mhlo", "chlo"};

} // namespace

llvm::Error OpKinds::add(OpPattern pattern) {
  auto [named, isNew] = indexOfName.try_emplace(pattern.name, list.size());
  if (!isNew)
    return makeFileError(pattern.where, "pattern '" + pattern.name +
                                            "' is there already, from " +
                                            list[named->second].where.str() +
                                            "; give this one another name");
  for (const std::string &op : pattern.ops) {
    auto [earlier, isNewOp] = indexOfOp.try_emplace(op, list.size());
    if (!isNewOp)
      return makeFileError(
          pattern.where,
          "op '" + op + "' is of two patterns, '" + pattern.name + "' and '" +
              (earlier->second == list.size() ? pattern.name
                                              : list[earlier->second].name) +
              "'; leave it out of one");
  }
  list.push_back(std::move(pattern));
  return llvm::Error::success();
}

const OpPattern *OpKinds::find(llvm::StringRef name) const {
  auto it = indexOfName.find(name);
  return it == indexOfName.end() ? nullptr : &list[it->second];
}

const OpPattern *OpKinds::patternOf(llvm::StringRef opName) const {
  if (auto it = indexOfOp.find(opName); it != indexOfOp.end())
    return &list[it->second];
  auto [dialect, op] = opName.split('.');
  if (llvm::is_contained(namingDialects, dialect))
    if (const OpPattern *kind = find(op); kind && !kind->isFused)
      return kind;
  auto it = indexOfOp.find((dialect + ".*").str());
  return it == indexOfOp.end() ? nullptr : &list[it->second];
}

std::vector<llvm::StringRef> OpKinds::names() const {
  std::vector<llvm::StringRef> names;
  for (const OpPattern &pattern : list)
    names.push_back(pattern.name);
  return names;
}

} // namespace roofline
