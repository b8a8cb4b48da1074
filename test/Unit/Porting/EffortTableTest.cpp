//===- EffortTableTest.cpp - How many days a remedy takes -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CatalogueFiles.h"

#include "roofline/Porting/EffortTable.h"

using namespace roofline;

namespace {

class EffortTableTest : public CatalogueFiles {
protected:
  std::string complaintOf(llvm::StringRef text) {
    std::string path = write("effort.yaml", text);
    llvm::Expected<EffortTable> table = EffortTable::read(path);
    if (table)
      return "";
    std::string message = llvm::toString(table.takeError());
    return message.substr(message.find("effort.yaml"));
  }
};

} // namespace

TEST_F(EffortTableTest, DefaultsGrowWithTheLevel) {
  EffortTable table;
  Days last;
  for (EffortLevel level : {EffortLevel::None, EffortLevel::Low,
                            EffortLevel::Medium, EffortLevel::High}) {
    Days days = table.days(level);
    EXPECT_LE(days.low, days.high);
    EXPECT_LE(last.low, days.low);
    EXPECT_LE(last.high, days.high);
    last = days;
  }
  EXPECT_EQ(table.days(EffortLevel::None).high, 0);
}

TEST_F(EffortTableTest, AFileReplacesWhatItStates) {
  EffortTable table = llvm::cantFail(EffortTable::read(
      write("effort.yaml",
            "levels: {low: 1 .. 3, high: 20}\nrules: {rf1020: 5..9}\n")));
  EXPECT_EQ(table.days(EffortLevel::Low).low, 1);
  EXPECT_EQ(table.days(EffortLevel::Low).high, 3);
  EXPECT_EQ(table.days(EffortLevel::High).low, 20);
  EXPECT_EQ(table.days(EffortLevel::High).high, 20);
  EXPECT_EQ(table.days(EffortLevel::Medium).high,
            EffortTable().days(EffortLevel::Medium).high);
  EXPECT_EQ(table.days(*findPortingRule("RF1020")).high, 9);
  EXPECT_EQ(table.days(*findPortingRule("RF1012")).high, 3);
}

TEST_F(EffortTableTest, MistakesAreNamed) {
  EXPECT_EQ(complaintOf("levls: {low: 1}\n"),
            "effort.yaml:1:1: error: unknown key 'levls'; did you mean "
            "'levels'?");
  EXPECT_EQ(complaintOf("levels: {hihg: 1}\n"),
            "effort.yaml:1:10: error: unknown level 'hihg'; did you mean "
            "'high'?");
  EXPECT_EQ(complaintOf("rules: {RF1021: 3 .. 1}\n"),
            "effort.yaml:1:17: error: '3 .. 1' is no number of days; write "
            "days of one person: '2', or '0.5 .. 2'");
  EXPECT_EQ(complaintOf("rules: {RF1023: 3}\n"),
            "effort.yaml:1:9: error: no work helps against 'RF1023'; leave it "
            "out");
  EXPECT_NE(complaintOf("rules: {RF102: 3}\n").find("unknown rule 'RF102'"),
            std::string::npos);
  for (llvm::StringRef days : {"-1", "nan", "inf", "1e9", "soon", "1 .. x"})
    EXPECT_NE(complaintOf(("levels: {low: " + days + "}\n").str())
                  .find("no number of days"),
              std::string::npos)
        << days.str();
}
