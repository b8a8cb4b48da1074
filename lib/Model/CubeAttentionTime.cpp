//===- CubeAttentionTime.cpp - Attention on split cores -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/CubeAttentionTime.h"

#include "AttentionCores.h"
#include "AttentionTiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofline {

namespace {

constexpr ParameterUnit seconds = ParameterUnit::Seconds;
constexpr ParameterUnit bytesPerSecond = ParameterUnit::BytesPerSecond;
constexpr ParameterUnit number = ParameterUnit::Number;

/// The values of a calibration for prompts.
struct CubePrefillValues {
  double vectorShare;
  double bandwidth;
  double tile;
  double fill;
  double launch;
};

constexpr ParameterField<CubePrefillValues> prefillFields[] = {
    {{"vector_share", number, 0.5, 10, 3.2, std::nullopt,
      "vector work on a block of keys that products do not hide, in multiples "
      "of its exponentials"},
     &CubePrefillValues::vectorShare},
    {{"bandwidth", number, 0.3, 1, 0.6, std::nullopt,
      "bandwidth that operands are read with, of off-chip memory's"},
     &CubePrefillValues::bandwidth},
    {{"tile", seconds, 1e-6, 12e-6, 5e-6, 0,
      "start and end of a tile of query rows"},
     &CubePrefillValues::tile},
    {{"fill", seconds, 0.1e-6, 10e-6, 2e-6, 0,
      "fill of the pipeline of cube and vector cores over the first blocks of "
      "a tile"},
     &CubePrefillValues::fill},
    {{"launch", seconds, 20e-6, 70e-6, 45e-6, std::nullopt,
      "start and end of the kernel"},
     &CubePrefillValues::launch},
};

constexpr llvm::StringLiteral prefillRegimes[] = {
    "queries_le_512", "queries_le_2048", "queries_gt_2048"};

/// The values of a calibration for single new rows.
struct CubeDecodeValues {
  double l2Bandwidth;
  double bandwidth;
  double groupBandwidth;
  double task;
  double combine;
  double sequence;
  double launch;
};

constexpr ParameterField<CubeDecodeValues> decodeFields[] = {
    {{"l2_bandwidth", bytesPerSecond, 1e12, 8e12, 2.6e12, std::nullopt,
      "bandwidth of keys and values that fit in L2"},
     &CubeDecodeValues::l2Bandwidth},
    {{"bandwidth", number, 0.4, 1, 0.78, std::nullopt,
      "bandwidth of larger ones, of off-chip memory's"},
     &CubeDecodeValues::bandwidth},
    {{"group_bandwidth", number, 0.3, 1, 0.63, std::nullopt,
      "the same where several heads, each of several queries, have their rows "
      "interleaved"},
     &CubeDecodeValues::groupBandwidth},
    {{"task", seconds, 0.1e-6, 6e-6, 1.5e-6, 0,
      "start and end of one head of keys and values of a sequence"},
     &CubeDecodeValues::task},
    {{"combine", seconds, 0.1e-6, 30e-6, 3e-6, 0,
      "combination of the parts of split keys"},
     &CubeDecodeValues::combine},
    {{"sequence", seconds, 0.001e-6, 0.6e-6, 0.15e-6, 0,
      "work for each sequence that nothing hides"},
     &CubeDecodeValues::sequence},
    {{"launch", seconds, 25e-6, 65e-6, 50e-6, std::nullopt,
      "start and end of the kernel"},
     &CubeDecodeValues::launch},
};

constexpr llvm::StringLiteral decodeRegimes[] = {"kv_le_16mb", "kv_le_200mb",
                                                 "kv_gt_200mb"};

/// Query rows of a tile and keys that it takes at a time. Each query head has
/// its own tiles.
constexpr AttentionTile tile = {128, 128};

/// Blocks of keys over which the pipeline fills by all but 1/e.
constexpr double fillBlocks = 2;

/// Parts that the keys of a task are split into where cores would idle.
constexpr double cubeSplits[] = {1, 2, 3, 4, 6, 8, 12, 24};

/// Rounds of tasks after which they have drifted apart.
constexpr double roundsBeforeDrift = 8;

/// Bytes per second that one core can pull, at least: measurements do not
/// reach it.
constexpr double coreBandwidth = 300e9;

/// Bytes of one element of queries and results.
constexpr double elementBytes = 2;

/// Rows of keys and values that a single new row sees.
double seenRows(const AttentionShape &shape) {
  if (shape.window > 0)
    return std::min(shape.context, shape.window + 1);
  return shape.context;
}

/// Bytes of keys and values that single new rows see.
double cacheBytes(const AttentionShape &shape) {
  return 2 * shape.kvBytes * shape.batch * seenRows(shape) * shape.kvHeads *
         shape.headDim;
}

} // namespace

const TimeModel &cubeAttentionPrefillModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<CubePrefillValues>(prefillFields);
  static const TimeModel model = {
      "cube_attention_prefill",
      "causal attention of many new rows per sequence on cube and vector cores",
      parameters,
      {},
      prefillRegimes};
  return model;
}

llvm::StringRef cubeAttentionPrefillRegime(const AttentionShape &shape) {
  if (shape.queries <= 512)
    return "queries_le_512";
  return shape.queries <= 2048 ? "queries_le_2048" : "queries_gt_2048";
}

KnownOr<double> cubeAttentionPrefillSeconds(const AttentionShape &shape,
                                            const Machine &machine,
                                            const Calibration &calibration) {
  KnownOr<AttentionCores> cores = findAttentionCores(machine, shape.type);
  if (!cores)
    return cores.unknown();
  CubePrefillValues values =
      unpackParameters<CubePrefillValues>(prefillFields, calibration.values);

  TileCounts counts = countTiles(queryRowsOf(shape), tile);
  double tiles = shape.batch * shape.queryHeads * counts.tiles;

  double pairs = tile.rows * tile.keys;
  double blockSeconds = 4 * pairs * shape.headDim / cores->productRate +
                        values.vectorShare * pairs / cores->exponentialRate;
  auto tileSeconds = [&](double blocks) {
    return values.tile + blocks * blockSeconds +
           values.fill * (1 - std::exp((1 - blocks) / fillBlocks));
  };
  double tilesPerCore = tiles / cores->count;
  double unfilled = std::ceil(tilesPerCore) - tilesPerCore;
  double busy =
      std::max(tileSeconds(counts.mostBlocks),
               tilesPerCore * tileSeconds(counts.blocks / counts.tiles) +
                   unfilled * tileSeconds(counts.fewestBlocks));

  double bytes = 2 * shape.batch * shape.headDim *
                 (shape.kvBytes * seenKeys(shape) * shape.kvHeads +
                  elementBytes * shape.queries * shape.queryHeads);
  return values.launch +
         std::max(busy, bytes / (values.bandwidth * cores->bandwidth));
}

const TimeModel &cubeAttentionDecodeModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<CubeDecodeValues>(decodeFields);
  static const TimeModel model = {
      "cube_attention_decode",
      "attention of one new row per sequence on cube and vector cores",
      parameters,
      {},
      decodeRegimes};
  return model;
}

llvm::StringRef cubeAttentionDecodeRegime(const AttentionShape &shape) {
  double bytes = cacheBytes(shape);
  if (bytes <= 16e6)
    return "kv_le_16mb";
  return bytes <= 200e6 ? "kv_le_200mb" : "kv_gt_200mb";
}

KnownOr<double> cubeAttentionDecodeSeconds(const AttentionShape &shape,
                                           const Machine &machine,
                                           const Calibration &calibration) {
  KnownOr<AttentionCores> cores = findAttentionCores(machine, shape.type);
  if (!cores)
    return cores.unknown();
  std::optional<double> l2Capacity = machine.l2Bytes();
  if (!l2Capacity)
    return Unknown{UnknownKind::Unmodelled,
                   "the capacity of the L2 cache is not known"};
  CubeDecodeValues values =
      unpackParameters<CubeDecodeValues>(decodeFields, calibration.values);

  double bytes = cacheBytes(shape);
  double tasks = shape.batch * shape.kvHeads;
  double blocks = std::ceil(seenRows(shape) / tile.keys);
  double blockSeconds =
      2 * shape.kvBytes * tile.keys * shape.headDim / coreBandwidth;
  double busy = std::numeric_limits<double>::infinity();
  for (double splits : cubeSplits) {
    // A task has no more parts than blocks, and is only split for cores that
    // would have none.
    double parts = std::min(splits, blocks);
    if (splits > 1 && tasks * parts > cores->count)
      continue;
    double rounds = taskRounds(tasks * parts / cores->count, roundsBeforeDrift);
    double time =
        rounds * (values.task + std::ceil(blocks / parts) * blockSeconds);
    busy = std::min(busy, splits > 1 ? time + values.combine : time);
  }

  // Keys and values stay in L2 from one step to the next where they fit.
  double bandwidth = values.l2Bandwidth;
  if (bytes > *l2Capacity) {
    bool isInterleaved = shape.queryHeads > shape.kvHeads && shape.kvHeads > 1;
    bandwidth = cores->bandwidth *
                (isInterleaved ? values.groupBandwidth : values.bandwidth);
  }
  return values.launch + shape.batch * values.sequence +
         std::max(busy, bytes / bandwidth);
}

} // namespace roofline
