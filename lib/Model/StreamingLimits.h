//===- StreamingLimits.h - What bounds streaming kernels --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A kernel that streams its operands waits either for the bytes, from L2 or
// from off-chip memory, or for the blocks of threads that walk along its rows.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_MODEL_STREAMINGLIMITS_H
#define ROOFLINE_LIB_MODEL_STREAMINGLIMITS_H

#include "roofline/Model/Machine.h"

namespace roofline {

/// Figures of a machine that streaming depends on.
struct StreamingMachine {
  /// Those with the vector units.
  double cores;
  /// Peak bytes per second of off-chip memory.
  double bandwidth;
  /// Capacity of L2.
  double cacheBytes;
};

/// The figures of `machine`. Unknown where one is missing.
KnownOr<StreamingMachine> findStreamingMachine(const Machine &machine);

/// What a calibration says about the way of the bytes.
struct StreamingRates {
  /// Bandwidth of off-chip memory that is reached, of the peak.
  double memoryShare;
  /// Bytes per second of L2.
  double cacheRate;
  /// Fraction of L2 that the operands of a kernel fit into.
  double cacheShare;
};

/// Seconds that `bytes` take. They come from L2 up to its share of the
/// capacity, from memory where they are 1.8 times as many, and in part in
/// between: under least-recently-used replacement the part that is found again
/// shrinks faster than the excess grows. Grows with `bytes`.
double streamedSeconds(double bytes, const StreamingMachine &machine,
                       const StreamingRates &rates);

/// Seconds that blocks of threads take for `rows` rows of `columns` elements
/// when a block walks along a row, 1024 elements at a time, each in `step`
/// seconds, and `blocksPerCore` blocks run on a core at once. Short rows share
/// a block; very long ones are divided. Grows with rows and columns.
double rowWalkSeconds(double rows, double columns, double blocksPerCore,
                      double step, const StreamingMachine &machine);

} // namespace roofline

#endif // ROOFLINE_LIB_MODEL_STREAMINGLIMITS_H
