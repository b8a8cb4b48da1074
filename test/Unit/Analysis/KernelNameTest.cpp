//===- KernelNameTest.cpp - Names of kernels ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

std::vector<std::string> namesOf(const std::string &text, Fusion fusion) {
  std::vector<std::string> names;
  for (const KernelRow &row : kernelsOf(text, fusion))
    names.push_back(row.name);
  return names;
}

using Names = std::vector<std::string>;

std::string matrix(const std::string &signature, const std::string &body) {
  return R"(
    !x = tensor<256x1024xf32>
    !r = tensor<256xf32>
    !f = tensor<f32>
    func.func @main)" +
         signature + R"( {
      %zero = stablehlo.constant dense<0.0> : !f
      %lowest = stablehlo.constant dense<0xFF800000> : !f
  )" + body +
         "}";
}

/// RMS normalisation of `%a` to `%out`.
const std::string norm = R"(
      %n0 = stablehlo.multiply %a, %a : !x
      %n1 = stablehlo.reduce(%n0 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %n2 = stablehlo.rsqrt %n1 : !r
      %n3 = stablehlo.broadcast_in_dim %n2, dims = [0] : (!r) -> !x
      %out = stablehlo.multiply %a, %n3 : !x
)";

} // namespace

TEST(KernelName, OneOpHasItsName) {
  std::string text = matrix("(%x: !x) -> !x", R"(
      %0 = stablehlo.tanh %x : !x
      return %0 : !x
  )");
  EXPECT_EQ(namesOf(text, Fusion::None), Names{"tanh"});
  EXPECT_EQ(namesOf(text, Fusion::Compiler), Names{"tanh"});
}

// In alphabetical order, so that the order in the graph does not matter.
TEST(KernelName, FusedOpsAreListed) {
  EXPECT_EQ(namesOf(matrix("(%x: !x) -> !x", R"(
      %0 = stablehlo.tanh %x : !x
      %1 = stablehlo.add %0, %x : !x
      %2 = stablehlo.tanh %1 : !x
      return %2 : !x
  )"),
                    Fusion::Compiler),
            Names{"fused_add_tanh"});
}

TEST(KernelName, OrderOfIndependentOpsDoesNotMatter) {
  std::string tanh = "%0 = stablehlo.tanh %x : !x\n";
  std::string sine = "%1 = stablehlo.sine %x : !x\n";
  std::string rest = "%2 = stablehlo.add %0, %1 : !x\nreturn %2 : !x\n";
  EXPECT_EQ(
      namesOf(matrix("(%x: !x) -> !x", tanh + sine + rest), Fusion::Compiler),
      namesOf(matrix("(%x: !x) -> !x", sine + tanh + rest), Fusion::Compiler));
}

TEST(KernelName, Softmax) {
  EXPECT_EQ(namesOf(matrix("(%a: !x) -> !x", R"(
      %m0 = stablehlo.reduce(%a init: %lowest) applies stablehlo.maximum across dimensions = [1] : (!x, !f) -> !r
      %m1 = stablehlo.broadcast_in_dim %m0, dims = [0] : (!r) -> !x
      %m2 = stablehlo.subtract %a, %m1 : !x
      %m3 = stablehlo.exponential %m2 : !x
      %m4 = stablehlo.reduce(%m3 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %m5 = stablehlo.broadcast_in_dim %m4, dims = [0] : (!r) -> !x
      %p = stablehlo.divide %m3, %m5 : !x
      return %p : !x
  )"),
                    Fusion::Compiler),
            Names{"softmax"});
}

TEST(KernelName, LogSoftmax) {
  EXPECT_EQ(namesOf(matrix("(%a: !x) -> !x", R"(
      %m0 = stablehlo.reduce(%a init: %lowest) applies stablehlo.maximum across dimensions = [1] : (!x, !f) -> !r
      %m1 = stablehlo.broadcast_in_dim %m0, dims = [0] : (!r) -> !x
      %m2 = stablehlo.subtract %a, %m1 : !x
      %m3 = stablehlo.exponential %m2 : !x
      %m4 = stablehlo.reduce(%m3 init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %m5 = stablehlo.log %m4 : !r
      %m6 = stablehlo.broadcast_in_dim %m5, dims = [0] : (!r) -> !x
      %p = stablehlo.subtract %m2, %m6 : !x
      return %p : !x
  )"),
                    Fusion::Compiler),
            Names{"log_softmax"});
}

TEST(KernelName, RmsNorm) {
  EXPECT_EQ(namesOf(matrix("(%a: !x) -> !x", norm + "return %out : !x"),
                    Fusion::Library),
            Names{"rms_norm"});
}

TEST(KernelName, RmsNormWithResidual) {
  EXPECT_EQ(namesOf(matrix("(%x: !x, %y: !x) -> (!x, !x)",
                           "%a = stablehlo.add %x, %y : !x" + norm +
                               "return %out, %a : !x, !x"),
                    Fusion::Library),
            Names{"fused_add_rms_norm"});
}

TEST(KernelName, LayerNorm) {
  EXPECT_EQ(namesOf(matrix("(%x: !x) -> !x", R"(
      %m0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %m1 = stablehlo.broadcast_in_dim %m0, dims = [0] : (!r) -> !x
      %a = stablehlo.subtract %x, %m1 : !x
  )" + norm + "return %out : !x"),
                    Fusion::Library),
            Names{"layer_norm"});
}

// An activation after a normalisation does not make it a softmax.
TEST(KernelName, NormWithActivation) {
  std::string text = matrix("(%a: !x) -> !x", norm + R"(
      %0 = stablehlo.logistic %out : !x
      %1 = stablehlo.multiply %out, %0 : !x
      return %1 : !x
  )");
  KernelRows rows = kernelsOf(text, Fusion::Library);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0],
            (KernelRow{KernelFamily::Normalization, 1048576, 1048576}));
}

// Group normalisation and SiLU: mean and deviation, no weights.
TEST(KernelName, LayerNormWithActivation) {
  std::string text = matrix("(%x: !x) -> !x", R"(
      %m0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [1] : (!x, !f) -> !r
      %m1 = stablehlo.broadcast_in_dim %m0, dims = [0] : (!r) -> !x
      %a = stablehlo.subtract %x, %m1 : !x
  )" + norm + R"(
      %0 = stablehlo.logistic %out : !x
      %1 = stablehlo.multiply %out, %0 : !x
      return %1 : !x
  )");
  KernelRows rows = kernelsOf(text, Fusion::Library);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0],
            (KernelRow{KernelFamily::Normalization, 1048576, 1048576}));
}

// The gradient of an activation and the sum of its columns, which a bias has.
TEST(KernelName, ActivationGradientWithColumnSums) {
  std::string text = matrix("(%a: !x, %g: !x) -> (!x, tensor<1024xf32>)", R"(
      %0 = stablehlo.logistic %a : !x
      %1 = stablehlo.multiply %g, %0 : !x
      %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [0] : (!x, !f) -> tensor<1024xf32>
      return %1, %2 : !x, tensor<1024xf32>
  )");
  KernelRows rows = kernelsOf(text, Fusion::Library);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0],
            (KernelRow{KernelFamily::Reduction, 2 * 1048576, 1048576 + 4096}));
}

TEST(KernelName, Products) {
  std::string text = R"(
    !x = tensor<512x512xbf16>
    !b = tensor<8x512x512xbf16>
    func.func @main(%x: !x, %w: !x, %y: !b, %z: !b) -> (!x, !b) {
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (!x, !x) -> !x
      %1 = stablehlo.dot_general %y, %z, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (!b, !b) -> !b
      return %0, %1 : !x, !b
    })";
  EXPECT_EQ(namesOf(text, Fusion::Compiler), (Names{"gemm", "batched_gemm"}));
  EXPECT_EQ(namesOf(text, Fusion::None), (Names{"dot_general", "dot_general"}));
}

// The epilogue is named, what only moves bytes is not.
TEST(KernelName, ProductWithEpilogue) {
  std::string text = R"(
    !x = tensor<512x512xbf16>
    func.func @main(%x: !x, %w: !x, %b: tensor<512xbf16>) -> !x {
      %t = stablehlo.transpose %w, dims = [1, 0] : (!x) -> !x
      %0 = stablehlo.dot_general %x, %t, contracting_dims = [1] x [0] : (!x, !x) -> !x
      %1 = stablehlo.broadcast_in_dim %b, dims = [1] : (tensor<512xbf16>) -> !x
      %2 = stablehlo.add %0, %1 : !x
      return %2 : !x
    })";
  EXPECT_EQ(namesOf(text, Fusion::Compiler), Names{"gemm_add"});
}

TEST(KernelName, CallsAreCalledAsTheirFunctions) {
  std::string text = R"(
    !x = tensor<256x1024xf32>
    func.func @main(%x: !x) -> !x {
      %0 = call @silu(%x) : (!x) -> !x
      %1 = "mine.op"(%0) : (!x) -> !x
      %2 = call @silu(%1) : (!x) -> !x
      return %2 : !x
    }
    func.func private @silu(%x: !x) -> !x {
      %0 = stablehlo.logistic %x : !x
      %1 = stablehlo.multiply %x, %0 : !x
      return %1 : !x
    })";
  EXPECT_EQ(namesOf(text, Fusion::Compiler), (Names{"silu", "op", "silu"}));
}
