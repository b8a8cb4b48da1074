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
  EXPECT_EQ(root->getString("tool_version"), "1.2.3");
  EXPECT_EQ(root->getInteger("model_data_version"), 7);
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

TEST_F(JsonView, MemoryOfTheGraph) {
  print(sampleReport());
  const llvm::json::Object *memory = root->getObject("memory");
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(memory->getInteger("intermediate_bytes"), 700);
  // 2^64 + 1 + 3000 + 100 + 50 + 700.
  EXPECT_TRUE(
      llvm::StringRef(text).contains("\"total_bytes\": 18446744073709555467"));
  EXPECT_EQ(memory->get("reason"), nullptr);
  ASSERT_EQ(memory->getArray("timeline")->size(), 2u);
  EXPECT_EQ(
      (*memory->getArray("timeline"))[1].getAsObject()->getInteger("bytes"),
      700);

  Report report = sampleReport();
  report.memory.need.intermediateBytes =
      Unknown{UnknownKind::Dynamic, "an extent"};
  text.clear();
  print(report);
  memory = root->getObject("memory");
  EXPECT_TRUE(isNull(*memory, "intermediate_bytes"));
  EXPECT_TRUE(isNull(*memory, "total_bytes"));
  EXPECT_EQ(memory->getString("reason"), "an extent");
}

TEST_F(JsonView, A71DevicesAndEnergy) {
  print(sampleReport());
  const llvm::json::Array &targets = *root->getArray("targets");
  const llvm::json::Object *first = targets[0].getAsObject();
  EXPECT_EQ(first->getObject("memory_fit")->getInteger("devices"), 12);
  EXPECT_EQ(first->getNumber("tdp_watts"), 700);
  // 700 W x 190 us (A71).
  EXPECT_DOUBLE_EQ(*first->getObject("energy")->getNumber("joules"), 0.133);
  const llvm::json::Object *second = targets[1].getAsObject();
  EXPECT_TRUE(isNull(*second->getObject("memory_fit"), "devices"));
  EXPECT_TRUE(second->getObject("memory_fit")->getString("reason"));
  EXPECT_TRUE(isNull(*second, "tdp_watts"));
  EXPECT_TRUE(isNull(*second->getObject("energy"), "joules"));
  EXPECT_EQ(second->getObject("energy")->getString("reason"), "no figures");
}

TEST_F(JsonView, RoofsOfMachines) {
  print(sampleReport());
  const llvm::json::Object *target =
      root->getArray("targets")->front().getAsObject();
  EXPECT_EQ(target->getObject("rates")->getNumber("matrix_bf16"), 989.4e12);
  const llvm::json::Array *memory = target->getArray("memory");
  ASSERT_EQ(memory->size(), 2u);
  const llvm::json::Object *hbm = memory->front().getAsObject();
  EXPECT_EQ(hbm->getString("name"), "hbm");
  EXPECT_EQ(hbm->getNumber("capacity_bytes"), 141e9);
  EXPECT_EQ(hbm->getNumber("bytes_per_second"), 4.8e12);
  EXPECT_TRUE(isNull(*(*memory)[1].getAsObject(), "bytes_per_second"));
}

TEST_F(JsonView, TimesOfKernels) {
  print(sampleReport());
  const llvm::json::Object *totals = root->getObject("kernel_totals");
  ASSERT_NE(totals, nullptr);
  EXPECT_EQ(totals->getString("fusion"), "library");
  EXPECT_EQ(totals->getInteger("kernels"), 1234567);
  EXPECT_EQ(totals->getInteger("left_out"), 3);
  EXPECT_TRUE(llvm::StringRef(text).contains(
      "\"as_is_launches\": 36893488147419103234"));

  const llvm::json::Array *targets = root->getArray("targets");
  const llvm::json::Object *times =
      targets->front().getAsObject()->getObject("times");
  ASSERT_NE(times, nullptr);
  EXPECT_EQ(times->getNumber("roof_seconds"), 1.389114e-4);
  EXPECT_EQ(times->getNumber("kernel_roof_seconds"), 1.75e-4);
  EXPECT_EQ(times->getNumber("kernels_seconds"), 1.9e-4);
  EXPECT_EQ(times->getNumber("as_is_seconds"), 4e-4);
  EXPECT_EQ(times->getArray("reasons")->size(), 1u);

  times = (*targets)[1].getAsObject()->getObject("times");
  ASSERT_NE(times, nullptr);
  EXPECT_EQ(times->getNumber("kernel_roof_seconds"), 1.75e-4);
  EXPECT_TRUE(isNull(*times, "kernels_seconds"));
  EXPECT_TRUE(isNull(*times, "as_is_seconds"));
  EXPECT_EQ(times->getArray("reasons")->front().getAsString(),
            "kernels and as-is are unknown: no figures");
}

TEST_F(JsonView, Kernels) {
  print(sampleReport(), {ReportView::Kernels});
  EXPECT_EQ(root->get("breakdown"), nullptr);
  EXPECT_EQ(root->get("ops"), nullptr);
  const llvm::json::Array *kernels = root->getArray("kernels");
  ASSERT_NE(kernels, nullptr);
  ASSERT_EQ(kernels->size(), 2u);
  const llvm::json::Object *first = kernels->front().getAsObject();
  EXPECT_EQ(first->getString("name"), "fused_multiply_add_and_much_more");
  EXPECT_EQ(first->getString("family"), "gated_activation");
  EXPECT_EQ(first->getArray("locations")->size(), 2u);
  EXPECT_EQ(first->getInteger("launches"), 123456789012);
  EXPECT_EQ(first->getInteger("ops"), 123456);
  EXPECT_EQ(first->getObject("contraction")->getInteger("m"), 4096);
  EXPECT_EQ(first->getInteger("read_bytes"), 3000);
  const llvm::json::Array *targets = first->getArray("targets");
  ASSERT_EQ(targets->size(), 2u);
  EXPECT_EQ(targets->front().getAsObject()->getNumber("seconds"), 1.8e-4);
  const llvm::json::Object *untimed = (*targets)[1].getAsObject();
  EXPECT_EQ(untimed->getNumber("roof_seconds"), 1e-3);
  EXPECT_TRUE(isNull(*untimed, "seconds"));
  EXPECT_EQ(untimed->getString("reason"), "no figures");
  EXPECT_TRUE(isNull(*(*kernels)[1].getAsObject(), "launches"));
}

TEST_F(JsonView, OpsThatAKernelIsMadeOf) {
  print(sampleReport());
  const llvm::json::Object *names =
      root->getArray("kernels")->front().getAsObject()->getObject("op_names");
  ASSERT_NE(names, nullptr);
  EXPECT_EQ(names->size(), 2u);
  EXPECT_EQ(names->getInteger("stablehlo.multiply"), 2);
  EXPECT_EQ(names->getInteger("stablehlo.add"), 123454);
}

TEST_F(JsonView, RowsThatThereAre) {
  print(sampleReport(), {ReportView::Coverage});
  const llvm::json::Object *rows = root->getObject("rows");
  ASSERT_NE(rows, nullptr);
  EXPECT_EQ(rows->getInteger("kernels"), 1234564);
  EXPECT_EQ(rows->getInteger("ops"), 99);
}

TEST_F(JsonView, Breakdown) {
  print(sampleReport(), {ReportView::Breakdown});
  EXPECT_EQ(root->get("kernels"), nullptr);
  const llvm::json::Array *families = root->getArray("breakdown");
  ASSERT_NE(families, nullptr);
  ASSERT_EQ(families->size(), 2u);
  const llvm::json::Object *first = families->front().getAsObject();
  EXPECT_EQ(first->getString("family"), "gated_activation");
  EXPECT_EQ(first->getInteger("kernels"), 1234566);
  const llvm::json::Array *targets = first->getArray("targets");
  EXPECT_EQ(targets->front().getAsObject()->getNumber("share"), 0.9473);
  EXPECT_EQ((*targets)[1].getAsObject()->getNumber("share"), 1.0);
  EXPECT_TRUE(isNull(*(*targets)[1].getAsObject(), "seconds"));
  const llvm::json::Object *opaque = (*families)[1].getAsObject();
  EXPECT_EQ(opaque->getInteger("left_out"), 3);
  EXPECT_TRUE(
      isNull(*opaque->getArray("targets")->front().getAsObject(), "share"));
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
