//===- AttentionDecodeTime.cpp - Times of attention of new tokens ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/AttentionDecodeTime.h"

#include "AttentionCores.h"
#include "AttentionTiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofline {

namespace {

/// The values of a calibration.
struct DecodeValues {
  double bandwidth;
  double l2Bandwidth;
  double tile;
  double tileElements;
  double transpose;
  double combine;
  double combineParts;
  double sequence;
  double ramp;
  double launchSglang;
  double launchVllm;
  double launchTensorRt;
  double windowVllm;
  double tilesTensorRt;
  double launchNarrow;
  double tileNarrow;
  double tileNarrowRows;
  double vectorHead;
  double vectorElements;
};

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr ParameterUnit seconds = ParameterUnit::Seconds;
constexpr ParameterUnit bytesPerSecond = ParameterUnit::BytesPerSecond;
constexpr ParameterUnit number = ParameterUnit::Number;

constexpr ParameterField<DecodeValues> fields[] = {
    {{"bandwidth", number, 0.5, 1, 0.92, std::nullopt,
      "bandwidth that keys and values are read with, of off-chip memory's"},
     &DecodeValues::bandwidth},
    {{"l2_bandwidth", bytesPerSecond, 1e12, 10e12, 4.5e12, std::nullopt,
      "bandwidth of L2 where each query head reads the keys and values of its "
      "group"},
     &DecodeValues::l2Bandwidth},
    {{"tile", seconds, 0.2e-6, 4e-6, 1.1e-6, 0,
      "start and end of a tile of query rows"},
     &DecodeValues::tile},
    {{"tile_elements", seconds, 0.05e-6, 4e-6, 1e-6, 0,
      "what 128 elements of head dimension add to it"},
     &DecodeValues::tileElements},
    {{"transpose", seconds, 0.01e-6, 4e-6, 1e-6, 0,
      "transposition of 128 values of 128 8-bit elements"},
     &DecodeValues::transpose},
    {{"combine", seconds, 0.1e-6, 8e-6, 1.6e-6, 0,
      "combination of the parts of split keys"},
     &DecodeValues::combine},
    {{"combine_parts", seconds, 0.001e-6, 1e-6, 0.03e-6, 0,
      "what each part adds to it"},
     &DecodeValues::combineParts},
    {{"sequence", seconds, 0.5e-9, 20e-9, 8e-9, 0,
      "work for each sequence that nothing hides"},
     &DecodeValues::sequence},
    {{"ramp", seconds, 0.1e-6, 40e-6, 8e-6, 0,
      "delay of long streams of keys and values"},
     &DecodeValues::ramp},
    {{"launch_sglang", seconds, 4e-6, 13e-6, 6.6e-6, std::nullopt,
      "start and end of SGLang's kernels"},
     &DecodeValues::launchSglang},
    {{"launch_vllm", seconds, 4e-6, 13e-6, 8.5e-6, std::nullopt,
      "start and end of vLLM's kernels"},
     &DecodeValues::launchVllm},
    {{"launch_tensorrt", seconds, 3e-6, 13e-6, 6.5e-6, std::nullopt,
      "start and end of TensorRT-LLM's kernels"},
     &DecodeValues::launchTensorRt},
    {{"window_vllm", seconds, 0.05e-6, 8e-6, 2.2e-6, 0,
      "what a window costs in vLLM"},
     &DecodeValues::windowVllm},
    {{"tiles_tensorrt", number, 1, 2.5, 1.5, 1,
      "time of TensorRT-LLM's tiles over the others'"},
     &DecodeValues::tilesTensorRt},
    {{"launch_narrow", seconds, 3e-6, 13e-6, 5e-6, infinity,
      "start and end of TensorRT-LLM's kernel of narrow tiles, for 8-bit keys "
      "and values"},
     &DecodeValues::launchNarrow},
    {{"tile_narrow", seconds, 0.05e-6, 4e-6, 0.5e-6, 0,
      "start and end of one of its tiles"},
     &DecodeValues::tileNarrow},
    {{"tile_narrow_rows", seconds, 0.01e-6, 6e-6, 0.5e-6, 0,
      "what 32 query heads of 128 elements add to it"},
     &DecodeValues::tileNarrowRows},
    {{"vector_head", seconds, 0.1e-6, 3e-6, 1e-6, 0,
      "one query head in a kernel without tiles"},
     &DecodeValues::vectorHead},
    {{"vector_elements", seconds, 0.05e-6, 3e-6, 0.4e-6, 0,
      "what 128 elements of head dimension add to it"},
     &DecodeValues::vectorElements},
};

constexpr llvm::StringLiteral regimes[] = {
    "batch_le_32", "batch_le_128", "batch_gt_128", "windowed",
    "wide_groups", "head_dim_512", "kv_8bit",
};

/// Rate of products within a block, of the peak: that of prompts on Hopper,
/// where measurements tell it; those of single rows hardly depend on it.
constexpr double productRate = 1.03;

/// Rate of blocks of head dimensions above 256, of the others': half of the
/// keys at a time and accumulators that spill.
constexpr double wideRate = 0.45;

/// Rounds of tiles after which they have drifted apart.
constexpr double roundsBeforeDrift = 6;

/// Query heads per head of keys and values above which TensorRT-LLM has no
/// kernel with tiles. For a group of one it takes the other kernel, too.
constexpr double widestTiledGroup = 32;

/// Bytes of one element of queries and results.
constexpr double elementBytes = 2;

/// Bytes per second that one core can pull, of each generation: about 2.5 to
/// 3.3 times its share of off-chip memory's bandwidth. Measurements only tell
/// that it is well above its share.
double coreBandwidth(AttentionKernels kernels) {
  switch (kernels) {
  case AttentionKernels::Flash2:
    return 54e9;
  case AttentionKernels::Flash3:
    break;
  case AttentionKernels::Flash4:
    return 180e9;
  }
  return 90e9;
}

/// The narrowest tile of the kernel whose tiles are as narrow as a group.
constexpr double narrowestTile = 8;
/// It is compiled for padded head dimensions above this.
constexpr double narrowHeadDim = 64;
/// Of its tiles.
constexpr double narrowTilesPerCore = 2;

/// A kernel whose blocks hold a tile of the heads of a group.
struct TiledKernel {
  AttentionTile tile;
  /// Seconds of the start and end of a tile.
  double tileSeconds;
  /// What a block of keys takes beside its products.
  double blockSeconds = 0;
  /// Its time on the cores, over that of others.
  double slowness = 1;
  /// Blocks of threads that a core works on side by side.
  double tilesPerCore = 1;
};

/// The kernels that there are for one shape.
class DecodeKernels {
public:
  DecodeKernels(const AttentionShape &shape, const DecodeValues &values,
                const AttentionCores &cores, AttentionKernels kernels)
      : shape(shape), values(values), cores(cores), kernels(kernels),
        headDim(paddedHeadDim(shape.headDim)),
        group(std::ceil(shape.queryHeads / shape.kvHeads)),
        hasNarrow(shape.kvBytes < elementBytes &&
                  values.launchNarrow != infinity) {
    double seen = shape.context;
    if (shape.window > 0)
      seen = std::min(seen, shape.window + 1);
    cacheBytes =
        2 * shape.kvBytes * shape.batch * seen * shape.kvHeads * shape.headDim;
    ioBytes = 2 * elementBytes * shape.batch * shape.queryHeads * shape.headDim;
  }

  /// Seconds of the fastest kernel of the libraries that are there.
  double fastest() const;

  /// Seconds that every kernel takes in addition.
  double besides() const {
    return shape.batch * values.sequence +
           values.ramp * cacheBytes / (cacheBytes + rampBytes);
  }

private:
  double tiledSeconds(const TiledKernel &kernel) const;
  double vectorSeconds() const;
  double narrowSeconds() const;
  double flashSeconds(double slowness = 1) const;
  double tensorRtSeconds() const;

  const AttentionShape &shape;
  const DecodeValues &values;
  const AttentionCores &cores;
  AttentionKernels kernels;
  double headDim;
  double group;
  /// Whether TensorRT-LLM's tiles are as narrow as a group.
  bool hasNarrow;
  /// Of keys and values, and of queries and results.
  double cacheBytes;
  double ioBytes;
};

/// With the keys split into as many parts as is fastest.
double DecodeKernels::tiledSeconds(const TiledKernel &kernel) const {
  AttentionTile tile = kernel.tile;
  double rate = headDim > 256 ? wideRate : 1;
  double compute =
      (4 * tile.rows * tile.keys * headDim / (cores.productRate * productRate) +
       tile.rows * tile.keys / cores.exponentialRate) /
      rate;
  double load =
      2 * shape.kvBytes * tile.keys * headDim / coreBandwidth(kernels);
  double blockSeconds = std::max(compute + kernel.blockSeconds, load);
  double tileSeconds = kernel.tileSeconds / rate;

  double tiles = shape.batch * shape.kvHeads * std::ceil(group / tile.rows);
  double blocks = std::ceil(shape.context / tile.keys);
  if (shape.window > 0)
    blocks -=
        std::floor(std::max(0.0, shape.context - 1 - shape.window) / tile.keys);

  double bandwidth = values.bandwidth * cores.bandwidth;
  double best = infinity;
  for (double splits : keySplits) {
    // A tile has no more parts than blocks.
    double parts = std::min(splits, blocks);
    double perCore = tiles * parts / (kernel.tilesPerCore * cores.count);
    // Where tiles share a core, the next one starts when any of them ends.
    double rounds = kernel.tilesPerCore > 1
                        ? std::max(1.0, perCore)
                        : taskRounds(perCore, roundsBeforeDrift);
    double busy = kernel.slowness * rounds *
                  (tileSeconds + std::ceil(blocks / parts) * blockSeconds);
    double moved = cacheBytes + ioBytes;
    double combine = 0;
    if (splits > 1) {
      // Each part writes its result in f32, which is read again.
      moved += 2 * ioBytes * parts;
      combine = values.combine + values.combineParts * parts;
    }
    best = std::min(best, std::max(busy, moved / bandwidth) + combine);
  }
  return best;
}

/// Seconds of the kernel with one block per query head: no row is padding, but
/// every head of a group reads the group's keys and values again.
double DecodeKernels::vectorSeconds() const {
  double rounds = std::max(1.0, shape.batch * shape.queryHeads / cores.count);
  double busy =
      rounds * (values.vectorHead + values.vectorElements * headDim / 128);
  return std::max(
      {busy, (cacheBytes + ioBytes) / (values.bandwidth * cores.bandwidth),
       cacheBytes * shape.queryHeads / shape.kvHeads / values.l2Bandwidth});
}

/// Seconds of the kernel that has keys in the rows of its products, and so only
/// as many columns as a group has heads, in powers of two.
double DecodeKernels::narrowSeconds() const {
  double columns =
      std::max(narrowestTile, std::exp2(std::ceil(std::log2(group))));
  TiledKernel narrow;
  narrow.tile = {columns, decodeTile(headDim, shape.window > 0).keys};
  narrow.tileSeconds = values.tileNarrow + values.tileNarrowRows * columns /
                                               widestTiledGroup * headDim / 128;
  narrow.tilesPerCore = narrowTilesPerCore;
  return tiledSeconds(narrow);
}

double DecodeKernels::flashSeconds(double slowness) const {
  TiledKernel flash;
  flash.tile = decodeTile(headDim, shape.window > 0);
  flash.tileSeconds = values.tile + values.tileElements * headDim / 128;
  if (shape.kvBytes < elementBytes) {
    // One warp group, and values whose products run along their rows.
    flash.tile.rows = 64;
    flash.blockSeconds =
        values.transpose * flash.tile.keys / 128 * headDim / 128;
  }
  flash.slowness = slowness;
  return tiledSeconds(flash);
}

double DecodeKernels::tensorRtSeconds() const {
  if (group <= 1 || group > widestTiledGroup)
    return values.launchTensorRt + vectorSeconds();
  if (!hasNarrow)
    return values.launchTensorRt + flashSeconds(values.tilesTensorRt);
  return narrowSeconds() + (headDim > narrowHeadDim ? values.launchNarrow
                                                    : values.launchTensorRt);
}

double DecodeKernels::fastest() const {
  double best = infinity;
  if (!shape.libraries.any())
    // The best of each.
    best =
        std::min({values.launchSglang + flashSeconds(),
                  values.launchTensorRt + vectorSeconds(), tensorRtSeconds()});
  if (shape.libraries.sglang)
    best = std::min(best, values.launchSglang + flashSeconds());
  if (shape.libraries.vllm) {
    bool isCut = shape.window > 0 && shape.context > shape.window;
    best = std::min(best, values.launchVllm + flashSeconds() +
                              (isCut ? values.windowVllm : 0));
  }
  if (shape.libraries.tensorRt)
    best = std::min(best, tensorRtSeconds());
  return best;
}

/// The type that keys and values are multiplied in: since Hopper, kernels
/// convert the queries to the 8 bits of a cache, before it the cache to 16.
ElementType productType(const AttentionShape &shape, AttentionKernels kernels) {
  if (shape.kvBytes >= elementBytes)
    return shape.type;
  return kernels == AttentionKernels::Flash2 ? ElementType::BF16
                                             : ElementType::F8;
}

} // namespace

const TimeModel &attentionDecodeModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<DecodeValues>(fields);
  static const TimeModel model = {
      "attention_decode",
      "attention of one new row per sequence on streaming multiprocessors",
      parameters, attentionKernelNames(), regimes};
  return model;
}

llvm::StringRef attentionDecodeRegime(const AttentionShape &shape) {
  if (shape.kvBytes < 2)
    return "kv_8bit";
  if (shape.headDim > 256)
    return "head_dim_512";
  if (shape.queryHeads / shape.kvHeads > widestTiledGroup)
    return "wide_groups";
  if (shape.window > 0 && shape.window < shape.context)
    return "windowed";
  if (shape.batch <= 32)
    return "batch_le_32";
  return shape.batch <= 128 ? "batch_le_128" : "batch_gt_128";
}

KnownOr<double> attentionDecodeSeconds(const AttentionShape &shape,
                                       const Machine &machine,
                                       const Calibration &calibration) {
  std::optional<AttentionKernels> kernels =
      parseAttentionKernels(calibration.kernels);
  if (!kernels)
    return Unknown{UnknownKind::Unmodelled,
                   "no attention kernels '" + calibration.kernels + "'"};
  KnownOr<AttentionCores> cores =
      findAttentionCores(machine, productType(shape, *kernels));
  if (!cores)
    return cores.unknown();
  DecodeValues values =
      unpackParameters<DecodeValues>(fields, calibration.values);
  DecodeKernels decode(shape, values, *cores, *kernels);
  return decode.fastest() + decode.besides();
}

} // namespace roofline
