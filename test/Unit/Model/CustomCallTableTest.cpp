//===- CustomCallTableTest.cpp - Reading tables of custom calls -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/CustomCallTable.h"

#include "llvm/Support/MemoryBuffer.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// What is wrong with a table; empty where nothing is.
std::string complaint(llvm::StringRef text) {
  CustomCallTable table;
  return llvm::toString(table.addFile(text, "calls.yaml"));
}

} // namespace

TEST(CustomCallTable, IsRead) {
  CustomCallTable table;
  llvm::Error error = table.addFile(R"(# Ours.
my_marker: {cost: view, note: "an annotation, nothing else", source: us}
"my kernel@2":
  vector: 3
  cost: elementwise
  special: 2
my_norm: {cost: rms_norm}
my_scan: {cost: reduction, vector: 1, special_per_line: 4}
my_step: {cost: fixed, work: {matrix_bf16: 137438953472, vector_f32: 7}}
)",
                                    "calls.yaml");
  ASSERT_FALSE(bool(error)) << llvm::toString(std::move(error));
  ASSERT_EQ(table.rows().size(), 5u);

  const CustomCall *marker = table.lookup("my_marker");
  ASSERT_NE(marker, nullptr);
  EXPECT_EQ(marker->cost, CallCost::View);
  EXPECT_EQ(marker->note, "an annotation, nothing else");
  EXPECT_EQ(marker->source, "us");
  EXPECT_EQ(marker->where.str(), "calls.yaml:2:1");

  const CustomCall *kernel = table.lookup("my kernel@2");
  ASSERT_NE(kernel, nullptr);
  EXPECT_EQ(kernel->cost, CallCost::Elementwise);
  EXPECT_EQ(kernel->perElement.vector, 3u);
  EXPECT_EQ(kernel->perElement.special, 2u);

  // A named function brings its numbers (A32).
  const CustomCall *norm = table.lookup("my_norm");
  ASSERT_NE(norm, nullptr);
  EXPECT_EQ(norm->cost, CallCost::Reduction);
  EXPECT_EQ(norm->perElement.vector, 4u);
  EXPECT_EQ(norm->perLine.special, 1u);

  const CustomCall *scan = table.lookup("my_scan");
  ASSERT_NE(scan, nullptr);
  EXPECT_EQ(scan->perElement.vector, 1u);
  EXPECT_EQ(scan->perLine.special, 4u);

  const CustomCall *step = table.lookup("my_step");
  ASSERT_NE(step, nullptr);
  EXPECT_EQ(step->work.ops({Unit::Matrix, ElementType::BF16}),
            Count(137438953472));
  EXPECT_EQ(step->work.ops({Unit::Vector, ElementType::F32}), Count(7));

  EXPECT_EQ(table.lookup("your_marker"), nullptr);
}

// One diagnostic for each kind of mistake: place, cause, remedy.

TEST(CustomCallTable, UnknownWords) {
  EXPECT_EQ(complaint("f: {cost: view, nota: x}\n"),
            "calls.yaml:1:17: error: unknown key 'nota' in 'f'; did you mean "
            "'note'?");
  EXPECT_EQ(complaint("f: {cost: view, note: free, or nearly so}\n"),
            "calls.yaml:1:29: error: unknown key 'or nearly so' in 'f'; put "
            "text with a comma in quotes");
  EXPECT_EQ(complaint("f: {cost: sofmax}\n"),
            "calls.yaml:1:11: error: unknown cost 'sofmax' of 'f'; did you "
            "mean 'softmax'?");
  EXPECT_EQ(complaint("f: {cost: fixed, work: {matrix_bf17: 1}}\n"),
            "calls.yaml:1:25: error: unknown unit and type 'matrix_bf17'; did "
            "you mean 'matrix_bf16' or 'matrix_f16'?");
  EXPECT_EQ(complaint("f: {cost: fixed, work: {flops: 1}}\n"),
            "calls.yaml:1:25: error: unknown unit and type 'flops'; write them "
            "like 'matrix_bf16'");
}

TEST(CustomCallTable, Numbers) {
  EXPECT_EQ(complaint("f:\n  cost: elementwise\n  vector: -1\n"),
            "calls.yaml:3:11: error: 'vector' is a whole number up to 1000000, "
            "got '-1'; write a number of operations, such as 2");
  EXPECT_EQ(complaint("f:\n  cost: elementwise\n  special: 1.5\n"),
            "calls.yaml:3:12: error: 'special' is a whole number up to "
            "1000000, got '1.5'; write a number of operations, such as 2");
  EXPECT_EQ(complaint("f: {cost: fixed, work: {matrix_bf16: 1e12}}\n"),
            "calls.yaml:1:38: error: 'matrix_bf16' is a whole number of "
            "operations of one call, got '1e12'");
}

TEST(CustomCallTable, KeysGoWithTheCost) {
  EXPECT_EQ(complaint("f: {cost: view, vector: 1}\n"),
            "calls.yaml:1:17: error: 'vector' does not go with cost 'view' of "
            "'f'; it goes with 'elementwise' or 'reduction'");
  EXPECT_EQ(complaint("f: {special_per_line: 1, cost: softmax}\n"),
            "calls.yaml:1:5: error: 'special_per_line' does not go with cost "
            "'softmax' of 'f'; it goes with 'reduction'");
  EXPECT_EQ(complaint("f: {cost: elementwise}\n"),
            "calls.yaml:1:1: error: cost 'elementwise' of 'f' needs 'vector' "
            "or 'special'; a call that only moves data has the cost "
            "'data_movement'");
  EXPECT_EQ(complaint("f: {cost: fixed}\n"),
            "calls.yaml:1:1: error: cost 'fixed' of 'f' needs 'work'; a call "
            "that only moves data has the cost 'data_movement'");
  EXPECT_EQ(complaint("f: {note: what}\n"),
            "calls.yaml:1:1: error: custom call 'f' needs 'cost', such as "
            "'cost: view'");
}

TEST(CustomCallTable, OneRowPerTarget) {
  EXPECT_EQ(complaint("f: {cost: view}\ng: {cost: view}\nf: {cost: view}\n"),
            "calls.yaml:3:1: error: duplicate key 'f'; it was given in line 1 "
            "already, keep one of them");
  CustomCallTable table;
  ASSERT_EQ(llvm::toString(table.addFile("f: {cost: view}\n", "a.yaml")), "");
  EXPECT_EQ(llvm::toString(table.addFile("\nf: {cost: view}\n", "b.yaml")),
            "b.yaml:2:1: error: custom call 'f' is given by two files, here "
            "and in a.yaml:1:1; leave one of them out");
}

// What a file holds is printed, so escapes cannot bring in what breaks lines,
// terminals or JSON.
TEST(CustomCallTable, TextCanBePrinted) {
  EXPECT_EQ(complaint(R"("a\nb": {cost: view})"),
            "calls.yaml:1:1: error: a key contains a control character; write "
            "it without");
  EXPECT_EQ(complaint(R"("a\x9b": {cost: view})"),
            "calls.yaml:1:1: error: a key contains a control character; write "
            "it without");
  EXPECT_EQ(complaint(R"(f: {cost: view, "\uD800": 1})"),
            "calls.yaml:1:17: error: a key in 'f' contains half of a surrogate "
            "pair; write it without");
  EXPECT_EQ(complaint(R"(f: {cost: view, note: "\e[2J"})"),
            "calls.yaml:1:23: error: 'note' contains a control character; "
            "write what the call does");
  EXPECT_EQ(complaint(R"(f: {cost: view, note: "\x7f"})"),
            "calls.yaml:1:23: error: 'note' contains a control character; "
            "write what the call does");
  EXPECT_EQ(complaint(R"(f: {cost: view, source: "\uDD1E"})"),
            "calls.yaml:1:25: error: 'source' contains half of a surrogate "
            "pair; write where that is known from");

  CustomCallTable table;
  llvm::Error error = table.addFile(
      R"("\u00e4": {cost: view, note: "one\nline", source: "\U0001D11E"})",
      "calls.yaml");
  ASSERT_FALSE(bool(error)) << llvm::toString(std::move(error));
  ASSERT_EQ(table.rows().size(), 1u);
  EXPECT_EQ(table.rows().front().target, "\u00e4");
  EXPECT_EQ(table.rows().front().note, "one line");
  EXPECT_EQ(table.rows().front().source, "\U0001D11E");
}

TEST(CustomCallTable, SomethingElse) {
  EXPECT_EQ(complaint(""), "calls.yaml: error: file is empty; expected keys "
                           "such as 'my_kernel'");
  EXPECT_EQ(complaint("- f\n"),
            "calls.yaml:1:1: error: expected keys such as 'my_kernel', found a "
            "list; is it a custom call file?");
  EXPECT_EQ(complaint("f: view\n"),
            "calls.yaml:1:4: error: 'f' holds keys, found text; write 'key: "
            "value' lines below it");
}

// The documentation lists every cost as the code does.
TEST(CustomCallTable, CostsAreDocumented) {
  auto document =
      llvm::MemoryBuffer::getFile(ROOFLINE_SOURCE_DIR "/docs/CustomCalls.md");
  ASSERT_TRUE(bool(document));
  EXPECT_TRUE((*document)->getBuffer().contains(callCostsToMarkdown()))
      << "docs/CustomCalls.md should have:\n"
      << callCostsToMarkdown();
}
