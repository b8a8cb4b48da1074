//===- CatalogueFileTest.cpp - Reading catalogue files --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CatalogueFiles.h"

using namespace roofline;

namespace {

constexpr llvm::StringLiteral sources = R"(source: us
sources:
  us: {title: Our notes, date: 2026-03, confidence: measured}
)";

/// A file with one row of the keys, which are what is wrong with it.
std::string row(llvm::StringRef keys) {
  return (sources + "rows:\n  ours:\n" + keys).str();
}

} // namespace

TEST_F(CatalogueFiles, AreRead) {
  llvm::Expected<Catalogue> catalogue = load({R"(
fused:
  my_fusion: {meaning: what we fuse, ops: [mine.fusion]}
generations:
  my-chip: {vendor: us, title: our chip}
stacks:
  mylib: {title: our library, by: vendor}
source: us
sources:
  us: {title: Our notes, url: "https://example.org", date: 2026-03, confidence: measured}
  them: {title: Their notes, confidence: third-party}
rows:
  ours:
    patterns: [my_fusion, gemm]
    generations: my-chip
    support: partial
    kernel: [k1, k2]
    types: [bf16, f16]
    stack: mylib
    since: 1.2.RC3
    lacks: odd extents
    into: [rms_norm]
    needs: {head_dim: "<= 512, multiple of 16", shapes: static}
    prefers: {weight_layout: nz}
    note: as measured
  theirs:
    patterns: [add]
    generations: [my-chip, sm90]
    support: none
    source: them
    date: 2025
    confidence: inferred
custom_calls:
  my_call: {pattern: my_fusion, stack: mylib, note: ours}
foreign_ops:
  mine: {is: rewrite}
)"});
  ASSERT_TRUE(bool(catalogue)) << llvm::toString(catalogue.takeError());

  const CatalogueRow *ours = catalogue->findRow("ours");
  ASSERT_NE(ours, nullptr);
  EXPECT_EQ(ours->patterns, (std::vector<std::string>{"my_fusion", "gemm"}));
  EXPECT_EQ(ours->generations, std::vector<std::string>{"my-chip"});
  EXPECT_EQ(ours->support, Support::Partial);
  EXPECT_EQ(ours->kernels, (std::vector<std::string>{"k1", "k2"}));
  EXPECT_EQ(ours->types,
            (std::vector<ElementType>{ElementType::BF16, ElementType::F16}));
  EXPECT_EQ(ours->stack, "mylib");
  EXPECT_EQ(ours->since->str(), "1.2.RC3");
  EXPECT_EQ(ours->lacks, "odd extents");
  EXPECT_EQ(ours->into, std::vector<std::string>{"rms_norm"});
  ASSERT_EQ(ours->needs.size(), 3u);
  EXPECT_EQ(ours->needs[1].str(), "head_dim a multiple of 16");
  EXPECT_EQ(ours->needs[2].str(), "shapes static");
  ASSERT_EQ(ours->prefers.size(), 1u);
  EXPECT_EQ(ours->source->title, "Our notes");
  EXPECT_EQ(ours->date, "2026-03");
  EXPECT_EQ(ours->confidence, Confidence::Measured);
  EXPECT_EQ(ours->note, "as measured");
  EXPECT_EQ(ours->where.line, 13u);
  EXPECT_TRUE(ours->isUsers);

  const CatalogueRow *theirs = catalogue->findRow("theirs");
  ASSERT_NE(theirs, nullptr);
  EXPECT_EQ(theirs->source->title, "Their notes");
  EXPECT_EQ(theirs->date, "2025");
  EXPECT_EQ(theirs->confidence, Confidence::Inferred);

  const KnownCall *call = catalogue->findCall("my_call");
  ASSERT_NE(call, nullptr);
  EXPECT_EQ(call->meaning, CallMeaning::Pattern);
  EXPECT_EQ(call->pattern, "my_fusion");
  EXPECT_EQ(call->stack, "mylib");
  const KnownCall *op = catalogue->findForeignOp("mine.other");
  ASSERT_NE(op, nullptr);
  EXPECT_EQ(op->meaning, CallMeaning::Rewrite);
  EXPECT_EQ(catalogue->getKinds().patternOf("mine.fusion")->name, "my_fusion");
}

TEST_F(CatalogueFiles, NamesAreChecked) {
  EXPECT_EQ(complaint({row("    patterns: [add, substract]\n"
                           "    generations: [sm90]\n"
                           "    support: none\n")}),
            "a.yaml:6:21: error: unknown pattern 'substract' in 'ours'; did "
            "you mean 'subtract'?");
  EXPECT_EQ(complaint({row("    patterns: [add]\n"
                           "    generations: [ascend-a4]\n"
                           "    support: none\n")})
                .substr(0, 60),
            "a.yaml:7:19: error: unknown generation 'ascend-a4' in 'ours'");
  EXPECT_NE(complaint({row("    patterns: [add]\n"
                           "    generations: [sm90]\n"
                           "    support: libary\n")})
                .find("a.yaml:8:14: error: unknown support 'libary' in 'ours'; "
                      "did you mean 'library'?"),
            std::string::npos);
  EXPECT_NE(complaint({row("    patterns: [add]\n"
                           "    generations: [sm90]\n"
                           "    support: none\n"
                           "    types: [bf16, fp8]\n")})
                .find("a.yaml:9:19: error: unknown element type 'fp8'; did "
                      "you mean"),
            std::string::npos);
  EXPECT_NE(complaint({row("    patterns: [add]\n"
                           "    generations: [sm90]\n"
                           "    support: none\n"
                           "    stack: can\n")})
                .find("a.yaml:9:12: error: unknown stack 'can'; did you mean "
                      "'cann'"),
            std::string::npos);
  EXPECT_NE(complaint({row("    patterns: [add]\n"
                           "    generations: [sm90]\n"
                           "    support: none\n"
                           "    source: me\n")})
                .find("a.yaml:9:13: error: unknown source 'me'"),
            std::string::npos);
  EXPECT_NE(complaint({row("    patterns: [add]\n"
                           "    generations: [sm90]\n"
                           "    support: none\n"
                           "    needs: {head_dims: <= 128}\n")})
                .find("a.yaml:9:13: error: unknown subject 'head_dims' in "
                      "'needs'; did you mean 'head_dim'?"),
            std::string::npos);
  EXPECT_NE(complaint({row("    patterns: [add]\n"
                           "    generations: [sm90]\n"
                           "    support: none\n"
                           "    kernels: k\n")})
                .find("a.yaml:9:5: error: unknown key 'kernels' in 'ours'; "
                      "did you mean 'kernel'?"),
            std::string::npos);
  EXPECT_NE(complaint({"row: {}\n"})
                .find("a.yaml:1:1: error: unknown key 'row'; did you mean "
                      "'rows'?"),
            std::string::npos);
}

TEST_F(CatalogueFiles, ValuesAreChecked) {
  auto saysOf = [&](llvm::StringRef keys, llvm::StringRef what) {
    std::string said = complaint({row(("    patterns: [add]\n"
                                       "    generations: [sm90]\n" +
                                       keys)
                                          .str())});
    EXPECT_NE(said.find(what.str()), std::string::npos)
        << keys.str() << ": " << said;
  };
  saysOf("    support: library\n    stack: cuda\n", "has no 'kernel'");
  saysOf("    support: library\n    kernel: k\n", "has no 'stack'");
  saysOf("    support: partial\n    kernel: k\n    stack: cuda\n",
         "has no 'lacks'");
  saysOf("    support: none\n    lacks: all\n", "has 'lacks'");
  saysOf("    support: decompose\n", "has no 'into'");
  saysOf("    support: native\n    into: [subtract]\n", "has 'into'");
  saysOf("    support: decompose\n    into: [add]\n", "by itself");
  saysOf("    support: none\n    since: 8.0\n", "'since' without 'stack'");
  saysOf("    support: none\n    stack: cann\n    since: 8.x\n",
         "a.yaml:10:12: error: '8.x' is not a version; write a version such as "
         "'8.2.RC1'");
  saysOf("    support: none\n    confidence: high\n", "unknown confidence");
  saysOf("    support: none\n    date: May\n", "is not a date");
  saysOf("    support: none\n    types: [bf16, bf16]\n", "given twice");
  saysOf("    support: none\n    types: []\n", "'types' is empty");
  saysOf("    support: none\n    types: {a: b}\n", "holds one value");
  saysOf("    support: none\n    needs: {k: < 4}\n",
         "a.yaml:9:16: error: '< 4' is not a condition on 'k'");
  saysOf("    support: none\n    note: first, second: third\n",
         "not valid YAML");
  EXPECT_NE(complaint({row("    patterns: []\n    generations: [sm90]\n"
                           "    support: none\n")})
                .find("has no 'patterns'"),
            std::string::npos);
  EXPECT_NE(complaint({row("    generations: [sm90]\n    support: none\n")})
                .find("'ours' has no 'patterns'; add it"),
            std::string::npos);
  EXPECT_NE(complaint({"rows:\n  ours: {patterns: add, generations: sm90, "
                       "support: none}\n"})
                .find("a.yaml:2:3: error: 'ours' has no 'source'"),
            std::string::npos);
  EXPECT_NE(complaint({"custom_calls:\n  f: {note: what}\n"})
                .find("a.yaml:2:3: error: 'f' needs either 'pattern'"),
            std::string::npos);
  EXPECT_NE(complaint({"custom_calls:\n  f: {is: markr}\n"})
                .find("'is' is 'marker' or 'rewrite', got 'markr'"),
            std::string::npos);
  EXPECT_NE(complaint({"stacks:\n  s: {title: S, by: me}\n"})
                .find("'by' is 'vendor' or 'community', got 'me'"),
            std::string::npos);
  EXPECT_NE(complaint({"stacks:\n  S!: {title: S, by: vendor}\n"})
                .find("'S!' is not a name in 'stacks'"),
            std::string::npos);
  EXPECT_NE(complaint({"kinds:\n  mine: [addf]\n"})
                .find("'addf' is not an op; write ops such as 'arith.addf'"),
            std::string::npos);
}

TEST_F(CatalogueFiles, NamesAreGivenOnce) {
  const std::string ours = row("    patterns: [add]\n"
                               "    generations: [sm90]\n"
                               "    support: none\n");
  EXPECT_EQ(complaint({ours}), "");
  EXPECT_EQ(complaint({ours, ours}),
            "b.yaml:5:3: error: row 'ours' is there already, from a.yaml:5:3; "
            "give this one another name");
  EXPECT_NE(complaint({"stacks:\n  cann: {title: S, by: vendor}\n"})
                .find("a.yaml:2:3: error: stack 'cann' is there already, from "
                      "<built-in>/catalogue/stacks.yaml"),
            std::string::npos);
  EXPECT_NE(complaint({"kinds:\n  add: []\n"}).find("pattern 'add' is there"),
            std::string::npos);
  EXPECT_NE(complaint({"custom_calls:\n  f: {is: marker}\n",
                       "custom_calls:\n  f: {is: marker}\n"})
                .find("b.yaml:2:3: error: 'f' is there already, from a.yaml"),
            std::string::npos);
}

TEST_F(CatalogueFiles, OthersAreRefused) {
  EXPECT_NE(complaint({""}).find("file is empty"), std::string::npos);
  EXPECT_NE(complaint({"- a\n"}).find("is it a catalogue file?"),
            std::string::npos);
  llvm::Expected<Catalogue> missing = Catalogue::create({"/no/such.yaml"});
  EXPECT_FALSE(bool(missing));
  EXPECT_NE(llvm::toString(missing.takeError())
                .find("/no/such.yaml: error: cannot read catalogue file"),
            std::string::npos);
}

TEST(CatalogueSchema, IsDocumented) {
  std::string text = catalogueSchemaToMarkdown();
  for (Support support : allSupports())
    EXPECT_NE(text.find("| `" + stringify(support).str() + "` |"),
              std::string::npos);
  for (const ConstraintSubject &subject : constraintSubjects())
    EXPECT_NE(text.find("| `" + subject.name.str() + "` |"), std::string::npos);
}
