//===- NearestNames.cpp - What a misspelt name may have meant -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/NearestNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

#include <algorithm>

namespace roofline {

namespace {

/// The number of letters that both names start with.
size_t commonStart(llvm::StringRef lhs, llvm::StringRef rhs) {
  size_t length = 0;
  while (length < std::min(lhs.size(), rhs.size()) &&
         lhs[length] == rhs[length])
    ++length;
  return length;
}

} // namespace

std::vector<llvm::StringRef> nearestNames(llvm::StringRef name,
                                          llvm::ArrayRef<llvm::StringRef> names,
                                          size_t limit) {
  // A third of the letters may be wrong, and two in a short name.
  const std::string lower = name.lower();
  const unsigned allowed = std::max<unsigned>(2, lower.size() / 3);
  // By distance; of equally distant ones, the longer common start is likelier.
  struct Candidate {
    unsigned distance;
    size_t commonStart;
    llvm::StringRef name;
  };
  std::vector<Candidate> near;
  for (llvm::StringRef candidate : names) {
    unsigned distance = llvm::StringRef(lower).edit_distance(
        candidate.lower(), /*AllowReplacements=*/true, allowed);
    // Of a short name, something has to be left that agrees.
    if (distance <= allowed && distance < candidate.size())
      near.push_back({distance, commonStart(lower, candidate), candidate});
  }
  llvm::sort(near, [](const Candidate &lhs, const Candidate &rhs) {
    if (lhs.distance != rhs.distance)
      return lhs.distance < rhs.distance;
    if (lhs.commonStart != rhs.commonStart)
      return lhs.commonStart > rhs.commonStart;
    return lhs.name < rhs.name;
  });
  // What is clearly further away than the nearest only distracts, and so does
  // anything beside a name that differs in letter case only.
  std::vector<llvm::StringRef> result;
  for (const Candidate &candidate : near) {
    unsigned nearest = near.front().distance;
    if (result.size() < limit &&
        candidate.distance <= (nearest == 0 ? 0 : nearest + 1))
      result.push_back(candidate.name);
  }
  return result;
}

std::string quotedList(llvm::ArrayRef<llvm::StringRef> names,
                       llvm::StringRef conjunction) {
  std::string text;
  for (auto [index, name] : llvm::enumerate(names)) {
    if (index != 0)
      text += index + 1 == names.size() ? (" " + conjunction + " ").str()
                                        : std::string(", ");
    text += ("'" + name + "'").str();
  }
  return text;
}

std::string suggestName(llvm::StringRef name,
                        llvm::ArrayRef<llvm::StringRef> names,
                        llvm::StringRef what) {
  std::vector<llvm::StringRef> near = nearestNames(name, names);
  if (!near.empty())
    return "did you mean " + quotedList(near) + "?";
  return ("known " + what + " are " + quotedList(names, "and")).str();
}

} // namespace roofline
