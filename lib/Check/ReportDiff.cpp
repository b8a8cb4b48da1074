//===- ReportDiff.cpp - What two reports differ in ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Check/ReportDiff.h"

#include "KernelMatching.h"

#include "roofline/Model/FileError.h"
#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <map>

namespace roofline {

namespace {

std::string describeModel(const Report &report) {
  const ModelSummary &model = report.model;
  return model.entry.empty() ? model.file : model.file + " " + model.entry;
}

/// `read 4096 B -> 8192 B (+100.00 %)`.
std::string countChange(llvm::StringRef what, Count before, Count after,
                        llvm::StringRef unit) {
  return (what + " " + scaled(before, unit) + " -> " + scaled(after, unit) +
          " (" + changeText(before.asDouble(), after.asDouble()) + ")")
      .str();
}

/// Says what of the demand of a launch differs.
void explainDemand(const Demand &before, const Demand &after,
                   std::vector<std::string> &reasons) {
  bool saysExtents = false;
  if (before.contraction && after.contraction) {
    const ContractionShape &from = *before.contraction,
                           &to = *after.contraction;
    const std::tuple<const char *, Count, Count> extents[] = {
        {"batch", from.batch, to.batch},
        {"m", from.m, to.m},
        {"n", from.n, to.n},
        {"k", from.k, to.k}};
    for (const auto &[name, old, now] : extents)
      if (old != now) {
        reasons.push_back(std::string(name) + " " + old.str() + " -> " +
                          now.str());
        saysExtents = true;
      }
  }
  std::map<UnitType, std::pair<Count, Count>> work;
  for (const Work &entry : before.work)
    work[entry.where].first = entry.ops;
  for (const Work &entry : after.work)
    work[entry.where].second = entry.ops;
  for (const auto &[where, ops] : work) {
    const auto &[old, now] = ops;
    if (old == now)
      continue;
    if (old.isZero())
      reasons.push_back("new work: " + scaled(now, "op") + " of " +
                        where.str());
    else if (now.isZero())
      reasons.push_back("no more work of " + where.str() + ", " +
                        scaled(old, "op") + " before");
    else
      reasons.push_back(countChange(where.str(), old, now, "op"));
  }
  // The extents of a product say what it reads and writes.
  if (saysExtents && before.work.list().size() == 1 &&
      after.work.list().size() == 1)
    return;
  if (before.readBytes != after.readBytes)
    reasons.push_back(
        countChange("reads", before.readBytes, after.readBytes, "B"));
  if (before.writtenBytes != after.writtenBytes)
    reasons.push_back(
        countChange("writes", before.writtenBytes, after.writtenBytes, "B"));
}

std::string boundText(const std::optional<Bound> &bound) {
  return bound ? bound->str() : "nothing";
}

/// Compares reports on the targets that both have.
class Differ {
public:
  Differ(const Report &before, const Report &after)
      : before(before), after(after) {}

  ReportDiff run();

private:
  void findTargets();
  void addMeasures();
  void addKernels();
  void addEqualKernels(llvm::ArrayRef<KernelPair> equal);
  void addOthers();
  void addNotes();
  std::vector<std::string> explain(const KernelPair &pair) const;
  void explainBounds(const KernelPair &pair,
                     std::vector<std::string> &reasons) const;
  KernelChange &changeOf(const KernelPair &pair);
  void addTimes(KernelChange &change, const KernelPair &pair) const;
  /// Whether both reports say what moving to `target` takes, from one target.
  bool comparePorts(const TargetSummary &target) const;
  void addFindings();
  /// Whether another resource bounds kernels, by target.
  std::vector<bool> findOtherBounds(const KernelPair &pair) const;
  void compareMeasures(const TargetSummary *from, const TargetSummary *to,
                       std::vector<MeasureChange> &changes) const;

  const Report &before;
  const Report &after;
  ReportDiff diff;
  /// The indices of each common target in both reports.
  std::vector<std::pair<size_t, size_t>> targets;
  /// Changes by the structures of what they are between.
  std::map<std::pair<std::optional<unsigned>, std::optional<unsigned>>, size_t>
      changeOfStructures;
};

void Differ::findTargets() {
  for (auto [column, target] : llvm::enumerate(after.targets))
    for (auto [row, other] : llvm::enumerate(before.targets))
      if (other.name == target.name) {
        targets.emplace_back(row, column);
        diff.targets.emplace_back().name = target.name;
      }
  auto noteMissing = [&](const Report &has, const Report &lacks,
                         const std::string &file) {
    for (const TargetSummary &target : has.targets)
      if (llvm::none_of(lacks.targets, [&](const TargetSummary &other) {
            return other.name == target.name;
          }))
        diff.others.push_back("only one report has target '" + target.name +
                              "': " + file);
  };
  noteMissing(before, after, diff.before);
  noteMissing(after, before, diff.after);
  for (auto [row, column] : targets) {
    const TargetSummary &target = after.targets[column];
    const PortSummary *from = findPort(before, target.name);
    const PortSummary *to = findPort(after, target.name);
    if (!from != !to)
      diff.others.push_back("only one report says what moving to '" +
                            target.name +
                            "' takes: " + (from ? diff.before : diff.after));
    else if (from && from->from != to->from)
      diff.others.push_back("moving to '" + target.name + "' is from '" +
                            to->from + "', from '" + from->from + "' before");
  }
}

void Differ::compareMeasures(const TargetSummary *from, const TargetSummary *to,
                             std::vector<MeasureChange> &changes) const {
  for (const Measure &measure : allMeasures()) {
    if (measure.isPerTarget() != (from != nullptr))
      continue;
    if (measure.scope == Scope::Port && !comparePorts(*from))
      continue;
    KnownOr<double> old = measure.measure(before, from).value;
    KnownOr<double> now = measure.measure(after, to).value;
    if ((!old && !now) ||
        (old && now && isSameValue(*old, *now, measure.dimension)))
      continue;
    changes.push_back({&measure, old, now});
  }
}

void Differ::addMeasures() {
  compareMeasures(nullptr, nullptr, diff.measures);
  for (auto [change, indices] : llvm::zip(diff.targets, targets)) {
    const TargetSummary &from = before.targets[indices.first];
    const TargetSummary &to = after.targets[indices.second];
    compareMeasures(&from, &to, change.measures);
    std::string old = boundText(from.graphRoof.bound);
    std::string now = boundText(to.graphRoof.bound);
    if (old != now)
      change.bound = {old, now};
    if (comparePorts(from)) {
      PortingGrade grade = findPort(before, from.name)->grade;
      PortingGrade newGrade = findPort(after, to.name)->grade;
      if (grade != newGrade)
        change.grade = {grade, newGrade};
    }
  }
}

std::vector<std::string> Differ::explain(const KernelPair &pair) const {
  std::vector<std::string> reasons;
  if (!pair.before || !pair.after) {
    const ListedKernel &kernel = pair.before ? *pair.before : *pair.after;
    const Demand &demand = kernel.row->demand;
    if (const std::optional<ContractionShape> &shape = demand.contraction)
      reasons.push_back((shape->batch == Count(1)
                             ? ""
                             : "batch " + shape->batch.str() + " ") +
                        "m " + shape->m.str() + " n " + shape->n.str() + " k " +
                        shape->k.str());
    reasons.push_back(scaled(demand.work.totalOps(), "op") + ", " +
                      scaled(demand.totalBytes(), "B") + " a launch");
    return reasons;
  }
  const KernelRow &from = *pair.before->row, &to = *pair.after->row;
  if (from.family != to.family)
    reasons.push_back(
        ("family " + stringify(from.family) + " -> " + stringify(to.family))
            .str());
  if (from.name != to.name)
    reasons.push_back("was '" + from.name + "'");
  if (from.ops != to.ops)
    reasons.push_back("runs " + std::to_string(to.ops) +
                      (to.ops == 1 ? " op, " : " ops, ") +
                      std::to_string(from.ops) + " before");
  explainDemand(from.demand, to.demand, reasons);
  const KnownOr<Count> &launched = pair.before->launches,
                       &launches = pair.after->launches;
  if (launched && launches && *launched != *launches)
    reasons.push_back("launched " + grouped(*launches) + " times, " +
                      grouped(*launched) + " before");
  else if (launched.isKnown() != launches.isKnown())
    reasons.push_back(launches ? "its launches are known now"
                               : "its launches are not known any more: " +
                                     launches.unknown().reason);
  explainBounds(pair, reasons);
  return reasons;
}

void Differ::explainBounds(const KernelPair &pair,
                           std::vector<std::string> &reasons) const {
  for (auto [row, column] : targets) {
    std::string old = boundText(pair.before->row->times[row].bound);
    std::string now = boundText(pair.after->row->times[column].bound);
    if (old != now)
      reasons.push_back(llvm::formatv("bound {0} -> {1} on {2}", old, now,
                                      after.targets[column].name)
                            .str());
  }
}

std::vector<bool> Differ::findOtherBounds(const KernelPair &pair) const {
  std::vector<bool> differs;
  differs.reserve(targets.size());
  for (auto [row, column] : targets)
    differs.push_back(pair.before && pair.after &&
                      boundText(pair.before->row->times[row].bound) !=
                          boundText(pair.after->row->times[column].bound));
  return differs;
}

KernelChange &Differ::changeOf(const KernelPair &pair) {
  std::pair<std::optional<unsigned>, std::optional<unsigned>> key;
  if (pair.before)
    key.first = pair.before->structure;
  if (pair.after)
    key.second = pair.after->structure;
  auto [it, isNew] = changeOfStructures.try_emplace(key, diff.kernels.size());
  if (!isNew)
    return diff.kernels[it->second];
  const KernelRow &row = *(pair.after ? pair.after : pair.before)->row;
  KernelChange change;
  change.kind = !pair.before  ? KernelChange::Kind::Added
                : !pair.after ? KernelChange::Kind::Removed
                              : KernelChange::Kind::Changed;
  change.name = row.name;
  change.family = row.family;
  change.reasons = explain(pair);
  change.times.resize(targets.size());
  change.hasOtherBound = findOtherBounds(pair);
  diff.kernels.push_back(std::move(change));
  return diff.kernels.back();
}

/// Adds what is known to a sum; what is not makes it unknown.
void addTo(KnownOr<double> &sum, const KnownOr<double> &seconds) {
  if (sum && seconds)
    *sum += *seconds;
  else if (sum)
    sum = seconds.unknown();
}

void Differ::addTimes(KernelChange &change, const KernelPair &pair) const {
  for (auto [time, indices] : llvm::zip(change.times, targets)) {
    if (pair.before)
      addTo(time.before, pair.before->seconds(indices.first));
    if (pair.after)
      addTo(time.after, pair.after->seconds(indices.second));
  }
}

/// Kernels of one structure take other times where targets or the model of them
/// changed.
void Differ::addEqualKernels(llvm::ArrayRef<KernelPair> equal) {
  std::map<unsigned, std::vector<TimeChange>> timesOf;
  std::map<unsigned, std::vector<const KernelPair *>> pairsOf;
  for (const KernelPair &pair : equal) {
    std::vector<TimeChange> &times = timesOf[pair.after->structure];
    times.resize(targets.size());
    KernelChange sums;
    sums.times = std::move(times);
    addTimes(sums, pair);
    times = std::move(sums.times);
    pairsOf[pair.after->structure].push_back(&pair);
  }
  for (auto &[structure, times] : timesOf) {
    std::vector<std::string> reasons;
    for (auto [time, target] : llvm::zip(times, diff.targets)) {
      bool isSame =
          time.before && time.after
              ? isSameValue(*time.before, *time.after, Dimension::Time)
              : time.before.isKnown() == time.after.isKnown();
      if (!isSame)
        reasons.push_back("the same work takes another time on " + target.name);
    }
    const std::vector<const KernelPair *> &pairs = pairsOf[structure];
    explainBounds(*pairs.front(), reasons);
    if (reasons.empty())
      continue;
    KernelChange change;
    change.hasOtherBound = findOtherBounds(*pairs.front());
    change.name = pairs.front()->after->row->name;
    change.family = pairs.front()->after->row->family;
    for (const KernelPair *pair : pairs)
      change.places.push_back(
          placeOf(after, *pair->after->row, pair->after->index));
    change.reasons = std::move(reasons);
    change.times = std::move(times);
    diff.kernels.push_back(std::move(change));
  }
}

void Differ::addKernels() {
  KernelMatching matching = matchKernels(before, after);
  for (const KernelPair &pair : matching.different) {
    KernelChange &change = changeOf(pair);
    const ListedKernel &kernel = pair.after ? *pair.after : *pair.before;
    change.places.push_back(
        placeOf(pair.after ? after : before, *kernel.row, kernel.index));
    addTimes(change, pair);
  }
  addEqualKernels(matching.equal);
  for (const KernelChange &change : diff.kernels)
    for (size_t target = 0; target < targets.size(); ++target)
      if (change.hasOtherBound[target])
        diff.targets[target].boundChanges += change.places.size();
  auto weight = [](const KernelChange &change) {
    if (change.times.empty())
      return 0.0;
    return std::abs(change.times.front().effect().value_or(0));
  };
  llvm::stable_sort(diff.kernels,
                    [&](const KernelChange &lhs, const KernelChange &rhs) {
                      return weight(lhs) > weight(rhs);
                    });
}

bool Differ::comparePorts(const TargetSummary &target) const {
  const PortSummary *from = findPort(before, target.name);
  const PortSummary *to = findPort(after, target.name);
  return from && to && from->from == to->from;
}

/// What of a finding differs, in words.
std::vector<std::string> explainFinding(const PortFinding &before,
                                        const PortFinding &after) {
  std::vector<std::string> reasons;
  auto add = [&](llvm::StringRef what, llvm::StringRef old,
                 llvm::StringRef now) {
    if (old != now)
      reasons.push_back((what + " " + old + " -> " + now).str());
  };
  add("status", stringify(before.status), stringify(after.status));
  add("person-days", daysText(before.effort), daysText(after.effort));
  add("occurrences", std::to_string(before.occurrences),
      std::to_string(after.occurrences));
  return reasons;
}

void Differ::addFindings() {
  for (auto [row, column] : targets) {
    const TargetSummary &target = after.targets[column];
    if (!comparePorts(target))
      continue;
    const PortSummary &from = *findPort(before, target.name);
    const PortSummary &to = *findPort(after, target.name);
    auto find = [](const PortSummary &port, const PortFinding &finding) {
      auto it = llvm::find_if(port.findings, [&](const PortFinding &other) {
        return other.key == finding.key;
      });
      return it == port.findings.end() ? nullptr : &*it;
    };
    for (const PortFinding &finding : to.findings) {
      const PortFinding *old = find(from, finding);
      if (!old)
        diff.findings.push_back({KernelChange::Kind::Added,
                                 target.name,
                                 finding,
                                 {finding.reason}});
      else if (std::vector<std::string> reasons = explainFinding(*old, finding);
               !reasons.empty())
        diff.findings.push_back({KernelChange::Kind::Changed, target.name,
                                 finding, std::move(reasons)});
    }
    for (const PortFinding &finding : from.findings)
      if (!find(to, finding))
        diff.findings.push_back({KernelChange::Kind::Removed,
                                 target.name,
                                 finding,
                                 {finding.reason}});
  }
}

/// Says which ops more or fewer `rows` of both reports leave out.
void compareLeftOut(llvm::ArrayRef<LeftOutRow> before,
                    llvm::ArrayRef<LeftOutRow> after, llvm::StringRef what,
                    std::vector<std::string> &others) {
  std::map<std::pair<std::string, std::string>, std::pair<size_t, size_t>>
      counts;
  for (const LeftOutRow &row : before)
    counts[{row.op, row.reason}].first += row.count;
  for (const LeftOutRow &row : after)
    counts[{row.op, row.reason}].second += row.count;
  for (const auto &[key, count] : counts)
    if (count.first != count.second)
      others.push_back((llvm::Twine(count.second) + " of op '" + key.first +
                        "' " + what + ", " + llvm::Twine(count.first) +
                        " before: " + key.second)
                           .str());
}

void Differ::addOthers() {
  compareLeftOut(before.coverage.unmodelled, after.coverage.unmodelled,
                 "are not modelled", diff.others);
  compareLeftOut(before.coverage.uncounted, after.coverage.uncounted,
                 "run an unknown number of times", diff.others);
  auto tripsOf = [](const LoopRow &loop) {
    return loop.tripCount ? grouped(*loop.tripCount) : std::string("unknown");
  };
  std::map<std::string, std::string> trips;
  for (const LoopRow &loop : before.loops)
    trips[loop.name] = tripsOf(loop);
  for (const LoopRow &loop : after.loops)
    if (auto it = trips.find(loop.name);
        it != trips.end() && it->second != tripsOf(loop))
      diff.others.push_back("loop '" + loop.name + "' has " + tripsOf(loop) +
                            " trips, " + it->second + " before");
}

void Differ::addNotes() {
  if (before.toolVersion != after.toolVersion)
    diff.notes.push_back("the reports are of versions " + before.toolVersion +
                         " and " + after.toolVersion +
                         " of the tool, which may count differently");
  if (before.modelDataVersion != after.modelDataVersion)
    diff.notes.push_back("the reports are of versions " +
                         std::to_string(before.modelDataVersion) + " and " +
                         std::to_string(after.modelDataVersion) +
                         " of the model data, which estimate differently");
  const KernelSummary &from = before.kernelSummary, &to = after.kernelSummary;
  if (from.fusion != to.fusion)
    diff.notes.push_back(("kernels are formed differently: fusion '" +
                          stringify(from.fusion) + "' and '" +
                          stringify(to.fusion) + "'")
                             .str());
  if (from.launching != to.launching)
    diff.notes.push_back(("kernels are launched differently: '" +
                          stringify(from.launching) + "' and '" +
                          stringify(to.launching) + "'")
                             .str());
}

ReportDiff Differ::run() {
  diff.before = describeModel(before);
  diff.after = describeModel(after);
  findTargets();
  addMeasures();
  addKernels();
  addFindings();
  addOthers();
  addNotes();
  return std::move(diff);
}

llvm::Error checkWhole(const Report &report) {
  if (report.kernels.size() >= report.rankedKernels)
    return llvm::Error::success();
  return makeFileError({report.model.file, 0, 0},
                       "the report lists " +
                           llvm::Twine(report.kernels.size()) + " of " +
                           llvm::Twine(report.rankedKernels) +
                           " rows of kernels, and what is not listed cannot be "
                           "compared; save it without --top");
}

} // namespace

llvm::StringRef stringify(KernelChange::Kind kind) {
  switch (kind) {
  case KernelChange::Kind::Changed:
    return "changed";
  case KernelChange::Kind::Added:
    return "added";
  case KernelChange::Kind::Removed:
    return "removed";
  }
  return "";
}

bool ReportDiff::isEmpty() const {
  return measures.empty() && kernels.empty() && findings.empty() &&
         others.empty() &&
         llvm::all_of(targets, [](const TargetChange &target) {
           return target.measures.empty() && !target.bound && !target.grade;
         });
}

/// `place`, which is called `location`.
static KernelPlace placeOf(const Report &report, const std::string &location,
                           const std::optional<SourcePlace> &source) {
  KernelPlace place;
  place.location = location;
  if (source) {
    place.file = report.sourceFiles[source->file];
    place.line = source->line;
    place.column = source->column;
  }
  return place;
}

KernelPlace placeOf(const Report &report, const KernelRow &row, size_t index) {
  return placeOf(report, row.locations[index], row.places[index]);
}

std::vector<KernelPlace> placesOf(const Report &report,
                                  const PortFinding &finding) {
  std::vector<KernelPlace> places;
  for (auto [location, source] : llvm::zip(finding.locations, finding.places))
    places.push_back(placeOf(report, location, source));
  return places;
}

llvm::Expected<ReportDiff> diffReports(const Report &before,
                                       const Report &after) {
  if (llvm::Error error = checkWhole(before))
    return error;
  if (llvm::Error error = checkWhole(after))
    return error;
  return Differ(before, after).run();
}

std::string differenceInCoverage(const Report &before, const Report &after,
                                 llvm::StringRef target) {
  std::vector<std::string> differences;
  compareLeftOut(before.coverage.unmodelled, after.coverage.unmodelled,
                 "are not modelled", differences);
  compareLeftOut(before.coverage.uncounted, after.coverage.uncounted,
                 "run an unknown number of times", differences);
  if (!differences.empty())
    return differences.front();
  auto find = [&](const Report &report) {
    return llvm::find_if(report.targets, [&](const TargetSummary &summary) {
      return summary.name == target;
    });
  };
  auto from = find(before), to = find(after);
  if (from == before.targets.end() || to == after.targets.end())
    return "";
  for (auto member :
       {&TargetSummary::incompleteReasons, &TargetSummary::kernelReasons})
    for (const std::string &reason : (*to).*member)
      if (!llvm::is_contained((*from).*member, reason))
        return reason;
  return "";
}

} // namespace roofline
