//===- FusedSequencesTest.cpp - Kernels that one larger kernel does -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRows.h"

#include "roofline/Analysis/FusedSequences.h"
#include "roofline/Porting/Catalogue.h"

#include <gtest/gtest.h>

using namespace roofline;
using Family = KernelFamily;

namespace {

using Rows = std::vector<SequenceRow>;

/// `%y` is the RMS norm of `%x`, rows of `n`, in f32 and weighed by `%w`. Names
/// inside begin with `%y`.
std::string norm(const std::string &y, const std::string &x,
                 const std::string &w, int n) {
  return substitute(
      R"(
      $y_0 = stablehlo.multiply $x, $x : tensor<32x$nxf32>
      $y_1 = stablehlo.reduce($y_0 init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<32x$nxf32>, tensor<f32>) -> tensor<32xf32>
      $y_2 = stablehlo.rsqrt $y_1 : tensor<32xf32>
      $y_3 = stablehlo.broadcast_in_dim $y_2, dims = [0] : (tensor<32xf32>) -> tensor<32x$nxf32>
      $y_4 = stablehlo.multiply $x, $y_3 : tensor<32x$nxf32>
      $y_5 = stablehlo.broadcast_in_dim $w, dims = [1] : (tensor<$nxf32>) -> tensor<32x$nxf32>
      $y = stablehlo.multiply $y_4, $y_5 : tensor<32x$nxf32>
)",
      {{"$y", y}, {"$x", x}, {"$w", w}, {"$n", std::to_string(n)}});
}

/// `%y` is `%x`, of 32 x `heads` x 16, turned by `%cos` and `%sin`.
std::string rotation(const std::string &y, const std::string &x, int heads) {
  return substitute(
      R"(
      $y_0 = stablehlo.slice $x [0:32, 0:$h, 0:8] : (tensor<32x$hx16xf32>) -> tensor<32x$hx8xf32>
      $y_1 = stablehlo.slice $x [0:32, 0:$h, 8:16] : (tensor<32x$hx16xf32>) -> tensor<32x$hx8xf32>
      $y_2 = stablehlo.negate $y_1 : tensor<32x$hx8xf32>
      $y_3 = stablehlo.concatenate $y_2, $y_0, dim = 2 : (tensor<32x$hx8xf32>, tensor<32x$hx8xf32>) -> tensor<32x$hx16xf32>
      $y_4 = stablehlo.broadcast_in_dim %cos, dims = [2] : (tensor<16xf32>) -> tensor<32x$hx16xf32>
      $y_5 = stablehlo.broadcast_in_dim %sin, dims = [2] : (tensor<16xf32>) -> tensor<32x$hx16xf32>
      $y_6 = stablehlo.multiply $x, $y_4 : tensor<32x$hx16xf32>
      $y_7 = stablehlo.multiply $y_3, $y_5 : tensor<32x$hx16xf32>
      $y = stablehlo.add $y_6, $y_7 : tensor<32x$hx16xf32>
)",
      {{"$y", y}, {"$x", x}, {"$h", std::to_string(heads)}});
}

/// `%y` is `%x` times a parameter.
std::string product(const std::string &y, const std::string &x,
                    const std::string &w, int k, int n) {
  return substitute(
      "      $y = stablehlo.dot_general $x, $w, contracting_dims = [1] x [0] : "
      "(tensor<32x$kxf32>, tensor<$kx$nxf32>) -> tensor<32x$nxf32>\n",
      {{"$y", y},
       {"$x", x},
       {"$w", w},
       {"$k", std::to_string(k)},
       {"$n", std::to_string(n)}});
}

/// 4 heads with 32 elements that are not turned and 16 that are, queries of
/// rank 96, a latent row of 64 and a key of 16, a context of 128.
const std::string latentTypes = R"(
    func.func @main(%x: tensor<32x256xf32>, %n0: tensor<256xf32>, %qd: tensor<256x96xf32>, %qn: tensor<96xf32>, %qu: tensor<96x192xf32>, %kd: tensor<256x80xf32>, %kn: tensor<64xf32>, %ku: tensor<4x32x64xf32>, %cos: tensor<16xf32>, %sin: tensor<16xf32>, %rows: tensor<32x128x64xf32>, %keys: tensor<32x128x16xf32>, %at: tensor<i32>) -> (tensor<32x128x64xf32>, tensor<32x128x16xf32>, tensor<32x4x64xf32>, tensor<32x4x16xf32>) {
      %zero = stablehlo.constant dense<0.0> : tensor<f32>
      %i = stablehlo.constant dense<0> : tensor<i32>
)";

/// Queries and what they are turned by: `%absorbed`, `%turned`.
const std::string latentQueries =
    norm("%y", "%x", "%n0", 256) + product("%q0", "%y", "%qd", 256, 96) +
    norm("%q1", "%q0", "%qn", 96) + product("%q2", "%q1", "%qu", 96, 192) + R"(
      %q3 = stablehlo.reshape %q2 : (tensor<32x192xf32>) -> tensor<32x4x48xf32>
      %q4 = stablehlo.slice %q3 [0:32, 0:4, 0:32] : (tensor<32x4x48xf32>) -> tensor<32x4x32xf32>
      %q5 = stablehlo.slice %q3 [0:32, 0:4, 32:48] : (tensor<32x4x48xf32>) -> tensor<32x4x16xf32>
      %q6 = stablehlo.dot_general %q4, %ku, batching_dims = [1] x [0], contracting_dims = [2] x [1] : (tensor<32x4x32xf32>, tensor<4x32x64xf32>) -> tensor<4x32x64xf32>
      %absorbed = stablehlo.transpose %q6, dims = [1, 0, 2] : (tensor<4x32x64xf32>) -> tensor<32x4x64xf32>
)" + rotation("%turned", "%q5", 4);

const std::string latentKeys = product("%k0", "%y", "%kd", 256, 80) + R"(
      %k1 = stablehlo.slice %k0 [0:32, 0:64] : (tensor<32x80xf32>) -> tensor<32x64xf32>
      %k2 = stablehlo.slice %k0 [0:32, 64:80] : (tensor<32x80xf32>) -> tensor<32x16xf32>
      %k3 = stablehlo.reshape %k2 : (tensor<32x16xf32>) -> tensor<32x1x16xf32>
)";

const std::string latentEnd = R"(
      return %rows1, %keys1, %absorbed, %turned : tensor<32x128x64xf32>, tensor<32x128x16xf32>, tensor<32x4x64xf32>, tensor<32x4x16xf32>
    })";

const std::string latentCaches = R"(
      %l1 = stablehlo.reshape %l : (tensor<32x64xf32>) -> tensor<32x1x64xf32>
      %rows1 = stablehlo.dynamic_update_slice %rows, %l1, %i, %at, %i : (tensor<32x128x64xf32>, tensor<32x1x64xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<32x128x64xf32>
      %keys1 = stablehlo.dynamic_update_slice %keys, %k, %i, %at, %i : (tensor<32x128x16xf32>, tensor<32x1x16xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<32x128x16xf32>
)";

bool contains(const Rows &rows, const std::string &pattern) {
  return std::any_of(rows.begin(), rows.end(), [&](const SequenceRow &row) {
    return row.pattern == pattern;
  });
}

/// A graph over `%x`, 32 x 256, that returns `%r` of the type `type`.
std::string graph(const std::string &arguments, const std::string &body,
                  const std::string &type) {
  return "func.func @main(%x: tensor<32x256xf32>, " + arguments + ") -> " +
         type +
         " {\n      %zero = stablehlo.constant dense<0.0> : tensor<f32>\n"
         "      %lowest = stablehlo.constant dense<0xFF800000> : "
         "tensor<f32>\n" +
         body + "      return %r : " + type + "\n    }";
}

} // namespace

TEST(FusedSequences, NamesAreOfTheCatalogue) {
  llvm::Expected<Catalogue> catalogue = Catalogue::create();
  ASSERT_TRUE(static_cast<bool>(catalogue));
  for (llvm::StringRef name : fusedSequencePatterns()) {
    const OpPattern *pattern = catalogue->getKinds().find(name);
    ASSERT_NE(pattern, nullptr) << name.str();
    EXPECT_TRUE(pattern->isFused) << name.str();
    EXPECT_FALSE(catalogue->findAll({name, "ascend-a2"}).empty()) << name.str();
  }
}

TEST(FusedSequences, SharedKernelsExclude) {
  FusedSequence first{"norm_rope_cache", {1, 4}};
  FusedSequence second{"partial_rope", {4}};
  FusedSequence third{"gemm_all_reduce", {2, 3}};
  EXPECT_TRUE(excludeEachOther(first, second));
  EXPECT_FALSE(excludeEachOther(first, third));
}

//===----------------------------------------------------------------------===//
// Around attention
//===----------------------------------------------------------------------===//

// Both products down are one kernel, and caches are written by the kernels that
// normalise and rotate. The norm in front is not a part.
TEST(FusedSequences, LatentPrologWithCaches) {
  Rows rows = sequencesOf(latentTypes + latentQueries + latentKeys +
                          norm("%l", "%k1", "%kn", 64) +
                          rotation("%k", "%k3", 1) + latentCaches + latentEnd);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].pattern, "latent_attention_prolog");
  EXPECT_EQ(std::count(rows[0].families.begin(), rows[0].families.end(),
                       Family::Normalization),
            2);
  EXPECT_EQ(rows[0].families.size(), 7u);
  EXPECT_TRUE(contains(rows, "norm_rope_cache"));
  EXPECT_TRUE(contains(rows, "batched_gemm_transpose"));
}

// Rows that are normalised when they are read are another model's.
TEST(FusedSequences, NoLatentPrologWithoutNormOfKeys) {
  Rows rows = sequencesOf(latentTypes + latentQueries + latentKeys +
                          rotation("%k", "%k3", 1) + R"(
      %l = stablehlo.tanh %k1 : tensor<32x64xf32>)" +
                          latentCaches + latentEnd);
  EXPECT_FALSE(contains(rows, "latent_attention_prolog"));
  EXPECT_FALSE(contains(rows, "norm_rope_cache"));
}

// Halves that change places and nothing else are a permutation.
TEST(FusedSequences, NoLatentPrologWithoutRotation) {
  Rows rows = sequencesOf(latentTypes + latentQueries + latentKeys +
                          norm("%l", "%k1", "%kn", 64) + R"(
      %k4 = stablehlo.slice %k3 [0:32, 0:1, 0:8] : (tensor<32x1x16xf32>) -> tensor<32x1x8xf32>
      %k5 = stablehlo.slice %k3 [0:32, 0:1, 8:16] : (tensor<32x1x16xf32>) -> tensor<32x1x8xf32>
      %k = stablehlo.concatenate %k5, %k4, dim = 2 : (tensor<32x1x8xf32>, tensor<32x1x8xf32>) -> tensor<32x1x16xf32>
)" + latentCaches + latentEnd);
  EXPECT_FALSE(contains(rows, "latent_attention_prolog"));
  EXPECT_FALSE(contains(rows, "norm_rope_cache"));
}

namespace {

/// Keys of one head of 16, normalised and turned or not, into a cache.
std::string keysInCache(bool isNormalised, bool isTurned, bool isWritten) {
  std::string body = product("%k0", "%x", "%w", 256, 16);
  std::string k = "%k0";
  if (isNormalised) {
    body += norm("%k1", "%k0", "%n", 16);
    k = "%k1";
  }
  body += "      %k2 = stablehlo.reshape " + k +
          " : (tensor<32x16xf32>) -> tensor<32x1x16xf32>\n";
  k = "%k2";
  if (isTurned) {
    body += rotation("%k3", "%k2", 1);
    k = "%k3";
  }
  body += isWritten ? "      %i = stablehlo.constant dense<0> : tensor<i32>\n"
                      "      %r = stablehlo.dynamic_update_slice %cache, " +
                          k +
                          ", %i, %at, %i : (tensor<32x128x16xf32>, "
                          "tensor<32x1x16xf32>, tensor<i32>, tensor<i32>, "
                          "tensor<i32>) -> tensor<32x128x16xf32>\n"
                    : "      %r = stablehlo.broadcast_in_dim " + k +
                          ", dims = [0, 1, 2] : (tensor<32x1x16xf32>) -> "
                          "tensor<32x128x16xf32>\n";
  return graph("%w: tensor<256x16xf32>, %n: tensor<16xf32>, "
               "%cos: tensor<16xf32>, %sin: tensor<16xf32>, "
               "%cache: tensor<32x128x16xf32>, %at: tensor<i32>",
               body, "tensor<32x128x16xf32>");
}

} // namespace

TEST(FusedSequences, NormRopeCache) {
  EXPECT_EQ(sequencesOf(keysInCache(true, true, true)),
            (Rows{{"norm_rope_cache", {Family::Normalization}}}));
  EXPECT_EQ(sequencesOf(keysInCache(false, true, true)), Rows());
  EXPECT_EQ(sequencesOf(keysInCache(true, false, true)), Rows());
  EXPECT_EQ(sequencesOf(keysInCache(true, true, false)), Rows());
}

namespace {

/// 16 of 48 elements of each head are turned; the rest is put beside.
std::string partlyTurned(const std::string &rest) {
  return graph(
      "%w: tensor<256x192xf32>, %cos: tensor<16xf32>, %sin: tensor<16xf32>, "
      "%other: tensor<32x4x32xf32>",
      product("%q0", "%x", "%w", 256, 192) + R"(
      %q1 = stablehlo.reshape %q0 : (tensor<32x192xf32>) -> tensor<32x4x48xf32>
      %rest = stablehlo.slice %q1 [0:32, 0:4, 0:32] : (tensor<32x4x48xf32>) -> tensor<32x4x32xf32>
      %q2 = stablehlo.slice %q1 [0:32, 0:4, 32:48] : (tensor<32x4x48xf32>) -> tensor<32x4x16xf32>
)" + rotation("%t", "%q2", 4) +
          "      %r = stablehlo.concatenate " + rest +
          ", %t, dim = 2 : (tensor<32x4x32xf32>, tensor<32x4x16xf32>) -> "
          "tensor<32x4x48xf32>\n",
      "tensor<32x4x48xf32>");
}

} // namespace

TEST(FusedSequences, PartialRope) {
  EXPECT_TRUE(contains(sequencesOf(partlyTurned("%rest")), "partial_rope"));
  // Beside something else it is a rotation of all that there was.
  EXPECT_FALSE(contains(sequencesOf(partlyTurned("%other")), "partial_rope"));
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

namespace {

/// Products of four heads of `%q`, 32 x 4 x 64, and what comes after `%p`.
std::string headsApart(const std::string &q, const std::string &w,
                       const std::string &end) {
  return graph("%q: tensor<32x4x64xf32>, %u: tensor<32x4x64xf32>, "
               "%w: tensor<4x64x16xf32>, %k: tensor<32x4x16x64xf32>",
               "      %y = stablehlo.tanh %u : tensor<32x4x64xf32>\n"
               "      %p = stablehlo.dot_general " +
                   q + ", " + w +
                   ", batching_dims = [1] x [0], contracting_dims = [2] x [1]"
                   " : (tensor<32x4x64xf32>, tensor<4x64x16xf32>) -> "
                   "tensor<4x32x16xf32>\n" +
                   end,
               "tensor<32x4x16xf32>");
}

const std::string turnedResult =
    "      %r = stablehlo.transpose %p, dims = [1, 0, 2] : "
    "(tensor<4x32x16xf32>) -> tensor<32x4x16xf32>\n";

} // namespace

TEST(FusedSequences, BatchedProductTransposed) {
  EXPECT_TRUE(contains(sequencesOf(headsApart("%y", "%w", turnedResult)),
                       "batched_gemm_transpose"));
  // Heads stay in front.
  EXPECT_EQ(sequencesOf(headsApart("%y", "%w", R"(
      %r = stablehlo.reshape %p : (tensor<4x32x16xf32>) -> tensor<32x4x16xf32>
)")),
            Rows());
  // The result is read as it is, too.
  EXPECT_EQ(sequencesOf(headsApart("%y", "%w", R"(
      %r0 = stablehlo.transpose %p, dims = [1, 0, 2] : (tensor<4x32x16xf32>) -> tensor<32x4x16xf32>
      %r1 = stablehlo.reshape %p : (tensor<4x32x16xf32>) -> tensor<32x4x16xf32>
      %r = stablehlo.add %r0, %r1 : tensor<32x4x16xf32>
)")),
            Rows());
}

namespace {

/// A product of one device and `collective`, which makes `%r` of `%p`.
std::string sharded(const std::string &collective, const std::string &type) {
  return graph("%w: tensor<256x64xf32>",
               product("%p", "%x", "%w", 256, 64) + collective, type);
}

std::string summed(const std::string &op) {
  return R"(
      %r = "stablehlo.all_reduce"(%p) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
      ^bb0(%a: tensor<f32>, %b: tensor<f32>):
        %c = stablehlo.)" +
         op + R"( %a, %b : tensor<f32>
        stablehlo.return %c : tensor<f32>
      }) : (tensor<32x64xf32>) -> tensor<32x64xf32>
)";
}

} // namespace

TEST(FusedSequences, ProductAddedUpOverDevices) {
  EXPECT_EQ(sequencesOf(sharded(summed("add"), "tensor<32x64xf32>")),
            (Rows{{"gemm_all_reduce", {Family::Gemm, Family::Collective}}}));
  EXPECT_EQ(sequencesOf(sharded(summed("maximum"), "tensor<32x64xf32>")),
            Rows());
  // What one device has is read, too.
  EXPECT_EQ(sequencesOf(sharded(substitute(summed("add"), {{"%r =", "%s ="}}) +
                                    "      %t = stablehlo.tanh %p : "
                                    "tensor<32x64xf32>\n      %r = "
                                    "stablehlo.subtract %s, %t : "
                                    "tensor<32x64xf32>\n",
                                "tensor<32x64xf32>")),
            Rows());
}

TEST(FusedSequences, ProductScattered) {
  auto scattered = [](int dimension, const std::string &type) {
    return sharded(R"(
      %r = "stablehlo.reduce_scatter"(%p) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, scatter_dimension = )" +
                       std::to_string(dimension) + R"( : i64}> ({
      ^bb0(%a: tensor<f32>, %b: tensor<f32>):
        %c = stablehlo.add %a, %b : tensor<f32>
        stablehlo.return %c : tensor<f32>
      }) : (tensor<32x64xf32>) -> )" +
                       type + "\n",
                   type);
  };
  EXPECT_EQ(
      sequencesOf(scattered(0, "tensor<16x64xf32>")),
      (Rows{{"gemm_reduce_scatter", {Family::Gemm, Family::Collective}}}));
  // Parts of every row.
  EXPECT_EQ(sequencesOf(scattered(1, "tensor<32x32xf32>")), Rows());
}

namespace {

/// Rows, or columns, of two devices put together and multiplied.
std::string gathered(int dimension, const std::string &from) {
  std::string whole =
      dimension == 0 ? "tensor<64x256xf32>" : "tensor<32x512xf32>";
  std::string weight =
      dimension == 0 ? "tensor<256x64xf32>" : "tensor<512x64xf32>";
  std::string type = dimension == 0 ? "tensor<64x64xf32>" : "tensor<32x64xf32>";
  return graph("%w: " + weight,
               "      %y = stablehlo.tanh %x : tensor<32x256xf32>\n"
               "      %g = \"stablehlo.all_gather\"(" +
                   from + ") <{all_gather_dim = " + std::to_string(dimension) +
                   " : i64, replica_groups = dense<[[0, 1]]> : "
                   "tensor<1x2xi64>}> : (tensor<32x256xf32>) -> " +
                   whole +
                   "\n      %r = stablehlo.dot_general %g, %w, "
                   "contracting_dims = [1] x [0] : (" +
                   whole + ", " + weight + ") -> " + type + "\n",
               type);
}

} // namespace

TEST(FusedSequences, ProductOfGatheredRows) {
  EXPECT_EQ(sequencesOf(gathered(0, "%y")),
            (Rows{{"all_gather_gemm", {Family::Collective, Family::Gemm}}}));
  EXPECT_EQ(sequencesOf(gathered(1, "%y")), Rows());
  // An argument may be a part of the weights.
  EXPECT_EQ(sequencesOf(gathered(0, "%x")), Rows());
}

// A product of a function and a sum around its call.
TEST(FusedSequences, AcrossCalls) {
  std::string text = graph("%w: tensor<256x64xf32>", R"(
      %p = call @product(%x, %w) : (tensor<32x256xf32>, tensor<256x64xf32>) -> tensor<32x64xf32>
)" + summed("add"),
                           "tensor<32x64xf32>") +
                     R"(
    func.func private @product(%x: tensor<32x256xf32>, %w: tensor<256x64xf32>) -> tensor<32x64xf32> {
      %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<32x256xf32>, tensor<256x64xf32>) -> tensor<32x64xf32>
      return %0 : tensor<32x64xf32>
    })";
  EXPECT_EQ(sequencesOf(text),
            (Rows{{"gemm_all_reduce", {Family::Gemm, Family::Collective}}}));
}

//===----------------------------------------------------------------------===//
// Norms and activations
//===----------------------------------------------------------------------===//

namespace {

/// `%r` is `%y` in 8 bits with a scale for each row.
const std::string quantized = R"(
      %z0 = stablehlo.abs %y : tensor<32x256xf32>
      %z1 = stablehlo.reduce(%z0 init: %lowest) applies stablehlo.maximum across dimensions = [1] : (tensor<32x256xf32>, tensor<f32>) -> tensor<32xf32>
      %z2 = stablehlo.broadcast_in_dim %z1, dims = [0] : (tensor<32xf32>) -> tensor<32x256xf32>
      %z3 = stablehlo.divide %y, %z2 : tensor<32x256xf32>
      %r = stablehlo.convert %z3 : (tensor<32x256xf32>) -> tensor<32x256xi8>
)";

const std::string centred = R"(
      %m0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<32x256xf32>, tensor<f32>) -> tensor<32xf32>
      %m1 = stablehlo.broadcast_in_dim %m0, dims = [0] : (tensor<32xf32>) -> tensor<32x256xf32>
      %c = stablehlo.subtract %x, %m1 : tensor<32x256xf32>
)";

} // namespace

TEST(FusedSequences, NormAndQuantisation) {
  std::string arguments = "%n: tensor<256xf32>";
  EXPECT_EQ(
      sequencesOf(graph(arguments, norm("%y", "%x", "%n", 256) + quantized,
                        "tensor<32x256xi8>")),
      (Rows{{"rms_norm_quantize", {Family::Quantization}}}));
  // A layer norm.
  EXPECT_EQ(sequencesOf(graph(arguments,
                              centred + norm("%y", "%c", "%n", 256) + quantized,
                              "tensor<32x256xi8>")),
            Rows());
}

TEST(FusedSequences, NormAndOffset) {
  std::string arguments = "%n: tensor<256xf32>, %b: tensor<256xf32>, "
                          "%u: tensor<32x256xf32>";
  std::string offset = R"(
      %b1 = stablehlo.broadcast_in_dim %b, dims = [1] : (tensor<256xf32>) -> tensor<32x256xf32>
      %r = stablehlo.add %y, %b1 : tensor<32x256xf32>
)";
  std::string type = "tensor<32x256xf32>";
  EXPECT_EQ(
      sequencesOf(graph(arguments, norm("%y", "%x", "%n", 256) + offset, type)),
      (Rows{{"fused_add_rms_norm_bias", {Family::Normalization}}}));
  EXPECT_EQ(
      sequencesOf(graph(arguments,
                        centred + norm("%y", "%c", "%n", 256) + offset, type)),
      Rows());
  // A residual is no row.
  EXPECT_EQ(sequencesOf(graph(arguments,
                              norm("%y", "%x", "%n", 256) +
                                  "      %r = stablehlo.add %y, %u : "
                                  "tensor<32x256xf32>\n",
                              type)),
            Rows());
}

TEST(FusedSequences, GateAndQuantisation) {
  std::string arguments = "%w: tensor<256x256xf32>, %v: tensor<256x256xf32>";
  std::string products = product("%p", "%x", "%w", 256, 256) +
                         product("%q", "%x", "%v", 256, 256) +
                         "      %s = stablehlo.logistic %p : "
                         "tensor<32x256xf32>\n";
  auto gate = [&](const std::string &other) {
    return graph(arguments,
                 products + "      %y = stablehlo.multiply %s, " + other +
                     " : tensor<32x256xf32>\n" + quantized,
                 "tensor<32x256xi8>");
  };
  Rows rows = sequencesOf(gate("%q"));
  EXPECT_TRUE(contains(rows, "gated_activation_quantize"));
  // SiLU gates nothing but itself.
  EXPECT_EQ(sequencesOf(gate("%p")), Rows());
}

//===----------------------------------------------------------------------===//
// Experts
//===----------------------------------------------------------------------===//

namespace {

/// Experts of one device over the rows `%e`, 4 x 16 x 256, to `%f`.
std::string experts(const std::string &other) {
  return R"(
      %g = stablehlo.dot_general %e, %w1, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x16x256xf32>, tensor<4x256x128xf32>) -> tensor<4x16x128xf32>
      %u = stablehlo.dot_general %e, %w2, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x16x256xf32>, tensor<4x256x128xf32>) -> tensor<4x16x128xf32>
      %s = stablehlo.logistic %g : tensor<4x16x128xf32>
      %h0 = stablehlo.multiply %g, %s : tensor<4x16x128xf32>
      %h = stablehlo.multiply %h0, )" +
         other + R"( : tensor<4x16x128xf32>
      %f = stablehlo.dot_general %h, %w3, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x16x128xf32>, tensor<4x128x256xf32>) -> tensor<4x16x256xf32>
)";
}

std::string exchanged(const std::string &to, const std::string &from) {
  return "      " + to + " = \"stablehlo.all_to_all\"(" + from +
         ") <{split_dimension = 0 : i64, concat_dimension = 0 : i64, "
         "split_count = 4 : i64, replica_groups = dense<[[0, 1, 2, 3]]> : "
         "tensor<1x4xi64>}> : (tensor<4x16x256xf32>) -> "
         "tensor<4x16x256xf32>\n";
}

std::string expertGraph(const std::string &body, const std::string &result) {
  return "func.func @main(%x: tensor<4x16x256xf32>, %w1: "
         "tensor<4x256x128xf32>, %w2: tensor<4x256x128xf32>, %w3: "
         "tensor<4x128x256xf32>, %o: tensor<256x256xf32>) -> "
         "tensor<4x16x256xf32> {\n" +
         body + "      return " + result + " : tensor<4x16x256xf32>\n    }";
}

} // namespace

TEST(FusedSequences, ExpertsAndActivation) {
  std::string rows = "      %e = stablehlo.tanh %x : tensor<4x16x256xf32>\n";
  EXPECT_EQ(sequencesOf(expertGraph(rows + experts("%u"), "%f")),
            (Rows{{"grouped_gemm_activation",
                   {Family::GroupedGemm, Family::GatedActivation}}}));
  // A gate of itself, and a product that nothing gates.
  EXPECT_EQ(sequencesOf(expertGraph(rows + experts("%g"), "%f")), Rows());
}

TEST(FusedSequences, ExpertsOfOtherDevices) {
  Rows rows = sequencesOf(expertGraph(
      exchanged("%e", "%x") + experts("%u") + exchanged("%r", "%f"), "%r"));
  EXPECT_EQ(
      rows,
      (Rows{{"moe_dispatch_combine", {Family::Collective, Family::Collective}},
            {"moe_dispatch_ffn_combine",
             {Family::Collective, Family::GroupedGemm, Family::GatedActivation,
              Family::GroupedGemm, Family::Collective}},
            {"grouped_gemm_activation",
             {Family::GroupedGemm, Family::GatedActivation}}}));
  // Results that stay.
  rows = sequencesOf(expertGraph(exchanged("%e", "%x") + experts("%u"), "%f"));
  EXPECT_FALSE(contains(rows, "moe_dispatch_combine"));
  EXPECT_FALSE(contains(rows, "moe_dispatch_ffn_combine"));
  // Heads for rows and back, around a product that is no expert's.
  EXPECT_EQ(sequencesOf(expertGraph(exchanged("%e", "%x") + R"(
      %f = stablehlo.dot_general %e, %o, contracting_dims = [2] x [0] : (tensor<4x16x256xf32>, tensor<256x256xf32>) -> tensor<4x16x256xf32>
)" + exchanged("%r", "%f"),
                                    "%r")),
            Rows());
}
