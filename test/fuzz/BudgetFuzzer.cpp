//===- BudgetFuzzer.cpp - Budgets that nobody wrote -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes bytes through the reader of budgets, and finds the limits of a model in
// them. Limits must be those that verdicts count on, and what is wrong must be
// said in one line.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "roofline/Check/Budget.h"

#include <cmath>

using namespace roofline;

namespace {

constexpr llvm::StringLiteral file = "budget.yaml";

void checkPlace(const FileLocation &where) {
  require(where.file == file && where.line > 0 && where.column > 0,
          "something without a place", where.str());
}

void checkLimit(const Limit &limit, bool isPerTarget) {
  checkText(limit.text);
  checkPlace(limit.where);
  require(!limit.name().empty(), "limit without a name", limit.text);
  require(std::isfinite(limit.value) &&
              (limit.isRelative ? limit.value > -1 : limit.value >= 0),
          "limit that nothing can keep", limit.text);
  require((limit.kind == LimitKind::Value) == (limit.measure != nullptr),
          "limit without its measure", limit.text);
  require(!limit.measure || limit.measure->isPerTarget() == isPerTarget,
          "limit at the wrong place", limit.text);
}

void checkLimits(const LimitSet &set) {
  for (const std::optional<PlacedText> &text : {set.baseline, set.from})
    if (text) {
      checkText(text->text);
      checkPlace(text->where);
    }
  for (const Limit &limit : set.limits)
    checkLimit(limit, /*isPerTarget=*/false);
  for (const TargetLimits &target : set.targets) {
    checkText(target.name);
    checkPlace(target.where);
    for (const Limit &limit : target.limits)
      checkLimit(limit, /*isPerTarget=*/true);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef text(reinterpret_cast<const char *>(data), size);
  llvm::Expected<Budget> budget = readBudget(text, file);
  if (!budget) {
    checkError(budget.takeError(), file);
    return 0;
  }
  checkLimits(budget->common);
  for (const ModelLimits &model : budget->models) {
    checkText(model.name);
    checkLimits(model.limits);
  }
  for (const char *path : {"models/decode.mlir", "model.mlir"}) {
    llvm::Expected<LimitSet> limits = limitsFor(*budget, path);
    if (!limits) {
      checkError(limits.takeError(), file);
      continue;
    }
    checkLimits(*limits);
    for (const TargetLimits &target : limits->targets)
      for (const Limit &limit : target.limits)
        require((!limit.needsBaseline() || limits->baseline) &&
                    (!limit.needsPort() || limits->from),
                "limit without what it needs", limit.text);
    if (limits->baseline)
      baselinePath(*budget, limits->baseline->text, path);
  }
  return 0;
}
