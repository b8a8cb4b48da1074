//===- ExpertsTime.cpp - Times of mixtures of experts ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/ExpertsTime.h"

#include "ExpertLoads.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofline {

namespace {

/// The values of a calibration.
struct ExpertsValues {
  double productRate;
  double productRateF8;
  double productRateF8Block;
  double productRate4Bit;
  double bandwidth;
  double coreBandwidth;
  double launch;
  double sortedLaunch;
  double unpack;
  double token;
  double tile;
  double sortedRate;
  double sortedRateDefault;
  double sortedRateF8Block;
  double sortedStep;
  double sortedStepDefault;
  double untunedRate;
  double marlinRate;
  double clearedTile;
  double rows;
};

constexpr ParameterUnit seconds = ParameterUnit::Seconds;
constexpr ParameterUnit number = ParameterUnit::Number;

constexpr ParameterField<ExpertsValues> fields[] = {
    {{"product_rate", number, 0.3, 1.1, 0.8, std::nullopt,
      "rate of grouped products of 16 bits, of the peak"},
     &ExpertsValues::productRate},
    {{"product_rate_f8", number, 0.2, 1, 0.75, std::nullopt,
      "the same of 8 bits"},
     &ExpertsValues::productRateF8},
    {{"product_rate_f8_block", number, 0.1, 1, 0.25, std::nullopt,
      "the same of 8 bits with a scale for each block"},
     &ExpertsValues::productRateF8Block},
    {{"product_rate_4bit", number, 0.1, 1.1, 0.5, std::nullopt,
      "the same with weights of 4 bits"},
     &ExpertsValues::productRate4Bit},
    {{"bandwidth", number, 0.5, 1, 0.9, std::nullopt,
      "bandwidth that weights are read with, of off-chip memory's"},
     &ExpertsValues::bandwidth},
    {{"core_bandwidth", ParameterUnit::BytesPerSecond, 15e9, 300e9, 120e9,
      std::nullopt, "bytes per second that one core can load"},
     &ExpertsValues::coreBandwidth},
    {{"launch", seconds, 5e-6, 45e-6, 21e-6, std::nullopt,
      "start and end of routing and of grouped products"},
     &ExpertsValues::launch},
    {{"sorted_launch", seconds, 5e-6, 45e-6, 18e-6, std::nullopt,
      "start and end of routing and of products of sorted tokens"},
     &ExpertsValues::sortedLaunch},
    {{"unpack", seconds, 0.1e-6, 60e-6, 25e-6, 0,
      "kernels that weights of 4 bits need in addition"},
     &ExpertsValues::unpack},
    {{"token", seconds, 0.1e-9, 50e-9, 8e-9, 0, "routing of each token"},
     &ExpertsValues::token},
    {{"tile", seconds, 0.1e-6, 12e-6, 1.8e-6, 0,
      "start and end of a tile of grouped products"},
     &ExpertsValues::tile},
    {{"sorted_rate", number, 0.1, 1.1, 0.5, std::nullopt,
      "rate of products of sorted tokens, of the peak"},
     &ExpertsValues::sortedRate},
    {{"sorted_rate_default", number, 0.1, 1, 0.3, std::nullopt,
      "the same of 16 bits with tiles that are not tuned"},
     &ExpertsValues::sortedRateDefault},
    {{"sorted_rate_f8_block", number, 0.1, 1, 0.43, std::nullopt,
      "the same of 8 bits with a scale for each block"},
     &ExpertsValues::sortedRateF8Block},
    {{"sorted_step", seconds, 0.3e-9, 20e-9, 3e-9, 0,
      "one element along the inner extent of a tile of sorted tokens"},
     &ExpertsValues::sortedStep},
    {{"sorted_step_default", seconds, 0.3e-9, 20e-9, 6e-9, 0,
      "the same of 16 bits with tiles that are not tuned"},
     &ExpertsValues::sortedStepDefault},
    {{"untuned_rate", number, 0.1, 1, 0.28, 1,
      "speed of grouped kernels that nobody tuned, of that of tuned ones"},
     &ExpertsValues::untunedRate},
    {{"marlin_rate", number, 0.1, 1.2, 0.25, std::nullopt,
      "rate of products with weights that are unpacked on the way, of the "
      "peak"},
     &ExpertsValues::marlinRate},
    {{"cleared_tile", seconds, 0.005e-6, 3e-6, 0.05e-6, 0,
      "tile of a token whose expert is on another rank"},
     &ExpertsValues::clearedTile},
    {{"rows", number, 0.2, 3, 0.95, 1,
      "time of rows between the products, of that at peak bandwidth"},
     &ExpertsValues::rows},
};

constexpr llvm::StringLiteral regimes[] = {"tokens_le_16", "tokens_le_256",
                                           "tokens_le_4096", "tokens_gt_4096"};

/// Tiles that grouped kernels choose from, and their columns.
constexpr double groupedTileRows[] = {16, 32, 64, 128};
constexpr double groupedTileColumns = 128;

/// Tiles of kernels for sorted tokens: narrow ones for at most as many tokens
/// as there are experts here. With those, a step along the inner extent is of
/// 64 elements instead of 32.
constexpr double narrowTileRows = 16;
constexpr double narrowTileColumns = 32;
constexpr double narrowStep = 0.5;
constexpr double wideTileRows = 64;
constexpr double wideTileColumns = 64;

/// Rounds of tiles after which they have drifted apart, so that the last one is
/// half full on the average.
constexpr double roundsBeforeDrift = 8;

/// What CUTLASS's experts launch: choice, alignment, permutation, both products
/// with the activation between them, and the weighted sum.
constexpr double groupedLaunches = 7;

/// Bytes of one element of rows between the kernels.
constexpr double rowElementBytes = 2;

/// Seconds that the kernels which quantise rows to 8 bits take together beside
/// their bytes; fits cannot tell it from the launch.
constexpr double quantizeSeconds = 2e-6;

/// One of the two products of an expert: gate and up in one, or down.
struct ExpertProduct {
  double n;
  double k;
};

/// What the equations need, brought together once.
struct Experts {
  const ExpertsShape &shape;
  const ExpertsValues &values;
  ExpertLoads loads;
  double cores;
  /// Operations per second of the matrix unit of one core.
  double peakRate;
  /// Bytes per second of off-chip memory.
  double peakBandwidth;
  ExpertProduct products[2];

  bool has4BitWeights() const { return shape.weightBytes < 1; }

  double weightSeconds(ExpertProduct product) const {
    return loads.active() * product.n * product.k * shape.weightBytes /
           (values.bandwidth * peakBandwidth);
  }
};

/// Rate of grouped products, of the peak.
double groupedRate(const Experts &experts) {
  const ExpertsValues &values = experts.values;
  if (experts.has4BitWeights())
    return values.productRate4Bit;
  if (experts.shape.blockScaled)
    return values.productRateF8Block;
  return experts.shape.type == ElementType::F8 ? values.productRateF8
                                               : values.productRate;
}

/// Rounds of tiles when each core has `tilesPerCore`.
double tileRounds(double tilesPerCore) {
  if (tilesPerCore >= roundsBeforeDrift)
    return std::min(std::ceil(tilesPerCore), tilesPerCore + 0.5);
  return std::max(1.0, std::ceil(tilesPerCore));
}

/// One launch for the tiles of all experts, at the best height of a tile. Tiles
/// and weights hide each other only in part.
double groupedSeconds(const Experts &experts, ExpertProduct product,
                      double rate) {
  double weights = experts.weightSeconds(product);
  double best = std::numeric_limits<double>::infinity();
  for (double rows : groupedTileRows) {
    double multiplied =
        2 * rows * groupedTileColumns * product.k / (rate * experts.peakRate);
    double loaded = (groupedTileColumns * experts.shape.weightBytes +
                     rows * rowElementBytes) *
                    product.k / experts.values.coreBandwidth;
    double tile = std::max(multiplied, loaded) + experts.values.tile;
    double tiles =
        experts.loads.tiles(rows) * std::ceil(product.n / groupedTileColumns);
    best = std::min(
        best, std::hypot(tileRounds(tiles / experts.cores) * tile, weights));
  }
  return best;
}

double groupedSeconds(const Experts &experts, double rate) {
  return groupedSeconds(experts, experts.products[0], rate) +
         groupedSeconds(experts, experts.products[1], rate);
}

/// Tokens sorted by expert and padded to tiles of one height. The first tile
/// along the inner extent shows; products and weights hide each other in part.
/// Tiles of other ranks' experts are launched, too, and cleared.
double sortedSeconds(const Experts &experts) {
  const ExpertsShape &shape = experts.shape;
  const ExpertsValues &values = experts.values;
  // Tuned tables exist for blocks everywhere, and for 4 bits no difference is
  // seen.
  bool isDefault = shape.kernels == ExpertKernels::SortedDefault &&
                   shape.type != ElementType::F8 && !experts.has4BitWeights();
  double rate = shape.blockScaled ? values.sortedRateF8Block
                : isDefault       ? values.sortedRateDefault
                                  : values.sortedRate;
  double step = isDefault ? values.sortedStepDefault : values.sortedStep;
  double localExperts =
      std::max(1.0, std::floor(shape.experts / shape.expertRanks));
  bool isNarrow = shape.tokens <= localExperts && !shape.blockScaled;
  double rows = isNarrow ? narrowTileRows : wideTileRows;
  double clearedColumns = isNarrow ? narrowTileColumns : wideTileColumns;
  double tiles = experts.loads.tiles(rows);
  double cleared =
      shape.expertRanks > 1
          ? std::max(0.0, ExpertLoads(shape, 1).tiles(rows) - tiles)
          : 0;
  double total = 0;
  for (ExpertProduct product : experts.products) {
    double multiplied =
        2 * rows * product.k * tiles * std::ceil(product.n / wideTileColumns) *
        wideTileColumns / (experts.cores * rate * experts.peakRate);
    total += product.k * step * (isNarrow ? narrowStep : 1) +
             std::hypot(multiplied, experts.weightSeconds(product)) +
             cleared * std::ceil(product.n / clearedColumns) *
                 values.clearedTile / experts.cores;
  }
  return total;
}

/// Time of `rows` rows before, between and after the products: read and written
/// by the sort and the weighted sum, and by the activation.
double rowSeconds(const Experts &experts, double rows) {
  double perRow =
      4 * experts.shape.hidden * rowElementBytes +
      (experts.products[0].n + experts.products[1].k) * rowElementBytes;
  return experts.values.rows * rows * perRow / experts.peakBandwidth;
}

/// Beside the launch and what tokens need.
double kernelSeconds(const Experts &experts) {
  const ExpertsShape &shape = experts.shape;
  const ExpertsValues &values = experts.values;
  double converted = experts.has4BitWeights()        ? values.unpack
                     : shape.type == ElementType::F8 ? quantizeSeconds
                                                     : 0;
  double localRows = experts.loads.rows();
  double allRows = shape.tokens * shape.chosen;
  double routed = shape.tokens * values.token;
  switch (shape.kernels) {
  case ExpertKernels::GroupedCutlass:
  case ExpertKernels::Flashinfer: {
    double time = values.launch + converted +
                  groupedSeconds(experts, groupedRate(experts)) +
                  rowSeconds(experts, localRows) + routed;
    // Block scales come with kernels of their own, which are tuned.
    if (shape.kernels == ExpertKernels::Flashinfer && !shape.blockScaled)
      time /= values.untunedRate;
    return time;
  }
  case ExpertKernels::SortedTriton:
  case ExpertKernels::SortedDefault:
    // Rows of other ranks' experts are kept, too.
    return values.sortedLaunch + converted + sortedSeconds(experts) +
           rowSeconds(experts, allRows) + routed;
  case ExpertKernels::Marlin:
    return values.sortedLaunch + groupedSeconds(experts, values.marlinRate) +
           rowSeconds(experts, allRows) + routed;
  }
  return 0;
}

/// What the equations need of experts with these products. Refers to `shape`
/// and `values`.
KnownOr<Experts> findExperts(const ExpertsShape &shape, const Machine &machine,
                             const ExpertsValues &values, ExpertProduct first,
                             ExpertProduct second) {
  if (!machine.matrixCores || *machine.matrixCores == 0)
    return Unknown{UnknownKind::Unmodelled,
                   "the number of matrix cores is not known"};
  if (!machine.hbm.bytesPerSecond)
    return Unknown{UnknownKind::Unmodelled,
                   "the bandwidth of off-chip memory is not known"};
  KnownOr<Rate> rate = machine.rate({Unit::Matrix, shape.type});
  if (!rate)
    return rate.unknown();
  double cores = *machine.matrixCores;
  return Experts{shape,
                 values,
                 ExpertLoads(shape, shape.expertRanks),
                 cores,
                 rate->opsPerSecond / cores,
                 *machine.hbm.bytesPerSecond,
                 {first, second}};
}

} // namespace

const TimeModel &expertsModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<ExpertsValues>(fields);
  static const TimeModel model = {
      "experts",
      "routing and products of a mixture of experts, one rank's part",
      parameters,
      {},
      regimes};
  return model;
}

llvm::StringRef expertsRegime(const ExpertsShape &shape) {
  if (shape.tokens <= 16)
    return "tokens_le_16";
  if (shape.tokens <= 256)
    return "tokens_le_256";
  return shape.tokens <= 4096 ? "tokens_le_4096" : "tokens_gt_4096";
}

llvm::StringRef routedProductRegime(const GemmShape &) { return allRegimes; }

KnownOr<double> expertsSeconds(const ExpertsShape &shape,
                               const Machine &machine,
                               const Calibration &calibration) {
  auto values = unpackParameters<ExpertsValues>(fields, calibration.values);
  double intermediate = std::max(1.0, shape.intermediate / shape.tensorRanks);
  KnownOr<Experts> experts =
      findExperts(shape, machine, values,
                  {(shape.isGated ? 2 : 1) * intermediate, shape.hidden},
                  {shape.hidden, intermediate});
  if (!experts)
    return experts.unknown();
  return kernelSeconds(*experts);
}

KnownOr<double> routedProductSeconds(const GemmShape &shape,
                                     const Machine &machine,
                                     const Calibration &calibration) {
  auto values = unpackParameters<ExpertsValues>(fields, calibration.values);
  double launch = values.launch / groupedLaunches;
  // Nothing to compute, but a launch.
  if (std::min({shape.batch, shape.m, shape.n, shape.k}) <= 0)
    return launch;
  ExpertsShape rows;
  rows.tokens = shape.batch * shape.m;
  rows.experts = shape.batch;
  rows.type = shape.type;
  rows.weightBytes = shape.rhsBytes;
  rows.blockScaled = shape.scaling == Scaling::Blocks;
  ExpertProduct product = {shape.n, shape.k};
  KnownOr<Experts> experts =
      findExperts(rows, machine, values, product, product);
  if (!experts)
    return experts.unknown();
  double bytes = shape.batch * (shape.m * shape.k * shape.lhsBytes +
                                shape.n * shape.k * shape.rhsBytes +
                                shape.m * shape.n * shape.resultBytes) +
                 shape.extraBytes;
  return launch +
         std::max(groupedSeconds(*experts, product, groupedRate(*experts)),
                  bytes / (values.bandwidth * experts->peakBandwidth));
}

} // namespace roofline
