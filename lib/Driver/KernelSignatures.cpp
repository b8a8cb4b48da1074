//===- KernelSignatures.cpp - What kernels ask of software ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/KernelSignatures.h"

#include "OpSubjects.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"

namespace roofline {

namespace {

/// Calls and bodies within each other are followed this deep; beyond that an op
/// stands for what it runs.
constexpr unsigned maxDepth = 16;

/// One or a few new rows against a cache: products of one row, and those of
/// speculative decoding. More are a prompt.
constexpr int64_t maxDecodeQueries = 8;

std::optional<ElementType> typeOf(mlir::Value value) {
  return elementTypeOf(mlir::getElementTypeOrSelf(value.getType()));
}

bool isFewBits(ElementType type) {
  return type != ElementType::I1 && bitWidth(type) <= 8;
}

bool isInteger(ElementType type) {
  return type >= ElementType::I64 && type <= ElementType::I1;
}

llvm::StringRef callTargetOf(mlir::Operation *op) {
  auto target = op->getAttrOfType<mlir::StringAttr>("call_target_name");
  return target ? target.strref() : llvm::StringRef();
}

/// True for arithmetic on single values: whatever launches kernels does it.
bool isOnScalars(mlir::Operation *op) {
  auto isScalar = [](mlir::Type type) {
    KnownOr<Count> elements = elementCount(type);
    return elements && !(Count(1) < *elements);
  };
  return llvm::all_of(op->getOperandTypes(), isScalar) &&
         llvm::all_of(op->getResultTypes(), isScalar);
}

/// Reads one kernel.
class KernelReader {
public:
  KernelReader(const Kernel &kernel, const std::optional<KernelShape> &shape,
               const OpKinds &kinds, const ExecutionCounts &counts,
               const DemandLookup &lookup, const SignatureReader &ops)
      : kernel(kernel), shape(shape), kinds(kinds), counts(counts),
        lookup(lookup), ops(ops) {
    inside.insert_range(kernel.ops);
  }

  std::vector<KernelSignature> read() {
    // Loops over scalars, written out, are code of a compiler.
    bool isNest = kernel.name == "loop_nest";
    for (mlir::Operation *op : kernel.ops)
      expand(op, op, 0, isNest);
    // A call is looked up by what it calls.
    bool isCall =
        kernel.ops.size() == 1 && !callTargetOf(kernel.ops.front()).empty();
    std::string pattern = isNest || isCall ? std::string() : patternOfKernel();
    if (pattern.empty())
      return std::move(expanded);
    KernelSignature whole;
    whole.op = kernel.root;
    whole.demand = kernel.demand;
    whole.signature = signatureOfKernel(pattern);
    return {std::move(whole)};
  }

private:
  //===--------------------------------------------------------------------===//
  // Ops
  //===--------------------------------------------------------------------===//

  /// Adds the signatures of `op`, or of the ops that it runs; `at` is where
  /// they are found.
  void expand(mlir::Operation *op, mlir::Operation *at, unsigned depth,
              bool isScalarCode);
  void expandBody(mlir::Operation *op, mlir::Operation *at, unsigned depth);
  void add(mlir::Operation *op, mlir::Operation *at, OpSignature signature) {
    expanded.push_back({std::move(signature), at, lookup.demand(op), 1});
  }
  void shareDemand(llvm::MutableArrayRef<KernelSignature> parts,
                   const KnownOr<Demand> &whole) const;

  //===--------------------------------------------------------------------===//
  // Kernels
  //===--------------------------------------------------------------------===//

  std::string patternOfKernel();
  std::string patternOfGemm();
  std::string patternOfAttention();
  std::string patternOfGather() const;
  OpSignature signatureOfKernel(llvm::StringRef pattern);

  mlir::Operation *firstProduct() const {
    for (mlir::Operation *op : kernel.ops)
      if (KnownOr<Demand> demand = lookup.demand(op);
          demand && demand->structure == Structure::Contraction)
        return op;
    return nullptr;
  }

  mlir::Operation *lastProduct() const {
    mlir::Operation *last = firstProduct();
    for (mlir::Operation *op : kernel.ops)
      if (KnownOr<Demand> demand = lookup.demand(op);
          demand && demand->structure == Structure::Contraction)
        last = op;
    return last;
  }

  /// The types of a product's operand in memory: behind the conversions and
  /// scalings that run in the kernel.
  void addStoredTypes(mlir::Value value, TypeSet &types) const;
  /// What an operand is stored in where that has few bits.
  std::optional<ElementType> quantizedType(mlir::Value value) const;
  bool isView(mlir::Operation *op) const {
    const OpPattern *pattern = kinds.patternOf(op->getName().getStringRef());
    // Kernels compute broadcast values as they read them.
    return pattern &&
           (pattern->name == "view" || pattern->name == "broadcast_in_dim");
  }
  bool leaves(mlir::Value value, unsigned depth = 0) const;
  bool comesFromInside(mlir::Value value) const;
  TypeSet externalTypes() const;
  bool isConstant(mlir::Value value) const;
  llvm::DenseSet<mlir::Operation *> after(mlir::Operation *product) const;
  bool hasSink() const;
  size_t countResults() const;
  mlir::Value behindViews(mlir::Value value) const;

  const Kernel &kernel;
  const std::optional<KernelShape> &shape;
  const OpKinds &kinds;
  const ExecutionCounts &counts;
  const DemandLookup &lookup;
  const SignatureReader &ops;
  llvm::DenseSet<mlir::Operation *> inside;
  std::vector<KernelSignature> expanded;
  SubjectValues told;
};

void KernelReader::expand(mlir::Operation *op, mlir::Operation *at,
                          unsigned depth, bool isScalarCode) {
  llvm::StringRef name = op->getName().getStringRef();
  const OpPattern *pattern = kinds.patternOf(name);
  llvm::StringRef kind = pattern ? llvm::StringRef(pattern->name) : "";
  llvm::ArrayRef<Body> bodies = counts.bodies(op);
  if (depth < maxDepth && !bodies.empty() &&
      (kind == "generic" || kind == "control_flow" || !pattern)) {
    for (const Body &body : bodies) {
      mlir::Operation *callee = counts.callee(body);
      mlir::Region *region = body.region;
      if (callee && callee->getNumRegions() > 0)
        region = &callee->getRegion(0);
      if (!region)
        continue;
      for (mlir::Block &block : *region)
        for (mlir::Operation &nested : block)
          expand(&nested, callee ? &nested : at, depth + 1, isScalarCode);
    }
    return;
  }
  if (kind == "view" || kind == "control_flow")
    return;
  // In the body of a loop nest, what reads nothing of it is done once before.
  bool isInvariant =
      isScalarCode && depth > 0 && op->getNumOperands() > 0 &&
      llvm::none_of(op->getOperands(), [&](mlir::Value operand) {
        return operand.getParentRegion() == op->getParentRegion();
      });
  if (isInvariant)
    return;
  if (kind == "generic" && op->getNumRegions() > 0)
    return expandBody(op, at, depth);
  bool isControl = kernel.family == KernelFamily::Scalar || depth > 0;
  if (pattern && isControl && !isScalarCode && isOnScalars(op))
    return;
  add(op, at, ops.signatureOf(op));
}

void KernelReader::expandBody(mlir::Operation *op, mlir::Operation *at,
                              unsigned depth) {
  KnownOr<Demand> demand = lookup.demand(op);
  Structure structure = demand ? demand->structure : Structure::Opaque;
  // A product written as a loop nest is still one to libraries.
  llvm::StringRef kind = structure == Structure::Contraction   ? "dot_general"
                         : structure == Structure::Convolution ? "convolution"
                         : structure == Structure::Reduction   ? "reduce"
                                                               : "";
  const size_t before = expanded.size();
  if (!kind.empty()) {
    OpSignature signature = ops.signatureOf(op);
    signature.pattern = kind.str();
    add(op, at, std::move(signature));
  }
  if (structure != Structure::Contraction &&
      structure != Structure::Convolution)
    for (mlir::Region &region : op->getRegions())
      for (mlir::Block &block : region)
        for (mlir::Operation &nested : block)
          expand(&nested, at, depth + 1, /*isScalarCode=*/true);
  shareDemand(llvm::MutableArrayRef(expanded).drop_front(before), demand);
  // Nothing is computed: a transposition, a broadcast.
  if (kind.empty() && expanded.size() == before)
    add(op, at, ops.signatureOf(op));
}

/// Gives the ops of a body, which work on single values, the demand of what
/// runs it, divided as their own operations are.
void KernelReader::shareDemand(llvm::MutableArrayRef<KernelSignature> parts,
                               const KnownOr<Demand> &whole) const {
  auto operationsOf = [](const KernelSignature &part) {
    return part.demand ? part.demand->work.totalOps().asDouble() : 0;
  };
  double all = 0;
  for (const KernelSignature &part : parts)
    all += operationsOf(part);
  for (KernelSignature &part : parts) {
    part.fraction = all > 0 ? operationsOf(part) / all
                            : 1 / static_cast<double>(parts.size());
    part.demand = whole;
  }
}

//===----------------------------------------------------------------------===//
// Patterns of kernels
//===----------------------------------------------------------------------===//

mlir::Value KernelReader::behindViews(mlir::Value value) const {
  // A chain of views is no longer than the ops of a block; those of real graphs
  // are short.
  constexpr unsigned maxViews = 32;
  for (unsigned step = 0; step < maxViews; ++step) {
    mlir::Operation *op = value.getDefiningOp();
    if (!op || op->getNumOperands() == 0)
      break;
    const OpPattern *pattern = kinds.patternOf(op->getName().getStringRef());
    if (!pattern || !(pattern->name == "view" || pattern->name == "transpose" ||
                      pattern->name == "broadcast_in_dim" ||
                      pattern->name == "convert" || pattern->name == "copy"))
      break;
    value = op->getOperand(0);
  }
  return value;
}

std::optional<ElementType>
KernelReader::quantizedType(mlir::Value operand) const {
  // Scalings on the way read the scales, too: what has as many elements as the
  // operand is followed.
  KnownOr<Count> elements = elementCount(operand.getType());
  llvm::SmallSetVector<mlir::Value, 8> values;
  values.insert(operand);
  for (size_t next = 0; next < values.size(); ++next) {
    mlir::Value value = values[next];
    std::optional<ElementType> type = typeOf(value);
    KnownOr<Count> own = elementCount(value.getType());
    if (!type || !own || !elements || !(*own == *elements))
      continue;
    if (isFewBits(*type))
      return type;
    mlir::Operation *producer = value.getDefiningOp();
    if (!producer)
      continue;
    const OpPattern *pattern =
        kinds.patternOf(producer->getName().getStringRef());
    bool isView = pattern && pattern->name == "view";
    if (isView || inside.contains(producer))
      values.insert_range(producer->getOperands());
  }
  return std::nullopt;
}

void KernelReader::addStoredTypes(mlir::Value value, TypeSet &types) const {
  if (std::optional<ElementType> quantized = quantizedType(value))
    types.add(*quantized);
  else
    types.add(value.getType());
}

/// Whether others read the value, views of it included.
bool KernelReader::leaves(mlir::Value value, unsigned depth) const {
  return llvm::any_of(value.getUsers(), [&](mlir::Operation *user) {
    if (inside.contains(user))
      return false;
    return depth >= maxDepth || !isView(user) || user->getNumResults() == 0 ||
           llvm::any_of(user->getResults(), [&](mlir::Value result) {
             return leaves(result, depth + 1);
           });
  });
}

/// Whether the kernel itself yields the value, or what it is a view of.
bool KernelReader::comesFromInside(mlir::Value value) const {
  for (unsigned step = 0; step < maxDepth; ++step) {
    mlir::Operation *producer = value.getDefiningOp();
    if (!producer || inside.contains(producer))
      return producer;
    if (!isView(producer) || producer->getNumOperands() == 0)
      return false;
    value = producer->getOperand(0);
  }
  return false;
}

/// The element types of what enters and leaves the kernel and is as large as
/// its rows: not of constants, statistics and what is only wide on the way.
TypeSet KernelReader::externalTypes() const {
  TypeSet types;
  Count largest;
  for (mlir::Operation *op : kernel.ops)
    for (mlir::Value result : op->getResults())
      if (KnownOr<Count> elements = elementCount(result.getType());
          elements && leaves(result))
        largest = std::max(largest, *elements);
  for (mlir::Operation *op : kernel.ops) {
    for (mlir::Value operand : op->getOperands()) {
      KnownOr<Count> elements = elementCount(operand.getType());
      if (!comesFromInside(operand) && !isConstant(operand) &&
          !(elements && *elements < Count(2)))
        types.add(operand.getType());
    }
    for (mlir::Value result : op->getResults()) {
      KnownOr<Count> elements = elementCount(result.getType());
      if (leaves(result) && !(elements && *elements < largest))
        types.add(result.getType());
    }
  }
  types.dropCompanions();
  return types;
}

/// Constants, and scalars that are spread over a value.
bool KernelReader::isConstant(mlir::Value value) const {
  mlir::Value source = behindViews(value);
  KnownOr<Count> elements = elementCount(source.getType());
  mlir::Operation *producer = source.getDefiningOp();
  return (producer && producer->getNumOperands() == 0) ||
         (elements && *elements < Count(2));
}

/// What a product's result becomes inside of the kernel, itself included.
llvm::DenseSet<mlir::Operation *>
KernelReader::after(mlir::Operation *product) const {
  llvm::DenseSet<mlir::Operation *> found = {product};
  // Ops are in program order.
  for (mlir::Operation *op : kernel.ops)
    if (llvm::any_of(op->getOperands(), [&](mlir::Value operand) {
          return found.contains(behindViews(operand).getDefiningOp()) ||
                 found.contains(operand.getDefiningOp());
        }))
      found.insert(op);
  return found;
}

std::string KernelReader::patternOfGemm() {
  mlir::Operation *product = firstProduct();
  if (!product || product->getNumOperands() < 2)
    return "";
  std::optional<ElementType> lhs = quantizedType(product->getOperand(0)),
                             rhs = quantizedType(product->getOperand(1));
  if (kernel.family == KernelFamily::GroupedGemm)
    return lhs && rhs ? "quantized_grouped_gemm" : "grouped_gemm";
  KnownOr<Demand> demand = lookup.demand(product);
  bool isBatched =
      demand && demand->contraction && Count(1) < demand->contraction->batch;
  if (isBatched)
    return "batched_gemm";
  if (lhs && rhs)
    return "quantized_gemm";
  // Which side the weights are on is a matter of notation.
  if (lhs || rhs)
    return "weight_only_gemm";
  return "gemm";
}

/// Scores with one more column, which no value belongs to.
bool KernelReader::hasSink() const {
  const AttentionShape *attention =
      shape ? std::get_if<AttentionShape>(&*shape) : nullptr;
  return llvm::any_of(kernel.ops, [&](mlir::Operation *op) {
    const OpPattern *pattern = kinds.patternOf(op->getName().getStringRef());
    if (!pattern || pattern->name != "concatenate" ||
        op->getNumOperands() != 2 || op->getNumResults() != 1)
      return false;
    auto last = [](mlir::Value value) -> int64_t {
      auto type = mlir::dyn_cast<mlir::ShapedType>(value.getType());
      return type && type.hasStaticShape() && type.getRank() > 1
                 ? type.getShape().back()
                 : 0;
    };
    int64_t lhs = last(op->getOperand(0)), rhs = last(op->getOperand(1));
    if (std::min(lhs, rhs) != 1 || last(op->getResult(0)) != lhs + rhs)
      return false;
    return !attention || attention->context == std::max(lhs, rhs) ||
           attention->context == lhs + rhs;
  });
}

/// Values that others read.
size_t KernelReader::countResults() const {
  size_t results = 0;
  for (mlir::Operation *op : kernel.ops)
    results += llvm::count_if(op->getResults(), [&](mlir::Value result) {
      std::optional<ElementType> type = typeOf(result);
      return type && !isInteger(*type) && leaves(result);
    });
  return results;
}

std::string KernelReader::patternOfAttention() {
  llvm::SmallVector<mlir::Operation *, 4> products;
  for (mlir::Operation *op : kernel.ops)
    if (KnownOr<Demand> demand = lookup.demand(op);
        demand && demand->structure == Structure::Contraction &&
        demand->contraction && op->getNumOperands() > 1)
      products.push_back(op);
  // Gradients of queries, keys and values.
  constexpr size_t gradients = 3;
  if (products.size() > gradients && countResults() >= gradients)
    return "attention_gradient";
  // Heads share one latent row: keys and values are the same.
  if (products.size() == 2 || products.size() == 3) {
    mlir::Operation *values = products.back();
    auto sourcesOf = [&](mlir::Operation *product) {
      return std::array<mlir::Value, 2>{behindViews(product->getOperand(0)),
                                        behindViews(product->getOperand(1))};
    };
    for (mlir::Operation *scores : llvm::ArrayRef(products).drop_back())
      for (mlir::Value key : sourcesOf(scores))
        if (llvm::is_contained(sourcesOf(values), key)) {
          Count latent = lookup.demand(scores)->contraction->k;
          told.set("latent_dim", latent.asDouble());
          if (products.size() == 3)
            told.set(
                "rope_dim",
                lookup
                    .demand(scores == products[0] ? products[1] : products[0])
                    ->contraction->k.asDouble());
          return "latent_attention";
        }
  }
  if (hasSink())
    return "sink_attention";
  const AttentionShape *attention =
      shape ? std::get_if<AttentionShape>(&*shape) : nullptr;
  if (!attention)
    return "attention";
  bool isDecode = attention->queries <= maxDecodeQueries &&
                  attention->queries * 2 <= attention->context;
  if (products.size() == 2)
    told.set("value_dim",
             lookup.demand(products[1])->contraction->n.asDouble());
  if (attention->window > 0 && attention->window < attention->context)
    return "sliding_window_attention";
  return isDecode ? "attention_decode" : "attention_prefill";
}

/// Whole rows of a table, with arithmetic on indices around it.
std::string KernelReader::patternOfGather() const {
  mlir::Operation *gather = nullptr;
  for (mlir::Operation *op : kernel.ops) {
    const OpPattern *pattern = kinds.patternOf(op->getName().getStringRef());
    if (pattern && pattern->name == "gather") {
      if (gather)
        return "";
      gather = op;
      continue;
    }
    bool isOfIndices = llvm::all_of(op->getResultTypes(), [](mlir::Type type) {
      std::optional<ElementType> element =
          elementTypeOf(mlir::getElementTypeOrSelf(type));
      return element && isInteger(*element);
    });
    if (!isOfIndices && !(pattern && pattern->name == "view"))
      return "";
  }
  if (!gather || gather->getNumOperands() < 2 || gather->getNumResults() != 1)
    return "";
  auto table =
      mlir::dyn_cast<mlir::ShapedType>(gather->getOperand(0).getType());
  auto rows = mlir::dyn_cast<mlir::ShapedType>(gather->getResult(0).getType());
  std::optional<ElementType> element = typeOf(gather->getOperand(0));
  bool isTable = table && rows && table.hasStaticShape() && rows.hasRank() &&
                 table.getRank() == 2 && rows.getRank() > 0 && element &&
                 !isInteger(*element) &&
                 rows.getShape().back() == table.getShape().back();
  return isTable ? "embedding" : "";
}

/// Empty where the ops are judged one by one.
std::string KernelReader::patternOfKernel() {
  switch (kernel.family) {
  case KernelFamily::Gemm:
  case KernelFamily::GroupedGemm:
    return patternOfGemm();
  case KernelFamily::Attention:
    return patternOfAttention();
  case KernelFamily::Softmax:
  case KernelFamily::Normalization:
  case KernelFamily::Rope:
  case KernelFamily::GatedActivation:
  case KernelFamily::Quantization:
  case KernelFamily::CrossEntropy:
  case KernelFamily::Optimizer: {
    // They are called what the catalogue calls them.
    const OpPattern *pattern = kinds.find(kernel.name);
    return pattern && pattern->isFused ? pattern->name : std::string();
  }
  case KernelFamily::MoeRouting:
    return kernel.name == "moe_align" ? "moe_permute" : "moe_routing";
  case KernelFamily::CacheUpdate: {
    // Masks and positions are updated, too, but by no kernel of their own.
    auto types = externalTypes().list();
    bool isOfIndices = llvm::all_of(types, [](ElementType type) {
      return isInteger(type) && !isFewBits(type);
    });
    return isOfIndices ? "" : "cache_update";
  }
  case KernelFamily::GatherScatter:
    return patternOfGather();
  default:
    return "";
  }
}

OpSignature KernelReader::signatureOfKernel(llvm::StringRef pattern) {
  OpSignature signature;
  signature.pattern = pattern.str();
  signature.name = kernel.root->getName().getStringRef().str();
  TypeSet types;
  mlir::Operation *product = firstProduct();
  if (product && product->getNumOperands() > 1) {
    addStoredTypes(product->getOperand(0), types);
    addStoredTypes(product->getOperand(1), types);
    // Scores stay inside; what the last product becomes leaves.
    for (mlir::Operation *op : after(lastProduct()))
      for (mlir::Value result : op->getResults())
        if (std::optional<ElementType> type = typeOf(result);
            type && leaves(result) &&
            (!isInteger(*type) || isFewBits(*type) || op == product))
          types.add(*type);
    addOpSubjects(product, "dot_general", lookup.demand(product), told);
  } else {
    types = externalTypes();
    // Routers count and sort; what they move is floats, or nothing.
    if (kernel.family == KernelFamily::MoeRouting)
      types.dropIntegers();
  }
  llvm::SmallVector<mlir::Value, 16> values;
  for (mlir::Operation *op : kernel.ops) {
    llvm::append_range(values, op->getOperands());
    llvm::append_range(values, op->getResults());
  }
  addExtents(values, told);
  if (shape)
    addShapeSubjects(*shape, told);
  if (kernel.denseExperts) {
    told.set("experts", static_cast<double>(kernel.denseExperts->total));
    told.set("chosen", static_cast<double>(kernel.denseExperts->chosen));
  }
  if (pattern == "moe_routing")
    for (mlir::Operation *op : kernel.ops)
      if (const OpPattern *part = kinds.patternOf(op->getName().getStringRef());
          part && (part->name == "sort" || part->name == "top_k"))
        if (auto scores =
                mlir::dyn_cast<mlir::ShapedType>(op->getOperand(0).getType());
            scores && scores.hasStaticShape() && scores.getRank() > 0)
          told.set("experts", scores.getShape().back());
  if (pattern == "rope" && shape)
    if (const auto *rows = std::get_if<StreamingShape>(&*shape))
      told.set("head_dim", rows->columns);
  signature.types = types.list();
  signature.subjects = told.list();
  llvm::StringSet<> seen;
  for (KernelSignature &part : expanded)
    if (seen.insert(part.signature.key()).second)
      signature.parts.push_back(std::move(part.signature));
  return signature;
}

} // namespace

/// A sum over a window that is as long as its dimension and ends with every
/// element in turn: how XLA writes running sums.
static bool isRunningSum(mlir::Operation *op, const OpKinds &kinds) {
  auto integersOf = [&](llvm::StringRef name) {
    llvm::SmallVector<int64_t, 8> integers;
    mlir::Attribute attribute = op->getAttr(name);
    if (auto array =
            mlir::dyn_cast_if_present<mlir::DenseI64ArrayAttr>(attribute))
      llvm::append_range(integers, array.asArrayRef());
    else if (auto dense = mlir::dyn_cast_if_present<mlir::DenseIntElementsAttr>(
                 attribute))
      for (const llvm::APInt &value : dense)
        integers.push_back(value.getSExtValue());
    return integers;
  };
  if (op->getNumOperands() == 0 || op->getNumRegions() != 1 ||
      !op->getRegion(0).hasOneBlock())
    return false;
  auto type = mlir::dyn_cast<mlir::ShapedType>(op->getOperand(0).getType());
  llvm::SmallVector<int64_t, 8> window = integersOf("window_dimensions"),
                                padding = integersOf("padding");
  if (!type || !type.hasStaticShape() ||
      window.size() != static_cast<size_t>(type.getRank()))
    return false;
  std::optional<size_t> along;
  for (auto [dim, extent] : llvm::enumerate(window))
    if (extent > 1) {
      if (along || extent != type.getDimSize(dim))
        return false;
      along = dim;
    }
  if (!along || padding.size() != 2 * window.size() ||
      padding[2 * *along] + padding[2 * *along + 1] != window[*along] - 1)
    return false;
  size_t sums = 0, others = 0;
  for (mlir::Operation &nested : op->getRegion(0).front()) {
    const OpPattern *pattern = kinds.patternOf(nested.getName().getStringRef());
    // What ends a body yields nothing.
    if (nested.getNumResults() != 0)
      (pattern && pattern->name == "add" ? sums : others) += 1;
  }
  return sums == 1 && others == 0;
}

OpSignature SignatureReader::signatureOf(mlir::Operation *op) const {
  OpSignature signature;
  signature.name = op->getName().getStringRef().str();
  if (const OpPattern *pattern = kinds.patternOf(signature.name))
    signature.pattern = pattern->name;
  if (signature.pattern == "reduce_window" && isRunningSum(op, kinds))
    signature.pattern = "cumulative_sum";
  signature.callTarget = callTargetOf(op).str();
  signature.types = dataTypesOf(op, signature.pattern).list();
  SubjectValues subjects;
  addOpSubjects(op, signature.pattern, lookup.demand(op), subjects);
  signature.subjects = subjects.list();
  return signature;
}

std::vector<KernelSignature>
SignatureReader::read(const Kernel &kernel,
                      const std::optional<KernelShape> &shape) const {
  return KernelReader(kernel, shape, kinds, counts, lookup, *this).read();
}

} // namespace roofline
