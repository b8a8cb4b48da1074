//===- AttentionMask.h - Which keys the queries of an attention see -*- C++
//-*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The probabilities that values are multiplied by are followed back through the
// graph. Where they are zero whatever the data are, the score is masked: what
// the ops do not prove is not told (A72).
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_ATTENTIONMASK_H
#define ROOFLINE_LIB_ANALYSIS_ATTENTIONMASK_H

#include "roofline/Analysis/KernelFormation.h"

#include <optional>

namespace roofline {

/// What the ops of a graph prove of the keys that query i of a sequence sees.
struct AttentionMask {
  /// None after key i + last.
  std::optional<int64_t> last;
  /// None before key i + first.
  std::optional<int64_t> first;
  /// None before key `begin`, nor from key `end` on, for all queries.
  int64_t begin = 0;
  int64_t end = 0;
  /// At most so many, wherever they are; absent where all may be seen.
  std::optional<int64_t> window;
  /// None after a key that the graph is told for each query when it runs.
  bool hasPositions = false;
  /// None of those keys, of all queries, that the graph is told: padding.
  bool hidesKeys = false;
  /// Scores that the graph is told for each query are masked: a mask that is an
  /// argument, or that is made by ops without a rule.
  bool isData = false;
  /// An op after which nothing is known of what is masked; null where all are.
  mlir::Operation *opaque = nullptr;
  /// Rows of the sequence, where the mask tells them from heads.
  std::optional<int64_t> queries;

  /// True where all that there is of the mask is told, though padding only when
  /// the graph runs.
  bool isKnown() const { return !isData && !hasPositions && !opaque; }

  /// Pairs of a query and a key that are not masked as far as is proven, of
  /// `rows` new rows.
  double seenPairs(int64_t rows) const;

  /// Keys that one of so many rows sees, at most.
  double seenKeys(int64_t rows) const;
};

/// The mask between the products of the scores and of the values of `kernel`.
/// `context` is the number of keys, `rows` that of the rows of scores for one
/// head of keys, of which `queries` are taken for those of one sequence; 0
/// where it is not known which dimension of the scores these are. Absent where
/// the probabilities are not found among the operands of the values, or no rule
/// tells which of their dimensions is that of the keys.
std::optional<AttentionMask>
findAttentionMask(const Kernel &kernel, mlir::Operation *scores,
                  mlir::Operation *values, int64_t context, int64_t rows,
                  int64_t queries, const DemandLookup &lookup);

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_ATTENTIONMASK_H
