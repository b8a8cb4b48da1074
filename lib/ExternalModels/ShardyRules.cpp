//===- ShardyRules.cpp - Demand of Shardy ops -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Annotations are free: the exchange that a partitioner makes of a reshard is
// not in the graph yet. Inside of a manual computation shapes are per device,
// and so is the demand.
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/Interfaces/OpRuleRegistry.h"

namespace roofline {

namespace {

KnownOr<Compute> viewCompute(mlir::Operation *, const DemandOptions &) {
  return noCompute(Structure::View);
}

KnownOr<Compute> collectiveCompute(mlir::Operation *, const DemandOptions &) {
  return noCompute(Structure::Collective);
}

KnownOr<Compute> sliceCompute(mlir::Operation *, const DemandOptions &) {
  return noCompute(Structure::DataMovement);
}

/// A reducing collective of Shardy always adds.
KnownOr<Compute> sumCompute(mlir::Operation *op, const DemandOptions &) {
  if (op->getNumOperands() == 0)
    return Unknown{UnknownKind::Malformed, "operand 0 is missing"};
  KnownOr<Compute> compute =
      elementwiseCompute(op->getOperand(0).getType(), {{Unit::Vector, 1}});
  if (compute)
    compute->structure = Structure::Collective;
  return compute;
}

KnownOr<Traffic> viewTraffic(mlir::Operation *op, const DemandOptions &) {
  return noTraffic(op);
}

KnownOr<Traffic> slicedTraffic(mlir::Operation *op, const DemandOptions &) {
  return sliceTraffic(op);
}

/// The body runs once, on each device.
BodyList bodyOnce(mlir::Operation *op, const DemandOptions &) {
  return regionBodies(op);
}

struct Row {
  llvm::StringLiteral name;
  OpRule rule;
};

constexpr OpRule viewRule{viewCompute, viewTraffic};
constexpr OpRule bodyRule{viewCompute, viewTraffic, bodyOnce};

constexpr Row rows[] = {
    {"sdy.all_gather", {collectiveCompute}},
    {"sdy.all_reduce", {sumCompute}},
    {"sdy.all_slice", {sliceCompute, slicedTraffic}},
    {"sdy.all_to_all", {collectiveCompute}},
    {"sdy.collective_permute", {collectiveCompute}},
    {"sdy.constant", viewRule},
    {"sdy.data_flow_edge", viewRule},
    {"sdy.func_data_flow_edge", viewRule},
    {"sdy.manual_computation", bodyRule},
    {"sdy.mesh", viewRule},
    {"sdy.named_computation", bodyRule},
    {"sdy.propagation_barrier", viewRule},
    {"sdy.reduce_scatter", {sumCompute}},
    {"sdy.replicated_to_unreduced", viewRule},
    {"sdy.reshard", viewRule},
    {"sdy.return", viewRule},
    {"sdy.sharded_to_unreduced", viewRule},
    {"sdy.sharding_constraint", viewRule},
    {"sdy.sharding_group", viewRule},
};

} // namespace

void registerShardyRules(mlir::DialectRegistry &registry) {
  addOpRules(registry, [](OpRuleRegistry &rules) {
    for (const Row &row : rows)
      rules.add(row.name, row.rule);
  });
}

} // namespace roofline
