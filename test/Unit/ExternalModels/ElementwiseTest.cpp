//===- ElementwiseTest.cpp - Scalar and elementwise arithmetic ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UpstreamDemand.h"

using namespace roofline;

namespace {

using Elementwise = UpstreamDemand;

TEST_F(Elementwise, ArithOnTensors) {
  parse(R"(
    func.func @f(%a: tensor<4x8xbf16>, %b: tensor<4x8xbf16>, %i: tensor<32xi32>) {
      %0 = arith.addf %a, %b : tensor<4x8xbf16>
      %1 = arith.divf %a, %a : tensor<4x8xbf16>
      %2 = arith.extf %a : tensor<4x8xbf16> to tensor<4x8xf32>
      %3 = arith.cmpf olt, %a, %b : tensor<4x8xbf16>
      %4 = arith.addi %i, %i : tensor<32xi32>
      %5 = arith.constant dense<1.0> : tensor<1024xf32>
      return
    })");
  KnownOr<Demand> add = demand("arith.addf");
  KnownOr<Demand> div = demand("arith.divf");
  KnownOr<Demand> ext = demand("arith.extf");
  KnownOr<Demand> cmp = demand("arith.cmpf");
  KnownOr<Demand> addi = demand("arith.addi");
  KnownOr<Demand> constant = demand("arith.constant");
  ASSERT_TRUE(add && div && ext && cmp && addi && constant);
  // One operation for each of 4 * 8 elements; two operands of 64 bytes.
  EXPECT_EQ(ops(*add, Unit::Vector, ElementType::BF16), Count(32));
  EXPECT_EQ(add->readBytes, Count(128));
  EXPECT_EQ(add->writtenBytes, Count(64));
  // A division is one operation (A42); one value is read once.
  EXPECT_EQ(ops(*div, Unit::Vector, ElementType::BF16), Count(32));
  EXPECT_EQ(div->readBytes, Count(64));
  // A conversion works in the wider type (A21).
  EXPECT_EQ(ops(*ext, Unit::Vector, ElementType::F32), Count(32));
  EXPECT_EQ(ext->writtenBytes, Count(128));
  // A comparison works in the type of its operands.
  EXPECT_EQ(ops(*cmp, Unit::Vector, ElementType::BF16), Count(32));
  EXPECT_EQ(cmp->writtenBytes, Count(32));
  EXPECT_EQ(ops(*addi, Unit::Vector, ElementType::I32), Count(32));
  EXPECT_EQ(constant->structure, Structure::View);
  EXPECT_EQ(constant->totalBytes(), Count(0));
}

TEST_F(Elementwise, ScalarsAreInRegisters) {
  parse(R"(
    func.func @f(%x: f32, %i: i32, %n: index, %v: vector<16xf16>) {
      %0 = arith.mulf %x, %x : f32
      %1 = arith.addi %i, %i : i32
      %2 = arith.muli %n, %n : index
      %3 = arith.addf %v, %v : vector<16xf16>
      return
    })");
  KnownOr<Demand> mul = demand("arith.mulf");
  KnownOr<Demand> addi = demand("arith.addi");
  KnownOr<Demand> index = demand("arith.muli");
  KnownOr<Demand> vector = demand("arith.addf");
  ASSERT_TRUE(mul && addi && index && vector);
  EXPECT_EQ(ops(*mul, Unit::Vector, ElementType::F32), Count(1));
  // No traffic (A40); integers are address arithmetic (A41).
  EXPECT_EQ(mul->totalBytes(), Count(0));
  EXPECT_EQ(totalOps(*addi), Count(0));
  EXPECT_EQ(totalOps(*index), Count(0));
  EXPECT_EQ(ops(*vector, Unit::Vector, ElementType::F16), Count(16));
  EXPECT_EQ(vector->totalBytes(), Count(0));
}

TEST_F(Elementwise, UnknownSizes) {
  // A vector of a multiple of four, and a tensor that stores what is not zero.
  EXPECT_EQ(unknownOf(R"(
    func.func @f(%v: vector<[4]xf32>) {
      %0 = arith.addf %v, %v : vector<[4]xf32>
      return
    })",
                      "arith.addf")
                .kind,
            UnknownKind::Dynamic);
  EXPECT_EQ(unknownOf(R"(
    #csr = #sparse_tensor.encoding<{
      map = (d0, d1) -> (d0 : dense, d1 : compressed)}>
    func.func @f(%a: tensor<8x8xf32, #csr>) {
      %0 = math.absf %a : tensor<8x8xf32, #csr>
      return
    })",
                      "math.absf")
                .kind,
            UnknownKind::Dynamic);
  EXPECT_EQ(unknownOf(R"(
    func.func @f(%a: tensor<8xf80>) {
      %0 = arith.addf %a, %a : tensor<8xf80>
      return
    })",
                      "arith.addf")
                .kind,
            UnknownKind::Opaque);
}

TEST_F(Elementwise, MathIsSpecial) {
  parse(R"(
    func.func @f(%a: tensor<64xf32>, %i: tensor<64xi32>) {
      %0 = math.exp %a : tensor<64xf32>
      %1 = math.absf %a : tensor<64xf32>
      %2 = math.fma %a, %a, %a : tensor<64xf32>
      %3 = math.isnan %a : tensor<64xf32>
      %4 = math.ipowi %i, %i : tensor<64xi32>
      return
    })");
  KnownOr<Demand> exp = demand("math.exp");
  KnownOr<Demand> abs = demand("math.absf");
  KnownOr<Demand> fma = demand("math.fma");
  KnownOr<Demand> isNan = demand("math.isnan");
  KnownOr<Demand> power = demand("math.ipowi");
  ASSERT_TRUE(exp && abs && fma && isNan && power);
  // One special function per element (A43).
  EXPECT_EQ(ops(*exp, Unit::Special, ElementType::F32), Count(64));
  EXPECT_EQ(ops(*abs, Unit::Vector, ElementType::F32), Count(64));
  // A multiply-add is two operations (A1).
  EXPECT_EQ(ops(*fma, Unit::Vector, ElementType::F32), Count(128));
  EXPECT_EQ(ops(*isNan, Unit::Vector, ElementType::F32), Count(64));
  // Integers have no special functions (A43).
  EXPECT_EQ(ops(*power, Unit::Vector, ElementType::I32), Count(64));
}

TEST_F(Elementwise, ComplexCountsRealOperations) {
  parse(R"(
    func.func @f(%a: complex<f32>) {
      %0 = complex.mul %a, %a : complex<f32>
      %1 = complex.add %a, %a : complex<f32>
      %2 = complex.abs %a : complex<f32>
      return
    })");
  KnownOr<Demand> mul = demand("complex.mul");
  KnownOr<Demand> add = demand("complex.add");
  KnownOr<Demand> abs = demand("complex.abs");
  ASSERT_TRUE(mul && add && abs);
  // Four products and two sums; two sums (A7).
  EXPECT_EQ(ops(*mul, Unit::Vector, ElementType::C64), Count(6));
  EXPECT_EQ(ops(*add, Unit::Vector, ElementType::C64), Count(2));
  // Two squares, their sum, its root.
  EXPECT_EQ(ops(*abs, Unit::Vector, ElementType::C64), Count(3));
  EXPECT_EQ(ops(*abs, Unit::Special, ElementType::C64), Count(1));
}

TEST_F(Elementwise, Quantisation) {
  parse(R"(
    func.func @f(%a: tensor<64xf32>) {
      %0 = quant.qcast %a : tensor<64xf32>
          to tensor<64x!quant.uniform<i8:f32, 0.5:3>>
      %1 = quant.dcast %0 : tensor<64x!quant.uniform<i8:f32, 0.5:3>>
          to tensor<64xf32>
      return
    })");
  KnownOr<Demand> quantise = demand("quant.qcast");
  KnownOr<Demand> dequantise = demand("quant.dcast");
  ASSERT_TRUE(quantise && dequantise);
  // Product, rounding, sum and two clamps; difference and product.
  EXPECT_EQ(ops(*quantise, Unit::Vector, ElementType::F32), Count(320));
  EXPECT_EQ(ops(*dequantise, Unit::Vector, ElementType::F32), Count(128));
  // The stored type is a byte.
  EXPECT_EQ(quantise->writtenBytes, Count(64));
  EXPECT_EQ(dequantise->readBytes, Count(64));
}

TEST_F(Elementwise, VectorContraction) {
  Demand demand = demandOf(R"(
    func.func @f(%a: vector<4x8xf16>, %b: vector<8x16xf16>,
                 %c: vector<4x16xf32>) -> vector<4x16xf32> {
      %0 = vector.contract {
          indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                           affine_map<(m, n, k) -> (k, n)>,
                           affine_map<(m, n, k) -> (m, n)>],
          iterator_types = ["parallel", "parallel", "reduction"],
          kind = #vector.kind<add>} %a, %b, %c
          : vector<4x8xf16>, vector<8x16xf16> into vector<4x16xf32>
      return %0 : vector<4x16xf32>
    })",
                           "vector.contract");
  // 2 * 4 * 16 * 8.
  EXPECT_EQ(ops(demand, Unit::Matrix, ElementType::F16), Count(1024));
  EXPECT_EQ(demand.totalBytes(), Count(0));
}

/// Dialects of which every op has a model.
TEST_F(Elementwise, DialectsAreCovered) {
  context.loadAllAvailableDialects();
  std::map<std::string, unsigned> opsOf = {
      {"affine", 0}, {"arith", 0},   {"bufferization", 0}, {"builtin", 0},
      {"cf", 0},     {"complex", 0}, {"func", 0},          {"index", 0},
      {"linalg", 0}, {"math", 0},    {"memref", 0},        {"ml_program", 0},
      {"quant", 0},  {"scf", 0},     {"shape", 0},         {"tensor", 0},
      {"tosa", 0},   {"ub", 0},      {"vector", 0}};
  for (mlir::RegisteredOperationName name : context.getRegisteredOperations()) {
    auto it = opsOf.find(name.getDialectNamespace().str());
    if (it == opsOf.end())
      continue;
    ++it->second;
    EXPECT_TRUE(name.hasInterface<RooflineOpInterface>())
        << name.getStringRef().str();
  }
  for (const auto &[dialect, ops] : opsOf)
    EXPECT_GT(ops, 0u) << dialect;
}

} // namespace
