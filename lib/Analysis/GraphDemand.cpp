//===- GraphDemand.cpp - Demand of a whole graph --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/GraphDemand.h"

#include <tuple>

namespace roofline {

namespace {

/// Collects what is left out, one row per op name and reason.
class LeftOutTable {
public:
  void add(mlir::Operation *op, const Unknown &why,
           const KnownOr<Count> &bytes) {
    std::string opName = op->getName().getStringRef().str();
    auto [it, isNew] =
        rowOf.try_emplace({opName, why.kind, why.reason}, rows.size());
    if (isNew)
      rows.push_back({opName, why.kind, why.reason, 0, Count(0), op});
    LeftOut &row = rows[it->second];
    ++row.ops;
    if (!row.bytes)
      return;
    if (bytes)
      row.bytes = *row.bytes + *bytes;
    else
      row.bytes = bytes;
  }

  /// Most frequent first; ties in the order in which they were met.
  std::vector<LeftOut> take() {
    llvm::stable_sort(rows, [](const LeftOut &lhs, const LeftOut &rhs) {
      return lhs.ops > rhs.ops;
    });
    return std::move(rows);
  }

private:
  std::map<std::tuple<std::string, UnknownKind, std::string>, size_t> rowOf;
  std::vector<LeftOut> rows;
};

/// Operands and results of an op that has no demand of its own.
KnownOr<Count> knownBytes(mlir::Operation *op) {
  KnownOr<Traffic> traffic = wholeTraffic(op);
  if (!traffic)
    return traffic.unknown();
  return traffic->totalRead() + traffic->totalWritten();
}

} // namespace

GraphDemand
computeGraphDemand(const ExecutionCounts &counts, const DemandLookup &lookup,
                   llvm::function_ref<void(const OpDemand &)> visit) {
  GraphDemand total;
  LeftOutTable unmodelled, uncounted;
  llvm::StringMap<size_t> dialects;

  auto addToAllBytes = [&](const KnownOr<Count> &bytes) {
    if (total.allBytes && bytes)
      total.allBytes = *total.allBytes + *bytes;
    else if (!bytes)
      total.allBytes = bytes;
  };

  counts.walk([&](mlir::Operation *op, const KnownOr<Count> &times) {
    KnownOr<Demand> demand = lookup.demand(op);
    ++total.ops;
    ++dialects[op->getName().getDialectNamespace()];
    if (!demand) {
      KnownOr<Count> bytes = knownBytes(op);
      unmodelled.add(op, demand.unknown(), bytes);
      addToAllBytes(bytes);
    } else {
      ++total.modelledOps;
      if (!times) {
        uncounted.add(op, times.unknown(), demand->totalBytes());
      } else {
        total.work.add(demand->work, *times);
        total.readBytes += demand->readBytes * *times;
        total.writtenBytes += demand->writtenBytes * *times;
        Count bytes = demand->totalBytes() * *times;
        total.modelledBytes += bytes;
        addToAllBytes(bytes);
      }
    }
    visit({op, times, demand});
  });

  for (auto &entry : dialects)
    total.opsByDialect[entry.getKey().str()] = entry.getValue();
  total.unmodelled = unmodelled.take();
  total.uncounted = uncounted.take();
  return total;
}

} // namespace roofline
