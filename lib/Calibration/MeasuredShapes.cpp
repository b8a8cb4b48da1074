//===- MeasuredShapes.cpp - What measured rows have run -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One reader per kind of work. What a row says in words (types, distributions,
// libraries) and what its benchmark is known to include (caches that are
// written, weights that rotate) becomes the extents of a kernel here, and
// nowhere else.
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/MeasuredWork.h"

#include "roofline/Model/NearestNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <cmath>

namespace roofline {

namespace {

using Shapes = KnownOr<std::vector<KernelShape>>;

/// Benchmarks of products cycle through this many copies of the weights, so
/// that small ones are not always found in the last-level cache.
constexpr double rotatedWeightCopies = 6;

/// Extents beyond this are no kernel, and would keep models that walk tiles
/// busy for long; bytes and elements of whole buffers may be larger.
constexpr double largestExtent = 1 << 24;
constexpr double largestHeads = 1 << 12;
constexpr double largestTotal = 1e15;

Unknown unmodelled(const llvm::Twine &reason) {
  return {UnknownKind::Unmodelled, reason.str()};
}

Unknown malformed(const llvm::Twine &reason) {
  return {UnknownKind::Malformed, reason.str()};
}

/// The extents of a row. The first one that cannot be read is remembered, so
/// that a reader may ask for all it needs and look at `problem` once.
class Extents {
public:
  explicit Extents(const MeasuredRow &row) : row(row) {}

  bool has(llvm::StringRef name) const {
    return row.shape.count(name.str()) > 0;
  }

  /// A positive number.
  double get(llvm::StringRef name, double largest = largestExtent) {
    auto it = row.shape.find(name.str());
    if (it == row.shape.end())
      return fail("its shape has no '" + name + "'");
    double value = 0;
    if (!parse(it->second, value) || value < 1 || value > largest)
      return fail("its extent '" + name + "' is no number from 1 to " +
                  llvm::Twine(uint64_t(largest)));
    return value;
  }

  /// The same, or `fallback` where the shape has none.
  double getOr(llvm::StringRef name, double fallback) {
    return has(name) ? get(name) : fallback;
  }

  /// The same where zero stands for nothing, which is also what absence means.
  double getOrZero(llvm::StringRef name) {
    auto it = row.shape.find(name.str());
    if (it == row.shape.end() || it->second == "0")
      return 0;
    return get(name);
  }

  llvm::StringRef getText(llvm::StringRef name) const {
    auto it = row.shape.find(name.str());
    return it == row.shape.end() ? llvm::StringRef() : it->second;
  }

  const std::optional<Unknown> &problem() const { return firstProblem; }

private:
  static bool parse(llvm::StringRef text, double &value) {
    bool isDecimal = !text.empty() && llvm::all_of(text, [](char c) {
      return llvm::isDigit(c) || c == '.';
    });
    return isDecimal && !text.getAsDouble(value) && std::isfinite(value);
  }

  /// A harmless extent for the rest of the reading.
  double fail(const llvm::Twine &reason) {
    if (!firstProblem)
      firstProblem = malformed(reason);
    return 1;
  }

  const MeasuredRow &row;
  std::optional<Unknown> firstProblem;
};

template <typename Shape>
Shapes one(const Extents &extents, const Shape &shape) {
  if (extents.problem())
    return *extents.problem();
  return std::vector<KernelShape>{shape};
}

/// A type in memory and in the matrix unit.
struct TypeName {
  llvm::StringLiteral name;
  ElementType type;
  double bytes;
  Scaling scaling;
};

// Types of 4 bits have one scale, of 8 bits, for every 16 or 32 elements.
constexpr TypeName typeNames[] = {
    {"bf16", ElementType::BF16, 2, Scaling::None},
    {"fp16", ElementType::F16, 2, Scaling::None},
    {"tf32", ElementType::TF32, 4, Scaling::None},
    {"fp32", ElementType::F32, 4, Scaling::None},
    {"f32", ElementType::F32, 4, Scaling::None},
    {"fp64", ElementType::F64, 8, Scaling::None},
    {"fp8", ElementType::F8, 1, Scaling::Rows},
    {"fp8_e4m3", ElementType::F8, 1, Scaling::Rows},
    {"fp8_block", ElementType::F8, 1, Scaling::Blocks},
    {"fp8_e4m3_block128", ElementType::F8, 1, Scaling::Blocks},
    {"int8", ElementType::I8, 1, Scaling::Rows},
    {"nvfp4", ElementType::F4, 0.5625, Scaling::Blocks},
    {"mxfp4", ElementType::F4, 0.53125, Scaling::Blocks},
};

const TypeName *findType(llvm::StringRef name) {
  const auto *it = llvm::find_if(
      typeNames, [&](const TypeName &type) { return type.name == name; });
  return it == std::end(typeNames) ? nullptr : it;
}

Unknown unknownType(llvm::StringRef name) {
  return unmodelled("type '" + name + "' is not known");
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

Shapes readGemm(const MeasuredRow &row) {
  const TypeName *type = findType(row.dtype);
  if (!type)
    return unknownType(row.dtype);
  Extents extents(row);
  GemmShape shape;
  shape.batch = extents.getOr("batch", 1);
  shape.isBatch = shape.batch > 1;
  shape.m = extents.get("m");
  shape.n = extents.get("n");
  shape.k = extents.get("k");
  shape.type = type->type;
  shape.lhsBytes = shape.rhsBytes = type->bytes;
  // Blocks have scales that only their own kernels multiply with, whether or
  // not the time includes that of finding them.
  bool isQuantized = row.op == "gemm_with_act_quant";
  bool isBlocked = type->scaling == Scaling::Blocks;
  shape.scaling = isQuantized || isBlocked ? type->scaling : Scaling::None;
  shape.weightCopies = rotatedWeightCopies;
  return one(extents, shape);
}

/// `bf16xint8_weight_only`: the products' type, and the weights' in memory.
Shapes readWeightOnlyGemm(const MeasuredRow &row) {
  auto [products, weights] = llvm::StringRef(row.dtype).split('x');
  const TypeName *type = findType(products);
  double weightBytes = llvm::StringSwitch<double>(weights)
                           .StartsWith("int8", 1)
                           .StartsWith("int4", 0.5)
                           .Default(0);
  if (!type || weightBytes == 0)
    return unknownType(row.dtype);
  Extents extents(row);
  GemmShape shape;
  shape.m = extents.get("m");
  shape.n = extents.get("n");
  shape.k = extents.get("k");
  shape.type = type->type;
  shape.rhsBytes = weightBytes;
  shape.convertsWeights = true;
  shape.weightCopies = rotatedWeightCopies;
  return one(extents, shape);
}

/// The products before and after latent attention: one per head, of the new
/// tokens with the matrix that was absorbed.
Shapes readAbsorbedProduct(const MeasuredRow &row) {
  const TypeName *type = findType(row.dtype);
  if (!type)
    return unknownType(row.dtype);
  // DeepSeek's: 128 elements of a head without position, 512 of the latent row.
  constexpr double headElements = 128;
  constexpr double latentElements = 512;
  bool isBefore = row.op == "mla_gen_pre";
  Extents extents(row);
  GemmShape shape;
  shape.batch = extents.get("heads", largestHeads);
  shape.isBatch = true;
  shape.m = extents.get("tokens");
  shape.k = isBefore ? headElements : latentElements;
  shape.n = isBefore ? latentElements : headElements;
  shape.type = type->type;
  shape.lhsBytes = shape.rhsBytes = type->bytes;
  shape.scaling = type->scaling;
  shape.weightCopies = rotatedWeightCopies;
  return one(extents, shape);
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

/// `bf16/kv_fp8`: the type of the products and that of the cache, which is the
/// same where none is given.
struct AttentionTypes {
  const TypeName *products;
  const TypeName *cache;
};

AttentionTypes attentionTypes(llvm::StringRef dtype) {
  auto [products, cache] = dtype.split('/');
  if (cache.empty())
    cache = products;
  else
    cache.consume_front("kv_");
  return {findType(products), findType(cache)};
}

LibrarySet librariesOf(llvm::ArrayRef<const MeasuredRow *> rows) {
  LibrarySet libraries;
  for (const MeasuredRow *row : rows) {
    llvm::StringRef software = row->software;
    libraries.sglang |= software.starts_with_insensitive("sglang");
    // Ascend's plugin of vLLM calls the vendor's kernels.
    libraries.vllm |= software.starts_with_insensitive("vllm") &&
                      !software.starts_with_insensitive("vllm-ascend");
    libraries.tensorRt |= software.starts_with_insensitive("trtllm") ||
                          software.starts_with_insensitive("tensorrt");
  }
  return libraries;
}

Shapes readAttention(llvm::ArrayRef<const MeasuredRow *> rows) {
  const MeasuredRow &row = *rows.front();
  AttentionTypes types = attentionTypes(row.dtype);
  if (!types.products || !types.cache)
    return unknownType(row.dtype);
  bool isDecode = row.op == "attention_decode";
  Extents extents(row);
  AttentionShape shape;
  shape.batch = extents.get("b");
  shape.queries = extents.getOr("sq", 1);
  shape.context = extents.has("skv") ? extents.get("skv") : shape.queries;
  shape.queryHeads = extents.get("hq", largestHeads);
  shape.kvHeads = extents.get("hkv", largestHeads);
  shape.headDim = extents.get("d", largestHeads);
  shape.window = extents.getOrZero("window");
  shape.type = types.products->type;
  shape.kvBytes = types.cache->bytes;
  shape.writesCache = !isDecode;
  shape.libraries = librariesOf(rows);
  if (extents.problem())
    return *extents.problem();
  if (isDecode && shape.queries != 1)
    return unmodelled("decode of several rows at once has no model");
  if (shape.queryHeads < shape.kvHeads || shape.context < shape.queries)
    return malformed("its shape has more keys' heads than queries', or more "
                     "queries than keys");
  return one(extents, shape);
}

Shapes readLatentAttention(llvm::ArrayRef<const MeasuredRow *> rows) {
  const MeasuredRow &row = *rows.front();
  AttentionTypes types = attentionTypes(row.dtype);
  if (!types.products || !types.cache)
    return unknownType(row.dtype);
  bool isDecode = row.op == "mla_decode";
  Extents extents(row);
  LatentAttentionShape shape;
  shape.batch = extents.get("b");
  shape.queries = extents.getOr("sq", 1);
  shape.context = extents.has("skv") ? extents.get("skv") : shape.queries;
  shape.heads = extents.get("heads", largestHeads);
  shape.latent = extents.getOr("kv_lora", shape.latent);
  shape.rope = extents.getOr("rope", shape.rope);
  shape.kvBytes = types.cache->bytes;
  shape.isPrompt = !isDecode;
  if (shape.isPrompt)
    shape.libraries = librariesOf(rows);
  if (extents.problem())
    return *extents.problem();
  if (isDecode && shape.queries != 1)
    return unmodelled("decode of several rows at once has no model");
  if (shape.context < shape.queries)
    return malformed("its shape has more queries than keys");
  return one(extents, shape);
}

//===----------------------------------------------------------------------===//
// Mixtures of experts
//===----------------------------------------------------------------------===//

/// What the kernels of a software string are.
struct ExpertClass {
  ExpertKernels kernels;
  bool isGated;
};

ExpertClass expertClass(llvm::StringRef software, llvm::StringRef dtype) {
  if (software.contains("flashinfer"))
    return {ExpertKernels::Flashinfer, true};
  if (software.contains("nongated"))
    return {ExpertKernels::GroupedCutlass, false};
  if (software.contains("cutlass"))
    return {ExpertKernels::GroupedCutlass, true};
  if (software.contains("marlin"))
    return {ExpertKernels::Marlin, true};
  // SGLang has tuned tiles of 16 bits for few shapes.
  if (software.contains("triton"))
    return {software.starts_with("sglang") ? ExpertKernels::SortedDefault
                                           : ExpertKernels::SortedTriton,
            true};
  return {ExpertKernels::GroupedCutlass, true};
}

/// The exponent of `power_law_1.2`; 0 of `balanced`.
std::optional<double> loadSkew(llvm::StringRef distribution) {
  if (distribution.empty() || distribution == "balanced" ||
      distribution == "uniform")
    return 0;
  double exponent = 0;
  // Beyond this, one expert has it all.
  constexpr double largestExponent = 10;
  if (distribution.consume_front("power_law_") &&
      !distribution.getAsDouble(exponent) && exponent > 0 &&
      exponent <= largestExponent)
    return exponent;
  return std::nullopt;
}

Shapes readExperts(llvm::ArrayRef<const MeasuredRow *> rows) {
  const MeasuredRow &row = *rows.front();
  // One scale, of 8 bits or 16, for every 32 weights of 4 bits.
  constexpr double fourBitBytes = 0.53125;
  Extents extents(row);
  ExpertsShape shape;
  if (row.dtype == "int4_wo" || row.dtype == "w4a16_mxfp4") {
    shape.weightBytes = fourBitBytes;
  } else if (const TypeName *type = findType(row.dtype)) {
    shape.type = type->type;
    shape.weightBytes = type->bytes;
    shape.blockScaled = type->scaling == Scaling::Blocks;
  } else {
    return unknownType(row.dtype);
  }
  shape.tokens = extents.get("tokens");
  shape.hidden = extents.get("hidden");
  shape.intermediate = extents.get("inter");
  shape.chosen = extents.get("topk", largestHeads);
  shape.experts = extents.get("experts", largestHeads);
  shape.tensorRanks = extents.getOr("tp", 1);
  shape.expertRanks = extents.getOr("ep", 1);
  std::optional<double> skew = loadSkew(extents.getText("dist"));
  if (!skew)
    return unmodelled("loads distributed as '" + extents.getText("dist") +
                      "' have no model");
  shape.skew = *skew;
  if (extents.problem())
    return *extents.problem();
  if (shape.chosen > shape.experts || shape.expertRanks > shape.experts)
    return malformed("its shape has fewer experts than are chosen, or than "
                     "there are ranks");

  std::vector<KernelShape> shapes;
  std::vector<std::pair<ExpertKernels, bool>> seen;
  for (const MeasuredRow *other : rows) {
    ExpertClass entry = expertClass(other->software, row.dtype);
    std::pair<ExpertKernels, bool> key(entry.kernels, entry.isGated);
    if (llvm::is_contained(seen, key))
      continue;
    seen.push_back(key);
    shape.kernels = entry.kernels;
    shape.isGated = entry.isGated;
    shapes.push_back(shape);
  }
  return shapes;
}

//===----------------------------------------------------------------------===//
// Collectives
//===----------------------------------------------------------------------===//

Shapes readCollective(const MeasuredRow &row) {
  Extents extents(row);
  CollectiveShape shape;
  shape.kind = llvm::StringSwitch<CollectiveKind>(row.op)
                   .Case("all_gather", CollectiveKind::AllGather)
                   .Case("reduce_scatter", CollectiveKind::ReduceScatter)
                   .Case("all_to_all", CollectiveKind::AllToAll)
                   .Default(CollectiveKind::AllReduce);
  shape.ranks = extents.get("ranks");
  shape.bytes = extents.get("bytes", largestTotal);
  return one(extents, shape);
}

//===----------------------------------------------------------------------===//
// Streaming kernels
//===----------------------------------------------------------------------===//

/// An op that reads and writes rows.
struct StreamingOp {
  llvm::StringLiteral op;
  StreamingKind kind;
  /// The names of the extents: rows, and elements of each.
  llvm::StringLiteral rows;
  llvm::StringLiteral columns;
  /// Elements of the operand type that move for each of rows x columns.
  double elements;
};

constexpr StreamingOp streamingOps[] = {
    {"copy", StreamingKind::Elementwise, "rows", "cols", 2},
    {"cast", StreamingKind::Elementwise, "rows", "cols", 2},
    {"scale", StreamingKind::Elementwise, "rows", "cols", 2},
    {"add", StreamingKind::Elementwise, "rows", "cols", 3},
    {"mul", StreamingKind::Elementwise, "rows", "cols", 3},
    {"gelu", StreamingKind::Activation, "rows", "cols_out", 2},
    {"silu", StreamingKind::Activation, "rows", "cols_out", 2},
    {"silu_and_mul", StreamingKind::GatedActivation, "rows", "cols_out", 3},
    {"gelu_and_mul", StreamingKind::GatedActivation, "rows", "cols_out", 3},
    {"rmsnorm", StreamingKind::RmsNorm, "rows", "cols", 2},
    {"layernorm", StreamingKind::LayerNorm, "rows", "cols", 2},
    {"softmax", StreamingKind::Softmax, "rows", "cols", 2},
    {"transpose", StreamingKind::Transpose, "rows", "cols", 2},
    {"sum_rows", StreamingKind::Elementwise, "rows", "cols", 1},
    {"sum_all", StreamingKind::Elementwise, "rows", "cols", 1},
    {"embedding", StreamingKind::Gather, "tokens", "hidden", 2},
    {"gather_rows", StreamingKind::Gather, "tokens", "hidden", 2},
};

const StreamingOp *findStreamingOp(llvm::StringRef name) {
  const auto *it = llvm::find_if(
      streamingOps, [&](const StreamingOp &op) { return op.op == name; });
  return it == std::end(streamingOps) ? nullptr : it;
}

Shapes readStreaming(const MeasuredRow &row, const StreamingOp &op) {
  const TypeName *type = findType(row.dtype);
  if (!type)
    return unknownType(row.dtype);
  Extents extents(row);
  if (extents.getText("cache") == "cold")
    return unmodelled("operands that the cache is emptied of: kernels of a "
                      "graph find what the one before has written");
  StreamingShape shape;
  shape.kind = op.kind;
  // Results of activations are written `cols` where nothing is gated.
  llvm::StringRef columns = op.columns;
  if (!extents.has(columns) && extents.has("cols"))
    columns = "cols";
  if (extents.has("elems")) {
    shape.columns = extents.get("elems", largestTotal);
  } else {
    shape.rows = extents.get(op.rows);
    shape.columns = extents.get(columns);
  }
  shape.bytes = shape.rows * shape.columns * op.elements * type->bytes;
  return one(extents, shape);
}

Shapes readRope(const MeasuredRow &row) {
  const TypeName *type = findType(row.dtype);
  if (!type)
    return unknownType(row.dtype);
  Extents extents(row);
  StreamingShape shape;
  shape.kind = StreamingKind::Rope;
  shape.rows = extents.get("tokens");
  shape.columns = (extents.get("q_heads", largestHeads) +
                   extents.get("kv_heads", largestHeads)) *
                  extents.get("head_dim", largestHeads);
  shape.bytes = shape.rows * shape.columns * 2 * type->bytes;
  return one(extents, shape);
}

Shapes readQuantization(const MeasuredRow &row) {
  // `bf16->fp8`; the maximum writes next to nothing.
  auto [from, to] = llvm::StringRef(row.dtype).split("->");
  const TypeName *source = findType(from);
  const TypeName *result = findType(to);
  if (!source || !result)
    return unknownType(row.dtype);
  bool isMaximum = row.op == "fp8_compute_scale_absmax";
  Extents extents(row);
  StreamingShape shape;
  shape.kind =
      isMaximum ? StreamingKind::AbsoluteMaximum : StreamingKind::Quantize;
  shape.rows = extents.get("m");
  shape.columns = extents.get("k");
  shape.bytes = shape.rows * shape.columns *
                (source->bytes + (isMaximum ? 0 : result->bytes));
  return one(extents, shape);
}

/// x = c x over one buffer, launched in several ways.
Shapes readScaleKernel(const MeasuredRow &row) {
  const TypeName *type = findType(row.dtype);
  if (!type)
    return unknownType(row.dtype);
  Extents extents(row);
  if (extents.getText("mode") != "CUDA_graph")
    return unmodelled("launched as '" + extents.getText("mode") +
                      "': only kernels of a graph are queued");
  // With fewer threads a block, the limit is on blocks, which no library runs
  // into.
  constexpr double fewestThreads = 128;
  if (extents.get("block") < fewestThreads)
    return unmodelled("blocks of fewer than 128 threads are not what libraries "
                      "launch");
  StreamingShape shape;
  shape.columns = extents.get("elems", largestTotal);
  shape.bytes = shape.columns * 2 * type->bytes;
  return one(extents, shape);
}

/// Work that is known, and known to have no model.
struct OpReason {
  llvm::StringLiteral prefix;
  llvm::StringLiteral reason;
};

constexpr OpReason unmodelledOps[] = {
    {"llm_e2e:", "a served model is many kernels and a scheduler"},
    {"transformer_block", "a whole block is many kernels"},
    {"launch_floor", "what is measured is the launch"},
    {"graph_launch", "what is measured is the launch"},
    {"clock_spin", "what is measured is the clock"},
    {"cache_read", "what is measured is the cache"},
};

} // namespace

Shapes measuredShapes(llvm::ArrayRef<const MeasuredRow *> rows) {
  const MeasuredRow &row = *rows.front();
  llvm::StringRef op = row.op;
  for (const OpReason &entry : unmodelledOps)
    if (op.starts_with(entry.prefix))
      return unmodelled(entry.reason);
  if (row.shape.empty())
    return unmodelled("the file states no shapes");
  if (op == "gemm" || op == "gemm_with_act_quant" || op == "gemm_sustained")
    return readGemm(row);
  if (op == "gemm_weight_only")
    return readWeightOnlyGemm(row);
  if (op == "mla_gen_pre" || op == "mla_gen_post")
    return readAbsorbedProduct(row);
  if (op == "attention_decode" || op == "attention_prefill_causal")
    return readAttention(rows);
  if (op == "mla_decode" || op == "mla_prefill")
    return readLatentAttention(rows);
  if (op == "moe_ffn_fused")
    return readExperts(rows);
  if (op == "all_reduce" || op == "all_gather" || op == "reduce_scatter" ||
      op == "all_to_all")
    return readCollective(row);
  if (const StreamingOp *streaming = findStreamingOp(op))
    return readStreaming(row, *streaming);
  if (op == "rope")
    return readRope(row);
  if (op == "fp8_quantize_scale_matrix" || op == "fp8_compute_scale_absmax")
    return readQuantization(row);
  if (op == "small_scale_kernel")
    return readScaleKernel(row);
  return unmodelled("no model of '" + op + "'");
}

} // namespace roofline
