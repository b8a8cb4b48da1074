//===- FusionClass.h - How an op takes part in fusion -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_FUSIONCLASS_H
#define ROOFLINE_LIB_ANALYSIS_FUSIONCLASS_H

#include "KernelGraph.h"

namespace roofline {

/// Elements of the largest value.
Count largestElements(mlir::ValueRange values);

/// Operations on the special-function unit, of all types.
Count specialOps(const WorkList &work);

/// What is known of an op before it is known what surrounds it.
struct OpFacts {
  mlir::Operation *op = nullptr;
  NodeClass nodeClass = NodeClass::Barrier;
  /// What a scalar is where it is computed from data.
  NodeClass dataClass = NodeClass::Loop;
  /// Costs nothing in any kernel.
  bool isView = false;
  /// Costs nothing in a kernel that reads it: only an address computation.
  bool isRemapping = false;
  /// The operand that an update overwrites.
  std::optional<unsigned> buffer;
  /// Results must be in memory: what reads them is not fused.
  bool isStored = false;
  /// For a spliced call, what it calls; for the end of what is called, the
  /// call. What one hands over the other takes, value by value.
  mlir::Block *body = nullptr;
  mlir::Operation *returnsTo = nullptr;
  const InlinedFunction *inlined = nullptr;

  /// Null for views and ops with bodies.
  const OpCost *cost = nullptr;

  bool isKnown() const { return cost && cost->demand; }
  const Demand &demand() const { return *cost->demand; }
  const Traffic &traffic() const { return cost->traffic; }
};

/// Tells the class of an op of known cost from its structure, its traffic and
/// the sizes of what it reads and yields. `demand` is that of `fact`, and is
/// corrected where the op has another structure.
void classify(OpFacts &fact, Demand &demand);

/// Notes the reductions and special functions of an op in its node.
void describeRows(Node &node, const OpFacts &fact);

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_FUSIONCLASS_H
