//===- StablehloControlFlowTest.cpp - Loops, branches, functions ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

using namespace roofline;

using StablehloControlFlow = StablehloRuleTest;

namespace {

std::string constant(const std::string &name, const std::string &value,
                     const std::string &type = "i32") {
  return name + " = \"stablehlo.constant\"() <{value = dense<" + value +
         "> : tensor<" + type + ">}> : () -> tensor<" + type + ">\n";
}

/// A loop over a counter %i, from `init`, while `i direction bound`, advanced
/// by `i update step`.
std::string countedLoop(const std::string &init, const std::string &direction,
                        const std::string &bound, const std::string &update,
                        const std::string &step,
                        const std::string &type = "i32") {
  std::string t = "tensor<" + type + ">";
  return constant("%init", init, type) +
         "%0:2 = \"stablehlo.while\"(%init, "
         "%init) ({\n^bb0(%i: " +
         t + ", %x: " + t + "):\n" + constant("%bound", bound, type) +
         "%c = \"stablehlo.compare\"(%i, %bound) <{comparison_direction = "
         "#stablehlo<comparison_direction " +
         direction + ">}> : (" + t + ", " + t + ") -> tensor<i1>\n" +
         "\"stablehlo.return\"(%c) : (tensor<i1>) -> ()\n}, {\n^bb0(%i: " + t +
         ", %x: " + t + "):\n" + constant("%step", step, type) +
         "%next = \"stablehlo." + update + "\"(%i, %step) : (" + t + ", " + t +
         ") -> " + t + "\n\"stablehlo.return\"(%next, %x) : (" + t + ", " + t +
         ") -> ()\n}) : (" + t + ", " + t + ") -> (" + t + ", " + t + ")\n";
}

std::string loopBodies(const std::string &condition, const std::string &body) {
  return "region 0 x " + condition + "\nregion 1 x " + body + "\n";
}

} // namespace

// The condition runs once more than the body.
// Bears A34.
TEST_F(StablehloControlFlow, CountedLoops) {
  auto trips = [&](const std::string &init, const std::string &direction,
                   const std::string &bound, const std::string &update,
                   const std::string &step, const std::string &type = "i32") {
    return bodies(countedLoop(init, direction, bound, update, step, type),
                  "stablehlo.while");
  };
  EXPECT_EQ(trips("0", "LT", "80", "add", "1"), loopBodies("81", "80"));
  EXPECT_EQ(trips("3", "LE", "10", "add", "1"), loopBodies("9", "8"));
  // 0, 3, 6, 9.
  EXPECT_EQ(trips("0", "LT", "10", "add", "3"), loopBodies("5", "4"));
  EXPECT_EQ(trips("10", "GT", "0", "subtract", "2"), loopBodies("6", "5"));
  EXPECT_EQ(trips("10", "GE", "0", "add", "-1"), loopBodies("12", "11"));
  EXPECT_EQ(trips("0", "NE", "12", "add", "4"), loopBodies("4", "3"));
  EXPECT_EQ(trips("12", "NE", "0", "subtract", "4"), loopBodies("4", "3"));
  EXPECT_EQ(trips("5", "LT", "5", "add", "1"), loopBodies("1", "0"));
  EXPECT_EQ(trips("0", "LT", "200", "add", "1", "ui8"),
            loopBodies("201", "200"));
}

TEST_F(StablehloControlFlow, LoopsWithoutEndOrCounter) {
  auto trips = [&](const std::string &direction, const std::string &bound,
                   const std::string &update, const std::string &step,
                   const std::string &type = "i32") {
    std::string text =
        bodies(countedLoop("0", direction, bound, update, step, type),
               "stablehlo.while");
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(trips("LT", "10", "add", "0"),
            "region 0 x the loop counter does not approach its bound");
  EXPECT_EQ(trips("LT", "10", "subtract", "1"),
            "region 0 x the loop counter does not approach its bound");
  EXPECT_EQ(trips("NE", "10", "add", "3"),
            "region 0 x the loop counter does not meet its bound");
  EXPECT_EQ(trips("EQ", "10", "add", "3"),
            "region 0 x the condition does not compare with LT, LE, GT, GE or "
            "NE");
  EXPECT_EQ(trips("LT", "10", "multiply", "3"),
            "region 0 x the body does not advance the loop counter by a "
            "constant");
  EXPECT_EQ(trips("LT", "9223372036854775807", "add", "3", "i64"),
            "region 0 x the loop counter overflows");
}

// The bound is handed on by the loop, the step comes from outside, the test is
// the other way round, and the start goes through a view.
TEST_F(StablehloControlFlow, ConstantsFromElsewhere) {
  EXPECT_EQ(bodies(constant("%zero", "0", "1xi32") + constant("%n", "7") +
                       constant("%one", "1") + R"(
    %start = "stablehlo.reshape"(%zero) : (tensor<1xi32>) -> tensor<i32>
    %0:2 = "stablehlo.while"(%start, %n) ({
    ^bb0(%i: tensor<i32>, %bound: tensor<i32>):
      %c = "stablehlo.compare"(%bound, %i)
        {comparison_direction = #stablehlo<comparison_direction GT>}
        : (tensor<i32>, tensor<i32>) -> tensor<i1>
      "stablehlo.return"(%c) : (tensor<i1>) -> ()
    }, {
    ^bb0(%i: tensor<i32>, %bound: tensor<i32>):
      %next = "stablehlo.add"(%one, %i)
        : (tensor<i32>, tensor<i32>) -> tensor<i32>
      "stablehlo.return"(%next, %bound) : (tensor<i32>, tensor<i32>) -> ()
    }) : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>))",
                   "stablehlo.while"),
            loopBodies("8", "7"));
}

TEST_F(StablehloControlFlow, LoopsOverData) {
  EXPECT_EQ(bodies(R"(
    %start = "test.value"() : () -> tensor<i1>
    %0 = "stablehlo.while"(%start) ({
    ^bb0(%go: tensor<i1>):
      "stablehlo.return"(%go) : (tensor<i1>) -> ()
    }, {
    ^bb0(%go: tensor<i1>):
      "stablehlo.return"(%go) : (tensor<i1>) -> ()
    }) : (tensor<i1>) -> tensor<i1>)",
                   "stablehlo.while"),
            loopBodies("the condition is not one comparison of a counter",
                       "the condition is not one comparison of a counter"));
}

// `i < 128` and another condition on x, joined.
TEST_F(StablehloControlFlow, JoinedConditions) {
  auto trips = [&](const std::string &join, const std::string &direction,
                   const std::string &bound, const std::string &next) {
    std::string compare = "<{comparison_direction = "
                          "#stablehlo<comparison_direction ";
    std::string types = ">}> : (tensor<i32>, tensor<i32>) -> tensor<i1>\n";
    return bodies(constant("%init", "0") + constant("%one", "1") +
                      constant("%n", "128") + constant("%m", bound) +
                      "%0:2 = \"stablehlo.while\"(%init, %init) ({\n"
                      "^bb0(%i: tensor<i32>, %x: tensor<i32>):\n"
                      "%a = \"stablehlo.compare\"(%i, %n) " +
                      compare + "LT" + types +
                      "%b = \"stablehlo.compare\"(%x, %m) " + compare +
                      direction + types + "%c = \"stablehlo." + join +
                      "\"(%b, %a) : (tensor<i1>, tensor<i1>) -> tensor<i1>\n"
                      "\"stablehlo.return\"(%c) : (tensor<i1>) -> ()\n}, {\n"
                      "^bb0(%i: tensor<i32>, %x: tensor<i32>):\n"
                      "%next = \"stablehlo.add\"(%i, %one) : (tensor<i32>, "
                      "tensor<i32>) -> tensor<i32>\n" +
                      "%y = \"stablehlo." + next +
                      "\"(%x, %one) : (tensor<i32>, tensor<i32>) -> "
                      "tensor<i32>\n"
                      "\"stablehlo.return\"(%next, %y) : (tensor<i32>, "
                      "tensor<i32>) -> ()\n}) : (tensor<i32>, tensor<i32>) -> "
                      "(tensor<i32>, tensor<i32>)\n",
                  "stablehlo.while");
  };
  std::string atMost =
      "at most 128 trips; another condition may end the loop earlier";
  std::string atLeast =
      "at least 128 trips; another condition may keep the loop going";
  // Data decide about x.
  EXPECT_EQ(trips("and", "LT", "9", "xor"), loopBodies(atMost, atMost));
  EXPECT_EQ(trips("or", "LT", "9", "xor"), loopBodies(atLeast, atLeast));
  // Two counters: the first that fails, the last that fails.
  EXPECT_EQ(trips("and", "LT", "9", "add"), loopBodies("10", "9"));
  EXPECT_EQ(trips("or", "LT", "200", "add"), loopBodies("201", "200"));
  // A counter that was to meet its bound goes on behind it, and so may one that
  // starts beyond it.
  EXPECT_EQ(trips("and", "NE", "9", "add"), loopBodies("10", "9"));
  EXPECT_EQ(trips("or", "NE", "9", "add"), loopBodies(atLeast, atLeast));
  EXPECT_EQ(trips("or", "GT", "9", "add"), loopBodies(atLeast, atLeast));
  // Nothing but and and or.
  std::string reason = "the condition is not one comparison of a counter";
  EXPECT_EQ(trips("xor", "LT", "9", "add"), loopBodies(reason, reason));
}

// Eight slices of two elements: associative, one addition for each of them and
// one pass over the bytes; else a loop.
TEST_F(StablehloControlFlow, Scan) {
  auto scan = [&](const std::string &isAssociative) {
    return "%x = \"test.value\"() : () -> tensor<2x8xf32>\n"
           "%i = \"test.value\"() : () -> tensor<2xf32>\n"
           "%0:2 = \"chlo.scan\"(%x, %i) <{dimension = 1 : i64, "
           "is_associative = " +
           isAssociative +
           "}> ({\n^bb0(%a: tensor<2xf32>, %b: tensor<2xf32>):\n"
           "%c = \"stablehlo.add\"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) "
           "-> tensor<2xf32>\n\"stablehlo.return\"(%c, %c) : (tensor<2xf32>, "
           "tensor<2xf32>) -> ()\n}) : (tensor<2x8xf32>, tensor<2xf32>) -> "
           "(tensor<2x8xf32>, tensor<2xf32>)\n";
  };
  EXPECT_EQ(demand(scan("true"), "chlo.scan"),
            "reduction vector_f32=16 read=72 written=72");
  EXPECT_EQ(bodies(scan("true"), "chlo.scan"), "");
  EXPECT_EQ(demand(scan("false"), "chlo.scan"), "view read=0 written=0");
  EXPECT_EQ(bodies(scan("false"), "chlo.scan"), "region 0 x 8\n");
  EXPECT_EQ(demandOf("chlo.scan", {"tensor<2x8xf32>"}, {"tensor<2x8xf32>"}),
            "malformed: attribute 'dimension' is missing");
}

TEST_F(StablehloControlFlow, LoopsCostNothingThemselves) {
  EXPECT_EQ(demand(countedLoop("0", "LT", "80", "add", "1"), "stablehlo.while"),
            "view read=0 written=0");
  EXPECT_EQ(demandOf("stablehlo.while", {"tensor<i32>"}, {"tensor<i32>"}),
            "malformed: a region is missing");
  EXPECT_EQ(bodies(opText("stablehlo.while", {"tensor<i32>"}, {"tensor<i32>"},
                          " ({}, {})"),
                   "stablehlo.while"),
            loopBodies("the regions do not carry the operands of the loop",
                       "the regions do not carry the operands of the loop"));
}

TEST_F(StablehloControlFlow, Branches) {
  EXPECT_EQ(bodies(opText("stablehlo.if", {"tensor<i1>"}, {}, " ({}, {})"),
                   "stablehlo.if"),
            "region 0 x 1 alternative\nregion 1 x 1 alternative\n");
  EXPECT_EQ(
      bodies(opText("stablehlo.case", {"tensor<i32>"}, {}, " ({}, {}, {})"),
             "stablehlo.case"),
      "region 0 x 1 alternative\nregion 1 x 1 alternative\nregion 2 x 1 "
      "alternative\n");
}

TEST_F(StablehloControlFlow, Functions) {
  std::string composite =
      opText("stablehlo.composite", {"tensor<4xf32>"}, {"tensor<4xf32>"},
             " {name = \"x.gelu\", decomposition = @gelu.impl}");
  EXPECT_EQ(demand(composite, "stablehlo.composite"), "view read=0 written=0");
  EXPECT_EQ(bodies(composite, "stablehlo.composite"), "@gelu.impl x 1\n");
  EXPECT_EQ(
      demandOf("stablehlo.composite", {"tensor<4xf32>"}, {"tensor<4xf32>"}),
      "malformed: attribute 'decomposition' does not name a function");
  EXPECT_EQ(bodies(opText("stablehlo.async_start", {"tensor<4xf32>"},
                          {"!stablehlo.future<tensor<4xf32>>"},
                          " {called_computation = @exchange}"),
                   "stablehlo.async_start"),
            "@exchange x 1\n");
}

TEST_F(StablehloControlFlow, ManualComputationsRunOncePerDevice) {
  std::string manual = opText("sdy.manual_computation", {"tensor<8xf32>"},
                              {"tensor<8xf32>"}, " ({})");
  EXPECT_EQ(demand(manual, "sdy.manual_computation"), "view read=0 written=0");
  EXPECT_EQ(bodies(manual, "sdy.manual_computation"), "region 0 x 1\n");
}
