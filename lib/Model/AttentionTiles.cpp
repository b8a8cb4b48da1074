//===- AttentionTiles.cpp - How attention is cut into tiles ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AttentionTiles.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>

namespace roofline {

namespace {

/// The tiles of one head dimension, without and with a window.
struct TileSizes {
  double headDim;
  AttentionTile full;
  AttentionTile windowed;
};

// The sizes that the kernels of FlashAttention 2 and 3 are compiled with for
// causal attention in bf16. Dimensions above 256 are not theirs: sizes that fit
// in the same registers and shared memory.
constexpr TileSizes flash2Tiles[] = {{64, {128, 128}, {128, 128}},
                                     {128, {128, 64}, {128, 64}},
                                     {192, {128, 64}, {128, 64}},
                                     {256, {64, 64}, {64, 64}},
                                     {512, {64, 32}, {64, 32}}};
constexpr TileSizes flash3Tiles[] = {{64, {192, 128}, {192, 128}},
                                     {128, {128, 128}, {128, 128}},
                                     {192, {128, 128}, {128, 96}},
                                     {256, {128, 80}, {128, 64}},
                                     {512, {64, 64}, {64, 64}}};
// The same of FlashAttention 3 for elements of 8 bits, which leave room for
// more keys.
constexpr TileSizes flash3Tiles8Bit[] = {{64, {192, 160}, {192, 160}},
                                         {128, {128, 224}, {128, 192}},
                                         {192, {128, 160}, {128, 128}},
                                         {256, {128, 128}, {128, 64}},
                                         {512, {64, 64}, {64, 64}}};
// Two tiles of 128 rows share the blocks of keys while the accumulators of both
// fit in tensor memory, which ends at a head dimension of 192.
constexpr TileSizes flash4Tiles[] = {{64, {256, 128}, {256, 128}},
                                     {128, {256, 128}, {256, 128}},
                                     {192, {256, 128}, {256, 128}},
                                     {256, {128, 128}, {128, 128}},
                                     {512, {64, 64}, {64, 64}}};
// Of all generations: one warp group, or two where that hides more of the loads
// of long rows.
constexpr TileSizes decodeTiles[] = {{64, {64, 128}, {64, 128}},
                                     {128, {64, 128}, {64, 128}},
                                     {192, {128, 128}, {128, 96}},
                                     {256, {128, 80}, {128, 64}},
                                     {512, {64, 64}, {64, 64}}};

AttentionTile tileOf(llvm::ArrayRef<TileSizes> sizes, double headDim,
                     bool isWindowed) {
  const TileSizes *entry =
      llvm::find_if(sizes, [&](const TileSizes &candidate) {
        return headDim <= candidate.headDim;
      });
  if (entry == sizes.end())
    entry = &sizes.back();
  return isWindowed ? entry->windowed : entry->full;
}

/// The sum of floor((step * i + first) / divisor) over i in [0, count), of
/// integers that are not negative. The whole parts of the quotients are summed
/// directly; of what remains, counting the lattice points under the line by
/// rows rather than columns gives the same sum with divisor and step swapped,
/// as in Euclid's algorithm.
double floorSum(double count, double divisor, double step, double first) {
  double sum = 0;
  while (count > 0) {
    sum += std::floor(step / divisor) * count * (count - 1) / 2;
    sum += std::floor(first / divisor) * count;
    step = std::fmod(step, divisor);
    first = std::fmod(first, divisor);
    double top = step * count + first;
    count = std::floor(top / divisor);
    first = std::fmod(top, divisor);
    std::swap(step, divisor);
  }
  return sum;
}

/// The tiles of rows, and which blocks each of them needs.
class TileWalk {
public:
  TileWalk(const QueryRows &rows, AttentionTile tile)
      : rows(rows), tile(tile),
        tiles(std::max(1.0, std::ceil(rows.queries * rows.group / tile.rows))) {
    if (rows.window > 0 && rows.window > rows.offset)
      firstCut =
          std::ceil((rows.window - rows.offset) * rows.group / tile.rows);
  }

  double tileCount() const { return tiles; }

  /// Tiles before the first one whose window begins after the first key.
  double uncutTiles() const {
    return rows.window > 0 ? std::min(firstCut, tiles) : tiles;
  }

  /// Tiles after which the position of rows in blocks repeats.
  double period() const {
    double divisor = rows.group * tile.keys;
    double rest = tile.rows;
    double common = divisor;
    while (rest > 0) {
      double next = std::fmod(common, rest);
      common = rest;
      rest = next;
    }
    return divisor / common;
  }

  double blocksOf(double index) const {
    double lastRow =
        std::min((index + 1) * tile.rows - 1, rows.queries * rows.group - 1);
    double lastKey = rows.offset + std::floor(lastRow / rows.group);
    double blocks = std::floor(lastKey / tile.keys) + 1;
    if (rows.window > 0) {
      double firstQuery =
          rows.offset + std::floor(index * tile.rows / rows.group);
      blocks -= std::floor(std::max(0.0, firstQuery - rows.window) / tile.keys);
    }
    return blocks;
  }

  /// Of all tiles. floor(floor(x / g) / n) = floor(x / (g n)) makes of each
  /// tile's first and last block one quotient.
  double allBlocks() const {
    double divisor = rows.group * tile.keys;
    // The last tile may be cut short.
    double sum = blocksOf(tiles - 1) + (tiles - 1) +
                 floorSum(tiles - 1, divisor, tile.rows,
                          rows.offset * rows.group + tile.rows - 1);
    double cut = tiles - 1 - uncutTiles();
    if (cut > 0)
      sum -= floorSum(cut, divisor, tile.rows,
                      (rows.offset - rows.window) * rows.group +
                          firstCut * tile.rows);
    return sum;
  }

private:
  QueryRows rows;
  AttentionTile tile;
  double tiles;
  double firstCut = 0;
};

} // namespace

llvm::ArrayRef<llvm::StringLiteral> attentionKernelNames() {
  static constexpr llvm::StringLiteral names[] = {"flash2", "flash3", "flash4"};
  return names;
}

std::optional<AttentionKernels> parseAttentionKernels(llvm::StringRef name) {
  llvm::ArrayRef<llvm::StringLiteral> names = attentionKernelNames();
  const auto *it = llvm::find(names, name);
  if (it == names.end())
    return std::nullopt;
  return static_cast<AttentionKernels>(it - names.begin());
}

double paddedHeadDim(double headDim) {
  for (const TileSizes &sizes : flash3Tiles)
    if (headDim <= sizes.headDim)
      return sizes.headDim;
  return headDim;
}

AttentionTile prefillTile(AttentionKernels kernels, double headDim,
                          bool isWindowed, bool is8Bit) {
  switch (kernels) {
  case AttentionKernels::Flash2:
    return tileOf(flash2Tiles, headDim, isWindowed);
  case AttentionKernels::Flash3:
    break;
  case AttentionKernels::Flash4:
    return tileOf(flash4Tiles, headDim, isWindowed);
  }
  if (is8Bit)
    return tileOf(flash3Tiles8Bit, headDim, isWindowed);
  return tileOf(flash3Tiles, headDim, isWindowed);
}

AttentionTile decodeTile(double headDim, bool isWindowed) {
  return tileOf(decodeTiles, headDim, isWindowed);
}

QueryRows queryRowsOf(const AttentionShape &shape) {
  QueryRows rows;
  rows.queries = shape.queries;
  rows.offset = std::max(0.0, shape.context - shape.queries);
  rows.window = shape.window;
  rows.allKeys = shape.isCausal ? 0 : shape.context;
  return rows;
}

double seenKeys(const AttentionShape &shape) {
  if (!shape.isCausal)
    return shape.context;
  double seen = std::max(shape.queries, shape.context);
  return shape.window > 0 ? std::min(seen, shape.queries + shape.window) : seen;
}

TileCounts countTiles(const QueryRows &rows, AttentionTile tile) {
  TileWalk walk(rows, tile);
  double tiles = walk.tileCount();
  if (rows.allKeys > 0) {
    double blocks = std::ceil(rows.allKeys / tile.keys);
    return {tiles, tiles * blocks, blocks, blocks};
  }
  TileCounts counts = {tiles, walk.allBlocks(), walk.blocksOf(tiles - 1),
                       walk.blocksOf(0)};
  if (rows.window > 0) {
    // Up to the first tile with a cut window blocks only grow; after it they
    // repeat.
    double uncut = walk.uncutTiles();
    double first = std::max(0.0, uncut - 1);
    double last = std::min(tiles, uncut + walk.period());
    for (double index = first; index < last; ++index) {
      double blocks = walk.blocksOf(index);
      counts.mostBlocks = std::max(counts.mostBlocks, blocks);
      counts.fewestBlocks = std::min(counts.fewestBlocks, blocks);
    }
    counts.fewestBlocks =
        std::min(counts.fewestBlocks, walk.blocksOf(tiles - 1));
  }
  return counts;
}

} // namespace roofline
