//===- KernelShape.h - What a time model needs to know ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The extents of a kernel, as its time model reads them. Both a kernel of a
// graph and a measured row are brought into this form, so that what is reported
// is what was checked. Extents are doubles: they only enter times.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_KERNELSHAPE_H
#define ROOFLINE_MODEL_KERNELSHAPE_H

#include "roofline/Model/Demand.h"
#include "roofline/Model/ElementType.h"
#include "roofline/Model/Unknown.h"

#include "llvm/ADT/StringRef.h"

#include <limits>
#include <variant>

namespace roofline {

/// How the operands of a product came to their type.
enum class Scaling {
  None,   ///< They are in it, or scaled by one factor.
  Rows,   ///< A kernel before it scales every row of the left operand.
  Blocks, ///< The same for blocks of 128 elements.
};

/// C[m,n] = A[m,k] B[k,n], `batch` times; B are the weights.
struct GemmShape {
  double batch = 1;
  /// Whether it is launched as a batch, be it of one.
  bool isBatch = false;
  double m = 1;
  double n = 1;
  double k = 1;
  /// What is multiplied, and on which rate of the matrix unit.
  ElementType type = ElementType::BF16;
  /// Bytes of one element in memory; of weights below one byte, a fraction.
  double lhsBytes = 2;
  double rhsBytes = 2;
  /// Whether weights are of fewer bits than `type` and converted on their way.
  bool convertsWeights = false;
  double resultBytes = 2;
  /// Includes the time of the kernel that quantises the left operand.
  Scaling scaling = Scaling::None;
  /// Sets of weights of this size that are read in turn: those of a benchmark
  /// may stay in the last-level cache; those of a model never do.
  double weightCopies = std::numeric_limits<double>::infinity();
  /// Bytes to and from off-chip memory beyond A, B and C: those of fused ops.
  double extraBytes = 0;
  /// Whether rows chose their matrix of B, as tokens choose experts: `batch`
  /// are the matrices that have rows, `m` the rows of one on the average.
  bool isRouted = false;
};

/// Libraries whose kernels a measurement took the fastest of. They differ in
/// what they launch, so an estimate is that of the fastest of those present.
struct LibrarySet {
  bool sglang = false;
  bool vllm = false;
  bool tensorRt = false;

  bool any() const { return sglang || vllm || tensorRt; }
};

/// softmax(Q K^T) V with `queries` new rows per sequence against a context of
/// `context` rows, which includes them.
struct AttentionShape {
  double batch = 1;
  double queries = 1;
  double context = 1;
  double queryHeads = 1;
  /// Fewer than query heads where groups of them share keys and values.
  double kvHeads = 1;
  double headDim = 128;
  /// Whether a query sees no key after its own row.
  bool isCausal = true;
  /// Keys that a query sees at most; 0 where there is no such limit.
  double window = 0;
  /// Pairs of a query and a key, of one head of one sequence, that are certain
  /// to count; the others are masked whatever the data are. 0: all count.
  double seenPairs = 0;
  /// Keys of one sequence that any of its queries is certain to see at most; 0:
  /// all.
  double seenKeys = 0;
  /// Whether the mask is known, rather than taken for what it looks like.
  bool isMaskKnown = false;
  /// The products' type.
  ElementType type = ElementType::BF16;
  /// Bytes of one element of keys and values in memory.
  double kvBytes = 2;
  /// Whether the kernel that writes keys and values to the cache is included.
  bool writesCache = false;
  /// None set: the best that there is.
  LibrarySet libraries;
};

/// Multi-head latent attention: all heads share one latent row of `latent` and
/// `rope` elements per row of context. One new row per sequence is multiplied
/// with it; several are with the keys and values that each head has made of it.
struct LatentAttentionShape {
  double batch = 1;
  double queries = 1;
  double context = 1;
  double heads = 128;
  double latent = 512;
  double rope = 64;
  /// Of a head's queries and keys without position, and of its values.
  double headDim = 128;
  /// Bytes of one element of the cache.
  double kvBytes = 2;
  /// Launched as a prompt with its kernels before, be it of one row.
  bool isPrompt = false;
  /// Of several queries: whether each sees no row after its own.
  bool isCausal = true;
  /// Of several queries: whether they are multiplied with the latent rows, and
  /// in no other way.
  bool isAbsorbed = false;
  /// None set: the best that there is.
  LibrarySet libraries;
};

/// How a mixture of experts computes its products.
enum class ExpertKernels {
  GroupedCutlass, ///< One block per tile of an expert's rows.
  SortedTriton,   ///< Tokens sorted by expert and padded to tiles.
  SortedDefault,  ///< The same, tiles of 16-bit weights not tuned to the shape.
  Flashinfer,     ///< Grouped, with tiles that are not tuned.
  Marlin,         ///< Weights of 4 bits, products in bf16.
};

/// Routing, the two or three products of the chosen experts with what is
/// between them, and the weighted sum: one rank's part.
struct ExpertsShape {
  double tokens = 1;
  double hidden = 1;
  /// Of one expert before it is divided over tensor-parallel ranks.
  double intermediate = 1;
  double chosen = 1;
  double experts = 1;
  double tensorRanks = 1;
  double expertRanks = 1;
  /// Exponent of the power law that experts' loads follow; 0: all the same.
  double skew = 0;
  ElementType type = ElementType::BF16;
  /// Bytes of one weight.
  double weightBytes = 2;
  bool blockScaled = false;
  /// Two products before the activation (SwiGLU) rather than one.
  bool isGated = true;
  ExpertKernels kernels = ExpertKernels::GroupedCutlass;
};

/// An exchange within one scale-up domain. `bytes` is the buffer of a rank as
/// nccl-tests counts it: what an all-gather ends with and a reduce-scatter
/// starts from.
struct CollectiveShape {
  CollectiveKind kind = CollectiveKind::AllReduce;
  /// 0 where a graph does not tell who exchanges what with whom.
  double ranks = 1;
  double bytes = 0;
};

/// What a kernel that streams its operands computes on the way.
enum class StreamingKind {
  Elementwise,     ///< Sums, products, conversions, copies.
  Activation,      ///< GELU, SiLU and the like.
  GatedActivation, ///< SwiGLU, GeGLU.
  Rope,            ///< Rotary position embedding.
  RmsNorm,         ///< Root-mean-square normalisation.
  LayerNorm,       ///< Normalisation by mean and variance.
  Softmax,         ///< Exponentials over their sum.
  Gather,          ///< Rows at computed addresses.
  Transpose,       ///< Another layout.
  Quantize,        ///< To scaled integers or 8-bit floats, scale given.
  AbsoluteMaximum, ///< The scale of a quantisation.
};

/// A kernel whose time is mostly that of its bytes.
struct StreamingShape {
  StreamingKind kind = StreamingKind::Elementwise;
  /// Rows that are normalised or reduced, tokens that are rotated or gated, and
  /// elements of each; one row of all elements where a thread may take any.
  double rows = 1;
  double columns = 1;
  /// Read and written.
  double bytes = 0;
  /// Those of `bytes` that a kernel which gathers only streams.
  double streamedBytes = 0;
};

/// What a calibrated model can tell the time of.
using KernelShape =
    std::variant<GemmShape, AttentionShape, LatentAttentionShape, ExpertsShape,
                 CollectiveShape, StreamingShape>;

} // namespace roofline

#endif // ROOFLINE_MODEL_KERNELSHAPE_H
