//===- MaskedScores.cpp - What kernels leave out of attention -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/KernelShapes.h"

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/IR/SymbolTable.h"

#include <algorithm>

namespace roofline {

namespace {

/// Calls in calls: a softmax calls a maximum, which calls nothing.
constexpr unsigned maxCalls = 8;

/// Adds up the work of a kernel's ops on scores that are masked.
class MaskedWork {
public:
  MaskedWork(const AttentionShape &shape, const DemandLookup &lookup)
      : lookup(lookup),
        scores(shape.batch * shape.queryHeads * shape.queries * shape.context),
        share(1 - shape.seenPairs / (shape.queries * shape.context)) {}

  void add(mlir::Operation *op, unsigned depth = 0) {
    if (KnownOr<Demand> demand = lookup.demand(op)) {
      double fraction = maskedFraction(op, *demand);
      for (const Work &work : demand->work)
        addPart(work, fraction);
    }
    if (depth == maxCalls)
      return;
    for (const Body &body : lookup.bodies(op)) {
      if (!body.callee || !body.times || *body.times != Count(1))
        continue;
      if (mlir::Operation *callee =
              mlir::SymbolTable::lookupNearestSymbolFrom(op, body.callee))
        for (mlir::Region &region : callee->getRegions())
          for (mlir::Operation &inner : region.getOps())
            add(&inner, depth + 1);
    }
  }

  WorkList take() { return std::move(masked); }

private:
  void addPart(const Work &work, double fraction) {
    double ops = work.ops.asDouble() * fraction;
    // What does not fit in 64 bits is no work of a real launch.
    constexpr double most = 9e18;
    if (ops < most)
      masked.add(Work{work.where, Count(static_cast<uint64_t>(ops))});
  }

  /// The share of an op's work that is on masked scores.
  double maskedFraction(mlir::Operation *op, const Demand &demand) const {
    if (demand.contraction) {
      const ContractionShape &shape = *demand.contraction;
      auto isScores = [&](Count rows, Count columns) {
        return (shape.batch * rows * columns).asDouble() == scores;
      };
      // Their product, or that of probabilities with the values.
      bool isOfScores = isScores(shape.m, shape.n) ||
                        isScores(shape.m, shape.k) ||
                        isScores(shape.k, shape.n);
      return isOfScores ? share : 0;
    }
    double elements = 0;
    auto consider = [&](mlir::Value value) {
      if (KnownOr<Count> count = elementCount(value.getType()))
        elements = std::max(elements, count->asDouble());
    };
    llvm::for_each(op->getOperands(), consider);
    llvm::for_each(op->getResults(), consider);
    // Sinks are a column more, which nobody masks.
    return elements >= scores && elements < 2 * scores
               ? share * scores / elements
               : 0;
  }

  const DemandLookup &lookup;
  double scores;
  double share;
  WorkList masked;
};

} // namespace

Demand demandOfLaunch(const Kernel &kernel,
                      const std::optional<KernelShape> &shape,
                      const DemandLookup &lookup) {
  Demand demand = *kernel.demand;
  const auto *attention =
      shape ? std::get_if<AttentionShape>(&*shape) : nullptr;
  if (!attention)
    return demand;
  if (attention->seenPairs > 0) {
    MaskedWork masked(*attention, lookup);
    for (mlir::Operation *op : kernel.ops)
      masked.add(op);
    demand.work.remove(masked.take());
  }
  if (attention->seenKeys > 0) {
    double rows = attention->batch * attention->kvHeads *
                  (attention->context - attention->seenKeys);
    double unseen = 2 * attention->kvBytes * rows * attention->headDim;
    unseen = std::min(unseen, demand.readBytes.asDouble());
    demand.readBytes = demand.readBytes - Count(static_cast<uint64_t>(unseen));
  }
  return demand;
}

} // namespace roofline
