//===- CatalogueLookupTest.cpp - Finding the row of a pattern -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CatalogueFiles.h"

using namespace roofline;

namespace {

constexpr llvm::StringLiteral chip = R"(
generations:
  chip: {vendor: us, title: our chip}
stacks:
  lib: {title: a library, by: vendor}
  club: {title: a project, by: community}
fused:
  work: {meaning: what we do}
  part: {meaning: half of it}
source: us
sources:
  us: {title: Our notes, confidence: datasheet}
rows:
  new: {patterns: work, generations: chip, support: library, kernel: new,
    stack: lib, since: 2.1.RC1, types: [bf16, f16]}
  old: {patterns: work, generations: chip, support: partial, kernel: old,
    stack: lib, since: 1.0, types: [bf16, f16], lacks: much}
  others: {patterns: work, generations: chip, support: library, kernel: theirs,
    stack: club, types: [bf16, f16, i8]}
  apart: {patterns: work, generations: chip, support: decompose, into: part}
  no-f8: {patterns: work, generations: chip, support: none, types: [f8, f64]}
  slow: {patterns: part, generations: chip, support: host, types: [f64]}
  fast: {patterns: part, generations: chip, support: native, types: [bf16, f32]}
custom_calls:
  "my_*": {is: rewrite}
  "my_kernel_*": {pattern: work}
  my_kernel_7: {is: marker}
foreign_ops:
  mine: {is: rewrite}
  mine.hint: {is: marker}
)";

class CatalogueLookup : public CatalogueFiles {
protected:
  std::string find(const Catalogue &catalogue, llvm::StringRef pattern,
                   llvm::ArrayRef<ElementType> types,
                   std::optional<llvm::StringRef> release = std::nullopt,
                   bool includesCommunity = true) {
    std::vector<CatalogueQuery::Release> releases;
    if (release)
      releases.push_back({"lib", *SoftwareVersion::parse(*release)});
    const CatalogueRow *row =
        catalogue.find({pattern, "chip", types, releases, includesCommunity});
    return row ? row->id : "";
  }
};

} // namespace

TEST_F(CatalogueLookup, BestSupportWins) {
  Catalogue catalogue = llvm::cantFail(load({chip}));
  const ElementType bf16 = ElementType::BF16;
  EXPECT_EQ(find(catalogue, "work", bf16), "new");
  EXPECT_EQ(find(catalogue, "work", bf16, "2.1.RC1"), "new");
  EXPECT_EQ(find(catalogue, "work", bf16, "2.0"), "others");
  EXPECT_EQ(find(catalogue, "work", bf16, "2.0", false), "old");
  EXPECT_EQ(find(catalogue, "work", bf16, "0.9", false), "apart");
  EXPECT_EQ(find(catalogue, "work", {}, std::nullopt, false), "new");

  llvm::SmallVector<const CatalogueRow *> all =
      catalogue.findAll({"work", "chip", bf16});
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0]->id, "new");
  EXPECT_EQ(all[1]->id, "others");
  EXPECT_EQ(all[2]->id, "old");
  EXPECT_EQ(all[3]->id, "apart");
}

TEST_F(CatalogueLookup, TypesDecide) {
  Catalogue catalogue = llvm::cantFail(load({chip}));
  // A kernel knows all types of an op; one is enough for there to be none.
  const ElementType mixed[] = {ElementType::BF16, ElementType::I8};
  EXPECT_EQ(find(catalogue, "work", mixed), "others");
  const ElementType wide[] = {ElementType::F32, ElementType::F64};
  EXPECT_EQ(find(catalogue, "part", wide), "slow");
  EXPECT_EQ(find(catalogue, "part", ElementType::F32), "fast");
  EXPECT_EQ(find(catalogue, "part", ElementType::I8), "");
  // The fact that it can be taken apart is of any type.
  EXPECT_EQ(find(catalogue, "work", ElementType::F8), "apart");
}

TEST_F(CatalogueLookup, NothingIsKnownOfOthers) {
  Catalogue catalogue = llvm::cantFail(load({chip}));
  EXPECT_EQ(catalogue.find({"work", "sm90"}), nullptr);
  EXPECT_EQ(catalogue.find({"work", "no-such-chip"}), nullptr);
  EXPECT_EQ(catalogue.find({"no_such_work", "chip"}), nullptr);
  EXPECT_EQ(catalogue.find({"work", ""}), nullptr);
}

TEST_F(CatalogueLookup, AUsersRowComesFirst) {
  Catalogue catalogue = llvm::cantFail(load({R"(
source: us
sources:
  us: {title: Our notes, confidence: inferred}
rows:
  ours: {patterns: gemm, generations: ascend-a2, support: library,
    kernel: ours, stack: cann, types: [bf16]}
  worse: {patterns: softmax, generations: ascend-a2, support: none}
  ascend-rope: {patterns: rope, generations: ascend-a2, support: none}
custom_calls:
  Sharding: {is: rewrite}
)"}));
  const ElementType bf16 = ElementType::BF16;
  EXPECT_EQ(catalogue.find({"gemm", "ascend-a2", bf16})->id, "ours");
  // But it makes nothing worse: facts are added, not taken away,
  EXPECT_EQ(catalogue.find({"softmax", "ascend-a2", bf16})->support,
            Support::Library);
  // unless it has the name of the fact that it corrects.
  EXPECT_EQ(catalogue.find({"rope", "ascend-a2", bf16})->support,
            Support::None);
  EXPECT_EQ(catalogue.find({"rope", "ascend-a3", bf16}), nullptr);
  EXPECT_EQ(catalogue.findCall("Sharding")->meaning, CallMeaning::Rewrite);
}

TEST_F(CatalogueLookup, CallsAreFoundByTheirBeginning) {
  Catalogue catalogue = llvm::cantFail(load({chip}));
  EXPECT_EQ(catalogue.findCall("my_thing")->meaning, CallMeaning::Rewrite);
  EXPECT_EQ(catalogue.findCall("my_kernel_3")->meaning, CallMeaning::Pattern);
  EXPECT_EQ(catalogue.findCall("my_kernel_7")->meaning, CallMeaning::Marker);
  EXPECT_EQ(catalogue.findCall("your_kernel"), nullptr);
  EXPECT_EQ(catalogue.findCall(""), nullptr);
  EXPECT_EQ(catalogue.findForeignOp("mine.op")->meaning, CallMeaning::Rewrite);
  EXPECT_EQ(catalogue.findForeignOp("mine.hint")->meaning, CallMeaning::Marker);
  EXPECT_EQ(catalogue.findForeignOp("stablehlo.add"), nullptr);
}
