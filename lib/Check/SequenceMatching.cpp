//===- SequenceMatching.cpp - What two sequences have in common -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SequenceMatching.h"

#include <algorithm>

namespace roofline {

namespace {

using Matches = std::vector<std::pair<size_t, size_t>>;

/// Items that are not common before the search gives up. Memory grows with the
/// square of it, 16 MB here.
constexpr int maxEdits = 2000;

/// Matches what is left when common ends are gone. Row `d` of the trace holds,
/// for each diagonal from -d to d, how far into `before` one gets with d edits.
Matches matchMiddle(llvm::ArrayRef<unsigned> before,
                    llvm::ArrayRef<unsigned> after) {
  const int rows = static_cast<int>(before.size());
  const int columns = static_cast<int>(after.size());
  std::vector<std::vector<int>> trace;
  auto reached = [&](int edits, int diagonal) {
    return trace[edits][diagonal + edits];
  };
  // Whether the path on `diagonal` with `edits` came by leaving out an item of
  // `after`, and where in `before` it then starts.
  auto start = [&](int edits, int diagonal) -> std::pair<bool, int> {
    bool isInsertion =
        diagonal == -edits ||
        (diagonal != edits &&
         reached(edits - 1, diagonal - 1) < reached(edits - 1, diagonal + 1));
    int row = isInsertion ? reached(edits - 1, diagonal + 1)
                          : reached(edits - 1, diagonal - 1) + 1;
    return {isInsertion, row};
  };
  auto follow = [&](int row, int diagonal) {
    while (row < rows && row - diagonal < columns &&
           before[row] == after[row - diagonal])
      ++row;
    return row;
  };

  int edits = 0;
  for (bool isDone = false; !isDone; ++edits) {
    if (edits > maxEdits)
      return {};
    trace.emplace_back(2 * edits + 1);
    for (int diagonal = -edits; diagonal <= edits && !isDone; diagonal += 2) {
      int row = edits == 0 ? 0 : start(edits, diagonal).second;
      row = follow(row, diagonal);
      trace[edits][diagonal + edits] = row;
      isDone = diagonal == rows - columns && row >= rows;
    }
  }

  Matches matches;
  int row = rows, diagonal = rows - columns;
  for (--edits; edits >= 0; --edits) {
    auto [isInsertion, from] =
        edits == 0 ? std::pair(false, 0) : start(edits, diagonal);
    while (row > from) {
      --row;
      matches.emplace_back(row, row - diagonal);
    }
    if (edits == 0)
      break;
    row = isInsertion ? from : from - 1;
    diagonal += isInsertion ? 1 : -1;
  }
  std::reverse(matches.begin(), matches.end());
  return matches;
}

} // namespace

Matches matchSequences(llvm::ArrayRef<unsigned> before,
                       llvm::ArrayRef<unsigned> after) {
  Matches matches;
  size_t start = 0, end = 0;
  const size_t shorter = std::min(before.size(), after.size());
  while (start < shorter && before[start] == after[start]) {
    matches.emplace_back(start, start);
    ++start;
  }
  while (end < shorter - start &&
         before[before.size() - 1 - end] == after[after.size() - 1 - end])
    ++end;
  for (auto [row, column] :
       matchMiddle(before.slice(start, before.size() - start - end),
                   after.slice(start, after.size() - start - end)))
    matches.emplace_back(start + row, start + column);
  for (; end > 0; --end)
    matches.emplace_back(before.size() - end, after.size() - end);
  return matches;
}

} // namespace roofline
