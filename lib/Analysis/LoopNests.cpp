//===- LoopNests.cpp - Loops over scalars as kernels ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopNests.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace roofline {

namespace {

bool isTensor(mlir::Type type) { return mlir::isa<mlir::TensorType>(type); }

bool isBuffer(mlir::Type type) { return mlir::isa<mlir::BaseMemRefType>(type); }

/// Reads one nest; gives up where it is not made of scalars.
class NestReader {
public:
  NestReader(const ExecutionCounts &counts, const DemandLookup &lookup)
      : counts(counts), lookup(lookup) {}

  /// False where `root` is no loop over scalars of a known number of trips.
  bool read(mlir::Operation *root) { return readLoop(root, Count(1)); }

  Kernel take(mlir::Operation *root, const KnownOr<Count> &times) {
    Kernel kernel;
    kernel.root = root;
    kernel.ops.assign(ops.begin(), ops.end());
    kernel.times = times;
    kernel.family = isAttention ? KernelFamily::Attention
                                : (work.empty() ? KernelFamily::DataMovement
                                                : KernelFamily::Elementwise);
    kernel.name = isAttention ? "attention" : "loop_nest";
    Demand demand;
    demand.structure = isAttention    ? Structure::Attention
                       : work.empty() ? Structure::DataMovement
                                      : Structure::Elementwise;
    demand.work = work;
    for (const auto &[buffer, bytes] : readBytes)
      demand.readBytes += atMostWhole(buffer, bytes);
    for (const auto &[buffer, bytes] : writtenBytes)
      demand.writtenBytes += atMostWhole(buffer, bytes);
    if (demand.hasOverflow())
      kernel.demand = Unknown{UnknownKind::Overflow,
                              "operations or bytes exceed 2^128 - 2"};
    else
      kernel.demand = std::move(demand);
    return kernel;
  }

private:
  Count atMostWhole(mlir::Value buffer, Count bytes) const {
    // A buffer of the nest's own stays on the chip.
    if (llvm::is_contained(ops, buffer.getDefiningOp()))
      return 0;
    KnownOr<Count> whole = byteCount(buffer.getType());
    return whole ? std::min(*whole, bytes) : bytes;
  }

  bool readLoop(mlir::Operation *loop, Count times) {
    llvm::ArrayRef<Body> bodies = counts.bodies(loop);
    if (bodies.empty())
      return false;
    for (const Body &body : bodies) {
      if (!body.region || !body.times || !body.region->hasOneBlock())
        return false;
      for (mlir::Operation &op : body.region->front())
        if (!readOp(&op, times * *body.times))
          return false;
      isAttention |= isOnlineSoftmax(loop, body.region->front());
    }
    return true;
  }

  bool readOp(mlir::Operation *op, Count times) {
    if (llvm::any_of(op->getOperandTypes(), isTensor) ||
        llvm::any_of(op->getResultTypes(), isTensor))
      return false;
    ops.push_back(op);
    if (!counts.bodies(op).empty())
      return readLoop(op, times);
    KnownOr<Demand> demand = lookup.demand(op);
    if (!demand || op->getNumRegions() != 0)
      return false;
    work.add(demand->work, times);
    if (demand->totalBytes().isZero())
      return true;
    KnownOr<Traffic> traffic = lookup.traffic(op);
    assert(traffic && "demand is known only where traffic is");
    mlir::Value buffer;
    for (auto [operand, bytes] :
         llvm::zip(op->getOperands(), traffic->readBytes))
      if (isBuffer(operand.getType())) {
        buffer = operand;
        if (!bytes.isZero())
          readBytes[operand] += bytes * times;
      }
    if (buffer && !traffic->totalWritten().isZero())
      writtenBytes[buffer] += traffic->totalWritten() * times;
    return true;
  }

  /// A loop over keys that carries the maximum and the sum of the scores so
  /// far, takes exponentials, and multiplies with a key and with a value in
  /// loops inside.
  bool isOnlineSoftmax(mlir::Operation *loop, mlir::Block &body) const {
    if (loop->getNumResults() < 2)
      return false;
    bool hasExponentials = false;
    llvm::SmallSetVector<mlir::Value, 4> multiplied;
    size_t innerLoops = 0;
    for (mlir::Operation &op : body) {
      if (!counts.bodies(&op).empty()) {
        ++innerLoops;
        op.walk([&](mlir::Operation *nested) {
          for (mlir::Value operand : nested->getOperands())
            if (isBuffer(operand.getType()) && nested->getNumResults() != 0)
              multiplied.insert(operand);
        });
      } else if (KnownOr<Demand> demand = lookup.demand(&op)) {
        hasExponentials |= llvm::any_of(demand->work, [](const Work &part) {
          return part.where.unit == Unit::Special;
        });
      }
    }
    // Queries, keys, values, and where the result is gathered.
    constexpr size_t minBuffers = 3;
    return hasExponentials && innerLoops > 1 && multiplied.size() >= minBuffers;
  }

  const ExecutionCounts &counts;
  const DemandLookup &lookup;
  std::vector<mlir::Operation *> ops;
  WorkList work;
  llvm::MapVector<mlir::Value, Count> readBytes;
  llvm::MapVector<mlir::Value, Count> writtenBytes;
  bool isAttention = false;
};

} // namespace

LoopNests::LoopNests(const ExecutionCounts &counts,
                     const DemandLookup &lookup) {
  counts.walk([&](mlir::Operation *op, const KnownOr<Count> &times) {
    llvm::ArrayRef<Body> bodies = counts.bodies(op);
    if (bodies.empty() || !bodies.front().region || inner.contains(op))
      return;
    NestReader reader(counts, lookup);
    if (!reader.read(op))
      return;
    Kernel kernel = reader.take(op, times);
    inner.insert_range(kernel.ops);
    llvm::erase_if(kernel.ops, [&](mlir::Operation *nested) {
      KnownOr<Demand> demand = lookup.demand(nested);
      return demand->work.empty() && demand->totalBytes().isZero();
    });
    if (kernel.ops.empty())
      return;
    kernels.try_emplace(op, std::move(kernel));
  });
}

} // namespace roofline
