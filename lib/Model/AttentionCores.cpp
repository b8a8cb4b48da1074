//===- AttentionCores.cpp - The cores that attention runs on --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AttentionCores.h"

#include <algorithm>
#include <cmath>

namespace roofline {

KnownOr<AttentionCores> findAttentionCores(const Machine &machine,
                                           ElementType type) {
  if (!machine.matrixCores || *machine.matrixCores == 0)
    return Unknown{UnknownKind::Unmodelled,
                   "the number of matrix cores is not known"};
  if (!machine.hbm.bytesPerSecond)
    return Unknown{UnknownKind::Unmodelled,
                   "the bandwidth of off-chip memory is not known"};
  KnownOr<Rate> products = machine.rate({Unit::Matrix, type});
  if (!products)
    return products.unknown();
  // Softmax is computed in f32 whatever the products' type.
  KnownOr<Rate> exponentials = machine.rate({Unit::Special, ElementType::F32});
  if (!exponentials)
    return exponentials.unknown();
  double count = *machine.matrixCores;
  return AttentionCores{count, products->opsPerSecond / count,
                        exponentials->opsPerSecond / count,
                        *machine.hbm.bytesPerSecond};
}

double taskRounds(double tasksPerCore, double drift) {
  if (tasksPerCore >= drift)
    return tasksPerCore + 0.5;
  return std::max(1.0, std::ceil(tasksPerCore));
}

} // namespace roofline
