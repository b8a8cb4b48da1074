//===- CollectiveTime.cpp - Times of exchanges ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/CollectiveTime.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>

namespace roofline {

namespace {

/// The values of a calibration.
struct CollectiveValues {
  double launch;
  double step;
  double exchangeLaunch;
  double exchangeStep;
  double shortBandwidth;
  double longLaunch;
  double bandwidth;
  double fewRanks;
  double allToAll;
  double allReduce;
  double switchBandwidth;
  double switchLaunch;
};

constexpr ParameterUnit seconds = ParameterUnit::Seconds;
constexpr ParameterUnit number = ParameterUnit::Number;

constexpr ParameterField<CollectiveValues> fields[] = {
    {{"launch", seconds, 1e-6, 20e-6, 4.2e-6, std::nullopt,
      "start and end of an exchange in steps"},
     &CollectiveValues::launch},
    {{"step", seconds, 0.1e-6, 3e-6, 0.85e-6, 0, "each step"},
     &CollectiveValues::step},
    {{"exchange_launch", seconds, 1e-6, 20e-6, 5.5e-6, std::nullopt,
      "start and end of all_to_all"},
     &CollectiveValues::exchangeLaunch},
    {{"exchange_step", seconds, 0.01e-6, 3e-6, 0.3e-6, 0,
      "each other rank in all_to_all"},
     &CollectiveValues::exchangeStep},
    {{"short_bandwidth", ParameterUnit::BytesPerSecond, 20e9, 500e9, 110e9,
      std::nullopt,
      "bandwidth of the protocol for short messages, at most half of the link"},
     &CollectiveValues::shortBandwidth},
    {{"long_launch", seconds, 5e-6, 40e-6, 18e-6, 0,
      "what the protocol for long messages adds at the start"},
     &CollectiveValues::longLaunch},
    {{"bandwidth", number, 0.3, 1.1, 0.78, std::nullopt,
      "its bandwidth with many ranks, of the link"},
     &CollectiveValues::bandwidth},
    {{"few_ranks", number, 0.01, 1, 0.36, 0,
      "what it takes longer with one other rank; less with more"},
     &CollectiveValues::fewRanks},
    {{"all_to_all", number, 0.7, 1.5, 1.05, 1,
      "bandwidth of all_to_all, of that of all_gather"},
     &CollectiveValues::allToAll},
    {{"all_reduce", number, 0.7, 1.5, 1.1, 1,
      "bandwidth of all_reduce, of that of all_gather"},
     &CollectiveValues::allReduce},
    {{"switch_bandwidth", number, 0.2, 1.3, 0.5, 0,
      "bandwidth of reductions in the switch, of the link; 0 without"},
     &CollectiveValues::switchBandwidth},
    {{"switch_launch", seconds, 5e-6, 80e-6, 45e-6, 0,
      "start and end of reductions in the switch"},
     &CollectiveValues::switchLaunch},
};

constexpr llvm::StringLiteral kernels[] = {"switch", "mesh", "clos"};

constexpr llvm::StringLiteral regimes[] = {"bytes_le_64k", "bytes_le_4m",
                                           "bytes_gt_4m"};

/// Ranks from which libraries reduce in the switch.
constexpr double fewestSwitchRanks = 4;

/// The protocol for short messages sends a flag with every datum.
constexpr double flaggedShare = 0.5;

LinkTopology topologyOf(const Calibration &calibration) {
  if (calibration.kernels == "mesh")
    return LinkTopology::Mesh;
  return calibration.kernels == "clos" ? LinkTopology::Clos
                                       : LinkTopology::Switch;
}

/// The link of `machine` that an exchange crosses, or null.
const Link *findLink(const Machine &machine, LinkTopology topology) {
  llvm::StringRef name =
      topology == LinkTopology::Clos ? "scale_out" : "scale_up";
  auto it = llvm::find_if(machine.links,
                          [&](const Link &link) { return link.name == name; });
  return it == machine.links.end() ? nullptr : &*it;
}

/// Bytes per second that one of `ranks` devices can send to all others.
KnownOr<double> linkBandwidth(const Machine &machine, LinkTopology topology,
                              double ranks) {
  const Link *link = findLink(machine, topology);
  if (!link || !link->bytesPerSecond)
    return Unknown{UnknownKind::Unmodelled,
                   topology == LinkTopology::Clos
                       ? "the bandwidth of the scale-out link is not known"
                       : "the bandwidth of the scale-up link is not known"};
  // Among a part of a mesh nobody uses what leads to the others.
  bool isPart =
      topology == LinkTopology::Mesh && link->devices && ranks < *link->devices;
  double share = isPart ? (ranks - 1) / (*link->devices - 1) : 1;
  return *link->bytesPerSecond * share;
}

/// False where the scale-up link is known to join fewer devices.
bool isWithinDomain(const CollectiveShape &shape, const Machine &machine) {
  const Link *link = findLink(machine, LinkTopology::Switch);
  return !link || !link->devices || shape.ranks <= *link->devices;
}

/// Times that each byte goes round: all_reduce is a reduce-scatter and an
/// all-gather.
double passesOf(CollectiveKind kind) {
  return kind == CollectiveKind::AllReduce ? 2 : 1;
}

/// Messages that have to wait for one another: from rank to rank around a ring,
/// or to all others at once where each has a link of its own.
double stepsOf(const CollectiveShape &shape, LinkTopology topology) {
  double steps = topology == LinkTopology::Mesh ? 1 : shape.ranks - 1;
  return steps * passesOf(shape.kind);
}

/// Bytes that each rank sends.
double sentBytes(const CollectiveShape &shape) {
  return passesOf(shape.kind) * shape.bytes * (shape.ranks - 1) / shape.ranks;
}

/// Bandwidth of a kind, of that of all_gather.
double bandwidthFactor(CollectiveKind kind, const CollectiveValues &values) {
  switch (kind) {
  case CollectiveKind::AllToAll:
    return values.allToAll;
  case CollectiveKind::AllReduce:
    return values.allReduce;
  case CollectiveKind::AllGather:
  case CollectiveKind::ReduceScatter:
    return 1;
  }
  return 1;
}

/// Seconds to send `sent` bytes over `link` to `others`, by the faster of the
/// protocols that libraries choose from, beside latency.
double protocolSeconds(CollectiveKind kind, double others, double sent,
                       double link, const CollectiveValues &values) {
  double shortBandwidth = std::min(values.shortBandwidth, flaggedShare * link);
  double longBandwidth = values.bandwidth * link /
                         (1 + values.fewRanks / others) *
                         bandwidthFactor(kind, values);
  return std::min(sent / shortBandwidth,
                  values.longLaunch + sent / longBandwidth);
}

/// Where each fit begins: what is typical of the chips that are measured.
CollectiveValues typicalValues() {
  std::vector<double> starts;
  for (const ModelParameter &parameter : collectiveModel().parameters)
    starts.push_back(parameter.start);
  return unpackParameters<CollectiveValues>(fields, starts);
}

/// Steps around a ring; in place of long ones libraries build trees, whose
/// depth grows as the logarithm.
double ringSteps(double ranks) {
  constexpr double stepsOfALevel = 4;
  return std::min(ranks - 1, stepsOfALevel * std::ceil(std::log2(ranks)));
}

Unknown unknownRanks() {
  return Unknown{UnknownKind::Unmodelled,
                 "the graph does not tell which devices exchange what in a way "
                 "that is modelled"};
}

} // namespace

const TimeModel &collectiveModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<CollectiveValues>(fields);
  static const TimeModel model = {"collective",
                                  "exchanges between the devices of a domain",
                                  parameters, kernels, regimes};
  return model;
}

llvm::StringRef collectiveRegime(const CollectiveShape &shape) {
  if (shape.bytes <= 64.0 * 1024)
    return "bytes_le_64k";
  return shape.bytes <= 4.0 * 1024 * 1024 ? "bytes_le_4m" : "bytes_gt_4m";
}

KnownOr<double> collectiveSeconds(const CollectiveShape &shape,
                                  const Machine &machine,
                                  const Calibration &calibration) {
  if (shape.ranks == 0)
    return unknownRanks();
  if (shape.ranks <= 1)
    return 0.0;
  LinkTopology topology = topologyOf(calibration);
  if (topology != LinkTopology::Clos && !isWithinDomain(shape, machine))
    return Unknown{UnknownKind::Unmodelled,
                   "the scale-up link joins fewer devices"};
  KnownOr<double> link = linkBandwidth(machine, topology, shape.ranks);
  if (!link)
    return link;
  auto values = unpackParameters<CollectiveValues>(fields, calibration.values);
  double others = shape.ranks - 1;
  double latency = shape.kind == CollectiveKind::AllToAll
                       ? values.exchangeLaunch + values.exchangeStep * others
                       : values.launch + values.step * stepsOf(shape, topology);
  double time = latency + protocolSeconds(shape.kind, others, sentBytes(shape),
                                          *link, values);
  // Each rank sends its buffer to the switch once and gets the sum back.
  if (values.switchBandwidth > 0 && topology != LinkTopology::Mesh &&
      shape.kind == CollectiveKind::AllReduce &&
      shape.ranks >= fewestSwitchRanks)
    time = std::min(time, values.switchLaunch +
                              shape.bytes / (values.switchBandwidth * *link));
  return time;
}

KnownOr<double> plainExchangeSeconds(const CollectiveShape &shape,
                                     const Machine &machine) {
  if (shape.ranks == 0)
    return unknownRanks();
  if (shape.ranks <= 1)
    return 0.0;
  const Link *inner = findLink(machine, LinkTopology::Switch);
  bool isMesh = inner && inner->isMesh;
  // Beyond the domain everybody within it takes part.
  double inside =
      isWithinDomain(shape, machine) ? shape.ranks : *inner->devices;
  KnownOr<double> scaleUp = linkBandwidth(
      machine, isMesh ? LinkTopology::Mesh : LinkTopology::Switch, inside);
  if (!scaleUp)
    return scaleUp;
  CollectiveValues values = typicalValues();
  double passes = passesOf(shape.kind),
         domains = std::ceil(shape.ranks / inside);
  double steps = (isMesh ? 1 : ringSteps(inside)) + ringSteps(domains);
  double latency =
      shape.kind == CollectiveKind::AllToAll
          ? values.exchangeLaunch + values.exchangeStep * (shape.ranks - 1)
          : values.launch + values.step * passes * steps;
  double seconds = protocolSeconds(shape.kind, inside - 1, sentBytes(shape),
                                   *scaleUp, values);
  if (domains == 1)
    return latency + seconds;
  KnownOr<double> scaleOut =
      linkBandwidth(machine, LinkTopology::Clos, shape.ranks);
  if (!scaleOut)
    return scaleOut;
  // The devices of a domain share what leaves it; in an all_to_all each has
  // bytes of its own for all others.
  double leaving = passes * shape.bytes * (domains - 1) / domains;
  if (shape.kind != CollectiveKind::AllToAll)
    leaving /= inside;
  return latency +
         std::max(seconds, protocolSeconds(shape.kind, domains - 1, leaving,
                                           *scaleOut, values));
}

} // namespace roofline
