//===- PortingResultTest.cpp - What it takes to move a graph --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortingLookup.h"

using namespace roofline;

namespace {

constexpr ElementType bf16[] = {ElementType::BF16};

/// An op with this rule; times in seconds.
JudgedOp judged(llvm::StringRef rule, llvm::StringRef pattern,
                KnownOr<double> source, KnownOr<double> target = 1.0,
                KnownOr<double> remedied = 1.0) {
  JudgedOp op;
  op.signature = signatureOf(pattern, bf16);
  op.judgement.rule = findPortingRule(rule);
  op.judgement.reason = "because";
  op.location = (pattern + ".mlir:1:1").str();
  op.operations = Count(10);
  op.bytes = Count(100);
  op.sourceSeconds = std::move(source);
  op.targetSeconds = std::move(target);
  op.remediedSeconds = std::move(remedied);
  return op;
}

const Unknown opaque = {UnknownKind::Opaque, "nobody knows"};

} // namespace

TEST(PortingResult, EffortIsPaidOncePerSignature) {
  std::vector<JudgedOp> ops = {judged("RF1060", "sort", 1.0),
                               judged("RF1060", "sort", 2.0),
                               judged("RF1011", "erf_inv", 1.0)};
  PortingResult result = summarize(ops, EffortTable());
  ASSERT_EQ(result.findings.size(), 2u);
  // One kernel to write, 10 to 40 days, and one decomposition, 2 to 8.
  EXPECT_DOUBLE_EQ(result.effort.low, 12);
  EXPECT_DOUBLE_EQ(result.effort.high, 48);
  const Finding &worst = result.findings.front();
  EXPECT_EQ(worst.rule->id, "RF1060");
  EXPECT_EQ(worst.occurrences, 2u);
  EXPECT_DOUBLE_EQ(*worst.sourceSeconds, 3);
  // 3 of 4 seconds.
  EXPECT_DOUBLE_EQ(*worst.sourceShare, 0.75);
}

TEST(PortingResult, ASignatureWithSeveralVerdictsPaysForTheDearest) {
  std::vector<JudgedOp> ops = {judged("RF1031", "gemm", 1.0),
                               judged("RF1040", "gemm", 1.0),
                               judged("RF1002", "gemm", 1.0)};
  PortingResult result = summarize(ops, EffortTable());
  EXPECT_EQ(result.findings.size(), 3u);
  EXPECT_DOUBLE_EQ(result.effort.low, 10);
  EXPECT_DOUBLE_EQ(result.effort.high, 40);
}

TEST(PortingResult, FindingsKnowTheirKernels) {
  // Two ops of the third kernel, one of the sixth; the call is in none.
  std::vector<JudgedOp> ops = {
      judged("RF1002", "gemm", 1.0), judged("RF1002", "gemm", 1.0),
      judged("RF1002", "gemm", 1.0), judged("RF1090", "sort", 1.0)};
  ops[0].position = ops[1].position = 2;
  ops[2].position = 5;
  PortingResult result = summarize(ops, EffortTable());
  ASSERT_EQ(result.findings.size(), 2u);
  EXPECT_TRUE(result.findings.front().positions.empty());
  EXPECT_EQ(result.findings.back().positions, std::vector<size_t>({2, 5}));
  EXPECT_EQ(result.findings.back().occurrences, 3u);
}

TEST(PortingResult, AdviceIsGivenOnce) {
  std::vector<JudgedOp> ops = {judged("RF1002", "gemm", 1.0),
                               judged("RF1002", "attention", 1.0)};
  for (JudgedOp &op : ops)
    op.advice.push_back({findPortingRule("RF1024"), "other kernels"});
  PortingResult result = summarize(ops, EffortTable());
  EXPECT_EQ(result.findings.size(), 3u);
  // RF1024 is low: half a day to two.
  EXPECT_DOUBLE_EQ(result.effort.low, 0.5);
  EXPECT_DOUBLE_EQ(result.effort.high, 2);
  auto advice = llvm::find_if(
      result.findings, [](const Finding &one) { return !one.isVerdict; });
  ASSERT_NE(advice, result.findings.end());
  EXPECT_EQ(advice->occurrences, 2u);
  EXPECT_EQ(advice->op, "attention bf16");
}

TEST(PortingResult, CoverageIsOfWhatNeedsNoKernel) {
  std::vector<JudgedOp> ops = {judged("RF1002", "gemm", 6.0),
                               judged("RF1002", "gemm", 2.0),
                               judged("RF1050", "sort", 2.0)};
  PortingResult result = summarize(ops, EffortTable());
  EXPECT_DOUBLE_EQ(*result.coverage.signatures, 0.5);        // 1 of 2
  EXPECT_DOUBLE_EQ(*result.coverage.occurrences, 2.0 / 3.0); // 2 of 3
  EXPECT_DOUBLE_EQ(*result.coverage.operations, 2.0 / 3.0);  // 20 of 30
  EXPECT_DOUBLE_EQ(*result.coverage.bytes, 2.0 / 3.0);       // 200 of 300
  EXPECT_DOUBLE_EQ(*result.coverage.sourceTime, 0.8);        // 8 of 10 s
  EXPECT_EQ(result.grade, PortingGrade::C);
}

TEST(PortingResult, Grades) {
  auto gradeOf = [](double covered, llvm::StringRef restRule) {
    std::vector<JudgedOp> ops = {judged("RF1002", "gemm", covered),
                                 judged(restRule, "sort", 1 - covered)};
    return summarize(ops, EffortTable()).grade;
  };
  EXPECT_EQ(gradeOf(0.995, "RF1060"), PortingGrade::A);
  EXPECT_EQ(gradeOf(0.96, "RF1060"), PortingGrade::B);
  EXPECT_EQ(gradeOf(0.81, "RF1060"), PortingGrade::C);
  EXPECT_EQ(gradeOf(0.51, "RF1060"), PortingGrade::D);
  EXPECT_EQ(gradeOf(0.49, "RF1060"), PortingGrade::E);
  // What is unknown has narrower bounds, and blockers have none.
  EXPECT_EQ(gradeOf(0.995, "RF1092"), PortingGrade::B);
  EXPECT_EQ(gradeOf(0.97, "RF1092"), PortingGrade::C);
  EXPECT_EQ(gradeOf(0.90, "RF1092"), PortingGrade::D);
  EXPECT_EQ(gradeOf(0.999, "RF1023"), PortingGrade::E);
}

TEST(PortingResult, AGapOfUnknownTimeMayBeAll) {
  std::vector<JudgedOp> ops = {judged("RF1002", "gemm", 1.0),
                               judged("RF1090", "mystery", opaque)};
  PortingResult result = summarize(ops, EffortTable());
  EXPECT_EQ(result.coverage.sourceTime, std::nullopt);
  EXPECT_EQ(result.grade, PortingGrade::E);
  EXPECT_NE(result.gradeReason.find("not known"), std::string::npos);
  // What is covered may take as long as it likes.
  ops.back() = judged("RF1002", "mystery", opaque);
  result = summarize(ops, EffortTable());
  EXPECT_EQ(result.coverage.sourceTime, std::nullopt);
  EXPECT_EQ(result.grade, PortingGrade::A);
}

TEST(PortingResult, WithoutAnyTimeNoGradeIsGood) {
  std::vector<JudgedOp> ops = {judged("RF1002", "gemm", opaque)};
  PortingResult result = summarize(ops, EffortTable());
  EXPECT_EQ(result.grade, PortingGrade::C);
  EXPECT_NE(result.gradeReason.find("no time"), std::string::npos);
}

TEST(PortingResult, UnknownTimesStayUnknown) {
  std::vector<JudgedOp> ops = {judged("RF1060", "sort", 1.0, opaque),
                               judged("RF1060", "sort", 1.0, 2.0)};
  PortingResult result = summarize(ops, EffortTable());
  EXPECT_DOUBLE_EQ(*result.findings.front().sourceSeconds, 2);
  EXPECT_FALSE(result.findings.front().targetSeconds.isKnown());
}

TEST(PortingResult, TheWorklistStartsWithWhatIsNeeded) {
  std::vector<JudgedOp> ops = {
      judged("RF1010", "rope", 1.0, 9.0, 1.0),    // saves 8 s
      judged("RF1010", "softmax", 1.0, 3.0, 1.0), // saves 2 s
      judged("RF1010", "gelu", 1.0, 1.0, 1.0),    // saves nothing
      judged("RF1060", "sort", 1.0, opaque, 1.0), // has to be written
      judged("RF1002", "gemm", 1.0)};
  PortingResult result = summarize(ops, EffortTable());
  std::vector<std::string> order;
  for (size_t index : result.worklist)
    order.push_back(result.findings[index].op);
  EXPECT_EQ(order, (std::vector<std::string>{"sort bf16", "rope bf16",
                                             "softmax bf16"}));
}

TEST(PortingResult, NothingIsNothing) {
  PortingResult result = summarize({}, EffortTable());
  EXPECT_TRUE(result.findings.empty());
  EXPECT_EQ(result.coverage.sourceTime, std::nullopt);
  EXPECT_EQ(result.effort.high, 0);
  EXPECT_EQ(result.grade, PortingGrade::A);
}
