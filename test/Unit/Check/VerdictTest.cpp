//===- VerdictTest.cpp - Whether models keep their budget -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckReports.h"

#include "roofline/Check/CheckViews.h"
#include "roofline/Check/VerdictText.h"

#include "llvm/Support/raw_ostream.h"

#include "llvm/Support/JSON.h"
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

TEST(Verdict, LimitsMovingTheModel) {
  Report baseline = reportOfProducts({64}), report = baseline;
  baseline.ports = {portWith("RF1041", PortingGrade::B, {1, 4})};
  report.ports = {portWith("RF1050", PortingGrade::C, {2, 8})};
  constexpr llvm::StringLiteral budget =
      "baseline: base.json\nfrom: h100\n"
      "targets: {h200: {effort: +50 %, grade: unchanged}}\n";
  EXPECT_EQ(judged(baseline, &baseline, budget).outcome(), Outcome::Kept);
  ModelVerdict verdict = judged(report, &baseline, budget);
  ASSERT_EQ(verdict.limits.size(), 2u);
  // 8 days, where 1.5 times 4 may be.
  EXPECT_EQ(limitSentence(verdict.limits[0]),
            "effort of moving the model to h200 is 8 person-days, more than 6 "
            "person-days, +50 % of 4 person-days");
  ASSERT_EQ(verdict.limits[0].findings.size(), 1u);
  EXPECT_EQ(findingSentence(verdict.limits[0].findings[0]),
            "RF1050 rewrite of topk f32 x2: no kernel of it is known; 2 to 8 "
            "person-days");
  ASSERT_TRUE(verdict.limits[0].place);
  EXPECT_EQ(verdict.limits[0].place->line, 2u);
  EXPECT_EQ(limitSentence(verdict.limits[1]),
            "grade of moving the model to h200 is C, worse than B as before; a "
            "reason");
  EXPECT_EQ(verdict.findings.size(), 1u);
  // Better is kept.
  EXPECT_EQ(judged(baseline, &report, budget).outcome(), Outcome::Kept);
}

TEST(Verdict, NoWorkHelpsWhatIsBlocked) {
  Report report = reportOfProducts({64});
  report.ports = {portWith("RF1070", PortingGrade::E, {0, 0})};
  report.ports[0].findings[0].status = PortingStatus::Blocked;
  ModelVerdict verdict =
      judged(report, nullptr, "from: h100\ntargets: {h200: {effort: 9 days}}");
  EXPECT_EQ(verdict.outcome(), Outcome::Undecided);
}

TEST(Verdict, APortThatIsLimitedHasToBeThere) {
  Report report = reportOfProducts({64});
  llvm::Expected<ModelVerdict> verdict = judge(
      report, nullptr, "",
      limitsOf("from: h100\ntargets: {h200: {effort: 9 days}}"), std::nullopt);
  ASSERT_FALSE(bool(verdict));
  EXPECT_NE(llvm::toString(verdict.takeError()).find("save it with --from="),
            std::string::npos);
}

TEST(Verdict, CountsKernelsWithAnotherBound) {
  // Both are the same work, which a change of the target bounds otherwise.
  Report baseline = reportOfProducts({64, 64, 65}), report = baseline;
  report.kernels[0].times[0].bound =
      Bound(UnitType{Unit::Matrix, ElementType::BF16});
  constexpr llvm::StringLiteral one =
      "baseline: base.json\ntargets: {h200: {bound_changes: 1}}\n";
  EXPECT_EQ(judged(baseline, &baseline, one).outcome(), Outcome::Kept);
  ModelVerdict verdict = judged(report, &baseline, one);
  EXPECT_EQ(verdict.outcome(), Outcome::Exceeded);
  EXPECT_EQ(limitSentence(verdict.limits[0]),
            "number of kernels with another bound on h200 is 2, more than 1");
  ASSERT_EQ(verdict.limits[0].culprits.size(), 1u);
  EXPECT_EQ(culpritSentence(verdict, verdict.limits[0],
                            verdict.limits[0].culprits[0]),
            "changed gemm at model.mlir:1:3 and 1 more: bound hbm -> "
            "matrix_bf16 on h200");
}

TEST(Verdict, SarifHasWhatIsToBeDone) {
  Report report = reportOfProducts({64});
  report.ports = {portWith("RF1050", PortingGrade::C, {2, 8})};
  // Runs there as it is.
  report.ports[0].findings.push_back(
      portWith("RF1002", PortingGrade::C, {0, 0}).findings[0]);
  // Of a version that has other rules.
  report.ports[0].findings.push_back(
      portWith("RF1999", PortingGrade::C, {1, 1}).findings[0]);
  std::string text;
  llvm::raw_string_ostream os(text);
  printPortsSarif(os, report);
  llvm::Expected<llvm::json::Value> log = llvm::json::parse(text);
  ASSERT_TRUE(bool(log)) << llvm::toString(log.takeError());
  const llvm::json::Object &run =
      *(*log->getAsObject()->getArray("runs"))[0].getAsObject();
  const llvm::json::Array &results = *run.getArray("results");
  ASSERT_EQ(results.size(), 1u);
  const llvm::json::Object &result = *results[0].getAsObject();
  EXPECT_EQ(result.getString("ruleId"), "RF1050");
  EXPECT_EQ(result.getString("level"), "warning");
  EXPECT_EQ(result.getInteger("occurrenceCount"), 2);
  const llvm::json::Array &rules =
      *run.getObject("tool")->getObject("driver")->getArray("rules");
  EXPECT_EQ(
      rules[size_t(*result.getInteger("ruleIndex"))].getAsObject()->getString(
          "id"),
      "RF1050");
}
