//===- LatentPrefillTime.h - Times of latent prompts ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Several new rows of a sequence can be multiplied in two ways: with the keys
// and values that each head makes of the latent rows, which takes the fewest
// operations, or with the latent rows themselves, which are read once for all
// heads. Libraries have one of them.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_LATENTPREFILLTIME_H
#define ROOFLINE_MODEL_LATENTPREFILLTIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// The parameters and regimes of the time of multi-head latent attention of
/// many new rows per sequence.
const TimeModel &latentPrefillModel();

/// The regime of `shape`: by queries.
llvm::StringRef latentPrefillRegime(const LatentAttentionShape &shape);

/// Seconds of multi-head latent attention of many new rows per sequence,
/// queued, with the kernel that rotates them and writes the cache: of the
/// fastest of the libraries present. `calibration` is one of
/// `latentPrefillModel`; extents are at least 1. The time does not fall as an
/// extent grows.
///
/// Products are in bf16 whatever the type of the cache. Unknown where the
/// machine lacks a figure: the number of matrix cores, the bandwidth of
/// off-chip memory, the rate of bf16 or that of f32 special functions, or the
/// rated power.
KnownOr<double> latentPrefillSeconds(const LatentAttentionShape &shape,
                                     const Machine &machine,
                                     const Calibration &calibration);

} // namespace roofline

#endif // ROOFLINE_MODEL_LATENTPREFILLTIME_H
