//===- ConstraintTest.cpp - What kernels ask of shapes --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/Constraint.h"

#include "llvm/ADT/StringSet.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

std::vector<Constraint> parse(llvm::StringRef subject, llvm::StringRef text) {
  llvm::Expected<std::vector<Constraint>> parsed =
      Constraint::parse(*findConstraintSubject(subject), text);
  if (parsed)
    return *parsed;
  ADD_FAILURE() << llvm::toString(parsed.takeError());
  return {};
}

std::string complaint(llvm::StringRef subject, llvm::StringRef text) {
  return llvm::toString(
      Constraint::parse(*findConstraintSubject(subject), text).takeError());
}

} // namespace

TEST(Constraint, BoundsHold) {
  std::vector<Constraint> both = parse("head_dim", "<= 512, multiple of 16");
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].str(), "head_dim <= 512");
  EXPECT_TRUE(both[0].holds(512));
  EXPECT_FALSE(both[0].holds(513));
  EXPECT_EQ(both[1].str(), "head_dim a multiple of 16");
  EXPECT_TRUE(both[1].holds(576));
  EXPECT_FALSE(both[1].holds(100));

  Constraint least = parse("devices", ">= 2").front();
  EXPECT_TRUE(least.holds(2));
  EXPECT_FALSE(least.holds(1));

  Constraint one = parse("experts", "256").front();
  EXPECT_EQ(one.str(), "experts = 256");
  EXPECT_TRUE(one.holds(256));
  EXPECT_FALSE(one.holds(128));

  Constraint some = parse("head_dim", "one of 64 128 192").front();
  EXPECT_EQ(some.str(), "head_dim one of 64 128 192");
  EXPECT_TRUE(some.holds(192));
  EXPECT_FALSE(some.holds(96));
}

TEST(Constraint, WordsHold) {
  Constraint layout = parse("weight_layout", "nz").front();
  EXPECT_EQ(layout.str(), "weight_layout nz");
  EXPECT_TRUE(layout.holds(llvm::StringRef("nz")));
  EXPECT_FALSE(layout.holds(llvm::StringRef("nd")));
}

TEST(Constraint, MistakesAreExplained) {
  EXPECT_EQ(complaint("weight_layout", "zn"),
            "error: 'weight_layout' is 'nz' or 'nd', got 'zn'");
  for (llvm::StringRef text :
       {"< 512", "<= ", "<= 1 2", "<= 0", "multiple of", "multiple of -4",
        "one of", "sixteen", "<= 512,", "", "1.5"})
    EXPECT_NE(complaint("head_dim", text).find("is not a condition"),
              std::string::npos)
        << text.str();
}

TEST(Constraint, SubjectsHaveOneNameEach) {
  llvm::StringSet<> names;
  for (const ConstraintSubject &subject : constraintSubjects()) {
    EXPECT_TRUE(names.insert(subject.name).second) << subject.name.str();
    EXPECT_EQ(findConstraintSubject(subject.name), &subject);
    EXPECT_FALSE(subject.meaning.empty());
  }
  EXPECT_EQ(findConstraintSubject("headdim"), nullptr);
}
