//===- CalibrationTextTest.cpp - Calibrations into target files -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Target/TargetFiles.h"
#include "SampleMachine.h"

#include "roofline/Calibration/CalibrationText.h"

using namespace roofline;

namespace {

/// A chip that states no more than it must.
constexpr llvm::StringLiteral chip = R"(name: t
title: Test chip
vendor: test
source: sheet
sources:
  sheet: {title: Sheet, confidence: datasheet}
cores:
  matrix: 100
units:
  matrix:
    rates:
      bf16: 100 TFLOP/s
memory:
  bandwidth: 2 TB/s
)";

CalibrationEntry entry() {
  CalibrationEntry result{startOf("streaming"), "sheet", "2026-01-02, by hand"};
  valueOf(result.calibration, "launch") = 1.25e-6;
  valueOf(result.calibration, "rope") = 1.75;
  // Left out of the equation, and of the file.
  valueOf(result.calibration, "gather") = 1;
  result.calibration.errors = {{"all", 40, 0.0512, 0.04, 0.9, 1.125},
                               {"rope", 20, 0.1, 0.05, 0.75, 2}};
  return result;
}

class CalibrationText : public TargetFiles {
protected:
  /// The calibration that the target of `text` has.
  std::optional<Calibration> loadCalibration(llvm::StringRef text) {
    llvm::Expected<std::shared_ptr<const Target>> target = load(text);
    if (!target) {
      ADD_FAILURE() << message(target.takeError());
      return std::nullopt;
    }
    const Calibration *calibration =
        (*target)->getMachine().findCalibration("streaming");
    EXPECT_NE(calibration, nullptr) << text.str();
    return calibration ? std::optional<Calibration>(*calibration)
                       : std::nullopt;
  }

  std::string with(llvm::StringRef text) {
    llvm::Expected<std::string> result =
        withCalibrations(text, "t.yaml", {entry()});
    return result ? *result : message(result.takeError());
  }
};

TEST_F(CalibrationText, ReadsBackWhatItWrites) {
  std::optional<Calibration> read = loadCalibration(with(chip));
  ASSERT_TRUE(read.has_value());
  Calibration written = entry().calibration;
  for (auto [parameter, before, after] :
       llvm::zip_equal(written.model->parameters, written.values, read->values))
    EXPECT_NEAR(after / before, 1, 1e-4) << parameter.name.str();
  ASSERT_EQ(read->errors.size(), 2u);
  EXPECT_EQ(read->errors[0].regime, "all");
  EXPECT_EQ(read->errors[0].rows, 40);
  EXPECT_NEAR(read->errors[0].mape, 0.0512, 1e-9);
  EXPECT_NEAR(read->errors[1].low, 0.75, 1e-9);
  EXPECT_EQ(read->errors[1].high, 2);
}

TEST_F(CalibrationText, AddsASection) {
  std::string text = with(chip);
  EXPECT_TRUE(llvm::StringRef(text).starts_with(chip));
  EXPECT_NE(text.find("\ncalibration:\n  streaming:\n    source: sheet\n"
                      "    fitted: \"2026-01-02, by hand\"\n"
                      "    launch: 1.25 us\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("    rope: 1.75\n"), std::string::npos);
  EXPECT_EQ(text.find("gather:"), std::string::npos);
  EXPECT_NE(text.find("    errors:\n"
                      "      all: {rows: 40, mape: 0.0512, median: 0.04, low: "
                      "0.9, high: 1.12}\n"),
            std::string::npos)
      << text;
}

TEST_F(CalibrationText, ReplacesNothingButTheEntry) {
  const std::string head = chip.str() + "\n# Fitted.\ncalibration:\n";
  const std::string other = "  # The others.\n"
                            "  quantization:  # stays\n"
                            "    launch: 1 us\n"
                            "    bandwidth: 0.9\n"
                            "    cache_bandwidth: 4 TB/s\n"
                            "    cache_share: 0.5\n"
                            "    maximum_launch: 1 us\n";
  const std::string old = "  streaming:\n"
                          "    # Of last year.\n"
                          "    launch: 9 us\n"
                          "\n"
                          "    errors:\n"
                          "      all: {rows: 1, mape: 1}\n";
  const std::string tail = "\n  # Behind.\n\n# More.\ntpp: 1600\n";
  const std::string wanted = with(chip).substr(with(chip).find("  streaming:"));
  // Before, behind and alone.
  EXPECT_EQ(with(head + old + other + tail), head + wanted + other + tail);
  EXPECT_EQ(with(head + other + old + tail), head + other + wanted + tail);
  EXPECT_EQ(with(head + old), head + wanted);
  // Not there yet: behind the last one.
  EXPECT_EQ(with(head + other + tail), head + other + wanted + tail);
  // Twice is once.
  EXPECT_EQ(with(with(head + other + tail)), head + other + wanted + tail);
  loadCalibration(with(head + other + tail));
}

TEST_F(CalibrationText, KeepsTheFilesWays) {
  // Another indentation, ends of lines, and a last line without one.
  std::string deep = with("name: t\ncalibration:\n      streaming:\n"
                          "        launch: 1 us\n");
  EXPECT_NE(deep.find("\n      streaming:\n        source: sheet\n"),
            std::string::npos)
      << deep;
  std::string crlf = with("name: t\r\ntpp: 1\r\n");
  EXPECT_EQ(llvm::StringRef(crlf).count('\n'),
            llvm::StringRef(crlf).count("\r\n"));
  EXPECT_EQ(with("name: t").substr(0, 24), "name: t\n\ncalibration:\n  ");
}

TEST_F(CalibrationText, RefusesASectionOnOneLine) {
  EXPECT_EQ(with("name: t\ncalibration: {streaming: {launch: 1 us}}\n"),
            "t.yaml:2:1: error: the section 'calibration' is written on one "
            "line; write its keys one a line below it");
}

TEST_F(CalibrationText, WritesANewFile) {
  CalibrationEntry calibration = entry();
  calibration.source.clear();
  write("path/t.yaml", chip);
  std::string fitted = write(
      "fitted.yaml", newTargetFile("t", "Times in \"a\", b", {calibration}));
  llvm::Expected<TargetRegistry> registry =
      TargetRegistry::create({fitted}, {pathOf("path")});
  ASSERT_TRUE(bool(registry)) << message(registry.takeError());
  llvm::Expected<std::shared_ptr<const Target>> target = registry->find("t");
  ASSERT_TRUE(bool(target)) << message(target.takeError());
  const Calibration *read =
      (*target)->getMachine().findCalibration("streaming");
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->borrowedFrom, "");
  const TargetFact *fact = (*target)->findFact("calibration.streaming.launch");
  ASSERT_NE(fact, nullptr);
  EXPECT_EQ(fact->source->title, "Times in \"a\", b");
  EXPECT_EQ(fact->confidence, Confidence::Measured);
}

} // namespace
