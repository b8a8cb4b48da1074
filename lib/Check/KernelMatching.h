//===- KernelMatching.h - The same kernels in two reports -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels are the same in two reports where their structure is: name, family,
// ops, demand of a launch and launches. Where the reports have equally many of
// a structure, all of them match, in whatever order and lines they are. Where
// not, which of them is gone or new is told by the order of kernels in the
// program, because lines move; and what is gone and new in one place is a
// change.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_CHECK_KERNELMATCHING_H
#define ROOFLINE_LIB_CHECK_KERNELMATCHING_H

#include "roofline/Report/Report.h"

#include <optional>
#include <vector>

namespace roofline {

/// One kernel of a report.
struct ListedKernel {
  const KernelRow *row = nullptr;
  /// Which of the row.
  size_t index = 0;
  /// Of this kernel.
  KnownOr<Count> launches = Count(0);
  /// The number of its structure, that of the other report's equal ones, too.
  unsigned structure = 0;

  llvm::StringRef location() const { return row->locations[index]; }
  size_t position() const { return row->positions[index]; }
  /// Seconds of its launches on the target of `target`.
  KnownOr<double> seconds(size_t target) const;
};

/// Kernels of one report and what is left of them in the other one.
struct KernelPair {
  std::optional<ListedKernel> before;
  std::optional<ListedKernel> after;
};

struct KernelMatching {
  /// Those of equal structure.
  std::vector<KernelPair> equal;
  /// Changed ones, those only in `before`, those only in `after`; in program
  /// order.
  std::vector<KernelPair> different;
};

KernelMatching matchKernels(const Report &before, const Report &after);

} // namespace roofline

#endif // ROOFLINE_LIB_CHECK_KERNELMATCHING_H
