//===- Target.cpp - A named machine with its sources ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Target/Target.h"

#include "Calibrations.h"
#include "SelfChecks.h"
#include "roofline/Target/Schema.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"

namespace roofline {

namespace {

constexpr llvm::StringLiteral confidenceNames[] = {
    "datasheet", "paper", "measured", "third-party", "inferred"};

/// `units.matrix.rates.bf16`.
std::string unitPath(Unit unit, llvm::StringRef group, ElementType type) {
  return ("units." + stringify(unit) + "." + group + "." + stringify(type))
      .str();
}

/// Fills a machine from facts.
class MachineBuilder {
public:
  explicit MachineBuilder(const Target &target) : target(target) {}

  Machine build() const;

private:
  void addRates(Machine &machine) const;
  void addCaches(Machine &machine) const;
  void addLinks(Machine &machine) const;
  std::optional<unsigned> cores(llvm::StringRef kind) const;

  const Target &target;
};

std::optional<unsigned> MachineBuilder::cores(llvm::StringRef kind) const {
  if (std::optional<double> count = target.getValue(("cores." + kind).str()))
    return static_cast<unsigned>(*count);
  return std::nullopt;
}

void MachineBuilder::addRates(Machine &machine) const {
  for (Unit unit : allUnits())
    for (ElementType type : allElementTypes()) {
      if (std::optional<double> rate =
              target.getValue(unitPath(unit, "rates", type)))
        machine.rates[{unit, type}] = *rate;
      if (std::optional<double> efficiency =
              target.getValue(unitPath(unit, "efficiency", type)))
        machine.efficiencies[{unit, type}] = *efficiency;
      const TargetFact *substitute =
          target.findFact(unitPath(unit, "substitute", type));
      std::optional<ElementType> runsAs =
          substitute ? parseElementType(substitute->text) : std::nullopt;
      if (runsAs)
        machine.substitutes[{unit, type}] = *runsAs;
    }
}

void MachineBuilder::addCaches(Machine &machine) const {
  MemoryLevel l2{"l2", target.getValue("l2.capacity"),
                 target.getValue("l2.bandwidth")};
  if (l2.capacityBytes || l2.bytesPerSecond)
    machine.caches.push_back(std::move(l2));
  // Levels of one core, in the order of the facts. The machine counts all of
  // their instances together.
  for (const TargetFact &fact : target.getFacts()) {
    llvm::SmallVector<llvm::StringRef, 4> keys;
    llvm::StringRef(fact.path).split(keys, '.');
    if (keys.front() != "core_memories")
      continue;
    llvm::StringRef name = keys[2];
    auto level =
        llvm::find_if(machine.caches, [&](const MemoryLevel &candidate) {
          return candidate.name == name;
        });
    if (level == machine.caches.end())
      level = machine.caches.insert(
          machine.caches.end(),
          MemoryLevel{name.str(), std::nullopt, std::nullopt});
    std::optional<unsigned> count = cores(keys[1]);
    std::optional<double> clock = target.getValue(("clocks." + keys[1]).str());
    if (keys[3] == "capacity" && count)
      level->capacityBytes = fact.getQuantity() * *count;
    if (keys[3] == "bandwidth" && count && clock)
      level->bytesPerSecond = fact.getQuantity() * *count * *clock;
  }
}

void MachineBuilder::addLinks(Machine &machine) const {
  for (llvm::StringRef name : {"scale_up", "die_to_die", "scale_out", "host"}) {
    std::string prefix = ("links." + name + ".").str();
    Link link{name.str(), target.getValue(prefix + "bandwidth"),
              target.getValue(prefix + "latency"),
              target.getValue(prefix + "peers")};
    const TargetFact *topology = target.findFact(prefix + "topology");
    link.isMesh = topology && llvm::StringRef(topology->text) == "full mesh";
    if (link.bytesPerSecond || link.latencySeconds)
      machine.links.push_back(std::move(link));
  }
}

Machine MachineBuilder::build() const {
  Machine machine;
  addRates(machine);
  machine.hbm = {"hbm", target.getValue("memory.capacity"),
                 target.getValue("memory.bandwidth")};
  machine.hbmEfficiency = target.getValue("memory.efficiency");
  addCaches(machine);
  addLinks(machine);
  machine.matrixCores = cores("matrix");
  machine.vectorCores = cores("vector");
  machine.launchSeconds = target.getValue("launch.floor");
  machine.submitSeconds = target.getValue("launch.submit");
  machine.tdpWatts = target.getValue("tdp");
  return machine;
}

/// Fails on a substitute that leads back to itself or to nothing.
llvm::Error checkSubstitutes(const Target &target) {
  const Machine &machine = target.getMachine();
  for (const auto &[where, first] : machine.substitutes) {
    const TargetFact *fact =
        target.findFact(unitPath(where.unit, "substitute", where.type));
    std::string chain = stringify(where.type).str();
    ElementType type = where.type;
    llvm::SmallVector<ElementType> seen;
    while (!machine.rates.count({where.unit, type})) {
      if (llvm::is_contained(seen, type))
        return makeFileError(
            fact->where, "'" + fact->path + "' leads back to itself: " + chain +
                             "; let one of them name a type "
                             "that has a rate");
      seen.push_back(type);
      auto next = machine.substitutes.find({where.unit, type});
      if (next == machine.substitutes.end())
        return makeFileError(
            fact->where, "'" + fact->path + "' leads to '" + stringify(type) +
                             "', which has neither a rate nor a "
                             "substitute on this unit; name a type that "
                             "has a rate");
      type = next->second;
      chain += (" -> " + stringify(type)).str();
    }
  }
  return llvm::Error::success();
}

} // namespace

llvm::StringRef stringify(Confidence confidence) {
  return confidenceNames[static_cast<size_t>(confidence)];
}

std::optional<Confidence> parseConfidence(llvm::StringRef text) {
  for (auto [index, name] : llvm::enumerate(confidenceNames))
    if (name == text)
      return static_cast<Confidence>(index);
  return std::nullopt;
}

Target::Target(Contents stated) : contents(std::move(stated)) {
  for (auto [index, fact] : llvm::enumerate(contents.facts))
    factIndex[fact.path] = index;
  machine = MachineBuilder(*this).build();
}

llvm::Expected<std::shared_ptr<const Target>>
Target::create(Contents contents) {
  // The constructor is private, which make_shared cannot reach.
  std::shared_ptr<Target> target(new Target(std::move(contents)));
  if (llvm::Error error = checkSubstitutes(*target))
    return error;
  llvm::Expected<std::vector<Calibration>> calibrations =
      readCalibrations(*target);
  if (!calibrations)
    return calibrations.takeError();
  target->machine.calibrations = std::move(*calibrations);
  if (llvm::Error error = runSelfChecks(*target))
    return error;
  return target;
}

const TargetFact *Target::findFact(llvm::StringRef path) const {
  auto it = factIndex.find(path);
  return it == factIndex.end() ? nullptr : &contents.facts[it->second];
}

std::optional<double> Target::getValue(llvm::StringRef path) const {
  const TargetFact *fact = findFact(path);
  return fact ? fact->value : std::nullopt;
}

std::optional<double> Target::getAdvertisedRate(UnitType where) const {
  if (std::optional<double> rate =
          getValue(unitPath(where.unit, "advertised", where.type)))
    return rate;
  return getValue(unitPath(where.unit, "rates", where.type));
}

llvm::Error checkAllowedForTimes(const Target &target,
                                 bool allowLowConfidence) {
  if (!target.isLowConfidence() || allowLowConfidence)
    return llvm::Error::success();
  return makeFileError("no times for target '" + target.getName() +
                       "', whose figures have low confidence: " +
                       target.getLowConfidenceReason() +
                       "; use '--allow-low-confidence' to have them all the "
                       "same");
}

} // namespace roofline
