//===- HtmlViewTest.cpp - A report for browsers ---------------------------===//
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

class HtmlView : public testing::Test {
protected:
  void SetUp() override {
    if (llvm::Error error = checkHasHtml())
      GTEST_SKIP() << llvm::toString(std::move(error));
  }

  static std::string print(const Report &report) {
    std::string text;
    llvm::raw_string_ostream os(text);
    printHtml(os, report, ViewOptions());
    return text;
  }

  static std::string printAsJson(const Report &report) {
    std::string text;
    llvm::raw_string_ostream os(text);
    printJson(os, report, ViewOptions());
    return text;
  }

  /// What stands in the script element of the data.
  static llvm::StringRef dataOf(llvm::StringRef html) {
    llvm::StringRef rest =
        html.split("<script type=\"application/json\" id=\"report\">").second;
    return rest.split("</script>").first;
  }
};

/// What docs/Html.md says of packed values.
llvm::json::Value unpack(const llvm::json::Value &value,
                         const llvm::json::Array &keys) {
  const llvm::json::Array *packed = value.getAsArray();
  if (!packed)
    return value;
  int64_t number = *packed->front().getAsInteger();
  if (number == 0) {
    llvm::json::Array array;
    for (const llvm::json::Value &each : llvm::drop_begin(*packed))
      array.push_back(unpack(each, keys));
    return array;
  }
  llvm::json::Object object;
  for (auto [key, each] : llvm::zip_equal(*keys[number - 1].getAsArray(),
                                          llvm::drop_begin(*packed)))
    object[key.getAsString()->str()] = unpack(each, keys);
  return object;
}

/// The document in a page, with kernels as the JSON view has them.
llvm::json::Value unpackedDocument(llvm::StringRef data) {
  llvm::Expected<llvm::json::Value> document = llvm::json::parse(data);
  EXPECT_TRUE(bool(document));
  llvm::json::Object &fields = *document->getAsObject();
  const llvm::json::Object &packed = *fields.getObject("packed_kernels");
  llvm::json::Value kernels =
      unpack(*packed.get("rows"), *packed.getArray("keys"));
  fields["kernels"] = std::move(kernels);
  fields.erase("packed_kernels");
  return std::move(*document);
}

} // namespace

TEST_F(HtmlView, HoldsTheDocumentOfTheJsonView) {
  Report report = sampleReport();
  std::string html = print(report);
  EXPECT_TRUE(llvm::StringRef(html).starts_with("<!DOCTYPE html>"));
  llvm::Expected<llvm::json::Value> whole =
      llvm::json::parse(printAsJson(report));
  ASSERT_TRUE(bool(whole)) << llvm::toString(whole.takeError());
  EXPECT_EQ(unpackedDocument(dataOf(html)), *whole);
}

TEST_F(HtmlView, PackedKernelsKeepTheirNamesAndDigits) {
  Report report = sampleReport();
  const std::string name = "\"]},:{[ a\\";
  report.kernels.front().name = name;
  report.kernels.front().locations = {"[", "\\\"}"};
  report.kernels.front().places.resize(2);
  report.kernels.front().opNames = {{name, 1}, {"", 2}};
  report.kernels.back().locations.clear();
  std::string html = print(report);
  llvm::Expected<llvm::json::Value> whole =
      llvm::json::parse(printAsJson(report));
  ASSERT_TRUE(bool(whole)) << llvm::toString(whole.takeError());
  EXPECT_EQ(unpackedDocument(dataOf(html)), *whole);
  // The operations of a kernel, which no other number writes so.
  EXPECT_TRUE(dataOf(html).contains("," + largeCount().str() + "]"));
}

TEST_F(HtmlView, NoNameEndsTheElementThatHoldsIt) {
  Report report = sampleReport();
  const std::string name = "</script><img src=x onerror=alert(1)><!--&";
  report.model.file = name;
  report.kernels.front().name = name;
  report.kernels.front().locations = {name};
  report.targets.front().title = name;
  report.notes = {name};
  std::string html = print(report);
  llvm::StringRef data = dataOf(html);
  EXPECT_EQ(data.find_first_of("<>&"), llvm::StringRef::npos);
  // The data, and the script that shows them.
  EXPECT_EQ(llvm::StringRef(html).count("</script>"), 2u);
  llvm::Expected<llvm::json::Value> shown = llvm::json::parse(data);
  ASSERT_TRUE(bool(shown)) << llvm::toString(shown.takeError());
  EXPECT_EQ(shown->getAsObject()->getObject("model")->getString("file"), name);
}

TEST_F(HtmlView, ListsTheHottestOpsOnly) {
  Report report = sampleReport();
  report.ops.resize(150, report.ops.front());
  llvm::Expected<llvm::json::Value> shown =
      llvm::json::parse(dataOf(print(report)));
  ASSERT_TRUE(bool(shown)) << llvm::toString(shown.takeError());
  EXPECT_EQ(shown->getAsObject()->getArray("ops")->size(), 100u);
}

TEST_F(HtmlView, FetchesNothing) {
  std::string html = print(sampleReport());
  EXPECT_TRUE(llvm::StringRef(html).contains("default-src 'none'"));
  for (llvm::StringRef attribute : {"src=\"", "href=\"http", "url(", "@import"})
    EXPECT_FALSE(llvm::StringRef(html).contains(attribute)) << attribute.str();
}

TEST_F(HtmlView, AnEmptyReportIsAPage) {
  std::string html = print(Report());
  EXPECT_TRUE(llvm::StringRef(html).ends_with("</html>\n"));
}
