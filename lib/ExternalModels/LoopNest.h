//===- LoopNest.h - Loops and maps of a structured op -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_LOOPNEST_H
#define ROOFLINE_EXTERNALMODELS_LOOPNEST_H

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/IR/AffineMap.h"

namespace roofline {

/// A set of loops of a nest, one bit each, outermost first.
using LoopSet = uint64_t;

/// The static loops of an op that is defined by loops and indexing maps
/// (structured linalg ops, `vector.contract`) and how its operands are indexed
/// by them.
class LoopNest {
public:
  /// The loops of `op`, which has one map per operand. Operands from
  /// `firstOutput` on are outputs. Unknown where an extent is dynamic or there
  /// are more than 64 loops.
  static KnownOr<LoopNest> of(mlir::Operation *op, mlir::ArrayAttr indexingMaps,
                              unsigned firstOutput);

  /// Iterations of the loops in `loops`: the product of their extents.
  Count iterations(LoopSet loops) const;
  Count iterations() const { return iterations(allLoops()); }

  LoopSet allLoops() const;
  /// The loops that appear in the indices of an operand.
  LoopSet loopsOf(unsigned operand) const { return operandLoops[operand]; }
  /// The loops that no output is indexed by.
  LoopSet reductionLoops() const { return allLoops() & ~outputLoops; }
  /// True where an operand is indexed by a sum of loops, as the image of a
  /// convolution is.
  bool isWindowed(unsigned operand) const;

  /// The implicit matrix product of two sides that are indexed by the loops
  /// `lhs` and `rhs`. The product of its extents is the number of iterations.
  ContractionShape contractionShape(LoopSet lhs, LoopSet rhs) const;

  /// Bytes of the elements of an operand that the loops touch; none for
  /// scalars.
  KnownOr<Count> touchedBytes(unsigned operand) const;

private:
  llvm::SmallVector<uint64_t, 6> extents;
  llvm::SmallVector<mlir::AffineMap, 4> maps;
  llvm::SmallVector<mlir::Type, 4> types;
  llvm::SmallVector<LoopSet, 4> operandLoops;
  LoopSet outputLoops = 0;
};

} // namespace roofline

#endif // ROOFLINE_EXTERNALMODELS_LOOPNEST_H
