//===- SelfChecks.h - Whether the figures of a target agree ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_TARGET_SELFCHECKS_H
#define ROOFLINE_LIB_TARGET_SELFCHECKS_H

#include "roofline/Target/Target.h"

namespace roofline {

/// Compares figures of `target` that depend on each other; each check runs
/// where its data are present. Fails on the first disagreement without a stated
/// reason, and on a stated reason where nothing disagrees.
llvm::Error runSelfChecks(const Target &target);

} // namespace roofline

#endif // ROOFLINE_LIB_TARGET_SELFCHECKS_H
