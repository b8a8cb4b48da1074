//===- AttentionTiles.h - How attention is cut into tiles -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A block of an attention kernel holds a tile of query rows and walks over
// blocks of keys. The query heads that share keys and values fill a tile
// together: its rows are (query, head of the group), heads innermost. What the
// sizes are is read from the kernels; nothing here is fitted.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_MODEL_ATTENTIONTILES_H
#define ROOFLINE_LIB_MODEL_ATTENTIONTILES_H

#include "roofline/Model/KernelShape.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace roofline {

/// Generations of fused attention, each written for one of tensor cores.
enum class AttentionKernels {
  Flash2, ///< Ampere: synchronous products of one warp.
  Flash3, ///< Hopper: asynchronous products of a warp group.
  Flash4, ///< Blackwell: two tiles of rows per block, products beside softmax.
};

/// The spellings in target files, in the order of `AttentionKernels`.
llvm::ArrayRef<llvm::StringLiteral> attentionKernelNames();

/// The kernels that target files call `name`.
std::optional<AttentionKernels> parseAttentionKernels(llvm::StringRef name);

/// The head dimension that kernels are compiled for: 64, 128, 192, 256 or 512,
/// the least that holds `headDim`, which is padded; larger ones as they are.
double paddedHeadDim(double headDim);

/// Query rows of a block and keys that it takes at a time.
struct AttentionTile {
  double rows;
  double keys;
};

/// The tile of prompts, for a padded head dimension, of products of 16 or 8
/// bits.
AttentionTile prefillTile(AttentionKernels kernels, double headDim,
                          bool isWindowed, bool is8Bit);

/// The tile of single new rows. Rows beyond the heads of a group are padding.
AttentionTile decodeTile(double headDim, bool isWindowed);

/// The new rows of one sequence that share one head of keys and values.
struct QueryRows {
  double queries = 1;
  /// Rows of context before the first of them.
  double offset = 0;
  /// Query heads per head of keys and values.
  double group = 1;
  /// Keys before a query that it sees; 0 where it sees all.
  double window = 0;
  /// Keys that every query sees, whatever is before it; 0 where it sees those
  /// up to its own row.
  double allKeys = 0;
};

/// The rows of one sequence; of one head where groups of them are not put
/// together.
QueryRows queryRowsOf(const AttentionShape &shape);

/// Rows of keys that any query of one sequence sees, and that have to be read.
double seenKeys(const AttentionShape &shape);

/// The tiles of `QueryRows`, and the blocks of keys that they walk over.
struct TileCounts {
  double tiles;
  /// Of all tiles together.
  double blocks;
  /// Of one tile.
  double mostBlocks;
  double fewestBlocks;
};

/// A tile's blocks are those up to its last query, or all. Takes a time that
/// does not depend on the number of rows. With a window, the blocks that a tile
/// touches depend on how the window lies in them.
TileCounts countTiles(const QueryRows &rows, AttentionTile tile);

} // namespace roofline

#endif // ROOFLINE_LIB_MODEL_ATTENTIONTILES_H
