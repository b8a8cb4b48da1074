//===- TargetsViewTest.cpp - Targets as table, listing and JSON -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/TargetsView.h"
#include "roofline/Target/Schema.h"
#include "roofline/Target/TargetRegistry.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace roofline;

namespace {

class TargetsView : public testing::Test {
protected:
  TargetsView() : registry(llvm::cantFail(TargetRegistry::create())) {
    for (const std::string &name : registry.names())
      all.push_back(llvm::cantFail(registry.find(name)));
  }

  std::string table() const {
    std::string text;
    llvm::raw_string_ostream os(text);
    printTargetsTable(os, all);
    return text;
  }

  std::string listing(llvm::StringRef name) const {
    std::string text;
    llvm::raw_string_ostream os(text);
    printTarget(os, *llvm::cantFail(registry.find(name)));
    return text;
  }

  TargetRegistry registry;
  std::vector<std::shared_ptr<const Target>> all;
};

/// The words of the line of `text` that starts with `word`.
std::vector<std::string> row(const std::string &text, llvm::StringRef word) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::vector<std::string> cells;
    for (std::string cell; words >> cell;)
      cells.push_back(cell);
    if (!cells.empty() && cells.front() == word)
      return cells;
  }
  return {};
}

} // namespace

TEST_F(TargetsView, TableHasALinePerTarget) {
  using Row = std::vector<std::string>;
  std::string text = table();
  // target memory bandwidth f64 tf32 bf16 f16 f8 i8 f4 ridge link TPP
  // confidence
  EXPECT_EQ(row(text, "h200"),
            (Row{"h200", "141", "4800", "67", "494.7", "989.4", "989.4",
                 "1978.9", "1978.9", "-", "206", "450", "15840", "datasheet"}));
  EXPECT_EQ(row(text, "h20"),
            (Row{"h20", "96", "4000", "1", "74", "148", "148", "296", "296",
                 "-", "37", "450", "2368", "datasheet"}));
  EXPECT_EQ(row(text, "ascend-910c"),
            (Row{"ascend-910c", "128", "3276.8", "-", "354", "707.8", "707.8",
                 "-", "1415.6", "-", "216", "392", "12032", "inferred"}));
  EXPECT_EQ(row(text, "mlu590"), (Row{"mlu590", "-", "-", "-", "-", "-", "281",
                                      "-", "-", "-", "-", "-", "4493", "low"}));
  for (const auto &target : all)
    EXPECT_FALSE(row(text, target->getName()).empty());
}

TEST_F(TargetsView, TableFits) {
  std::istringstream lines(table());
  for (std::string line; std::getline(lines, line);)
    EXPECT_LE(line.size(), 120u) << line;
}

TEST_F(TargetsView, OrderDoesNotDependOnTheCaller) {
  std::string before = table();
  std::reverse(all.begin(), all.end());
  EXPECT_EQ(table(), before);
}

TEST_F(TargetsView, ListingShowsEveryFactWithItsSource) {
  for (const auto &target : all) {
    std::string text = listing(target->getName());
    for (const TargetFact &fact : target->getFacts()) {
      std::vector<std::string> cells = row(text, fact.path);
      ASSERT_GE(cells.size(), 4u) << fact.path;
    }
  }
  std::string text = listing("h200");
  EXPECT_EQ(row(text, "memory.bandwidth"),
            (std::vector<std::string>{"memory.bandwidth", "4.8", "TB/s", "[1]",
                                      "2026-08-22", "datasheet"}));
  EXPECT_NE(text.find("[1]  NVIDIA datasheets and whitepapers"),
            std::string::npos);
  EXPECT_NE(listing("mlu590").find("  confidence    low\n"), std::string::npos);
  EXPECT_NE(listing("gb200").find("deviation: the advertised peak needs"),
            std::string::npos);
}

TEST_F(TargetsView, JsonHasBaseUnits) {
  llvm::json::Value value = targetsToJson(all);
  const llvm::json::Array *list = value.getAsObject()->getArray("targets");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->size(), all.size());
  const llvm::json::Object *h200 = nullptr;
  for (const llvm::json::Value &entry : *list)
    if (entry.getAsObject()->getString("name") == "h200")
      h200 = entry.getAsObject();
  ASSERT_NE(h200, nullptr);
  EXPECT_EQ(h200->getNumber("memory_bytes_per_second"), 4.8e12);
  EXPECT_EQ(h200->getNumber("memory_bytes"), 143771 * 1048576.0);
  EXPECT_EQ(h200->getNumber("tpp"), 15840);
  EXPECT_EQ(h200->getObject("operations_per_second")->getNumber("matrix_bf16"),
            989.4e12);
  EXPECT_EQ(h200->getObject("efficiencies")->getNumber("matrix_bf16"), 0.77);
  EXPECT_EQ(h200->getNumber("memory_efficiency"), 0.84);
  EXPECT_EQ(h200->getNumber("launch_seconds"), 2.4e-6);
  EXPECT_EQ(h200->getNumber("submit_seconds"), 5e-6);
  EXPECT_EQ(h200->get("low_confidence_reason")->kind(),
            llvm::json::Value::Null);
}

TEST_F(TargetsView, JsonOfATargetHasItsFacts) {
  std::shared_ptr<const Target> target = llvm::cantFail(registry.find("h20"));
  llvm::json::Value value = targetToJson(*target);
  const llvm::json::Object &object = *value.getAsObject();
  EXPECT_EQ(object.getObject("schema")->getString("name"), "roofline.target");
  const llvm::json::Array &facts = *object.getArray("facts");
  ASSERT_EQ(facts.size(), target->getFacts().size());
  const llvm::json::Object &first = *facts[0].getAsObject();
  EXPECT_EQ(first.getString("path"), "process");
  EXPECT_EQ(first.get("value")->kind(), llvm::json::Value::Null);
  EXPECT_EQ(first.getString("stated_by"), "h100");
}

TEST_F(TargetsView, DocumentationIsFresh) {
  auto document =
      llvm::MemoryBuffer::getFile(ROOFLINE_SOURCE_DIR "/docs/Targets.md");
  ASSERT_TRUE(bool(document));
  llvm::StringRef text = (*document)->getBuffer();
  EXPECT_TRUE(text.contains(table())) << "docs/Targets.md lacks this table:\n"
                                      << table();
  EXPECT_TRUE(text.contains(schemaToMarkdown()))
      << "docs/Targets.md lacks this schema:\n"
      << schemaToMarkdown();
}
