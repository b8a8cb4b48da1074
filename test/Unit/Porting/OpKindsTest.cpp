//===- OpKindsTest.cpp - The kind of an op of any dialect -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/Catalogue.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

std::string patternOf(const OpKinds &kinds, llvm::StringRef op) {
  const OpPattern *pattern = kinds.patternOf(op);
  return pattern ? pattern->name : "";
}

/// The ops that the documentation lists, `dialect.op`.
std::vector<std::string> documentedOps() {
  auto buffer = llvm::MemoryBuffer::getFile(ROOFLINE_SOURCE_DIR
                                            "/docs/generated/OpStatus.md");
  std::vector<std::string> ops;
  if (!buffer)
    return ops;
  llvm::SmallVector<llvm::StringRef> lines;
  (*buffer)->getBuffer().split(lines, '\n');
  for (llvm::StringRef line : lines)
    if (line.consume_front("| `"))
      ops.push_back(line.take_until([](char c) { return c == '`'; }).str());
  return ops;
}

} // namespace

TEST(OpKinds, DialectsShareThem) {
  Catalogue catalogue = llvm::cantFail(Catalogue::create());
  const OpKinds &kinds = catalogue.getKinds();
  for (llvm::StringRef op :
       {"stablehlo.add", "mhlo.add", "arith.addf", "arith.addi", "tosa.add",
        "linalg.add", "complex.add", "chlo.broadcast_add"})
    EXPECT_EQ(patternOf(kinds, op), "add") << op.str();
  EXPECT_EQ(patternOf(kinds, "linalg.matmul"), "dot_general");
  EXPECT_EQ(patternOf(kinds, "stablehlo.dot"), "dot_general");
  EXPECT_EQ(patternOf(kinds, "mhlo.cross-replica-sum"), "all_reduce");
  EXPECT_EQ(patternOf(kinds, "linalg.softmax"), "softmax");
  // The rest of a dialect, and what is taken out of it.
  EXPECT_EQ(patternOf(kinds, "tensor.reshape"), "view");
  EXPECT_EQ(patternOf(kinds, "tensor.pad"), "pad");
  EXPECT_EQ(patternOf(kinds, "shape.split_at"), "view");
  // Names of fused patterns are no ops of StableHLO.
  EXPECT_EQ(patternOf(kinds, "stablehlo.rope"), "");
  EXPECT_EQ(patternOf(kinds, "mydialect.add"), "");
  EXPECT_EQ(patternOf(kinds, "add"), "");
  EXPECT_EQ(patternOf(kinds, ""), "");
}

TEST(OpKinds, EveryModelledOpHasOne) {
  Catalogue catalogue = llvm::cantFail(Catalogue::create());
  // What these call says what they are.
  const llvm::StringSet<> calls = {"func.call_indirect", "mhlo.custom_call",
                                   "stablehlo.custom_call", "tosa.custom"};
  std::vector<std::string> ops = documentedOps();
  EXPECT_GT(ops.size(), 850u);
  for (const std::string &op : ops)
    EXPECT_EQ(catalogue.getKinds().patternOf(op) == nullptr, calls.contains(op))
        << op;
}

TEST(OpKinds, NamesAndOpsAreGivenOnce) {
  OpKinds kinds;
  auto add = [&](llvm::StringRef name, std::vector<std::string> ops) {
    OpPattern pattern;
    pattern.name = name.str();
    pattern.ops = std::move(ops);
    pattern.where = {"k.yaml", 3, 5};
    return llvm::toString(kinds.add(std::move(pattern)));
  };
  EXPECT_EQ(add("add", {"arith.addf"}), "");
  EXPECT_NE(add("add", {}).find("k.yaml:3:5: error: pattern 'add' is there "
                                "already"),
            std::string::npos);
  EXPECT_NE(add("plus", {"arith.addf"})
                .find("op 'arith.addf' is of two patterns, 'plus' and 'add'"),
            std::string::npos);
}
