//===- Payload.cpp - Work of a region that is a part of an op -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Payload.h"

#include "MemoryTraffic.h"

#include "roofline/Interfaces/RooflineOpInterface.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline {

namespace {

KnownOr<Payload> payloadOf(mlir::Region &region, const DemandOptions &options) {
  if (region.empty())
    return Payload();
  if (!region.hasOneBlock())
    return Unknown{UnknownKind::TripCount,
                   "a payload with branches runs each block an unknown number "
                   "of times"};
  return payloadOf(region.front(), options);
}

} // namespace

KnownOr<Payload> payloadOf(mlir::Operation *op, const DemandOptions &options) {
  auto model = mlir::dyn_cast<RooflineOpInterface>(op);
  if (!model)
    return Unknown{
        UnknownKind::Unmodelled,
        ("no rule for '" + op->getName().getStringRef() + "'").str()};
  KnownOr<Compute> compute = model.getPayloadCompute(options);
  if (!compute)
    return compute.unknown();
  Payload payload;
  payload.gathers = compute->structure == Structure::GatherScatter;
  payload.work = std::move(compute->work);
  if (op->getNumRegions() == 0)
    return payload;

  Payload dearest;
  for (const Body &body : model.getBodies(options)) {
    if (!body.region)
      return Unknown{UnknownKind::Opaque, ("'" + op->getName().getStringRef() +
                                           "' calls a function from a payload")
                                              .str()};
    if (!body.times)
      return body.times.unknown();
    KnownOr<Payload> inner = payloadOf(*body.region, options);
    if (!inner)
      return inner;
    payload.gathers |= inner->gathers;
    if (!body.isAlternative)
      payload.work.add(inner->work, *body.times);
    else if (dearest.work.totalOps() < inner->work.totalOps())
      dearest = std::move(*inner);
  }
  payload.work.add(dearest.work);
  return payload;
}

KnownOr<Payload> payloadOf(mlir::Block &block, const DemandOptions &options) {
  Payload total;
  for (mlir::Operation &op : block.without_terminator()) {
    KnownOr<Payload> payload = payloadOf(&op, options);
    if (!payload)
      return payload;
    total.work.add(payload->work);
    total.gathers |= payload->gathers;
  }
  return total;
}

KnownOr<llvm::SmallVector<Count, 2>>
capturedReads(mlir::Block &block, Count times, const DemandOptions &options) {
  llvm::SmallVector<Count, 2> reads;
  for (mlir::Operation &op : block.without_terminator()) {
    if (llvm::none_of(op.getOperandTypes(), isInMemory))
      continue;
    auto model = mlir::dyn_cast<RooflineOpInterface>(&op);
    if (!model)
      continue;
    KnownOr<Traffic> traffic = model.getTraffic(options);
    if (!traffic)
      return traffic.unknown();
    for (auto [operand, bytes] :
         llvm::zip(op.getOperands(), traffic->readBytes)) {
      if (bytes.isZero())
        continue;
      KnownOr<Count> whole = memoryBytes(operand.getType());
      Count touched = bytes * times;
      reads.push_back(whole && *whole < touched ? *whole : touched);
    }
  }
  return reads;
}

} // namespace roofline
