//===- PortingTest.cpp - From a module to what it takes to move it --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ParsedGraph.h"

#include "roofline/Driver/Porting.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// `layers` products and activations one after the other, of `type`.
std::string mlp(unsigned layers, const std::string &type) {
  std::string matrix = "tensor<1024x1024x" + type + ">";
  std::string text = "func.func @main(%x: " + matrix + ", %w: " + matrix +
                     ") -> " + matrix + " {\n";
  std::string last = "%x";
  for (unsigned layer = 0; layer < layers; ++layer) {
    std::string product = "%p" + std::to_string(layer),
                result = "%t" + std::to_string(layer);
    text += product + " = stablehlo.dot_general " + last +
            ", %w, contracting_dims = [1] x [0] : (" + matrix + ", " + matrix +
            ") -> " + matrix + "\n" + result + " = stablehlo.tanh " + product +
            " : " + matrix + "\n";
    last = result;
  }
  return text + "return " + last + " : " + matrix + "\n}";
}

/// A product whose operands are of `type`, with a result in bf16.
std::string product(const std::string &type) {
  std::string matrix = "tensor<1024x4096x" + type + ">",
              weights = "tensor<4096x4096x" + type + ">",
              result = "tensor<1024x4096xbf16>";
  return "func.func @main(%x: " + matrix + ", %w: " + weights + ") -> " +
         result +
         " { %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] "
         ": (" +
         matrix + ", " + weights + ") -> " + result + " return %0 : " + result +
         " }";
}

const Finding *findStatus(const PortingReport &report, PortingStatus status) {
  for (const Finding &finding : report.result.findings)
    if (finding.status() == status && finding.isVerdict)
      return &finding;
  return nullptr;
}

double sumOfSource(const PortingReport &report) {
  double sum = 0;
  for (const Finding &finding : report.result.findings)
    if (finding.isVerdict && finding.sourceSeconds)
      sum += *finding.sourceSeconds;
  return sum;
}

void expectOrdered(const PortingSide &side) {
  ASSERT_TRUE(side.kernelSeconds && side.asIsSeconds && side.interval);
  EXPECT_LE(side.roofSeconds, *side.kernelSeconds);
  EXPECT_LE(*side.kernelSeconds, *side.asIsSeconds);
  EXPECT_LE(side.roofSeconds, side.interval->low);
  EXPECT_LE(side.interval->low, *side.kernelSeconds);
  EXPECT_LE(*side.kernelSeconds, side.interval->high);
}

} // namespace

TEST(Porting, TimesAreOrderedOnBothSides) {
  PortingReport report = portingOf(mlp(3, "bf16"), "h200", "ascend-910c");
  expectOrdered(report.source);
  expectOrdered(report.target);
  ASSERT_TRUE(report.speedUp.has_value());
  EXPECT_DOUBLE_EQ(report.speedUp->value,
                   *report.source.kernelSeconds / *report.target.kernelSeconds);
  EXPECT_LE(report.speedUp->interval.low, report.speedUp->value);
  EXPECT_LE(report.speedUp->value, report.speedUp->interval.high);
  EXPECT_FALSE(report.speedUp->isAtMost);
}

TEST(Porting, FindingsAddUpToTheTimeOfKernels) {
  PortingReport report = portingOf(mlp(3, "bf16"), "h200", "ascend-910c");
  EXPECT_NEAR(sumOfSource(report), *report.source.kernelSeconds,
              *report.source.kernelSeconds * 1e-9);
}

TEST(Porting, TheSameTargetTakesNoWork) {
  PortingReport report = portingOf(mlp(2, "bf16"), "h200", "h200");
  EXPECT_EQ(report.result.effort.high, 0);
  EXPECT_EQ(report.result.grade, PortingGrade::A);
  EXPECT_EQ(report.speedUp->value, 1);
  EXPECT_EQ(report.speedUp->interval.low, 1);
  EXPECT_EQ(report.speedUp->interval.high, 1);
  EXPECT_DOUBLE_EQ(*report.source.kernelSeconds, *report.target.kernelSeconds);
}

TEST(Porting, RepeatedLayersChangeTimeAndNotEffort) {
  PortingReport two = portingOf(mlp(2, "bf16"), "h200", "ascend-910c");
  PortingReport four = portingOf(mlp(4, "bf16"), "h200", "ascend-910c");
  EXPECT_EQ(two.result.effort.low, four.result.effort.low);
  EXPECT_EQ(two.result.effort.high, four.result.effort.high);
  EXPECT_EQ(two.result.findings.size(), four.result.findings.size());
  EXPECT_LT(*two.target.kernelSeconds, *four.target.kernelSeconds);
}

TEST(Porting, EightBitFloatsHaveTwoSubstitutesWithTheirTimes) {
  PortingReport report = portingOf(product("f8E4M3FN"), "h200", "ascend-910c");
  const Finding *finding = findStatus(report, PortingStatus::PrecisionChange);
  ASSERT_TRUE(finding);
  ASSERT_GE(finding->substituteSeconds.size(), 2u);
  auto [first, asI8] = finding->substituteSeconds[0];
  auto [second, asBf16] = finding->substituteSeconds[1];
  EXPECT_EQ(first, ElementType::I8);
  EXPECT_EQ(second, ElementType::BF16);
  ASSERT_TRUE(asI8 && asBf16);
  // Twice the rate and half the bytes.
  EXPECT_LT(*asI8, *asBf16);
  EXPECT_DOUBLE_EQ(*finding->targetSeconds, *asI8);
  expectOrdered(report.target);
}

TEST(Porting, ChangedTypesAreThoseOfTheOtherProduct) {
  // f8 as i8 takes what the same product of i8 takes.
  PortingReport changed = portingOf(product("f8E4M3FN"), "h200", "ascend-910c");
  PortingReport plain = portingOf(product("i8"), "h200", "ascend-910c");
  EXPECT_NEAR(*changed.target.kernelSeconds, *plain.target.kernelSeconds,
              *plain.target.kernelSeconds * 1e-6);
}

TEST(Porting, DoublePrecisionIsBlocked) {
  PortingReport report = portingOf(mlp(1, "f64"), "h200", "ascend-910c");
  EXPECT_TRUE(findStatus(report, PortingStatus::Blocked));
  EXPECT_EQ(report.result.grade, PortingGrade::E);
  EXPECT_FALSE(report.target.isComplete());
}

TEST(Porting, UnknownCallsAreNoneOfTheTimeAndSpoilTheGrade) {
  PortingReport report = portingOf(R"(
    func.func @main(%x: tensor<1024x1024xbf16>) -> tensor<1024x1024xbf16> {
      %0 = stablehlo.tanh %x : tensor<1024x1024xbf16>
      %1 = stablehlo.custom_call @acme(%0) : (tensor<1024x1024xbf16>) -> tensor<1024x1024xbf16>
      return %1 : tensor<1024x1024xbf16>
    })",
                                   "h200", "ascend-910c");
  const Finding *finding = findStatus(report, PortingStatus::Unknown);
  ASSERT_TRUE(finding);
  EXPECT_FALSE(finding->targetSeconds);
  EXPECT_FALSE(finding->sourceSeconds);
  EXPECT_GT(report.result.grade, PortingGrade::A);
  EXPECT_FALSE(report.source.isComplete());
  EXPECT_FALSE(report.target.isComplete());
}

TEST(Porting, CallsThatAreNotFollowedAreUnknown) {
  PortingReport report = portingOf(R"(
    func.func private @elsewhere(tensor<1024xf32>) -> tensor<1024xf32>
    func.func @main(%x: tensor<1024xf32>) -> tensor<1024xf32> {
      %0 = stablehlo.tanh %x : tensor<1024xf32>
      %1 = call @elsewhere(%0) : (tensor<1024xf32>) -> tensor<1024xf32>
      return %1 : tensor<1024xf32>
    })",
                                   "h200", "ascend-910c");
  EXPECT_TRUE(findStatus(report, PortingStatus::Unknown));
}

TEST(Porting, WeightsThatDoNotFitNeedMoreDevices) {
  // 8192 * 8544921 * 2 bytes are 140.0 GB. Usable are 57.6 GB of a 910B3: 2.43
  // of them, so 3; and of an H200 143771 MiB * 0.9 = 135.7 GB: 2.
  PortingReport report = portingOf(R"(
    func.func @main(%x: tensor<8x8192xbf16>, %w: tensor<8192x8544921xbf16>) -> tensor<8x8544921xbf16> {
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<8x8192xbf16>, tensor<8192x8544921xbf16>) -> tensor<8x8544921xbf16>
      return %0 : tensor<8x8544921xbf16>
    })",
                                   "h200", "ascend-910b3");
  EXPECT_EQ(report.memory.target.devices->str(), "3");
  EXPECT_EQ(report.memory.source.devices->str(), "2");
  EXPECT_TRUE(llvm::any_of(report.result.findings, [](const Finding &finding) {
    return finding.rule->id == "RF1080";
  }));
}

TEST(Porting, MasksInDoublePrecisionAreNotTheKernels) {
  // The target's norm does not compare in f64, whatever the graph does.
  PortingReport report = portingOf(R"(
    !x = tensor<256x1024xf32>
    !d = tensor<256x1024xf64>
    !r = tensor<256xf64>
    !s = tensor<f64>
    func.func @main(%x: !x) -> !x {
      %zero = stablehlo.constant dense<0.0> : !s
      %n = stablehlo.constant dense<1024.0> : !r
      %eps = stablehlo.constant dense<1.0e-5> : !r
      %0 = stablehlo.convert %x : (!x) -> !d
      %1 = stablehlo.multiply %0, %0 : !d
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [1] : (!d, !s) -> !r
      %3 = stablehlo.divide %2, %n : !r
      %4 = stablehlo.add %3, %eps : !r
      %5 = stablehlo.rsqrt %4 : !r
      %6 = stablehlo.broadcast_in_dim %5, dims = [0] : (!r) -> !d
      %7 = stablehlo.multiply %0, %6 : !d
      %8 = stablehlo.convert %7 : (!d) -> !x
      return %8 : !x
    })",
                                   "h200", "ascend-910c");
  ASSERT_EQ(report.result.findings.front().isVerdict ||
                !report.result.findings.empty(),
            true);
  EXPECT_FALSE(findStatus(report, PortingStatus::Blocked));
  EXPECT_TRUE(report.target.kernelSeconds.isKnown());
}

TEST(PortingNames, SayWhatIsWrong) {
  auto problemOf = [](PortingNames names) {
    llvm::Expected<PortingRequest> request = resolvePorting(names);
    return request ? std::string() : llvm::toString(request.takeError());
  };
  PortingNames names;
  names.from = "h200";
  EXPECT_EQ(problemOf(names), "expected a target in 'to', such as to=h200");
  names.to = "ascend-910c";
  EXPECT_EQ(problemOf(names), "");
  names.releases = {"can=8.2.RC1"};
  EXPECT_EQ(problemOf(names), "unknown software 'can' in release 'can=8.2.RC1';"
                              " did you mean 'cann' or 'cub'?");
  names.releases = {"cann=eight"};
  EXPECT_EQ(problemOf(names), "'eight' is no version in release 'cann=eight'; "
                              "write a version such as '8.2.RC1' or '12.4'");
  names.releases = {"cann=8.2.RC1", "cann=8.3.RC1"};
  EXPECT_EQ(problemOf(names), "the release of 'cann' is given twice");
}
