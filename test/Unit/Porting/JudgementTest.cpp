//===- JudgementTest.cpp - What becomes of an op elsewhere ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortingLookup.h"

using namespace roofline;

namespace {

constexpr ElementType bf16[] = {ElementType::BF16};
constexpr ElementType f32[] = {ElementType::F32};
constexpr ElementType f64[] = {ElementType::F64};
constexpr ElementType f8AndF32[] = {ElementType::F32, ElementType::F8};

class JudgementTest : public PortingTest {
protected:
  /// The rule that is found.
  std::string rule(const OpSignature &signature, const PortingRoute &on) {
    return judge(signature, on).rule->id.str();
  }
  std::string rule(const OpSignature &signature, llvm::StringRef to) {
    return rule(signature, route(builtin, "h200", to));
  }

  std::vector<std::string> advice(const OpSignature &signature,
                                  const PortingRoute &on) {
    std::vector<std::string> rules;
    for (const Advice &one : advise(signature, judge(signature, on), on))
      rules.push_back(one.rule->id.str());
    return rules;
  }
};

/// Rows for a chip of the generation ascend-a3 that the tests state themselves.
std::string rows(llvm::StringRef text) {
  return (R"(
fused:
  whole: {meaning: what we do}
  half: {meaning: a part of it}
stacks:
  lib: {title: a library, by: vendor}
  club: {title: a project, by: community}
source: us
sources:
  us: {title: Our notes, confidence: datasheet}
rows:
)" + text)
      .str();
}

} // namespace

TEST_F(JudgementTest, WhatALibraryHasNeedsNothing) {
  EXPECT_EQ(rule(signatureOf("gemm", bf16), "ascend-910c"), "RF1002");
  EXPECT_EQ(rule(signatureOf("rms_norm", bf16), "ascend-910b3"), "RF1002");
  EXPECT_EQ(rule(signatureOf("view", bf16), "ascend-910c"), "RF1001");
}

TEST_F(JudgementTest, EvidenceNamesTheRow) {
  Judgement judgement =
      judge(signatureOf("gemm", bf16), route(builtin, "h200", "ascend-910c"));
  ASSERT_FALSE(judgement.evidence.empty());
  EXPECT_EQ(judgement.evidence.front()->support, Support::Library);
  EXPECT_FALSE(judgement.evidence.front()->source->title.empty());
  // The first step cites it.
  EXPECT_NE(judgement.steps.front().find(judgement.evidence.front()->id),
            std::string::npos);
}

TEST_F(JudgementTest, AnElementTypeMayHaveSubstitutes) {
  Judgement judgement = judge(signatureOf("gemm", f8AndF32),
                              route(builtin, "h200", "ascend-910c"));
  EXPECT_EQ(judgement.rule->id, "RF1020");
  ASSERT_EQ(judgement.substitutions.size(), 1u);
  EXPECT_EQ(judgement.substitutions.front().asked, ElementType::F8);
  EXPECT_TRUE(llvm::is_contained(judgement.substitutions.front().substitutes,
                                 ElementType::I8));
  EXPECT_TRUE(llvm::is_contained(judgement.substitutions.front().substitutes,
                                 ElementType::BF16));
}

TEST_F(JudgementTest, NothingReplacesDoublePrecision) {
  EXPECT_EQ(rule(signatureOf("gemm", f64), "ascend-910c"), "RF1023");
  EXPECT_EQ(rule(signatureOf("dot_general", f64), "ascend-910b3"), "RF1023");
  EXPECT_EQ(judge(signatureOf("gemm", f64), route(builtin)).status(),
            PortingStatus::Blocked);
}

TEST_F(JudgementTest, WhatIsNoProductMayBeNarrower) {
  Judgement judgement = judge(signatureOf("add", f64), route(builtin));
  EXPECT_EQ(judgement.rule->id, "RF1020");
  ASSERT_EQ(judgement.substitutions.size(), 1u);
  EXPECT_EQ(judgement.substitutions.front().substitutes,
            (llvm::SmallVector<ElementType, 2>{ElementType::F32}));
  // Nothing but the host factors matrices, in any type.
  EXPECT_EQ(rule(signatureOf("cholesky", f64), "ascend-910c"), "RF1050");
}

TEST_F(JudgementTest, CustomCalls) {
  EXPECT_EQ(rule(callOf("nobody_knows", f32), "ascend-910c"), "RF1090");
  EXPECT_EQ(rule(callOf("Sharding", f32), "ascend-910c"), "RF1001");
  EXPECT_EQ(rule(callOf("__cublas$gemm", bf16), "ascend-910c"), "RF1013");
  // It carries an op of StableHLO and belongs to no software.
  EXPECT_EQ(rule(callOf("mhlo.topk", f32), "ascend-910c"), "RF1002");
}

TEST_F(JudgementTest, CodeForOneKindOfChip) {
  OpSignature wgmma = signatureOf("", f32);
  wgmma.name = "nvvm.wgmma.mma_async";
  EXPECT_EQ(rule(wgmma, "ascend-910c"), "RF1061");
  OpSignature nobodys = signatureOf("", f32);
  nobodys.name = "mine.op";
  EXPECT_EQ(rule(nobodys, "ascend-910c"), "RF1091");
}

TEST_F(JudgementTest, OneGenerationRunsTheSame) {
  for (const OpSignature &signature :
       {signatureOf("gemm", f64), callOf("nobody_knows", f32),
        signatureOf("", f32)}) {
    EXPECT_EQ(rule(signature, route(builtin, "h200", "h20")), "RF1003");
    EXPECT_TRUE(advice(signature, route(builtin, "h200", "h20")).empty());
  }
}

TEST_F(JudgementTest, NothingIsKnownOfOtherChips) {
  EXPECT_EQ(rule(signatureOf("gemm", bf16), "mlu590"), "RF1092");
  EXPECT_EQ(judge(signatureOf("gemm", bf16), route(builtin, "h200", "mlu590"))
                .status(),
            PortingStatus::Unknown);
}

TEST_F(JudgementTest, ConditionsDecide) {
  Catalogue catalogue = llvm::cantFail(load({rows(R"(
  nz: {patterns: whole, generations: ascend-a3, support: library, kernel: nz,
    stack: lib, types: [bf16], needs: {weight_layout: nz}}
  tiles: {patterns: half, generations: ascend-a3, support: library,
    kernel: tiles, stack: lib, types: [bf16], needs: {k: multiple of 16,
    head_dim: <= 512}}
)")}));
  PortingRoute on = route(catalogue);
  EXPECT_EQ(rule(signatureOf("whole", bf16), on), "RF1030");
  EXPECT_EQ(rule(signatureOf("half", bf16, {{"k", 64}, {"head_dim", 128}}), on),
            "RF1002");
  EXPECT_EQ(rule(signatureOf("half", bf16, {{"k", 65}, {"head_dim", 128}}), on),
            "RF1031");
  EXPECT_EQ(rule(signatureOf("half", bf16, {{"k", 64}, {"head_dim", 576}}), on),
            "RF1040");
  // What the graph does not tell is said.
  Judgement untold = judge(signatureOf("half", bf16, {{"k", 64}}), on);
  EXPECT_EQ(untold.rule->id, "RF1002");
  ASSERT_EQ(untold.unchecked.size(), 1u);
  EXPECT_EQ(untold.unchecked.front(), "head_dim <= 512");
}

TEST_F(JudgementTest, TheBestRowWins) {
  Catalogue catalogue = llvm::cantFail(load({rows(R"(
  tight: {patterns: whole, generations: ascend-a3, support: library,
    kernel: tight, stack: lib, types: [bf16], needs: {head_dim: <= 128}}
  loose: {patterns: whole, generations: ascend-a3, support: partial,
    kernel: loose, stack: lib, types: [bf16], lacks: a mask}
  apart: {patterns: whole, generations: ascend-a3, support: decompose,
    into: [half]}
  half: {patterns: half, generations: ascend-a3, support: library, kernel: half,
    stack: club, types: [bf16]}
)")}));
  PortingRoute on = route(catalogue);
  EXPECT_EQ(rule(signatureOf("whole", bf16, {{"head_dim", 128}}), on),
            "RF1002");
  // Running in parts needs less work than finding out about a mask.
  EXPECT_EQ(rule(signatureOf("whole", bf16, {{"head_dim", 256}}), on),
            "RF1010");
  on.includesCommunity = false;
  EXPECT_EQ(rule(signatureOf("whole", bf16, {{"head_dim", 256}}), on),
            "RF1012");
}

TEST_F(JudgementTest, PartsAreJudged) {
  Catalogue catalogue = llvm::cantFail(load({rows(R"(
  apart: {patterns: whole, generations: ascend-a3, support: decompose,
    into: [half, add]}
  slow: {patterns: half, generations: ascend-a3, support: host}
  round: {patterns: gelu, generations: ascend-a3, support: decompose,
    into: [erf]}
)")}));
  PortingRoute on = route(catalogue);
  Judgement judgement = judge(signatureOf("whole", bf16), on);
  EXPECT_EQ(judgement.rule->id, "RF1050");
  EXPECT_TRUE(judgement.runsInParts);
  EXPECT_NE(judgement.reason.find("half"), std::string::npos);
}

TEST_F(JudgementTest, AKernelThatIsAbsentRunsInItsOwnParts) {
  Catalogue catalogue = llvm::cantFail(load({rows(R"(
  no-whole: {patterns: whole, generations: ascend-a3, support: none}
)")}));
  PortingRoute on = route(catalogue);
  OpSignature whole = signatureOf("whole", bf16);
  EXPECT_EQ(rule(whole, on), "RF1060");
  whole.parts = {signatureOf("add", bf16), signatureOf("multiply", bf16)};
  EXPECT_EQ(rule(whole, on), "RF1010");
  // The worst of them decides.
  whole.parts.push_back(callOf("nobody_knows", bf16));
  EXPECT_EQ(rule(whole, on), "RF1090");
}

TEST_F(JudgementTest, TheEndsOfAProductAreJudged) {
  OpSignature product = signatureOf("gemm", bf16);
  product.parts = {signatureOf("dot_general", bf16), signatureOf("add", bf16)};
  EXPECT_EQ(rule(product, "ascend-910c"), "RF1002");
  product.parts.push_back(callOf("nobody_knows", bf16));
  EXPECT_EQ(rule(product, "ascend-910c"), "RF1090");
}

TEST_F(JudgementTest, DecompositionsThatGoInCirclesAreNoWay) {
  Catalogue catalogue = llvm::cantFail(load({rows(R"(
  there: {patterns: whole, generations: ascend-a3, support: decompose,
    into: [half]}
  back: {patterns: half, generations: ascend-a3, support: decompose,
    into: [whole]}
)")}));
  EXPECT_EQ(rule(signatureOf("whole", bf16), route(catalogue)), "RF1092");
}

TEST_F(JudgementTest, ReleasesCount) {
  PortingRoute on = route(builtin);
  on.includesCommunity = false;
  OpSignature fused = signatureOf("moe_dispatch_combine", bf16);
  EXPECT_EQ(rule(fused, on), "RF1002");
  on.releases.push_back({"cann", *SoftwareVersion::parse("8.0.0")});
  EXPECT_NE(rule(fused, on), "RF1002");
}

TEST_F(JudgementTest, AdviceOnNumerics) {
  PortingRoute toAscend = route(builtin);
  // hf32 takes the place of tf32, and kernels are another vendor's.
  EXPECT_TRUE(
      llvm::is_contained(advice(signatureOf("gemm", f32), toAscend), "RF1021"));
  EXPECT_TRUE(
      llvm::is_contained(advice(signatureOf("gemm", f32), toAscend), "RF1024"));
  EXPECT_FALSE(llvm::is_contained(advice(signatureOf("gemm", bf16), toAscend),
                                  "RF1021"));
  OpSignature strict = signatureOf("gemm", f32);
  strict.subjects.push_back({findConstraintSubject("precision"), 0, "highest"});
  EXPECT_FALSE(llvm::is_contained(advice(strict, toAscend), "RF1021"));
  EXPECT_FALSE(llvm::is_contained(
      advice(signatureOf("gemm", f32), route(builtin, "h200", "b200")),
      "RF1024"));
}

TEST_F(JudgementTest, AdviceOnRowsThatDoNotFitOnChip) {
  // 192 KiB / 4 B = 49152 elements fit.
  PortingRoute on = route(builtin, "h200", "ascend-910b3");
  EXPECT_FALSE(llvm::is_contained(
      advice(signatureOf("softmax", bf16, {{"columns", 49152}}), on),
      "RF1062"));
  EXPECT_TRUE(llvm::is_contained(
      advice(signatureOf("softmax", bf16, {{"columns", 49153}}), on),
      "RF1062"));
}

TEST_F(JudgementTest, AdviceOnLinksSaysHowFast) {
  PortingRoute on = route(builtin, "h200", "ascend-910b3");
  OpSignature exchange = signatureOf("all_reduce", bf16);
  std::vector<Advice> given = advise(exchange, judge(exchange, on), on);
  auto slower = llvm::find_if(
      given, [](const Advice &one) { return one.rule->id == "RF1071"; });
  ASSERT_NE(slower, given.end());
  EXPECT_NE(slower->reason.find("h200 has NVLink"), std::string::npos);
  EXPECT_NE(slower->reason.find("GB/s"), std::string::npos);
}

TEST_F(JudgementTest, EveryKindAndPatternIsJudgedEverywhere) {
  for (llvm::StringRef to : {"ascend-910b3", "ascend-910c", "ascend-310p",
                             "ascend-950pr", "a100", "b200"})
    for (const OpPattern &pattern : builtin.getKinds().patterns())
      for (ElementType type : allElementTypes()) {
        Judgement judgement =
            judge(signatureOf(pattern.name, type), route(builtin, "h200", to));
        ASSERT_NE(judgement.rule, nullptr);
        EXPECT_FALSE(judgement.reason.empty()) << pattern.name;
        EXPECT_FALSE(judgement.steps.empty()) << pattern.name;
        // What is claimed has a row behind it.
        if (judgement.status() != PortingStatus::Unknown)
          EXPECT_FALSE(judgement.evidence.empty())
              << pattern.name << ' ' << stringify(type).str();
      }
}
