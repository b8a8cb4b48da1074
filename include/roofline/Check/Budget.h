//===- Budget.h - What models may cost --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A budget is a YAML file that names models, targets and limits. docs/CI.md
// documents it.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CHECK_BUDGET_H
#define ROOFLINE_CHECK_BUDGET_H

#include "roofline/Check/Measures.h"
#include "roofline/Model/FileError.h"
#include "roofline/Model/YamlFile.h"

#include <optional>

namespace roofline {

/// What a limit is on.
enum class LimitKind {
  Value,        ///< A measure.
  Bound,        ///< What bounds the graph roof.
  BoundChanges, ///< Kernels that another resource bounds than in the baseline.
  Grade,        ///< The grade of moving the model to the target.
};

/// One limit of a budget.
struct Limit {
  LimitKind kind = LimitKind::Value;
  /// Of a value; else null.
  const Measure *measure = nullptr;
  /// In base units; where the limit is relative, the fraction that the value
  /// may be more than the baseline's: 0.01 for `+1 %`. The number of kernels
  /// where the limit is on those.
  double value = 0;
  bool isRelative = false;
  /// What bounds the roof, and the least grade; absent where they have to be
  /// what they were.
  std::optional<Bound> bound;
  std::optional<PortingGrade> grade;
  /// As the budget writes it.
  std::string text;
  FileLocation where;

  bool needsBaseline() const;
  /// Whether it is on moving the model.
  bool needsPort() const;
  /// `time.kernels`, `bound`.
  std::string name() const;
};

/// The limits of one target.
struct TargetLimits {
  std::string name;
  FileLocation where;
  std::vector<Limit> limits;
};

/// Limits of one model, or of all of them.
struct LimitSet {
  /// A saved report, relative to the budget; `*` stands for the name of the
  /// model without its last ending.
  std::optional<PlacedText> baseline;
  /// The target that the model runs on now.
  std::optional<PlacedText> from;
  std::vector<Limit> limits;
  std::vector<TargetLimits> targets;
};

/// Limits of the models that end in a name.
struct ModelLimits {
  std::string name;
  FileLocation where;
  LimitSet limits;
};

struct Budget {
  std::string file;
  LimitSet common;
  std::vector<ModelLimits> models;
};

/// Reads a budget that diagnostics call `file`. Fails, with the place, on
/// anything that the schema does not know and on limits that nothing can keep.
llvm::Expected<Budget> readBudget(llvm::StringRef text, llvm::StringRef file);

/// The same of the file at `path`.
llvm::Expected<Budget> readBudgetFile(const std::string &path);

/// The limits for the model in `path`: those of the models with the longest
/// name that the path ends in, then those of all models that these do not
/// replace. Fails where there is none, where a name of the budget is a
/// misspelling of the model's, on a relative limit without a baseline, and on
/// one of moving the model where it is not said from where.
llvm::Expected<LimitSet> limitsFor(const Budget &budget, llvm::StringRef path);

/// Names of models in `budget` that none of `paths` ends in.
std::vector<std::string> unusedModels(const Budget &budget,
                                      llvm::ArrayRef<std::string> paths);

/// `error` with the place `where`, if it has none of its own: what is wrong
/// with a target is said where the budget names it.
llvm::Error atPlace(llvm::Error error, const FileLocation &where);

/// The path of the baseline of the model in `path`.
std::string baselinePath(const Budget &budget, llvm::StringRef baseline,
                         llvm::StringRef path);

} // namespace roofline

#endif // ROOFLINE_CHECK_BUDGET_H
