//===- PortingDocsTest.cpp - The documentation has every rule -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/PortingView.h"

#include "llvm/Support/MemoryBuffer.h"

#include <gtest/gtest.h>

using namespace roofline;

TEST(PortingDocs, HaveTheTableOfRules) {
  auto file =
      llvm::MemoryBuffer::getFile(ROOFLINE_SOURCE_DIR "/docs/Porting.md");
  ASSERT_TRUE(file);
  std::string table = portingRulesToMarkdown();
  EXPECT_TRUE((*file)->getBuffer().contains(table))
      << "docs/Porting.md has to have this table:\n"
      << table;
}
