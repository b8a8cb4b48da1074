//===- ExpertLoads.h - Rows that each expert gets ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How the rows of a batch, each token once for every expert that it chose, are
// spread over experts: what a rank with its share of the experts computes.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_MODEL_EXPERTLOADS_H
#define ROOFLINE_LIB_MODEL_EXPERTLOADS_H

#include "roofline/Model/KernelShape.h"

#include "llvm/ADT/SmallVector.h"

namespace roofline {

/// Experts with the same number of rows.
struct ExpertLoad {
  double rows;
  double experts;
};

/// The experts of one rank that have rows.
class ExpertLoads {
public:
  /// Loads of `shape` when its experts are divided over `ranks` ranks. Balanced
  /// loads are all the same, or one row where there are fewer rows than
  /// experts. Others follow a power law with the shape's exponent, and the rank
  /// is the one with the most rows; what chance would give is replaced by its
  /// quantiles, so that the same shape always has the same loads.
  ExpertLoads(const ExpertsShape &shape, double ranks);

  /// Experts that have rows.
  double active() const;
  /// Rows of all of them.
  double rows() const;
  /// Tiles of `tileRows` rows, of which an expert's last one is padded.
  double tiles(double tileRows) const;

private:
  llvm::SmallVector<ExpertLoad, 16> loads;
};

} // namespace roofline

#endif // ROOFLINE_LIB_MODEL_EXPERTLOADS_H
