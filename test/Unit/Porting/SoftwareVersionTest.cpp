//===- SoftwareVersionTest.cpp - Order of releases ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/SoftwareVersion.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

SoftwareVersion version(llvm::StringRef text) {
  std::optional<SoftwareVersion> parsed = SoftwareVersion::parse(text);
  EXPECT_TRUE(parsed.has_value()) << text.str();
  return parsed.value_or(SoftwareVersion());
}

} // namespace

TEST(SoftwareVersion, AreOrdered) {
  const llvm::StringRef ascending[] = {
      "7.0.RC1", "8.0.0.alpha003", "8.0.RC1", "8.0.RC3",
      "8.0.0",   "8.1.RC1",        "8.2.RC1", "8.3.RC1",
      "8.3.RC2", "8.5.0.alpha003", "8.5.0",   "8.5.1",
      "9.0.0",   "10.0",           "12.4",    "12.4.post1"};
  for (size_t i = 0; i < std::size(ascending); ++i)
    for (size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(version(ascending[i]) < version(ascending[j]), i < j)
          << ascending[i].str() << ' ' << ascending[j].str();
      EXPECT_EQ(version(ascending[i]) == version(ascending[j]), i == j);
    }
}

TEST(SoftwareVersion, MissingNumbersAreZero) {
  EXPECT_TRUE(version("8.2") == version("8.2.0"));
  EXPECT_TRUE(version("0.11.0rc1") == version("0.11.RC1"));
  EXPECT_EQ(version("8.2.RC1").str(), "8.2.RC1");
}

TEST(SoftwareVersion, OthersDoNotParse) {
  for (llvm::StringRef text :
       {"", "v8.2", "8.", ".8", "8..2", "8.2.RC", "8.2.beat1", "1.2.3.4.5",
        "8.2 RC1", "8.2.RC1.1", "-1", "8.2.RC-1", "99999999999", "latest"})
    EXPECT_FALSE(SoftwareVersion::parse(text).has_value()) << text.str();
}
