//===- CsvTableTest.cpp - Strict reading of comma-separated text ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/CsvTable.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

llvm::Expected<CsvTable> read(llvm::StringRef text) {
  return CsvTable::read(
      text, "t.csv",
      [](const CsvRecord &record) { return record.front().text == "a"; },
      "no header of measurements");
}

/// The fields of every record, joined, or the message of the failure.
std::string fields(llvm::StringRef text) {
  llvm::Expected<CsvTable> table = read(text);
  if (!table)
    return llvm::toString(table.takeError());
  std::string joined;
  for (const CsvRecord &record : table->getRecords()) {
    for (const CsvField &field : record)
      joined += "<" + field.text + ">";
    joined += ";";
  }
  return joined;
}

TEST(CsvTable, ReadsRecords) {
  EXPECT_EQ(fields("a,b\n1,2\n3,4\n"), "<1><2>;<3><4>;");
  EXPECT_EQ(fields("a,b\n1,2"), "<1><2>;");
  EXPECT_EQ(fields("a,b\n,\n"), "<><>;");
  EXPECT_EQ(fields("a,b\n"), "");
}

TEST(CsvTable, PassesOverTabsBehindFields) {
  EXPECT_EQ(fields("a,b\n1\t,2\t\n\"3\"\t,4\t\t\r\n"), "<1><2>;<3><4>;");
  EXPECT_EQ(fields("a,b\n\t,2\t"), "<><2>;");
  EXPECT_EQ(fields("a,b\n1\t1,2\n"),
            "t.csv:2:2: error: unexpected control character; is this "
            "comma-separated text?");
}

TEST(CsvTable, TakesEveryKindOfLineEnd) {
  EXPECT_EQ(fields("a,b\r\n1,2\r\n\r\n3,4\r\n"), "<1><2>;<3><4>;");
  EXPECT_EQ(fields("\n\na,b\n\n1,2\n\n"), "<1><2>;");
}

TEST(CsvTable, PassesOverAByteOrderMark) {
  EXPECT_EQ(fields("\xef\xbb\xbf"
                   "a,b\n1,2\n"),
            "<1><2>;");
}

TEST(CsvTable, ReadsQuotedFields) {
  EXPECT_EQ(fields("a,b\n\"1,5\",\"say \"\"hi\"\"\"\n"), "<1,5><say \"hi\">;");
  EXPECT_EQ(fields("a,b\n\"\"\"\",\"\"\r\n"), "<\"><>;");
}

TEST(CsvTable, PassesOverMessagesBeforeTheHeader) {
  EXPECT_EQ(fields("NOTICE: \"export\" of report\nProcessing...\na,b\n1,2\n"),
            "<1><2>;");
}

TEST(CsvTable, KeepsPlaces) {
  llvm::Expected<CsvTable> table = read("x\na,b\n\"1,2\",3\n4,5\n");
  ASSERT_TRUE(bool(table));
  EXPECT_EQ(table->locate(table->getHeader()[1]).str(), "t.csv:2:3");
  EXPECT_EQ(table->locate(table->getRecords()[0][1]).str(), "t.csv:3:7");
  EXPECT_EQ(table->locate(table->getRecords()[1][1]).str(), "t.csv:4:3");
}

TEST(CsvTable, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(fields("a,b\n1\n"),
            "t.csv:2:1: error: row of 1 fields where the header has 2; quote "
            "fields that contain commas");
  EXPECT_EQ(fields("a,b\n1,2,3\n"),
            "t.csv:2:5: error: row of 3 fields where the header has 2; quote "
            "fields that contain commas");
  EXPECT_EQ(fields("a,b\n1,\"2\n3,4\n"),
            "t.csv:2:3: error: this quote is not closed on its line; close it, "
            "or write '\"\"' for a quote within a quoted field");
  EXPECT_EQ(fields("a,b\n1,x\"2\"\n"),
            "t.csv:2:4: error: unexpected quote within a field; quote the "
            "whole field and write '\"\"' for a quote in it");
  EXPECT_EQ(fields("a,b\n1,\"2\"3\n"),
            "t.csv:2:6: error: unexpected text after a quoted field; expected "
            "a comma or the end of the line");
  EXPECT_EQ(
      fields("a,b,a\n1,2,3\n"),
      "t.csv:1:5: error: column 'a' is given twice; remove or rename one");
  EXPECT_EQ(fields("a,b\n1,\x01\n"),
            "t.csv:2:3: error: unexpected control character; is this "
            "comma-separated text?");
  EXPECT_EQ(fields("a,b\n1,2\n3,\xff\n"),
            "t.csv:3:3: error: not UTF-8; save the file as UTF-8 text");
}

TEST(CsvTable, WantsAHeader) {
  const std::string message = "t.csv: error: no header of measurements";
  EXPECT_EQ(fields(""), message);
  EXPECT_EQ(fields("b,c\n1,2\n"), message);
  // A header that comes too late is none.
  EXPECT_EQ(fields(std::string(200, '\n') + "a,b\n1,2\n"), message);
}

/// No text makes the reader crash or hang: every prefix of a text with one of
/// everything, and the same with every byte changed.
TEST(CsvTable, SurvivesAnyText) {
  const std::string text = "\xef\xbb\xbf"
                           "a,b\r\n\"1,\"\"5\r\n\",2\n3,4\n";
  for (size_t length = 0; length <= text.size(); ++length)
    fields(text.substr(0, length));
  for (size_t position = 0; position < text.size(); ++position)
    for (char c : {'"', ',', '\n', '\r', '\0', '\xff', 'z'}) {
      std::string changed = text;
      changed[position] = c;
      fields(changed);
    }
}

} // namespace
