//===- StablehloDataMovement.cpp - Ops that move bytes --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tensors are row-major (A24): what keeps the order of the elements in memory
// is a view, everything else reads and writes what it touches.
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

#include "mlir/IR/BuiltinAttributes.h"

namespace roofline::stablehlo {

namespace {

//===----------------------------------------------------------------------===//
// Views in disguise
//===----------------------------------------------------------------------===//

/// The static type of operand 0 or result 0, or null.
mlir::ShapedType staticType(mlir::ValueRange values) {
  if (values.empty())
    return {};
  auto type = mlir::dyn_cast<mlir::ShapedType>(values.front().getType());
  return type && type.hasStaticShape() ? type : mlir::ShapedType();
}

/// True where dimensions of more than one element stay in their order.
bool keepsOrder(mlir::ShapedType type, llvm::ArrayRef<int64_t> newPositions) {
  int64_t last = -1;
  for (auto [extent, position] : llvm::zip(type.getShape(), newPositions)) {
    if (extent == 1)
      continue;
    if (position <= last)
      return false;
    last = position;
  }
  return true;
}

/// A broadcast that repeats nothing.
bool isViewBroadcast(mlir::Operation *op) {
  mlir::ShapedType from = staticType(op->getOperands());
  mlir::ShapedType to = staticType(op->getResults());
  mlir::Attribute attr = op->getAttr("broadcast_dimensions");
  if (!from || !to || !attr)
    return false;
  std::optional<IntVector> dims = integersOf(attr);
  KnownOr<Count> fromCount = elementCount(from);
  KnownOr<Count> toCount = elementCount(to);
  return dims && static_cast<int64_t>(dims->size()) == from.getRank() &&
         fromCount && toCount && *fromCount == *toCount &&
         keepsOrder(from, *dims);
}

/// A transposition that moves only dimensions of one element.
bool isViewTranspose(mlir::Operation *op) {
  mlir::ShapedType from = staticType(op->getOperands());
  mlir::Attribute attr = op->getAttr("permutation");
  if (!from || !attr)
    return false;
  std::optional<IntVector> permutation = integersOf(attr);
  if (!permutation ||
      static_cast<int64_t>(permutation->size()) != from.getRank())
    return false;
  IntVector positions(from.getRank(), -1);
  for (auto [position, dim] : llvm::enumerate(*permutation)) {
    if (dim < 0 || dim >= from.getRank())
      return false;
    positions[dim] = position;
  }
  return keepsOrder(from, positions);
}

/// A slice or concatenation that gives back its operand.
bool isWhole(mlir::Operation *op) {
  mlir::ShapedType from = staticType(op->getOperands());
  return from && from == staticType(op->getResults());
}

/// A padding by nothing: of the same shape, and not shifted.
bool isNoPadding(mlir::Operation *op) {
  mlir::Attribute attr = op->getAttr("edge_padding_low");
  std::optional<IntVector> low = attr ? integersOf(attr) : std::nullopt;
  return isWhole(op) && low &&
         llvm::all_of(*low, [](int64_t amount) { return amount == 0; });
}

using Predicate = bool (*)(mlir::Operation *);

template <Predicate isView, Structure structure = Structure::DataMovement>
KnownOr<Compute> moveUnless(mlir::Operation *op, const DemandOptions &) {
  return noCompute(isView(op) ? Structure::View : structure);
}

template <Predicate isView>
KnownOr<Traffic> allBytesUnless(mlir::Operation *op, const DemandOptions &) {
  return isView(op) ? noTraffic(op) : wholeTraffic(op);
}

template <Predicate isView>
KnownOr<Traffic> sliceUnless(mlir::Operation *op, const DemandOptions &) {
  return isView(op) ? noTraffic(op) : sliceTraffic(op);
}

KnownOr<Traffic> sliceBytes(mlir::Operation *op, const DemandOptions &) {
  return sliceTraffic(op);
}

/// A value made from nothing in the shape of the operands.
KnownOr<Traffic> fillBytes(mlir::Operation *op, const DemandOptions &) {
  KnownOr<Traffic> traffic = wholeTraffic(op);
  if (traffic)
    traffic->readBytes.assign(op->getNumOperands(), 0);
  return traffic;
}

//===----------------------------------------------------------------------===//
// Updates
//===----------------------------------------------------------------------===//

KnownOr<Traffic> dynamicUpdateSliceTraffic(mlir::Operation *op,
                                           const DemandOptions &) {
  if (op->getNumOperands() < 2)
    return Unknown{UnknownKind::Malformed, "operand 1 is missing"};
  return updateTraffic(op, 1, op->getOperands().slice(1, 1),
                       /*readsBuffer=*/false);
}

/// Inputs, then indices, then as many updates as inputs.
std::optional<unsigned> numScatterInputs(mlir::Operation *op) {
  unsigned numOperands = op->getNumOperands();
  if (numOperands < 3 || numOperands % 2 == 0)
    return std::nullopt;
  return (numOperands - 1) / 2;
}

Unknown malformedScatter() {
  return {UnknownKind::Malformed,
          "a scatter takes inputs, indices and as many updates as inputs"};
}

/// True where the combiner gives back the updates and drops what was there.
bool isOverwriting(mlir::Region &combiner, unsigned numInputs) {
  mlir::Block &block = combiner.front();
  if (block.empty() || block.getNumArguments() != 2 * numInputs)
    return false;
  mlir::Operation &last = block.back();
  return last.getNumOperands() == numInputs &&
         llvm::equal(last.getOperands(),
                     block.getArguments().drop_front(numInputs));
}

/// The combiner runs once per element of the updates.
KnownOr<Compute> scatterCompute(mlir::Operation *op,
                                const DemandOptions &options) {
  std::optional<unsigned> numInputs = numScatterInputs(op);
  if (!numInputs)
    return malformedScatter();
  OpReader reader(op);
  Count updates = reader.elements(reader.operand(*numInputs + 1));
  return runRegion(reader, 0, updates, Structure::GatherScatter, options);
}

KnownOr<Traffic> scatterTraffic(mlir::Operation *op, const DemandOptions &) {
  std::optional<unsigned> numInputs = numScatterInputs(op);
  if (!numInputs || op->getNumRegions() == 0 || op->getRegion(0).empty())
    return malformedScatter();
  return updateTraffic(op, *numInputs,
                       op->getOperands().drop_front(*numInputs + 1),
                       !isOverwriting(op->getRegion(0), *numInputs));
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

constexpr Row rows[] = {
    // Other names for the same bytes, and bookkeeping.
    {"add_dependency", Mhlo, viewRule},
    {"after_all", Hlo, viewRule},
    {"bitcast", Mhlo, viewRule},
    {"bitcast_convert", Hlo, viewRule},
    {"compute_reshape_shape", Hlo, viewRule},
    {"constant", AllNamespaces, viewRule},
    {"create_token", Hlo, viewRule},
    {"cstr_reshapable", Hlo, viewRule},
    {"domain", Mhlo, viewRule},
    {"dynamic_reshape", AllNamespaces, viewRule},
    {"get_dimension_size", Hlo, viewRule},
    {"get_tuple_element", Hlo, viewRule},
    {"minimum_broadcast_shapes", Chlo | Mhlo, viewRule},
    {"optimization_barrier", Hlo, viewRule},
    {"partition_id", Hlo, viewRule},
    {"replica_id", Hlo, viewRule},
    {"reshape", Hlo, viewRule},
    {"set_dimension_size", Hlo, viewRule},
    {"trace", Hlo, viewRule},
    {"tuple", Hlo, viewRule},

    // Whole tensors in another order or shape.
    {"broadcast", Hlo, moveRule},
    {"broadcast_in_dim",
     Hlo,
     {moveUnless<isViewBroadcast>, allBytesUnless<isViewBroadcast>}},
    {"concatenate", Hlo, {moveUnless<isWhole>, allBytesUnless<isWhole>}},
    {"copy", Mhlo, moveRule},
    {"dynamic_broadcast_in_dim", Hlo, moveRule},
    {"dynamic_pad", Hlo, moveRule},
    {"pad", Hlo, {moveUnless<isNoPadding>, allBytesUnless<isNoPadding>}},
    {"reverse", Hlo, moveRule},
    {"transpose",
     Hlo,
     {moveUnless<isViewTranspose>, allBytesUnless<isViewTranspose>}},

    // Values made from nothing.
    {"constant_like", Chlo, {noWork<Structure::DataMovement>, fillBytes}},
    {"dynamic_iota", Hlo, moveRule},
    {"iota", Hlo, moveRule},

    // Parts of tensors.
    {"dynamic_gather", Hlo, {noWork<Structure::GatherScatter>, gatherTraffic}},
    {"dynamic_slice", Hlo, {moveUnless<isWhole>, sliceUnless<isWhole>}},
    {"dynamic_update_slice",
     Hlo,
     {noWork<Structure::DataMovement>, dynamicUpdateSliceTraffic}},
    {"gather", Hlo, {noWork<Structure::GatherScatter>, gatherTraffic}},
    {"real_dynamic_slice", Hlo, {noWork<Structure::DataMovement>, sliceBytes}},
    {"scatter", Hlo, {scatterCompute, scatterTraffic}},
    {"slice", Hlo, {moveUnless<isWhole>, sliceUnless<isWhole>}},
    {"torch_index_select",
     Hlo,
     {noWork<Structure::GatherScatter>, gatherTraffic}},

    // To and from the host.
    {"infeed", Hlo, moveRule},
    {"outfeed", Hlo, moveRule},
};

} // namespace

void addDataMovementRules(OpRuleRegistry &rules) { addRows(rules, rows); }

} // namespace roofline::stablehlo
