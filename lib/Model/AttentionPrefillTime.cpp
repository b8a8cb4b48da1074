//===- AttentionPrefillTime.cpp - Times of attention over prompts ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/AttentionPrefillTime.h"

#include "AttentionCores.h"
#include "AttentionTiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofline {

namespace {

/// The values of a calibration.
struct PrefillValues {
  double productRate;
  double exponentialShare;
  double wideRate;
  double tile;
  double tileRows;
  double maskBlocks;
  double combine;
  double launch;
  double writerSglang;
  double writerVllm;
  double throttle;
  double throttleOnset;
  double throttleDelay;
  double launchTensorRt;
  double tensorRtTile;
  double tensorRtWindow;
  double writerTensorRt;
};

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr ParameterUnit seconds = ParameterUnit::Seconds;
constexpr ParameterUnit number = ParameterUnit::Number;

constexpr ParameterField<PrefillValues> fields[] = {
    {{"product_rate", number, 0.5, 1, 0.95, std::nullopt,
      "rate of products within a block of keys, of the peak"},
     &PrefillValues::productRate},
    {{"exponential_share", number, 0.05, 2, 0.9, 0,
      "exponentials that products do not hide, of all"},
     &PrefillValues::exponentialShare},
    {{"wide_rate", number, 0.2, 1.2, 0.5, 1,
      "rate of blocks of head dimensions above 256, of the others'"},
     &PrefillValues::wideRate},
    {{"tile", seconds, 0.1e-6, 8e-6, 1.5e-6, 0,
      "start and end of a tile of query rows"},
     &PrefillValues::tile},
    {{"tile_rows", seconds, 0.01e-6, 6e-6, 0.8e-6, 0,
      "what 128 rows of 128 elements add to it"},
     &PrefillValues::tileRows},
    {{"mask_blocks", number, 0.001, 3, 0.3, 0,
      "blocks of keys that masking costs a tile"},
     &PrefillValues::maskBlocks},
    {{"combine", seconds, 0.1e-6, 10e-6, 3e-6, 0,
      "combination of the parts of split keys"},
     &PrefillValues::combine},
    {{"launch", seconds, 4e-6, 14e-6, 8.5e-6, std::nullopt,
      "start and end of the kernels"},
     &PrefillValues::launch},
    {{"writer_sglang", seconds, 0.05e-6, 6e-6, 0.8e-6, 0,
      "one fill of all cores by SGLang's writer of the cache"},
     &PrefillValues::writerSglang},
    {{"writer_vllm", seconds, 0.2e-6, 6e-6, 2.6e-6, 0, "the same of vLLM's"},
     &PrefillValues::writerVllm},
    {{"throttle", number, 0.005, 1, 0.5, 0,
      "slow-down of long kernels at twice the onset's rate"},
     &PrefillValues::throttle},
    {{"throttle_onset", number, 0.07, 1.4, 0.6, 1,
      "10^12 operations per joule of rated power above which power slows "
      "kernels down"},
     &PrefillValues::throttleOnset},
    {{"throttle_delay", seconds, 0.5e-3, 100e-3, 8e-3, 0,
      "time after which half of the slow-down is felt"},
     &PrefillValues::throttleDelay},
    {{"launch_tensorrt", seconds, 4e-6, 30e-6, 16e-6, infinity,
      "start and end of TensorRT-LLM's kernels for 8-bit products, which do "
      "not "
      "put query heads together"},
     &PrefillValues::launchTensorRt},
    {{"tile_tensorrt", seconds, 0.1e-6, 8e-6, 1.5e-6, 0,
      "start and end of one of their tiles"},
     &PrefillValues::tensorRtTile},
    {{"window_tensorrt", number, 0.01, 10, 3, 0,
      "blocks of keys that a window costs one of their tiles"},
     &PrefillValues::tensorRtWindow},
    {{"writer_tensorrt", number, 0.5, 6, 1.5, 1,
      "time of the kernel that rotates, quantises and caches before them, of "
      "that of its bytes"},
     &PrefillValues::writerTensorRt},
};

constexpr llvm::StringLiteral regimes[] = {
    "queries_le_512", "queries_le_4096", "queries_gt_4096", "windowed",
    "head_dim_64",    "head_dim_192",    "head_dim_512",
};

/// Parts that kernels for prompts may split the keys of a tile into, beside
/// none at all.
constexpr double promptSplits[] = {2, 3, 4, 6, 8, 12, 16};

/// Bytes of one element of queries, results, and keys and values before they
/// are in the cache.
constexpr double elementBytes = 2;

/// Threads that one core holds (NVIDIA, compute capability 8.0 to 10.0) and
/// threads of a writer's block.
constexpr double coreThreads = 2048;
constexpr double writerThreads = 512;

/// Pairs of a query and a key that it sees, of the first `rows` queries of a
/// sequence.
double seenPairs(double rows, double window) {
  double cut = window > 0 ? std::max(0.0, rows - window) : 0;
  double whole = rows - cut;
  return whole * (whole + 1) / 2 + cut * window;
}

/// One kernel of a library.
struct PrefillKernel {
  AttentionTile tile;
  /// Whether query heads that share keys and values fill tiles together.
  bool sharesTiles;
  /// Seconds of the start and end of a tile.
  double tileSeconds;
  /// Blocks of keys that masking costs a tile.
  double maskBlocks;
};

/// What a kernel is made of, once for all ways to split it.
struct PrefillWork {
  TileCounts counts;
  /// Tiles of all sequences and heads, and the blocks of keys of all of them.
  double tiles;
  double blocks;
  double blockSeconds;
  double tileSeconds;
  double maskSeconds;
};

/// The equation for one shape.
class PrefillEquation {
public:
  PrefillEquation(const AttentionShape &shape, const PrefillValues &values,
                  const AttentionCores &cores, AttentionKernels kernels,
                  double watts)
      : shape(shape), values(values), cores(cores), kernels(kernels),
        watts(watts), is8Bit(shape.type == ElementType::F8),
        headDim(paddedHeadDim(shape.headDim)),
        ioBytes(2 * elementBytes * shape.batch * shape.queries *
                shape.queryHeads * shape.headDim) {}

  double seconds() const;

private:
  double kernelSeconds(const PrefillKernel &kernel) const;
  PrefillWork workOf(const PrefillKernel &kernel) const;
  double coreSeconds(const PrefillWork &work) const;
  double throttled(double time) const;
  double writerSeconds() const;
  double tensorRtWriterSeconds() const;
  double flashSeconds() const;
  double tensorRtSeconds() const;

  const AttentionShape &shape;
  const PrefillValues &values;
  const AttentionCores &cores;
  AttentionKernels kernels;
  double watts;
  bool is8Bit;
  double headDim;
  double ioBytes;
};

PrefillWork PrefillEquation::workOf(const PrefillKernel &kernel) const {
  AttentionTile tile = kernel.tile;
  double group = std::ceil(shape.queryHeads / shape.kvHeads);
  QueryRows rows = queryRowsOf(shape);
  double heads = shape.kvHeads;
  if (kernel.sharesTiles)
    rows.group = group;
  else
    heads *= group;
  PrefillWork work;
  work.counts = countTiles(rows, tile);
  work.tiles = shape.batch * heads * work.counts.tiles;
  work.blocks = shape.batch * heads * work.counts.blocks;
  double products = 4 * tile.rows * tile.keys * headDim /
                    (cores.productRate * values.productRate);
  double exponentials =
      values.exponentialShare * tile.rows * tile.keys / cores.exponentialRate;
  work.blockSeconds = kernels == AttentionKernels::Flash4
                          ? std::max(products, exponentials)
                          : products + exponentials;
  if (headDim > 256)
    work.blockSeconds /= values.wideRate;
  double rowShare = std::min(rows.queries * rows.group, tile.rows) / 128;
  work.tileSeconds =
      kernel.tileSeconds + values.tileRows * rowShare * headDim / 128;
  work.maskSeconds = kernel.maskBlocks * work.blockSeconds;
  return work;
}

/// Seconds on the cores. Tiles of the longest rows come first, so that what is
/// left over for the last round is made of the shortest.
double PrefillEquation::coreSeconds(const PrefillWork &work) const {
  double mask = work.maskSeconds;
  double total =
      work.tiles * (work.tileSeconds + mask) + work.blocks * work.blockSeconds;
  double longest =
      work.tileSeconds + mask + work.counts.mostBlocks * work.blockSeconds;
  double shortest =
      work.tileSeconds + mask + work.counts.fewestBlocks * work.blockSeconds;
  auto unfilled = [&](double tasks) {
    return std::ceil(tasks / cores.count) - tasks / cores.count;
  };
  double best =
      std::max(longest, total / cores.count + unfilled(work.tiles) * shortest);
  for (double splits : promptSplits) {
    // A tile has no more parts than blocks.
    double parts = std::min(splits, work.counts.mostBlocks);
    double tasks = work.tiles * parts;
    double part = std::ceil(work.counts.mostBlocks / parts);
    double all =
        tasks * (work.tileSeconds + mask) + work.blocks * work.blockSeconds;
    double busy =
        std::max(work.tileSeconds + mask + part * work.blockSeconds,
                 all / cores.count + unfilled(tasks) * work.tileSeconds);
    // Each part writes its result, in f32.
    best = std::min(best,
                    busy + values.combine + ioBytes * parts / cores.bandwidth);
  }
  return best;
}

/// `time`, slowed down as far as it takes more power than there is.
double PrefillEquation::throttled(double time) const {
  if (values.throttle == 0)
    return time;
  double offset = std::max(0.0, shape.context - shape.queries);
  double pairs = shape.isCausal
                     ? seenPairs(offset + shape.queries, shape.window) -
                           seenPairs(offset, shape.window)
                     : shape.queries * shape.context;
  double operations = 4 * shape.batch * shape.queryHeads * headDim * pairs;
  double onset = values.throttleOnset * 1e12 * watts;
  double excess = std::max(0.0, operations / time / onset - 1);
  return time *
         (1 + values.throttle * excess * time / (time + values.throttleDelay));
}

/// Seconds of `kernel` alone.
double PrefillEquation::kernelSeconds(const PrefillKernel &kernel) const {
  double kvBytes = 2 * shape.kvBytes * shape.batch * seenKeys(shape) *
                   shape.kvHeads * shape.headDim;
  // The first loads and the last stores of a tile have nothing to hide behind.
  return throttled(coreSeconds(workOf(kernel)) +
                   (ioBytes + kvBytes) / cores.bandwidth);
}

/// Seconds of writing new keys and values to the cache: of their bytes, or of
/// one thread for each element up to a block of them for a token, whichever is
/// longer.
double PrefillEquation::writerSeconds() const {
  if (!shape.writesCache)
    return 0;
  double elements = shape.kvHeads * shape.headDim;
  double tokens = shape.batch * shape.queries;
  double bytes = 2 * tokens * elements * (elementBytes + shape.kvBytes);
  double fills =
      tokens * std::min(elements, writerThreads) / (coreThreads * cores.count);
  double fill = values.writerSglang;
  if (!shape.libraries.sglang && shape.libraries.any())
    fill = values.writerVllm;
  return std::max(bytes / cores.bandwidth, fills * fill);
}

/// Seconds of the same in TensorRT-LLM, which reads and writes the queries,
/// too.
double PrefillEquation::tensorRtWriterSeconds() const {
  if (!shape.writesCache)
    return 0;
  double elements = (shape.queryHeads + 2 * shape.kvHeads) * shape.headDim;
  double bytes =
      shape.batch * shape.queries * elements * (elementBytes + shape.kvBytes);
  return values.writerTensorRt * bytes / cores.bandwidth;
}

/// Seconds of FlashAttention, or what a library has like it.
double PrefillEquation::flashSeconds() const {
  PrefillKernel kernel;
  kernel.tile = prefillTile(kernels, headDim, shape.window > 0, is8Bit);
  kernel.sharesTiles = true;
  kernel.tileSeconds = values.tile;
  kernel.maskBlocks = values.maskBlocks;
  return values.launch + kernelSeconds(kernel) + writerSeconds();
}

/// Seconds of TensorRT-LLM's kernels for 8 bits.
double PrefillEquation::tensorRtSeconds() const {
  bool isCut = shape.window > 0 && shape.window < shape.context;
  PrefillKernel kernel;
  kernel.tile = {128, headDim > 128 ? 128.0 : 256.0};
  kernel.sharesTiles = false;
  kernel.tileSeconds = values.tensorRtTile;
  kernel.maskBlocks = values.maskBlocks + (isCut ? values.tensorRtWindow : 0);
  return values.launchTensorRt + kernelSeconds(kernel) +
         tensorRtWriterSeconds();
}

double PrefillEquation::seconds() const {
  bool isAnyone = !shape.libraries.any();
  bool hasOwnKernels = is8Bit && values.launchTensorRt != infinity;
  double best = infinity;
  if (hasOwnKernels && (isAnyone || shape.libraries.tensorRt))
    best = tensorRtSeconds();
  // With 16 bits TensorRT-LLM is hardly ever the fastest one.
  if (!hasOwnKernels || isAnyone || shape.libraries.sglang ||
      shape.libraries.vllm)
    best = std::min(best, flashSeconds());
  return best;
}

} // namespace

const TimeModel &attentionPrefillModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<PrefillValues>(fields);
  static const TimeModel model = {
      "attention_prefill",
      "causal attention of many new rows per sequence on streaming "
      "multiprocessors",
      parameters, attentionKernelNames(), regimes};
  return model;
}

llvm::StringRef attentionPrefillRegime(const AttentionShape &shape) {
  double headDim = paddedHeadDim(shape.headDim);
  if (headDim > 256)
    return "head_dim_512";
  if (headDim == 192)
    return "head_dim_192";
  if (shape.window > 0 && shape.window < shape.context)
    return "windowed";
  if (headDim == 64)
    return "head_dim_64";
  if (shape.queries <= 512)
    return "queries_le_512";
  return shape.queries <= 4096 ? "queries_le_4096" : "queries_gt_4096";
}

KnownOr<double> attentionPrefillSeconds(const AttentionShape &shape,
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
  PrefillValues values =
      unpackParameters<PrefillValues>(fields, calibration.values);
  // Without a slow-down the power does not matter.
  if (values.throttle > 0 && !machine.tdpWatts)
    return Unknown{UnknownKind::Unmodelled, "the rated power is not known"};

  return PrefillEquation(shape, values, *cores, *kernels,
                         machine.tdpWatts.value_or(0))
      .seconds();
}

} // namespace roofline
