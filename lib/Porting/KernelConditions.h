//===- KernelConditions.h - Whether a kernel's conditions hold --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_PORTING_KERNELCONDITIONS_H
#define ROOFLINE_LIB_PORTING_KERNELCONDITIONS_H

#include "roofline/Porting/OpSignature.h"

namespace roofline {

/// What it takes for a condition to hold, least work first.
enum class ConditionClass {
  Met,
  Weights, ///< Weights in another layout.
  Layout,  ///< Other operands in another layout.
  Padding, ///< Some extent made larger.
  Static,  ///< Extents known when it is compiled.
  Extent,  ///< Another extent or attribute: nothing helps.
};

/// What became of a list of conditions.
struct ConditionCheck {
  /// Of those that do not hold.
  ConditionClass worst = ConditionClass::Met;
  /// Those that do not hold, each with what there is: `head_dim <= 512 (is
  /// 576)`.
  std::vector<std::string> unmet;
  /// The same, with their classes.
  std::vector<std::pair<const Constraint *, ConditionClass>> failed;
  /// Those on subjects that the signature does not tell.
  std::vector<std::string> unchecked;
};

ConditionCheck checkConditions(llvm::ArrayRef<Constraint> conditions,
                               const OpSignature &signature);

} // namespace roofline

#endif // ROOFLINE_LIB_PORTING_KERNELCONDITIONS_H
