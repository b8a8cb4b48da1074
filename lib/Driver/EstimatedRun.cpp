//===- EstimatedRun.cpp - Launches of a model in their order --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/EstimatedRun.h"

#include "AlikeKernels.h"

#include <map>

namespace roofline {

namespace {

/// Functions and regions within each other before a graph is taken to be
/// damaged; exporters write a handful.
constexpr unsigned maxNesting = 1000;

/// Indices of kinds of kernels, in the order of their launches.
using Launches = std::vector<uint32_t>;

/// Writes loops and calls out.
class LaunchOrder {
public:
  LaunchOrder(const ExecutionCounts &counts, const DemandLookup &lookup)
      : counts(counts), lookup(lookup) {}

  /// Forms kernels; gives their kinds.
  std::vector<AlikeKernels> form(Fusion fusion);

  /// The launches of `function`. Fails where they are too many, or nest too
  /// deep.
  mlir::FailureOr<Launches> write(mlir::Operation *function);

private:
  mlir::LogicalResult append(mlir::Region &region, Launches &launches,
                             unsigned depth);
  mlir::LogicalResult append(mlir::Operation *op, Launches &launches,
                             unsigned depth);
  mlir::FailureOr<Launches> launchesOf(const Body &body, unsigned depth);

  mlir::LogicalResult tooMany(mlir::Operation *op) const {
    return op->emitError() << "more than " << maxLaunches
                           << " kernels are launched, too many to compare one "
                              "by one; bind loops to fewer trips";
  }

  const ExecutionCounts &counts;
  const DemandLookup &lookup;
  /// Kinds of the kernels that an op is the root of.
  llvm::DenseMap<mlir::Operation *, uint32_t> kindOf;
  /// Ops with bodies that are part of a kernel: what they run is in that.
  llvm::DenseSet<mlir::Operation *> fused;
  /// Launches of functions that were written out before.
  llvm::DenseMap<mlir::Operation *, Launches> written;
};

std::vector<AlikeKernels> LaunchOrder::form(Fusion fusion) {
  return findAlike(counts, lookup, fusion, /*programs=*/nullptr,
                   [&](const Kernel &kernel, size_t group) {
                     // Control arithmetic is no launch.
                     if (kernel.family != KernelFamily::Scalar)
                       kindOf.try_emplace(kernel.root, uint32_t(group));
                     for (mlir::Operation *op : kernel.ops)
                       if (!counts.bodies(op).empty())
                         fused.insert(op);
                   });
}

mlir::FailureOr<Launches> LaunchOrder::launchesOf(const Body &body,
                                                  unsigned depth) {
  Launches launches;
  if (body.region) {
    if (failed(append(*body.region, launches, depth)))
      return mlir::failure();
    return launches;
  }
  mlir::Operation *function = counts.callee(body);
  if (!function)
    return launches;
  auto it = written.find(function);
  if (it != written.end())
    return it->second;
  for (mlir::Region &region : function->getRegions())
    if (failed(append(region, launches, depth)))
      return mlir::failure();
  written[function] = launches;
  return launches;
}

mlir::LogicalResult LaunchOrder::append(mlir::Operation *op, Launches &launches,
                                        unsigned depth) {
  llvm::ArrayRef<Body> bodies = counts.bodies(op);
  if (!bodies.empty() && !fused.contains(op)) {
    std::vector<Launches> ofBodies;
    uint64_t trips = 0;
    for (const Body &body : bodies) {
      mlir::FailureOr<Launches> ofBody = launchesOf(body, depth + 1);
      if (failed(ofBody))
        return mlir::failure();
      // Of an unknown number of runs there is no order.
      std::optional<uint64_t> times;
      if (body.times)
        times = body.times->asUint64().value_or(UINT64_MAX);
      if (!times)
        ofBody->clear();
      if (!ofBody->empty())
        trips = std::max(trips, *times);
      ofBodies.push_back(std::move(*ofBody));
    }
    for (uint64_t trip = 0; trip < trips; ++trip)
      for (size_t index = 0; index < bodies.size(); ++index) {
        const Launches &ofBody = ofBodies[index];
        // A condition runs once more than what it guards.
        if (ofBody.empty() || !(Count(trip) < *bodies[index].times))
          continue;
        if (launches.size() + ofBody.size() > maxLaunches)
          return tooMany(op);
        launches.insert(launches.end(), ofBody.begin(), ofBody.end());
      }
  }
  auto it = kindOf.find(op);
  if (it == kindOf.end())
    return mlir::success();
  if (launches.size() == maxLaunches)
    return tooMany(op);
  launches.push_back(it->second);
  return mlir::success();
}

mlir::LogicalResult LaunchOrder::append(mlir::Region &region,
                                        Launches &launches, unsigned depth) {
  if (region.empty())
    return mlir::success();
  if (depth > maxNesting)
    return region.getParentOp()->emitError()
           << "functions and regions nest more than " << maxNesting
           << " deep, too deep to put kernels into an order";
  // Blocks behind the first one run as often as branches decide.
  for (mlir::Operation &op : region.front())
    if (failed(append(&op, launches, depth)))
      return mlir::failure();
  return mlir::success();
}

mlir::FailureOr<Launches> LaunchOrder::write(mlir::Operation *function) {
  Launches launches;
  for (mlir::Region &region : function->getRegions())
    if (failed(append(region, launches, /*depth=*/0)))
      return mlir::failure();
  return launches;
}

/// Products among the ops of a kernel of products.
unsigned countProducts(const Kernel &kernel, const DemandLookup &lookup) {
  if (kernel.family != KernelFamily::Gemm)
    return 1;
  auto products = llvm::count_if(kernel.ops, [&](mlir::Operation *op) {
    KnownOr<Demand> demand = lookup.demand(op);
    return demand && demand->structure == Structure::Contraction;
  });
  return std::max(1u, unsigned(products));
}

EstimatedKernel estimateKind(const AlikeKernels &group,
                             const DemandLookup &lookup, const Machine &machine,
                             Launching launching) {
  EstimatedKernel kernel;
  kernel.name = group.first().name;
  kernel.family = group.first().family;
  kernel.products = countProducts(group.first(), lookup);
  kernel.location = locationText(group.roots.front()->getLoc());
  if (!group.first().demand) {
    kernel.seconds = group.first().demand.unknown();
    return kernel;
  }
  Launch one = launch(group, machine, launching);
  if (!one.time) {
    kernel.seconds = one.time.unknown();
    return kernel;
  }
  kernel.seconds = one.time->seconds;
  kernel.low = one.time->low;
  kernel.high = one.time->high;
  return kernel;
}

/// Says what is not among `launches`.
void noteLeftOut(llvm::ArrayRef<AlikeKernels> groups, const Launches &launches,
                 std::vector<std::string> &notes) {
  std::map<std::string, size_t> kernelsByReason;
  Count expected;
  for (const AlikeKernels &group : groups) {
    if (group.first().family == KernelFamily::Scalar)
      continue;
    if (group.launches)
      expected += *group.launches;
    else
      kernelsByReason[group.launches.unknown().reason] += group.roots.size();
  }
  for (const auto &[reason, kernels] : kernelsByReason)
    notes.push_back(std::to_string(kernels) +
                    (kernels == 1 ? " kernel is" : " kernels are") +
                    " left out of the estimate: " + reason);
  if (!(expected == Count(launches.size())))
    notes.push_back("the estimate counts " + expected.str() +
                    " launches, of which " + std::to_string(launches.size()) +
                    " have a place in the order of the program");
}

} // namespace

mlir::FailureOr<EstimatedRun> estimateRun(mlir::ModuleOp module,
                                          const ReportRequest &request,
                                          const Target &target,
                                          std::vector<std::string> &notes) {
  mlir::FailureOr<mlir::Operation *> entry = findEntry(module, request.entry);
  if (failed(entry))
    return mlir::failure();
  DemandLookup lookup(module.getContext(), request.demand);
  ExecutionCounts counts(*entry, lookup, request.tripCounts);
  if (failed(checkTripCounts(module, request.tripCounts, counts.loops())))
    return mlir::failure();
  for (const UnresolvedCall &call : counts.unresolvedCalls())
    notes.push_back("the call at " + locationText(call.op->getLoc()) +
                    " is not followed: " + call.reason);

  LaunchOrder order(counts, lookup);
  std::vector<AlikeKernels> groups = order.form(request.fusion);
  mlir::FailureOr<Launches> launches = order.write(*entry);
  if (failed(launches))
    return mlir::failure();
  noteLeftOut(groups, *launches, notes);
  EstimatedRun run;
  for (const AlikeKernels &group : groups)
    run.kernels.push_back(
        estimateKind(group, lookup, target.getMachine(), request.launching));
  run.launches = std::move(*launches);
  return run;
}

} // namespace roofline
