//===- Demand.cpp - Target-independent work of an op ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/Demand.h"
#include "roofline/Model/Unknown.h"

#include "llvm/ADT/STLExtras.h"

#include <numeric>

namespace roofline {

namespace {

constexpr llvm::StringLiteral structureNames[] = {
    "contraction",   "convolution",    "elementwise", "reduction",
    "data_movement", "gather_scatter", "sort",        "collective",
    "attention",     "view",           "opaque"};
static_assert(std::size(structureNames) ==
              static_cast<size_t>(Structure::Opaque) + 1);

constexpr llvm::StringLiteral collectiveNames[] = {
    "all_reduce", "all_gather", "reduce_scatter", "all_to_all"};
static_assert(std::size(collectiveNames) ==
              static_cast<size_t>(CollectiveKind::AllToAll) + 1);

constexpr llvm::StringLiteral unknownKindNames[] = {
    "opaque", "unmodelled", "dynamic", "trip_count", "overflow", "malformed"};
static_assert(std::size(unknownKindNames) ==
              static_cast<size_t>(UnknownKind::Malformed) + 1);

template <typename Enum, size_t N>
std::optional<Enum> parseName(const llvm::StringLiteral (&names)[N],
                              llvm::StringRef text) {
  for (size_t i = 0; i < N; ++i)
    if (names[i] == text)
      return static_cast<Enum>(i);
  return std::nullopt;
}

Count sum(llvm::ArrayRef<Count> counts) {
  return std::accumulate(counts.begin(), counts.end(), Count());
}

} // namespace

llvm::StringRef stringify(Structure structure) {
  return structureNames[static_cast<size_t>(structure)];
}

std::optional<Structure> parseStructure(llvm::StringRef text) {
  return parseName<Structure>(structureNames, text);
}

llvm::StringRef stringify(CollectiveKind kind) {
  return collectiveNames[static_cast<size_t>(kind)];
}

std::optional<CollectiveKind> parseCollectiveKind(llvm::StringRef text) {
  return parseName<CollectiveKind>(collectiveNames, text);
}

llvm::StringRef stringify(UnknownKind kind) {
  return unknownKindNames[static_cast<size_t>(kind)];
}

std::optional<UnknownKind> parseUnknownKind(llvm::StringRef text) {
  return parseName<UnknownKind>(unknownKindNames, text);
}

void WorkList::add(Unit unit, ElementType type, Count ops) {
  if (ops.isZero())
    return;
  UnitType where{unit, type};
  auto *it =
      llvm::lower_bound(entries, where, [](const Work &work, UnitType key) {
        return work.where < key;
      });
  if (it != entries.end() && it->where == where)
    it->ops += ops;
  else
    entries.insert(it, Work{where, ops});
}

void WorkList::add(const WorkList &other, Count times) {
  for (const Work &work : other)
    add(work.where.unit, work.where.type, work.ops * times);
}

void WorkList::remove(const WorkList &other) {
  for (Work &work : entries)
    work.ops = work.ops - other.ops(work.where);
  llvm::erase_if(entries, [](const Work &work) { return work.ops.isZero(); });
}

Count WorkList::ops(UnitType where) const {
  for (const Work &work : entries)
    if (work.where == where)
      return work.ops;
  return 0;
}

Count WorkList::totalOps() const {
  Count total;
  for (const Work &work : entries)
    total += work.ops;
  return total;
}

Count Traffic::totalRead() const { return sum(readBytes); }
Count Traffic::totalWritten() const { return sum(writtenBytes); }

bool Demand::hasOverflow() const {
  return totalBytes().isOverflow() || work.totalOps().isOverflow();
}

Demand makeDemand(const Compute &compute, const Traffic &traffic) {
  return Demand{compute.structure,   compute.contraction,    compute.work,
                traffic.totalRead(), traffic.totalWritten(), compute.exchange};
}

} // namespace roofline
