//===- LinalgTest.cpp - Structured ops that are not contractions ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UpstreamDemand.h"

using namespace roofline;

namespace {

using Linalg = UpstreamDemand;

TEST_F(Linalg, Elementwise) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<8x128xf32>, %b: tensor<128xf32>)
        -> tensor<8x128xf32> {
      %e = tensor.empty() : tensor<8x128xf32>
      %0 = linalg.generic {
          indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>,
                           affine_map<(d0, d1) -> (d1)>,
                           affine_map<(d0, d1) -> (d0, d1)>],
          iterator_types = ["parallel", "parallel"]}
          ins(%a, %b : tensor<8x128xf32>, tensor<128xf32>)
          outs(%e : tensor<8x128xf32>) {
      ^bb0(%x: f32, %y: f32, %out: f32):
        %one = arith.constant 1.0 : f32
        %1 = arith.addf %x, %y : f32
        %2 = math.exp %1 : f32
        %3 = arith.addf %2, %one : f32
        %4 = arith.divf %one, %3 : f32
        linalg.yield %4 : f32
      } -> tensor<8x128xf32>
      return %0 : tensor<8x128xf32>
    })",
                           "linalg.generic");
  EXPECT_EQ(demand.structure, Structure::Elementwise);
  // Two sums and a quotient, and an exponential, for each of 1024 elements.
  EXPECT_EQ(ops(demand, Unit::Vector, ElementType::F32), Count(3072));
  EXPECT_EQ(ops(demand, Unit::Special, ElementType::F32), Count(1024));
  EXPECT_EQ(totalOps(demand), Count(4096));
  // 8 x 128 and 128 elements of 4 bytes; the output is only written.
  EXPECT_EQ(demand.readBytes, Count(4096 + 512));
  EXPECT_EQ(demand.writtenBytes, Count(4096));
}

TEST_F(Linalg, NamedElementwise) {
  parse(R"(
    func.func @f(%a: tensor<64xbf16>, %b: tensor<64xbf16>, %e: tensor<64xbf16>) {
      %0 = linalg.add ins(%a, %b : tensor<64xbf16>, tensor<64xbf16>)
                      outs(%e : tensor<64xbf16>) -> tensor<64xbf16>
      %1 = linalg.tanh ins(%a : tensor<64xbf16>) outs(%e : tensor<64xbf16>)
          -> tensor<64xbf16>
      %2 = linalg.elementwise kind=#linalg.elementwise_kind<mul>
          ins(%a, %a : tensor<64xbf16>, tensor<64xbf16>)
          outs(%e : tensor<64xbf16>) -> tensor<64xbf16>
      %3 = linalg.map { math.rsqrt } ins(%a : tensor<64xbf16>)
          outs(%e : tensor<64xbf16>)
      return
    })");
  KnownOr<Demand> add = demand("linalg.add");
  KnownOr<Demand> tanh = demand("linalg.tanh");
  KnownOr<Demand> square = demand("linalg.elementwise");
  KnownOr<Demand> map = demand("linalg.map");
  ASSERT_TRUE(add && tanh && square && map);
  EXPECT_EQ(ops(*add, Unit::Vector, ElementType::BF16), Count(64));
  EXPECT_EQ(add->readBytes, Count(256));
  EXPECT_EQ(ops(*tanh, Unit::Special, ElementType::BF16), Count(64));
  EXPECT_EQ(ops(*square, Unit::Vector, ElementType::BF16), Count(64));
  // One value read once, though it is two operands.
  EXPECT_EQ(square->readBytes, Count(128));
  EXPECT_EQ(ops(*map, Unit::Special, ElementType::BF16), Count(64));
}

TEST_F(Linalg, Reduction) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<16x64xf16>, %c: tensor<16xf16>) -> tensor<16xf16> {
      %0 = linalg.reduce { arith.maximumf } ins(%a : tensor<16x64xf16>)
          outs(%c : tensor<16xf16>) dimensions = [1]
      return %0 : tensor<16xf16>
    })",
                           "linalg.reduce");
  EXPECT_EQ(demand.structure, Structure::Reduction);
  // One operation per element, the first one with the initial value.
  EXPECT_EQ(ops(demand, Unit::Vector, ElementType::F16), Count(1024));
  EXPECT_EQ(demand.readBytes, Count(2048 + 32));
  EXPECT_EQ(demand.writtenBytes, Count(32));
}

TEST_F(Linalg, Pooling) {
  Demand demand = demandOf(R"(
    func.func @f(%i: tensor<1x16x16x4xf32>, %o: tensor<1x8x8x4xf32>)
        -> tensor<1x8x8x4xf32> {
      %w = tensor.empty() : tensor<2x2xf32>
      %0 = linalg.pooling_nhwc_max
          {dilations = dense<1> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>}
          ins(%i, %w : tensor<1x16x16x4xf32>, tensor<2x2xf32>)
          outs(%o : tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32>
      return %0 : tensor<1x8x8x4xf32>
    })",
                           "linalg.pooling_nhwc_max");
  EXPECT_EQ(demand.structure, Structure::Reduction);
  // 8 * 8 * 4 windows of 2 * 2.
  EXPECT_EQ(ops(demand, Unit::Vector, ElementType::F32), Count(1024));
  // Image and accumulator; the window is only a shape.
  EXPECT_EQ(demand.readBytes, Count(4096 + 1024));
}

TEST_F(Linalg, DataMovement) {
  parse(R"(
    func.func @f(%a: tensor<8x16xf32>, %v: tensor<16xf32>, %s: f32,
                 %t: tensor<16x8xf32>, %e: tensor<8x16xf32>) {
      %0 = linalg.transpose ins(%a : tensor<8x16xf32>)
          outs(%t : tensor<16x8xf32>) permutation = [1, 0]
      %1 = linalg.broadcast ins(%v : tensor<16xf32>)
          outs(%e : tensor<8x16xf32>) dimensions = [0]
      %2 = linalg.fill ins(%s : f32) outs(%e : tensor<8x16xf32>)
          -> tensor<8x16xf32>
      return
    })");
  // 8 x 16 elements of 4 bytes; a row of 16; a scalar is not in memory (A40).
  std::pair<llvm::StringRef, uint64_t> expected[] = {
      {"linalg.transpose", 512}, {"linalg.broadcast", 64}, {"linalg.fill", 0}};
  for (auto [name, readBytes] : expected) {
    KnownOr<Demand> known = demand(name);
    ASSERT_TRUE(known) << name.str();
    EXPECT_EQ(known->structure, Structure::DataMovement) << name.str();
    EXPECT_EQ(totalOps(*known), Count(0)) << name.str();
    EXPECT_EQ(known->readBytes, Count(readBytes)) << name.str();
    EXPECT_EQ(known->writtenBytes, Count(512)) << name.str();
  }
}

TEST_F(Linalg, GatherInThePayload) {
  Demand demand = demandOf(R"(
    func.func @f(%table: tensor<1000x64xf32>, %ids: tensor<8xi64>)
        -> tensor<8x64xf32> {
      %e = tensor.empty() : tensor<8x64xf32>
      %0 = linalg.generic {
          indexing_maps = [affine_map<(d0, d1) -> (d0)>,
                           affine_map<(d0, d1) -> (d0, d1)>],
          iterator_types = ["parallel", "parallel"]}
          ins(%ids : tensor<8xi64>) outs(%e : tensor<8x64xf32>) {
      ^bb0(%id: i64, %out: f32):
        %row = arith.index_cast %id : i64 to index
        %column = linalg.index 1 : index
        %1 = tensor.extract %table[%row, %column] : tensor<1000x64xf32>
        linalg.yield %1 : f32
      } -> tensor<8x64xf32>
      return %0 : tensor<8x64xf32>
    })",
                           "linalg.generic");
  EXPECT_EQ(demand.structure, Structure::GatherScatter);
  // An index is address arithmetic (A41).
  EXPECT_EQ(totalOps(demand), Count(0));
  // 8 ids of 8 bytes, 8 * 64 elements of 4 bytes, not the table.
  EXPECT_EQ(demand.readBytes, Count(64 + 2048));
  EXPECT_EQ(demand.writtenBytes, Count(2048));
}

TEST_F(Linalg, IntegersCountInAPayload) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<32xi32>) -> tensor<32xi1> {
      %zero = arith.constant 0 : i32
      %e = tensor.empty() : tensor<32xi1>
      %0 = linalg.generic {
          indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>],
          iterator_types = ["parallel"]}
          ins(%a : tensor<32xi32>) outs(%e : tensor<32xi1>) {
      ^bb0(%x: i32, %out: i1):
        %1 = arith.cmpi slt, %x, %zero : i32
        linalg.yield %1 : i1
      } -> tensor<32xi1>
      return %0 : tensor<32xi1>
    })",
                           "linalg.generic");
  // A comparison is done in the type of its operands.
  EXPECT_EQ(ops(demand, Unit::Vector, ElementType::I32), Count(32));
  // An i1 is a byte (A5).
  EXPECT_EQ(demand.writtenBytes, Count(32));
}

// Bears A55.
TEST_F(Linalg, BranchesInThePayload) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<32xf32>, %flag: i1) -> tensor<32xf32> {
      %e = tensor.empty() : tensor<32xf32>
      %0 = linalg.generic {
          indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>],
          iterator_types = ["parallel"]}
          ins(%a : tensor<32xf32>) outs(%e : tensor<32xf32>) {
      ^bb0(%x: f32, %out: f32):
        %1 = scf.if %flag -> f32 {
          %2 = arith.mulf %x, %x : f32
          %3 = arith.addf %2, %x : f32
          scf.yield %3 : f32
        } else {
          scf.yield %x : f32
        }
        linalg.yield %1 : f32
      } -> tensor<32xf32>
      return %0 : tensor<32xf32>
    })",
                           "linalg.generic");
  // The dearer branch: a product and a sum per element.
  EXPECT_EQ(ops(demand, Unit::Vector, ElementType::F32), Count(64));
}

TEST_F(Linalg, BuffersAreWritten) {
  Demand demand = demandOf(R"(
    func.func @f(%a: memref<16x64xf32>, %b: memref<64x32xf32>,
                 %c: memref<16x32xf32>) {
      linalg.matmul ins(%a, %b : memref<16x64xf32>, memref<64x32xf32>)
                    outs(%c : memref<16x32xf32>)
      return
    })",
                           "linalg.matmul");
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::TF32), Count(65536));
  EXPECT_EQ(demand.readBytes, Count(4096 + 8192 + 2048));
  EXPECT_EQ(demand.writtenBytes, Count(2048));
}

// Bears A53.
TEST_F(Linalg, Softmax) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<4x256xf32>, %e: tensor<4x256xf32>)
        -> tensor<4x256xf32> {
      %0 = linalg.softmax dimension(1) ins(%a : tensor<4x256xf32>)
          outs(%e : tensor<4x256xf32>) -> tensor<4x256xf32>
      return %0 : tensor<4x256xf32>
    })",
                           "linalg.softmax");
  EXPECT_EQ(demand.structure, Structure::Reduction);
  // Maximum, difference, sum, quotient and an exponential per element.
  EXPECT_EQ(ops(demand, Unit::Vector, ElementType::F32), Count(4096));
  EXPECT_EQ(ops(demand, Unit::Special, ElementType::F32), Count(1024));
  EXPECT_EQ(demand.readBytes, Count(4096));
  EXPECT_EQ(demand.writtenBytes, Count(4096));
}

TEST_F(Linalg, Relayout) {
  parse(R"(
    func.func @f(%a: tensor<30x32xf16>, %p: tensor<4x2x8x16xf16>, %zero: f16,
                 %u: tensor<30x32xf16>) {
      %0 = linalg.pack %a padding_value(%zero : f16) inner_dims_pos = [0, 1]
          inner_tiles = [8, 16] into %p
          : tensor<30x32xf16> -> tensor<4x2x8x16xf16>
      %1 = linalg.unpack %0 inner_dims_pos = [0, 1] inner_tiles = [8, 16]
          into %u : tensor<4x2x8x16xf16> -> tensor<30x32xf16>
      return
    })");
  KnownOr<Demand> pack = demand("linalg.pack");
  KnownOr<Demand> unpack = demand("linalg.unpack");
  ASSERT_TRUE(pack && unpack);
  // 30 x 32 elements and, padded to tiles, 32 x 32, of 2 bytes.
  EXPECT_EQ(pack->readBytes, Count(1920));
  EXPECT_EQ(pack->writtenBytes, Count(2048));
  EXPECT_EQ(unpack->readBytes, Count(2048));
  EXPECT_EQ(unpack->writtenBytes, Count(1920));
}

// Bears A44.
TEST_F(Linalg, Winograd) {
  parse(R"(
    func.func @f(%w: tensor<2x3x3x5xf32>, %tw: tensor<6x6x5x2xf32>,
                 %i: tensor<2x10x10x5xf32>, %ti: tensor<6x6x2x2x2x5xf32>,
                 %v: tensor<6x6x2x2x2x2xf32>, %o: tensor<2x8x8x2xf32>) {
      %0 = linalg.winograd_filter_transform fmr(F_4_3)
          ins(%w : tensor<2x3x3x5xf32>) outs(%tw : tensor<6x6x5x2xf32>)
          -> tensor<6x6x5x2xf32>
      %1 = linalg.winograd_input_transform fmr(F_4_3)
          ins(%i : tensor<2x10x10x5xf32>) outs(%ti : tensor<6x6x2x2x2x5xf32>)
          -> tensor<6x6x2x2x2x5xf32>
      %2 = linalg.winograd_output_transform fmr(F_4_3)
          ins(%v : tensor<6x6x2x2x2x2xf32>) outs(%o : tensor<2x8x8x2xf32>)
          -> tensor<2x8x8x2xf32>
      return
    })");
  KnownOr<Demand> filter = demand("linalg.winograd_filter_transform");
  KnownOr<Demand> input = demand("linalg.winograd_input_transform");
  KnownOr<Demand> output = demand("linalg.winograd_output_transform");
  ASSERT_TRUE(filter && input && output);
  // 2 * 5 kernels: (6x3)(3x3) and (6x3)(3x6): 2 * 54 + 2 * 108.
  EXPECT_EQ(ops(*filter, Unit::Vector, ElementType::F32), Count(10 * 324));
  // 2 * 2 * 2 * 5 tiles: twice (6x6)(6x6): 2 * 2 * 216.
  EXPECT_EQ(ops(*input, Unit::Vector, ElementType::F32), Count(40 * 864));
  // 2 * 2 * 2 * 2 tiles: (4x6)(6x6) and (4x6)(6x4): 2 * 144 + 2 * 96.
  EXPECT_EQ(ops(*output, Unit::Vector, ElementType::F32), Count(16 * 480));
}

TEST_F(Linalg, PayloadOpWithoutRuleIsNamed) {
  context.allowUnregisteredDialects();
  Unknown unknown = unknownOf(R"(
    func.func @f(%a: tensor<32xf32>) -> tensor<32xf32> {
      %e = tensor.empty() : tensor<32xf32>
      %0 = linalg.generic {
          indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>],
          iterator_types = ["parallel"]}
          ins(%a : tensor<32xf32>) outs(%e : tensor<32xf32>) {
      ^bb0(%x: f32, %out: f32):
        %1 = "my.op"(%x) : (f32) -> f32
        linalg.yield %1 : f32
      } -> tensor<32xf32>
      return %0 : tensor<32xf32>
    })",
                              "linalg.generic");
  EXPECT_EQ(unknown.kind, UnknownKind::Unmodelled);
  EXPECT_EQ(unknown.reason, "no rule for 'my.op'");
}

TEST_F(Linalg, EveryOpHasAModel) {
  parse("func.func @f(%a: tensor<f32>, %e: tensor<f32>) { %0 = linalg.copy "
        "ins(%a : tensor<f32>) outs(%e : tensor<f32>) -> tensor<f32> return }");
  for (mlir::RegisteredOperationName name :
       context.getRegisteredOperationsByDialect("linalg"))
    EXPECT_TRUE(name.hasInterface<RooflineOpInterface>())
        << name.getStringRef().str();
}

} // namespace
