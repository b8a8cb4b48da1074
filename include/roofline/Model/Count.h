//===- Count.h - Exact, checked counts --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_COUNT_H
#define ROOFLINE_MODEL_COUNT_H

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace roofline {

/// An exact non-negative number of operations, bytes, elements or executions.
///
/// Totals are kept in 128 bits because those of a real graph exceed 2^63 (one
/// training step of a 405B model is about 10^19 operations). An addition or
/// product that does not fit gives `Count::overflow()`, which absorbs every
/// later operation, so that a chain of arithmetic is checked once at its end.
class Count {
public:
  constexpr Count() = default;
  constexpr Count(uint64_t value) : value(value) {}

  /// The result of arithmetic that does not fit in 128 bits.
  static constexpr Count overflow() {
    Count count;
    count.value = overflowValue;
    return count;
  }

  bool isOverflow() const { return value == overflowValue; }
  bool isZero() const { return value == 0; }

  /// The value if it fits in 64 bits.
  std::optional<uint64_t> asUint64() const {
    if (value > UINT64_MAX)
      return std::nullopt;
    return static_cast<uint64_t>(value);
  }

  /// The nearest double; infinity for an overflow.
  double asDouble() const;

  /// Reads decimal digits; absent for anything else or beyond 128 bits.
  static std::optional<Count> parse(llvm::StringRef digits);

  /// Decimal digits without grouping; "overflow" for an overflow.
  std::string str() const;

  /// The quotient rounded up; `divisor` is not zero.
  Count dividedRoundingUp(uint64_t divisor) const;

  friend Count operator+(Count lhs, Count rhs);
  friend Count operator*(Count lhs, Count rhs);
  /// What is left of `lhs`: nothing where `rhs` is as large.
  friend Count operator-(Count lhs, Count rhs);
  Count &operator+=(Count rhs) { return *this = *this + rhs; }
  Count &operator*=(Count rhs) { return *this = *this * rhs; }

  friend bool operator==(Count lhs, Count rhs) {
    return lhs.value == rhs.value;
  }
  friend bool operator!=(Count lhs, Count rhs) {
    return lhs.value != rhs.value;
  }
  friend bool operator<(Count lhs, Count rhs) { return lhs.value < rhs.value; }
  friend llvm::hash_code hash_value(Count count) {
    return llvm::hash_combine(static_cast<uint64_t>(count.value),
                              static_cast<uint64_t>(count.value >> 64));
  }

private:
  __extension__ using Wide = unsigned __int128;
  static constexpr Wide overflowValue = ~Wide(0);

  Wide value = 0;
};

llvm::raw_ostream &operator<<(llvm::raw_ostream &os, Count count);

} // namespace roofline

#endif // ROOFLINE_MODEL_COUNT_H
