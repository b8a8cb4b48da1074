//===- LinalgContraction.h - Contractions found by structure ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_LINALGCONTRACTION_H
#define ROOFLINE_EXTERNALMODELS_LINALGCONTRACTION_H

#include "LoopNest.h"

#include "mlir/Dialect/Linalg/IR/LinalgInterfaces.h"

namespace roofline {

/// The work of a structured op that is a contraction or a convolution: its body
/// adds the product of two different inputs, possibly converted or otherwise
/// prepared, to the output, and at least one loop over both is reduced. Absent
/// for other ops.
std::optional<KnownOr<Compute>>
contractionComputeOf(mlir::linalg::LinalgOp op, const LoopNest &nest,
                     const DemandOptions &options);

} // namespace roofline

#endif // ROOFLINE_EXTERNALMODELS_LINALGCONTRACTION_H
