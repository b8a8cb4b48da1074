//===- GemmTimeCache.h - Times of matrix products, once a shape -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_GEMMTIMECACHE_H
#define ROOFLINE_MODEL_GEMMTIMECACHE_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

#include <array>
#include <cstdint>
#include <unordered_map>

namespace roofline {

/// `gemmSeconds` of one machine and calibration, computed once for each shape:
/// the layers of a model repeat a few shapes many times. To be used by one
/// thread at a time.
class GemmTimeCache {
public:
  /// Both outlive the cache and do not change.
  GemmTimeCache(const Machine &machine, const Calibration &calibration)
      : machine(machine), calibration(calibration) {}

  /// `gemmSeconds(shape, machine, calibration)`; valid as long as the cache.
  const KnownOr<double> &seconds(const GemmShape &shape);

private:
  /// The bits of every field of a shape.
  using Key = std::array<uint64_t, 10>;
  struct KeyHash {
    size_t operator()(const Key &key) const;
  };

  static Key keyOf(const GemmShape &shape);

  const Machine &machine;
  const Calibration &calibration;
  std::unordered_map<Key, KnownOr<double>, KeyHash> times;
};

} // namespace roofline

#endif // ROOFLINE_MODEL_GEMMTIMECACHE_H
