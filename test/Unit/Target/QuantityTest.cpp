//===- QuantityTest.cpp - Numbers with units ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Target/Quantity.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// The value of `text`, or -1 with a test failure.
double parse(llvm::StringRef text, Dimension dimension) {
  llvm::Expected<double> value = parseQuantity(text, dimension);
  if (value)
    return *value;
  ADD_FAILURE() << llvm::toString(value.takeError());
  return -1;
}

/// What is wrong with `text`; empty where nothing is.
std::string complaint(llvm::StringRef text, Dimension dimension) {
  llvm::Expected<double> value = parseQuantity(text, dimension);
  return value ? std::string() : llvm::toString(value.takeError());
}

} // namespace

TEST(Quantity, ReadsRates) {
  EXPECT_DOUBLE_EQ(parse("989.4 TFLOP/s", Dimension::OpRate), 989.4e12);
  EXPECT_DOUBLE_EQ(parse("1.9789 PFLOP/s", Dimension::OpRate), 1978.9e12);
  EXPECT_DOUBLE_EQ(parse("624 TOP/s", Dimension::OpRate), 624e12);
  EXPECT_DOUBLE_EQ(parse("5e3 GOP/s", Dimension::OpRate), 5e12);
  EXPECT_DOUBLE_EQ(parse("4096 FLOP/clk", Dimension::OpsPerClock), 4096);
}

TEST(Quantity, TellsDecimalFromBinary) {
  EXPECT_DOUBLE_EQ(parse("50 MB", Dimension::Bytes), 50e6);
  EXPECT_DOUBLE_EQ(parse("50 MiB", Dimension::Bytes), 50 * 1048576.0);
  EXPECT_DOUBLE_EQ(parse("1.6 TB/s", Dimension::ByteRate), 1.6e12);
  EXPECT_DOUBLE_EQ(parse("1.6 TiB/s", Dimension::ByteRate),
                   1.6 * 1099511627776.0);
  EXPECT_DOUBLE_EQ(parse("84942979072 B", Dimension::Bytes), 84942979072.0);
}

TEST(Quantity, TellsBitsFromBytes) {
  EXPECT_DOUBLE_EQ(parse("3.2 Gb/s", Dimension::BitRate), 3.2e9);
  EXPECT_DOUBLE_EQ(parse("4096 bit", Dimension::Bits), 4096);
  EXPECT_EQ(complaint("3.2 GB/s", Dimension::BitRate),
            "error: '3.2 GB/s' is bytes per second; expected bits per second "
            "(b/s with k, M or G)");
}

TEST(Quantity, ReadsTheRest) {
  EXPECT_DOUBLE_EQ(parse("1.83 GHz", Dimension::Frequency), 1.83e9);
  EXPECT_DOUBLE_EQ(parse("2.4us", Dimension::Time), 2.4e-6);
  EXPECT_DOUBLE_EQ(parse("700 W", Dimension::Power), 700);
  EXPECT_DOUBLE_EQ(parse("128 B/clk", Dimension::BytesPerClock), 128);
  EXPECT_DOUBLE_EQ(parse("132", Dimension::Count), 132);
  EXPECT_DOUBLE_EQ(parse(" 15840 ", Dimension::Number), 15840);
}

TEST(Quantity, RefusesAnotherDimension) {
  EXPECT_EQ(complaint("4.8 TB", Dimension::ByteRate),
            "error: '4.8 TB' is a size in bytes; expected bytes per second "
            "(B/s, decimal with k, M, G, T or P, binary with Ki, Mi, Gi or "
            "Ti)");
  EXPECT_EQ(complaint("132 GHz", Dimension::Count),
            "error: '132 GHz' is a frequency; expected a whole number");
}

TEST(Quantity, OffersTheNearestUnit) {
  EXPECT_EQ(complaint("989.4 TFLOPS", Dimension::OpRate),
            "error: unknown unit 'TFLOPS'; did you mean 'TFLOP/s'? expected "
            "operations per second (FLOP/s or OP/s with k, M, G, T or P)");
  EXPECT_EQ(complaint("1.83 ghz", Dimension::Frequency),
            "error: unknown unit 'ghz'; did you mean 'GHz'? expected a "
            "frequency (Hz with k, M or G)");
}

TEST(Quantity, RefusesBadNumbers) {
  EXPECT_EQ(complaint("-5 W", Dimension::Power),
            "error: '-5 W' is negative; expected a power (W or kW) above zero");
  for (const char *text : {"nan GB/s", ".inf GB/s", "1e999 GB/s", "fast",
                           "GB/s", "1e308 PB/s", "."})
    EXPECT_NE(complaint(text, Dimension::ByteRate).find("not a finite number"),
              std::string::npos)
        << text;
  EXPECT_EQ(complaint("1,000 GB/s", Dimension::ByteRate),
            "error: '1,000 GB/s' is not a number; write digits without "
            "grouping");
  EXPECT_EQ(complaint("132.5", Dimension::Count),
            "error: '132.5' is not whole; expected a whole number");
  EXPECT_EQ(complaint("4800", Dimension::Power),
            "error: '4800' has no unit; expected a power (W or kW)");
}

TEST(Quantity, PrintsWithTheBestPrefix) {
  EXPECT_EQ(formatQuantity(989.4e12, Dimension::OpRate), "989.4 TOP/s");
  EXPECT_EQ(formatQuantity(4.8e12, Dimension::ByteRate), "4.8 TB/s");
  EXPECT_EQ(formatQuantity(1638.4e9, Dimension::ByteRate), "1.6384 TB/s");
  EXPECT_EQ(formatQuantity(2.4e-6, Dimension::Time), "2.4 us");
  EXPECT_EQ(formatQuantity(1e-12, Dimension::Time), "0.001 ns");
  EXPECT_EQ(formatQuantity(4096, Dimension::Bits), "4096 bit");
  EXPECT_EQ(formatQuantity(15840, Dimension::Number), "15840");
}
