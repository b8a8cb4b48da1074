//===- StablehloReductions.cpp - Ops with a combiner or a comparator ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The region of these ops is their own work: its operations times the number of
// times that it runs (A25).
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline::stablehlo {

namespace {

/// Each element of the input is combined once, the first one with the initial
/// value.
KnownOr<Compute> reduce(mlir::Operation *op, const DemandOptions &options) {
  OpReader reader(op);
  Count inputs = reader.elements(reader.operand(0));
  return runRegion(reader, 0, inputs, Structure::Reduction, options);
}

KnownOr<Compute> map(mlir::Operation *op, const DemandOptions &options) {
  OpReader reader(op);
  Count elements = reader.elements(reader.result(0));
  return runRegion(reader, 0, elements, Structure::Elementwise, options);
}

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

/// Elements of a window.
Count windowSize(OpReader &reader, llvm::ArrayRef<int64_t> window) {
  Count size = 1;
  for (int64_t extent : window) {
    if (extent < 0)
      reader.malformed("a window extent is negative");
    else
      size *= Count(extent);
  }
  return size;
}

/// A window that starts with the tensor and ends at the running element: a
/// prefix sum or the like, which needs each element once.
bool isPrefix(mlir::ShapedType input, mlir::ShapedType result,
              llvm::ArrayRef<int64_t> window, llvm::ArrayRef<int64_t> padding) {
  if (!input || input != result ||
      static_cast<int64_t>(window.size()) != input.getRank() ||
      padding.size() != 2 * window.size())
    return false;
  unsigned numLong = 0;
  for (auto [dim, extent] : llvm::enumerate(window)) {
    if (extent == 1)
      continue;
    ++numLong;
    if (extent != input.getDimSize(dim) ||
        padding[2 * dim] + padding[2 * dim + 1] != extent - 1 ||
        (padding[2 * dim] != 0 && padding[2 * dim + 1] != 0))
      return false;
  }
  return numLong == 1;
}

KnownOr<Compute> reduceWindow(mlir::Operation *op,
                              const DemandOptions &options) {
  OpReader reader(op);
  mlir::ShapedType input = reader.operand(0);
  mlir::ShapedType result = reader.result(0);
  Count outputs = reader.elements(result);
  IntVector window = reader.integers("window_dimensions");
  IntVector padding = reader.integers("padding", IntVector());
  Count size = windowSize(reader, window);
  Count times =
      isPrefix(input, result, window, padding) ? outputs : outputs * size;
  return runRegion(reader, 0, times, Structure::Reduction, options);
}

/// The gradient of a pooling: each element of the source selects one element of
/// its window and is combined with what is there.
KnownOr<Compute> selectAndScatter(mlir::Operation *op,
                                  const DemandOptions &options) {
  OpReader reader(op);
  Count sources = reader.elements(reader.operand(1));
  IntVector window = reader.integers(
      "window_dimensions", reader.operand(0)
                               ? IntVector(reader.operand(0).getRank(), 1)
                               : IntVector());
  Count selections = sources * windowSize(reader, window);
  KnownOr<Compute> select =
      runRegion(reader, 0, selections, Structure::Reduction, options);
  KnownOr<Compute> scatter =
      runRegion(reader, 1, sources, Structure::Reduction, options);
  if (!select || !scatter)
    return select ? scatter : select;
  select->work.add(scatter->work);
  return select;
}

//===----------------------------------------------------------------------===//
// Scans
//===----------------------------------------------------------------------===//

/// One step of a scan works on a slice of each input; an associative one is a
/// single pass over them, any other a loop over the slices (A36).
bool isAssociativeScan(mlir::Operation *op) {
  auto flag = op->getAttrOfType<mlir::BoolAttr>("is_associative");
  return flag && flag.getValue();
}

/// The number of slices.
KnownOr<Count> scanSteps(mlir::Operation *op) {
  OpReader reader(op);
  mlir::ShapedType input = reader.operand(0);
  Count steps = reader.extent(input, reader.integer("dimension"));
  if (reader.failed())
    return reader.reason();
  return steps;
}

KnownOr<Compute> scan(mlir::Operation *op, const DemandOptions &options) {
  OpReader reader(op);
  KnownOr<Count> steps = scanSteps(op);
  if (!steps)
    return steps.unknown();
  if (isAssociativeScan(op))
    return runRegion(reader, 0, *steps, Structure::Reduction, options);
  reader.region(0);
  if (reader.failed())
    return reader.reason();
  return noCompute(Structure::View);
}

KnownOr<Traffic> scanTraffic(mlir::Operation *op, const DemandOptions &) {
  return isAssociativeScan(op) ? wholeTraffic(op) : noTraffic(op);
}

BodyList scanBodies(mlir::Operation *op, const DemandOptions &) {
  if (isAssociativeScan(op) || op->getNumRegions() == 0)
    return {};
  Body body;
  body.region = &op->getRegion(0);
  body.times = scanSteps(op);
  return {body};
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

/// Splits the elements of a type into lines along a dimension; -1 is the last.
std::pair<Count, Count> linesAlong(OpReader &reader, mlir::ShapedType type,
                                   int64_t dim) {
  if (!type)
    return {1, 1};
  if (dim < 0)
    dim += type.getRank();
  Count length = reader.extent(type, dim);
  Count lines = 1;
  for (int64_t other = 0; other < type.getRank(); ++other)
    if (other != dim)
      lines *= reader.extent(type, other);
  return {lines, length};
}

/// n log2 n comparisons per line (A26).
KnownOr<Compute> sort(mlir::Operation *op, const DemandOptions &options) {
  OpReader reader(op);
  IntVector dim = reader.integers("dimension", IntVector{-1});
  if (dim.size() != 1)
    reader.malformed("attribute 'dimension' is not one integer");
  auto [lines, length] =
      linesAlong(reader, reader.operand(0), dim.empty() ? 0 : dim.front());
  Count comparisons = lines * length * Count(log2Ceil(length));
  return runRegion(reader, 0, comparisons, Structure::Sort, options);
}

/// n log2 k comparisons per line (A26).
KnownOr<Compute> topK(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  mlir::ShapedType input = reader.operand(0);
  ElementType type = reader.arithmetic(input);
  auto [lines, length] = linesAlong(reader, input, -1);
  int64_t kept = reader.integer("k");
  if (reader.failed())
    return reader.reason();
  return selectionCompute(lines, length, Count(kept), type);
}

constexpr Row rows[] = {
    {"map", Hlo, {map}},
    {"reduce", Hlo, {reduce}},
    {"reduce_window", Hlo, {reduceWindow}},
    {"scan", Chlo, {scan, scanTraffic, scanBodies}},
    {"select_and_scatter", Hlo, {selectAndScatter}},
    {"sort", Hlo, {sort}},
    {"top_k", Chlo, {topK}},
    {"topk", Mhlo, {topK}},
};

} // namespace

void addReductionRules(OpRuleRegistry &rules) { addRows(rules, rows); }

} // namespace roofline::stablehlo
