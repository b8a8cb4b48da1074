//===- KernelMatching.cpp - The same kernels in two reports ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelMatching.h"

#include "SequenceMatching.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"

#include <map>

namespace roofline {

namespace {

constexpr size_t unmatched = ~size_t(0);

/// Numbers texts by the order in which they are met.
class Numbers {
public:
  unsigned of(llvm::StringRef text) {
    return numberOf.try_emplace(text, unsigned(numberOf.size())).first->second;
  }
  size_t size() const { return numberOf.size(); }

private:
  llvm::StringMap<unsigned> numberOf;
};

std::string familyAndName(const KernelRow &row) {
  return (stringify(row.family) + "|" + row.name).str();
}

/// What a saved report says of the structure of a kernel.
std::string structureOf(const KernelRow &row, const KnownOr<Count> &launches) {
  std::string text = familyAndName(row) + "|" + std::to_string(row.ops) + "|" +
                     (launches ? launches->str() : "?") + "|" +
                     row.demand.readBytes.str() + "|" +
                     row.demand.writtenBytes.str();
  for (const Work &work : row.demand.work)
    text += "|" + work.where.str() + "=" + work.ops.str();
  if (const std::optional<ContractionShape> &shape = row.demand.contraction)
    for (Count extent : {shape->batch, shape->m, shape->n, shape->k})
      text += "|" + extent.str();
  return text;
}

/// The kernels of a report in program order.
std::vector<ListedKernel> inProgramOrder(const Report &report,
                                         Numbers &numbers) {
  std::vector<ListedKernel> kernels;
  for (const KernelRow &row : report.kernels) {
    std::optional<unsigned> ofAll;
    for (size_t index = 0; index < row.locations.size(); ++index) {
      KnownOr<Count> launches = row.launches;
      // Where they do not differ, each has the same share of all launches.
      if (!row.launchesOf.empty())
        launches = row.launchesOf[index];
      else if (launches)
        launches = launches->dividedRoundingUp(row.locations.size());
      unsigned structure = 0;
      if (row.launchesOf.empty() && ofAll)
        structure = *ofAll;
      else
        ofAll = structure = numbers.of(structureOf(row, launches));
      kernels.push_back({&row, index, launches, structure});
    }
  }
  llvm::stable_sort(kernels,
                    [](const ListedKernel &lhs, const ListedKernel &rhs) {
                      return lhs.position() < rhs.position();
                    });
  return kernels;
}

/// One report's half of a matching.
struct Side {
  std::vector<ListedKernel> kernels;
  std::vector<unsigned> structures;
  /// Of each kernel, its match in the other report.
  std::vector<size_t> match;

  explicit Side(std::vector<ListedKernel> placed)
      : kernels(std::move(placed)), match(kernels.size(), unmatched) {
    for (const ListedKernel &kernel : kernels)
      structures.push_back(kernel.structure);
  }
};

void join(Side &before, size_t row, Side &after, size_t column) {
  before.match[row] = column;
  after.match[column] = row;
}

/// Of layers that are alike any may be the one that is gone. Takes the one that
/// has something new beside it, which is then what became of it: an unmatched
/// run may move by one where the kernel before it is like its last one, or the
/// kernel behind it like its first.
void slideTowardsChanges(Side &side, Side &other) {
  const size_t size = side.match.size();
  auto isLeft = [&](size_t at) {
    return at < other.match.size() && other.match[at] == unmatched;
  };
  auto slideUp = [&](size_t begin, size_t end) {
    for (size_t steps = 0;; ++steps) {
      size_t first = begin - steps;
      if (isLeft(first == 0 ? 0 : side.match[first - 1] + 1)) {
        for (size_t step = 1; step <= steps; ++step) {
          size_t from = begin - step;
          join(side, end - step, other, side.match[from]);
          side.match[from] = unmatched;
        }
        return true;
      }
      if (first == 0 ||
          side.structures[first - 1] != side.structures[end - 1 - steps] ||
          (first > 1 && side.match[first - 2] == unmatched))
        return false;
    }
  };
  auto slideDown = [&](size_t begin, size_t end) {
    for (size_t steps = 0;; ++steps) {
      size_t last = end + steps;
      if (isLeft((last == size ? other.match.size() : side.match[last]) - 1)) {
        for (size_t step = 0; step < steps; ++step) {
          size_t from = end + step;
          join(side, begin + step, other, side.match[from]);
          side.match[from] = unmatched;
        }
        return;
      }
      if (last == size ||
          side.structures[begin + steps] != side.structures[last] ||
          (last + 1 < size && side.match[last + 1] == unmatched))
        return;
    }
  };
  for (size_t begin = 0; begin < size;) {
    if (side.match[begin] != unmatched) {
      ++begin;
      continue;
    }
    size_t end = begin;
    while (end < size && side.match[end] == unmatched)
      ++end;
    if (!slideUp(begin, end))
      slideDown(begin, end);
    begin = end;
  }
}

/// Joins the kernels of each structure that are left, in order.
void joinByStructure(Side &before, Side &after, size_t structures) {
  std::vector<std::vector<size_t>> left(structures);
  for (size_t row = 0; row < before.match.size(); ++row)
    if (before.match[row] == unmatched)
      left[before.structures[row]].push_back(row);
  std::vector<size_t> used(structures);
  for (size_t column = 0; column < after.match.size(); ++column) {
    unsigned structure = after.structures[column];
    if (after.match[column] != unmatched)
      continue;
    const std::vector<size_t> &rows = left[structure];
    if (used[structure] < rows.size())
      join(before, rows[used[structure]++], after, column);
  }
}

/// What is left of a side: kernels with the stretch between matched ones that
/// they are in.
struct Leftover {
  size_t at;
  size_t stretch;
};

std::vector<Leftover> leftovers(const Side &side,
                                llvm::ArrayRef<size_t> anchors) {
  std::vector<Leftover> left;
  size_t stretch = 0;
  for (size_t at = 0; at < side.match.size(); ++at) {
    while (stretch < anchors.size() && anchors[stretch] < at)
      ++stretch;
    if (side.match[at] == unmatched)
      left.push_back({at, stretch});
  }
  return left;
}

std::string extents(const KernelRow &row, bool hasM, bool hasN, bool hasK) {
  const std::optional<ContractionShape> &shape = row.demand.contraction;
  if (!shape)
    return "";
  return familyAndName(row) + "|" + shape->batch.str() + "|" +
         (hasM ? shape->m.str() : "") + "|" + (hasN ? shape->n.str() : "") +
         "|" + (hasK ? shape->k.str() : "");
}

/// What a kernel keeps when it changes, from much to little; an empty text
/// matches nothing.
using Likeness = std::string (*)(const ListedKernel &);
constexpr Likeness likenesses[] = {
    // The same product of other data: a batch or a sequence is longer.
    [](const ListedKernel &kernel) {
      return extents(*kernel.row, false, true, true);
    },
    [](const ListedKernel &kernel) {
      return extents(*kernel.row, true, true, false);
    },
    [](const ListedKernel &kernel) {
      return extents(*kernel.row, true, false, true);
    },
    [](const ListedKernel &kernel) { return familyAndName(*kernel.row); },
    [](const ListedKernel &kernel) {
      return stringify(kernel.row->family).str();
    },
};

/// True of names that a framework gave: places in a file move.
bool isName(llvm::StringRef location) {
  auto [rest, column] = location.rsplit(':');
  unsigned number = 0;
  return location != "-" && (column.empty() || column.getAsInteger(10, number));
}

/// Pairs what is left by `keyOf`, in order. Returns nothing for an empty key.
template <typename Key>
void pairLeftovers(Side &before, std::vector<Leftover> &rows, Side &after,
                   std::vector<Leftover> &columns, Key keyOf,
                   bool isOncePerKey) {
  struct Candidates {
    std::vector<size_t> rows;
    std::vector<size_t> columns;
  };
  std::map<std::string, Candidates> byKey;
  auto collect = [&](const Side &side, const std::vector<Leftover> &left,
                     std::vector<size_t> Candidates::*member) {
    for (const Leftover &entry : left)
      if (std::string key = keyOf(side.kernels[entry.at], entry.stretch);
          !key.empty())
        (byKey[key].*member).push_back(entry.at);
  };
  collect(before, rows, &Candidates::rows);
  collect(after, columns, &Candidates::columns);
  for (const auto &[key, candidates] : byKey)
    if (!isOncePerKey ||
        (candidates.rows.size() == 1 && candidates.columns.size() == 1))
      for (auto [row, column] : llvm::zip(candidates.rows, candidates.columns))
        join(before, row, after, column);
  auto isGone = [](const Side &side) {
    return [&side](const Leftover &entry) {
      return side.match[entry.at] != unmatched;
    };
  };
  llvm::erase_if(rows, isGone(before));
  llvm::erase_if(columns, isGone(after));
}

/// Pairs what changed: first by the name of the place, then what is in one
/// stretch and alike.
void pairChanged(Side &before, Side &after, llvm::ArrayRef<size_t> rowAnchors,
                 llvm::ArrayRef<size_t> columnAnchors) {
  std::vector<Leftover> rows = leftovers(before, rowAnchors);
  std::vector<Leftover> columns = leftovers(after, columnAnchors);
  pairLeftovers(
      before, rows, after, columns,
      [](const ListedKernel &kernel, size_t) {
        return isName(kernel.location())
                   ? (stringify(kernel.row->family) + "|" + kernel.location())
                         .str()
                   : std::string();
      },
      /*isOncePerKey=*/true);
  for (Likeness likeness : likenesses)
    pairLeftovers(
        before, rows, after, columns,
        [&](const ListedKernel &kernel, size_t stretch) {
          std::string text = likeness(kernel);
          return text.empty() ? text : std::to_string(stretch) + "|" + text;
        },
        /*isOncePerKey=*/false);
}

} // namespace

KnownOr<double> ListedKernel::seconds(size_t target) const {
  const KnownOr<double> &ofAll = row->times[target].seconds;
  if (!ofAll)
    return ofAll.unknown();
  if (!launches || !row->launches)
    return (launches ? row->launches : launches).unknown();
  double all = row->launches->asDouble();
  return all == 0 ? 0.0 : *ofAll * (launches->asDouble() / all);
}

KernelMatching matchKernels(const Report &before, const Report &after) {
  Numbers numbers;
  Side rows(inProgramOrder(before, numbers));
  Side columns(inProgramOrder(after, numbers));

  // Structures that both have equally many of match as a whole. The order of
  // the program decides about those that one of them has more of, and where in
  // the program the rest is.
  std::vector<size_t> rowCounts(numbers.size()), columnCounts(numbers.size());
  for (unsigned structure : rows.structures)
    ++rowCounts[structure];
  for (unsigned structure : columns.structures)
    ++columnCounts[structure];
  std::vector<size_t> rowAnchors, columnAnchors;
  if (rowCounts != columnCounts) {
    // Runs of what only one report has are no more than gaps to the other.
    auto withGaps = [&](const Side &side, unsigned gap,
                        std::vector<size_t> &indices) {
      std::vector<unsigned> structures;
      for (auto [at, structure] : llvm::enumerate(side.structures)) {
        bool isShared = rowCounts[structure] > 0 && columnCounts[structure] > 0;
        if (!isShared && !structures.empty() && structures.back() == gap)
          continue;
        indices.push_back(at);
        structures.push_back(isShared ? structure : gap);
      }
      return structures;
    };
    const auto firstGap = unsigned(numbers.size());
    std::vector<size_t> rowIndices, columnIndices;
    std::vector<unsigned> rowStructures = withGaps(rows, firstGap, rowIndices);
    std::vector<unsigned> columnStructures =
        withGaps(columns, firstGap + 1, columnIndices);
    for (auto [row, column] : matchSequences(rowStructures, columnStructures))
      join(rows, rowIndices[row], columns, columnIndices[column]);
    slideTowardsChanges(rows, columns);
    slideTowardsChanges(columns, rows);
    for (auto [row, column] : llvm::enumerate(rows.match))
      if (column != unmatched) {
        rowAnchors.push_back(row);
        columnAnchors.push_back(column);
      }
  }
  // What moved. Nothing is left of a structure here but on one side.
  joinByStructure(rows, columns, numbers.size());
  std::vector<bool> isEqual;
  isEqual.reserve(rows.match.size());
  for (size_t column : rows.match)
    isEqual.push_back(column != unmatched);
  pairChanged(rows, columns, rowAnchors, columnAnchors);

  KernelMatching matching;
  for (auto [row, kernel] : llvm::enumerate(rows.kernels)) {
    KernelPair pair{kernel, std::nullopt};
    if (size_t column = rows.match[row]; column != unmatched)
      pair.after = columns.kernels[column];
    (isEqual[row] ? matching.equal : matching.different).push_back(pair);
  }
  for (auto [column, kernel] : llvm::enumerate(columns.kernels))
    if (columns.match[column] == unmatched)
      matching.different.push_back({std::nullopt, kernel});
  return matching;
}

} // namespace roofline
