//===- TosaTest.cpp - Demand of tosa ops ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UpstreamDemand.h"

using namespace roofline;

namespace {

using Tosa = UpstreamDemand;

TEST_F(Tosa, MatMul) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<2x16x64xf16>, %b: tensor<2x64x32xf16>,
                 %z: tensor<1xf16>) -> tensor<2x16x32xf16> {
      %0 = tosa.matmul %a, %b, %z, %z
          : (tensor<2x16x64xf16>, tensor<2x64x32xf16>, tensor<1xf16>,
             tensor<1xf16>) -> tensor<2x16x32xf16>
      return %0 : tensor<2x16x32xf16>
    })",
                           "tosa.matmul");
  EXPECT_EQ(demand.structure, Structure::Contraction);
  EXPECT_EQ(demand.contraction, shape(2, 16, 32, 64));
  // 2 * 2 * 16 * 32 * 64.
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::F16), Count(131072));
  // Both factors and one zero point, 2 bytes each.
  EXPECT_EQ(demand.readBytes, Count(4096 + 8192 + 2));
  EXPECT_EQ(demand.writtenBytes, Count(2048));
}

// Bears A54.
TEST_F(Tosa, Convolutions) {
  parse(R"(
    func.func @f(%i: tensor<1x34x34x16xf32>, %w: tensor<8x3x3x16xf32>,
                 %d: tensor<3x3x16x2xf32>, %t: tensor<8x2x2x16xf32>,
                 %b8: tensor<8xf32>, %b32: tensor<32xf32>, %z: tensor<1xf32>) {
      %0 = tosa.conv2d %i, %w, %b8, %z, %z {acc_type = f32,
          dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>,
          stride = array<i64: 1, 1>}
          : (tensor<1x34x34x16xf32>, tensor<8x3x3x16xf32>, tensor<8xf32>,
             tensor<1xf32>, tensor<1xf32>) -> tensor<1x32x32x8xf32>
      %1 = tosa.depthwise_conv2d %i, %d, %b32, %z, %z {acc_type = f32,
          dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>,
          stride = array<i64: 1, 1>}
          : (tensor<1x34x34x16xf32>, tensor<3x3x16x2xf32>, tensor<32xf32>,
             tensor<1xf32>, tensor<1xf32>) -> tensor<1x32x32x32xf32>
      %2 = tosa.transpose_conv2d %i, %t, %b8, %z, %z {acc_type = f32,
          out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
          : (tensor<1x34x34x16xf32>, tensor<8x2x2x16xf32>, tensor<8xf32>,
             tensor<1xf32>, tensor<1xf32>) -> tensor<1x68x68x8xf32>
      return
    })");
  KnownOr<Demand> conv = demand("tosa.conv2d");
  KnownOr<Demand> depthwise = demand("tosa.depthwise_conv2d");
  KnownOr<Demand> transposed = demand("tosa.transpose_conv2d");
  ASSERT_TRUE(conv && depthwise && transposed);
  EXPECT_EQ(conv->structure, Structure::Convolution);
  // m = 32 * 32, n = 8, k = 3 * 3 * 16.
  EXPECT_EQ(conv->contraction, shape(1, 1024, 8, 144));
  EXPECT_EQ(ops(*conv, Unit::Matrix, ElementType::TF32), Count(2359296));
  // One bias addition per output element.
  EXPECT_EQ(ops(*conv, Unit::Vector, ElementType::F32), Count(8192));
  // Per channel 1024 x 9 by 9 x 2.
  EXPECT_EQ(depthwise->contraction, shape(16, 1024, 2, 9));
  EXPECT_EQ(ops(*depthwise, Unit::Matrix, ElementType::TF32), Count(589824));
  // Each of 34 * 34 input positions meets the 2 x 2 kernel of 8 outputs.
  EXPECT_EQ(transposed->contraction, shape(1, 1156, 32, 16));
  EXPECT_EQ(ops(*transposed, Unit::Matrix, ElementType::TF32), Count(1183744));
}

TEST_F(Tosa, Elementwise) {
  parse(R"(
    func.func @f(%a: tensor<4x8xf32>, %b: tensor<1x8xf32>) {
      %0 = tosa.add %a, %b : (tensor<4x8xf32>, tensor<1x8xf32>) -> tensor<4x8xf32>
      %1 = tosa.exp %a : (tensor<4x8xf32>) -> tensor<4x8xf32>
      %2 = tosa.clamp %a {min_val = 0.0 : f32, max_val = 6.0 : f32}
          : (tensor<4x8xf32>) -> tensor<4x8xf32>
      %3 = tosa.greater %a, %b
          : (tensor<4x8xf32>, tensor<1x8xf32>) -> tensor<4x8xi1>
      %4 = tosa.cast %a : (tensor<4x8xf32>) -> tensor<4x8xf16>
      return
    })");
  KnownOr<Demand> add = demand("tosa.add");
  KnownOr<Demand> exp = demand("tosa.exp");
  KnownOr<Demand> clamp = demand("tosa.clamp");
  KnownOr<Demand> greater = demand("tosa.greater");
  KnownOr<Demand> cast = demand("tosa.cast");
  ASSERT_TRUE(add && exp && clamp && greater && cast);
  // 32 result elements, though one operand is broadcast and read once.
  EXPECT_EQ(ops(*add, Unit::Vector, ElementType::F32), Count(32));
  EXPECT_EQ(add->readBytes, Count(128 + 32));
  EXPECT_EQ(ops(*exp, Unit::Special, ElementType::F32), Count(32));
  EXPECT_EQ(ops(*clamp, Unit::Vector, ElementType::F32), Count(64));
  EXPECT_EQ(ops(*greater, Unit::Vector, ElementType::F32), Count(32));
  EXPECT_EQ(ops(*cast, Unit::Vector, ElementType::F32), Count(32));
}

TEST_F(Tosa, Reductions) {
  parse(R"(
    func.func @f(%a: tensor<1x16x16x4xf32>, %z: tensor<1xf32>) {
      %0 = tosa.reduce_sum %a {axis = 1 : i32}
          : (tensor<1x16x16x4xf32>) -> tensor<1x1x16x4xf32>
      %1 = tosa.avg_pool2d %a, %z, %z {acc_type = f32,
          kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>,
          stride = array<i64: 2, 2>}
          : (tensor<1x16x16x4xf32>, tensor<1xf32>, tensor<1xf32>)
          -> tensor<1x8x8x4xf32>
      %2 = tosa.max_pool2d %a {kernel = array<i64: 2, 2>,
          pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
          : (tensor<1x16x16x4xf32>) -> tensor<1x8x8x4xf32>
      %3 = tosa.argmax %a {axis = 3 : i32}
          : (tensor<1x16x16x4xf32>) -> tensor<1x16x16xi32>
      return
    })");
  KnownOr<Demand> sum = demand("tosa.reduce_sum");
  KnownOr<Demand> average = demand("tosa.avg_pool2d");
  KnownOr<Demand> maximum = demand("tosa.max_pool2d");
  KnownOr<Demand> argmax = demand("tosa.argmax");
  ASSERT_TRUE(sum && average && maximum && argmax);
  // One per input element.
  EXPECT_EQ(sum->structure, Structure::Reduction);
  EXPECT_EQ(ops(*sum, Unit::Vector, ElementType::F32), Count(1024));
  // 8 * 8 * 4 windows of four sums and a quotient, or four maxima.
  EXPECT_EQ(ops(*average, Unit::Vector, ElementType::F32), Count(1280));
  EXPECT_EQ(ops(*maximum, Unit::Vector, ElementType::F32), Count(1024));
  EXPECT_EQ(ops(*argmax, Unit::Vector, ElementType::F32), Count(1024));
  EXPECT_EQ(argmax->writtenBytes, Count(1024));
}

TEST_F(Tosa, FourierTransform) {
  parse(R"(
    func.func @f(%a: tensor<3x8x16xf32>) {
      %0, %1 = tosa.fft2d %a, %a {inverse = false}
          : (tensor<3x8x16xf32>, tensor<3x8x16xf32>)
          -> (tensor<3x8x16xf32>, tensor<3x8x16xf32>)
      %2, %3 = tosa.rfft2d %a
          : (tensor<3x8x16xf32>) -> (tensor<3x8x9xf32>, tensor<3x8x9xf32>)
      return
    })");
  KnownOr<Demand> complex = demand("tosa.fft2d");
  KnownOr<Demand> real = demand("tosa.rfft2d");
  ASSERT_TRUE(complex && real);
  // 3 * 5 * 128 * log2(128), and half (A28).
  EXPECT_EQ(ops(*complex, Unit::Vector, ElementType::F32), Count(13440));
  EXPECT_EQ(ops(*real, Unit::Vector, ElementType::F32), Count(6720));
}

TEST_F(Tosa, DataMovement) {
  parse(R"(
    func.func @f(%a: tensor<1x100x16xf32>, %ids: tensor<1x8xi32>,
                 %u: tensor<1x8x16xf32>) {
      %shape = tosa.const_shape {values = dense<[100, 16]> : tensor<2xindex>}
          : () -> !tosa.shape<2>
      %0 = tosa.reshape %a, %shape
          : (tensor<1x100x16xf32>, !tosa.shape<2>) -> tensor<100x16xf32>
      %1 = tosa.transpose %a {perms = array<i32: 0, 2, 1>}
          : (tensor<1x100x16xf32>) -> tensor<1x16x100xf32>
      %2 = tosa.transpose %a {perms = array<i32: 1, 0, 2>}
          : (tensor<1x100x16xf32>) -> tensor<100x1x16xf32>
      %3 = tosa.gather %a, %ids
          : (tensor<1x100x16xf32>, tensor<1x8xi32>) -> tensor<1x8x16xf32>
      %4 = tosa.scatter %a, %ids, %u
          : (tensor<1x100x16xf32>, tensor<1x8xi32>, tensor<1x8x16xf32>)
          -> tensor<1x100x16xf32>
      return
    })");
  KnownOr<Demand> reshape = demand("tosa.reshape");
  KnownOr<Demand> transpose = demand("tosa.transpose");
  KnownOr<Demand> view = demand("tosa.transpose", 1);
  KnownOr<Demand> gather = demand("tosa.gather");
  KnownOr<Demand> scatter = demand("tosa.scatter");
  ASSERT_TRUE(reshape && transpose && view && gather && scatter);
  EXPECT_EQ(reshape->totalBytes(), Count(0));
  EXPECT_EQ(transpose->totalBytes(), Count(12800));
  // Only a dimension of one element moves.
  EXPECT_EQ(view->totalBytes(), Count(0));
  // 8 rows of 64 bytes, 8 indices of 4.
  EXPECT_EQ(gather->readBytes, Count(512 + 32));
  EXPECT_EQ(gather->writtenBytes, Count(512));
  // Views of the input live on, so that it is copied: 6400 bytes.
  EXPECT_EQ(scatter->readBytes, Count(6400 + 32 + 512));
  EXPECT_EQ(scatter->writtenBytes, Count(6400));
}

TEST_F(Tosa, CustomOpIsOpaque) {
  Unknown unknown = unknownOf(R"(
    func.func @f(%a: tensor<4xf32>) -> tensor<4xf32> {
      %0 = tosa.custom %a {domain_name = "vendor", operator_name = "attention",
          implementation_attrs = ""} : (tensor<4xf32>) -> tensor<4xf32>
      return %0 : tensor<4xf32>
    })",
                              "tosa.custom");
  EXPECT_EQ(unknown.kind, UnknownKind::Opaque);
  EXPECT_EQ(unknown.reason, "custom op 'vendor.attention' has no rule");
}

TEST_F(Tosa, UnrankedIsUnknown) {
  Unknown unknown = unknownOf(R"(
    func.func @f(%a: tensor<*xf32>) -> tensor<*xf32> {
      %0 = tosa.exp %a : (tensor<*xf32>) -> tensor<*xf32>
      return %0 : tensor<*xf32>
    })",
                              "tosa.exp");
  EXPECT_EQ(unknown.kind, UnknownKind::Dynamic);
}

} // namespace
