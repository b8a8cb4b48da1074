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
/// where the bandwidth of the link is, who takes part, and for more ranks than
/// the scale-up link joins. Grows with bytes and ranks, but for reductions in
/// the switch, which begin at four ranks.
KnownOr<double> collectiveSeconds(const CollectiveShape &shape,
                                  const Machine &machine,
                                  const Calibration &calibration);

/// The same without a calibration, as is typical of the chips that are measured
/// (T27): what each rank sends on its scale-up link, and where that joins fewer
/// devices, what has to leave each domain on the scale-out links of its
/// devices. Unknown where the bandwidth of a link is that is needed, and where
/// it is not known who takes part.
KnownOr<double> plainExchangeSeconds(const CollectiveShape &shape,
                                     const Machine &machine);

} // namespace roofline

#endif // ROOFLINE_MODEL_COLLECTIVETIME_H
