//===- AttentionCores.h - The cores that attention runs on ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the models of attention need of a machine, and how tasks are spread over
// its cores. The keys of a tile may be split into parts that different cores
// walk over, whose results another step combines.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_MODEL_ATTENTIONCORES_H
#define ROOFLINE_LIB_MODEL_ATTENTIONCORES_H

#include "roofline/Model/Machine.h"

namespace roofline {

/// Figures of a machine that attention depends on, peaks.
struct AttentionCores {
  double count;
  /// Operations per second of the matrix unit of one core.
  double productRate;
  /// Exponentials per second that one core's share of the special unit is good
  /// for.
  double exponentialRate;
  /// Bytes per second of off-chip memory.
  double bandwidth;
};

/// The figures of `machine` for products of `type`. Unknown where one is
/// missing.
KnownOr<AttentionCores> findAttentionCores(const Machine &machine,
                                           ElementType type);

/// Parts that kernels for single new rows may split the keys of a tile into.
inline constexpr double keySplits[] = {1,  2,  3,  4,  6,  8,  12,
                                       16, 24, 32, 48, 64, 96, 128};

/// Rounds of tasks when each core has `tasksPerCore` of them. Few rounds are
/// whole ones. In many, tasks drift apart and the last round is half full on
/// the average: from `drift` rounds on.
double taskRounds(double tasksPerCore, double drift);

/// Long streams start slowly: bytes of keys and values at which half of the
/// delay is reached.
inline constexpr double rampBytes = 50e6;

} // namespace roofline

#endif // ROOFLINE_LIB_MODEL_ATTENTIONCORES_H
