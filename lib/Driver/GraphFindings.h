//===- GraphFindings.h - Findings on a graph as a whole ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_DRIVER_GRAPHFINDINGS_H
#define ROOFLINE_LIB_DRIVER_GRAPHFINDINGS_H

#include "roofline/Analysis/ExecutionCounts.h"
#include "roofline/Porting/PortingResult.h"
#include "roofline/Report/PortingReport.h"

namespace roofline {

/// That the graph needs more devices than on the source, or that no number of
/// them is enough.
std::vector<Finding> memoryFindings(const PortingMemory &memory,
                                    const PortingRoute &route);

/// Sequences of kernels that one kernel of a serving stack does, and that the
/// target has no such kernel for: one finding for each pattern.
std::vector<Finding> sequenceFindings(const ExecutionCounts &counts,
                                      const DemandLookup &lookup,
                                      const PortingRoute &route);

} // namespace roofline

#endif // ROOFLINE_LIB_DRIVER_GRAPHFINDINGS_H
