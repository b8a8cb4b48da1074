//===- StablehloCustomCalls.cpp - custom_call by its target ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

#include "roofline/Model/BuiltinFile.h"
#include "roofline/Model/CustomCallTable.h"

#include "mlir/IR/BuiltinAttributes.h"

#include "llvm/ADT/ArrayRef.h"

namespace roofline {

/// custom-calls.yaml.
llvm::ArrayRef<BuiltinFile> builtinCustomCallFiles();

namespace stablehlo {

namespace {

//===----------------------------------------------------------------------===//
// Numbers per element and per line (A32)
//===----------------------------------------------------------------------===//

OpsPerElement opsOf(const CallOps &ops) { return {ops.vector, ops.special}; }

/// Work per element of operand 0, and per line along its last dimension.
KnownOr<Compute> reductionCompute(mlir::Operation *op, const CustomCall &call) {
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
  addWork(compute.work, elements, element, opsOf(call.perElement));
  addWork(compute.work, lines, element, opsOf(call.perLine));
  return compute;
}

/// The sum of all operands.
KnownOr<Compute> addAll(mlir::Operation *op) {
  unsigned numOperands = op->getNumOperands();
  return perResultElement(op, {numOperands > 0 ? numOperands - 1 : 0, 0});
}

//===----------------------------------------------------------------------===//
// Selection, random bits, caches
//===----------------------------------------------------------------------===//

/// Of which dimension how many are kept is read from the shapes.
KnownOr<Compute> topK(mlir::Operation *op) {
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
KnownOr<Compute> threefry(mlir::Operation *op) {
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
KnownOr<Traffic> cacheUpdateTraffic(mlir::Operation *op) {
  if (op->getNumOperands() < 2)
    return Unknown{UnknownKind::Malformed, "operand 1 is missing"};
  return updateTraffic(op, 1, op->getOperands().slice(1, 1),
                       /*readsBuffer=*/false);
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

Unknown noArithmetic() {
  return {UnknownKind::Opaque, "the element type has no arithmetic"};
}

/// Operand 0 [..., m, k] gives result 0 [..., m, n]. Operand 1 is not looked at
/// but for its type and for whether it has batches: it may be packed.
KnownOr<Compute> matMul(mlir::Operation *op, const DemandOptions &options) {
  OpReader reader(op);
  mlir::ShapedType lhs = reader.operand(0);
  mlir::ShapedType rhs = reader.operand(1);
  mlir::ShapedType result = reader.result(0);
  if (reader.failed())
    return reader.reason();
  int64_t rank = lhs.getRank();
  if (rank < 1 || result.getRank() != rank)
    return Unknown{UnknownKind::Malformed,
                   "operand 0 and result 0 do not agree in rank"};
  ContractionShape shape;
  shape.k = reader.extent(lhs, rank - 1);
  shape.n = reader.extent(result, rank - 1);
  for (int64_t dim = 0; dim < rank - 1; ++dim) {
    Count extent = reader.extent(lhs, dim);
    if (extent != reader.extent(result, dim))
      reader.malformed("dimension " + llvm::Twine(dim) +
                       " of operand 0 and of result 0 differ");
    bool isBatch = dim < rank - 2 && rhs.getRank() > 2;
    (isBatch ? shape.batch : shape.m) *= extent;
  }
  if (reader.failed())
    return reader.reason();
  std::optional<ElementType> type =
      contractionType(lhs.getElementType(), rhs.getElementType(),
                      /*strictInGraph=*/false, options);
  if (!type)
    return noArithmetic();
  return contractionCompute(shape, *type);
}

/// Two contractions and a softmax between them; all positions count, masked or
/// not (A33). `positions` and `width` are dimensions of query, key and value;
/// the other ones of the query are batches.
KnownOr<Compute> attention(mlir::Operation *op, const DemandOptions &options,
                           int64_t positions, int64_t width) {
  OpReader reader(op);
  mlir::ShapedType query = reader.operand(0);
  mlir::ShapedType key = reader.operand(1);
  mlir::ShapedType value = reader.operand(2);
  if (reader.failed())
    return reader.reason();
  ContractionShape shape;
  for (int64_t dim = 0; dim < query.getRank(); ++dim)
    if (dim != positions && dim != width)
      shape.batch *= reader.extent(query, dim);
  shape.m = reader.extent(query, positions);
  shape.n = reader.extent(key, positions);
  shape.k = reader.extent(query, width);
  ContractionShape second = shape;
  second.n = reader.extent(value, width);
  second.k = shape.n;
  ElementType element = reader.arithmetic(query);
  std::optional<ElementType> type =
      contractionType(query.getElementType(), key.getElementType(),
                      /*strictInGraph=*/false, options);
  if (reader.failed())
    return reader.reason();
  if (!type)
    return noArithmetic();
  Compute compute = contractionCompute(shape, *type, Structure::Attention);
  compute.work.add(contractionCompute(second, *type).work);
  addWork(compute.work, shape.batch * shape.m * shape.n, element, {4, 1});
  return compute;
}

KnownOr<Compute> attention(mlir::Operation *op, const DemandOptions &options,
                           CallCost cost) {
  OpReader reader(op);
  llvm::SmallVector<int64_t, 3> ranks;
  for (unsigned index = 0; index < 3; ++index)
    if (mlir::ShapedType type = reader.operand(index))
      ranks.push_back(type.getRank());
  if (reader.failed())
    return reader.reason();
  if (ranks[0] < 2 || !llvm::all_equal(ranks))
    return Unknown{UnknownKind::Malformed,
                   "query, key and value do not agree in rank"};
  if (cost == CallCost::Attention)
    return attention(op, options, ranks[0] - 2, ranks[0] - 1);
  if (ranks[0] != 4)
    return Unknown{UnknownKind::Malformed,
                   "query, key and value are not of rank 4"};
  return attention(op, options, /*positions=*/1, /*width=*/3);
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

/// The rows that are built in; a test reads them, so they are free of errors.
const CustomCallTable &builtinCalls() {
  static const CustomCallTable table = [] {
    CustomCallTable table;
    for (const BuiltinFile &file : builtinCustomCallFiles())
      llvm::cantFail(
          table.addFile(file.text, ("<built-in>/" + file.path).str()));
    return table;
  }();
  return table;
}

Unknown noRule(llvm::StringRef target) {
  return {UnknownKind::Opaque,
          ("custom call '" + target + "' has no rule").str()};
}

/// What is known of the target of a call; rows of the user come first.
KnownOr<const CustomCall *> rowOf(mlir::Operation *op,
                                  const DemandOptions &options) {
  auto name = op->getAttrOfType<mlir::StringAttr>("call_target_name");
  if (!name)
    return Unknown{UnknownKind::Malformed,
                   "attribute 'call_target_name' is missing"};
  const CustomCall *call = nullptr;
  if (options.customCalls)
    call = options.customCalls->lookup(name.getValue());
  if (!call)
    call = builtinCalls().lookup(name.getValue());
  if (!call)
    return noRule(name.getValue());
  return call;
}

KnownOr<Compute> customCallCompute(mlir::Operation *op,
                                   const DemandOptions &options) {
  KnownOr<const CustomCall *> row = rowOf(op, options);
  if (!row)
    return row.unknown();
  const CustomCall &call = **row;
  switch (call.cost) {
  case CallCost::View:
    return noCompute(Structure::View);
  case CallCost::DataMovement:
  case CallCost::CacheUpdate:
    return noCompute(Structure::DataMovement);
  case CallCost::Elementwise:
    return perResultElement(op, opsOf(call.perElement));
  case CallCost::Reduction:
    return reductionCompute(op, call);
  case CallCost::Fixed: {
    Compute compute = noCompute(Structure::Opaque);
    compute.work = call.work;
    return compute;
  }
  case CallCost::AddAll:
    return addAll(op);
  case CallCost::Attention:
  case CallCost::AttentionBshd:
    return attention(op, options, call.cost);
  case CallCost::MatMul:
    return matMul(op, options);
  case CallCost::Threefry:
    return threefry(op);
  case CallCost::TopK:
    return topK(op);
  case CallCost::Opaque:
    break;
  }
  return noRule(call.target);
}

/// The bytes of a call are known even where its work is not.
KnownOr<Traffic> customCallTraffic(mlir::Operation *op,
                                   const DemandOptions &options) {
  KnownOr<const CustomCall *> row = rowOf(op, options);
  if (row && (*row)->cost == CallCost::View)
    return noTraffic(op);
  if (row && (*row)->cost == CallCost::CacheUpdate)
    return cacheUpdateTraffic(op);
  return wholeTraffic(op);
}

constexpr Row rows[] = {
    {"custom_call", Hlo, {customCallCompute, customCallTraffic}},
};

} // namespace

void addCustomCallRules(OpRuleRegistry &rules) { addRows(rules, rows); }

} // namespace stablehlo

} // namespace roofline
