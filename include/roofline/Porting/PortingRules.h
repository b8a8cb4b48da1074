//===- PortingRules.h - What may stand in the way of a port -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_PORTING_PORTINGRULES_H
#define ROOFLINE_PORTING_PORTINGRULES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace roofline {

/// What becomes of an op on another target, best first.
enum class PortingStatus {
  Native,          ///< A view, or what every compiler generates.
  Library,         ///< A kernel of a library, whose conditions hold.
  MissingFusion,   ///< Runs in parts; the fused kernel of the source is absent.
  LayoutChange,    ///< Another layout, padding or transposition.
  ParameterChange, ///< The same kind of kernel by another API or attribute.
  PrecisionChange, ///< Another element type, and a check of the results.
  Decompose,       ///< No kernel, but others that compute the same.
  HostFallback,    ///< Only the host, or a slow general-purpose core, has it.
  Rewrite,         ///< A kernel has to be written.
  Unknown,         ///< The catalogue does not say.
  Blocked,         ///< There is no way.
};

/// `native`, `library`, `missing-fusion`, ...
llvm::StringRef stringify(PortingStatus status);
std::optional<PortingStatus> parsePortingStatus(llvm::StringRef text);
/// All of them, best first.
llvm::ArrayRef<PortingStatus> allPortingStatuses();
/// Whether what has this status runs fast without a kernel being written:
/// what coverage counts.
bool isCovered(PortingStatus status);

/// How much work a rule's remedy is.
enum class EffortLevel {
  None,
  Low,
  Medium,
  High,
  Blocker, ///< No work of this kind helps.
};

/// `none`, `low`, `medium`, `high`, `blocker`.
llvm::StringRef stringify(EffortLevel level);
std::optional<EffortLevel> parseEffortLevel(llvm::StringRef text);
llvm::ArrayRef<EffortLevel> allEffortLevels();

/// What may be found, with an ID that never changes its meaning.
struct PortingRule {
  /// `RF1021`.
  llvm::StringLiteral id;
  /// A few words: `element type absent, a substitute exists`.
  llvm::StringLiteral title;
  PortingStatus status;
  EffortLevel level;
  /// Given as advice, or about the graph as a whole: paid once, rather than
  /// once per signature.
  bool isPaidOnce;
  /// What it means, as a paragraph.
  llvm::StringLiteral meaning;
  /// What to do about it, as a paragraph.
  llvm::StringLiteral remedy;
};

/// Every rule, by ID.
llvm::ArrayRef<PortingRule> portingRules();
/// The rule of `id`, whatever its case, or null.
const PortingRule *findPortingRule(llvm::StringRef id);

} // namespace roofline

#endif // ROOFLINE_PORTING_PORTINGRULES_H
