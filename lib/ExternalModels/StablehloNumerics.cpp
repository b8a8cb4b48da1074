//===- StablehloNumerics.cpp - Normalisation, FFT, solvers, random --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops whose arithmetic is not spelt out in the graph. The operation counts are
// those of the textbook algorithm, given where they are used.
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

#include "mlir/IR/BuiltinAttributes.h"

namespace roofline::stablehlo {

namespace {

//===----------------------------------------------------------------------===//
// Batch normalisation (A27)
//===----------------------------------------------------------------------===//

/// `perElement` operations on each element and, per feature, as many as its
/// statistics need: an addition of epsilon and a reciprocal root, and for each
/// mean a division.
KnownOr<Compute> batchNorm(mlir::Operation *op, unsigned perElement,
                           unsigned numMeans) {
  OpReader reader(op);
  mlir::ShapedType type = reader.operand(0);
  Count elements = reader.elements(type);
  Count features = reader.extent(type, reader.integer("feature_index"));
  ElementType element = reader.arithmetic(type);
  if (reader.failed())
    return reader.reason();
  Compute compute = noCompute(Structure::Reduction);
  addWork(compute.work, elements, element, {perElement, 0});
  addWork(compute.work, features, element, {1 + numMeans, 1});
  return compute;
}

/// Subtract the mean, multiply by the reciprocal root and by the scale, add the
/// offset.
KnownOr<Compute> batchNormInference(mlir::Operation *op,
                                    const DemandOptions &) {
  KnownOr<Compute> compute = batchNorm(op, /*perElement=*/4, /*numMeans=*/0);
  if (compute)
    compute->structure = Structure::Elementwise;
  return compute;
}

/// Inference, and before it the mean (add) and the variance (multiply and add;
/// the subtraction is shared).
KnownOr<Compute> batchNormTraining(mlir::Operation *op, const DemandOptions &) {
  return batchNorm(op, /*perElement=*/7, /*numMeans=*/2);
}

/// The normalised input (subtract, multiply), the gradients of offset (add) and
/// scale (multiply, add), and that of the input: subtract the mean gradient,
/// subtract the normalised input times the gradient of the scale, multiply.
KnownOr<Compute> batchNormGrad(mlir::Operation *op, const DemandOptions &) {
  return batchNorm(op, /*perElement=*/9, /*numMeans=*/2);
}

//===----------------------------------------------------------------------===//
// Fourier transform (A28)
//===----------------------------------------------------------------------===//

/// 5 n log2 n real operations per complex transform of length n, half of that
/// where one side is real.
KnownOr<Compute> fft(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  mlir::ShapedType from = reader.operand(0);
  mlir::ShapedType to = reader.result(0);
  IntVector lengths = reader.integers("fft_length");
  if (to && static_cast<int64_t>(lengths.size()) > to.getRank())
    reader.malformed("attribute 'fft_length' has more dimensions than the "
                     "result");
  Count points = 1;
  for (int64_t length : lengths) {
    if (length < 0)
      reader.malformed("attribute 'fft_length' is negative");
    else
      points *= Count(length);
  }
  ElementType fromType = reader.arithmetic(from);
  ElementType toType = reader.arithmetic(to);
  if (reader.failed())
    return reader.reason();
  Count transforms = 1;
  for (int64_t dim = 0, end = to.getRank() - lengths.size(); dim < end; ++dim)
    transforms *= reader.extent(to, dim);
  if (reader.failed())
    return reader.reason();

  auto isComplex = [](ElementType type) {
    return type == ElementType::C64 || type == ElementType::C128;
  };
  Count ops = transforms * points * Count(5 * log2Ceil(points));
  if (!isComplex(fromType) || !isComplex(toType))
    ops = ops.dividedRoundingUp(2);
  Compute compute = noCompute(Structure::Reduction);
  compute.work.add(Unit::Vector, isComplex(toType) ? toType : fromType, ops);
  return compute;
}

//===----------------------------------------------------------------------===//
// Solvers (A29)
//===----------------------------------------------------------------------===//

/// Product of all dimensions but the last two.
Count matrices(OpReader &reader, mlir::ShapedType type) {
  Count count = 1;
  if (type && type.getRank() < 2)
    reader.malformed("an operand is not a matrix");
  for (int64_t dim = 0; type && dim < type.getRank() - 2; ++dim)
    count *= reader.extent(type, dim);
  return count;
}

/// The multiply-adds of a solver run on the matrix units when it is blocked,
/// and always in full precision.
KnownOr<Compute> solver(const OpReader &reader, mlir::ShapedType type,
                        const ContractionShape &shape, Count ops) {
  if (reader.failed())
    return reader.reason();
  std::optional<ElementType> element =
      contractionType(type.getElementType(), type.getElementType(),
                      /*strictInGraph=*/true, DemandOptions());
  if (!element)
    return Unknown{UnknownKind::Opaque, "the element type has no arithmetic"};
  Compute compute = contractionCompute(shape, *element);
  bool isComplex =
      *element == ElementType::C64 || *element == ElementType::C128;
  compute.work = WorkList();
  compute.work.add(Unit::Matrix, *element, ops * Count(isComplex ? 4 : 1));
  return compute;
}

/// n^3 / 3 operations, and a root per row.
KnownOr<Compute> cholesky(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  mlir::ShapedType type = reader.operand(0);
  Count batch = matrices(reader, type);
  Count n = type ? reader.extent(type, type.getRank() - 1) : Count(1);
  ContractionShape shape;
  shape.batch = batch;
  shape.m = shape.n = n;
  shape.k = n.dividedRoundingUp(6);
  Count ops = batch * (n * n * n).dividedRoundingUp(3);
  ElementType element = reader.arithmetic(type);
  KnownOr<Compute> compute = solver(reader, type, shape, ops);
  if (compute)
    addWork(compute->work, batch * n, element, {0, 1});
  return compute;
}

/// n^2 operations for each column of the right-hand sides.
KnownOr<Compute> triangularSolve(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  mlir::ShapedType matrix = reader.operand(0);
  mlir::ShapedType sides = reader.operand(1);
  Count batch = matrices(reader, matrix);
  Count n = matrix ? reader.extent(matrix, matrix.getRank() - 1) : Count(1);
  Count unknowns = reader.elements(sides);
  bool isLeft = true;
  if (auto leftSide = op->getAttrOfType<mlir::BoolAttr>("left_side"))
    isLeft = leftSide.getValue();
  Count columns = 1;
  if (sides && sides.getRank() >= 2)
    columns = reader.extent(sides, sides.getRank() - (isLeft ? 1 : 2));
  ContractionShape shape;
  shape.batch = batch;
  shape.m = n;
  shape.n = columns;
  shape.k = n.dividedRoundingUp(2);
  return solver(reader, matrix, shape, unknowns * n);
}

//===----------------------------------------------------------------------===//
// Random numbers (A30)
//===----------------------------------------------------------------------===//

/// Random bits to fill `type`.
void addRandomBits(OpReader &reader, WorkList &work, mlir::ShapedType type,
                   uint64_t opsPerWord) {
  if (!type)
    return;
  KnownOr<Count> bytes = byteCount(type);
  if (!bytes)
    return reader.fail(bytes.unknown().kind, bytes.unknown().reason);
  work.add(Unit::Vector, ElementType::I32,
           bytes->dividedRoundingUp(4) * Count(opsPerWord));
}

/// Philox unless the op asks for Threefry; XLA's default on accelerators.
KnownOr<Compute> rngBitGenerator(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  bool isThreefry = keywordOf(op->getAttr("rng_algorithm")) == "THREE_FRY";
  Compute compute = noCompute(Structure::Elementwise);
  addRandomBits(reader, compute.work, reader.result(1),
                isThreefry ? threefryOpsPerWord : philoxOpsPerWord);
  if (reader.failed())
    return reader.reason();
  return compute;
}

/// Philox bits, scaled and shifted; for a normal distribution by the method of
/// Box and Muller: a logarithm, a root, a sine and a cosine for two numbers.
KnownOr<Compute> rng(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  mlir::ShapedType type = reader.result(0);
  Count elements = reader.elements(type);
  ElementType element = reader.arithmetic(type);
  Compute compute = noCompute(Structure::Elementwise);
  addRandomBits(reader, compute.work, type, philoxOpsPerWord);
  if (reader.failed())
    return reader.reason();
  bool isNormal = keywordOf(op->getAttr("rng_distribution")) == "NORMAL";
  addWork(compute.work, elements, element, {2, isNormal ? 2u : 0u});
  return compute;
}

constexpr Row rows[] = {
    {"batch_norm_grad", Hlo, {batchNormGrad}},
    {"batch_norm_inference", Hlo, {batchNormInference}},
    {"batch_norm_training", Hlo, {batchNormTraining}},
    {"cholesky", Hlo, {cholesky}},
    {"fft", Hlo, {fft}},
    {"rng", Hlo, {rng}},
    {"rng_bit_generator", Hlo, {rngBitGenerator}},
    {"triangular_solve", Hlo, {triangularSolve}},
    {"xla.rng_get_and_update_state", Mhlo, viewRule},
};

} // namespace

void addNumericRules(OpRuleRegistry &rules) { addRows(rules, rows); }

} // namespace roofline::stablehlo
