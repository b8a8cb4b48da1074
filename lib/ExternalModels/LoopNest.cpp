//===- LoopNest.cpp - Loops and maps of a structured op -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopNest.h"

#include "MemoryTraffic.h"

namespace roofline {

namespace {

constexpr unsigned maxLoops = 64;

LoopSet loopsIn(mlir::AffineExpr expr) {
  if (auto dim = mlir::dyn_cast<mlir::AffineDimExpr>(expr))
    return LoopSet(1) << dim.getPosition();
  if (auto binary = mlir::dyn_cast<mlir::AffineBinaryOpExpr>(expr))
    return loopsIn(binary.getLHS()) | loopsIn(binary.getRHS());
  return 0;
}

/// Why the extents of the loops are not known.
Unknown unknownExtents(mlir::Operation *op) {
  for (mlir::Type type : op->getOperandTypes()) {
    KnownOr<Count> elements = elementCount(type);
    if (!elements)
      return elements.unknown();
  }
  return {UnknownKind::Malformed, "the extents of the loops of '" +
                                      op->getName().getStringRef().str() +
                                      "' do not follow from its operands"};
}

} // namespace

KnownOr<LoopNest> LoopNest::of(mlir::Operation *op,
                               mlir::ArrayAttr indexingMaps,
                               unsigned firstOutput) {
  constexpr uint64_t unknownExtent = UINT64_MAX;
  unsigned numLoops = indexingMaps.empty()
                          ? 0
                          : mlir::cast<mlir::AffineMapAttr>(indexingMaps[0])
                                .getAffineMap()
                                .getNumDims();
  if (numLoops > maxLoops)
    return Unknown{UnknownKind::Malformed,
                   "more than " + std::to_string(maxLoops) + " loops"};
  LoopNest nest;
  nest.extents.assign(numLoops, unknownExtent);
  for (auto [index, attr, type] :
       llvm::enumerate(indexingMaps.getAsRange<mlir::AffineMapAttr>(),
                       op->getOperandTypes())) {
    mlir::AffineMap map = attr.getAffineMap();
    auto shaped = mlir::dyn_cast<mlir::ShapedType>(type);
    LoopSet loops = 0;
    for (auto [position, expr] : llvm::enumerate(map.getResults())) {
      loops |= loopsIn(expr);
      auto dim = mlir::dyn_cast<mlir::AffineDimExpr>(expr);
      if (dim && shaped && !shaped.isDynamicDim(position))
        nest.extents[dim.getPosition()] = shaped.getDimSize(position);
    }
    nest.maps.push_back(map);
    nest.types.push_back(type);
    nest.operandLoops.push_back(loops);
    if (index >= firstOutput)
      nest.outputLoops |= loops;
  }
  if (llvm::is_contained(nest.extents, unknownExtent))
    return unknownExtents(op);
  return nest;
}

LoopSet LoopNest::allLoops() const {
  return extents.size() == maxLoops ? ~LoopSet(0)
                                    : (LoopSet(1) << extents.size()) - 1;
}

Count LoopNest::iterations(LoopSet loops) const {
  Count product = 1;
  for (auto [loop, extent] : llvm::enumerate(extents))
    if (loops >> loop & 1)
      product *= extent;
  return product;
}

bool LoopNest::isWindowed(unsigned operand) const {
  return llvm::any_of(maps[operand].getResults(), [](mlir::AffineExpr expr) {
    return !mlir::isa<mlir::AffineDimExpr, mlir::AffineConstantExpr>(expr);
  });
}

ContractionShape LoopNest::contractionShape(LoopSet lhs, LoopSet rhs) const {
  LoopSet reduced = reductionLoops();
  LoopSet m = lhs & ~rhs & ~reduced;
  LoopSet n = rhs & ~lhs & ~reduced;
  LoopSet batch = allLoops() & ~reduced & ~m & ~n;
  ContractionShape shape;
  shape.batch = iterations(batch);
  shape.m = iterations(m);
  shape.n = iterations(n);
  shape.k = iterations(reduced);
  return shape;
}

KnownOr<Count> LoopNest::touchedBytes(unsigned operand) const {
  mlir::Type type = types[operand];
  if (!isInMemory(type))
    return Count();
  KnownOr<Count> whole = memoryBytes(type);
  if (!whole && whole.unknown().kind != UnknownKind::Dynamic)
    return whole;

  auto shaped = mlir::cast<mlir::ShapedType>(type);
  Count elements = 1;
  LoopSet seen = 0;
  for (auto [position, expr] : llvm::enumerate(maps[operand].getResults())) {
    // A loop that indexes twice (a diagonal) contributes once.
    LoopSet loops = loopsIn(expr);
    Count distinct = iterations(loops & ~seen);
    seen |= loops;
    if (!shaped.isDynamicDim(position))
      distinct = std::min(distinct, Count(shaped.getDimSize(position)));
    elements *= distinct;
  }
  return memoryBytes(elements, type);
}

} // namespace roofline
