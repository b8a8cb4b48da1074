//===- MemoryFit.h - Whether a graph fits into memory -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Assumptions A66 to A69 of docs/Model.md.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_MEMORYFIT_H
#define ROOFLINE_MODEL_MEMORYFIT_H

#include "roofline/Model/Count.h"
#include "roofline/Model/Unknown.h"

#include <optional>

namespace roofline {

/// Bytes that one execution of a graph keeps in memory. No byte is in two
/// parts.
struct MemoryNeed {
  /// Weights (A11); constants are among them.
  KnownOr<Count> weightBytes = Count(0);
  /// Other arguments that are updated in place: caches, states.
  KnownOr<Count> cacheBytes = Count(0);
  /// All other arguments.
  KnownOr<Count> inputBytes = Count(0);
  /// Results that are not an argument updated in place.
  KnownOr<Count> resultBytes = Count(0);
  /// Values between kernels, where most of them are alive.
  KnownOr<Count> intermediateBytes = Count(0);

  /// All parts together; unknown where one is.
  KnownOr<Count> totalBytes() const;
};

/// Whether a need fits into the memory of devices that are alike.
struct MemoryFit {
  /// Bytes of one device that a graph may use (A68).
  KnownOr<Count> usableBytes = Count(0);
  /// The least number of devices that the need fits into (A69): one where it
  /// fits. Unknown where a size or the capacity is, and where no number is
  /// enough.
  KnownOr<Count> devices = Count(1);
  /// True where no number is enough.
  bool neverFits = false;
};

/// The share of a device's memory that a graph may use; the rest is for the
/// runtime, the libraries' workspace and what allocation wastes (A68).
inline constexpr double usableMemoryShare = 0.9;

/// `capacityBytes` are those of the off-chip memory of one device; absent where
/// they are not known.
MemoryFit fitMemory(const MemoryNeed &need,
                    std::optional<double> capacityBytes);

} // namespace roofline

#endif // ROOFLINE_MODEL_MEMORYFIT_H
