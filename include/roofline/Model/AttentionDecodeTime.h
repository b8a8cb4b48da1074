//===- AttentionDecodeTime.h - Times of attention of new tokens -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//
// Two kinds of kernels. One holds the query heads of a group in a tile of 64 or
// 128 rows, mostly padding, and splits the keys among cores: it multiplies as
// if the tile were full, which a chip with slow products feels. The other has
// a block for each query head, which reads the keys and values of its group
// again. Libraries differ in which they take, and in what a launch costs.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_ATTENTIONDECODETIME_H
#define ROOFLINE_MODEL_ATTENTIONDECODETIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// The parameters, generations of kernels and regimes of the time of attention
/// of one new row per sequence.
const TimeModel &attentionDecodeModel();

/// The regime of `shape`: by type of the cache, head dimension, group, window
/// and batch.
llvm::StringRef attentionDecodeRegime(const AttentionShape &shape);

/// Seconds of attention of one new row per sequence, queued. `calibration` is
/// one of `attentionDecodeModel`; extents are at least 1.
///
/// That of the fastest of the libraries present; where none is said, the least
/// of SGLang's tiles and TensorRT-LLM's kernel without tiles.
///
/// Head dimensions count as the next of 64, 128, 192, 256 and 512. Without a
/// window, the time does not fall as the batch, the context or the number of
/// heads (of both kinds together) grows; with one it may as the context grows,
/// by where the window lies in the blocks of keys. TensorRT-LLM alone takes the
/// kernel without tiles for groups of 1 and of more than 32 query heads, and
/// the time may fall there.
///
/// Unknown where the machine lacks a figure: the number of matrix cores, the
/// bandwidth of off-chip memory, the rate of the type or that of f32 special
/// functions. Unknown too where the calibration names no generation of kernels.
KnownOr<double> attentionDecodeSeconds(const AttentionShape &shape,
                                       const Machine &machine,
                                       const Calibration &calibration);

} // namespace roofline

#endif // ROOFLINE_MODEL_ATTENTIONDECODETIME_H
