//===- TimelineViewTest.cpp - Kernels on a time line ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SampleReport.h"

#include "roofline/Report/ReportViews.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

class TimelineView : public testing::Test {
protected:
  void print(const Report &report) {
    std::string text;
    llvm::raw_string_ostream os(text);
    printTrace(os, report);
    llvm::Expected<llvm::json::Value> parsed = llvm::json::parse(text);
    ASSERT_TRUE(bool(parsed)) << llvm::toString(parsed.takeError());
    value = std::move(*parsed);
    for (const llvm::json::Value &event :
         *value.getAsObject()->getArray("traceEvents"))
      if (event.getAsObject()->getString("ph") == "X")
        events.push_back(event.getAsObject());
  }

  llvm::json::Value value = nullptr;
  std::vector<const llvm::json::Object *> events;
};

} // namespace

TEST_F(TimelineView, EventsFollowOneAnotherWithoutGaps) {
  Report report = sampleReport();
  // A third of a microsecond is no multiple of what times are rounded to, and
  // what is rounded must not add up: 3000 of them are a millisecond.
  report.targets.resize(1);
  report.kernels.pop_back();
  report.kernels.front().launches = Count(3000);
  report.kernels.front().times = {{1e-4, std::nullopt, 1e-3}};
  report.sequence.assign(3000, {0, 0, Count(1)});
  print(report);
  ASSERT_EQ(events.size(), 3000u);
  double end = 0;
  for (const llvm::json::Object *event : events) {
    EXPECT_EQ(*event->getNumber("ts"), end);
    EXPECT_GE(*event->getNumber("dur"), 0.0);
    // Exact, not only near.
    end = *event->getNumber("ts") + *event->getNumber("dur");
  }
  EXPECT_NEAR(end, 1000.0, 1.0 / 1024);
}

TEST_F(TimelineView, LoopsAreOneEvent) {
  Report report = sampleReport();
  report.targets.resize(1);
  report.kernels.front().launches = Count(10);
  report.kernels.front().times = {{1e-4, std::nullopt, 1e-3}};
  report.sequence = {{0, 0, Count(9)}, {0, 1, Count(1)}};
  print(report);
  ASSERT_EQ(events.size(), 2u);
  EXPECT_NEAR(*events[0]->getNumber("dur"), 900, 1e-3);
  EXPECT_EQ(events[0]->getObject("args")->getInteger("launches"), 9);
  EXPECT_NEAR(*events[1]->getNumber("dur"), 100, 1e-3);
  EXPECT_EQ(events[1]->getObject("args")->getString("location"), "b");
}

TEST_F(TimelineView, KernelsWithoutATimeAreAtTheirRoofs) {
  Report report = sampleReport();
  report.targets.resize(1);
  Unknown why{UnknownKind::Unmodelled, "no figures"};
  report.kernels.front().launches = Count(1);
  report.kernels.front().times = {{1e-4, std::nullopt, why}};
  report.sequence = {{0, 0, Count(1)}};
  print(report);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_NEAR(*events[0]->getNumber("dur"), 100, 1e-3);
  EXPECT_EQ(events[0]->getObject("args")->getString("reason"), "no figures");
}

TEST_F(TimelineView, KernelsWithoutARoofTakeNoTime) {
  Report report = sampleReport();
  report.targets.resize(1);
  Unknown why{UnknownKind::Unmodelled, "no rate"};
  report.kernels.front().launches = Count(1);
  report.kernels.front().times = {{why, std::nullopt, why}};
  report.sequence = {{0, 0, Count(1)}};
  print(report);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(*events[0]->getNumber("dur"), 0.0);
  EXPECT_EQ(events[0]->getObject("args")->getString("reason"), "no rate");
}

TEST_F(TimelineView, ATargetWithoutTimesIsMarked) {
  print(sampleReport());
  std::string name;
  for (const llvm::json::Value &event :
       *value.getAsObject()->getArray("traceEvents"))
    if (event.getAsObject()->getString("name") == "process_name" &&
        event.getAsObject()->getInteger("pid") == 2)
      name = event.getAsObject()->getObject("args")->getString("name")->str();
  EXPECT_EQ(name, "ascend-910b2-with-a-long-name (roofs)");
}
