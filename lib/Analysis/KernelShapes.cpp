//===- KernelShapes.cpp - Kernels as time models read them ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/KernelShapes.h"

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

/// Bytes of one element of `value` in memory; absent where it has no type that
/// is known.
std::optional<double> elementBytes(mlir::Value value) {
  std::optional<ElementType> type =
      elementTypeOf(mlir::getElementTypeOrSelf(value.getType()));
  return type ? std::optional<double>(bitWidth(*type) / 8.0) : std::nullopt;
}

/// The type that most operations of the matrix unit are in.
std::optional<ElementType> matrixType(const Demand &demand) {
  const Work *most = nullptr;
  for (const Work &work : demand.work)
    if (work.where.unit == Unit::Matrix && (!most || most->ops < work.ops))
      most = &work;
  return most ? std::optional<ElementType>(most->where.type) : std::nullopt;
}

/// A contraction of a kernel.
struct Product {
  mlir::Operation *op;
  ContractionShape shape;
};

llvm::SmallVector<Product, 4> productsOf(const Kernel &kernel,
                                         const DemandLookup &lookup) {
  llvm::SmallVector<Product, 4> products;
  for (mlir::Operation *op : kernel.ops)
    if (KnownOr<Demand> demand = lookup.demand(op);
        demand && demand->structure == Structure::Contraction &&
        demand->contraction)
      products.push_back({op, *demand->contraction});
  return products;
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

std::optional<KernelShape> findGemmShape(const Kernel &kernel,
                                         const DemandLookup &lookup) {
  const Demand &demand = *kernel.demand;
  llvm::SmallVector<Product, 4> products = productsOf(kernel, lookup);
  std::optional<ElementType> type = matrixType(demand);
  if (products.empty() || !type)
    return std::nullopt;
  Product product = products.front();
  // Products with one left operand run as one with all of their columns.
  for (const Product &other : llvm::drop_begin(products)) {
    if (!(other.shape.batch == product.shape.batch &&
          other.shape.m == product.shape.m && other.shape.k == product.shape.k))
      return std::nullopt;
    product.shape.n += other.shape.n;
  }
  if (product.op->getNumOperands() < 2 || product.op->getNumResults() != 1)
    return std::nullopt;
  std::optional<double> lhs = elementBytes(product.op->getOperand(0)),
                        rhs = elementBytes(product.op->getOperand(1)),
                        result = elementBytes(product.op->getResult(0));
  if (!lhs || !rhs || !result)
    return std::nullopt;
  GemmShape shape;
  shape.batch = product.shape.batch.asDouble();
  shape.m = product.shape.m.asDouble();
  shape.n = product.shape.n.asDouble();
  shape.k = product.shape.k.asDouble();
  shape.type = *type;
  shape.lhsBytes = *lhs;
  shape.rhsBytes = *rhs;
  shape.resultBytes = *result;
  double weights = shape.batch * shape.n * shape.k;
  double own = shape.batch * (shape.m * shape.k * shape.lhsBytes +
                              shape.m * shape.n * shape.resultBytes) +
               weights * shape.rhsBytes;
  shape.extraBytes = demand.totalBytes().asDouble() - own;
  if (shape.extraBytes < 0 && weights > 0) {
    // What the prologue converts is read in its narrow form, and that is
    // weights, which are the largest operand where it matters.
    shape.rhsBytes = std::max(0.0, shape.rhsBytes + shape.extraBytes / weights);
    shape.extraBytes = 0;
  }
  return shape;
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

/// The extents of one score matrix, by rows of all query heads of a group.
struct ScoreExtents {
  double batches;
  double rows;
  double context;
  double headDim;
};

/// From the products of scores and values; absent where they do not fit
/// together.
std::optional<ScoreExtents> scoreExtents(const ContractionShape &scores,
                                         const ContractionShape &values) {
  if (!(scores.batch == values.batch))
    return std::nullopt;
  // Scores may be computed either way round, keys first or queries first.
  bool isRowsFirst = scores.n == values.k;
  if (!isRowsFirst && !(scores.m == values.k))
    return std::nullopt;
  Count rows = isRowsFirst ? scores.m : scores.n;
  return ScoreExtents{scores.batch.asDouble(), rows.asDouble(),
                      values.k.asDouble(), scores.k.asDouble()};
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

/// True where a mask of queries times keys, the same for many heads, enters the
/// scores.
bool hasQueryMask(const Kernel &kernel, double queries, double context,
                  double scores) {
  auto isMask = [&](mlir::Value value) {
    auto type = llvm::dyn_cast<mlir::ShapedType>(value.getType());
    if (!type || !type.hasStaticShape() || type.getRank() < 2)
      return false;
    llvm::ArrayRef<int64_t> shape = type.getShape();
    return static_cast<double>(shape.back()) == context &&
           static_cast<double>(shape[shape.size() - 2]) == queries &&
           static_cast<double>(type.getNumElements()) < scores;
  };
  return llvm::any_of(kernel.ops, [&](mlir::Operation *op) {
    return llvm::any_of(op->getOperands(), isMask);
  });
}

std::optional<KernelShape> findAttentionShape(const Kernel &kernel,
                                              const DemandLookup &lookup) {
  llvm::SmallVector<Product, 4> products = productsOf(kernel, lookup);
  std::optional<ElementType> type = matrixType(*kernel.demand);
  // Heads apart, latent parts apart and gradients have more products.
  if (products.size() != 2 || !type)
    return std::nullopt;
  std::optional<ScoreExtents> extents =
      scoreExtents(products[0].shape, products[1].shape);
  if (!extents || products[0].op->getNumResults() != 1 ||
      products[0].op->getNumOperands() < 2)
    return std::nullopt;
  std::optional<ScoreDims> dims =
      scoreDims(products[0].op->getResult(0), *extents);
  AttentionShape shape;
  shape.queries = queriesOf(*extents, dims);
  shape.context = extents->context;
  shape.headDim = extents->headDim;
  shape.batch = dims && dims->batch.size() > 1
                    ? static_cast<double>(dims->batch.front())
                    : 1;
  shape.kvHeads = extents->batches / shape.batch;
  shape.queryHeads = shape.kvHeads * extents->rows / shape.queries;
  shape.type = *type;
  shape.isCausal =
      shape.queries > 1 &&
      hasQueryMask(kernel, shape.queries, shape.context,
                   extents->batches * extents->rows * extents->context);
  if (std::optional<double> bytes = elementBytes(products[0].op->getOperand(1)))
    shape.kvBytes = *bytes;
  return shape;
}

//===----------------------------------------------------------------------===//
// Streaming kernels
//===----------------------------------------------------------------------===//

std::optional<StreamingKind> streamingKindOf(const Kernel &kernel) {
  switch (kernel.family) {
  case KernelFamily::Softmax:
  case KernelFamily::CrossEntropy:
    return StreamingKind::Softmax;
  case KernelFamily::Normalization:
    return llvm::StringRef(kernel.name).contains("rms_norm")
               ? StreamingKind::RmsNorm
               : StreamingKind::LayerNorm;
  case KernelFamily::Rope:
    return StreamingKind::Rope;
  case KernelFamily::GatedActivation:
    return StreamingKind::GatedActivation;
  case KernelFamily::Quantization:
    return StreamingKind::Quantize;
  case KernelFamily::GatherScatter:
    return StreamingKind::Gather;
  case KernelFamily::DataMovement:
    return StreamingKind::Transpose;
  case KernelFamily::Elementwise:
  case KernelFamily::Reduction:
  case KernelFamily::CacheUpdate:
  case KernelFamily::Optimizer:
    return StreamingKind::Elementwise;
  default:
    return std::nullopt;
  }
}

/// True for kernels that have rows: one block of threads works on one.
bool hasRows(StreamingKind kind) {
  return kind == StreamingKind::Softmax || kind == StreamingKind::RmsNorm ||
         kind == StreamingKind::LayerNorm || kind == StreamingKind::Rope ||
         kind == StreamingKind::GatedActivation;
}

std::optional<KernelShape> findStreamingShape(const Kernel &kernel) {
  std::optional<StreamingKind> kind = streamingKindOf(kernel);
  if (!kind)
    return std::nullopt;
  StreamingShape shape;
  shape.kind = *kind;
  shape.bytes = kernel.demand->totalBytes().asDouble();
  // The largest value that the kernel can have walked over has the rows: not a
  // cache or table of which it only reads a part.
  mlir::ShapedType widest;
  auto consider = [&](mlir::Value value) {
    auto type = llvm::dyn_cast<mlir::ShapedType>(value.getType());
    std::optional<double> bytes = elementBytes(value);
    if (!type || !type.hasStaticShape() || type.getRank() == 0 || !bytes ||
        static_cast<double>(type.getNumElements()) * *bytes > shape.bytes)
      return;
    if (!widest || type.getNumElements() > widest.getNumElements())
      widest = type;
  };
  for (mlir::Operation *op : kernel.ops) {
    llvm::for_each(op->getOperands(), consider);
    llvm::for_each(op->getResults(), consider);
  }
  if (widest && widest.getNumElements() > 0) {
    double elements = static_cast<double>(widest.getNumElements());
    shape.columns = hasRows(*kind)
                        ? static_cast<double>(widest.getShape().back())
                        : elements;
    shape.rows = elements / shape.columns;
  }
  return shape;
}

} // namespace

std::optional<KernelShape> findKernelShape(const Kernel &kernel,
                                           const DemandLookup &lookup) {
  if (!kernel.demand)
    return std::nullopt;
  switch (kernel.family) {
  case KernelFamily::Gemm:
  case KernelFamily::GroupedGemm:
    return findGemmShape(kernel, lookup);
  case KernelFamily::Attention:
    return findAttentionShape(kernel, lookup);
  default:
    return findStreamingShape(kernel);
  }
}

} // namespace roofline
