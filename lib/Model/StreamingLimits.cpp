//===- StreamingLimits.cpp - What bounds streaming kernels ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StreamingLimits.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>

namespace roofline {

namespace {

/// Operands of this many times the share of L2 are all read from memory again:
/// where a copy on an H200 whose two buffers change roles falls from the rate
/// of L2 to that of memory.
constexpr double missFactor = 1.8;

/// Elements that a block of threads takes in one step.
constexpr double stepColumns = 1024;

/// Longest row that stays with one block (A60).
constexpr double longestRow = 65536;

} // namespace

KnownOr<StreamingMachine> findStreamingMachine(const Machine &machine) {
  std::optional<unsigned> cores =
      machine.vectorCores ? machine.vectorCores : machine.matrixCores;
  if (!cores || *cores == 0)
    return Unknown{UnknownKind::Unmodelled, "the number of cores is not known"};
  if (!machine.hbm.bytesPerSecond)
    return Unknown{UnknownKind::Unmodelled,
                   "the bandwidth of off-chip memory is not known"};
  std::optional<double> l2Bytes = machine.l2Bytes();
  if (!l2Bytes)
    return Unknown{UnknownKind::Unmodelled, "the capacity of L2 is not known"};
  return StreamingMachine{double(*cores), *machine.hbm.bytesPerSecond,
                          *l2Bytes};
}

double streamedSeconds(double bytes, const StreamingMachine &machine,
                       const StreamingRates &rates) {
  double memoryRate = rates.memoryShare * machine.bandwidth;
  // A cache slower than memory would make more bytes take less time.
  double cacheRate = std::max(rates.cacheRate, memoryRate);
  double fitting = rates.cacheShare * machine.cacheBytes;
  double missed =
      std::clamp((bytes - fitting) / ((missFactor - 1) * fitting), 0.0, 1.0);
  return bytes * (missed / memoryRate + (1 - missed) / cacheRate);
}

double rowWalkSeconds(double rows, double columns, double blocksPerCore,
                      double step, const StreamingMachine &machine) {
  double width = std::clamp(columns, stepColumns, longestRow);
  double blocks = rows * columns / width;
  double rounds = std::ceil(blocks / (blocksPerCore * machine.cores));
  return std::ceil(width / stepColumns) * rounds * step;
}

} // namespace roofline
