//===- MeasuredWorkTest.cpp - The shapes that were measured ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/MeasuredWork.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// Rows of `op;dtype;shape;us;software`, separated by commas as in a file.
std::vector<MeasuredRow> rowsOf(llvm::StringRef lines) {
  llvm::Expected<MeasurementFile> file =
      readMeasurements(("op,dtype,shape,us,software\n" + lines).str(), "t.csv");
  EXPECT_TRUE(bool(file));
  if (file)
    return file->rows;
  llvm::consumeError(file.takeError());
  return {};
}

/// The works of `lines`, one a shape.
std::vector<MeasuredWork> works(llvm::StringRef lines,
                                Reference reference = Reference::Minimum) {
  return measuredWorks(rowsOf(lines), reference);
}

/// The shape of the only work of `line`.
template <typename Shape> Shape shapeOf(llvm::StringRef line) {
  std::vector<MeasuredWork> list = works(line);
  EXPECT_EQ(list.size(), 1u);
  if (list.empty() || !list[0].kernels) {
    ADD_FAILURE() << (list.empty() ? "" : list[0].kernels.unknown().reason);
    return {};
  }
  const auto *shape = std::get_if<Shape>(&(*list[0].kernels)[0]);
  EXPECT_NE(shape, nullptr);
  return shape ? *shape : Shape();
}

/// Why there is no model for `line`.
std::string reasonOf(llvm::StringRef line) {
  std::vector<MeasuredWork> list = works(line);
  if (list.size() != 1 || list[0].kernels)
    return "";
  return list[0].kernels.unknown().reason;
}

TEST(MeasuredWork, TakesTheReference) {
  llvm::StringRef lines = "gemm,bf16,m=1;n=2;k=4,5,a\n"
                          "gemm,bf16,k=4;m=1;n=2,3,b\n"
                          "gemm,bf16,m=1;n=2;k=4,10,c\n"
                          "gemm,fp16,m=1;n=2;k=4,7,d\n";
  std::vector<MeasuredWork> fastest = works(lines);
  ASSERT_EQ(fastest.size(), 2u);
  EXPECT_NEAR(fastest[0].seconds, 3e-6, 1e-15);
  EXPECT_EQ(fastest[0].software, "b");
  EXPECT_EQ(fastest[0].where.line, 3u);
  std::vector<MeasuredWork> median = works(lines, Reference::Median);
  ASSERT_EQ(median.size(), 2u);
  EXPECT_NEAR(median[0].seconds, 5e-6, 1e-15);
  EXPECT_EQ(works(lines, Reference::Each).size(), 4u);
}

TEST(MeasuredWork, ReadsProducts) {
  auto plain = shapeOf<GemmShape>("gemm,bf16,m=3;n=32;k=64,5,x\n");
  EXPECT_EQ(plain.m, 3);
  EXPECT_EQ(plain.n, 32);
  EXPECT_EQ(plain.k, 64);
  EXPECT_EQ(plain.type, ElementType::BF16);
  EXPECT_EQ(plain.scaling, Scaling::None);
  EXPECT_EQ(plain.weightCopies, 6);
  auto rows =
      shapeOf<GemmShape>("gemm_with_act_quant,fp8_e4m3,m=3;n=32;k=64,5,x\n");
  EXPECT_EQ(rows.type, ElementType::F8);
  EXPECT_EQ(rows.lhsBytes, 1);
  EXPECT_EQ(rows.resultBytes, 2);
  EXPECT_EQ(rows.scaling, Scaling::Rows);
  auto blocks = shapeOf<GemmShape>(
      "gemm_with_act_quant,fp8_e4m3_block128,m=3;n=32;k=64,5,x\n");
  EXPECT_EQ(blocks.scaling, Scaling::Blocks);
  EXPECT_EQ(shapeOf<GemmShape>("gemm,int8,m=3;n=32;k=64,5,x\n").scaling,
            Scaling::None);
  auto weights = shapeOf<GemmShape>(
      "gemm_weight_only,bf16xint4_weight_only,m=3;n=32;k=64,5,x\n");
  EXPECT_EQ(weights.type, ElementType::BF16);
  EXPECT_EQ(weights.lhsBytes, 2);
  EXPECT_EQ(weights.rhsBytes, 0.5);
  EXPECT_TRUE(weights.convertsWeights);
  EXPECT_EQ(weights.weightCopies, 6);
  EXPECT_EQ(shapeOf<GemmShape>(
                "gemm_weight_only,bf16xint8_weight_only,m=3;n=32;k=64,5,x\n")
                .rhsBytes,
            1);
  // One product per head: tokens x 128 by 128 x 512, and back.
  auto before = shapeOf<GemmShape>("mla_gen_pre,bf16,tokens=7;heads=16,5,x\n");
  EXPECT_EQ(before.batch, 16);
  EXPECT_TRUE(before.isBatch);
  EXPECT_EQ(before.m, 7);
  EXPECT_EQ(before.k, 128);
  EXPECT_EQ(before.n, 512);
  EXPECT_EQ(shapeOf<GemmShape>("mla_gen_post,bf16,tokens=7;heads=16,5,x\n").n,
            128);
}

TEST(MeasuredWork, ReadsAttentionWithAllLibraries) {
  auto shape = shapeOf<AttentionShape>(
      "attention_decode,bf16/kv_fp8,b=2;sq=1;skv=64;hq=8;hkv=2;d=128;window=0,"
      "5,sglang-0.5:fa3\n"
      "attention_decode,bf16/kv_fp8,b=2;sq=1;skv=64;hq=8;hkv=2;d=128;window=0,"
      "9,trtllm-1.3:torch_flow\n");
  EXPECT_EQ(shape.batch, 2);
  EXPECT_EQ(shape.queries, 1);
  EXPECT_EQ(shape.context, 64);
  EXPECT_EQ(shape.kvBytes, 1);
  EXPECT_EQ(shape.window, 0);
  EXPECT_FALSE(shape.writesCache);
  EXPECT_TRUE(shape.libraries.sglang);
  EXPECT_FALSE(shape.libraries.vllm);
  EXPECT_TRUE(shape.libraries.tensorRt);
  auto prompt = shapeOf<AttentionShape>(
      "attention_prefill_causal,bf16,b=2;sq=64;hq=8;hkv=2;d=128,5,vllm-0.1\n");
  EXPECT_TRUE(prompt.writesCache);
  EXPECT_EQ(prompt.context, 64);
  EXPECT_TRUE(prompt.libraries.vllm);
  // What a chip of another vendor runs is none of these libraries' kernels.
  EXPECT_FALSE(
      shapeOf<AttentionShape>("attention_prefill_causal,bf16,b=2;sq=64;"
                              "hq=8;hkv=2;d=128,5,vllm-ascend-0.1\n")
          .libraries.any());
  auto latent = shapeOf<LatentAttentionShape>(
      "mla_decode,bf16/kv_bf16,b=2;sq=1;skv=64;heads=16;kv_lora=512;rope=64,5,"
      "x\n");
  EXPECT_EQ(latent.heads, 16);
  EXPECT_EQ(latent.kvBytes, 2);
  EXPECT_FALSE(latent.isPrompt);
  auto latentPrompt = shapeOf<LatentAttentionShape>(
      "mla_prefill,bf16/kv_fp8,b=2;sq=64;skv=64;heads=16;kv_lora=512;rope=64,5,"
      "sglang-0.5:flash_attention\n"
      "mla_prefill,bf16/kv_fp8,b=2;sq=64;skv=64;heads=16;kv_lora=512;rope=64,6,"
      "trtllm-1.3:default\n");
  EXPECT_EQ(latentPrompt.queries, 64);
  EXPECT_EQ(latentPrompt.context, 64);
  EXPECT_EQ(latentPrompt.kvBytes, 1);
  EXPECT_TRUE(latentPrompt.isPrompt);
  EXPECT_TRUE(latentPrompt.isCausal);
  EXPECT_TRUE(latentPrompt.libraries.sglang);
  EXPECT_TRUE(latentPrompt.libraries.tensorRt);
}

TEST(MeasuredWork, ReadsEveryClassOfExpertKernels) {
  const std::string shape = "tokens=4;hidden=64;inter=32;topk=2;experts=8;tp=1;"
                            "ep=2;dist=power_law_1.2";
  std::vector<MeasuredWork> list = works(
      "moe_ffn_fused,bf16," + shape + ",5,sglang-1:sglang_fused_moe_triton\n" +
      "moe_ffn_fused,bf16," + shape + ",6,trtllm-1:moe_torch_flow_cutlass\n" +
      "moe_ffn_fused,bf16," + shape + ",7,trtllm-2:moe_torch_flow_cutlass\n" +
      "moe_ffn_fused,bf16," + shape + ",8,trtllm-2:moe_torch_flow_nongated\n");
  ASSERT_EQ(list.size(), 1u);
  ASSERT_TRUE(bool(list[0].kernels));
  ASSERT_EQ(list[0].kernels->size(), 3u);
  auto kernel = [&](size_t index) {
    return std::get<ExpertsShape>((*list[0].kernels)[index]);
  };
  EXPECT_EQ(kernel(0).kernels, ExpertKernels::SortedDefault);
  EXPECT_EQ(kernel(1).kernels, ExpertKernels::GroupedCutlass);
  EXPECT_FALSE(kernel(2).isGated);
  EXPECT_EQ(kernel(0).skew, 1.2);
  EXPECT_EQ(kernel(0).expertRanks, 2);
}

TEST(MeasuredWork, ReadsCollectivesAndStreams) {
  auto collective =
      shapeOf<CollectiveShape>("reduce_scatter,fp16,ranks=8;bytes=1024,5,x\n");
  EXPECT_EQ(collective.kind, CollectiveKind::ReduceScatter);
  EXPECT_EQ(collective.ranks, 8);
  EXPECT_EQ(collective.bytes, 1024);
  // Two operands and a result of 2 bytes.
  EXPECT_EQ(shapeOf<StreamingShape>("add,bf16,rows=4;cols=8,5,x\n").bytes,
            4 * 8 * 6);
  // The gate and what it gates are read, one is written.
  EXPECT_EQ(shapeOf<StreamingShape>("silu_and_mul,bf16,rows=4;cols_out=8,5,x\n")
                .bytes,
            4 * 8 * 6);
  auto rope = shapeOf<StreamingShape>(
      "rope,fp16,tokens=4;q_heads=3;kv_heads=1;head_dim=16,5,x\n");
  EXPECT_EQ(rope.columns, 64);
  EXPECT_EQ(rope.bytes, 4 * 64 * 4);
  // bf16 is read and fp8 written; a maximum writes nothing to speak of.
  EXPECT_EQ(shapeOf<StreamingShape>(
                "fp8_quantize_scale_matrix,bf16->fp8,m=4;k=8,5,x\n")
                .bytes,
            4 * 8 * 3);
  EXPECT_EQ(shapeOf<StreamingShape>(
                "fp8_compute_scale_absmax,bf16->fp8,m=4;k=8,5,x\n")
                .bytes,
            4 * 8 * 2);
  EXPECT_EQ(shapeOf<StreamingShape>("softmax,fp32,rows=4;cols=8,5,x\n").kind,
            StreamingKind::Softmax);
}

TEST(MeasuredWork, SaysWhyThereIsNoModel) {
  EXPECT_EQ(reasonOf("frobnicate,bf16,m=1,5,x\n"), "no model of 'frobnicate'");
  EXPECT_EQ(reasonOf("gemm,bf16,,5,x\n"), "the file states no shapes");
  EXPECT_EQ(reasonOf("gemm,bf17,m=1;n=1;k=1,5,x\n"),
            "type 'bf17' is not known");
  EXPECT_EQ(reasonOf("gemm,bf16,m=1;n=1,5,x\n"), "its shape has no 'k'");
  for (const char *extent : {"0", "-1", "1e3", "x", "99999999999", "nan"})
    EXPECT_EQ(reasonOf(std::string("gemm,bf16,n=1;k=1;m=") + extent + ",5,x\n"),
              "its extent 'm' is no number from 1 to 16777216")
        << extent;
  EXPECT_EQ(reasonOf("attention_decode,bf16,b=1;sq=1;skv=4;hq=2;hkv=4;d=64,5,"
                     "x\n"),
            "its shape has more keys' heads than queries', or more queries "
            "than keys");
  EXPECT_EQ(reasonOf("llm_e2e:ttft,fp8,isl=1,5,x\n"),
            "a served model is many kernels and a scheduler");
  for (const char *type : {"bf16", "bf17xint8_weight_only", "bf16xint2", "x"})
    EXPECT_EQ(reasonOf(std::string("gemm_weight_only,") + type +
                       ",m=1;n=1;k=1,5,x\n"),
              std::string("type '") + type + "' is not known");
  EXPECT_EQ(reasonOf("mla_prefill,bf16,b=1;sq=4;skv=3;heads=2,5,x\n"),
            "its shape has more queries than keys");
  EXPECT_EQ(reasonOf("mla_decode,bf16,b=1;sq=4;skv=4;heads=2,5,x\n"),
            "decode of several rows at once has no model");
}

TEST(MeasuredWork, KnowsSites) {
  GemmShape product;
  product.m = 1;
  product.n = 32;
  product.k = 64;
  GemmShape taller = product;
  taller.m = 999;
  EXPECT_EQ(siteOf(product), siteOf(taller));
  taller.k = 65;
  EXPECT_NE(siteOf(product), siteOf(taller));
  EXPECT_NE(siteOf(CollectiveShape{CollectiveKind::AllReduce, 8, 64}),
            siteOf(CollectiveShape{CollectiveKind::AllGather, 8, 64}));
}

} // namespace
