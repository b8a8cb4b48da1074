//===- AttentionPrefillTime.h - Times of attention over prompts -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//
// Query rows are cut into tiles, which the heads that share keys and values
// fill together, and a core walks with a tile over blocks of keys. Products
// and exponentials of a block follow each other, or overlap where the kernel
// is written so. Tiles are spread over cores, the longest first, or split into
// parts where they are few.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_ATTENTIONPREFILLTIME_H
#define ROOFLINE_MODEL_ATTENTIONPREFILLTIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// The parameters, generations of kernels and regimes of the time of causal
/// attention of many new rows per sequence.
const TimeModel &attentionPrefillModel();

/// The regime of `shape`: by head dimension, window and number of new rows.
llvm::StringRef attentionPrefillRegime(const AttentionShape &shape);

/// Seconds of attention of many new rows, queued; with that of the writer of
/// the cache where `shape` includes it. `calibration` is one of
/// `attentionPrefillModel`; extents are at least 1, and the context includes
/// the new rows.
///
/// Head dimensions count as the next of 64, 128, 192, 256 and 512. Without a
/// window, the time does not fall as the batch, the context, the number of
/// heads (of both kinds together) or the head dimension within one of these
/// classes grows. With a window, a tile may touch a block of keys fewer as the
/// context grows, by where the window lies in the blocks; with more query heads
/// per head of keys and values, since it then holds fewer different queries.
///
/// Of the libraries present, the writer is that of the fastest; SGLang's where
/// none is said.
///
/// Unknown where the machine lacks a figure: the number of matrix cores, the
/// bandwidth of off-chip memory, the rate of the type, that of f32 special
/// functions, or the rated power where kernels slow down by power. Unknown too
/// where the calibration names no generation of kernels.
KnownOr<double> attentionPrefillSeconds(const AttentionShape &shape,
                                        const Machine &machine,
                                        const Calibration &calibration);

} // namespace roofline

#endif // ROOFLINE_MODEL_ATTENTIONPREFILLTIME_H
