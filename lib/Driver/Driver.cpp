//===- Driver.cpp - From a module to a report -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/Driver.h"

#include "Hottest.h"
#include "KernelTotals.h"
#include "SourceFiles.h"

#include "roofline/Analysis/GraphBoundary.h"
#include "roofline/Analysis/GraphDemand.h"
#include "roofline/Driver/Assumptions.h"
#include "roofline/Driver/Version.h"
#include "roofline/Model/YamlFile.h"

#include "mlir/IR/Location.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Path.h"

#include <algorithm>

namespace roofline {

llvm::Expected<TargetPtrs> findTargets(llvm::ArrayRef<std::string> names,
                                       llvm::ArrayRef<std::string> files,
                                       bool allowLowConfidence) {
  llvm::Expected<TargetRegistry> registry = TargetRegistry::create(
      files, TargetRegistry::searchPathFromEnvironment());
  if (!registry)
    return registry.takeError();
  TargetPtrs targets;
  for (const std::string &name : names) {
    llvm::Expected<std::shared_ptr<const Target>> target = registry->find(name);
    if (!target)
      return target.takeError();
    if (llvm::Error error = checkAllowedForTimes(**target, allowLowConfidence))
      return error;
    bool isRepeated = llvm::any_of(targets, [&](const auto &other) {
      return other->getName() == (*target)->getName();
    });
    if (!isRepeated)
      targets.push_back(std::move(*target));
  }
  return targets;
}

llvm::Expected<std::shared_ptr<const CustomCallTable>>
readCustomCalls(llvm::ArrayRef<std::string> files) {
  if (files.empty())
    return nullptr;
  auto table = std::make_shared<CustomCallTable>();
  for (const std::string &file : files) {
    llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> text =
        readYamlText(file, "custom call file");
    if (!text)
      return text.takeError();
    if (llvm::Error error = table->addFile((*text)->getBuffer(), file))
      return error;
  }
  return table;
}

std::string locationText(mlir::Location location) {
  return llvm::TypeSwitch<mlir::LocationAttr, std::string>(location)
      .Case<mlir::FileLineColLoc>([](mlir::FileLineColLoc file) {
        return (llvm::sys::path::filename(file.getFilename()) + ":" +
                llvm::Twine(file.getLine()) + ":" +
                llvm::Twine(file.getColumn()))
            .str();
      })
      .Case<mlir::NameLoc>(
          [](mlir::NameLoc name) { return name.getName().str(); })
      .Case<mlir::CallSiteLoc>(
          [](mlir::CallSiteLoc call) { return locationText(call.getCallee()); })
      .Case<mlir::FusedLoc>([](mlir::FusedLoc fused) {
        return fused.getLocations().empty()
                   ? std::string("-")
                   : locationText(fused.getLocations().front());
      })
      .Default([](mlir::LocationAttr) { return std::string("-"); });
}

std::string argumentName(mlir::BlockArgument argument) {
  if (auto name = argument.getLoc()->findInstanceOf<mlir::NameLoc>())
    return name.getName().str();
  return "arg" + std::to_string(argument.getArgNumber());
}

namespace {

/// An op that may be listed; turned into a row once the walk is over.
struct Candidate {
  mlir::Operation *op;
  KnownOr<Count> times;
  Demand demand;
};

/// Sums op roofs on one target.
class TargetTotals {
public:
  explicit TargetTotals(const Target &target) : target(target) {}

  /// Adds `times` executions of a demand; seconds of all, if known.
  KnownOr<double> add(const Demand &demand, Count times) {
    KnownOr<Roof> roof = computeRoof(demand, target.getMachine());
    if (!roof)
      return roof.unknown();
    double seconds = roof->seconds * times.asDouble();
    opRoofSeconds += seconds;
    if (roof->bound)
      secondsByBound[*roof->bound] += seconds;
    return seconds;
  }

  TargetSummary summarize(const GraphDemand &graph,
                          const KnownOr<Count> &compulsoryBytes,
                          const KernelTotals &allKernels,
                          const KernelTargetTotals &kernels) const;

private:
  const Target &target;
  double opRoofSeconds = 0;
  std::map<Bound, double> secondsByBound;
};

/// At most what one execution takes (A71).
KnownOr<double> energyOf(const TargetSummary &target) {
  auto unknown = [](llvm::StringRef reason) {
    return Unknown{UnknownKind::Unmodelled, reason.str()};
  };
  if (!target.tdpWatts)
    return unknown("power is not stated");
  if (!target.kernelSeconds)
    return target.kernelSeconds.unknown();
  if (!target.areKernelsComplete())
    return unknown("the time is a lower bound");
  return *target.tdpWatts * *target.kernelSeconds;
}

TargetSummary TargetTotals::summarize(const GraphDemand &graph,
                                      const KnownOr<Count> &compulsoryBytes,
                                      const KernelTotals &allKernels,
                                      const KernelTargetTotals &kernels) const {
  const Machine &machine = target.getMachine();
  TargetSummary summary;
  summary.name = target.getName().str();
  summary.title = target.getTitle().str();
  summary.rates = machine.rates;
  summary.memory.push_back(machine.hbm);
  llvm::append_range(summary.memory, machine.caches);

  WorkList runnable;
  for (const Work &work : graph.work) {
    KnownOr<Rate> rate = machine.rate(work.where);
    if (!rate) {
      summary.missingRates.push_back(
          {work.where, work.ops, rate.unknown().reason});
      summary.incompleteReasons.push_back(rate.unknown().reason);
      continue;
    }
    runnable.add(work);
    if (rate->runsAs != work.where.type)
      summary.substitutes.push_back({work.where, rate->runsAs});
  }
  // What kernels leave out nobody has to do.
  runnable.remove(allKernels.maskedWork);
  // The traffic of ops, and of kernels, is an upper bound of what must cross:
  // nothing is read more often than by all that read it.
  Count bytes = std::min(graph.readBytes + graph.writtenBytes,
                         allKernels.summary.externalBytes);
  if (compulsoryBytes && *compulsoryBytes < bytes)
    bytes = *compulsoryBytes;
  if (!compulsoryBytes) {
    summary.incompleteReasons.push_back("off-chip traffic is not known: " +
                                        compulsoryBytes.unknown().reason);
    bytes = 0;
  }
  if (!machine.hbm.bytesPerSecond && !bytes.isZero()) {
    summary.incompleteReasons.emplace_back("memory bandwidth is not known");
    bytes = 0;
  }
  KnownOr<Roof> roof = computeRoof(runnable, bytes, machine);
  assert(roof && "only work and traffic with a rate is left");
  summary.graphRoof = *roof;
  if (!graph.unmodelled.empty())
    summary.incompleteReasons.emplace_back("some ops are not modelled");
  if (!graph.uncounted.empty())
    summary.incompleteReasons.emplace_back(
        "some ops run an unknown number of times");

  // Each time is a lower bound of the next one. Sums round, and what one of
  // them leaves out another may have in part.
  summary.kernelRoofSeconds = kernels.roofSeconds;
  summary.kernelSeconds = kernels.seconds;
  summary.asIsSeconds = kernels.asIsSeconds;
  summary.kernelReasons = kernels.reasons;
  double atLeast = summary.graphRoof.seconds;
  for (KnownOr<double> *seconds :
       {&summary.kernelRoofSeconds, &summary.kernelSeconds,
        &summary.asIsSeconds})
    if (*seconds)
      *seconds = atLeast = std::max(**seconds, atLeast);
  summary.calibratedShare = kernels.calibratedShare;
  summary.borrowed = kernels.borrowed;
  if (kernels.interval) {
    double least = summary.kernelRoofSeconds ? *summary.kernelRoofSeconds
                                             : summary.graphRoof.seconds;
    summary.kernelInterval = {
        std::clamp(kernels.interval->low, least, *summary.kernelSeconds),
        std::max(kernels.interval->high, *summary.kernelSeconds)};
  }

  summary.tdpWatts = machine.tdpWatts;
  summary.opRoofSeconds = opRoofSeconds;
  for (const auto &[bound, seconds] : secondsByBound)
    summary.bounds.push_back(
        {bound, seconds, opRoofSeconds > 0 ? seconds / opRoofSeconds : 0});
  llvm::stable_sort(summary.bounds,
                    [](const BoundShare &lhs, const BoundShare &rhs) {
                      return lhs.seconds > rhs.seconds;
                    });
  return summary;
}

std::vector<LeftOutRow> leftOutRows(llvm::ArrayRef<LeftOut> entries,
                                    SourceFiles &files) {
  std::vector<LeftOutRow> rows;
  for (const LeftOut &entry : entries)
    rows.push_back({entry.opName, entry.reason, entry.ops, entry.bytes,
                    locationText(entry.first->getLoc()),
                    files.find(entry.first->getLoc())});
  return rows;
}

llvm::StringRef fusionText(Fusion fusion) {
  switch (fusion) {
  case Fusion::None:
    return "nothing fused";
  case Fusion::Compiler:
    return "fused as compilers do";
  case Fusion::Library:
    return "fused as libraries do";
  }
  return "";
}

/// The dialects that most ops are of, leaving out those that only hold ops, and
/// what is fused.
std::string stageOf(const GraphDemand &graph, Fusion fusion) {
  // Those with a tenth of the ops or more tell what stage the graph is in.
  constexpr size_t minShare = 10;
  std::vector<std::pair<std::string, size_t>> dialects;
  for (const auto &[dialect, count] : graph.opsByDialect)
    if (dialect != "func" && dialect != "builtin" &&
        count * minShare >= graph.ops)
      dialects.emplace_back(dialect, count);
  llvm::stable_sort(dialects, [](const auto &lhs, const auto &rhs) {
    return lhs.second > rhs.second;
  });
  std::string text;
  for (const auto &[dialect, count] : dialects)
    text += (text.empty() ? "" : ", ") + dialect;
  return (text.empty() ? "mlir" : text) + " as given, " +
         fusionText(fusion).str();
}

MemorySummary memoryOf(const GraphBoundary &boundary,
                       const GraphMemory &memory) {
  MemorySummary summary;
  summary.need = boundary.need;
  summary.need.intermediateBytes = memory.peakBytes;
  summary.isOfOneDevice = boundary.hasShards;
  if (memory.peakRoot) {
    summary.peakKernel = memory.peakKernel;
    summary.peakLocation = locationText(memory.peakRoot->getLoc());
  }
  for (const LiveStretch &stretch : memory.timeline)
    summary.timeline.push_back({stretch.kernels, stretch.bytes});
  return summary;
}

CoverageSummary coverageOf(const GraphDemand &graph, SourceFiles &files) {
  CoverageSummary coverage;
  if (graph.ops > 0)
    coverage.ops =
        static_cast<double>(graph.modelledOps) / static_cast<double>(graph.ops);
  // Operations of an op that is not modelled are not known, nor their share.
  if (graph.isComplete())
    coverage.operations = 1.0;
  if (graph.allBytes && graph.uncounted.empty())
    coverage.bytes = graph.allBytes->isZero() ? 1.0
                                              : graph.modelledBytes.asDouble() /
                                                    graph.allBytes->asDouble();
  coverage.unmodelled = leftOutRows(graph.unmodelled, files);
  coverage.uncounted = leftOutRows(graph.uncounted, files);
  return coverage;
}

/// True where an argument carries a sharding (`sdy.sharding`, `mhlo.sharding`).
bool hasShardingAnnotations(mlir::Operation *entry) {
  auto function = mlir::dyn_cast<mlir::FunctionOpInterface>(entry);
  if (!function)
    return false;
  return llvm::any_of(
      llvm::seq<unsigned>(0, function.getNumArguments()), [&](unsigned index) {
        return llvm::any_of(
            function.getArgAttrs(index), [](mlir::NamedAttribute attribute) {
              return attribute.getName().strref().ends_with(".sharding");
            });
      });
}

} // namespace

mlir::LogicalResult checkTripCounts(mlir::ModuleOp module,
                                    const TripCounts &tripCounts,
                                    llvm::ArrayRef<Loop> loops) {
  for (const auto &[name, count] : tripCounts) {
    if (llvm::any_of(loops,
                     [&](const Loop &loop) { return loop.name == name; }))
      continue;
    mlir::InFlightDiagnostic diagnostic = mlir::emitError(module.getLoc())
                                          << "no loop '" << name
                                          << "' is reached";
    if (loops.empty())
      return diagnostic << "; the graph has no loops";
    diagnostic << "; loops are:";
    constexpr size_t maxListed = 10;
    for (const Loop &loop : loops.take_front(maxListed))
      diagnostic << " '" << loop.name << "'";
    if (loops.size() > maxListed)
      diagnostic << " and " << loops.size() - maxListed << " more";
    return diagnostic;
  }
  return mlir::success();
}

void emitNoModels(mlir::Operation *op) {
  mlir::emitError(op->getLoc())
      << "no models of ops are registered; load the plugin with "
         "'--load-dialect-plugin', too";
}

mlir::FailureOr<Report> buildReport(mlir::ModuleOp module,
                                    const ReportRequest &request,
                                    const TargetPtrs &targets) {
  mlir::FailureOr<mlir::Operation *> entry = findEntry(module, request.entry);
  if (failed(entry))
    return mlir::failure();

  DemandLookup lookup(module.getContext(), request.demand);
  ExecutionCounts counts(*entry, lookup, request.tripCounts);
  if (failed(checkTripCounts(module, request.tripCounts, counts.loops())))
    return mlir::failure();

  std::vector<TargetTotals> totals;
  for (const std::shared_ptr<const Target> &target : targets)
    totals.emplace_back(*target);
  Hottest<Candidate> hottest(request.top);
  bool hasOverflow = false;
  GraphDemand graph =
      computeGraphDemand(counts, lookup, [&](const OpDemand &visited) {
        const KnownOr<Demand> &demand = visited.demand;
        if (!demand) {
          if (demand.unknown().kind == UnknownKind::Overflow && !hasOverflow) {
            visited.op->emitError()
                << demand.unknown().reason
                << "; check the extents of its operands and results";
            hasOverflow = true;
          }
          return;
        }
        if (demand->work.empty() && demand->totalBytes().isZero())
          return;
        double key = -1;
        if (visited.times) {
          key = (demand->totalBytes() * *visited.times).asDouble();
          for (auto [index, total] : llvm::enumerate(totals)) {
            KnownOr<double> seconds = total.add(*demand, *visited.times);
            if (index == 0)
              key = seconds ? *seconds : -1;
          }
        }
        hottest.add(key, {visited.op, visited.times, *demand});
      });
  if (hasOverflow)
    return mlir::failure();
  if (graph.modelledOps == 0 && !lookup.hasRules()) {
    emitNoModels(module);
    return mlir::failure();
  }
  if (graph.work.totalOps().isOverflow() ||
      (graph.readBytes + graph.writtenBytes).isOverflow())
    return mlir::emitError(module.getLoc(),
                           "operations or bytes of the graph exceed 2^128 - 2; "
                           "check its extents and trip counts");

  GraphBoundary boundary = computeGraphBoundary(
      *entry, counts, lookup,
      [&](mlir::BlockArgument argument, bool isParameter) {
        if (!request.weights)
          return isParameter;
        return request.weights->match(argumentName(argument));
      });
  // Extents of values that no modelled op touches overflow here only.
  for (const KnownOr<Count> &bytes :
       {graph.allBytes, boundary.argumentBytes, boundary.resultBytes})
    if (!bytes && bytes.unknown().kind == UnknownKind::Overflow)
      return mlir::emitError((*entry)->getLoc()) << bytes.unknown().reason;

  SourceFiles files;
  KernelTotals kernels =
      computeKernelTotals(*entry, counts, lookup, request, targets, files);

  Report report;
  report.toolVersion = toolVersion().str();
  report.modelDataVersion = modelDataVersion();
  report.model = {request.file,
                  functionName(*entry),
                  stageOf(graph, request.fusion),
                  graph.ops,
                  boundary.argumentBytes,
                  boundary.constantBytes,
                  boundary.weightBytes,
                  boundary.resultBytes,
                  boundary.compulsoryBytes};
  report.memory = memoryOf(boundary, kernels.memory);
  report.demand = {graph.work, graph.readBytes, graph.writtenBytes,
                   graph.isComplete()};
  report.coverage = coverageOf(graph, files);
  if (boundary.hasShards)
    report.notes.emplace_back(
        "sharded: operations, traffic, times and what is kept in memory are of "
        "one device; arguments, constants, weights and results are of all "
        "devices");
  else if (hasShardingAnnotations(*entry))
    report.notes.emplace_back(
        "annotated with shardings, but not partitioned: everything is of the "
        "whole graph, as if it ran on one device");
  llvm::append_range(report.notes, kernels.notes);
  for (const UnresolvedCall &call : counts.unresolvedCalls()) {
    report.notes.push_back("the call at " + locationText(call.op->getLoc()) +
                           " is not followed: " + call.reason);
    report.demand.isComplete = false;
    report.coverage.operations.reset();
  }
  for (const Loop &loop : counts.loops())
    report.loops.push_back({loop.name, locationText(loop.op->getLoc()),
                            loop.tripCount, loop.isBound});
  for (auto [total, onTarget] : llvm::zip(totals, kernels.targets)) {
    report.targets.push_back(
        total.summarize(graph, boundary.compulsoryBytes, kernels, onTarget));
    TargetSummary &summary = report.targets.back();
    if (!counts.unresolvedCalls().empty())
      summary.incompleteReasons.emplace_back("some calls are not followed");
    summary.energyJoules = energyOf(summary);
    summary.memoryFit =
        fitMemory(report.memory.need, summary.memory.front().capacityBytes);
  }
  report.kernelSummary = kernels.summary;
  report.kernels = std::move(kernels.kernels);
  report.rankedKernels = kernels.rankedKernels;
  report.sequence = std::move(kernels.sequence);
  report.families = std::move(kernels.families);
  report.rankedOps = hottest.offered();
  for (const Candidate &candidate : hottest.take()) {
    OpRow row{candidate.op->getName().getStringRef().str(),
              locationText(candidate.op->getLoc()),
              candidate.times,
              candidate.demand,
              {}};
    for (const std::shared_ptr<const Target> &target : targets) {
      KnownOr<Roof> roof = computeRoof(candidate.demand, target->getMachine());
      if (!roof)
        row.times.push_back({roof.unknown(), std::nullopt});
      else if (!candidate.times)
        row.times.push_back({candidate.times.unknown(), roof->bound});
      else
        row.times.push_back(
            {roof->seconds * candidate.times->asDouble(), roof->bound});
    }
    report.ops.push_back(std::move(row));
  }
  report.sourceFiles = files.take();
  report.assumptions = assumptionsOf(report, counts, kernels.hasRoutedProducts);
  return report;
}

} // namespace roofline
