//===- ModelJobs.h - Work on several models at once -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TOOLS_ROOFLINE_MODELJOBS_H
#define ROOFLINE_TOOLS_ROOFLINE_MODELJOBS_H

#include "CommonOptions.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace roofline {

/// Runs `work` for each of `count` models, several of them at a time, and
/// returns the worst of the exit codes that it returns. What it writes to
/// `errors` goes to standard error in the order of the models, each in one
/// piece; meanwhile a terminal shows how far the work is. Fails with
/// `exitFailure` where `jobs` is given as 0.
int runOnModels(
    size_t count, const JobsOption &jobs, const ConsoleOptions &console,
    llvm::function_ref<int(size_t index, llvm::raw_ostream &errors)> work);

} // namespace roofline

#endif // ROOFLINE_TOOLS_ROOFLINE_MODELJOBS_H
