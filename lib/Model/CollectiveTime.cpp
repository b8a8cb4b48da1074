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

KnownOr<double> linkBandwidth(const Machine &machine, LinkTopology topology) {
  const Link *link = findLink(machine, topology);
  if (!link || !link->bytesPerSecond)
    return Unknown{UnknownKind::Unmodelled,
                   topology == LinkTopology::Clos
                       ? "the bandwidth of the scale-out link is not known"
                       : "the bandwidth of the scale-up link is not known"};
  return *link->bytesPerSecond;
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
  if (shape.ranks <= 1)
    return 0.0;
  LinkTopology topology = topologyOf(calibration);
  if (topology != LinkTopology::Clos && !isWithinDomain(shape, machine))
    return Unknown{UnknownKind::Unmodelled,
                   "the scale-up link joins fewer devices"};
  KnownOr<double> link = linkBandwidth(machine, topology);
  if (!link)
    return link;
  CollectiveValues values =
      unpackParameters<CollectiveValues>(fields, calibration.values);

  double others = shape.ranks - 1;
  double latency = shape.kind == CollectiveKind::AllToAll
                       ? values.exchangeLaunch + values.exchangeStep * others
                       : values.launch + values.step * stepsOf(shape, topology);
  double sent = sentBytes(shape);
  double shortBandwidth = std::min(values.shortBandwidth, flaggedShare * *link);
  double longBandwidth = values.bandwidth * *link /
                         (1 + values.fewRanks / others) *
                         bandwidthFactor(shape.kind, values);
  // Libraries choose the faster protocol.
  double time = latency + std::min(sent / shortBandwidth,
                                   values.longLaunch + sent / longBandwidth);
  // Each rank sends its buffer to the switch once and gets the sum back.
  if (values.switchBandwidth > 0 && topology != LinkTopology::Mesh &&
      shape.kind == CollectiveKind::AllReduce &&
      shape.ranks >= fewestSwitchRanks)
    time = std::min(time, values.switchLaunch +
                              shape.bytes / (values.switchBandwidth * *link));
  return time;
}

KnownOr<double> linkSeconds(const CollectiveShape &shape,
                            const Machine &machine) {
  if (shape.ranks <= 1)
    return 0.0;
  KnownOr<double> scaleUp = linkBandwidth(machine, LinkTopology::Switch);
  if (!scaleUp)
    return scaleUp;
  double seconds = sentBytes(shape) / *scaleUp;
  if (isWithinDomain(shape, machine))
    return seconds;
  KnownOr<double> scaleOut = linkBandwidth(machine, LinkTopology::Clos);
  if (!scaleOut)
    return scaleOut;
  // The devices of a domain share what leaves it; in an all_to_all each has
  // bytes of its own for all others.
  double devices = *findLink(machine, LinkTopology::Switch)->devices;
  double domains = std::ceil(shape.ranks / devices);
  double leaving = passesOf(shape.kind) * shape.bytes * (domains - 1) / domains;
  if (shape.kind != CollectiveKind::AllToAll)
    leaving /= devices;
  return std::max(seconds, leaving / *scaleOut);
}

} // namespace roofline
