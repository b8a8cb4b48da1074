//===- StablehloContractions.cpp - dot, dot_general, convolution ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

#include "mlir/IR/BuiltinAttributes.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

namespace roofline::stablehlo {

namespace {

//===----------------------------------------------------------------------===//
// Precision
//===----------------------------------------------------------------------===//

/// DEFAULT and HIGH let f32 run as tf32, as XLA does on GPUs; HIGHEST does not
/// (A6).
bool asksForFullPrecision(mlir::Operation *op) {
  auto array = op->getAttrOfType<mlir::ArrayAttr>("precision_config");
  return array && llvm::any_of(array, [](mlir::Attribute precision) {
           return keywordOf(precision) == "HIGHEST";
         });
}

/// Work of a contraction of this shape in the type that the op runs in.
KnownOr<Compute> contraction(mlir::Operation *op, OpReader &reader,
                             const ContractionShape &shape,
                             const DemandOptions &options) {
  mlir::ShapedType lhs = reader.operand(0);
  mlir::ShapedType rhs = reader.operand(1);
  if (reader.failed())
    return reader.reason();
  std::optional<ElementType> type =
      contractionType(lhs.getElementType(), rhs.getElementType(),
                      asksForFullPrecision(op), options);
  if (!type) {
    reader.arithmetic(lhs);
    reader.arithmetic(rhs);
    return reader.reason();
  }

  // A dot algorithm names the type that the multipliers run in, and how many
  // passes emulate the precision (A22). Of f32 the user decides, as ever.
  uint64_t passes = 1;
  if (mlir::Attribute algorithm = op->getAttr("algorithm")) {
    std::string name = keywordOfField(algorithm, "lhs_precision_type");
    bool isF32 = name == "f32";
    if (std::optional<ElementType> named = parseElementType(name);
        named && !isF32 && options.f32 != F32Precision::Strict)
      type = named;
    else if (isF32 && options.f32 == F32Precision::FromGraph)
      type = ElementType::F32;
    IntVector count = reader.field(algorithm, "num_primitive_operations");
    if (count.size() == 1 && count.front() > 0 &&
        options.f32 != F32Precision::Strict)
      passes = count.front();
    if (reader.failed())
      return reader.reason();
  }

  Compute compute = contractionCompute(shape, *type);
  if (passes > 1) {
    WorkList once = std::exchange(compute.work, WorkList());
    compute.work.add(once, passes);
  }
  return compute;
}

//===----------------------------------------------------------------------===//
// dot, dot_general, ragged_dot
//===----------------------------------------------------------------------===//

/// Product of extents that both operands have; known where either knows it.
Count sharedExtents(OpReader &reader, mlir::ShapedType lhs,
                    llvm::ArrayRef<int64_t> lhsDims, mlir::ShapedType rhs,
                    llvm::ArrayRef<int64_t> rhsDims) {
  if (!lhs || !rhs)
    return 1;
  if (lhsDims.size() != rhsDims.size()) {
    reader.malformed("the operands pair " + llvm::Twine(lhsDims.size()) +
                     " with " + llvm::Twine(rhsDims.size()) + " dimensions");
    return 1;
  }
  Count product = 1;
  for (auto [lhsDim, rhsDim] : llvm::zip_equal(lhsDims, rhsDims)) {
    bool knowsOnlyRhs =
        lhsDim >= 0 && lhsDim < lhs.getRank() && lhs.isDynamicDim(lhsDim);
    bool knowsOnlyLhs =
        rhsDim >= 0 && rhsDim < rhs.getRank() && rhs.isDynamicDim(rhsDim);
    Count lhsExtent = knowsOnlyRhs ? Count(1) : reader.extent(lhs, lhsDim);
    Count rhsExtent =
        knowsOnlyLhs && !knowsOnlyRhs ? Count(1) : reader.extent(rhs, rhsDim);
    if (!knowsOnlyRhs && !knowsOnlyLhs && lhsExtent != rhsExtent)
      reader.malformed("dimension " + llvm::Twine(lhsDim) +
                       " of operand 0 is " + lhsExtent.str() + ", dimension " +
                       llvm::Twine(rhsDim) + " of operand 1 is " +
                       rhsExtent.str());
    product *= knowsOnlyRhs ? rhsExtent : lhsExtent;
  }
  return product;
}

/// Product of the extents of all dimensions but those named, which must be
/// distinct and in range.
Count otherExtents(OpReader &reader, mlir::ShapedType type,
                   llvm::ArrayRef<int64_t> first,
                   llvm::ArrayRef<int64_t> second) {
  if (!type)
    return 1;
  llvm::SmallVector<bool> isNamed(type.getRank(), false);
  for (int64_t dim : llvm::concat<const int64_t>(first, second)) {
    if (dim < 0 || dim >= type.getRank() || isNamed[dim]) {
      reader.malformed("dimension " + llvm::Twine(dim) +
                       " is out of range or named twice");
      return 1;
    }
    isNamed[dim] = true;
  }
  Count product = 1;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (!isNamed[dim])
      product *= reader.extent(type, dim);
  return product;
}

ContractionShape contractionShape(OpReader &reader, mlir::Attribute dims,
                                  llvm::ArrayRef<int64_t> rhsGroupDims) {
  mlir::ShapedType lhs = reader.operand(0);
  mlir::ShapedType rhs = reader.operand(1);
  IntVector lhsBatch = reader.field(dims, "lhs_batching_dimensions");
  IntVector rhsBatch = reader.field(dims, "rhs_batching_dimensions");
  IntVector lhsContracting = reader.field(dims, "lhs_contracting_dimensions");
  IntVector rhsContracting = reader.field(dims, "rhs_contracting_dimensions");
  ContractionShape shape;
  shape.batch = sharedExtents(reader, lhs, lhsBatch, rhs, rhsBatch);
  shape.k = sharedExtents(reader, lhs, lhsContracting, rhs, rhsContracting);
  shape.m = otherExtents(reader, lhs, lhsBatch, lhsContracting);
  llvm::append_range(rhsBatch, rhsGroupDims);
  shape.n = otherExtents(reader, rhs, rhsBatch, rhsContracting);
  return shape;
}

KnownOr<Compute> dotGeneral(mlir::Operation *op, const DemandOptions &options) {
  OpReader reader(op);
  mlir::Attribute dims = reader.structure("dot_dimension_numbers");
  ContractionShape shape = contractionShape(reader, dims, {});
  return contraction(op, reader, shape, options);
}

/// Each row of operand 0 meets the matrix of its group only, so the groups of
/// operand 1 add no work.
KnownOr<Compute> raggedDot(mlir::Operation *op, const DemandOptions &options) {
  OpReader reader(op);
  mlir::Attribute dims = reader.structure("ragged_dot_dimension_numbers");
  ContractionShape shape = contractionShape(
      reader, dims, reader.field(dims, "rhs_group_dimensions"));
  return contraction(op, reader, shape, options);
}

/// Rows choose their groups as they run, each one group: no more groups are
/// read than there are rows (A37).
KnownOr<Traffic> raggedDotTraffic(mlir::Operation *op, const DemandOptions &) {
  KnownOr<Traffic> traffic = wholeTraffic(op);
  if (!traffic)
    return traffic;
  OpReader reader(op);
  mlir::ShapedType lhs = reader.operand(0);
  mlir::ShapedType rhs = reader.operand(1);
  mlir::Attribute dims = reader.structure("ragged_dot_dimension_numbers");
  IntVector ragged = reader.field(dims, "lhs_ragged_dimensions");
  IntVector grouped = reader.field(dims, "rhs_group_dimensions");
  // What is malformed is said by the computation.
  if (reader.failed() || ragged.size() != 1 || grouped.size() != 1)
    return traffic;
  Count rows = reader.extent(lhs, ragged.front());
  Count groups = reader.extent(rhs, grouped.front());
  if (reader.failed() || !(rows < groups))
    return traffic;
  Count touched = rows;
  for (int64_t dim = 0; dim < rhs.getRank(); ++dim)
    if (dim != grouped.front())
      touched *= reader.extent(rhs, dim);
  KnownOr<Count> bytes = byteCount(touched, rhs.getElementType());
  if (!bytes)
    return bytes.unknown();
  Count &read = traffic->readBytes[1];
  read = std::min(read, *bytes);
  return traffic;
}

/// The last dimension of operand 0 meets the first of operand 1.
KnownOr<Compute> dot(mlir::Operation *op, const DemandOptions &options) {
  OpReader reader(op);
  mlir::ShapedType lhs = reader.operand(0);
  mlir::ShapedType rhs = reader.operand(1);
  ContractionShape shape;
  if (lhs && rhs) {
    int64_t last = lhs.getRank() - 1;
    shape.k = sharedExtents(reader, lhs, {last}, rhs, {0});
    shape.m = otherExtents(reader, lhs, {last}, {});
    shape.n = otherExtents(reader, rhs, {0}, {});
  }
  return contraction(op, reader, shape, options);
}

//===----------------------------------------------------------------------===//
// einsum
//===----------------------------------------------------------------------===//

/// Two operands by the letters of their dimensions: `ab,bc->ac`.
KnownOr<Compute> einsum(mlir::Operation *op, const DemandOptions &options) {
  OpReader reader(op);
  auto config = op->getAttrOfType<mlir::StringAttr>("einsum_config");
  mlir::ShapedType types[] = {reader.operand(0), reader.operand(1)};
  if (!config)
    reader.malformed("attribute 'einsum_config' is missing");
  if (reader.failed())
    return reader.reason();
  auto [operands, result] = config.getValue().split("->");
  auto [lhs, rhs] = operands.split(',');
  llvm::StringRef letters[] = {lhs.trim(), rhs.trim()};
  result = result.trim();

  // Each letter with its extent and the operands that have it.
  struct Index {
    Count extent;
    bool isIn[2] = {false, false};
  };
  llvm::MapVector<char, Index> indices;
  for (unsigned side : {0u, 1u}) {
    if (letters[side].contains("...") ||
        static_cast<int64_t>(letters[side].size()) != types[side].getRank())
      return Unknown{UnknownKind::Malformed,
                     "the letters of '" + config.getValue().str() +
                         "' are not those of the operands' dimensions"};
    for (auto [dim, letter] : llvm::enumerate(letters[side])) {
      Index &index = indices[letter];
      index.extent = reader.extent(types[side], dim);
      index.isIn[side] = true;
    }
  }
  ContractionShape shape;
  for (auto &[letter, index] : indices) {
    bool isShared = index.isIn[0] && index.isIn[1];
    Count &extent = isShared && !result.contains(letter) ? shape.k
                    : isShared                           ? shape.batch
                    : index.isIn[0]                      ? shape.m
                                                         : shape.n;
    extent *= index.extent;
  }
  return contraction(op, reader, shape, options);
}

/// A sum, diagonal or transposition: at most one addition per element.
KnownOr<Compute> unaryEinsum(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  mlir::ShapedType type = reader.operand(0);
  Count elements = reader.elements(type);
  ElementType element = reader.arithmetic(type);
  if (reader.failed())
    return reader.reason();
  Compute compute = noCompute(Structure::Reduction);
  addWork(compute.work, elements, element, {1, 0});
  return compute;
}

//===----------------------------------------------------------------------===//
// Convolution
//===----------------------------------------------------------------------===//

/// Of all pairs of an output position and a kernel tap along one dimension,
/// those that meet an element, not a hole that dilation of the input leaves.
/// The grid of elements goes on into the padding, which is counted (A23).
Count tapsAlong(OpReader &reader, Count outputs, Count taps, int64_t stride,
                int64_t padLow, int64_t lhsDilation, int64_t rhsDilation) {
  // The number of positions below `count` with each residue of
  // position * factor + offset modulo the dilation; its period is the dilation.
  constexpr int64_t maxDilation = 1 << 16;
  if (lhsDilation == 1)
    return outputs * taps;
  std::optional<uint64_t> numOutputs = outputs.asUint64();
  std::optional<uint64_t> numTaps = taps.asUint64();
  if (lhsDilation < 1 || lhsDilation > maxDilation || !numOutputs || !numTaps) {
    reader.malformed("a dilation of " + llvm::Twine(lhsDilation) +
                     " is out of range");
    return 1;
  }
  uint64_t modulus = lhsDilation;
  auto residue = [&](int64_t value) -> uint64_t {
    int64_t rest = value % lhsDilation;
    return rest < 0 ? rest + lhsDilation : rest;
  };
  auto histogram = [&](uint64_t count, int64_t factor, int64_t offset) {
    llvm::SmallVector<Count> counts(modulus, Count(0));
    uint64_t step = residue(factor);
    uint64_t at = residue(offset);
    for (uint64_t i = 0; i < std::min(count, modulus); ++i) {
      counts[at] += Count(count / modulus + (i < count % modulus ? 1 : 0));
      at = (at + step) % modulus;
    }
    return counts;
  };
  llvm::SmallVector<Count> ofOutputs =
      histogram(*numOutputs, stride, -static_cast<int64_t>(residue(padLow)));
  llvm::SmallVector<Count> ofTaps = histogram(*numTaps, rhsDilation, 0);
  Count pairs = 0;
  for (uint64_t rest = 0; rest < modulus; ++rest)
    pairs += ofOutputs[rest] * ofTaps[(modulus - rest) % modulus];
  return pairs;
}

KnownOr<Compute> convolution(mlir::Operation *op,
                             const DemandOptions &options) {
  OpReader reader(op);
  mlir::ShapedType lhs = reader.operand(0);
  mlir::ShapedType rhs = reader.operand(1);
  mlir::ShapedType result = reader.result(0);
  mlir::Attribute attr = reader.structure("dimension_numbers");
  int64_t featureGroups = reader.integer("feature_group_count", 1);
  int64_t batchGroups = reader.integer("batch_group_count", 1);
  if (reader.failed())
    return reader.reason();
  std::optional<ConvolutionDims> dims = convolutionDimsOf(attr);
  if (!dims)
    return Unknown{
        UnknownKind::Malformed,
        "attribute 'dimension_numbers' is not that of a convolution"};
  size_t numSpatial = dims->rhsSpatial.size();
  IntVector ones(numSpatial, 1);
  IntVector strides = reader.integers("window_strides", ones);
  IntVector lhsDilation = reader.integers("lhs_dilation", ones);
  IntVector rhsDilation = reader.integers("rhs_dilation", ones);
  bool hasHoles =
      llvm::any_of(lhsDilation, [](int64_t factor) { return factor != 1; });
  // Padding only decides where the holes are.
  IntVector padding(2 * numSpatial, 0);
  if (hasHoles && op->getNumOperands() > 2)
    reader.fail(UnknownKind::Dynamic, "the padding is not static");
  else if (hasHoles)
    padding = reader.integers("padding", padding);
  if (!reader.failed() &&
      (dims->lhsSpatial.size() != numSpatial ||
       dims->resultSpatial.size() != numSpatial ||
       lhs.getRank() != static_cast<int64_t>(numSpatial + 2) ||
       rhs.getRank() != static_cast<int64_t>(numSpatial + 2) ||
       result.getRank() != static_cast<int64_t>(numSpatial + 2) ||
       strides.size() != numSpatial || lhsDilation.size() != numSpatial ||
       rhsDilation.size() != numSpatial || padding.size() != 2 * numSpatial))
    reader.malformed("the operands and attributes do not agree in rank");
  if (!reader.failed() && (featureGroups == 0 || batchGroups == 0))
    reader.malformed("a group count is 0");
  if (reader.failed())
    return reader.reason();

  // Each output element meets the input features of its group, which are the
  // rows of the kernel, at every tap.
  Count outputPositions = 1;
  Count taps = 1;
  Count pairs = 1;
  for (size_t i = 0; i < numSpatial; ++i) {
    Count outputs = reader.extent(result, dims->resultSpatial[i]);
    Count window = reader.extent(rhs, dims->rhsSpatial[i]);
    outputPositions *= outputs;
    taps *= window;
    pairs *= tapsAlong(reader, outputs, window, strides[i], padding[2 * i],
                       lhsDilation[i], rhsDilation[i]);
  }
  Count inputFeatures = reader.extent(rhs, dims->rhsInputFeature);
  Count outputFeatures = reader.extent(result, dims->resultFeature);
  Count outputBatch = reader.extent(result, dims->resultBatch);
  std::optional<uint64_t> groups =
      (Count(featureGroups) * Count(batchGroups)).asUint64();
  if (!groups)
    reader.malformed("the group counts are out of range");
  if (reader.failed())
    return reader.reason();

  ContractionShape shape;
  shape.batch = *groups;
  shape.m = outputBatch * outputPositions;
  shape.n = outputFeatures.dividedRoundingUp(*groups);
  shape.k = inputFeatures * taps;
  KnownOr<Compute> compute = contraction(op, reader, shape, options);
  if (!compute)
    return compute;
  compute->structure = Structure::Convolution;

  // The exact work, where holes are skipped or groups do not divide. Real and
  // complex multiply-adds are told apart by the type alone (A7).
  bool isComplex = !compute->work.empty() &&
                   (compute->work.begin()->where.type == ElementType::C64 ||
                    compute->work.begin()->where.type == ElementType::C128);
  if (!compute->work.empty() && (hasHoles || *groups > 1)) {
    ElementType type = compute->work.begin()->where.type;
    compute->work = WorkList();
    compute->work.add(Unit::Matrix, type,
                      outputBatch * outputFeatures * pairs * inputFeatures *
                          Count(isComplex ? 8 : 2));
  }
  if (hasHoles && !outputPositions.isZero())
    if (std::optional<uint64_t> positions = outputPositions.asUint64())
      compute->contraction->k =
          inputFeatures * pairs.dividedRoundingUp(*positions);
  return compute;
}

/// All of the kernel, and of the input the positions under the windows: with
/// strides longer than the window others are never read (A23).
KnownOr<Traffic> convolutionTraffic(mlir::Operation *op,
                                    const DemandOptions &) {
  KnownOr<Traffic> traffic = wholeTraffic(op);
  if (!traffic)
    return traffic;
  OpReader reader(op);
  mlir::ShapedType lhs = reader.operand(0);
  mlir::ShapedType rhs = reader.operand(1);
  mlir::ShapedType result = reader.result(0);
  mlir::Attribute attr = reader.structure("dimension_numbers");
  if (reader.failed())
    return reader.reason();
  std::optional<ConvolutionDims> dims = convolutionDimsOf(attr);
  size_t numSpatial = dims ? dims->rhsSpatial.size() : 0;
  IntVector ones(numSpatial, 1);
  IntVector strides = reader.integers("window_strides", ones);
  IntVector lhsDilation = reader.integers("lhs_dilation", ones);
  IntVector rhsDilation = reader.integers("rhs_dilation", ones);
  // What is malformed is said by the computation.
  if (!dims || reader.failed() || dims->lhsSpatial.size() != numSpatial ||
      dims->resultSpatial.size() != numSpatial ||
      strides.size() != numSpatial || lhsDilation.size() != numSpatial ||
      rhsDilation.size() != numSpatial)
    return traffic;
  Count elements = reader.extent(lhs, dims->lhsBatch);
  elements *= reader.extent(lhs, dims->lhsFeature);
  for (size_t i = 0; i < numSpatial; ++i) {
    Count extent = reader.extent(lhs, dims->lhsSpatial[i]);
    Count window = reader.extent(rhs, dims->rhsSpatial[i]);
    Count outputs = reader.extent(result, dims->resultSpatial[i]);
    bool skips = lhsDilation[i] == 1 && rhsDilation[i] == 1 && strides[i] > 0 &&
                 window < Count(strides[i]);
    Count touched = outputs * window;
    elements *= skips && touched < extent ? touched : extent;
  }
  if (reader.failed())
    return reader.reason();
  KnownOr<Count> bytes = byteCount(elements, lhs.getElementType());
  if (!bytes)
    return bytes.unknown();
  traffic->readBytes[0] = *bytes;
  return traffic;
}

constexpr Row rows[] = {
    {"convolution", Hlo, {convolution, convolutionTraffic}},
    {"dot", Hlo, {dot}},
    {"dot_general", Hlo, {dotGeneral}},
    {"dynamic_conv", Hlo, {convolution, convolutionTraffic}},
    {"einsum", Hlo, {einsum}},
    {"ragged_dot", Chlo | Mhlo, {raggedDot, raggedDotTraffic}},
    {"unary_einsum", Hlo, {unaryEinsum}},
};

} // namespace

void addContractionRules(OpRuleRegistry &rules) { addRows(rules, rows); }

} // namespace roofline::stablehlo
