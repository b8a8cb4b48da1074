//===- KernelShapes.cpp - Kernels as time models read them ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/KernelShapes.h"

#include "AttentionShapes.h"

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

namespace roofline {

namespace {

/// The type that most operations of the matrix unit are in.
std::optional<ElementType> matrixType(const Demand &demand) {
  const Work *most = nullptr;
  for (const Work &work : demand.work)
    if (work.where.unit == Unit::Matrix && (!most || most->ops < work.ops))
      most = &work;
  return most ? std::optional<ElementType>(most->where.type) : std::nullopt;
}

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

/// True for what is there before the graph runs: an argument of a function, or
/// a constant, as far as ops of one operand lead back.
bool isStored(mlir::Value value) {
  for (mlir::Operation *op = value.getDefiningOp(); op;
       op = value.getDefiningOp()) {
    if (op->getNumOperands() != 1)
      return op->getNumOperands() == 0;
    value = op->getOperand(0);
  }
  return true;
}

/// The extents of products that run as one: those of one left operand have all
/// of their columns, those of one right operand all of their rows. Absent where
/// they do not fit together.
std::optional<ContractionShape> joinProducts(llvm::ArrayRef<Product> products) {
  ContractionShape whole = products.front().shape;
  for (const Product &product : llvm::drop_begin(products)) {
    const ContractionShape &part = product.shape;
    if (!(part.batch == whole.batch && part.k == whole.k))
      return std::nullopt;
    if (part.m == whole.m)
      whole.n += part.n;
    else if (part.n == whole.n)
      whole.m += part.m;
    else
      return std::nullopt;
  }
  return whole;
}

/// The groups of rows of a grouped product, whose right operand has weights for
/// each; 1 for any other.
double groupsOf(const Product &product) {
  KnownOr<Count> weights = elementCount(product.op->getOperand(1).getType());
  double ofOne = product.shape.k.asDouble() * product.shape.n.asDouble();
  if (!weights || Count(1) < product.shape.batch || ofOne <= 0)
    return 1;
  double groups = weights->asDouble() / ofOne;
  return std::fmod(groups, 1) == 0 ? groups : 1;
}

std::optional<KernelShape> findGemmShape(const Kernel &kernel,
                                         const DemandLookup &lookup) {
  const Demand &demand = *kernel.demand;
  llvm::SmallVector<Product, 4> products = productsOf(kernel, lookup);
  std::optional<ElementType> type = matrixType(demand);
  if (products.empty() || !type)
    return std::nullopt;
  std::optional<ContractionShape> whole = joinProducts(products);
  mlir::Operation *op = products.front().op;
  if (!whole || op->getNumOperands() < 2 || op->getNumResults() != 1)
    return std::nullopt;
  // Operands that the prologue converts are read in their narrow form.
  mlir::Value lhs = sourceOf(op->getOperand(0), kernel, lookup);
  mlir::Value rhs = sourceOf(op->getOperand(1), kernel, lookup);
  std::optional<double> lhsBytes = elementBytes(lhs),
                        rhsBytes = elementBytes(rhs),
                        resultBytes = elementBytes(op->getResult(0));
  if (!lhsBytes || !rhsBytes || !resultBytes)
    return std::nullopt;
  GemmShape shape;
  shape.batch = whole->batch.asDouble();
  shape.m = whole->m.asDouble();
  shape.n = whole->n.asDouble();
  shape.k = whole->k.asDouble();
  shape.type = *type;
  shape.lhsBytes = *lhsBytes;
  shape.rhsBytes = *rhsBytes;
  shape.resultBytes = *resultBytes;
  // Rows that are sorted by group multiply the weights of theirs: a product of
  // each group, with as many rows (T31).
  double groups = groupsOf(products.front());
  if (groups > 1) {
    shape.batch = groups;
    shape.m = std::max(1.0, shape.m / groups);
  }
  // The right operand is the weights: the transposed product is the same.
  if (groups == 1 && isStored(lhs) && !isStored(rhs)) {
    std::swap(shape.m, shape.n);
    std::swap(shape.lhsBytes, shape.rhsBytes);
  }
  double results = shape.batch * shape.m * shape.n;
  double weights = shape.batch * shape.n * shape.k;
  double written = demand.writtenBytes.asDouble();
  double read = demand.readBytes.asDouble();
  // So are results that the epilogue converts, or reduces.
  if (results > 0)
    shape.resultBytes = std::min(shape.resultBytes, written / results);
  double extraRead = read - weights * shape.rhsBytes -
                     shape.batch * shape.m * shape.k * shape.lhsBytes;
  // An operand that is repeated, or made where it is used, is not read whole;
  // that is weights, which are the largest operand where it matters.
  if (extraRead < 0 && weights > 0) {
    shape.rhsBytes = std::max(0.0, shape.rhsBytes + extraRead / weights);
    extraRead = 0;
  }
  shape.extraBytes = extraRead + written - results * shape.resultBytes;
  return shape;
}

//===----------------------------------------------------------------------===//
// Collectives
//===----------------------------------------------------------------------===//

std::optional<KernelShape> findCollectiveShape(const Demand &demand) {
  // Alone, a device only copies.
  if (!demand.exchange || demand.exchange->ranks < Count(2))
    return std::nullopt;
  // The larger side: what an all-gather ends with and the others start from.
  Count bytes = demand.exchange->kind == CollectiveKind::AllGather
                    ? demand.writtenBytes
                    : demand.readBytes;
  return CollectiveShape{demand.exchange->kind,
                         demand.exchange->ranks.asDouble(), bytes.asDouble()};
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

double specialOps(const Demand &demand) {
  double ops = 0;
  for (const Work &work : demand.work)
    if (work.where.unit == Unit::Special)
      ops += work.ops.asDouble();
  return ops;
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
    // GELU, SiLU and the like: a special function of every element.
    if (kernel.family == KernelFamily::Elementwise &&
        specialOps(*kernel.demand) >= elements)
      shape.kind = StreamingKind::Activation;
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
    if (std::optional<ElementType> type = matrixType(*kernel.demand))
      return findAttentionShape(kernel, productsOf(kernel, lookup), *type,
                                lookup);
    return std::nullopt;
  case KernelFamily::Collective:
    return findCollectiveShape(*kernel.demand);
  default:
    return findStreamingShape(kernel);
  }
}

} // namespace roofline
