//===- ReportDiffTest.cpp - What two reports differ in --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckReports.h"

#include "roofline/Check/CheckViews.h"

#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

using namespace roofline;

namespace {

ReportDiff diffOf(const Report &before, const Report &after) {
  llvm::Expected<ReportDiff> diff = diffReports(before, after);
  EXPECT_TRUE(bool(diff)) << llvm::toString(diff.takeError());
  return diff ? std::move(*diff) : ReportDiff();
}

/// `changed 31`, the lines of each change.
std::vector<std::string> linesOf(const ReportDiff &diff) {
  std::vector<std::string> lines;
  for (const KernelChange &change : diff.kernels)
    for (const KernelPlace &place : change.places)
      lines.push_back(
          (stringify(change.kind) + " " + std::to_string(place.line)).str());
  llvm::sort(lines);
  return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST(ReportDiff, OfAReportWithItselfIsEmpty) {
  Report report = reportOfProducts({64, 65, 64, 66});
  EXPECT_TRUE(diffOf(report, report).isEmpty());
}

TEST(ReportDiff, OrderAndLinesAreNoDifference) {
  EXPECT_TRUE(diffOf(reportOfProducts({64, 65, 64, 66, 66}),
                     reportOfProducts({66, 64, 66, 65, 64}, 100))
                  .isEmpty());
}

TEST(ReportDiff, NamesTheLayerThatChanged) {
  // Four layers of two products; lines of the second report begin at 101. The
  // third layer, lines 105 and 106, changes.
  ReportDiff diff =
      diffOf(reportOfProducts({64, 65, 64, 65, 64, 65, 64, 65}),
             reportOfProducts({64, 65, 64, 65, 70, 71, 64, 65}, 101));
  EXPECT_EQ(linesOf(diff), (Lines{"changed 105", "changed 106"}));
  ASSERT_EQ(diff.kernels.size(), 2u);
  EXPECT_EQ(diff.kernels[0].reasons.front(), "k 64 -> 70");
  EXPECT_EQ(diff.kernels[1].reasons.front(), "k 65 -> 71");
  EXPECT_NEAR(*diff.kernels[0].times[0].effect(), 6e-6, 1e-12);
}

TEST(ReportDiff, NamesEachLayerThatChanged) {
  for (size_t first = 0; first < 6; ++first)
    for (size_t second = first; second < 6; ++second) {
      std::vector<uint64_t> before, after;
      Lines expected;
      for (size_t layer = 0; layer < 6; ++layer) {
        bool isChanged = layer == first || layer == second;
        before.insert(before.end(), {64, 65, 65});
        after.insert(after.end(), {64, isChanged ? 80u : 65u, 65});
        if (isChanged)
          expected.push_back("changed " + std::to_string(102 + 3 * layer));
      }
      llvm::sort(expected);
      EXPECT_EQ(linesOf(diffOf(reportOfProducts(before),
                               reportOfProducts(after, 101))),
                expected)
          << first << " " << second;
    }
}

TEST(ReportDiff, SaysWhatIsNewAndGone) {
  Report before = reportOfProducts({64, 65});
  Report after = reportOfProducts({64, 65, 64, 65});
  EXPECT_EQ(linesOf(diffOf(before, after)), (Lines{"added 3", "added 4"}));
  EXPECT_EQ(linesOf(diffOf(after, before)), (Lines{"removed 3", "removed 4"}));
}

TEST(ReportDiff, EffectsAddUpToTheDifference) {
  // Over random sequences: whatever is paired with whatever, the effects of all
  // changes sum to what the totals differ by, and counts do, too.
  uint32_t state = 7;
  auto next = [&](size_t limit) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % limit;
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<uint64_t> before(next(40)), after;
    for (uint64_t &k : before)
      k = 64 + next(4);
    for (uint64_t k : before) {
      if (next(8) != 0)
        after.push_back(next(8) == 0 ? 90 + next(3) : k);
      if (next(10) == 0)
        after.push_back(64 + next(6));
    }
    ReportDiff diff = diffOf(reportOfProducts(before), reportOfProducts(after));
    double effects = 0;
    long kernels = 0;
    for (const KernelChange &change : diff.kernels) {
      effects += *change.times[0].effect();
      if (change.kind == KernelChange::Kind::Added)
        kernels += long(change.places.size());
      if (change.kind == KernelChange::Kind::Removed)
        kernels -= long(change.places.size());
    }
    double expected = 0;
    for (uint64_t k : after)
      expected += double(k) * 1e-6;
    for (uint64_t k : before)
      expected -= double(k) * 1e-6;
    EXPECT_NEAR(effects, expected, 1e-9);
    EXPECT_EQ(kernels, long(after.size()) - long(before.size()));
  }
}

TEST(ReportDiff, SaysWhenTheSameWorkTakesAnotherTime) {
  Report before = reportOfProducts({64, 64}), after = before;
  after.kernels[0].times[0].seconds = 256e-6;
  ReportDiff diff = diffOf(before, after);
  ASSERT_EQ(diff.kernels.size(), 1u);
  EXPECT_EQ(diff.kernels[0].places.size(), 2u);
  EXPECT_EQ(diff.kernels[0].reasons.front(),
            "the same work takes another time on h200");
}

TEST(ReportDiff, RefusesReportsThatWereCut) {
  Report report = reportOfProducts({64, 65});
  report.rankedKernels = 9;
  llvm::Expected<ReportDiff> diff = diffReports(report, report);
  ASSERT_FALSE(bool(diff));
  EXPECT_EQ(llvm::toString(diff.takeError()),
            "model.mlir: error: the report lists 2 of 9 rows of kernels, and "
            "what is not listed cannot be compared; save it without --top");
}

TEST(ReportDiff, ManyKernelsThatDifferEndInTime) {
  // 20,000 kernels of which nothing is common but a few.
  std::vector<uint64_t> before, after;
  for (uint64_t i = 0; i < 20000; ++i) {
    before.push_back(64 + i % 5);
    after.push_back(i % 7 == 0 ? 64 : 70 + i % 3);
  }
  ReportDiff diff = diffOf(reportOfProducts(before), reportOfProducts(after));
  EXPECT_FALSE(diff.isEmpty());
}

TEST(DiffView, TextIsEmptyWhereNothingDiffers) {
  Report report = reportOfProducts({64});
  std::string text;
  llvm::raw_string_ostream os(text);
  printDiff(os, diffOf(report, report));
  EXPECT_EQ(text, "");
}

TEST(DiffView, NamesCannotActOnATerminal) {
  Report before = reportOfProducts({64}), after = reportOfProducts({70});
  after.kernels[0].name = "gemm\x1b[31m|`x`";
  for (auto print : {printDiff, printDiffMarkdown, printDiffJson}) {
    std::string text;
    llvm::raw_string_ostream os(text);
    print(os, diffOf(before, after));
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
  }
}

TEST(ReportDiff, FindingsOfPorts) {
  Report before = reportOfProducts({64}), after = before;
  before.ports = {portWith("RF1041", PortingGrade::B, {1, 4})};
  after.ports = before.ports;
  llvm::Expected<ReportDiff> same = diffReports(before, after);
  ASSERT_TRUE(bool(same)) << llvm::toString(same.takeError());
  EXPECT_TRUE(same->isEmpty());

  after.ports[0].findings[0].occurrences = 3;
  llvm::Expected<ReportDiff> more = diffReports(before, after);
  ASSERT_TRUE(bool(more)) << llvm::toString(more.takeError());
  ASSERT_EQ(more->findings.size(), 1u);
  EXPECT_EQ(more->findings[0].kind, KernelChange::Kind::Changed);
  EXPECT_EQ(more->findings[0].reasons,
            std::vector<std::string>{"occurrences 2 -> 3"});

  after.ports = {portWith("RF1050", PortingGrade::C, {2, 8})};
  llvm::Expected<ReportDiff> other = diffReports(before, after);
  ASSERT_TRUE(bool(other)) << llvm::toString(other.takeError());
  ASSERT_EQ(other->findings.size(), 2u);
  EXPECT_EQ(other->findings[0].kind, KernelChange::Kind::Added);
  EXPECT_EQ(other->findings[1].kind, KernelChange::Kind::Removed);
  ASSERT_TRUE(other->targets[0].grade);
  EXPECT_EQ(other->targets[0].grade->second, PortingGrade::C);
}

TEST(ReportDiff, PortsFromDifferentTargetsAreNotCompared) {
  Report before = reportOfProducts({64}), after = before;
  before.ports = {portWith("RF1041", PortingGrade::B, {1, 4})};
  after.ports = {portWith("RF1050", PortingGrade::C, {2, 8})};
  after.ports[0].from = "h20";
  llvm::Expected<ReportDiff> diff = diffReports(before, after);
  ASSERT_TRUE(bool(diff)) << llvm::toString(diff.takeError());
  EXPECT_TRUE(diff->findings.empty());
  ASSERT_EQ(diff->others.size(), 1u);
  EXPECT_EQ(diff->others[0],
            "moving to 'h200' is from 'h20', from 'h100' before");
}

TEST(ReportDiff, OtherModelDataIsANote) {
  Report before = reportOfProducts({64}), after = reportOfProducts({65});
  after.modelDataVersion = 2;
  llvm::Expected<ReportDiff> diff = diffReports(before, after);
  ASSERT_TRUE(bool(diff)) << llvm::toString(diff.takeError());
  ASSERT_EQ(diff->notes.size(), 1u);
  EXPECT_NE(diff->notes[0].find("versions 0 and 2 of the model data"),
            std::string::npos);
}
