//===- KernelShapes.cpp - Kernels as time models read them ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/KernelShapes.h"

#include "AttentionShapes.h"

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

namespace roofline {

namespace {

/// Elements of the longest row that one block of threads works on (A60).
constexpr double maxWalkedRow = 65536;

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

/// True for what is there before the graph runs, arguments of a function and
/// constants, as far as ops of one operand lead back, and for what `kernel`
/// makes of such. At most `left` values are looked at.
bool isStored(mlir::Value value, const Kernel &kernel, unsigned &left) {
  for (mlir::Operation *op = value.getDefiningOp(); op;
       op = value.getDefiningOp()) {
    if (left == 0)
      return false;
    --left;
    if (op->getNumOperands() != 1)
      return op->getNumOperands() == 0 ||
             (llvm::is_contained(kernel.ops, op) &&
              llvm::all_of(op->getOperands(), [&](mlir::Value operand) {
                return isStored(operand, kernel, left);
              }));
    value = op->getOperand(0);
  }
  return true;
}

bool isStored(mlir::Value value, const Kernel &kernel) {
  // Weights are dequantised in a dozen ops.
  unsigned left = 64;
  return isStored(value, kernel, left);
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

/// Bytes in memory for each element of an operand: of what the prologue
/// converts those of the narrow form, and of what it repeats those of one.
std::optional<double> storedBytes(mlir::Value operand, const Kernel &kernel,
                                  const DemandLookup &lookup) {
  mlir::Value source = sourceOf(operand, kernel, lookup);
  KnownOr<Count> stored = elementCount(source.getType()),
                 multiplied = elementCount(operand.getType());
  std::optional<double> bytes = elementBytes(source);
  if (!bytes || !stored || !multiplied || multiplied->isZero())
    return std::nullopt;
  return *bytes * stored->asDouble() / multiplied->asDouble();
}

/// True where ops of `kernel` make an operand of more than one value.
bool isMadeIn(const Kernel &kernel, mlir::Value operand,
              const DemandLookup &lookup) {
  mlir::Operation *op = sourceOf(operand, kernel, lookup).getDefiningOp();
  return op && llvm::is_contained(kernel.ops, op);
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
  mlir::Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  std::optional<double> lhsBytes = storedBytes(lhs, kernel, lookup),
                        rhsBytes = storedBytes(rhs, kernel, lookup),
                        resultBytes = elementBytes(op->getResult(0));
  bool isMade[] = {isMadeIn(kernel, lhs, lookup),
                   isMadeIn(kernel, rhs, lookup)};
  if (!lhsBytes || !rhsBytes || !resultBytes)
    return std::nullopt;
  GemmShape shape;
  shape.batch = whole->batch.asDouble();
  shape.isBatch = shape.batch > 1;
  shape.m = whole->m.asDouble();
  shape.n = whole->n.asDouble();
  shape.k = whole->k.asDouble();
  shape.type = *type;
  shape.lhsBytes = *lhsBytes;
  shape.rhsBytes = *rhsBytes;
  shape.resultBytes = *resultBytes;
  // Rows that are sorted by group multiply the weights of theirs: a product of
  // each group that can have rows, with as many rows (A37).
  double groups = groupsOf(products.front());
  if (groups > 1) {
    shape.isRouted = true;
    shape.batch = std::min(groups, shape.m);
    shape.m = std::max(1.0, shape.m / groups);
  }
  // The right operand is the weights: the transposed product is the same.
  if (groups == 1 && isStored(lhs, kernel) && !isStored(rhs, kernel)) {
    std::swap(shape.m, shape.n);
    std::swap(shape.lhsBytes, shape.rhsBytes);
    std::swap(isMade[0], isMade[1]);
  }
  shape.convertsWeights = shape.rhsBytes * 8 < bitWidth(*type);
  double results = shape.batch * shape.m * shape.n;
  double weights = shape.batch * shape.n * shape.k;
  double written = demand.writtenBytes.asDouble();
  double read = demand.readBytes.asDouble();
  // So are results that the epilogue converts, or reduces.
  if (results > 0)
    shape.resultBytes = std::min(shape.resultBytes, written / results);
  double rows = shape.batch * shape.m * shape.k;
  double extraRead = read - weights * shape.rhsBytes - rows * shape.lhsBytes;
  // What the prologue makes is read as what it is made of. What both operands
  // share is not taken off: weights come from memory, rows from the cache.
  auto takeOff = [&](double elements, double &bytes) {
    double less = std::min(-extraRead, elements * bytes);
    if (less <= 0)
      return;
    bytes -= less / elements;
    extraRead += less;
  };
  if (isMade[1])
    takeOff(weights, shape.rhsBytes);
  if (isMade[0])
    takeOff(rows, shape.lhsBytes);
  shape.extraBytes =
      std::max(0.0, extraRead) + written - results * shape.resultBytes;
  return shape;
}

//===----------------------------------------------------------------------===//
// Collectives
//===----------------------------------------------------------------------===//

std::optional<KernelShape> findCollectiveShape(const Demand &demand) {
  if (!demand.exchange)
    return CollectiveShape{CollectiveKind::AllReduce, 0, 0};
  // Alone, a device only copies.
  if (demand.exchange->ranks < Count(2))
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

/// What `op` reads and writes at computed addresses. One address for all of it
/// is a slice, which is streamed.
double gatheredBytes(mlir::Operation *op, const DemandLookup &lookup) {
  KnownOr<Demand> demand = lookup.demand(op);
  if (!demand || demand->structure != Structure::GatherScatter)
    return 0;
  if (op->getNumOperands() > 1) {
    auto data = llvm::dyn_cast<mlir::ShapedType>(op->getOperand(0).getType());
    KnownOr<Count> addresses = elementCount(op->getOperand(1).getType());
    if (data && data.hasRank() && addresses &&
        !(Count(static_cast<uint64_t>(data.getRank())) < *addresses))
      return 0;
  }
  return demand->totalBytes().asDouble();
}

/// The same of all ops of `kernel`, and of those that its calls run: functions
/// that are no more than a kernel call no others that gather.
double gatheredBytes(const Kernel &kernel, const DemandLookup &lookup) {
  double bytes = 0;
  for (mlir::Operation *op : kernel.ops) {
    bytes += gatheredBytes(op, lookup);
    for (const Body &body : lookup.bodies(op)) {
      mlir::Operation *callee =
          body.callee
              ? mlir::SymbolTable::lookupNearestSymbolFrom(op, body.callee)
              : nullptr;
      if (callee)
        callee->walk([&](mlir::Operation *inner) {
          bytes += gatheredBytes(inner, lookup);
        });
    }
  }
  return bytes;
}

std::optional<KernelShape> findStreamingShape(const Kernel &kernel,
                                              const DemandLookup &lookup) {
  std::optional<StreamingKind> kind = streamingKindOf(kernel);
  if (!kind)
    return std::nullopt;
  StreamingShape shape;
  shape.kind = *kind;
  shape.bytes = kernel.demand->totalBytes().asDouble();
  if (*kind == StreamingKind::Gather)
    shape.streamedBytes =
        std::max(0.0, shape.bytes - gatheredBytes(kernel, lookup));
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
    // Nobody has one block of threads walk along longer rows (A60).
    if (shape.kind == StreamingKind::GatedActivation &&
        shape.columns > maxWalkedRow) {
      shape.kind = StreamingKind::Activation;
      shape.columns = elements;
    }
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
    return findStreamingShape(kernel, lookup);
  }
}

} // namespace roofline
