//===- MemoryFit.cpp - Whether a graph fits into memory -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/MemoryFit.h"

#include <cmath>

namespace roofline {

namespace {

KnownOr<Count> sum(std::initializer_list<KnownOr<Count>> parts) {
  Count total;
  for (const KnownOr<Count> &part : parts) {
    if (!part)
      return part;
    total += *part;
  }
  if (total.isOverflow())
    return Unknown{UnknownKind::Overflow, "bytes exceed 2^128 - 2"};
  return total;
}

} // namespace

KnownOr<Count> MemoryNeed::totalBytes() const {
  return sum(
      {weightBytes, cacheBytes, inputBytes, resultBytes, intermediateBytes});
}

MemoryFit fitMemory(const MemoryNeed &need,
                    std::optional<double> capacityBytes) {
  // A capacity is far below 2^63 bytes; what is beyond is a broken file's.
  constexpr double maxCapacity = 0x1p63;
  if (!capacityBytes || !(*capacityBytes >= 0) || *capacityBytes > maxCapacity)
    return {Unknown{UnknownKind::Unmodelled, "memory capacity is not stated"},
            Unknown{UnknownKind::Unmodelled, "memory capacity is not stated"}};
  const auto usable =
      static_cast<uint64_t>(std::floor(*capacityBytes * usableMemoryShare));
  MemoryFit fit{Count(usable), Count(1)};

  KnownOr<Count> divided = sum({need.weightBytes, need.cacheBytes});
  KnownOr<Count> whole =
      sum({need.inputBytes, need.resultBytes, need.intermediateBytes});
  if (!divided || !whole) {
    fit.devices = divided ? whole.unknown() : divided.unknown();
    return fit;
  }
  std::optional<uint64_t> wholeBytes = whole->asUint64();
  const bool isLeft = wholeBytes && *wholeBytes < usable;
  if (divided->isZero() ? !wholeBytes || *wholeBytes > usable : !isLeft) {
    fit.devices =
        Unknown{UnknownKind::Unmodelled,
                "what every device keeps whole (inputs, results, values "
                "between kernels) is more than one can hold"};
    fit.neverFits = true;
    return fit;
  }
  if (!divided->isZero())
    fit.devices = divided->dividedRoundingUp(usable - *wholeBytes);
  return fit;
}

} // namespace roofline
