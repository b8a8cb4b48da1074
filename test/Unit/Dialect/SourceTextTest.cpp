//===- SourceTextTest.cpp - Files before they are parsed ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Dialect/SourceText.h"

#include "gtest/gtest.h"

#include <string>

using namespace roofline;
using llvm::StringRef;

namespace {

std::string problemOf(StringRef contents) {
  InputScan scan = scanInput(contents);
  return scan.problem ? scan.problem->message : "";
}

/// The numbers of the log lines, as "1 2 9".
std::string logLinesOf(StringRef contents) {
  InputScan scan = scanInput(contents);
  EXPECT_FALSE(scan.problem);
  std::string lines;
  for (const LogLine &line : scan.logLines)
    lines += (lines.empty() ? "" : " ") + std::to_string(line.line);
  return lines;
}

TEST(SourceTextTest, CleanText) {
  EXPECT_EQ(logLinesOf("module {\n}\n"), "");
  EXPECT_EQ(logLinesOf("// comment\n\n#map = affine_map<(d0) -> (d0)>\n"
                       "!t = tensor<4xf32>\nmodule @m attributes {a = 1} {\n"
                       "  func.func @f() {\n  return\n  }\n} loc(#loc)\n"
                       "#loc = loc(unknown)\n"),
            "");
  EXPECT_EQ(
      logLinesOf("func.func private @f()\nsdy.mesh @mesh = <[\"x\"=2]>\n"
                 "util.global private @g : tensor<4xf32>\n"
                 "memref.global \"private\" @h : memref<4xf32>\n"
                 "\"test.op\"() : () -> ()\n%0 = \"test.op\"() : () -> i1\n"
                 "{-#\n  dialect_resources: {}\n#-}\n"),
      "");
}

TEST(SourceTextTest, LogLinesAroundTheModule) {
  StringRef text = "WARNING: it's loud (\n"
                   "/usr/lib/site.py:12: UserWarning: \"slow\n"
                   "  warnings.warn(\n"
                   "LlamaConfig {\n"
                   "  \"layers\": 2\n"
                   "}\n"
                   "\n"
                   "module {\n"
                   "  func.func private @f()\n"
                   "}\n"
                   "#loc = loc(unknown)\n"
                   "Took 3.2 s (compile\n"
                   "[2026-01-01] done\n";
  EXPECT_EQ(logLinesOf(text), "1 2 3 4 5 6 12 13");

  InputScan scan = scanInput(text);
  auto buffer = llvm::MemoryBuffer::getMemBuffer(text, "model.mlir");
  std::unique_ptr<llvm::MemoryBuffer> blanked =
      blankLogLines(*buffer, scan.logLines);
  StringRef result = blanked->getBuffer();
  EXPECT_EQ(blanked->getBufferIdentifier(), "model.mlir");
  EXPECT_EQ(result.size(), text.size());
  EXPECT_EQ(result.count('\n'), text.count('\n'));
  EXPECT_EQ(result.trim(), "module {\n  func.func private @f()\n}\n"
                           "#loc = loc(unknown)");
  EXPECT_EQ(result.find("module"), text.find("module"));

  std::string remarks;
  llvm::raw_string_ostream os(remarks);
  printLogLineRemarks(os, "m", scan.logLines);
  EXPECT_EQ(remarks, "m:1:1: remark: ignored lines 1 to 6, which are not MLIR\n"
                     "m:12:1: remark: ignored lines 12 to 13, which are not "
                     "MLIR\n");
}

TEST(SourceTextTest, MarkdownFence) {
  EXPECT_EQ(logLinesOf("```mlir\nmodule {\n}\n```\n"), "1 4");
}

TEST(SourceTextTest, WhatTheParserShouldReportIsKept) {
  // Misspelt, continued, between, without any op at all.
  EXPECT_EQ(logLinesOf("modul @m {\n}\nmodule {\n}\n"), "");
  EXPECT_EQ(logLinesOf("func.func private @f()\n    -> tensor<4xf32>\n"), "");
  EXPECT_EQ(logLinesOf("func.func private @f()\n-> tensor<4xf32>\n"), "");
  EXPECT_EQ(logLinesOf("module {\n}\nnonsense\nmodule {\n}\n"), "");
  EXPECT_EQ(logLinesOf("module {\n}\n}\n"), "");
  EXPECT_EQ(logLinesOf("no\nmlir\nhere\n"), "");
}

TEST(SourceTextTest, NotMlir) {
  EXPECT_EQ(problemOf(""), "the file is empty");
  EXPECT_EQ(problemOf(" \n\n"), "the file is empty");
  EXPECT_EQ(problemOf("\n<!DOCTYPE html>\n"),
            "the file is a web page, not MLIR");
  EXPECT_EQ(problemOf("<html lang=\"en\">"),
            "the file is a web page, not MLIR");
  EXPECT_EQ(problemOf("version https://git-lfs.github.com/spec/v1\n"),
            "the file is a Git LFS pointer, not the model itself");
  EXPECT_EQ(problemOf("HloModule jit_f\n"), "the file is HLO text, not MLIR");
  EXPECT_EQ(problemOf("PK\x03\x04"), "the file is a zip archive, not MLIR");
  EXPECT_EQ(problemOf("\x1f\x8b\x08"), "the file is compressed with gzip");
  EXPECT_EQ(problemOf(StringRef("\x08\x07\x12\x07pytorch\x00", 12)),
            "the file is an ONNX model, not MLIR");

  InputScan scan = scanInput(StringRef("module {\n  \x00}", 13));
  ASSERT_TRUE(scan.problem);
  EXPECT_EQ(scan.problem->message,
            "the file is binary, not MLIR text or bytecode");
  EXPECT_EQ(scan.problem->line, 2u);
  EXPECT_EQ(scan.problem->column, 3u);
}

TEST(SourceTextTest, Bytecode) {
  InputScan portable =
      scanInput(StringRef("ML\xefR\x0dStableHLO_v1.0.0\0x", 23));
  EXPECT_EQ(portable.kind, InputKind::Bytecode);
  EXPECT_EQ(portable.producer, "StableHLO_v1.0.0");
  ASSERT_TRUE(portable.problem);
  EXPECT_NE(portable.problem->remedy.find("stablehlo-translate --deserialize"),
            std::string::npos);

  // Version 6 is one byte with its lowest bit set: 6 * 2 + 1.
  InputScan ordinary = scanInput(StringRef("ML\xefR\x0dMLIR22.1.8\0x", 17));
  EXPECT_EQ(ordinary.producer, "MLIR22.1.8");
  EXPECT_FALSE(ordinary.problem);
  // Cut short in every place.
  EXPECT_EQ(scanInput("ML\xefR").producer, "");
  EXPECT_EQ(scanInput(StringRef("ML\xefR\x00", 5)).producer, "");
  EXPECT_EQ(scanInput("ML\xefR\x0d").producer, "");
}

TEST(SourceTextTest, Nesting) {
  auto nested = [](size_t depth, char open, char close) {
    return "module {\n%0 = \"a.b\"" + std::string(depth, open) +
           std::string(depth, close) + "\n}\n";
  };
  // The module's own bracket counts.
  EXPECT_EQ(problemOf(nested(maxBracketNesting - 1, '(', ')')), "");
  InputScan scan = scanInput(nested(200000, '(', ')'));
  ASSERT_TRUE(scan.problem);
  EXPECT_EQ(scan.problem->message, "brackets nest deeper than 500 levels");
  EXPECT_EQ(scan.problem->line, 2u);
  // Ten characters before the first bracket, which is level 2.
  EXPECT_EQ(scan.problem->column, 10u + maxBracketNesting);
  EXPECT_NE(problemOf(nested(1000, '<', '>')), "");
  // Strings and comments do not nest.
  EXPECT_EQ(problemOf("module {\n// " + std::string(1000, '(') + "\n%0 = \"a." +
                      std::string(1000, '(') + "\\\"((\"\n}\n"),
            "");
}

} // namespace
