//===- StablehloCustomCalls.cpp - custom_call by its target ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

#include "mlir/IR/BuiltinAttributes.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline::stablehlo {

namespace {

//===----------------------------------------------------------------------===//
// Fused functions along one dimension (A32)
//===----------------------------------------------------------------------===//

/// Work per element of operand 0, and per line along its last dimension.
KnownOr<Compute> alongLines(mlir::Operation *op,
                            const OpsPerElement &perElement,
                            const OpsPerElement &perLine) {
  OpReader reader(op);
  mlir::ShapedType type = reader.operand(0);
  Count elements = reader.elements(type);
  ElementType element = reader.arithmetic(type);
  Count lines = 1;
  for (int64_t dim = 0; type && dim < type.getRank() - 1; ++dim)
    lines *= reader.extent(type, dim);
  if (reader.failed())
    return reader.reason();
  Compute compute = noCompute(Structure::Reduction);
  addWork(compute.work, elements, element, perElement);
  addWork(compute.work, lines, element, perLine);
  return compute;
}

/// Maximum, subtraction, exponential, sum, division.
KnownOr<Compute> softmax(mlir::Operation *op, const DemandOptions &) {
  return alongLines(op, {4, 1}, {});
}

/// Maximum, subtraction, exponential, sum, subtraction; a logarithm per line.
KnownOr<Compute> logSoftmax(mlir::Operation *op, const DemandOptions &) {
  return alongLines(op, {4, 1}, {0, 1});
}

/// Mean (add), variance (subtract, multiply, add), multiply by the reciprocal
/// root, scale and shift; two divisions, an addition and a root per line.
KnownOr<Compute> layerNorm(mlir::Operation *op, const DemandOptions &) {
  return alongLines(op, {7, 0}, {3, 1});
}

/// Sum of squares, multiply by its reciprocal root.
KnownOr<Compute> l2Norm(mlir::Operation *op, const DemandOptions &) {
  return alongLines(op, {3, 0}, {1, 1});
}

/// A comparison and a selection of the index.
KnownOr<Compute> argMax(mlir::Operation *op, const DemandOptions &) {
  return alongLines(op, {2, 0}, {});
}

/// Scale, error function or hyperbolic tangent, add, and two multiplications.
KnownOr<Compute> gelu(mlir::Operation *op, const DemandOptions &) {
  return perResultElement(op, {4, 1});
}

/// The sum of all operands.
KnownOr<Compute> addAll(mlir::Operation *op, const DemandOptions &) {
  unsigned numOperands = op->getNumOperands();
  return perResultElement(op, {numOperands > 0 ? numOperands - 1 : 0, 0});
}

//===----------------------------------------------------------------------===//
// Selection, random bits, caches, attention
//===----------------------------------------------------------------------===//

/// Of which dimension how many are kept is read from the shapes.
KnownOr<Compute> topK(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  mlir::ShapedType from = reader.operand(0);
  mlir::ShapedType to = reader.result(0);
  ElementType element = reader.arithmetic(from);
  if (from && to && from.getRank() != to.getRank())
    reader.malformed("operand 0 and result 0 do not agree in rank");
  if (reader.failed())
    return reader.reason();
  Count lines = 1;
  Count length = 1;
  Count kept = 1;
  for (int64_t dim = 0; dim < from.getRank(); ++dim) {
    Count before = reader.extent(from, dim);
    Count after = reader.extent(to, dim);
    if (before == after) {
      lines *= before;
    } else {
      length *= before;
      kept *= after;
    }
  }
  if (reader.failed())
    return reader.reason();
  return selectionCompute(lines, length, kept, element);
}

/// Threefry2x32-20, as in the rule of rng_bit_generator (A30).
KnownOr<Compute> threefry(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  Compute compute = noCompute(Structure::Elementwise);
  for (mlir::Type type : op->getResultTypes())
    compute.work.add(Unit::Vector, ElementType::I32,
                     reader.elements(type) * Count(threefryOpsPerWord));
  if (reader.failed())
    return reader.reason();
  return compute;
}

/// Operand 1 is written into a part of the cache, operand 0.
KnownOr<Traffic> cacheUpdateTraffic(mlir::Operation *op,
                                    const DemandOptions &) {
  if (op->getNumOperands() < 2)
    return Unknown{UnknownKind::Malformed, "operand 1 is missing"};
  return updateTraffic(op, 1, op->getOperands().slice(1, 1),
                       /*readsBuffer=*/false);
}

/// Query [..., s, d], key [..., t, d] and value [..., t, e]: two contractions
/// and a softmax between them; all positions count, masked or not (A33).
KnownOr<Compute> attention(mlir::Operation *op, const DemandOptions &options) {
  OpReader reader(op);
  mlir::ShapedType query = reader.operand(0);
  mlir::ShapedType key = reader.operand(1);
  mlir::ShapedType value = reader.operand(2);
  if (reader.failed())
    return reader.reason();
  int64_t rank = query.getRank();
  if (rank < 2 || key.getRank() != rank || value.getRank() != rank)
    return Unknown{UnknownKind::Malformed,
                   "query, key and value do not agree in rank"};
  ContractionShape shape;
  for (int64_t dim = 0; dim < rank - 2; ++dim)
    shape.batch *= reader.extent(query, dim);
  shape.m = reader.extent(query, rank - 2);
  shape.n = reader.extent(key, rank - 2);
  shape.k = reader.extent(query, rank - 1);
  ContractionShape second = shape;
  second.n = reader.extent(value, rank - 1);
  second.k = shape.n;
  ElementType element = reader.arithmetic(query);
  std::optional<ElementType> type =
      contractionType(query.getElementType(), key.getElementType(),
                      /*strictInGraph=*/false, options);
  if (reader.failed() || !type)
    return reader.failed() ? reader.reason()
                           : Unknown{UnknownKind::Opaque,
                                     "the element type has no arithmetic"};
  Compute compute = contractionCompute(shape, *type, Structure::Attention);
  compute.work.add(contractionCompute(second, *type).work);
  addWork(compute.work, shape.batch * shape.m * shape.n, element, {4, 1});
  return compute;
}

//===----------------------------------------------------------------------===//
// Targets
//===----------------------------------------------------------------------===//

struct Target {
  llvm::StringLiteral name;
  OpRule rule;
};

constexpr Target targets[] = {
    // Markers: annotations on a value.
    {"AssumeGatherIndicesInBound", viewRule},
    {"LayoutConstraint", viewRule},
    {"MoveToDevice", viewRule},
    {"MoveToHost", viewRule},
    {"SPMDFullToShardShape", viewRule},
    {"SPMDShardToFullShape", viewRule},
    {"ShardBarrierFrom", viewRule},
    {"ShardBarrierTo", viewRule},
    {"Sharding", viewRule},
    {"annotate_device_placement", viewRule},
    {"shape_assertion", viewRule},
    {"tt.mark_argument", viewRule},
    {"tt.sharding_constraint", viewRule},
    {"tt.weight_dtype_override", viewRule},
    {"xla.sdy.FuncResultSharding", viewRule},
    {"xla.sdy.GlobalToLocalShape", viewRule},
    {"xla.sdy.LocalToGlobalShape", viewRule},
    {"xla.sdy.PropagationBarrier", viewRule},
    {"xla.sdy.ShardingGroup", viewRule},

    // CHLO ops that travel as custom calls.
    {"mhlo.acos", {perResult<0, 1>}},
    {"mhlo.acosh", {perResult<0, 1>}},
    {"mhlo.asin", {perResult<0, 1>}},
    {"mhlo.asinh", {perResult<0, 1>}},
    {"mhlo.atan", {perResult<0, 1>}},
    {"mhlo.atanh", {perResult<0, 1>}},
    {"mhlo.cosh", {perResult<0, 1>}},
    {"mhlo.erf", {perResult<0, 1>}},
    {"mhlo.erf_inv", {perResult<0, 1>}},
    {"mhlo.sinh", {perResult<0, 1>}},
    {"mhlo.tan", {perResult<0, 1>}},
    {"mhlo.topk", {topK}},

    // XLA.
    {"ApproxTopK", {topK}},
    {"TopK", {topK}},
    {"cu_threefry2x32", {threefry}},
    {"cu_threefry2x32_ffi", {threefry}},
    {"cuda_threefry2x32", {threefry}},
    {"hip_threefry2x32", {threefry}},
    {"hip_threefry2x32_ffi", {threefry}},

    // ByteIR.
    {"byteir.addn", {addAll}},
    {"byteir.arg_max", {argMax}},
    {"byteir.arg_min", {argMax}},
    {"byteir.erf", {perResult<0, 1>}},
    {"byteir.gelu", {gelu}},
    {"byteir.l2_norm", {l2Norm}},
    {"byteir.layer_norm", {layerNorm}},
    {"byteir.log_softmax", {logSoftmax}},
    {"byteir.non_zero", moveRule},
    {"byteir.one_hot", moveRule},
    {"byteir.repeat", moveRule},
    {"byteir.softmax", {softmax}},
    {"byteir.top_k", {topK}},

    // Tenstorrent.
    {"tt.fill_cache", {noWork<Structure::DataMovement>, cacheUpdateTraffic}},
    {"tt.scaled_dot_product_attention", {attention}},
    {"tt.update_cache", {noWork<Structure::DataMovement>, cacheUpdateTraffic}},
};

KnownOr<const OpRule *> ruleOf(mlir::Operation *op) {
  auto name = op->getAttrOfType<mlir::StringAttr>("call_target_name");
  if (!name)
    return Unknown{UnknownKind::Malformed,
                   "attribute 'call_target_name' is missing"};
  const Target *target = llvm::find_if(targets, [&](const Target &target) {
    return target.name == name.getValue();
  });
  if (target == std::end(targets))
    return Unknown{UnknownKind::Opaque,
                   "custom call '" + name.getValue().str() + "' has no rule"};
  return &target->rule;
}

KnownOr<Compute> customCallCompute(mlir::Operation *op,
                                   const DemandOptions &options) {
  KnownOr<const OpRule *> rule = ruleOf(op);
  if (!rule)
    return rule.unknown();
  return (*rule)->compute(op, options);
}

/// The bytes of a call are known even where its work is not.
KnownOr<Traffic> customCallTraffic(mlir::Operation *op,
                                   const DemandOptions &options) {
  KnownOr<const OpRule *> rule = ruleOf(op);
  if (!rule)
    return wholeTraffic(op);
  return (*rule)->traffic(op, options);
}

constexpr Row rows[] = {
    {"custom_call", Hlo, {customCallCompute, customCallTraffic}},
};

} // namespace

void addCustomCallRules(OpRuleRegistry &rules) { addRows(rules, rows); }

} // namespace roofline::stablehlo
