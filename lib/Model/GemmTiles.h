//===- GemmTiles.h - Tiles of kernels of matrix products --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_GEMMTILES_H
#define ROOFLINE_MODEL_GEMMTILES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace roofline {

/// A part of the result that one core computes at a time.
struct GemmTile {
  double rows;
  double columns;
};

using GemmTiles = llvm::SmallVector<GemmTile, 48>;

/// What the kernels of a library have in common: which tiles there are, who
/// chooses among them, and how operands reach a core.
struct GemmKernels {
  /// The value of `kernels` in target files.
  llvm::StringLiteral name;
  /// Sides of tiles, ascending.
  llvm::ArrayRef<double> rows;
  llvm::ArrayRef<double> columns;
  /// One side of every tile has at least this length: that of one matrix
  /// instruction.
  double longSide;
  /// Up to this many rows tiles have the fewest rows, beyond it the most; 0
  /// where the best of all is taken.
  double mostRowsOfSmallTile;
  /// Tiles have as many columns as rows.
  bool isSquare;
  /// Two tiles of rows share what they load: beyond one, their number is even.
  bool pairsRows;
  /// All tiles of some rows come before those of the next rows, so that between
  /// two loads of some weights all others pass; other orders are compact.
  bool walksRows;
  /// Several cores may share the sums of one tile.
  bool splitsSums;
  /// Computes and loads of a tile at the edge only the part that exists, up to
  /// the next multiple of 16; others compute and load whole tiles.
  bool cutsTiles;
  /// Reads of L2 and of off-chip memory pass one queue, one after the other;
  /// elsewhere they overlap.
  bool hasOneLoadQueue;
};

/// Every set of kernels.
llvm::ArrayRef<GemmKernels> gemmKernelSets();

/// The set called `name`, or null.
const GemmKernels *findGemmKernels(llvm::StringRef name);

/// The tiles of `kernels` that may be the best for a result of `m` rows and `n`
/// columns. Left out is what does no better than a smaller tile: one of 256
/// rows for 40. Never empty.
GemmTiles gemmTiles(const GemmKernels &kernels, double m, double n);

} // namespace roofline

#endif // ROOFLINE_MODEL_GEMMTILES_H
