//===- ExecutionCountsTest.cpp - How often ops run ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ParsedModule.h"

using namespace roofline;

namespace {

class Executions : public ParsedModule {
protected:
  /// How often the ops of a name run, in the order of the walk.
  std::vector<std::string> timesOf(llvm::StringRef opName,
                                   TripCounts tripCounts = {}) {
    ExecutionCounts counts(function(), *lookup, std::move(tripCounts));
    std::vector<std::string> times;
    counts.walk([&](mlir::Operation *op, const KnownOr<Count> &known) {
      if (op->getName().getStringRef() == opName)
        times.push_back(known ? known->str() : known.unknown().reason);
    });
    return times;
  }
};

using Strings = std::vector<std::string>;

constexpr llvm::StringLiteral nestedLoops = R"(
  func.func @main(%x: tensor<8xf32>, %n: index) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c3 = arith.constant 3 : index
    scf.for %i = %c0 to %c3 step %c1 {
      %a = math.exp %x : tensor<8xf32>
      scf.for %j = %c0 to %n step %c1 {
        %b = math.exp %x : tensor<8xf32>
      }
    }
    return
  })";

} // namespace

TEST_F(Executions, LoopsMultiply) {
  parse(nestedLoops);
  EXPECT_EQ(timesOf("math.exp", {{"@main/for#1", 7}}), (Strings{"3", "21"}));
  EXPECT_EQ(timesOf("math.exp", {{"@main/for#0", 0}, {"@main/for#1", 7}}),
            (Strings{"0", "0"}));
  const Strings unbound = timesOf("math.exp");
  ASSERT_EQ(unbound.size(), 2u);
  EXPECT_EQ(unbound[0], "3");
  EXPECT_NE(unbound[1], "3");
}

TEST_F(Executions, LoopsHaveNames) {
  parse(nestedLoops);
  ExecutionCounts counts(function(), *lookup, {{"@main/for#1", 7}});
  ASSERT_EQ(counts.loops().size(), 2u);
  EXPECT_EQ(counts.loops()[0].name, "@main/for#0");
  EXPECT_FALSE(counts.loops()[0].isBound);
  EXPECT_EQ(*counts.loops()[0].tripCount, Count(3));
  EXPECT_EQ(counts.loops()[1].name, "@main/for#1");
  EXPECT_TRUE(counts.loops()[1].isBound);
  EXPECT_EQ(*counts.loops()[1].tripCount, Count(7));
}

TEST_F(Executions, CallsAddUp) {
  // @leaf: once from @main, and twice from each of two calls of @middle.
  parse(R"(
    func.func @main(%x: tensor<8xf32>) {
      func.call @middle(%x) : (tensor<8xf32>) -> ()
      func.call @leaf(%x) : (tensor<8xf32>) -> ()
      func.call @middle(%x) : (tensor<8xf32>) -> ()
      return
    }
    func.func private @middle(%x: tensor<8xf32>) {
      func.call @leaf(%x) : (tensor<8xf32>) -> ()
      func.call @leaf(%x) : (tensor<8xf32>) -> ()
      return
    }
    func.func private @leaf(%x: tensor<8xf32>) {
      %0 = math.exp %x : tensor<8xf32>
      return
    }
    func.func private @never(%x: tensor<8xf32>) {
      %0 = math.exp %x : tensor<8xf32>
      return
    })");
  EXPECT_EQ(timesOf("math.exp"), (Strings{"5"}));
}

TEST_F(Executions, TheDearestAlternativeRuns) {
  parse(R"(
    func.func @main(%p: i1, %x: tensor<8xf32>, %y: tensor<64xf32>) {
      scf.if %p {
        %0 = math.exp %x : tensor<8xf32>
      } else {
        %0 = math.exp2 %y : tensor<64xf32>
      }
      return
    })");
  EXPECT_EQ(timesOf("math.exp"), (Strings{}));
  EXPECT_EQ(timesOf("math.exp2"), (Strings{"1"}));
  ExecutionCounts counts(function(), *lookup);
  ASSERT_EQ(counts.branches().size(), 1u);
  // 64 operations and 512 bytes; 8 operations and 64 bytes.
  EXPECT_EQ(counts.branches()[0].dearest, Count(64 + 512));
  EXPECT_EQ(counts.branches()[0].cheapest, Count(8 + 64));
}

TEST_F(Executions, ACalleeMakesABranchDear) {
  parse(R"(
    func.func @main(%p: i1, %x: tensor<8xf32>) {
      scf.if %p {
        %0 = math.exp %x : tensor<8xf32>
      } else {
        func.call @dear(%x) : (tensor<8xf32>) -> ()
      }
      return
    }
    func.func private @dear(%x: tensor<8xf32>) {
      %0 = math.exp2 %x : tensor<8xf32>
      %1 = math.exp2 %x : tensor<8xf32>
      return
    })");
  EXPECT_EQ(timesOf("math.exp"), (Strings{}));
  EXPECT_EQ(timesOf("math.exp2"), (Strings{"1", "1"}));
}

TEST_F(Executions, CyclesEnd) {
  parse(R"(
    func.func @main(%x: tensor<8xf32>) {
      %0 = math.exp %x : tensor<8xf32>
      func.call @main(%0) : (tensor<8xf32>) -> ()
      return
    })");
  EXPECT_EQ(timesOf("math.exp"), (Strings{"1"}));
  ExecutionCounts counts(function(), *lookup);
  ASSERT_EQ(counts.unresolvedCalls().size(), 1u);
  EXPECT_EQ(counts.unresolvedCalls()[0].reason, "@main calls itself");
}

TEST_F(Executions, MissingCalleesAreNamed) {
  parse(R"(
    func.func @main(%x: tensor<8xf32>) {
      func.call @external(%x) : (tensor<8xf32>) -> ()
      return
    }
    func.func private @external(tensor<8xf32>))");
  ExecutionCounts counts(function(), *lookup);
  ASSERT_EQ(counts.unresolvedCalls().size(), 1u);
  EXPECT_EQ(counts.unresolvedCalls()[0].reason,
            "'@external' has no body in this file");
}

TEST_F(Executions, BlocksBehindBranchesAreNotCounted) {
  parse(R"(
    func.func @main(%p: i1, %x: tensor<8xf32>) {
      %0 = math.exp %x : tensor<8xf32>
      cf.cond_br %p, ^a, ^b
    ^a:
      %1 = math.exp %x : tensor<8xf32>
      cf.br ^b
    ^b:
      return
    })");
  EXPECT_EQ(timesOf("math.exp"),
            (Strings{"1", "runs under branches between blocks"}));
}

TEST_F(Executions, DoublingCallsOverflowWithoutWrapping) {
  std::string source;
  llvm::raw_string_ostream os(source);
  os << "func.func @main() {\n func.call @f0() : () -> ()\n return\n}\n";
  for (unsigned i = 0; i < 200; ++i)
    os << "func.func private @f" << i << "() {\n func.call @f" << i + 1
       << "() : () -> ()\n func.call @f" << i + 1
       << "() : () -> ()\n return\n}\n";
  os << "func.func private @f200() {\n"
        " %0 = arith.constant dense<0.0> : tensor<8xf32>\n"
        " %1 = math.exp %0 : tensor<8xf32>\n return\n}\n";
  parse(source);
  EXPECT_EQ(timesOf("math.exp"), (Strings{"overflow"}));
}

TEST_F(Executions, LongChainsOfCalls) {
  constexpr unsigned length = 20000;
  std::string source;
  llvm::raw_string_ostream os(source);
  os << "func.func @main() {\n func.call @f0() : () -> ()\n return\n}\n";
  for (unsigned i = 0; i < length; ++i)
    os << "func.func private @f" << i << "() {\n func.call @f" << i + 1
       << "() : () -> ()\n return\n}\n";
  os << "func.func private @f" << length << "() {\n return\n}\n";
  parse(source);
  EXPECT_EQ(timesOf("func.call").size(), length + 1);
}

//===----------------------------------------------------------------------===//
// Entry
//===----------------------------------------------------------------------===//

TEST_F(Executions, EntryIsMainOrUncalledOrLargest) {
  parse("func.func @a() { return } func.func @main() { return }");
  EXPECT_EQ(functionName(*findEntry(*module, "")), "@main");
  EXPECT_EQ(functionName(*findEntry(*module, "a")), "@a");
  EXPECT_EQ(functionName(*findEntry(*module, "@a")), "@a");
  parse(R"(
    func.func @callee() { return }
    func.func @caller() { func.call @callee() : () -> () return })");
  EXPECT_EQ(functionName(*findEntry(*module, "")), "@caller");
  parse(R"(
    func.func @small() { return }
    func.func @large() { %0 = arith.constant 0 : index return })");
  EXPECT_EQ(functionName(*findEntry(*module, "")), "@large");
}

TEST_F(Executions, NothingToCountIsAnError) {
  std::string message;
  mlir::ScopedDiagnosticHandler handler(&context,
                                        [&](mlir::Diagnostic &diagnostic) {
                                          message = diagnostic.str();
                                          return mlir::success();
                                        });
  parse("module {}");
  EXPECT_TRUE(failed(findEntry(*module, "")));
  EXPECT_EQ(message, "the module is empty: there are no ops to count");
  parse("func.func private @f()");
  EXPECT_TRUE(failed(findEntry(*module, "")));
  EXPECT_EQ(message,
            "the module only declares functions: there are no ops to count");
  parse("func.func @f() { return }");
  EXPECT_TRUE(failed(findEntry(*module, "g")));
  EXPECT_EQ(message, "no function 'g' with a body; functions are: 'f'");
}
