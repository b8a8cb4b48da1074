//===- Count.cpp - Exact, checked counts ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/Count.h"

#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace roofline {

double Count::asDouble() const {
  if (isOverflow())
    return std::numeric_limits<double>::infinity();
  return static_cast<double>(value);
}

std::optional<Count> Count::parse(llvm::StringRef digits) {
  if (digits.empty())
    return std::nullopt;
  Count count;
  for (char digit : digits) {
    if (digit < '0' || digit > '9')
      return std::nullopt;
    count = count * 10 + static_cast<uint64_t>(digit - '0');
  }
  if (count.isOverflow())
    return std::nullopt;
  return count;
}

std::string Count::str() const {
  if (isOverflow())
    return "overflow";
  if (value == 0)
    return "0";
  std::string digits;
  for (Wide rest = value; rest != 0; rest /= 10)
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  std::reverse(digits.begin(), digits.end());
  return digits;
}

Count operator+(Count lhs, Count rhs) {
  Count sum;
  if (lhs.isOverflow() || rhs.isOverflow() ||
      __builtin_add_overflow(lhs.value, rhs.value, &sum.value))
    return Count::overflow();
  return sum;
}

Count operator-(Count lhs, Count rhs) {
  if (lhs.isOverflow())
    return lhs;
  Count rest;
  if (rhs < lhs)
    rest.value = lhs.value - rhs.value;
  return rest;
}

Count operator*(Count lhs, Count rhs) {
  if (lhs.isOverflow() || rhs.isOverflow())
    return Count::overflow();
  Count product;
  if (__builtin_mul_overflow(lhs.value, rhs.value, &product.value))
    return Count::overflow();
  return product;
}

Count Count::dividedRoundingUp(uint64_t divisor) const {
  assert(divisor != 0 && "division of a count by zero");
  if (isOverflow())
    return *this;
  Count quotient;
  quotient.value = value / divisor + (value % divisor != 0);
  return quotient;
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &os, Count count) {
  return os << count.str();
}

} // namespace roofline
