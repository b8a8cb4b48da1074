//===- StablehloNumericsTest.cpp - Normalisation, FFT, solvers, random ----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

using namespace roofline;

using StablehloNumerics = StablehloRuleTest;

// 2 * 8 * 8 * 16 = 2048 elements of 16 features, 8192 bytes. Inference: 4 per
// element, an addition and a root per feature. Training: 7 per element, an
// addition, two divisions and a root per feature. Gradient: 9 and the same.
TEST_F(StablehloNumerics, BatchNormalisation) {
  std::string image = "tensor<2x8x8x16xf32>";
  std::string feature = "tensor<16xf32>";
  std::string attributes = " {epsilon = 1.0e-5 : f32, feature_index = 3 : i64}";
  EXPECT_EQ(
      demandOf("stablehlo.batch_norm_inference",
               {image, feature, feature, feature, feature}, {image},
               attributes),
      "elementwise vector_f32=8208 special_f32=16 read=8448 written=8192");
  EXPECT_EQ(demandOf("stablehlo.batch_norm_training", {image, feature, feature},
                     {image, feature, feature}, attributes),
            "reduction vector_f32=14384 special_f32=16 read=8320 written=8320");
  EXPECT_EQ(
      demandOf("stablehlo.batch_norm_grad",
               {image, feature, feature, feature, image},
               {image, feature, feature}, attributes),
      "reduction vector_f32=18480 special_f32=16 read=16576 written=8320");
}

// 3 transforms of 1024 points: 3 * 5 * 1024 * 10; half of that from real input.
TEST_F(StablehloNumerics, Fft) {
  EXPECT_EQ(demandOf("stablehlo.fft", {"tensor<3x1024xcomplex<f32>>"},
                     {"tensor<3x1024xcomplex<f32>>"},
                     " {fft_type = #stablehlo<fft_type FFT>, fft_length = "
                     "array<i64: 1024>}"),
            "reduction vector_c64=153600 read=24576 written=24576");
  EXPECT_EQ(demandOf("stablehlo.fft", {"tensor<3x1024xf32>"},
                     {"tensor<3x513xcomplex<f32>>"},
                     " {fft_type = #stablehlo<fft_type RFFT>, fft_length = "
                     "array<i64: 1024>}"),
            "reduction vector_c64=76800 read=12288 written=12312");
}

// 2 matrices of 12 x 12: 12^3 / 3 = 576 operations and 12 roots each.
TEST_F(StablehloNumerics, Cholesky) {
  EXPECT_EQ(demandOf("stablehlo.cholesky", {"tensor<2x12x12xf32>"},
                     {"tensor<2x12x12xf32>"}, " {lower = true}"),
            "contraction 2x12x12x2 matrix_f32=1152 special_f32=24 read=1152 "
            "written=1152");
}

// 12^2 operations for each of 5 columns.
TEST_F(StablehloNumerics, TriangularSolve) {
  EXPECT_EQ(demandOf("stablehlo.triangular_solve",
                     {"tensor<12x12xf64>", "tensor<12x5xf64>"},
                     {"tensor<12x5xf64>"}, " {left_side = true, lower = true}"),
            "contraction 1x12x5x6 matrix_f64=720 read=1632 written=480");
}

// 1000 words of 32 bits: 25 operations each with Philox, 58 with Threefry.
// Uniform numbers are scaled and shifted; normal ones need a logarithm, a root,
// a sine and a cosine for two.
TEST_F(StablehloNumerics, RandomNumbers) {
  EXPECT_EQ(demandOf("stablehlo.rng_bit_generator", {"tensor<2xui64>"},
                     {"tensor<2xui64>", "tensor<1000xui32>"},
                     " {rng_algorithm = #stablehlo<rng_algorithm DEFAULT>}"),
            "elementwise vector_i32=25000 read=16 written=4016");
  EXPECT_EQ(demandOf("stablehlo.rng_bit_generator", {"tensor<2xui64>"},
                     {"tensor<2xui64>", "tensor<1000xui32>"},
                     " {rng_algorithm = #stablehlo<rng_algorithm THREE_FRY>}"),
            "elementwise vector_i32=58000 read=16 written=4016");
  std::vector<std::string> operands = {"tensor<f32>", "tensor<f32>",
                                       "tensor<1xi64>"};
  EXPECT_EQ(demandOf("stablehlo.rng", operands, {"tensor<1000xf32>"},
                     " {rng_distribution = #stablehlo<rng_distribution "
                     "UNIFORM>}"),
            "elementwise vector_f32=2000 vector_i32=25000 read=16 "
            "written=4000");
  EXPECT_EQ(demandOf("stablehlo.rng", operands, {"tensor<1000xf32>"},
                     " {rng_distribution = #stablehlo<rng_distribution "
                     "NORMAL>}"),
            "elementwise vector_f32=2000 vector_i32=25000 special_f32=2000 "
            "read=16 written=4000");
}

TEST_F(StablehloNumerics, RefusesBrokenOps) {
  EXPECT_EQ(demandOf("stablehlo.fft", {"tensor<4xcomplex<f32>>"},
                     {"tensor<4xcomplex<f32>>"},
                     " {fft_length = array<i64: 4, 4>}"),
            "malformed: attribute 'fft_length' has more dimensions than the "
            "result");
  EXPECT_EQ(
      demandOf("stablehlo.cholesky", {"tensor<4xf32>"}, {"tensor<4xf32>"}),
      "malformed: an operand is not a matrix");
  EXPECT_EQ(demandOf("stablehlo.batch_norm_inference", {"tensor<4xf32>"},
                     {"tensor<4xf32>"}, " {feature_index = 1 : i64}"),
            "malformed: dimension 1 is out of range for 'tensor<4xf32>'");
  EXPECT_EQ(
      demandOf("stablehlo.cholesky", {"tensor<0x0xf32>"}, {"tensor<0x0xf32>"}),
      "contraction 1x0x0x0 read=0 written=0");
}
