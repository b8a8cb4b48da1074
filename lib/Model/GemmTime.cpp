//===- GemmTime.cpp - Times of matrix products ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/GemmTime.h"

#include "GemmTiles.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace roofline {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The parameters; `fields` says what they are.
struct GemmValues {
  double launch;
  double peak;
  double teraOpsPerJoule;
  double fill;
  double tileTime;
  double elementTime;
  double waveRounding;
  double hbm;
  double l2Resident;
  double coreRate;
  double l2Rate;
  double overlap;
  double splitTime;
  double splitRate;
  double rereads;
  double rereadPart;
  double fewRowsTime;
  double fewRowsResident;
  double dequantTime;
  double quantTime;
  double quantRows;
  double quantStart;
  double convertTime;
  double rowLaunch;
  double rowConvertTime;
  double rowMore;
  double rowStep;
  double batchLaunch;
  double batchQuantTime;
};

constexpr ParameterUnit time = ParameterUnit::Seconds;
constexpr ParameterUnit byteRate = ParameterUnit::BytesPerSecond;
constexpr ParameterUnit number = ParameterUnit::Number;

constexpr ParameterField<GemmValues> fields[] = {
    {{"launch", time, 0.5e-6, 12e-6, 2e-6, std::nullopt,
      "least time of a kernel; counted twice where one quantises before"},
     &GemmValues::launch},
    {{"peak", number, 0.5, 1.1, 0.85, std::nullopt,
      "fraction of a core's matrix rate that its main loop reaches; above 1 "
      "where the clock rises above that of the data sheet"},
     &GemmValues::peak},
    {{"tera_ops_per_joule", number, 0.2, 20, 1, infinity,
      "1e12 operations per second and watt of the power limit"},
     &GemmValues::teraOpsPerJoule},
    {{"fill", time, 0, 8e-6, 0.4e-6, 0,
      "time before the first and after the last tile of a core"},
     &GemmValues::fill},
    {{"tile_time", time, 0, 3e-6, 0.5e-6, 0,
      "time of a tile in which its core does not multiply"},
     &GemmValues::tileTime},
    {{"element_time", time, 0, 1e-9, 0.03e-9, 0,
      "the same for each element of the tile"},
     &GemmValues::elementTime},
    {{"wave_rounding", number, 0, 1, 0.3, 1,
      "how far the number of tiles of a core, above one, is rounded up"},
     &GemmValues::waveRounding},
    {{"hbm", number, 0.5, 1, 0.87, std::nullopt,
      "fraction of the bandwidth of off-chip memory"},
     &GemmValues::hbm},
    {{"l2_resident", number, 0.05, 4, 0.1, 0.1,
      "size of an operand, in capacities of the L2, half of which is found "
      "there from the last time"},
     &GemmValues::l2Resident},
    {{"core_rate", byteRate, 1e10, 5e11, 1e11, infinity,
      "rate at which one core loads operands"},
     &GemmValues::coreRate},
    {{"l2_rate", byteRate, 1e12, 5e13, 1e13, infinity,
      "rate of all cores' loads of operands together"},
     &GemmValues::l2Rate},
    {{"overlap", number, 1, 12, 3, std::nullopt,
      "exponent of the norm that joins multiplying and loading: 1 is one after "
      "the other, larger ones are nearer to the longer of the two"},
     &GemmValues::overlap},
    {{"split_time", time, 0, 12e-6, 2e-6, 0,
      "time to join the sums of a tile that cores share"},
     &GemmValues::splitTime},
    {{"split_rate", byteRate, 3e11, 1e15, 1e13, infinity,
      "rate at which partial sums are written and read again"},
     &GemmValues::splitRate},
    {{"rereads", number, 0, 1, 0.3, 0,
      "part of the repeated loads of operands that off-chip memory serves "
      "if the L2 does not hold what lies between two loads"},
     &GemmValues::rereads},
    {{"reread_part", number, 0.05, 3, 0.3, 0.3,
      "size of what lies between two loads, in capacities of the L2, at which "
      "half of `rereads` is reached"},
     &GemmValues::rereadPart},
    {{"few_rows_time", time, 0, 12e-6, 5e-6, 0,
      "least time, without the launch, of the route of 3 to 15 rows"},
     &GemmValues::fewRowsTime},
    {{"few_rows_resident", number, 0.05, 1, 0.3, 1,
      "factor of `l2_resident` for the weights of products of up to 15 rows"},
     &GemmValues::fewRowsResident},
    {{"dequant_time", time, 0, 1e-9, 2e-10, 0,
      "time in which a vector core scales one element of the result"},
     &GemmValues::dequantTime},
    {{"quant_time", time, 0, 5e-9, 0.5e-9, 0,
      "time per element of a row in the kernel that quantises rows"},
     &GemmValues::quantTime},
    {{"quant_rows", number, 0.5, 64, 8, 1,
      "rows that a vector core quantises at once"},
     &GemmValues::quantRows},
    {{"quant_start", time, 0, 30e-6, 5e-6, 0,
      "most time that rows take to start in the kernel that quantises; half of "
      "it for as many rows as are quantised at once"},
     &GemmValues::quantStart},
    {{"convert_time", time, 1e-12, 2e-10, 3e-11, 0,
      "time in which a core converts one weight of fewer bits"},
     &GemmValues::convertTime},
    {{"row_launch", time, 2e-6, 15e-6, 7e-6, infinity,
      "least time of the kernel without matrix units for up to 15 rows"},
     &GemmValues::rowLaunch},
    {{"row_convert_time", time, 1e-12, 1e-10, 8e-12, 0,
      "time in which one of its cores takes a weight for the first row"},
     &GemmValues::rowConvertTime},
    {{"row_more", number, 0, 3, 0.5, 0, "part of it for each other row"},
     &GemmValues::rowMore},
    {{"row_step", time, 1e-11, 3e-9, 5e-10, 0,
      "time of an element of depth there"},
     &GemmValues::rowStep},
    {{"batch_launch", time, 0, 8e-6, 2e-6, 0,
      "what a batch of products takes longer to start and end"},
     &GemmValues::batchLaunch},
    {{"batch_quant_time", time, 0, 1e-6, 1e-7, 0,
      "time in which a vector core starts one row of a batch that is "
      "quantised"},
     &GemmValues::batchQuantTime},
};

constexpr llvm::StringLiteral regimes[] = {"m_le_16", "m_17_128", "m_129_1024",
                                           "m_gt_1024"};

/// The figures of a machine that the equation reads.
struct GemmMachine {
  double cores = 0;
  double opsPerSecond = 0;
  double hbmBytesPerSecond = 0;
  double l2Bytes = 0;
  /// Read only where `teraOpsPerJoule` is finite.
  double watts = 0;
  /// Read only where results are scaled or rows quantised.
  double vectorCores = 0;
};

Unknown missing(llvm::StringRef what) {
  return Unknown{UnknownKind::Unmodelled,
                 "no " + what.str() + " is known, which products need"};
}

KnownOr<GemmMachine> figuresOf(const Machine &machine, const GemmShape &shape,
                               const GemmValues &values) {
  GemmMachine figures;
  KnownOr<Rate> peak = machine.rate({Unit::Matrix, shape.type});
  if (!peak)
    return peak.unknown();
  figures.opsPerSecond = peak->opsPerSecond;
  if (!machine.matrixCores)
    return missing("number of matrix cores");
  figures.cores = *machine.matrixCores;
  if (!machine.hbm.bytesPerSecond)
    return missing("bandwidth of off-chip memory");
  figures.hbmBytesPerSecond = *machine.hbm.bytesPerSecond;
  std::optional<double> l2Bytes = machine.l2Bytes();
  if (!l2Bytes)
    return missing("capacity of the L2");
  figures.l2Bytes = *l2Bytes;
  if (values.teraOpsPerJoule != infinity) {
    if (!machine.tdpWatts)
      return missing("power limit");
    figures.watts = *machine.tdpWatts;
  }
  if (values.dequantTime > 0 || shape.scaling != Scaling::None) {
    if (!machine.vectorCores)
      return missing("number of vector cores");
    figures.vectorCores = *machine.vectorCores;
  }
  return figures;
}

double square(double x) { return x * x; }

/// The part of data of `x` times the size of a cache that is not found there,
/// rising slowly, and from nearly nothing to nearly all about x = 1.
double slowMiss(double x) { return x / (1 + x); }
double quickMiss(double x) {
  // Infinitely many sets of weights are all missed.
  return x > 1e3 ? 1 : slowMiss(square(square(x)));
}

/// (a^8 + b^8)^(1/8): nearly the larger one, without a corner.
double nearlyMax(double a, double b) {
  double high = std::max(a, b);
  if (high <= 0)
    return 0;
  double ratio = square(square(square(std::min(a, b) / high)));
  return high * std::sqrt(std::sqrt(std::sqrt(1 + ratio)));
}

/// (a^2 + b^2)^(1/2).
double rootOfSquares(double a, double b) {
  return std::sqrt(square(a) + square(b));
}

/// Depths are multiples of the elements that a main loop takes at a time.
constexpr double depthStep = 64;
/// Cores that share a tile have at least this depth each.
constexpr double leastSplitDepth = 128;
/// Over how many cores the sums of a tile may be split, ascending.
constexpr double splits[] = {1, 2, 3, 4, 6, 8, 12, 16};
/// Sums are only split where the parts fill the cores at most this often.
constexpr double mostWavesOfSplits = 2;
/// The matrix unit of a cube works on squares of this side.
constexpr double cubeSide = 16;
/// Bytes of a partial sum.
constexpr double sumBytes = 4;
/// Routes of few rows have less rows than `endOfFewRows`; the one with a least
/// time has at least `startOfSlowRoute`.
constexpr double endOfFewRows = 16;
constexpr double startOfSlowRoute = 3;
/// Bytes of an element before it is quantised: f16 or bf16.
constexpr double wideBytes = 2;

/// Seconds of the kernel that quantises the rows of the left operand.
///
/// Rows are worked on side by side, `quant_rows` on a vector core, each from
/// end to end; beside that all are read from memory twice, to find the scale
/// and to apply it (once where a scale belongs to a block, which registers
/// hold), and written once. Both overlap. The start-up of rows grows until all
/// places are taken.
double quantizationSeconds(const GemmShape &shape, const GemmMachine &machine,
                           const GemmValues &values) {
  double rows = shape.batch * shape.m;
  double places = values.quantRows * machine.vectorCores;
  double walking = values.quantTime * shape.k * std::max(1.0, rows / places);
  double reads = shape.scaling == Scaling::Rows ? 2 : 1;
  double bytes = rows * shape.k * (reads * wideBytes + shape.lhsBytes);
  double moving = bytes / (machine.hbmBytesPerSecond * values.hbm);
  double starting =
      shape.isBatch ? values.batchQuantTime * rows / machine.vectorCores : 0;
  return values.launch + rootOfSquares(walking, moving) + starting +
         values.quantStart * slowMiss(rows / places);
}

/// One way to compute a product.
struct Candidate {
  /// Seconds of multiplying and of what keeps cores from it.
  double multiplying;
  /// Seconds of loads from off-chip memory, and of those from L2 where they
  /// overlap; 0 where they are in the former.
  double loading;
  double l2Loading;
  /// Seconds of joining split sums, after the others.
  double joining;

  /// It takes at least this long.
  double least() const {
    return std::max({multiplying, loading, l2Loading}) + joining;
  }
};

/// The equation of the time of one product.
class GemmEquation {
public:
  GemmEquation(const GemmShape &shape, const GemmMachine &machine,
               const GemmValues &values, const GemmKernels &kernels)
      : shape(shape), machine(machine), values(values), kernels(kernels),
        lhsBytes(shape.batch * shape.m * shape.k * shape.lhsBytes),
        rhsBytes(shape.batch * shape.n * shape.k * shape.rhsBytes),
        resultBytes(shape.batch * shape.m * shape.n * shape.resultBytes),
        onceBytes(coldBytes()) {}

  /// Seconds without launches and the kernel that quantises.
  double seconds();

private:
  double coldBytes() const;
  double rereadBytes(const GemmTile &tile, double down, double across) const;
  void addCandidates(GemmTile tile);
  double secondsOf(const Candidate &candidate) const;
  double fastest() const;
  double rowSeconds() const;
  double limitPower(double seconds) const;

  const GemmShape &shape;
  const GemmMachine &machine;
  const GemmValues &values;
  const GemmKernels &kernels;
  double lhsBytes, rhsBytes, resultBytes;
  /// Bytes between the L2 and off-chip memory if each operand is loaded once.
  double onceBytes;
  llvm::SmallVector<Candidate, 96> candidates;
};

/// Operands and result are in the L2 in part, from the kernel before: of
/// weights only if the same ones were used shortly before.
double GemmEquation::coldBytes() const {
  double room = machine.l2Bytes * values.l2Resident;
  double weightRoom =
      room * (shape.m < endOfFewRows ? values.fewRowsResident : 1);
  return rhsBytes * quickMiss(shape.weightCopies * rhsBytes / weightRoom) +
         lhsBytes * quickMiss(lhsBytes / room) +
         // Of the result half as much: it is written beside the operands.
         resultBytes * slowMiss(resultBytes / (room / 2));
}

/// Bytes of repeated loads that the L2 does not serve. `down` and `across` are
/// the numbers of tiles.
double GemmEquation::rereadBytes(const GemmTile &tile, double down,
                                 double across) const {
  if (values.rereads == 0)
    return 0;
  double between, repeated;
  if (kernels.walksRows) {
    between = shape.n * shape.k * shape.rhsBytes;
    repeated = (down - 1) * rhsBytes;
  } else {
    // The tiles in work, taken as a square of tiles: rows and columns over all
    // of k.
    double tiles = std::min(down * across * shape.batch, machine.cores);
    between = std::sqrt(tiles * tile.rows * tile.columns) *
              (shape.lhsBytes + shape.rhsBytes) * shape.k;
    repeated = (across - 1) * lhsBytes + (down - 1) * rhsBytes;
  }
  double room = machine.l2Bytes * values.rereadPart;
  return values.rereads * repeated * slowMiss(square(between / room));
}

/// Adds the ways to compute the product in tiles of `tile`.
void GemmEquation::addCandidates(GemmTile tile) {
  GemmTile loaded = tile;
  if (kernels.cutsTiles) {
    auto cut = [](double side, double extent) {
      return std::min(side, cubeSide * std::ceil(extent / cubeSide));
    };
    tile = {cut(tile.rows, shape.m), cut(tile.columns, shape.n)};
    loaded = {std::min(tile.rows, shape.m), std::min(tile.columns, shape.n)};
  }
  double down = std::ceil(shape.m / tile.rows);
  if (kernels.pairsRows && down > 1)
    down = 2 * std::ceil(down / 2);
  double across = std::ceil(shape.n / tile.columns);
  double tiles = down * across * shape.batch;
  double area = tile.rows * tile.columns;

  Candidate candidate;
  double bytes = onceBytes + rereadBytes(tile, down, across);
  candidate.loading =
      (bytes + shape.extraBytes) / (machine.hbmBytesPerSecond * values.hbm);
  double l2Bytes = across * lhsBytes + down * rhsBytes;
  if (kernels.hasOneLoadQueue) {
    candidate.loading += std::max(0.0, l2Bytes - bytes) / values.l2Rate;
    candidate.l2Loading = 0;
  } else {
    candidate.l2Loading = l2Bytes / values.l2Rate;
  }

  // Of a tile, per element of depth.
  double multiplyStep =
      2 * area * machine.cores / (machine.opsPerSecond * values.peak);
  double loadStep =
      (loaded.rows * shape.lhsBytes + loaded.columns * shape.rhsBytes) /
      values.coreRate;
  // Converted while others are multiplied.
  double convertStep = loaded.columns * values.convertTime;
  // The longest of them, but for a few percent.
  double mainStep = nearlyMax(multiplyStep, std::max(loadStep, convertStep));
  double besides = values.tileTime + area * values.elementTime;

  double lastDepth = infinity;
  for (double split : splits) {
    if (split > 1 && (!kernels.splitsSums ||
                      tiles * split > mostWavesOfSplits * machine.cores))
      break;
    double depth = depthStep * std::ceil(shape.k / split / depthStep);
    if (split > 1)
      depth = std::max(depth, leastSplitDepth);
    // More cores that do as much each are of no use.
    if (depth >= lastDepth)
      continue;
    lastDepth = depth;
    double waves = tiles * split / machine.cores;
    waves = waves > 1 ? waves + values.waveRounding * (std::ceil(waves) - waves)
                      : 1;
    candidate.multiplying = values.fill + waves * (mainStep * depth + besides);
    candidate.joining = 0;
    if (split > 1)
      // Each core writes its sums, and one reads them.
      candidate.joining = values.splitTime + (split + 1) * sumBytes *
                                                 shape.batch * shape.m *
                                                 shape.n / values.splitRate;
    candidates.push_back(candidate);
  }
}

double GemmEquation::secondsOf(const Candidate &candidate) const {
  double parts[] = {candidate.multiplying, candidate.loading,
                    candidate.l2Loading};
  double longest = std::max({parts[0], parts[1], parts[2]});
  double sum = 0;
  for (double part : parts)
    if (part == longest)
      sum += 1;
    else if (part > 0)
      sum += std::pow(part / longest, values.overlap);
  return longest * std::pow(sum, 1 / values.overlap) + candidate.joining;
}

/// Most candidates need no norm: their longest part is enough to see that
/// another one is faster. The one whose longest part is the least goes first.
double GemmEquation::fastest() const {
  const Candidate *first = &candidates.front();
  double least = first->least();
  for (const Candidate &candidate : candidates)
    if (double bound = candidate.least(); bound < least) {
      first = &candidate;
      least = bound;
    }
  double best = secondsOf(*first);
  for (const Candidate &candidate : candidates)
    if (&candidate != first && candidate.least() < best)
      best = std::min(best, secondsOf(candidate));
  return best;
}

/// Seconds, beyond the launch of others, of the kernel in which threads
/// multiply and add up what they load and convert, each a part of the depth.
double GemmEquation::rowSeconds() const {
  double weights = shape.batch * shape.n * shape.k;
  double converting = weights * values.rowConvertTime *
                      (1 + values.rowMore * (shape.m - 1)) / machine.cores;
  double moving =
      (onceBytes + shape.extraBytes) / (machine.hbmBytesPerSecond * values.hbm);
  return values.rowLaunch - values.launch + rootOfSquares(converting, moving) +
         shape.k * values.rowStep;
}

/// Clocks sink where the operations would take more than the power limit.
double GemmEquation::limitPower(double seconds) const {
  if (values.teraOpsPerJoule == infinity)
    return seconds;
  double ops = 2 * shape.batch * shape.m * shape.n * shape.k;
  double joules = ops / (values.teraOpsPerJoule * 1e12);
  return nearlyMax(seconds, joules / machine.watts);
}

double GemmEquation::seconds() {
  for (const GemmTile &tile : gemmTiles(kernels, shape.m, shape.n))
    addCandidates(tile);
  double seconds = limitPower(fastest());
  if (values.dequantTime > 0)
    seconds =
        rootOfSquares(seconds, shape.batch * shape.m * shape.n *
                                   values.dequantTime / machine.vectorCores);
  if (shape.m >= startOfSlowRoute && shape.m < endOfFewRows)
    seconds = std::max(seconds, values.fewRowsTime);
  if (shape.m < endOfFewRows && values.rowLaunch != infinity)
    seconds = std::min(seconds, rowSeconds());
  return seconds;
}

} // namespace

const TimeModel &gemmModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<GemmValues>(fields);
  static const std::vector<llvm::StringLiteral> kernels = [] {
    std::vector<llvm::StringLiteral> names;
    for (const GemmKernels &kernels : gemmKernelSets())
      names.push_back(kernels.name);
    return names;
  }();
  static const TimeModel model = {"gemm", "product of two matrices", parameters,
                                  kernels, regimes};
  return model;
}

llvm::StringRef gemmRegime(const GemmShape &shape) {
  return shape.m <= 16     ? regimes[0]
         : shape.m <= 128  ? regimes[1]
         : shape.m <= 1024 ? regimes[2]
                           : regimes[3];
}

KnownOr<double> gemmSeconds(const GemmShape &shape, const Machine &machine,
                            const Calibration &calibration) {
  auto values = unpackParameters<GemmValues>(fields, calibration.values);
  const GemmKernels *kernels = findGemmKernels(calibration.kernels);
  if (!kernels)
    return Unknown{UnknownKind::Unmodelled, "no kernels of matrix products are "
                                            "called '" +
                                                calibration.kernels + "'"};
  KnownOr<GemmMachine> figures = figuresOf(machine, shape, values);
  if (!figures)
    return figures.unknown();
  // Nothing to compute, but a launch.
  if (std::min({shape.batch, shape.m, shape.n, shape.k}) <= 0)
    return values.launch;
  double total =
      values.launch + GemmEquation(shape, *figures, values, *kernels).seconds();
  if (shape.scaling != Scaling::None)
    total += quantizationSeconds(shape, *figures, values);
  if (shape.isBatch)
    total += values.batchLaunch;
  return total;
}

} // namespace roofline
