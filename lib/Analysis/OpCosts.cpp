//===- OpCosts.cpp - What ops cost, each cost kept once -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpCosts.h"

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"

namespace roofline {

size_t OpCosts::Hash::operator()(const OpCost &cost) const {
  if (!cost.demand)
    return llvm::hash_combine(cost.demand.unknown().kind,
                              cost.demand.unknown().reason);
  const Demand &demand = *cost.demand;
  llvm::hash_code hash = llvm::hash_combine(
      demand.structure, demand.readBytes, demand.writtenBytes,
      cost.traffic.readBytes.size(), cost.traffic.writtenBytes.size());
  for (const Work &work : demand.work)
    hash = llvm::hash_combine(hash, work.ops);
  return hash;
}

bool OpCosts::Equal::operator()(const OpCost &lhs, const OpCost &rhs) const {
  if (!lhs.demand || !rhs.demand)
    return !lhs.demand && !rhs.demand &&
           lhs.demand.unknown() == rhs.demand.unknown();
  return lhs.demand->structure == rhs.demand->structure &&
         lhs.demand->contraction == rhs.demand->contraction &&
         lhs.demand->work == rhs.demand->work &&
         lhs.demand->readBytes == rhs.demand->readBytes &&
         lhs.demand->writtenBytes == rhs.demand->writtenBytes &&
         lhs.traffic.readBytes == rhs.traffic.readBytes &&
         lhs.traffic.writtenBytes == rhs.traffic.writtenBytes;
}

SharedDemand::SharedDemand() {
  static const OpCost nothing;
  demand = &nothing.demand;
}

} // namespace roofline
