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
  double combine;
  double combineParts;
  double sequence;
  double ramp;
  double launchSglang;
  double launchVllm;
  double launchTensorRt;
  double windowVllm;
  double tilesTensorRt;
  double tiles8Bit;
  double vectorHead;
  double vectorElements;
};

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
    {{"tiles_8bit", number, 0.5, 3, 1.3, 1,
      "time of SGLang's and vLLM's tiles of 8-bit keys and values over that of "
      "the same bytes in 16 bits"},
     &DecodeValues::tiles8Bit},
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

/// Bytes that cross off-chip memory.
struct DecodeBytes {
  double keysAndValues;
  double queriesAndResults;

  double all() const { return keysAndValues + queriesAndResults; }
};

/// Seconds of the kernel whose blocks hold a tile of the heads of a group: with
/// the keys split into as many parts as is fastest.
double tiledSeconds(const AttentionShape &shape, const DecodeBytes &bytes,
                    const DecodeValues &values, const AttentionCores &cores,
                    AttentionKernels kernels) {
  double headDim = paddedHeadDim(shape.headDim);
  AttentionTile tile = decodeTile(headDim, shape.window > 0);
  double rate = headDim > 256 ? wideRate : 1;
  double compute =
      (4 * tile.rows * tile.keys * headDim / (cores.productRate * productRate) +
       tile.rows * tile.keys / cores.exponentialRate) /
      rate;
  double load =
      2 * shape.kvBytes * tile.keys * headDim / coreBandwidth(kernels);
  double blockSeconds = std::max(compute, load);
  double tileSeconds =
      (values.tile + values.tileElements * headDim / 128) / rate;

  double group = std::ceil(shape.queryHeads / shape.kvHeads);
  double tiles = shape.batch * shape.kvHeads * std::ceil(group / tile.rows);
  double blocks = std::ceil(shape.context / tile.keys);
  if (shape.window > 0)
    blocks -=
        std::floor(std::max(0.0, shape.context - 1 - shape.window) / tile.keys);

  double bandwidth = values.bandwidth * cores.bandwidth;
  double best = std::numeric_limits<double>::infinity();
  for (double splits : keySplits) {
    // A tile has no more parts than blocks.
    double parts = std::min(splits, blocks);
    double rounds = taskRounds(tiles * parts / cores.count, roundsBeforeDrift);
    double busy =
        rounds * (tileSeconds + std::ceil(blocks / parts) * blockSeconds);
    double moved = bytes.all();
    double combine = 0;
    if (splits > 1) {
      // Each part writes its result in f32, which is read again.
      moved += 2 * bytes.queriesAndResults * parts;
      combine = values.combine + values.combineParts * parts;
    }
    best = std::min(best, std::max(busy, moved / bandwidth) + combine);
  }
  return best;
}

/// Seconds of the kernel with one block per query head: no row is padding, but
/// every head of a group reads the group's keys and values again.
double vectorSeconds(const AttentionShape &shape, const DecodeBytes &bytes,
                     const DecodeValues &values, const AttentionCores &cores) {
  double rounds = std::max(1.0, shape.batch * shape.queryHeads / cores.count);
  double busy =
      rounds * (values.vectorHead +
                values.vectorElements * paddedHeadDim(shape.headDim) / 128);
  double group = shape.queryHeads / shape.kvHeads;
  return std::max({busy, bytes.all() / (values.bandwidth * cores.bandwidth),
                   bytes.keysAndValues * group / values.l2Bandwidth});
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
  KnownOr<AttentionCores> cores = findAttentionCores(machine, shape.type);
  if (!cores)
    return cores.unknown();
  std::optional<AttentionKernels> kernels =
      parseAttentionKernels(calibration.kernels);
  if (!kernels)
    return Unknown{UnknownKind::Unmodelled,
                   "no attention kernels '" + calibration.kernels + "'"};
  DecodeValues values =
      unpackParameters<DecodeValues>(fields, calibration.values);

  double seen = shape.context;
  if (shape.window > 0)
    seen = std::min(seen, shape.window + 1);
  DecodeBytes bytes = {
      2 * shape.kvBytes * shape.batch * seen * shape.kvHeads * shape.headDim,
      2 * elementBytes * shape.batch * shape.queryHeads * shape.headDim};
  double tiled = tiledSeconds(shape, bytes, values, *cores, *kernels);
  double vector = vectorSeconds(shape, bytes, values, *cores);
  double group = shape.queryHeads / shape.kvHeads;

  bool is8Bit = shape.kvBytes < elementBytes;
  double flash = is8Bit ? tiled * values.tiles8Bit : tiled;
  double best = std::numeric_limits<double>::infinity();
  if (!shape.libraries.any())
    best =
        std::min(values.launchSglang + flash, values.launchTensorRt + vector);
  if (shape.libraries.sglang)
    best = std::min(best, values.launchSglang + flash);
  if (shape.libraries.vllm) {
    bool isCut = shape.window > 0 && shape.context > shape.window;
    best = std::min(best, values.launchVllm + flash +
                              (isCut ? values.windowVllm : 0));
  }
  if (shape.libraries.tensorRt) {
    // Its tiles of 8 bits are as fast as the other libraries' of 16.
    double factor = is8Bit ? 1 : values.tilesTensorRt;
    bool isTiled = group > 1 && group <= widestTiledGroup;
    best = std::min(best, values.launchTensorRt +
                              (isTiled ? factor * tiled : vector));
  }
  return best + shape.batch * values.sequence +
         values.ramp * bytes.keysAndValues / (bytes.keysAndValues + rampBytes);
}

} // namespace roofline
