//===- TraceKernelNames.cpp - What kernels of libraries are ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names of kernels are those of functions, of files and of schedules; none of
// them is a promise. What is listed is read from the sources of the libraries
// and compilers named beside it, and from the operator lists of CANN.
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/TraceKernelNames.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace roofline {

namespace {

/// A word of names, in lower case, and what the kernels are that have it.
struct Word {
  llvm::StringLiteral text;
  KernelFamily family;
  bool isPart = false;
};

using Family = KernelFamily;

/// The first word that a name contains decides, so that what is told by a rare
/// word comes before what is told by a common one: an attention kernel of
/// CUTLASS names CUTLASS's products in its template arguments.
constexpr Word words[] = {
    // Collectives: NCCL (`ncclDevKernel_AllReduce_Sum_bf16_RING_LL`), HCCL
    // (`hcom_allReduce__`), vLLM's and TensorRT-LLM's own, NVSHMEM, DeepEP.
    {"nccl", Family::Collective},
    {"hcom_", Family::Collective},
    {"hccl", Family::Collective},
    {"cross_device_reduce", Family::Collective},
    {"allreduce", Family::Collective},
    {"all_reduce", Family::Collective},
    {"allgather", Family::Collective},
    {"all_gather", Family::Collective},
    {"reducescatter", Family::Collective},
    {"reduce_scatter", Family::Collective},
    {"alltoall", Family::Collective},
    {"nvshmem", Family::Collective},
    {"deep_ep", Family::Collective},
    {"symm_mem", Family::Collective},
    // Copies and fills as profilers call them: Kineto (`Memcpy DtoD (Device ->
    // Device)`), Nsight Systems (`[CUDA memcpy HtoD]`), CANN (`MEMCPY_ASYNC`).
    {"memcpy", Family::DataMovement},
    {"memset", Family::DataMovement},
    {"sdma", Family::DataMovement},
    // Attention: FlashAttention 2 and 3, FlashMLA, FlashInfer, cuDNN, CUTLASS
    // and xFormers, TensorRT-LLM, vLLM, PyTorch.
    {"flash_fwd_splitkv_combine", Family::Attention, true},
    {"flashattnfwdcombine", Family::Attention, true},
    {"flash_fwd_mla_combine", Family::Attention, true},
    {"mergestate", Family::Attention, true},
    {"merge_attn_states", Family::Attention, true},
    {"flash_bwd_dot_do_o", Family::Attention, true},
    {"flash_bwd_convert_dq", Family::Attention, true},
    {"flash", Family::Attention},
    {"fmha", Family::Attention},
    {"sdpa", Family::Attention},
    {"mha_fprop", Family::Attention},
    {"batchprefill", Family::Attention},
    {"batchdecode", Family::Attention},
    {"singleprefill", Family::Attention},
    {"singledecode", Family::Attention},
    {"paged_attention", Family::Attention},
    {"multi_query_attention", Family::Attention},
    {"multihead_attention", Family::Attention},
    {"attention_kernel", Family::Attention},
    {"unified_attention", Family::Attention},
    {"_attn_fwd", Family::Attention},
    {"_attn_bwd", Family::Attention},
    {"xqa", Family::Attention},
    {"kernel_mha", Family::Attention},
    // Mixtures of experts: vLLM and SGLang (Triton), TensorRT-LLM and
    // FlashInfer (CUTLASS), DeepGEMM.
    {"fused_moe_kernel", Family::GroupedGemm},
    {"moegemm", Family::GroupedGemm},
    {"moe_gemm", Family::GroupedGemm},
    {"groupproblemshape", Family::GroupedGemm},
    {"gemmgrouped", Family::GroupedGemm},
    {"grouped_gemm", Family::GroupedGemm},
    {"groupedgemm", Family::GroupedGemm},
    {"grouped_mm", Family::GroupedGemm},
    {"m_grouped", Family::GroupedGemm},
    {"topkgating", Family::MoeRouting},
    {"topk_gating", Family::MoeRouting},
    {"topk_softmax", Family::MoeRouting},
    {"topk_sigmoid", Family::MoeRouting},
    {"grouped_topk", Family::MoeRouting},
    {"moe_align", Family::MoeRouting},
    {"moe_sum", Family::MoeRouting},
    {"moe_permute", Family::MoeRouting},
    {"moe_unpermute", Family::MoeRouting},
    {"expandinputrows", Family::MoeRouting},
    {"finalizemoerouting", Family::MoeRouting},
    // Sums over the parts of a product: cuBLAS, cuBLASLt, CUTLASS.
    {"splitkreduce", Family::Gemm, true},
    {"splitk_reduce", Family::Gemm, true},
    {"split_k_reduce", Family::Gemm, true},
    {"reducesplitk", Family::Gemm, true},
    // Convolutions: cuDNN, CUTLASS.
    {"implicit_convolve", Family::Convolution},
    {"implicit_gemm", Family::Convolution},
    {"xmma_fprop", Family::Convolution},
    {"xmma_dgrad", Family::Convolution},
    {"xmma_wgrad", Family::Convolution},
    {"cutlass_fprop", Family::Convolution},
    {"_fprop_", Family::Convolution},
    {"_dgrad_", Family::Convolution},
    {"_wgrad_", Family::Convolution},
    {"convolution", Family::Convolution},
    {"conv2d", Family::Convolution},
    {"conv_depthwise", Family::Convolution},
    {"winograd", Family::Convolution},
    // PyTorch's own kernels (aten/src/ATen/native/cuda), before the words of
    // products that their template arguments may have.
    {"vectorized_layer_norm", Family::Normalization},
    {"rowwisemoments", Family::Normalization},
    {"layer_norm", Family::Normalization},
    {"softmax_warp", Family::Softmax},
    {"cunn_softmax", Family::Softmax},
    {"nll_loss", Family::CrossEntropy},
    {"indexselect", Family::GatherScatter},
    {"index_elementwise", Family::GatherScatter},
    {"vectorized_gather", Family::GatherScatter},
    {"rotary", Family::Rope},
    {"scatter_gather", Family::GatherScatter},
    {"embedding", Family::GatherScatter},
    {"multi_tensor_apply", Family::Optimizer},
    {"catarraybatchedcopy", Family::DataMovement},
    {"direct_copy_kernel", Family::DataMovement},
    {"fillfunctor", Family::DataMovement},
    {"radixsort", Family::Sort},
    {"bitonicsort", Family::Sort},
    {"gathertopk", Family::Sort},
    {"reduce_kernel", Family::Reduction},
    {"elementwise_kernel", Family::Elementwise},
    // XLA's: fusions are called by what they begin or end with.
    {"gemm_fusion", Family::Gemm},
    {"transpose_fusion", Family::DataMovement},
    {"copy_fusion", Family::DataMovement},
    {"concatenate_fusion", Family::DataMovement},
    {"scatter_fusion", Family::GatherScatter},
    {"gather_fusion", Family::GatherScatter},
    {"reduce_fusion", Family::Reduction},
    {"wrapped_reduce", Family::Reduction},
    {"wrapped_transpose", Family::DataMovement},
    {"wrapped_copy", Family::DataMovement},
    {"softmax_fusion", Family::Softmax},
    {"triton_softmax", Family::Softmax},
    {"loop_", Family::Elementwise},
    // Kernels of vLLM, SGLang, FlashInfer, TensorRT-LLM, Liger and
    // TransformerEngine, and Triton kernels by the words that their authors
    // use.
    {"reshape_and_cache", Family::CacheUpdate},
    {"concat_and_cache", Family::CacheUpdate},
    {"appendpagedkv", Family::CacheUpdate},
    {"store_kvcache", Family::CacheUpdate},
    {"cache_kernel", Family::CacheUpdate},
    {"quantize", Family::Quantization},
    {"_quant", Family::Quantization},
    {"quant_", Family::Quantization},
    {"scaled_fp8", Family::Quantization},
    {"act_and_mul", Family::GatedActivation},
    {"silu_and_mul", Family::GatedActivation},
    {"gelu_and_mul", Family::GatedActivation},
    {"swiglu", Family::GatedActivation},
    {"geglu", Family::GatedActivation},
    {"rope_", Family::Rope},
    {"_rope", Family::Rope},
    {"ropekernel", Family::Rope},
    {"rmsnorm", Family::Normalization},
    {"rms_norm", Family::Normalization},
    {"layernorm", Family::Normalization},
    {"native_group_norm", Family::Normalization},
    {"groupnorm", Family::Normalization},
    {"batch_norm", Family::Normalization},
    {"batchnorm", Family::Normalization},
    {"bn_fw", Family::Normalization},
    {"bn_bw", Family::Normalization},
    {"cross_entropy", Family::CrossEntropy},
    {"adam", Family::Optimizer},
    // Products: cuBLAS (`nvjet_`, `ampere_bf16_s16816gemm_`, `gemvx`, `dot`),
    // CUTLASS (`cutlass_80_tensorop_`, `GemmUniversal`), DeepGEMM, Marlin,
    // rocBLAS (`Cijk_`).
    {"nvjet", Family::Gemm},
    {"gemm", Family::Gemm},
    {"gemv", Family::Gemm},
    {"s16816", Family::Gemm},
    {"cutlass", Family::Gemm},
    {"xmma", Family::Gemm},
    {"cublas", Family::Gemm},
    {"matmul", Family::Gemm},
    {"marlin", Family::Gemm},
    {"machete", Family::Gemm},
    {"cijk_", Family::Gemm},
    {"dot_kernel", Family::Gemm},
    // What is left: words that many names have.
    {"softmax", Family::Softmax},
    {"topk", Family::Sort},
    {"sort", Family::Sort},
    {"argmax", Family::Reduction},
    {"gather", Family::GatherScatter},
    {"scatter", Family::GatherScatter},
    {"transpose", Family::DataMovement},
    {"copy", Family::DataMovement},
    {"convert", Family::DataMovement},
    {"reduce", Family::Reduction},
    {"elementwise", Family::Elementwise},
    {"fusion", Family::Elementwise},
    {"activation", Family::Elementwise},
    {"silu", Family::Elementwise},
    {"gelu", Family::Elementwise},
};

/// Kernels that PyTorch's Inductor writes, by what they begin with: `tem` are
/// templates, `poi` pointwise, `red` and `per` reductions.
constexpr Word inductorKernels[] = {
    {"triton_tem_fused_flex_attention", Family::Attention},
    {"triton_tem_fused_convolution", Family::Convolution},
    {"triton_tem", Family::Gemm},
    {"triton_mm", Family::Gemm},
    {"triton_poi", Family::Elementwise},
    {"triton_red", Family::Reduction},
    {"triton_per", Family::Reduction},
};

/// What a reduction of Inductor's is by the ops that its name lists; the
/// products and convolutions among them ran before it.
constexpr Word inductorReductions[] = {
    {"softmax", Family::Softmax},
    {"nll_loss", Family::CrossEntropy},
    {"layer_norm", Family::Normalization},
    {"group_norm", Family::Normalization},
    {"batch_norm", Family::Normalization},
    {"rms_norm", Family::Normalization},
    {"rsqrt", Family::Normalization},
};

/// Types of CANN's operators, by how they begin, in the order of looking.
constexpr Word operators[] = {
    {"hcom", Family::Collective},
    {"allreduce", Family::Collective},
    {"matmulallreduce", Family::Gemm},
    {"groupedmatmul", Family::GroupedGemm},
    {"matmul", Family::Gemm},
    {"batchmatmul", Family::Gemm},
    {"quantbatchmatmul", Family::Gemm},
    {"weightquantbatchmatmul", Family::Gemm},
    {"transposebatchmatmul", Family::Gemm},
    {"gemm", Family::Gemm},
    {"conv", Family::Convolution},
    {"depthwiseconv", Family::Convolution},
    {"fusedinferattention", Family::Attention},
    {"increflashattention", Family::Attention},
    {"promptflashattention", Family::Attention},
    {"flashattention", Family::Attention},
    {"unpadflashattention", Family::Attention},
    {"pagedattention", Family::Attention},
    {"selfattention", Family::Attention},
    {"multilatentattention", Family::Attention},
    {"mla", Family::Attention},
    {"sparseflashattention", Family::Attention},
    {"moegatingtopk", Family::MoeRouting},
    {"moe", Family::MoeRouting},
    {"softmaxcrossentropy", Family::CrossEntropy},
    {"sparsesoftmaxcrossentropy", Family::CrossEntropy},
    {"logsoftmax", Family::Softmax},
    {"softmax", Family::Softmax},
    {"scaledmaskedsoftmax", Family::Softmax},
    {"rmsnorm", Family::Normalization},
    {"addrmsnorm", Family::Normalization},
    {"inplaceaddrmsnorm", Family::Normalization},
    {"addlayernorm", Family::Normalization},
    {"layernorm", Family::Normalization},
    {"groupnorm", Family::Normalization},
    {"batchnorm", Family::Normalization},
    {"bn", Family::Normalization},
    {"kvrmsnormropecache", Family::CacheUpdate},
    {"scatterpakvcache", Family::CacheUpdate},
    {"reshapeandcache", Family::CacheUpdate},
    {"ropequantkvcache", Family::CacheUpdate},
    {"rotaryposition", Family::Rope},
    {"rotarymul", Family::Rope},
    {"applyrotary", Family::Rope},
    {"interleaverope", Family::Rope},
    {"rope", Family::Rope},
    {"dequantswigluquant", Family::GatedActivation},
    {"swiglu", Family::GatedActivation},
    {"geglu", Family::GatedActivation},
    {"dynamicquant", Family::Quantization},
    {"ascendquant", Family::Quantization},
    {"ascendantiquant", Family::Quantization},
    {"ascenddequant", Family::Quantization},
    {"applyadam", Family::Optimizer},
    {"gather", Family::GatherScatter},
    {"embedding", Family::GatherScatter},
    {"scatter", Family::GatherScatter},
    {"index", Family::GatherScatter},
    {"topk", Family::Sort},
    {"sort", Family::Sort},
    {"reduce", Family::Reduction},
    {"argmax", Family::Reduction},
    {"transpose", Family::DataMovement},
    {"transdata", Family::DataMovement},
    {"tensormove", Family::DataMovement},
    {"concat", Family::DataMovement},
    {"split", Family::DataMovement},
    {"slice", Family::DataMovement},
    {"stridedslice", Family::DataMovement},
    {"viewcopy", Family::DataMovement},
    {"asstrided", Family::DataMovement},
    {"broadcast", Family::DataMovement},
    {"pad", Family::DataMovement},
    {"tile", Family::DataMovement},
    {"fill", Family::DataMovement},
    {"zeroslike", Family::DataMovement},
    {"memset", Family::DataMovement},
    {"memcpy", Family::DataMovement},
    {"sdma", Family::DataMovement},
    {"pcie_dma", Family::DataMovement},
    {"cast", Family::Elementwise},
    {"add", Family::Elementwise},
    {"sub", Family::Elementwise},
    {"mul", Family::Elementwise},
    {"div", Family::Elementwise},
    {"realdiv", Family::Elementwise},
    {"muls", Family::Elementwise},
    {"axpy", Family::Elementwise},
    {"pow", Family::Elementwise},
    {"exp", Family::Elementwise},
    {"rsqrt", Family::Elementwise},
    {"sqrt", Family::Elementwise},
    {"neg", Family::Elementwise},
    {"sigmoid", Family::Elementwise},
    {"swish", Family::Elementwise},
    {"silu", Family::Elementwise},
    {"gelu", Family::Elementwise},
    {"relu", Family::Elementwise},
    {"tanh", Family::Elementwise},
    {"select", Family::Elementwise},
    {"less", Family::Elementwise},
    {"greater", Family::Elementwise},
    {"equal", Family::Elementwise},
    {"logical", Family::Elementwise},
    {"maskedfill", Family::Elementwise},
    {"clip", Family::Elementwise},
    {"sin", Family::Elementwise},
    {"cos", Family::Elementwise},
};

/// The first of `table` that `name` contains, or null.
const Word *findWord(llvm::ArrayRef<Word> table, llvm::StringRef name) {
  const Word *it = llvm::find_if(
      table, [&](const Word &word) { return name.contains(word.text); });
  return it == table.end() ? nullptr : it;
}

TraceKernelKind classifyInductor(const Word &kind, llvm::StringRef name) {
  if (kind.family == KernelFamily::Reduction)
    if (const Word *word = findWord(inductorReductions, name))
      return {word->family};
  bool gathers = name.contains("embedding") || name.contains("_index");
  if (kind.family == KernelFamily::Elementwise && gathers)
    return {KernelFamily::GatherScatter};
  return {kind.family};
}

TraceKernelKind classifyOperator(llvm::StringRef type) {
  std::string lower = type.lower();
  // The longest beginning decides: `MulS` is no `Mul`-something else.
  const Word *best = nullptr;
  for (const Word &word : operators)
    if (llvm::StringRef(lower).starts_with(word.text) &&
        (!best || best->text.size() < word.text.size()))
      best = &word;
  return best ? TraceKernelKind{best->family, best->isPart} : TraceKernelKind();
}

} // namespace

TraceKernelKind classifyTraceKernel(const TraceName &name) {
  if (!name.type.empty())
    return classifyOperator(name.type);
  // `aclnnMatmul_MatMulCommon_MatMulV2`: interface, group and operator.
  if (llvm::StringRef text = name.text; text.starts_with("aclnn"))
    return classifyOperator(text.rsplit('_').second);
  std::string lower = llvm::StringRef(name.text).lower();
  for (const Word &kind : inductorKernels)
    if (llvm::StringRef(lower).starts_with(kind.text))
      return classifyInductor(kind, lower);
  // A library of more than attention.
  constexpr llvm::StringLiteral library = "flashinfer";
  for (size_t at = lower.find(library); at != std::string::npos;
       at = lower.find(library, at))
    lower.erase(at, library.size());
  if (const Word *word = findWord(words, lower))
    return {word->family, word->isPart};
  return {};
}

bool isAnchor(KernelFamily family) {
  switch (family) {
  case KernelFamily::Gemm:
  case KernelFamily::GroupedGemm:
  case KernelFamily::Convolution:
  case KernelFamily::Attention:
    return true;
  default:
    return false;
  }
}

} // namespace roofline
