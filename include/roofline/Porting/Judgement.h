//===- Judgement.h - What becomes of an op elsewhere ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_PORTING_JUDGEMENT_H
#define ROOFLINE_PORTING_JUDGEMENT_H

#include "roofline/Porting/Catalogue.h"
#include "roofline/Porting/OpSignature.h"
#include "roofline/Porting/PortingRules.h"

#include <memory>

namespace roofline {

/// From where to where, and with what software. What it refers to outlives it.
struct PortingRoute {
  const Catalogue &catalogue;
  const Target &from;
  const Target &to;
  /// Releases of the target's stacks that are installed; of others the latest.
  std::vector<CatalogueQuery::Release> releases;
  /// Whether kernels of projects that are not the vendor's count.
  bool includesCommunity = true;
};

/// An element type that the target lacks for an op, and what it may run as.
struct TypeSubstitution {
  ElementType asked;
  /// Those for which there is a kernel, in the order of preference.
  llvm::SmallVector<ElementType, 2> substitutes;
};

/// What becomes of an op on the target, and why.
struct Judgement {
  /// Never null.
  const PortingRule *rule = nullptr;
  /// What in particular: `no kernel multiplies f8 on ascend-a3`.
  std::string reason;
  /// What in particular to do; empty where the rule says it all.
  std::string remedy;
  /// The rows of the catalogue that decide, the deciding one first.
  llvm::SmallVector<const CatalogueRow *, 2> evidence;
  /// Of a change of precision.
  std::vector<TypeSubstitution> substitutions;
  /// Conditions of the deciding kernel on subjects that the graph does not
  /// tell.
  std::vector<std::string> unchecked;
  /// How the decision was come to, one sentence a step.
  std::vector<std::string> steps;
  /// Whether the ops run apart rather than in one kernel.
  bool runsInParts = false;

  PortingStatus status() const { return rule->status; }
};

/// Judges `signature` on `route`. What the target's generation of chips already
/// ran on the source runs as it does there.
Judgement judge(const OpSignature &signature, const PortingRoute &route);

/// What comes in addition to a judgement: results to compare, extents that are
/// not known, slower conditions. Advice whose rule takes work does not depend
/// on the catalogue, so that a fact that is added never adds work.
struct Advice {
  const PortingRule *rule = nullptr;
  std::string reason;
};

/// The advice on `signature`, which was judged so.
std::vector<Advice> advise(const OpSignature &signature,
                           const Judgement &judgement,
                           const PortingRoute &route);

} // namespace roofline

#endif // ROOFLINE_PORTING_JUDGEMENT_H
