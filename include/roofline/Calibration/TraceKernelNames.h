//===- TraceKernelNames.h - What kernels of libraries are -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_TRACEKERNELNAMES_H
#define ROOFLINE_CALIBRATION_TRACEKERNELNAMES_H

#include "roofline/Calibration/KernelTrace.h"
#include "roofline/Model/KernelFamily.h"

namespace roofline {

/// What a launch of a trace is.
struct TraceKernelKind {
  /// `Opaque` where the name says nothing that is known.
  KernelFamily family = KernelFamily::Opaque;
  /// True where it only completes the launch of its family before it: the sum
  /// over the parts of a product or of an attention that were computed apart.
  bool isPart = false;
};

/// What a launch of this name is, by the words in it that libraries and
/// compilers use; by its operator alone where the profiler names that.
TraceKernelKind classifyTraceKernel(const TraceName &name);

/// True for contractions, convolutions and attention, which run as launches of
/// their own whatever is fused into them.
bool isAnchor(KernelFamily family);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_TRACEKERNELNAMES_H
