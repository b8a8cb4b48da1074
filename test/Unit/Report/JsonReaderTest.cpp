//===- JsonReaderTest.cpp - Reports read back from JSON -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SampleReport.h"

#include "roofline/Report/JsonReader.h"

#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

std::string print(const Report &report, llvm::ArrayRef<ReportView> views) {
  std::string text;
  llvm::raw_string_ostream os(text);
  ViewOptions options;
  options.views = views;
  printJson(os, report, options);
  return text;
}

/// What is wrong with `text`; empty where nothing is.
std::string problemOf(llvm::StringRef text) {
  llvm::Expected<SavedReport> saved = readJsonReport(text, "old.json");
  return saved ? std::string() : llvm::toString(saved.takeError());
}

std::string replaced(std::string text, llvm::StringRef from,
                     llvm::StringRef to) {
  size_t at = text.find(from.str());
  EXPECT_NE(at, std::string::npos) << from.str();
  return text.replace(at, from.size(), to.str());
}

} // namespace

TEST(JsonReader, PrintsTheSameBytesAgain) {
  std::string text = print(sampleReport(), {});
  llvm::Expected<SavedReport> saved = readJsonReport(text, "old.json");
  ASSERT_TRUE(bool(saved)) << llvm::toString(saved.takeError());
  EXPECT_EQ(print(saved->report, saved->views), text);
}

TEST(JsonReader, PrintsPartsAgain) {
  for (const std::vector<ReportView> &views :
       std::vector<std::vector<ReportView>>{
           {ReportView::Summary},
           {ReportView::Coverage},
           {ReportView::Porting},
           {ReportView::Summary, ReportView::Breakdown},
           {ReportView::Summary, ReportView::Kernels}}) {
    std::string text = print(sampleReport(), views);
    llvm::Expected<SavedReport> saved = readJsonReport(text, "old.json");
    ASSERT_TRUE(bool(saved)) << llvm::toString(saved.takeError());
    EXPECT_EQ(saved->views, views);
    EXPECT_EQ(print(saved->report, saved->views), text);
  }
}

TEST(JsonReader, RowsNeedTheTargetsOfTheSummary) {
  std::string text = print(sampleReport(), {ReportView::Kernels});
  EXPECT_NE(problemOf(text).find("saved without some of its views"),
            std::string::npos);
}

TEST(JsonReader, CountsAreExact) {
  llvm::Expected<SavedReport> saved =
      readJsonReport(print(sampleReport(), {}), "old.json");
  ASSERT_TRUE(bool(saved)) << llvm::toString(saved.takeError());
  EXPECT_EQ(*saved->report.model.argumentBytes, largeCount());
  EXPECT_EQ(saved->report.kernelSummary.asIsLaunches, largeCount() * Count(2));
}

TEST(JsonReader, UnknownStaysUnknownWithItsReason) {
  llvm::Expected<SavedReport> saved =
      readJsonReport(print(sampleReport(), {}), "old.json");
  ASSERT_TRUE(bool(saved)) << llvm::toString(saved.takeError());
  EXPECT_FALSE(saved->report.model.weightBytes.isKnown());
  const KernelTimes &times = saved->report.kernels[0].times[1];
  ASSERT_FALSE(times.seconds.isKnown());
  EXPECT_EQ(times.seconds.unknown().reason, "no figures");
}

TEST(JsonReader, FindingsOfPortsHaveTheirPlaces) {
  llvm::Expected<SavedReport> saved =
      readJsonReport(print(sampleReport(), {}), "old.json");
  ASSERT_TRUE(bool(saved)) << llvm::toString(saved.takeError());
  ASSERT_EQ(saved->report.ports.size(), 1u);
  const PortSummary &port = saved->report.ports.front();
  EXPECT_EQ(port.grade, PortingGrade::C);
  EXPECT_EQ(port.effort.high, 22);
  const PortFinding &finding = port.findings[port.worklist.front()];
  EXPECT_EQ(finding.status, PortingStatus::Rewrite);
  EXPECT_EQ(*finding.launches, largeCount());
  ASSERT_TRUE(finding.places.front());
  EXPECT_EQ(saved->report.sourceFiles[finding.places.front()->file],
            "/home/me/net.py");
  EXPECT_EQ(finding.positions, std::vector<size_t>({0, 3}));
}

TEST(JsonReader, RefusesWrongPorts) {
  std::string text = print(sampleReport(), {ReportView::Porting});
  for (auto [from, to, expected] :
       {std::tuple("\"grade\": \"C\"", "\"grade\": \"F\"",
                   "expected a grade from 'A' to 'E'"),
        std::tuple("\"status\": \"rewrite\"", "\"status\": \"rewritten\"",
                   "expected a status"),
        std::tuple("\"worklist\": [\n        1", "\"worklist\": [\n        3",
                   "expected a finding's number"),
        std::tuple("[1, 7, 8], null", "[1, 7, 8]", "as many entries"),
        std::tuple("[1, 7, 8]", "[2, 7, 8]", "a number of a source file"),
        std::tuple("\"positions\": [0, 3]", "\"positions\": [0, -3]",
                   "expected"),
        std::tuple("\"type\": \"i8\"", "\"type\": \"q8\"",
                   "expected an element type")})
    EXPECT_NE(problemOf(replaced(text, from, to)).find(expected),
              std::string::npos)
        << to << ": " << problemOf(replaced(text, from, to));
}

TEST(JsonReader, SaysWhichVersionsItReads) {
  std::string text =
      replaced(print(sampleReport(), {}), "\"version\": 1", "\"version\": 7");
  EXPECT_EQ(
      problemOf(text),
      "old.json: error: is a report of version 7 of its schema; version 1 "
      "is read; save it again with this version of roofline");
}

TEST(JsonReader, RefusesOtherJson) {
  EXPECT_NE(problemOf("{}").find("not of a report"), std::string::npos);
  EXPECT_NE(problemOf("[1]").find("not of a report"), std::string::npos);
  EXPECT_NE(problemOf("{\"schema\": {\"name\": \"x\", \"version\": 1}}")
                .find("not of a report"),
            std::string::npos);
}

TEST(JsonReader, NamesThePlaceOfAWrongValue) {
  std::string text =
      replaced(print(sampleReport(), {}), "\"kernels\": 1234567,",
               "\"kernels\": \"many\",");
  std::string problem = problemOf(text);
  EXPECT_NE(problem.find("expected a whole number"), std::string::npos);
  EXPECT_NE(problem.find("kernel_totals.kernels"), std::string::npos)
      << problem;
}

TEST(JsonReader, RefusesDeepNesting) {
  std::string text(200000, '[');
  EXPECT_NE(problemOf(text).find("nest deeper"), std::string::npos);
}

TEST(JsonReader, RefusesEveryCut) {
  std::string text = print(sampleReport(), {});
  for (size_t length = 0; length + 2 < text.size();
       length += 1 + text.size() / 211)
    EXPECT_NE(problemOf(llvm::StringRef(text).take_front(length)), "");
}

TEST(JsonReader, SurvivesMutations) {
  // Nothing is asserted but that each ends with a report or an error.
  const std::string text = print(sampleReport(), {});
  uint32_t state = 1;
  auto next = [&](size_t limit) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % limit;
  };
  const llvm::StringRef parts[] = {
      "null", "-1",  "1e999", "[",
      "{}",   "\"",  "\"x\"", "99999999999999999999999999999999999999999",
      "true", "0.5", ",",     "}"};
  for (int round = 0; round < 2000; ++round) {
    std::string mutated = text;
    for (size_t edits = 1 + next(3); edits > 0; --edits)
      mutated.replace(next(mutated.size()), next(12),
                      parts[next(std::size(parts))].str());
    llvm::Expected<SavedReport> saved = readJsonReport(mutated, "old.json");
    if (!saved)
      llvm::consumeError(saved.takeError());
  }
}

TEST(JsonReader, TellsJsonFromMlir) {
  EXPECT_TRUE(looksLikeJson("{\n  \"schema\""));
  EXPECT_TRUE(looksLikeJson("\xEF\xBB\xBF {}"));
  EXPECT_FALSE(looksLikeJson("{-#\n  dialect_resources"));
  EXPECT_FALSE(looksLikeJson("module {}"));
  EXPECT_FALSE(looksLikeJson(""));
}
