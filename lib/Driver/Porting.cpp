//===- Porting.cpp - From a module to what it takes to move it ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/Porting.h"

#include "GraphFindings.h"
#include "PortingTimes.h"
#include "SourceFiles.h"

#include "roofline/Analysis/KernelShapes.h"
#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace roofline {

namespace {

/// What one signature of a kernel comes to, for one launch.
struct JudgedSignature {
  OpSignature signature;
  Judgement judgement;
  std::vector<Advice> advice;
  /// Shares of the kernel's operations and bytes.
  double operationShare = 1;
  double byteShare = 1;
  KnownOr<LaunchTime> source = LaunchTime();
  KnownOr<LaunchTime> target = LaunchTime();
  KnownOr<LaunchTime> remedied = LaunchTime();
  std::vector<std::pair<ElementType, KnownOr<double>>> substitutes;
  /// What it counts on the target where its time there is not known.
  KnownOr<double> atLeast = 0.0;
  /// The place of its op in the kernel; absent where the op is in a function
  /// that the kernel calls.
  std::optional<size_t> place;
  mlir::Operation *op = nullptr;
};

/// Kernels that nothing but their place tells apart, judged once.
struct JudgedKernel {
  std::vector<JudgedSignature> signatures;
  /// Operations of one launch on the target, in the types that they run in
  /// there.
  WorkList work;
  bool hasOtherTypes = false;
};

/// Adds up the times of one side.
struct TimeSum {
  double seconds = 0;
  double low = 0;
  double high = 0;
  double calibrated = 0;
  bool hasKnown = false;
  std::optional<Unknown> missing;

  void add(double launches, const LaunchTime &time) {
    seconds += launches * time.seconds;
    low += launches * time.low;
    high += launches * time.high;
    calibrated += launches * time.calibrated;
    hasKnown = true;
  }
  void addAtLeast(double launches, const KnownOr<double> &time,
                  const Unknown &why) {
    if (!missing)
      missing = why;
    if (!time)
      return;
    seconds += launches * *time;
    low += launches * *time;
    high += launches * *time;
  }
  KnownOr<double> get() const {
    if (hasKnown || !missing)
      return seconds;
    return *missing;
  }
};

Unknown unmodelled(std::string reason) {
  return {UnknownKind::Unmodelled, std::move(reason)};
}

/// Whether the target has something to run it on now.
bool hasKernel(PortingStatus status) { return isCovered(status); }

class PortingBuilder {
public:
  PortingBuilder(const ExecutionCounts &counts, const DemandLookup &lookup,
                 const PortingRequest &request, JudgedOpVisitor visit)
      : counts(counts), lookup(lookup), request(request), visit(visit),
        route{*request.catalogue,
              *request.from,
              *request.to,
              {},
              request.includesCommunity},
        reader(request.catalogue->getKinds(), counts, lookup),
        parts(counts, lookup, request.to->getMachine(),
              request.graph.launching) {
    for (const auto &[stack, version] : request.releases)
      route.releases.push_back({stack, version});
  }

  void run() {
    visitKernels(counts, lookup, request.graph.fusion,
                 [&](const Kernel &kernel) { add(kernel, kernels++); });
    for (const UnresolvedCall &call : counts.unresolvedCalls())
      add(call);
  }

  const PortingRoute &getRoute() const { return route; }

  std::vector<JudgedOp> ops;
  TimeSum target;
  TimeSum remedied;
  /// Of all launches, in the types that they run in on the target.
  WorkList work;
  /// Present where types differ from those of the graph.
  bool hasOtherTypes = false;
  /// Places without a kernel, and blocked ones, in the text of the graph.
  size_t withoutKernel = 0;
  size_t blocked = 0;
  size_t untimed = 0;

private:
  const JudgedKernel &judged(const Kernel &kernel);
  JudgedKernel judgeKernel(const Kernel &kernel);
  void timeOnTarget(const Kernel &kernel,
                    const std::optional<KernelShape> &shape,
                    llvm::ArrayRef<KernelSignature> read, JudgedKernel &result);
  void add(const Kernel &kernel, size_t position);
  void add(const UnresolvedCall &call);
  void count(const JudgedSignature &one, double launches);

  const ExecutionCounts &counts;
  const DemandLookup &lookup;
  const PortingRequest &request;
  JudgedOpVisitor visit;
  PortingRoute route;
  SignatureReader reader;
  PartTimes parts;
  std::map<std::vector<uintptr_t>, JudgedKernel> judgedOf;
  /// Kernels so far.
  size_t kernels = 0;
};

//===----------------------------------------------------------------------===//
// Kernels that are alike
//===----------------------------------------------------------------------===//

/// What tells kernels apart: all that their signatures and times depend on. Ops
/// with their attributes and types, how they hang together, and what the kernel
/// demands. Types, attributes and names are unique, so their addresses do.
std::vector<uintptr_t> keyOf(const Kernel &kernel) {
  llvm::DenseMap<mlir::Value, unsigned> numbers;
  std::vector<uintptr_t> key = {static_cast<uintptr_t>(kernel.family),
                                kernel.ops.size()};
  auto add = [&](const void *address) {
    key.push_back(reinterpret_cast<uintptr_t>(address));
  };
  auto addText = [&](llvm::StringRef text) {
    key.push_back(text.size());
    key.insert(key.end(), text.begin(), text.end());
  };
  auto addValue = [&](mlir::Value value) {
    key.push_back(numbers.try_emplace(value, numbers.size()).first->second);
    add(value.getType().getAsOpaquePointer());
  };
  // Attention tells latent rows, which are keys and values, behind views.
  constexpr unsigned maxViews = 8;
  bool isOfProducts = kernel.family == KernelFamily::Attention ||
                      kernel.family == KernelFamily::Gemm;
  for (mlir::Operation *op : kernel.ops) {
    add(op->getName().getAsOpaquePointer());
    add(op->getAttrDictionary().getAsOpaquePointer());
    for (mlir::Value operand : op->getOperands()) {
      addValue(operand);
      mlir::Operation *view = operand.getDefiningOp();
      for (unsigned step = 0; isOfProducts && step < maxViews && view &&
                              view->getNumOperands() == 1;
           ++step, view = view->getOperand(0).getDefiningOp()) {
        add(view->getName().getAsOpaquePointer());
        addValue(view->getOperand(0));
      }
    }
    for (mlir::Value result : op->getResults()) {
      addValue(result);
      key.push_back(std::distance(result.use_begin(), result.use_end()));
    }
  }
  addText(kernel.name);
  if (!kernel.demand) {
    addText(kernel.demand.unknown().reason);
    return key;
  }
  for (const Work &work : kernel.demand->work) {
    addText(work.where.str());
    addText(work.ops.str());
  }
  addText(kernel.demand->readBytes.str());
  addText(kernel.demand->writtenBytes.str());
  return key;
}

/// Adds what a mask says.
void addMask(const std::optional<KernelShape> &shape,
             std::vector<uintptr_t> &key) {
  const auto *attention =
      shape ? std::get_if<AttentionShape>(&*shape) : nullptr;
  if (!attention)
    return;
  key.push_back(attention->isCausal);
  key.push_back(attention->isMaskKnown);
  for (double number : {attention->queries, attention->window,
                        attention->seenPairs, attention->seenKeys})
    key.push_back(static_cast<uintptr_t>(number));
}

const JudgedKernel &PortingBuilder::judged(const Kernel &kernel) {
  std::vector<uintptr_t> key = keyOf(kernel);
  // Masks are made elsewhere.
  if (kernel.family == KernelFamily::Attention)
    addMask(findKernelShape(kernel, lookup), key);
  auto it = judgedOf.find(key);
  if (it == judgedOf.end())
    it = judgedOf.emplace(std::move(key), judgeKernel(kernel)).first;
  return it->second;
}

//===----------------------------------------------------------------------===//
// One kernel
//===----------------------------------------------------------------------===//

/// Shares of a kernel's operations or bytes in proportion to those of its ops;
/// evenly where these have none.
std::vector<double>
sharesBy(llvm::ArrayRef<KernelSignature> signatures,
         llvm::function_ref<double(const Demand &)> amountOf) {
  std::vector<double> shares;
  double all = 0;
  for (const KernelSignature &one : signatures) {
    shares.push_back(one.demand ? one.fraction * amountOf(*one.demand) : 0);
    all += shares.back();
  }
  for (double &share : shares)
    share = all > 0 ? share / all : 1 / static_cast<double>(shares.size());
  return shares;
}

JudgedKernel PortingBuilder::judgeKernel(const Kernel &kernel) {
  std::optional<KernelShape> shape = findKernelShape(kernel, lookup);
  std::vector<KernelSignature> read = reader.read(kernel, shape);
  JudgedKernel result;
  std::vector<double> operations = sharesBy(read, [](const Demand &demand) {
    return demand.work.totalOps().asDouble();
  });
  std::vector<double> bytes = sharesBy(read, [](const Demand &demand) {
    return demand.totalBytes().asDouble();
  });
  KnownOr<LaunchTime> source =
      launchTime(timedKernel(kernel, shape, lookup), request.from->getMachine(),
                 request.graph.launching);
  std::vector<double> shares = sharesOf(read, request.from->getMachine());
  for (auto [index, one] : llvm::enumerate(read)) {
    JudgedSignature judged;
    judged.judgement = judge(one.signature, route);
    judged.advice = advise(one.signature, judged.judgement, route);
    judged.signature = one.signature;
    judged.operationShare = operations[index];
    judged.byteShare = bytes[index];
    if (source)
      judged.source = source->scaledBy(shares[index]);
    else
      judged.source = source.unknown();
    judged.op = one.op;
    if (const auto *it = llvm::find(kernel.ops, one.op); it != kernel.ops.end())
      judged.place = it - kernel.ops.begin();
    result.signatures.push_back(std::move(judged));
  }
  timeOnTarget(kernel, shape, read, result);
  return result;
}

/// Takes away work that the target has no rate for and that is in none of the
/// types of a kernel's data: a mask that the graph compares in f64 on the way.
/// The target's kernel does not do that.
void dropForeignWork(KnownOr<Demand> &demand, const OpSignature &signature,
                     const Machine &machine) {
  if (!demand || signature.parts.empty())
    return;
  WorkList kept;
  for (const Work &work : demand->work)
    if (machine.rate(work.where) ||
        llvm::is_contained(signature.types, work.where.type))
      kept.add(work);
  demand->work = std::move(kept);
}

/// Takes the part of a time that belongs to one signature.
KnownOr<LaunchTime> partOf(const KnownOr<LaunchTime> &time, double share) {
  if (!time)
    return time;
  return time->scaledBy(share);
}

void PortingBuilder::timeOnTarget(const Kernel &kernel,
                                  const std::optional<KernelShape> &shape,
                                  llvm::ArrayRef<KernelSignature> read,
                                  JudgedKernel &result) {
  const Machine &machine = request.to->getMachine();
  Launching launching = request.graph.launching;
  std::vector<double> shares = sharesOf(read, machine);

  // Types that are replaced: all values of the kernel in the asked type are.
  std::vector<TypeChange> changes;
  bool runsInParts = false, hasGap = false;
  for (const JudgedSignature &one : result.signatures) {
    runsInParts |= one.judgement.runsInParts;
    hasGap |= !hasKernel(one.judgement.status());
    for (const TypeSubstitution &asked : one.judgement.substitutions)
      for (ElementType by : asked.substitutes)
        if (llvm::none_of(changes, [&](const TypeChange &other) {
              return other.asked == asked.asked && other.by == by;
            }))
          changes.push_back({asked.asked, by});
  }

  // As one kernel, in the type that makes it fastest.
  TimedKernel best = timedKernel(kernel, shape, lookup);
  if (read.size() == 1 &&
      hasKernel(result.signatures.front().judgement.status()))
    dropForeignWork(best.demand, read.front().signature, machine);
  KnownOr<LaunchTime> fused = launchTime(best, machine, launching);
  std::optional<TypeChange> chosen;
  std::vector<KnownOr<LaunchTime>> changed;
  for (const TypeChange &change : changes) {
    TimedKernel timed = changeType(kernel, shape, change, lookup);
    KnownOr<LaunchTime> time = launchTime(timed, machine, launching);
    changed.push_back(time);
    if (time && (!chosen || !fused || time->seconds < fused->seconds)) {
      best = std::move(timed);
      fused = time;
      chosen = change;
    }
  }
  if (chosen)
    result.hasOtherTypes = true;
  if (best.demand)
    result.work = best.demand->work;

  // What runs around a gap is another kernel: that of the other ops.
  KnownOr<LaunchTime> around = fused;
  if (hasGap && read.size() > 1 && kernel.demand) {
    Demand demand = *kernel.demand;
    demand.work = WorkList();
    for (auto [one, judged] : llvm::zip_equal(read, result.signatures))
      if (hasKernel(judged.judgement.status()) && one.demand &&
          one.fraction == 1)
        demand.work.add(one.demand->work);
    around =
        launchTime({kernel.family, demand, std::nullopt}, machine, launching);
  }

  // Only what is known to be one kernel can be missed as one.
  KnownOr<LaunchTime> apart = around;
  if (runsInParts && kernel.demand && kernel.ops.size() > 1 &&
      read.size() == 1) {
    apart = parts.of(kernel, chosen);
    if (apart && fused && apart->seconds < fused->seconds)
      apart = fused;
  }

  for (auto [one, share] : llvm::zip_equal(result.signatures, shares)) {
    one.atLeast = 0.0;
    if (best.demand) {
      if (KnownOr<Roof> roof = computeRoof(*best.demand, machine);
          roof && kernel.family != KernelFamily::Scalar)
        one.atLeast = share * roof->seconds;
    }
    for (const TypeSubstitution &asked : one.judgement.substitutions)
      for (ElementType by : asked.substitutes)
        for (auto [change, time] : llvm::zip_equal(changes, changed))
          if (change.asked == asked.asked && change.by == by) {
            KnownOr<double> seconds = 0.0;
            if (time)
              seconds = share * time->seconds;
            else
              seconds = time.unknown();
            one.substitutes.emplace_back(by, seconds);
          }
    PortingStatus status = one.judgement.status();
    one.remedied = status == PortingStatus::Blocked
                       ? KnownOr<LaunchTime>(unmodelled(one.judgement.reason))
                       : partOf(fused, share);
    if (!hasKernel(status))
      one.target = unmodelled(one.judgement.reason);
    else
      one.target = partOf(one.judgement.runsInParts ? apart : around, share);
    // What a remedy makes of it is not slower.
    if (one.target && one.remedied &&
        one.remedied->seconds > one.target->seconds)
      one.remedied = one.target;
  }
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

KnownOr<double> ofAllLaunches(const KnownOr<LaunchTime> &time,
                              const KnownOr<Count> &launches) {
  if (!time)
    return time.unknown();
  if (!launches)
    return launches.unknown();
  return launches->asDouble() * time->seconds;
}

/// A share of a count, rounded.
Count shareOf(Count count, double share) {
  if (share >= 1)
    return count;
  // Beyond 64 bits a share is not needed to the last operation.
  constexpr double most = 9e18;
  return static_cast<uint64_t>(
      std::llround(std::clamp(count.asDouble() * share, 0.0, most)));
}

void PortingBuilder::count(const JudgedSignature &one, double launches) {
  if (one.target)
    target.add(launches, *one.target);
  else
    target.addAtLeast(launches, one.atLeast, one.target.unknown());
  if (one.remedied)
    remedied.add(launches, *one.remedied);
  else
    remedied.addAtLeast(launches, one.atLeast, one.remedied.unknown());
  PortingStatus status = one.judgement.status();
  if (status == PortingStatus::Blocked)
    ++blocked;
  else if (!hasKernel(status))
    ++withoutKernel;
  else if (!one.target || !one.target->atRoof.empty())
    ++untimed;
}

void PortingBuilder::add(const Kernel &kernel, size_t position) {
  const JudgedKernel &known = judged(kernel);
  if (known.signatures.empty())
    return;
  const KnownOr<Count> &launches = kernel.times;
  if (launches)
    work.add(known.work, *launches);
  hasOtherTypes |= known.hasOtherTypes;
  for (const JudgedSignature &one : known.signatures) {
    JudgedOp op;
    op.signature = one.signature;
    op.judgement = one.judgement;
    op.advice = one.advice;
    mlir::Operation *at = one.op;
    if (known.signatures.size() == 1 && one.op)
      at = one.place ? kernel.ops[*one.place] : kernel.root;
    else if (one.place)
      at = kernel.ops[*one.place];
    op.location = locationText(at->getLoc());
    op.place = filePlace(at->getLoc());
    op.position = position;
    op.launches = launches;
    if (!kernel.demand) {
      op.operations = kernel.demand.unknown();
      op.bytes = kernel.demand.unknown();
    } else if (!launches) {
      op.operations = launches.unknown();
      op.bytes = launches.unknown();
    } else {
      op.operations = shareOf(kernel.demand->work.totalOps() * *launches,
                              one.operationShare);
      op.bytes =
          shareOf(kernel.demand->totalBytes() * *launches, one.byteShare);
    }
    op.sourceSeconds = ofAllLaunches(one.source, launches);
    op.targetSeconds = ofAllLaunches(one.target, launches);
    op.remediedSeconds = ofAllLaunches(one.remedied, launches);
    for (const auto &[type, seconds] : one.substitutes) {
      KnownOr<double> all = seconds;
      if (seconds && launches)
        all = launches->asDouble() * *seconds;
      else if (seconds)
        all = launches.unknown();
      op.substituteSeconds.emplace_back(type, all);
    }
    if (launches)
      count(one, launches->asDouble());
    else
      target.addAtLeast(0, 0.0, launches.unknown());
    if (visit)
      visit(at, op);
    ops.push_back(std::move(op));
  }
}

void PortingBuilder::add(const UnresolvedCall &call) {
  JudgedOp op;
  op.signature.name = call.op->getName().getStringRef().str();
  op.judgement = judge(op.signature, route);
  op.judgement.reason = call.reason;
  op.location = locationText(call.op->getLoc());
  op.place = filePlace(call.op->getLoc());
  Unknown why{UnknownKind::Opaque, call.reason};
  op.operations = why;
  op.bytes = why;
  op.sourceSeconds = why;
  op.targetSeconds = why;
  op.remediedSeconds = why;
  target.addAtLeast(0, 0.0, why);
  remedied.addAtLeast(0, 0.0, why);
  ++withoutKernel;
  if (visit)
    visit(call.op, op);
  ops.push_back(std::move(op));
}

//===----------------------------------------------------------------------===//
// Sides
//===----------------------------------------------------------------------===//

PortingSide sideOf(const TargetSummary &summary,
                   std::shared_ptr<const Target> target) {
  PortingSide side;
  side.target = std::move(target);
  side.roofSeconds = summary.graphRoof.seconds;
  side.kernelSeconds = summary.kernelSeconds;
  side.asIsSeconds = summary.asIsSeconds;
  side.interval = summary.kernelInterval;
  side.calibratedShare = summary.calibratedShare;
  side.reasons = summary.incompleteReasons;
  llvm::append_range(side.reasons, summary.kernelReasons);
  return side;
}

/// The roof with work in the types that it runs in. Bytes are those that must
/// cross whatever the types: a lower bound where they grow.
double roofOf(const WorkList &work, const TargetSummary &summary,
              const Machine &machine) {
  KnownOr<Roof> roof = computeRoof(work, 0, machine);
  if (!roof)
    return summary.graphRoof.seconds;
  double seconds = roof->seconds;
  for (const ResourceTime &time : summary.graphRoof.resources)
    if (time.resource.isHbm())
      seconds = std::max(seconds, time.seconds);
  return seconds;
}

std::string plural(size_t count, llvm::StringRef one, llvm::StringRef many) {
  return grouped(Count(count)) + " " + (count == 1 ? one : many).str();
}

PortingSide targetSide(const PortingBuilder &built,
                       const TargetSummary &summary,
                       std::shared_ptr<const Target> target) {
  PortingSide side = sideOf(summary, std::move(target));
  if (built.hasOtherTypes)
    side.roofSeconds = roofOf(built.work, summary, side.target->getMachine());
  side.kernelSeconds = built.target.get();
  side.interval.reset();
  side.calibratedShare.reset();
  double atLeast = side.roofSeconds;
  if (side.kernelSeconds) {
    double seconds = std::max(*side.kernelSeconds, atLeast);
    side.interval = TimeInterval{std::clamp(built.target.low, atLeast, seconds),
                                 std::max(built.target.high, seconds)};
    if (built.target.seconds > 0)
      side.calibratedShare = built.target.calibrated / built.target.seconds;
    side.kernelSeconds = seconds;
    atLeast = seconds;
  }
  if (side.asIsSeconds)
    side.asIsSeconds = std::max(*side.asIsSeconds, atLeast);
  side.reasons = summary.incompleteReasons;
  // With another type there is a rate.
  if (built.hasOtherTypes)
    for (const MissingRate &missing : summary.missingRates)
      if (computeRoof(built.work, 0, side.target->getMachine()))
        llvm::erase(side.reasons, missing.reason);
  if (built.withoutKernel > 0)
    side.reasons.push_back(
        plural(built.withoutKernel, "op or kernel has", "ops or kernels have") +
        " no kernel there yet and " +
        (built.withoutKernel == 1 ? "counts" : "count") +
        " at the roof, or nothing where that is not known");
  if (built.blocked > 0)
    side.reasons.push_back(plural(built.blocked, "is", "are") +
                           " blocked and left out");
  if (built.untimed > 0)
    side.reasons.push_back(
        plural(built.untimed, "op or kernel has", "ops or kernels have") +
        " no time there but the roof");
  return side;
}

std::optional<SpeedUp> speedUpOf(const PortingSide &source,
                                 const PortingSide &target) {
  if (!source.kernelSeconds || !target.kernelSeconds ||
      *source.kernelSeconds <= 0 || *target.kernelSeconds <= 0)
    return std::nullopt;
  SpeedUp speedUp;
  speedUp.isAtMost = !target.isComplete();
  speedUp.isAtLeast = !source.isComplete();
  // Errors of the model are the same on both sides then.
  if (source.target->getName() == target.target->getName())
    return speedUp;
  speedUp.value = *source.kernelSeconds / *target.kernelSeconds;
  speedUp.interval = {speedUp.value, speedUp.value};
  if (source.interval && target.interval && target.interval->low > 0)
    speedUp.interval = {source.interval->low / target.interval->high,
                        source.interval->high / target.interval->low};
  return speedUp;
}

const TargetSummary &summaryOf(const Report &report, const Target &target) {
  return *llvm::find_if(report.targets, [&](const TargetSummary &summary) {
    return summary.name == target.getName();
  });
}

/// The port of a graph whose report has both targets.
mlir::FailureOr<PortingReport> buildPorting(mlir::ModuleOp module,
                                            const PortingRequest &request,
                                            const Report &report,
                                            JudgedOpVisitor visit) {
  mlir::FailureOr<mlir::Operation *> entry =
      findEntry(module, request.graph.entry);
  if (failed(entry))
    return mlir::failure();
  DemandLookup lookup(module.getContext(), request.graph.demand);
  ExecutionCounts counts(*entry, lookup, request.graph.tripCounts);
  PortingBuilder built(counts, lookup, request, visit);
  built.run();

  const TargetSummary &source = summaryOf(report, *request.from);
  const TargetSummary &target = summaryOf(report, *request.to);
  PortingReport porting;
  porting.toolVersion = report.toolVersion;
  porting.model = report.model;
  porting.source = sideOf(source, request.from);
  porting.target = targetSide(built, target, request.to);
  porting.remediedSeconds = built.remedied.get();
  if (porting.remediedSeconds && porting.target.kernelSeconds)
    *porting.remediedSeconds =
        std::clamp(*porting.remediedSeconds, porting.target.roofSeconds,
                   *porting.target.kernelSeconds);
  porting.speedUp = speedUpOf(porting.source, porting.target);
  porting.memory = {report.memory.need, report.memory.isOfOneDevice,
                    source.memoryFit, target.memoryFit};
  std::vector<Finding> graphFindings =
      memoryFindings(porting.memory, built.getRoute());
  if (request.graph.fusion == Fusion::Library)
    llvm::append_range(graphFindings,
                       sequenceFindings(counts, lookup, built.getRoute()));
  porting.result =
      summarize(built.ops, request.efforts, std::move(graphFindings));
  porting.efforts = request.efforts;
  porting.catalogue = request.catalogue;
  for (const auto &[stack, version] : request.releases)
    porting.releases.emplace_back(stack, version.str());
  porting.includesCommunity = request.includesCommunity;
  porting.assumptions = report.assumptions;
  porting.notes = report.notes;
  return porting;
}

} // namespace

mlir::FailureOr<PortingReport> buildPorting(mlir::ModuleOp module,
                                            const PortingRequest &request,
                                            JudgedOpVisitor visit) {
  mlir::FailureOr<Report> report =
      buildReport(module, request.graph, {request.from, request.to});
  if (failed(report))
    return mlir::failure();
  return buildPorting(module, request, *report, visit);
}

mlir::LogicalResult addPorts(Report &report, mlir::ModuleOp module,
                             PortingRequest request,
                             const TargetPtrs &targets) {
  for (const std::shared_ptr<const Target> &target : targets) {
    if (target->getName() == request.from->getName())
      continue;
    request.to = target;
    mlir::FailureOr<PortingReport> porting =
        buildPorting(module, request, report, /*visit=*/nullptr);
    if (failed(porting))
      return mlir::failure();
    addPort(report, *porting);
  }
  return mlir::success();
}

} // namespace roofline
