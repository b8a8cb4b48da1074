//===- CollectiveTime.h - Times of exchanges --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_COLLECTIVETIME_H
#define ROOFLINE_MODEL_COLLECTIVETIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// How the devices of an exchange are linked. The `kernels` of a calibration
/// name one of them.
enum class LinkTopology {
  Switch, ///< `switch`: the scale-up link of each leads to one switch.
  Mesh,   ///< `mesh`: its scale-up links lead to each of the others.
  Clos,   ///< `clos`: its scale-out link leads to a network of switches.
};

/// The parameters and regimes of the time of an exchange between devices.
const TimeModel &collectiveModel();

/// The regime of `shape`, by its bytes.
llvm::StringRef collectiveRegime(const CollectiveShape &shape);

/// Seconds of an exchange between devices, queued; 0 of one rank alone. Unknown
/// where the bandwidth of the link is. Grows with bytes and ranks, but for
/// reductions in the switch, which begin at four ranks.
KnownOr<double> collectiveSeconds(const CollectiveShape &shape,
                                  const Machine &machine,
                                  const Calibration &calibration);

/// The same where nothing has been measured: the bytes at the full bandwidth of
/// the link, and its latency for every step. All links of a mesh are in use.
/// What the software adds is left out, so short exchanges take longer in truth.
/// Unknown where the bandwidth or the latency of the link is.
KnownOr<double> uncalibratedCollectiveSeconds(const CollectiveShape &shape,
                                              const Machine &machine,
                                              LinkTopology topology);

} // namespace roofline

#endif // ROOFLINE_MODEL_COLLECTIVETIME_H
