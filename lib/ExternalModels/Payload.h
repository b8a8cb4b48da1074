//===- Payload.h - Work of a region that is a part of an op -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_PAYLOAD_H
#define ROOFLINE_EXTERNALMODELS_PAYLOAD_H

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/IR/Block.h"

namespace roofline {

/// What one execution of a payload does: the body of a `linalg.generic`, the
/// combiner of a reduction, the body of a `tensor.generate`.
struct Payload {
  WorkList work;
  /// Elements are fetched at computed addresses (`tensor.extract`).
  bool gathers = false;
};

/// The payload of a block; unknown where one of its ops has no rule.
KnownOr<Payload> payloadOf(mlir::Block &block, const DemandOptions &options);

/// The work of one op of a payload, with the bodies that it runs. Of several
/// alternatives the one with most operations counts.
KnownOr<Payload> payloadOf(mlir::Operation *op, const DemandOptions &options);

/// Bytes that `times` executions of a payload read from memory that it
/// captures, not more than each captured value has, in the order of use.
KnownOr<llvm::SmallVector<Count, 2>>
capturedReads(mlir::Block &block, Count times, const DemandOptions &options);

} // namespace roofline

#endif // ROOFLINE_EXTERNALMODELS_PAYLOAD_H
