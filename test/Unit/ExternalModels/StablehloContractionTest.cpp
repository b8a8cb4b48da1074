//===- StablehloContractionTest.cpp - dot and convolution rules -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

using namespace roofline;

using StablehloContraction = StablehloRuleTest;

namespace {

const std::string batchedDims =
    "dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [0], "
    "rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], "
    "rhs_contracting_dimensions = [1]>";

const std::string matrixDims =
    "dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], "
    "rhs_contracting_dimensions = [0]>";

const std::string imageDims =
    "dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, "
    "f]>";

} // namespace

// 2 * 16 * 32 * 128 * 64 = 8,388,608 operations (A2).
TEST_F(StablehloContraction, DotGeneralWithBatch) {
  std::vector<std::string> operands = {"tensor<16x32x64xbf16>",
                                       "tensor<16x64x128xbf16>"};
  std::string expected = "contraction 16x32x128x64 matrix_bf16=8388608 "
                         "read=327680 written=131072";
  EXPECT_EQ(demandOf("stablehlo.dot_general", operands,
                     {"tensor<16x32x128xbf16>"}, " <{" + batchedDims + "}>"),
            expected);
  // As discardable attributes, and in the older dialect.
  EXPECT_EQ(demandOf("stablehlo.dot_general", operands,
                     {"tensor<16x32x128xbf16>"}, " {" + batchedDims + "}"),
            expected);
  EXPECT_EQ(demandOf("mhlo.dot_general", operands, {"tensor<16x32x128xbf16>"},
                     " {dot_dimension_numbers = {lhs_batching_dimensions = "
                     "dense<0> : tensor<1xi64>, rhs_batching_dimensions = "
                     "dense<0> : tensor<1xi64>, lhs_contracting_dimensions = "
                     "dense<2> : tensor<1xi64>, rhs_contracting_dimensions = "
                     "dense<1> : tensor<1xi64>}}"),
            expected);
}

// The reference product of docs/Model.md: 2 * 4096^3.
TEST_F(StablehloContraction, DotGeneralOfTheReferenceSize) {
  EXPECT_EQ(demandOf("stablehlo.dot_general",
                     {"tensor<4096x4096xbf16>", "tensor<4096x4096xbf16>"},
                     {"tensor<4096x4096xbf16>"}, " <{" + matrixDims + "}>"),
            "contraction 1x4096x4096x4096 matrix_bf16=137438953472 "
            "read=67108864 written=33554432");
}

// A6: DEFAULT, HIGH and nothing at all are tf32; HIGHEST is f32; the user
// overrides the graph.
TEST_F(StablehloContraction, PrecisionOfF32) {
  auto typeOf = [&](const std::string &precision, F32Precision f32) {
    std::string config = precision.empty()
                             ? ""
                             : ", precision_config = [#stablehlo<precision " +
                                   precision + ">, #stablehlo<precision " +
                                   precision + ">]";
    DemandOptions options;
    options.f32 = f32;
    return demandOf("stablehlo.dot_general",
                    {"tensor<2x2xf32>", "tensor<2x2xf32>"}, {"tensor<2x2xf32>"},
                    " <{" + matrixDims + config + "}>", options);
  };
  std::string tf32 = "contraction 1x2x2x2 matrix_tf32=16 read=32 written=16";
  std::string f32 = "contraction 1x2x2x2 matrix_f32=16 read=32 written=16";
  EXPECT_EQ(typeOf("", F32Precision::FromGraph), tf32);
  EXPECT_EQ(typeOf("DEFAULT", F32Precision::FromGraph), tf32);
  EXPECT_EQ(typeOf("HIGH", F32Precision::FromGraph), tf32);
  EXPECT_EQ(typeOf("HIGHEST", F32Precision::FromGraph), f32);
  EXPECT_EQ(typeOf("HIGHEST", F32Precision::TF32), tf32);
  EXPECT_EQ(typeOf("DEFAULT", F32Precision::Strict), f32);
}

// A22: three bf16 passes emulate f32: 3 * 16 operations.
TEST_F(StablehloContraction, DotAlgorithm) {
  std::string algorithm =
      ", algorithm = #stablehlo.dot_algorithm<lhs_precision_type = bf16, "
      "rhs_precision_type = bf16, accumulation_type = f32, lhs_component_count "
      "= 3, rhs_component_count = 3, num_primitive_operations = 3, "
      "allow_imprecise_accumulation = false>";
  std::vector<std::string> operands(2, "tensor<2x2xf32>");
  EXPECT_EQ(demandOf("stablehlo.dot_general", operands, {"tensor<2x2xf32>"},
                     " <{" + matrixDims + algorithm + "}>"),
            "contraction 1x2x2x2 matrix_bf16=48 read=32 written=16");
  DemandOptions strict;
  strict.f32 = F32Precision::Strict;
  EXPECT_EQ(demandOf("stablehlo.dot_general", operands, {"tensor<2x2xf32>"},
                     " <{" + matrixDims + algorithm + "}>", strict),
            "contraction 1x2x2x2 matrix_f32=16 read=32 written=16");
}

TEST_F(StablehloContraction, Dot) {
  // 2 * 3 * 5 * 7; a vector and a matrix; two vectors.
  EXPECT_EQ(demandOf("stablehlo.dot", {"tensor<3x7xf16>", "tensor<7x5xf16>"},
                     {"tensor<3x5xf16>"}),
            "contraction 1x3x5x7 matrix_f16=210 read=112 written=30");
  EXPECT_EQ(demandOf("stablehlo.dot", {"tensor<7xf16>", "tensor<7x5xf16>"},
                     {"tensor<5xf16>"}),
            "contraction 1x1x5x7 matrix_f16=70 read=84 written=10");
  EXPECT_EQ(demandOf("stablehlo.dot", {"tensor<7xi8>", "tensor<7xi8>"},
                     {"tensor<i32>"}),
            "contraction 1x1x1x7 matrix_i8=14 read=14 written=4");
}

// A complex multiply-add is eight real operations (A7): 8 * 2 * 2 * 2.
TEST_F(StablehloContraction, ComplexDot) {
  std::string type = "tensor<2x2xcomplex<f32>>";
  EXPECT_EQ(demandOf("stablehlo.dot", {type, type}, {type}),
            "contraction 1x2x2x2 matrix_c64=64 read=64 written=32");
}

// Eight rows of 16 in four groups with a 16 x 32 matrix each: 2 * 8 * 32 * 16
// whatever the number of groups.
TEST_F(StablehloContraction, RaggedDot) {
  EXPECT_EQ(
      demandOf(
          "chlo.ragged_dot",
          {"tensor<8x16xbf16>", "tensor<4x16x32xbf16>", "tensor<4xi64>"},
          {"tensor<8x32xbf16>"},
          " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<"
          "lhs_contracting_dimensions = [1], rhs_contracting_dimensions = "
          "[1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}>"),
      "contraction 1x8x32x16 matrix_bf16=8192 read=4384 written=512");
}

// Three rows choose three of the four at most: 3 * 16 * 32 weights (A37).
TEST_F(StablehloContraction, RaggedDotOfFewRows) {
  std::vector<std::string> operands = {"tensor<3x16xbf16>",
                                       "tensor<4x16x32xbf16>", "tensor<4xi64>"};
  std::string dims = " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<"
                     "lhs_contracting_dimensions = [1], "
                     "rhs_contracting_dimensions = [1], "
                     "lhs_ragged_dimensions = [0]";
  EXPECT_EQ(demandOf("chlo.ragged_dot", operands, {"tensor<3x32xbf16>"},
                     dims + ", rhs_group_dimensions = [0]>}>"),
            "contraction 1x3x32x16 matrix_bf16=3072 read=3200 written=192");
  // Of two batches each has three rows of its own.
  EXPECT_EQ(
      demandOf(
          "chlo.ragged_dot",
          {"tensor<2x3x16xbf16>", "tensor<2x4x16x32xbf16>", "tensor<2x4xi64>"},
          {"tensor<2x3x32xbf16>"},
          " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<"
          "lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], "
          "lhs_contracting_dimensions = [2], rhs_contracting_dimensions = "
          "[2], lhs_ragged_dimensions = [1], rhs_group_dimensions = "
          "[1]>}>"),
      "contraction 2x3x32x16 matrix_bf16=6144 read=6400 written=384");
  // Groups of what is summed over have no weights of their own.
  EXPECT_EQ(demandOf("chlo.ragged_dot",
                     {"tensor<8x3xbf16>", "tensor<3x32xbf16>", "tensor<4xi64>"},
                     {"tensor<4x8x32xbf16>"},
                     " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<"
                     "lhs_contracting_dimensions = [1], "
                     "rhs_contracting_dimensions = [0], "
                     "lhs_ragged_dimensions = [1]>}>"),
            "contraction 1x8x32x3 matrix_bf16=1536 read=272 written=2048");
  // There is no such dimension.
  EXPECT_EQ(demandOf("chlo.ragged_dot", operands, {"tensor<3x32xbf16>"},
                     dims + ", rhs_group_dimensions = [3]>}>"),
            "malformed: dimension 3 is out of range or named twice");
}

// bij,bjk->bik with b=2, i=3, j=5, k=7: 2 * 2 * 3 * 7 * 5.
TEST_F(StablehloContraction, Einsum) {
  EXPECT_EQ(
      demandOf("stablehlo.einsum", {"tensor<2x3x5xf16>", "tensor<2x5x7xf16>"},
               {"tensor<2x3x7xf16>"}, " {einsum_config = \"bij,bjk->bik\"}"),
      "contraction 2x3x7x5 matrix_f16=420 read=200 written=84");
  EXPECT_EQ(
      demandOf("stablehlo.einsum", {"tensor<2x3xf16>", "tensor<3x2xf16>"},
               {"tensor<2x2xf16>"}, " {einsum_config = \"i,j->ij\"}"),
      "malformed: the letters of 'i,j->ij' are not those of the operands' "
      "dimensions");
}

// ResNet's first layer, 112 * 112 positions of 64 features, each 7 * 7 taps of
// 3 features, padding included: 2 * 802816 * 147 = 236,027,904 operations.
TEST_F(StablehloContraction, ConvolutionWithPadding) {
  EXPECT_EQ(
      demandOf("stablehlo.convolution",
               {"tensor<1x224x224x3xbf16>", "tensor<7x7x3x64xbf16>"},
               {"tensor<1x112x112x64xbf16>"},
               " <{" + imageDims +
                   ", window_strides = array<i64: 2, 2>, padding = "
                   "dense<3> : tensor<2x2xi64>, feature_group_count = 1 : "
                   "i64, batch_group_count = 1 : i64}>"),
      "convolution 1x12544x64x147 matrix_bf16=236027904 read=319872 "
      "written=1605632");
}

// Depthwise: 8 * 8 positions of 32 features, 9 taps of one feature each.
TEST_F(StablehloContraction, DepthwiseConvolution) {
  EXPECT_EQ(
      demandOf("stablehlo.convolution",
               {"tensor<1x10x10x32xbf16>", "tensor<3x3x1x32xbf16>"},
               {"tensor<1x8x8x32xbf16>"},
               " <{" + imageDims +
                   ", feature_group_count = 32 : i64, batch_group_count = "
                   "1 : i64}>"),
      "convolution 32x64x1x9 matrix_bf16=36864 read=6976 written=4096");
}

// Two batch groups: each of the 4 result features sees the half of the batch of
// its group. 1 * 8 * 8 positions * 4 features * 9 taps * 3 features * 2.
TEST_F(StablehloContraction, ConvolutionWithBatchGroups) {
  EXPECT_EQ(demandOf("stablehlo.convolution",
                     {"tensor<2x10x10x3xbf16>", "tensor<3x3x3x4xbf16>"},
                     {"tensor<1x8x8x4xbf16>"},
                     " <{" + imageDims +
                         ", feature_group_count = 1 : i64, batch_group_count = "
                         "2 : i64}>"),
            "convolution 2x64x2x27 matrix_bf16=13824 read=1416 written=512");
}

// A 1x1 window every second position touches 4 * 4 of 8 * 8 positions (A23):
// 16 * 6 * 2 = 192 bytes of input and 6 * 5 * 2 = 60 of the kernel. Along one
// dimension only it touches 4 * 8, 384 bytes; two taps every second position
// touch all, 768 bytes.
TEST_F(StablehloContraction, StridedPointwiseConvolutionReadsWhatItTouches) {
  auto convolution = [&](llvm::StringRef kernel, llvm::StringRef result,
                         llvm::StringRef strides) {
    return demandOf("stablehlo.convolution",
                    {"tensor<1x8x8x6xbf16>", kernel.str()}, {result.str()},
                    " <{" + imageDims +
                        ", window_strides = array<i64: " + strides.str() +
                        ">, feature_group_count = 1 : i64, "
                        "batch_group_count = 1 : i64}>");
  };
  EXPECT_EQ(convolution("tensor<1x1x6x5xbf16>", "tensor<1x4x4x5xbf16>", "2, 2"),
            "convolution 1x16x5x6 matrix_bf16=960 read=252 written=160");
  EXPECT_EQ(convolution("tensor<1x1x6x5xbf16>", "tensor<1x4x8x5xbf16>", "2, 1"),
            "convolution 1x32x5x6 matrix_bf16=1920 read=444 written=320");
  // 2 * 2 taps of 6 features: 240 bytes of kernel.
  EXPECT_EQ(convolution("tensor<2x2x6x5xbf16>", "tensor<1x4x4x5xbf16>", "2, 2"),
            "convolution 1x16x5x24 matrix_bf16=3840 read=1008 written=160");
}

// Along each dimension 4 elements with a hole between any two and one element
// of padding on both sides: 9 positions, of which 7 outputs see 3 taps. The
// first tap is padding next to the first element, which is no place of the
// grid. Outputs 0, 2, 4, 6 meet one element, outputs 1, 3, 5 two: 10 pairs, and
// 10 * 10 in the plane. 2 * 100 * 5 * 3 = 3000 (A23). 100 / 49 rounds up to 3
// taps of 3 features per position.
TEST_F(StablehloContraction, TransposedConvolutionSkipsHoles) {
  EXPECT_EQ(demandOf("stablehlo.convolution",
                     {"tensor<1x4x4x3xbf16>", "tensor<3x3x3x5xbf16>"},
                     {"tensor<1x7x7x5xbf16>"},
                     " <{" + imageDims +
                         ", padding = dense<1> : tensor<2x2xi64>, lhs_dilation "
                         "= array<i64: 2, 2>, feature_group_count = 1 : i64, "
                         "batch_group_count = 1 : i64}>"),
            "convolution 1x49x5x9 matrix_bf16=3000 read=366 written=490");
}

// A dilated kernel has as many taps as one that is not.
TEST_F(StablehloContraction, KernelDilationAddsNothing) {
  EXPECT_EQ(demandOf("stablehlo.convolution",
                     {"tensor<1x12x12x3xbf16>", "tensor<3x3x3x5xbf16>"},
                     {"tensor<1x8x8x5xbf16>"},
                     " <{" + imageDims +
                         ", rhs_dilation = array<i64: 2, 2>, "
                         "feature_group_count = 1 : i64, batch_group_count = 1 "
                         ": i64}>"),
            "convolution 1x64x5x27 matrix_bf16=17280 read=1134 written=640");
}

TEST_F(StablehloContraction, OlderConvolutionAttributes) {
  EXPECT_EQ(
      demandOf("mhlo.convolution",
               {"tensor<1x3x10x10xf32>", "tensor<5x3x3x3xf32>"},
               {"tensor<1x5x8x8xf32>"},
               " {dimension_numbers = #mhlo.conv<raw "
               "input_batch_dimension = 0, input_feature_dimension = 1, "
               "input_spatial_dimensions = [2, 3], "
               "kernel_output_feature_dimension = 0, "
               "kernel_input_feature_dimension = 1, "
               "kernel_spatial_dimensions = [2, 3], "
               "output_batch_dimension = 0, output_feature_dimension = 1, "
               "output_spatial_dimensions = [2, 3]>, window_strides = "
               "dense<1> : tensor<2xi64>, feature_group_count = 1 : i64, "
               "batch_group_count = 1 : i64, precision_config = "
               "[\"HIGHEST\", \"DEFAULT\"]}"),
      "convolution 1x64x5x27 matrix_f32=17280 read=1740 written=1280");
}

TEST_F(StablehloContraction, DynamicExtents) {
  // The other operand knows the contracted extent; nobody knows m.
  EXPECT_EQ(demandOf("stablehlo.dot_general",
                     {"tensor<?x4xf32>", "tensor<4x8xf32>"},
                     {"tensor<?x8xf32>"}, " <{" + matrixDims + "}>"),
            "dynamic: extent 0 of 'tensor<?x4xf32>' is not static");
}

TEST_F(StablehloContraction, RefusesBrokenOps) {
  auto dot = [&](const std::string &lhs, const std::string &rhs,
                 const std::string &attributes) {
    return demandOf("stablehlo.dot_general", {lhs, rhs}, {"tensor<4x4xf32>"},
                    " {" + attributes + "}");
  };
  EXPECT_EQ(dot("tensor<4x4xf32>", "tensor<4x4xf32>", ""),
            "malformed: attribute 'dot_dimension_numbers' is missing");
  EXPECT_EQ(dot("tensor<4x4xf32>", "tensor<4x4xf32>",
                "dot_dimension_numbers = 7 : i64"),
            "malformed: attribute 'dot_dimension_numbers' is not a structure");
  EXPECT_EQ(
      dot("tensor<4x5xf32>", "tensor<4x4xf32>", matrixDims),
      "malformed: dimension 1 of operand 0 is 5, dimension 0 of operand 1 "
      "is 4");
  EXPECT_EQ(dot("tensor<4xf32>", "tensor<4x4xf32>", matrixDims),
            "malformed: dimension 1 is out of range for 'tensor<4xf32>'");
  EXPECT_EQ(dot("tensor<4x4xf32>", "tensor<4x4xf32>",
                "dot_dimension_numbers = #stablehlo.dot<"
                "lhs_contracting_dimensions = [x]>"),
            "malformed: field 'lhs_contracting_dimensions' is not a list of "
            "integers");
  EXPECT_EQ(dot("tensor<4x4xf32>", "tensor<4x4xf32>",
                "dot_dimension_numbers = #stablehlo.dot<"
                "lhs_contracting_dimensions = [1, 1], "
                "rhs_contracting_dimensions = [0, 0]>"),
            "malformed: dimension 1 is out of range or named twice");
  EXPECT_EQ(dot("tensor<4x4xf32>", "tensor<4x4xf32>",
                "dot_dimension_numbers = #stablehlo.dot<"
                "lhs_contracting_dimensions = [1]>"),
            "malformed: the operands pair 1 with 0 dimensions");
  EXPECT_EQ(demandOf("stablehlo.dot", {"tensor<f32>", "tensor<f32>"},
                     {"tensor<f32>"}),
            "malformed: dimension -1 is out of range for 'tensor<f32>'");

  auto conv = [&](const std::string &attributes) {
    return demandOf("stablehlo.convolution",
                    {"tensor<1x4x4x3xbf16>", "tensor<3x3x3x5xbf16>"},
                    {"tensor<1x7x7x5xbf16>"}, " {" + attributes + "}");
  };
  EXPECT_EQ(conv("dimension_numbers = #stablehlo.conv<[b, 0, 1]>"),
            "malformed: attribute 'dimension_numbers' is not that of a "
            "convolution");
  EXPECT_EQ(conv("dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, "
                 "0, f]>"),
            "malformed: the operands and attributes do not agree in rank");
  EXPECT_EQ(conv(imageDims + ", lhs_dilation = array<i64: 0, 2>"),
            "malformed: a dilation of 0 is out of range");
  EXPECT_EQ(conv(imageDims + ", feature_group_count = 0 : i64"),
            "malformed: a group count is 0");
  EXPECT_EQ(conv(imageDims + ", window_strides = \"none\""),
            "malformed: attribute 'window_strides' is not a short list of "
            "integers");
}
