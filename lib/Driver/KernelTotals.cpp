//===- KernelTotals.cpp - What the kernels of a graph take ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelTotals.h"

#include "AlikeKernels.h"
#include "Hottest.h"

#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/MapVector.h"

#include <algorithm>
#include <map>
#include <set>

namespace roofline {

namespace {

/// The sum of the times of launches. A launch whose time is not known counts at
/// its roof where it has one, so that the sum is a lower bound.
class LaunchTimes {
public:
  /// Adds kernels of which nothing is known but that they are there.
  void leaveOut(const Unknown &why) {
    if (!leftOut)
      leftOut = why;
  }

  /// Adds `launches` of `kernels` that are alike, given what one launch takes
  /// and its roof.
  void add(double launches, size_t kernels, const KnownOr<KernelTime> &time,
           const KnownOr<double> &roofSeconds) {
    if (time) {
      sum += launches * time->seconds;
      low += launches * time->low;
      high += launches * time->high;
      if (time->calibration) {
        calibrated += launches * time->seconds;
        if (!time->calibration->borrowedFrom.empty())
          lenders.insert(
              {time->calibration->key, time->calibration->borrowedFrom});
      }
      hasKnown = true;
    } else {
      addAtRoof(launches, kernels, roofSeconds, time.unknown().reason);
    }
  }

  /// Adds roofs.
  void addRoof(double launches, const KnownOr<double> &roofSeconds) {
    if (!roofSeconds)
      return leaveOut(roofSeconds.unknown());
    sum += launches * *roofSeconds;
    hasKnown = true;
  }

  void add(const LaunchTimes &other) {
    sum += other.sum;
    low += other.low;
    high += other.high;
    calibrated += other.calibrated;
    lenders.insert(other.lenders.begin(), other.lenders.end());
    hasKnown |= other.hasKnown;
    if (other.leftOut)
      leaveOut(*other.leftOut);
    for (const auto &[reason, kernels] : other.kernelsAtRoof)
      kernelsAtRoof[reason] += kernels;
  }

  /// Unknown where the time of every launch is. What keeps most kernels from a
  /// time that have a roof is the reason, else why a roof is missing.
  KnownOr<double> seconds() const {
    if (hasKnown || (!leftOut && kernelsAtRoof.empty()))
      return sum;
    if (kernelsAtRoof.empty())
      return *leftOut;
    auto most = std::max_element(kernelsAtRoof.begin(), kernelsAtRoof.end(),
                                 [](const auto &lhs, const auto &rhs) {
                                   return lhs.second < rhs.second;
                                 });
    return Unknown{UnknownKind::Unmodelled, most->first};
  }

  /// The sum even where it consists of roofs only.
  double atLeast() const { return sum; }

  /// The sums of both ends of the intervals; absent where the sum is unknown.
  std::optional<TimeInterval> interval() const {
    if (!seconds())
      return std::nullopt;
    return TimeInterval{low, high};
  }

  /// The share of the sum that calibrated models tell.
  std::optional<double> calibratedShare() const {
    if (!seconds() || sum <= 0)
      return std::nullopt;
    return calibrated / sum;
  }

  /// Calibrations of other targets, with whose they are.
  const std::set<std::pair<std::string, std::string>> &borrowed() const {
    return lenders;
  }

  /// Kernels that count at their roof, by the reason.
  const std::map<std::string, size_t> &atRoof() const { return kernelsAtRoof; }

private:
  void addAtRoof(double launches, size_t kernels,
                 const KnownOr<double> &roofSeconds, const std::string &why) {
    if (!roofSeconds)
      return leaveOut(roofSeconds.unknown());
    sum += launches * *roofSeconds;
    low += launches * *roofSeconds;
    high += launches * *roofSeconds;
    kernelsAtRoof[why] += kernels;
  }

  double sum = 0;
  double low = 0;
  double high = 0;
  double calibrated = 0;
  std::set<std::pair<std::string, std::string>> lenders;
  bool hasKnown = false;
  std::optional<Unknown> leftOut;
  std::map<std::string, size_t> kernelsAtRoof;
};

/// The kernels of groups in program order, if anybody wants them.
class Members {
public:
  explicit Members(bool isWanted) : isWanted(isWanted) {}

  /// Adds the next kernel.
  void add(const Kernel &kernel, size_t group) {
    if (!isWanted)
      return;
    if (group == sizes.size())
      sizes.push_back(0);
    size_t root = sizes[group]++;
    if (kernel.demand && kernel.times && kernel.family != KernelFamily::Scalar)
      members.push_back({group, root, *kernel.times});
  }

  /// Those that are launched, in a report that has the groups in the rows of
  /// `rowOf`.
  std::vector<KernelStep> steps(llvm::ArrayRef<size_t> rowOf) const {
    std::vector<KernelStep> steps = members;
    for (KernelStep &step : steps)
      step.row = rowOf[step.row];
    return steps;
  }

private:
  bool isWanted;
  /// Kernels of each group so far.
  std::vector<size_t> sizes;
  /// With groups for rows.
  std::vector<KernelStep> members;
};

/// What the targets make of the graph as it is.
std::vector<LaunchTimes> sumAsIs(llvm::ArrayRef<AlikeKernels> groups,
                                 const TargetPtrs &targets, Count &launches) {
  std::vector<LaunchTimes> sums(targets.size());
  for (const AlikeKernels &group : groups) {
    if (group.first().family == KernelFamily::Scalar)
      continue;
    if (const Unknown *why = group.leftOutReason()) {
      for (LaunchTimes &sum : sums)
        sum.leaveOut(*why);
      continue;
    }
    launches += *group.launches;
    for (auto [sum, target] : llvm::zip(sums, targets)) {
      Launch one = launch(group, target->getMachine(), Launching::Eager);
      sum.add(group.launches->asDouble(), group.roots.size(), one.time,
              one.roofSeconds);
    }
  }
  return sums;
}

/// Adds up the kernels of one family.
struct FamilySum {
  FamilyRow row;
  /// Per target.
  std::vector<LaunchTimes> roofs;
  std::vector<LaunchTimes> times;
};

/// Puts kernels on targets, one after the other.
class KernelSums {
public:
  KernelSums(const TargetPtrs &targets, Launching launching)
      : targets(targets), launching(launching) {}

  /// Adds kernels; returns how hot they are.
  double add(const AlikeKernels &group);

  /// Families that were met, hottest first.
  std::vector<FamilyRow> families() const;

  /// What the launches of all kernels take on the target of `index`.
  LaunchTimes roofs(size_t index) const {
    return total(index, &FamilySum::roofs);
  }
  LaunchTimes times(size_t index) const {
    return total(index, &FamilySum::times);
  }

  KernelSummary summary;
  WorkList maskedWork;

private:
  FamilySum &sumOf(KernelFamily family);
  LaunchTimes total(size_t index,
                    std::vector<LaunchTimes> FamilySum::*member) const {
    LaunchTimes sum;
    for (const auto &[family, familySum] : sums)
      if (family != KernelFamily::Scalar)
        sum.add((familySum.*member)[index]);
    return sum;
  }

  const TargetPtrs &targets;
  Launching launching;
  std::map<KernelFamily, FamilySum> sums;
};

FamilySum &KernelSums::sumOf(KernelFamily family) {
  auto [it, isNew] = sums.try_emplace(family);
  if (isNew) {
    it->second.row.family = family;
    it->second.roofs.resize(targets.size());
    it->second.times.resize(targets.size());
  }
  return it->second;
}

double KernelSums::add(const AlikeKernels &group) {
  const size_t kernels = group.roots.size();
  FamilySum &sum = sumOf(group.first().family);
  summary.kernels += kernels;
  sum.row.kernels += kernels;
  if (const Unknown *why = group.leftOutReason()) {
    summary.leftOut += kernels;
    sum.row.leftOut += kernels;
    for (size_t index = 0; index < targets.size(); ++index) {
      sum.roofs[index].leaveOut(*why);
      sum.times[index].leaveOut(*why);
    }
    return -1;
  }
  const Demand &demand = *group.ofLaunch;
  Count bytes = demand.totalBytes() * *group.launches;
  if (group.first().family != KernelFamily::Scalar) {
    summary.launches += *group.launches;
    sum.row.launches += *group.launches;
  }
  summary.externalBytes += bytes;
  WorkList masked = group.first().demand->work;
  masked.remove(demand.work);
  maskedWork.add(masked, *group.launches);
  sum.row.work.add(demand.work, *group.launches);
  sum.row.bytes += bytes;

  double launches = group.launches->asDouble();
  double heat = targets.empty() ? bytes.asDouble() : -1;
  for (auto [index, target] : llvm::enumerate(targets)) {
    Launch one = launch(group, target->getMachine(), launching);
    sum.roofs[index].addRoof(launches, one.roofSeconds);
    sum.times[index].add(launches, kernels, one.time, one.roofSeconds);
    if (index != 0)
      continue;
    if (one.time)
      heat = launches * one.time->seconds;
    else if (one.roofSeconds)
      heat = launches * *one.roofSeconds;
  }
  return heat;
}

std::vector<FamilyRow> KernelSums::families() const {
  std::vector<std::pair<double, FamilyRow>> rows;
  for (const auto &[family, sum] : sums) {
    double heat = sum.times.empty() ? sum.row.bytes.asDouble()
                                    : sum.times.front().atLeast();
    rows.emplace_back(heat, sum.row);
  }
  for (size_t index = 0; index < targets.size(); ++index) {
    LaunchTimes allTimes = times(index), allRoofs = roofs(index);
    bool isOfTimes = allTimes.seconds().isKnown();
    double all = isOfTimes ? allTimes.atLeast() : allRoofs.atLeast();
    for (auto &[heat, row] : rows) {
      const FamilySum &sum = sums.at(row.family);
      FamilyTimes times{sum.roofs[index].seconds(), sum.times[index].seconds(),
                        std::nullopt};
      if (all > 0 && (times.roofSeconds || times.seconds))
        times.share =
            (isOfTimes ? sum.times : sum.roofs)[index].atLeast() / all;
      row.times.push_back(std::move(times));
    }
  }
  // Families that are equally hot stay in their own order.
  llvm::stable_sort(rows, [](const auto &lhs, const auto &rhs) {
    return lhs.first > rhs.first;
  });
  std::vector<FamilyRow> families;
  families.reserve(rows.size());
  for (auto &[heat, row] : rows)
    families.push_back(std::move(row));
  return families;
}

/// Names of the ops of a kernel, each once with how many there are.
std::vector<std::pair<std::string, size_t>> opNamesOf(const Kernel &kernel) {
  llvm::MapVector<mlir::OperationName, size_t> counts;
  for (mlir::Operation *op : kernel.ops)
    ++counts[op->getName()];
  std::vector<std::pair<std::string, size_t>> names;
  for (const auto &[name, count] : counts)
    names.emplace_back(name.getStringRef().str(), count);
  return names;
}

KernelRow makeRow(const AlikeKernels &group, const TargetPtrs &targets,
                  Launching launching, SourceFiles &files) {
  const Kernel &first = group.first();
  KernelRow row{first.name,       first.family,    {}, group.launches,
                first.ops.size(), *group.ofLaunch, {}, opNamesOf(first)};
  for (mlir::Operation *root : group.roots) {
    row.locations.push_back(locationText(root->getLoc()));
    row.places.push_back(files.find(root->getLoc()));
  }
  row.positions = group.positions;
  row.launchesOf = group.launchesOf;
  for (const std::shared_ptr<const Target> &target : targets) {
    Launch one = launch(group, target->getMachine(), launching);
    auto ofAllLaunches = [&](const KnownOr<double> &seconds) {
      if (!seconds)
        return seconds;
      return group.launches
                 ? KnownOr<double>(group.launches->asDouble() * *seconds)
                 : group.launches.unknown();
    };
    KernelTimes times{ofAllLaunches(one.roofSeconds), one.bound, 0.0,
                      std::nullopt, ""};
    if (one.time) {
      times.seconds = ofAllLaunches(one.time->seconds);
      if (times.seconds)
        times.interval =
            TimeInterval{group.launches->asDouble() * one.time->low,
                         group.launches->asDouble() * one.time->high};
      if (one.time->calibration)
        times.calibration = one.time->calibration->key;
    } else {
      times.seconds = one.time.unknown();
    }
    row.times.push_back(std::move(times));
  }
  return row;
}

/// Says why times of kernels are not known, or lower bounds.
std::vector<std::string> reasonsOf(const LaunchTimes &roofs,
                                   const LaunchTimes &kernels,
                                   const LaunchTimes &asIs) {
  std::vector<std::string> reasons;
  auto say = [&](const llvm::Twine &text) { reasons.push_back(text.str()); };
  auto sayAtRoof = [&](llvm::StringRef what, const LaunchTimes &times) {
    for (const auto &[reason, count] : times.atRoof())
      say(what + ": " + llvm::Twine(count) + " of them " +
          (count == 1 ? "counts at its roof, " : "count at their roofs, ") +
          reason);
  };
  KnownOr<double> roofSeconds = roofs.seconds(), seconds = kernels.seconds(),
                  asIsSeconds = asIs.seconds();
  if (!roofSeconds)
    say("kernel roofs are unknown: " + roofSeconds.unknown().reason);
  if (!seconds && !asIsSeconds &&
      seconds.unknown().reason == asIsSeconds.unknown().reason) {
    say("kernels and as-is are unknown: " + seconds.unknown().reason);
    return reasons;
  }
  if (!seconds)
    say("kernels are unknown: " + seconds.unknown().reason);
  else
    sayAtRoof("kernels", kernels);
  if (!asIsSeconds)
    say("as-is is unknown: " + asIsSeconds.unknown().reason);
  else
    sayAtRoof("launches as-is", asIs);
  return reasons;
}

/// Says how much of the work is that of experts that nobody chose.
std::vector<std::string> denseExpertNotes(llvm::ArrayRef<AlikeKernels> groups) {
  std::map<std::pair<uint64_t, uint64_t>, Count> opsOf;
  for (const AlikeKernels &group : groups)
    if (const std::optional<DenseExperts> &experts = group.first().denseExperts;
        experts && !group.leftOutReason())
      opsOf[{experts->chosen, experts->total}] +=
          group.first().demand->work.totalOps() * *group.launches;
  std::vector<std::string> notes;
  for (const auto &[experts, ops] : opsOf) {
    auto [chosen, total] = experts;
    double active = ops.asDouble() * static_cast<double>(chosen) /
                    static_cast<double>(total);
    notes.push_back(
        "every token runs through all experts: " + scaled(ops, "op") +
        ", of which those that routers choose, " + std::to_string(chosen) +
        " of " + std::to_string(total) + ", are " + scaled(active, "op"));
  }
  return notes;
}

bool isRouted(const AlikeKernels &group) {
  const auto *product =
      group.shape ? std::get_if<GemmShape>(&*group.shape) : nullptr;
  return product && product->isRouted;
}

} // namespace

KernelTotals
computeKernelTotals(mlir::Operation *entry, const ExecutionCounts &counts,
                    const DemandLookup &lookup, const ReportRequest &request,
                    const TargetPtrs &targets, SourceFiles &files) {
  KernelTotals totals;
  std::vector<BlockProgram> programs;
  const bool isFused = request.fusion != Fusion::None;
  Members members(request.sequence);
  auto remember = [&](const Kernel &kernel, size_t group) {
    members.add(kernel, group);
  };
  std::vector<AlikeKernels> groups =
      isFused ? findAlike(counts, lookup, Fusion::None)
              : findAlike(counts, lookup, Fusion::None, &programs, remember);
  Count asIsLaunches;
  std::vector<LaunchTimes> asIs = sumAsIs(groups, targets, asIsLaunches);
  if (isFused) {
    // Those of one fusion are gone before those of the next are formed.
    groups = {};
    groups = findAlike(counts, lookup, request.fusion, &programs, remember);
  }
  totals.memory = computeGraphMemory(entry, counts, std::move(programs));

  KernelSums sums(targets, request.launching);
  sums.summary.fusion = request.fusion;
  sums.summary.launching = request.launching;
  sums.summary.asIsLaunches = asIsLaunches;
  Hottest<const AlikeKernels *> hottest(request.sequence ? 0 : request.top);
  for (const AlikeKernels &group : groups) {
    double heat = sums.add(group);
    if (group.first().demand)
      hottest.add(heat, &group);
  }

  totals.notes = denseExpertNotes(groups);
  totals.hasRoutedProducts = llvm::any_of(groups, isRouted);
  totals.summary = sums.summary;
  totals.maskedWork = sums.maskedWork;
  if (!totals.maskedWork.empty())
    totals.notes.push_back("attention leaves out scores that its masks hide: " +
                           scaled(totals.maskedWork.totalOps(), "op") +
                           " less than the graph has");
  totals.rankedKernels = hottest.offered();
  std::vector<size_t> rowOf(groups.size());
  for (const AlikeKernels *group : hottest.take()) {
    rowOf[group - groups.data()] = totals.kernels.size();
    totals.kernels.push_back(
        makeRow(*group, targets, request.launching, files));
  }
  totals.sequence = members.steps(rowOf);
  totals.families = sums.families();
  for (size_t index = 0; index < targets.size(); ++index) {
    LaunchTimes roofs = sums.roofs(index), times = sums.times(index);
    totals.targets.push_back(
        {roofs.seconds(),
         times.seconds(),
         asIs[index].seconds(),
         times.interval(),
         times.calibratedShare(),
         {times.borrowed().begin(), times.borrowed().end()},
         reasonsOf(roofs, times, asIs[index])});
  }
  return totals;
}

} // namespace roofline
