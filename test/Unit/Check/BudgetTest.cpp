//===- BudgetTest.cpp - Reading budgets -----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Check/Budget.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

constexpr llvm::StringLiteral sample =
    "baseline: base/*.json\n"
    "limits:\n"
    "  operations: 2.1 T\n"
    "  traffic: {kernels: 3 GiB, ops: +1 %}\n"
    "  coverage: 95 %\n"
    "targets:\n"
    "  h200: {time: +1 %, bound: unchanged}\n"
    "models:\n"
    "  decode.mlir:\n"
    "    limits: {operations: -5 %}\n"
    "    targets:\n"
    "      h200: {time: {roof: 12 ms}}\n"
    "      h20: {bound: matrix_bf16}\n";

Budget read(llvm::StringRef text) {
  llvm::Expected<Budget> budget = readBudget(text, "ci/budget.yaml");
  EXPECT_TRUE(bool(budget)) << llvm::toString(budget.takeError());
  return budget ? std::move(*budget) : Budget();
}

LimitSet limits(const Budget &budget, llvm::StringRef path) {
  llvm::Expected<LimitSet> set = limitsFor(budget, path);
  EXPECT_TRUE(bool(set)) << llvm::toString(set.takeError());
  return set ? std::move(*set) : LimitSet();
}

std::vector<std::string> namesOf(llvm::ArrayRef<Limit> limits) {
  std::vector<std::string> names;
  for (const Limit &limit : limits)
    names.push_back(limit.name() + " " + limit.text);
  return names;
}

using Names = std::vector<std::string>;

} // namespace

TEST(Budget, ReadsLimits) {
  Budget budget = read(sample);
  ASSERT_EQ(budget.common.limits.size(), 4u);
  EXPECT_DOUBLE_EQ(budget.common.limits[0].value, 2.1e12);
  EXPECT_DOUBLE_EQ(budget.common.limits[1].value, 3.0 * (1 << 30));
  EXPECT_EQ(budget.common.limits[2].name(), "traffic.ops");
  EXPECT_TRUE(budget.common.limits[2].isRelative);
  EXPECT_DOUBLE_EQ(budget.common.limits[2].value, 0.01);
  EXPECT_DOUBLE_EQ(budget.common.limits[3].value, 0.95);
  EXPECT_EQ(budget.common.limits[3].where.str(), "ci/budget.yaml:5:13");
}

TEST(Budget, LimitsOfAModelReplaceThoseOfAll) {
  LimitSet set = limits(read(sample), "models/decode.mlir");
  EXPECT_EQ(namesOf(set.limits),
            (Names{"operations -5 %", "traffic.kernels 3 GiB",
                   "traffic.ops +1 %", "coverage.ops 95 %"}));
  ASSERT_EQ(set.targets.size(), 2u);
  EXPECT_EQ(namesOf(set.targets[0].limits),
            (Names{"time.roof 12 ms", "time.kernels +1 %", "bound unchanged"}));
  EXPECT_EQ(namesOf(set.targets[1].limits), (Names{"bound matrix_bf16"}));
}

TEST(Budget, NamesOfModelsAreWholeComponents) {
  LimitSet set = limits(read(sample), "models/predecode.mlir");
  EXPECT_EQ(namesOf(set.limits).front(), "operations 2.1 T");
  EXPECT_EQ(unusedModels(read(sample), {"models/predecode.mlir"}),
            (Names{"decode.mlir"}));
  EXPECT_TRUE(unusedModels(read(sample), {"./decode.mlir"}).empty());
}

TEST(Budget, BaselinesAreBesideTheBudget) {
  Budget budget = read(sample);
  EXPECT_EQ(baselinePath(budget, "base/*.json", "models/decode.mlir"),
            "ci/base/decode.json");
  EXPECT_EQ(baselinePath(budget, "/tmp/a.json", "decode.mlir"), "/tmp/a.json");
}

TEST(Budget, SurvivesMutations) {
  // Nothing is asserted but that each ends with a budget or a placed error.
  uint32_t state = 3;
  auto next = [&](size_t limit) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % limit;
  };
  const llvm::StringRef parts[] = {
      "{", "}",  ":",    "\n", "  ",  "+",
      "%", "[",  "&a",   "*a", "'",   "1e999",
      "-", "# ", "\xff", "\0", "!!x", "99999999999999999999 GiB"};
  for (int round = 0; round < 5000; ++round) {
    std::string text = sample.str();
    for (size_t edits = 1 + next(4); edits > 0; --edits)
      text.replace(next(text.size()), next(5),
                   parts[next(std::size(parts))].str());
    llvm::Expected<Budget> budget = readBudget(text, "budget.yaml");
    if (!budget) {
      std::string message = llvm::toString(budget.takeError());
      EXPECT_EQ(message.find("budget.yaml"), 0u) << message;
      EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    }
  }
}

TEST(Budget, ReadsLimitsOnMoving) {
  Budget budget = read("from: h200\n"
                       "targets:\n"
                       "  h20: {effort: 10 days, grade: B, bound_changes: 3}\n"
                       "models:\n"
                       "  decode.mlir:\n"
                       "    from: h100\n"
                       "    targets: {h20: {effort: {low: 0 days}}}\n");
  EXPECT_EQ(budget.common.from->text, "h200");
  const std::vector<Limit> &common = budget.common.targets[0].limits;
  EXPECT_EQ(namesOf(common),
            (Names{"effort.high 10 days", "grade B", "bound_changes 3"}));
  EXPECT_EQ(common[0].value, 10);
  EXPECT_EQ(common[1].grade, PortingGrade::B);
  EXPECT_TRUE(common[1].needsPort());
  EXPECT_FALSE(common[1].needsBaseline());
  EXPECT_TRUE(common[2].needsBaseline());
  // Without a baseline changes cannot be counted.
  llvm::Expected<LimitSet> without = limitsFor(budget, "prefill.mlir");
  EXPECT_NE(llvm::toString(without.takeError()).find("has none"),
            std::string::npos);
  budget.common.baseline = PlacedText{"b.json", {}};
  LimitSet set = limits(budget, "decode.mlir");
  EXPECT_EQ(set.from->text, "h100");
  EXPECT_EQ(namesOf(set.targets[0].limits),
            (Names{"effort.low 0 days", "effort.high 10 days", "grade B",
                   "bound_changes 3"}));
}
