//===- LinalgContractionTest.cpp - Contractions and convolutions ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UpstreamDemand.h"

using namespace roofline;

namespace {

using LinalgContraction = UpstreamDemand;

TEST_F(LinalgContraction, Matmul) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<16x64xf32>, %b: tensor<64x32xf32>,
                 %c: tensor<16x32xf32>) -> tensor<16x32xf32> {
      %0 = linalg.matmul ins(%a, %b : tensor<16x64xf32>, tensor<64x32xf32>)
                         outs(%c : tensor<16x32xf32>) -> tensor<16x32xf32>
      return %0 : tensor<16x32xf32>
    })",
                           "linalg.matmul");
  EXPECT_EQ(demand.structure, Structure::Contraction);
  EXPECT_EQ(demand.contraction, shape(1, 16, 32, 64));
  // 2 * 16 * 32 * 64 (A2), in tf32 (A6).
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::TF32), Count(65536));
  EXPECT_EQ(totalOps(demand), Count(65536));
  // 16 x 64, 64 x 32 and the accumulator 16 x 32, 4 bytes each.
  EXPECT_EQ(demand.readBytes, Count(4096 + 8192 + 2048));
  EXPECT_EQ(demand.writtenBytes, Count(2048));
}

TEST_F(LinalgContraction, StrictF32) {
  options.f32 = F32Precision::Strict;
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<16x64xf32>, %b: tensor<64x32xf32>,
                 %c: tensor<16x32xf32>) -> tensor<16x32xf32> {
      %0 = linalg.matmul ins(%a, %b : tensor<16x64xf32>, tensor<64x32xf32>)
                         outs(%c : tensor<16x32xf32>) -> tensor<16x32xf32>
      return %0 : tensor<16x32xf32>
    })",
                           "linalg.matmul");
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::F32), Count(65536));
}

TEST_F(LinalgContraction, GenericEqualsNamed) {
  // The same product as a generic, factors swapped and the right side
  // transposed.
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<16x64xf32>, %b: tensor<32x64xf32>,
                 %c: tensor<16x32xf32>) -> tensor<16x32xf32> {
      %0 = linalg.generic {
          indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>,
                           affine_map<(d0, d1, d2) -> (d1, d2)>,
                           affine_map<(d0, d1, d2) -> (d0, d1)>],
          iterator_types = ["parallel", "parallel", "reduction"]}
          ins(%a, %b : tensor<16x64xf32>, tensor<32x64xf32>)
          outs(%c : tensor<16x32xf32>) {
      ^bb0(%x: f32, %y: f32, %acc: f32):
        %1 = arith.mulf %y, %x : f32
        %2 = arith.addf %1, %acc : f32
        linalg.yield %2 : f32
      } -> tensor<16x32xf32>
      return %0 : tensor<16x32xf32>
    })",
                           "linalg.generic");
  EXPECT_EQ(demand.structure, Structure::Contraction);
  EXPECT_EQ(demand.contraction, shape(1, 16, 32, 64));
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::TF32), Count(65536));
  EXPECT_EQ(totalOps(demand), Count(65536));
  EXPECT_EQ(demand.readBytes, Count(4096 + 8192 + 2048));
}

TEST_F(LinalgContraction, FilledAccumulatorIsNotRead) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<2x8x16xbf16>, %b: tensor<2x16x4xbf16>)
        -> tensor<2x8x4xf32> {
      %zero = arith.constant 0.0 : f32
      %empty = tensor.empty() : tensor<2x8x4xf32>
      %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<2x8x4xf32>)
          -> tensor<2x8x4xf32>
      %0 = linalg.batch_matmul
          ins(%a, %b : tensor<2x8x16xbf16>, tensor<2x16x4xbf16>)
          outs(%init : tensor<2x8x4xf32>) -> tensor<2x8x4xf32>
      return %0 : tensor<2x8x4xf32>
    })",
                           "linalg.batch_matmul");
  EXPECT_EQ(demand.contraction, shape(2, 8, 4, 16));
  // 2 * 2 * 8 * 4 * 16; widening to f32 is the matrix unit's own.
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::BF16), Count(2048));
  EXPECT_EQ(totalOps(demand), Count(2048));
  // 2 x 8 x 16 and 2 x 16 x 4 of 2 bytes (A45).
  EXPECT_EQ(demand.readBytes, Count(512 + 256));
  // 2 x 8 x 4 of 4 bytes.
  EXPECT_EQ(demand.writtenBytes, Count(256));
}

// Bears A50.
TEST_F(LinalgContraction, VectorForms) {
  parse(R"(
    func.func @f(%a: tensor<8x16xf16>, %v: tensor<16xf16>, %w: tensor<16xf16>,
                 %c: tensor<8xf16>, %d: tensor<f16>) {
      %0 = linalg.matvec ins(%a, %v : tensor<8x16xf16>, tensor<16xf16>)
                         outs(%c : tensor<8xf16>) -> tensor<8xf16>
      %1 = linalg.dot ins(%v, %w : tensor<16xf16>, tensor<16xf16>)
                      outs(%d : tensor<f16>) -> tensor<f16>
      return
    })");
  KnownOr<Demand> matvec = demand("linalg.matvec");
  KnownOr<Demand> dot = demand("linalg.dot");
  ASSERT_TRUE(matvec && dot);
  EXPECT_EQ(matvec->contraction, shape(1, 8, 1, 16));
  EXPECT_EQ(dot->contraction, shape(1, 1, 1, 16));
  // 2 * 8 * 16 and 2 * 16.
  EXPECT_EQ(ops(*matvec, Unit::Matrix, ElementType::F16), Count(256));
  EXPECT_EQ(ops(*dot, Unit::Matrix, ElementType::F16), Count(32));
}

TEST_F(LinalgContraction, PackedOperands) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<2x3x8x16xi8>, %b: tensor<4x3x32x16xi8>,
                 %c: tensor<2x4x8x32xi32>) -> tensor<2x4x8x32xi32> {
      %0 = linalg.mmt4d ins(%a, %b : tensor<2x3x8x16xi8>, tensor<4x3x32x16xi8>)
                        outs(%c : tensor<2x4x8x32xi32>) -> tensor<2x4x8x32xi32>
      return %0 : tensor<2x4x8x32xi32>
    })",
                           "linalg.mmt4d");
  // m = 2 * 8, n = 4 * 32, k = 3 * 16.
  EXPECT_EQ(demand.contraction, shape(1, 16, 128, 48));
  // 2 * 16 * 128 * 48.
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::I8), Count(196608));
}

TEST_F(LinalgContraction, DequantisationCountsOncePerElement) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<4x64xf16>, %b: tensor<64x32xi8>,
                 %s: tensor<32xf16>, %c: tensor<4x32xf32>)
        -> tensor<4x32xf32> {
      %0 = linalg.generic {
          indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                           affine_map<(m, n, k) -> (k, n)>,
                           affine_map<(m, n, k) -> (n)>,
                           affine_map<(m, n, k) -> (m, n)>],
          iterator_types = ["parallel", "parallel", "reduction"]}
          ins(%a, %b, %s : tensor<4x64xf16>, tensor<64x32xi8>, tensor<32xf16>)
          outs(%c : tensor<4x32xf32>) {
      ^bb0(%x: f16, %q: i8, %scale: f16, %acc: f32):
        %1 = arith.sitofp %q : i8 to f16
        %2 = arith.mulf %1, %scale : f16
        %3 = arith.extf %x : f16 to f32
        %4 = arith.extf %2 : f16 to f32
        %5 = arith.mulf %3, %4 : f32
        %6 = arith.addf %acc, %5 : f32
        linalg.yield %6 : f32
      } -> tensor<4x32xf32>
      return %0 : tensor<4x32xf32>
    })",
                           "linalg.generic");
  EXPECT_EQ(demand.contraction, shape(1, 4, 32, 64));
  // 2 * 4 * 32 * 64.
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::F16), Count(16384));
  // A conversion and a product for each of the 64 x 32 weights.
  EXPECT_EQ(ops(demand, Unit::Vector, ElementType::F16), Count(4096));
}

TEST_F(LinalgContraction, Complex) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<4x8xcomplex<f32>>, %b: tensor<8x4xcomplex<f32>>,
                 %c: tensor<4x4xcomplex<f32>>) -> tensor<4x4xcomplex<f32>> {
      %0 = linalg.matmul
          ins(%a, %b : tensor<4x8xcomplex<f32>>, tensor<8x4xcomplex<f32>>)
          outs(%c : tensor<4x4xcomplex<f32>>) -> tensor<4x4xcomplex<f32>>
      return %0 : tensor<4x4xcomplex<f32>>
    })",
                           "linalg.matmul");
  // 8 * 4 * 4 * 8 (A7).
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::C64), Count(1024));
}

TEST_F(LinalgContraction, SumOfSquaresIsAReduction) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<16x64xf32>, %c: tensor<16xf32>) -> tensor<16xf32> {
      %0 = linalg.generic {
          indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>,
                           affine_map<(d0, d1) -> (d0)>],
          iterator_types = ["parallel", "reduction"]}
          ins(%a : tensor<16x64xf32>) outs(%c : tensor<16xf32>) {
      ^bb0(%x: f32, %acc: f32):
        %1 = arith.mulf %x, %x : f32
        %2 = arith.addf %1, %acc : f32
        linalg.yield %2 : f32
      } -> tensor<16xf32>
      return %0 : tensor<16xf32>
    })",
                           "linalg.generic");
  EXPECT_EQ(demand.structure, Structure::Reduction);
  // A product and a sum for each of 16 x 64 elements.
  EXPECT_EQ(ops(demand, Unit::Vector, ElementType::F32), Count(2048));
  EXPECT_EQ(totalOps(demand), Count(2048));
}

TEST_F(LinalgContraction, ConvolutionNhwcHwcf) {
  Demand demand = demandOf(R"(
    func.func @f(%i: tensor<1x230x230x3xf32>, %w: tensor<7x7x3x64xf32>,
                 %o: tensor<1x112x112x64xf32>) -> tensor<1x112x112x64xf32> {
      %0 = linalg.conv_2d_nhwc_hwcf
          {dilations = dense<1> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>}
          ins(%i, %w : tensor<1x230x230x3xf32>, tensor<7x7x3x64xf32>)
          outs(%o : tensor<1x112x112x64xf32>) -> tensor<1x112x112x64xf32>
      return %0 : tensor<1x112x112x64xf32>
    })",
                           "linalg.conv_2d_nhwc_hwcf");
  EXPECT_EQ(demand.structure, Structure::Convolution);
  // m = 112 * 112, n = 64, k = 7 * 7 * 3.
  EXPECT_EQ(demand.contraction, shape(1, 12544, 64, 147));
  // 2 * 12544 * 64 * 147.
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::TF32), Count(236027904));
  // Image, kernel and accumulator whole, 4 bytes each.
  EXPECT_EQ(demand.readBytes,
            Count(4 * (230 * 230 * 3 + 7 * 7 * 3 * 64 + 112 * 112 * 64)));
}

// Bears A52.
TEST_F(LinalgContraction, StridedPointwiseConvolutionReadsWhatItTouches) {
  Demand demand = demandOf(R"(
    func.func @f(%i: tensor<1x8x56x56xbf16>, %w: tensor<16x8x1x1xbf16>)
        -> tensor<1x16x28x28xbf16> {
      %o = tensor.empty() : tensor<1x16x28x28xbf16>
      %0 = linalg.conv_2d_nchw_fchw
          {dilations = dense<1> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>}
          ins(%i, %w : tensor<1x8x56x56xbf16>, tensor<16x8x1x1xbf16>)
          outs(%o : tensor<1x16x28x28xbf16>) -> tensor<1x16x28x28xbf16>
      return %0 : tensor<1x16x28x28xbf16>
    })",
                           "linalg.conv_2d_nchw_fchw");
  // m = 28 * 28, n = 16, k = 8.
  EXPECT_EQ(demand.contraction, shape(1, 784, 16, 8));
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::BF16), Count(200704));
  // 8 x 28 x 28 of the image and 16 x 8 weights, 2 bytes each.
  EXPECT_EQ(demand.readBytes, Count(2 * (8 * 28 * 28 + 16 * 8)));
}

TEST_F(LinalgContraction, DepthwiseConvolution) {
  Demand demand = demandOf(R"(
    func.func @f(%i: tensor<1x58x58x32xf16>, %w: tensor<3x3x32xf16>,
                 %o: tensor<1x56x56x32xf16>) -> tensor<1x56x56x32xf16> {
      %0 = linalg.depthwise_conv_2d_nhwc_hwc
          {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
          ins(%i, %w : tensor<1x58x58x32xf16>, tensor<3x3x32xf16>)
          outs(%o : tensor<1x56x56x32xf16>) -> tensor<1x56x56x32xf16>
      return %0 : tensor<1x56x56x32xf16>
    })",
                           "linalg.depthwise_conv_2d_nhwc_hwc");
  EXPECT_EQ(demand.structure, Structure::Convolution);
  // A product per channel: 32 x (56 * 56 x 9) * (9 x 1).
  EXPECT_EQ(demand.contraction, shape(32, 3136, 1, 9));
  // 2 * 32 * 3136 * 9.
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::F16), Count(1806336));
}

TEST_F(LinalgContraction, GroupedConvolution) {
  Demand demand = demandOf(R"(
    func.func @f(%i: tensor<2x4x8x10x10xf16>, %w: tensor<4x16x8x3x3xf16>,
                 %o: tensor<2x4x16x8x8xf16>) -> tensor<2x4x16x8x8xf16> {
      %0 = linalg.conv_2d_ngchw_gfchw
          {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
          ins(%i, %w : tensor<2x4x8x10x10xf16>, tensor<4x16x8x3x3xf16>)
          outs(%o : tensor<2x4x16x8x8xf16>) -> tensor<2x4x16x8x8xf16>
      return %0 : tensor<2x4x16x8x8xf16>
    })",
                           "linalg.conv_2d_ngchw_gfchw");
  // 4 groups; m = 2 * 8 * 8, n = 16, k = 8 * 3 * 3.
  EXPECT_EQ(demand.contraction, shape(4, 128, 16, 72));
  // 2 * 4 * 128 * 16 * 72.
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::F16), Count(1179648));
}

TEST_F(LinalgContraction, QuantisedConvolution) {
  Demand demand = demandOf(R"(
    func.func @f(%i: tensor<1x6x6x4xi8>, %w: tensor<3x3x4x8xi8>, %zi: i32,
                 %zw: i32, %o: tensor<1x4x4x8xi32>) -> tensor<1x4x4x8xi32> {
      %0 = linalg.conv_2d_nhwc_hwcf_q
          {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
          ins(%i, %w, %zi, %zw : tensor<1x6x6x4xi8>, tensor<3x3x4x8xi8>, i32, i32)
          outs(%o : tensor<1x4x4x8xi32>) -> tensor<1x4x4x8xi32>
      return %0 : tensor<1x4x4x8xi32>
    })",
                           "linalg.conv_2d_nhwc_hwcf_q");
  // m = 4 * 4, n = 8, k = 3 * 3 * 4.
  EXPECT_EQ(demand.contraction, shape(1, 16, 8, 36));
  // 2 * 16 * 8 * 36.
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::I8), Count(9216));
  // The zero points once per element that the loops index: the image at
  // 4 * 4 * 3 * 3 * 4 window elements, the kernel at 3 * 3 * 4 * 8 (A48).
  EXPECT_EQ(ops(demand, Unit::Vector, ElementType::I32), Count(576 + 288));
}

TEST_F(LinalgContraction, DynamicExtentIsUnknown) {
  Unknown unknown = unknownOf(R"(
    func.func @f(%a: tensor<?x64xf32>, %b: tensor<64x32xf32>,
                 %c: tensor<?x32xf32>) -> tensor<?x32xf32> {
      %0 = linalg.matmul ins(%a, %b : tensor<?x64xf32>, tensor<64x32xf32>)
                         outs(%c : tensor<?x32xf32>) -> tensor<?x32xf32>
      return %0 : tensor<?x32xf32>
    })",
                              "linalg.matmul");
  EXPECT_EQ(unknown.kind, UnknownKind::Dynamic);
  EXPECT_EQ(unknown.reason, "extent 0 of 'tensor<?x64xf32>' is not static");
}

TEST_F(LinalgContraction, HugeExtentsOverflow) {
  Unknown unknown = unknownOf(R"(
    func.func @f(%a: tensor<4294967296x4294967296xf32>,
                 %b: tensor<4294967296x8xf32>,
                 %c: tensor<4294967296x8xf32>) {
      %0 = linalg.matmul
          ins(%a, %b : tensor<4294967296x4294967296xf32>,
                       tensor<4294967296x8xf32>)
          outs(%c : tensor<4294967296x8xf32>) -> tensor<4294967296x8xf32>
      return
    })",
                              "linalg.matmul");
  EXPECT_EQ(unknown.kind, UnknownKind::Overflow);
}

} // namespace
