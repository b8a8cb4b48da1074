//===- StablehloTripCount.h - How often a while loop runs -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_STABLEHLOTRIPCOUNT_H
#define ROOFLINE_EXTERNALMODELS_STABLEHLOTRIPCOUNT_H

#include "roofline/Model/Count.h"
#include "roofline/Model/Unknown.h"

#include "mlir/IR/Operation.h"

namespace roofline::stablehlo {

/// Executions of the body of a `while` whose condition compares a counter, that
/// the body advances by a constant, with a constant. Initial value, step and
/// bound may be constants inside or outside of the loop, or values that the
/// loop hands on unchanged. Several such conditions may be joined by `and` and
/// `or`. Else unknown, with the reason, which says the most (or least) trips
/// where one of the conditions tells them.
KnownOr<Count> whileTripCount(mlir::Operation *whileOp);

} // namespace roofline::stablehlo

#endif // ROOFLINE_EXTERNALMODELS_STABLEHLOTRIPCOUNT_H
