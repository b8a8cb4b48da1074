//===- StablehloCollectives.cpp - Exchange between devices ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Demand is that of one device: the bytes that it reads from and writes to its
// own memory, and the combiner once per element of its operand (A31).
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

namespace roofline::stablehlo {

namespace {

KnownOr<Compute> reducingCollective(mlir::Operation *op,
                                    const DemandOptions &options) {
  OpReader reader(op);
  if (op->getNumOperands() == 0)
    reader.malformed("operand 0 is missing");
  Count elements;
  for (mlir::Type type : op->getOperandTypes())
    elements += reader.elements(type);
  return runRegion(reader, 0, elements, Structure::Collective, options);
}

/// The older all_reduce, which always adds.
KnownOr<Compute> crossReplicaSum(mlir::Operation *op, const DemandOptions &) {
  KnownOr<Compute> compute = perResultElement(op, {1, 0});
  if (compute)
    compute->structure = Structure::Collective;
  return compute;
}

constexpr OpRule exchangeRule{noWork<Structure::Collective>, allBytes};

constexpr Row rows[] = {
    {"all_gather", Hlo, exchangeRule},
    {"all_reduce", Hlo, {reducingCollective}},
    {"all_to_all", Hlo, exchangeRule},
    {"collective_broadcast", Hlo, exchangeRule},
    {"collective_permute", Hlo, exchangeRule},
    {"collective_reduce", Hlo, {reducingCollective}},
    {"cross-replica-sum", Hlo, {crossReplicaSum}},
    {"recv", Hlo, exchangeRule},
    {"reduce_scatter", Hlo, {reducingCollective}},
    {"send", Hlo, exchangeRule},
};

} // namespace

void addCollectiveRules(OpRuleRegistry &rules) { addRows(rules, rows); }

} // namespace roofline::stablehlo
