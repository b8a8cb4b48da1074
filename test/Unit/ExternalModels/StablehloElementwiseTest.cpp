//===- StablehloElementwiseTest.cpp - Elementwise rules -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

using namespace roofline;

using StablehloElementwise = StablehloRuleTest;

// 4 x 8 = 32 elements of 4 bytes: 128 bytes per tensor.
TEST_F(StablehloElementwise, CountsOneVectorOpPerElement) {
  EXPECT_EQ(demandOf("stablehlo.add", {"tensor<4x8xf32>", "tensor<4x8xf32>"},
                     {"tensor<4x8xf32>"}),
            "elementwise vector_f32=32 read=256 written=128");
  EXPECT_EQ(demandOf("mhlo.divide", {"tensor<4x8xbf16>", "tensor<4x8xbf16>"},
                     {"tensor<4x8xbf16>"}),
            "elementwise vector_bf16=32 read=128 written=64");
  EXPECT_EQ(demandOf("stablehlo.clamp",
                     {"tensor<f32>", "tensor<4x8xf32>", "tensor<f32>"},
                     {"tensor<4x8xf32>"}),
            "elementwise vector_f32=64 read=136 written=128");
}

TEST_F(StablehloElementwise, ReadsAnOperandThatIsNamedTwiceOnce) {
  EXPECT_EQ(demand(R"(
    %0 = "test.value"() : () -> tensor<32xf32>
    %1 = "stablehlo.multiply"(%0, %0)
      : (tensor<32xf32>, tensor<32xf32>) -> tensor<32xf32>)",
                   "stablehlo.multiply"),
            "elementwise vector_f32=32 read=128 written=128");
}

// A truth value is one byte (A5).
TEST_F(StablehloElementwise, ComparesInTheTypeOfTheOperands) {
  EXPECT_EQ(demandOf("stablehlo.compare", {"tensor<32xf32>", "tensor<32xf32>"},
                     {"tensor<32xi1>"},
                     " {comparison_direction = #stablehlo<comparison_direction "
                     "LT>}"),
            "elementwise vector_f32=32 read=256 written=32");
  EXPECT_EQ(demandOf("stablehlo.select",
                     {"tensor<32xi1>", "tensor<32xf16>", "tensor<32xf16>"},
                     {"tensor<32xf16>"}),
            "elementwise vector_f16=32 read=160 written=64");
}

TEST_F(StablehloElementwise, CountsSpecialFunctionsApart) {
  for (const char *name :
       {"stablehlo.exponential", "stablehlo.tanh", "stablehlo.rsqrt",
        "stablehlo.logistic", "chlo.erf", "mhlo.erf", "chlo.tan"})
    EXPECT_EQ(demandOf(name, {"tensor<32xf32>"}, {"tensor<32xf32>"}),
              "elementwise special_f32=32 read=128 written=128")
        << name;
  // Integers have no special function unit.
  EXPECT_EQ(demandOf("stablehlo.power", {"tensor<32xi32>", "tensor<32xi32>"},
                     {"tensor<32xi32>"}),
            "elementwise vector_i32=32 read=256 written=128");
}

// A21: one operation in the wider type; between equal types nothing.
TEST_F(StablehloElementwise, ConvertsInTheWiderType) {
  EXPECT_EQ(
      demandOf("stablehlo.convert", {"tensor<32xbf16>"}, {"tensor<32xf32>"}),
      "elementwise vector_f32=32 read=64 written=128");
  EXPECT_EQ(
      demandOf("stablehlo.convert", {"tensor<32xf64>"}, {"tensor<32xf32>"}),
      "elementwise vector_f64=32 read=256 written=128");
  EXPECT_EQ(
      demandOf("stablehlo.convert", {"tensor<32xf32>"}, {"tensor<32xf32>"}),
      "view read=0 written=0");
}

// A7: an addition is two real operations, a product six, |z| two products, a
// sum and a root. 32 elements of 8 bytes: 256 bytes.
TEST_F(StablehloElementwise, CountsComplexWorkInRealOps) {
  std::string type = "tensor<32xcomplex<f32>>";
  EXPECT_EQ(demandOf("stablehlo.add", {type, type}, {type}),
            "elementwise vector_c64=64 read=512 written=256");
  EXPECT_EQ(demandOf("stablehlo.multiply", {type, type}, {type}),
            "elementwise vector_c64=192 read=512 written=256");
  EXPECT_EQ(demandOf("stablehlo.abs", {type}, {"tensor<32xf32>"}),
            "elementwise vector_c64=96 special_c64=32 read=256 written=128");
  EXPECT_EQ(demandOf("stablehlo.real", {type}, {"tensor<32xf32>"}),
            "data_movement read=256 written=128");
}

// Multiply, round, add and two clamps in the expressed type; back, subtract and
// multiply.
TEST_F(StablehloElementwise, QuantisesInTheExpressedType) {
  std::string quantised = "tensor<32x!quant.uniform<i8:f32, 2.0>>";
  EXPECT_EQ(
      demandOf("stablehlo.uniform_quantize", {"tensor<32xf32>"}, {quantised}),
      "elementwise vector_f32=160 read=128 written=32");
  EXPECT_EQ(
      demandOf("stablehlo.uniform_dequantize", {quantised}, {"tensor<32xf32>"}),
      "elementwise vector_f32=64 read=32 written=128");
}

TEST_F(StablehloElementwise, BroadcastsImplicitly) {
  EXPECT_EQ(demandOf("chlo.broadcast_add", {"tensor<4x8xf32>", "tensor<8xf32>"},
                     {"tensor<4x8xf32>"}),
            "elementwise vector_f32=32 read=160 written=128");
  EXPECT_EQ(demandOf("chlo.broadcast_compare",
                     {"tensor<8xbf16>", "tensor<4x8xbf16>"},
                     {"tensor<4x8xi1>"}),
            "elementwise vector_bf16=32 read=80 written=32");
}

TEST_F(StablehloElementwise, SaysWhatIsDynamic) {
  EXPECT_EQ(demandOf("stablehlo.add", {"tensor<?xf32>", "tensor<?xf32>"},
                     {"tensor<?xf32>"}),
            "dynamic: extent 0 of 'tensor<?xf32>' is not static");
}

TEST_F(StablehloElementwise, RefusesBrokenOps) {
  EXPECT_EQ(demandOf("stablehlo.add", {}, {}),
            "malformed: result 0 is missing");
  EXPECT_EQ(demandOf("stablehlo.compare", {}, {"tensor<4xi1>"}),
            "malformed: operand 0 is missing");
  EXPECT_EQ(demandOf("stablehlo.exponential", {"f32"}, {"f32"}),
            "malformed: result 0 is not a tensor");
}
