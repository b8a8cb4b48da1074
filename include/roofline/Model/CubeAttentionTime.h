//===- CubeAttentionTime.h - Attention on split cores -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//
// Where matrix (cube) and vector cores are apart, scores and probabilities pass
// from one to the other through L2. Each query head of a prompt has its own
// tiles of 128 rows; new tokens have a task per head of keys and values, which
// is split where cores would have none.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_CUBEATTENTIONTIME_H
#define ROOFLINE_MODEL_CUBEATTENTIONTIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// The parameters and regimes of the time of causal attention of many new rows
/// where matrix and vector cores are apart.
const TimeModel &cubeAttentionPrefillModel();

/// The regime of `shape`: by number of new rows.
llvm::StringRef cubeAttentionPrefillRegime(const AttentionShape &shape);

/// Seconds of attention of many new rows where matrix and vector cores are
/// apart, queued. `calibration` is one of `cubeAttentionPrefillModel`; extents
/// are at least 1, and the context includes the new rows. Neither libraries nor
/// a writer of the cache make a difference. The time does not fall as an extent
/// grows, except with a window by where it lies in the blocks of keys.
///
/// Unknown where the machine lacks a figure: the number of matrix cores, the
/// bandwidth of off-chip memory, the rate of the type or that of f32 special
/// functions.
KnownOr<double> cubeAttentionPrefillSeconds(const AttentionShape &shape,
                                            const Machine &machine,
                                            const Calibration &calibration);

/// The parameters and regimes of the time of attention of one new row per
/// sequence where matrix and vector cores are apart.
const TimeModel &cubeAttentionDecodeModel();

/// The regime of `shape`: by bytes of the keys and values that are seen.
llvm::StringRef cubeAttentionDecodeRegime(const AttentionShape &shape);

/// Seconds of attention of one new row per sequence where matrix and vector
/// cores are apart, queued. `calibration` is one of `cubeAttentionDecodeModel`;
/// extents are at least 1. The time does not fall as the batch, the context,
/// the number of heads or the head dimension grows; it rises steeply where keys
/// and values no longer fit in L2.
///
/// Unknown where the machine lacks a figure: the number of matrix cores, the
/// bandwidth of off-chip memory, the rate of the type, that of f32 special
/// functions, or the capacity of the level called `l2`.
KnownOr<double> cubeAttentionDecodeSeconds(const AttentionShape &shape,
                                           const Machine &machine,
                                           const Calibration &calibration);

} // namespace roofline

#endif // ROOFLINE_MODEL_CUBEATTENTIONTIME_H
