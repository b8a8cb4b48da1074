//===- ExpertLoads.cpp - Rows that each expert gets -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExpertLoads.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace roofline {

namespace {

/// Weights x of experts whose density falls as x^-exponent between two bounds:
/// how public collectors of operator times draw loads.
class PowerLaw {
public:
  PowerLaw(const ExpertsShape &shape) : exponent(shape.skew) {
    // Where every expert could have a row, up to 80 % of the tokens choose the
    // most popular one.
    bool isDense = shape.tokens * shape.chosen > shape.experts;
    low = isDense ? 1 : 0.01;
    high = isDense ? std::max(0.8 * shape.tokens, 1.5) : 2;
  }

  /// The weight that the fraction `part` of the experts stays below.
  double quantile(double part) const {
    double power = 1 - exponent;
    if (std::abs(power) < 1e-9)
      return low * std::pow(high / low, part);
    double first = std::pow(low, power);
    return std::pow(first + part * (std::pow(high, power) - first), 1 / power);
  }

  /// `count` quantiles in the middles of equal parts, ascending.
  std::vector<double> quantiles(double count) const {
    std::vector<double> values;
    for (double index = 0; index < count; ++index)
      values.push_back(quantile((index + 0.5) / count));
    return values;
  }

private:
  double exponent;
  double low;
  double high;
};

double sum(llvm::ArrayRef<double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Standard deviations by which the largest of `count` normal values lies above
/// the mean: the quantile of count / (count + 1), by bisection.
double largestDeviation(double count) {
  if (count <= 1)
    return 0;
  double below = 0, above = 10;
  for (int step = 0; step < 60; ++step) {
    double middle = (below + above) / 2;
    // 1 - Phi(middle) against 1 / (count + 1).
    if (std::erfc(middle / std::sqrt(2.0)) / 2 > 1 / (count + 1))
      below = middle;
    else
      above = middle;
  }
  return below;
}

/// The sum of the weights of the `local` experts of the most loaded of `ranks`
/// ranks, where `all` are those of all experts, ascending.
double largestRankWeight(llvm::ArrayRef<double> all, double local,
                         double ranks) {
  double count = all.size();
  double mean = sum(all) / count;
  double variance = 0;
  for (double weight : all)
    variance += (weight - mean) * (weight - mean) / count;
  double expected = local * mean + largestDeviation(ranks) *
                                       std::sqrt(variance) * std::sqrt(local);
  // No rank has more than the largest weights.
  return std::min(expected, sum(all.take_back(local)));
}

} // namespace

ExpertLoads::ExpertLoads(const ExpertsShape &shape, double ranks) {
  double local = std::max(1.0, std::floor(shape.experts / ranks));
  double rows = shape.tokens * shape.chosen;
  if (shape.skew == 0) {
    double rowsOfEach = rows / shape.experts;
    if (rowsOfEach >= 1)
      loads.push_back({rowsOfEach, local});
    else
      loads.push_back({1, std::max(1.0, std::nearbyint(local * rowsOfEach))});
    return;
  }

  PowerLaw law(shape);
  std::vector<double> all = law.quantiles(shape.experts);
  double rankWeight = largestRankWeight(all, local, ranks);
  std::vector<double> weights =
      local > 1 ? law.quantiles(local) : std::vector<double>{rankWeight};
  double scale = rankWeight / sum(weights) * rows / sum(all);
  for (double weight : weights) {
    double load = std::nearbyint(std::min(weight * scale, shape.tokens));
    if (load == 0)
      continue;
    if (!loads.empty() && loads.back().rows == load)
      ++loads.back().experts;
    else
      loads.push_back({load, 1});
  }
  if (loads.empty())
    loads.push_back({1, 1});
}

double ExpertLoads::active() const {
  double active = 0;
  for (const ExpertLoad &load : loads)
    active += load.experts;
  return active;
}

double ExpertLoads::rows() const {
  double rows = 0;
  for (const ExpertLoad &load : loads)
    rows += load.rows * load.experts;
  return rows;
}

double ExpertLoads::tiles(double tileRows) const {
  double tiles = 0;
  for (const ExpertLoad &load : loads)
    tiles += std::ceil(load.rows / tileRows) * load.experts;
  return tiles;
}

} // namespace roofline
