//===- LatentAttentionTime.h - Times of latent attention --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//
// All heads read the same latent rows, so that a tile holds up to 64 heads of
// a sequence, padded to 64, and walks over 64 rows of the cache at a time. The
// rows are split among cores where sequences are few.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_LATENTATTENTIONTIME_H
#define ROOFLINE_MODEL_LATENTATTENTIONTIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// The parameters and regimes of the time of multi-head latent attention of one
/// new row per sequence.
const TimeModel &latentAttentionModel();

/// The regime of `shape`: by type of the cache and context.
llvm::StringRef latentAttentionRegime(const LatentAttentionShape &shape);

/// Seconds of multi-head latent attention of one new row per sequence, queued,
/// without the products that bring queries into the latent space and results
/// out of it. `calibration` is one of `latentAttentionModel`; extents are at
/// least 1. The time does not fall as an extent grows.
///
/// Products are in bf16 whatever the type of the cache. Unknown where the
/// machine lacks a figure: the number of matrix cores, the bandwidth of
/// off-chip memory, the rate of bf16 or that of f32 special functions.
KnownOr<double> latentAttentionSeconds(const LatentAttentionShape &shape,
                                       const Machine &machine,
                                       const Calibration &calibration);

} // namespace roofline

#endif // ROOFLINE_MODEL_LATENTATTENTIONTIME_H
