//===- Fit.cpp - Parameters from measured times ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/Fit.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace roofline {

namespace {

/// More samples than this move a fit's values by less than leaving out a fold
/// does, and cost time.
constexpr size_t mostSamples = 1500;

/// A search begins with long steps and is then begun again with short ones from
/// where it ended, which gets a simplex out of the corner it has shrunk into.
constexpr double firstSteps[] = {0.08, 0.03};

/// One estimate that is far off is as bad as this many times its measurement.
constexpr double largestLoss = 1;
/// The weight of the median: the mean alone lets a few kernels of another kind
/// bend the fit of all others.
constexpr double medianWeight = 0.25;
/// What an estimate that there is none of costs.
constexpr double failedLoss = 1e3;

/// The tails that an interval leaves out on either side.
constexpr double intervalTail = 0.1;
/// Fewer works than this tell no interval of their own.
constexpr size_t fewestForInterval = 20;
/// What target files may state of an interval's ends.
constexpr double lowestEnd = 0.01;
constexpr double highestEnd = 100;

uint64_t hashOf(llvm::StringRef text, uint64_t seed) {
  return llvm::xxh3_64bits((text + "/" + llvm::Twine(seed)).str());
}

/// The unit box of the free parameters. Those that are never zero are searched
/// by their logarithm.
class ParameterBox {
public:
  ParameterBox(const TimeModel &model, const FitRequest &request)
      : values(request.start) {
    for (auto [index, parameter] : llvm::enumerate(model.parameters))
      if (request.isFree[index]) {
        free.push_back(
            {index, parameter.lowest, parameter.highest, parameter.lowest > 0});
        double &value = values[index];
        if (!(value >= parameter.lowest && value <= parameter.highest))
          value = parameter.start;
      }
  }

  /// The point of the start.
  std::vector<double> start() const {
    std::vector<double> point;
    for (const Axis &axis : free)
      point.push_back(
          std::clamp((axis.scaled(values[axis.index]) - axis.begin()) /
                         (axis.end() - axis.begin()),
                     0.0, 1.0));
    return point;
  }

  /// The parameters at `point`.
  std::vector<double> valuesAt(llvm::ArrayRef<double> point) const {
    std::vector<double> result = values;
    for (auto [axis, position] : llvm::zip_equal(free, point)) {
      double scaled = axis.begin() + position * (axis.end() - axis.begin());
      double value = axis.isLogarithmic ? std::exp(scaled) : scaled;
      // The ends of the box, to the last bit.
      result[axis.index] = std::clamp(value, axis.lowest, axis.highest);
    }
    return result;
  }

private:
  struct Axis {
    size_t index;
    double lowest;
    double highest;
    bool isLogarithmic;

    double scaled(double value) const {
      return isLogarithmic ? std::log(value) : value;
    }
    double begin() const { return scaled(lowest); }
    double end() const { return scaled(highest); }
  };

  std::vector<double> values;
  std::vector<Axis> free;
};

/// The estimate for `sample`: of the fastest of its kernels. NaN where there is
/// none.
double estimate(const FitSample &sample, const Machine &machine,
                const Calibration &calibration) {
  double best = std::numeric_limits<double>::quiet_NaN();
  for (const KernelShape &kernel : sample.kernels)
    if (KnownOr<double> seconds = modelSeconds(kernel, machine, calibration))
      if (!(best <= *seconds))
        best = *seconds;
  return best;
}

class Fitter {
public:
  Fitter(llvm::ArrayRef<FitSample> samples, const Machine &machine,
         const FitRequest &request, Minimizer minimizer)
      : samples(samples), machine(machine), request(request),
        minimizer(minimizer), box(*request.key->model, request) {
    calibration.key = request.key->name.str();
    calibration.model = request.key->model;
    calibration.kernels = request.kernels;
    calibration.values = request.start;
  }

  /// Fails where no estimate can be made at all.
  llvm::Error checkStart() {
    for (const FitSample &sample : samples)
      for (const KernelShape &kernel : sample.kernels) {
        KnownOr<double> seconds = modelSeconds(kernel, machine, calibration);
        if (!seconds)
          return llvm::createStringError(
              "calibration '%s': %s; state it in a target file, or leave out "
              "with --free what needs it",
              calibration.key.c_str(), seconds.unknown().reason.c_str());
      }
    return llvm::Error::success();
  }

  /// The values that suit the samples of `indices` best.
  llvm::Expected<std::vector<double>> fit(std::vector<size_t> indices) {
    if (indices.size() > mostSamples) {
      llvm::sort(indices, [&](size_t lhs, size_t rhs) {
        return std::pair(samples[lhs].order, lhs) <
               std::pair(samples[rhs].order, rhs);
      });
      indices.resize(mostSamples);
    }
    Calibration trial = calibration;
    std::vector<double> errors(indices.size());
    auto loss = [&](llvm::ArrayRef<double> point) {
      trial.values = box.valuesAt(point);
      double sum = 0;
      for (auto [error, index] : llvm::zip_equal(errors, indices)) {
        const FitSample &sample = samples[index];
        double ratio = estimate(sample, machine, trial) / sample.seconds;
        if (!std::isfinite(ratio))
          return failedLoss;
        error = std::fabs(ratio - 1);
        sum += std::min(error, largestLoss);
      }
      return sum / double(errors.size()) + medianWeight * quantile(errors, 0.5);
    };
    std::vector<double> point = box.start();
    for (double step : firstSteps) {
      llvm::Expected<std::vector<double>> better =
          minimizer(loss, {point, step,
                           std::max(1u, request.evaluations /
                                            unsigned(std::size(firstSteps)))});
      if (!better)
        return better.takeError();
      point = std::move(*better);
    }
    std::vector<double> values = box.valuesAt(point);
    for (auto [index, value] : llvm::enumerate(values))
      if (request.isFree[index])
        value = roundedParameter(value);
    return values;
  }

  /// Estimates of the samples of `indices` with `values`.
  void predict(const std::vector<double> &values,
               llvm::ArrayRef<size_t> indices,
               std::map<std::string, std::vector<Prediction>> &byRegime) {
    Calibration trial = calibration;
    trial.values = values;
    for (size_t index : indices) {
      const FitSample &sample = samples[index];
      Prediction prediction{sample.seconds, estimate(sample, machine, trial), 0,
                            0};
      byRegime[sample.regime].push_back(prediction);
      byRegime[allRegimes.str()].push_back(prediction);
    }
  }

  Calibration calibration;

private:
  llvm::ArrayRef<FitSample> samples;
  const Machine &machine;
  const FitRequest &request;
  Minimizer minimizer;
  ParameterBox box;
};

/// The interval of `predictions`, around one.
void findInterval(llvm::ArrayRef<Prediction> predictions, FitRegime &regime) {
  std::vector<double> ratios;
  for (const Prediction &prediction : predictions)
    ratios.push_back(prediction.measured / prediction.estimated);
  double low = quantile(ratios, intervalTail);
  double high = quantile(std::move(ratios), 1 - intervalTail);
  // The estimate itself is always within.
  regime.low = std::clamp(low, lowestEnd, 1.0);
  regime.high = std::clamp(high, 1.0, highestEnd);
}

/// Errors for `all` and each regime of `model` that there are works of.
std::vector<FitRegime>
summarize(const TimeModel &model,
          const std::map<std::string, std::vector<Prediction>> &seen,
          const std::map<std::string, std::vector<Prediction>> &heldOut) {
  std::vector<llvm::StringRef> names = {allRegimes};
  llvm::append_range(names, model.regimes);
  std::vector<FitRegime> regimes;
  for (llvm::StringRef name : names) {
    auto held = heldOut.find(name.str());
    if (held == heldOut.end())
      continue;
    FitRegime regime;
    regime.regime = name.str();
    regime.heldOut = summarizeErrors(held->second);
    auto fitted = seen.find(name.str());
    if (fitted != seen.end())
      regime.seen = summarizeErrors(fitted->second);
    findInterval(held->second, regime);
    regimes.push_back(std::move(regime));
  }
  return regimes;
}

} // namespace

double roundedParameter(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.4g", value);
  double rounded = value;
  llvm::StringRef(text).getAsDouble(rounded);
  return rounded;
}

bool suitsMachine(const CalibrationKey &key, const Machine &machine) {
  bool isApart = machine.matrixCores && machine.vectorCores &&
                 *machine.matrixCores != *machine.vectorCores;
  if (key.name.starts_with("cube_"))
    return isApart;
  // What stays is for both: only attention has two models.
  return !isApart || !key.name.starts_with("attention_");
}

std::vector<FitSample> fitSamples(llvm::ArrayRef<MeasuredWork> works,
                                  const CalibrationKey &key) {
  std::vector<FitSample> samples;
  for (const MeasuredWork &work : works) {
    if (!work.kernels)
      continue;
    FitSample sample;
    for (const KernelShape &kernel : *work.kernels)
      if (isFittedTo(key, kernel))
        sample.kernels.push_back(kernel);
    if (sample.kernels.empty())
      continue;
    const KernelShape &first = sample.kernels.front();
    sample.site = siteOf(first);
    sample.regime = regimeOf(first, *key.model).str();
    sample.seconds = work.seconds;
    sample.order = hashOf(work.op + "/" + work.dtype + "/" + work.shape, 0);
    samples.push_back(std::move(sample));
  }
  return samples;
}

std::vector<unsigned> assignFolds(llvm::ArrayRef<FitSample> samples,
                                  unsigned folds, uint64_t seed) {
  // Sites in the order of their hashes are dealt out like cards.
  std::set<std::pair<uint64_t, llvm::StringRef>> sites;
  for (const FitSample &sample : samples)
    sites.insert({hashOf(sample.site, seed), sample.site});
  std::map<llvm::StringRef, unsigned> foldOf;
  unsigned next = 0;
  for (const auto &[hash, site] : sites)
    foldOf[site] = next++ % folds;
  std::vector<unsigned> assigned;
  for (const FitSample &sample : samples)
    assigned.push_back(foldOf[sample.site]);
  return assigned;
}

llvm::Expected<FitResult> fitCalibration(llvm::ArrayRef<FitSample> samples,
                                         const Machine &machine,
                                         const FitRequest &request,
                                         Minimizer minimizer) {
  std::set<llvm::StringRef> sites;
  for (const FitSample &sample : samples)
    sites.insert(sample.site);
  if (sites.size() < request.folds)
    return llvm::createStringError(
        "calibration '%s': the data have %zu sites, too few for %u parts that "
        "are held out in turn; measure more, or give --folds",
        request.key->name.data(), sites.size(), request.folds);

  Fitter fitter(samples, machine, request, minimizer);
  if (llvm::Error error = fitter.checkStart())
    return error;
  std::vector<unsigned> foldOf =
      assignFolds(samples, request.folds, request.seed);
  std::map<std::string, std::vector<Prediction>> seen, heldOut;
  for (unsigned fold = 0; fold < request.folds; ++fold) {
    std::vector<size_t> inside, outside;
    for (size_t index = 0; index < samples.size(); ++index)
      (foldOf[index] == fold ? outside : inside).push_back(index);
    llvm::Expected<std::vector<double>> values = fitter.fit(inside);
    if (!values)
      return values.takeError();
    fitter.predict(*values, inside, seen);
    fitter.predict(*values, outside, heldOut);
  }
  std::vector<size_t> all(samples.size());
  for (size_t index = 0; index < samples.size(); ++index)
    all[index] = index;
  llvm::Expected<std::vector<double>> values = fitter.fit(std::move(all));
  if (!values)
    return values.takeError();

  FitResult result;
  result.calibration = fitter.calibration;
  result.calibration.values = std::move(*values);
  result.samples = samples.size();
  result.sites = sites.size();
  result.freeParameters = size_t(llvm::count(request.isFree, true));
  result.regimes = summarize(*request.key->model, seen, heldOut);
  for (const FitRegime &regime : result.regimes)
    if (regime.regime == allRegimes || regime.heldOut.rows >= fewestForInterval)
      result.calibration.errors.push_back(
          {regime.regime, double(regime.heldOut.rows), regime.heldOut.mape,
           regime.heldOut.median, regime.low, regime.high});
  return result;
}

} // namespace roofline
