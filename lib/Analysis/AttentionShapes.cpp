//===- AttentionShapes.cpp - Extents of fused attention -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AttentionShapes.h"

#include "AttentionMask.h"

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

namespace roofline {

namespace {

/// Rows of a score matrix that may all be heads which share keys and values: a
/// decode step. More are rows of a sequence.
constexpr int64_t maxGroup = 64;

/// Ops that are followed back to what an operand is made of.
constexpr unsigned maxSourceChain = 16;

/// True for an op whose only operand is all that its only result is made of,
/// and that costs no launch beside `kernel`.
bool isPartOrView(mlir::Operation *op, const Kernel &kernel,
                  const DemandLookup &lookup) {
  KnownOr<Demand> demand = lookup.demand(op);
  if (!demand || op->getNumRegions() != 0)
    return false;
  return demand->structure == Structure::View ||
         ((demand->structure == Structure::DataMovement ||
           demand->structure == Structure::Elementwise) &&
          llvm::is_contained(kernel.ops, op));
}

/// Elements of a static type, or 0.
double elementsOf(mlir::Value value) {
  KnownOr<Count> elements = elementCount(value.getType());
  return elements ? elements->asDouble() : 0;
}

//===----------------------------------------------------------------------===//
// Scores
//===----------------------------------------------------------------------===//

/// The extents of one score matrix, by rows of all query heads of a group.
struct ScoreExtents {
  double batches;
  double rows;
  double context;
  double headDim;
  /// Scores are queries times keys; else keys times queries.
  bool isRowsFirst;
};

/// From the products of scores and values; absent where they do not fit
/// together.
std::optional<ScoreExtents> scoreExtents(const ContractionShape &scores,
                                         const ContractionShape &values) {
  if (!(scores.batch == values.batch))
    return std::nullopt;
  bool isRowsFirst = scores.n == values.k;
  if (!isRowsFirst && !(scores.m == values.k))
    return std::nullopt;
  Count rows = isRowsFirst ? scores.m : scores.n;
  return ScoreExtents{scores.batch.asDouble(), rows.asDouble(),
                      values.k.asDouble(), scores.k.asDouble(), isRowsFirst};
}

/// How leading dimensions of scores, of `batches` elements together, and those
/// of their rows are made up.
struct ScoreDims {
  llvm::SmallVector<int64_t, 4> batch;
  llvm::SmallVector<int64_t, 4> rows;
};

/// Absent where the type of the scores does not have the extents in this order.
std::optional<ScoreDims> scoreDims(mlir::Value scores,
                                   const ScoreExtents &extents) {
  auto type = llvm::dyn_cast<mlir::ShapedType>(scores.getType());
  if (!type || !type.hasStaticShape())
    return std::nullopt;
  ScoreDims dims;
  double batches = 1;
  bool hasContext = false;
  for (int64_t extent : type.getShape()) {
    if (batches < extents.batches) {
      batches *= static_cast<double>(extent);
      dims.batch.push_back(extent);
    } else if (!hasContext && static_cast<double>(extent) == extents.context &&
               // Queries of a prompt come before the keys of the same number.
               (extents.rows < extents.context || !dims.rows.empty())) {
      hasContext = true;
    } else {
      dims.rows.push_back(extent);
    }
  }
  double rows = 1;
  for (int64_t extent : dims.rows)
    rows *= static_cast<double>(extent);
  if (batches != extents.batches || rows != extents.rows)
    return std::nullopt;
  return dims;
}

/// Rows of the sequence among `extents.rows`; the rest are heads of a group.
double queriesOf(const ScoreExtents &extents,
                 const std::optional<ScoreDims> &dims) {
  if (extents.rows >= extents.context &&
      std::fmod(extents.rows, extents.context) == 0)
    return extents.context;
  if (!dims)
    return extents.rows <= maxGroup ? 1 : extents.rows;
  llvm::SmallVector<int64_t, 4> rows(dims->rows);
  bool isStep = llvm::is_contained(rows, 1) || rows.size() < 2;
  if (isStep && extents.rows <= maxGroup)
    return 1;
  return static_cast<double>(*llvm::max_element(rows));
}

/// Adds what the graph proves of the mask. One that it is given is taken for
/// causal, and positions that it is given for those of the last rows (A72).
void addMask(const Kernel &kernel, const Product &scores, const Product &values,
             const ScoreExtents &extents, const DemandLookup &lookup,
             AttentionShape &shape) {
  shape.isCausal = false;
  std::optional<AttentionMask> mask = findAttentionMask(
      kernel, scores.op, values.op, static_cast<int64_t>(extents.context),
      static_cast<int64_t>(extents.rows), static_cast<int64_t>(shape.queries),
      lookup);
  if (!mask)
    return;
  // Rows that the mask tells apart are those of the sequence.
  if (mask->queries) {
    shape.queries = static_cast<double>(*mask->queries);
    shape.queryHeads = shape.kvHeads * extents.rows / shape.queries;
  }
  // Queries that see keys after their own row are not of a causal kernel.
  double later = shape.context - shape.queries;
  bool isProven = mask->last && static_cast<double>(*mask->last) <= later;
  shape.isCausal =
      shape.queries > 1 && (isProven || mask->hasPositions || mask->isData);
  shape.isMaskKnown = isProven || mask->isKnown();
  if (mask->window)
    shape.window = static_cast<double>(*mask->window);
  double pairs = mask->seenPairs(static_cast<int64_t>(shape.queries));
  if (pairs < shape.queries * shape.context)
    shape.seenPairs = pairs;
  double keys = mask->seenKeys(static_cast<int64_t>(shape.queries));
  if (keys < shape.context)
    shape.seenKeys = keys;
}

/// The operand of the scores that is the keys.
mlir::Value keysOf(const Product &scores, const ScoreExtents &extents) {
  return scores.op->getOperand(extents.isRowsFirst ? 1 : 0);
}

std::optional<KernelShape>
findPlainAttention(const Kernel &kernel, const Product &scores,
                   const Product &values, const ScoreExtents &extents,
                   ElementType type, const DemandLookup &lookup) {
  std::optional<ScoreDims> dims = scoreDims(scores.op->getResult(0), extents);
  AttentionShape shape;
  shape.queries = queriesOf(extents, dims);
  shape.context = extents.context;
  shape.headDim = extents.headDim;
  shape.batch = dims && dims->batch.size() > 1
                    ? static_cast<double>(dims->batch.front())
                    : 1;
  shape.kvHeads = extents.batches / shape.batch;
  shape.queryHeads = shape.kvHeads * extents.rows / shape.queries;
  shape.type = type;
  addMask(kernel, scores, values, extents, lookup, shape);

  mlir::Value keys = keysOf(scores, extents);
  mlir::Value stored = sourceOf(keys, kernel, lookup);
  if (std::optional<double> bytes = elementBytes(stored))
    shape.kvBytes = *bytes;
  // Graphs repeat keys for the query heads that share them; kernels do not.
  double repeated = elementsOf(keys) / std::max(1.0, elementsOf(stored));
  if (repeated > 1 && std::fmod(shape.kvHeads, repeated) == 0)
    shape.kvHeads /= repeated;
  return shape;
}

//===----------------------------------------------------------------------===//
// Latent attention
//===----------------------------------------------------------------------===//

/// True where the values are the keys, or a part of their rows: `keys` joined
/// from parts of which one is the values, or what the values are sliced from.
bool isShared(mlir::Value keys, const Product &values, const Kernel &kernel,
              const DemandLookup &lookup) {
  mlir::Value stored = sourceOf(keys, kernel, lookup);
  llvm::SmallVector<mlir::Value, 4> parts = {stored};
  if (mlir::Operation *op = stored.getDefiningOp();
      op && isPartOrView(op, kernel, lookup))
    for (mlir::Value operand : op->getOperands())
      if (elementsOf(operand) < elementsOf(stored))
        parts.push_back(sourceOf(operand, kernel, lookup));
  return llvm::any_of(values.op->getOperands(), [&](mlir::Value operand) {
    mlir::Value read = sourceOf(operand, kernel, lookup);
    if (llvm::is_contained(parts, read))
      return true;
    mlir::Operation *op = read.getDefiningOp();
    return op && op->getNumOperands() == 1 &&
           isPartOrView(op, kernel, lookup) &&
           sourceOf(op->getOperand(0), kernel, lookup) == stored;
  });
}

/// Heads of models with latent attention: at most those of DeepSeek's.
constexpr int64_t mostLatentHeads = 128;

/// Where all heads share one row of the cache per position, which is key and
/// value at once: the rows of a score matrix are heads. `scores` are one
/// product of whole rows, or one each of the latent and of the rotated part.
std::optional<LatentAttentionShape>
findLatentAttention(const Kernel &kernel, llvm::ArrayRef<Product> scores,
                    const Product &values, const ScoreExtents &extents,
                    ElementType type, const DemandLookup &lookup) {
  if (type != ElementType::BF16 && type != ElementType::F16)
    return std::nullopt;
  const ContractionShape &shape = values.shape;
  // The result of values has as many rows as the scores, in either order.
  double latent =
      (shape.m.asDouble() == extents.rows ? shape.n : shape.m).asDouble();
  double keyDim = 0;
  const Product *latentScores = nullptr;
  for (const Product &product : scores) {
    keyDim += product.shape.k.asDouble();
    if (product.shape.k.asDouble() >= latent)
      latentScores = &product;
  }
  if (!latentScores || keyDim <= latent)
    return std::nullopt;
  mlir::Value keys = keysOf(*latentScores, extents);
  if (!isShared(keys, values, kernel, lookup))
    return std::nullopt;
  std::optional<ScoreDims> dims =
      scoreDims(latentScores->op->getResult(0), extents);
  if (!dims)
    return std::nullopt;
  LatentAttentionShape result;
  result.batch = extents.batches;
  result.context = extents.context;
  // Several rows of a sequence are a dimension of their own: the one that is no
  // number of heads, else that of a mask, or the smaller.
  llvm::erase(dims->rows, 1);
  if (dims->rows.size() > 2)
    return std::nullopt;
  if (dims->rows.size() == 2) {
    result.isAbsorbed = true;
    auto [first, second] = std::minmax(dims->rows[0], dims->rows[1]);
    bool areRowsKnown = second > mostLatentHeads;
    result.queries = static_cast<double>(areRowsKnown ? second : first);
    std::optional<AttentionMask> mask = findAttentionMask(
        kernel, latentScores->op, values.op,
        static_cast<int64_t>(extents.context),
        static_cast<int64_t>(extents.rows), areRowsKnown ? second : 0, lookup);
    if (mask && mask->queries)
      result.queries = static_cast<double>(*mask->queries);
    result.isCausal =
        mask && (mask->isData || mask->hasPositions ||
                 (mask->last && static_cast<double>(*mask->last) <=
                                    result.context - result.queries));
  }
  result.heads = extents.rows / result.queries;
  result.latent = latent;
  result.rope = keyDim - latent;
  if (std::optional<double> bytes =
          elementBytes(sourceOf(keys, kernel, lookup)))
    result.kvBytes = *bytes;
  return result;
}

} // namespace

std::optional<double> elementBytes(mlir::Value value) {
  std::optional<ElementType> type =
      elementTypeOf(mlir::getElementTypeOrSelf(value.getType()));
  return type ? std::optional<double>(bitWidth(*type) / 8.0) : std::nullopt;
}

mlir::Value sourceOf(mlir::Value value, const Kernel &kernel,
                     const DemandLookup &lookup) {
  for (unsigned depth = 0; depth < maxSourceChain; ++depth) {
    mlir::Operation *op = value.getDefiningOp();
    if (!op || op->getNumOperands() != 1 || op->getNumResults() != 1 ||
        !isPartOrView(op, kernel, lookup) ||
        // Of a slice the slice is what is read.
        elementsOf(op->getOperand(0)) > elementsOf(value))
      break;
    value = op->getOperand(0);
  }
  return value;
}

std::optional<KernelShape> findAttentionShape(const Kernel &kernel,
                                              llvm::ArrayRef<Product> products,
                                              ElementType type,
                                              const DemandLookup &lookup) {
  if (products.size() < 2 || products.size() > 3 ||
      llvm::any_of(products, [](const Product &product) {
        return product.op->getNumOperands() < 2 ||
               product.op->getNumResults() != 1;
      }))
    return std::nullopt;
  llvm::ArrayRef<Product> scores = products.drop_back();
  const Product &values = products.back();
  // What is added up has one shape.
  for (const Product &product : scores)
    if (!(product.shape.batch == scores.front().shape.batch &&
          product.shape.m == scores.front().shape.m &&
          product.shape.n == scores.front().shape.n))
      return std::nullopt;
  std::optional<ScoreExtents> extents =
      scoreExtents(scores.front().shape, values.shape);
  if (!extents)
    return std::nullopt;
  if (std::optional<LatentAttentionShape> latent =
          findLatentAttention(kernel, scores, values, *extents, type, lookup))
    return *latent;
  // Heads apart, and gradients, have more products.
  if (scores.size() > 1)
    return std::nullopt;
  return findPlainAttention(kernel, scores.front(), values, *extents, type,
                            lookup);
}

} // namespace roofline
