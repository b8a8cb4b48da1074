//===- KernelFamilyTest.cpp - What a kernel is ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/KernelFamily.h"

#include "llvm/ADT/StringSet.h"

#include <gtest/gtest.h>

using namespace roofline;

TEST(KernelFamily, NamesRoundTrip) {
  llvm::StringSet<> names;
  for (KernelFamily family : allKernelFamilies()) {
    EXPECT_EQ(parseKernelFamily(stringify(family)), family);
    EXPECT_TRUE(names.insert(stringify(family)).second);
  }
  EXPECT_EQ(parseKernelFamily("warp"), std::nullopt);
}

TEST(KernelFamily, AreListedInTheirOrder) {
  llvm::ArrayRef<KernelFamily> families = allKernelFamilies();
  ASSERT_EQ(families.size(), static_cast<size_t>(KernelFamily::Opaque) + 1);
  for (size_t i = 0; i != families.size(); ++i)
    EXPECT_EQ(static_cast<size_t>(families[i]), i);
}

TEST(Fusion, HasNames) {
  EXPECT_EQ(stringify(Fusion::None), "none");
  EXPECT_EQ(stringify(Fusion::Compiler), "compiler");
  EXPECT_EQ(stringify(Fusion::Library), "library");
}
