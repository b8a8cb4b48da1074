//===- GemmTime.h - Times of matrix products --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The result is cut into tiles, and cores work on a tile each. A core
// multiplies while it loads operands from L2, and all cores together load from
// off-chip memory what the L2 does not hold. The time is that of the fastest
// choice of tile, and of cores that share a tile, that the library has.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_GEMMTIME_H
#define ROOFLINE_MODEL_GEMMTIME_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

namespace roofline {

/// The parameters, sets of kernels and regimes of the time of a product of
/// matrices. One model serves all types and chips: `kernels` says which tiles
/// there are and how they are loaded, and what a chip or library does not have
/// (splitting of sums, scaling of results, ...) is left out by its neutral
/// value.
const TimeModel &gemmModel();

/// The regime of `shape`: classes of the number of rows of the result.
llvm::StringRef gemmRegime(const GemmShape &shape);

/// Seconds of the product `shape`, queued, with the kernel that quantises its
/// left operand where `shape` has one. `calibration` is one of `gemmModel`.
///
/// It is at least one launch (two with quantisation). Beyond the launch it is
/// at least the time of the operations at `peak` times the machine's rate, and
/// of the weights at `hbm` times its bandwidth where `weightCopies` is
/// infinite. It does not fall as an extent grows, except where a library takes
/// another route: from 256 to 257 rows with `cutlass_f8`, and from 15 to 16
/// rows where `few_rows_time` or `few_rows_resident` is stated.
///
/// Unknown where the machine lacks a figure: the rate of the type, the
/// bandwidth of off-chip memory, the capacity of the level called `l2`, the
/// number of matrix cores; and the power limit or the number of vector cores
/// where a term needs it. Unknown too where the calibration names no set of
/// kernels of the model.
KnownOr<double> gemmSeconds(const GemmShape &shape, const Machine &machine,
                            const Calibration &calibration);

} // namespace roofline

#endif // ROOFLINE_MODEL_GEMMTIME_H
