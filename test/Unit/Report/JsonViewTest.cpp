//===- JsonViewTest.cpp - A report for programs ---------------------------===//
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

class JsonView : public testing::Test {
protected:
  /// Prints `report`; `root` is what a reader makes of it.
  void print(const Report &report, llvm::ArrayRef<ReportView> views = {}) {
    ViewOptions options;
    options.views = views;
    llvm::raw_string_ostream os(text);
    printJson(os, report, options);
    llvm::Expected<llvm::json::Value> parsed = llvm::json::parse(text);
    ASSERT_TRUE(bool(parsed)) << llvm::toString(parsed.takeError());
    value = std::move(*parsed);
    root = value.getAsObject();
    ASSERT_NE(root, nullptr);
  }

  std::string text;
  llvm::json::Value value = nullptr;
  const llvm::json::Object *root = nullptr;
};

/// True for a key that is there with null.
bool isNull(const llvm::json::Object &object, llvm::StringRef key) {
  const llvm::json::Value *found = object.get(key);
  return found && found->kind() == llvm::json::Value::Null;
}

} // namespace

TEST_F(JsonView, HasItsSchemaFirst) {
  print(sampleReport());
  EXPECT_TRUE(llvm::StringRef(text).starts_with("{\n  \"schema\": {"));
  const llvm::json::Object *schema = root->getObject("schema");
  ASSERT_NE(schema, nullptr);
  EXPECT_EQ(schema->getString("name"), "roofline.report");
  EXPECT_EQ(schema->getInteger("version"), 1);
}

TEST_F(JsonView, IntegersAreExactBeyond64Bits) {
  print(sampleReport());
  // 2^64 + 1; a double would end in 616.
  EXPECT_TRUE(llvm::StringRef(text).contains(
      "\"argument_bytes\": 18446744073709551617"));
  EXPECT_TRUE(
      llvm::StringRef(text).contains("\"matrix_bf16\": 18446744073709551617"));
}

TEST_F(JsonView, UnknownIsNull) {
  print(sampleReport());
  const llvm::json::Object *model = root->getObject("model");
  ASSERT_NE(model, nullptr);
  EXPECT_TRUE(isNull(*model, "weight_bytes"));
  const llvm::json::Object *coverage = root->getObject("coverage");
  ASSERT_NE(coverage, nullptr);
  EXPECT_EQ(coverage->getNumber("ops"), 0.5);
  EXPECT_TRUE(isNull(*coverage, "operations"));
  EXPECT_TRUE(isNull(*coverage, "bytes"));
  const llvm::json::Array *ops = root->getArray("ops");
  ASSERT_NE(ops, nullptr);
  ASSERT_EQ(ops->size(), 2u);
  const llvm::json::Object *second = (*ops)[1].getAsObject();
  ASSERT_NE(second, nullptr);
  EXPECT_TRUE(isNull(*second, "count"));
}

TEST_F(JsonView, NothingIsCut) {
  print(sampleReport());
  EXPECT_EQ(root->getObject("coverage")->getArray("unmodelled")->size(), 30u);
  EXPECT_EQ(root->getArray("loops")->size(), 31u);
  EXPECT_EQ(*root->getArray("notes")->front().getAsString(),
            "a note with \"quotes\" and \n a line");
}

TEST_F(JsonView, TimesAreThoseOfTheText) {
  print(sampleReport());
  const llvm::json::Object *target =
      root->getArray("targets")->front().getAsObject();
  EXPECT_EQ(target->getString("name"), "h200");
  EXPECT_DOUBLE_EQ(*target->getNumber("roof_seconds"), 1.389114e-4);
  EXPECT_EQ(target->getString("bound"), "matrix_bf16");
  EXPECT_DOUBLE_EQ(
      *target->getObject("bounds")->getObject("hbm")->getNumber("share"), 0.25);
  EXPECT_EQ(target->getBoolean("complete"), false);
  EXPECT_EQ(target->getObject("substitutes")->getString("special_f16"), "f32");
  const llvm::json::Object *idle =
      (*root->getArray("targets"))[1].getAsObject();
  EXPECT_TRUE(isNull(*idle, "bound"));
}

TEST_F(JsonView, ViewsAreParts) {
  print(sampleReport(), {ReportView::Coverage});
  EXPECT_NE(root->get("coverage"), nullptr);
  EXPECT_NE(root->get("model"), nullptr);
  EXPECT_EQ(root->get("ops"), nullptr);
  EXPECT_EQ(root->get("targets"), nullptr);
}

TEST_F(JsonView, AnEmptyReportIsValid) {
  print(Report());
  EXPECT_EQ(root->getArray("ops")->size(), 0u);
}
