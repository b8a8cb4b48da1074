//===- VerdictTest.cpp - Whether models keep their budget -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckReports.h"

#include "roofline/Check/CheckViews.h"
#include "roofline/Check/VerdictText.h"

#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

LimitSet limitsOf(llvm::StringRef text) {
  llvm::Expected<Budget> budget = readBudget(text, "budget.yaml");
  EXPECT_TRUE(bool(budget)) << llvm::toString(budget.takeError());
  llvm::Expected<LimitSet> set = limitsFor(*budget, "model.mlir");
  EXPECT_TRUE(bool(set)) << llvm::toString(set.takeError());
  return std::move(*set);
}

ModelVerdict judged(const Report &report, const Report *baseline,
                    llvm::StringRef budget,
                    std::optional<double> minCoverage = std::nullopt) {
  llvm::Expected<ModelVerdict> verdict =
      judge(report, baseline, "base.json", limitsOf(budget), minCoverage);
  EXPECT_TRUE(bool(verdict)) << llvm::toString(verdict.takeError());
  return verdict ? std::move(*verdict) : ModelVerdict();
}

constexpr llvm::StringLiteral onePercent =
    "baseline: base.json\ntargets: {h200: {time: +1 %, bound: unchanged}}\n";

/// A report that leaves `ops` ops out.
Report incompleteReport(size_t ops) {
  Report report = reportOfProducts({64});
  report.demand.isComplete = false;
  report.coverage.ops = 0.5;
  report.coverage.bytes = 0.5;
  report.coverage.operations.reset();
  report.coverage.unmodelled.push_back({"a.b", "no rule", ops, Count(8)});
  report.targets[0].incompleteReasons = {"some ops are not modelled"};
  return report;
}

} // namespace

TEST(Verdict, AGateOfOnePercentHoldsForTheSame) {
  Report report = reportOfProducts({64, 65});
  EXPECT_EQ(judged(report, &report, onePercent).outcome(), Outcome::Kept);
}

TEST(Verdict, RoundedTimesOfASavedReportAreTheSame) {
  Report report = reportOfProducts({64}), baseline = report;
  report.targets[0].kernelSeconds = 1.23456789e-4;
  baseline.targets[0].kernelSeconds = 1.234567e-4;
  EXPECT_EQ(judged(report, &baseline,
                   "baseline: b.json\ntargets: {h200: {time: +0 %}}\n")
                .outcome(),
            Outcome::Kept);
}

TEST(Verdict, AGateOfOnePercentFailsWhereAProductGrowsByTwo) {
  // 100 us -> 102 us.
  Report baseline = reportOfProducts({100});
  ModelVerdict verdict = judged(reportOfProducts({102}), &baseline, onePercent);
  EXPECT_EQ(verdict.outcome(), Outcome::Exceeded);
  const LimitVerdict &limit = verdict.limits[0];
  EXPECT_EQ(limitSentence(limit), "time of kernels on h200 is 102.0 us, more "
                                  "than 101.0 us, +1 % of 100.0 us");
  ASSERT_EQ(limit.culprits.size(), 1u);
  EXPECT_EQ(culpritSentence(verdict, limit, limit.culprits[0]),
            "changed gemm at model.mlir:1:3 takes 2.000 us more on h200: k 100 "
            "-> 102; matrix_bf16 12.80 kop -> 13.06 kop (+2.00 %)");
  EXPECT_EQ(limit.place->line, 1u);
}

TEST(Verdict, ALessIsAskedForByAMinus) {
  Report baseline = reportOfProducts({100});
  constexpr llvm::StringLiteral budget =
      "baseline: b.json\ntargets: {h200: {time: -5 %}}\n";
  EXPECT_EQ(judged(reportOfProducts({96}), &baseline, budget).outcome(),
            Outcome::Exceeded);
  EXPECT_EQ(judged(reportOfProducts({95}), &baseline, budget).outcome(),
            Outcome::Kept);
}

TEST(Verdict, ABoundThatChangesExceeds) {
  Report baseline = reportOfProducts({64}), report = baseline;
  report.targets[0].graphRoof.bound =
      Bound(UnitType{Unit::Matrix, ElementType::BF16});
  ModelVerdict verdict = judged(report, &baseline, onePercent);
  EXPECT_EQ(verdict.limits[0].outcome, Outcome::Kept);
  EXPECT_EQ(limitSentence(verdict.limits[1]),
            "bound of the graph roof on h200 is matrix_bf16 instead of hbm as "
            "before");
}

TEST(Verdict, WhatIsLeftOutDecidesNoAbsoluteLimit) {
  constexpr llvm::StringLiteral budget = "limits: {operations: 1 Top}\n";
  Report report = incompleteReport(1);
  EXPECT_EQ(judged(report, nullptr, budget).outcome(), Outcome::Undecided);
  EXPECT_EQ(judged(report, nullptr, budget, 0.5).outcome(), Outcome::Kept);
  EXPECT_EQ(judged(report, nullptr, budget, 0.6).outcome(), Outcome::Undecided);
  EXPECT_EQ(judged(report, nullptr, "limits: {operations: 1 op}\n").outcome(),
            Outcome::Exceeded);
}

TEST(Verdict, WhatBothLeaveOutDecidesARelativeLimit) {
  Report report = incompleteReport(1), other = incompleteReport(2);
  EXPECT_EQ(judged(report, &report, onePercent).outcome(), Outcome::Kept);
  EXPECT_EQ(judged(report, &other, onePercent).outcome(), Outcome::Undecided);
}

TEST(Verdict, AnUnknownTimeKeepsNoLimit) {
  Report report = reportOfProducts({64}), baseline = report;
  report.targets[0].kernelSeconds =
      Unknown{UnknownKind::Unmodelled, "no figures"};
  EXPECT_EQ(judged(report, &baseline, onePercent).outcome(),
            Outcome::Undecided);
  EXPECT_EQ(judged(report, nullptr, "targets: {h200: {time: 1 s}}\n").outcome(),
            Outcome::Undecided);
}

TEST(Verdict, ALimitBelowTheRoofIsSaidToBe) {
  ModelVerdict verdict = judged(reportOfProducts({100}), nullptr,
                                "targets: {h200: {time: 50 us}}\n");
  EXPECT_EQ(verdict.limits[0].reason,
            "no kernels can keep it: the graph roof alone is 100.0 us");
}

TEST(Verdict, EveryFormatIsTheSameOnEveryRun) {
  Report baseline = reportOfProducts({100, 64, 100});
  for (auto print : {printVerdict, printVerdictJson, printVerdictMarkdown,
                     printVerdictSarif}) {
    std::string first;
    for (int run = 0; run < 100; ++run) {
      Verdict verdict;
      verdict.toolVersion = "1.2.3";
      verdict.models.push_back(
          judged(reportOfProducts({102, 64, 103}), &baseline, onePercent));
      std::string text;
      llvm::raw_string_ostream os(text);
      print(os, verdict);
      if (run == 0)
        first = text;
      EXPECT_EQ(text, first);
    }
  }
}
