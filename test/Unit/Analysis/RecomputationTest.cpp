//===- RecomputationTest.cpp - Values made again instead of stored --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

constexpr uint64_t x = 512 * 1024 * 4;  // 2097152
constexpr uint64_t w = 1024 * 1024 * 4; // 4194304
constexpr uint64_t r = 512 * 4;
constexpr uint64_t c = 1024 * 4;

std::string mainOf(const std::string &signature, const std::string &body) {
  return R"(
    !x = tensor<512x1024xf32>
    !h = tensor<512x1024xbf16>
    !w = tensor<1024x1024xf32>
    !f = tensor<f32>
    !r = tensor<512xf32>
    !c = tensor<1024xf32>
    func.func @main)" +
         signature + R"( {
      %zero = stablehlo.constant dense<0.0> : !f
  )" + body +
         "}";
}

} // namespace

// A value in a wider type is read in the narrow one by whoever needs it.
TEST(Recomputation, WiderTypesAreNotStored) {
  std::string text = mainOf("(%h: !h, %w: !w) -> !x", R"(
      %a = stablehlo.convert %h : (!h) -> !x
      %0 = stablehlo.exponential %a : !x
      %1 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (!r) -> !x
      %4 = stablehlo.multiply %a, %3 : !x
      return %4 : !x
  )");
  // The product's rows are added up and used in the last kernel.
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Elementwise, x / 2, x},
                        {Family::Gemm, x + w, x},
                        {Family::Reduction, x + x / 2, x}}));
}

// Normalised rows that the gradient needs again: mean and deviation are kept,
// two numbers a row.
TEST(Recomputation, NormalisedRowsAreMadeAgain) {
  std::string text = mainOf("(%x: !x, %w: !w) -> (!x, !c)", R"(
      %0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %1 = stablehlo.broadcast_in_dim %0, dims = [0] : (!r) -> !x
      %2 = stablehlo.subtract %x, %1 : !x
      %3 = stablehlo.multiply %2, %2 : !x
      %4 = stablehlo.reduce(%3 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %5 = stablehlo.rsqrt %4 : !r
      %6 = stablehlo.broadcast_in_dim %5, dims = [0] : (!r) -> !x
      %n = stablehlo.multiply %2, %6 : !x
      %7 = stablehlo.dot_general %n, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %8 = stablehlo.tanh %7 : !x
      %9 = stablehlo.multiply %8, %n : !x
      %10 = stablehlo.reduce(%9 init: %zero) applies stablehlo.add across dimensions = [0] : (!x, !f) -> !c
      return %8, %10 : !x, !c
  )");
  // The normalised rows are an operand of the product, so they are stored
  // whatever else reads them: the sum of columns reads them rather than make
  // them again of as many bytes.
  KernelRows rows = launchesOf(text, Fusion::Compiler);
  EXPECT_EQ(countFamily(rows, Family::Gemm), 1u);
  ASSERT_GE(rows.size(), 3u);
  EXPECT_LE(rows.size(), 4u);
  // Norm: x -> x; product with tanh: x + w -> x; sums: 2 x -> c.
  constexpr uint64_t minimum = 2 * x + 2 * x + w + 2 * x + c;
  EXPECT_GE(totalBytes(rows), minimum);
  EXPECT_LE(totalBytes(rows), minimum + 2 * x + 4 * r);
}

// The same with a scale before the product: the normalised rows themselves are
// not stored.
TEST(Recomputation, CentredRowsAreNotStored) {
  std::string text = mainOf("(%x: !x, %g: !c, %w: !w) -> (!x, !c)", R"(
      %0 = stablehlo.multiply %x, %x : !x
      %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %2 = stablehlo.rsqrt %1 : !r
      %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (!r) -> !x
      %n = stablehlo.multiply %x, %3 : !x
      %4 = stablehlo.broadcast_in_dim %g, dims = [1] : (!c) -> !x
      %5 = stablehlo.multiply %n, %4 : !x
      %6 = stablehlo.dot_general %5, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %7 = stablehlo.dot_general %6, %w, contracting_dims = [1] x [1] : (!x, !w) -> !x
      %8 = stablehlo.multiply %7, %n : !x
      %9 = stablehlo.reduce(%8 init: %zero) applies stablehlo.add across dimensions = [0] : (!x, !f) -> !c
      return %6, %9 : !x, !c
  )");
  // The last kernel reads x and one number a row in place of n.
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Normalization, x + c, x + r},
                        {Family::Gemm, x + w, x},
                        {Family::Gemm, x + w, x},
                        {Family::Reduction, 2 * x + r, c}}));
}

// An activation is taken again where its input is kept anyway.
TEST(Recomputation, ActivationsAreMadeAgain) {
  std::string text = mainOf("(%x: !x, %w: !w, %v: !w) -> (!x, !x)", R"(
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %t = stablehlo.tanh %0 : !x
      %1 = stablehlo.multiply %0, %t : !x
      %2 = stablehlo.dot_general %1, %v, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %3 = stablehlo.dot_general %2, %v, contracting_dims = [1] x [1] : (!x, !w) -> !x
      %4 = stablehlo.multiply %3, %t : !x
      %5 = stablehlo.multiply %4, %0 : !x
      return %2, %5 : !x, !x
  )");
  // The first product's result is kept; tanh of it is taken twice. Whether the
  // first product also applies the activation is a choice of the compiler.
  KernelRows rows = launchesOf(text, Fusion::Compiler);
  EXPECT_EQ(countFamily(rows, Family::Gemm), 3u);
  // Product: x + w -> two results; product x + w -> x; product with the
  // gradient of the activation: x + w, and what is kept, -> x.
  constexpr uint64_t minimum = (x + w + 2 * x) + (x + w + x) + (2 * x + w + x);
  EXPECT_GE(totalBytes(rows), minimum);
  EXPECT_LE(totalBytes(rows), minimum + x);
}

// What is computed of more than it saves is stored.
TEST(Recomputation, SumsOfMuchAreStored) {
  std::string text = mainOf("(%x: !x, %y: !x, %z: !x, %w: !w) -> (!x, !x)", R"(
      %0 = stablehlo.add %x, %y : !x
      %1 = stablehlo.add %0, %z : !x
      %2 = stablehlo.exponential %1 : !x
      %3 = stablehlo.dot_general %2, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %4 = stablehlo.multiply %3, %1 : !x
      %5 = stablehlo.dot_general %4, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %6 = stablehlo.multiply %5, %1 : !x
      return %4, %6 : !x, !x
  )");
  // %1 written once and read twice are 3 x; made again of three values twice
  // they would be 6 x.
  EXPECT_EQ(launchesOf(text, Fusion::Compiler),
            (KernelRows{{Family::Elementwise, 3 * x, 2 * x},
                        {Family::Gemm, 2 * x + w, x},
                        {Family::Gemm, 2 * x + w, x}}));
}

// The work is counted where a value is computed first.
TEST(Recomputation, WorkIsCountedOnce) {
  std::string text = mainOf("(%h: !h, %w: !w) -> (!x, !x)", R"(
      %a = stablehlo.convert %h : (!h) -> !x
      %0 = stablehlo.exponential %a : !x
      %1 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [0] : (!x, !w) -> !x
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (!r) -> !x
      %4 = stablehlo.multiply %a, %3 : !x
      return %4, %1 : !x, !x
  )");
  uint64_t separate = 0, fused = 0;
  for (const KernelRow &row : kernelsOf(text, Fusion::None))
    separate += row.operations;
  for (const KernelRow &row : kernelsOf(text, Fusion::Compiler))
    fused += row.operations;
  EXPECT_EQ(fused, separate);
}
