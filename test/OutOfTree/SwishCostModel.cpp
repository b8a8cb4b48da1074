//===- SwishCostModel.cpp - What the ops of the dialect cost --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All that Roofline needs to know of the dialect. The dialect itself knows
// nothing of Roofline.
//
//===----------------------------------------------------------------------===//

#include "SwishDialect.h"

#include "roofline/Interfaces/RooflineOpInterface.h"

namespace swish {

namespace {

/// gate / (1 + exp(-gate)) * up, for every element: one exponential and one
/// reciprocal; a negation, an addition and two multiplications. Both operands
/// are read once and the result is written once, which is the interface's
/// default.
struct GateModel
    : roofline::RooflineOpInterface::ExternalModel<GateModel, GateOp> {
  roofline::KnownOr<roofline::Compute>
  getCompute(mlir::Operation *op, const roofline::DemandOptions &) const {
    return roofline::elementwiseCompute(
        op->getResult(0).getType(),
        {{roofline::Unit::Special, 2}, {roofline::Unit::Vector, 4}});
  }
};

} // namespace

void registerCostModel(mlir::DialectRegistry &registry) {
  registry.addExtension(+[](mlir::MLIRContext *context, SwishDialect *) {
    GateOp::attachInterface<GateModel>(*context);
  });
}

} // namespace swish
