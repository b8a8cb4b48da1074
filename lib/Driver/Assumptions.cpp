//===- Assumptions.cpp - What a report rests on ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/Assumptions.h"

namespace roofline {

using Add =
    llvm::function_ref<void(llvm::StringRef id, const llvm::Twine &text)>;

static void addKernelAssumptions(const Report &report, Add add) {
  auto isKnown = [&](KnownOr<double> TargetSummary::*seconds) {
    return llvm::any_of(report.targets, [&](const TargetSummary &target) {
      return (target.*seconds).isKnown();
    });
  };
  if (report.kernelSummary.launches.isZero())
    return;
  if (isKnown(&TargetSummary::kernelSeconds))
    add("A57", "kernels: each takes what the calibrated model of its kind says "
               "(docs/TimeModels.md); where the target has none, the fixed "
               "time of a launch and that of its busiest resource, at the "
               "share of its peak that large kernels reach");
  if (isKnown(&TargetSummary::asIsSeconds))
    add("A58", "as-is: every op is a launch of its own, submitted one by one, "
               "and takes at least the time of the submission");
  auto has = [&](KernelFamily family) {
    return llvm::any_of(report.families, [&](const FamilyRow &row) {
      return row.family == family;
    });
  };
  if (has(KernelFamily::Scalar))
    add("A59", "arithmetic on at most 64 bytes is control: no launch, no time");
  if (report.kernelSummary.fusion == Fusion::None)
    return;
  add("A61", "elementwise work, data movement and reductions fuse with their "
             "neighbours as XLA and Inductor fuse them; --fusion=none fuses "
             "nothing");
  bool isLibrary = report.kernelSummary.fusion == Fusion::Library;
  if (isLibrary && has(KernelFamily::Attention))
    add("A62", "attention is one launch that keeps no scores in memory");
  if (isLibrary)
    add("A63", "vendors' libraries launch once: contractions of one value, "
               "rotations, cache updates, routing of experts, optimisers; "
               "--fusion=compiler does without, and without fused attention");
  add("A64", "elementwise values are computed again where that moves fewer "
             "bytes than storing them");
  if (isLibrary && has(KernelFamily::Attention)) {
    add("A72", "masks of attention are what the ops that make them prove; one "
               "that is given is taken for causal");
    add("A73", "roofs and times of fused attention leave out scores that are "
               "proven to be masked");
  }
}

std::vector<Assumption> assumptionsOf(const Report &report,
                                      const ExecutionCounts &counts,
                                      bool hasRoutedProducts) {
  const WorkList &work = report.demand.work;
  auto hasType = [&](auto matches) {
    return llvm::any_of(
        work, [&](const Work &entry) { return matches(entry.where); });
  };
  std::vector<Assumption> assumptions;
  auto add = [&](llvm::StringRef id, const llvm::Twine &text) {
    assumptions.push_back({id.str(), text.str()});
  };

  if (!work.empty())
    add("A1", "one multiply-add is two operations");
  if (!report.targets.empty())
    add("A3", "a roof is the busiest resource at datasheet peak, all resources "
              "overlapped; times of real kernels are longer");
  if (hasType([](UnitType where) {
        return where == UnitType{Unit::Matrix, ElementType::TF32};
      }))
    add("A6", "f32 contractions run as tf32 (hf32 on Ascend) unless the graph "
              "asks for full precision; --f32=strict changes that");
  if (hasType([](UnitType where) {
        return where.type == ElementType::C64 ||
               where.type == ElementType::C128;
      }))
    add("A7", "complex arithmetic is counted in real operations");
  if (!counts.branches().empty()) {
    Count spread;
    for (const Branch &branch : counts.branches())
      if (branch.cheapest < branch.dearest)
        spread += 1;
    add("A9", "of alternative branches the dearest is counted; " +
                  spread.str() + " of " +
                  std::to_string(counts.branches().size()) +
                  " choices have a cheaper one");
  }
  add("A10",
      "arguments and constants cross off-chip memory once as far as they "
      "are read, results once; nothing else must");
  add("A11", "weights are constants, and arguments used only as right operands "
             "of contractions, tables of gathers or broadcast operands");
  if (llvm::any_of(report.families, [](const FamilyRow &row) {
        return row.family == KernelFamily::Collective;
      }))
    add("A31", "exchanges: links are in times of kernels, not in roofs; where "
               "those of a target are not measured, they start and send as is "
               "typical of the chips that are (docs/TimeModels.md, T27)");
  if (hasRoutedProducts)
    add("A37", "loads of experts are balanced: rows that choose their matrix "
               "spread evenly, and read no more matrices than there are rows");
  addKernelAssumptions(report, add);
  return assumptions;
}

} // namespace roofline
