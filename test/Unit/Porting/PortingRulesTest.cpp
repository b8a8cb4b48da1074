//===- PortingRulesTest.cpp - The table of rules --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/PortingRules.h"

#include <gtest/gtest.h>

using namespace roofline;

TEST(PortingRules, AreInOrderAndComplete) {
  llvm::StringRef last;
  for (const PortingRule &rule : portingRules()) {
    EXPECT_TRUE(rule.id.starts_with("RF1")) << rule.id.str();
    EXPECT_EQ(rule.id.size(), 6u);
    EXPECT_LT(last, rule.id);
    last = rule.id;
    EXPECT_TRUE(rule.meaning.ends_with(".")) << rule.id.str();
    EXPECT_TRUE(rule.remedy.ends_with(".") || rule.remedy.ends_with(")"))
        << rule.id.str();
    EXPECT_EQ(findPortingRule(rule.id.lower()), &rule);
  }
  EXPECT_EQ(findPortingRule("RF9999"), nullptr);
}

TEST(PortingRules, WorseStatusesAreNotLessWork) {
  // So the best status is also the least work.
  for (const PortingRule &one : portingRules())
    for (const PortingRule &other : portingRules())
      if (!one.isPaidOnce && !other.isPaidOnce && one.status < other.status)
        EXPECT_LE(one.level, other.level)
            << one.id.str() << ' ' << other.id.str();
}

TEST(PortingRules, NamesAreReadBack) {
  for (PortingStatus status : allPortingStatuses())
    EXPECT_EQ(parsePortingStatus(stringify(status)), status);
  for (EffortLevel level : allEffortLevels())
    EXPECT_EQ(parseEffortLevel(stringify(level)), level);
  EXPECT_EQ(parsePortingStatus("fine"), std::nullopt);
  EXPECT_EQ(parseEffortLevel(""), std::nullopt);
}
