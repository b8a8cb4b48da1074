//===- GemmTimeCache.cpp - Times of matrix products, once a shape ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/GemmTimeCache.h"

#include "roofline/Model/GemmTime.h"

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/bit.h"

namespace roofline {

size_t GemmTimeCache::KeyHash::operator()(const Key &key) const {
  return llvm::hash_combine_range(key.begin(), key.end());
}

GemmTimeCache::Key GemmTimeCache::keyOf(const GemmShape &shape) {
  auto bits = [](double value) { return llvm::bit_cast<uint64_t>(value); };
  return {bits(shape.batch),
          bits(shape.m),
          bits(shape.n),
          bits(shape.k),
          static_cast<uint64_t>(shape.type) << 32 |
              static_cast<uint64_t>(shape.scaling),
          bits(shape.lhsBytes),
          bits(shape.rhsBytes),
          bits(shape.resultBytes),
          bits(shape.weightCopies),
          bits(shape.extraBytes)};
}

const KnownOr<double> &GemmTimeCache::seconds(const GemmShape &shape) {
  Key key = keyOf(shape);
  auto it = times.find(key);
  if (it == times.end())
    it = times.emplace(key, gemmSeconds(shape, machine, calibration)).first;
  return it->second;
}

} // namespace roofline
