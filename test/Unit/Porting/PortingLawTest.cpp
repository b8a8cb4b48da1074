//===- PortingLawTest.cpp - What holds of every port ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortingLookup.h"

#include <random>

using namespace roofline;

namespace {

/// Signatures as a graph might have them.
class RandomOps {
public:
  RandomOps(const Catalogue &catalogue, unsigned seed)
      : catalogue(catalogue), random(seed) {}

  std::vector<JudgedOp> ops(size_t count) {
    std::vector<JudgedOp> list;
    while (list.size() < count) {
      JudgedOp op;
      op.signature = signature(/*mayHaveParts=*/true);
      op.location = "graph.mlir:" + std::to_string(list.size() + 1) + ":1";
      op.operations = Count(below(1000));
      op.bytes = Count(below(1000));
      if (below(10) > 0)
        op.sourceSeconds = static_cast<double>(below(1000)) * 1e-6;
      else
        op.sourceSeconds = Unknown{UnknownKind::Opaque, "nobody knows"};
      op.targetSeconds = static_cast<double>(below(1000)) * 1e-6;
      op.remediedSeconds = op.targetSeconds;
      list.push_back(std::move(op));
    }
    return list;
  }

  /// A row that says that there is something, in YAML.
  std::string row() {
    const OpPattern &pattern = anyPattern();
    std::string text = "  added: {patterns: " + pattern.name +
                       ", generations: [ascend-a3, ascend-a2, sm90]";
    switch (below(4)) {
    case 0:
      text += ", support: native";
      break;
    case 1:
      text += ", support: partial, kernel: k, stack: lib, lacks: much";
      break;
    case 2:
      text += ", support: library, kernel: k, stack: " +
              std::string(below(2) ? "lib" : "club");
      break;
    default:
      text += ", support: decompose, into: [" + otherPattern(pattern.name) +
              ", " + (pattern.name == "add" ? "subtract" : "add") + "]";
      break;
    }
    if (below(2))
      text += ", types: [bf16, f16, f32, i8]";
    if (below(3) == 0)
      text += ", needs: {k: multiple of 16, weight_layout: nz}";
    return text + "}\n";
  }

  unsigned below(unsigned limit) {
    return std::uniform_int_distribution<unsigned>(0, limit - 1)(random);
  }

private:
  const OpPattern &anyPattern() {
    auto patterns = catalogue.getKinds().patterns();
    return patterns[below(patterns.size())];
  }
  std::string otherPattern(llvm::StringRef name) {
    for (;;)
      if (const OpPattern &pattern = anyPattern(); pattern.name != name &&
                                                   pattern.name != "add" &&
                                                   pattern.name != "subtract")
        return pattern.name;
  }

  OpSignature signature(bool mayHaveParts) {
    constexpr ElementType types[] = {ElementType::BF16, ElementType::F16,
                                     ElementType::F32,  ElementType::F8,
                                     ElementType::I8,   ElementType::F64};
    if (below(20) == 0)
      return callOf(below(2) ? "nobody_knows" : "__cublas$gemm",
                    types[below(3)]);
    OpSignature made =
        signatureOf(anyPattern().name, types[below(std::size(types))]);
    if (below(2))
      made.subjects.push_back(
          {findConstraintSubject("k"), static_cast<int64_t>(below(128)), ""});
    if (mayHaveParts)
      for (unsigned parts = below(3); parts > 0; --parts)
        made.parts.push_back(signature(/*mayHaveParts=*/false));
    return made;
  }

  const Catalogue &catalogue;
  std::mt19937 random;
};

class PortingLaws : public PortingTest {
protected:
  PortingResult port(std::vector<JudgedOp> ops, const PortingRoute &on) {
    for (JudgedOp &op : ops) {
      op.judgement = judge(op.signature, on);
      op.advice = advise(op.signature, op.judgement, on);
    }
    return summarize(ops, EffortTable());
  }
};

constexpr unsigned graphs = 200;
constexpr unsigned opsPerGraph = 30;

} // namespace

TEST_F(PortingLaws, TheSameTargetTakesNoWork) {
  PortingRoute same = route(builtin, "ascend-910c", "ascend-910c");
  for (unsigned seed = 0; seed < graphs; ++seed) {
    PortingResult result =
        port(RandomOps(builtin, seed).ops(opsPerGraph), same);
    EXPECT_EQ(result.effort.low, 0);
    EXPECT_EQ(result.effort.high, 0);
    for (const Finding &finding : result.findings)
      EXPECT_LE(finding.status(), PortingStatus::Library);
    EXPECT_EQ(result.grade, PortingGrade::A);
  }
}

TEST_F(PortingLaws, ARowThatIsAddedAddsNoEffort) {
  constexpr llvm::StringLiteral header = R"(
stacks:
  lib: {title: a library, by: vendor}
  club: {title: a project, by: community}
source: us
sources:
  us: {title: Our notes, confidence: datasheet}
rows:
)";
  PortingRoute before = route(builtin);
  unsigned improved = 0;
  for (unsigned seed = 0; seed < graphs; ++seed) {
    RandomOps random(builtin, seed);
    std::vector<JudgedOp> ops = random.ops(opsPerGraph * 10);
    Catalogue more = llvm::cantFail(load({(header + random.row()).str()}));
    PortingRoute after = route(more);
    PortingResult poor = port(ops, before), rich = port(ops, after);
    // Against what is blocked no work helps, so that no days are counted; a row
    // may open a way, which takes some.
    auto blockers = [](const PortingResult &result) {
      return llvm::count_if(result.findings, [](const Finding &finding) {
        return finding.status() == PortingStatus::Blocked;
      });
    };
    EXPECT_LE(blockers(rich), blockers(poor)) << seed;
    if (blockers(rich) < blockers(poor))
      continue;
    EXPECT_LE(rich.effort.low, poor.effort.low) << seed;
    EXPECT_LE(rich.effort.high, poor.effort.high) << seed;
    EXPECT_LE(rich.grade, poor.grade) << seed;
    EXPECT_GE(rich.coverage.occurrences, poor.coverage.occurrences) << seed;
    improved += rich.effort.high < poor.effort.high;
  }
  // The rows do matter to some of the graphs.
  EXPECT_GT(improved, 0u);
}

TEST_F(PortingLaws, RepeatingALayerChangesTimeAndNotEffort) {
  PortingRoute on = route(builtin);
  for (unsigned seed = 0; seed < graphs; ++seed) {
    std::vector<JudgedOp> layer = RandomOps(builtin, seed).ops(opsPerGraph);
    std::vector<JudgedOp> model = layer;
    for (unsigned times = 1; times < 4; ++times)
      model.insert(model.end(), layer.begin(), layer.end());
    PortingResult one = port(layer, on), four = port(model, on);
    EXPECT_EQ(one.effort.low, four.effort.low);
    EXPECT_EQ(one.effort.high, four.effort.high);
    EXPECT_EQ(one.grade, four.grade);
    ASSERT_EQ(one.findings.size(), four.findings.size());
    for (auto [lhs, rhs] : llvm::zip(one.findings, four.findings))
      EXPECT_EQ(lhs.occurrences * 4, rhs.occurrences);
  }
}

TEST_F(PortingLaws, TheOrderOfOpsDoesNotMatter) {
  PortingRoute on = route(builtin);
  for (unsigned seed = 0; seed < graphs; ++seed) {
    std::vector<JudgedOp> ops = RandomOps(builtin, seed).ops(opsPerGraph);
    std::vector<JudgedOp> shuffled = ops;
    std::mt19937 random(seed);
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    PortingResult one = port(ops, on), other = port(shuffled, on);
    EXPECT_EQ(one.effort.low, other.effort.low);
    EXPECT_EQ(one.effort.high, other.effort.high);
    EXPECT_EQ(one.grade, other.grade);
    auto opsOf = [](const PortingResult &result) {
      std::vector<std::string> keys;
      for (const Finding &finding : result.findings)
        keys.push_back(finding.key + finding.reason);
      llvm::sort(keys);
      return keys;
    };
    EXPECT_EQ(opsOf(one), opsOf(other));
  }
}

TEST_F(PortingLaws, WhatIsUnknownNeverImprovesAGrade) {
  PortingRoute on = route(builtin);
  for (unsigned seed = 0; seed < graphs; ++seed) {
    std::vector<JudgedOp> ops = RandomOps(builtin, seed).ops(opsPerGraph);
    PortingGrade known = port(ops, on).grade;
    // Nobody knows any more what one of them is,
    std::vector<JudgedOp> changed = ops;
    RandomOps random(builtin, seed);
    JudgedOp &op = changed[random.below(changed.size())];
    OpSignature signature = callOf("nobody_knows", op.signature.types);
    op.signature = signature;
    EXPECT_LE(known, port(changed, on).grade) << seed;
    // nor how long it takes.
    op.sourceSeconds = Unknown{UnknownKind::Opaque, "nobody knows"};
    EXPECT_LE(known, port(changed, on).grade) << seed;
    // Or it is known what it is, but not how long it takes.
    changed = ops;
    for (JudgedOp &untimed : changed)
      if (random.below(4) == 0)
        untimed.sourceSeconds = Unknown{UnknownKind::Opaque, "nobody knows"};
    EXPECT_LE(known, port(changed, on).grade) << seed;
  }
}
