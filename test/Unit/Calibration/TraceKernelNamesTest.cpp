//===- TraceKernelNamesTest.cpp - What kernels of libraries are -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/TraceKernelNames.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

std::string classify(const char *text, const char *type = "") {
  TraceKernelKind kind = classifyTraceKernel({text, type});
  return stringify(kind.family).str() + (kind.isPart ? " part" : "");
}

TEST(TraceKernelNames, KnowsProducts) {
  for (const char *name :
       {"nvjet_tst_128x256_64x4_1x2_h_bz_coopA_TNT",
        "ampere_bf16_s16816gemm_bf16_128x128_ldg8_f2f_stages_32x5_tn",
        "sm90_xmma_gemm_bf16bf16_bf16f32_f32_tn_n_tilesize128x128x64",
        "void cutlass::Kernel2<cutlass_80_tensorop_bf16_s16816gemm_relu>",
        "void gemv2T_kernel_val<int, int, __nv_bfloat16>",
        "void deep_gemm::fp8_gemm_kernel<7168>", "triton_tem_fused_mm_4",
        "gemm_fusion_dot_12", "Cijk_Ailk_Bljk_HHS_BH_MT128x128x32"})
    EXPECT_EQ(classify(name), "gemm") << name;
  EXPECT_EQ(classify("void cublasLt::splitKreduce_kernel<32, 16, int>"),
            "gemm part");
  EXPECT_EQ(classify("void cutlass::device_kernel<cutlass::gemm::kernel::"
                     "GemmUniversal<cutlass::gemm::GroupProblemShape<"),
            "grouped_gemm");
  EXPECT_EQ(classify("fused_moe_kernel"), "grouped_gemm");
  EXPECT_EQ(classify("sm80_xmma_fprop_implicit_gemm_bf16bf16_bf16f32"),
            "convolution");
}

TEST(TraceKernelNames, KnowsAttention) {
  for (const char *name :
       {"void flash::flash_fwd_kernel<Flash_fwd_kernel_traits<128, cutlass>>",
        "void "
        "cutlass::device_kernel<flash::enable_sm90<flash::FlashAttnFwdSm90",
        "fmha_cutlassF_bf16_aligned_64x64_rf_sm80",
        "cudnn_generated_fort_native_sdpa_sm90_flash_fprop_wgmma",
        "void flashinfer::BatchPrefillWithPagedKVCacheKernel<x>",
        "kernel_unified_attention_2d"})
    EXPECT_EQ(classify(name), "attention") << name;
  EXPECT_EQ(classify("void flash::flash_fwd_splitkv_combine_kernel<x>"),
            "attention part");
}

TEST(TraceKernelNames, KnowsStreamingKernels) {
  EXPECT_EQ(classify("void at::native::vectorized_elementwise_kernel<4, "
                     "at::native::CUDAFunctor_add<c10::BFloat16>>"),
            "elementwise");
  EXPECT_EQ(classify("void at::native::reduce_kernel<512, 1, "
                     "at::native::ReduceOp<float, at::native::MeanOps>>"),
            "reduction");
  EXPECT_EQ(classify("void at::native::(anonymous namespace)::"
                     "vectorized_layer_norm_kernel<c10::BFloat16>"),
            "normalization");
  EXPECT_EQ(classify("void flashinfer::norm::FusedAddRMSNormKernel<8>"),
            "normalization");
  EXPECT_EQ(classify("void vllm::rotary_embedding_kernel<c10::BFloat16>"),
            "rope");
  EXPECT_EQ(classify("void vllm::act_and_mul_kernel<c10::BFloat16>"),
            "gated_activation");
  EXPECT_EQ(classify("triton_red_fused__to_copy_add_mean_mul_pow_rsqrt_0"),
            "normalization");
  EXPECT_EQ(classify("triton_per_fused__softmax_3"), "softmax");
  EXPECT_EQ(classify("triton_red_fused_sum_1"), "reduction");
  EXPECT_EQ(classify("triton_poi_fused_convolution_relu_2"), "elementwise");
  EXPECT_EQ(classify("triton_poi_fused_embedding_0"), "gather_scatter");
  EXPECT_EQ(classify("loop_add_fusion"), "elementwise");
  EXPECT_EQ(classify("input_reduce_fusion_2"), "reduction");
  EXPECT_EQ(classify("Memcpy HtoD (Pageable -> Device)"), "data_movement");
  EXPECT_EQ(classify("ncclDevKernel_AllReduce_Sum_bf16_RING_LL(x)"),
            "collective");
  EXPECT_EQ(classify("my_kernel"), "opaque");
}

TEST(TraceKernelNames, TakesTheOperatorOfAscend) {
  EXPECT_EQ(classify("anything", "MatMulV3"), "gemm");
  EXPECT_EQ(classify("anything", "GroupedMatmul"), "grouped_gemm");
  EXPECT_EQ(classify("anything", "FusedInferAttentionScore"), "attention");
  EXPECT_EQ(classify("anything", "AddRmsNorm"), "normalization");
  EXPECT_EQ(classify("anything", "Add"), "elementwise");
  EXPECT_EQ(classify("anything", "TransData"), "data_movement");
  EXPECT_EQ(classify("anything", "hcom_allReduce_"), "collective");
  EXPECT_EQ(classify("anything", "Frobnicate"), "opaque");
  EXPECT_EQ(classify("aclnnMatmul_MatMulCommon_MatMulV2"), "gemm");
  EXPECT_EQ(classify("aclnnSwiGlu_SwiGlu_SwiGlu"), "gated_activation");
}

} // namespace
