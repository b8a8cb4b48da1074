//===- Demand.h - Target-independent work of an op --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What work an op is, on no machine in particular. Equations and assumptions
// (A1, A2, ...) are in docs/Model.md.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_DEMAND_H
#define ROOFLINE_MODEL_DEMAND_H

#include "roofline/Model/Count.h"
#include "roofline/Model/ElementType.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace roofline {

/// The shape of the computation, which selects the time model of its kernel.
enum class Structure {
  Contraction,   ///< C[b,m,n] += A[b,m,k] B[b,k,n] in some layout.
  Convolution,   ///< A contraction over a sliding window.
  Elementwise,   ///< One result element per operand element.
  Reduction,     ///< Many elements to one, along some dimensions.
  DataMovement,  ///< Bytes move, nothing is computed: transpose, slice, ...
  GatherScatter, ///< Data movement at computed addresses.
  Sort,          ///< Comparison-based ordering.
  Collective,    ///< Exchange between devices.
  Attention,     ///< Fused attention.
  View,          ///< Neither work nor traffic: reshape, constant, ...
  Opaque,        ///< Unknown inside, known operands.
};

llvm::StringRef stringify(Structure structure);
std::optional<Structure> parseStructure(llvm::StringRef text);

/// Extents of a contraction, or of the implicit matrix product of a
/// convolution: batch x (m x k) * (k x n).
struct ContractionShape {
  Count batch = 1;
  Count m = 1;
  Count n = 1;
  Count k = 1;

  friend bool operator==(const ContractionShape &lhs,
                         const ContractionShape &rhs) {
    return lhs.batch == rhs.batch && lhs.m == rhs.m && lhs.n == rhs.n &&
           lhs.k == rhs.k;
  }
};

/// What devices do with what each of them has.
enum class CollectiveKind {
  AllReduce,     ///< All end with the sum of all buffers.
  AllGather,     ///< All end with all buffers side by side.
  ReduceScatter, ///< Each ends with its part of the sum.
  AllToAll,      ///< Each ends with its part of every buffer.
};

llvm::StringRef stringify(CollectiveKind kind);
std::optional<CollectiveKind> parseCollectiveKind(llvm::StringRef text);

/// An exchange between the devices of a group; all groups have as many.
struct Exchange {
  CollectiveKind kind = CollectiveKind::AllReduce;
  Count ranks = 1;

  friend bool operator==(const Exchange &lhs, const Exchange &rhs) {
    return lhs.kind == rhs.kind && lhs.ranks == rhs.ranks;
  }
};

/// Operations on one unit in one element type. One multiply-add is two
/// operations (A1).
struct Work {
  UnitType where;
  Count ops;

  friend bool operator==(const Work &lhs, const Work &rhs) {
    return lhs.where == rhs.where && lhs.ops == rhs.ops;
  }
};

/// Work of several units: sorted by unit and type, no entry twice, no zeros,
/// so that equal work is an equal list.
class WorkList {
public:
  WorkList() = default;

  /// Adds `ops` operations of `type` on `unit`.
  void add(Unit unit, ElementType type, Count ops);
  void add(const Work &work) {
    add(work.where.unit, work.where.type, work.ops);
  }
  /// Adds `times` executions of `other`.
  void add(const WorkList &other, Count times = 1);

  /// Takes `other` away, as far as it is there.
  void remove(const WorkList &other);

  /// The operations of `where`; zero where there are none.
  Count ops(UnitType where) const;
  /// All operations of all units and types.
  Count totalOps() const;

  bool empty() const { return entries.empty(); }
  llvm::ArrayRef<Work> list() const { return entries; }
  auto begin() const { return entries.begin(); }
  auto end() const { return entries.end(); }

  friend bool operator==(const WorkList &lhs, const WorkList &rhs) {
    return lhs.entries == rhs.entries;
  }

private:
  llvm::SmallVector<Work, 2> entries;
};

/// What an op computes.
struct Compute {
  Structure structure = Structure::View;
  std::optional<ContractionShape> contraction;
  WorkList work;
  /// Of a collective whose kind and number of devices are known.
  std::optional<Exchange> exchange = std::nullopt;
};

/// What an op reads and writes in memory, per operand and per result, in bytes.
/// A destination that is only overwritten counts nothing on the operand side.
struct Traffic {
  llvm::SmallVector<Count, 4> readBytes;
  llvm::SmallVector<Count, 2> writtenBytes;

  Count totalRead() const;
  Count totalWritten() const;
};

/// Target-independent work of an op, for one execution.
struct Demand {
  Structure structure = Structure::View;
  std::optional<ContractionShape> contraction;
  WorkList work;
  Count readBytes;
  Count writtenBytes;
  /// Of a collective whose kind and number of devices are known.
  std::optional<Exchange> exchange = std::nullopt;

  Count totalBytes() const { return readBytes + writtenBytes; }
  /// True where a count did not fit in 128 bits.
  bool hasOverflow() const;
};

/// Puts both halves of a rule's answer together.
Demand makeDemand(const Compute &compute, const Traffic &traffic);

} // namespace roofline

#endif // ROOFLINE_MODEL_DEMAND_H
