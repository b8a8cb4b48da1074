//===- GemmTiles.cpp - Tiles of kernels of matrix products ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GemmTiles.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace roofline {

namespace {

/// A core holds the sums of at most this many elements: 128 KiB of f32, half
/// of the registers of a Hopper core and all of the result buffer of an Ascend
/// cube.
constexpr double maxArea = 128 * 256;

/// wgmma works on 64 rows (or columns, transposed) by multiples of 8.
constexpr double wgmmaSides[] = {16, 32, 64, 96, 128, 192, 256};
constexpr double mmaSides[] = {16, 32, 64, 128, 256};
constexpr double cubeRows[] = {16, 32, 64, 128, 256};
constexpr double cubeColumns[] = {16, 32, 64, 128, 256, 512};
constexpr double cutlassSides[] = {64, 128};
/// Of kernels that scale the sums of blocks of 128 elements of depth
/// (DeepGEMM): 64 rows up to 64, else 128, and as few columns as fill the
/// cores.
constexpr double blockedRows[] = {64, 128};
constexpr double blockedColumns[] = {16, 24, 32,  40,  48,  56,  64,  72, 80,
                                     88, 96, 104, 112, 120, 128, 144, 160};
/// Of kernels that convert weights on their way: no tile is wider than what its
/// weights' registers hold.
constexpr double mixedRows[] = {16, 32, 64, 128};
constexpr double mixedColumns[] = {64, 128, 256};

constexpr GemmKernels kernelSets[] = {
    {"wgmma", wgmmaSides, wgmmaSides, /*longSide=*/64,
     /*mostRowsOfSmallTile=*/0, /*isSquare=*/false, /*pairsRows=*/false,
     /*walksRows=*/false,
     /*splitsSums=*/true, /*cutsTiles=*/false, /*hasOneLoadQueue=*/false},
    {"mma", mmaSides, mmaSides, /*longSide=*/64, /*mostRowsOfSmallTile=*/0,
     /*isSquare=*/false, /*pairsRows=*/false, /*walksRows=*/false,
     /*splitsSums=*/true,
     /*cutsTiles=*/false, /*hasOneLoadQueue=*/false},
    // As serving engines launch CUTLASS's kernels for 8-bit floats on Hopper.
    {"cutlass_f8", cutlassSides, cutlassSides, /*longSide=*/64,
     /*mostRowsOfSmallTile=*/256, /*isSquare=*/true, /*pairsRows=*/false,
     /*walksRows=*/true,
     /*splitsSums=*/false, /*cutsTiles=*/false, /*hasOneLoadQueue=*/false},
    {"blocked_f8", blockedRows, blockedColumns, /*longSide=*/64,
     /*mostRowsOfSmallTile=*/64, /*isSquare=*/false, /*pairsRows=*/true,
     /*walksRows=*/false,
     /*splitsSums=*/false, /*cutsTiles=*/false, /*hasOneLoadQueue=*/false},
    {"mixed", mixedRows, mixedColumns, /*longSide=*/64,
     /*mostRowsOfSmallTile=*/0, /*isSquare=*/false, /*pairsRows=*/false,
     /*walksRows=*/false,
     /*splitsSums=*/true, /*cutsTiles=*/false, /*hasOneLoadQueue=*/false},
    {"cube", cubeRows, cubeColumns, /*longSide=*/16,
     /*mostRowsOfSmallTile=*/0, /*isSquare=*/false, /*pairsRows=*/false,
     /*walksRows=*/false,
     /*splitsSums=*/false, /*cutsTiles=*/true, /*hasOneLoadQueue=*/true},
};

/// The least side that holds `extent`, or the longest.
double enclosingSide(llvm::ArrayRef<double> sides, double extent) {
  for (double side : sides)
    if (side >= extent)
      return side;
  return sides.back();
}

} // namespace

llvm::ArrayRef<GemmKernels> gemmKernelSets() { return kernelSets; }

const GemmKernels *findGemmKernels(llvm::StringRef name) {
  const auto *it = llvm::find_if(kernelSets, [&](const GemmKernels &kernels) {
    return kernels.name == name;
  });
  return it == std::end(kernelSets) ? nullptr : it;
}

GemmTiles gemmTiles(const GemmKernels &kernels, double m, double n) {
  if (kernels.mostRowsOfSmallTile > 0) {
    double rows = m <= kernels.mostRowsOfSmallTile ? kernels.rows.front()
                                                   : kernels.rows.back();
    if (kernels.isSquare)
      return {{rows, rows}};
    GemmTiles tiles;
    double enough = enclosingSide(kernels.columns, n);
    for (double columns : kernels.columns)
      if (columns <= enough)
        tiles.push_back({rows, columns});
    return tiles;
  }
  double enoughRows = enclosingSide(kernels.rows, m);
  double enoughColumns = enclosingSide(kernels.columns, n);
  GemmTiles tiles;
  for (double rows : kernels.rows)
    for (double columns : kernels.columns) {
      if (std::max(rows, columns) < kernels.longSide ||
          rows * columns > maxArea)
        continue;
      // A side longer than the result only serves to be the long one.
      double needed = columns < kernels.longSide ? kernels.longSide : 0;
      bool isTaller = rows > std::max(enoughRows, needed);
      needed = rows < kernels.longSide ? kernels.longSide : 0;
      bool isWider = columns > std::max(enoughColumns, needed);
      if (!isTaller && !isWider)
        tiles.push_back({rows, columns});
    }
  return tiles;
}

} // namespace roofline
