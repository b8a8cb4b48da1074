//===- PortingTimes.cpp - Times of kernels that are moved -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortingTimes.h"

#include "roofline/Analysis/KernelShapes.h"

#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

#include <algorithm>

namespace roofline {

LaunchTime &LaunchTime::operator+=(const LaunchTime &other) {
  seconds += other.seconds;
  low += other.low;
  high += other.high;
  calibrated += other.calibrated;
  if (atRoof.empty())
    atRoof = other.atRoof;
  return *this;
}

//===----------------------------------------------------------------------===//
// Element types
//===----------------------------------------------------------------------===//

namespace {

/// True where work of `type` is what a graph writes as `asked`: products of f32
/// run rounded.
bool isWorkOf(ElementType type, ElementType asked) {
  if (asked == ElementType::F32)
    return type == ElementType::F32 || type == ElementType::TF32 ||
           type == ElementType::HF32;
  return type == asked;
}

bool isOf(mlir::Value value, ElementType type) {
  return elementTypeOf(mlir::getElementTypeOrSelf(value.getType())) == type;
}

/// Bytes that enter and leave a kernel in one element type.
struct TypedBytes {
  double read = 0;
  double written = 0;
};

/// The op that yields `value`, or what it is a view of.
mlir::Operation *producerOf(mlir::Value value,
                            const llvm::DenseSet<mlir::Operation *> &inside,
                            const DemandLookup &lookup) {
  constexpr unsigned maxViews = 16;
  mlir::Operation *producer = value.getDefiningOp();
  for (unsigned step = 0;
       step < maxViews && producer && !inside.contains(producer) &&
       producer->getNumOperands() == 1;
       ++step) {
    KnownOr<Demand> demand = lookup.demand(producer);
    if (!demand || demand->structure != Structure::View)
      break;
    producer = producer->getOperand(0).getDefiningOp();
  }
  return producer;
}

TypedBytes bytesOfType(const Kernel &kernel, ElementType type,
                       const DemandLookup &lookup) {
  llvm::DenseSet<mlir::Operation *> inside;
  inside.insert_range(kernel.ops);
  // Of one value that several ops read, the most that one of them reads.
  llvm::MapVector<mlir::Value, double> read;
  TypedBytes bytes;
  for (mlir::Operation *op : kernel.ops) {
    KnownOr<Traffic> traffic = lookup.traffic(op);
    if (!traffic)
      continue;
    for (auto [operand, count] :
         llvm::zip(op->getOperands(), traffic->readBytes))
      if (isOf(operand, type) &&
          !inside.contains(producerOf(operand, inside, lookup))) {
        double &most = read[operand];
        most = std::max(most, count.asDouble());
      }
    for (auto [result, count] :
         llvm::zip(op->getResults(), traffic->writtenBytes))
      if (isOf(result, type) &&
          llvm::any_of(result.getUsers(), [&](mlir::Operation *user) {
            return !inside.contains(user);
          }))
        bytes.written += count.asDouble();
  }
  for (const auto &[value, count] : read)
    bytes.read += count;
  // The kernel may touch less than its ops do one by one.
  bytes.read = std::min(bytes.read, kernel.demand->readBytes.asDouble());
  bytes.written =
      std::min(bytes.written, kernel.demand->writtenBytes.asDouble());
  return bytes;
}

/// `count` with `part` of it as large as `ratio` says.
Count resized(Count count, double part, double ratio) {
  double bytes = count.asDouble() + part * (ratio - 1);
  // What does not fit in 64 bits is no traffic of a real kernel.
  constexpr double most = 9e18;
  return static_cast<uint64_t>(std::clamp(bytes, 0.0, most));
}

/// Changes what a time model reads of a product's operands.
void changeShape(GemmShape &shape, const Kernel &kernel, TypeChange change,
                 double ratio, const Demand &before, const Demand &after) {
  auto ownBytes = [](const GemmShape &form) {
    return form.batch *
           (form.m * form.k * form.lhsBytes + form.n * form.k * form.rhsBytes +
            form.m * form.n * form.resultBytes);
  };
  double extraBefore = before.totalBytes().asDouble() - ownBytes(shape);
  // An operand of another type that is converted on the way keeps its size.
  double width = bitWidth(change.asked) / 8.0;
  if (shape.lhsBytes == width)
    shape.lhsBytes *= ratio;
  if (shape.rhsBytes == width)
    shape.rhsBytes *= ratio;
  bool isResult = llvm::any_of(kernel.ops, [&](mlir::Operation *op) {
    return op == kernel.root && op->getNumResults() == 1 &&
           isOf(op->getResult(0), change.asked);
  });
  if (isResult)
    shape.resultBytes *= ratio;
  double extraAfter = after.totalBytes().asDouble() - ownBytes(shape);
  shape.extraBytes =
      std::max(0.0, shape.extraBytes + std::max(0.0, extraAfter) -
                        std::max(0.0, extraBefore));
}

} // namespace

TimedKernel timedKernel(const Kernel &kernel,
                        const std::optional<KernelShape> &shape,
                        const DemandLookup &lookup) {
  TimedKernel timed{kernel.family, kernel.demand, shape};
  if (kernel.demand)
    timed.demand = demandOfLaunch(kernel, shape, lookup);
  return timed;
}

TimedKernel changeType(const Kernel &kernel,
                       const std::optional<KernelShape> &shape,
                       TypeChange change, const DemandLookup &lookup) {
  TimedKernel changed = timedKernel(kernel, shape, lookup);
  if (!changed.demand)
    return changed;
  const Demand before = *changed.demand;
  Demand after = before;
  after.work = WorkList();
  for (const Work &work : before.work)
    after.work.add(work.where.unit,
                   isWorkOf(work.where.type, change.asked) ? change.by
                                                           : work.where.type,
                   work.ops);
  double ratio = static_cast<double>(bitWidth(change.by)) /
                 static_cast<double>(bitWidth(change.asked));
  TypedBytes bytes = bytesOfType(kernel, change.asked, lookup);
  after.readBytes = resized(before.readBytes, bytes.read, ratio);
  after.writtenBytes = resized(before.writtenBytes, bytes.written, ratio);
  if (changed.shape) {
    if (auto *gemm = std::get_if<GemmShape>(&*changed.shape)) {
      changeShape(*gemm, kernel, change, ratio, before, after);
      if (isWorkOf(gemm->type, change.asked))
        gemm->type = change.by;
    } else if (auto *attention = std::get_if<AttentionShape>(&*changed.shape)) {
      if (attention->kvBytes == bitWidth(change.asked) / 8.0)
        attention->kvBytes *= ratio;
      if (isWorkOf(attention->type, change.asked))
        attention->type = change.by;
    } else if (auto *rows = std::get_if<StreamingShape>(&*changed.shape)) {
      rows->bytes = after.totalBytes().asDouble();
    }
  }
  changed.demand = std::move(after);
  return changed;
}

//===----------------------------------------------------------------------===//
// Launches
//===----------------------------------------------------------------------===//

KnownOr<LaunchTime> launchTime(const TimedKernel &kernel,
                               const Machine &machine, Launching launching) {
  if (!kernel.demand)
    return kernel.demand.unknown();
  if (kernel.family == KernelFamily::Scalar)
    return LaunchTime();
  KnownOr<Roof> roof = computeRoof(*kernel.demand, machine);
  KnownOr<KernelTime> time =
      kernelTime(kernel.family, roof, kernel.shape, machine, launching);
  if (time)
    return LaunchTime{time->seconds, time->low, time->high,
                      time->calibration ? time->seconds : 0, ""};
  if (!roof)
    return roof.unknown();
  return LaunchTime{roof->seconds, roof->seconds, roof->seconds, 0,
                    time.unknown().reason};
}

namespace {

double roofOf(const KnownOr<Demand> &demand, const Machine &machine) {
  if (!demand)
    return 0;
  KnownOr<Roof> roof = computeRoof(*demand, machine);
  return roof ? roof->seconds : 0;
}

/// Makes weights add up to 1.
void normalize(std::vector<double> &weights) {
  double all = 0;
  for (double weight : weights)
    all += weight;
  for (double &weight : weights)
    weight = all > 0 ? weight / all : 1 / static_cast<double>(weights.size());
}

} // namespace

std::vector<double> sharesOf(llvm::ArrayRef<KernelSignature> signatures,
                             const Machine &machine) {
  std::vector<double> shares;
  shares.reserve(signatures.size());
  for (const KernelSignature &signature : signatures)
    shares.push_back(signature.fraction * roofOf(signature.demand, machine));
  normalize(shares);
  return shares;
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

void PartTimes::form() {
  isFormed = true;
  visitKernels(counts, lookup, Fusion::Compiler, [&](Kernel kernel) {
    Part part;
    for (mlir::Operation *op : kernel.ops) {
      partOf[op] = parts.size();
      part.shares.push_back(roofOf(lookup.demand(op), machine));
    }
    normalize(part.shares);
    part.shape = findKernelShape(kernel, lookup);
    part.kernel = std::move(kernel);
    parts.push_back(std::move(part));
  });
}

KnownOr<LaunchTime> PartTimes::of(const Kernel &kernel,
                                  std::optional<TypeChange> change) {
  if (!isFormed)
    form();
  llvm::DenseSet<mlir::Operation *> inside;
  inside.insert_range(kernel.ops);
  std::map<size_t, double> shareOf;
  for (mlir::Operation *op : kernel.ops)
    if (auto it = partOf.find(op); it != partOf.end())
      shareOf[it->second] = 0;
  LaunchTime sum;
  for (auto &[index, share] : shareOf) {
    const Part &part = parts[index];
    for (auto [op, own] : llvm::zip_equal(part.kernel.ops, part.shares))
      share += inside.contains(op) ? own : 0;
    TimedKernel timed =
        change
            ? changeType(part.kernel, part.shape, *change, lookup)
            : TimedKernel{part.kernel.family, part.kernel.demand, part.shape};
    KnownOr<LaunchTime> time = launchTime(timed, machine, launching);
    if (!time)
      return time;
    sum += time->scaledBy(share);
  }
  return sum;
}

} // namespace roofline
