//===- DmaModel.h - Demand of transfers between buffers ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_DMAMODEL_H
#define ROOFLINE_EXTERNALMODELS_DMAMODEL_H

#include "OpModels.h"

#include "mlir/IR/Matchers.h"

namespace roofline {

/// `memref.dma_start` and `affine.dma_start`: what is transferred is read and
/// written once.
template <typename DmaStartOp>
struct DmaStartModel : NoWorkBase<DmaStartModel<DmaStartOp>> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    auto dma = mlir::cast<DmaStartOp>(op);
    mlir::APInt elements;
    if (!mlir::matchPattern(dma.getNumElements(),
                            mlir::m_ConstantInt(&elements)) ||
        elements.isNegative())
      return Unknown{UnknownKind::Dynamic,
                     "the number of elements of the transfer is not static"};
    KnownOr<Count> bytes =
        memoryBytes(elements.getZExtValue(), dma.getSrcMemRef().getType());
    if (!bytes)
      return bytes.unknown();
    return transferTraffic(op, /*readOperand=*/0, *bytes);
  }
};

} // namespace roofline

#endif // ROOFLINE_EXTERNALMODELS_DMAMODEL_H
