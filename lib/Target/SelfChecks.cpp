//===- SelfChecks.cpp - Whether the figures of a target agree -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SelfChecks.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cmath>

namespace roofline {

namespace {

/// Datasheets round to three digits and clocks to two: products of them agree
/// within two percent.
constexpr double productTolerance = 0.02;
/// TPP is published as a whole number, from a rate with three digits.
constexpr double tppTolerance = 0.005;
/// An 8-bit rate against a 16-bit one: both rounded, sometimes generously.
constexpr double widthTolerance = 0.05;
/// Efficiencies are stated with two digits.
constexpr double efficiencyTolerance = 0.02;
/// Operations per byte of memory traffic at the change from memory to compute
/// bound, 16-bit matrix products. Accelerators of the last ten years lie
/// between 30 and 400.
constexpr double lowestRidgePoint = 5;
constexpr double highestRidgePoint = 1000;

/// The work that ridge points are compared for.
constexpr UnitType ridgeWork = {Unit::Matrix, ElementType::BF16};

double relativeDifference(double value, double reference) {
  return std::fabs(value / reference - 1);
}

std::string percent(double fraction) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << llvm::format("%.3g %%", fraction * 100);
  return text;
}

std::string apart(double value, double reference, double tolerance) {
  return "(" + percent(relativeDifference(value, reference)) + " apart, " +
         percent(tolerance) + " allowed)";
}

class SelfChecks {
public:
  explicit SelfChecks(const Target &target) : target(target) {}

  llvm::Error run();

private:
  llvm::Error checkPeaks();
  llvm::Error checkBandwidth();
  llvm::Error checkMeasured();
  llvm::Error checkEfficiencies();
  llvm::Error checkAdvertised();
  llvm::Error checkWidths();
  llvm::Error checkRidgePoint();
  llvm::Error checkTpp();
  llvm::Error checkDeviationsAreUsed();

  /// A disagreement on `fact`, which is fine where the file says why.
  llvm::Error disagreement(const TargetFact &fact, const llvm::Twine &message);
  FileLocation placeOf(const TargetFact &fact) const;
  const TargetFact *find(Unit unit, llvm::StringRef group,
                         ElementType type) const;

  const Target &target;
  llvm::StringSet<> usedDeviations;
};

FileLocation SelfChecks::placeOf(const TargetFact &fact) const {
  // An inherited fact is fine where it stands; it is this file that made it
  // disagree.
  return fact.statedBy == target.getName() ? fact.where : target.getLocation();
}

llvm::Error SelfChecks::disagreement(const TargetFact &fact,
                                     const llvm::Twine &message) {
  if (!fact.deviation.empty()) {
    usedDeviations.insert(fact.path);
    return llvm::Error::success();
  }
  std::string inherited = fact.statedBy == target.getName()
                              ? std::string()
                              : " (inherited from '" + fact.statedBy + "')";
  return makeFileError(placeOf(fact), "'" + fact.path + "'" + inherited +
                                          " is " + fact.text + ", but " +
                                          message +
                                          "; correct the wrong figure, or "
                                          "state the reason as 'deviation' "
                                          "of '" +
                                          fact.path + "'");
}

const TargetFact *SelfChecks::find(Unit unit, llvm::StringRef group,
                                   ElementType type) const {
  return target.findFact(
      ("units." + stringify(unit) + "." + group + "." + stringify(type)).str());
}

llvm::Error SelfChecks::checkPeaks() {
  for (Unit unit : allUnits()) {
    llvm::StringRef core = unit == Unit::Matrix ? "matrix" : "vector";
    std::optional<double> cores = target.getValue(("cores." + core).str());
    std::optional<double> clock = target.getValue(("clocks." + core).str());
    if (!cores || !clock)
      continue;
    for (ElementType type : allElementTypes()) {
      const TargetFact *rate = find(unit, "rates", type);
      const TargetFact *perClock = find(unit, "per_clock", type);
      if (!rate || !perClock)
        continue;
      double product = *cores * perClock->getQuantity() * *clock;
      if (relativeDifference(rate->getQuantity(), product) <= productTolerance)
        continue;
      if (llvm::Error error = disagreement(
              *rate, formatQuantity(*cores, Dimension::Count) + " cores x " +
                         formatQuantity(perClock->getQuantity(),
                                        Dimension::OpsPerClock) +
                         " x " + formatQuantity(*clock, Dimension::Frequency) +
                         " make " + formatQuantity(product, Dimension::OpRate) +
                         " " +
                         apart(rate->getQuantity(), product, productTolerance)))
        return error;
    }
  }
  return llvm::Error::success();
}

llvm::Error SelfChecks::checkBandwidth() {
  const TargetFact *bandwidth = target.findFact("memory.bandwidth");
  std::optional<double> width = target.getValue("memory.bus_width");
  std::optional<double> rate = target.getValue("memory.pin_rate");
  if (!bandwidth || !width || !rate)
    return llvm::Error::success();
  double product = *width * *rate / 8; // Bits to bytes.
  if (relativeDifference(bandwidth->getQuantity(), product) <= productTolerance)
    return llvm::Error::success();
  return disagreement(
      *bandwidth,
      formatQuantity(*width, Dimension::Bits) + " x " +
          formatQuantity(*rate, Dimension::BitRate) + " make " +
          formatQuantity(product, Dimension::ByteRate) + " " +
          apart(bandwidth->getQuantity(), product, productTolerance));
}

llvm::Error SelfChecks::checkMeasured() {
  auto check = [&](const TargetFact *measured,
                   const TargetFact *peak) -> llvm::Error {
    if (!measured || !peak || measured->getQuantity() <= peak->getQuantity())
      return llvm::Error::success();
    return disagreement(*measured,
                        "the peak '" + peak->path + "' is only " + peak->text);
  };
  for (Unit unit : allUnits())
    for (ElementType type : allElementTypes())
      if (llvm::Error error =
              check(find(unit, "measured", type), find(unit, "rates", type)))
        return error;
  return check(target.findFact("memory.measured_bandwidth"),
               target.findFact("memory.bandwidth"));
}

llvm::Error SelfChecks::checkEfficiencies() {
  // What kernels usually reach is not above the best one measured.
  auto check = [&](const TargetFact *efficiency, const TargetFact *measured,
                   const TargetFact *peak) -> llvm::Error {
    if (!efficiency || !measured || !peak)
      return llvm::Error::success();
    double best = measured->getQuantity() / peak->getQuantity();
    if (efficiency->getQuantity() <= best * (1 + efficiencyTolerance))
      return llvm::Error::success();
    std::string text;
    llvm::raw_string_ostream(text) << llvm::format("%.3g", best);
    return disagreement(*efficiency, "the best measurement '" + measured->path +
                                         "' of " + measured->text + " is " +
                                         text + " of the peak '" + peak->path +
                                         "'");
  };
  for (Unit unit : allUnits())
    for (ElementType type : allElementTypes())
      if (llvm::Error error =
              check(find(unit, "efficiency", type),
                    find(unit, "measured", type), find(unit, "rates", type)))
        return error;
  return check(target.findFact("memory.efficiency"),
               target.findFact("memory.measured_bandwidth"),
               target.findFact("memory.bandwidth"));
}

llvm::Error SelfChecks::checkAdvertised() {
  for (Unit unit : allUnits())
    for (ElementType type : allElementTypes()) {
      const TargetFact *advertised = find(unit, "advertised", type);
      const TargetFact *rate = find(unit, "rates", type);
      if (!advertised || !rate ||
          relativeDifference(advertised->getQuantity(), rate->getQuantity()) <=
              productTolerance)
        continue;
      if (llvm::Error error = disagreement(
              *advertised, "'" + rate->path + "' is " + rate->text + " " +
                               apart(advertised->getQuantity(),
                                     rate->getQuantity(), productTolerance)))
        return error;
    }
  return llvm::Error::success();
}

llvm::Error SelfChecks::checkWidths() {
  const TargetFact *wide = find(Unit::Matrix, "rates", ElementType::BF16);
  if (!wide)
    wide = find(Unit::Matrix, "rates", ElementType::F16);
  if (!wide)
    return llvm::Error::success();
  for (ElementType type : {ElementType::F8, ElementType::I8}) {
    const TargetFact *narrow = find(Unit::Matrix, "rates", type);
    if (!narrow)
      continue;
    double ratio = narrow->getQuantity() / wide->getQuantity();
    if (relativeDifference(ratio, 1) <= widthTolerance ||
        relativeDifference(ratio, 2) <= widthTolerance)
      continue;
    std::string text;
    llvm::raw_string_ostream(text) << llvm::format("%.3g", ratio);
    if (llvm::Error error = disagreement(
            *narrow, "that is " + text + " times '" + wide->path +
                         "', where an 8-bit type runs at 1 or 2 times a 16-bit "
                         "one"))
      return error;
  }
  return llvm::Error::success();
}

llvm::Error SelfChecks::checkRidgePoint() {
  const TargetFact *bandwidth = target.findFact("memory.bandwidth");
  KnownOr<double> ridge = target.getMachine().ridgePoint(ridgeWork);
  if (!bandwidth || !ridge ||
      (*ridge >= lowestRidgePoint && *ridge <= highestRidgePoint))
    return llvm::Error::success();
  return disagreement(*bandwidth,
                      "with the bf16 matrix peak it makes a ridge point of " +
                          formatQuantity(*ridge, Dimension::Number) +
                          " operations per byte, outside of " +
                          formatQuantity(lowestRidgePoint, Dimension::Number) +
                          " to " +
                          formatQuantity(highestRidgePoint, Dimension::Number));
}

llvm::Error SelfChecks::checkTpp() {
  const TargetFact *tpp = target.findFact("tpp");
  if (!tpp)
    return llvm::Error::success();
  // The metric counts multiply-accumulate hardware, not special functions.
  double largest = 0;
  double largestRate = 0;
  UnitType which = ridgeWork;
  for (Unit unit : {Unit::Matrix, Unit::Vector})
    for (ElementType type : allElementTypes()) {
      std::optional<double> rate = target.getAdvertisedRate({unit, type});
      if (!rate)
        continue;
      // In TOP/s times bits.
      double value = *rate / 1e12 * bitWidth(type);
      if (value > largest) {
        largest = value;
        largestRate = *rate;
        which = {unit, type};
      }
    }
  if (largest == 0 ||
      relativeDifference(tpp->getQuantity(), largest) <= tppTolerance)
    return llvm::Error::success();
  return disagreement(
      *tpp, "the largest advertised dense rate times bits is " +
                formatQuantity(largestRate, Dimension::OpRate) + " of " +
                which.str() + " x " + llvm::Twine(bitWidth(which.type)) +
                " = " + formatQuantity(largest, Dimension::Number) + " " +
                apart(tpp->getQuantity(), largest, tppTolerance));
}

llvm::Error SelfChecks::checkDeviationsAreUsed() {
  for (const TargetFact &fact : target.getFacts())
    if (!fact.deviation.empty() && fact.statedBy == target.getName() &&
        !usedDeviations.contains(fact.path))
      return makeFileError(fact.where, "'" + fact.path +
                                           "' states a 'deviation', but no "
                                           "check fails on it; remove the "
                                           "key, or make it a 'note'");
  return llvm::Error::success();
}

llvm::Error SelfChecks::run() {
  using Check = llvm::Error (SelfChecks::*)();
  static constexpr Check checks[] = {&SelfChecks::checkPeaks,
                                     &SelfChecks::checkBandwidth,
                                     &SelfChecks::checkMeasured,
                                     &SelfChecks::checkEfficiencies,
                                     &SelfChecks::checkAdvertised,
                                     &SelfChecks::checkWidths,
                                     &SelfChecks::checkRidgePoint,
                                     &SelfChecks::checkTpp,
                                     &SelfChecks::checkDeviationsAreUsed};
  for (Check check : checks)
    if (llvm::Error error = (this->*check)())
      return error;
  return llvm::Error::success();
}

} // namespace

llvm::Error runSelfChecks(const Target &target) {
  return SelfChecks(target).run();
}

} // namespace roofline
