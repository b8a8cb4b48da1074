//===- LatentAttentionTime.cpp - Times of latent attention ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/LatentAttentionTime.h"

#include "AttentionCores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofline {

namespace {

/// The values of a calibration.
struct LatentValues {
  double productRate;
  double bandwidth;
  double block;
  double tile;
  double tileRows;
  double combine;
  double combineParts;
  double sequence;
  double ramp;
  double launch;
  double convert;
};

constexpr ParameterUnit seconds = ParameterUnit::Seconds;
constexpr ParameterUnit number = ParameterUnit::Number;

constexpr ParameterField<LatentValues> fields[] = {
    {{"product_rate", number, 0.3, 1.1, 0.75, std::nullopt,
      "rate of products within a block of keys, of the peak"},
     &LatentValues::productRate},
    {{"bandwidth", number, 0.5, 1, 0.93, std::nullopt,
      "bandwidth that the cache is read with, of off-chip memory's"},
     &LatentValues::bandwidth},
    {{"block", seconds, 0.01e-6, 2e-6, 0.3e-6, 0,
      "what a block of keys takes beside its products"},
     &LatentValues::block},
    {{"tile", seconds, 0.5e-6, 12e-6, 4e-6, 0,
      "start and end of a tile of heads"},
     &LatentValues::tile},
    {{"tile_rows", seconds, 0.01e-6, 6e-6, 1e-6, 0, "what 64 heads add to it"},
     &LatentValues::tileRows},
    {{"combine", seconds, 0.1e-6, 10e-6, 2e-6, 0,
      "combination of the parts of split keys"},
     &LatentValues::combine},
    {{"combine_parts", seconds, 0.001e-6, 1e-6, 0.05e-6, 0,
      "what each part adds to it"},
     &LatentValues::combineParts},
    {{"sequence", seconds, 0.1e-9, 30e-9, 2e-9, 0,
      "work for each sequence that nothing hides"},
     &LatentValues::sequence},
    {{"ramp", seconds, 0.1e-6, 60e-6, 20e-6, 0,
      "delay of long streams of the cache"},
     &LatentValues::ramp},
    {{"launch", seconds, 4e-6, 14e-6, 8e-6, std::nullopt,
      "start and end of the kernels"},
     &LatentValues::launch},
    {{"convert", number, 0.5, 2, 1.05, 1,
      "time with a cache of 8-bit elements over that with as fast a one of "
      "16 bits"},
     &LatentValues::convert},
};

constexpr llvm::StringLiteral regimes[] = {"context_le_1024", "context_le_8192",
                                           "context_gt_8192", "kv_8bit"};

/// Heads of a tile, which fewer are padded to, and rows of the cache that it
/// takes at a time (FlashMLA).
constexpr double tileHeads = 64;
constexpr double tileKeys = 64;

/// Rounds of tiles after which they have drifted apart.
constexpr double roundsBeforeDrift = 6;

/// Bytes of one element of queries and results.
constexpr double elementBytes = 2;

} // namespace

const TimeModel &latentAttentionModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<LatentValues>(fields);
  static const TimeModel model = {
      "latent_attention_decode",
      "multi-head latent attention of one new row per sequence",
      parameters,
      {},
      regimes};
  return model;
}

llvm::StringRef latentAttentionRegime(const LatentAttentionShape &shape) {
  if (shape.kvBytes < 2)
    return "kv_8bit";
  if (shape.context <= 1024)
    return "context_le_1024";
  return shape.context <= 8192 ? "context_le_8192" : "context_gt_8192";
}

KnownOr<double> latentAttentionSeconds(const LatentAttentionShape &shape,
                                       const Machine &machine,
                                       const Calibration &calibration) {
  KnownOr<AttentionCores> cores =
      findAttentionCores(machine, ElementType::BF16);
  if (!cores)
    return cores.unknown();
  LatentValues values =
      unpackParameters<LatentValues>(fields, calibration.values);

  // A row is both the key, all of it, and the value, its latent part.
  double rowElements = shape.latent + shape.rope;
  double elements = rowElements + shape.latent;
  double tiles = shape.batch * std::ceil(shape.heads / tileHeads);
  double blocks = std::ceil(shape.context / tileKeys);
  double blockSeconds = 2 * tileHeads * tileKeys * elements /
                            (cores->productRate * values.productRate) +
                        values.block;
  double tileSeconds = values.tile + values.tileRows *
                                         std::min(shape.heads, tileHeads) /
                                         tileHeads;
  double cacheBytes = shape.batch * shape.context * rowElements * shape.kvBytes;
  double ioBytes = elementBytes * shape.batch * shape.heads * elements;
  double bandwidth = values.bandwidth * cores->bandwidth;

  double best = std::numeric_limits<double>::infinity();
  for (double splits : keySplits) {
    // A tile has no more parts than blocks.
    double parts = std::min(splits, blocks);
    double rounds = taskRounds(tiles * parts / cores->count, roundsBeforeDrift);
    double busy =
        rounds * (tileSeconds + std::ceil(blocks / parts) * blockSeconds);
    double moved = cacheBytes + ioBytes;
    double combine = 0;
    if (splits > 1) {
      // Each part writes its result in f32, which is read again.
      moved += 2 * ioBytes * parts;
      combine = values.combine + values.combineParts * parts;
    }
    best = std::min(best, std::max(busy, moved / bandwidth) + combine);
  }
  double time = values.launch + best +
                values.ramp * cacheBytes / (cacheBytes + rampBytes) +
                shape.batch * values.sequence;
  return shape.kvBytes < 2 ? time * values.convert : time;
}

} // namespace roofline
