//===- TraceAlignment.cpp - Which launch is which -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/TraceComparison.h"
#include "roofline/Calibration/TraceKernelNames.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline {

namespace {

// Likenesses. An anchor outweighs the streaming kernels that a wrong place of
// it would let match. Times decide among kernels of one family: a factor of ten
// or more takes half of their likeness. All of that of different families.
constexpr double anchorLikeness = 4;
constexpr double familyLikeness = 2;
constexpr double relatedLikeness = 1;
constexpr double familyPenalty = 0.5;
constexpr double relatedPenalty = 1;
const double largestRatio = std::log(10.0);

/// Which kernels a fusion may have made of any others.
bool isGeneral(KernelFamily family) {
  switch (family) {
  case KernelFamily::Elementwise:
  case KernelFamily::Reduction:
  case KernelFamily::DataMovement:
  case KernelFamily::GatherScatter:
    return true;
  default:
    return false;
  }
}

/// Which kernels run through memory.
bool isStreaming(KernelFamily family) {
  switch (family) {
  case KernelFamily::Collective:
  case KernelFamily::Scalar:
  case KernelFamily::Opaque:
    return false;
  default:
    return !isAnchor(family);
  }
}

/// The likeness of two families, and the share of it that unlike times take.
struct Likeness {
  double base = 0;
  double penalty = 0;
};

Likeness likenessOf(KernelFamily lhs, KernelFamily rhs) {
  if (lhs == rhs)
    return {isAnchor(lhs) ? anchorLikeness : familyLikeness, familyPenalty};
  // One product may be written as another: experts one by one, a convolution
  // with a filter of one element.
  if (isAnchor(lhs) && isAnchor(rhs) && lhs != KernelFamily::Attention &&
      rhs != KernelFamily::Attention)
    return {familyLikeness, familyPenalty};
  if (isStreaming(lhs) && isStreaming(rhs) &&
      (isGeneral(lhs) || isGeneral(rhs)))
    return {relatedLikeness, relatedPenalty};
  return {};
}

constexpr size_t familyCount = size_t(KernelFamily::Opaque) + 1;
using LikenessTable =
    std::array<std::array<Likeness, familyCount>, familyCount>;

LikenessTable makeLikenessTable() {
  LikenessTable table;
  for (size_t lhs = 0; lhs < familyCount; ++lhs)
    for (size_t rhs = 0; rhs < familyCount; ++rhs)
      table[lhs][rhs] = likenessOf(KernelFamily(lhs), KernelFamily(rhs));
  return table;
}

/// A launch with the logarithm of its time.
struct Side {
  size_t family;
  double seconds;
  double logSeconds;
  bool isKnown;
  unsigned products;
};

std::vector<Side> sidesOf(llvm::ArrayRef<AlignedLaunch> launches) {
  std::vector<Side> sides;
  sides.reserve(launches.size());
  for (const AlignedLaunch &launch : launches) {
    bool isKnown = launch.seconds > 0;
    sides.push_back({size_t(launch.family), launch.seconds,
                     isKnown ? std::log(launch.seconds) : 0.0, isKnown,
                     std::clamp(launch.products, 1u, maxProducts)});
  }
  return sides;
}

// What each further launch adds that an estimate of several products stands
// for, as a part of the likeness: those that are left over are unlikely.
constexpr double productBonus = 0.25;

/// How a cell of the table was reached: by a match with this many launches, or
/// by one of these.
using Move = uint8_t;
constexpr Move skipMeasured = 0;
constexpr Move skipEstimate = UINT8_MAX;
static_assert(maxProducts < skipEstimate);

/// For each launch, the one before it that may belong to the same estimate: the
/// last one of its family with no other anchor between; `columns` where there
/// is none.
std::vector<size_t> findSiblings(llvm::ArrayRef<Side> launches) {
  std::vector<size_t> siblings(launches.size(), launches.size());
  size_t last = launches.size();
  for (size_t index = 0; index < launches.size(); ++index) {
    if (!isAnchor(KernelFamily(launches[index].family)))
      continue;
    if (last < launches.size() &&
        launches[last].family == launches[index].family)
      siblings[index] = last;
    last = index;
  }
  return siblings;
}

} // namespace

std::vector<std::pair<uint32_t, uint32_t>>
alignLaunches(llvm::ArrayRef<AlignedLaunch> estimates,
              llvm::ArrayRef<AlignedLaunch> measured, bool &isNarrowed,
              size_t maxPairs) {
  isNarrowed = false;
  const size_t rows = estimates.size(), columns = measured.size();
  if (rows == 0 || columns == 0)
    return {};
  static const LikenessTable table = makeLikenessTable();
  std::vector<Side> left = sidesOf(estimates), right = sidesOf(measured);
  const std::vector<size_t> siblings = findSiblings(right);

  // A row looks at `width` columns around the diagonal; at all of them, where
  // the table is small enough.
  size_t width = columns + 1;
  if (rows + 1 > maxPairs / width) {
    isNarrowed = true;
    // Neighbouring rows have to overlap for a path to go through.
    size_t step = columns / rows + 1;
    width = std::min(width, std::max(maxPairs / (rows + 1), 2 * step + 2));
  }
  auto firstColumn = [&](size_t row) {
    // In doubles, whose rounding is the same everywhere, not to overflow.
    auto centre = size_t(double(row) / double(rows) * double(columns));
    size_t half = width / 2;
    size_t first = centre > half ? centre - half : 0;
    return std::min(first, columns + 1 - width);
  };

  constexpr double none = -1;
  std::vector<Move> moves((rows + 1) * width);
  std::vector<double> above(width, 0), here(width, 0);
  size_t aboveFirst = firstColumn(0);
  for (size_t cell = 0; cell < width; ++cell)
    moves[cell] = skipMeasured;
  for (size_t row = 1; row <= rows; ++row) {
    const size_t first = firstColumn(row);
    const Side &estimate = left[row - 1];
    const auto &likenesses = table[estimate.family];
    auto scoreAbove = [&](size_t column) {
      return column < aboveFirst || column >= aboveFirst + width
                 ? none
                 : above[column - aboveFirst];
    };
    for (size_t cell = 0; cell < width; ++cell) {
      const size_t column = first + cell;
      double best = scoreAbove(column);
      Move move = skipEstimate;
      if (cell > 0 && here[cell - 1] >= best) {
        best = here[cell - 1];
        move = skipMeasured;
      }
      if (column > 0 && likenesses[right[column - 1].family].base > 0) {
        const Likeness &likeness = likenesses[right[column - 1].family];
        double seconds = 0;
        bool isKnown = estimate.isKnown;
        size_t earliest = column - 1;
        for (unsigned launches = 1; launches <= estimate.products; ++launches) {
          seconds += right[earliest].seconds;
          isKnown &= right[earliest].isKnown;
          // Of an unknown time nothing is known: it is half as unlike as can
          // be.
          double unlike = 0.5;
          if (isKnown) {
            double logSeconds =
                launches == 1 ? right[earliest].logSeconds : std::log(seconds);
            unlike = std::min(std::fabs(estimate.logSeconds - logSeconds) /
                                  largestRatio,
                              1.0);
          }
          double before = scoreAbove(earliest);
          double score =
              before + likeness.base * (1 - likeness.penalty * unlike +
                                        productBonus * (launches - 1));
          if (before >= 0 && score > before && score >= best) {
            best = score;
            move = Move(launches);
          }
          earliest = siblings[earliest];
          if (earliest == columns)
            break;
        }
      }
      here[cell] = std::max(best, none);
      moves[row * width + cell] = move;
    }
    std::swap(above, here);
    aboveFirst = first;
  }

  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  size_t row = rows, column = columns;
  while (row > 0 && column > 0) {
    Move move = moves[row * width + (column - firstColumn(row))];
    if (move == skipMeasured) {
      --column;
      continue;
    }
    --row;
    if (move == skipEstimate)
      continue;
    size_t launch = column - 1;
    for (Move launches = move;; --launches) {
      pairs.emplace_back(uint32_t(row), uint32_t(launch));
      column = launch;
      if (launches == 1)
        break;
      launch = siblings[launch];
    }
  }
  std::reverse(pairs.begin(), pairs.end());
  return pairs;
}

} // namespace roofline
