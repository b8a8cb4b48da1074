//===- LatentPrefillTime.cpp - Times of latent attention over prompts -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/LatentPrefillTime.h"

#include "AttentionCores.h"
#include "AttentionTiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofline {

namespace {

/// The values of a calibration.
struct LatentPrefillValues {
  double launch;
  double productRate;
  double exponentialShare;
  double tile;
  double token;
  double latentLaunch;
  double latentProductRate;
  double latentExponentialShare;
  double latentTile;
  double latentToken;
  double throttle;
  double throttleOnset;
  double convertLaunch;
  double convert;
};

constexpr ParameterUnit seconds = ParameterUnit::Seconds;
constexpr ParameterUnit number = ParameterUnit::Number;

constexpr ParameterField<LatentPrefillValues> fields[] = {
    {{"launch", seconds, 4e-6, 30e-6, 13e-6, std::nullopt,
      "start and end of the kernels for keys and values of each head"},
     &LatentPrefillValues::launch},
    {{"product_rate", number, 0.4, 1, 0.85, std::nullopt,
      "rate of their products within a block of keys, of the peak"},
     &LatentPrefillValues::productRate},
    {{"exponential_share", number, 0.05, 2, 0.5, 0,
      "exponentials that their products do not hide, of all"},
     &LatentPrefillValues::exponentialShare},
    {{"tile", seconds, 0.1e-6, 10e-6, 1e-6, 0,
      "start and end of a tile of query rows"},
     &LatentPrefillValues::tile},
    {{"token", seconds, 1e-9, 1e-6, 1e-7, 0,
      "work of a core for each token: rotation, the cache"},
     &LatentPrefillValues::token},
    {{"latent_launch", seconds, 4e-6, 30e-6, 9e-6, std::nullopt,
      "start and end of the kernels for latent rows"},
     &LatentPrefillValues::latentLaunch},
    {{"latent_product_rate", number, 0.3, 1, 0.7, std::nullopt,
      "rate of their products within a block of rows, of the peak"},
     &LatentPrefillValues::latentProductRate},
    {{"latent_exponential_share", number, 0.05, 3, 1.2, 0,
      "exponentials that their products do not hide, of all"},
     &LatentPrefillValues::latentExponentialShare},
    {{"latent_tile", seconds, 0.1e-6, 20e-6, 2e-6, 0,
      "start and end of a tile of rows of queries and heads"},
     &LatentPrefillValues::latentTile},
    {{"latent_token", seconds, 1e-9, 1e-6, 1e-7, 0,
      "work of a core for each token: rotation, the cache"},
     &LatentPrefillValues::latentToken},
    {{"throttle", number, 0.005, 1, 0.3, 0,
      "slow-down at twice the onset's rate of products"},
     &LatentPrefillValues::throttle},
    {{"throttle_onset", number, 0.07, 1.4, 0.6, 1,
      "10^12 operations per joule of rated power above which power slows "
      "kernels down"},
     &LatentPrefillValues::throttleOnset},
    {{"convert_launch", seconds, 0.1e-6, 12e-6, 4e-6, 0,
      "what a cache of 8 bits takes longer to start and end"},
     &LatentPrefillValues::convertLaunch},
    {{"convert", number, 0.05, 4, 0.5, 0,
      "its conversion, of the time of reading queries and writing results"},
     &LatentPrefillValues::convert},
};

constexpr llvm::StringLiteral regimes[] = {"queries_le_128", "queries_le_1024",
                                           "queries_gt_1024"};

/// Tiles of kernels for keys and values of each head, of FlashAttention 3, and
/// of kernels for latent rows (FlashMLA), whose accumulators are that wide.
constexpr AttentionTile headTile = {128, 128};
constexpr AttentionTile latentTile = {64, 64};

/// Bytes of one element of queries and results, and of the keys and values of
/// each head.
constexpr double elementBytes = 2;

/// One way to multiply: with keys and values of each head, or with the latent
/// rows that all heads share.
struct Way {
  AttentionTile tile;
  /// Query heads that fill a tile together.
  double group;
  /// Elements of the products of a query and a key: of scores and of values.
  double elements;
  double productRate;
  double exponentialShare;
  double tileSeconds;
  /// Bytes that cross off-chip memory for a query of a head.
  double queryBytes;
  /// Seconds of a core for each token.
  double token;
};

/// Pairs of a query and a key that it sees, of one head and sequence.
double seenPairs(const LatentAttentionShape &shape) {
  if (!shape.isCausal)
    return shape.queries * shape.context;
  double earlier = std::max(0.0, shape.context - shape.queries);
  return shape.queries * earlier + shape.queries * (shape.queries + 1) / 2;
}

/// Seconds on the cores: tiles start longest first, and the cores left over in
/// the last round wait for a shortest one.
double coreSeconds(const LatentAttentionShape &shape, const Way &way,
                   const AttentionCores &cores) {
  QueryRows rows;
  rows.queries = shape.queries;
  rows.offset = std::max(0.0, shape.context - shape.queries);
  rows.group = way.group;
  rows.allKeys = shape.isCausal ? 0 : shape.context;
  TileCounts counts = countTiles(rows, way.tile);
  double times = shape.batch * shape.heads / way.group;
  double tiles = times * counts.tiles;
  double block = 2 * way.tile.rows * way.tile.keys * way.elements /
                     (cores.productRate * way.productRate) +
                 way.exponentialShare * way.tile.rows * way.tile.keys /
                     cores.exponentialRate;
  double total = tiles * way.tileSeconds + times * counts.blocks * block;
  double unfilled = std::ceil(tiles / cores.count) - tiles / cores.count;
  return std::max(way.tileSeconds + counts.mostBlocks * block,
                  total / cores.count +
                      unfilled *
                          (way.tileSeconds + counts.fewestBlocks * block));
}

/// Seconds of one way, without its launch.
double waySeconds(const LatentAttentionShape &shape, const Way &way,
                  const LatentPrefillValues &values,
                  const AttentionCores &cores, double watts) {
  double tokens = shape.batch * shape.queries;
  double moving = tokens * shape.heads * way.queryBytes / cores.bandwidth;
  double reading = shape.batch * shape.context * (shape.latent + shape.rope) *
                   shape.kvBytes / cores.bandwidth;
  double time = coreSeconds(shape, way, cores) + moving + reading;
  if (values.throttle > 0) {
    double operations =
        2 * shape.batch * shape.heads * seenPairs(shape) * way.elements;
    double onset = values.throttleOnset * 1e12 * watts;
    time *= 1 + values.throttle * std::max(0.0, operations / time / onset - 1);
  }
  time += tokens * way.token / cores.count;
  if (shape.kvBytes < elementBytes)
    time += values.convertLaunch + values.convert * moving;
  return time;
}

} // namespace

const TimeModel &latentPrefillModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<LatentPrefillValues>(fields);
  static const TimeModel model = {
      "latent_attention_prefill",
      "multi-head latent attention of many new rows per sequence",
      parameters,
      {},
      regimes};
  return model;
}

llvm::StringRef latentPrefillRegime(const LatentAttentionShape &shape) {
  if (shape.queries <= 128)
    return "queries_le_128";
  return shape.queries <= 1024 ? "queries_le_1024" : "queries_gt_1024";
}

KnownOr<double> latentPrefillSeconds(const LatentAttentionShape &shape,
                                     const Machine &machine,
                                     const Calibration &calibration) {
  KnownOr<AttentionCores> cores =
      findAttentionCores(machine, ElementType::BF16);
  if (!cores)
    return cores.unknown();
  LatentPrefillValues values =
      unpackParameters<LatentPrefillValues>(fields, calibration.values);
  // Without a slow-down the power does not matter.
  if (values.throttle > 0 && !machine.tdpWatts)
    return Unknown{UnknownKind::Unmodelled, "the rated power is not known"};
  double watts = machine.tdpWatts.value_or(0);

  double best = std::numeric_limits<double>::infinity();
  if (!shape.isAbsorbed &&
      (shape.libraries.tensorRt || !shape.libraries.any())) {
    // Scores are of the part without position and of that with it.
    double keyDim = shape.headDim + shape.rope;
    Way way;
    way.tile = headTile;
    way.group = 1;
    way.elements = keyDim + shape.headDim;
    way.productRate = values.productRate;
    way.exponentialShare = values.exponentialShare;
    way.tileSeconds = values.tile;
    // Its keys and values pass memory as well.
    way.queryBytes = 2 * elementBytes * way.elements;
    way.token = values.token;
    best = values.launch + waySeconds(shape, way, values, *cores, watts);
  }
  if (shape.isAbsorbed || shape.libraries.sglang || shape.libraries.vllm ||
      !shape.libraries.any()) {
    Way way;
    way.tile = latentTile;
    way.group = shape.heads;
    way.elements = 2 * shape.latent + shape.rope;
    way.productRate = values.latentProductRate;
    way.exponentialShare = values.latentExponentialShare;
    way.tileSeconds = values.latentTile;
    way.queryBytes = elementBytes * way.elements;
    way.token = values.latentToken;
    best = std::min(best, values.latentLaunch +
                              waySeconds(shape, way, values, *cores, watts));
  }
  return best;
}

} // namespace roofline
